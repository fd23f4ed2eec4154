//! A pack: a versioned set of forms, choice lists and words.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use thiserror::Error;

use super::{Field, Form, Labels, Language, codec, expr};
use crate::base::{Date, check_shape};
use crate::record::{FieldNo, FormNo};

/// How deep a pack's bytes may nest: down to a rule, and at most three levels for each of its own.
const MOST_NESTED: usize = 10 + 3 * expr::MAX_DEPTH as usize;

/// The bytes are no pack that this version can read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("this is no pack: {0}")]
pub struct PackError(String);

/// A versioned set of forms, choice lists and words.
#[derive(Debug, Clone, PartialEq, Default, Encode, Decode)]
#[cbor(map)]
pub struct Pack {
    /// Its identifier.
    #[n(0)]
    pub id: String,
    /// Raised with every change.
    #[n(1)]
    pub version: u32,
    /// Its forms.
    #[n(2)]
    pub forms: BTreeMap<FormNo, Form>,
    /// Its choice lists, by name.
    #[n(3)]
    pub choices: BTreeMap<String, ChoiceList>,
    /// Its words.
    #[n(4)]
    pub labels: Labels,
    /// What is due of every unit each month, if anything is.
    #[n(5)]
    pub due: Option<Due>,
}

/// What is due of every unit each month: one record of a form.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Due {
    /// The form.
    #[n(0)]
    pub form: FormNo,
    /// The field that says for which month a record is.
    #[n(1)]
    pub month: FieldNo,
    /// The field that says what kind of record it is.
    #[n(2)]
    pub kind: FieldNo,
    /// The options of that which count; the others come on top.
    #[n(3)]
    pub kinds: Vec<u16>,
    /// The form of its rows, which are counted.
    #[n(4)]
    pub rows: Option<FormNo>,
    /// The record may come until this day of the next month, that day included.
    #[n(5)]
    pub until_day: u8,
}

/// The options of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(transparent)]
pub struct ChoiceList(#[n(0)] pub Vec<OptionDef>);

/// One option.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct OptionDef {
    /// Its number in the list, for ever.
    #[n(0)]
    pub code: u16,
    /// Its identifier in files, rules, labels and commands.
    #[n(1)]
    pub name: String,
    /// The first day it may be chosen for.
    #[n(2)]
    #[cbor(with = "codec::date", has_nil)]
    pub valid_from: Option<Date>,
    /// The last day it may be chosen for.
    #[n(3)]
    #[cbor(with = "codec::date", has_nil)]
    pub valid_to: Option<Date>,
}

impl OptionDef {
    /// Whether it may be chosen for what happened on that day.
    #[must_use]
    pub fn is_valid_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
}

impl ChoiceList {
    /// The option of a code.
    #[must_use]
    pub fn find(&self, code: u16) -> Option<&OptionDef> {
        self.0.iter().find(|option| option.code == code)
    }

    /// The option of a name.
    #[must_use]
    pub fn find_named(&self, name: &str) -> Option<&OptionDef> {
        self.0.iter().find(|option| option.name == name)
    }
}

impl Pack {
    /// The form of a number.
    #[must_use]
    pub fn find_form(&self, no: FormNo) -> Option<&Form> {
        self.forms.get(&no)
    }

    /// The form of a name.
    #[must_use]
    pub fn find_form_named(&self, name: &str) -> Option<&Form> {
        self.forms.values().find(|form| form.name == name)
    }

    /// The forms whose records are rows of this form's.
    pub fn children_of(&self, no: FormNo) -> impl Iterator<Item = &Form> {
        self.forms.values().filter(move |form| form.parent == Some(no))
    }

    /// What a form is called.
    #[must_use]
    pub fn form_label(&self, language: Language, form: &Form) -> String {
        self.label_or(language, &format!("form-{}", form.name), &form.name)
    }

    /// What a field is called.
    #[must_use]
    pub fn field_label(&self, language: Language, form: &Form, field: &Field) -> String {
        self.label_or(language, &format!("form-{}-{}", form.name, field.name), &field.name)
    }

    /// What an option is called.
    #[must_use]
    pub fn option_label(&self, language: Language, list: &str, code: u16) -> String {
        let option = self.choices.get(list).and_then(|list| list.find(code));
        match option {
            None => format!("{list} {code}"),
            Some(option) => {
                self.label_or(language, &format!("choice-{list}-{}", option.name), &option.name)
            }
        }
    }

    fn label_or(&self, language: Language, key: &str, fallback: &str) -> String {
        self.labels.find(language, key).unwrap_or(fallback).to_owned()
    }

    /// The bytes that travel to phones.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        // Writing into a vector cannot fail.
        minicbor::to_vec(self).unwrap_or_default()
    }

    /// Reads such bytes.
    ///
    /// # Errors
    /// [`PackError`] for bytes that are no pack, or hold a rule too deep to evaluate.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PackError> {
        // Before anything is read that calls itself for every level.
        check_shape(bytes, MOST_NESTED).map_err(|error| PackError(error.to_string()))?;
        let pack: Self = minicbor::decode(bytes).map_err(|e| PackError(e.to_string()))?;
        let deep = |form: &&Form| {
            let rules = form.rules.iter().map(|rule| &rule.check);
            let conditions = form.fields.iter().filter_map(|field| field.shown_when.as_ref());
            rules.chain(conditions).any(|expr| !expr.is_shallow())
        };
        match pack.forms.values().find(deep) {
            Some(form) => Err(PackError(format!("a rule of {} nests too deep", form.name))),
            None => Ok(pack),
        }
    }
}
