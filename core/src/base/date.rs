//! Calendar dates, months, times of day and instants. Dates are those of Asia/Ho_Chi_Minh.
//!
//! Reads no clock: an [`Instant`] comes from whoever calls.
//!
//! ```
//! use soban_core::base::{Date, Instant};
//!
//! let late = Instant(1_341_075_600_000); // 2012-06-30 17:00 UTC
//! assert_eq!(late.local_date(), Date::new(2012, 7, 1));
//! assert_eq!(Date::new(2012, 4, 3).unwrap().in_prose(), "ngày 03 tháng 4 năm 2012");
//! ```

use std::fmt;
use std::str::FromStr;

use jiff_core::civil;
use thiserror::Error;

/// Vietnam keeps UTC+7 all year.
const OFFSET_MS: i64 = 7 * 3_600_000;
const DAY_MS: i64 = 86_400_000;

/// The text is no date, month or time of day.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("not {expected}: “{text}”")]
pub struct DateError {
    expected: &'static str,
    text: String,
}

fn date_error(expected: &'static str, text: &str) -> DateError {
    DateError { expected, text: text.chars().take(40).collect() }
}

/// A calendar date, years 1 to 9999, as days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Date(i32);

impl Date {
    /// The date, or nothing when there is no such day.
    #[must_use]
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        civil::Date::new(year, month, day).ok().filter(|date| date.year() > 0).map(Self::from_civil)
    }

    /// From days since 1970-01-01; nothing outside the years 1 to 9999.
    #[must_use]
    pub fn from_days(days: i32) -> Option<Self> {
        let date = civil::UnixEpochDay::new(days).ok()?.to_date();
        (date.year() > 0).then_some(Self(days))
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub fn days(self) -> i32 {
        self.0
    }

    /// 1 to 9999.
    #[must_use]
    pub fn year(self) -> u16 {
        self.civil().year().unsigned_abs()
    }

    /// The month it lies in.
    #[must_use]
    pub fn month(self) -> Month {
        let date = self.civil();
        Month(i32::from(date.year()) * 12 + i32::from(date.month()) - 1)
    }

    /// "15/05/2013".
    #[must_use]
    pub fn in_figures(self) -> String {
        let date = self.civil();
        format!("{:02}/{:02}/{}", date.day(), date.month(), date.year())
    }

    /// "ngày 15 tháng 5 năm 2013"; days under 10 and months under 3 are padded, as official
    /// prose does so that nothing can be written in front of them.
    #[must_use]
    pub fn in_prose(self) -> String {
        let date = self.civil();
        let (day, month, year) = (date.day(), date.month(), date.year());
        let pad = if month < 3 { "0" } else { "" };
        format!("ngày {day:02} tháng {pad}{month} năm {year}")
    }

    fn from_civil(date: civil::Date) -> Self {
        Self(date.to_unix_epoch_day().day())
    }

    fn civil(self) -> civil::Date {
        // Every number in here came from a date.
        let day = civil::UnixEpochDay::new(self.0);
        day.map_or(civil::date(1970, 1, 1), civil::UnixEpochDay::to_date)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.civil();
        write!(f, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
    }
}

impl FromStr for Date {
    type Err = DateError;

    /// "2013-05-15", or "15/5/2013" as people type it.
    fn from_str(text: &str) -> Result<Self, DateError> {
        let numbers = |separator| {
            let parts: Vec<i16> =
                text.split(separator).filter_map(|part: &str| part.trim().parse().ok()).collect();
            <[i16; 3]>::try_from(parts).ok()
        };
        let dashed = numbers('-');
        let slashed = numbers('/').map(|[day, month, year]| [year, month, day]);
        let [year, month, day] = dashed.or(slashed).ok_or_else(|| date_error("a date", text))?;
        let small = |number: i16| i8::try_from(number).ok();
        let date = small(month).zip(small(day)).and_then(|(m, d)| Self::new(year, m, d));
        date.ok_or_else(|| date_error("a date", text))
    }
}

/// A calendar month, as months since the year 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

impl Month {
    /// The month, or nothing when there is none such.
    #[must_use]
    pub fn new(year: u16, month: u8) -> Option<Self> {
        let valid = (1..=12).contains(&month) && (1..=9999).contains(&year);
        valid.then(|| Self(i32::from(year) * 12 + i32::from(month) - 1))
    }

    /// From months since the year 0; nothing outside the years 1 to 9999.
    #[must_use]
    pub fn from_number(number: i32) -> Option<Self> {
        (12..120_000).contains(&number).then_some(Self(number))
    }

    /// Months since the year 0.
    #[must_use]
    pub fn number(self) -> i32 {
        self.0
    }

    /// 1 to 9999.
    #[must_use]
    pub fn year(self) -> u16 {
        u16::try_from(self.0.div_euclid(12)).unwrap_or_default()
    }

    /// 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        u8::try_from(self.0.rem_euclid(12) + 1).unwrap_or_default()
    }

    /// "4/2012".
    #[must_use]
    pub fn in_figures(self) -> String {
        format!("{}/{}", self.month(), self.year())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

impl FromStr for Month {
    type Err = DateError;

    /// "2012-04", or "4/2012" as people type it.
    fn from_str(text: &str) -> Result<Self, DateError> {
        let dashed = text.split_once('-');
        let slashed = text.split_once('/').map(|(month, year)| (year, month));
        let month = dashed.or(slashed).and_then(|(year, month)| {
            Self::new(year.trim().parse().ok()?, month.trim().parse().ok()?)
        });
        month.ok_or_else(|| date_error("a month", text))
    }
}

/// A time of day, in minutes since midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// From minutes since midnight, 0 to 1,439.
    #[must_use]
    pub fn from_minutes(minutes: u16) -> Option<Self> {
        (minutes < 1440).then_some(Self(minutes))
    }

    /// Minutes since midnight.
    #[must_use]
    pub fn minutes(self) -> u16 {
        self.0
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl FromStr for TimeOfDay {
    type Err = DateError;

    /// "19:30", or "19h30" and "19h" as people write it.
    fn from_str(text: &str) -> Result<Self, DateError> {
        let minutes = text.split_once([':', 'h']).and_then(|(hours, minutes)| {
            let hours: u16 = hours.trim().parse().ok().filter(|hours| *hours < 24)?;
            let minutes = if minutes.trim().is_empty() { "0" } else { minutes.trim() };
            let minutes: u16 = minutes.parse().ok().filter(|minutes| *minutes < 60)?;
            Some(hours * 60 + minutes)
        });
        minutes.map(Self).ok_or_else(|| date_error("a time of day", text))
    }
}

/// A point in time: milliseconds since 1970-01-01 00:00 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Instant(pub i64);

impl Instant {
    /// The calendar date in Vietnam at that moment; nothing outside the years 1 to 9999.
    #[must_use]
    pub fn local_date(self) -> Option<Date> {
        let days = self.0.saturating_add(OFFSET_MS).div_euclid(DAY_MS);
        i32::try_from(days).ok().and_then(Date::from_days)
    }

    /// The time of day in Vietnam at that moment.
    #[must_use]
    pub fn local_time(self) -> TimeOfDay {
        let minutes = self.0.saturating_add(OFFSET_MS).rem_euclid(DAY_MS) / 60_000;
        TimeOfDay(u16::try_from(minutes).unwrap_or_default())
    }

    /// The instant of a local date and time of day in Vietnam.
    #[must_use]
    pub fn from_local(date: Date, time: TimeOfDay) -> Self {
        Self(i64::from(date.0) * DAY_MS + i64::from(time.0) * 60_000 - OFFSET_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_people_type_them_and_print_as_offices_do() {
        let date: Date = "15/5/2013".parse().unwrap();
        assert_eq!(date, "2013-05-15".parse().unwrap());
        assert_eq!(date.in_figures(), "15/05/2013");
        assert_eq!(date.in_prose(), "ngày 15 tháng 5 năm 2013");
        assert_eq!("3/2/1930".parse::<Date>().unwrap().in_prose(), "ngày 03 tháng 02 năm 1930");
        assert!("30/2/2012".parse::<Date>().is_err());
        assert!("hôm qua".parse::<Date>().is_err());
    }

    #[test]
    fn the_month_changes_at_midnight_in_vietnam() {
        let midnight = Instant::from_local(
            Date::new(2012, 7, 1).unwrap(),
            TimeOfDay::from_minutes(30).unwrap(),
        );
        assert_eq!(midnight.local_date().unwrap().month().to_string(), "2012-07");
        assert_eq!(midnight.local_time().to_string(), "00:30");
    }

    #[test]
    fn days_and_dates_name_each_other() {
        for days in [-719_162, -1, 0, 15_000, 2_932_896] {
            assert_eq!(Date::from_days(days).map(Date::days), Some(days));
        }
        assert_eq!(Date::from_days(i32::MIN), None);
        assert_eq!(Date::from_days(2_932_897), None);
    }

    #[test]
    fn months_and_times_read_both_ways() {
        assert_eq!("4/2012".parse::<Month>(), "2012-04".parse());
        assert!("13/2012".parse::<Month>().is_err());
        assert_eq!("19h30".parse::<TimeOfDay>().unwrap().minutes(), 1170);
        assert_eq!("7h".parse::<TimeOfDay>().unwrap().to_string(), "07:00");
        assert!("24:00".parse::<TimeOfDay>().is_err());
    }
}
