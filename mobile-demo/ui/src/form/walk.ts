// The order in which a form is walked through: its questions, its rows, the last page.
import { isEmpty } from './state';
import type { Place } from './place';
import type { FormSession } from './session.svelte';

/** Where a form begins: what is still to be answered, or the last page. */
export function firstPlace(session: FormSession): Place {
  if (session.isEdit) return { at: 'review' };
  const open = session
    .questions(null)
    .find(
      (field) =>
        isEmpty(session.valueOf(null, field.name)) || session.state.guessed.includes(field.name),
    );
  if (open) return { at: 'ask', row: null, field: open.name, walk: false };
  const child = session.detail.children[0];
  return child && session.state.rows.length === 0
    ? { at: 'rows', form: child.name }
    : { at: 'review' };
}

/** What follows a place. */
export function nextPlace(session: FormSession, place: Place): Place {
  if (place.at === 'ask' && place.walk) return nextWalked(session, place);
  if (place.at === 'ask') return nextAsked(session, place);
  if (place.at === 'row') return { at: 'rows', form: session.detailOf(place.row).name };
  if (place.at === 'rows') {
    const names = session.detail.children.map((child) => child.name);
    const next = names[names.indexOf(place.form) + 1];
    return next && !session.isEdit ? { at: 'rows', form: next } : { at: 'review' };
  }
  return { at: 'review' };
}

function nextAsked(session: FormSession, place: Place & { at: 'ask' }): Place {
  const { row } = place;
  const order = session
    .detailOf(row)
    .sections.flatMap((section) => section.fields.map((field) => field.name));
  const here = order.indexOf(place.field);
  const next = session.questions(row).find((field) => order.indexOf(field.name) > here);
  if (next) return { at: 'ask', row, field: next.name, walk: false };
  if (row !== null) return { at: 'rows', form: session.detailOf(row).name };
  const child = session.detail.children[0];
  return child ? { at: 'rows', form: child.name } : { at: 'review' };
}

function nextWalked(session: FormSession, place: Place & { at: 'ask' }): Place {
  const left = session.walk.slice(session.walk.indexOf(place.field) + 1);
  const shown = session.asked(place.row).readings.filter((reading) => reading.shown);
  const next = left.find((name) => shown.some((reading) => reading.name === name));
  if (session.walk.includes(place.field) && next) return { ...place, field: next };
  return place.row === null ? { at: 'review' } : { at: 'row', row: place.row };
}

/** How far along a question is: the sections that are asked about, the rows, the last page. */
export function progress(
  session: FormSession,
  row: number | null,
  field: string,
): { step: number; of: number; label: string } {
  const detail = session.detailOf(row);
  const asked = new Set([...session.questions(row).map((known) => known.name), field]);
  const steps = detail.sections.filter((section) =>
    section.fields.some((known) => asked.has(known.name)),
  );
  const here = steps.findIndex((section) => section.fields.some((known) => known.name === field));
  const rest = row === null ? detail.children.length + 1 : 0;
  return { step: here + 1, of: steps.length + rest, label: steps[here]?.label ?? '' };
}
