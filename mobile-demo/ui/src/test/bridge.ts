// The fake bridge itself: what a phone is and does, over a world in memory.
import { dateOf } from '../base/dates';
import type { Bridge, Draft, Status, SyncReport, SyncState } from '../bridge/contract';
import { Book, type World } from './book';
import { FakeFailure } from './failure';
import { decisions } from './decisions';
import { refused } from './world';

/** `new`: not enrolled. `quiet`: nothing unsent, nothing to read. `trouble`: all that can be wrong. */
export type Start = 'enrolled' | 'new' | 'quiet' | 'trouble' | 'moved' | 'running';

function reportOf(failure: SyncReport['failure'], sent: number, waiting: number): SyncReport {
  const [startedAt, endedAt] = [Date.now() - 9_000, Date.now() - 1_000];
  const counts = { sent, received: 4, refused: 0, waiting, requests: 1 };
  return { startedAt, endedAt, failure, ...counts, bytesUp: 4_180, bytesDown: 12_400 };
}

export function fakeBridge(start: Start): Bridge {
  const drafts = JSON.parse(sessionStorage.getItem('fake-drafts') ?? '[]') as Draft[];
  const world: World = {
    language: sessionStorage.getItem('fake-language') === 'en' ? 'en' : 'vi',
    contested: start === 'trouble',
    moved: start === 'moved',
    drop,
  };
  const book = new Book(world);
  const trouble = start === 'trouble';
  const told = decisions().map((one) => ({ ...one, read: one.read || start === 'quiet' }));
  let textSize = Number(sessionStorage.getItem('fake-size') ?? 100);
  let practice = false;
  let enrolled = start !== 'new';
  const state: SyncState = {
    running: start === 'running',
    sent: 2,
    toSend: 3,
    received: 4,
    nextAt: trouble ? Date.now() + 480_000 : null,
    last: trouble ? reportOf('cut', 2, 1) : null,
  };
  if (start === 'quiet') for (const record of book.held) record.unsent = false;

  function drop(draft: number | null): void {
    const at = drafts.findIndex((known) => known.id === draft);
    if (at >= 0) drafts.splice(at, 1);
    keepDrafts();
  }

  function keepDrafts(): void {
    sessionStorage.setItem('fake-drafts', JSON.stringify(drafts));
  }

  function status(): Status {
    const known = enrolled || practice;
    return {
      device: enrolled ? '0000000a' : null,
      orgUnit: enrolled ? 17 : null,
      unitName: known ? 'Chi bộ thôn Pạc Bo' : '',
      parentName: known ? 'Đảng bộ xã Bản Lầu' : '',
      holder: enrolled ? 'Lù Thị Mẩy' : '',
      packVersion: 1,
      unsent: book.unsent().length,
      oldestUnsentAt: book.unsent()[0]?.writtenAt ?? null,
      refused: trouble ? 1 : 0,
      contested: trouble ? 1 : 0,
      unread: told.filter((one) => !one.read).length,
      syncedAt: start === 'new' ? null : Date.parse('2012-04-21T17:40:00+07:00'),
      clockOffsetMs: 0,
      revoked: trouble,
      pending: false,
      setAside: trouble ? 'soban-2012-04-20.damaged' : null,
      practice,
      language: world.language,
      server: enrolled ? 'https://soban.muongkhuong.example' : '',
      appVersion: '0.1.0',
      today: dateOf(Date.now()),
    };
  }

  return {
    ...book.methods(),
    status: async () => status(),
    async enrol({ text }) {
      const right = text.toUpperCase() === 'K7QM-2XPA';
      if (!right) throw new FakeFailure({ kind: 'failed', failure: 'codeRefused' });
      enrolled = true;
      return status();
    },
    async readLink({ text }) {
      if (!text.startsWith('soban://enrol?')) return null;
      const said = new URL(text).searchParams;
      const [code, server] = [said.get('code'), said.get('server')];
      return code && server ? { code, server } : null;
    },
    async readPhoto({ width, height }) {
      const server = 'https://soban.muongkhuong.example';
      return width > 1 && height > 1 ? { code: 'K7QM-2XPA', server } : null;
    },
    async setLanguage({ language }) {
      world.language = language;
      sessionStorage.setItem('fake-language', language);
      return status();
    },
    preferences: async () => ({ textSize }),
    async setPreferences(of) {
      textSize = of.textSize;
      sessionStorage.setItem('fake-size', String(textSize));
      return of;
    },
    async setPractice({ on }) {
      practice = on;
      return status();
    },
    drafts: async () => [...drafts],
    async saveDraft({ id, form, body }) {
      drop(id);
      const number = id ?? Math.max(0, ...drafts.map((known) => known.id)) + 1;
      drafts.push({ id: number, form, body, savedAt: Date.now() });
      keepDrafts();
      return number;
    },
    async discardDraft({ id }) {
      drop(id);
      return null;
    },
    decisions: async ({ unread }) => told.filter((one) => !unread || !one.read),
    async markRead({ decision }) {
      for (const one of told) if (one.id === decision) one.read = true;
      return null;
    },
    refused: async () => (trouble ? refused() : []),
    async sync() {
      const sent = book.unsent();
      Object.assign(state, { running: true, sent: 0, toSend: sent.length, received: 0 });
      for (const record of sent) {
        await new Promise((done) => setTimeout(done, 300));
        record.unsent = false;
        state.sent += 1;
      }
      state.running = false;
      state.last = reportOf(null, sent.length, 0);
      return state.last;
    },
    syncState: async () => ({ ...state }),
    exportForSupport: async () => ({ name: 'soban-ho-tro-2012-04-23.json' }),
    share: async () => ({ name: 'Hien-dat-gop-cong-20120423-0912.html' }),
    async print() {
      globalThis.print();
      return null;
    },
  };
}
