import { describe, expect, it } from 'vitest';
import type { Contest, RecordView, Status } from '../bridge/contract';
import { viewOf } from '../test/views';
import { sides } from '../test/decisions';
import { PLACES, records } from '../test/world';
import { type Block, hasPaper, paperOf } from './document';
import { paperTime } from './known';

const STATUS = {
  unitName: 'Chi bộ thôn Pạc Bo',
  parentName: 'Đảng bộ xã Bản Lầu',
  holder: 'Lù Thị Mẩy',
  practice: false,
} as Status;

function view(id: string, contests: Contest[] = []): RecordView {
  const held = records().find((record) => record.id === id);
  if (!held) throw new Error(id);
  return viewOf(held, 'vi', (value) => PLACES[value] ?? value, contests);
}

function line(blocks: Block[], label: string): string | null {
  const found = blocks.find((block) => block.is === 'line' && block.label.startsWith(label));
  if (found?.is !== 'line') throw new Error(label);
  return found.text;
}

describe('the minutes of a gift of land', () => {
  const paper = paperOf(view('g-1'), STATUS);
  const blocks = paper?.blocks ?? [];

  it('say the area in figures and in words', () => {
    expect(line(blocks, 'Diện tích')).toBe('5.200\u00a0m²');
    expect(line(blocks, 'Bằng chữ')).toBe('năm nghìn hai trăm mét vuông');
  });

  it('leave a dotted line for what the phone does not know or must not hold', () => {
    expect(line(blocks, 'Thửa đất số')).toBeNull();
    expect(line(blocks, 'Số căn cước')).toBeNull();
    expect(line(blocks, 'Giấy chứng nhận')).toBe('chưa được cấp');
  });

  it('mark only what the donor has declared', () => {
    const said = blocks.flatMap((block) => (block.is === 'text' ? [block.text] : []));
    expect(said.find((text) => text.includes('tự nguyện'))).toMatch(/^☒/);
    expect(said.find((text) => text.includes('tranh chấp'))).toMatch(/^☐/);
    expect(said.find((text) => text.includes('cùng sử dụng'))).toMatch(/^☐/);
  });

  it('have room for every co-user and for the commune to sign', () => {
    const who = paper?.signatures.flat().map((signature) => signature.who);
    expect(who).toContain('Người cùng sử dụng đất');
    expect(who).toContain('Xác nhận của UBND xã');
  });
});

describe('what is no fact', () => {
  const contest: Contest = { kind: 'values', policy: 'critical', fields: ['Diện tích'], sides };

  it('is printed with all that was written of it, and never in words', () => {
    const paper = paperOf(view('g-1', [contest]), STATUS);
    expect(line(paper?.blocks ?? [], 'Diện tích')).toBe('2.500 m² hoặc 5.200 m² (đang xem xét)');
    expect(line(paper?.blocks ?? [], 'Bằng chữ')).toBeNull();
    expect(paper?.contested).toBe(true);
  });

  it('is a paper of practice, which says so', () => {
    expect(paperOf(view('g-1'), { ...STATUS, practice: true })?.practice).toBe(true);
    expect(paperOf(view('g-1'), STATUS)?.practice).toBe(false);
  });
});

describe('the secretary on the paper', () => {
  const named = (record: RecordView, holder: string) =>
    line(paperOf(record, { ...STATUS, holder })?.blocks ?? [], 'Bí thư chi bộ');

  it('is who mobilised as the secretary, else who holds the phone', () => {
    expect(named(view('g-1'), 'Lù Thị Mẩy')).toBe('Giàng Seo Páo');
    const fields = view('g-1').fields.filter((field) => field.name !== 'mobilised_by_role');
    expect(named({ ...view('g-1'), fields }, 'Lù Thị Mẩy')).toBe('Lù Thị Mẩy');
    expect(named({ ...view('g-1'), fields }, 'Bí thư chi bộ thôn Pạc Bo')).toBeNull();
  });
});

describe('the minutes of a meeting', () => {
  const blocks = paperOf(view('m-03'), STATUS)?.blocks ?? [];

  it('count who was there', () => {
    const table = blocks.find((block) => block.is === 'table');
    expect(table?.is === 'table' && table.rows).toEqual([['14', '2', '1', '13', '2', '0']]);
  });

  it('list what was discussed, with the votes', () => {
    expect(line(blocks, '2. Vận động')).toContain('mở rộng đường');
    const votes = blocks.find(
      (block) => block.is === 'text' && block.text.startsWith('Biểu quyết'),
    );
    expect(votes?.is === 'text' && votes.text).toContain('tán thành 13;');
  });
});

it('only meetings and land that stand in the book have a paper', () => {
  expect(['g-1', 'm-03', 'g-2', 'g-4', 'w-1'].map((id) => hasPaper(view(id)))).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

it('a time that is not known is left to the pen', () => {
  expect(paperTime('19:30')).toBe('19 giờ 30');
  expect(paperTime(null)).toContain('……');
});
