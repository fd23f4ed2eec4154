// A sheet that a camera saw. The phone's own camera app reads it: the district's page, its link, and what
// the app makes of it. Or the app itself is given a photo.
import { pathToFileURL } from 'node:url';
import type { FileChooser, Page } from '@playwright/test';
import { expectAccessible, layOut } from '../support/proof';
import { expect, test } from '../support/stage';

type Photo = Parameters<FileChooser['setFiles']>[0];

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

/** The printed sheet on a table, as it is seen by who stands before it: askew, small and not quite sharp. */
const onTheTable = `
  html { background: #57493a; }
  main { width: 210mm; transform: rotate(7deg) scale(0.8) skewX(3deg); filter: blur(0.6px) brightness(0.7); }
  body > :not(main) { display: none; }
`;

test('a photo of the printed sheet fills in the form', async ({ page, stage, context }, info) => {
  const { district } = stage;
  const printed = info.outputPath('sheets.html');
  const cell = ['--unit', '2035', '--server', district.address];
  district.run('invite', ...cell, '--sheets', printed);
  const table = await context.newPage();
  await table.setViewportSize({ width: 900, height: 1200 });
  await table.goto(pathToFileURL(printed).href);
  await table.addStyleTag({ content: onTheTable });
  const code = await table.locator('.sheet .big').first().textContent();
  const photo = info.outputPath('photo.jpg');
  await table.screenshot({ path: photo, type: 'jpeg', quality: 70 });
  await table.close();

  const desk = await stage.desk();
  await page.goto(desk.address);
  const take = async (photo: Photo) => {
    const asked = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Soi mã vuông trên phiếu' }).click();
    await (await asked).setFiles(photo);
  };
  await take({ name: 'note.txt', mimeType: 'image/png', buffer: Buffer.from('no photo') });
  await expect(page.getByRole('alert')).toContainText('Không soi được mã vuông');
  await layOut(page);
  await expectAccessible(page, 'a photo without a code');
  await page.locator('#code').fill('ABCD');
  await take(photo);
  await expect(page.getByRole('status')).toContainText(district.address);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.locator('#code')).toHaveValue(code?.trim() ?? '');
  await expectAccessible(page, 'a photo with a code');
  expect(await desk.call<{ device: string | null }>('status')).toMatchObject({ device: null });

  // As the shell on Android has it, where the page was ended while the camera was in front.
  await page.route('**/photo.jpg', (route) => route.fulfill({ path: photo }));
  await page.locator('#code').fill('');
  await page.goto(`${new URL(desk.address).origin}/#/enrol/photo`);
  await expect(page.getByRole('status')).toContainText(district.address);
  await expect(page.locator('#code')).toHaveValue(code?.trim() ?? '');
  await page.locator('footer .button.main').click();
  await expect(page.locator('main')).toContainText('Họp chi bộ');
});
