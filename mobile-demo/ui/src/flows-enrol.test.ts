import { describe, expect, it, vi } from 'vitest';
import { FakeFailure } from './test/failure';
import { flows, openApp, type Screen } from './test/screen';

let screen: Screen;

flows();

describe('enrolment', () => {
  const invalid = () => [...document.querySelectorAll('[aria-invalid]')].map(({ id }) => id);

  it('says of a wrong address that it is the address', async () => {
    const failure = { kind: 'failed', failure: 'badAddress' } as const;
    screen = await openApp('new', '', {
      enrol: () => Promise.reject(new FakeFailure(failure)),
    });
    await screen.type('K7QM-2XPA');
    await screen.tap('Nhận sổ');
    await screen.sees('Địa chỉ này không phải của huyện.');
    expect(invalid()).toEqual(['server']);
  });

  it('says what is wrong with a code, and opens the book with the right one', async () => {
    screen = await openApp('new');
    await screen.sees('Nhận sổ của chi bộ');
    await screen.type('AAAA-BBBB');
    await screen.tap('Nhận sổ');
    await screen.sees('Mã sai, đã dùng rồi hoặc đã hết hạn.');
    expect(invalid()).toEqual(['code']);
    await screen.type('K7QM-2XPA');
    await screen.tap('Nhận sổ');
    await screen.sees('Chi bộ thôn Pạc Bo');
  });
});

describe('a link with a code', () => {
  const link = 'soban://enrol?server=https%3A%2F%2Fsoban.muongkhuong.example&code=K7QM-2XPA';
  const hash = (text: string) => `#/enrol/${encodeURIComponent(text)}`;
  const filled = () => [...document.querySelectorAll('input')].map(({ value }) => value);

  it('fills in the form, shows whose it is, and sends nothing before the holder says so', async () => {
    const asked: { text: string; server: string | null }[] = [];
    screen = await openApp('new', hash(link), {
      async enrol(of) {
        asked.push(of);
        throw new FakeFailure({ kind: 'failed', failure: 'offline' });
      },
    });
    await screen.sees(
      'Đường dẫn vừa mở đã điền sẵn mã và địa chỉ này: https://soban.muongkhuong.example',
    );
    expect(filled()).toEqual(['K7QM-2XPA', 'https://soban.muongkhuong.example']);
    expect(asked).toEqual([]);
    await screen.tap('Nhận sổ');
    await screen.sees('Không có mạng');
    expect(asked).toEqual([{ text: 'K7QM-2XPA', server: 'https://soban.muongkhuong.example' }]);
  });

  it('that comes while the form is open is shown as well', async () => {
    screen = await openApp('new');
    await screen.sees('Nhận sổ của chi bộ');
    location.hash = hash(link);
    await screen.sees('Đường dẫn vừa mở đã điền sẵn');
    expect(filled()[0]).toBe('K7QM-2XPA');
  });

  it('that cannot be read fills in nothing', async () => {
    screen = await openApp('new', hash('soban://enrol?code=K7QM-2XPA'));
    await screen.sees('Đường dẫn vừa mở không đọc được');
    expect(filled()).toEqual(['', '']);
  });

  it('changes nothing on a phone that has its book', async () => {
    const enrol = vi.fn();
    screen = await openApp('enrolled', hash(link), { enrol });
    await screen.sees('Máy này đã nhận sổ của Chi bộ thôn Pạc Bo.');
    await screen.sees('không làm thay đổi gì');
    await screen.tap('Về trang đầu');
    await screen.sees('Từ đầu năm');
    expect(enrol).not.toHaveBeenCalled();
  });
});
