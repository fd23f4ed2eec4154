// What every screen knows: the phone's status, the language, the size of the text.
import type { Bridge, Language, Preferences, Saved, Status } from '../bridge/contract';
import { openBridge } from '../bridge/transport';
import type { Given, Key } from '../words/catalogue';
import { errorKey, word } from '../words/words';

class App {
  readonly bridge: Bridge = openBridge();
  status = $state.raw<Status | null>(null);
  preferences = $state.raw<Preferences>({ textSize: 100 });
  /** Why the book could not be opened. */
  trouble = $state.raw<Key | null>(null);
  /** What the last save said, for the page that follows it. */
  saved = $state.raw<Saved | null>(null);

  get language(): Language {
    return this.status?.language ?? 'vi';
  }

  async start(): Promise<void> {
    this.trouble = null;
    try {
      this.setTextSize(await this.bridge.preferences());
      this.hold(await this.bridge.status());
    } catch (error) {
      this.trouble = errorKey(error);
    }
  }

  async refresh(): Promise<void> {
    this.hold(await this.bridge.status());
  }

  hold(status: Status): void {
    this.status = status;
    document.documentElement.lang = status.language;
  }

  setTextSize(preferences: Preferences): void {
    this.preferences = preferences;
    document.documentElement.style.fontSize = `${(18 * preferences.textSize) / 100}px`;
  }
}

export const app = new App();

export function say<K extends Key>(key: K, ...given: Given<K>): string {
  return word(app.language, key, ...given);
}

/** The words for whatever a call threw. */
export function sayError(error: unknown): string {
  return word(app.language, errorKey(error) as 'errInternal');
}
