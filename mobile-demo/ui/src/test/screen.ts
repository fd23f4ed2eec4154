// The whole app in a test: mounted over the fake host, tapped and typed into as a person would.
import { afterEach, beforeEach, vi } from 'vitest';
import type { Bridge } from '../bridge/contract';
import { installFakeHost } from './host';
import { NOW } from './world';

export interface Screen {
  /** How often something was tapped. */
  taps: number;
  bridge: Bridge;
  tap(text: string | RegExp): Promise<void>;
  type(text: string): Promise<void>;
  sees(text: string | RegExp): Promise<void>;
  text(): string;
  /** Ends the app as if it had been killed. */
  kill(): void;
}

let opened: Screen | null = null;

/** For a file of flows: nothing is left of the one before, and the app ends with its test. */
export function flows(): void {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
    sessionStorage.clear();
  });
  afterEach(() => {
    opened?.kill();
    opened = null;
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
}

const WAIT = { timeout: 3000, interval: 10 };

export async function openApp(
  start = 'enrolled',
  hash = '',
  overrides: Partial<Bridge> = {},
): Promise<Screen> {
  vi.resetModules();
  vi.setSystemTime(NOW);
  vi.stubGlobal('scrollTo', () => undefined);
  history.replaceState(null, '', `/${hash}`);
  const listening = vi.spyOn(globalThis, 'addEventListener');
  const bridge = installFakeHost(start, overrides);
  const [{ mount, unmount }, { default: Root }] = await Promise.all([
    import('svelte'),
    import('../Root.svelte'),
  ]);
  document.body.innerHTML = '<div id="app"></div>';
  const app = mount(Root, { target: document.getElementById('app') ?? document.body });
  const screen: Screen = {
    taps: 0,
    bridge,
    text: () => document.body.textContent?.replace(/\s+/g, ' ') ?? '',
    async sees(text) {
      await vi.waitFor(() => {
        const found =
          typeof text === 'string' ? screen.text().includes(text) : text.test(screen.text());
        if (!found) throw new Error(`“${text}” is not on: ${screen.text()}`);
      }, WAIT);
    },
    async tap(text) {
      const button = await vi.waitFor(() => findButton(text), WAIT);
      screen.taps += 1;
      button.click();
      await settle();
    },
    async type(text) {
      const input = await vi.waitFor(() => findInput(), WAIT);
      input.value = text;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      await settle();
    },
    kill() {
      for (const [name, listener] of listening.mock.calls) {
        if (name === 'popstate') removeEventListener(name, listener);
      }
      listening.mockRestore();
      void unmount(app);
    },
  };
  opened = screen;
  await vi.waitFor(() => {
    if (document.querySelector('main') === null) throw new Error('nothing is shown');
  }, WAIT);
  return screen;
}

function findButton(text: string | RegExp): HTMLElement {
  const all = [...document.querySelectorAll<HTMLElement>('button, a, summary')];
  const said = (element: HTMLElement) =>
    `${element.getAttribute('aria-label') ?? ''} ${element.textContent ?? ''}`
      .replace(/\s+/g, ' ')
      .trim();
  const found = all.find((element) =>
    typeof text === 'string' ? said(element).startsWith(text) : text.test(said(element)),
  );
  if (!found) throw new Error(`no “${text}” among: ${all.map(said).join(' | ')}`);
  return found;
}

function findInput(): HTMLInputElement {
  const found = document.querySelector<HTMLInputElement>(
    '[data-first], main input:not([type=file]), main textarea',
  );
  if (!found) throw new Error(`nothing to type into on: ${document.body.textContent ?? ''}`);
  return found;
}

/** Lets the page's history and the answers of the host arrive. */
async function settle(): Promise<void> {
  await new Promise((done) => setTimeout(done, 15));
}
