//! `soban phone status`: what this phone says of itself.

use soban_core::base::Instant;

use super::print::{Table, moment};
use super::{Failure, Home, Output, refuse};

pub(super) fn run(home: &Home, output: &mut Output) -> Result<(), Failure> {
    let voice = home.voice;
    let status = home.phone.status();
    let status = status.map_err(|error| refuse::phone(&home.phone, error, voice, output))?;
    if voice.json {
        return output.json(&status);
    }
    let nothing = || voice.say("chưa", "not yet").to_owned();
    let time = |at: Option<i64>| at.map_or_else(nothing, |at| moment(Instant(at)));
    let unit = home.phone.org().units.iter().find(|unit| Some(unit.id) == status.org_unit);
    let mut table = Table::default();
    let mut row = |vi, en, value: String| table.row([voice.say(vi, en).to_owned(), value]);
    row("Mã máy", "Device", status.device.unwrap_or_else(nothing));
    row("Tổ chức", "Org unit", unit.map_or_else(nothing, |unit| unit.name.clone()));
    row("Bản mẫu ghi", "Forms", status.pack_version.to_string());
    row("Chưa gửi", "Unsent", status.unsent.to_string());
    if status.unsent > 0 {
        row("Cũ nhất từ", "Oldest since", time(status.oldest_unsent_at));
    }
    row("Huyện chưa nhận", "Not taken", status.refused.to_string());
    row("Đang xem xét", "Under review", status.contested.to_string());
    row("Quyết định chưa đọc", "Decisions not read", status.unread.to_string());
    row("Đồng bộ lần cuối", "Last sync", time(status.synced_at));
    if status.pending {
        row(
            "Chờ xác nhận",
            "Pending",
            voice.say("chờ huyện xác nhận", "by the district").to_owned(),
        );
    }
    if status.revoked {
        row("Thu hồi", "Revoked", voice.say("huyện đã thu hồi", "by the district").to_owned());
    }
    if let Some(file) = status.set_aside {
        row("Tệp hỏng để riêng", "Damaged file", file);
    }
    table.print(output)
}
