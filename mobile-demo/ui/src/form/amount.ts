// What is typed on the number pad: digits, a comma, and the word chosen behind them. The amount
// itself is read by the core ("3 sào" is 1.080 m²); here it is only kept and set apart by points.
import type { FieldDetail, Value } from '../bridge/contract';

export interface Typed {
  /** `5200`, `2,5`; no points. */
  digits: string;
  /** The word typed behind it: `sào`; empty for the field's own unit. */
  word: string;
}

const MOST_DIGITS = 13;

/** Words that may be chosen in place of a field's own unit, which comes first. */
export function unitWords(field: FieldDetail): string[] {
  if (field.kind === 'money') return ['', 'nghìn', 'triệu'];
  if (field.kind === 'quantity' && field.unit === 'm²') return ['', 'sào', 'ha'];
  return [''];
}

export function hasComma(field: FieldDetail, word: string): boolean {
  return field.decimals > 0 || word !== '';
}

export function readTyped(value: Value | undefined, decimals: number): Typed {
  if (typeof value === 'number') return { digits: fromWhole(value, decimals), word: '' };
  if (typeof value !== 'string') return { digits: '', word: '' };
  const [, digits = '', word = ''] = /^([\d.,]*)\s*(.*)$/.exec(value) ?? [];
  return { digits: digits.replaceAll('.', ''), word };
}

export function toValue(typed: Typed): Value {
  if (typed.digits === '') return null;
  const digits = typed.digits.endsWith(',') ? typed.digits.slice(0, -1) : typed.digits;
  return typed.word === '' ? digits : `${digits} ${typed.word}`;
}

/** A whole number in the field's last place, as typed: 25 with one decimal is `2,5`. */
function fromWhole(value: number, decimals: number): string {
  if (decimals === 0) return String(value);
  const digits = String(value).padStart(decimals + 1, '0');
  const part = digits.slice(-decimals).replace(/0+$/, '');
  return digits.slice(0, -decimals) + (part === '' ? '' : `,${part}`);
}

/** Keeps what can be an amount of what stands in the field. A point that was just typed is a decimal
    sign, as calculators have it; every other one sets thousands apart. */
export function tidyDigits(text: string, comma: boolean): string {
  const kept = text
    .replace(/\.$/, ',')
    .replace(/[^\d,]/g, '')
    .replace(/^,/, '0,');
  const [whole = '', ...parts] = kept.split(',');
  const head = whole.replace(/^0+(?=\d)/, '').slice(0, MOST_DIGITS);
  return comma && parts.length > 0 ? `${head},${parts.join('').slice(0, 4)}` : head;
}

/** `5200` is shown as `5.200`. */
export function grouped(digits: string): string {
  const [whole = '', part] = digits.split(',');
  const points = whole.replace(/\B(?=(\d{3})+$)/g, '.');
  return part === undefined ? points : `${points},${part}`;
}

/** `1930`, `730` and `19:30` as a time; null until it is one. */
export function readTime(digits: string): string | null {
  const four = digits.replace(/\D/g, '');
  if (four.length < 3) return null;
  const hours = Number(four.slice(0, -2));
  const minutes = Number(four.slice(-2));
  if (hours > 23 || minutes > 59) return null;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
