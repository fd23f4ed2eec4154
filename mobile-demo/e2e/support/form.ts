// A person at a form: reads the question on the page and answers it, counting taps.
import { type Page, expect } from '@playwright/test';

/** By question: what is tapped, or what is typed. Questions that are not named are passed over. */
export type Answers = Record<string, { tap: string } | { type: string }>;

export class Person {
  taps = 0;

  constructor(readonly page: Page) {}

  /** Presses what has that name. */
  async tap(name: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name }).or(this.page.getByRole('link', { name })).first().click();
    this.taps += 1;
  }

  /** Answers in words what the page asks. */
  async write(text: string): Promise<void> {
    await this.page.locator('[data-first]').fill(text);
  }

  /** What the page asks; empty where it asks nothing. */
  question(): Promise<string> {
    return this.page.evaluate(() => document.querySelector('#question')?.textContent?.trim() ?? '');
  }

  /** Answers questions until a page comes that asks none. */
  async answer(answers: Answers): Promise<void> {
    const { page } = this;
    for (let asked = 0; asked < 60; asked += 1) {
      await expect(page.locator('main h1')).toBeVisible();
      const question = await this.question();
      if (question === '') return;
      const answer = answers[question];
      if (answer && 'tap' in answer) {
        await this.tap(answer.tap);
      } else {
        if (answer) await this.write(answer.type);
        await this.tap(/^(Tiếp|Bỏ qua)$/);
      }
      await expect.poll(() => this.question()).not.toBe(question);
    }
    throw new Error('the form asks for ever');
  }
}

/** The same person with a keyboard and nothing else. */
export class Typist extends Person {
  /** Goes from where the focus is to what begins with that name. */
  override async tap(name: string | RegExp): Promise<void> {
    const { page } = this;
    const sought = typeof name === 'string' ? new RegExp(`^${name}`) : name;
    for (let tries = 0; tries < 80; tries += 1) {
      const here = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || !element.matches('a[href], button, summary')) return '';
        const labelled = element.getAttribute('aria-label') ?? element.textContent;
        return labelled.replace(/\s+/g, ' ').trim();
      });
      if (here !== '' && sought.test(here)) return page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
    }
    throw new Error(`the keyboard never reaches ${name}`);
  }

  /** The page has put the focus there, or the keyboard goes there. */
  override async write(text: string): Promise<void> {
    const { page } = this;
    for (let tries = 0; tries < 20; tries += 1) {
      const there = await page.evaluate(() => document.activeElement?.matches('input, textarea') ?? false);
      if (there) {
        await page.keyboard.press('Control+A');
        return page.keyboard.type(text);
      }
      await page.keyboard.press('Tab');
    }
    throw new Error('the keyboard never reaches a field');
  }
}

export const GIFT: Answers = {
  'Bà con đóng góp gì?': { tap: 'Đất' },
  'Ai đóng góp: một người, một hộ, cả thôn hay tổ chức?': { tap: 'Cá nhân' },
  'Tên người, hộ hoặc tổ chức đóng góp là gì?': { type: 'Lục Thượng Cường' },
  'Hiến bao nhiêu mét vuông đất?': { type: '5200' },
};

export const MEETING: Answers = {
  'Đây là buổi sinh hoạt nào?': { tap: 'Thường kỳ' },
  'Ai chủ trì buổi họp?': { type: 'Vàng Thị Mai' },
  'Ai ghi biên bản?': { type: 'Sùng Seo Páo' },
  'Chi bộ có bao nhiêu đảng viên chính thức?': { type: '7' },
  'Chi bộ có bao nhiêu đảng viên dự bị?': { type: '0' },
  'Bao nhiêu đảng viên được miễn sinh hoạt?': { type: '0' },
  'Bao nhiêu đảng viên có mặt?': { type: '6' },
  'Bao nhiêu đảng viên vắng có lý do?': { type: '1' },
  'Bao nhiêu đảng viên vắng không lý do?': { type: '0' },
};

/** One thing that a meeting discussed. */
export const topic = (summary: string): Answers => ({
  'Mục này bàn về việc gì?': { tap: 'Nhiệm vụ tháng tới' },
  'Nội dung chính của mục này là gì?': { type: summary },
});
