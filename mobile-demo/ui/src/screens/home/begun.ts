// What a draft is called: the words that tell it from another of the same form.
import type { Bridge, Draft } from '../../bridge/contract';
import { fieldsOf, isEmpty, readDraft, toFilled } from '../../form/state';

const MOST_WORDS = 3;
const CHOSEN = ['choice', 'choices', 'orgUnit', 'record'];

export interface Begun {
  draft: Draft;
  label: string;
  /** Whether it changes a record that is in the book. */
  edit: boolean;
  /** What a person wrote in it so far; names before choices. */
  words: string[];
}

export async function readBegun(bridge: Bridge, draft: Draft): Promise<Begun> {
  const [detail, state] = [await bridge.form({ name: draft.form }), readDraft(draft.body)];
  if (state === null) return { draft, label: detail.label, edit: false, words: [] };
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
    label: detail.label,
    edit: state.record !== null,
    words: words.filter((word) => word !== '').slice(0, MOST_WORDS),
  };
}
