// A sheet that the phone's own camera read: the district's page, its link, and what the app makes of it.
import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/proof';
import { expect, test } from '../support/stage';

/** As the shell on Android opens a link, from outside of the page. */
const open = (page: Page, address: string, link: string) =>
  page.goto(`${new URL(address).origin}/#/enrol/${encodeURIComponent(link)}`);

test('the page of a sheet opens the app, which asks before it sends', async ({ page, stage }) => {
  const desk = await stage.desk();
  const sheet = stage.district.invite('bà Vàng Thị Mai');
  await page.goto(sheet);
  await expectAccessible(page, 'the page of a sheet');
  const link = await page.getByRole('link', { name: 'Mở trong ứng dụng Sổ Bản' }).getAttribute('href');
  expect(link).toMatch(/^soban:\/\/enrol\?server=http%3A%2F%2F127\.0\.0\.1%3A\d+&code=[0-9A-Z-]+$/);
  await page.goto(`${new URL(sheet).origin}/enrol?lang=en${new URL(sheet).hash}`);
  await expect(page.getByRole('link', { name: 'Open in the app Sổ Bản' })).toHaveAttribute('href', link ?? '');

  await page.goto(desk.address);
  await expect(page.locator('#code')).toHaveValue('');
  await open(page, desk.address, link ?? '');
  await expect(page.getByRole('status')).toContainText(new URL(sheet).origin);
  await expect(page.locator('#code')).toHaveValue(new URL(sheet).hash.slice(1));
  expect(await desk.call<{ device: string | null }>('status')).toMatchObject({ device: null });
  await page.locator('footer .button.main').click();
  await expect(page.locator('main')).toContainText('Họp chi bộ');

  await open(page, desk.address, link ?? '');
  await expect(page.locator('main')).toContainText('Máy này đã nhận sổ');
  await page.goBack();
  await expect(page.locator('main')).toContainText('Họp chi bộ');
});

test('on Android the page of a sheet names the app that its link is for', async ({ page, stage }) => {
  const sheet = stage.district.invite('bà Vàng Thị Mai');
  await page.addInitScript(() => {
    const phone = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/120.0.0.0 Mobile Safari/537.36';
    Object.defineProperty(navigator, 'userAgent', { get: () => phone });
  });
  await page.goto(sheet);
  const link = await page.getByRole('link', { name: 'Mở trong ứng dụng Sổ Bản' }).getAttribute('href');
  const [asked, named] = (link ?? '').split('#Intent;');
  expect(asked).toMatch(/^intent:\/\/enrol\?server=http%3A%2F%2F127\.0\.0\.1%3A\d+&code=[0-9A-Z-]+$/);
  const back = encodeURIComponent(sheet);
  expect(named).toBe(`scheme=soban;package=soban.android;S.browser_fallback_url=${back};end`);
});

test('a link that hides where it leads fills in nothing', async ({ page, stage }) => {
  const desk = await stage.desk();
  await page.goto(desk.address);
  const hidden = encodeURIComponent('https://evil.example/enrol#ABCDE-FGHJK');
  await open(page, desk.address, `soban://enrol?server=https%3A%2F%2Fsoban.example.vn&code=${hidden}`);
  await expect(page.getByRole('alert')).toContainText('không đọc được');
  await expect(page.locator('#code')).toHaveValue('');
  await expect(page.locator('#server')).toHaveValue('');
});
