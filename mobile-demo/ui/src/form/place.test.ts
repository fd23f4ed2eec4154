import { expect, it } from 'vitest';
import { type Place, readPlace, writePlace } from './place';

it.each<Place>([
  { at: 'start' },
  { at: 'review' },
  { at: 'rows', form: 'agenda_item' },
  { at: 'row', row: 0 },
  { at: 'ask', row: null, field: 'donor_name', walk: false },
  { at: 'ask', row: null, field: 'donor_name', walk: true },
  { at: 'ask', row: 12, field: 'summary', walk: false },
])('a place is found again by its name: %o', (place) => {
  expect(readPlace(writePlace(place))).toEqual(place);
});

it('a name that nobody gave is the start', () => {
  expect(readPlace('row.x')).toEqual({ at: 'start' });
});
