// The screens over the fake host, for whoever works on them. Never part of the build.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [svelte({ configFile: '../svelte.config.js' })],
  server: { port: 5199, strictPort: true, fs: { allow: ['..', '../../../server'] } },
});
