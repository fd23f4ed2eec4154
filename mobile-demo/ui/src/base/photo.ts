// Photos as the app below reads them: small, and without their colours.
import type { GreyPhoto } from '../bridge/contract';

/** So many that a code on a sheet that fills the photo is still sharp, and few enough to hand on. */
const MOST_PIXELS = 700_000;
/** The whole photo, and its middle for one that was taken from too far. */
const PARTS = [1, 0.5];

/** The photo that was taken while the page was gone, for want of memory; throws where there is none. */
export async function photoLeft(): Promise<HTMLImageElement> {
  const photo = new Image();
  photo.src = '/photo.jpg';
  await photo.decode();
  return photo;
}

/** Throws where the file is no photo that can be shown. */
export async function* greyParts(file: Blob | HTMLImageElement): AsyncGenerator<GreyPhoto> {
  const photo = await createImageBitmap(file);
  try {
    for (const part of PARTS) yield draw(photo, part);
  } finally {
    photo.close();
  }
}

function draw(photo: ImageBitmap, part: number): GreyPhoto {
  const [wide, high] = [photo.width * part, photo.height * part];
  const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (wide * high)));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.floor(wide * scale));
  canvas.height = Math.max(1, Math.floor(high * scale));
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  context.imageSmoothingQuality = 'high';
  const { width, height } = canvas;
  const [left, top] = [(photo.width - wide) / 2, (photo.height - high) / 2];
  context.drawImage(photo, left, top, wide, high, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  return { width, height, grey: toBase64(greyOf(data)) };
}

/** How light each pixel is, of red, green, blue and opacity in turn. */
export function greyOf(pixels: Uint8ClampedArray): Uint8Array {
  const grey = new Uint8Array(pixels.length / 4);
  for (let at = 0; at < grey.length; at++) {
    const light = (colour: number) => pixels[4 * at + colour] ?? 0;
    grey[at] = (2 * light(0) + 5 * light(1) + light(2)) / 8;
  }
  return grey;
}

export function toBase64(bytes: Uint8Array): string {
  const text: string[] = [];
  // As many as one call takes.
  for (let at = 0; at < bytes.length; at += 8192) {
    text.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  }
  return btoa(text.join(''));
}
