//! Fingerprints of secrets: short marks that are equal when the values are, and tell nothing without the user's key.

use std::fmt;

use hmac_sha256::HMAC;

use super::source::Entry;

/// The user's random key. It has no `Display` or `Debug`, as a value has none.
pub struct Key([u8; Key::LENGTH]);

/// The first four bytes of a keyed hash: enough to see a change, too few to stand for the value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint(u32);

/// What is hashed before the value, so that the key means nothing for any other use.
const PURPOSE: &[u8] = b"envctl fingerprint\0";

impl Key {
    /// How many bytes it has.
    pub const LENGTH: usize = 32;

    /// A key of these bytes, which must be random.
    pub fn new(bytes: [u8; Self::LENGTH]) -> Self {
        Self(bytes)
    }

    /// The fingerprint of what `entry` holds as written. Nothing where it is empty, or stored encrypted or as a reference
    /// into a vault: its text can stay while the secret changes.
    pub fn of(&self, entry: &Entry) -> Option<Fingerprint> {
        if entry.value.is_empty() || entry.is_encrypted() {
            return None;
        }
        let mut hash = HMAC::new(self.0);
        hash.update(PURPOSE);
        hash.update(entry.value.text());
        let [a, b, c, d, ..] = hash.finalize();
        Some(Fingerprint(u32::from_be_bytes([a, b, c, d])))
    }
}

/// Eight hexadecimal digits.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_the_keyed_hash_of_the_value_alone() {
        let of = |byte, key, text| {
            Key::new([byte; 32]).of(&Entry::new(key, text, 0, 0)).map(|one| one.to_string())
        };
        assert_eq!(of(7, "A_TOKEN", "s3cret"), of(7, "B", "s3cret"));
        assert_ne!(of(7, "A_TOKEN", "s3cret"), of(8, "A_TOKEN", "s3cret"));
        assert_ne!(of(7, "A_TOKEN", "s3cret"), of(7, "A_TOKEN", "s3cret "));
        assert_eq!(of(7, "A_TOKEN", ""), None);
        assert_eq!(of(7, "A_TOKEN", "op://vault/item/field"), None);
    }

    #[test]
    fn it_is_hmac_sha_256_as_others_compute_it() {
        // printf 'envctl fingerprint\0s3cret' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0707…07
        let one = Key::new([7; 32]).of(&Entry::new("A_TOKEN", "s3cret", 0, 0));
        assert_eq!(one.unwrap().to_string(), "745a04e4");
    }
}
