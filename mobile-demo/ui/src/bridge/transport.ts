// The only way out of the page. On a desk a call is a POST to the page's own origin, with the
// token that stood in its address at start; in the Android shell it goes through the object that
// the shell put there.
import type { Bridge, BridgeFailure } from './contract';

/** `hostGone`: the program below the page does not answer at all. */
export type CallFailure = BridgeFailure | { kind: 'hostGone' };

export class BridgeError extends Error {
  constructor(readonly failure: CallFailure) {
    super(failure.kind);
  }
}

type Answer = { ok: unknown } | { error: BridgeFailure };
export type Call = (method: string, json: string) => Promise<Answer>;

declare global {
  interface Window {
    sobanHost?: { call(id: string, method: string, json: string): void };
    sobanAnswer?: (id: string, json: string) => void;
  }
}

const TOKEN = 'soban-token';

export function createBridge(call: Call): Bridge {
  const methods = {
    get: (_: object, method: string) => async (of?: object) => {
      const answer = await call(method, JSON.stringify(of ?? {}));
      if ('error' in answer) throw new BridgeError(answer.error);
      return answer.ok;
    },
  };
  return new Proxy({}, methods) as Bridge;
}

export function callDesk(token: string): Call {
  return async (method, json) => {
    try {
      const response = await fetch(`/bridge/${method}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Soban-Token': token },
        body: json,
      });
      return (await response.json()) as Answer;
    } catch {
      throw new BridgeError({ kind: 'hostGone' });
    }
  };
}

export function callHost(host: NonNullable<Window['sobanHost']>): Call {
  const waiting = new Map<string, (answer: Answer) => void>();
  let next = 0;
  window.sobanAnswer = (id, json) => {
    waiting.get(id)?.(JSON.parse(json) as Answer);
    waiting.delete(id);
  };
  return (method, json) =>
    new Promise((resolve, reject) => {
      const id = String((next += 1));
      waiting.set(id, resolve);
      try {
        host.call(id, method, json);
      } catch {
        waiting.delete(id);
        reject(new BridgeError({ kind: 'hostGone' }));
      }
    });
}

/** Takes the token out of the address, where a screenshot or a copied link would show it. */
export function takeToken(): string {
  const found = /^#token=([^&]+)$/.exec(location.hash)?.[1];
  if (found === undefined) return sessionStorage.getItem(TOKEN) ?? '';
  sessionStorage.setItem(TOKEN, found);
  history.replaceState(null, '', location.pathname + location.search);
  return found;
}

export function openBridge(): Bridge {
  return createBridge(window.sobanHost ? callHost(window.sobanHost) : callDesk(takeToken()));
}
