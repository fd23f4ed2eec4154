//! Bytes as lower-case hexadecimal text and back; not a general codec.
//!
//! ```
//! use soban_core::base::hex;
//!
//! assert_eq!(hex::encode(&[0x0a, 0xff]), "0aff");
//! assert_eq!(hex::decode::<2>("0aff"), Some([0x0a, 0xff]));
//! ```

/// Two digits per byte.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Exactly `N` bytes, or nothing when the text is of another length or not hexadecimal.
#[must_use]
pub fn decode<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digits: Vec<u8> = text.bytes().map(nibble).collect::<Option<_>>()?;
    let bytes: Vec<u8> = digits.chunks_exact(2).filter_map(pair).collect();
    (digits.len() == 2 * N).then(|| bytes.try_into().ok()).flatten()
}

fn nibble(byte: u8) -> Option<u8> {
    // Upper case would give one id two spellings.
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

fn pair(digits: &[u8]) -> Option<u8> {
    match digits {
        [high, low] => Some(high << 4 | low),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_other_lengths_and_other_spellings() {
        assert_eq!(decode::<2>("0AFF"), None);
        assert_eq!(decode::<2>("0af"), None);
        assert_eq!(decode::<2>("0afff"), None);
        assert_eq!(decode::<1>("zz"), None);
    }
}
