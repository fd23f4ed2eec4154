//! Pages for whoever is not signed in, or gets no page.

use askama::Template;

use crate::console::words::Words;

/// Logging in.
#[derive(Debug, Template)]
#[template(path = "login.html")]
pub struct LoginPage {
    /// In whose language.
    pub words: &'static Words,
    /// The code of the other language.
    pub other: &'static str,
    /// The form's token.
    pub csrf: String,
    /// What was typed before.
    pub login: String,
    /// What was wrong with it.
    pub problem: Option<String>,
}

impl LoginPage {
    /// A page on which nothing has been typed yet.
    #[must_use]
    pub fn new(words: &'static Words, csrf: &str) -> Self {
        let other = super::frame::other(words);
        Self { words, other, csrf: csrf.to_owned(), login: String::new(), problem: None }
    }
}

/// Changing the first password.
#[derive(Debug, Template)]
#[template(path = "password.html")]
pub struct PasswordPage {
    /// In whose language.
    pub words: &'static Words,
    /// The form's token.
    pub csrf: String,
    /// What was wrong.
    pub problem: Option<String>,
}

/// What to do with a sheet that was read by a camera.
#[derive(Debug, Template)]
#[template(path = "enrol.html")]
pub struct EnrolPage {
    /// In whose language.
    pub words: &'static Words,
}

/// What happened, and a way out.
#[derive(Debug, Template)]
#[template(path = "problem.html")]
pub struct ProblemPage {
    /// In whose language.
    pub words: &'static Words,
    /// What happened.
    pub title: String,
    /// What that means.
    pub text: String,
}
