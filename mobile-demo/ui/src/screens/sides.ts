// What several writers said of one record, field by field, without what they agree on.
import type { Side } from '../bridge/contract';

export interface Word {
  /** Null for what holds now. */
  side: Side | null;
  text: string;
}

export interface Disputed {
  label: string;
  words: Word[];
}

type Value = { label: string; text: string };

/** This phone's own word comes first, what holds now last. Fields that are
    decided together come together: those that all say alike, or leave empty, are left out, unless
    nothing would remain. */
export function disputed(sides: Side[], after: Value[] | null): Disputed[] {
  const fields = new Map<string, Word[]>();
  const add = (side: Side | null, values: Value[]) => {
    for (const { label, text } of values) {
      const words = fields.get(label) ?? [];
      fields.set(label, [...words, { side, text }]);
    }
  };
  const ownFirst = [...sides].sort((a, b) => Number(b.own) - Number(a.own));
  for (const side of ownFirst) add(side, side.values);
  add(null, after ?? []);
  const all = [...fields].map(([label, words]) => ({ label, words }));
  const differing = all.filter(({ words }) => {
    const texts = new Set(words.map(({ text }) => text));
    const fewer = words.filter(({ side }) => side !== null).length < sides.length;
    return texts.size > 1 || (fewer && !texts.has(''));
  });
  return differing.length > 0 ? differing : all;
}
