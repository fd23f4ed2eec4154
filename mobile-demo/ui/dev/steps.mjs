// What is done on the way to a screen.

/** Once the fake host, which answers at once, has answered and the page has been drawn. */
export const drawn = (page) =>
  page.evaluate(async () => {
    const frame = () => new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
    for (let frames = 0; frames < 3; frames += 1) await frame();
  });

export const hash = (to) => async (page) => {
  await page.evaluate((at) => (location.hash = at), to);
  await drawn(page);
};

/** Two pixels by two: the fake host finds the code of a sheet on any photo. */
export const photo =
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAAAAABX3VL4AAAADklEQVR4nGP4/5/h/38AC/oD/eAlihAAAAAASUVORK5CYII=';

export const scan = (base64) => async (page) => {
  const file = { name: 'sheet.png', mimeType: 'image/png', buffer: Buffer.from(base64, 'base64') };
  await page.locator('input[type=file]').setInputFiles(file);
  await page.locator('.notice').first().waitFor();
};

/** Walks a form from its start: a string picks a button that begins with it, `{ type }` types. */
export const form =
  (name, ...steps) =>
  async (page) => {
    await hash(`#/new/${name}`)(page);
    for (const step of steps) {
      await drawn(page);
      if (typeof step === 'number') await page.locator('.options .option').nth(step).click();
      else if (step === 'next') await page.locator('footer .button.main').click();
      else if (step.row !== undefined) await page.locator('.rows button').nth(step.row).click();
      else if (step.click) await page.locator(step.click).first().click();
      else await page.locator('[data-first]').fill(step.type);
    }
    await drawn(page);
  };
