//! The phone's folder: its own file, and beside it the address of its district.

use std::path::{Path, PathBuf};

use soban_core::form::Language;
use soban_core::phone::Phone;
use soban_core::store::OpenError;

use super::{Failure, Voice};
use crate::link::Link;
use crate::random::Platform;

/// The address of the server that enrolled this phone.
const SERVER: &str = "server";

/// A phone, where it lives, and how it speaks.
#[derive(Debug)]
pub(super) struct Home {
    pub(super) phone: Phone,
    pub(super) voice: Voice,
    dir: PathBuf,
}

impl Home {
    pub(super) fn open(dir: PathBuf, voice: Voice) -> Result<Self, Failure> {
        let opened = Phone::open(&dir, Box::new(Platform));
        let mut phone = opened.map_err(|error| cannot_open(&dir, &error, voice))?;
        if phone.language() != voice.language {
            phone.set_language(voice.language)?;
        }
        Ok(Self { phone, voice, dir })
    }

    /// The way to the district that enrolled this phone.
    pub(super) fn link(&self) -> Result<Link, Failure> {
        let file = self.dir.join(SERVER);
        let address = std::fs::read_to_string(&file).map_err(|_| {
            let vi = "Máy này chưa nhận sổ; xin mã rồi chạy: soban phone enrol --server URL MÃ";
            let en = "this phone has not been enrolled; run: soban phone enrol --server URL CODE";
            Failure::from(self.voice.say(vi, en))
        })?;
        self.link_to(&address)
    }

    pub(super) fn link_to(&self, address: &str) -> Result<Link, Failure> {
        Link::new(address).map_err(|error| Failure::from(error.message(self.voice.language)))
    }

    pub(super) fn remember_server(&self, address: &str) -> Result<(), Failure> {
        let file = self.dir.join(SERVER);
        let failed = |error| format!("{}: {error}", file.display());
        Ok(std::fs::write(&file, address).map_err(failed)?)
    }
}

fn cannot_open(dir: &Path, error: &OpenError, voice: Voice) -> Failure {
    let dir = dir.display();
    let vi = match error {
        _ if voice.language == Language::En => return Failure::from(error),
        OpenError::InUse(_) => format!("{dir}: chương trình khác đang mở máy này."),
        OpenError::Folder(_, why) => format!("{dir}: không đọc hoặc ghi được ({why})."),
        OpenError::Newer { .. } => format!("{dir}: do bản mới hơn ghi; cần cập nhật chương trình."),
        OpenError::Unreadable(_) => format!("{dir}: tệp hỏng, không đọc được; để nguyên tại chỗ."),
        OpenError::Gone(_) => format!("{dir}: tệp của máy này không còn; không tạo tệp mới thay."),
    };
    Failure::from(vi)
}
