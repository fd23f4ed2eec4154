// Every screen in every state, in both languages: nothing for axe to say at the usual size, at
// twice the size and in the dark, nothing beside the page, targets for a thumb, the picture as it was.
import { type Page, expect } from '@playwright/test';
import { screens } from '../../ui/dev/tour.mjs';
import { temporary } from '../support/place';
import { expectPicture } from '../support/picture';
import { expectAccessible, expectContrast, expectForThumbs, layOut } from '../support/proof';
import { test } from '../support/stage';
import { buildTour, openTour } from '../support/tour';

/** The root's, from which every other size follows; the settings change the same. */
const USUAL_PX = 18;

const built = temporary();

test.beforeAll(() => buildTour(built.path));
test.afterAll(built.remove);

const textSize = (page: Page, percent: number) =>
  page.evaluate((px) => (document.documentElement.style.fontSize = `${px}px`), (USUAL_PX * percent) / 100);

for (const language of ['vi', 'en'] as const) {
  for (const { name, start = 'enrolled', walk } of screens as Screen[]) {
    test(`${name} in ${language}`, async ({ page }) => {
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      await openTour(page, built.path, language, start);
      await walk?.(page);
      await layOut(page);
      await expectAccessible(page, name);
      await expectForThumbs(page, name);
      await expectPicture(page, `states/${language}-${name}`);
      await page.emulateMedia({ colorScheme: 'dark' });
      await expectContrast(page, `${name} in the dark`);
      await page.emulateMedia({ colorScheme: 'light' });
      await textSize(page, 200);
      await expectAccessible(page, `${name} at twice the size`);
      await expectForThumbs(page, `${name} at twice the size`);
      expect(complaints).toEqual([]);
    });
  }
}

interface Screen {
  name: string;
  start?: string;
  walk?: (page: Page) => Promise<void>;
}
