// One form being filled in: its state, what the last check said of it, its draft. It lives while
// one walks through the form's pages, and comes back from its draft.
import { app } from '../app/app.svelte';
import type {
  Bridge,
  Checked,
  FieldDetail,
  FormDetail,
  RecordView,
  Reference,
  Saved,
  Value,
} from '../bridge/contract';
import { type Asked, questions } from './ask';
import { guess, rowDefaults, settledBy } from './defaults';
import { DraftKeeper } from './draft.svelte';
import {
  carryOver,
  fieldsOf,
  type FormState,
  hasChanges,
  newState,
  rebase,
  setField,
  stateOf,
  toFilled,
  toNewRecord,
  toPatch,
  touch,
} from './state';

const CHECK_AFTER_MS = 200;

export class FormSession {
  state = $state<FormState>(newState('', {}));
  checked = $state.raw<Checked>({ fields: [], rows: [], violations: [] });
  /** Questions that "add more" still leads through. */
  walk: string[] = [];
  /** How deep the page's history was when the form was opened. */
  depth = 0;
  finished = false;
  readonly drafts: DraftKeeper;
  /** Asked before, of the record (null) and of each row. */
  #seen = $state<Record<string, string[]>>({});
  #timer: ReturnType<typeof setTimeout> | undefined;
  #check = 0;

  private constructor(
    private readonly bridge: Bridge,
    readonly detail: FormDetail,
    readonly last: RecordView | null,
    readonly references: Record<string, Reference[]>,
    state: FormState,
    draft: number | null,
  ) {
    this.state = state;
    this.drafts = new DraftKeeper(bridge, draft);
  }

  static async create(form: string): Promise<FormSession> {
    const { bridge } = app;
    const [detail, forms, last] = await Promise.all([
      bridge.form({ name: form }),
      bridge.forms(),
      bridge.last({ form }),
    ]);
    const references = await fetchReferences(bridge, detail);
    const summary = forms.find((known) => known.name === form) ?? null;
    const guesses = guess(detail, { today: app.status?.today ?? '', summary, references });
    return FormSession.#open(
      new FormSession(bridge, detail, last, references, newState(form, guesses), null),
    );
  }

  static async resume(state: FormState, draft: number | null): Promise<FormSession> {
    const { bridge } = app;
    const [detail, last] = await Promise.all([
      bridge.form({ name: state.form }),
      state.record === null ? bridge.last({ form: state.form }) : null,
    ]);
    const references = await fetchReferences(bridge, detail);
    return FormSession.#open(new FormSession(bridge, detail, last, references, state, draft));
  }

  static async edit(record: string): Promise<FormSession> {
    return FormSession.resume(stateOf(await app.bridge.show({ record })), null);
  }

  static async #open(session: FormSession): Promise<FormSession> {
    await session.checkNow();
    return session;
  }

  get isEdit(): boolean {
    return this.state.record !== null;
  }

  detailOf(row: number | null): FormDetail {
    if (row === null) return this.detail;
    const form = this.state.rows[row]?.form;
    return this.detail.children.find((child) => child.name === form) ?? this.detail;
  }

  fieldOf(row: number | null, name: string): FieldDetail | undefined {
    return fieldsOf(this.detailOf(row)).find((field) => field.name === name);
  }

  /** What may be chosen on the record's day. */
  optionsOf(row: number | null, field: FieldDetail): FieldDetail['options'] {
    const reading = this.asked(row).readings.find((known) => known.name === field.name);
    return field.options.filter((option) => !reading?.closed.includes(option.name));
  }

  valueOf(row: number | null, name: string): Value | undefined {
    return row === null ? this.state.fields[name] : this.state.rows[row]?.fields[name];
  }

  asked(row: number | null): Asked {
    const inRow = row === null ? this.checked.fields : (this.checked.rows[row] ?? []);
    const counted = row === null ? [] : Object.keys(rowDefaults(this.detailOf(row), []));
    return {
      detail: this.detailOf(row),
      values: row === null ? this.state.fields : (this.state.rows[row]?.fields ?? {}),
      readings: inRow,
      violations: this.checked.violations.filter((found) => found.row === row),
      settled:
        row === null
          ? [...settledBy(this.detail, this.state.guessed), ...this.state.carried]
          : counted,
      unpickable: Object.keys(this.references).filter(
        (name) => this.references[name]?.length === 0,
      ),
      seen: this.#seen[String(row)] ?? [],
    };
  }

  questions(row: number | null): FieldDetail[] {
    return questions(this.asked(row));
  }

  markSeen(row: number | null, field: string): void {
    const seen = this.#seen[String(row)] ?? [];
    if (!seen.includes(field)) this.#seen[String(row)] = [...seen, field];
  }

  set(row: number | null, name: string, value: Value): void {
    setField(this.state, row, name, value);
    this.changed();
  }

  /** Somebody went on from a question: what stood there is no guess any more. */
  look(row: number | null, name: string): void {
    if (row === null) touch(this.state, name);
  }

  likeLast(): number {
    if (this.last === null) return 0;
    const names = carryOver(this.state, this.detail, this.last);
    this.changed();
    return names.length;
  }

  addRow(form: string): number {
    const child = this.detail.children.find((known) => known.name === form);
    const others = this.state.rows.filter((row) => row.form === form).map((row) => row.fields);
    const fields = child ? rowDefaults(child, others) : {};
    this.state.rows.push({ form, record: null, fields });
    this.changed();
    return this.state.rows.length - 1;
  }

  removeRow(row: number): void {
    this.#takeOut(row);
    this.changed();
  }

  /** Voids a row that is in the book; what else was changed here still waits to be saved. */
  async voidRow(row: number, reason: string): Promise<void> {
    const record = this.state.rows[row]?.record ?? '';
    await this.bridge.voidRecord({ record, openedAt: this.state.openedAt, reason });
    this.#takeOut(row);
    if (hasChanges(this.state) || this.drafts.number !== null) this.changed();
    await this.checkNow();
  }

  #takeOut(row: number): void {
    this.state.rows.splice(row, 1);
    this.#seen = { null: this.#seen['null'] ?? [] };
  }

  changed(): void {
    this.drafts.keep(this.state.form, () => JSON.stringify($state.snapshot(this.state)));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.checkNow().catch(() => undefined), CHECK_AFTER_MS);
  }

  async checkNow(): Promise<void> {
    clearTimeout(this.#timer);
    const mine = (this.#check += 1);
    const checked = await this.bridge.check($state.snapshot(toFilled(this.state)));
    if (mine === this.#check) this.checked = checked;
  }

  async save(confirmed: boolean): Promise<Saved> {
    const draft = await this.drafts.settle();
    const state = $state.snapshot(this.state) as FormState;
    const saved = this.isEdit
      ? await this.bridge.edit(toPatch(state, confirmed, draft))
      : await this.bridge.save(toNewRecord(state, confirmed, draft));
    this.finished = true;
    return saved;
  }

  /** Opens the form again on the record as it is now. */
  async rebase(keep: boolean): Promise<void> {
    const record = await this.bridge.show({ record: this.state.record ?? '' });
    this.state = rebase($state.snapshot(this.state) as FormState, record, keep);
    this.changed();
    await this.checkNow();
  }
}

/** What the pick lists of a form and its rows offer before anything is typed. */
async function fetchReferences(
  bridge: Bridge,
  detail: FormDetail,
): Promise<Record<string, Reference[]>> {
  const forms = [detail, ...detail.children];
  const lists = forms.flatMap((form) =>
    fieldsOf(form)
      .filter((field) => field.kind === 'orgUnit' || field.kind === 'record')
      .map(
        async (field) =>
          [
            field.name,
            await bridge.references({ form: form.name, field: field.name, words: '' }),
          ] as const,
      ),
  );
  return Object.fromEntries(await Promise.all(lists));
}
