//! What the console reads. Every list is bounded and within a scope of the organisation tree.

mod book;
mod contest;
mod rows;
mod search;
mod tree;

pub use book::{
    BookRow, EntryOrigin, Totals, WaitingRow, entries_of_book, find_record, list_all_books,
    list_books, list_records, list_rows, list_waiting, origins_of, totals,
};
pub use contest::{ContestRow, contests_on, count_contests, find_contest, list_contests};
pub use rows::StoredRecord;
pub(super) use rows::{damaged, id as record_id};
pub use search::{SearchHit, search_records, search_units};
pub(in crate::store) use tree::BELOW;
pub use tree::{
    CellRow, DueKeys, DueQuery, UnitFigures, UnitRow, figures_of, find_unit, list_cells,
    list_children, list_years, path_to,
};
