// The district's staff on the console, at a desk.
import { type Page, expect } from '@playwright/test';
import type { District } from './district';

export async function signIn(page: Page, { address, account }: District): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(`${address}/login`);
  await page.fill('[name=login]', account.login);
  await page.fill('[name=password]', account.password);
  await page.locator('main button').first().click();
  if (account.fresh) await renew(page, account);
  await expect(page.locator('.bar')).toBeVisible();
}

/** A password of the person's own, which is asked for at the first login. */
async function renew(page: Page, account: District['account']): Promise<void> {
  const own = 'mật khẩu dài của tôi';
  await page.fill('[name=old]', account.password);
  await page.fill('[name=new]', own);
  await page.fill('[name=again]', own);
  await page.locator('main button').first().click();
  Object.assign(account, { password: own, fresh: false });
}

/** Settles the disagreement about a gift's area for the 5,200 m², with a reason. */
export async function decideArea(page: Page, district: District, reason: string): Promise<void> {
  await page.goto(`${district.address}/contests`);
  await page.getByRole('link', { name: /khác nhau về diện tích/ }).first().click();
  await expect(page.getByText('5.200').first()).toBeVisible();
  await expect(page.getByText('bà Vàng Thị Mai').first()).toBeVisible();
  const card = page.locator('form.decide');
  await card.getByRole('radio', { name: /5\.200/ }).first().check();
  await card.locator('[name=reason]').first().fill(reason);
  await card.getByRole('button', { name: 'Ghi quyết định' }).click();
  await expect(page.getByText(/Đã ghi quyết định/)).toBeVisible();
}
