//! What to send: everything the district has not confirmed, within the budget; and what it has
//! forgotten.

use std::sync::Arc;

use super::{Phone, PhoneError};
use crate::base::{BookId, Instant};
use crate::book::Clock;
use crate::store::{EntryRow, EntryState, Store};
use crate::sync::{
    BookClock, Budget, Chain, Cursor, CursorTable, DEFAULT_BUDGET, DeviceStatus, Effort, Given,
    Lane, MAX_PREFIX_BYTES, Mac, Prefix, Prefixes, SentEntry, Standing, SyncRequest, Versions,
};

/// The clocks go up because this phone has lost something, not because the district asked.
pub(super) const OWN_WISH: u8 = 2;
/// The most entries in one request.
const MOST_ENTRIES: u32 = 500;

/// What the phone's own file holds of books.
pub(super) struct Held<'a>(pub(super) &'a Store);

impl Prefixes for Held<'_> {
    fn find(&self, book: BookId, position: u64) -> Option<Arc<Prefix>> {
        let parts = self.0.entries_before(book, position, MAX_PREFIX_BYTES).ok()??;
        Some(Arc::new(Prefix::of(parts.iter().map(Vec::as_slice))))
    }
}

impl Phone {
    /// The bytes to send. Asking again gives the same entries until an answer is taken in.
    ///
    /// # Errors
    /// [`PhoneError::NotEnrolled`], [`PhoneError::Practice`], [`PhoneError::File`].
    pub fn outgoing(
        &mut self,
        app_version: &str,
        free_bytes: Option<u64>,
        now: Instant,
    ) -> Result<Vec<u8>, PhoneError> {
        self.may_send()?;
        let device = self.enrolled()?.device();
        let standing = self.standing()?;
        let wanted = self.store.meta("send_clocks")?;
        let by_clocks = wanted.as_deref() == Some(&[OWN_WISH]);
        let send_clocks = by_clocks || self.is_set("send_clocks")?;
        let clocks = if send_clocks { Some(self.book_clocks()?) } else { None };
        let send_standing = send_clocks || self.is_set("send_standing")?;
        let unsent = self.store.unsent(MOST_ENTRIES)?;
        let fitting = self.budget.cut(unsent, |row| row.entry.to_bytes().len());
        let sent_bytes = fitting.iter().map(|row| row.entry.to_bytes().len()).sum();
        let given = self.all_given(sent_bytes, &standing.cursors)?;
        let mac = self.store.meta("mac")?.and_then(|mac| mac.try_into().ok());
        let request = SyncRequest {
            digest: standing.digest(),
            status: self.device_status(app_version, free_bytes, &fitting, now)?,
            entries: fitting.iter().map(sent_entry).collect(),
            standing: send_standing.then(|| (standing.clone(), Mac(mac.unwrap_or_default()))),
            clocks,
            by_clocks,
            given,
            plain: self.is_set("plain")?,
            budget: self.wanted_back(),
            ..SyncRequest::default()
        };
        // A district that asks for the clocks may have forgotten what entries would stand on.
        let cursor = |book| standing.cursors.0.get(&book).filter(|_| !send_clocks);
        let held = |book| cursor(book).map_or(0, |cursor: &Cursor| cursor.position);
        let prefixes = &Held(&self.store);
        let lane = Lane { device, prefixes, effort: Effort::Bytes };
        Ok(request.to_bytes(&lane, held))
    }

    /// More than usual only where there was more than fitted in, less where the link is bad.
    fn wanted_back(&self) -> u32 {
        let bytes = self.budget.bytes();
        if self.more { bytes } else { bytes.min(DEFAULT_BUDGET) }
    }

    /// What to show with the request: the value of an `Authorization` header.
    ///
    /// # Errors
    /// [`PhoneError::NotEnrolled`], [`PhoneError::Practice`].
    pub fn authorization(&self) -> Result<String, PhoneError> {
        self.may_send()?;
        Ok(format!("Bearer {}", self.enrolled()?.token))
    }

    pub(super) fn may_send(&self) -> Result<(), PhoneError> {
        self.enrolled()?;
        if self.is_practice()? { Err(PhoneError::Practice) } else { Ok(()) }
    }

    /// Says that a request did not return: the next one is smaller, after a restart too.
    ///
    /// # Errors
    /// [`PhoneError::Full`], [`PhoneError::File`]; the next one is smaller all the same.
    pub fn request_failed(&mut self) -> Result<(), PhoneError> {
        self.budget = self.budget.after_failure();
        let bytes = self.budget.bytes().to_be_bytes();
        Ok(self.store.write(|tx| tx.set_meta("budget", &bytes))?)
    }

    /// The budget that the link had when this phone was last open.
    pub(super) fn load_budget(&self) -> Result<Budget, PhoneError> {
        let bytes = self.store.meta("budget")?.and_then(|bytes| bytes.try_into().ok());
        Ok(bytes.map_or_else(Budget::default, |bytes| Budget::new(u32::from_be_bytes(bytes))))
    }

    fn device_status(
        &mut self,
        app_version: &str,
        free_bytes: Option<u64>,
        sent: &[EntryRow],
        now: Instant,
    ) -> Result<DeviceStatus, PhoneError> {
        let (left, oldest_left) = self.store.count_unsent_after(sent.len())?;
        let versions = Versions { app: app_version.to_owned(), pack: self.pack.version };
        let told = self.store.meta("told_versions")?;
        let spelt = format!("{} {}", versions.pack, versions.app);
        let mebibytes = free_bytes.map(|bytes| (bytes >> 20).max(1).ilog2());
        let untold = told.as_deref() != Some(spelt.as_bytes());
        self.sent_versions = untold.then_some(spelt);
        Ok(DeviceStatus {
            clock: now,
            free: mebibytes.and_then(|power| u8::try_from(power).ok()),
            left,
            oldest_left,
            versions: untold.then_some(versions),
        })
    }

    /// The hashes of what this phone holds besides its books, ascending.
    ///
    /// # Errors
    /// [`PhoneError::File`].
    pub fn reference_hashes(&self) -> Result<Vec<[u8; 8]>, PhoneError> {
        Ok(self.store.reference_hashes()?)
    }

    /// What this phone stands on.
    pub(super) fn standing(&self) -> Result<Standing, PhoneError> {
        let reference = self.store.reference_hashes()?;
        Ok(Standing { cursors: self.cursor_table()?, reference })
    }

    pub(super) fn cursor_table(&self) -> Result<CursorTable, PhoneError> {
        let rows = self.store.cursors()?.into_iter();
        let cursor = |(book, generation, epoch, position, chain)| {
            (book, Cursor { generation, epoch, position, chain: Chain(chain) })
        };
        Ok(CursorTable(rows.map(cursor).collect()))
    }

    pub(super) fn book_clocks(&mut self) -> Result<Vec<BookClock>, PhoneError> {
        let mut clocks = Vec::new();
        for book in self.store.books()? {
            let generation = self.open_book(book)?.generation();
            clocks.push(BookClock { book, generation, clock: self.store.clock_of(book)? });
        }
        Ok(clocks)
    }

    /// What the district has forgotten, as far as the budget reaches beside the bytes that are sent.
    /// What is left over follows when it has said what it holds then.
    fn all_given(
        &mut self,
        sent_bytes: usize,
        table: &CursorTable,
    ) -> Result<Vec<Given>, PhoneError> {
        let budget = usize::try_from(self.budget.bytes()).unwrap_or(usize::MAX);
        let mut left = budget.saturating_sub(sent_bytes);
        let (mut all, mut offered) = (Vec::new(), Vec::new());
        for lacking in &self.lacking {
            let Some(mut given) = self.given(lacking, table)? else { continue };
            left = left.saturating_sub(size_of_val(given.order.as_slice()));
            let mut fitting = 0;
            for (_, bytes) in &given.entries {
                // Every request that returns made progress.
                let is_all = sent_bytes == 0 && all.is_empty() && fitting == 0;
                if bytes.len() > left && !is_all {
                    break;
                }
                left = left.saturating_sub(bytes.len());
                fitting += 1;
            }
            if fitting == 0 {
                break;
            }
            given.entries.truncate(fitting);
            all.push(given);
            offered.push(lacking.clone());
        }
        let entries = all.iter().map(|given: &Given| given.entries.len()).sum::<usize>();
        self.offered_entries = u32::try_from(entries).unwrap_or(u32::MAX);
        self.offered = offered;
        Ok(all)
    }

    /// What the district has forgotten of a book; nothing if it has forgotten nothing. What this
    /// phone wrote itself it sends again as its own.
    pub(super) fn given(
        &self,
        (book, held): &(BookId, Clock),
        table: &CursorTable,
    ) -> Result<Option<Given>, PhoneError> {
        let device = self.enrolled()?.device();
        let position = table.0.get(book).map_or(0, |cursor| cursor.position);
        let rows = self.store.delivered(*book)?;
        let known = (1_u64..).zip(&rows).all(|(place, (position, _))| place == *position);
        let whole = known && u64::try_from(rows.len()) == Ok(position);
        let order: Vec<[u8; 8]> = rows.iter().map(|(_, row)| row.hash).collect();
        // Where the order is not known entries are given all the same; staff release them.
        let all = if whole {
            rows.into_iter().map(|(_, row)| row).collect()
        } else {
            self.store.entries_of(*book)?
        };
        let generation = table.0.get(book).map_or(1, |cursor| cursor.generation);
        let lost = all.into_iter().filter(|row| {
            let name = row.entry.name();
            name.actor.device() != device
                && row.state == EntryState::Delivered
                && row.generation == generation
                && !held.saw(name)
        });
        let entries: Vec<_> = lost.map(|row| (row.hash, row.entry.to_bytes())).collect();
        let order = if whole { order } else { Vec::new() };
        Ok((!entries.is_empty()).then_some(Given { book: *book, generation, order, entries }))
    }
}

fn sent_entry(row: &EntryRow) -> SentEntry {
    SentEntry {
        book: row.book,
        generation: row.generation,
        hash: row.hash,
        entry: row.entry.to_bytes(),
    }
}
