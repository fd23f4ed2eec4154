// As much TOML as the pack's files use: tables of arrays, strings, numbers, truths, lists. For the
// fake host only.

type Scalar = string | number | boolean | string[];
export type Table = Record<string, Scalar>;
export interface Toml {
  top: Table;
  tables: Record<string, Table[]>;
}

export function readToml(text: string): Toml {
  const toml: Toml = { top: {}, tables: {} };
  let table = toml.top;
  let pending = '';
  for (const raw of text.split('\n')) {
    const line = pending + raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    if (/=\s*\[[^\]]*$/.test(line)) {
      pending = line;
      continue;
    }
    pending = '';
    const name = /^\[\[(\w+)\]\]$/.exec(line)?.[1];
    if (name !== undefined) {
      table = {};
      (toml.tables[name] ??= []).push(table);
      continue;
    }
    const [, key = '', value = ''] = /^(\w+)\s*=\s*(.+?)(?:\s+#[^"']*)?$/.exec(line) ?? [];
    if (key !== '') table[key] = readScalar(value);
  }
  return toml;
}

function readScalar(text: string): Scalar {
  if (text.startsWith('[')) return [...text.matchAll(/"([^"]*)"/g)].map((found) => found[1] ?? '');
  if (/^["']/.test(text)) return text.slice(1, -1);
  if (text === 'true' || text === 'false') return text === 'true';
  return Number(text);
}
