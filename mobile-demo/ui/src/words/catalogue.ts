// Every word of the screens that does not come with the pack, in both languages side by side. A
// word missing in one of them does not compile. Vietnamese is written for a secretary of a village
// cell: short sentences, everyday words, no borrowed computer terms.

interface Two<W> {
  vi: W;
  en: W;
}

function both(vi: string, en: string): Two<string>;
function both<A extends unknown[]>(
  vi: (...given: A) => string,
  en: (...given: A) => string,
): Two<(...given: A) => string>;
function both<W>(vi: W, en: W): Two<W> {
  return { vi, en };
}

const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

export const catalogue = {
  appName: both('Sổ Bản', 'Sổ Bản'),
  back: both('Lùi', 'Back'),
  next: both('Tiếp', 'Next'),
  skip: both('Bỏ qua', 'Skip'),
  done: both('Xong', 'Done'),
  save: both('Lưu vào sổ', 'Save'),
  never: both('Thôi', 'Cancel'),
  home: both('Về trang đầu', 'To the first page'),
  more: both('Cài đặt', 'Settings'),
  opening: both('Đang mở sổ…', 'Opening the book…'),
  looking: both('Đang tìm…', 'Searching…'),
  tryAgain: both('Thử lại', 'Try again'),
  yes: both('Có', 'Yes'),
  no: both('Không', 'No'),
  empty: both('bỏ trống', 'empty'),
  search: both('Tìm, gõ không dấu cũng được', 'Search, with or without marks'),
  nothingFound: both('Không thấy gì khớp.', 'Nothing matches.'),
  places: both('Các phần của sổ', 'Parts of the book'),

  // The bottom of the first pages
  tabWrite: both('Ghi', 'Write'),
  tabYear: both(
    (a: string) => `Sổ năm ${a}`,
    (a) => `Year ${a}`,
  ),
  tabNeeds: both('Cần xem', 'To read'),

  // Practice
  practiceBand: both(
    'Đang tập ghi. Không có gì ở đây được gửi đi.',
    'Practice. Nothing here is ever sent.',
  ),
  practiceEnd: both('Thôi tập', 'End practice'),
  practiceStart: both('Tập ghi thử', 'Practise'),
  practiceHelp: both(
    'Mở một cuốn sổ nháp để tập. Những gì ghi trong đó không bao giờ gửi lên huyện, và sổ thật vẫn nguyên.',
    'Opens a book to practise in. What is written there is never sent, and the real book stays as it is.',
  ),

  // Enrolment
  enrolTitle: both('Nhận sổ của chi bộ', "Receive the cell's book"),
  enrolHelp: both(
    'Trên phiếu huyện phát có một mã. Gõ mã đó vào đây, có mạng rồi bấm “Nhận sổ”.',
    'The sheet from the district shows a code. Type it here and, with a signal, press “Receive the book”.',
  ),
  enrolCode: both('Mã trên phiếu', 'Code on the sheet'),
  enrolCodeHelp: both(
    'Chữ hoa hay chữ thường đều được.',
    'Capital or small letters, both are right.',
  ),
  enrolServer: both(
    'Địa chỉ của huyện, in dưới mã',
    "The district's address, printed below the code",
  ),
  enrolServerHelp: both(
    'Nếu đã dán cả dòng chữ của mã vuông thì bỏ trống.',
    'Leave empty if the text of the square code was pasted.',
  ),
  enrolDo: both('Nhận sổ', 'Receive the book'),
  enrolRunning: both('Đang nhận sổ…', 'Receiving the book…'),
  enrolCodeMissing: both('Chưa gõ mã trên phiếu.', 'The code on the sheet is missing.'),
  linkBrought: both(
    'Đường dẫn vừa mở đã điền sẵn mã và địa chỉ này:',
    'The link that was opened has filled in the code and this address:',
  ),
  linkCompare: both(
    'Hãy so với phiếu huyện phát. Giống hệt thì bấm “Nhận sổ”. Khác thì đừng bấm, hãy hỏi huyện.',
    'Compare it with the sheet from the district. If both are the same, press “Receive the book”. If not, do not, and ask the district.',
  ),
  linkUnreadable: both(
    'Đường dẫn vừa mở không đọc được. Hãy gõ mã và địa chỉ in trên phiếu.',
    'The link that was opened cannot be read. Type the code and the address printed on the sheet.',
  ),
  enrolledAlready: both(
    (unit: string) => `Máy này đã nhận sổ của ${unit}.`,
    (unit) => `This phone has the book of ${unit} already.`,
  ),
  linkChangesNothing: both(
    'Đường dẫn vừa mở không làm thay đổi gì. Sổ vẫn nguyên.',
    'The link that was opened changes nothing. The book is as it was.',
  ),

  // Home
  unsent: both(
    (n: number) => `${n} việc chưa gửi`,
    (n) => count(n, 'entry not sent', 'entries not sent'),
  ),
  unsentSince: both(
    (a: string) => `lâu nhất từ ${a}`,
    (a) => `the oldest from ${a}`,
  ),
  allSent: both('Đã gửi hết', 'Everything is sent'),
  lastSync: both(
    (a: string) => `Gửi lần cuối: ${a}`,
    (a) => `Last sent: ${a}`,
  ),
  neverSynced: both('Chưa gửi lần nào', 'Never sent yet'),
  send: both('Gửi', 'Send'),
  sending: both('Đang gửi…', 'Sending…'),
  decided: both('Huyện đã quyết định', 'The district has decided'),
  decidedMore: both(
    (n: number) => `và ${n} việc nữa`,
    (n) => `and ${n} more`,
  ),
  contestedCount: both(
    (n: number) => `${n} việc hai máy ghi khác nhau`,
    (n) =>
      count(
        n,
        'record that two phones wrote differently',
        'records that two phones wrote differently',
      ),
  ),
  contestedHelp: both('Huyện đang xem xét', 'The district is looking at it'),
  refusedCount: both(
    (n: number) => `${n} việc huyện chưa nhận`,
    (n) => count(n, 'entry not taken by the district', 'entries not taken by the district'),
  ),
  refusedHelp: both('Xem lý do và ghi lại', 'See why, and write it again'),
  draftOf: both(
    (a: string) => `Đang ghi dở: ${a}`,
    (a) => `Unfinished: ${a}`,
  ),
  draftDrop: both('Bỏ bản ghi dở', 'Drop what is unfinished'),
  draftDropSure: both(
    'Bỏ bản ghi dở này? Những gì đã gõ sẽ mất.',
    'Drop this? What was typed will be gone.',
  ),
  draftKeep: both('Giữ lại', 'Keep it'),
  draftOfEdit: both(
    (a: string) => `Đang sửa dở: ${a}`,
    (a) => `Unfinished change: ${a}`,
  ),
  draftOfVoid: both(
    (a: string) => `Đang hủy dở: ${a}`,
    (a) => `Unfinished voiding: ${a}`,
  ),
  dueMonth: both(
    (a: string) => `${a} chưa ghi`,
    (a) => `${a} not written yet`,
  ),
  timesThisYear: both(
    (n: number) => `${n} lần trong năm nay`,
    (n) => count(n, 'time this year', 'times this year'),
  ),
  inBook: both(
    (n: number) => `${n} trong sổ`,
    (n) => `${n} in the book`,
  ),
  noneYet: both('chưa ghi lần nào', 'none yet'),
  otherForms: both('Việc khác', 'Other'),
  thisYear: both(
    (a: string) => `Từ đầu năm ${a}`,
    (a) => `In ${a} so far`,
  ),
  clockWrong: both(
    'Giờ của máy này lệch nhiều. Nhờ người chỉnh lại ngày giờ.',
    "This phone's clock is far off. Have date and time set right.",
  ),

  // Trouble of the phone as a whole
  revokedTitle: both('Huyện đã ngừng máy này', 'The district has withdrawn this phone'),
  revokedHelp: both(
    'Máy không gửi được nữa. Sổ vẫn còn nguyên trong máy, vẫn xem và in được. Gọi người phụ trách ở huyện để nhận phiếu mới.',
    'It can no longer send. The book is whole on this phone and can be read and printed. Call the district for a new sheet.',
  ),
  pendingTitle: both('Huyện chưa nhận ra máy này', 'The district does not know this phone yet'),
  pendingHelp: both(
    'Máy của huyện vừa phải dựng lại. Cứ ghi như thường; khi huyện xác nhận, máy sẽ gửi lại đủ.',
    "The district's computer was restored. Go on writing; once the district confirms, everything is sent again.",
  ),
  setAsideTitle: both('Một phần sổ trong máy bị hỏng', 'A file was damaged'),
  setAsideHelp: both(
    'Máy đã cất riêng phần hỏng và mở lại sổ từ phần đọc được. Không xóa gì. Khi có mạng hãy bấm “Gửi” để lấy lại phần còn thiếu.',
    'It was put aside and the book was opened from what can be read. Nothing was deleted. With a signal, press “Send” to get back what is missing.',
  ),

  // The form
  step: both(
    (a: string, b: string) => `${a} trong ${b}`,
    (a, b) => `${a} of ${b}`,
  ),
  draftSaved: both('đã lưu nháp', 'draft saved'),
  draftSaving: both('đang lưu nháp…', 'saving draft…'),
  draftFailed: both('chưa lưu được nháp', 'draft not saved'),
  toReviewAndSave: both('Xem lại và lưu', 'Review and save'),
  toReview: both('Xem lại', 'Review'),
  reviewTitle: both('Xem lại rồi lưu', 'Review, then save'),
  reviewEditTitle: both('Sửa xong thì lưu', 'Save when the changes are done'),
  guessed: both('máy điền', 'filled in'),
  carried: both('như lần trước', 'as last time'),
  asked: both('phải ghi', 'needed'),
  addMore: both(
    (n: number) => `Ghi thêm (${n})`,
    (n) => `Add more (${n})`,
  ),
  addMoreOf: both(
    (a: string) => `Ghi thêm: ${a}`,
    (a) => `Add more: ${a}`,
  ),
  likeLastMonth: both('Như tháng trước', 'Like last month'),
  likeLastTime: both('Như lần trước', 'Like last time'),
  likeTakes: both(
    (n: number) => `lấy lại ${n} điều, xem lại rồi sửa sau`,
    (n) => `takes over ${count(n, 'answer', 'answers')}, to be reviewed`,
  ),
  likeTaken: both(
    (n: number) => `Đã lấy lại ${n} điều của lần trước.`,
    (n) => `Took over ${count(n, 'answer', 'answers')} from last time.`,
  ),
  digit: both('Bàn phím số', 'Number pad'),
  comma: both('dấu phẩy', 'comma'),
  erase: both('Xóa một số', 'Delete one digit'),
  unit: both('Đơn vị', 'Unit'),
  thousand: both('nghìn', 'thousand'),
  million: both('triệu', 'million'),
  notInList: both('Không có trong danh sách', 'Not in the list'),
  choosing: both('Chọn một', 'Choose one'),
  choosingSome: both('Chọn được nhiều', 'Choose any number'),
  today: both('Hôm nay', 'Today'),
  yesterday: both('Hôm qua', 'Yesterday'),
  monthBefore: both('Tháng trước', 'Month before'),
  monthAfter: both('Tháng sau', 'Month after'),
  yearBefore: both('Năm trước', 'Year before'),
  yearAfter: both('Năm sau', 'Year after'),
  weekdays: both('Hai Ba Tư Năm Sáu Bảy CN', 'Mo Tu We Th Fr Sa Su'),
  monthNumber: both(
    (n: number) => `Tháng ${n}`,
    (n) => 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')[n - 1] ?? '',
  ),
  timeHelp: both(
    'Gõ bốn số, ví dụ 1930 là 19 giờ 30.',
    'Four digits: 1930 is half past seven in the evening.',
  ),
  clear: both('Xóa câu này', 'Clear this answer'),
  rowsHelp: both(
    (a: string) => `Mỗi mục ghi một lần. Đã ghi: ${a}.`,
    (a) => `One by one. Written so far: ${a}.`,
  ),
  rowsNone: both('Chưa ghi mục nào.', 'None yet.'),
  addRow: both(
    (a: string) => `Thêm ${a}`,
    (a) => `Add: ${a}`,
  ),
  removeRow: both('Bỏ mục này', 'Remove this'),
  removeRowSure: both('Bỏ mục này khỏi bản đang ghi?', 'Remove this from what is being written?'),
  keepRow: both('Giữ mục này', 'Keep this'),
  voidRow: both('Hủy mục này', 'Void this'),
  savingRecord: both('Đang lưu…', 'Saving…'),
  confirmTitle: both('Có điều cần hỏi lại', 'Please look once more'),
  confirmSave: both('Đúng như vậy, lưu vào sổ', 'It is right, save it'),
  blockedTitle: both('Chưa lưu được', 'It cannot be saved yet'),
  blockedHelp: both('Sửa những chỗ dưới đây rồi lưu.', 'Mend these, then save.'),
  unfinished: both('Còn câu chưa trả lời', 'Some answers are missing'),
  nothingChanged: both('Chưa sửa gì.', 'Nothing was changed.'),
  movedTitle: both('Trong lúc sửa, sổ đã đổi', 'The book changed meanwhile'),
  movedNow: both(
    (a: string, b: string) => `${a}: nay là ${b}`,
    (a, b) => `${a}: now ${b}`,
  ),
  movedKeep: both('Giữ điều tôi vừa ghi', 'Keep what I wrote'),
  movedTake: both('Lấy điều mới trong sổ', 'Take what the book says'),

  // Saved
  savedTitle: both('Đã lưu vào sổ', 'Saved'),
  savedUnsent: both(
    'Chưa gửi lên huyện. Khi nào có mạng thì bấm “Gửi”.',
    'Not sent yet. Press “Send” when there is a signal.',
  ),
  savedSent: both('Đã gửi lên huyện.', 'Sent to the district.'),
  savedPractice: both(
    'Đây là sổ tập, không gửi đi đâu.',
    'This is the practice book; it goes nowhere.',
  ),
  savedNothing: both(
    'Không có gì thay đổi nên sổ vẫn như cũ.',
    'Nothing had changed; the book is as it was.',
  ),
  savedSame: both('Có thể việc này đã ghi rồi', 'This may be in the book already'),
  savedWarn: both('Nên xem lại khi có dịp', 'To look at when there is time'),
  again: both('Ghi thêm một lần nữa', 'Write another one'),
  openRecord: both('Mở bản ghi', 'Open the record'),
  otherRecord: both('Mở bản ghi kia', 'Open the other record'),
  seeRecord: both('Xem lại bản vừa ghi', 'See what was saved'),
  paper: both('In biên bản', 'Print the minutes'),

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

  // Sync
  syncTitle: both('Gửi và nhận', 'Send and receive'),
  syncNow: both('Gửi ngay', 'Send now'),
  syncRunning: both('Đang gửi…', 'Sending…'),
  syncSentOf: both(
    (a: string, b: string) => `Huyện đã nhận ${a} trong ${b} việc`,
    (a, b) => `The district has taken ${a} of ${b}`,
  ),
  syncReceived: both(
    (n: number) => `Đã nhận về ${n} việc`,
    (n) => `${n} received`,
  ),
  syncAsking: both('Đang hỏi huyện có gì mới…', 'Asking the district for news…'),
  syncLast: both('Lần gần nhất', 'Last time'),
  syncWent: both('Gửi xong', 'It went through'),
  syncFailed: both('Chưa gửi xong', 'It did not go through'),
  syncNothingLost: both(
    'Không mất gì. Mọi việc vẫn còn trong máy.',
    'Nothing is lost. Everything is still on this phone.',
  ),
  syncRefused: both(
    (n: number) => `Huyện chưa nhận ${n} việc`,
    (n) => `${n} not taken`,
  ),
  syncWaiting: both('Đang chờ gửi', 'Waiting to be sent'),
  syncNone: both(
    'Chưa gửi lần nào. Có mạng thì bấm “Gửi ngay”.',
    'Nothing was sent yet. With a signal, press “Send now”.',
  ),
  syncNextAt: both(
    (a: string) => `Máy sẽ tự gửi lại lúc ${a}`,
    (a) => `It will try again by itself at ${a}`,
  ),
  syncFirstAt: both(
    (a: string) => `Máy sẽ tự gửi lúc ${a}`,
    (a) => `It will send by itself at ${a}`,
  ),
  syncNoNext: both(
    'Máy không tự gửi. Có mạng thì bấm “Gửi ngay”.',
    'It will not try by itself. With a signal, press “Send now”.',
  ),
  syncSent: both('Đã gửi', 'Sent'),
  syncGot: both('Đã nhận', 'Received'),
  syncStays: both('Còn chờ', 'Still waiting'),
  syncTook: both('Mất', 'Took'),
  syncBytes: both('Dùng mạng', 'Data used'),
  seconds: both(
    (n: number) => `${n} giây`,
    (n) => count(n, 'second', 'seconds'),
  ),
  notInPractice: both('Đang tập ghi nên không gửi đi đâu.', 'In practice nothing is sent.'),

  // Why it failed
  failOffline: both(
    'Không có mạng. Ra chỗ có sóng rồi gửi lại.',
    'No connection. Try again where there is a signal.',
  ),
  failCut: both(
    'Mạng đứt giữa chừng. Gửi lại thì máy làm tiếp từ chỗ dở.',
    'The connection was cut. Sending again goes on from there.',
  ),
  failServer: both(
    'Máy của huyện đang trục trặc. Không phải lỗi ở máy này; để lát nữa gửi lại.',
    "The district's computer has a problem. It is not this phone; try again later.",
  ),
  failBadAnswer: both(
    'Câu trả lời không đọc được, có thể do mạng. Để lát nữa gửi lại.',
    'The answer could not be read, perhaps because of the network. Try again later.',
  ),
  failCodeRefused: both(
    'Mã sai, đã dùng rồi hoặc đã hết hạn. Xem lại phiếu, hoặc xin phiếu mới.',
    'The code is wrong, used or expired. Look at the sheet again, or ask for a new one.',
  ),
  failBadAddress: both(
    'Địa chỉ này không phải của huyện. Gõ đúng như in trên phiếu.',
    'That is no address of a district. Type it as printed on the sheet.',
  ),
  failDataSaver: both(
    'Máy đang bật tiết kiệm dữ liệu. Tắt đi hoặc dùng Wi-Fi rồi gửi.',
    "The phone's data saver is on. Turn it off or use Wi-Fi.",
  ),
  failFull: both(
    'Máy đã đầy. Xóa bớt ảnh, phim rồi thử lại.',
    'The phone is full. Delete some photos or films, then try again.',
  ),
  failFile: both(
    'Bộ nhớ của máy bị lỗi. Tắt máy, mở lại; nếu vẫn thế thì mang máy lên huyện.',
    "The phone's storage fails. Restart it; if that does not help, take it to the district.",
  ),

  // Errors of the app below
  errHostGone: both(
    'Ứng dụng đã dừng. Đóng lại rồi mở ra; những gì đã lưu vẫn còn.',
    'The app has stopped. Close it and open it again; what was saved is there.',
  ),
  errNotEnrolled: both('Máy này chưa nhận sổ.', 'This phone has no book yet.'),
  errAlreadyEnrolled: both('Máy này đã nhận sổ rồi.', 'This phone has its book already.'),
  errUnknownForm: both('Máy không có mẫu ghi này.', 'This phone does not have that form.'),
  errUnknownRecord: both('Không thấy bản ghi này trong máy.', 'That record is not on this phone.'),
  errOtherUnit: both(
    'Bản ghi này của chi bộ khác, không sửa ở đây được.',
    'That record is of another cell and cannot be changed here.',
  ),
  errReasonNeeded: both('Phải ghi lý do.', 'A reason is needed.'),
  errRecordVoid: both(
    'Bản ghi này đã hủy, không sửa được nữa.',
    'This record is void and is not changed any more.',
  ),
  errTooLarge: both(
    'Bản ghi dài quá. Bớt chữ rồi lưu lại.',
    'That is too long. Shorten it, then save again.',
  ),
  errInUse: both(
    'Sổ đang mở ở chỗ khác. Đóng chỗ kia rồi thử lại.',
    'The book is open elsewhere. Close it there and try again.',
  ),
  errNewer: both(
    'Sổ này của bản ứng dụng mới hơn. Cần cập nhật ứng dụng.',
    'The book is of a newer app. The app must be updated.',
  ),
  errUnreadable: both(
    'Không đọc được sổ trong máy. Đừng xóa ứng dụng; mang máy lên huyện.',
    'The book cannot be read. Do not delete the app; take the phone to the district.',
  ),
  errPractice: both(
    'Đang tập ghi thì không làm việc này được.',
    'That is not possible in practice.',
  ),
  errInternal: both(
    'Ứng dụng gặp lỗi. Những gì đã lưu vẫn còn. Thử lại, nếu vẫn lỗi thì vào Cài đặt, bấm “Gửi tình trạng máy”.',
    'The app has a fault. What was saved is there. Try again; if it stays, press “Make the support file” in Settings.',
  ),

  // Settings
  settingsTitle: both('Cài đặt', 'Settings'),
  language: both('Ngôn ngữ', 'Language'),
  textSize: both('Cỡ chữ', 'Text size'),
  textSizeSample: both('Chữ sẽ to như dòng này.', 'Text will be as large as this line.'),
  about: both('Về máy này', 'About this phone'),
  aboutHolder: both('Người giữ máy', 'Holder'),
  aboutUnit: both('Chi bộ', 'Cell'),
  aboutDevice: both('Số máy', "This phone's number"),
  aboutServer: both('Địa chỉ của huyện', "The district's address"),
  aboutPack: both('Mẫu ghi, bản số', 'Set of forms'),
  aboutVersion: both('Bản ứng dụng', 'Version of the app'),
  support: both('Nhờ hỗ trợ', 'Support'),
  supportHelp: both(
    'Gửi cho người giúp biết máy đang thế nào. Không kèm tên người và những gì đã ghi.',
    "Makes a file about the phone's state. No names and nothing that was written are in it.",
  ),
  supportDo: both('Gửi tình trạng máy', 'Make the support file'),
  fileMade: both(
    (a: string) => `Đã chuẩn bị xong: ${a}`,
    (a) => `Made the file ${a}.`,
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

export type Key = keyof typeof catalogue;
export type Given<K extends Key> = (typeof catalogue)[K]['vi'] extends (...given: infer A) => string
  ? A
  : [];
