//! Pages as typed structs: what each shows, and nothing of where it comes from.

mod book;
mod contest;
mod decision;
mod device;
mod frame;
mod outside;
mod quarantine;
mod record;
mod search;
mod sheet;
mod unit;

pub use book::{BookPage, FormTable, RecordLine, WaitingLine};
pub use contest::{
    ContestCell, ContestItem, ContestPage, ContestRowView, ContestSide, ContestsPage, SideLine,
};
pub use decision::{Control, DecisionForm, InputOption, Radio, TypedField};
pub use device::{DeviceLine, DevicesPage, RevokePage};
pub use frame::{Crumb, Frame, Pager, Place};
pub use outside::{EnrolPage, LoginPage, PasswordPage, ProblemPage};
pub use quarantine::{ApartItem, ApartPage, FateLine, QuarantinePage, SaidField, SaidRecord};
pub use record::{
    ChangeLine, ContestLink, FieldLine, FieldSection, HistoryLine, RecordPage, RowCell, RowLine,
    RowTable,
};
pub use search::{SearchPage, UnitHit};
pub use sheet::{InvitePage, ReplacePage, SheetsFile, SheetsPage};
pub use unit::{BookLine, Branch, CellLine, UnitPage};
