//! `soban phone sync`: send and fetch until neither side has more.

use serde::Serialize;
use soban_core::phone::SyncOutcome;

use super::{Failure, Home, Output, refuse};
use crate::link::TrafficCounts;

/// What a sync did, and what went over the way.
#[derive(Debug, Serialize)]
struct Synced {
    #[serde(flatten)]
    outcome: SyncOutcome,
    #[serde(flatten)]
    traffic: TrafficCounts,
}

pub(super) fn run(home: &mut Home, output: &mut Output) -> Result<(), Failure> {
    let voice = home.voice;
    let link = home.link()?;
    let outcome = link.sync(&mut home.phone, None);
    let outcome = outcome.map_err(|error| refuse::link(error, voice, output))?;
    let synced = Synced { outcome, traffic: link.traffic().counts() };
    if voice.json {
        return output.json(&synced);
    }
    let Synced { outcome, traffic } = synced;
    let mut said = vec![
        format!("{} {}", voice.say("gửi", "sent"), outcome.stored),
        format!("{} {}", voice.say("nhận", "received"), outcome.received),
    ];
    if outcome.refused > 0 {
        said.push(format!("{} {}", voice.say("huyện chưa nhận", "not taken"), outcome.refused));
    }
    if outcome.given_back > 0 {
        said.push(format!(
            "{} {}",
            voice.say("trả lại cho huyện", "given back"),
            outcome.given_back
        ));
    }
    if outcome.reissued > 0 {
        said.push(format!("{} {}", voice.say("ghi lại", "written anew"), outcome.reissued));
    }
    if outcome.reference_changed {
        said.push(voice.say("mẫu ghi đã đổi", "forms have changed").to_owned());
    }
    let (label, bytes) = (voice.say("Đã đồng bộ", "Synced"), traffic.bytes_up + traffic.bytes_down);
    output.line(format!("{label}: {} ({bytes} byte)", said.join(", ")))?;
    if outcome.revoked {
        let vi = "Huyện đã thu hồi máy này; liên hệ cán bộ huyện.";
        output.line(voice.say(vi, "The district has revoked this phone."))?;
    }
    Ok(())
}
