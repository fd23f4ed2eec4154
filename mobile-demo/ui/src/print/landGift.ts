// The minutes of a gift of land: "văn bản tặng cho quyền sử dụng đất". No binding form is known;
// this holds what such a paper must say (the donor and every co-user, the parcel, the area in
// figures and words, purpose and recipient, the declarations, the hand-over, the signatures). Numbers
// of identity cards and certificates are written by hand on the paper and never kept on the phone.
import { paperDate } from '../base/dates';
import type { RecordView, Status } from '../bridge/contract';
import type { Block, Content } from './document';
import { Known, paperTime } from './known';

export function landGift(record: RecordView, status: Status): Content {
  const known = new Known(record);
  const village = known.text('village') ?? '……………………';
  const on = known.kept('occurred_on');
  return {
    head: 'state',
    left: [village.toUpperCase()],
    place: `${village}, ${on ? paperDate(on) : 'ngày …… tháng …… năm ……'}`,
    title: 'VĂN BẢN TẶNG CHO QUYỀN SỬ DỤNG ĐẤT',
    under: '(Biên bản họp giữa đại diện thôn với người sử dụng đất về việc tặng cho)',
    blocks: [
      ...participants(known, status),
      ...donor(known),
      ...parcel(known),
      ...gift(known),
      ...declarations(known),
      ...ending(known),
    ],
    signatures: [
      [
        { who: 'Người tặng cho', note: '(ký, ghi rõ họ tên)' },
        { who: 'Người cùng sử dụng đất', note: '(từng người ký, ghi rõ họ tên)' },
      ],
      [
        { who: 'Trưởng thôn', note: '(ký, ghi rõ họ tên)' },
        { who: 'Bí thư chi bộ', note: '(ký, ghi rõ họ tên)' },
      ],
      [
        { who: 'Người sử dụng đất liền kề', note: '(ký, ghi rõ họ tên)' },
        { who: 'Xác nhận của UBND xã', note: '(ký, đóng dấu)' },
      ],
    ],
  };
}

function participants(known: Known, status: Status): Block[] {
  const mobiliser = known.text('mobilised_by');
  const role = known.text('mobilised_by_role');
  const on = known.kept('occurred_on');
  return [
    { is: 'heading', text: '1. Thời gian, thành phần' },
    {
      is: 'line',
      label: 'Lập lúc',
      text: `${paperTime(null)}, ${on ? paperDate(on) : 'ngày ……'}`,
    },
    { is: 'line', label: 'Trưởng thôn', text: null },
    { is: 'line', label: 'Bí thư chi bộ', text: secretary(known, status) },
    ...(mobiliser
      ? [
          {
            is: 'line',
            label: 'Người vận động',
            text: role ? `${mobiliser}, ${role}` : mobiliser,
          } as const,
        ]
      : []),
    { is: 'line', label: 'Người sử dụng đất liền kề', text: null },
    { is: 'line', label: 'Cán bộ xã', text: null },
    { is: 'line', label: 'Chi bộ ghi sổ', text: status.unitName || null },
  ];
}

/** Who mobilised, if as the secretary; else who holds the cell's phone, unless that is an office. */
function secretary(known: Known, status: Status): string | null {
  if (known.kept('mobilised_by_role') === 'secretary') return known.text('mobilised_by');
  return status.holder === '' || status.holder.startsWith('Bí thư') ? null : status.holder;
}

function donor(known: Known): Block[] {
  return [
    { is: 'heading', text: '2. Bên tặng cho' },
    known.line('Họ và tên (đúng như trên giấy chứng nhận)', 'donor_name'),
    { is: 'line', label: 'Số căn cước (chỉ ghi tay trên giấy)', text: null },
    known.line('Nơi ở', 'village'),
    { is: 'blank', label: 'Vợ, chồng và những người cùng sử dụng đất', lines: 3 },
  ];
}

function parcel(known: Known): Block[] {
  const certificate = known.truth('has_certificate');
  return [
    { is: 'heading', text: '3. Thửa đất' },
    known.line('Thửa đất số', 'parcel_no'),
    known.line('Tờ bản đồ số', 'map_sheet'),
    known.line('Địa chỉ thửa đất', 'village'),
    known.line('Loại đất', 'land_type'),
    {
      is: 'line',
      label: 'Giấy chứng nhận quyền sử dụng đất số',
      text: certificate === false ? 'chưa được cấp' : null,
    },
  ];
}

function gift(known: Known): Block[] {
  return [
    { is: 'heading', text: '4. Phần đất tặng cho' },
    known.line('Diện tích', 'area_m2'),
    { is: 'line', label: 'Bằng chữ', text: known.words('area_m2') },
    known.line('Nguồn diện tích', 'area_source'),
    known.line('Kích thước các cạnh', 'dimensions'),
    known.line('Diện tích còn lại của thửa đất', 'area_remaining_m2'),
    known.line('Cây, hoa màu, vật kiến trúc trên đất; ai thu dọn', 'trees_on_land'),
    { is: 'box', label: 'Sơ đồ phần đất tặng cho' },
    {
      is: 'line',
      label: 'Mục đích',
      text:
        [known.text('work') ?? known.text('work_name'), known.text('purpose')]
          .filter(Boolean)
          .join('; ') || null,
    },
    known.line('Bên nhận', 'recipient'),
  ];
}

function declarations(known: Known): Block[] {
  const said = (name: string) => (known.truth(name) === true ? '☒' : '☐');
  return [
    { is: 'heading', text: '5. Cam kết của bên tặng cho' },
    {
      is: 'text',
      text: `${said('no_compensation')} Việc tặng cho là tự nguyện; không yêu cầu bồi thường, hỗ trợ về đất và tài sản trên đất.`,
    },
    {
      is: 'text',
      text: `${said('no_dispute')} Đất không có tranh chấp, không thế chấp, không bị kê biên.`,
    },
    {
      is: 'text',
      text: `${said('co_users_agree')} Vợ, chồng và tất cả những người cùng sử dụng đất đều đồng ý và ký tên dưới đây.`,
    },
  ];
}

function ending(known: Known): Block[] {
  const handed = known.kept('handed_over_on');
  return [
    { is: 'heading', text: '6. Bàn giao và lưu giữ' },
    { is: 'line', label: 'Ngày bàn giao đất', text: handed ? paperDate(handed) : null },
    {
      is: 'text',
      text: 'Văn bản này lập thành …… bản có giá trị như nhau: bên tặng cho giữ …… bản, thôn giữ …… bản, UBND xã giữ …… bản. Đã đọc cho mọi người cùng nghe, công nhận đúng và ký tên.',
    },
  ];
}
