import { expect, it } from 'vitest';
import { fold, matches } from './fold';

it.each([
  ['Đường Hiến Nguyễn', 'duong hien nguyen'],
  ['ĐẤT', 'dat'],
  ['Tráng  Lền-Dín', 'trang len din'],
  ['Ðường, pasted with the wrong letter', 'duong, pasted with the wrong letter'],
])('folds %s', (text, folded) => {
  expect(fold(text)).toBe(folded);
});

it('finds words by how they begin, in any order and composed or not', () => {
  expect(matches('Lục Thượng Cường'.normalize('NFD'), 'cuong luc')).toBe(true);
  expect(matches('Lục Thượng Cường', 'uong')).toBe(false);
  expect(matches('Đất', '')).toBe(true);
  expect(matches('Đất', 'tien')).toBe(false);
});
