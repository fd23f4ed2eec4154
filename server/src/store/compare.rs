//! The tables that follow from the log, rebuilt in memory and compared with those on disk.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::{StoreError, migrate};

/// Tables that follow from the log, and what of them is compared: a contest's number is given as
/// it comes, everything else is not.
const TABLES: &[(&str, &str)] = &[
    ("writes", "book, record_actor, record_seq, record_index, field, actor, seq, counter, value"),
    (
        "record",
        "book, actor, seq, idx, org_unit, form, form_version, parent_actor, parent_seq, \
         parent_idx, void, occurred_on, natural_key, contests, fold, fields",
    ),
    ("contest", "book, actor, seq, idx, org_unit, kind, field, policy, since"),
];

/// Tables in memory.
#[derive(Debug)]
pub struct Rebuilt(Connection);

impl Rebuilt {
    /// Empty tables beside a copy of what the log says of arrivals.
    ///
    /// # Errors
    /// [`StoreError`], as of everything here.
    pub fn from_log(db: &Connection) -> Result<Self, StoreError> {
        let mut memory = Connection::open_in_memory()?;
        migrate::migrate(&mut memory)?;
        let transaction = memory.transaction()?;
        {
            let mut insert = transaction.prepare(
                "INSERT INTO log (no, book, actor, seq, generation, claim, entry, device,
                     received_at, state)
                 VALUES (?1, ?2, ?3, ?4, 1, x'', x'', x'', ?5, 1)",
            )?;
            let mut select = db.prepare("SELECT no, book, actor, seq, received_at FROM log")?;
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                let values: [Value; 5] =
                    [row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?];
                insert.execute(rusqlite::params_from_iter(values))?;
            }
        }
        transaction.commit()?;
        Ok(Self(memory))
    }

    /// Writes into the tables in memory.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn write(
        &mut self,
        job: impl FnOnce(&Connection) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let transaction = self.0.transaction()?;
        job(&transaction)?;
        Ok(transaction.commit()?)
    }

    /// Puts these tables in the place of those on disk.
    ///
    /// # Errors
    /// [`StoreError`]; then the tables on disk are as they were.
    pub fn replace(&self, db: &Connection) -> Result<(), StoreError> {
        for (table, columns) in TABLES {
            db.execute(&format!("DELETE FROM {table}"), [])?;
            let marks = vec!["?"; columns.split(',').count()].join(", ");
            let mut insert =
                db.prepare(&format!("INSERT INTO {table} ({columns}) VALUES ({marks})"))?;
            for row in rows_of(&self.0, table, columns)? {
                insert.execute(rusqlite::params_from_iter(row))?;
            }
        }
        Ok(())
    }
}

/// How each table on disk differs from its rebuild: a sentence each.
///
/// # Errors
/// [`StoreError`].
pub fn differences(db: &Connection, rebuilt: &Rebuilt) -> Result<Vec<String>, StoreError> {
    let mut found = Vec::new();
    for (table, columns) in TABLES {
        let (ours, theirs) = (rows_of(db, table, columns)?, rows_of(&rebuilt.0, table, columns)?);
        let (ours, theirs) = (printed(ours), printed(theirs));
        let extra = ours.iter().filter(|row| theirs.binary_search(row).is_err()).count();
        let lost = theirs.iter().filter(|row| ours.binary_search(row).is_err()).count();
        if extra + lost > 0 {
            found.push(format!(
                "table {table}: {extra} rows that the log does not say, {lost} missing or changed"
            ));
        }
    }
    Ok(found)
}

fn rows_of(db: &Connection, table: &str, columns: &str) -> Result<Vec<Vec<Value>>, StoreError> {
    let count = columns.split(',').count();
    let mut select = db.prepare(&format!("SELECT {columns} FROM {table}"))?;
    let rows = select.query_map([], |row| (0..count).map(|column| row.get(column)).collect())?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn printed(rows: Vec<Vec<Value>>) -> Vec<String> {
    let mut printed: Vec<String> = rows.iter().map(|row| format!("{row:?}")).collect();
    printed.sort_unstable();
    printed
}
