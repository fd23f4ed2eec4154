// What the screens ask of the app below them. One method of `Bridge` is one call through
// `transport.ts`: its argument and its answer travel as the JSON written here, whoever hosts the
// page. Names are those of the generated bindings in camelCase; comments say only what the name
// does not. Instants are milliseconds since 1970 UTC by the phone's clock, dates
// `2012-04-12`, months `2012-04`, times `19:30`.

import type { Failure } from './failure';

export type { BridgeFailure, Failure, MovedField } from './failure';

/** What a field holds, or what was typed into it. Numbers are whole, in the field's last place. */
export type Value = null | boolean | number | string | string[];

/** Values by the identifiers of their fields. */
export type Values = Record<string, Value>;

export type Language = 'vi' | 'en';

export interface Status {
  /** Null before enrolment. */
  device: string | null;
  orgUnit: number | null;
  /** "Chi bộ thôn Pạc Bo"; empty before enrolment. */
  unitName: string;
  /** The unit above: "Đảng bộ xã Bản Lầu". */
  parentName: string;
  /** Who holds this phone. */
  holder: string;
  packVersion: number;
  /** Entries that the district has not confirmed. */
  unsent: number;
  oldestUnsentAt: number | null;
  refused: number;
  contested: number;
  /** Decisions that the holder has not read. */
  unread: number;
  syncedAt: number | null;
  clockOffsetMs: number;
  revoked: boolean;
  /** The district has forgotten this phone and has not confirmed it yet. */
  pending: boolean;
  /** A damaged file was set aside at this start. */
  setAside: string | null;
  practice: boolean;
  language: Language;
  /** The district's address; empty before enrolment. */
  server: string;
  appVersion: string;
  /** The date in Vietnam, by the district's clock. */
  today: string;
}

/** A photo without its colours: `grey` is Base64 of a byte a pixel, line after line. */
export interface GreyPhoto {
  width: number;
  height: number;
  grey: string;
}

export interface Invitation {
  code: string;
  server: string;
}

export interface FormSummary {
  name: string;
  label: string;
  help: string | null;
  version: number;
  /** The form whose records these are rows of; such forms are not offered on their own. */
  parent: string | null;
  /** Records on this phone, voided ones left out. */
  records: number;
  /** Of them, those that happened this year. */
  thisYear: number;
  /** A monthly form's latest month that is due and not recorded: `2012-04`. */
  dueMonth: string | null;
}

export type FieldKind =
  | 'text' | 'longText' | 'integer' | 'decimal' | 'money' | 'quantity' | 'date' | 'month' | 'time'
  | 'yesNo' | 'choice' | 'choices' | 'orgUnit' | 'record' | 'position' | 'photo';

export interface FieldDetail {
  name: string;
  label: string;
  /** The question as a full sentence; the label where the pack has none. */
  ask: string;
  help: string | null;
  kind: FieldKind;
  /** As printed behind a number: `m²`, `đồng`, `ngày công`. */
  unit: string | null;
  /** Decimals that may be typed. */
  decimals: number;
  /** Of `record`: the form whose records may be chosen. */
  target: string | null;
  /** Of `choice` and `choices`. */
  options: { name: string; label: string; from: string | null; to: string | null }[];
  required: boolean;
  sensitivity: 'normal' | 'personal' | 'sensitive';
  /** Fields of one group are changed together. */
  group: string | null;
  /** Taken over by "like last time". */
  carried: boolean;
}

export interface FormDetail {
  name: string;
  label: string;
  help: string | null;
  version: number;
  /** The field that says when it happened. */
  occurredOn: string | null;
  /** In the order in which they are asked. */
  sections: { name: string; label: string; fields: FieldDetail[] }[];
  /** Forms of its rows. */
  children: FormDetail[];
}

/** A form as filled in so far: all of it, each time. */
export interface Filled {
  form: string;
  fields: Values;
  rows: { form: string; fields: Values }[];
}

export interface FieldReading {
  name: string;
  /** Whether the pack asks for it now. */
  shown: boolean;
  /** As people read it: `5.200 m²`; empty if nothing readable was typed. */
  text: string;
  /** A quantity in words: `năm nghìn hai trăm mét vuông`. */
  words: string | null;
  /** Options that may not be chosen on the record's day; never one that is chosen already. */
  closed: string[];
}

export interface Violation {
  form: string;
  field: string;
  /** The place of the row it is in, from 0; null for the record itself. */
  row: number | null;
  severity: 'warn' | 'ask' | 'block';
  vi: string;
  en: string;
}

export interface Checked {
  fields: FieldReading[];
  /** In the order of the rows. */
  rows: FieldReading[][];
  violations: Violation[];
}

export interface NewRecord extends Filled {
  /** The person has confirmed what is asked about (`severity: 'ask'`). */
  confirmed: boolean;
  /** The draft that this ends. */
  draft: number | null;
}

export interface RecordPatch {
  record: string;
  /** `RecordView.state` of what the form was opened on. */
  openedAt: string;
  /** Only what was changed. */
  fields: Values;
  rows: { record: string; fields: Values }[];
  newRows: { form: string; fields: Values }[];
  confirmed: boolean;
  draft: number | null;
}

export interface Saved {
  record: string;
  /** None if nothing changed. */
  entries: number;
  warnings: Violation[];
  /** Ids of other records here that may be the same thing. */
  sameAs: string[];
}

export interface ListQuery {
  form?: string;
  from?: string;
  to?: string;
  /** With or without diacritics. */
  words?: string;
  contested?: boolean;
  offset?: number;
  limit?: number;
}

export interface ListItem {
  id: string;
  form: string;
  title: string;
  summary: string[];
  occurredOn: string | null;
  voidedBecause: string | null;
  contests: number;
  /** Written here and not yet confirmed by the district. */
  unsent: boolean;
}

export interface FieldView {
  name: string;
  label: string;
  section: string | null;
  text: string;
  words: string | null;
  value: Value;
  contested: boolean;
}

export interface Side {
  entry: string;
  device: string;
  /** Empty where this phone has not been told. */
  author: string;
  own: boolean;
  writtenAt: number;
  values: { label: string; text: string }[];
}

export interface Contest {
  kind: 'values' | 'void' | 'changed';
  policy: 'quiet' | 'review' | 'critical';
  /** What people call the fields in which the sides differ. */
  fields: string[];
  sides: Side[];
}

export interface RecordView {
  id: string;
  form: string;
  formLabel: string;
  title: string;
  /** To be named by a patch. */
  state: string;
  voidedBecause: string | null;
  fields: FieldView[];
  rows: RecordView[];
  contests: Contest[];
}

export interface HistoryStep {
  entry: string;
  device: string;
  author: string;
  own: boolean;
  writtenAt: number;
  changes: { field: string; saw: string[]; wrote: string }[];
  reason: string | null;
  unseen: string[];
}

/** Something that a field of kind `orgUnit` or `record` may name. */
export interface Reference {
  value: string;
  label: string;
  detail: string;
}

export interface FormFigures {
  form: string;
  label: string;
  records: number;
  /** What the pack adds up: `Diện tích`, `5.200 m²`. */
  totals: { label: string; text: string }[];
  /** Of a monthly form: months recorded, `2012-01` and on. */
  months: string[];
}

export interface Draft {
  id: number;
  form: string;
  savedAt: number;
  /** What the screens gave; JSON of theirs. */
  body: string;
}

export interface Decision {
  id: string;
  record: string;
  title: string;
  ruling: 'set' | 'void' | 'keep' | 'same' | 'distinct' | 'split' | 'ask';
  other: string | null;
  before: Side[];
  after: { label: string; text: string }[];
  reason: string | null;
  person: string;
  decidedAt: number;
  own: boolean;
  read: boolean;
}

export interface Refused {
  entry: string;
  problem: 'malformed' | 'noGrant' | 'otherGeneration' | 'quarantined' | 'sealed' | 'damaged' | 'full' | 'other';
  writtenAt: number;
  /** What it said, a record before its rows. */
  records: RefusedRecord[];
}

export interface RefusedRecord {
  form: string;
  formLabel: string;
  /** The record that it changed; null if it made one. */
  changed: string | null;
  fields: FieldView[];
}

export interface SyncReport {
  startedAt: number;
  endedAt: number;
  /** Null if it went through. */
  failure: Failure | null;
  /** Entries that the district has confirmed in it. */
  sent: number;
  received: number;
  refused: number;
  /** Entries that still wait. */
  waiting: number;
  requests: number;
  bytesUp: number;
  bytesDown: number;
}

export interface SyncState {
  running: boolean;
  /** Of the running sync. */
  sent: number;
  toSend: number;
  received: number;
  /** The next attempt by itself; null if none is planned. */
  nextAt: number | null;
  last: SyncReport | null;
}

export interface Preferences {
  /** Percent: 100, 125, 150, 200. */
  textSize: number;
}

export interface Bridge {
  status(): Promise<Status>;
  /** `text` is what the sheet shows: a code, or a QR's text, which holds the address too. */
  enrol(of: { text: string; server: string | null }): Promise<Status>;
  /** What a link from outside invites to; null if it is none that can be shown as what it is. */
  readLink(of: { text: string }): Promise<Invitation | null>;
  /** What the sheet on a photo invites to; null if there is none on it, or none that can be read. */
  readPhoto(of: GreyPhoto): Promise<Invitation | null>;
  setLanguage(of: { language: Language }): Promise<Status>;
  preferences(): Promise<Preferences>;
  setPreferences(of: Preferences): Promise<Preferences>;
  /** Practice has a file of its own that is never sent. */
  setPractice(of: { on: boolean }): Promise<Status>;

  forms(): Promise<FormSummary[]>;
  form(of: { name: string }): Promise<FormDetail>;
  check(of: Filled): Promise<Checked>;
  references(of: { form: string; field: string; words: string }): Promise<Reference[]>;
  /** The newest record of a form, for "like last time"; null if there is none. */
  last(of: { form: string }): Promise<RecordView | null>;
  save(of: NewRecord): Promise<Saved>;
  edit(of: RecordPatch): Promise<Saved>;
  /** `openedAt` is `RecordView.state` of what the person saw. */
  voidRecord(of: { record: string; openedAt: string; reason: string }): Promise<Saved>;

  list(of: ListQuery): Promise<ListItem[]>;
  /** In the language given, else in the holder's. */
  show(of: { record: string; language?: Language }): Promise<RecordView>;
  history(of: { record: string }): Promise<HistoryStep[]>;
  figures(of: { year: number }): Promise<FormFigures[]>;

  drafts(): Promise<Draft[]>;
  /** The draft's number. */
  saveDraft(of: { id: number | null; form: string; body: string }): Promise<number>;
  discardDraft(of: { id: number }): Promise<null>;

  decisions(of: { unread: boolean }): Promise<Decision[]>;
  markRead(of: { decision: string }): Promise<null>;
  refused(): Promise<Refused[]>;

  /** Answers when it has ended; a failure is in the report. */
  sync(): Promise<SyncReport>;
  syncState(): Promise<SyncState>;

  /** Hands a file for support to the platform, without personal data; its name. */
  exportForSupport(): Promise<{ name: string }>;
  /** Hands a paper, as a page that stands alone, to what shares files on the platform; its name. */
  share(of: { title: string; page: string }): Promise<{ name: string }>;
  /** Opens the platform's print dialog for the page as it stands. */
  print(of: { title: string }): Promise<null>;
}
