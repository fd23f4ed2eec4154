// Why a record is to be void, while it is typed: a draft like any other, told by the record it is about.
import type { Bridge } from '../bridge/contract';
import { DraftKeeper } from './draft.svelte';

interface Body {
  /** The record, or the row. */
  voids: string;
  reason: string;
}

export class ReasonDraft {
  /** What was typed before. */
  readonly found: Promise<string>;
  readonly #keeper: Promise<DraftKeeper>;

  constructor(
    private readonly bridge: Bridge,
    private readonly record: string,
  ) {
    const known = this.#find();
    this.found = known.then((draft) => draft?.reason ?? '');
    this.#keeper = known.then((draft) => new DraftKeeper(bridge, draft?.id ?? null));
  }

  async keep(form: string, reason: string): Promise<void> {
    const body: Body = { voids: this.record, reason };
    (await this.#keeper).keep(form, () => JSON.stringify(body));
  }

  /** It is void, or the holder thought better of it. */
  async drop(): Promise<void> {
    const id = await (await this.#keeper).settle();
    if (id !== null) await this.bridge.discardDraft({ id });
  }

  async #find(): Promise<{ id: number; reason: string } | null> {
    const drafts = await this.bridge.drafts().catch(() => []);
    for (const { id, body } of drafts) {
      const read = readReason(body);
      if (read?.voids === this.record) return { id, reason: read.reason };
    }
    return null;
  }
}

/** Null for a draft of a form. */
export function readReason(body: string): Body | null {
  try {
    const read = JSON.parse(body) as Partial<Body> | null;
    return typeof read?.voids === 'string' && typeof read.reason === 'string'
      ? (read as Body)
      : null;
  } catch {
    return null;
  }
}
