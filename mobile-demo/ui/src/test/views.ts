// How the fake bridge shows a record.
import type {
  Contest,
  FormFigures,
  HistoryStep,
  Language,
  ListItem,
  RecordView,
} from '../bridge/contract';
import { grouped } from '../form/amount';
import { fieldsOf } from '../form/state';
import { textOf, wordsOf } from './amounts';
import { formDetail, tomlOf } from './pack';
import type { Held } from './world';

type Name = (value: string) => string;

export function viewOf(
  record: Held,
  language: Language,
  name: Name,
  contests: Contest[],
): RecordView {
  const detail = formDetail(record.form, language);
  return {
    id: record.id,
    form: record.form,
    formLabel: detail.label,
    title: titleOf(record, language, name),
    state: `${record.id}@${JSON.stringify(record.fields)}`,
    voidedBecause: record.voidedBecause,
    fields: detail.sections.flatMap((section) =>
      section.fields.map((field) => ({
        name: field.name,
        label: field.label,
        section: section.name,
        text: textOf(field, record.fields[field.name], name, language),
        words: wordsOf(field, record.fields[field.name]),
        value: record.fields[field.name] ?? null,
        contested: contests.some((contest) => contest.fields.includes(field.label)),
      })),
    ),
    rows: record.rows.map((row) => viewOf(row, language, name, [])),
    contests,
  };
}

function said(record: Held, language: Language, name: Name, list: string): string[] {
  const fields = fieldsOf(formDetail(record.form, language));
  const names = (tomlOf(record.form).top[list] as string[] | undefined) ?? [];
  return names
    .map((one) => {
      const field = fields.find((known) => known.name === one);
      return field ? textOf(field, record.fields[one], name, language) : '';
    })
    .filter((text) => text !== '');
}

const titleOf = (record: Held, language: Language, name: Name) =>
  said(record, language, name, 'title').join(' · ');

export function itemOf(record: Held, language: Language, name: Name, contests: number): ListItem {
  const { occurredOn } = formDetail(record.form, language);
  const on = occurredOn === null ? null : String(record.fields[occurredOn]);
  return {
    id: record.id,
    form: record.form,
    title: titleOf(record, language, name),
    summary: said(record, language, name, 'summary').filter(
      (text) => !/^\d+\/\d+\/\d+$/.test(text),
    ),
    occurredOn: on,
    voidedBecause: record.voidedBecause,
    contests,
    unsent: record.unsent,
  };
}

/** The oldest first, as the core tells it. */
export function historyOf(record: Held): HistoryStep[] {
  const step = { device: '0000000a', reason: null, unseen: [] };
  return [
    {
      ...step,
      entry: 'e-1',
      author: 'Lù Thị Mẩy',
      own: true,
      writtenAt: record.writtenAt,
      changes: [
        { field: 'Diện tích', saw: [], wrote: '2.500 m²' },
        { field: 'Tên người đóng góp', saw: [], wrote: 'Lục Thượng Cường' },
      ],
    },
    {
      ...step,
      entry: 'e-2',
      author: 'Giàng Seo Páo',
      own: false,
      writtenAt: record.writtenAt + 50_000_000,
      changes: [{ field: 'Diện tích', saw: ['2.500 m²'], wrote: '5.200 m²' }],
    },
  ];
}

export function figuresOf(
  held: Held[],
  language: Language,
  names: string[],
  year: number,
): FormFigures[] {
  const dated = names.filter((form) => formDetail(form, language).occurredOn !== null);
  return dated.map((form) => {
    const { occurredOn } = formDetail(form, language);
    const own = held.filter(
      (record) =>
        record.form === form &&
        record.voidedBecause === null &&
        String(record.fields[occurredOn ?? '']).startsWith(`${year}-`),
    );
    const sum = (field: string) =>
      own.reduce((total, record) => total + Number(record.fields[field] ?? 0), 0);
    const fields = fieldsOf(formDetail(form, language));
    const totals = ['area_m2', 'amount_vnd', 'labour_days'].flatMap((name) => {
      const field = fields.find((known) => known.name === name);
      if (!field || sum(name) === 0) return [];
      const digits =
        field.decimals > 0 ? String(sum(name) / 10).replace('.', ',') : String(sum(name));
      return [{ label: field.label, text: `${grouped(digits)}\u00a0${field.unit ?? ''}` }];
    });
    const months = own
      .map((record) => String(record.fields['period_month'] ?? ''))
      .filter((month) => month !== '');
    return {
      form,
      label: formDetail(form, language).label,
      records: own.length,
      totals,
      months: months.sort(),
    };
  });
}
