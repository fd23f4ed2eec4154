// Every word of the screens that does not come with the pack. Vietnamese is written for a secretary of a
// village cell: short sentences, everyday words, no borrowed computer terms.
import { failing } from './failing';
import { phone } from './phone';
import { reading } from './reading';
import { writing } from './writing';

export const catalogue = { ...phone, ...writing, ...reading, ...failing };

export type Key = keyof typeof catalogue;
export type Given<K extends Key> = (typeof catalogue)[K]['vi'] extends (...given: infer A) => string
  ? A
  : [];
