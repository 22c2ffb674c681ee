//! What `--mask` hides: each secret as it is, line by line, and as JSON and addresses write it.

use std::fmt::Write;

use crate::model::project::Binding;
use crate::model::value::Value;
use crate::out::mask::Mask;

/// Shorter ones would hide half of what is printed, and tell where they stand.
const SHORTEST: usize = 4;

/// The mask for the secrets among `bindings`.
pub fn mask(bindings: &[Binding<'_>]) -> Mask {
    let secrets = bindings.iter().filter(|binding| binding.entry.secret().is_some());
    let texts = secrets.filter_map(|binding| binding.value().map(Value::expose)).flat_map(forms);
    Mask::new(texts.filter(|text| text.len() >= SHORTEST).map(String::into_bytes))
}

fn forms(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).flat_map(|line| [line.to_owned(), json(line), url(line)]);
    lines.chain([text.to_owned(), json(text), url(text)]).collect()
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
