// What a draft is called: the words that tell it from another of the same form.
import type { Bridge, Draft } from '../../bridge/contract';
import type { Route } from '../../app/route';
import { readReason } from '../../form/reason';
import { fieldsOf, isEmpty, readDraft, toFilled } from '../../form/state';

const MOST_WORDS = 3;
const CHOSEN = ['choice', 'choices', 'orgUnit', 'record'];

export interface Begun {
  draft: Draft;
  label: string;
  /** Whether it writes a record, or changes or voids one that is in the book. */
  does: 'write' | 'edit' | 'void';
  /** Where it goes on. */
  route: Route;
  /** What a person wrote in it so far; names before choices. */
  words: string[];
}

export async function readBegun(bridge: Bridge, draft: Draft): Promise<Begun> {
  const [detail, state] = [await bridge.form({ name: draft.form }), readDraft(draft.body)];
  const { label } = detail;
  const voiding = readReason(draft.body);
  if (voiding) {
    const route: Route = { name: 'void', id: voiding.voids };
    return { draft, label, does: 'void', route, words: voiding.reason ? [voiding.reason] : [] };
  }
  const route: Route = { name: 'draft', id: String(draft.id), place: '' };
  if (state === null) return { draft, label, does: 'write', route, words: [] };
  const { fields } = await bridge.check(toFilled(state));
  const told = fieldsOf(detail).filter(
    ({ name }) => !state.guessed.includes(name) && !isEmpty(state.fields[name]),
  );
  const typed = told.filter(({ kind }) => kind === 'text');
  const chosen = told.filter(({ kind }) => CHOSEN.includes(kind));
  const words = [...typed, ...chosen].map(
    ({ name }) => fields.find((reading) => reading.name === name)?.text ?? '',
  );
  return {
    draft,
    label,
    does: state.record === null ? 'write' : 'edit',
    route,
    words: words.filter((word) => word !== '').slice(0, MOST_WORDS),
  };
}
