// The district's staff on the console, at a desk.
import { type Page, expect } from '@playwright/test';
import type { District } from './district';

export async function signIn(page: Page, district: District): Promise<void> {
  const own = 'mật khẩu dài của tôi';
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(`${district.address}/login`);
  await page.fill('[name=login]', 'admin');
  await page.fill('[name=password]', district.password);
  await page.locator('main button').first().click();
  await page.fill('[name=old]', district.password);
  await page.fill('[name=new]', own);
  await page.fill('[name=again]', own);
  await page.locator('main button').first().click();
  await expect(page.locator('.bar')).toBeVisible();
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
