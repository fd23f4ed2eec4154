// Dates and times as people say them. Vietnam keeps UTC+7 all year, so the offset is a constant
// and a phone that stands in another zone still shows the village's time.
import type { Language } from '../bridge/contract';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const VIETNAM_MS = 7 * HOUR_MS;

const WEEKDAYS: Record<Language, string[]> = {
  vi: ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
};
const MONTHS =
  'January February March April May June July August September October November December'.split(
    ' ',
  );

const two = (n: number) => String(n).padStart(2, '0');

/** `2012-04-12` of an instant, in Vietnam. */
export function dateOf(at: number): string {
  return new Date(at + VIETNAM_MS).toISOString().slice(0, 10);
}

/** `17:40` of an instant, in Vietnam. */
export function timeOf(at: number): string {
  return new Date(at + VIETNAM_MS).toISOString().slice(11, 16);
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

export function addMonths(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const count = year * 12 + number - 1 + months;
  return `${Math.floor(count / 12)}-${two((count % 12) + 1)}`;
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** `12/4/2012`. */
export function shortDate(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${day}/${month}/${year}`;
}

/** As official papers write it: `ngày 03 tháng 02 năm 2012`; short months keep one digit. */
export function paperDate(date: string): string {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return `ngày ${two(day)} tháng ${month < 3 ? two(month) : month} năm ${year}`;
}

export function weekday(date: string, language: Language): string {
  return WEEKDAYS[language][new Date(Date.parse(date)).getUTCDay()] ?? '';
}

/** `tháng 4/2012`, `April 2012`; without its year if it is that of `today`. */
export function monthName(month: string, language: Language, today?: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const near = today?.startsWith(`${year}-`) ?? false;
  if (language === 'vi') return near ? `tháng ${number}` : `tháng ${number}/${year}`;
  return near ? (MONTHS[number - 1] ?? '') : `${MONTHS[number - 1]} ${year}`;
}

/** `hôm nay`, `hôm qua`, `thứ Bảy 14/4`, `14/4/2012`. */
export function sayDate(date: string, today: string, language: Language): string {
  const days = daysBetween(date, today);
  const near = { vi: ['hôm nay', 'hôm qua', 'hôm kia'], en: ['today', 'yesterday'] }[language];
  const word = near[days];
  if (word !== undefined) return word;
  const [year, month, day] = date.split('-').map(Number);
  if (days > 0 && days < 8) return `${weekday(date, language)} ${day}/${month}`;
  return `${day}/${month}/${year}`;
}

/** `vừa xong`, `5 phút trước`, `hôm nay 07:12`, `hôm qua 17:40`, `thứ Bảy 14/4`, `14/4/2012`. */
export function sayTime(at: number, now: number, language: Language): string {
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes >= 0 && minutes < 1) return language === 'vi' ? 'vừa xong' : 'just now';
  if (minutes >= 0 && minutes < 60) {
    return language === 'vi' ? `${minutes} phút trước` : `${minutes} min ago`;
  }
  const day = sayDate(dateOf(at), dateOf(now), language);
  const days = daysBetween(dateOf(at), dateOf(now));
  return days >= 0 && days < 3 ? `${day} ${timeOf(at)}` : day;
}

/** What lies ahead: `19:32`, `07:10 ngày mai`, `07:10 ngày 25/4`, in a far year `07:10 ngày 2/1/2013`. */
export function sayAhead(at: number, now: number, language: Language): string {
  const [date, today] = [dateOf(at), dateOf(now)];
  const days = daysBetween(today, date);
  if (days <= 0) return timeOf(at);
  if (days === 1) return `${timeOf(at)} ${language === 'vi' ? 'ngày mai' : 'tomorrow'}`;
  const near = date.slice(0, 4) === today.slice(0, 4);
  const day = near ? shortDate(date).replace(/\/\d+$/, '') : shortDate(date);
  return `${timeOf(at)} ${language === 'vi' ? 'ngày' : 'on'} ${day}`;
}

/** A day with its time, however far back: `hôm nay 07:12`, `thứ Tư 18/4 17:40`, `31/12/2011 23:59`. */
export function sayMoment(at: number, now: number, language: Language): string {
  return `${sayDate(dateOf(at), dateOf(now), language)} ${timeOf(at)}`;
}

/** The days of a month's weeks, Monday first; null before its first day. */
export function monthDays(month: string): (string | null)[] {
  const first = new Date(Date.parse(`${month}-01`));
  const blanks = (first.getUTCDay() + 6) % 7;
  const length = daysBetween(`${month}-01`, `${addMonths(month, 1)}-01`);
  const days = Array.from({ length }, (_, day) => `${month}-${two(day + 1)}`);
  return [...Array.from({ length: blanks }, () => null), ...days];
}
