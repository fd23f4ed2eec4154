//! The tables that follow from the log, rebuilt aside and compared with those on disk.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Row, Rows, Statement, params_from_iter};
use soban_core::base::BookId;

use super::{StoreError, migrate};

/// A table, its columns, and how many of them name a row. All but a contest's number are compared:
/// that one is given as it comes.
struct Table {
    name: &'static str,
    columns: &'static str,
    key: usize,
}

const TABLES: [Table; 5] = [
    Table { name: "book", columns: "book, org_unit, period, generation, position, chain", key: 1 },
    Table {
        name: "writes",
        columns: "book, record_actor, record_seq, record_index, field, actor, seq, counter, value",
        key: 7,
    },
    Table {
        name: "record",
        columns: "book, actor, seq, idx, org_unit, form, form_version, parent_actor, parent_seq, \
             parent_idx, void, occurred_on, same_as, natural_key, contests, fold, fields",
        key: 4,
    },
    Table {
        name: "contest",
        columns: "book, actor, seq, idx, kind, field, other, org_unit, policy, since",
        key: 7,
    },
    Table {
        name: "decision",
        columns: "book, actor, seq, id, record, other, kind, field, reason, person, decided_at, \
             superseded, unseen",
        key: 6,
    },
];

/// How one table on disk differs from what the log says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Which table.
    pub table: &'static str,
    /// Rows that the log does not say.
    pub extra: u64,
    /// Rows that the log says and that are not there.
    pub lost: u64,
    /// Rows that the log says otherwise.
    pub changed: u64,
}

/// The tables as the log makes them, in a file of their own that SQLite removes.
#[derive(Debug)]
pub struct Rebuilt {
    db: Connection,
    left_out: BTreeSet<BookId>,
}

impl Rebuilt {
    /// Empty tables beside a copy of what the log says of arrivals.
    ///
    /// # Errors
    /// [`StoreError`], as of everything here.
    pub fn from_log(db: &Connection) -> Result<Self, StoreError> {
        let mut aside = Connection::open("")?;
        migrate::migrate(&mut aside)?;
        let transaction = aside.transaction()?;
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
                insert.execute(params_from_iter(values))?;
            }
        }
        transaction.commit()?;
        Ok(Self { db: aside, left_out: BTreeSet::new() })
    }

    /// Leaves a book alone whose log itself is damaged: its tables are all that is left of it.
    pub fn leave_out(&mut self, book: BookId) {
        self.left_out.insert(book);
    }

    /// Writes into the tables.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn write(
        &mut self,
        job: impl FnOnce(&Connection) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let transaction = self.db.transaction()?;
        job(&transaction)?;
        Ok(transaction.commit()?)
    }

    /// How the tables on disk differ from these.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn differences(&self, db: &Connection) -> Result<Vec<Difference>, StoreError> {
        let mut found = Vec::new();
        for table in &TABLES {
            let mut difference = Difference { table: table.name, extra: 0, lost: 0, changed: 0 };
            self.each_difference(db, table, |kind, _| {
                *match kind {
                    Kind::Extra => &mut difference.extra,
                    Kind::Lost => &mut difference.lost,
                    Kind::Changed => &mut difference.changed,
                } += 1;
                Ok(())
            })?;
            if difference.extra + difference.lost + difference.changed > 0 {
                found.push(difference);
            }
        }
        Ok(found)
    }

    /// Makes the tables on disk equal to these. Rows that are as they should be stay, and so do
    /// the numbers of contests.
    ///
    /// # Errors
    /// [`StoreError`]; then the caller's transaction must not be kept.
    pub fn replace(&self, db: &Connection) -> Result<(), StoreError> {
        for table in &TABLES {
            let mut wrong = Vec::new();
            self.each_difference(db, table, |kind, row| {
                wrong.push((kind, row));
                Ok(())
            })?;
            wrong.into_iter().try_for_each(|(kind, row)| set_right(db, table, kind, row))?;
        }
        Ok(())
    }

    /// Walks both tables side by side in the order of their keys.
    fn each_difference(
        &self,
        db: &Connection,
        table: &Table,
        mut found: impl FnMut(Kind, Vec<Value>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let sql = table.select(&self.left_out);
        let (mut ours, mut theirs) = (db.prepare(&sql)?, self.db.prepare(&sql)?);
        let (mut ours, mut theirs) = (Walk::start(&mut ours)?, Walk::start(&mut theirs)?);
        loop {
            let order = match (&ours.row, &theirs.row) {
                (None, None) => return Ok(()),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(here), Some(there)) => compare(here, there, table.key),
            };
            let was = if order.is_le() { ours.step()? } else { None };
            let shall = if order.is_ge() { theirs.step()? } else { None };
            match (was, shall) {
                (Some(was), None) => found(Kind::Extra, was)?,
                (None, Some(shall)) => found(Kind::Lost, shall)?,
                (was, Some(shall)) if was.as_ref() != Some(&shall) => found(Kind::Changed, shall)?,
                _ => {}
            }
        }
    }
}

/// A table's rows, one at a time.
struct Walk<'a> {
    rows: Rows<'a>,
    columns: usize,
    row: Option<Vec<Value>>,
}

impl<'a> Walk<'a> {
    fn start(select: &'a mut Statement<'_>) -> Result<Self, StoreError> {
        let columns = select.column_count();
        let mut walk = Self { rows: select.query([])?, columns, row: None };
        walk.step()?;
        Ok(walk)
    }

    /// The row it stands on; it goes on to the next.
    fn step(&mut self) -> Result<Option<Vec<Value>>, StoreError> {
        let read = |row: &Row<'_>| (0..self.columns).map(|column| row.get(column)).collect();
        let next = self.rows.next()?.map(read).transpose()?;
        Ok(std::mem::replace(&mut self.row, next))
    }
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Extra,
    Lost,
    Changed,
}

impl Table {
    fn names(&self) -> Vec<&'static str> {
        self.columns.split(',').map(str::trim).collect()
    }

    fn select(&self, left_out: &BTreeSet<BookId>) -> String {
        let left_out: Vec<String> = left_out.iter().map(|book| book.number().to_string()).collect();
        let key: Vec<&str> = self.names().into_iter().take(self.key).collect();
        format!(
            "SELECT {} FROM {} WHERE book NOT IN ({}) ORDER BY {}",
            self.columns,
            self.name,
            left_out.join(", "),
            key.join(", ")
        )
    }
}

fn set_right(
    db: &Connection,
    table: &Table,
    kind: Kind,
    row: Vec<Value>,
) -> Result<(), StoreError> {
    let names = table.names();
    let (name, columns) = (table.name, table.columns);
    let conditions: Vec<String> =
        names.iter().take(table.key).map(|c| format!("{c} = ?")).collect();
    if let Kind::Extra = kind {
        let sql = format!("DELETE FROM {name} WHERE {}", conditions.join(" AND "));
        db.prepare_cached(&sql)?.execute(params_from_iter(row.into_iter().take(table.key)))?;
        return Ok(());
    }
    let marks = vec!["?"; names.len()].join(", ");
    let key = names.iter().take(table.key).copied().collect::<Vec<_>>().join(", ");
    let rest: Vec<String> =
        names.iter().skip(table.key).map(|c| format!("{c} = excluded.{c}")).collect();
    let sql = format!(
        "INSERT INTO {name} ({columns}) VALUES ({marks})
         ON CONFLICT ({key}) DO UPDATE SET {}",
        rest.join(", ")
    );
    db.prepare_cached(&sql)?.execute(params_from_iter(row))?;
    Ok(())
}

/// As SQLite orders them: the keys are integers, bytes and plain text alone.
fn compare(a: &[Value], b: &[Value], key: usize) -> Ordering {
    let rank = |value: &Value| match ValueRef::from(value) {
        ValueRef::Integer(number) => (number, Vec::new()),
        ValueRef::Blob(bytes) | ValueRef::Text(bytes) => (0, bytes.to_vec()),
        ValueRef::Null | ValueRef::Real(_) => (0, Vec::new()),
    };
    let pairs = a.iter().zip(b).take(key);
    pairs.map(|(a, b)| rank(a).cmp(&rank(b))).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}
