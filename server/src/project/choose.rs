//! Which of the entries that nobody has looked at come next: those that arrived first, and with
//! them what else waits for their books. A book that takes forty entries at once takes hardly
//! longer than for one, and a district's books need not all be open at the same time.

use std::collections::BTreeMap;

use soban_core::base::BookId;

use super::batch::Batch;

/// Places in the log, by book, in order.
pub(super) type Chosen = BTreeMap<BookId, Vec<i64>>;

/// So many of the oldest entries, book by book; what is being written already is left out.
pub(super) fn choose(accepted: &[(i64, BookId)], under_way: Option<&Batch>, most: usize) -> Chosen {
    let written_to = |book| under_way.and_then(|batch| batch.last_of(book)).unwrap_or(0);
    let mut waiting = Chosen::new();
    let mut order = Vec::new();
    for (no, book) in accepted.iter().copied().filter(|(no, book)| *no > written_to(*book)) {
        let of_book = waiting.entry(book).or_default();
        if of_book.is_empty() {
            order.push(book);
        }
        of_book.push(no);
    }
    let mut left = most;
    let mut chosen = Chosen::new();
    for book in order {
        let mut of_book = waiting.remove(&book).unwrap_or_default();
        of_book.truncate(left);
        left -= of_book.len();
        if of_book.is_empty() {
            break;
        }
        chosen.insert(book, of_book);
    }
    chosen
}

#[cfg(test)]
mod tests {
    use soban_core::base::{OrgUnitId, Period};

    use super::*;

    #[test]
    fn the_oldest_come_first_and_bring_what_else_waits_for_their_books() {
        let book = |unit| BookId::new(OrgUnitId(unit), Period::Standing);
        let accepted = [(1, book(7)), (2, book(3)), (3, book(7)), (4, book(9)), (5, book(3))];
        let all = choose(&accepted, None, 9);
        assert_eq!(all, [(book(7), vec![1, 3]), (book(3), vec![2, 5]), (book(9), vec![4])].into());
        let some = choose(&accepted, None, 3);
        assert_eq!(some, [(book(7), vec![1, 3]), (book(3), vec![2])].into());
        assert_eq!(choose(&[], None, 3), Chosen::new());
    }
}
