//! The key of fingerprints: random, one for each user, made when it is first needed, and never in a project.

use std::path::Path;

use crate::model::fault::Fault;
use crate::model::fingerprint::Key;
use crate::model::variables::Variables;
use crate::store::{atomic, folder, read_private};

use super::user;

/// The file's name in the user's state folder. It holds the key in hexadecimal digits.
const FILE: &str = "fingerprint.key";

/// The user's key.
///
/// # Errors
/// A [`Fault`] where there is no folder for it, where it cannot be written, or where the file holds no key or can be read
/// by others: a new key would call every secret changed, so that none is made in its place.
pub fn load(variables: &Variables) -> Result<Key, Fault> {
    let dir = user::folder(variables).ok_or_else(|| {
        Fault::new("there is no place for the key of fingerprints")
            .help("set HOME or XDG_STATE_HOME to an absolute path")
    })?;
    let path = dir.join(FILE);
    if let Some(key) = read(&path)? {
        return Ok(key);
    }
    folder::make(&dir, "the folder for the key of fingerprints")?;
    let _lock = folder::lock(&dir)?;
    match read(&path)? {
        Some(key) => Ok(key),
        None => create(&path),
    }
}

fn read(path: &Path) -> Result<Option<Key>, Fault> {
    let unusable = |why: &str| {
        Fault::new(format!("the key of fingerprints, {}, {why}", path.display()))
            .help("put it right, or remove it: the next fingerprints are then others for every value")
    };
    let Some(bytes) = read_private(path).map_err(unusable)? else { return Ok(None) };
    let text = std::str::from_utf8(&bytes).ok();
    let key = text.and_then(|text| parse(text.trim_end()));
    key.map(Some).ok_or_else(|| unusable("holds no key"))
}

fn create(path: &Path) -> Result<Key, Fault> {
    let mut bytes = [0; Key::LENGTH];
    getrandom::fill(&mut bytes).map_err(|_| Fault::new("the system gives no random numbers"))?;
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    atomic::write(path, (digits + "\n").as_bytes()).map_err(|error| {
        Fault::new(format!("the key of fingerprints cannot be written: {}", folder::reason(&error)))
            .help("make its folder writable, or leave out --fingerprint")
    })?;
    Ok(Key::new(bytes))
}

fn parse(text: &str) -> Option<Key> {
    let is_hex = text.len() == 2 * Key::LENGTH && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut bytes = [0; Key::LENGTH];
    for (index, byte) in bytes.iter_mut().enumerate().filter(|_| is_hex) {
        *byte = u8::from_str_radix(text.get(2 * index..2 * index + 2)?, 16).ok()?;
    }
    is_hex.then(|| Key::new(bytes))
}
