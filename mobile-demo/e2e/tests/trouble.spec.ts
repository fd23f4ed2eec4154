// A district that fails, hangs, sends half an answer or garbage, or has revoked the phone.
import { Person } from '../support/form';
import { writeGift } from '../support/records';
import { expect, test } from '../support/stage';
import { type Mood, Trouble } from '../support/trouble';

const SAID: [Mood, RegExp][] = [
  ['500', /Máy của huyện đang trục trặc/],
  ['silent', /Mạng đứt giữa chừng/],
  ['half', /Mạng đứt giữa chừng|không đọc được/],
  ['garbage', /không đọc được/],
];

/** Four pauses of up to 11 s together, and five silences: the phone gives up only then. */
const GIVES_UP = { timeout: 45_000 };

test('whatever the district does, the phone says it in plain words and loses nothing', async ({ page, stage }) => {
  const trouble = await new Trouble(stage.district.port).start();
  const desk = await stage.desk({ silenceMs: 1_500 });
  await desk.call('enrol', { text: stage.district.invite('bà Vàng Thị Mai', trouble.address), server: null });
  await writeGift(desk, { donor: 'Lục Thượng Cường' });
  const me = new Person(page);
  await page.goto(desk.address);
  await me.tap('Gửi');
  await expect(page.getByText('Gửi xong').first()).toBeVisible();
  await writeGift(desk, { donor: 'Giàng Thị Dợ' });
  for (const [mood, said] of SAID) {
    trouble.mood = mood;
    await me.tap('Gửi ngay');
    await expect(page.getByText(said).first(), mood).toBeVisible(GIVES_UP);
    await expect(page.getByText('Chưa gửi xong').first(), mood).toBeVisible();
    const main = (await page.locator('main').textContent()) ?? '';
    expect(main, mood).not.toMatch(/error|exception|HTTP|null|undefined/i);
    expect((await desk.call<{ unsent: number }>('status')).unsent, mood).toBe(1);
  }
  trouble.mood = 'honest';
  await me.tap('Gửi ngay');
  await expect(page.getByText('Gửi xong').first()).toBeVisible();
  await expect.poll(async () => (await desk.call<{ unsent: number }>('status')).unsent).toBe(0);

  await writeGift(desk, { donor: 'Sùng Seo Chẻo' });
  const { device } = await desk.call<{ device: string }>('status');
  stage.district.run('device', 'revoke', device);
  await me.tap('Gửi ngay');
  await expect.poll(async () => (await desk.call<{ revoked: boolean }>('status')).revoked).toBe(true);
  await page.goto(desk.address.replace('/#', '/?home#'));
  await expect(page.getByText('Huyện đã ngừng máy này')).toBeVisible();
  expect(await desk.call<unknown[]>('list', {})).toHaveLength(3);
  trouble.stop();
});
