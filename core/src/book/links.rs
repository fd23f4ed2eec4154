//! From a record that staff ruled to be the same as another, to the one that was kept.

use super::RecordRow;
use crate::base::RecordId;

/// Rulings may contradict each other until somebody rules on that: no walk goes on for ever.
const MOST_LINKS: usize = 8;

/// The row that stands for a record: its own, or that of the last record that its links lead to and
/// that is here. Nothing if the record itself is not here.
///
/// # Errors
/// What `find` fails with.
pub fn kept_row<E>(
    id: RecordId,
    mut find: impl FnMut(RecordId) -> Result<Option<RecordRow>, E>,
) -> Result<Option<RecordRow>, E> {
    let Some(mut row) = find(id)? else { return Ok(None) };
    for _ in 0..MOST_LINKS {
        let Some(kept) = row.same_as else { break };
        let Some(next) = find(kept)? else { break };
        row = next;
    }
    Ok(Some(row))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::convert::Infallible;

    use super::*;
    use crate::base::{ActorId, BookId, OrgUnitId, Period, RecordKey};
    use crate::record::{Fields, FormNo};

    fn id(seq: u32) -> RecordId {
        let actor = ActorId([0, 0, 0, 0, 1, 0, 0, 0]);
        let key = RecordKey { actor, seq, index: 0 };
        RecordId { book: BookId::new(OrgUnitId(17), Period::Standing), key }
    }

    fn kept(links: &[(u32, Option<u32>)], from: u32) -> Option<u32> {
        let row = |&(seq, same_as): &(u32, Option<u32>)| RecordRow {
            key: id(seq).key,
            form: FormNo(4),
            form_version: 1,
            parent: None,
            void: None,
            occurred_on: None,
            same_as: same_as.map(id),
            natural_key: None,
            contests: 0,
            fold: String::new(),
            fields: Fields::new(),
        };
        let rows: BTreeMap<u32, RecordRow> = links.iter().map(|link| (link.0, row(link))).collect();
        let find = |id: RecordId| Ok::<_, Infallible>(rows.get(&id.key.seq).cloned());
        kept_row(id(from), find).unwrap().map(|row| row.key.seq)
    }

    #[test]
    fn links_are_followed_to_the_last_record_that_is_here() {
        assert_eq!(kept(&[(1, None)], 1), Some(1));
        assert_eq!(kept(&[(1, Some(2)), (2, Some(3)), (3, None)], 1), Some(3));
        assert_eq!(kept(&[(1, Some(2)), (2, Some(9))], 1), Some(2));
        assert_eq!(kept(&[(1, None)], 9), None);
    }

    #[test]
    fn links_in_a_circle_come_to_an_end() {
        assert!(kept(&[(1, Some(2)), (2, Some(1))], 1).is_some());
    }
}
