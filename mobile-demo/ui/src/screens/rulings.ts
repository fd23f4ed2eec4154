// What a decision did, as a sentence of the catalogue.
import type { Contest, Decision } from '../bridge/contract';

const RULINGS = {
  set: 'rulingSet',
  void: 'rulingVoid',
  keep: 'rulingKeep',
  same: 'rulingSame',
  distinct: 'rulingDistinct',
  split: 'rulingSplit',
  ask: 'rulingAsk',
} as const;

const CONTESTS = {
  values: 'contestTitle',
  void: 'contestVoid',
  changed: 'contestChanged',
} as const;

const POLICIES = {
  quiet: 'contestQuiet',
  review: 'contestReview',
  critical: 'contestCritical',
} as const;

export const rulingKey = (ruling: Decision['ruling']) => RULINGS[ruling];
export const contestKey = (kind: Contest['kind']) => CONTESTS[kind];
export const policyKey = (policy: Contest['policy']) => POLICIES[policy];
