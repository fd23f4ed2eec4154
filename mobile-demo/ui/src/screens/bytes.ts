// Bytes as a phone's bill counts them.

export function sayBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const [count, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kB'] : [bytes / 1_000_000, 'MB'];
  const text = count < 10 ? count.toFixed(1) : String(Math.round(count));
  return `${text.replace('.', ',')} ${unit}`;
}
