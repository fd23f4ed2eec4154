// A real district server on loopback that can be stopped hard and started again.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { soban, until } from './place';

/** The cell of Pạc Bo. */
export const CELL = 2035;

export class District {
  private process: ChildProcess | null = null;
  private listen = '127.0.0.1:0';
  /** The first administrator's password. */
  readonly password: string;

  constructor(private readonly folder: string) {
    const said = execFileSync(soban, ['init', '--data', folder], { encoding: 'utf8' });
    this.password = /once: (\S+)/.exec(said)?.[1] ?? '';
  }

  async start(): Promise<this> {
    const file = join(this.folder, 'address');
    rmSync(file, { force: true });
    const { listen, folder } = this;
    const arguments_ = ['serve', '--data', folder, '--listen', listen, '--address-file', file];
    this.process = spawn(soban, arguments_, { stdio: 'ignore' });
    this.listen = await until('the address of the district', async () => {
      const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
      return text === '' ? null : text;
    });
    return this;
  }

  get address(): string {
    return `http://${this.listen}`;
  }

  get port(): number {
    return Number(this.listen.split(':').at(-1));
  }

  /** What an enrolment sheet's QR code says. */
  invite(holder: string, server = this.address): string {
    const arguments_ = ['invite', '--data', this.folder, '--unit', String(CELL)];
    const more = ['--holder', holder, '--server', server, '--json'];
    const said = execFileSync(soban, [...arguments_, ...more], { encoding: 'utf8' });
    return (JSON.parse(said) as { text: string }).text;
  }

  run(...arguments_: string[]): string {
    const [command = '', ...rest] = arguments_;
    const words = command === 'device' ? [command, rest.shift() ?? ''] : [command];
    return execFileSync(soban, [...words, '--data', this.folder, ...rest], { encoding: 'utf8' });
  }

  /** As a power cut would. */
  async stop(): Promise<void> {
    const { process } = this;
    this.process = null;
    if (!process) return;
    const gone = new Promise((resolve) => process.once('exit', resolve));
    process.kill('SIGKILL');
    await gone;
  }
}
