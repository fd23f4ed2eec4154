// What a machine can tell of a page: what axe finds, what sticks out, what a thumb would miss.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Page, expect } from '@playwright/test';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** WCAG 2.2, levels A and AA: each version's tags name only what is new in it. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const THUMB_PX = 48;

interface Found {
  violations: { id: string; nodes: { html: string }[] }[];
}

interface Only {
  type: 'tag' | 'rule';
  values: string[];
}

async function violations(page: Page, runOnly: Only): Promise<string[]> {
  await page.evaluate(`window.axe ?? (() => { ${axe} })()`);
  const { violations } = await page.evaluate(
    (only) =>
      (window as unknown as { axe: { run: (of: object) => Promise<Found> } }).axe.run({
        runOnly: only,
        resultTypes: ['violations'],
      }),
    runOnly,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** Nothing for axe to say, and nothing beside the page. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide, `${name} is wider than its window`).toBeLessThanOrEqual(0);
  expect(await violations(page, { type: 'tag', values: TAGS }), name).toEqual([]);
}

/** What of it another light may change. */
export async function expectContrast(page: Page, name: string): Promise<void> {
  expect(await violations(page, { type: 'rule', values: ['color-contrast'] }), name).toEqual([]);
}

/** What is tapped is as high as a thumb is wide. */
export async function expectForThumbs(page: Page, name: string): Promise<void> {
  const low = await page.evaluate((least) => {
    const tapped = 'a[href], button, summary, select, input, textarea, [role=button]';
    const shown = [...document.querySelectorAll<HTMLElement>(tapped)].filter((one) => one.checkVisibility());
    // A box to tick is as large as its label.
    const target = (one: HTMLElement) =>
      one.matches('[type=radio], [type=checkbox]') ? (one.closest('label') ?? one) : one;
    return shown
      .filter((one) => Math.round(target(one).getBoundingClientRect().height) < least)
      .map((one) => one.outerHTML.slice(0, 160));
  }, THUMB_PX);
  expect(low, `${name} has targets lower than ${THUMB_PX} px`).toEqual([]);
}

/**
 * With what stays at the window's edge laid at the end of the page: there it hides nothing, which
 * axe would take for a small target, and a picture of the whole page shows it where it belongs.
 */
export async function layOut(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('.foot, nav { position: static !important; }');
    document.adoptedStyleSheets = [sheet];
  });
}
