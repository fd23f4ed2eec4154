// What most tests begin with: a district, and a desk whose phones are enrolled in the cell of Pạc Bo.
import { test as base } from '@playwright/test';
import { standingAt } from './clock';
import { Desk, type DeskOptions } from './desk';
import { District } from './district';
import { temporary } from './place';

export const HOLDERS = ['bà Vàng Thị Mai', 'ông Sùng Seo Páo'];

export interface Stage {
  folder: string;
  district: District;
  desk: (options?: DeskOptions) => Promise<Desk>;
  enrolled: (options?: DeskOptions) => Promise<Desk>;
}

interface Setting {
  stage: Stage;
  /** An instant that it always is, for phones and district; empty for the machine's own clock. */
  at: string;
}

export const test = base.extend<Setting>({
  at: ['', { option: true }],
  stage: async ({ at }, use) => {
    const { path, remove } = temporary();
    const clock = at === '' ? {} : standingAt(at);
    const district = await District.empty(`${path}/district`, clock).start();
    const desks: Desk[] = [];
    const desk = async (options: DeskOptions = {}) => {
      const made = await new Desk(`${path}/desk`, { clock, ...options }).start();
      desks.push(made);
      return made;
    };
    const enrolled = async (options: DeskOptions = {}) => {
      const made = await desk(options);
      for (const [phone] of made.addresses.entries()) {
        const text = district.invite(HOLDERS[phone] ?? '');
        await made.call('enrol', { text, server: null }, phone);
      }
      return made;
    };
    await use({ folder: path, district, desk, enrolled });
    for (const made of desks) await made.kill();
    await district.stop();
    remove();
  },
});

export { expect } from '@playwright/test';
