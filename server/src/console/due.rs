//! Which month's record is due by the pack, and how that record is known from others.

use std::collections::BTreeMap;

use soban_core::base::{Date, Month};
use soban_core::book::natural_key;
use soban_core::form::{Due, Pack};
use soban_core::record::{Fields, Value};

use crate::store::read::{DueKeys, DueQuery};

/// The last month of a year, or of all before it, whose record should have come; none where the pack
/// says that nothing is due.
pub(super) fn due_month(due: Option<&Due>, year: u16, today: Date) -> Option<Month> {
    let reporting = Date::from_days(today.days() - i32::from(due?.until_day))?.month();
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

/// What is asked of a list of cells: their records in a year, and whether the one due has come.
pub(super) fn due_query(pack: &Pack, year: u16, month: Option<Month>) -> DueQuery {
    let Some(due) = &pack.due else { return DueQuery::default() };
    let months = (1..=12).filter_map(|month| Month::new(year, month));
    DueQuery {
        form: due.form.0,
        rows: due.rows.map_or(0, |rows| rows.0),
        year: keys_of(pack, due, months),
        due: keys_of(pack, due, month.into_iter()),
        due_days: days_of(month),
    }
}

/// The natural keys of the records of some months, in each way they may be.
fn keys_of(pack: &Pack, due: &Due, months: impl Iterator<Item = Month>) -> DueKeys {
    let Some(form) = pack.find_form(due.form) else { return DueKeys::default() };
    let key = |kind: u16, month: Month| {
        let fields: Fields =
            [(due.kind, Value::Choice(kind)), (due.month, Value::Month(month))].into();
        natural_key(form, &fields)
    };
    let keys = months.flat_map(|month| {
        due.kinds.iter().filter_map(move |kind| Some((key(*kind, month)?, month.number())))
    });
    DueKeys(keys.collect::<BTreeMap<_, _>>())
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
        let pack = read_pack(&embedded()).unwrap();
        let due = |year, today| due_month(pack.due.as_ref(), year, day(today)).unwrap().to_string();
        assert_eq!(due(2012, "2012-05-05"), "2012-03");
        assert_eq!(due(2012, "2012-05-06"), "2012-04");
        assert_eq!(due(2012, "2012-05-31"), "2012-04");
        assert_eq!(due(2012, "2012-03-05"), "2012-01");
        assert_eq!(due(2012, "2012-03-06"), "2012-02");
    }

    #[test]
    fn december_is_due_in_the_year_after_it() {
        let pack = read_pack(&embedded()).unwrap();
        let due = |year, today| due_month(pack.due.as_ref(), year, day(today)).unwrap().to_string();
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
        let query = due_query(&pack, 2012, Month::new(2012, 12));
        assert_eq!(query.year.0.len(), 24);
        assert_eq!(query.due.0.len(), 2);
        assert!(query.due.0.keys().all(|key| query.year.0.contains_key(key)));
        assert_eq!(query.due_days, (day("2012-12-01"), day("2012-12-31")));
    }

    #[test]
    fn what_another_pack_calls_due_is_due_and_without_that_nothing() {
        let mut pack = read_pack(&embedded()).unwrap();
        let due = pack.due.as_mut().unwrap();
        (due.until_day, due.kinds) = (20, vec![1]);
        let month = due_month(pack.due.as_ref(), 2012, day("2012-05-20")).unwrap();
        assert_eq!(month.to_string(), "2012-03");
        let query = due_query(&pack, 2012, Some(month));
        assert_eq!((query.year.0.len(), query.due.0.len()), (12, 1));
        let none = Pack::default();
        assert_eq!(due_month(none.due.as_ref(), 2012, day("2012-05-20")), None);
        assert_eq!(due_query(&none, 2012, None), DueQuery::default());
    }
}
