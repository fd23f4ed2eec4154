//! `soban phone forms`: what can be filled in here.

use super::print::Table;
use super::{Failure, Home, Output, refuse};
use crate::clock;

pub(super) fn run(home: &Home, output: &mut Output) -> Result<(), Failure> {
    let voice = home.voice;
    let forms = home.phone.list_forms(clock::now());
    let forms = forms.map_err(|error| refuse::phone(&home.phone, error, voice, output))?;
    if voice.json {
        return forms.iter().try_for_each(|form| output.json(form));
    }
    if forms.is_empty() {
        return output.line(voice.say(
            "Máy này chưa có mẫu ghi nào; nhận sổ rồi mới có.",
            "There are no forms on this phone yet; enrolment brings them.",
        ));
    }
    let mut table = Table::default();
    for form in forms {
        let label = match &form.parent {
            Some(parent) => format!("{} ({} {parent})", form.label, voice.say("mục của", "row of")),
            None => form.label,
        };
        let held = match form.parent {
            Some(_) => String::new(),
            None => format!("{} {}", form.records, voice.say("bản ghi", "records")),
        };
        table.row([form.name, label, held]);
    }
    table.print(output)
}
