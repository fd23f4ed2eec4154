import { describe, expect, it } from 'vitest';
import type { RecordView } from '../bridge/contract';
import { formDetail } from '../test/pack';
import { viewOf } from '../test/views';
import { records } from '../test/world';
import {
  carryOver,
  hasChanges,
  newState,
  readDraft,
  rebase,
  setField,
  stateOf,
  toFilled,
  toPatch,
} from './state';

function view(
  id: string,
  change: (fields: Record<string, unknown>) => void = () => undefined,
): RecordView {
  const held = records().find((record) => record.id === id);
  if (!held) throw new Error(id);
  change(held.fields);
  return { ...viewOf(held, 'vi', (value) => value, []), state: JSON.stringify(held.fields) };
}

describe('a patch', () => {
  it('holds only what was changed', () => {
    const state = stateOf(view('g-1'));
    setField(state, null, 'area_m2', '4900');
    expect(toPatch(state, true, 7)).toEqual({
      record: 'g-1',
      openedAt: state.openedAt,
      fields: { area_m2: '4900' },
      rows: [],
      newRows: [],
      confirmed: true,
      draft: 7,
    });
  });

  it('empties a field with null, and leaves alone what was typed and taken back', () => {
    const state = stateOf(view('g-1'));
    setField(state, null, 'mobilised_by', '');
    setField(state, null, 'note', 'x');
    setField(state, null, 'note', '');
    expect(toPatch(state, false, null).fields).toEqual({ mobilised_by: null });
  });

  it('tells changed rows from new ones', () => {
    const state = stateOf(view('m-03'));
    setField(state, 1, 'minutes', '50');
    state.rows.push({ form: 'agenda_item', record: null, fields: { seq: 3 } });
    const patch = toPatch(state, false, null);
    expect(patch.rows).toEqual([{ record: 'a-03-2', fields: { minutes: '50' } }]);
    expect(patch.newRows).toEqual([{ form: 'agenda_item', fields: { seq: 3 } }]);
    expect(patch.fields).toEqual({});
  });

  it('is empty on a record that was only looked at', () => {
    expect(hasChanges(stateOf(view('m-03')))).toBe(false);
  });
});

describe('a record that moved while it was being changed', () => {
  const changed = () => {
    const state = stateOf(view('g-1'));
    setField(state, null, 'area_m2', '5100');
    setField(state, null, 'note', 'đã đo lại');
    state.rows.push({ form: 'x', record: null, fields: { a: 'b' } });
    return state;
  };
  const now = view('g-1', (fields) =>
    Object.assign(fields, { area_m2: 4800, land_type: 'garden' }),
  );

  it('keeps what was written here, on the record as it is now', () => {
    const state = rebase(changed(), now, true);
    expect(state.openedAt).toBe(now.state);
    expect(toPatch(state, false, null).fields).toEqual({ area_m2: '5100', note: 'đã đo lại' });
    expect(state.fields['land_type']).toBe('garden');
    expect(toPatch(state, false, null).newRows).toHaveLength(1);
  });

  it('gives way only where the book changed', () => {
    const state = rebase(changed(), now, false);
    expect(state.fields['area_m2']).toBe(4800);
    expect(toPatch(state, false, null).fields).toEqual({ note: 'đã đo lại' });
  });
});

describe('like last time', () => {
  it('takes over carried fields that are still empty, and says which', () => {
    const state = newState('meeting', { held_on: '2012-04-23' });
    setField(state, null, 'chair', 'Vàng A Sử');
    const names = carryOver(state, formDetail('meeting', 'vi'), view('m-03'));
    expect(names).not.toContain('chair');
    expect(names).toContain('note_taker');
    expect(state.fields).toMatchObject({
      chair: 'Vàng A Sử',
      note_taker: 'Lù Thị Mẩy',
      total_official: 14,
    });
    expect(state.fields['present']).toBeUndefined();
    expect(state.carried).toEqual(names);
  });

  it('is no longer "as last time" once somebody changes it', () => {
    const state = newState('meeting', {});
    carryOver(state, formDetail('meeting', 'vi'), view('m-03'));
    setField(state, null, 'note_taker', 'Tẩn Mẩy');
    expect(state.carried).not.toContain('note_taker');
  });
});

describe('a draft', () => {
  it('brings back the whole form', () => {
    const state = newState('meeting', { held_on: '2012-04-23' });
    state.rows.push({ form: 'agenda_item', record: null, fields: { summary: 'Học tập' } });
    const back = readDraft(JSON.stringify(state));
    expect(back && toFilled(back)).toEqual(toFilled(state));
  });

  it.each(['', '{}', '[]', 'null', '{"form":3}'])('of another making is no draft: %s', (body) => {
    expect(readDraft(body)).toBeNull();
  });
});
