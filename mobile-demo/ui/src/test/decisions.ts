// What two phones disagreed on, and what the district decided.
import type { Decision, Side } from '../bridge/contract';

const at = (text: string) => Date.parse(`${text}+07:00`);

const side = (
  entry: string,
  author: string,
  own: boolean,
  writtenAt: string,
  text: string,
): Side => ({
  entry,
  device: own ? '0000000a' : '0000000b',
  author,
  own,
  writtenAt: at(writtenAt),
  values: [{ label: 'Diện tích', text }],
});

export const sides = [
  side('e-1', 'Lù Thị Mẩy', true, '2012-04-12T17:20:00', '2.500 m²'),
  side('e-2', 'Bí thư Giàng Seo Páo', false, '2012-04-13T07:02:00', '5.200 m²'),
];

export function decisions(): Decision[] {
  return [
    {
      id: 'd-1',
      record: 'g-1',
      title: 'Đất hiến của ông Lục Thượng Cường',
      ruling: 'set',
      other: null,
      before: sides,
      after: [{ label: 'Diện tích', text: '5.200 m²' }],
      reason: 'Theo biên bản đo ngày 20/4 có chữ ký trưởng thôn.',
      person: 'Ban Tuyên giáo',
      decidedAt: at('2012-04-22T15:20:00'),
      own: true,
      read: false,
    },
    {
      id: 'd-ask',
      record: 'g-2',
      title: 'Ngày công của nhân dân thôn Pạc Bo',
      ruling: 'ask',
      other: null,
      before: sides,
      after: [],
      reason: '865 công hay 86,5 công?',
      person: 'Ban Tuyên giáo',
      decidedAt: at('2012-03-04T10:00:00'),
      own: true,
      read: true,
    },
    {
      id: 'd-void',
      record: 'g-4',
      title: 'Cây của hộ Sùng Seo Lử',
      ruling: 'void',
      other: null,
      before: [],
      after: [],
      reason: 'Đã có ở sổ thôn Thủ Lùng.',
      person: 'Ban Tuyên giáo',
      decidedAt: at('2012-03-03T10:00:00'),
      own: true,
      read: true,
    },
    {
      id: 'd-0',
      record: 'm-02',
      title: 'Họp chi bộ tháng 2/2012',
      ruling: 'keep',
      other: null,
      before: [],
      after: [],
      reason: null,
      person: 'Ban Tổ chức',
      decidedAt: at('2012-03-05T10:00:00'),
      own: true,
      read: true,
    },
  ];
}
