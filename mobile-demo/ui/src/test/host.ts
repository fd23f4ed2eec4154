// A host for the screens without the app: the bridge over invented records, reached the way the
// Android shell is reached. For tests and for whoever works on the screens; never in the build.
import type { Bridge } from '../bridge/contract';
import { fakeBridge, type Start } from './bridge';
import { FakeFailure } from './failure';

export function installFakeHost(start: string, overrides: Partial<Bridge> = {}): Bridge {
  const bridge: Bridge = { ...fakeBridge(start as Start), ...overrides };
  window.sobanHost = {
    call(id, method, json) {
      void answer(bridge, method, json).then((text) => window.sobanAnswer?.(id, text));
    },
  };
  return bridge;
}

async function answer(bridge: Bridge, method: string, json: string): Promise<string> {
  try {
    const called = bridge[method as keyof Bridge] as (of: unknown) => Promise<unknown>;
    return JSON.stringify({ ok: await called(JSON.parse(json)) });
  } catch (error) {
    if (error instanceof FakeFailure) return JSON.stringify({ error: error.failure });
    console.error(error);
    return JSON.stringify({ error: { kind: 'internal', detail: String(error) } });
  }
}
