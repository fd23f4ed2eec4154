// Which forms the first page offers as big buttons, and which wait behind "other".
import type { FormSummary } from '../../bridge/contract';

const FIRST = 2;

export interface Offered {
  first: FormSummary[];
  others: FormSummary[];
}

/** Forms of their own, what is due first. */
export function offer(forms: FormSummary[]): Offered {
  const own = forms.filter((form) => form.parent === null);
  const order = [...own.filter((form) => form.dueMonth), ...own.filter((form) => !form.dueMonth)];
  return { first: order.slice(0, FIRST), others: order.slice(FIRST) };
}
