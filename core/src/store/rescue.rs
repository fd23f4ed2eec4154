//! What can still be read of a damaged file, row by row.
//!
//! SQLite ends a reading at the first page that it cannot read. So a table is read from both of its
//! ends, and what lies between two such pages number by number: only what stood on them is lost.

use rusqlite::types::Value;
use rusqlite::{Connection, ErrorCode, Params, Statement, params_from_iter};

struct Table {
    name: &'static str,
    key: &'static str,
    /// Whether its keys are counted up from 1.
    counted: bool,
    /// Where else in the file its keys are to be found.
    keys_in: &'static [&'static str],
}

impl Table {
    const fn new(name: &'static str, key: &'static str) -> Self {
        Self { name, key, counted: false, keys_in: &[] }
    }

    const fn counted(name: &'static str, key: &'static str, keys_in: &'static [&str]) -> Self {
        Self { name, key, counted: true, keys_in }
    }
}

/// In the order of their worth. The record table is not among them: it is made anew from the
/// entries.
const TABLES: &[Table] = &[
    Table::new("meta", "key"),
    Table::counted(
        "entry",
        "no",
        &[
            "SELECT no FROM entry INDEXED BY entry_of_book",
            "SELECT no FROM entry INDEXED BY sqlite_autoindex_entry_1",
        ],
    ),
    Table::counted("draft", "id", &["SELECT seq FROM sqlite_sequence WHERE name = 'draft'"]),
    Table::counted("abandoned", "no", &[]),
    Table::new("cursor", "book"),
    Table::new("reference", "name"),
];

/// The most numbers that are tried one by one, should damage have made one of them huge.
const MOST_TRIED: i64 = 1_000_000;

/// Copies every row that can be read and is not there yet; the number of rows copied.
///
/// # Errors
/// The fresh file cannot be written: what is there of it is not all that could be read.
pub(super) fn carry_over(damaged: &Connection, fresh: &mut Connection) -> rusqlite::Result<usize> {
    let transaction = fresh.transaction()?;
    let mut carried = 0;
    for table in TABLES {
        carried += carry_table(damaged, &transaction, table)?;
    }
    // The rows that this speaks of are not carried over.
    transaction.execute("DELETE FROM meta WHERE key = 'rows_under'", [])?;
    transaction.commit()?;
    Ok(carried)
}

fn carry_table(damaged: &Connection, fresh: &Connection, table: &Table) -> rusqlite::Result<usize> {
    let Table { name, key, .. } = table;
    let all = format!("SELECT * FROM {name} ORDER BY {key}");
    let Ok(mut forwards) = damaged.prepare(&all) else { return Ok(0) };
    let marks = vec!["?"; forwards.column_count()].join(", ");
    let insert = format!("INSERT OR IGNORE INTO {name} VALUES ({marks})");
    let mut copy = Copy { insert: fresh.prepare(&insert)?, carried: 0 };
    if copy.rows(&mut forwards, [])? == Reading::Whole {
        return Ok(copy.carried);
    }
    if let Ok(mut backwards) = damaged.prepare(&format!("{all} DESC")) {
        copy.rows(&mut backwards, [])?;
    }
    let one = damaged.prepare(&format!("SELECT * FROM {name} WHERE {key} = ?1"));
    if let (true, Ok(mut one)) = (table.counted, one) {
        for number in 1..=last_number(damaged, fresh, table)? {
            copy.rows(&mut one, [number])?;
        }
    }
    Ok(copy.carried)
}

/// The highest number that a row of a table may have, as far as anything still says.
fn last_number(damaged: &Connection, fresh: &Connection, table: &Table) -> rusqlite::Result<i64> {
    let Table { name, key, keys_in, .. } = table;
    let carried = format!("SELECT coalesce(max({key}), 0) FROM {name}");
    let mut last: i64 = fresh.query_row(&carried, [], |row| row.get(0))?;
    for keys in *keys_in {
        let Ok(mut keys) = damaged.prepare(keys) else { continue };
        let Ok(found) = keys.query_map([], |row| row.get::<_, i64>(0)) else { continue };
        last = found.map_while(Result::ok).fold(last, i64::max);
    }
    Ok(last.min(MOST_TRIED))
}

/// How a reading of the damaged file ended.
#[derive(PartialEq, Eq)]
enum Reading {
    Whole,
    CutOff,
}

struct Copy<'a> {
    insert: Statement<'a>,
    carried: usize,
}

impl Copy<'_> {
    /// Copies what a query finds, up to where the file cannot be read.
    fn rows(
        &mut self,
        query: &mut Statement<'_>,
        values: impl Params,
    ) -> rusqlite::Result<Reading> {
        let columns = query.column_count();
        let Ok(mut rows) = query.query(values) else { return Ok(Reading::CutOff) };
        loop {
            let row = match rows.next() {
                Ok(Some(row)) => row,
                Ok(None) => return Ok(Reading::Whole),
                Err(_) => return Ok(Reading::CutOff),
            };
            let values = (0..columns).map(|column| row.get::<_, Value>(column));
            if let Ok(values) = values.collect::<rusqlite::Result<Vec<_>>>() {
                self.row(values)?;
            }
        }
    }

    /// Copies one row, unless it contradicts its table: then damage has changed it.
    fn row(&mut self, values: Vec<Value>) -> rusqlite::Result<()> {
        match self.insert.execute(params_from_iter(values)) {
            Ok(added) => self.carried += added,
            Err(error) => match error.sqlite_error_code() {
                Some(ErrorCode::ConstraintViolation | ErrorCode::TypeMismatch) => {}
                _ => return Err(error),
            },
        }
        Ok(())
    }
}
