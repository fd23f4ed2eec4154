// Sending and receiving: started by the holder or by the phone itself, watched while it runs.
import type { SyncState } from '../bridge/contract';
import { app } from './app.svelte';

const POLL_MS = 400;
/** While nothing runs: the phone may begin by itself. */
const IDLE_POLL_MS = 3000;

class Sending {
  state = $state.raw<SyncState | null>(null);
  #watchers = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Starts one, and answers when it has ended; errors of the bridge itself are thrown. */
  async start(): Promise<void> {
    const ended = app.bridge.sync();
    await this.look();
    await ended;
    await this.look();
  }

  /** Looks again and again until the returned function is called. */
  watch(): () => void {
    this.#watchers += 1;
    if (this.#watchers === 1) void this.#loop();
    return () => {
      this.#watchers -= 1;
      if (this.#watchers === 0) clearTimeout(this.#timer);
    };
  }

  async look(): Promise<void> {
    const before = this.state;
    this.state = await app.bridge.syncState();
    const ended = this.state.last?.endedAt;
    if (before !== null && ended !== before.last?.endedAt) await app.refresh();
  }

  async #loop(): Promise<void> {
    await this.look().catch(() => undefined);
    if (this.#watchers > 0)
      this.#timer = setTimeout(
        () => void this.#loop(),
        this.state?.running ? POLL_MS : IDLE_POLL_MS,
      );
  }
}

export const sending = new Sending();
