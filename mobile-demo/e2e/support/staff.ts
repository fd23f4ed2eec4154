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
