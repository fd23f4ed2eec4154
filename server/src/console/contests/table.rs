//! The sides of a disagreement, side by side.

use soban_core::form::Form;
use soban_core::record::{FieldNo, Fields, Value};

use super::lower_first;
use crate::conflict::{Books, Conflict, Kind, Side, form_of};
use crate::console::history::{tool, writer};
use crate::console::moment::exact;
use crate::console::print::Printer;
use crate::console::view::{ContestCell, ContestRowView, ContestSide};
use crate::store::StoreError;

/// Who took a side, with what, and when.
pub(crate) fn side_of(printer: &Printer<'_>, books: &Books, side: &Side) -> ContestSide {
    let words = printer.words;
    let Some((book, origins)) = books.find(side.record.book) else { return ContestSide::default() };
    let written = book.time_of(side.entry).unwrap_or_default();
    let received = origins.find(side.entry).map(|origin| origin.received_at);
    ContestSide {
        who: writer(words, origins, side.entry),
        device: tool(words, origins, side.entry),
        written: words.with("contest-written", "when", exact(written)),
        received: received
            .map_or_else(String::new, |at| words.with("contest-received", "when", exact(at))),
    }
}

/// Where something is said: by which side of which disagreement.
struct SaidIn<'a> {
    printer: &'a Printer<'a>,
    books: &'a Books,
    conflict: &'a Conflict,
    side: &'a Side,
}

impl<'a> SaidIn<'a> {
    fn form(&self) -> Option<&'a Form> {
        let (book, _) = self.books.find(self.side.record.book)?;
        form_of(book, self.side.record, self.printer.pack)
    }

    fn value(&self, values: &Fields, no: FieldNo) -> Result<String, StoreError> {
        let on_void = self.conflict.kind == Kind::Void && no == FieldNo::VOID;
        match values.get(&no) {
            Some(Value::Null) if on_void => Ok(self.printer.words.t("contest-kept")),
            Some(value) => self.printer.value(self.form(), no, value),
            None if on_void => Ok(self.printer.words.t("contest-edit-value")),
            None => Ok(self.printer.words.t("nothing")),
        }
    }

    fn cell(
        &self,
        values: &Fields,
        (no, same): (FieldNo, bool),
        whose: String,
    ) -> Result<ContestCell, StoreError> {
        let text = self.value(values, no)?;
        let field = self.form().and_then(|form| form.find_field(no));
        let value = values.get(&no);
        Ok(ContestCell {
            spoken: value.and_then(|value| self.printer.spoken(field, value)),
            long: text.chars().count() > 28,
            text,
            same,
            whose,
        })
    }
}

/// What one side says in a list of the fields that the sides differ on, so many of them at the
/// most.
pub(crate) fn side_said(
    printer: &Printer<'_>,
    books: &Books,
    (conflict, side): (&Conflict, &Side),
    most: usize,
) -> Result<String, StoreError> {
    let fields = conflict.differing();
    let place = SaidIn { printer, books, conflict, side };
    let mut parts = Vec::new();
    for no in fields.iter().take(most) {
        parts.extend(said(&place, *no)?.map(|(label, value)| match (label, fields.len()) {
            (Some(label), 2..) => format!("{}: {value}", lower_first(&label)),
            _ => value,
        }));
    }
    Ok(parts.join(" · "))
}

/// What one side says of a field in a list, with what the field is called; nothing of a field that
/// a side which voids the record leaves alone.
fn said(place: &SaidIn<'_>, no: FieldNo) -> Result<Option<(Option<String>, String)>, StoreError> {
    let (printer, values) = (place.printer, &place.side.values);
    let value = place.value(values, no)?;
    let told = match (no == FieldNo::VOID, values.get(&no)) {
        (true, Some(Value::Text(_))) => {
            (None, printer.words.with("contest-void-value", "reason", value))
        }
        (true, _) => (None, value),
        (false, None) if place.conflict.kind.is_on_void() => return Ok(None),
        _ => (Some(printer.label(place.form(), no)), value),
    };
    Ok(Some(told))
}

/// One row per field in question: what held before, then the sides.
pub(super) fn rows(
    printer: &Printer<'_>,
    books: &Books,
    conflict: &Conflict,
) -> Result<Vec<ContestRowView>, StoreError> {
    let Some(first) = conflict.sides.first() else { return Ok(Vec::new()) };
    let apart = conflict.differing();
    let mut rows = Vec::new();
    let mut fields = conflict.filled();
    if conflict.kind.is_on_several() {
        // Of whole records first what tells them apart.
        fields.sort_by_key(|no| !apart.contains(no));
    }
    for no in fields {
        let same = !apart.contains(&no);
        let mut cells = Vec::new();
        let place = SaidIn { printer, books, conflict, side: first };
        if let Some(before) = conflict.restorable() {
            cells.push(place.cell(before, (no, true), printer.words.t("contest-before"))?);
        }
        for side in &conflict.sides {
            let whose = side_of(printer, books, side).who;
            // What a writer left alone is what they had on their page.
            let left = !side.values.contains_key(&no);
            let values = if conflict.kind.is_on_void() { &side.values } else { &side.whole };
            let place = SaidIn { side, ..place };
            cells.push(place.cell(values, (no, same || left), whose)?);
        }
        rows.push(ContestRowView { label: printer.label(place.form(), no), cells });
    }
    Ok(rows)
}
