// The form that is open now, so that its pages share one session.
import { app } from '../app/app.svelte';
import { FormSession } from './session.svelte';
import { type FormState, readDraft } from './state';

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

/** What was typed and not saved is found again: what was begun last, of this form or this record. */
async function find(route: FormRoute): Promise<FormSession> {
  const anew = route.name === 'new' && route.place === '';
  const found = anew ? null : await findDraft(route);
  if (found) return FormSession.resume(found.state, found.id);
  return route.name === 'edit' ? FormSession.edit(route.id) : FormSession.create(route.id);
}

async function findDraft(route: FormRoute): Promise<{ id: number; state: FormState } | null> {
  // One that is being written down this moment counts too.
  await current?.session.drafts.settle();
  const drafts = (await app.bridge.drafts()).sort((a, b) => b.savedAt - a.savedAt);
  for (const { id, body } of drafts) {
    const state = readDraft(body);
    if (state && isOf(route, id, state)) return { id, state };
  }
  return null;
}

function isOf(route: FormRoute, id: number, state: FormState): boolean {
  if (route.name === 'draft') return id === Number(route.id);
  if (route.name === 'edit') return state.record === route.id;
  return state.record === null && state.form === route.id;
}
