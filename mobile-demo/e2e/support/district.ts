// A real district server on loopback that can be stopped hard and started again.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { soban, until } from './place';

/** The cell of Pạc Bo. */
export const CELL = 2035;

/** Who signs in on the console. */
interface Account {
  login: string;
  password: string;
  /** Before the first password was changed nothing else is shown. */
  fresh: boolean;
}

export class District {
  private process: ChildProcess | null = null;
  private listen = '127.0.0.1:0';

  private constructor(
    private readonly folder: string,
    readonly account: Account,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** With an administrator, and nothing in its books. */
  static empty(folder: string, clock: Record<string, string> = {}): District {
    const env = { ...process.env, ...clock };
    const said = execFileSync(soban, ['init', '--data', folder], { encoding: 'utf8', env });
    const password = /once: (\S+)/.exec(said)?.[1] ?? '';
    return new District(folder, { login: 'admin', password, fresh: true }, env);
  }

  /** As the demo leaves it: twenty cells have written, and disagree here and there. */
  static filled(folder: string): District {
    const size = ['--size', 'small', '--once', '--listen', '127.0.0.1:0'];
    const said = execFileSync(soban, ['demo', '--data', folder, ...size], { encoding: 'utf8' });
    const password = /Mật khẩu +(\S+)/.exec(said)?.[1] ?? '';
    return new District(folder, { login: 'demo', password, fresh: false }, process.env);
  }

  async start(): Promise<this> {
    const file = join(this.folder, 'address');
    rmSync(file, { force: true });
    const { listen, folder, env } = this;
    const arguments_ = ['serve', '--data', folder, '--listen', listen, '--address-file', file];
    this.process = spawn(soban, arguments_, { stdio: 'ignore', env });
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
    const { env } = this;
    const said = execFileSync(soban, [...arguments_, ...more], { encoding: 'utf8', env });
    return (JSON.parse(said) as { text: string }).text;
  }

  run(...arguments_: string[]): string {
    const [command = '', ...rest] = arguments_;
    const words = command === 'device' ? [command, rest.shift() ?? ''] : [command];
    const { env, folder } = this;
    return execFileSync(soban, [...words, '--data', folder, ...rest], { encoding: 'utf8', env });
  }

  /** How much is in its books, by a check that finds nothing wrong with them. */
  count(): { books: number; entries: number; records: number } {
    return JSON.parse(this.run('check', '--json')) as ReturnType<District['count']>;
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
