// A land gift with one thumb, and the same with the keyboard alone.
import { GIFT, Person } from '../support/form';
import { expect, test } from '../support/stage';

test('a land gift is saved in at most twelve taps besides typing', async ({ page, stage }) => {
  const desk = await stage.enrolled();
  const me = new Person(page);
  await page.goto(desk.address);
  await expect(page.getByText('Chi bộ thôn Pạc Bo')).toBeVisible();
  me.taps = 0;
  await me.tap(/Hiến đất, góp công/);
  await me.answer(GIFT);
  await me.tap('Lưu vào sổ');
  await expect(page.getByRole('heading', { name: 'Đã lưu vào sổ' })).toBeVisible();
  expect(me.taps).toBeLessThanOrEqual(12);
  await expect(page.getByText('5.200 m²').first()).toBeVisible();
});

test('the whole way goes by keyboard alone', async ({ page, stage }) => {
  const desk = await stage.enrolled();
  await page.goto(desk.address);
  await expect(page.getByText('Chi bộ thôn Pạc Bo')).toBeVisible();
  const me = new Person(page);
  const press = async (name: RegExp) => {
    for (let tries = 0; tries < 60; tries += 1) {
      const here = await page.evaluate(() => {
        const element = document.activeElement;
        const labelled = element?.getAttribute('aria-label') ?? element?.textContent;
        return `${labelled ?? ''}`.replace(/\s+/g, ' ').trim();
      });
      if (name.test(here)) return page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
    }
    throw new Error(`the keyboard never reaches ${name}`);
  };
  await press(/^Hiến đất, góp công/);
  for (let asked = 0; asked < 20; asked += 1) {
    await expect(page.locator('main h1')).toBeVisible();
    const question = await me.question();
    if (question === '') break;
    const answer = GIFT[question];
    if (answer && 'tap' in answer) await press(new RegExp(`^${answer.tap}`));
    else {
      if (answer) await page.keyboard.type(answer.type);
      await press(/^(Tiếp|Bỏ qua)$/);
    }
    await expect.poll(() => me.question()).not.toBe(question);
  }
  await press(/^Lưu vào sổ$/);
  await expect(page.getByRole('heading', { name: 'Đã lưu vào sổ' })).toBeVisible();
});
