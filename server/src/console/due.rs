//! Which month's meeting is due, and how its record is known from others.
//!
//! A cell meets once a month and brings the record when it next comes to the commune seat, in the
//! first days of the month after. No text names a day, so one is set here: [`REPORT_DAYS`].

use std::collections::BTreeMap;

use soban_core::base::{Date, Month};
use soban_core::book::natural_key;
use soban_core::form::{Field, FieldKind, Pack};
use soban_core::record::{FieldNo, Fields, Value};

use crate::store::read::{MeetingKeys, MeetingQuery};

/// The record of a month's meeting may come until this day of the next month, that day included.
const REPORT_DAYS: i32 = 5;
/// The kinds that are a month's meeting; the others come on top of it.
const REGULAR: [&str; 2] = ["regular", "combined"];

/// The last month of a year, or of all before it, whose meeting should have been reported.
pub(super) fn due_month(year: u16, today: Date) -> Option<Month> {
    let reporting = Date::from_days(today.days() - REPORT_DAYS)?.month();
    let due = Month::from_number(reporting.number() - 1)?;
    Some(due.min(Month::new(year, 12)?))
}

/// The month that a year's figures speak of: this one, or the last of a year that is over.
pub(super) fn shown_month(year: u16, today: Date) -> Option<Month> {
    let month = if today.year() == year { today.month().month() } else { 12 };
    Month::new(year, month)
}

/// The first and the last day of a month.
pub(super) fn days_of(month: Option<Month>) -> (Date, Date) {
    let first = |month: Month| {
        let year = i16::try_from(month.year()).ok()?;
        Date::new(year, i8::try_from(month.month()).ok()?, 1)
    };
    let next = month.and_then(|month| Month::from_number(month.number() + 1)).and_then(first);
    let last = next.and_then(|next| Date::from_days(next.days() - 1));
    (month.and_then(first).unwrap_or_default(), last.unwrap_or_default())
}

/// What is asked of a list of cells: their meetings in a year, and whether the one due has come.
pub(super) fn meeting_query(pack: &Pack, year: u16, due: Option<Month>) -> MeetingQuery {
    let no = |name| pack.find_form_named(name).map_or(0, |form| form.no.0);
    let months = (1..=12).filter_map(|month| Month::new(year, month));
    MeetingQuery {
        meeting: no("meeting"),
        agenda_item: no("agenda_item"),
        year: keys_of(pack, months),
        due: keys_of(pack, due.into_iter()),
        due_days: days_of(due),
    }
}

/// The natural keys of the meetings of some months; none where the pack knows no such meeting.
fn keys_of(pack: &Pack, months: impl Iterator<Item = Month>) -> MeetingKeys {
    let keys = months.flat_map(|month| {
        REGULAR.iter().filter_map(move |kind| Some((key_of(pack, kind, month)?, month.number())))
    });
    MeetingKeys(keys.collect::<BTreeMap<_, _>>())
}

fn key_of(pack: &Pack, kind: &str, month: Month) -> Option<String> {
    let form = pack.find_form_named("meeting")?;
    let value = |no: &FieldNo| match form.find_field(*no)? {
        Field { kind: FieldKind::Choice(list), .. } => {
            let option = pack.choices.get(list)?.find_named(kind)?;
            Some((*no, Value::Choice(option.code)))
        }
        Field { kind: FieldKind::Month, .. } => Some((*no, Value::Month(month))),
        _ => None,
    };
    let fields: Fields = form.natural_key.iter().filter_map(value).collect();
    natural_key(form, &fields)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::{embedded, read_pack};

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_is_due_from_the_sixth_day_of_the_next() {
        let due = |year, today| due_month(year, day(today)).unwrap().to_string();
        assert_eq!(due(2012, "2012-05-05"), "2012-03");
        assert_eq!(due(2012, "2012-05-06"), "2012-04");
        assert_eq!(due(2012, "2012-05-31"), "2012-04");
        assert_eq!(due(2012, "2012-03-05"), "2012-01");
        assert_eq!(due(2012, "2012-03-06"), "2012-02");
    }

    #[test]
    fn december_is_due_in_the_year_after_it() {
        let due = |year, today| due_month(year, day(today)).unwrap().to_string();
        assert_eq!(due(2013, "2013-01-05"), "2012-11");
        assert_eq!(due(2013, "2013-01-06"), "2012-12");
        assert_eq!(due(2013, "2013-02-06"), "2013-01");
        // Whoever looks at the year that has just ended sees the same.
        assert_eq!(due(2012, "2013-01-05"), "2012-11");
        assert_eq!(due(2012, "2013-01-06"), "2012-12");
        // A year that is long over is due as a whole.
        assert_eq!(due(2012, "2026-11-23"), "2012-12");
    }

    #[test]
    fn only_what_the_pack_calls_a_regular_meeting_is_a_months_meeting() {
        let pack = read_pack(&embedded()).unwrap();
        let query = meeting_query(&pack, 2012, Month::new(2012, 12));
        assert_eq!(query.year.0.len(), 24);
        assert_eq!(query.due.0.len(), 2);
        assert!(query.due.0.keys().all(|key| query.year.0.contains_key(key)));
        assert_eq!(query.due_days, (day("2012-12-01"), day("2012-12-31")));
        assert!(meeting_query(&Pack::default(), 2012, Month::new(2012, 12)).due.0.is_empty());
    }
}
