// What is contested is no fact yet. A paper names all that was written of it and says that it is
// being looked at, so that nobody signs one side's word as if it were settled.
import type { FieldView, RecordView } from '../bridge/contract';

const UNDER_REVIEW = 'đang xem xét';

export function isContested(record: RecordView): boolean {
  return record.contests.length > 0 || record.rows.some(isContested);
}

/** The record as it may be printed. */
export function unsettled(record: RecordView): RecordView {
  return {
    ...record,
    fields: record.fields.map((field) => (field.contested ? asSides(field, record) : field)),
    rows: record.rows.map(unsettled),
  };
}

function asSides(field: FieldView, record: RecordView): FieldView {
  const sides = record.contests
    .filter((contest) => contest.fields.includes(field.label))
    .flatMap((contest) => contest.sides.flatMap((side) => side.values))
    .filter((value) => value.label === field.label && value.text !== '');
  const texts = [...new Set(sides.map((value) => value.text))];
  const said = texts.length > 0 ? texts.join(' hoặc ') : field.text;
  const text = said === '' ? '' : `${said} (${UNDER_REVIEW})`;
  return { ...field, text, words: null, value: null };
}
