import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BridgeError, callDesk, callHost, createBridge, takeToken } from './transport';

beforeEach(() => {
  sessionStorage.clear();
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the token', () => {
  it('leaves the address and is kept for this window', () => {
    history.replaceState(null, '', '/#token=abc123');
    expect(takeToken()).toBe('abc123');
    expect(location.hash).toBe('');
    expect(takeToken()).toBe('abc123');
  });

  it('is not mistaken for a page', () => {
    history.replaceState(null, '', '/#/record/token=abc');
    expect(takeToken()).toBe('');
    expect(location.hash).toBe('#/record/token=abc');
  });
});

describe('a call on the desk', () => {
  it('posts to its own origin with the token', async () => {
    const fetched = vi.fn(async () => new Response('{"ok":7}'));
    vi.stubGlobal('fetch', fetched);
    const bridge = createBridge(callDesk('abc'));
    expect(await bridge.saveDraft({ id: null, form: 'meeting', body: 'x' })).toBe(7);
    const [address, request] = fetched.mock.calls[0] as unknown as [string, RequestInit];
    expect(address).toBe('/bridge/saveDraft');
    expect(request).toMatchObject({
      method: 'POST',
      body: '{"id":null,"form":"meeting","body":"x"}',
    });
    expect(new Headers(request.headers).get('X-Soban-Token')).toBe('abc');
  });

  it('sends an empty object where nothing is asked', async () => {
    const fetched = vi.fn(async () => new Response('{"ok":[]}'));
    vi.stubGlobal('fetch', fetched);
    await createBridge(callDesk('')).forms();
    expect((fetched.mock.calls[0] as unknown as [string, RequestInit])[1].body).toBe('{}');
  });

  it('throws what the bridge answers', async () => {
    vi.stubGlobal('fetch', async () => new Response('{"error":{"kind":"reasonNeeded"}}'));
    const failed = createBridge(callDesk('')).voidRecord({ record: 'x', openedAt: '', reason: '' });
    await expect(failed).rejects.toMatchObject({ failure: { kind: 'reasonNeeded' } });
  });

  it.each([
    ['nobody answers', async () => Promise.reject(new TypeError('fetch failed'))],
    ['the answer is no answer', async () => new Response('<html>', { status: 502 })],
  ])('says that the app is gone when %s', async (_, fetched) => {
    vi.stubGlobal('fetch', fetched);
    const failed = createBridge(callDesk('')).status();
    await expect(failed).rejects.toMatchObject({ failure: { kind: 'hostGone' } });
  });
});

describe('a call in the Android shell', () => {
  it('gives each answer to the call that asked, whatever their order', async () => {
    const asked: [string, string, string][] = [];
    const bridge = createBridge(callHost({ call: (...given) => void asked.push(given) }));
    const [form, check] = [bridge.form({ name: 'meeting' }), bridge.drafts()];
    await Promise.resolve();
    window.sobanAnswer?.(asked[1]?.[0] ?? '', '{"ok":["second"]}');
    window.sobanAnswer?.(asked[0]?.[0] ?? '', '{"ok":"first"}');
    expect([await form, await check]).toEqual(['first', ['second']]);
    expect(asked.map(([, method, json]) => [method, json])).toEqual([
      ['form', '{"name":"meeting"}'],
      ['drafts', '{}'],
    ]);
  });

  it('says that the app is gone when the shell throws', async () => {
    const host = {
      call: () => {
        throw new Error('detached');
      },
    };
    await expect(createBridge(callHost(host)).status()).rejects.toBeInstanceOf(BridgeError);
  });
});
