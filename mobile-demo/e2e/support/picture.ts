// Pictures that are the same every time and everywhere.
import { type Page, expect } from '@playwright/test';
import { layOut } from './proof';

/** What is another one each time, and what stands for it in pictures. */
const STAND_INS: [RegExp, string][] = [
  [/127\.0\.0\.1:\d+/g, '127.0.0.1:8321'],
  [/^[0-9a-f]{10}$/g, '0a1b2c3d4e'],
];

/** The whole page, compared with what is kept; told apart are as few pixels as a letter has. */
export async function expectPicture(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate((standIns) => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      for (const [source, other] of standIns) {
        text.nodeValue = (text.nodeValue ?? '').replace(new RegExp(source, 'g'), other);
      }
    }
  }, STAND_INS.map(([found, other]) => [found.source, other] as const));
  await layOut(page);
  await expect(page).toHaveScreenshot([...name.split('/').slice(0, -1), `${name.split('/').at(-1) ?? ''}.png`], {
    animations: 'disabled',
    caret: 'hide',
    fullPage: true,
  });
}
