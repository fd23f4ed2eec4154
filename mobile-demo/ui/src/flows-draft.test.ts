import { describe, expect, it, vi } from 'vitest';
import { flows, openApp, type Screen } from './test/screen';

let screen: Screen;

flows();

describe('a draft', () => {
  it('is there after the app was killed in the middle of a form', async () => {
    screen = await openApp();
    await screen.tap(/Hiến đất, góp công/);
    await screen.tap('Đất');
    await screen.tap('Hộ gia đình');
    await screen.type('Vàng Thị Dín');
    await screen.sees('đã lưu nháp');
    screen.kill();

    screen = await openApp();
    await screen.sees('Đang ghi dở: Hiến đất, góp công');
    await screen.tap(/Đang ghi dở/);
    await screen.sees('Hiến bao nhiêu mét vuông đất?');
    screen.kill();

    screen = await openApp('enrolled', '#/new/contribution/ask.donor_name');
    await screen.sees('Tên người, hộ hoặc tổ chức');
    expect(document.querySelector<HTMLInputElement>('[data-first]')?.value).toBe('Vàng Thị Dín');
  });

  it('of a change is there as well, and there is only one', async () => {
    screen = await openApp('enrolled', '#/record/g-1');
    await screen.tap('Sửa');
    await screen.tap('Sửa: Diện tích');
    await screen.type('5100');
    await screen.sees('đã lưu nháp');
    screen.kill();

    screen = await openApp('enrolled', '#/');
    await screen.sees('Đang sửa dở: Hiến đất, góp công');
    await screen.sees('Lục Thượng Cường');
    screen.kill();

    screen = await openApp('enrolled', '#/edit/g-1/review');
    await screen.sees('5.100');
    await screen.tap('Sửa: Diện tích');
    await screen.type('5150');
    await screen.sees('đã lưu nháp');
    expect(await screen.bridge.drafts()).toHaveLength(1);
  });

  it('still offers what was written last time when one goes on with it', async () => {
    screen = await openApp();
    await screen.tap(/Họp chi bộ/);
    await screen.tap('Thường kỳ');
    await screen.sees('đã lưu nháp');
    screen.kill();

    screen = await openApp('enrolled', '#/new/meeting/ask.kind');
    await screen.sees('Như tháng trước');
  });

  it('is dropped only after a second answer, on the page itself', async () => {
    screen = await openApp();
    await screen.tap(/Hiến đất, góp công/);
    await screen.tap('Đất');
    await screen.sees('đã lưu nháp');
    await screen.tap(/Về trang đầu/);
    await screen.tap('Bỏ bản ghi dở');
    await screen.sees('Những gì đã gõ sẽ mất.');
    await screen.tap('Giữ lại');
    expect(await screen.bridge.drafts()).toHaveLength(1);
    await screen.tap('Bỏ bản ghi dở');
    await screen.tap(/^Bỏ bản ghi dở$/);
    await screen.sees('Từ đầu năm');
    expect(await screen.bridge.drafts()).toEqual([]);
  });

  it('is gone once its record is saved', async () => {
    screen = await openApp();
    await screen.tap(/Hiến đất, góp công/);
    await screen.tap('Đất');
    await screen.tap('Hộ gia đình');
    await screen.type('Vàng Thị Dín');
    await screen.tap('Tiếp');
    await screen.sees('Hiến bao nhiêu mét vuông đất?');
    await screen.type('5200');
    await screen.tap('Tiếp');
    await screen.tap('Người hiến tự khai');
    await screen.tap('Đường liên thôn');
    await screen.sees('Xem lại rồi lưu');
    await screen.tap('Lưu vào sổ');
    await screen.sees('Đã lưu vào sổ');
    expect(await screen.bridge.drafts()).toEqual([]);
  });
});

describe('the reason for voiding', () => {
  const typed = () => document.querySelector('textarea')?.value;

  it('is there after the app was killed, and is gone once the record is void', async () => {
    screen = await openApp('enrolled', '#/void/g-1');
    await screen.type('ghi nhầm sang chi bộ khác');
    await vi.waitFor(async () => expect(await screen.bridge.drafts()).toHaveLength(1));
    screen.kill();

    screen = await openApp();
    await screen.sees('Đang hủy dở: Hiến đất, góp công');
    await screen.sees('ghi nhầm sang chi bộ khác');
    await screen.tap(/Đang hủy dở/);
    await vi.waitFor(() => expect(typed()).toBe('ghi nhầm sang chi bộ khác'));
    expect((await screen.bridge.show({ record: 'g-1' })).voidedBecause).toBeNull();
    await screen.tap('Hủy bản ghi này');
    await vi.waitFor(async () => expect(await screen.bridge.drafts()).toEqual([]));
    const { voidedBecause } = await screen.bridge.show({ record: 'g-1' });
    expect(voidedBecause).toBe('ghi nhầm sang chi bộ khác');
  });

  it('is dropped by who thinks better of it', async () => {
    screen = await openApp('enrolled', '#/void/g-1');
    await screen.type('ghi nhầm');
    await vi.waitFor(async () => expect(await screen.bridge.drafts()).toHaveLength(1));
    await screen.tap('Thôi');
    await vi.waitFor(async () => expect(await screen.bridge.drafts()).toEqual([]));
  });

  it('of a row is there again on the page of that row alone', async () => {
    screen = await openApp('enrolled', '#/edit/m-03/row.0');
    await screen.tap('Hủy mục này');
    await vi.waitFor(() => expect(typed()).toBe(''));
    await screen.type('mục này họp tháng sau');
    await vi.waitFor(async () => expect(await screen.bridge.drafts()).toHaveLength(1));
    screen.kill();

    screen = await openApp('enrolled', '#/edit/m-03/row.1');
    await screen.sees('Hủy mục này');
    expect(typed()).toBeUndefined();
    screen.kill();

    screen = await openApp('enrolled', '#/edit/m-03/row.0');
    await vi.waitFor(() => expect(typed()).toBe('mục này họp tháng sau'));
    await screen.tap('Giữ mục này');
    await vi.waitFor(async () => expect(await screen.bridge.drafts()).toEqual([]));
  });
});
