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
