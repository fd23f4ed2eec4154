// Search as people type it: without diacritics, đ as d, whatever the case (domain: "dat" finds
// "đất"). For finding only, never for telling two things apart.

export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐðÐƉɖ]/g, 'd')
    .toLowerCase()
    .replace(/[\s-]+/g, ' ')
    .trim();
}

/** Whether every typed word begins a word of the text. */
export function matches(text: string, typed: string): boolean {
  const words = ` ${fold(text)}`;
  return fold(typed)
    .split(' ')
    .every((word) => words.includes(` ${word}`) || word === '');
}
