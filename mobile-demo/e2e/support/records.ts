// Records through the bridge, for tests whose subject is something else than filling in a form.
import type { Desk } from './desk';

export interface Gift {
  donor: string;
  area?: string;
  day?: string;
}

export async function writeGift(desk: Desk, gift: Gift, phone = 0): Promise<string> {
  const fields = {
    kind: 'land',
    donor_kind: 'individual',
    donor_name: gift.donor,
    village: '1034',
    area_m2: gift.area ?? '600',
    occurred_on: gift.day ?? '2026-11-12',
    stage: 'pledged',
  };
  const record = { form: 'contribution', fields, rows: [], confirmed: true, draft: null };
  return (await desk.call<{ record: string }>('save', record, phone)).record;
}

export async function writeMeeting(desk: Desk, month: string, day: string): Promise<string> {
  const counts = ['total_official', 'present'].map((name) => [name, 7] as const);
  const none = ['total_probationary', 'exempt', 'absent_excused', 'absent_unexcused'];
  const fields = {
    kind: 'regular',
    period_month: month,
    held_on: day,
    started_at: '19:30',
    ended_at: '21:00',
    place: 'nhà văn hóa thôn Pạc Bo',
    chair: 'Vàng Thị Mai',
    note_taker: 'Sùng Seo Páo',
    conclusion: 'Mỗi hộ góp hai ngày công làm đường liên thôn.',
    ...Object.fromEntries(counts),
    ...Object.fromEntries(none.map((name) => [name, 0])),
  };
  const item = (seq: number, kind: string, summary: string) => ({
    form: 'agenda_item',
    fields: { seq, kind, summary },
  });
  const rows = [
    item(1, 'current_affairs', 'Thông báo thời sự trong tháng.'),
    item(2, 'mobilisation', 'Vận động hiến đất làm đường liên thôn.'),
  ];
  const record = { form: 'meeting', fields, rows, confirmed: true, draft: null };
  return (await desk.call<{ record: string }>('save', record)).record;
}

export async function changeArea(desk: Desk, record: string, area: string, phone = 0): Promise<void> {
  const { state } = await desk.call<{ state: string }>('show', { record }, phone);
  const none = { rows: [], newRows: [], confirmed: true, draft: null };
  await desk.call('edit', { record, openedAt: state, fields: { area_m2: area }, ...none }, phone);
}
