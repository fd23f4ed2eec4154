// Saves the draft after every change, one save at a time and always the newest.
import type { Bridge } from '../bridge/contract';

export class DraftKeeper {
  number = $state<number | null>(null);
  fate = $state<'none' | 'saving' | 'saved' | 'failed'>('none');
  #waiting: (() => string) | null = null;
  #form = '';
  #running: Promise<void> | null = null;

  constructor(
    private readonly bridge: Bridge,
    number: number | null,
  ) {
    this.number = number;
    if (number !== null) this.fate = 'saved';
  }

  keep(form: string, body: () => string): void {
    this.#form = form;
    this.#waiting = body;
    this.fate = 'saving';
    this.#running ??= this.#run();
  }

  /** The draft's number once everything is written. */
  async settle(): Promise<number | null> {
    await this.#running;
    return this.number;
  }

  async #run(): Promise<void> {
    while (this.#waiting) {
      const body = this.#waiting();
      this.#waiting = null;
      try {
        this.number = await this.bridge.saveDraft({ id: this.number, form: this.#form, body });
        this.fate = 'saved';
      } catch {
        this.fate = 'failed';
      }
    }
    this.#running = null;
  }
}
