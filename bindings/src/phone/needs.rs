//! What needs the holder.

use super::{Phone, Result, record_id};
use crate::{Decision, Refused};

#[uniffi::export]
impl Phone {
    /// What staff decided, the newest first; only what the holder has not read if `unread`.
    pub fn decisions(&self, unread: bool) -> Result<Vec<Decision>> {
        let decisions = self.call("decisions", |phone| phone.list_decisions(unread))?;
        Ok(decisions.into_iter().map(Decision::from).collect())
    }

    /// Notes that the holder has read a decision.
    pub fn mark_read(&self, decision: &str) -> Result<()> {
        let decision = record_id(decision)?;
        self.call("mark_read", |phone| phone.mark_read(decision))
    }

    /// What the district did not take, the oldest first.
    pub fn refused(&self) -> Result<Vec<Refused>> {
        let refused = self.call("refused", |phone| phone.list_refused())?;
        Ok(refused.into_iter().map(Refused::from).collect())
    }
}
