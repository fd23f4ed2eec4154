// Fails if what a phone loads, fonts left out, is more than 80 kB gzipped.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const LIMIT_BYTES = 80_000;
const dist = new URL('../dist', import.meta.url).pathname;

function filesIn(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

let total = 0;
for (const path of filesIn(dist).filter((path) => !path.endsWith('.woff2'))) {
  const bytes = gzipSync(readFileSync(path), { level: 9 }).length;
  total += bytes;
  console.log(`${String(bytes).padStart(7)}  ${path.slice(dist.length + 1)}`);
}
console.log(`${String(total).padStart(7)}  of at most ${LIMIT_BYTES}`);
if (total > LIMIT_BYTES) process.exit(1);
