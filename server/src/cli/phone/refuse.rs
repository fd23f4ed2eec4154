//! What a phone says no with: a line for each field, or one sentence.

use std::io::{IsTerminal, Write};

use serde_json::json;
use soban_core::form::{Language, Violation};
use soban_core::phone::{MovedField, Phone, PhoneError, ViolationView};

use super::{Failure, Output, Voice};
use crate::link::LinkError;

/// Says what stopped the phone.
pub(super) fn phone(
    phone: &Phone,
    error: PhoneError,
    voice: Voice,
    output: &mut Output,
) -> Failure {
    match error {
        PhoneError::Violations(found) => violations(phone, &found, voice, output),
        PhoneError::Moved(fields) => moved(&fields, voice, output),
        PhoneError::UnknownForm(name) => {
            let known = phone.pack().forms.values().map(|form| form.name.as_str());
            let known = known.collect::<Vec<_>>().join(", ");
            let (vi, en) = ("Không có mẫu ghi", "there is no form");
            let have = voice.say("có", "there are");
            Failure::from(format!("{} “{name}”; {have}: {known}", voice.say(vi, en)))
        }
        error => Failure::from(sentence(&error, voice.language)),
    }
}

/// Says what stopped the way to the district.
pub(super) fn link(error: LinkError, voice: Voice, _output: &mut Output) -> Failure {
    match error {
        LinkError::Phone(error) => Failure::from(sentence(&error, voice.language)),
        error => Failure::from(error.message(voice.language)),
    }
}

/// What the form still holds against a record that was saved: for people only.
pub(super) fn warn(views: &[ViolationView], voice: Voice) {
    let mut err = std::io::stderr();
    for view in views {
        // Nobody may be listening there, and the record is saved all the same.
        drop(writeln!(err, "! {}", words(view, voice)));
    }
}

fn violations(phone: &Phone, found: &[Violation], voice: Voice, output: &mut Output) -> Failure {
    let mut err = std::io::stderr();
    for violation in found {
        let view = phone.violation_view(violation);
        if for_programs(voice) && output.json(&view).is_err() {
            break;
        }
        if !voice.json {
            let row = view.row.map_or_else(String::new, |row| format!(" [{}]", row + 1));
            let mark = if view.severity == "warn" { "!" } else { "✗" };
            drop(writeln!(err, "{mark} {}{row}: {}", view.field, words(&view, voice)));
        }
    }
    let asks = found.iter().all(|violation| violation.severity < soban_core::form::Severity::Block);
    if asks && !voice.json {
        let vi = "Nếu đúng như vậy, chạy lại với --yes.";
        drop(writeln!(err, "{}", voice.say(vi, "If it is right, run it again with --yes.")));
    }
    Failure::said()
}

fn moved(fields: &[MovedField], voice: Voice, output: &mut Output) -> Failure {
    let mut err = std::io::stderr();
    for field in fields {
        let line = json!({
            "severity": "moved",
            "record": field.record.to_string(),
            "field": field.field,
            "label": field.label,
            "now": field.now,
        });
        if for_programs(voice) && output.json(&line).is_err() {
            break;
        }
        if !voice.json {
            let (vi, en) = ("đã đổi từ lúc mở, nay là", "has changed since, it is now");
            drop(writeln!(err, "✗ {}: {} “{}”", field.label, voice.say(vi, en), field.now));
        }
    }
    Failure::said()
}

/// One line of JSON per field, unless a person is reading.
fn for_programs(voice: Voice) -> bool {
    voice.json || !std::io::stdout().is_terminal()
}

fn words(view: &ViolationView, voice: Voice) -> &str {
    voice.say(&view.vi, &view.en)
}

fn sentence(error: &PhoneError, language: Language) -> String {
    let vi = match error {
        _ if language == Language::En => return error.to_string(),
        PhoneError::NotEnrolled => "Máy này chưa nhận sổ.",
        PhoneError::AlreadyEnrolled => "Máy này đã nhận sổ rồi.",
        PhoneError::Practice => "Máy để tập ghi không gửi gì đi cả.",
        PhoneError::OtherUnit => "Máy này không ghi sổ của tổ chức đó.",
        PhoneError::ReasonNeeded => "Cần ghi lý do.",
        PhoneError::RecordVoid => "Bản ghi đã hủy, không sửa được nữa.",
        PhoneError::TooLarge => "Có mục quá dài, không ghi được.",
        PhoneError::BadState => "Trạng thái (state) không đọc được.",
        PhoneError::Full => "Máy hết chỗ.",
        PhoneError::BadDate(what) => return format!("“{what}” không phải là ngày."),
        PhoneError::UnknownRecord(id) => return format!("Máy này không có bản ghi {id}."),
        PhoneError::BadAnswer(what) => return format!("Không đọc được trả lời của huyện: {what}"),
        PhoneError::File(what) => return format!("Tệp của máy bị lỗi: {what}"),
        PhoneError::UnknownForm(_) | PhoneError::Violations(_) | PhoneError::Moved(_) => {
            return error.to_string();
        }
    };
    vi.to_owned()
}
