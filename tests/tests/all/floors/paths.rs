//! The paths a Rust file names, with `use` groups taken apart and `self` and `super` resolved.

use super::lexer::{Kind, Token, tokens};

/// A path of two or more names, or anything in a `use`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NamedPath {
    /// From `crate` or from an outside crate: `["crate", "book", "Entry"]`. A path that begins
    /// with a name from the file itself stands as written.
    pub(super) segments: Vec<String>,
    /// Where it begins.
    pub(super) line: usize,
}

/// Every path of a file that holds `module` (empty for the crate's root).
pub(super) fn named_paths(source: &str, module: &[String]) -> Vec<NamedPath> {
    let mut reader = Reader {
        tokens: tokens(source),
        at: 0,
        module: module.to_vec(),
        depth: 0,
        inline: Vec::new(),
        found: Vec::new(),
    };
    while reader.at < reader.tokens.len() {
        reader.step();
    }
    reader.found
}

struct Reader {
    tokens: Vec<Token>,
    at: usize,
    module: Vec<String>,
    depth: usize,
    /// Depths at which the inline modules we stand in were opened.
    inline: Vec<usize>,
    found: Vec<NamedPath>,
}

impl Reader {
    fn sign(&self, ahead: usize, sign: &str) -> bool {
        self.tokens.get(self.at + ahead).is_some_and(|token| token.is_sign(sign))
    }

    fn word(&self, ahead: usize) -> Option<&str> {
        let token = self.tokens.get(self.at + ahead)?;
        (token.kind == Kind::Word).then_some(token.text.as_str())
    }

    fn line(&self) -> usize {
        self.tokens.get(self.at).map_or(0, |token| token.line)
    }

    fn colons(&self) -> bool {
        self.sign(0, ":") && self.sign(1, ":")
    }

    fn step(&mut self) {
        match (self.word(0), self.word(1)) {
            // `use<'a>` in a return type imports nothing.
            (Some("use"), _) if !self.sign(1, "<") => {
                self.at += 1;
                self.tree(&[]);
            }
            (Some("extern"), Some("crate")) => {
                self.at += 2;
                self.tree(&[]);
            }
            (Some("mod"), Some(name)) if self.sign(2, "{") => {
                self.module.push(name.to_owned());
                self.inline.push(self.depth);
                self.depth += 1;
                self.at += 3;
            }
            (Some(_), _) => self.path(),
            (None, _) => self.braces(),
        }
    }

    fn braces(&mut self) {
        if self.sign(0, "{") {
            self.depth += 1;
        } else if self.sign(0, "}") {
            self.depth = self.depth.saturating_sub(1);
            if self.inline.last() == Some(&self.depth) {
                self.inline.pop();
                self.module.pop();
            }
        }
        self.at += 1;
    }

    /// A path in an expression, a type or an attribute.
    fn path(&mut self) {
        let line = self.line();
        let mut segments = Vec::new();
        while let Some(name) = self.word(0) {
            segments.push(name.to_owned());
            self.at += 1;
            if !self.colons() {
                break;
            }
            self.at += 2;
        }
        if segments.len() > 1 {
            self.keep(segments, line);
        }
    }

    /// One tree of a `use`, up to the `,`, `}` or `;` behind it.
    fn tree(&mut self, prefix: &[String]) {
        let line = self.line();
        let mut segments = prefix.to_vec();
        while !self.at_tree_end() {
            if self.sign(0, "{") {
                self.group(&segments);
                return;
            }
            if self.word(0) == Some("as") {
                self.at += 2;
                continue;
            }
            if let Some(name) = self.word(0).map(str::to_owned) {
                segments.push(name);
            }
            self.at += 1;
        }
        self.keep(segments, line);
    }

    fn group(&mut self, prefix: &[String]) {
        // Over the `{`, then over each `,`, and over the `}`.
        self.at += 1;
        while !self.sign(0, "}") {
            self.tree(prefix);
            if !self.sign(0, ",") {
                break;
            }
            self.at += 1;
        }
        self.at += 1;
    }

    fn at_tree_end(&self) -> bool {
        self.at >= self.tokens.len() || [",", "}", ";"].iter().any(|end| self.sign(0, end))
    }

    fn keep(&mut self, segments: Vec<String>, line: usize) {
        let segments = resolved(segments, &self.module);
        self.found.push(NamedPath { segments, line });
    }
}

/// The path from the crate's root, where it begins with `crate`, `self` or `super`.
fn resolved(segments: Vec<String>, module: &[String]) -> Vec<String> {
    let mut here = module.to_vec();
    let mut rest = segments.iter();
    let mut relative = false;
    while let Some(segment) = rest.as_slice().first() {
        match segment.as_str() {
            "crate" => here.clear(),
            "super" => {
                here.pop();
            }
            "self" => {}
            _ => break,
        }
        relative = true;
        rest.next();
    }
    if !relative {
        return segments;
    }
    let own = std::iter::once("crate".to_owned());
    let named = rest.filter(|segment| *segment != "self").cloned();
    own.chain(here).chain(named).collect()
}
