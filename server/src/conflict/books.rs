//! Books that one page or command opens, with who brought their entries.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use soban_core::base::BookId;
use soban_core::book::Book;

use super::Origins;
use crate::project::load_book;
use crate::store::{Db, StoreError};

/// Books that one page or command opens, with who brought their entries.
#[derive(Debug, Default)]
pub struct Books(BTreeMap<BookId, (Book, Origins)>);

impl Books {
    /// Opens a book, once.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn open(&mut self, db: &Db, id: BookId) -> Result<&Book, StoreError> {
        let opened = match self.0.entry(id) {
            Entry::Occupied(opened) => opened.into_mut(),
            Entry::Vacant(place) => {
                let book = load_book(db, id)?;
                let origins = Origins::of(db, &book)?;
                place.insert((book, origins))
            }
        };
        Ok(&opened.0)
    }

    /// A book that is open, and who brought its entries.
    #[must_use]
    pub fn find(&self, id: BookId) -> Option<(&Book, &Origins)> {
        self.0.get(&id).map(|(book, origins)| (book, origins))
    }
}
