# Words of the console. One message per key, in plain official Vietnamese.

app = Sổ Bản
app-line = Sổ của thôn bản, ghi được cả khi không có sóng
skip = Tới nội dung
place-units = Địa bàn
place-contests = Cần xem xét
place-search = Tìm
place-devices = Thiết bị
search-placeholder = Tìm chi bộ, người, công trình…
search = Tìm
language = English
logout = Thoát
places = Các mục chính
path = Đường dẫn
next = Trang sau ›
previous = ‹ Trang trước
pages = Các trang
printed = In lúc { $when }
back = Quay lại

login = Đăng nhập
login-name = Tên đăng nhập
login-password = Mật khẩu
login-wrong = Tên đăng nhập hoặc mật khẩu không đúng.
login-throttled = Thử quá nhiều lần; chờ một phút rồi thử lại.
password-title = Đổi mật khẩu lần đầu
password-why = Mật khẩu đầu tiên chỉ dùng một lần. Hãy đặt mật khẩu của riêng mình, ít nhất 10 ký tự.
password-old = Mật khẩu hiện nay
password-new = Mật khẩu mới
password-again = Nhập lại mật khẩu mới
password-save = Đổi mật khẩu
password-wrong = Mật khẩu hiện nay không đúng.
password-short = Mật khẩu cần ít nhất 10 ký tự.
password-long = Mật khẩu nhiều nhất 200 ký tự.
password-differ = Hai lần nhập không giống nhau.
password-same = Mật khẩu mới phải khác mật khẩu cũ.

problem-404 = Không có trang này
problem-404-text = Có thể đường dẫn đã sai, hoặc nội dung không còn ở đây.
problem-403 = Không được phép
problem-403-text = Tài khoản này không xem hoặc không làm được việc đó.
problem-419 = Trang đã mở quá lâu
problem-419-text = Vì an toàn, biểu mẫu hết hạn. Quay lại, tải lại trang rồi làm lại.
problem-500 = Máy chủ gặp lỗi
problem-500-text = Chưa có gì bị mất. Thử lại sau ít phút; nếu vẫn lỗi, báo cho người quản trị.
problem-home = Về trang địa bàn

tree = Tổ chức
cells = chi bộ
met-in-month = chi bộ đã họp tháng { $month }
records-count = bản ghi
contests-count = việc đang xem xét
cell = Chi bộ
synced = Đồng bộ
unsent = Chưa gửi
last-meeting = Họp gần nhất
meetings-of = Kỳ họp { $year }
last-meeting-value = { $day } · { $items } mục
chip-contests = { $count } việc xem xét
chip-late = Thiếu kỳ họp { $month }
silent = lâu chưa đồng bộ
never = chưa lần nào
nothing = –
cells-none = Dưới tổ chức này chưa có chi bộ nào.
units-below = Tổ chức trực thuộc
books = Các sổ
book = Sổ
book-year = Sổ năm { $year }
book-standing = Sổ dùng lâu dài
book-records = Bản ghi
book-waiting = Đang chờ
book-none = Chưa có sổ nào. Sổ có khi máy của chi bộ gửi bản ghi đầu tiên.
book-empty = Sổ này chưa có bản ghi nào.
year = Năm

waiting = Mục chưa vào sổ
waiting-text = Những mục này đã nhận đủ và giữ nguyên, nhưng chưa vào sổ được.
waiting-entry = Mục
waiting-name = { $holder } · lần ghi { $number }
waiting-state = Tình trạng
waiting-reason = Lý do
waiting-received = Nhận lúc
state-accepted = vừa nhận
state-released = trong sổ
state-held = đang chờ
state-quarantined = để riêng
state-sealed = niêm phong
reason-missing = chờ những mục trước chưa gửi tới
reason-branch = dựa trên một mục đang để riêng
reason-failed = bản phần mềm này chưa đọc được; bản sau sẽ thử lại
reason-contradicts = trái với những mục đã vào sổ

quarantine-title = Mục chưa vào sổ
quarantine-text = Những mục này đã nhận đủ và giữ nguyên. Mục để riêng thì cán bộ xem rồi quyết định cho vào sổ; mục đang chờ tự vào sổ khi có đủ những mục trước nó.
quarantine-none = Không có mục nào để riêng hay đang chờ.
quarantine-released = Đã cho { $count } mục vào sổ.
quarantine-gone = Mục này không còn để riêng như trang đã mở: có người vừa xem xét trước, hoặc có mục mới gửi tới.
quarantine-author = Người ghi
quarantine-unreadable = Mục không đọc được
quarantine-more = { $first } và { $more } phần khác
quarantine-changes = Sửa: { $record }
quarantine-enters = vào sổ
quarantine-stays = ở lại: { $reason }
contests-apart = { $count } mục chưa vào sổ, có mục để riêng chờ cán bộ xem
apart-title = Mục để riêng: { $what }
apart-reason = Để riêng vì { $reason }.
apart-effect = Nếu cho vào sổ
apart-more = Và { $count } mục nữa.
apart-obstacle = Chưa cho vào sổ được: { $reason }.
apart-twins = Nếu người ghi đã ghi lại phần này thì trong sổ có hai bản ghi giống nhau, hiện ra để cán bộ xem xét.
apart-release = Cho { $count } mục vào sổ
apart-leave = Để nguyên
apart-forbidden = Chỉ cán bộ xem xét của tổ chức này mới cho vào sổ được.

record-when = Ngày
record-what = Nội dung
record-summary = Tóm tắt
record-state = Tình trạng
record-void = Đã hủy: { $reason }
record-voided = đã hủy
record-open = đang xem xét
record-other = máy khác ghi:
record-history = Quá trình
record-rows = { $form } ({ $count })
record-other-fields = Mục chưa biết
record-unknown = Bản ghi chưa có ở đây
form-unknown = Loại bản ghi số { $number }
field-unknown = Mục số { $number }
unit-unknown = Tổ chức chưa có ở đây
value-photo = ảnh
value-opaque = giá trị mà bản phần mềm này chưa đọc được
record-home = { $unit } · { $book }
record-form-version = ghi theo mẫu số { $version }
history-created = Ghi mới
history-changed = Sửa
history-void = Hủy
history-device = máy thứ { $number ->
    [1] nhất
    [2] hai
    [3] ba
    [4] tư
   *[other] { $number }
  }
history-device-other = máy khác
history-console = tại văn phòng
holder-unknown = Người chưa rõ
history-received = nhận { $when }
history-unseen = chưa thấy { $count ->
   *[other] { $count } lần ghi khác
  }
history-empty = trống

contests-title = { $count ->
    [0] Không có việc nào phải xem xét
   *[other] { $count } việc cần xem xét
  }
contests-text = Chỗ nào các máy ghi khác nhau mà chưa thấy bản của nhau thì hiện ở đây. Không có gì bị ghi đè.
contests-none = Các máy ghi khớp nhau.
contest-open-days = { $count ->
    [0] mở hôm nay
   *[other] mở { $count } ngày
  }
contest-values = { $sides ->
    [2] Hai máy ghi khác nhau về { $what }
   *[other] { $sides } lần ghi khác nhau về { $what }
  }
contest-void = Một máy hủy trong khi máy khác còn sửa
contest-twins = { $sides ->
    [2] Hai bản ghi có thể là một
   *[other] { $sides } bản ghi có thể là một
  }
contest-record = Bản ghi
contest-sides = Các bên ghi
contest-before = Trước đó
contest-written = ghi { $when }
contest-received = nhận { $when }
contest-void-value = Hủy: { $reason }
contest-edit-value = còn sửa
contest-critical = Quan trọng: phải ghi lý do
contest-review = Cần quyết định
contest-quiet = Lần ghi sau thấy cả hai sẽ khép
contest-gone = Việc này đã khép
decide-title = Quyết định
decide-take = Lấy bản này
decide-take-value = Lấy { $value }
decide-before = Giữ như trước
decide-other = Ghi khác các bên
yes = có
no = không
decide-nothing = để trống
decide-void = Hủy bản ghi
decide-keep = Giữ bản ghi
decide-same = Là một; giữ bản này
decide-distinct = { $count ->
    [2] Là hai bản khác nhau
   *[other] Là { $count } bản khác nhau
  }
decide-reason = Lý do (phải ghi)
decide-reason-optional = Lý do (nếu có)
decide-reason-help = Người ghi đọc lý do này trên máy của mình.
decide-reason-missing = Chưa ghi lý do.
decide-submit = Ghi quyết định
decide-choose = Chưa chọn cách giải quyết.
decide-moved = Từ lúc mở trang, bản ghi đã thay đổi nên chưa quyết định nào được ghi. Xem lại các bên dưới đây rồi quyết định.
decide-busy = Quyết định trước còn đang được ghi. Thử lại sau giây lát.
decide-failed = Quyết định này không ghi được. Xem lại điều đã chọn; nếu vẫn lỗi, báo cho người quản trị.
decided-set = Quyết định
decided-void = Quyết định hủy
decided-keep = Quyết định giữ
decided-same = Quyết định: là một với bản { $record }
decided-away = Quyết định: gộp vào bản { $record }
decided-distinct = Quyết định: không phải một với bản { $record }
decided-ask = Hỏi lại người ghi
decided-reason = Lý do: { $reason }
contests-decided = Đã ghi quyết định. Các máy nhận được ở lần đồng bộ tới.
contests-gone = Việc này đã được giải quyết.
contest-saw = đã thấy bản của { $who }
contest-since = mở { $when }
contest-kept = giữ
contest-changed = { $what } bị ghi lại sau khi đã quyết định
contest-voided-again = Bản ghi đã quyết định giữ lại bị hủy
contest-disputed = Hai bản ghi đã quyết định, cần xem lại

devices-title = Thiết bị
devices-text = Máy lâu chưa liên lạc đứng trước.
devices-none = Chưa có máy nào nhận sổ.
device-holder = Người giữ
device-unit = Tổ chức
device-seen = Liên lạc
device-versions = Phiên bản
device-versions-value = { $app } · mẫu { $pack }
device-unsent-since = { $count } từ { $when }
device-free = Còn trống
device-revoke = Thu hồi
device-revoked = đã thu hồi
device-pending = chờ huyện xác nhận
device-release = Xác nhận
device-id = mã { $id }
device-silent = lâu chưa liên lạc
device-clock = đồng hồ lệch { $gap }
revoke-title = Thu hồi máy của { $holder }?
revoke-text = Máy này sẽ không nhận được gì nữa. Những gì máy còn giữ vẫn gửi lên được và được niêm phong để cán bộ xem. Không làm lại được; muốn dùng tiếp phải in phiếu để máy nhận sổ lại.
revoke-confirm = Thu hồi máy này
revoke-cancel = Để nguyên
device-replace = Mất máy, cấp lại
replace-title = Cấp máy khác cho { $holder }?
replace-text = Máy cũ bị thu hồi ngay: nếu có người nhặt được, máy đó không nhận thêm gì. Những gì máy cũ chưa gửi thì không lấy lại được, trừ khi tìm thấy máy. Trang tới là phiếu nhận sổ cho máy mới.
replace-confirm = Thu hồi máy cũ, in phiếu máy mới
unit-invite = In phiếu nhận sổ
invite-title = In phiếu nhận sổ
invite-holder = Người giữ máy
invite-holder-help = Bỏ trống thì ghi bí thư của chi bộ.
invite-which = In cho những chi bộ nào
invite-unserved = { $count } chi bộ chưa có máy nào
invite-all = Cả { $count } chi bộ
invite-days = Phiếu dùng được trong
invite-days-value = { $days } ngày
invite-address = Địa chỉ in trên phiếu: { $address }
invite-make = In phiếu
invite-cancel = Thôi
sheets-title = Phiếu nhận sổ
sheets-made = { $count } phiếu nhận sổ
sheets-none = Chi bộ nào cũng đã có máy.
sheets-text = In ngay (Ctrl+P), mỗi chi bộ một tờ A4. Mã chỉ hiện lần này; rời trang là không xem lại được.
sheets-back = Về danh sách máy
sheet-title = Phiếu nhận sổ
sheet-qr = Mã vuông để nhận sổ
sheet-holder = Người giữ máy
sheet-code = Mã
sheet-server = Địa chỉ của huyện
sheet-until = Dùng được
sheet-until-value = một lần, trước { $until }
sheet-step-open = Ở chỗ có sóng, mở ứng dụng Sổ Bản trên điện thoại.
sheet-step-scan = Bấm “Soi mã vuông trên phiếu” rồi chụp mã vuông ở trên; máy điền sẵn mã và địa chỉ của huyện. Không soi được thì gõ như in ở trên. Xong bấm “Nhận sổ”.
sheet-step-done = Máy hiện tên chi bộ là xong. Từ đó không có sóng vẫn ghi được.
sheet-care = Phiếu này như chìa khóa: không gửi ảnh chụp, không đưa cho người khác. Mất phiếu thì báo ngay cho cán bộ cấp trên.
enrol-title = Mã này dùng trong ứng dụng Sổ Bản
enrol-text = Mở ứng dụng Sổ Bản trên điện thoại, gõ mã và địa chỉ của huyện in trên phiếu rồi bấm “Nhận sổ”.
enrol-open = Mở trong ứng dụng Sổ Bản
enrol-paste = Bấm mà không mở ra được thì chép dòng này, mở ứng dụng Sổ Bản, dán vào ô “Mã trên phiếu” rồi bấm “Nhận sổ”.
enrol-copy = Chép
enrol-copied = Đã chép

search-title = Tìm “{ $words }”
search-start = Tìm trong sổ
search-hint = Gõ có dấu hay không dấu đều được.
search-units = Tổ chức
unit-above = Cấp trên
search-records = Bản ghi
search-none = Không thấy gì khớp với các chữ này.
search-more = Chỉ hiện { $count } kết quả đầu; gõ thêm chữ để tìm đúng hơn.

minutes-ago = { $count } phút trước
hours-ago = { $count } giờ trước
just-now = vừa xong
today-at = hôm nay { $time }
yesterday-at = hôm qua { $time }
days-ago = { $count } ngày
