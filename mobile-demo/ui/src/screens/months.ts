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
