//! Rust source as words, strings and signs. Comments, lifetimes, characters and numbers are
//! dropped; nothing here knows what the words mean.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An identifier or keyword; `r#name` is `name`.
    Word,
    /// The content of a string literal, raw and byte strings too.
    Text,
    /// One character of punctuation.
    Sign,
}

/// A token and the line it begins on, from 1.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) text: String,
    pub(super) line: usize,
}

impl Token {
    /// Whether it is this word.
    pub(super) fn is_word(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text == word
    }

    /// Whether it is this sign.
    pub(super) fn is_sign(&self, sign: &str) -> bool {
        self.kind == Kind::Sign && self.text == sign
    }
}

/// The tokens of a Rust file that compiles.
pub(super) fn tokens(source: &str) -> Vec<Token> {
    let mut lexer = Lexer { chars: source.chars().collect(), at: 0, line: 1 };
    let mut out = Vec::new();
    while let Some(next) = lexer.peek(0) {
        let line = lexer.line;
        if let Some((kind, text)) = lexer.token(next) {
            out.push(Token { kind, text, line });
        }
    }
    out
}

struct Lexer {
    chars: Vec<char>,
    at: usize,
    line: usize,
}

impl Lexer {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn bump(&mut self) -> Option<char> {
        let next = self.peek(0)?;
        self.at += 1;
        self.line += usize::from(next == '\n');
        Some(next)
    }

    fn bump_while(&mut self, keep: impl Fn(char) -> bool) -> String {
        let mut taken = String::new();
        while let Some(next) = self.peek(0).filter(|next| keep(*next)) {
            taken.push(next);
            self.bump();
        }
        taken
    }

    /// Takes what begins with `next`; `None` where that is nothing to keep.
    fn token(&mut self, next: char) -> Option<(Kind, String)> {
        match (next, self.peek(1)) {
            ('/', Some('/')) => {
                self.bump_while(|c| c != '\n');
                None
            }
            ('/', Some('*')) => {
                self.block_comment();
                None
            }
            ('\'', after) => {
                self.quote(after);
                None
            }
            ('"', _) => Some((Kind::Text, self.string())),
            _ if is_word_start(next) => Some(self.word()),
            _ if is_word(next) => {
                self.bump_while(is_word);
                None
            }
            _ => {
                self.bump();
                (!next.is_whitespace()).then(|| (Kind::Sign, next.to_string()))
            }
        }
    }

    /// `/* … /* … */ … */`
    fn block_comment(&mut self) {
        let mut depth = 0_usize;
        while let Some(next) = self.bump() {
            match (next, self.peek(0)) {
                ('/', Some('*')) => {
                    self.bump();
                    depth += 1;
                }
                ('*', Some('/')) => {
                    self.bump();
                    depth -= 1;
                }
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// A character literal or a lifetime.
    fn quote(&mut self, after: Option<char>) {
        let closes_at_once = self.peek(2) == Some('\'');
        self.bump();
        if after == Some('\\') {
            self.bump();
            self.bump();
            self.bump_while(|c| c != '\'');
            self.bump();
        } else if closes_at_once {
            self.bump();
            self.bump();
        } else {
            self.bump_while(is_word);
        }
    }

    /// A string literal from its opening quote; escapes for white space become a space.
    fn string(&mut self) -> String {
        self.bump();
        let mut content = String::new();
        while let Some(next) = self.bump().filter(|next| *next != '"') {
            if next != '\\' {
                content.push(next);
                continue;
            }
            match self.bump() {
                Some('n' | 'r' | 't') => content.push(' '),
                Some(escaped) => content.push(escaped),
                None => {}
            }
        }
        content
    }

    /// An identifier, or the raw or prefixed string that began like one.
    fn word(&mut self) -> (Kind, String) {
        let word = self.bump_while(is_word);
        let hashes = self.chars.iter().skip(self.at).take_while(|c| **c == '#').count();
        let quoted = self.peek(hashes) == Some('"');
        match word.as_str() {
            "r" | "br" | "cr" if quoted => (Kind::Text, self.raw_string(hashes)),
            "b" | "c" if quoted && hashes == 0 => (Kind::Text, self.string()),
            "r" if hashes == 1 && self.peek(1).is_some_and(is_word_start) => {
                self.bump();
                (Kind::Word, self.bump_while(is_word))
            }
            _ => (Kind::Word, word),
        }
    }

    /// A raw string from its hashes.
    fn raw_string(&mut self, hashes: usize) -> String {
        let end: String = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
        for _ in 0..=hashes {
            self.bump();
        }
        let mut content = String::new();
        while let Some(next) = self.bump() {
            content.push(next);
            if content.ends_with(&end) {
                break;
            }
        }
        content.trim_end_matches(&end).to_owned()
    }
}

fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

fn is_word_start(c: char) -> bool {
    is_word(c) && !c.is_numeric()
}
