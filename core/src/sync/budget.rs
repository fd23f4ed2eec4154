//! How much to put into one request: little on a link that dies, more on one that holds.

/// Bytes of entries per request. Every request that returns made progress, so it may be small.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget(u32);

const LEAST: u32 = 4 * 1024;
const MOST: u32 = 256 * 1024;

impl Default for Budget {
    fn default() -> Self {
        Self(32 * 1024)
    }
}

impl Budget {
    /// The budget of a number of bytes, within what is sensible.
    #[must_use]
    pub fn new(bytes: u32) -> Self {
        Self(bytes.clamp(LEAST, MOST))
    }

    /// Bytes.
    #[must_use]
    pub fn bytes(self) -> u32 {
        self.0
    }

    /// After a request that did not return.
    #[must_use]
    pub fn after_failure(self) -> Self {
        Self::new(self.0 / 2)
    }

    /// After a request that returned.
    #[must_use]
    pub fn after_success(self) -> Self {
        Self::new(self.0.saturating_mul(2))
    }

    /// The first items that fit, and always at least one.
    #[must_use]
    pub fn cut<T>(self, items: Vec<T>, bytes_of: impl Fn(&T) -> usize) -> Vec<T> {
        let mut left = usize::try_from(self.0).unwrap_or(usize::MAX);
        let mut first = true;
        let fits = |item: &T| {
            let bytes = bytes_of(item);
            let fits = first || bytes <= left;
            first = false;
            left = left.saturating_sub(bytes);
            fits
        };
        items.into_iter().take_while(fits).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_that_dies_halves_it_and_one_that_holds_doubles_it_within_bounds() {
        let usual = Budget::default();
        assert_eq!(usual.bytes(), 32 * 1024);
        assert_eq!(usual.after_failure().bytes(), 16 * 1024);
        assert_eq!(usual.after_success().bytes(), 64 * 1024);
        assert_eq!(usual.after_failure().after_success(), usual);
        let worn = (0..40).fold(usual, |budget, _| budget.after_failure());
        assert_eq!((worn.bytes(), worn.after_failure()), (LEAST, worn));
        let best = (0..40).fold(usual, |budget, _| budget.after_success());
        assert_eq!((best.bytes(), best.after_success()), (MOST, best));
        // From the worst link to the best one in six requests, not in hundreds.
        assert_eq!((0..6).fold(worn, |budget, _| budget.after_success()), best);
    }

    #[test]
    fn what_is_asked_for_is_kept_within_what_is_sensible() {
        for (asked, given) in [(0, LEAST), (LEAST, LEAST), (9_999, 9_999), (u32::MAX, MOST)] {
            assert_eq!(Budget::new(asked).bytes(), given);
        }
    }

    #[test]
    fn the_first_items_that_fit_are_taken_in_their_order() {
        let cut = |items: &[usize]| Budget::new(LEAST).cut(items.to_vec(), |item| *item);
        let all = LEAST as usize;
        assert_eq!(cut(&[all - 1, 1, 1]), [all - 1, 1]);
        assert_eq!(cut(&[1, all, 1]), [1], "what comes later does not overtake what is too large");
        assert_eq!(cut(&[0, 0, all, 0]), [0, 0, all, 0]);
        assert_eq!(cut(&[]), [] as [usize; 0]);
    }

    #[test]
    fn one_item_always_goes_however_large_it_is() {
        let cut = |items: &[usize]| Budget::new(LEAST).cut(items.to_vec(), |item| *item);
        assert_eq!(cut(&[usize::MAX, 1]), [usize::MAX]);
        assert_eq!(cut(&[LEAST as usize + 1]).len(), 1);
    }
}
