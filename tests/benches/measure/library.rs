//! How large the mobile library is, stripped, and what its parts cost. It is built with all that
//! makes it small, which takes minutes where it is not there yet.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::parts;
use crate::report::{Measured, Report};

pub(crate) fn measure(report: &mut Report) {
    eprintln!("building the phones' library, which may take minutes");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    run(Command::new(env!("CARGO")).current_dir(root).args([
        "build",
        "--config",
        "bindings/mobile.toml",
        "--package",
        "soban-bindings",
        "--features",
        "phone",
        "--profile",
        "mobile",
        "--locked",
    ]));
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or(root.join("target"), PathBuf::from);
    let dir = tempfile::tempdir().expect("a folder");
    let stripped = dir.path().join("stripped");
    let built = target.join("mobile").join("libsoban_bindings.so");
    run(Command::new("strip").arg("-o").arg(&stripped).arg(&built));
    let bytes = std::fs::metadata(stripped).expect("a library").len();
    print!("{}", parts::table(&built, bytes));
    #[expect(clippy::cast_precision_loss, reason = "a few million")]
    report.add("mobile_lib_bytes", Measured::of([bytes as f64]));
}

fn run(command: &mut Command) {
    let status = command.status().expect("it starts");
    assert!(status.success(), "{command:?}: {status}");
}
