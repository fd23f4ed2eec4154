import { describe, expect, it } from 'vitest';
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
