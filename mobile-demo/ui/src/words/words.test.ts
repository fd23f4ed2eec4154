import { describe, expect, it } from 'vitest';
import { BridgeError } from '../bridge/transport';
import { catalogue } from './catalogue';
import { failing } from './failing';
import { phone } from './phone';
import { reading } from './reading';
import { errorKey, word } from './words';
import { writing } from './writing';

const SAMPLES: [number | string, string] = ['3', '5'];
const NAMES = ['appName'];

function texts(language: 'vi' | 'en'): [string, string][] {
  return Object.entries(catalogue).map(([key, pair]) => {
    const entry: unknown = pair[language];
    return [key, typeof entry === 'function' ? String(entry(...SAMPLES)) : String(entry)];
  });
}

describe('the catalogue', () => {
  it('has every key once', () => {
    const keys = [phone, writing, reading, failing].flatMap((part) => Object.keys(part));
    expect(Object.keys(catalogue)).toHaveLength(keys.length);
  });

  it('says something for every key in both languages', () => {
    for (const [key, text] of [...texts('vi'), ...texts('en')])
      expect(text.trim(), key).not.toBe('');
  });

  it('lets no English into Vietnamese', () => {
    const english =
      /\b(the|and|of|is|was|save|send|sync|code|phone|error|record|server|online|offline|ok)\b/i;
    for (const [key, text] of texts('vi')) expect(text, key).not.toMatch(english);
  });

  it('lets no Vietnamese into English', () => {
    const vietnamese = /[ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]/i;
    for (const [key, text] of texts('en'))
      if (!NAMES.includes(key)) expect(text, key).not.toMatch(vietnamese);
  });

  it('is written in composed letters', () => {
    for (const [key, text] of texts('vi')) expect(text, key).toBe(text.normalize('NFC'));
  });

  it('puts what is given into the sentence', () => {
    expect(word('vi', 'unsent', 3)).toBe('3 việc chưa gửi');
    expect(word('en', 'unsent', 1)).toBe('1 entry not sent');
    expect(word('en', 'unsent', 3)).toBe('3 entries not sent');
  });
});

it('every failure of the bridge has plain words', () => {
  expect(errorKey(new BridgeError({ kind: 'hostGone' }))).toBe('errHostGone');
  expect(errorKey(new BridgeError({ kind: 'failed', failure: 'codeRefused' }))).toBe(
    'failCodeRefused',
  );
  expect(errorKey(new BridgeError({ kind: 'inUse' }))).toBe('errInUse');
  expect(errorKey(new TypeError('x'))).toBe('errInternal');
});

it('a failure that this version does not know is still told', () => {
  expect(errorKey(new BridgeError({ kind: 'failed', failure: 'comet' as 'cut' }))).toBe(
    'errInternal',
  );
  expect(errorKey(new BridgeError({ kind: 'comet' as 'file' }))).toBe('errInternal');
});
