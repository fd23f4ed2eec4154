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
assert "meeting" in [form.name for form in phone.forms()]


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
assert [item.id for item in phone.search("luc thuong cuong")] == [saved.record]

refused(soban.PhoneError.ReasonNeeded, lambda: phone.void_record(saved.record, "  ", now_ms()))
refused(soban.PhoneError.UnknownRecord, lambda: phone.show("x"))

# A form opened before another save of the same field writes nothing.
stale = soban.RecordPatch(
    record=saved.record,
    opened_at=shown.state,
    fields={"donor_name": text("ông Cường")},
    rows=[],
    new_rows=[],
    confirmed=True,
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

assert phone.status().unsent == 2
answer = post(
    "/v1/sync",
    phone.outgoing("test", None, now_ms()),
    [("Authorization", phone.authorization())],
)
refused(soban.PhoneError.BadAnswer, lambda: phone.incoming(answer[:-1], now_ms()))
assert phone.incoming(answer, now_ms()).stored == 2
assert phone.status().unsent == 0

# What was saved is there when the phone is opened again.
# Errors keep the frames that raised them, and those keep the phone.
del phone, found, moved
gc.collect()
phone = soban.Phone.open(folder)
assert phone.show(saved.record).fields
assert len(phone.history(saved.record)) == 2
