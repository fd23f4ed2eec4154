// Two phones of one cell write differently offline; the district decides; both see it and why.
import { decideArea, signIn } from '../support/staff';
import { expect, test } from '../support/stage';
import { writeGift } from '../support/records';

const REASON = 'Theo biên bản đo ngày 20/4.';

test('a disagreement is decided on the console and reaches both phones with its reason', async ({
  page,
  context,
  stage,
}) => {
  const desk = await stage.enrolled({ phones: 2 });
  const gift = await writeGift(desk, { donor: 'Lục Thượng Cường', area: '600' });
  for (const phone of [0, 1]) await desk.call('sync', {}, phone);

  // Each changes the area without a signal, on the screen.
  const phones = [page, await context.newPage()];
  for (const [index, area] of ['500', '5200'].entries()) {
    const phone = phones[index];
    if (!phone) throw new Error('two phones');
    await phone.goto(`${desk.addresses[index]?.replace('/#', `/?p${index}#`) ?? ''}`);
    await expect(phone.getByText('Chi bộ thôn Pạc Bo').first()).toBeVisible();
    await phone.evaluate((id) => (location.hash = `#/record/${encodeURIComponent(id)}`), gift);
    await phone.getByRole('link', { name: 'Sửa', exact: true }).or(phone.getByRole('button', { name: 'Sửa', exact: true })).first().click();
    await phone.getByRole('button', { name: /Diện tích/ }).first().click();
    await phone.locator('[data-first]').fill(area);
    await phone.getByRole('button', { name: 'Tiếp', exact: true }).click();
    await phone.getByRole('button', { name: 'Lưu vào sổ' }).click();
    await expect(phone.getByRole('heading', { name: 'Đã lưu vào sổ' })).toBeVisible();
  }
  for (const phone of [0, 1, 0]) await desk.call('sync', {}, phone);

  const staff = await context.newPage();
  await signIn(staff, stage.district);
  await decideArea(staff, stage.district, REASON);

  for (const [index] of phones.entries()) {
    await desk.call('sync', {}, index);
    const phone = await context.newPage();
    await phone.setViewportSize({ width: 360, height: 640 });
    await phone.goto(desk.addresses[index] ?? '');
    await phone.getByRole('link', { name: /Huyện đã quyết định/ }).first().click();
    await expect(phone.getByText(REASON)).toBeVisible();
    await expect(phone.getByText('5.200 m²').last()).toBeVisible();
    await phone.getByRole('button', { name: 'Đã rõ' }).click();
    await expect.poll(async () => (await desk.call<{ unread: number }>('status', {}, index)).unread).toBe(0);
  }
});
