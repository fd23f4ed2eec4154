// What the phone fills in before it asks: today, the month that is due, the only village there is,
// the first step. Each stands on the last page, marked as filled in, and can be changed there.
import type {
  FieldDetail,
  FormDetail,
  FormSummary,
  Reference,
  Value,
  Values,
} from '../bridge/contract';
import { fieldsOf, isMonthly } from './state';

/** Choices that begin with their first option: how far a thing has come. */
const FROM_THE_START = ['stage', 'status'];

export interface Known {
  today: string;
  summary: FormSummary | null;
  /** What the pick lists offer, by field. */
  references: Record<string, Reference[]>;
}

export function guess(detail: FormDetail, known: Known): Values {
  const values: Values = {};
  for (const field of fieldsOf(detail)) {
    const value = guessField(field, detail, known);
    if (value !== null) values[field.name] = value;
  }
  return values;
}

function guessField(field: FieldDetail, detail: FormDetail, known: Known): Value {
  if (!field.required) return null;
  if (field.kind === 'month') return known.summary?.dueMonth ?? known.today.slice(0, 7);
  if (field.kind === 'date' && field.name === detail.occurredOn) return known.today;
  if (field.kind === 'orgUnit') return onlyOne(known.references[field.name]);
  if (field.kind === 'choice' && FROM_THE_START.includes(field.name)) {
    return field.options[0]?.name ?? null;
  }
  return null;
}

function onlyOne(references: Reference[] | undefined): string | null {
  return references?.length === 1 ? (references[0]?.value ?? null) : null;
}

/**
 * Guesses that need not be asked. A monthly form asks for its day: it is often written down days
 * after, and its month is not that of today.
 */
export function settledBy(detail: FormDetail, guessed: string[]): string[] {
  const fields = fieldsOf(detail);
  const monthly = isMonthly(detail);
  const asked = fields
    .filter((field) => monthly && field.kind === 'date')
    .map((field) => field.name);
  return guessed.filter((name) => !asked.includes(name));
}

/** The number of a new row, where its form counts its rows. */
export function rowDefaults(detail: FormDetail, rows: Values[]): Values {
  const counter = fieldsOf(detail).find(
    (field) => field.name === 'seq' && field.kind === 'integer',
  );
  if (counter === undefined) return {};
  const highest = Math.max(0, ...rows.map((fields) => Number(fields[counter.name] ?? 0)));
  return { [counter.name]: highest + 1 };
}
