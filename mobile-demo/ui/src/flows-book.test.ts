import { describe, expect, it } from 'vitest';
import { flows, openApp, type Screen } from './test/screen';

let screen: Screen;

flows();

describe('finding a record again', () => {
  it('works also for what outlives a year: it is found, shown and changed', async () => {
    screen = await openApp('enrolled', '#/year');
    await screen.tap(/Công trình/);
    await screen.type('nha van hoa');
    await screen.sees('Nhà văn hóa thôn Pạc Bo');
    await screen.tap(/Nhà văn hóa/);
    await screen.sees('Ai ghi, khi nào');
    await screen.tap('Sửa');
    await screen.sees('Sửa xong thì lưu');
  });

  it('tells who wrote it, the newest first', async () => {
    screen = await openApp('enrolled', '#/record/g-1');
    await screen.sees('Ai ghi, khi nào');
    const details = document.querySelector('details');
    if (details) details.open = true;
    await screen.sees(/Giàng Seo Páo · máy khác.*Lù Thị Mẩy · máy này/);
  });

  it('leads from what can be begun to what was begun before', async () => {
    screen = await openApp('enrolled', '#/more');
    await screen.tap(/Công trình.* 2 trong sổ ›/);
    await screen.sees('Đường liên thôn Pạc Bo');
    await screen.tap('Ghi thêm');
    await screen.sees('1 trong');
  });

  it('looks through all years, whichever is open', async () => {
    screen = await openApp('enrolled', '#/year/2009');
    await screen.sees('Năm này chưa ghi gì.');
    await screen.type('luc thuong');
    await screen.sees('Lục Thượng Cường');
  });

  it('does not hold the months before its first record against a cell', async () => {
    screen = await openApp('enrolled', '#/year');
    await screen.sees('Họp chi bộ: 3/4');
    await screen.tap(/^Năm trước/);
    await screen.sees('Năm này chưa ghi gì.');
    expect(document.querySelector('.missing')).toBeNull();
  });
});
