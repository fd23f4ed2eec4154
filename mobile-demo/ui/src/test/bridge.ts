// The fake bridge itself: one object over a world in memory.
import { addMonths, dateOf } from '../base/dates';
import { matches } from '../base/fold';
import type {
  Bridge,
  Draft,
  Language,
  RecordView,
  Saved,
  Status,
  SyncReport,
  SyncState,
  Values,
} from '../bridge/contract';
import { check } from './check';
import { FakeFailure } from './host';
import { formDetail, formNames, tomlOf } from './pack';
import { figuresOf, historyOf, itemOf, viewOf } from './views';
import { decisions, type Held, PLACES, records, refused, sides } from './world';

/** `new`: not enrolled. `quiet`: nothing unsent, nothing to read. `trouble`: all that can be wrong. */
export type Start = 'enrolled' | 'new' | 'quiet' | 'trouble' | 'moved' | 'running';

export function fakeBridge(start: Start): Bridge {
  let language: Language = sessionStorage.getItem('fake-language') === 'en' ? 'en' : 'vi';
  let textSize = Number(sessionStorage.getItem('fake-size') ?? 100);
  let practice = false;
  let enrolled = start !== 'new';
  let next = 1;
  let moved = start === 'moved';
  const held = records();
  const drafts: Draft[] = JSON.parse(sessionStorage.getItem('fake-drafts') ?? '[]') as Draft[];
  const told = start === 'quiet' ? decisions().map((one) => ({ ...one, read: true })) : decisions();
  const state: SyncState = {
    running: start === 'running',
    sent: 2,
    toSend: 3,
    received: 4,
    nextAt: null,
    last: null,
  };
  if (start === 'quiet') for (const record of held) record.unsent = false;
  if (start === 'trouble') state.last = { ...report(null), failure: 'cut', waiting: 1 };
  if (start === 'trouble') state.nextAt = Date.now() + 480_000;
  const name = (value: string) => PLACES[value] ?? value;
  const unsent = () => held.filter((record) => record.unsent);
  const contested = (record: Held) =>
    record.id === 'g-1' && start === 'trouble'
      ? [{ kind: 'values' as const, policy: 'critical' as const, fields: ['area_m2'], sides }]
      : [];
  const view = (record: Held): RecordView => viewOf(record, language, name, contested(record));

  function report(failure: SyncReport['failure']): SyncReport {
    return {
      startedAt: Date.now() - 9_000,
      endedAt: Date.now() - 1_000,
      failure,
      sent: 2,
      received: 4,
      refused: 0,
      waiting: 0,
      requests: 1,
      bytesUp: 4_180,
      bytesDown: 12_400,
    };
  }

  function find(id: string): Held {
    const found = held.find((record) => record.id === id);
    if (!found) throw new FakeFailure({ kind: 'unknownRecord' });
    return found;
  }

  function status(): Status {
    return {
      device: enrolled ? '0000000a' : null,
      orgUnit: enrolled ? 17 : null,
      unitName: enrolled || practice ? 'Chi bộ thôn Pạc Bo' : '',
      parentName: enrolled || practice ? 'Đảng bộ xã Bản Lầu' : '',
      holder: enrolled ? 'Lù Thị Mẩy' : '',
      packVersion: 1,
      unsent: unsent().length,
      oldestUnsentAt: unsent()[0]?.writtenAt ?? null,
      refused: start === 'trouble' ? 1 : 0,
      contested: start === 'trouble' ? 1 : 0,
      unread: told.filter((one) => !one.read).length,
      syncedAt: start === 'new' ? null : Date.parse('2012-04-21T17:40:00+07:00'),
      clockOffsetMs: 0,
      revoked: start === 'trouble',
      pending: false,
      setAside: start === 'trouble' ? 'soban-2012-04-20.damaged' : null,
      practice,
      language,
      server: enrolled ? 'https://soban.muongkhuong.example' : '',
      appVersion: '0.1.0',
      today: dateOf(Date.now()),
    };
  }

  function store(record: Held): Saved {
    const existing = held.findIndex((known) => known.id === record.id);
    if (existing >= 0) held[existing] = record;
    else held.unshift(record);
    return { record: record.id, entries: 1, warnings: [], sameAs: [] };
  }

  function refuse(
    form: string,
    fields: Values,
    rows: { form: string; fields: Values }[],
    confirmed: boolean,
  ) {
    const { violations } = check({ form, fields, rows }, language, name);
    const hard = violations.filter(
      (one) => one.severity === 'block' || (one.severity === 'ask' && !confirmed),
    );
    if (hard.length > 0) throw new FakeFailure({ kind: 'violations', violations: hard });
    return violations;
  }

  function drop(draft: number | null) {
    const at = drafts.findIndex((known) => known.id === draft);
    if (at >= 0) drafts.splice(at, 1);
    keepDrafts();
  }

  const keepDrafts = () => sessionStorage.setItem('fake-drafts', JSON.stringify(drafts));
  const newHeld = (form: string, fields: Values, rows: Held[] = []): Held => ({
    id: `n-${next++}`,
    form,
    fields,
    rows,
    voidedBecause: null,
    writtenAt: Date.now(),
    unsent: true,
  });

  const bridge: Bridge = {
    status: async () => status(),
    async enrol({ text }) {
      if (text.toUpperCase() !== 'K7QM-2XPA')
        throw new FakeFailure({ kind: 'failed', failure: 'codeRefused' });
      enrolled = true;
      return status();
    },
    async setLanguage(of) {
      language = of.language;
      sessionStorage.setItem('fake-language', language);
      return status();
    },
    preferences: async () => ({ textSize }),
    async setPreferences(of) {
      textSize = of.textSize;
      sessionStorage.setItem('fake-size', String(textSize));
      return of;
    },
    async setPractice({ on }) {
      practice = on;
      return status();
    },
    forms: async () =>
      formNames.map((form) => {
        const own = held.filter((record) => record.form === form && record.voidedBecause === null);
        const detail = formDetail(form, language);
        const dueMonth =
          form === 'meeting' && !held.some((record) => record.fields['period_month'] === '2012-04')
            ? '2012-04'
            : null;
        const parent = (tomlOf(form).top['parent'] as string | undefined) ?? null;
        return {
          name: form,
          label: detail.label,
          help: detail.help,
          version: 1,
          parent,
          records: own.length,
          thisYear: detail.occurredOn ? own.length : 0,
          dueMonth,
        };
      }),
    form: async (of) => formDetail(of.name, language),
    check: async (of) => check(of, language, name),
    async references({ form, field, words }) {
      const detail = formDetail(form, language)
        .sections.flatMap((section) => section.fields)
        .find((one) => one.name === field);
      const prefix =
        { work: 'w-', household: 'h-' }[detail?.target ?? ''] ??
        (detail?.kind === 'orgUnit' ? '1' : 'none');
      const found = Object.entries(PLACES).filter(
        ([value, label]) => value.startsWith(prefix) && matches(label, words),
      );
      return (detail?.kind === 'orgUnit' ? found.slice(0, 1) : found).map(([value, label]) => ({
        value,
        label,
        detail: '',
      }));
    },
    async last({ form }) {
      const found = held.find((record) => record.form === form && record.voidedBecause === null);
      return found ? view(found) : null;
    },
    async save(of) {
      const warnings = refuse(of.form, of.fields, of.rows, of.confirmed);
      const saved = store(
        newHeld(
          of.form,
          of.fields,
          of.rows.map((row) => newHeld(row.form, row.fields)),
        ),
      );
      drop(of.draft);
      return { ...saved, warnings };
    },
    async edit(of) {
      const record = find(of.record);
      if (moved) {
        moved = false;
        record.fields['area_m2'] = 4800;
        throw new FakeFailure({
          kind: 'moved',
          fields: [{ record: of.record, field: 'area_m2', now: '4.800 m²' }],
        });
      }
      const rows = [
        ...record.rows.map((row) => ({
          ...row,
          fields: { ...row.fields, ...of.rows.find((one) => one.record === row.id)?.fields },
        })),
        ...of.newRows.map((row) => newHeld(row.form, row.fields)),
      ];
      const fields = { ...record.fields, ...of.fields };
      refuse(record.form, fields, rows, of.confirmed);
      drop(of.draft);
      return store({ ...record, fields, rows, unsent: true });
    },
    async voidRecord({ record, reason }) {
      if (reason === '') throw new FakeFailure({ kind: 'reasonNeeded' });
      return store({ ...find(record), voidedBecause: reason, unsent: true });
    },
    list: async (of) =>
      held
        .map((record) => ({
          record,
          item: itemOf(record, language, name, contested(record).length),
        }))
        .filter(({ record, item }) => {
          const words = [item.title, ...item.summary].join(' ');
          const inTime =
            !item.occurredOn ||
            ((of.from ?? '') <= item.occurredOn && item.occurredOn <= (of.to ?? '9999'));
          return (
            (!of.form || of.form === record.form) &&
            inTime &&
            (!of.contested || item.contests > 0) &&
            matches(words, of.words ?? '')
          );
        })
        .map(({ item }) => item)
        .slice(of.offset ?? 0, (of.offset ?? 0) + (of.limit ?? 50)),
    show: async (of) => view(find(of.record)),
    history: async (of) => historyOf(find(of.record)),
    figures: async ({ year }) => (year === 2012 ? figuresOf(held, language, formNames) : []),
    drafts: async () => drafts,
    async saveDraft({ id, form, body }) {
      drop(id);
      const draft = {
        id: id ?? Math.max(0, ...drafts.map((known) => known.id)) + 1,
        form,
        body,
        savedAt: Date.now(),
      };
      drafts.push(draft);
      keepDrafts();
      return draft.id;
    },
    async discardDraft({ id }) {
      drop(id);
      return null;
    },
    decisions: async ({ unread }) => told.filter((one) => !unread || !one.read),
    async markRead({ decision }) {
      for (const one of told) if (one.id === decision) one.read = true;
      return null;
    },
    refused: async () => (start === 'trouble' ? refused() : []),
    async sync() {
      const sent = unsent();
      Object.assign(state, { running: true, sent: 0, toSend: sent.length, received: 0 });
      for (const record of sent) {
        await new Promise((done) => setTimeout(done, 300));
        record.unsent = false;
        state.sent += 1;
      }
      state.running = false;
      state.last = {
        ...report(null),
        sent: sent.length,
        received: 1,
        startedAt: Date.now() - 900,
        endedAt: Date.now(),
      };
      return state.last;
    },
    syncState: async () => state,
    exportForSupport: async () => ({ name: `soban-ho-tro-${addMonths('2012-04', 0)}.json` }),
    async print() {
      globalThis.print();
      return null;
    },
  };
  return bridge;
}
