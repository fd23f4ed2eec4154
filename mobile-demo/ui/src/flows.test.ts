import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { NewRecord, RecordPatch } from './bridge/contract';
import { FakeFailure } from './test/failure';
import { openApp, type Screen } from './test/screen';
import { refused } from './test/world';

let screen: Screen;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  sessionStorage.clear();
  vi.stubGlobal('confirm', () => true);
});
afterEach(() => {
  screen.kill();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** From the first page up to the last page of a gift of land. */
async function giveLand(area = '5200'): Promise<void> {
  await screen.tap(/Hiến đất, góp công/);
  await screen.tap('Đất');
  await screen.tap('Hộ gia đình');
  await screen.type('Lục Thượng Cường');
  await screen.tap('Tiếp');
  await screen.sees('Hiến bao nhiêu mét vuông đất?');
  await screen.type(area);
  await screen.tap('Tiếp');
  await screen.tap('Người hiến tự khai');
  await screen.tap('Đường liên thôn');
  await screen.sees('Xem lại rồi lưu');
}

describe('a gift of land', () => {
  it('goes from the first page into the book in at most twelve taps', async () => {
    screen = await openApp();
    await giveLand();
    await screen.tap('Lưu vào sổ');
    await screen.sees('Đã lưu vào sổ');
    expect(screen.taps).toBeLessThanOrEqual(12);
    const [found] = await screen.bridge.list({ words: 'luc thuong cuong', from: '2012-04-23' });
    const saved = await screen.bridge.show({ record: found?.id ?? '' });
    const values = Object.fromEntries(saved.fields.map((field) => [field.name, field.value]));
    expect(values).toMatchObject({
      kind: 'land',
      area_m2: '5200',
      village: '101',
      occurred_on: '2012-04-23',
      stage: 'pledged',
      work: 'w-1',
    });
  });

  it('is asked about once more where the figure is unusual', async () => {
    screen = await openApp();
    const saves: NewRecord[] = [];
    const { save } = screen.bridge;
    screen.bridge.save = async (of) => {
      saves.push(of);
      return save(of);
    };
    await giveLand('52000');
    await screen.tap('Lưu vào sổ');
    await screen.sees('Có điều cần hỏi lại');
    await screen.tap('Đúng như vậy, lưu vào sổ');
    await screen.sees('Đã lưu vào sổ');
    expect(saves.map((one) => one.confirmed)).toEqual([false, true]);
  });

  it('is read back in words below the figure', async () => {
    screen = await openApp('enrolled', '#/new/contribution/ask.area_m2');
    await screen.type('5200');
    await screen.sees('năm nghìn hai trăm mét vuông');
  });
});

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

  it('is gone once its record is saved', async () => {
    screen = await openApp();
    await giveLand();
    await screen.tap('Lưu vào sổ');
    await screen.sees('Đã lưu vào sổ');
    expect(await screen.bridge.drafts()).toEqual([]);
  });
});

describe('a meeting', () => {
  it('takes last month over, then asks only what differs, then what was discussed', async () => {
    screen = await openApp();
    await screen.tap(/Họp chi bộ/);
    await screen.tap('Như tháng trước');
    await screen.sees('Đã lấy lại');
    await screen.tap('Tiếp');
    await screen.sees('Chi bộ họp ngày nào?');
    await screen.tap('Hôm qua');
    for (const [ask, count] of [
      ['có mặt', '13'],
      ['vắng có lý do', '2'],
      ['vắng không lý do', '0'],
    ] as const) {
      await screen.sees(ask);
      await screen.type(count);
      await screen.tap('Tiếp');
    }
    await screen.tap('+ Thêm nội dung buổi họp');
    await screen.tap('Thời sự, chính sách');
    await screen.type('Phòng chống rét cho trâu bò.');
    await screen.tap('Tiếp');
    await screen.sees('Phòng chống rét');
    await screen.tap('Tiếp');
    await screen.tap('Lưu vào sổ');
    await screen.sees('Đã lưu vào sổ');
    const [found] = await screen.bridge.list({ form: 'meeting', from: '2012-04-01' });
    const saved = await screen.bridge.show({ record: found?.id ?? '' });
    expect(saved.rows).toHaveLength(1);
    expect(saved.fields.find((field) => field.name === 'chair')?.value).toBe('Giàng Seo Páo');
  });
});

describe('changing a record', () => {
  it('sends only what was changed, and asks whose word stands if the book moved', async () => {
    const patches: RecordPatch[] = [];
    screen = await openApp('moved', '#/record/g-1');
    const { edit } = screen.bridge;
    screen.bridge.edit = async (of) => {
      patches.push(of);
      return edit(of);
    };
    await screen.tap('Sửa');
    await screen.tap('Sửa: Diện tích');
    await screen.type('5100');
    await screen.tap('Tiếp');
    await screen.tap('Lưu vào sổ');
    await screen.sees('Diện tích: nay là 4.800 m²');
    await screen.tap('Giữ điều tôi vừa ghi');
    await screen.sees('Đã lưu vào sổ');
    expect(patches.map((patch) => patch.fields)).toEqual([
      { area_m2: '5100' },
      { area_m2: '5100' },
    ]);
    expect(patches[0]?.openedAt).not.toBe(patches[1]?.openedAt);
  });

  it('needs a reason to void', async () => {
    screen = await openApp('enrolled', '#/void/g-1');
    await screen.tap('Hủy bản ghi này');
    await screen.sees('Phải ghi lý do thì mới hủy được.');
    expect((await screen.bridge.show({ record: 'g-1' })).voidedBecause).toBeNull();
  });
});

describe('what needs the holder', () => {
  it('shows who wrote what, what holds now and why, and is gone once understood', async () => {
    screen = await openApp();
    await screen.tap(/Huyện đã quyết định/);
    await screen.sees('Máy này đã ghi');
    await screen.sees('Theo biên bản đo ngày 20/4');
    expect(document.querySelector('.struck')?.textContent).toContain('2.500 m²');
    await screen.tap('Đã rõ');
    await screen.sees('Từ đầu năm 2012');
    expect(await screen.bridge.decisions({ unread: true })).toEqual([]);
  });

  it('says in plain words why the district did not take an entry', async () => {
    screen = await openApp('trouble', '#/needs');
    await screen.sees('Huyện đã lập lại cuốn sổ này sau khi bản đó được ghi.');
    await screen.sees('Tẩn Lở Mẩy');
  });

  it('offers what was not taken as a form that holds it once more', async () => {
    screen = await openApp('trouble', '#/needs');
    await screen.sees('Tẩn Lở Mẩy');
    await screen.tap('Ghi lại');
    await screen.sees('12,5');
    expect((await screen.bridge.drafts()).map((draft) => draft.form)).toEqual(['contribution']);
  });

  it('asks nobody to write again what the district only keeps sealed', async () => {
    const sealed = refused().map((entry) => ({ ...entry, problem: 'sealed' as const }));
    screen = await openApp('trouble', '#/needs', { refused: async () => sealed });
    await screen.sees('Máy này đã bị thu hồi.');
    expect(screen.text()).not.toContain('Ghi lại');
  });
});

describe('enrolment', () => {
  it('says what is wrong with a code, and opens the book with the right one', async () => {
    screen = await openApp('new');
    await screen.sees('Nhận sổ của chi bộ');
    await screen.type('AAAA-BBBB');
    await screen.tap('Nhận sổ');
    await screen.sees('Mã sai, đã dùng rồi hoặc đã hết hạn.');
    await screen.type('K7QM-2XPA');
    await screen.tap('Nhận sổ');
    await screen.sees('Chi bộ thôn Pạc Bo');
  });
});

describe('sending', () => {
  it('says why it failed and that nothing is lost', async () => {
    screen = await openApp('trouble', '#/sync');
    await screen.sees('Mạng đứt giữa chừng.');
    await screen.sees('Không mất gì.');
    await screen.sees('Máy sẽ tự gửi lại lúc');
  });

  it('starts with one tap on the first page and ends with nothing unsent', async () => {
    screen = await openApp();
    await screen.tap('Gửi');
    await screen.sees('Đang gửi…');
    await screen.sees('Gửi xong');
    await screen.sees('Đã gửi hết');
  });
});

it('practice is told on every screen, and its end leads back to the real book', async () => {
  screen = await openApp('enrolled', '#/settings');
  await screen.tap('Tập ghi thử');
  await screen.sees('Đang tập ghi.');
  await screen.tap('Sổ năm');
  await screen.sees('Đang tập ghi.');
  await screen.tap('Thôi tập');
  await screen.sees('Gửi lần cuối');
  expect(screen.text()).not.toContain('Đang tập ghi.');
});

it('another language changes every word of the screen at once', async () => {
  screen = await openApp('enrolled', '#/settings');
  await screen.tap('English');
  await screen.sees('Text size');
  expect(screen.text()).not.toContain('Cỡ chữ');
});

it('a book that another program holds open is told in plain words, with a way to try again', async () => {
  let held = true;
  screen = await openApp('enrolled', '', {
    preferences: async () => {
      if (held) throw new FakeFailure({ kind: 'inUse' });
      return { textSize: 150 };
    },
  });
  await screen.sees('Sổ đang mở ở chỗ khác.');
  held = false;
  await screen.tap('Thử lại');
  await screen.sees('Chi bộ thôn Pạc Bo');
  expect(document.documentElement.style.fontSize).toBe('27px');
});
