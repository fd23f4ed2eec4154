import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// Paths are relative, so that the same build lies at a desk's root and among an app's assets.
export default defineConfig({
  base: './',
  plugins: [svelte()],
  // The fonts are the console's; the build takes them from there.
  server: { fs: { allow: ['.', '../../server/assets/fonts', '../../server/packs'] } },
  build: { target: 'chrome87', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  resolve: process.env['VITEST'] ? { conditions: ['browser'] } : {},
  test: {
    environment: 'jsdom',
    // The first to open the whole app also pays for compiling it.
    testTimeout: 60_000,
    include: ['src/**/*.test.ts'],
    // A paper that is handed out takes its look with it.
    css: { include: /paper\.css/ },
  },
});
