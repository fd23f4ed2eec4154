// Where one is, as the part of the address behind `#`.

export type Route =
  | { name: 'home' | 'more' | 'needs' | 'sync' | 'settings' }
  | { name: 'year'; year: string | null }
  | { name: 'decision' | 'record' | 'void' | 'paper' | 'saved' | 'list' | 'enrol'; id: string }
  | { name: 'new' | 'draft' | 'edit'; id: string; place: string };

const PLAIN = ['more', 'needs', 'sync', 'settings'] as const;
const ONE = ['decision', 'record', 'void', 'paper', 'saved', 'list', 'enrol'] as const;
const FORM = ['new', 'draft', 'edit'] as const;

export function readRoute(hash: string): Route {
  const [name = '', id = '', place = ''] = hash
    .replace(/^#\/?/, '')
    .split('/')
    .map((part) => decode(part));
  const plain = PLAIN.find((known) => known === name);
  if (plain) return { name: plain };
  if (name === 'year') return { name, year: /^\d{4}$/.test(id) ? id : null };
  const one = ONE.find((known) => known === name);
  if (one && id !== '') return { name: one, id };
  const form = FORM.find((known) => known === name);
  if (form && id !== '') return { name: form, id, place };
  return { name: 'home' };
}

export function hashOf(route: Route): string {
  const parts = Object.values(route).filter((part): part is string => Boolean(part));
  return route.name === 'home' ? '#/' : `#/${parts.map(encodeURIComponent).join('/')}`;
}

/** A part that somebody mangled is read as it stands. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
