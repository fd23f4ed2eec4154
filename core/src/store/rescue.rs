//! What can still be read of a damaged file, row by row.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

/// Tables in the order of their worth. The record table is not among them: it is made anew from
/// the entries.
const TABLES: &[&str] = &["meta", "entry", "draft", "abandoned", "cursor", "reference"];

/// Copies every row that can be read and is not there yet; the number of rows copied.
pub(super) fn carry_over(damaged: &Connection, fresh: &mut Connection) -> usize {
    let mut carried = 0;
    for table in TABLES {
        carried += carry_table(damaged, fresh, table).unwrap_or(0);
    }
    // The rows that this speaks of are not carried over.
    drop(fresh.execute("DELETE FROM meta WHERE key = 'rows_under'", []));
    carried
}

fn carry_table(
    damaged: &Connection,
    fresh: &mut Connection,
    table: &str,
) -> rusqlite::Result<usize> {
    let mut select = damaged.prepare(&format!("SELECT * FROM {table}"))?;
    let columns = select.column_count();
    let marks = vec!["?"; columns].join(", ");
    let transaction = fresh.transaction()?;
    let mut carried = 0;
    {
        let mut insert =
            transaction.prepare(&format!("INSERT OR IGNORE INTO {table} VALUES ({marks})"))?;
        let mut rows = select.query([])?;
        // The first row that cannot be read ends the table: SQLite cannot step over it.
        while let Ok(Some(row)) = rows.next() {
            let values = (0..columns).map(|column| row.get::<_, Value>(column));
            if let Ok(values) = values.collect::<rusqlite::Result<Vec<_>>>() {
                carried += insert.execute(params_from_iter(values))?;
            }
        }
    }
    transaction.commit()?;
    Ok(carried)
}
