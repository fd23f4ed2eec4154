// Where in a form one stands: a question, the list of its rows, one row, or the last page.

export type Place =
  | { at: 'start' | 'review' }
  | { at: 'rows'; form: string }
  | { at: 'row'; row: number }
  /** `walk`: opened from the last page, to which it leads back. */
  | { at: 'ask'; row: number | null; field: string; walk: boolean };

export const REVIEW: Place = { at: 'review' };

export function writePlace(place: Place): string {
  switch (place.at) {
    case 'start':
      return '';
    case 'review':
      return 'review';
    case 'rows':
      return `rows.${place.form}`;
    case 'row':
      return `row.${place.row}`;
    case 'ask': {
      const question = `${place.walk ? 'walk' : 'ask'}.${place.field}`;
      return place.row === null ? question : `row.${place.row}.${question}`;
    }
  }
}

export function readPlace(text: string): Place {
  if (text === 'review') return REVIEW;
  const rows = /^rows\.(.+)$/.exec(text)?.[1];
  if (rows !== undefined) return { at: 'rows', form: rows };
  const found = /^(?:row\.(\d+))?\.?(?:(ask|walk)\.(.+))?$/.exec(text);
  const [, row, how, field] = found ?? [];
  const number = row === undefined ? null : Number(row);
  if (field !== undefined) return { at: 'ask', row: number, field, walk: how === 'walk' };
  return number === null ? { at: 'start' } : { at: 'row', row: number };
}
