// Phones in states that the fake host does not begin in by itself, for the tour of the screens.
import type { Bridge, Decision } from '../src/bridge/contract';
import { fakeBridge } from '../src/test/bridge';
import { decisions } from '../src/test/decisions';

const RULINGS: Decision['ruling'][] = ['void', 'keep', 'same', 'distinct', 'split', 'ask'];

/** One decision of every kind but `set`, which the fake host tells by itself. */
function everyRuling(): Decision[] {
  const [set] = decisions();
  if (!set) return [];
  return RULINGS.map((ruling) => ({
    ...set,
    id: `d-${ruling}`,
    ruling,
    other: ruling === 'same' || ruling === 'distinct' ? 'g-2' : null,
    after: ruling === 'ask' ? [] : set.after,
  }));
}

/** The phone's status with some of it otherwise. */
function status(otherwise: Partial<Awaited<ReturnType<Bridge['status']>>>): Partial<Bridge> {
  const usual = fakeBridge('enrolled');
  return { status: async () => ({ ...(await usual.status()), ...otherwise }) };
}

/** By name, what differs from an enrolled phone. */
export const states: Record<string, () => Partial<Bridge>> = {
  pending: () => status({ pending: true }),
  clock: () => status({ clockOffsetMs: 3 * 86_400_000 }),
  rulings: () => ({ decisions: async () => everyRuling() }),
  broken: () => ({
    status: () => Promise.reject(new Error('the book cannot be opened')),
  }),
};
