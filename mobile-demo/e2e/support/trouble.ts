// A district that misbehaves: it stands between the phone and the real one.
import { type Server, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Mood = 'honest' | '500' | 'silent' | 'half' | 'garbage';

export class Trouble {
  mood: Mood = 'honest';
  private readonly server: Server;

  constructor(private readonly port: number) {
    this.server = createServer((asked, answer) => {
      if (this.mood === '500') {
        answer.writeHead(500).end('trouble');
      } else if (this.mood === 'silent') {
        asked.resume();
      } else if (this.mood === 'garbage') {
        answer.writeHead(200, { 'Content-Type': 'application/cbor' }).end('<html>đăng nhập wifi</html>');
      } else {
        this.pass(asked, answer);
      }
    });
  }

  private pass(
    asked: import('node:http').IncomingMessage,
    answer: import('node:http').ServerResponse,
  ): void {
    const { method, url, headers } = asked;
    const on = request({ port: this.port, host: '127.0.0.1', method, path: url, headers }, (real) => {
      answer.writeHead(real.statusCode ?? 502, real.headers);
      if (this.mood === 'half') {
        real.once('data', (part: Buffer) => {
          answer.write(part.subarray(0, Math.max(1, part.length >> 1)));
          setTimeout(() => answer.destroy(), 50);
        });
      } else {
        real.pipe(answer);
      }
    });
    on.on('error', () => answer.destroy());
    asked.pipe(on);
  }

  async start(): Promise<this> {
    await new Promise<void>((up) => this.server.listen(0, '127.0.0.1', up));
    return this;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
