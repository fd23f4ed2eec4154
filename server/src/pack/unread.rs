//! What a pack has but could not be read: it is said once, where it stands, and nothing else is
//! called unknown on its account.

use std::collections::BTreeSet;

#[derive(Debug, Default)]
pub(super) struct Unread {
    /// Forms of which nothing is known but the name.
    pub(super) forms: BTreeSet<String>,
    /// Forms and names of fields.
    pub(super) fields: BTreeSet<(String, String)>,
    /// Lists of choices.
    pub(super) lists: BTreeSet<String>,
}

impl Unread {
    pub(super) fn has_field(&self, form: &str, field: &str) -> bool {
        self.forms.contains(form) || self.fields.contains(&(form.to_owned(), field.to_owned()))
    }
}
