"""Drives one phone through the generated module: the seam, not the domain."""

import gc
import json
import pathlib
import sys
import threading
import time
import urllib.request

import soban_bindings as soban

folder, address_file, invitation = sys.argv[1], pathlib.Path(sys.argv[2]), json.loads(sys.argv[3])


def now_ms():
    return int(time.time() * 1000)


def server():
    """The server writes its address once it listens."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if address_file.exists() and address_file.read_text().strip():
            return "http://" + address_file.read_text().strip()
        threading.Event().wait(0.05)
    raise SystemExit("the server did not start")


def post(path, body, headers=()):
    request = urllib.request.Request(
        server() + path,
        data=body,
        headers={"Content-Type": "application/cbor", **dict(headers)},
    )
    with urllib.request.urlopen(request) as answer:
        return answer.read()


def refused(kind, call):
    try:
        call()
    except kind as error:
        return error
    raise AssertionError(f"no {kind.__name__}")


def text(value):
    return soban.FieldInput.TEXT(value=value)


def number(value):
    return soban.FieldInput.NUMBER(value=value)


phone = soban.Phone.open(folder)
refused(soban.PhoneError.NotEnrolled, lambda: phone.outgoing("test", None, now_ms()))
refused(soban.PhoneError.InUse, lambda: soban.Phone.open(folder))

phone.finish_enrolment(post("/v1/enrol", phone.enrol_request(invitation["code"], "test")), now_ms())
refused(soban.PhoneError.AlreadyEnrolled, lambda: phone.enrol_request("X", "test"))
assert "meeting" in [form.name for form in phone.forms(now_ms())]


def found_by(words):
    return phone.list(
        soban.ListQuery(form=None, first_day=None, last_day=None, words=words, contested=False, offset=0, limit=0)
    )


def gift(area):
    return soban.NewRecord(
        form="contribution",
        org_unit=None,
        fields={
            "kind": text("land"),
            "donor_kind": text("individual"),
            "donor_name": text("ông Lục Thượng Cường"),
            "village": text("1034"),
            "occurred_on": text("12/4/2012"),
            "stage": text("pledged"),
            "area_m2": area,
        },
        rows=[],
        confirmed=True,
        draft=None,
    )


# Everything that is wrong comes at once, in both languages.
found = refused(soban.PhoneError.Violations, lambda: phone.save(gift(text("năm nghìn")), now_ms()))
assert all(violation.vi and violation.en for violation in found.violations)
assert "area_m2" in [violation.field for violation in found.violations]

saved = phone.save(gift(text("5.200 m²")), now_ms())
shown = phone.show(saved.record)
area = next(field for field in shown.fields if field.name == "area_m2")
assert area.value == number(5200), area
assert area.text == "5.200\u00a0m²", area.text
assert [item.id for item in found_by("luc thuong cuong")] == [saved.record]

refused(soban.PhoneError.ReasonNeeded, lambda: phone.void_record(saved.record, None, "  ", now_ms()))
refused(soban.PhoneError.UnknownRecord, lambda: phone.show("x"))

# A form opened before another save of the same field writes nothing.
stale = soban.RecordPatch(
    record=saved.record,
    opened_at=shown.state,
    fields={"donor_name": text("ông Cường")},
    rows=[],
    new_rows=[],
    confirmed=True,
    draft=None,
)
assert phone.edit(stale, now_ms()).entries == 1
stale.fields = {"donor_name": text("ông Lục Cường")}
moved = refused(soban.PhoneError.Moved, lambda: phone.edit(stale, now_ms()))
assert "donor_name" in [field.field for field in moved.fields]

# Calls from many threads wait for each other.
threads = [threading.Thread(target=lambda: phone.save_draft(None, "meeting", "nháp đầu", now_ms())) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert len(phone.drafts()) == 8 and phone.drafts()[0].body == "nháp đầu"

assert phone.status(now_ms()).unsent == 2
answer = post(
    "/v1/sync",
    phone.outgoing("test", None, now_ms()),
    [("Authorization", phone.authorization())],
)
refused(soban.PhoneError.BadAnswer, lambda: phone.incoming(answer[:-1], now_ms()))
outcome = phone.incoming(answer, now_ms())
assert (outcome.stored, outcome.unsent) == (2, 0)
assert phone.status(now_ms()).unsent == 0

# What was saved is there when the phone is opened again.
# Errors keep the frames that raised them, and those keep the phone.
del phone, found, moved
gc.collect()
phone = soban.Phone.open(folder)
assert phone.show(saved.record).fields
assert len(phone.history(saved.record)) == 2

# A phone is closed when the last who holds it lets go, and not before: a call that is still to come
# finds it open, and its file nobody else's.
status = phone.status
del phone
gc.collect()
refused(soban.PhoneError.InUse, lambda: soban.Phone.open(folder))
assert status(now_ms()).unsent == 0
del status
gc.collect()
phone = soban.Phone.open(folder)

# Forms come with their questions, and read while they are filled in.
form = phone.form("contribution")
asked = {field.name: field for section in form.sections for field in section.fields}
assert asked["area_m2"].kind == soban.FieldKind.QUANTITY and asked["area_m2"].unit == "m²"
assert {kind.name for kind in soban.ContestKind} == {"VALUES", "VOID", "CHANGED"}
assert {kind.name for kind in soban.Policy} == {"QUIET", "REVIEW", "CRITICAL"}
assert {kind.name for kind in soban.Ruling} == {"SET", "VOID", "KEEP", "SAME", "DISTINCT", "SPLIT", "ASK"}
assert soban.Problem.NO_GRANT in soban.Problem and soban.Problem.OTHER in soban.Problem
refused(soban.PhoneError.UnknownForm, lambda: phone.form("không có"))
checked = phone.check(
    soban.Filled(form="contribution", fields={"kind": text("land"), "area_m2": text("5.200")}, rows=[]),
    now_ms(),
)
area = next(field for field in checked.fields if field.name == "area_m2")
assert area.words == "năm nghìn hai trăm mét vuông", area
assert soban.Severity.BLOCK in [violation.severity for violation in checked.violations]
villages = phone.references("contribution", "village", "pac bo", now_ms())
assert "1034" in [village.value for village in villages], villages
totals = [total.text for form in phone.figures(2012) for total in form.totals]
assert "5.200\u00a0m²" in totals, totals
assert phone.last("contribution").id == saved.record
assert phone.decisions(False) == [] and phone.refused() == []
phone.set_language(soban.Language.EN)
assert phone.status(now_ms()).language == soban.Language.EN
assert any("unsent 0" in line for line in phone.support_report())


class Log(soban.LogSink):
    """Keeps what it hears, and then fails."""

    def __init__(self):
        self.lines = []

    def log(self, level, message):
        self.lines.append((level, message))
        raise RuntimeError("the log is full")


# A log that throws spoils nothing, and hears no names.
log = Log()
phone.set_log(log)
refused(soban.PhoneError.UnknownRecord, lambda: phone.show("x"))
refused(soban.PhoneError.Violations, lambda: phone.save(gift(text("năm nghìn")), now_ms()))
assert [level for level, _ in log.lines] == [soban.LogLevel.WARN], log.lines
assert not any("Cường" in message for _, message in log.lines), log.lines
phone.set_log(None)

# A panic in a save's transaction is an exception, and the file is what it was before it.
def held():
    counts = [(form.records, [total.text for total in form.totals]) for form in phone.figures(2012)]
    return phone.status(now_ms()), phone.history(saved.record), found_by(""), phone.drafts(), counts


renamed = soban.RecordPatch(
    record=saved.record,
    opened_at=None,
    fields={"donor_name": text("ông Lục Thượng Cường")},
    rows=[],
    new_rows=[],
    confirmed=True,
    draft=phone.drafts()[0].id,
)
at = now_ms()
before = held()
for change in [
    lambda: phone.edit(renamed, at),
    lambda: phone.save(gift(number(100)), at),
    lambda: phone.void_record(saved.record, None, "ghi nhầm", at),
    lambda: phone.save_draft(None, "meeting", "nháp sau", at),
]:
    phone.panic_at_next_change()
    refused(soban.InternalError, change)
    assert held() == before
del phone
gc.collect()
phone = soban.Phone.open(folder)
assert held() == before
assert phone.edit(renamed, now_ms()).entries == 1
assert phone.status(now_ms()).unsent == 1
assert len(phone.history(saved.record)) == 3 and len(phone.drafts()) == 7

# What is practised has a file of its own and is never sent.
practice = phone.open_practice(folder + "/practice", now_ms())
assert practice.save(gift(number(100)), now_ms()).entries == 1
refused(soban.PhoneError.Practice, practice.authorization)
assert phone.status(now_ms()).unsent == 1
