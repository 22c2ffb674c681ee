//! What `--mask` hides: each secret as it is, line by line, and as JSON and addresses write it.

use std::collections::HashSet;
use std::fmt::Write;

use crate::ctx::Environ;
use crate::model::project::Binding;
use crate::model::source::Entry;
use crate::model::value::Value;
use crate::out::mask::Mask;

/// Shorter ones would hide half of what is printed, and tell where they stand.
const SHORTEST: usize = 4;

/// The mask for the secrets among `bindings`, and for what else in `environ` has the name or the look of one.
pub fn mask(bindings: &[Binding<'_>], environ: &Environ<'_>) -> Mask {
    let own: HashSet<&str> = bindings.iter().map(|binding| binding.entry.name()).collect();
    let passed_on = environ.iter().filter(|(name, _)| !own.contains(*name));
    let passed_on = passed_on.filter_map(|(name, value)| Some((*name, value.to_str()?)));
    let passed_on = passed_on.filter(|(name, text)| Entry::new(name, text, 0, 0).secret().is_some());
    let secrets = bindings.iter().filter(|binding| binding.entry.secret().is_some());
    let texts = secrets.filter_map(|binding| binding.value().map(Value::expose));
    let texts = texts.chain(passed_on.map(|(_, text)| text)).flat_map(forms);
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
