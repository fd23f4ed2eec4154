# Words of the console in English.

app = Sổ Bản
app-line = The village register that works without a signal
skip = To the content
place-units = Units
place-contests = To review
place-search = Search
place-devices = Devices
search-placeholder = Find a cell, a person, a work…
search = Search
language = Tiếng Việt
logout = Log out
places = Places
path = Path
next = Next page ›
previous = ‹ Previous page
pages = Pages
printed = Printed { $when }
back = Back

login = Log in
login-name = Login
login-password = Password
login-wrong = The login or the password is wrong.
login-throttled = Too many tries; wait a minute.
password-title = Change your first password
password-why = The first password is for one use. Set one of your own, at least 10 characters.
password-old = Present password
password-new = New password
password-again = New password again
password-save = Change password
password-wrong = The current password is wrong.
password-short = A password has at least 10 characters.
password-long = A password has at most 200 characters.
password-differ = The two are not the same.
password-same = The new password must differ from the old one.

problem-404 = There is no such page
problem-404-text = The address may be wrong, or what it showed is no longer here.
problem-403 = Not allowed
problem-403-text = This account cannot see or do that.
problem-419 = The page was open too long
problem-419-text = For safety the form has expired. Go back, reload the page and do it again.
problem-500 = The server has failed
problem-500-text = Nothing is lost. Try again in a few minutes; if it still fails, tell the administrator.
problem-home = To the units

tree = Organisation
cells = cells
met-in-month = cells met in { $month }
records-count = records
contests-count = under review
cell = Cell
synced = Synced
unsent = Unsent
last-meeting = Last meeting
meetings-of = Meetings { $year }
last-meeting-value = { $day } · { $items ->
    [one] { $items } item
   *[other] { $items } items
  }
chip-contests = { $count } to review
chip-late = No meeting for { $month }
silent = long unsynced
never = never
nothing = –
cells-none = There is no cell below this unit.
units-below = Units below
books = Books
book = Book
book-year = Book of { $year }
book-standing = Standing book
book-records = Records
book-waiting = Waiting
book-none = There is no book yet. The first record that a phone sends makes one.
book-empty = This book holds no record yet.
year = Year

waiting = Entries not in the book
waiting-text = These entries have arrived and are kept as they are, but cannot enter the book yet.
waiting-entry = Entry
waiting-name = { $holder } · write { $number }
waiting-state = State
waiting-reason = Reason
waiting-received = Received
state-accepted = just received
state-released = in the book
state-held = held
state-quarantined = quarantined
state-sealed = sealed
reason-missing = waits for earlier entries that have not arrived
reason-branch = stands on an entry that is quarantined
reason-failed = this version cannot read it; the next one tries again
reason-contradicts = contradicts what is in the book

quarantine-title = Entries not in their books
quarantine-text = These entries have arrived and are kept as they are. One that is quarantined enters when staff have looked at it and let it in; one that is held enters by itself once all that it stands on is there.
quarantine-none = Nothing is quarantined or held.
quarantine-released = { $count ->
    [one] One entry has been let in.
   *[other] { $count } entries have been let in.
}
quarantine-gone = The entry is not quarantined any more as it was on the page: somebody has looked at it before, or something new has arrived.
quarantine-author = Writer
quarantine-unreadable = Entry that does not read
quarantine-more = { $first } and { $more } more
quarantine-changes = Change of { $record }
quarantine-enters = enters
quarantine-stays = stays: { $reason }
contests-apart = { $count ->
    [one] One entry is not in its book, quarantined or held
   *[other] { $count } entries are not in their books, quarantined or held
}
apart-title = Quarantined: { $what }
apart-reason = Quarantined because it { $reason }.
apart-effect = If it is let in
apart-more = And { $count } more.
apart-obstacle = It cannot be let in: it { $reason }.
apart-twins = If its writer has written this part again, the book has two records that are alike, and they show up for review.
apart-release = { $count ->
    [one] Let the entry in
   *[other] Let { $count } entries in
}
apart-leave = Leave it
apart-forbidden = Only reviewers of this unit let entries in.

record-when = Date
record-what = Content
record-summary = Summary
record-state = State
record-void = Void: { $reason }
record-voided = void
record-open = under review
record-other = another phone wrote:
record-history = History
record-rows = { $form } ({ $count })
record-other-fields = Unknown fields
record-unknown = Record not here yet
form-unknown = Record kind no. { $number }
field-unknown = Field no. { $number }
unit-unknown = Unit not here yet
value-photo = photo
value-opaque = a value that this version cannot read
record-home = { $unit } · { $book }
record-form-version = by form no. { $version }
history-created = Written
history-changed = Changed
history-void = Made void
history-device = { $number ->
    [1] first phone
    [2] second phone
    [3] third phone
   *[other] phone no. { $number }
  }
history-device-other = another phone
history-console = at the office
holder-unknown = Unknown writer
history-received = received { $when }
history-unseen = had not seen { $count ->
    [one] one other write
   *[other] { $count } other writes
  }
history-empty = empty

contests-title = { $count ->
    [0] Nothing to review
    [one] One thing to review
   *[other] { $count } things to review
  }
contests-text = Where phones wrote different things without having seen each other's, it shows here. Nothing is overwritten.
contests-none = The phones agree.
contest-open-days = open { $count ->
    [0] since today
    [one] one day
   *[other] { $count } days
  }
contest-values = { $sides ->
    [2] Two phones differ on { $what }
   *[other] { $sides } writes differ on { $what }
  }
contest-void = One phone made it void while another still changed it
contest-twins = { $sides ->
    [2] Two records may be the same
   *[other] { $sides } records may be the same
  }
contest-record = Record
contest-sides = Who wrote what
contest-before = Before
contest-written = written { $when }
contest-received = received { $when }
contest-void-value = Void: { $reason }
contest-edit-value = still changed
contest-critical = Critical: needs a reason
contest-review = Needs a decision
contest-quiet = A later write that saw both closes it
contest-gone = This is closed
decide-title = Decision
decide-take = Take this one
decide-take-value = Take { $value }
decide-before = Keep it as it was
decide-other = Write something else
yes = yes
no = no
decide-nothing = empty
decide-void = Void the record
decide-keep = Keep the record
decide-same = They are one; keep this
decide-distinct = { $count ->
    [2] They are two
   *[other] They are { $count } different ones
  }
decide-reason = Reason (needed)
decide-reason-optional = Reason (if any)
decide-reason-help = The writers read it on their phones.
decide-reason-missing = The reason is missing.
decide-submit = Decide
decide-choose = Nothing has been chosen.
decide-moved = The record has changed since the page was opened, so nothing was decided. Look at the sides again, then decide.
decide-busy = An earlier decision is still being written. Try again in a moment.
decide-failed = This cannot be decided. Look at what was chosen; if it fails again, tell the administrator.
decided-set = Decided
decided-void = Decided: void
decided-keep = Decided: kept
decided-same = Decided: the same as { $record }
decided-away = Decided: merged into { $record }
decided-distinct = Decided: not the same as { $record }
decided-ask = Asked the writer
decided-reason = Reason: { $reason }
contests-decided = Decided. Phones receive it with their next sync.
contests-gone = This is settled already.
contest-saw = had seen what { $who } wrote
contest-since = open since { $when }
contest-kept = kept
contest-changed = A decision was written over: { $what }
contest-voided-again = A record that was ruled to stand was made void
contest-disputed = Two records that were ruled on need another look

devices-title = Devices
devices-text = Those that have been silent longest come first.
devices-none = No device is enrolled yet.
device-holder = Holder
device-unit = Unit
device-seen = Last seen
device-versions = Versions
device-versions-value = { $app } · forms { $pack }
device-unsent-since = { $count } since { $when }
device-free = Free
device-revoke = Revoke
device-revoked = revoked
device-pending = waits for the district
device-release = Let in
device-id = id { $id }
device-silent = long silent
device-clock = clock off by { $gap }
revoke-title = Revoke the device of { $holder }?
revoke-text = The device will receive nothing more. What it still holds can be sent and is sealed for staff to look at. This cannot be undone; to be used again the device must be enrolled anew.
revoke-confirm = Revoke this device
revoke-cancel = Leave it
device-replace = Lost, replace
replace-title = Replace the phone of { $holder }?
replace-text = The old phone is revoked at once: whoever finds it receives nothing more on it. What it had not sent is gone unless it is found. The next page is the enrolment sheet for the new phone.
replace-confirm = Revoke the old one, print a sheet
unit-invite = Print enrolment sheets
invite-title = Print enrolment sheets
invite-holder = Holder
invite-holder-help = Left empty, the secretary of the cell.
invite-which = For which cells
invite-unserved = { $count } cells that have no phone
invite-all = All { $count } cells
invite-days = The sheets are good for
invite-days-value = { $days } days
invite-address = Address on the sheets: { $address }
invite-make = Make sheets
invite-cancel = Cancel
sheets-title = Enrolment sheets
sheets-made = { $count } enrolment sheets
sheets-none = Every cell has a phone.
sheets-text = Print now (Ctrl+P), one A4 page for each cell. The codes are shown this once.
sheets-back = Back to the devices
sheet-title = Sheet for receiving the book
sheet-qr = Square code for receiving the book
sheet-holder = Holder
sheet-code = Code
sheet-server = The district's address
sheet-until = Good
sheet-until-value = once, before { $until }
sheet-step-open = Where there is a signal, open the app Sổ Bản on the phone.
sheet-step-scan = Press “Scan the square code” and photograph the square code above: the code and the district's address are filled in. If that does not work, type them as printed. Then press “Receive the book”.
sheet-step-done = When the phone shows the cell's name it is done. From then on it needs no signal.
sheet-care = This sheet is like a key: send nobody a photo of it, do not hand it on. If it is lost, tell the office at once.
enrol-title = This code is for the app Sổ Bản
enrol-text = Open the app Sổ Bản on the phone, type the code and the district's address from the sheet and press “Receive the book”.
enrol-open = Open in the app Sổ Bản
enrol-paste = If pressing it opens nothing, copy this line, open the app Sổ Bản, paste it into “Code on the sheet” and press “Receive the book”.
enrol-copy = Copy
enrol-copied = Copied

search-title = Search “{ $words }”
search-start = Search the books
search-hint = With or without diacritics.
search-units = Units
unit-above = Above
search-records = Records
search-none = Nothing matches these words.
search-more = Only the first { $count } are shown; add a word to narrow it down.

minutes-ago = { $count } min ago
hours-ago = { $count } h ago
just-now = just now
today-at = today { $time }
yesterday-at = yesterday { $time }
days-ago = { $count ->
    [one] 1 day
   *[other] { $count } days
  }
