// What the paper says, as blocks. The words are those of Vietnamese official papers, whatever the
// screens' language. Where the phone does not know, a dotted line waits for a pen.
import type { RecordView, Status } from '../bridge/contract';
import { landGift } from './landGift';
import { meetingMinutes } from './meeting';
import { isContested, unsettled } from './unsettled';

export type Block =
  | { is: 'heading'; text: string }
  /** A named line: what the phone knows, or dots. */
  | { is: 'line'; label: string; text: string | null; words?: string | null }
  | { is: 'text'; text: string }
  /** Lines to write on. */
  | { is: 'blank'; label: string; lines: number }
  /** Room to draw in. */
  | { is: 'box'; label: string }
  | { is: 'table'; head: string[]; rows: (string | null)[][] };

/** What one kind of paper says. */
export interface Content {
  /** The Party's papers and the State's begin differently. */
  head: 'party' | 'state';
  left: string[];
  place: string;
  title: string;
  under: string;
  blocks: Block[];
  signatures: { who: string; note: string }[][];
}

export interface Paper extends Content {
  /** Written for practice: it says so across the whole sheet. */
  practice: boolean;
  /** Something on it is still being looked at. */
  contested: boolean;
}

/** Whether there is a paper for a record. */
export function hasPaper(record: RecordView): boolean {
  if (record.voidedBecause !== null) return false;
  return record.form === 'meeting' || isLandGift(record);
}

export function paperOf(record: RecordView, status: Status): Paper | null {
  if (!hasPaper(record)) return null;
  const said = unsettled(record);
  const content = isLandGift(record) ? landGift(said, status) : meetingMinutes(said, status);
  return { ...content, practice: status.practice, contested: isContested(record) };
}

function isLandGift(record: RecordView): boolean {
  const kind = record.fields.find((field) => field.name === 'kind')?.value;
  return record.form === 'contribution' && kind === 'land';
}
