// A land gift with one thumb, and the same with the keyboard alone.
import { GIFT, MEETING, Person, Typist, topic } from '../support/form';
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

test('a gift, a meeting and voiding go by keyboard alone', async ({ page, stage }) => {
  const desk = await stage.enrolled();
  await page.goto(desk.address);
  await expect(page.getByText('Chi bộ thôn Pạc Bo')).toBeVisible();
  const me = new Typist(page);
  const saved = page.getByRole('heading', { name: 'Đã lưu vào sổ' });

  await me.tap('Hiến đất, góp công');
  await me.answer(GIFT);
  await me.tap('Lưu vào sổ');
  await expect(saved).toBeVisible();

  await me.tap('Về trang đầu');
  await me.tap('Họp chi bộ');
  await me.answer(MEETING);
  await me.tap(/Thêm/);
  await me.answer(topic('Bàn việc làm đường liên thôn.'));
  if (await page.getByRole('button', { name: 'Xong' }).count()) await me.tap('Xong');
  await me.tap('Tiếp');
  await expect(page.getByText('Bàn việc làm đường liên thôn.').first()).toBeVisible();
  await me.tap('Lưu vào sổ');
  await expect(saved).toBeVisible();

  await me.tap('Về trang đầu');
  await me.tap('Sổ năm');
  await me.tap(/Lục Thượng Cường/);
  await me.tap('Hủy bản ghi này');
  await expect(page.getByRole('heading', { name: 'Vì sao phải hủy?' })).toBeVisible();
  await me.write('Ghi nhầm thôn.');
  await me.tap('Hủy bản ghi này');
  await expect(page.getByText(/Ghi nhầm thôn/)).toBeVisible();
  const held = await desk.call<{ voidedBecause: string | null }[]>('list', { form: 'contribution' });
  expect(held).toMatchObject([{ voidedBecause: 'Ghi nhầm thôn.' }]);
});
