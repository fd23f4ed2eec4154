// One record in the whole app: on paper, under review, made void.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openApp, type Screen } from './test/screen';

let screen: Screen;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  sessionStorage.clear();
});
afterEach(() => {
  screen.kill();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a paper', () => {
  it('is Vietnamese all over, whatever the screens are in', async () => {
    sessionStorage.setItem('fake-language', 'en');
    screen = await openApp('enrolled', '#/paper/g-1');
    await screen.sees('Nguồn diện tích: Người hiến tự khai');
    expect(document.querySelector('.sheet')?.textContent).not.toMatch(/declared|household/i);
  });
});

describe('a paper that is shared', () => {
  it('stands alone: its look inside, nothing that runs, and what people wrote as text', async () => {
    const shared: { title: string; page: string }[] = [];
    screen = await openApp('enrolled', '#/paper/g-1');
    const { show } = screen.bridge;
    screen.bridge.show = async (of) => {
      const found = await show(of);
      const fields = found.fields.map((field) =>
        field.name === 'donor_name' ? { ...field, text: 'Lục <script>--> & Cường' } : field,
      );
      return { ...found, fields, title: 'Lục </title> Cường' };
    };
    screen.bridge.share = async (of) => {
      shared.push(of);
      return { name: 'Hien-dat.html' };
    };
    location.hash = '#/';
    await screen.sees('Từ đầu năm');
    location.hash = '#/paper/g-1';
    await screen.sees('Lục <script>--> & Cường');
    await screen.tap('Chia sẻ');
    await screen.sees('Đã chuẩn bị xong: Hien-dat.html');
    const [file] = shared;
    const page = new DOMParser().parseFromString(file?.page ?? '', 'text/html');
    expect(file?.title).toBe('Hiến đất, góp công · Lục </title> Cường');
    expect(page.title).toBe(file?.title);
    expect(page.querySelectorAll('script, link, img, [src], [href], [onclick]')).toHaveLength(0);
    expect(page.querySelector('style')?.textContent).toContain('@page');
    expect(page.body.children).toHaveLength(1);
    expect(page.body.textContent?.trim()).toBe(
      document.querySelector('.sheet')?.textContent?.trim(),
    );
    expect(page.body.innerHTML).not.toContain('<!--');
  });
});

describe('a choice', () => {
  it('offers only what may be chosen on the record’s day', async () => {
    screen = await openApp();
    const { check } = screen.bridge;
    screen.bridge.check = async (of) => {
      const checked = await check(of);
      const fields = checked.fields.map((reading) =>
        reading.name === 'kind' ? { ...reading, closed: ['cash'] } : reading,
      );
      return { ...checked, fields };
    };
    await screen.tap(/Hiến đất, góp công/);
    await screen.sees('Ngày công');
    expect(screen.text()).not.toContain('Tiền mặt');
  });
});

describe('a record under review', () => {
  it('says what the book shows meanwhile, beside what each has written', async () => {
    screen = await openApp('trouble', '#/record/g-1');
    await screen.sees('Sổ đang ghi');
    expect(document.querySelector('.struck')).toBeNull();
  });
});

describe('voiding a record', () => {
  it('shows what came meanwhile before it voids that too', async () => {
    const states: string[] = [];
    screen = await openApp('moved', '#/void/g-1');
    const { voidRecord } = screen.bridge;
    screen.bridge.voidRecord = async (of) => {
      states.push(of.openedAt);
      return voidRecord(of);
    };
    await screen.sees('Vì sao phải hủy?');
    await screen.type('ghi nhầm');
    await screen.tap('Hủy bản ghi này');
    await screen.sees('Diện tích: nay là 4.800 m²');
    expect((await screen.bridge.show({ record: 'g-1' })).voidedBecause).toBeNull();
    await screen.tap('Vẫn hủy bản ghi này');
    const now = await screen.bridge.show({ record: 'g-1' });
    expect(now.voidedBecause).toBe('ghi nhầm');
    expect(new Set(states).size).toBe(2);
    expect(states[1]).toBe(now.state);
  });
});
