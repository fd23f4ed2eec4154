//! Search by folded words: units by their names, records by what they say.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};
use soban_core::base::OrgUnitId;

use super::rows::{RECORD, StoredRecord, stored_record};
use super::tree::BELOW;
use crate::store::StoreError;

/// A unit that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchHit {
    /// Its number.
    pub id: OrgUnitId,
    /// Its full name.
    pub name: String,
    /// The name of its kind.
    pub kind: String,
    /// The full name of the unit above it.
    pub above: Option<String>,
}

fn holds_words(column: &str, words: &[String]) -> String {
    words.iter().map(|_| format!(" AND instr({column}, ?) > 0")).collect()
}

fn values(scope: OrgUnitId, words: &[String], limit: u32) -> Vec<Sql> {
    let words = words.iter().map(|word| Sql::from(word.clone()));
    [Sql::from(i64::from(scope.0))]
        .into_iter()
        .chain(words)
        .chain([Sql::from(i64::from(limit))])
        .collect()
}

/// Units at or below a scope whose names hold each of these folded words.
///
/// # Errors
/// [`StoreError`], as of everything here.
pub fn search_units(
    db: &Connection,
    scope: OrgUnitId,
    words: &[String],
    limit: u32,
) -> Result<Vec<SearchHit>, StoreError> {
    let sql = format!(
        "{BELOW} SELECT u.id, u.name, u.kind, p.name FROM below b
         JOIN org_unit u ON u.id = b.id LEFT JOIN org_unit p ON p.id = u.parent
         WHERE 1{} ORDER BY u.sort, u.id LIMIT ?",
        holds_words("u.fold", words)
    );
    let mut list = db.prepare_cached(&sql)?;
    let found = list.query_map(params_from_iter(values(scope, words, limit)), |row| {
        Ok(SearchHit {
            id: OrgUnitId(row.get(0)?),
            name: row.get(1)?,
            kind: row.get(2)?,
            above: row.get(3)?,
        })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Records of units at or below a scope that hold each of these folded words, the newest first.
///
/// # Errors
/// [`StoreError`].
pub fn search_records(
    db: &Connection,
    scope: OrgUnitId,
    words: &[String],
    limit: u32,
) -> Result<Vec<StoredRecord>, StoreError> {
    let sql = format!(
        "{BELOW} SELECT {RECORD} FROM below b JOIN record r ON r.org_unit = b.id
         WHERE r.parent_actor IS NULL{} ORDER BY r.occurred_on DESC, r.book, r.seq LIMIT ?",
        holds_words("r.fold", words)
    );
    let mut list = db.prepare_cached(&sql)?;
    let found = list.query_map(params_from_iter(values(scope, words, limit)), stored_record)?;
    Ok(found.collect::<Result<_, _>>()?)
}
