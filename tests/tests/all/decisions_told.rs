//! Both people concerned see a decision on their phones, whatever its kind: what stood against
//! what and who wrote it, what there is now, why, and who decided.

use soban_core::base::RecordId;
use soban_core::book::Ruling;
use soban_core::phone::{DecisionView, Phone, RulingKind};
use soban_core::record::Fields;
use soban_server::clock;
use soban_server::decide::{Order, Verdict, state_of};
use soban_tests::district::gift;

use super::decisions::{Quarrel, write_area};

const HOLDERS: [&str; 2] = ["bà Vàng Thị Mai", "ông Sùng Seo Páo"];
const REASON: &str = "đã hỏi cả hai người";

impl Quarrel {
    /// Decides on these records, and what both phones then tell of it: the same.
    fn told(&mut self, records: &[RecordId], verdict: Verdict) -> DecisionView {
        let records = records.to_vec();
        let state = self.district.app().store.read(|db| state_of(db, &records)).unwrap();
        let order = Order { records, state, ..self.order(verdict, REASON) };
        self.decide(order).unwrap();
        self.sync();
        let newest = |phone: &mut Phone| {
            let made = phone.list_decisions(true).unwrap().remove(0);
            phone.mark_read(made.id.parse().unwrap()).unwrap();
            made
        };
        let (one, two) = (newest(&mut self.one), newest(&mut self.two));
        for made in [&one, &two] {
            assert!(made.own, "{made:?}");
            assert_eq!(made.reason.as_deref(), Some(REASON));
            assert_eq!(made.person, "Nguyễn Thị Hoa");
            let mut authors: Vec<&str> = made.before.iter().map(|s| s.author.as_str()).collect();
            authors.sort_unstable();
            assert_eq!(authors, HOLDERS);
        }
        assert_eq!(one.after, two.after);
        one
    }

    /// One phone makes the gift void while the other goes on with it.
    fn void_against_edit(&mut self) {
        self.one.void(self.gift, None, "ghi nhầm", clock::now()).unwrap();
        write_area(&mut self.two, self.gift, "650");
        self.sync();
    }

    /// Each phone writes down the same gift.
    fn twins(&mut self) -> [RecordId; 2] {
        let twin = |phone: &mut Phone| {
            phone.save(&gift("ông Ly Phát Tư", "437"), clock::now()).unwrap().record
        };
        let twins = [twin(&mut self.one), twin(&mut self.two)];
        self.sync();
        twins
    }
}

fn said_by(made: &DecisionView, holder: &str) -> Vec<String> {
    let sides = made.before.iter().filter(|side| side.author == holder);
    sides.flat_map(|side| &side.values).map(|(_, value)| value.clone()).collect()
}

#[test]
fn of_a_void_and_of_a_record_kept_both_see_who_made_it_void_and_who_went_on() {
    for (ruling, after) in [(Ruling::Void, REASON), (Ruling::Keep, "")] {
        let dir = tempfile::tempdir().unwrap();
        let mut quarrel = Quarrel::start(dir.path());
        quarrel.void_against_edit();
        let made = quarrel.told(&[quarrel.gift], Verdict::One(ruling, Fields::new()));
        assert_eq!(said_by(&made, HOLDERS[0]), ["ghi nhầm"]);
        assert!(said_by(&made, HOLDERS[1]).contains(&"650\u{a0}m²".to_owned()), "{made:?}");
        let after_it: Vec<&str> = made.after.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(after_it, [after]);
        quarrel.district.stop();
    }
}

#[test]
fn of_a_question_both_see_what_is_asked_about_and_nothing_decided() {
    let dir = tempfile::tempdir().unwrap();
    let mut quarrel = Quarrel::start(dir.path());
    let made = quarrel.told(&[quarrel.gift], Verdict::One(Ruling::Ask, Fields::new()));
    assert!(said_by(&made, HOLDERS[0]).contains(&"500\u{a0}m²".to_owned()), "{made:?}");
    assert!(said_by(&made, HOLDERS[1]).contains(&"700\u{a0}m²".to_owned()), "{made:?}");
    assert_eq!((made.ruling, made.after.as_slice()), (RulingKind::Ask, [].as_slice()));
    quarrel.district.stop();
}

#[test]
fn of_two_records_both_see_what_each_is_who_made_it_and_which_there_are_now() {
    let dir = tempfile::tempdir().unwrap();
    let mut quarrel = Quarrel::start(dir.path());
    let twins = quarrel.twins();
    for (verdict, ruling, now) in [
        (Verdict::Same(twins[0]), RulingKind::Same, 1),
        (Verdict::Split, RulingKind::Split, 2),
        (Verdict::Distinct, RulingKind::Distinct, 2),
    ] {
        let made = quarrel.told(&twins, verdict);
        assert_eq!(made.ruling, ruling);
        for side in &made.before {
            let [(label, title)] = side.values.as_slice() else { panic!("{made:?}") };
            assert!(!label.is_empty() && title.contains("Ly Phát Tư"), "{made:?}");
        }
        let made_by: Vec<RecordId> = made
            .before
            .iter()
            .map(|side| *twins.iter().find(|id| id.key.entry().to_string() == side.entry).unwrap())
            .collect();
        assert_eq!(made_by.len(), 2);
        assert_ne!(made_by[0], made_by[1]);
        assert_eq!(made.after.len(), now);
        assert!(made.after.iter().all(|(_, title)| title.contains("Ly Phát Tư")), "{made:?}");
    }
    quarrel.district.stop();
}
