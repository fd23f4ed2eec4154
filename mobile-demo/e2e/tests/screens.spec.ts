// Every screen in both languages: nothing for axe to say, nothing wider than the phone, and the
// picture as it was. The pictures are the documentation's: npx playwright test screens --update-snapshots takes them anew.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Locator, type Page, expect } from '@playwright/test';
import { changeArea, writeGift, writeMeeting } from '../support/records';
import { decideArea, signIn } from '../support/staff';
import { test } from '../support/stage';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const NOW = '2026-11-20T12:30:00Z';

interface Found {
  violations: { id: string; nodes: { html: string }[] }[];
}

/** Clocks and ids differ each time. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready);
}

/** What is another one each time: the phone's number, the district's port. */
const fickle = (page: Page) => [page.getByText(/^[0-9a-f]{10}$/), page.getByText(/127\.0\.0\.1/)];

async function look(page: Page, name: string, also: Locator[] = []): Promise<void> {
  await settle(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide, `${name} is wider than the phone`).toBeLessThanOrEqual(0);
  // What lies half under a bar that stays at the bottom is scrolled to before it is touched.
  await page.evaluate(() => {
    for (const bar of document.querySelectorAll<HTMLElement>('.foot, nav')) bar.style.position = 'static';
  });
  await page.evaluate(axe);
  const found = await page.evaluate(
    () => (window as unknown as { axe: { run: () => Promise<Found> } }).axe.run(),
  );
  const told = found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  expect(told, name).toEqual([]);
  await page.evaluate(() => {
    for (const bar of document.querySelectorAll<HTMLElement>('.foot, nav')) bar.style.position = '';
  });
  await expect(page).toHaveScreenshot(`${name}.png`, {
    animations: 'disabled',
    caret: 'hide',
    maskColor: '#fbfaf6',
    mask: [...fickle(page), ...also],
  });
}

async function go(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => (location.hash = to), hash);
  await page.reload();
}

for (const language of ['vi', 'en'] as const) {
  test(`the screens in ${language}`, async ({ page, stage }) => {
    test.setTimeout(300_000);
    // The pictures do not age: it is always the evening of 20 November 2026.
    await page.clock.setFixedTime(new Date(NOW));
    const first = await stage.desk();
    await page.goto(first.address);
    await first.call('setLanguage', { language });
    await page.reload();
    await look(page, `${language}-enrol`);
    await first.call('enrol', { text: stage.district.invite('bà Vàng Thị Mai'), server: null });
    await first.kill();
    const desk = await stage.desk({ now: NOW });
    await page.goto(desk.address);
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
    await page.locator('details li').last().scrollIntoViewIfNeeded();
    await look(page, `${language}-history`);
    await desk.call('setPractice', { on: true });
    await go(page, '#/');
    await look(page, `${language}-practice`);
  });

  test(`what the district decides, in ${language}`, async ({ page, context, stage }) => {
    const desk = await stage.enrolled({ phones: 2 });
    await desk.call('setLanguage', { language });
    const gift = await writeGift(desk, { donor: 'Lục Thượng Cường', area: '600' });
    for (const phone of [0, 1]) await desk.call('sync', {}, phone);
    // Who writes more often is shown until it is decided; otherwise chance would tell.
    for (const [phone, area] of [[0, '500'], [1, '5000'], [1, '5200']] as const) {
      await changeArea(desk, gift, area, phone);
    }
    for (const phone of [0, 1, 0]) await desk.call('sync', {}, phone);
    // Both moments are the district's own.
    const moments = [page.getByText(/\d:\d\d/), page.getByText(/^\d+\/\d+$/)];
    await page.goto(desk.address);
    await look(page, `${language}-contested-home`, moments);
    await go(page, '#/needs');
    await look(page, `${language}-contested`, moments);
    await go(page, `#/record/${gift}`);
    await look(page, `${language}-contested-record`, moments);
    const staff = await context.newPage();
    await signIn(staff, stage.district);
    await decideArea(staff, stage.district, 'Theo biên bản đo ngày 20/4.');
    await desk.call('sync');
    const [decision] = await desk.call<{ id: string }[]>('decisions', { unread: true });
    await go(page, '#/needs');
    await look(page, `${language}-decided`, moments);
    await go(page, `#/decision/${decision?.id ?? ''}`);
    await look(page, `${language}-decision`, moments);
  });
}
