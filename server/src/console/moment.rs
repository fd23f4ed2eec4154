//! Times as people say them: near ones by how long ago, far ones as dates.

use soban_core::base::Instant;

use super::words::Words;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// A time before now, as people say it.
#[must_use]
pub fn moment(words: &Words, at: Instant, now: Instant) -> String {
    let ago = now.0.saturating_sub(at.0);
    let (Some(day), Some(today)) = (at.local_date(), now.local_date()) else {
        return words.t("nothing");
    };
    match today.days().saturating_sub(day.days()) {
        _ if (0..MINUTE_MS).contains(&ago) => words.t("just-now"),
        _ if (0..HOUR_MS).contains(&ago) => words.with("minutes-ago", "count", ago / MINUTE_MS),
        0 => words.with("today-at", "time", at.local_time().to_string()),
        1 => words.with("yesterday-at", "time", at.local_time().to_string()),
        days @ 2..=45 => words.with("days-ago", "count", days),
        _ => day.in_figures(),
    }
}

/// A time as a date and a time of day.
#[must_use]
pub fn exact(at: Instant) -> String {
    let day = at.local_date().map(|day| day.in_figures()).unwrap_or_default();
    format!("{day} {}", at.local_time())
}

#[cfg(test)]
mod tests {
    use soban_core::base::{Date, TimeOfDay};
    use soban_core::form::Language;

    use super::*;

    #[test]
    fn near_times_are_said_and_far_ones_are_dates() {
        let words = Words::of(Language::Vi);
        let at = |day: i8, minutes| {
            let time = TimeOfDay::from_minutes(minutes).unwrap();
            Instant::from_local(Date::new(2012, 4, day).unwrap(), time)
        };
        let now = at(20, 8 * 60);
        assert_eq!(moment(words, now, now), "vừa xong");
        assert_eq!(moment(words, at(20, 8 * 60 - 2), now), "2 phút trước");
        assert_eq!(moment(words, at(20, 60), now), "hôm nay 01:00");
        assert_eq!(moment(words, at(19, 17 * 60 + 40), now), "hôm qua 17:40");
        assert_eq!(moment(words, at(17, 0), now), "3 ngày");
        let january = Instant(at(1, 0).0 - 80 * 86_400_000);
        assert_eq!(moment(words, january, now), "12/01/2012");
        // A clock that is ahead of ours reads as a date, never as a negative time.
        assert_eq!(moment(words, at(21, 0), now), "21/04/2012");
    }
}
