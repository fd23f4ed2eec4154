// The screens over the host that invents its records, as their developers see them: states that a
// real phone reaches only by bad luck are one address away, and no two runs differ.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { mobileDemo } from './place';

/** Nothing answers there; the test itself does. */
const ADDRESS = 'http://screens.invalid/';
/** When the invented records are looked at. */
const NOW = new Date('2012-04-23T09:12:00+07:00');

export function buildTour(folder: string): void {
  const config = ['--config', 'dev/vite.config.ts', '--outDir', folder, '--emptyOutDir'];
  execFileSync('npx', ['vite', 'build', ...config, '--base', './', '--logLevel', 'warn'], {
    cwd: join(mobileDemo, 'ui'),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

export async function openTour(page: Page, folder: string, language: string, start: string): Promise<void> {
  await page.route(`${ADDRESS}**`, (route) => {
    const { pathname } = new URL(route.request().url());
    return route.fulfill({ path: join(folder, pathname === '/' ? 'index.html' : pathname) });
  });
  page.on('dialog', (dialog) => dialog.accept());
  await page.clock.setFixedTime(NOW);
  await page.addInitScript((spoken) => sessionStorage.setItem('fake-language', spoken), language);
  await page.goto(`${ADDRESS}?as=${start}`);
  await page.locator('main').first().waitFor();
}
