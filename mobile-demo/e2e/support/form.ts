// A person at a form: reads the question on the page and answers it, counting taps.
import { type Page, expect } from '@playwright/test';

/** By question: what is tapped, or what is typed. Questions that are not named are passed over. */
export type Answers = Record<string, { tap: string } | { type: string }>;

export class Person {
  taps = 0;

  constructor(readonly page: Page) {}

  async tap(name: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name }).or(this.page.getByRole('link', { name })).first().click();
    this.taps += 1;
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
        if (answer) await page.locator('[data-first]').fill(answer.type);
        await this.tap(/^(Tiếp|Bỏ qua)$/);
      }
      await expect.poll(() => this.question()).not.toBe(question);
    }
    throw new Error('the form asks for ever');
  }
}

export const GIFT: Answers = {
  'Bà con đóng góp gì?': { tap: 'Đất' },
  'Ai đóng góp: một người, một hộ, cả thôn hay tổ chức?': { tap: 'Cá nhân' },
  'Tên người, hộ hoặc tổ chức đóng góp là gì?': { type: 'Lục Thượng Cường' },
  'Hiến bao nhiêu mét vuông đất?': { type: '5200' },
};
