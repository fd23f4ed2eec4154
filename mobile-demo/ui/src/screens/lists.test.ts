import { describe, expect, it } from 'vitest';
import type { FormSummary, ListItem, Side } from '../bridge/contract';
import { sayBytes } from './bytes';
import { offer } from './home/offered';
import { byMonth, since } from './months';
import { disputed } from './sides';

const item = (id: string, occurredOn: string | null) => ({ id, occurredOn }) as ListItem;
const side = (entry: string, values: Record<string, string>, own = false) =>
  ({
    entry,
    own,
    values: Object.entries(values).map(([label, text]) => ({ label, text })),
  }) as Side;
const form = (name: string, parent: string | null, dueMonth: string | null) =>
  ({ name, parent, dueMonth }) as FormSummary;

it('a list is set apart by months, and what has no date stands apart', () => {
  const groups = byMonth([
    item('a', '2012-04-20'),
    item('b', '2012-04-12'),
    item('c', '2012-03-02'),
    item('d', null),
  ]);
  expect(groups.map((group) => [group.month, group.items.map(({ id }) => id)])).toEqual([
    ['2012-04', ['a', 'b']],
    ['2012-03', ['c']],
    ['', ['d']],
  ]);
});

it('no month before the first that was written is missing', () => {
  expect(since(['2012-11', '2012-10'], [])).toBe('2012-10');
  expect(since(['2012-11'], ['2011-12'])).toBe('2012-01');
});

it('the first page offers what is due first, and never a row', () => {
  const offered = offer([
    form('gift', null, null),
    form('item', 'meeting', null),
    form('work', null, null),
    form('meeting', null, '2012-04'),
  ]);
  expect(offered.first.map(({ name }) => name)).toEqual(['meeting', 'gift']);
  expect(offered.others.map(({ name }) => name)).toEqual(['work']);
});

it('bytes are counted as a bill counts them', () => {
  expect([940, 4180, 16_580, 1_250_000].map(sayBytes)).toEqual([
    '940 B',
    '4,2 kB',
    '17 kB',
    '1,3 MB',
  ]);
});

describe('what is disputed', () => {
  const labels = (...of: Parameters<typeof disputed>) => disputed(...of).map(({ label }) => label);

  it('leaves out what all say alike and what all leave empty', () => {
    const sides = [
      side('a', { Loại: 'Đất', 'Diện tích': '500 m²', 'Lời kể': '' }),
      side('b', { Loại: 'Đất', 'Diện tích': '5.200 m²', 'Lời kể': '' }, true),
    ];
    expect(labels(sides, null)).toEqual(['Diện tích']);
    const after = [
      { label: 'Loại', text: 'Đất' },
      { label: 'Diện tích', text: '5.200 m²' },
    ];
    expect(labels(sides, after)).toEqual(['Diện tích']);
    expect(disputed(sides, after)[0]?.words.map(({ text }) => text)).toEqual([
      '5.200 m²',
      '500 m²',
      '5.200 m²',
    ]);
  });

  it('keeps what one of them alone wrote, and what was decided against both', () => {
    const one = [side('a', { 'Diện tích': '500 m²' }), side('b', { Hủy: 'ghi nhầm' })];
    expect(labels(one, null)).toEqual(['Diện tích', 'Hủy']);
    const both = [side('a', { 'Diện tích': '500 m²' }), side('b', { 'Diện tích': '500 m²' })];
    expect(labels(both, [{ label: 'Diện tích', text: '520 m²' }])).toEqual(['Diện tích']);
  });

  it('shows all of it rather than nothing', () => {
    const same = [side('a', { Loại: 'Đất' }), side('b', { Loại: 'Đất' })];
    expect(labels(same, null)).toEqual(['Loại']);
  });
});
