// What the app is for: a meeting and three gifts without a signal, an app killed hard, one sync.
import type { Page } from '@playwright/test';
import { CELL } from '../support/district';
import { GIFT, MEETING, Person, topic } from '../support/form';
import { signIn } from '../support/staff';
import { expect, test } from '../support/stage';

const TOPICS = ['chuẩn mực đạo đức', 'làm đường liên thôn', 'đảng phí', 'thả rông gia súc', 'tháng tới'];
const DONORS = ['Lục Thượng Cường', 'Giàng Thị Dợ', 'Sùng Seo Chẻo'];

test('a meeting and three gifts survive a hard kill and go up in one request', async ({ page, stage }) => {
  let desk = await stage.desk();
  const me = new Person(page);
  await page.goto(desk.address);
  await page.getByLabel('Mã trên phiếu').fill(stage.district.invite('bà Vàng Thị Mai'));
  await me.tap('Nhận sổ');
  await expect(page.getByRole('heading', { name: 'Chi bộ thôn Pạc Bo' })).toBeVisible();
  await stage.district.stop();

  await me.tap(/Họp chi bộ/);
  await me.answer(MEETING);
  for (const summary of TOPICS) {
    await me.tap(/Thêm/);
    await me.answer(topic(summary));
    if (await page.getByRole('button', { name: 'Xong' }).count()) await me.tap('Xong');
  }
  await me.tap('Tiếp');
  for (const summary of TOPICS) await expect(page.getByText(summary).first()).toBeVisible();
  await me.tap('Lưu vào sổ');
  await expect(page.getByRole('heading', { name: 'Đã lưu vào sổ' })).toBeVisible();

  for (const donor of DONORS) {
    await me.tap('Về trang đầu');
    await me.tap(/Hiến đất, góp công/);
    await me.answer({
      ...GIFT,
      'Tên người, hộ hoặc tổ chức đóng góp là gì?': { type: donor },
    });
    await me.tap('Lưu vào sổ');
    await expect(page.getByRole('heading', { name: 'Đã lưu vào sổ' })).toBeVisible();
  }
  // A form half filled in, and then the battery is pulled out.
  await me.tap('Về trang đầu');
  await me.tap(/Hiến đất, góp công/);
  await me.tap('Tiền mặt');
  await me.tap('Cá nhân');
  await page.locator('[data-first]').fill('Thào Thị Dí');
  await expect(page.getByText('đã lưu nháp')).toBeVisible();
  await desk.kill();

  desk = await stage.desk();
  await page.goto(desk.address);
  await expect(page.getByText('4 việc chưa gửi')).toBeVisible();
  await expect(page.getByText(/Đang ghi dở/)).toBeVisible();
  const [draft] = await desk.call<{ id: number }[]>('drafts');
  await page.evaluate((id) => (location.hash = `#/draft/${id}/walk.donor_name`), draft?.id);
  await expect(page.locator('[data-first]')).toHaveValue('Thào Thị Dí');
  await page.goto(desk.address.replace('#', '?book#'));
  await me.tap(/Sổ năm/);
  for (const donor of DONORS) await expect(page.getByText(new RegExp(donor)).first()).toBeVisible();
  await me.tap(/Thường kỳ/);
  for (const summary of TOPICS) await expect(page.getByText(summary).first()).toBeVisible();

  await stage.district.start();
  await page.goto(desk.address.replace('#', '?again#'));
  await me.tap('Gửi');
  await expect(page.getByText('Gửi xong').first()).toBeVisible();
  const { last } = await desk.call<{ last: object }>('syncState');
  expect(last).toMatchObject({ requests: 1, sent: 4, waiting: 0, refused: 0, failure: null });
  const status = await desk.call('status');
  expect(status).toMatchObject({ unsent: 0, oldestUnsentAt: null, refused: 0, contested: 0, unread: 0 });
  await page.goBack();
  await expect(page.getByText('Đã gửi hết')).toBeVisible();

  // Five topics with their meeting, three gifts: a draft is nobody's but the phone's.
  await expect.poll(() => stage.district.count().records).toBe(TOPICS.length + 1 + DONORS.length);
  await signIn(page, stage.district);
  await meetingOnConsole(page, stage.district.address);
  for (const donor of DONORS) {
    await page.goto(`${stage.district.address}/search?q=${encodeURIComponent(donor)}`);
    await page.locator('main a[href^="/records/"]').click();
    expect(await said(page)).toMatchObject({
      'Loại đóng góp': 'Đất',
      'Tên người đóng góp': donor,
      'Diện tích': expect.stringMatching(/^5\.200\sm²/) as unknown,
    });
  }
});

/** The meeting as the console shows it: what was counted, and what each topic was. */
async function meetingOnConsole(page: Page, address: string): Promise<void> {
  await page.goto(`${address}/units/${CELL}`);
  await page.locator('main a[href*="/books/"]').first().click();
  await page.locator('main a[href^="/records/"]', { hasText: /Thường kỳ/ }).first().click();
  expect(await said(page)).toMatchObject({
    'Loại sinh hoạt': 'Thường kỳ',
    'Chủ trì': 'Vàng Thị Mai',
    'Thư ký': 'Sùng Seo Páo',
    'Đảng viên chính thức': '7 người',
    'Đảng viên dự bị': '0 người',
    'Miễn sinh hoạt': '0 người',
    'Có mặt': '6 người',
    'Vắng có lý do': '1 người',
    'Vắng không lý do': '0 người',
  });
  const rows = page.locator('table.rows tbody tr').filter({ has: page.locator('a[href^="/records/"]') });
  await expect(rows).toHaveCount(TOPICS.length);
  for (const [place, summary] of TOPICS.entries()) {
    await expect(rows.nth(place)).toContainText(summary);
  }
}

/** The fields of a record's page, by label. */
async function said(page: Page): Promise<Record<string, string>> {
  await page.locator('dl.fields').first().waitFor();
  const pairs = await page.locator('dl.fields > div').evaluateAll((fields) =>
    fields.map((field) => ['dt', 'dd'].map((part) => field.querySelector(part)?.textContent?.trim() ?? '')),
  );
  return Object.fromEntries(pairs) as Record<string, string>;
}
