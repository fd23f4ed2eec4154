// The phone on a desk: the real Kotlin app over the real library, as `mobile-demo/run` starts it.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { libraries, mobileDemo } from './place';

export interface DeskOptions {
  phones?: number;
  /** Syncs by itself as a phone does, not only when asked. */
  byItself?: boolean;
  silenceMs?: number;
  /** What the phones take the time for at the start, ISO. */
  now?: string;
  /** The clock that the desk is started under, if not the machine's. */
  clock?: Record<string, string>;
}

export class Desk {
  private process: ChildProcess | null = null;
  addresses: string[] = [];

  constructor(
    private readonly folder: string,
    private readonly options: DeskOptions = {},
  ) {}

  async start(): Promise<this> {
    const { phones = 1, byItself = false, silenceMs = 5_000, now, clock } = this.options;
    const program = join(mobileDemo, 'desk/start');
    const page = ['--page', join(mobileDemo, 'ui/dist'), '--data', this.folder, '--port', '0'];
    const more = ['--phones', String(phones), '--silence', String(silenceMs)];
    const manual = [...(byItself ? [] : ['--by-hand']), ...(now ? ['--now', now] : [])];
    this.process = spawn(program, [libraries, ...page, ...more, ...manual], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...clock },
    });
    const out = this.process.stdout;
    if (!out) throw new Error('it says nothing');
    this.addresses = [];
    for await (const line of createInterface({ input: out })) {
      if (line.startsWith('http')) this.addresses.push(line.trim());
      if (this.addresses.length === phones) break;
    }
    if (this.addresses.length < phones) throw new Error('the desk ended early');
    return this;
  }

  get address(): string {
    return this.addresses[0] ?? '';
  }

  /** Calls the bridge as the page would. */
  async call<T>(method: string, argument: unknown = {}, phone = 0): Promise<T> {
    const [origin = '', token = ''] = (this.addresses[phone] ?? '').split('/#token=');
    const answer = await fetch(`${origin}/bridge/${method}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Soban-Token': token, Origin: origin },
      body: JSON.stringify(argument),
    });
    const said = (await answer.json()) as { ok?: T; error?: unknown };
    if (said.error) throw new Error(`${method}: ${JSON.stringify(said.error)}`);
    return said.ok as T;
  }

  /** As the system kills an app. */
  async kill(): Promise<void> {
    const { process } = this;
    this.process = null;
    if (!process) return;
    const gone = new Promise((resolve) => process.once('exit', resolve));
    process.kill('SIGKILL');
    await gone;
  }
}
