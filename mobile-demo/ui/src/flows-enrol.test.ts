import { describe, expect, it, vi } from 'vitest';
import { FakeFailure } from './test/failure';
import { flows, openApp, type Screen } from './test/screen';

// What draws photos is a browser's, and tested in one. Here a file's name says how wide its parts are.
vi.mock('./base/photo', () => ({
  async *greyParts(file: File) {
    for (const width of file.name) yield { width: Number(width), height: 1, grey: '' };
  },
  photoLeft: () => left(),
}));
const left = vi.fn<() => Promise<File>>();

let screen: Screen;
const filled = () =>
  ['code', 'server'].map((id) => (document.getElementById(id) as HTMLInputElement).value);

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

const sheet = { code: 'K7QM-2XPA', server: 'https://soban.muongkhuong.example' };

describe('a photo of the sheet', () => {
  const take = async (parts: string) => {
    const input = document.querySelector<HTMLInputElement>('input[type=file]');
    Object.defineProperty(input, 'files', { value: [new File([], parts)] });
    input?.dispatchEvent(new Event('change', { bubbles: true }));
  };

  it('fills in the form as soon as one of its parts shows the code, and asks', async () => {
    const asked: number[] = [];
    const enrol = vi.fn();
    screen = await openApp('new', '', {
      enrol,
      async readPhoto({ width }) {
        asked.push(width);
        return width === 2 ? sheet : null;
      },
    });
    await screen.sees('Soi mã vuông trên phiếu');
    await take('123');
    await screen.sees(`Đã điền sẵn mã soi được, và địa chỉ này: ${sheet.server}`);
    await screen.sees('Hãy so với phiếu huyện phát.');
    expect(filled()).toEqual([sheet.code, sheet.server]);
    expect(asked).toEqual([1, 2]);
    expect(enrol).not.toHaveBeenCalled();
  });

  it('without a code says so, and leaves what was typed', async () => {
    const readPhoto = vi.fn(async () => null);
    screen = await openApp('new', '', { readPhoto });
    await screen.sees('Soi mã vuông trên phiếu');
    await screen.type('ABCD');
    await take('12');
    await screen.sees('Không soi được mã vuông.');
    expect(readPhoto).toHaveBeenCalledTimes(2);
    expect(filled()).toEqual(['ABCD', '']);
  });
});

describe('a photo that was taken while the page was gone', () => {
  it('fills in the form', async () => {
    left.mockResolvedValue(new File([], '12'));
    const readPhoto = async ({ width }: { width: number }) => (width === 2 ? sheet : null);
    screen = await openApp('new', '#/enrol/photo', { readPhoto });
    await screen.sees(`Đã điền sẵn mã soi được, và địa chỉ này: ${sheet.server}`);
    expect(filled()).toEqual([sheet.code, sheet.server]);
  });

  it('and is not there any more is not read', async () => {
    left.mockRejectedValue(new Error('none'));
    screen = await openApp('new', '#/enrol/photo');
    await screen.sees('Không soi được mã vuông.');
    expect(filled()).toEqual(['', '']);
  });
});

describe('a link with a code', () => {
  const link = 'soban://enrol?server=https%3A%2F%2Fsoban.muongkhuong.example&code=K7QM-2XPA';
  const hash = (text: string) => `#/enrol/${encodeURIComponent(text)}`;

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
