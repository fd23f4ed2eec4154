//! Search for units and records, typed with or without diacritics.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use soban_core::base::text;

use super::asked::Asked;
use super::frame::{encode, frame, show};
use super::print::Printer;
use super::view::{Place, SearchPage, UnitHit};
use super::{Failure, SignedIn};
use crate::http::App;
use crate::store::read::{self, SearchHit};

/// Hits of each kind; whoever needs more adds a word.
const MOST: u32 = 50;

#[derive(Deserialize)]
pub(super) struct SearchQuery {
    #[serde(default)]
    q: String,
}

pub(super) async fn page(
    State(app): State<Arc<App>>,
    who: SignedIn,
    Asked(SearchQuery { q }): Asked<SearchQuery>,
) -> Result<Response, Failure> {
    let typed = text::normalise(&q);
    let path = if typed.is_empty() {
        "/search".to_owned()
    } else {
        format!("/search?q={}", encode(&typed))
    };
    let mut f = frame(&app, &who, Place::Search, &path)?;
    f.searched.clone_from(&typed);
    let folded = text::fold(&typed);
    let words: Vec<String> =
        folded.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    let title = match words.is_empty() {
        true => f.t("search-start"),
        false => f.with("search-title", "words", typed),
    };
    let scope = who.session.scope;
    show(&app, |db| {
        let (mut units, mut records) = (Vec::new(), Vec::new());
        if !words.is_empty() {
            let printer = Printer { db, pack: &app.pack, words: f.words, now: app.clock.now() };
            units = read::search_units(db, scope, &words, MOST)?;
            let found = read::search_records(db, scope, &words, MOST)?;
            for record in &found {
                records.push(printer.record_line(record)?);
            }
        }
        let units = units.into_iter().map(unit_hit).collect();
        let most = usize::try_from(MOST).unwrap_or(usize::MAX);
        Ok(SearchPage { title, units, records, most, f })
    })
}

fn unit_hit(hit: SearchHit) -> UnitHit {
    UnitHit {
        name: hit.name,
        path: format!("/units/{}", hit.id),
        above: hit.above.unwrap_or_default(),
    }
}
