import { expect, it } from 'vitest';
import type { FormSummary, ListItem } from '../bridge/contract';
import { sayBytes } from './bytes';
import { offer } from './home/offered';
import { byMonth } from './months';

const item = (id: string, occurredOn: string | null) => ({ id, occurredOn }) as ListItem;
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
