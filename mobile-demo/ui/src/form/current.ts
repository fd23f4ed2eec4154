// The form that is open now, so that its pages share one session.
import { app } from '../app/app.svelte';
import { FormSession } from './session.svelte';
import { readDraft } from './state';

type FormRoute = { name: 'new' | 'draft' | 'edit'; id: string; place: string };

let current: { key: string; session: FormSession } | null = null;

/** The session of a form's page: the open one, that of a draft, or a new one. */
export async function openSession(route: FormRoute): Promise<FormSession> {
  const key = `${route.name}/${route.id}`;
  if (current && !current.session.finished && belongs(current, route, key)) return current.session;
  const session = await find(route);
  current = { key, session };
  return session;
}

function belongs(
  open: { key: string; session: FormSession },
  route: FormRoute,
  key: string,
): boolean {
  if (route.name === 'draft') return open.session.drafts.number === Number(route.id);
  // Without a place the form begins anew.
  return open.key === key && route.place !== '';
}

async function find(route: FormRoute): Promise<FormSession> {
  if (route.name === 'edit') return FormSession.edit(route.id);
  const drafts = route.name === 'new' && route.place === '' ? [] : await app.bridge.drafts();
  const newest = drafts.sort((a, b) => b.savedAt - a.savedAt);
  const draft = newest.find((known) =>
    route.name === 'draft' ? known.id === Number(route.id) : known.form === route.id,
  );
  const state = draft ? readDraft(draft.body) : null;
  if (draft && state && (route.name === 'draft' || state.record === null)) {
    return FormSession.resume(state, draft.id);
  }
  return FormSession.create(route.name === 'draft' ? (draft?.form ?? route.id) : route.id);
}
