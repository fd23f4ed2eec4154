// The fake bridge's records: written, changed, listed, shown.
import { matches } from '../base/fold';
import type { Bridge, Contest, Language, RecordView, Saved, Values } from '../bridge/contract';
import { fieldsOf } from '../form/state';
import { check } from './check';
import { FakeFailure } from './failure';
import { formDetail, formNames, tomlOf } from './pack';
import { figuresOf, historyOf, itemOf, viewOf } from './views';
import { sides } from './decisions';
import { type Held, PLACES, records } from './world';

type Rows = { form: string; fields: Values }[];
type Records = Pick<
  Bridge,
  | 'forms'
  | 'form'
  | 'check'
  | 'references'
  | 'last'
  | 'save'
  | 'edit'
  | 'voidRecord'
  | 'list'
  | 'show'
  | 'history'
  | 'figures'
>;

export interface World {
  language: Language;
  /** The gift of land is contested. */
  contested: boolean;
  /** The next change finds the record moved. */
  moved: boolean;
  drop(draft: number | null): void;
}

const nameOf = (value: string) => PLACES[value] ?? value;

export class Book {
  readonly held = records();
  #next = 1;

  constructor(private readonly world: World) {}

  unsent(): Held[] {
    return this.held.filter((record) => record.unsent);
  }

  methods(): Records {
    const { world } = this;
    return {
      forms: async () => formNames.map((form) => this.#summary(form)),
      form: async (of) => formDetail(of.name, world.language),
      check: async (of) => check(of, world.language, nameOf),
      references: async (of) => this.#references(of),
      last: async ({ form }) => {
        const found = this.held.find((record) => record.form === form && !record.voidedBecause);
        return found ? this.#view(found) : null;
      },
      save: async (of) => {
        const warnings = this.#refuse(of.form, of.fields, of.rows, of.confirmed);
        const rows = of.rows.map((row) => this.#new(row.form, row.fields));
        world.drop(of.draft);
        return { ...this.#store(this.#new(of.form, of.fields, rows)), warnings };
      },
      edit: async (of) => this.#edit(of),
      voidRecord: async ({ record, reason }) => {
        if (reason === '') throw new FakeFailure({ kind: 'reasonNeeded' });
        this.#move(this.#owner(record) ?? this.#find(record));
        return this.#void(record, reason);
      },
      list: async (of) => this.#list(of),
      show: async (of) => this.#view(this.#find(of.record), of.language),
      history: async (of) => historyOf(this.#find(of.record)),
      figures: async ({ year }) => figuresOf(this.held, world.language, formNames, year),
    };
  }

  #summary(form: string) {
    const own = this.held.filter((record) => record.form === form && !record.voidedBecause);
    const detail = formDetail(form, this.world.language);
    const written = own.some((record) => record.fields['period_month'] === '2012-04');
    return {
      name: form,
      label: detail.label,
      help: detail.help,
      version: 1,
      parent: (tomlOf(form).top['parent'] as string | undefined) ?? null,
      records: own.length,
      thisYear: detail.occurredOn ? own.length : 0,
      dueMonth: form === 'meeting' && !written ? '2012-04' : null,
    };
  }

  #references({ form, field, words }: { form: string; field: string; words: string }) {
    const fields = formDetail(form, this.world.language).sections.flatMap((one) => one.fields);
    const detail = fields.find((one) => one.name === field);
    const prefixes: Record<string, string> = { work: 'w-', household: 'h-' };
    const prefix = detail?.kind === 'orgUnit' ? '101' : (prefixes[detail?.target ?? ''] ?? 'none');
    return Object.entries(PLACES)
      .filter(([value, label]) => value.startsWith(prefix) && matches(label, words))
      .map(([value, label]) => ({ value, label, detail: '' }));
  }

  #edit(of: Parameters<Bridge['edit']>[0]): Saved {
    const record = this.#find(of.record);
    this.#move(record);
    const patched = record.rows.map((row) => {
      const patch = of.rows.find((one) => one.record === row.id);
      return { ...row, fields: { ...row.fields, ...patch?.fields } };
    });
    const rows = [...patched, ...of.newRows.map((row) => this.#new(row.form, row.fields))];
    const fields = { ...record.fields, ...of.fields };
    this.#refuse(record.form, fields, rows, of.confirmed);
    this.world.drop(of.draft);
    return this.#store({ ...record, fields, rows, unsent: true });
  }

  #void(id: string, reason: string): Saved {
    const parent = this.#owner(id);
    if (!parent) return this.#store({ ...this.#find(id), voidedBecause: reason, unsent: true });
    const rows = parent.rows.map((row) =>
      row.id === id ? { ...row, voidedBecause: reason } : row,
    );
    return { ...this.#store({ ...parent, rows, unsent: true }), record: id };
  }

  #move(record: Held): void {
    if (!this.world.moved) return;
    this.world.moved = false;
    record.fields['area_m2'] = 4800;
    const now = { record: record.id, field: 'area_m2', label: 'Diện tích', now: '4.800 m²' };
    throw new FakeFailure({ kind: 'moved', fields: [now] });
  }

  #list(of: Parameters<Bridge['list']>[0]) {
    const items = this.held
      .filter((record) => !of.form || of.form === record.form)
      .map((record) => {
        const contests = this.#contests(record).length;
        return itemOf(record, this.world.language, nameOf, contests);
      });
    const found = items.filter((item) => {
      const on = item.occurredOn;
      // As in a database: what has no date is in no span of time.
      const inTime =
        (!of.from || (on !== null && of.from <= on)) && (!of.to || (on !== null && on <= of.to));
      const said = [item.title, ...item.summary].join(' ');
      return inTime && (!of.contested || item.contests > 0) && matches(said, of.words ?? '');
    });
    found.sort(
      (a, b) =>
        Number(a.voidedBecause !== null) - Number(b.voidedBecause !== null) ||
        (b.occurredOn ?? '').localeCompare(a.occurredOn ?? ''),
    );
    return found.slice(of.offset ?? 0, (of.offset ?? 0) + (of.limit ?? 50));
  }

  #contests(record: Held): Contest[] {
    if (record.id !== 'g-1' || !this.world.contested) return [];
    const known = fieldsOf(formDetail(record.form, this.world.language));
    const fields = known.filter((field) => field.name === 'area_m2').map((field) => field.label);
    return [{ kind: 'values', policy: 'critical', fields, sides }];
  }

  #view(record: Held, language = this.world.language): RecordView {
    return viewOf(record, language, nameOf, this.#contests(record));
  }

  /** The record that a row belongs to. */
  #owner(row: string): Held | undefined {
    return this.held.find((record) => record.rows.some((one) => one.id === row));
  }

  #find(id: string): Held {
    const found = this.held.find((record) => record.id === id);
    if (!found) throw new FakeFailure({ kind: 'unknownRecord' });
    return found;
  }

  #refuse(form: string, fields: Values, rows: Rows, confirmed: boolean) {
    const { violations } = check({ form, fields, rows }, this.world.language, nameOf);
    const hard = violations.filter(
      (one) => one.severity === 'block' || (one.severity === 'ask' && !confirmed),
    );
    if (hard.length > 0) throw new FakeFailure({ kind: 'violations', violations: hard });
    return violations;
  }

  #new(form: string, fields: Values, rows: Held[] = []): Held {
    const id = `n-${(this.#next += 1)}`;
    return { id, form, fields, rows, voidedBecause: null, writtenAt: Date.now(), unsent: true };
  }

  #store(record: Held): Saved {
    const at = this.held.findIndex((known) => known.id === record.id);
    if (at >= 0) this.held[at] = record;
    else this.held.unshift(record);
    return { record: record.id, entries: 1, warnings: [], sameAs: [] };
  }
}
