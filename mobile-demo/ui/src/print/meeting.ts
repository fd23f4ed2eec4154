// The minutes of a cell's meeting, as the Party's papers are laid out.
import { monthName, paperDate } from '../base/dates';
import type { RecordView, Status } from '../bridge/contract';
import type { Block, Content } from './document';
import { Known, paperTime } from './known';

export function meetingMinutes(record: RecordView, status: Status): Content {
  const known = new Known(record);
  const month = known.kept('period_month');
  const on = known.kept('held_on');
  return {
    head: 'party',
    left: [status.parentName.toUpperCase(), status.unitName.toUpperCase()],
    place: on ? `……………, ${paperDate(on)}` : 'ngày …… tháng …… năm ……',
    title: 'BIÊN BẢN',
    under: `Sinh hoạt chi bộ${month ? ` ${monthName(month, 'vi')}` : ''} (${(known.text('kind') ?? 'thường kỳ').toLowerCase()})`,
    blocks: [...opening(known), ...people(known), ...agenda(record), ...closing(known)],
    signatures: [
      [
        { who: 'Thư ký', note: known.text('note_taker') ?? '(ký, ghi rõ họ tên)' },
        { who: 'Chủ trì', note: known.text('chair') ?? '(ký, ghi rõ họ tên)' },
      ],
    ],
  };
}

function opening(known: Known): Block[] {
  const on = known.kept('held_on');
  return [
    { is: 'heading', text: 'I. Thời gian, địa điểm, thành phần' },
    {
      is: 'line',
      label: 'Bắt đầu',
      text: `${paperTime(known.kept('started_at'))}, ${on ? paperDate(on) : 'ngày ……'}`,
    },
    known.line('Địa điểm', 'place'),
    known.line('Chủ trì', 'chair'),
    known.line('Thư ký', 'note_taker'),
    ...(known.text('guests') ? [known.line('Cấp trên dự', 'guests')] : []),
  ];
}

function people(known: Known): Block[] {
  const columns = [
    ['Đảng viên chính thức', 'total_official'],
    ['Đảng viên dự bị', 'total_probationary'],
    ['Miễn sinh hoạt', 'exempt'],
    ['Có mặt', 'present'],
    ['Vắng có lý do', 'absent_excused'],
    ['Vắng không lý do', 'absent_unexcused'],
  ] as const;
  return [
    {
      is: 'table',
      head: columns.map(([label]) => label),
      rows: [columns.map(([, name]) => known.count(name))],
    },
  ];
}

function agenda(record: RecordView): Block[] {
  const rows = record.rows.filter((row) => row.voidedBecause === null);
  return [
    { is: 'heading', text: 'II. Nội dung' },
    ...rows.flatMap((row, index) => item(new Known(row), index + 1)),
    ...(rows.length === 0 ? [{ is: 'blank', label: 'Nội dung buổi họp', lines: 8 } as const] : []),
  ];
}

function item(known: Known, number: number): Block[] {
  const title = [known.text('kind'), known.text('topic')].filter(Boolean).join(': ');
  const [votesFor, against, abstain] = ['votes_for', 'votes_against', 'votes_abstain'].map((name) =>
    known.count(name),
  );
  return [
    { is: 'line', label: `${number}. ${title}`, text: known.text('summary') },
    ...(known.text('conclusion') ? [known.line('Kết luận', 'conclusion')] : []),
    ...(votesFor
      ? [
          {
            is: 'text',
            text: `Biểu quyết: tán thành ${votesFor}; không tán thành ${against ?? '……'}; không có ý kiến ${abstain ?? '……'}.`,
          } as const,
        ]
      : []),
  ];
}

function closing(known: Known): Block[] {
  return [
    { is: 'heading', text: 'III. Kết luận của chủ trì' },
    known.text('conclusion')
      ? { is: 'text', text: known.text('conclusion') ?? '' }
      : { is: 'blank', label: 'Kết luận', lines: 4 },
    {
      is: 'text',
      text: `Buổi họp kết thúc lúc ${paperTime(known.kept('ended_at'))}. Biên bản đã đọc lại, mọi người nhất trí.`,
    },
  ];
}
