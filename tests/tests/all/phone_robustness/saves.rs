//! What a phone says to the person who saves.

use soban_core::base::{Instant, Period};
use soban_core::phone::{PhoneError, RecordPatch};
use soban_tests::office::Office;
use soban_tests::phones::{NOW, meeting, record, small_pack, typed};

use super::ids;

#[test]
fn an_edit_over_a_field_that_has_moved_writes_nothing_and_names_the_field() {
    let dir = tempfile::tempdir().unwrap();
    let mut office = Office::new(&small_pack());
    let mut one = office.phone(&dir.path().join("one"));
    let mut two = office.phone(&dir.path().join("two"));
    let id = one.save(&meeting("bản", 1), NOW).unwrap().record;
    office.sync(&mut one);
    office.sync(&mut two);
    let opened = one.show(id).unwrap();
    let mut theirs = RecordPatch::new(id);
    theirs.fields = typed([("place", "nhà văn hóa")]);
    two.edit(&theirs, NOW).unwrap();
    office.sync(&mut two);
    office.sync(&mut one);
    let mut ours = RecordPatch::new(id);
    ours.opened_at = Some(opened.state);
    ours.fields = typed([("place", "trường học"), ("total", "5")]);
    let Err(PhoneError::Moved(moved)) = one.edit(&ours, NOW) else { panic!("it was written") };
    let moved: Vec<_> = moved.iter().map(|m| (m.record, &*m.field, &*m.now)).collect();
    assert_eq!(moved, [(id, "place", "nhà văn hóa")]);
    assert_eq!(one.status().unwrap().unsent, 0);
    // Another field of the same record has not moved.
    ours.fields = typed([("held_on", "13/4/2012")]);
    assert_eq!(one.edit(&ours, NOW).unwrap().entries, 1);
    // Seen anew, it may be written.
    ours.opened_at = Some(one.show(id).unwrap().state);
    ours.fields = typed([("place", "trường học")]);
    assert_eq!(one.edit(&ours, NOW).unwrap().entries, 1);
}

#[test]
fn everything_a_form_holds_against_a_record_comes_at_once_in_both_languages() {
    let dir = tempfile::tempdir().unwrap();
    let mut phone = Office::new(&small_pack()).phone(dir.path());
    let fields = [("held_on", "31/4/2012"), ("total", "5"), ("present", "3"), ("absent", "1")];
    let mut new = record("meeting", fields);
    new.fields.extend(typed([("where", "đâu đó")]));
    new.rows = vec![("agenda_item".to_owned(), typed([])), ("gift".to_owned(), typed([]))];
    let Err(PhoneError::Violations(found)) = phone.save(&new, NOW) else { panic!("it was saved") };
    let views: Vec<_> = found.iter().map(|violation| phone.violation_view(violation)).collect();
    let mut fields: Vec<_> =
        views.iter().map(|view| (&*view.form, view.row, &*view.field, &*view.severity)).collect();
    fields.sort_unstable();
    assert_eq!(
        fields,
        [
            ("agenda_item", Some(0), "subject", "block"),
            ("gift", Some(1), "", "block"),
            ("meeting", None, "held_on", "block"),
            ("meeting", None, "total", "block"),
            ("meeting", None, "where", "block"),
        ]
    );
    let rule = views.iter().find(|view| view.field == "total").unwrap();
    assert_eq!(rule.vi, "Có mặt và vắng mặt phải bằng tổng số.");
    assert_eq!(rule.en, "Present and absent must add up to the total.");
    assert!(views.iter().all(|view| !view.vi.is_empty() && !view.en.is_empty()));
    assert!(ids(&phone).is_empty());
    assert_eq!(phone.status().unwrap().unsent, 0);
}

#[test]
fn rule_11_no_year_is_closed_to_a_late_entry() {
    let dir = tempfile::tempdir().unwrap();
    let mut office = Office::new(&small_pack());
    let mut one = office.phone(&dir.path().join("one"));
    let mut two = office.phone(&dir.path().join("two"));
    let id = one.save(&meeting("bản", 2), NOW).unwrap().record;
    office.sync(&mut one);
    office.sync(&mut two);
    // 180 days offline, over New Year.
    let late = Instant(NOW.0 + 180 * 24 * 3_600_000);
    let again = two.save(&meeting("bản dưới", 1), late).unwrap().record;
    assert_eq!(again.book.period, Period::Year(2012));
    let mut patch = RecordPatch::new(id);
    patch.fields = typed([("place", "nhà văn hóa")]);
    two.edit(&patch, late).unwrap();
    office.sync(&mut two);
    office.sync(&mut one);
    assert_eq!(ids(&one), ids(&two));
    assert_eq!(one.show(id).unwrap(), two.show(id).unwrap());
    // A year that this phone has no book of yet is open as well.
    let old = record("meeting", [("held_on", "3/2/2003")]);
    assert_eq!(one.save(&old, late).unwrap().record.book.period, Period::Year(2003));
}

#[test]
fn rule_10_a_record_stays_in_the_book_of_its_first_date() {
    let dir = tempfile::tempdir().unwrap();
    let mut office = Office::new(&small_pack());
    let mut phone = office.phone(dir.path());
    let id = phone.save(&meeting("bản", 1), NOW).unwrap().record;
    let mut patch = RecordPatch::new(id);
    patch.fields = typed([("held_on", "28/12/2011")]);
    patch.new_rows = vec![("agenda_item".to_owned(), typed([("subject", "thêm")]))];
    phone.edit(&patch, NOW).unwrap();
    office.sync(&mut phone);
    assert_eq!(ids(&phone), [id.to_string()]);
    let view = phone.show(id).unwrap();
    assert_eq!(view.rows.len(), 2);
    assert!(view.rows.iter().all(|row| row.id.starts_with("17-2012-")));
    // It is found by the date as it is now.
    let day = |text: &str| text.parse().ok();
    let within = |from, to| soban_core::store::ListQuery {
        from: day(from),
        to: day(to),
        ..soban_core::store::ListQuery::default()
    };
    assert_eq!(phone.list(&within("2011-12-01", "2011-12-31")).unwrap().len(), 1);
    assert_eq!(phone.list(&within("2012-01-01", "2012-12-31")).unwrap().len(), 0);
}

#[test]
fn an_edit_that_changes_nothing_writes_nothing_and_a_group_is_written_whole() {
    let dir = tempfile::tempdir().unwrap();
    let mut phone = Office::new(&small_pack()).phone(dir.path());
    let mut new = meeting("bản", 0);
    new.fields.extend(typed([("total", "5"), ("present", "3"), ("absent", "2")]));
    let id = phone.save(&new, NOW).unwrap().record;
    let mut patch = RecordPatch::new(id);
    patch.fields = typed([("place", " bản "), ("present", "3")]);
    assert_eq!(phone.edit(&patch, NOW).unwrap().entries, 0);
    patch.fields = typed([("present", "4"), ("absent", "1")]);
    assert_eq!(phone.edit(&patch, NOW).unwrap().entries, 1);
    let history = phone.history(id).unwrap();
    let last: Vec<_> = history.last().unwrap().changes.iter().map(|(_, _, now)| &**now).collect();
    assert_eq!(last, ["5", "4", "1"]);
    assert!(matches!(phone.void(id, None, "  ", NOW), Err(PhoneError::ReasonNeeded)));
}
