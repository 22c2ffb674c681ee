//! What `--mask` hides: each secret as it is, line by line, and as JSON and addresses write it; and the passwords in it.

use std::collections::HashSet;
use std::fmt::Write;

use crate::ctx::Environ;
use crate::model::project::Binding;
use crate::model::secret::{NameVerdict, by_name};
use crate::model::source::Entry;
use crate::model::url::Url;
use crate::model::value::Value;
use crate::out::mask::Mask;

/// Shorter ones would hide half of what is printed, and tell where they stand.
const SHORTEST: usize = 4;

/// The current folder, whose name reads like that of a password.
const FOLDER: &str = "PWD";

/// The mask for the secrets among `bindings`, and for what else in `environ` has the name or the look of one.
pub fn mask(bindings: &[Binding<'_>], environ: &Environ<'_>) -> Mask {
    let own: HashSet<&str> = bindings.iter().map(|binding| binding.entry.name()).collect();
    let passed_on = environ.iter().filter(|(name, _)| !own.contains(*name) && **name != FOLDER);
    let passed_on = passed_on.filter_map(|(name, value)| Some((*name, value.to_str()?)));
    let passed_on = passed_on.filter(|(name, text)| Entry::new(name, text, 0, 0).secret().is_some());
    let secrets = bindings.iter().filter(|binding| binding.entry.secret().is_some());
    let texts = secrets.filter_map(|binding| binding.value().map(Value::expose));
    let texts = texts.chain(passed_on.map(|(_, text)| text)).flat_map(forms);
    Mask::new(texts.filter(|text| text.len() >= SHORTEST).map(String::into_bytes))
}

fn forms(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).flat_map(|line| [line.to_owned(), json(line), url(line)]);
    let inner = passwords(text).into_iter().flat_map(|inner| [json(&inner), url(&inner), inner]);
    lines.chain([text.to_owned(), json(text), url(text)]).chain(inner).collect()
}

/// The passwords inside of a secret, as written and decoded: before the host of a URL, and behind names that are a secret's,
/// as in `Server=db;Password=…` and `?api_key=…`.
fn passwords(text: &str) -> Vec<String> {
    let parts = text.split([',', ';', '\'', '"']).flat_map(str::split_whitespace);
    let of_urls = parts.chain([text]).filter_map(|part| Url::parse(part)?.password());
    let pairs = text.split([';', '?', '&', '\n', '\'', '"']).flat_map(|part| part.split_once('='));
    let is_secret = |name: &str| by_name(&name.trim().replace(' ', "_")) == NameVerdict::Secret;
    let of_pairs = pairs.filter(|(name, _)| is_secret(name)).map(|(_, value)| value.trim());
    of_urls.chain(of_pairs).flat_map(|password| [password.to_owned(), decoded(password)]).collect()
}

/// Percent-decoded; what does not read so stays.
fn decoded(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::with_capacity(text.len()), text);
    while let Some((before, behind)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        let digits = behind.get(..2).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(b'%'));
        rest = byte.and_then(|_| behind.get(2..)).unwrap_or(behind);
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

fn json(text: &str) -> String {
    let quoted = serde_json::to_string(text).unwrap_or_default();
    let inner = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.unwrap_or_default().to_owned()
}

/// Percent-encoded but for letters, digits and `-._~`. Source: RFC 3986, 2.3.
fn url(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
