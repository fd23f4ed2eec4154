import { describe, expect, it } from 'vitest';
import {
  addMonths,
  dateOf,
  monthDays,
  monthName,
  paperDate,
  sayAhead,
  sayDate,
  sayMoment,
  sayTime,
} from './dates';

const at = (text: string) => Date.parse(`${text}+07:00`);
const NOW = at('2012-04-23T09:12:00');

describe('times as people say them', () => {
  it.each([
    ['2012-04-23T09:11:40', 'vừa xong', 'just now'],
    ['2012-04-23T09:07:00', '5 phút trước', '5 min ago'],
    ['2012-04-23T07:12:00', 'hôm nay 07:12', 'today 07:12'],
    ['2012-04-22T17:40:00', 'hôm qua 17:40', 'yesterday 17:40'],
    ['2012-04-18T17:40:00', 'thứ Tư 18/4', 'Wednesday 18/4'],
    ['2011-12-31T23:59:00', '31/12/2011', '31/12/2011'],
  ])('%s', (when, vi, en) => {
    expect(sayTime(at(when), NOW, 'vi')).toBe(vi);
    expect(sayTime(at(when), NOW, 'en')).toBe(en);
  });

  it('counts days by the calendar of Vietnam, not by hours', () => {
    expect(sayTime(at('2012-04-22T23:50:00'), at('2012-04-23T01:30:00'), 'vi')).toBe(
      'hôm qua 23:50',
    );
    expect(dateOf(Date.parse('2012-06-30T17:30:00Z'))).toBe('2012-07-01');
  });

  it.each([
    ['2012-04-23T19:32:00', '19:32', '19:32'],
    ['2012-04-24T07:10:00', '07:10 ngày mai', '07:10 tomorrow'],
    ['2012-04-26T07:10:00', '07:10 ngày 26/4', '07:10 on 26/4'],
    ['2013-01-02T07:10:00', '07:10 ngày 2/1/2013', '07:10 on 2/1/2013'],
  ])('names the day of %s, which is still to come, unless it is today', (when, vi, en) => {
    expect(sayAhead(at(when), NOW, 'vi')).toBe(vi);
    expect(sayAhead(at(when), NOW, 'en')).toBe(en);
  });

  it('keeps the time of a day that is far back', () => {
    expect(sayMoment(at('2012-04-23T07:12:00'), NOW, 'vi')).toBe('hôm nay 07:12');
    expect(sayMoment(at('2011-12-31T23:59:00'), NOW, 'vi')).toBe('31/12/2011 23:59');
  });

  it('says what lies ahead as a date', () => {
    expect(sayDate('2012-04-24', '2012-04-23', 'vi')).toBe('24/4/2012');
    expect(sayTime(NOW + 3_600_000, NOW, 'vi')).toBe('hôm nay 10:12');
  });
});

describe('months', () => {
  it('are counted across years', () => {
    expect(addMonths('2012-01', -1)).toBe('2011-12');
    expect(addMonths('2011-12', 1)).toBe('2012-01');
  });

  it('leave out the year that everybody means', () => {
    expect(monthName('2012-04', 'vi', '2012-05-02')).toBe('tháng 4');
    expect(monthName('2011-12', 'vi', '2012-01-02')).toBe('tháng 12/2011');
    expect(monthName('2012-04', 'en')).toBe('April 2012');
  });

  it('begin their weeks on Monday', () => {
    // 1 April 2012 was a Sunday.
    expect(monthDays('2012-04').slice(0, 8)).toEqual([
      ...Array.from({ length: 6 }, () => null),
      '2012-04-01',
      '2012-04-02',
    ]);
    expect(monthDays('2012-02').filter(Boolean)).toHaveLength(29);
  });
});

it('official papers pad days, and months one and two', () => {
  expect(paperDate('2012-02-03')).toBe('ngày 03 tháng 02 năm 2012');
  expect(paperDate('2013-05-15')).toBe('ngày 15 tháng 5 năm 2013');
});
