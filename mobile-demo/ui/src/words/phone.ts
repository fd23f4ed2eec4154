// Words around the book: the first page, the code, sending, the settings, practice.
import { both, count } from './both';

export const phone = {
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
    'Phiếu huyện phát có mã vuông và mã chữ. Soi mã vuông hoặc gõ mã chữ, có mạng rồi bấm “Nhận sổ”.',
    'The sheet from the district shows a square code and a code in letters. Scan the one or type the other and, with a signal, press “Receive the book”.',
  ),
  enrolPhoto: both('Soi mã vuông trên phiếu', 'Scan the square code'),
  enrolPhotoReading: both('Đang soi mã…', 'Reading the code…'),
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
  photoBrought: both(
    'Đã điền sẵn mã soi được, và địa chỉ này:',
    'The code that was scanned was filled in, and this address:',
  ),
  photoUnreadable: both(
    'Không soi được mã vuông. Chụp lại gần hơn, đủ sáng, lấy trọn mã; hoặc gõ mã in trên phiếu.',
    'No square code was found. Take the photo again from closer, with more light and all of the code; or type the code printed on the sheet.',
  ),
  compareWithSheet: both(
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
};
