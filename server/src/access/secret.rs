//! Tokens and codes. Both are stored as hashes; whoever reads the database learns neither.

use sha2::{Digest, Sha256};
use soban_core::base::hex;

use crate::random;

/// What a device or a browser shows with every request.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token")
    }
}

impl Token {
    /// A new one of 256 bits.
    #[must_use]
    pub fn random() -> Self {
        Self(hex::encode(&random::bytes::<32>()))
    }

    /// The one that a device is given, however often it asks: whoever holds neither the district's
    /// secret nor the answer cannot know it.
    #[must_use]
    pub fn of_device(district_secret: &[u8; 32], public_key: &[u8; 32]) -> Self {
        let mut hasher = Sha256::new();
        for part in [b"soban device token ".as_slice(), district_secret, public_key] {
            hasher.update(part);
        }
        let hash: [u8; 32] = hasher.finalize().into();
        Self(hex::encode(&hash))
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is stored of it.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        hash_secret(&self.0)
    }
}

/// What is stored of a token or a code. They are random, so a plain hash is enough.
#[must_use]
pub fn hash_secret(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

/// A one-use enrolment code: 50 bits as ten letters and digits.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Code")
    }
}

/// Without I, L, O and U, which are misread.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl Code {
    /// A new one.
    #[must_use]
    pub fn random() -> Self {
        let letters = random::bytes::<10>().map(|byte| {
            let letter = ALPHABET.get(usize::from(byte & 31));
            letter.copied().map_or('0', char::from)
        });
        Self(letters.iter().collect())
    }

    /// As typed: upper case, without dashes and spaces, and with what is misread put right.
    #[must_use]
    pub fn read(typed: &str) -> Option<Self> {
        let letters = typed.chars().filter(|c| !matches!(c, '-' | ' ')).map(|c| {
            match c.to_ascii_uppercase() {
                'I' | 'L' => '1',
                'O' => '0',
                other => other,
            }
        });
        let code: String = letters.collect();
        let known = code.bytes().all(|byte| ALPHABET.contains(&byte));
        (code.len() == 10 && known).then_some(Self(code))
    }

    /// As printed: "XXXXX-XXXXX".
    #[must_use]
    pub fn printed(&self) -> String {
        let (first, second): (Vec<_>, Vec<_>) =
            self.0.chars().enumerate().partition(|(place, _)| *place < 5);
        let text = |part: Vec<(usize, char)>| part.into_iter().map(|(_, c)| c).collect::<String>();
        format!("{}-{}", text(first), text(second))
    }

    /// What is stored of it.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        hash_secret(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_as_people_type_it() {
        let code = Code::random();
        assert_eq!(code.printed().len(), 11);
        assert_eq!(Code::read(&code.printed().to_lowercase()).as_ref(), Some(&code));
        assert!(Code::read("OIL00-00000") == Code::read("01100 00000"));
        assert!(Code::read("12345").is_none());
        assert!(Code::read("UUUUU-UUUUU").is_none());
    }
}
