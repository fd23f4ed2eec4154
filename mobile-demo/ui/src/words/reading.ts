// Words for what stands in the book: lists, the year, a record, what needs its holder, papers.
import { both } from './both';

export const reading = {
  // What the book holds
  inTheBook: both('Xem những gì đã ghi', 'What is in the book'),
  notOfAYear: both('Không theo năm', 'Not of one year'),
  writeOne: both('Ghi thêm', 'Write one'),
  listEmpty: both('Chưa ghi lần nào.', 'Nothing was written yet.'),

  // The year's book
  yearTitle: both(
    (a: string) => `Sổ năm ${a}`,
    (a) => `Book of ${a}`,
  ),
  everything: both('Tất cả', 'All'),
  noDate: both('Không ghi ngày', 'Without a date'),
  showMore: both('Xem thêm', 'Show more'),
  yearEmpty: both('Năm này chưa ghi gì.', 'Nothing was written in this year.'),
  yearSums: both('Các tháng và số cộng cả năm', 'Months and sums of the year'),
  recorded: both('đã ghi', 'written'),
  notRecorded: both('chưa ghi', 'not written'),
  notDue: both('không phải ghi', 'not due'),
  isUnsent: both('chưa gửi', 'not sent'),
  isVoided: both('đã hủy', 'void'),
  isContested: both('đang xem xét', 'under review'),

  // A record
  edit: both('Sửa', 'Change'),
  history: both('Ai ghi, khi nào', 'Who wrote, and when'),
  voidDo: both('Hủy bản ghi này', 'Void this record'),
  voidTitle: both('Hủy bản ghi', 'Void the record'),
  voidAsk: both('Vì sao phải hủy?', 'Why must it be void?'),
  voidHelp: both(
    'Bản ghi vẫn còn trong sổ, có gạch và lý do. Không tính vào báo cáo nữa.',
    'It stays in the book, struck through and with its reason. Reports no longer count it.',
  ),
  voidReasonNeeded: both('Phải ghi lý do thì mới hủy được.', 'A reason is needed.'),
  voidMoved: both(
    'Bản ghi vừa đổi. Xem lại rồi hãy hủy.',
    'The record has just changed. Look once more before it is void.',
  ),
  voidAnyway: both('Vẫn hủy bản ghi này', 'Void it all the same'),
  voidedBecause: both(
    (a: string) => `Đã hủy: ${a}`,
    (a) => `Void: ${a}`,
  ),
  wroteFirst: both('Ghi lần đầu', 'First written'),
  saw: both('đang thấy', 'saw'),
  onThisPhone: both('máy này', 'this phone'),
  anotherPhone: both('máy khác', 'another phone'),
  unseenHelp: both(
    'Khi ghi chưa thấy điều máy khác đã ghi',
    'Written without having seen the other phone',
  ),
  contestTitle: both('Hai máy ghi khác nhau', 'Two phones wrote differently'),
  contestVoid: both('Một máy hủy, máy kia sửa', 'One phone voided what the other changed'),
  contestChanged: both('Sửa sau khi đã có quyết định', 'Changed after it was decided'),
  contestQuiet: both('Sửa lại cho đúng là xong.', 'Change it to what is right, and it is settled.'),
  contestReview: both('Huyện đang xem xét.', 'The district is looking at it.'),
  contestCritical: both(
    'Huyện đang xem xét. Chưa tính vào báo cáo.',
    'The district is looking at it. Reports do not count it yet.',
  ),
  writtenBy: both(
    (a: string, b: string) => `${a} · ${b}`,
    (a, b) => `${a} · ${b}`,
  ),

  // Needs you
  needsTitle: both('Cần xem', 'To read'),
  needsNone: both('Không có việc gì cần xem.', 'There is nothing to read.'),
  needsDecisions: both('Huyện đã quyết định', 'Decided by the district'),
  needsContested: both('Đang xem xét', 'Under review'),
  needsRefused: both('Huyện chưa nhận', 'Not taken by the district'),
  needsRead: both('Đã xem', 'Read'),
  ownWrote: both('Máy này đã ghi', 'This phone wrote'),
  otherWrote: both('Máy khác ghi', 'Another phone wrote'),
  personWrote: both(
    (a: string) => `${a} ghi`,
    (a) => `${a} wrote`,
  ),
  nowIs: both('Nay là', 'Now it is'),
  shownIs: both('Sổ đang ghi', 'The book shows'),
  reason: both('Lý do', 'Reason'),
  noReason: both('Không ghi lý do', 'No reason given'),
  understood: both('Đã rõ', 'Understood'),
  disagreeEdit: both('Chưa đúng, tôi sửa', 'Not right, change it'),
  disagreeAnew: both('Ghi lại thành bản mới', 'Write it anew'),
  disagreeHelp: both(
    'Nếu thấy chưa đúng thì sửa bản ghi rồi gửi; huyện sẽ thấy điều mới ghi.',
    'If it is not right, change the record and send it; the district will see what you wrote.',
  ),
  disagreeVoidHelp: both(
    'Bản ghi đã hủy thì không sửa được. Nếu việc đó có thật thì ghi lại thành bản mới.',
    'A void record cannot be changed. If it did happen, write it anew.',
  ),
  askedWhat: both('Huyện hỏi', 'The district asks'),
  answerByEdit: both('Sửa bản ghi để trả lời', 'Answer by changing it'),
  answerHelp: both(
    'Trả lời bằng cách sửa bản ghi cho đúng rồi gửi, hoặc gọi cho huyện. Bấm “Đã rõ” khi đã trả lời xong.',
    'Answer by changing the record to what is right and sending it, or call the district. Press “Understood” once it is answered.',
  ),
  rulingSet: both('Huyện đã chọn', 'The district has chosen'),
  rulingVoid: both('Huyện đã hủy bản ghi này', 'The district has voided this record'),
  rulingKeep: both('Huyện giữ bản ghi này', 'The district keeps this record'),
  rulingSame: both(
    'Huyện thấy hai bản ghi là một việc',
    'The district sees both records as one thing',
  ),
  rulingDistinct: both(
    'Huyện thấy đây là hai việc khác nhau',
    'The district sees two different things',
  ),
  rulingSplit: both('Huyện đã tách thành hai việc', 'The district has split this into two'),
  rulingAsk: both('Huyện hỏi lại', 'The district asks you'),
  refusedSaid: both('Bản ghi đó nói', 'What it said'),
  refusedAgain: both('Ghi lại', 'Write it again'),
  refusedKept: both(
    'Bản này chỉ còn để đọc. Nếu vẫn đúng thì ghi lại một lần nữa.',
    'It is kept to be read. If it is still right, write it once more.',
  ),
  refusedWaits: both(
    'Bản này vẫn còn nguyên trong máy, không cần ghi lại.',
    'It is whole on this phone; there is no need to write it again.',
  ),
  refusedMalformed: both(
    'Máy của huyện không đọc được bản ghi này.',
    "The district's computer could not read it.",
  ),
  refusedNoGrant: both(
    'Máy này không được ghi cho chi bộ đó.',
    'This phone may not write for that cell.',
  ),
  refusedOtherGeneration: both(
    'Huyện đã lập lại cuốn sổ này sau khi bản đó được ghi.',
    'The district has begun this book anew since it was written.',
  ),
  refusedQuarantined: both(
    'Huyện đang giữ riêng để xem xét.',
    'The district keeps it aside to look at it.',
  ),
  refusedSealed: both(
    'Máy này đã bị thu hồi. Huyện giữ bản này riêng, chờ cán bộ xem.',
    'This phone has been withdrawn. The district keeps it sealed until staff look at it.',
  ),
  refusedDamaged: both('Bản ghi bị hỏng trong máy này.', 'It was damaged on this phone.'),
  refusedFull: both(
    'Huyện hết chỗ cho máy này. Báo cho huyện biết.',
    'The district has no more room for this phone. Tell the district.',
  ),
  refusedOther: both(
    'Huyện không nhận, chưa rõ lý do.',
    'The district did not take it; the reason is not known.',
  ),

  // Paper
  paperTitle: both('Bản để in', 'To print'),
  print: both('In', 'Print'),
  share: both('Chia sẻ', 'Share'),
  printHelp: both(
    'Bấm “In” rồi chọn máy in. Muốn đưa cho người khác thì bấm “Chia sẻ”.',
    'Press “Print” and choose a printer. To give it to somebody, press “Share”.',
  ),
  paperPractice: both('Bản tập, không có giá trị.', 'A paper of practice; it is worth nothing.'),
  paperContested: both('Bản ghi này đang được xem xét.', 'This record is under review.'),
  paperContestedHelp: both(
    'Có chỗ huyện đang xem xét nên bản này in cả hai điều đã ghi. Nên chờ huyện quyết định rồi hãy in để ký.',
    'Part of it is under review, so both things that were written are printed. Better wait for the decision before it is signed.',
  ),
  paperCounts: both(
    'Bản giấy có chữ ký mới là bản có giá trị. Bản ghi trong máy chỉ để thông tin.',
    'The signed paper is what counts. The record on the phone is information only.',
  ),
  paperLanguage: both('Văn bản in bằng tiếng Việt.', 'The document is printed in Vietnamese.'),
};
