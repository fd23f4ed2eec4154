//! Plain records that cross the border.

use std::collections::HashMap;

/// A value as it comes from a screen.
#[derive(Debug, Clone, PartialEq, uniffi::Enum)]
pub enum FieldInput {
    /// Nothing.
    Null,
    /// Yes or no.
    YesNo {
        /// Which.
        value: bool,
    },
    /// A whole number, in the field's own unit.
    Number {
        /// How many.
        value: i64,
    },
    /// Anything as text.
    Text {
        /// As typed.
        value: String,
    },
    /// Several texts.
    List {
        /// In any order.
        values: Vec<String>,
    },
}

macro_rules! records {
    ($($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $field_doc:literal])+ $field:ident: $type:ty,)* })*) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, uniffi::Record)]
        pub struct $name {
            $($(#[doc = $field_doc])+ pub $field: $type,)*
        }
    )*};
}

records! {
    /// A row of a repeating part, as filled in.
    Row {
        /// The identifier of its form.
        form: String,
        /// What was typed, by the identifiers of the fields.
        fields: HashMap<String, FieldInput>,
    }

    /// A record to be made, as filled in.
    NewRecord {
        /// The identifier of its form.
        form: String,
        /// Whose book; the phone's own unit if absent.
        org_unit: Option<u32>,
        /// What was typed, by the identifiers of the fields.
        fields: HashMap<String, FieldInput>,
        /// Its rows.
        rows: Vec<Row>,
        /// Whether the person has confirmed what is asked about.
        confirmed: bool,
        /// The draft that this ends.
        draft: Option<i64>,
    }

    /// What was typed into a row that exists.
    RowPatch {
        /// The row's id.
        record: String,
        /// What was typed, by the identifiers of the fields.
        fields: HashMap<String, FieldInput>,
    }

    /// Changes to a record, as filled in.
    RecordPatch {
        /// The record's id.
        record: String,
        /// The state that the form was opened at; the present one if absent.
        opened_at: Option<String>,
        /// What was typed; fields that are not named stay as they are.
        fields: HashMap<String, FieldInput>,
        /// What was typed into its rows.
        rows: Vec<RowPatch>,
        /// Rows to be added.
        new_rows: Vec<Row>,
        /// Whether the person has confirmed what is asked about.
        confirmed: bool,
    }

    /// What a save did.
    Saved {
        /// The record's id.
        record: String,
        /// How many entries it wrote; none if nothing changed.
        entries: u32,
        /// What the form still holds against it.
        warnings: Vec<Violation>,
        /// Ids of records that may be the same thing.
        same_as: Vec<String>,
    }

    /// Something a form holds against a record.
    Violation {
        /// The form's identifier.
        form: String,
        /// The field's identifier.
        field: String,
        /// The place of the row it is in, from 0.
        row: Option<u32>,
        /// `warn`, `ask` or `block`.
        severity: String,
        /// In Vietnamese.
        vi: String,
        /// In English.
        en: String,
    }

    /// A field that has been written since the form was opened.
    Moved {
        /// Its record's id.
        record: String,
        /// Its identifier.
        field: String,
        /// What it holds now.
        now: String,
    }

    /// A form that can be filled in.
    Form {
        /// Its identifier.
        name: String,
        /// What people call it.
        label: String,
        /// Its version.
        version: u32,
        /// The form whose records these are rows of.
        parent: Option<String>,
        /// How many of its records this phone holds.
        records: u32,
    }

    /// One field of a record.
    Field {
        /// Its identifier.
        name: String,
        /// What people call it.
        label: String,
        /// The step of the form it belongs to.
        section: Option<String>,
        /// Its value as people read it.
        text: String,
        /// Its value as a form takes it back.
        value: FieldInput,
        /// Whether it is contested.
        contested: bool,
    }

    /// One side of a disagreement.
    Side {
        /// The entry that took it.
        entry: String,
        /// The device that wrote it.
        device: String,
        /// The person who wrote it; empty where this phone has not been told.
        author: String,
        /// Whether this phone wrote it.
        own: bool,
        /// The device's clock when it was written.
        written_at: i64,
        /// Labels and values, alternating.
        values: Vec<String>,
    }

    /// An open disagreement.
    Contest {
        /// `values` or `void`.
        kind: String,
        /// `quiet`, `review` or `critical`.
        policy: String,
        /// The labels of the fields in question.
        fields: Vec<String>,
        /// Its sides.
        sides: Vec<Side>,
    }

    /// One record.
    Record {
        /// Its id.
        id: String,
        /// Its form's identifier.
        form: String,
        /// What people call its form.
        form_label: String,
        /// What people call it.
        title: String,
        /// The state it was read at.
        state: String,
        /// Why it is void.
        voided_because: Option<String>,
        /// Its fields that hold something.
        fields: Vec<Field>,
        /// Its rows.
        rows: Vec<Record>,
        /// What is contested of it.
        contests: Vec<Contest>,
    }

    /// One record in a list.
    ListItem {
        /// Its id.
        id: String,
        /// Its form's identifier.
        form: String,
        /// What people call it.
        title: String,
        /// A few of its values.
        summary: Vec<String>,
        /// The date it happened on, ISO.
        occurred_on: Option<String>,
        /// Why it is void.
        voided_because: Option<String>,
        /// How many disagreements are open on it.
        contests: u32,
    }

    /// One field's change in a record's history.
    HistoryChange {
        /// The field's label.
        field: String,
        /// What the writer had seen in it.
        saw: Vec<String>,
        /// What they wrote.
        wrote: String,
    }

    /// One step of a record's history.
    HistoryStep {
        /// The entry.
        entry: String,
        /// The device that wrote it.
        device: String,
        /// The person who wrote it; empty where this phone has not been told.
        author: String,
        /// Whether this phone wrote it.
        own: bool,
        /// The device's clock when it was written.
        written_at: i64,
        /// What it changed.
        changes: Vec<HistoryChange>,
        /// Why, of what staff decided.
        reason: Option<String>,
        /// Entries that the writer had not seen.
        unseen: Vec<String>,
    }

    /// A half-filled form.
    Draft {
        /// Its number on this phone.
        id: i64,
        /// The form's identifier.
        form: String,
        /// When it was last saved.
        saved_at: i64,
        /// What the screen keeps of it.
        body: String,
    }

    /// What a phone says of itself.
    Status {
        /// The device; nothing before enrolment.
        device: Option<String>,
        /// The unit it writes for.
        org_unit: Option<u32>,
        /// The pack's version; 0 for none.
        pack_version: u32,
        /// Entries that the district has not confirmed.
        unsent: u32,
        /// The device time of the oldest of them.
        oldest_unsent_at: Option<i64>,
        /// Entries that the district did not take.
        refused: u32,
        /// Records that are contested.
        contested: u32,
        /// Decisions of staff that the holder has not read.
        unread: u32,
        /// When the last sync was answered.
        synced_at: Option<i64>,
        /// The district's clock less this phone's, in milliseconds.
        clock_offset_ms: i64,
        /// Whether the district revoked this phone.
        revoked: bool,
        /// Whether the district has forgotten this phone, and its staff have not confirmed it yet.
        pending: bool,
        /// The damaged file that was set aside at this opening.
        set_aside: Option<String>,
    }

    /// What a sync did.
    SyncOutcome {
        /// Entries that are now on the district's disk.
        stored: u32,
        /// Entries that are new here.
        received: u32,
        /// Entries that the district did not take.
        refused: u32,
        /// Entries written anew under another name.
        reissued: u32,
        /// Whether forms or names changed.
        reference_changed: bool,
        /// Whether the district revoked this phone.
        revoked: bool,
        /// Whether there is more to send or to fetch.
        again: bool,
    }
}
