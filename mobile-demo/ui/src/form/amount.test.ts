import { describe, expect, it } from 'vitest';
import type { FieldDetail } from '../bridge/contract';
import { formDetail } from '../test/pack';
import { grouped, hasComma, readTime, readTyped, tidyDigits, toValue, unitWords } from './amount';
import { fieldsOf } from './state';

function field(name: string): FieldDetail {
  const found = fieldsOf(formDetail('contribution', 'vi')).find((known) => known.name === name);
  if (!found) throw new Error(name);
  return found;
}

describe('an amount', () => {
  it('is kept as it was typed, with the word chosen behind it', () => {
    expect(toValue({ digits: '3', word: 'sào' })).toBe('3 sào');
    expect(toValue({ digits: '0,5', word: 'ha' })).toBe('0,5 ha');
    expect(toValue({ digits: '5200', word: '' })).toBe('5200');
    expect(toValue({ digits: '', word: 'sào' })).toBeNull();
    expect(toValue({ digits: '2,', word: '' })).toBe('2');
  });

  it('comes back into the field from what was typed and from what is stored', () => {
    expect(readTyped('3 sào', 0)).toEqual({ digits: '3', word: 'sào' });
    expect(readTyped('1.500', 0)).toEqual({ digits: '1500', word: '' });
    expect(readTyped(5200, 0)).toEqual({ digits: '5200', word: '' });
    expect(readTyped(null, 0)).toEqual({ digits: '', word: '' });
  });

  it.each([
    [25, 1, '2,5'],
    [5, 1, '0,5'],
    [860, 1, '86'],
    [1225, 2, '12,25'],
    [5, 2, '0,05'],
  ])('%i in the place %i is %s', (stored, decimals, digits) => {
    expect(readTyped(stored, decimals).digits).toBe(digits);
  });

  it('is set apart by points as it grows', () => {
    expect(['5', '520', '5200', '1438000', '1438,5'].map(grouped)).toEqual([
      '5',
      '520',
      '5.200',
      '1.438.000',
      '1.438,5',
    ]);
  });

  it('takes a comma only where parts can be typed', () => {
    expect(hasComma(field('area_m2'), '')).toBe(false);
    expect(hasComma(field('area_m2'), 'ha')).toBe(true);
    expect(hasComma(field('labour_days'), '')).toBe(true);
    expect(tidyDigits('5,2', false)).toBe('5');
    expect(tidyDigits(',5', true)).toBe('0,5');
    expect(tidyDigits('007.abc', false)).toBe('7');
    expect(tidyDigits('1,2,3', true)).toBe('1,23');
    expect(tidyDigits('1.438.', true)).toBe('1438,');
    expect(tidyDigits('5.20', true)).toBe('520');
    expect(tidyDigits('5.', false)).toBe('5');
  });

  it('offers the words people measure in', () => {
    expect(unitWords(field('area_m2'))).toEqual(['', 'sào', 'ha']);
    expect(unitWords(field('amount_vnd'))).toEqual(['', 'nghìn', 'triệu']);
    expect(unitWords(field('labour_days'))).toEqual(['']);
  });
});

it('reads a time from three or four digits', () => {
  expect(['1930', '730', '19:30', '0005'].map(readTime)).toEqual([
    '19:30',
    '07:30',
    '19:30',
    '00:05',
  ]);
  expect(['19', '2460', '1970'].map(readTime)).toEqual([null, null, null]);
});
