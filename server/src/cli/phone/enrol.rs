//! `soban phone enrol`: from a code to papers, forms and the organisation around this phone.

use super::{Failure, Home, Output, refuse, status};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The district server's address, such as <https://soban.example.vn>.
    #[arg(long)]
    server: String,
    /// The one-use code, as the district gave it out.
    code: String,
}

pub(super) fn run(args: &Args, home: &mut Home, output: &mut Output) -> Result<(), Failure> {
    let link = home.link_to(&args.server)?;
    // First, so that a phone that is enrolled always knows where.
    if home.phone.identity().is_none() {
        home.remember_server(link.server())?;
    }
    let done = link.enrol(&mut home.phone, &args.code);
    done.map_err(|error| refuse::link(error, home.voice, output))?;
    if !home.voice.json {
        output.line(home.voice.say("Đã nhận sổ.", "Enrolled."))?;
    }
    status::run(home, output)
}
