// What the district did not take, as a form that holds it once more.
import type { FormDetail, RecordView, RefusedRecord, Values } from '../bridge/contract';
import { fieldsOf, type FormState, newState, stateOf } from './state';

/**
 * `record` comes before its `rows`. `now` is the record that it changed, as it stands: only what
 * was refused is put over it, so that what others wrote since stays.
 */
export function writtenAgain(
  detail: FormDetail,
  record: RefusedRecord,
  rows: RefusedRecord[],
  now: RecordView | null,
): FormState {
  const state = now === null ? newState(record.form, {}) : stateOf(now);
  Object.assign(state.fields, saidOf(detail, record));
  for (const row of rows) {
    const child = detail.children.find((known) => known.name === row.form);
    if (child === undefined) continue;
    const fields = saidOf(child, row);
    const held = state.rows.find((known) => row.changed !== null && known.record === row.changed);
    if (held) Object.assign(held.fields, fields);
    else state.rows.push({ form: row.form, record: null, fields });
  }
  return state;
}

/** A record that was voided, as the form of a new one. */
export function writtenAnew(record: RecordView): FormState {
  const { form, fields, rows } = stateOf(record);
  return {
    ...newState(form, {}),
    fields,
    rows: rows.map((row) => ({ ...row, record: null })),
  };
}

/** What the form asks for; a reason for voiding is no field of it. */
function saidOf(detail: FormDetail, record: RefusedRecord): Values {
  const asked = new Set(fieldsOf(detail).map((field) => field.name));
  const said = record.fields.filter((field) => asked.has(field.name));
  return Object.fromEntries(said.map((field) => [field.name, field.value]));
}
