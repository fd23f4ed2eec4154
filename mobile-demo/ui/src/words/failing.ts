// Words for what goes wrong, and what to do then.
import { both } from './both';

export const failing = {
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
};
