// Which questions a form asks by itself, one after another. What is required, what a check misses
// and what already holds a word is asked; everything else waits on the last page, section by
// section, so that a land gift is saved in a few taps and its minutes can be completed later.
import type { FieldDetail, FieldReading, FormDetail, Values, Violation } from '../bridge/contract';
import { fieldsOf, isEmpty } from './state';

export interface Asked {
  detail: FormDetail;
  values: Values;
  readings: FieldReading[];
  violations: Violation[];
  /** Filled in by the phone: not asked, only shown on the last page. */
  settled: string[];
  /** Fields whose pick list is empty. */
  unpickable: string[];
  /** Asked before: a question does not vanish while one walks back and forth. */
  seen: string[];
}

/** Kinds for which this version has no way to type. */
const UNASKED = ['photo', 'position'];

export function isShown(field: FieldDetail, asked: Pick<Asked, 'readings'>): boolean {
  if (UNASKED.includes(field.kind)) return false;
  return asked.readings.find((reading) => reading.name === field.name)?.shown ?? true;
}

export function questions(asked: Asked): FieldDetail[] {
  const shown = fieldsOf(asked.detail).filter((field) => isShown(field, asked));
  return shown.filter((field) => isAsked(field, shown, asked));
}

function isAsked(field: FieldDetail, shown: FieldDetail[], asked: Asked): boolean {
  if (asked.seen.includes(field.name)) return true;
  if (asked.settled.includes(field.name) && !isEmpty(asked.values[field.name])) return false;
  if (field.required) return true;
  if (asked.unpickable.includes(field.name)) return false;
  return isMissed(field, asked) || standsIn(field, shown, asked);
}

/** A rule speaks of it while it is empty. */
function isMissed(field: FieldDetail, asked: Asked): boolean {
  const empty = isEmpty(asked.values[field.name]);
  return empty && asked.violations.some((violation) => violation.field === field.name);
}

/** The name to type where the list, asked for just before and in the same group, did not have it. */
function standsIn(field: FieldDetail, shown: FieldDetail[], asked: Asked): boolean {
  const list = shown.find((other) => other.kind === 'record' && other.group === field.group);
  if (field.group === null || list === undefined || list === field) return false;
  if (!isEmpty(asked.values[list.name]) || field.kind !== 'text') return false;
  return (
    asked.seen.includes(list.name) ||
    (asked.unpickable.includes(list.name) && isMissed(list, asked))
  );
}

/** What may still be written of each section. */
export function leftOver(asked: Asked, section: FormDetail['sections'][number]): FieldDetail[] {
  return section.fields.filter(
    (field) =>
      isShown(field, asked) &&
      isEmpty(asked.values[field.name]) &&
      !asked.unpickable.includes(field.name),
  );
}

/** Whether nothing that is required is empty and nothing blocks. */
export function isComplete(asked: Asked): boolean {
  const missing = fieldsOf(asked.detail).some(
    (field) => field.required && isShown(field, asked) && isEmpty(asked.values[field.name]),
  );
  return !missing && !asked.violations.some((violation) => violation.severity === 'block');
}
