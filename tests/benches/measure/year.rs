//! A cell's year at a real district: 24 meetings, 120 gifts and 30 later changes by three phones.

use std::path::{Path, PathBuf};

use soban_core::base::{Date, Instant, RecordId, TimeOfDay};
use soban_core::phone::{NewRecord, Phone, RecordPatch};
use soban_server::link::{Link, TrafficCounts};
use soban_tests::district::{District, VILLAGE};

use crate::typed::{Source, Typist};
use crate::words::{Chance, Words};

/// What a phone says of its free space.
pub(crate) const FREE_BYTES: Option<u64> = Some(5_368_709_120);

const GIFTS_A_MONTH: i64 = 10;
const CHANGES: i64 = 30;

/// A year at a district, and the phones that wrote it, in sync.
#[derive(Debug)]
pub(crate) struct CellYear<'a> {
    pub(crate) typist: Typist<'a>,
    pub(crate) phones: Vec<Phone>,
    pub(crate) link: Link,
    pub(crate) district: District,
    dir: PathBuf,
    gifts: Vec<RecordId>,
}

impl<'a> CellYear<'a> {
    /// Writes the year; which one, chance decides with its seed.
    pub(crate) fn write(dir: &Path, words: &'a Words, seed: u64) -> Self {
        let district = District::start(&dir.join("district"));
        let holder = ["bí thư", "phó bí thư", "chi ủy viên"];
        let phone = |(n, holder): (usize, &str)| district.phone(&phone_dir(dir, n), holder);
        let phones = holder.into_iter().enumerate().map(phone).collect();
        let typist = Typist { words, chance: Chance::new(seed), village: VILLAGE };
        let (link, gifts) = (district.link(), Vec::new());
        let mut year = Self { typist, phones, link, district, dir: dir.to_owned(), gifts };
        for month in 1..=12 {
            year.write_month(month);
            year.sync_all();
        }
        year.sync_all();
        year
    }

    fn write_month(&mut self, month: i64) {
        for kind in ["regular", "thematic"] {
            let meeting = self.typist.meeting(kind, month);
            self.save(&meeting, month);
        }
        let known = self.gifts.len();
        for _ in 0..GIFTS_A_MONTH {
            let gift = self.typist.gift(Source::History, month);
            let gift = self.save(&gift, month);
            self.gifts.push(gift);
        }
        // Only what every phone has heard of by now is changed.
        let changes =
            if known == 0 { 0 } else { CHANGES * month / 12 - CHANGES * (month - 1) / 12 };
        let before = if month == 2 { CHANGES / 12 } else { 0 };
        for _ in 0..changes + before {
            let most = i64::try_from(known).unwrap() - 1;
            let place = usize::try_from(self.typist.chance.between(0, most)).unwrap();
            let mut patch = RecordPatch::new(self.gifts[place]);
            patch.fields = self.typist.change(month);
            patch.confirmed = true;
            let (author, at) = self.author_and_moment(month);
            self.phones[author].edit(&patch, at).expect("the change is taken");
        }
    }

    fn save(&mut self, new: &NewRecord, month: i64) -> RecordId {
        let (author, at) = self.author_and_moment(month);
        self.phones[author].save(new, at).expect("the record is taken").record
    }

    /// The secretary writes most of it.
    fn author_and_moment(&mut self, month: i64) -> (usize, Instant) {
        let author = [0, 0, 0, 0, 0, 0, 1, 1, 1, 2];
        let author = author[usize::try_from(self.typist.chance.between(0, 9)).unwrap()];
        (author, self.moment(month))
    }

    fn moment(&mut self, month: i64) -> Instant {
        let mut number = |least, most| self.typist.chance.between(least, most);
        let day =
            Date::new(2012, i8::try_from(month).unwrap(), i8::try_from(number(1, 28)).unwrap());
        let minute = u16::try_from(number(7 * 60, 21 * 60)).unwrap();
        let minute = Instant::from_local(day.unwrap(), TimeOfDay::from_minutes(minute).unwrap());
        Instant(minute.0 + number(0, 59_999))
    }

    /// Every phone hears of everything, and that its own has positions.
    pub(crate) fn sync_all(&mut self) {
        for _ in 0..2 {
            for phone in &mut self.phones {
                self.link.sync(phone, FREE_BYTES).expect("the district answers");
                self.district.settle();
            }
        }
    }

    /// What one phone's sync costs.
    pub(crate) fn sync_one(&mut self, phone: usize) -> TrafficCounts {
        let before = self.link.traffic().counts();
        self.link.sync(&mut self.phones[phone], FREE_BYTES).expect("the district answers");
        let after = self.link.traffic().counts();
        TrafficCounts {
            requests: after.requests - before.requests,
            bytes_up: after.bytes_up - before.bytes_up,
            bytes_down: after.bytes_down - before.bytes_down,
        }
    }

    /// One more phone of the cell; its place among them.
    pub(crate) fn enrol(&mut self, holder: &str) -> usize {
        let place = self.phones.len();
        self.phones.push(self.district.phone(&phone_dir(&self.dir, place), holder));
        place
    }

    /// Saves a record on a phone in December.
    pub(crate) fn save_on(&mut self, phone: usize, new: &NewRecord) -> RecordId {
        let at = self.moment(12);
        self.phones[phone].save(new, at).expect("the record is taken").record
    }

    /// Ends the district, and closes every phone but one; that one's folder.
    pub(crate) fn close(self) -> PathBuf {
        drop(self.phones);
        self.district.stop();
        phone_dir(&self.dir, 0)
    }
}

fn phone_dir(dir: &Path, place: usize) -> PathBuf {
    dir.join(format!("phone-{place}"))
}
