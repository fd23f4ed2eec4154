//! Real phones on disk: a small pack, and what is typed into its forms. Who answers them is
//! [`crate::office`], or, where the server itself is the subject, [`crate::district`].

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use soban_core::base::{Instant, OrgUnitId};
use soban_core::form::{
    ChoiceList, Expr, Field, FieldKind, Form, Group, Home, Input, Language, Op, OptionDef, Pack,
    Policy, Rule, Severity,
};
use soban_core::phone::{Entropy, NewRecord, Phone, Typed};
use soban_core::record::{FieldNo, FormNo};

/// The cell that the phones write for.
pub const CELL: OrgUnitId = OrgUnitId(17);
/// 1 September 2012, 8 in the morning in Vietnam.
pub const NOW: Instant = Instant(1_346_461_200_000);

/// Bytes that repeat with a seed.
#[derive(Debug)]
pub struct Dice(u64);

impl Dice {
    /// Dice that nobody else has thrown in this process.
    #[must_use]
    pub fn fresh() -> Self {
        static THROWN: AtomicU64 = AtomicU64::new(1);
        Self(THROWN.fetch_add(1, Ordering::Relaxed) << 32)
    }
}

impl Entropy for Dice {
    fn fill(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            // SplitMix64.
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            *byte = mixed.to_be_bytes()[0];
        }
    }
}

/// The phone of a folder.
#[must_use]
pub fn open_phone(dir: &Path) -> Phone {
    Phone::open(dir, Box::new(Dice::fresh())).expect("the phone opens")
}

fn form(no: u16, name: &str, home: Home, fields: Vec<Field>) -> Form {
    let title = vec![FieldNo(16)];
    Form {
        no: FormNo(no),
        name: name.to_owned(),
        version: 1,
        parent: None,
        home,
        title,
        summary: Vec::new(),
        natural_key: Vec::new(),
        fields,
        groups: Vec::new(),
        rules: Vec::new(),
        totals: Vec::new(),
    }
}

fn field(no: u16, name: &str, kind: FieldKind) -> Field {
    Field::new(FieldNo(no), name, kind)
}

fn required(no: u16, name: &str, kind: FieldKind) -> Field {
    Field { required: true, ..field(no, name, kind) }
}

/// Meetings, whose attendance is a group with a rule over it.
fn meeting_form() -> Form {
    let number = |no, name| Field { min: Some(0), ..field(no, name, FieldKind::Integer) };
    let fields = vec![
        required(16, "held_on", FieldKind::Date),
        field(17, "place", FieldKind::Text),
        number(18, "total"),
        number(19, "present"),
        number(20, "absent"),
    ];
    let mut meeting = form(1, "meeting", Home::Year(FieldNo(16)), fields);
    let attendance = vec![FieldNo(18), FieldNo(19), FieldNo(20)];
    let policy = Policy::Critical;
    meeting.groups.push(Group { name: "attendance".to_owned(), fields: attendance, policy });
    let of = |no| Box::new(Expr::Field(FieldNo(no)));
    let there = Box::new(Expr::Binary(Op::Add, of(19), of(20)));
    meeting.rules.push(Rule {
        name: "attendance_adds_up".to_owned(),
        check: Expr::Binary(Op::Equal, there, of(18)),
        severity: Severity::Block,
        field: FieldNo(18),
    });
    meeting
}

/// Meetings with agenda items, gifts, and the works that gifts go to.
#[must_use]
pub fn small_pack() -> Pack {
    let mut item =
        form(2, "agenda_item", Home::Parent, vec![required(16, "subject", FieldKind::Text)]);
    item.parent = Some(FormNo(1));
    let gift = vec![
        required(16, "given_on", FieldKind::Date),
        required(17, "donor", FieldKind::Text),
        field(18, "kind", FieldKind::Choice("gift_kind".to_owned())),
        field(19, "amount", FieldKind::Money),
        field(20, "work", FieldKind::Record(FormNo(4))),
    ];
    let gift = form(3, "gift", Home::Year(FieldNo(16)), gift);
    let work = form(4, "work", Home::Standing, vec![required(16, "name", FieldKind::Text)]);
    let (valid_from, valid_to) = (None, None);
    let option =
        |(code, name): (u16, &str)| OptionDef { code, name: name.to_owned(), valid_from, valid_to };
    let kinds = ChoiceList([(1, "land"), (2, "money")].map(option).into());
    let mut pack = Pack { id: "small".to_owned(), version: 1, ..Pack::default() };
    pack.forms = [meeting_form(), item, gift, work].map(|form| (form.no, form)).into();
    pack.choices = [("gift_kind".to_owned(), kinds)].into();
    for (key, vi, en) in LABELS {
        pack.labels.insert(Language::Vi, key, vi);
        pack.labels.insert(Language::En, key, en);
    }
    pack
}

const LABELS: [(&str, &str, &str); 4] = [
    ("form-meeting-held_on", "Ngày họp", "Held on"),
    ("form-meeting-total", "Tổng số", "Total"),
    (
        "form-meeting-rule-attendance_adds_up",
        "Có mặt và vắng mặt phải bằng tổng số.",
        "Present and absent must add up to the total.",
    ),
    ("form-gift-donor", "Người hiến", "Donor"),
];

/// Values as typed.
#[must_use]
pub fn typed<const N: usize>(fields: [(&str, &str); N]) -> Typed {
    let input = |(name, words): (&str, &str)| (name.to_owned(), Input::Text(words.to_owned()));
    fields.into_iter().map(input).collect()
}

/// A record to be made, as typed.
#[must_use]
pub fn record<const N: usize>(form: &str, fields: [(&str, &str); N]) -> NewRecord {
    NewRecord { form: form.to_owned(), fields: typed(fields), ..NewRecord::default() }
}

/// A meeting of 12 April 2012 at a place, with this many agenda items.
#[must_use]
pub fn meeting(place: &str, items: usize) -> NewRecord {
    let item = |n: usize| {
        let subject = format!("việc {n} ở {place}");
        ("agenda_item".to_owned(), typed([("subject", subject.as_str())]))
    };
    let fields = [("held_on", "12/4/2012"), ("place", place)];
    NewRecord { rows: (0..items).map(item).collect(), ..record("meeting", fields) }
}
