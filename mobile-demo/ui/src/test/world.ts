// Invented records of one cell, as a phone would hold them on 23 April 2012.
import type { FieldView, Refused, Value, Values } from '../bridge/contract';

export const NOW = Date.parse('2012-04-23T09:12:00+07:00');
const at = (text: string) => Date.parse(`${text}+07:00`);

export interface Held {
  id: string;
  form: string;
  fields: Values;
  rows: Held[];
  voidedBecause: string | null;
  writtenAt: number;
  unsent: boolean;
}

export const PLACES: Record<string, string> = {
  '101': 'Thôn Pạc Bo',
  '102': 'Thôn Thủ Lùng',
  'w-1': 'Đường liên thôn Pạc Bo - Thủ Lùng',
  'w-2': 'Nhà văn hóa thôn Pạc Bo',
  'h-1': 'Hộ ông Lục Thượng Cường',
};

function held(
  id: string,
  form: string,
  writtenAt: string,
  fields: Values,
  rows: Held[] = [],
): Held {
  return { id, form, fields, rows, voidedBecause: null, writtenAt: at(writtenAt), unsent: false };
}

const attendance = { total_official: 14, total_probationary: 2, exempt: 1 };

function meeting(month: string, day: string): Held {
  const on = `2012-${month}-${day}`;
  return held(
    `m-${month}`,
    'meeting',
    `${on}T20:40:00`,
    {
      kind: 'regular',
      period_month: `2012-${month}`,
      held_on: on,
      started_at: '19:30',
      ended_at: '21:10',
      place: 'Nhà văn hóa thôn',
      chair: 'Giàng Seo Páo',
      note_taker: 'Lù Thị Mẩy',
      ...attendance,
      present: 13,
      absent_excused: 2,
      absent_unexcused: 0,
      conclusion: 'Vận động bà con hiến đất mở đường liên thôn; hoàn thành trước tháng 6.',
    },
    [
      held(`a-${month}-1`, 'agenda_item', `${on}T20:40:00`, {
        seq: 1,
        kind: 'study',
        topic: 'Tấm gương cần, kiệm, liêm, chính',
        summary: 'Học chuyên đề quý; liên hệ việc tiết kiệm trong ma chay, cưới xin.',
        minutes: 30,
      }),
      held(`a-${month}-2`, 'agenda_item', `${on}T20:41:00`, {
        seq: 2,
        kind: 'mobilisation',
        summary: 'Bàn việc mở rộng đường liên thôn Pạc Bo - Thủ Lùng.',
        minutes: 45,
        conclusion: 'Mỗi đảng viên vận động ba hộ.',
        votes_for: 13,
        votes_against: 0,
        votes_abstain: 0,
      }),
    ],
  );
}

export function records(): Held[] {
  const gift = held('g-1', 'contribution', '2012-04-12T17:20:00', {
    kind: 'land',
    donor_kind: 'household',
    donor_name: 'Lục Thượng Cường',
    village: '101',
    area_m2: 5200,
    area_source: 'self_declared',
    occurred_on: '2012-04-12',
    work: 'w-1',
    purpose: ['widening'],
    mobilised_by: 'Giàng Seo Páo',
    mobilised_by_role: 'secretary',
    land_type: 'upland_field',
    has_certificate: false,
    no_compensation: true,
    stage: 'minuted',
  });
  const days = held('g-2', 'contribution', '2012-04-20T18:05:00', {
    kind: 'labour_day',
    donor_kind: 'village',
    donor_name: 'Nhân dân thôn Pạc Bo',
    village: '101',
    labour_days: 865,
    occurred_on: '2012-04-20',
    work: 'w-1',
    stage: 'handed_over',
  });
  const cash = held('g-3', 'contribution', '2012-03-02T08:30:00', {
    kind: 'cash',
    donor_kind: 'individual',
    donor_name: 'Vàng Thị Dín',
    village: '101',
    amount_vnd: 500_000,
    occurred_on: '2012-03-02',
    work_name: 'Nhà văn hóa thôn Pạc Bo',
    stage: 'handed_over',
  });
  const wrong = held('g-4', 'contribution', '2012-02-10T08:30:00', {
    kind: 'trees',
    donor_kind: 'household',
    donor_name: 'Sùng Seo Lử',
    village: '102',
    goods_name: 'Mỡ',
    goods_qty: 4500,
    goods_unit: 'tree',
    occurred_on: '2012-02-10',
    stage: 'pledged',
  });
  wrong.voidedBecause = 'Ghi nhầm thôn, đã ghi lại ở sổ thôn Thủ Lùng';
  const works = [
    held('w-1', 'work', '2012-01-05T09:00:00', {
      kind: 'inter_village_road',
      name: PLACES['w-1'] ?? '',
      village: '101',
      status: 'under_way',
      length_m: 2400,
    }),
    held('w-2', 'work', '2012-01-05T09:05:00', {
      kind: 'culture_house',
      name: PLACES['w-2'] ?? '',
      village: '101',
      status: 'mobilising',
    }),
  ];
  const found = [
    days,
    gift,
    cash,
    wrong,
    meeting('03', '18'),
    meeting('02', '19'),
    meeting('01', '15'),
    ...works,
  ];
  for (const unsent of [days]) unsent.unsent = true;
  return found;
}

function told(name: string, label: string, text: string, value: Value): FieldView {
  return { name, label, section: null, text, words: null, value, contested: false };
}

export function refused(): Refused[] {
  return [
    {
      entry: '0000000a-31',
      problem: 'otherGeneration',
      writtenAt: at('2012-04-10T10:15:00'),
      records: [
        {
          form: 'contribution',
          formLabel: 'Hiến đất, góp công',
          changed: null,
          fields: [
            told('kind', 'Loại đóng góp', 'Ngày công', 'labour_day'),
            told('donor_name', 'Tên người đóng góp', 'Tẩn Lở Mẩy', 'Tẩn Lở Mẩy'),
            told('labour_days', 'Số ngày công', '12,5 công', '12,5'),
          ],
        },
      ],
    },
  ];
}
