// Where things are: what the builds made, and a folder for each test that is gone with it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
export const mobileDemo = resolve(here, '../..');
const target = process.env.CARGO_TARGET_DIR ?? resolve(mobileDemo, '../target');
export const libraries = join(target, 'debug');
export const soban = join(libraries, 'soban');

export function temporary(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'soban-e2e-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export async function until<T>(what: string, ask: () => Promise<T | null>, ms = 20_000): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const found = await ask();
    if (found !== null) return found;
    if (Date.now() > end) throw new Error(`it never came: ${what}`);
    await new Promise((wait) => setTimeout(wait, 50));
  }
}
