// The screens over the real app, with what a cell would really have written: nothing for axe to say,
// nothing wider than the phone, and the picture as it was. The pictures are the documentation's.
import type { Page } from '@playwright/test';
import { expectPicture } from '../support/picture';
import { expectAccessible, layOut } from '../support/proof';
import { changeArea, writeGift, writeMeeting } from '../support/records';
import { decideArea, signIn } from '../support/staff';
import { test } from '../support/stage';

/** The pictures do not age: it is always the evening of 20 November 2026. */
const NOW = '2026-11-20T12:30:00Z';

test.use({ at: NOW });

async function look(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  await layOut(page);
  await expectAccessible(page, name);
  await expectPicture(page, name);
}

async function go(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => (location.hash = to), hash);
  await page.reload();
}

for (const language of ['vi', 'en'] as const) {
  test.describe(`in ${language}`, () => {
    test.beforeEach(({ page }) => page.clock.setFixedTime(new Date(NOW)));

    test('the screens', async ({ page, stage }) => {
      const desk = await stage.desk();
      await page.goto(desk.address);
      await desk.call('setLanguage', { language });
      await page.reload();
      await look(page, `${language}-enrol`);
      await desk.call('enrol', { text: stage.district.invite('bà Vàng Thị Mai'), server: null });
      await page.reload();
      const meeting = await writeMeeting(desk, '2026-10', '2026-10-18');
      const gift = await writeGift(desk, { donor: 'Lục Thượng Cường', area: '5200', day: '2026-11-12' });
      await writeGift(desk, { donor: 'Giàng Thị Dợ', area: '300', day: '2026-11-02' });
      for (const [name, hash] of [
        ['home', '#/'],
        ['more', '#/more'],
        ['year', '#/year/2026'],
        ['needs', '#/needs'],
        ['record', `#/record/${gift}`],
        ['void', `#/void/${gift}`],
        ['edit', `#/edit/${gift}`],
        ['kind', '#/new/contribution/ask.kind'],
        ['area', '#/new/contribution/ask.area_m2'],
        ['day', '#/new/contribution/ask.occurred_on'],
        ['month', '#/new/meeting/ask.period_month'],
        ['rows', '#/new/meeting/rows.agenda_item'],
        ['saved', `#/saved/${gift}`],
        ['settings', '#/settings'],
        ['sync', '#/sync'],
        ['paper-gift', `#/paper/${gift}`],
        ['paper-meeting', `#/paper/${meeting}`],
      ] as const) {
        await go(page, hash);
        await look(page, `${language}-${name}`);
      }
      await changeArea(desk, gift, '5300');
      await go(page, `#/record/${gift}`);
      await page.locator('summary').click();
      await look(page, `${language}-history`);
      await desk.call('setPractice', { on: true });
      await go(page, '#/');
      await look(page, `${language}-practice`);
    });

    test('what the district decides', async ({ page, context, stage }) => {
      const desk = await stage.enrolled({ phones: 2 });
      await desk.call('setLanguage', { language });
      const gift = await writeGift(desk, { donor: 'Lục Thượng Cường', area: '600' });
      for (const phone of [0, 1]) await desk.call('sync', {}, phone);
      // Who writes more often is shown until it is decided; otherwise chance would tell.
      for (const [phone, area] of [[0, '500'], [1, '5000'], [1, '5200']] as const) {
        await changeArea(desk, gift, area, phone);
      }
      for (const phone of [0, 1, 0]) await desk.call('sync', {}, phone);
      await page.goto(desk.address);
      await look(page, `${language}-contested-home`);
      await go(page, '#/needs');
      await look(page, `${language}-contested`);
      await go(page, `#/record/${gift}`);
      await look(page, `${language}-contested-record`);
      const staff = await context.newPage();
      await signIn(staff, stage.district);
      await decideArea(staff, stage.district, 'Theo biên bản đo ngày 20/4.');
      await desk.call('sync');
      const [decision] = await desk.call<{ id: string }[]>('decisions', { unread: true });
      await go(page, '#/needs');
      await look(page, `${language}-decided`);
      await go(page, `#/decision/${decision?.id ?? ''}`);
      await look(page, `${language}-decision`);
    });
  });
}
