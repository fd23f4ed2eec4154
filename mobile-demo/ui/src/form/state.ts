// A form as filled in so far, and what is sent of it. Plain data: a draft is its JSON.
import type {
  Filled,
  FormDetail,
  NewRecord,
  RecordPatch,
  RecordView,
  Value,
  Values,
} from '../bridge/contract';

export interface Row {
  form: string;
  /** Of a row that is saved already. */
  record: string | null;
  fields: Values;
}

export interface FormState {
  form: string;
  /** The record being changed; null for a new one. */
  record: string | null;
  /** `RecordView.state` of what the form was opened on. */
  openedAt: string;
  fields: Values;
  rows: Row[];
  /** Fields that the phone filled in and nobody has looked at. */
  guessed: string[];
  /** Fields taken from last time. */
  carried: string[];
  /** What the record and its rows held when the form was opened. */
  before: { fields: Values; rows: Record<string, Values> };
}

export function newState(form: string, guesses: Values): FormState {
  return {
    form,
    record: null,
    openedAt: '',
    fields: { ...guesses },
    rows: [],
    guessed: Object.keys(guesses),
    carried: [],
    before: { fields: {}, rows: {} },
  };
}

export function stateOf(record: RecordView): FormState {
  const rows = record.rows.filter((row) => row.voidedBecause === null);
  const held = rows.map((row) => ({ form: row.form, record: row.id, fields: valuesOf(row) }));
  return {
    ...newState(record.form, {}),
    record: record.id,
    openedAt: record.state,
    fields: valuesOf(record),
    rows: held,
    before: {
      fields: valuesOf(record),
      rows: Object.fromEntries(held.map((row) => [row.record, { ...row.fields }])),
    },
  };
}

export function valuesOf(record: RecordView): Values {
  return Object.fromEntries(record.fields.map((field) => [field.name, field.value]));
}

export function isEmpty(value: Value | undefined): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    (Array.isArray(value) && value.length === 0)
  );
}

export function setField(state: FormState, row: number | null, name: string, value: Value): void {
  const fields = row === null ? state.fields : state.rows[row]?.fields;
  if (fields === undefined) return;
  fields[name] = value;
  if (row === null) touch(state, name);
}

/** Somebody has looked at a field: it is no guess any more. */
export function touch(state: FormState, name: string): void {
  state.guessed = state.guessed.filter((guess) => guess !== name);
  state.carried = state.carried.filter((carried) => carried !== name);
}

/** Takes over what "like last time" takes, where nothing was written yet. */
export function carryOver(state: FormState, detail: FormDetail, last: RecordView): string[] {
  const values = valuesOf(last);
  const names = fieldsOf(detail)
    .filter((field) => field.carried && isEmpty(state.fields[field.name]))
    .map((field) => field.name)
    .filter((name) => !isEmpty(values[name]));
  for (const name of names) state.fields[name] = values[name] ?? null;
  state.carried = [...state.carried, ...names];
  return names;
}

export function fieldsOf(detail: FormDetail) {
  return detail.sections.flatMap((section) => section.fields);
}

/** Whether it is written once a month. */
export function isMonthly(detail: FormDetail): boolean {
  return fieldsOf(detail).some((field) => field.kind === 'month' && field.required);
}

export function toFilled(state: FormState): Filled {
  const rows = state.rows.map(({ form, fields }) => ({ form, fields }));
  return { form: state.form, fields: state.fields, rows };
}

export function toNewRecord(state: FormState, confirmed: boolean, draft: number | null): NewRecord {
  return { ...toFilled(state), confirmed, draft };
}

/** Only what was changed. */
export function toPatch(state: FormState, confirmed: boolean, draft: number | null): RecordPatch {
  const rows = state.rows.flatMap((row) => {
    if (row.record === null) return [];
    const fields = changed(row.fields, state.before.rows[row.record] ?? {});
    return Object.keys(fields).length > 0 ? [{ record: row.record, fields }] : [];
  });
  const added = state.rows.filter((row) => row.record === null);
  return {
    record: state.record ?? '',
    openedAt: state.openedAt,
    fields: changed(state.fields, state.before.fields),
    rows,
    newRows: added.map(({ form, fields }) => ({ form, fields })),
    confirmed,
    draft,
  };
}

export function hasChanges(state: FormState): boolean {
  const patch = toPatch(state, false, null);
  return Object.keys(patch.fields).length + patch.rows.length + patch.newRows.length > 0;
}

function changed(now: Values, before: Values): Values {
  const differs = ([name, value]: [string, Value]) => {
    const old = before[name];
    if (isEmpty(value) && isEmpty(old)) return false;
    return JSON.stringify(value) !== JSON.stringify(old);
  };
  const entries = Object.entries(now).filter(differs);
  return Object.fromEntries(entries.map(([name, value]) => [name, isEmpty(value) ? null : value]));
}

/** A draft's body; null if it is not one of this version's. */
export function readDraft(body: string): FormState | null {
  try {
    const state = JSON.parse(body) as Partial<FormState> | null;
    const whole =
      state !== null &&
      typeof state.form === 'string' &&
      state.fields &&
      state.rows &&
      state.before;
    return whole ? { ...newState('', {}), ...(state as FormState) } : null;
  } catch {
    return null;
  }
}

/**
 * The same changes, on the record as it is now. Without `keep`, what changed in the meantime wins
 * over what was written here.
 */
export function rebase(state: FormState, record: RecordView, keep: boolean): FormState {
  const patch = toPatch(state, false, null);
  const fresh = stateOf(record);
  const mine = (now: Values, old: Values, wrote: Values): Values => {
    const kept = Object.entries(wrote).filter(([name]) => keep || same(now[name], old[name]));
    return { ...now, ...Object.fromEntries(kept) };
  };
  const rows = fresh.rows.map((row) => {
    const wrote = patch.rows.find((changed) => changed.record === row.record)?.fields ?? {};
    return { ...row, fields: mine(row.fields, state.before.rows[row.record ?? ''] ?? {}, wrote) };
  });
  const added = state.rows.filter((row) => row.record === null);
  const fields = mine(fresh.fields, state.before.fields, patch.fields);
  return { ...fresh, fields, rows: [...rows, ...added] };
}

function same(one: Value | undefined, other: Value | undefined): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}
