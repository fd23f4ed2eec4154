// The way to every screen.
import { drawn, form, hash, photo, scan } from './steps.mjs';

const gift = [0, 1, { type: 'Lục Thượng Cường' }, 'next', { type: '5200' }];
const giftDone = [...gift, 'next', 0, 0];
const meeting = [{ click: '.option:has(b)' }];

export const screens = [
  { name: 'enrol', start: 'new' },
  {
    name: 'enrol-refused',
    start: 'new',
    walk: async (page) => {
      await page.locator('#code').fill('AAAA-BBBB');
      await page.locator('footer .button').click();
    },
  },
  {
    name: 'enrol-link',
    start: 'new',
    walk: hash(
      `#/enrol/${encodeURIComponent('soban://enrol?server=https%3A%2F%2Fsoban.muongkhuong.example&code=K7QM-2XPA')}`,
    ),
  },
  { name: 'enrol-scanned', start: 'new', walk: scan(photo) },
  { name: 'enrol-unscanned', start: 'new', walk: scan('') },
  { name: 'enrol-again', walk: hash('#/enrol/soban') },
  { name: 'home' },
  { name: 'home-trouble', start: 'trouble' },
  {
    name: 'home-void',
    walk: async (page) => {
      await hash('#/void/g-1')(page);
      await page.locator('textarea').fill('Ghi trùng với bản ghi hôm trước');
      await drawn(page);
      await hash('#/')(page);
    },
  },
  {
    name: 'home-draft',
    walk: async (page) => {
      await form('contribution', ...gift)(page);
      await hash('#/')(page);
    },
  },
  { name: 'home-quiet', start: 'quiet' },
  { name: 'more', walk: hash('#/more') },
  { name: 'form-choice', walk: form('contribution') },
  { name: 'form-text', walk: form('contribution', 0, 1, { type: 'Lục Thượng Cường' }) },
  { name: 'form-number', walk: form('contribution', ...gift) },
  {
    name: 'form-sao',
    walk: form(
      'contribution',
      ...gift.slice(0, 4),
      { type: '3' },
      { click: '.units .button:nth-child(2)' },
    ),
  },
  { name: 'form-pick', walk: form('contribution', ...giftDone.slice(0, -1)) },
  { name: 'form-review', walk: form('contribution', ...giftDone) },
  {
    name: 'form-blocked',
    walk: async (page) => {
      await form('contribution', 0)(page);
      await hash('#/new/contribution/review')(page);
      await page.locator('footer .button.main').click();
    },
  },
  { name: 'form-saved', walk: form('contribution', ...giftDone, 'next') },
  { name: 'form-meeting', walk: form('meeting') },
  { name: 'form-like-last', walk: form('meeting', ...meeting) },
  { name: 'form-date', walk: hash('#/new/meeting/ask.held_on') },
  { name: 'form-month', walk: hash('#/new/meeting/ask.period_month') },
  { name: 'form-time', walk: hash('#/new/meeting/walk.started_at') },
  { name: 'form-long', walk: hash('#/new/meeting/walk.conclusion') },
  { name: 'form-choices', walk: hash('#/new/contribution/walk.purpose') },
  { name: 'form-yes-no', walk: hash('#/new/contribution/walk.consent_publication') },
  {
    name: 'form-asks-again',
    walk: form(
      'contribution',
      0,
      1,
      { type: 'Lục Thượng Cường' },
      'next',
      { type: '52000' },
      'next',
      0,
      0,
      'next',
    ),
  },
  {
    name: 'form-rows',
    walk: async (page) => {
      await hash('#/new/meeting/rows.agenda_item')(page);
      await page.locator('.add').click();
      await drawn(page);
      await page.locator('.option').nth(1).click();
      await drawn(page);
      await page
        .locator('[data-first]')
        .fill('Thông báo tình hình rét đậm, phòng chống đói rét cho trâu bò.');
      await page.locator('footer .button.main').click();
    },
  },
  {
    name: 'form-row-kind',
    walk: async (page) => {
      await hash('#/new/meeting/rows.agenda_item')(page);
      await page.locator('.add').click();
    },
  },
  { name: 'edit', walk: hash('#/edit/g-1') },
  {
    name: 'edit-moved',
    start: 'moved',
    walk: async (page) => {
      await hash('#/edit/g-1/walk.area_m2')(page);
      await page.locator('[data-first]').fill('5100');
      await page.locator('footer .button.main').click();
      await drawn(page);
      await page.locator('footer .button.main').click();
    },
  },
  { name: 'year', walk: hash('#/year') },
  {
    name: 'year-sums',
    walk: async (page) => {
      await hash('#/year')(page);
      await page.locator('summary').click();
    },
  },
  { name: 'list', walk: hash('#/list/work') },
  {
    name: 'year-search',
    walk: async (page) => {
      await hash('#/year')(page);
      await page.locator('input[type=search]').fill('luc thuong');
    },
  },
  { name: 'needs', start: 'trouble', walk: hash('#/needs') },
  { name: 'needs-none', start: 'quiet', walk: hash('#/needs') },
  { name: 'decision', walk: hash('#/decision/d-1') },
  { name: 'record', walk: hash('#/record/g-1') },
  {
    name: 'record-contested',
    start: 'trouble',
    walk: async (page) => {
      await hash('#/record/g-1')(page);
      await page.locator('summary').click();
    },
  },
  { name: 'record-void', walk: hash('#/record/g-4') },
  { name: 'record-meeting', walk: hash('#/record/m-03') },
  { name: 'void', walk: hash('#/void/g-1') },
  { name: 'sync', walk: hash('#/sync') },
  { name: 'sync-running', start: 'running', walk: hash('#/sync') },
  { name: 'sync-failed', start: 'trouble', walk: hash('#/sync') },
  { name: 'settings', walk: hash('#/settings') },
  {
    name: 'practice',
    walk: async (page) => {
      await hash('#/settings')(page);
      await page.locator('section:nth-of-type(3) button').click();
    },
  },
  { name: 'paper-land', walk: hash('#/paper/g-1') },
  { name: 'paper-contested', start: 'trouble', walk: hash('#/paper/g-1') },
  {
    name: 'paper-practice',
    walk: async (page) => {
      await hash('#/settings')(page);
      await page.locator('section:nth-of-type(3) button').click();
      await hash('#/paper/g-1')(page);
    },
  },
  { name: 'paper-meeting', walk: hash('#/paper/m-03') },
  { name: 'form-money', walk: hash('#/new/contribution/walk.amount_vnd') },
  {
    name: 'form-row',
    walk: async (page) => {
      await hash('#/new/meeting/rows.agenda_item')(page);
      await page.locator('.add').click();
      await drawn(page);
      await page.locator('.option').nth(1).click();
      await drawn(page);
      await hash('#/new/meeting/row.0')(page);
    },
  },
  { name: 'home-pending', start: 'pending' },
  { name: 'home-clock', start: 'clock' },
  { name: 'broken', start: 'broken' },
  { name: 'settings-new', start: 'new', walk: hash('#/settings') },
  { name: 'needs-rulings', start: 'rulings', walk: hash('#/needs') },
  ...['void', 'keep', 'same', 'distinct', 'split', 'ask'].map((ruling) => ({
    name: `decision-${ruling}`,
    start: 'rulings',
    walk: hash(`#/decision/d-${ruling}`),
  })),
  {
    name: 'refused-again',
    start: 'trouble',
    walk: async (page) => {
      await hash('#/needs')(page);
      await page.locator('article button').first().click();
    },
  },
  {
    name: 'year-search-none',
    walk: async (page) => {
      await hash('#/year')(page);
      await page.locator('input[type=search]').fill('khong co ai');
    },
  },
  { name: 'year-empty', walk: hash('#/year/2009') },
  {
    name: 'sync-done',
    walk: async (page) => {
      await hash('#/sync')(page);
      await page.locator('footer .button.main').click();
      await page.locator('.notice.leaf').waitFor();
    },
  },
  {
    name: 'home-practice',
    walk: async (page) => {
      await hash('#/settings')(page);
      await page.locator('section:nth-of-type(3) button').click();
      await hash('#/')(page);
    },
  },
];
