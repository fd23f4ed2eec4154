// The screens in a real Chromium, over the real app and a real district, all started by the tests.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'tests',
  outputDir: process.env.SOBAN_E2E_OUT ?? 'results',
  snapshotPathTemplate: '../screens/{arg}{ext}',
  fullyParallel: false,
  workers: 1,
  timeout: 180_000,
  // Machines are shared; what passes only the second time is told as flaky.
  retries: 1,
  // A letter has more; the edges of one, drawn by another Chromium, have fewer.
  expect: { timeout: 15_000, toHaveScreenshot: { maxDiffPixels: 60 } },
  reporter: 'line',
  // Pictures over invented records want many pages and no phone: `--workers=2` takes them side by side.
  projects: [
    { name: 'tour', testMatch: 'tour.spec.ts', fullyParallel: true },
    { name: 'stage', testIgnore: 'tour.spec.ts' },
  ],
  use: {
    viewport: { width: 360, height: 640 },
    actionTimeout: 30_000,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    hasTouch: true,
    launchOptions: {
      executablePath: process.env.SOBAN_CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    },
  },
});
