// Amounts as the core would read and print them, roughly.
import { grouped, readTyped } from '../form/amount';
import { isEmpty } from '../form/state';
import { monthName, shortDate } from '../base/dates';
import type { FieldDetail, Language, Value } from '../bridge/contract';

const TIMES: Record<string, number> = { nghìn: 1000, triệu: 1_000_000, sào: 360, ha: 10_000 };
const DIGITS = 'không một hai ba bốn năm sáu bảy tám chín'.split(' ');

export function readAmount(field: FieldDetail, value: Value | undefined): unknown {
  if (isEmpty(value)) return null;
  if (
    !['integer', 'decimal', 'money', 'quantity'].includes(field.kind) ||
    typeof value === 'number'
  )
    return value;
  const { digits, word } = readTyped(value, field.decimals);
  const number = Number(digits.replace(',', '.'));
  return Math.round(number * (TIMES[word] ?? 1) * 10 ** field.decimals);
}

export function textOf(
  field: FieldDetail,
  value: Value | undefined,
  references: (value: string) => string,
  language: Language,
): string {
  if (isEmpty(value) || value === undefined || value === null) return '';
  if (typeof value === 'boolean')
    return language === 'vi' ? (value ? 'Có' : 'Không') : value ? 'Yes' : 'No';
  if (Array.isArray(value)) return value.map((name) => labelOf(field, name)).join(', ');
  if (field.kind === 'choice') return labelOf(field, String(value));
  if (field.kind === 'date') return shortDate(String(value));
  if (field.kind === 'month') return monthName(String(value), language);
  if (field.kind === 'orgUnit' || field.kind === 'record') return references(String(value));
  const amount = readAmount(field, value);
  if (typeof amount !== 'number') return String(value);
  const shown = grouped(readTyped(amount, field.decimals).digits);
  return field.kind === 'integer'
    ? String(amount)
    : `${shown}${field.unit ? `\u00a0${field.unit}` : ''}`;
}

function labelOf(field: FieldDetail, name: string): string {
  return field.options.find((option) => option.name === name)?.label ?? name;
}

export function wordsOf(field: FieldDetail, value: Value | undefined): string | null {
  const amount = readAmount(field, value);
  if (typeof amount !== 'number' || !['money', 'quantity'].includes(field.kind)) return null;
  const unit = { 'm²': 'mét vuông', công: 'ngày công', đồng: 'đồng' }[field.unit ?? ''];
  if (unit === undefined) return null;
  return `${spoken(Math.floor(amount / 10 ** field.decimals))} ${unit}`;
}

/** Enough for pictures: thousands, hundreds, tens. */
function spoken(n: number): string {
  if (n >= 1_000_000)
    return `${spoken(Math.floor(n / 1_000_000))} triệu${n % 1_000_000 ? ` ${spoken(n % 1_000_000)}` : ''}`;
  if (n >= 1000)
    return `${spoken(Math.floor(n / 1000))} nghìn${n % 1000 ? ` ${spoken(n % 1000)}` : ''}`;
  if (n >= 100)
    return `${DIGITS[Math.floor(n / 100)]} trăm${n % 100 ? ` ${n % 100 < 10 ? 'linh ' : ''}${spoken(n % 100)}` : ''}`;
  if (n >= 20) return `${DIGITS[Math.floor(n / 10)]} mươi${n % 10 ? ` ${DIGITS[n % 10]}` : ''}`;
  if (n >= 10) return `mười${n % 10 ? ` ${DIGITS[n % 10]}` : ''}`;
  return DIGITS[n] ?? '';
}
