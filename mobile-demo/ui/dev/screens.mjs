// Takes a picture of every screen over the fake host and runs axe on each. Needs `npm run dev`.
// Usage: node dev/screens.mjs OUT_DIR [only=NAME] [language=vi|en] [dark] [size=100..200] [width=360]
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { screens } from './tour.mjs';

const [out = '/tmp/screens', ...options] = process.argv.slice(2);
const option = (name, otherwise) =>
  options.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) ?? otherwise;
const width = Number(option('width', '360'));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

mkdirSync(out, { recursive: true });
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
let problems = 0;
for (const { name, start = 'enrolled', walk } of screens) {
  if (!name.includes(option('only', ''))) continue;
  const page = await browser.newPage({
    viewport: { width, height: width > 600 ? 800 : 640 },
    colorScheme: options.includes('dark') ? 'dark' : 'light',
  });
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => console.log(`${name}: ${error.message}`));
  page.on('dialog', (dialog) => dialog.accept());
  await page.clock.install({ time: new Date('2012-04-23T09:12:00+07:00') });
  await page.addInitScript(
    ({ language, size }) => {
      sessionStorage.setItem('fake-language', language);
      sessionStorage.setItem('fake-size', size);
    },
    { language: option('language', 'vi'), size: option('size', '100') },
  );
  try {
    await page.goto(`http://localhost:5199/?as=${start}`);
    await page.locator('main').first().waitFor();
    await walk?.(page, option('language', 'vi'));
    await page.waitForTimeout(350);
    await page.evaluate(() => document.fonts.ready);
    const { wide, high } = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      high: document.documentElement.scrollHeight,
    }));
    if (wide > width) problems += report(name, `scrolls sideways: ${wide} > ${width}`);
    // The foot sticks to the window's edge; axe would take what scrolls under it for small targets.
    await setFoot(page, 'static');
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() =>
      window.axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      }),
    );
    for (const found of violations) {
      problems += report(
        name,
        `${found.id}: ${found.nodes
          .map((node) => node.target.join(' '))
          .slice(0, 3)
          .join(', ')}`,
      );
    }
    if (!options.includes('full')) await setFoot(page, '');
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({
      path: `${out}/${name}.png`,
      fullPage: options.includes('full') && high < 4000,
    });
  } catch (error) {
    problems += report(name, String(error).split('\n').slice(0, 3).join(' '));
    await page.screenshot({ path: `${out}/${name}-failed.png` });
  }
  await page.close();
}
await browser.close();
console.log(problems === 0 ? 'no problems' : `${problems} problems`);
process.exitCode = problems === 0 ? 0 : 1;

function setFoot(page, position) {
  return page.evaluate((to) => {
    for (const foot of document.querySelectorAll('.foot, nav')) foot.style.position = to;
  }, position);
}

function report(name, text) {
  console.log(`${name}: ${text}`);
  return 1;
}
