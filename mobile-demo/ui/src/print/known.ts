// What a record knows, by the names of its fields.
import type { FieldView, RecordView } from '../bridge/contract';
import type { Block } from './document';

export class Known {
  readonly #fields: Map<string, FieldView>;

  constructor(record: RecordView) {
    this.#fields = new Map(record.fields.map((field) => [field.name, field]));
  }

  /** As people read it; null if nothing is known. */
  text(name: string): string | null {
    return this.#fields.get(name)?.text || null;
  }

  words(name: string): string | null {
    return this.#fields.get(name)?.words || null;
  }

  /** A whole number without its unit. */
  count(name: string): string | null {
    const value = this.#fields.get(name)?.value;
    return typeof value === 'number' ? String(value) : this.text(name);
  }

  /** A date, month or time as it is kept. */
  kept(name: string): string | null {
    const value = this.#fields.get(name)?.value;
    return typeof value === 'string' && value !== '' ? value : null;
  }

  truth(name: string): boolean | null {
    const value = this.#fields.get(name)?.value;
    return typeof value === 'boolean' ? value : null;
  }

  line(label: string, name: string): Block {
    return { is: 'line', label, text: this.text(name), words: this.words(name) };
  }
}

/** `19 giờ 30`; dots where it is not known. */
export function paperTime(time: string | null): string {
  const [hours, minutes] = time?.split(':') ?? [];
  return hours === undefined ? '…… giờ ……' : `${hours} giờ ${minutes}`;
}
