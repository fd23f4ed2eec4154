// A list set apart by the months in which things happened, in the list's own order.
import type { ListItem } from '../bridge/contract';

export interface MonthGroup {
  /** `2012-04`; empty for what has no date. */
  month: string;
  items: ListItem[];
}

export function byMonth(items: ListItem[]): MonthGroup[] {
  const groups = new Map<string, ListItem[]>();
  for (const item of items) {
    const month = item.occurredOn?.slice(0, 7) ?? '';
    groups.set(month, [...(groups.get(month) ?? []), item]);
  }
  return [...groups].map(([month, held]) => ({ month, items: held }));
}

/**
 * The month from which a monthly form is expected in a year: January where the year before was
 * written, else the first that was. Before a cell's first record nothing is missing.
 */
export function since(months: string[], monthsBefore: string[]): string {
  const [first] = [...months].sort();
  if (first === undefined || monthsBefore.length === 0) return first ?? '';
  return `${first.slice(0, 4)}-01`;
}
