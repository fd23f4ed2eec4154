//! What was written: every value that a phone confirmed, named by a token that stands in no other.

use std::collections::BTreeMap;

use super::World;

/// What was written.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    /// Each token with the phone that wrote it.
    pub(super) owed: BTreeMap<String, usize>,
    made: usize,
}

impl Tokens {
    /// A token that nobody has used.
    pub(super) fn make(&mut self) -> String {
        self.made += 1;
        format!("giá trị {};", self.made)
    }

    /// A phone has confirmed that it is saved.
    pub(super) fn owe(&mut self, place: usize, tokens: impl IntoIterator<Item = String>) {
        self.owed.extend(tokens.into_iter().map(|token| (token, place)));
    }

    /// Those that stand in none of these entries.
    pub(super) fn missing(&self, entries: &[Vec<u8>]) -> Vec<(String, usize)> {
        let whole = entries.concat();
        let here = |token: &str| whole.windows(token.len()).any(|bytes| bytes == token.as_bytes());
        let missing = self.owed.iter().filter(|(token, _)| !here(token));
        missing.map(|(token, place)| (token.clone(), *place)).collect()
    }
}

impl World {
    /// After something was put back from a copy: what nobody holds any more is lost for good, and
    /// nobody owes it.
    pub(super) fn forgive_lost(&mut self) {
        let mut held = self.log();
        held.extend(self.sites.iter().flat_map(super::Site::entries));
        for (token, _) in self.tokens.missing(&held) {
            self.tokens.owed.remove(&token);
            self.story.push(format!("nobody holds {token} any more"));
        }
    }

    /// The bytes of all that the district has in its books.
    pub(super) fn log(&self) -> Vec<Vec<u8>> {
        let read = self.server.store().read(|db| {
            let mut list = db.prepare_cached("SELECT entry FROM log")?;
            let rows = list.query_map([], |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        });
        read.expect("the log reads")
    }
}
