// A text in both languages side by side: one that is missing in either does not compile.
interface Two<W> {
  vi: W;
  en: W;
}

export function both(vi: string, en: string): Two<string>;
export function both<A extends unknown[]>(
  vi: (...given: A) => string,
  en: (...given: A) => string,
): Two<(...given: A) => string>;
export function both<W>(vi: W, en: W): Two<W> {
  return { vi, en };
}

export const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;
