//! Taking a decision from a card: read, tried on the books as they are, and refused with what was
//! sent kept where something is missing.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use soban_core::base::{Date, RecordId};
use soban_core::book::{Book, DecisionError};
use soban_core::form::{Field, Form, Node, Severity, Violation, ViolationKind, check, read_input};
use soban_core::record::Fields;

use super::card::card;
use super::form::{Draft, typable};
use super::form_of;
use super::sent::{Pairs, Sent};
use crate::access::Action;
use crate::conflict::{Books, Choice, Conflict, records_of};
use crate::console::frame::frame;
use crate::console::print::Printer;
use crate::console::view::Place;
use crate::console::words::Words;
use crate::console::{Failure, Posted, SignedIn};
use crate::decide::{DecideError, Order};
use crate::http::App;
use crate::store::{Db, read};

/// What came of what was sent.
enum Outcome {
    /// It can be tried.
    Order(Order),
    /// The card again, and why.
    Again(StatusCode, Draft),
    /// There is nothing to decide any more.
    Gone,
}

pub(in crate::console) async fn submit(
    State(app): State<Arc<App>>,
    Path(id): Path<i64>,
    Posted { who, form }: Posted<SignedIn, Pairs>,
) -> Result<Response, Failure> {
    let sent = Sent::from(form);
    let outcome = app.store.read(|db| Ok(read_order(&app, db, &who, (id, sent.clone()))))??;
    let again = match outcome {
        Outcome::Gone => None,
        Outcome::Again(status, draft) => Some((status, draft)),
        Outcome::Order(order) => match app.decide(order).await? {
            Ok(()) => {
                tracing::info!(contest = id, staff = who.session.staff, "a decision was made");
                return Ok(Redirect::to("/contests?told=decided").into_response());
            }
            Err(error) => Some(refused(Words::of(who.language), &error, sent)),
        },
    };
    let gone = || Redirect::to("/contests?told=gone").into_response();
    let Some((status, draft)) = again else { return Ok(gone()) };
    let f = frame(&app, &who, Place::Contests, &format!("/contests/{id}"))?;
    let page = app.store.read(|db| Ok(card(&app, db, (&who, f), id, Some(&draft))))??;
    let Some(page) = page else { return Ok(gone()) };
    Ok((status, Html(page.render()?)).into_response())
}

fn read_order(
    app: &App,
    db: &Db,
    who: &SignedIn,
    (id, sent): (i64, Sent),
) -> Result<Outcome, Failure> {
    let Some(row) = read::find_contest(db, id)? else { return Ok(Outcome::Gone) };
    for record in records_of(db, &row)? {
        // Who sends a form knows that there is something: they are told that it is not theirs.
        let permitted = who.permit(db, Action::Decide, record.book.org_unit);
        permitted.map_err(|failure| match failure {
            Failure::NotFound => Failure::Forbidden,
            other => other,
        })?;
    }
    let mut books = Books::default();
    let gathered = Conflict::gather(db, &app.pack, &mut books, &row)?;
    let Some(conflict) = gathered else { return Ok(Outcome::Gone) };
    let words = Words::of(who.language);
    if conflict.state(db)? != sent.state {
        let (status, draft) = refused(words, &DecideError::Moved, sent);
        return Ok(Outcome::Again(status, draft));
    }
    let printer = Printer { db, pack: &app.pack, words, now: app.clock.now() };
    let mut draft = Draft { sent, ..Draft::default() };
    let choice = read_choice(&printer, &books, &conflict, &mut draft);
    let written = (who.session.name.as_str(), draft.sent.reason.as_str());
    let order =
        choice.and_then(|choice| conflict.order(&choice, draft.sent.state.clone(), written));
    if draft.fields.is_empty() && order.is_none() {
        draft.take = Some(words.t("decide-choose"));
    }
    if conflict.needs_reason() && draft.sent.reason.is_empty() {
        draft.reason = Some(words.t("decide-reason-missing"));
    }
    Ok(match order {
        Some(order) if draft.reason.is_none() => Outcome::Order(order),
        _ => Outcome::Again(StatusCode::UNPROCESSABLE_ENTITY, draft),
    })
}

/// What was chosen; nothing if that cannot be told, or what was typed is not what the field takes.
fn read_choice(
    printer: &Printer<'_>,
    books: &Books,
    conflict: &Conflict,
    draft: &mut Draft,
) -> Option<Choice> {
    match draft.sent.take.as_str() {
        "before" => Some(Choice::Before),
        "void" => Some(Choice::Void),
        "keep" => Some(Choice::Keep),
        "distinct" => Some(Choice::Distinct),
        "other" => read_typed(printer, books, conflict, draft).map(Choice::Typed),
        side => side.strip_prefix("side-")?.parse().ok().map(Choice::Side),
    }
}

fn read_typed(
    printer: &Printer<'_>,
    books: &Books,
    conflict: &Conflict,
    draft: &mut Draft,
) -> Option<Fields> {
    let form = form_of(printer, books, conflict)?;
    let fields = typable(Some(form), conflict)?;
    let mut values = Fields::new();
    for field in &fields {
        match read_input(printer.pack, field, &draft.sent.input(field.no, &field.kind)) {
            Ok(value) => drop(values.insert(field.no, value)),
            Err(error) => {
                let violation = unreadable(form, field, ViolationKind::Unreadable(error));
                let said = violation.message(printer.pack, printer.language());
                draft.fields.insert(field.no, said);
            }
        }
    }
    let (book, _) = books.find(conflict.row.record.book)?;
    if draft.fields.is_empty() {
        let today = printer.now.local_date().unwrap_or_default();
        for violation in held_against(printer, book, conflict.row.record, (&values, today)) {
            let beside = fields.iter().find(|field| field.name == violation.field);
            if let Some(field) = beside.or(fields.first()) {
                let said = violation.message(printer.pack, printer.language());
                draft.fields.insert(field.no, said);
            }
        }
    }
    draft.fields.is_empty().then_some(values)
}

fn unreadable(form: &Form, field: &Field, kind: ViolationKind) -> Violation {
    let severity = Severity::Block;
    Violation { row: None, form: form.no, field: field.name.clone(), severity, kind }
}

/// What the form would hold against the record with these values, and does not hold against it as
/// it is.
fn held_against(
    printer: &Printer<'_>,
    book: &Book,
    record: RecordId,
    (values, today): (&Fields, Date),
) -> Vec<Violation> {
    let node = |key, values: Option<&Fields>| {
        let form = book.form_of(key)?;
        let mut fields = book.shown(key, printer.form(form));
        fields.retain(|field, _| field.belongs_to_form());
        fields.extend(values.into_iter().flatten().map(|(no, value)| (*no, value.clone())));
        Some(Node::new(form, fields))
    };
    let parent = book.parent_of(record.key).and_then(|key| node(key, None));
    let checked = |values: Option<&Fields>| {
        let Some(mut whole) = node(record.key, values) else { return Vec::new() };
        whole.rows =
            book.rows_of(record.key).into_iter().filter_map(|key| node(key, None)).collect();
        let parent = parent.as_ref().map(|node| &node.fields);
        let mut found = check(printer.pack, &whole, parent, today).0;
        found.retain(|violation| violation.severity == Severity::Block);
        found
    };
    let before = checked(None);
    let mut found = checked(Some(values));
    found.retain(|violation| !before.contains(violation));
    found
}

/// The card again, with what there is to say of an order that was not carried out.
fn refused(words: &Words, error: &DecideError, sent: Sent) -> (StatusCode, Draft) {
    let (state, reason) = (String::new(), sent.reason.clone());
    let moved = || Sent { state, reason, ..Sent::default() };
    let noted = |key: &str, sent| Draft { notice: Some(words.t(key)), sent, ..Draft::default() };
    match error {
        // What was chosen was chosen among other sides.
        DecideError::Moved => (StatusCode::CONFLICT, noted("decide-moved", moved())),
        DecideError::Busy => (StatusCode::SERVICE_UNAVAILABLE, noted("decide-busy", sent)),
        DecideError::ReasonNeeded | DecideError::Decision(DecisionError::ReasonNeeded) => {
            let reason = Some(words.t("decide-reason-missing"));
            (StatusCode::UNPROCESSABLE_ENTITY, Draft { reason, sent, ..Draft::default() })
        }
        DecideError::BadOrder | DecideError::Decision(_) => {
            (StatusCode::UNPROCESSABLE_ENTITY, noted("decide-failed", sent))
        }
    }
}
