// A paper given to somebody: a file that shows the same by itself, and asks nobody for anything.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from '../support/proof';
import { writeGift } from '../support/records';
import { expect, test } from '../support/stage';

test('a paper is shared as a file that stands alone', async ({ page, context, stage }) => {
  const desk = await stage.enrolled();
  const gift = await writeGift(desk, { donor: 'Lục Thượng Cường', area: '5200' });
  await page.goto(desk.address);
  await page.evaluate((to) => (location.hash = to), `#/paper/${gift}`);
  await page.getByRole('button', { name: 'Chia sẻ' }).click();
  await expect(page.getByRole('status')).toContainText('Đã chuẩn bị xong: Hien-dat-gop-cong-');
  const seen = await page.locator('.sheet').innerText();

  const folder = join(stage.folder, 'desk/phone-1/handed-out');
  const [name = ''] = readdirSync(folder);
  expect(name).toMatch(/^Hien-dat-gop-cong-Dat-Luc-Thuong-Cuong-\d{8}-\d{4}\.html$/);
  expect(readFileSync(join(folder, name), 'utf8')).not.toMatch(/<script|https?:/);

  const alone = await context.newPage();
  const asked: string[] = [];
  const complaints: string[] = [];
  alone.on('request', (request) => asked.push(request.url()));
  alone.on('console', (said) => complaints.push(said.text()));
  await alone.goto(`file://${join(folder, name)}`);
  await expectAccessible(alone, 'a shared paper');
  expect(await alone.locator('.sheet').innerText()).toBe(seen);
  expect(await alone.locator('.sheet header').evaluate((head) => getComputedStyle(head).display)).toBe('flex');
  expect(asked).toHaveLength(1);
  expect(complaints).toEqual([]);
});
