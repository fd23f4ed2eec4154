import { expect, it } from 'vitest';
import { hashOf, readRoute, type Route } from './route';

it.each<Route>([
  { name: 'home' },
  { name: 'needs' },
  { name: 'year', year: '2012' },
  { name: 'record', id: '17-2012-0000000007010203-4-0' },
  { name: 'list', id: 'work' },
  { name: 'enrol', id: 'soban://enrol?server=https%3A%2F%2Fa.vn&code=ABCDE' },
  { name: 'new', id: 'contribution', place: 'ask.donor_name' },
  { name: 'draft', id: '3', place: '' },
])('an address leads back to where it was made: %o', (route) => {
  expect(readRoute(hashOf(route))).toEqual(route);
});

it.each(['', '#', '#/nowhere', '#/record', '#/%E0%A4%A'])('%s leads to the first page', (hash) => {
  expect(readRoute(hash)).toEqual({ name: 'home' });
});
