//! The record table: what lists and search read without opening a book.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use rusqlite::types::Value as Sql;
use rusqlite::{Row, params, params_from_iter};

use super::{Store, StoreError, rows};
use crate::base::{Date, OrgUnitId, RecordId, RecordKey};
use crate::book::{Entry, RecordRow};
use crate::record::{Fields, FormNo};

/// A record's row and where it lives.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredRecord {
    /// Its id.
    pub id: RecordId,
    /// What is shown of it.
    pub row: RecordRow,
}

/// Which records to list: the newest first, voided ones last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListQuery {
    /// Only this form's.
    pub form: Option<FormNo>,
    /// Only those that happened on or after this day.
    pub from: Option<Date>,
    /// Only those that happened on or before this day.
    pub to: Option<Date>,
    /// Only those that hold each of these folded words.
    pub words: Vec<String>,
    /// Only those that are contested.
    pub contested: bool,
    /// How many to leave out first.
    pub offset: u32,
    /// How many at the most; 0 for 50.
    pub limit: u32,
}

/// How many records a form has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// In all.
    pub all: u32,
    /// Of them, those that happened in the days asked for.
    pub in_days: u32,
}

const COLUMNS: &str = "book, actor, seq, idx, form, form_version, parent_actor, parent_seq, \
     parent_idx, void, occurred_on, same_as, natural_key, contests, fold, fields";

// Said as the index `record_list` begins: only what happened in these days is looked at. Counted here,
// since SQLite would sort all of it to group it.
const COUNT: &str = "SELECT form, coalesce(occurred_on BETWEEN ?1 AND ?2, 0) FROM record
     WHERE parent_actor IS NULL AND (void IS NOT NULL) = 0 AND same_as IS NULL";
const EACH: &str = "SELECT form, same_as IS NOT NULL, fields FROM record
     WHERE parent_actor IS NULL AND (void IS NOT NULL) = 0 AND occurred_on BETWEEN ?1 AND ?2";
const EACH_OF_FORM: &str = "SELECT form, same_as IS NOT NULL, fields FROM record
     WHERE parent_actor IS NULL AND (void IS NOT NULL) = 0 AND occurred_on BETWEEN ?1 AND ?2
         AND form = ?3";

/// A list as SQL, in the order of the index `record_list`: a page of it is read and no more.
fn list_sql(query: &ListQuery) -> (String, Vec<Sql>) {
    let mut sql = format!("SELECT {COLUMNS} FROM record WHERE parent_actor IS NULL");
    let mut values: Vec<Sql> = Vec::new();
    let mut also = |condition: &str, value: Option<Sql>| {
        sql.push_str(" AND ");
        sql.push_str(condition);
        values.extend(value);
    };
    if let Some(form) = query.form {
        also("form = ?", Some(i64::from(form.0).into()));
    }
    if let Some(from) = query.from {
        also("occurred_on >= ?", Some(i64::from(from.days()).into()));
    }
    if let Some(to) = query.to {
        also("occurred_on <= ?", Some(i64::from(to.days()).into()));
    }
    for word in &query.words {
        also("instr(fold, ?) > 0", Some(word.clone().into()));
    }
    if query.contested {
        also("contests > 0", None);
    }
    let limit = if query.limit == 0 { 50 } else { query.limit };
    sql.push_str(
        " ORDER BY void IS NOT NULL, occurred_on DESC, book DESC, seq DESC, idx, actor
         LIMIT ? OFFSET ?",
    );
    values.extend([i64::from(limit).into(), i64::from(query.offset).into()]);
    (sql, values)
}

fn stored_record(row: &Row<'_>) -> rusqlite::Result<StoredRecord> {
    let id = rows::id(row, 0)?;
    let parent: Option<[u8; 8]> = row.get(6)?;
    let occurred_on: Option<i32> = row.get(10)?;
    let fields: Vec<u8> = row.get(15)?;
    let same_as = rows::text(row, 11)?;
    // What SQLite cannot see damaged must not keep the list from being read: the record itself is
    // in its book.
    let fields: Fields = minicbor::decode(&fields).unwrap_or_default();
    let row = RecordRow {
        key: id.key,
        form: FormNo(row.get(4)?),
        form_version: row.get(5)?,
        parent: parent.map(|_| rows::key(row, 6)).transpose()?,
        void: rows::text(row, 9)?,
        occurred_on: occurred_on.and_then(Date::from_days),
        same_as: same_as.and_then(|id| id.parse().ok()),
        natural_key: rows::text(row, 12)?,
        contests: row.get(13)?,
        fold: rows::text(row, 14)?.unwrap_or_default(),
        fields,
    };
    Ok(StoredRecord { id, row })
}

/// The first and the last day of a year.
#[must_use]
pub fn year_days(year: u16) -> Option<(Date, Date)> {
    let year = i16::try_from(year).ok()?;
    Some((Date::new(year, 1, 1)?, Date::new(year, 12, 31)?))
}

impl Store {
    /// One record.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn find_record(&self, id: RecordId) -> Result<Option<StoredRecord>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM record
             WHERE book = ?1 AND actor = ?2 AND seq = ?3 AND idx = ?4"
        );
        let mut find = self.connection.prepare_cached(&sql)?;
        let RecordKey { actor, seq, index } = id.key;
        let mut found =
            find.query_map(params![id.book.number(), actor.0, seq, index], stored_record)?;
        Ok(found.next().transpose()?)
    }

    /// The rows of a record.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn rows_of(&self, id: RecordId) -> Result<Vec<StoredRecord>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM record WHERE book = ?1 AND parent_actor = ?2
             AND parent_seq = ?3 AND parent_idx = ?4 ORDER BY seq, idx, actor"
        );
        let mut list = self.connection.prepare_cached(&sql)?;
        let RecordKey { actor, seq, index } = id.key;
        let found =
            list.query_map(params![id.book.number(), actor.0, seq, index], stored_record)?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// The ids of a record's rows.
    fn row_ids(&self, id: RecordId) -> Result<Vec<RecordId>, StoreError> {
        let RecordKey { actor, seq, index } = id.key;
        self.by_index(|| {
            let mut list = self.connection.prepare_cached(
                "SELECT book, actor, seq, idx FROM record WHERE book = ?1 AND parent_actor = ?2
                 AND parent_seq = ?3 AND parent_idx = ?4",
            )?;
            let of = params![id.book.number(), actor.0, seq, index];
            let found = list.query_map(of, |row| rows::id(row, 0))?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }

    /// Records that a natural key makes the same as a record of this unit and form.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn find_same(
        &self,
        org_unit: OrgUnitId,
        form: FormNo,
        natural_key: &str,
    ) -> Result<Vec<RecordId>, StoreError> {
        let mut list = self.connection.prepare_cached(
            "SELECT book, actor, seq, idx FROM record
             WHERE org_unit = ?1 AND form = ?2 AND natural_key = ?3 AND void IS NULL
                 AND same_as IS NULL",
        )?;
        let found =
            list.query_map(params![org_unit.0, form.0, natural_key], |row| rows::id(row, 0))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Lists records that are not rows of others. What SQLite cannot see damaged must not keep the
    /// others from being read: of a row that does not read, nothing is listed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn list_records(&self, query: &ListQuery) -> Result<Vec<StoredRecord>, StoreError> {
        let (sql, values) = list_sql(query);
        let list = || -> Result<Vec<rusqlite::Result<StoredRecord>>, StoreError> {
            let mut list = self.connection.prepare_cached(&sql)?;
            let found = list.query_map(params_from_iter(&values), |row| Ok(stored_record(row)))?;
            Ok(found.collect::<Result<_, _>>()?)
        };
        let all = || list()?.into_iter().collect::<Result<_, _>>().map_err(StoreError::from);
        self.by_index(all).or_else(|_| Ok(list()?.into_iter().filter_map(Result::ok).collect()))
    }

    /// Reads the record table through its indexes. They follow from it, and are made anew where
    /// damage in them keeps it from being read.
    fn by_index<T>(&self, read: impl Fn() -> Result<T, StoreError>) -> Result<T, StoreError> {
        read().or_else(|_| {
            self.connection.execute_batch("REINDEX record")?;
            read()
        })
    }

    /// How many records are contested.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn count_contested(&self) -> Result<u32, StoreError> {
        let mut count =
            self.connection.prepare_cached("SELECT count(*) FROM record WHERE contests > 0")?;
        Ok(count.query_row([], |row| row.get(0))?)
    }

    /// How many records that are not rows of others each form has, voided ones left out.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn count_records(
        &self,
        days: RangeInclusive<Date>,
    ) -> Result<BTreeMap<FormNo, Count>, StoreError> {
        let days = [days.start().days(), days.end().days()];
        self.by_index(|| {
            let mut counts = BTreeMap::<FormNo, Count>::new();
            let mut list = self.connection.prepare_cached(COUNT)?;
            let mut rows = list.query(days)?;
            while let Some(row) = rows.next()? {
                let count = counts.entry(FormNo(row.get(0)?)).or_default();
                count.all = count.all.saturating_add(1);
                count.in_days = count.in_days.saturating_add(row.get(1)?);
            }
            Ok(counts)
        })
    }

    /// Passes on each record, of all forms or of this one, that is not void and happened in these
    /// days, in any order: its form, whether staff ruled it to be the same as another, and what is
    /// shown of it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn each_record(
        &self,
        form: Option<FormNo>,
        days: RangeInclusive<Date>,
        mut job: impl FnMut(FormNo, bool, &Fields),
    ) -> Result<(), StoreError> {
        let sql = if form.is_some() { EACH_OF_FORM } else { EACH };
        let mut asked: Vec<Sql> = vec![days.start().days().into(), days.end().days().into()];
        asked.extend(form.map(|form| form.0.into()));
        let found = self.by_index(|| {
            let mut list = self.connection.prepare_cached(sql)?;
            let rows = list.query_map(params_from_iter(&asked), |row| {
                Ok((FormNo(row.get(0)?), row.get(1)?, row.get(2)?))
            })?;
            Ok(rows.collect::<Result<Vec<(FormNo, bool, Vec<u8>)>, _>>()?)
        })?;
        for (form, same, fields) in found {
            // As in lists.
            job(form, same, &minicbor::decode(&fields).unwrap_or_default());
        }
        Ok(())
    }

    /// Those of these records of which something, their rows included, is not confirmed by the
    /// district. What no longer reads is of no record.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn unsent_among(&self, records: &[StoredRecord]) -> Result<BTreeSet<RecordId>, StoreError> {
        let mut asked = BTreeMap::new();
        for StoredRecord { id, .. } in records {
            asked.insert(*id, *id);
            asked.extend(self.row_ids(*id)?.into_iter().map(|row| (row, *id)));
        }
        let mut unsent = BTreeSet::new();
        // Lists begin with what is new, and so does this.
        let mut list = self
            .connection
            .prepare_cached("SELECT book, entry FROM entry WHERE state = 0 ORDER BY no DESC")?;
        let mut entries = list.query([])?;
        while let Some(row) = entries.next()?.filter(|_| unsent.len() < records.len()) {
            let (Ok(book), Ok(bytes)) = (rows::book(row, 0), row.get_ref(1)?.as_blob()) else {
                continue;
            };
            let written = Entry::records_in(bytes).unwrap_or_default();
            let of = |key| asked.get(&RecordId { book, key }).copied();
            unsent.extend(written.into_iter().filter_map(of));
        }
        Ok(unsent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_in_their_order_and_counts_from_an_index_alone() {
        let dir = std::env::temp_dir().join(format!("soban-plans-{}", std::process::id()));
        let store = Store::open(&dir).unwrap().store;
        let day = Date::new(2012, 4, 1);
        let all = ListQuery { from: day, words: vec!["cuong".to_owned()], ..ListQuery::default() };
        let of_form = ListQuery { form: Some(FormNo(3)), to: day, ..ListQuery::default() };
        for query in [ListQuery::default(), all, of_form] {
            let (sql, values) = list_sql(&query);
            let plan = store.plan(&sql, values);
            assert!(plan.contains("INDEX record_list") && !plan.contains("TEMP"), "{plan}");
        }
        let year = || vec![Sql::from(20_454), Sql::from(20_818)];
        let counted = store.plan(COUNT, year());
        assert_eq!(counted, "SEARCH record USING COVERING INDEX record_list (<expr>=?)");
        let of_form = [year(), vec![Sql::from(3)]].concat();
        for (sql, values) in [(EACH, year()), (EACH_OF_FORM, of_form)] {
            let plan = store.plan(sql, values);
            assert!(plan.contains("INDEX record_list (<expr>=? AND occurred_on>?"), "{plan}");
        }
        drop(store);
        std::fs::remove_dir_all(&dir).unwrap();
    }
}
