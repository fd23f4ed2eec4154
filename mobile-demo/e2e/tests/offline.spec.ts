// What the app is for: a meeting and three gifts without a signal, an app killed hard, one sync.
import { type Answers, GIFT, Person } from '../support/form';
import { signIn } from '../support/staff';
import { expect, test } from '../support/stage';

const MEETING: Answers = {
  'Đây là buổi sinh hoạt nào?': { tap: 'Thường kỳ' },
  'Ai chủ trì buổi họp?': { type: 'Vàng Thị Mai' },
  'Ai ghi biên bản?': { type: 'Sùng Seo Páo' },
  'Chi bộ có bao nhiêu đảng viên chính thức?': { type: '7' },
  'Chi bộ có bao nhiêu đảng viên dự bị?': { type: '0' },
  'Bao nhiêu đảng viên được miễn sinh hoạt?': { type: '0' },
  'Bao nhiêu đảng viên có mặt?': { type: '6' },
  'Bao nhiêu đảng viên vắng có lý do?': { type: '1' },
  'Bao nhiêu đảng viên vắng không lý do?': { type: '0' },
};
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
  for (const topic of TOPICS) {
    await me.tap(/Thêm/);
    await me.answer({
      'Mục này bàn về việc gì?': { tap: 'Nhiệm vụ tháng tới' },
      'Nội dung chính của mục này là gì?': { type: topic },
    });
    if (await page.getByRole('button', { name: 'Xong' }).count()) await me.tap('Xong');
  }
  await me.tap('Tiếp');
  for (const topic of TOPICS) await expect(page.getByText(topic).first()).toBeVisible();
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
  await expect(page.getByText('đã lưu nháp')).toBeVisible();
  await desk.kill();

  desk = await stage.desk();
  await page.goto(desk.address);
  await expect(page.getByText('4 việc chưa gửi')).toBeVisible();
  await expect(page.getByText(/Đang ghi dở/)).toBeVisible();
  await me.tap(/Sổ năm/);
  for (const donor of DONORS) await expect(page.getByText(new RegExp(donor)).first()).toBeVisible();

  await stage.district.start();
  await page.goto(desk.address.replace('#', '?again#'));
  await me.tap('Gửi');
  await expect(page.getByText('Gửi xong').first()).toBeVisible();
  const state = await desk.call<{ last: { requests: number; sent: number } }>('syncState');
  expect(state.last).toMatchObject({ requests: 1, sent: 4 });
  await page.goBack();
  await expect(page.getByText('Đã gửi hết')).toBeVisible();

  await signIn(page, stage.district);
  await page.goto(`${stage.district.address}/search?q=luc+thuong+cuong`);
  await expect(page.getByText('Lục Thượng Cường').first()).toBeVisible();
});
