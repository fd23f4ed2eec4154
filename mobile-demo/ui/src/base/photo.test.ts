import { describe, expect, it } from 'vitest';
import { greyOf, toBase64 } from './photo';

describe('a photo without its colours', () => {
  it('has a byte for each pixel, and green counts most', () => {
    const pixels = [0, 0, 0, 255, 255, 255, 255, 255, 255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 0];
    expect([...greyOf(new Uint8ClampedArray(pixels))]).toEqual([0, 255, 63, 159, 31]);
  });

  it('is handed on whole, however large it is', () => {
    const bytes = Uint8Array.from({ length: 20_001 }, (_, at) => (at * 7) % 256);
    expect([...Buffer.from(toBase64(bytes), 'base64')]).toEqual([...bytes]);
    expect(toBase64(new Uint8Array())).toBe('');
  });
});
