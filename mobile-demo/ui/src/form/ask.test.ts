import { describe, expect, it } from 'vitest';
import type { Values } from '../bridge/contract';
import { check } from '../test/check';
import { formDetail } from '../test/pack';
import { type Asked, isComplete, leftOver, questions } from './ask';
import { guess, rowDefaults, settledBy } from './defaults';

function asked(form: string, values: Values, more: Partial<Asked> = {}): Asked {
  const checked = check({ form, fields: values, rows: [] }, 'vi', (value) => value);
  return {
    detail: formDetail(form, 'vi'),
    values,
    readings: checked.fields,
    violations: checked.violations,
    settled: [],
    unpickable: [],
    seen: [],
    ...more,
  };
}

const names = (of: Asked) => questions(of).map((field) => field.name);
const KNOWN = {
  today: '2012-04-23',
  summary: null,
  references: { village: [{ value: '101', label: 'Pạc Bo', detail: '' }] },
};

describe('a gift of land', () => {
  const guesses = guess(formDetail('contribution', 'vi'), KNOWN);
  const settled = settledBy(formDetail('contribution', 'vi'), Object.keys(guesses));

  it('has day, village and stage filled in', () => {
    expect(guesses).toEqual({ occurred_on: '2012-04-23', village: '101', stage: 'pledged' });
  });

  it('asks first what was given, and nothing of land before that', () => {
    expect(names(asked('contribution', guesses, { settled }))).toEqual([
      'kind',
      'donor_kind',
      'donor_name',
      'work',
    ]);
  });

  it('asks for the area and its source once it is land', () => {
    const values = { ...guesses, kind: 'land' };
    expect(names(asked('contribution', values, { settled }))).toEqual([
      'kind',
      'donor_kind',
      'donor_name',
      'area_m2',
      'area_source',
      'work',
    ]);
  });

  it('asks for the name of a work that the list does not have', () => {
    const values = { ...guesses, kind: 'land' };
    expect(names(asked('contribution', values, { settled, seen: ['work'] }))).toContain(
      'work_name',
    );
    expect(
      names(asked('contribution', { ...values, work: 'w-1' }, { settled, seen: ['work'] })),
    ).not.toContain('work_name');
  });

  it('asks for the name at once where there is no list', () => {
    const found = names(
      asked('contribution', { ...guesses, kind: 'land' }, { settled, unpickable: ['work'] }),
    );
    expect(found).not.toContain('work');
    expect(found).toContain('work_name');
  });

  it('can be saved without its optional sections', () => {
    const values = {
      ...guesses,
      kind: 'land',
      donor_kind: 'household',
      donor_name: 'Lục Thượng Cường',
    };
    expect(isComplete(asked('contribution', values))).toBe(false);
    expect(isComplete(asked('contribution', { ...values, area_m2: '5200' }))).toBe(true);
  });

  it('offers the rest of the parcel afterwards, without what cannot be typed', () => {
    const of = asked('contribution', { ...guesses, kind: 'land' });
    const land = of.detail.sections.find((section) => section.name === 'land');
    const left = land ? leftOver(of, land).map((field) => field.name) : [];
    expect(left).toContain('parcel_no');
    expect(left).not.toContain('land_position');
  });
});

it('a question that was asked stays while one walks back and forth', () => {
  expect(names(asked('contribution', { kind: 'cash' }, { seen: ['area_source'] }))).not.toContain(
    'area_source',
  );
  expect(
    names(
      asked(
        'contribution',
        { kind: 'land', area_source: 'self_declared' },
        { seen: ['area_source'] },
      ),
    ),
  ).toContain('area_source');
});

it('a monthly form asks for its day though today is filled in', () => {
  const detail = formDetail('meeting', 'vi');
  const guesses = guess(detail, KNOWN);
  expect(guesses).toEqual({ period_month: '2012-04', held_on: '2012-04-23' });
  expect(settledBy(detail, Object.keys(guesses))).toEqual(['period_month']);
});

it('rows are counted on from the highest', () => {
  const detail = formDetail('agenda_item', 'vi');
  expect(rowDefaults(detail, [])).toEqual({ seq: 1 });
  expect(rowDefaults(detail, [{ seq: 1 }, { seq: '4' }])).toEqual({ seq: 5 });
});
