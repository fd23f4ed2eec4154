// A link as it is in the mountains: 50 kbit/s each way, 600 ms there and back, and dead every 20 s.
import { type Server, type Socket, connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

const BYTES_PER_S = 50_000 / 8;
const ONE_WAY_MS = 300;
const CUT_MS = 20_000;

export class SlowLink {
  cuts = 0;
  bytes = 0;
  private readonly open = new Set<Socket>();
  private timer: NodeJS.Timeout | undefined;
  private readonly server: Server;

  constructor(port: number) {
    this.server = createServer((near) => {
      const far = connect(port, '127.0.0.1');
      for (const end of [near, far]) {
        this.open.add(end);
        end.on('error', () => undefined);
        end.on('close', () => this.open.delete(end));
      }
      this.carry(near, far);
      this.carry(far, near);
    });
  }

  /** Each direction is a queue that drains at the link's rate. */
  private carry(from: Socket, to: Socket): void {
    let free = 0;
    from.on('data', (part: Buffer) => {
      this.bytes += part.length;
      const now = Date.now();
      free = Math.max(free, now) + (part.length / BYTES_PER_S) * 1_000;
      from.pause();
      setTimeout(() => from.resume(), free - now);
      setTimeout(() => to.writable && to.write(part), free - now + ONE_WAY_MS);
    });
    // What is on its way still arrives.
    from.on('close', () => setTimeout(() => to.end(), Math.max(0, free - Date.now()) + ONE_WAY_MS));
  }

  private cut(): void {
    if (this.open.size > 0) this.cuts += 1;
    for (const end of this.open) end.destroy();
  }

  /** From now on it dies every 20 s, the first time so far off: what is on its way then is hit. */
  cutFrom(ms: number): void {
    this.timer = setTimeout(() => {
      this.cut();
      this.cutFrom(CUT_MS);
    }, ms);
  }

  async start(): Promise<this> {
    await new Promise<void>((up) => this.server.listen(0, '127.0.0.1', up));
    return this;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    clearTimeout(this.timer);
    this.cut();
    this.server.close();
  }
}
