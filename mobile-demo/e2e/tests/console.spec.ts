// Every page of the console over a filled district, on a desk and on a phone, by day and by night:
// nothing for axe to say, nothing beside the page, nothing refused by the page's own policy.
import { type Page, expect } from '@playwright/test';
import { District } from '../support/district';
import { temporary } from '../support/place';
import { expectAccessible, expectContrast } from '../support/proof';
import { signIn } from '../support/staff';
import { test } from '../support/stage';

const WINDOWS = [
  { width: 1280, height: 900 },
  { width: 390, height: 844 },
];

/** Looks at the page as it stands in every window and light. */
async function look(page: Page, name: string): Promise<void> {
  for (const size of WINDOWS) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: 'light' });
    await expectAccessible(page, `${name}, ${size.width} px`);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectContrast(page, `${name}, ${size.width} px, in the dark`);
  }
}

/** Where the first link of that kind leads; the page may show it to nobody but a keyboard. */
async function first(page: Page, kind: string): Promise<string> {
  const link = page.locator(`main a[href^="${kind}"]`).first();
  return (await link.getAttribute('href')) ?? '';
}

const district = (() => {
  const { path, remove } = temporary();
  return { path: `${path}/district`, remove };
})();
let server: District;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  server = await District.filled(district.path);
  await server.start();
});

test.afterAll(async () => {
  await server.stop();
  district.remove();
});

for (const language of ['vi', 'en'] as const) {
  test(`every page of the console in ${language} is for everybody`, async ({ page }) => {
    const complaints: string[] = [];
    page.on('console', (said) => {
      // A refusal is a page of its own here, and no browser finds an icon of its own choosing.
      if (said.type() !== 'error' || said.text().startsWith('Failed to load resource')) return;
      complaints.push(`${page.url()}: ${said.text()}`);
    });
    page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));

    const visit = async (name: string, path: string) => {
      expect(path, `the way to ${name}`).toMatch(/^\//);
      await page.goto(`${server.address}${path}`);
      await look(page, name);
    };
    await visit('login', `/login?lang=${language}`);
    await page.fill('[name=login]', 'demo');
    await page.fill('[name=password]', 'không phải mật khẩu');
    await page.locator('main button').first().click();
    await expect(page.getByRole('alert')).toBeVisible();
    await look(page, 'login refused');
    await signIn(page, server);

    await visit('tree', '/');
    await visit('cell', '/units/2035');
    const book = await first(page, '/units/2035/books/');
    const invite = await first(page, '/invite');
    await visit('book', book);
    await visit('record', await first(page, '/records/'));
    await visit('search', '/search');
    await visit('search found', '/search?q=duong');
    await visit('search found nothing', '/search?q=xyzzy');
    await visit('contests', '/contests');
    await visit('card', await first(page, '/contests/'));
    await visit('contested record', await first(page, '/records/'));
    await visit('invite', invite);
    await page.locator('main button').first().click();
    await expect(page.locator('main.sheets')).toBeVisible();
    await look(page, 'sheets');
    await visit('devices', '/devices');
    const device = (await first(page, '/devices/')).replace(/\/\w+$/, '');
    await visit('revoke', `${device}/revoke`);
    await visit('replace', `${device}/replace`);
    await visit('password', '/password');
    await visit('how a phone is enrolled', '/enrol');
    expect(complaints).toEqual([]);
    await visit('nothing here', '/nothing-here');
  });
}
