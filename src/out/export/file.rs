//! Variables for files: dotenv, JSON, and what docker reads with `--env-file`.

use std::collections::BTreeMap;

use super::Pair;
use crate::model::fault::Fault;
use crate::out::json;

/// In envctl's own dialect, and of its forms in the one that most other readers read alike.
pub fn dotenv(pair: &Pair<'_>) -> String {
    let (name, text) = (pair.name, pair.text);
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_./:@%+,-".contains(c);
    if text.chars().all(is_plain) {
        format!("{name}={text}\n")
    } else if text.contains(['\'', '\n', '\r']) || text.ends_with('\\') {
        format!("{name}=\"{}\"\n", escaped(text))
    } else {
        format!("{name}='{text}'\n")
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '"' | '\\' | '$' => escaped.extend(['\\', c]),
            '\n' => escaped += "\\n",
            '\r' => escaped += "\\r",
            c => escaped.push(c),
        }
    }
    escaped
}

/// For `docker run --env-file`, which takes everything behind the `=` as it is.
pub fn docker(pair: &Pair<'_>) -> String {
    format!("{}={}\n", pair.name, pair.text)
}

/// One flat object.
///
/// # Errors
/// Where it cannot be serialised.
pub fn json(pairs: &[Pair<'_>]) -> Result<String, Fault> {
    let object: BTreeMap<_, _> = pairs.iter().map(|pair| (pair.name, pair.text)).collect();
    json::render(&object).map_err(|_| Fault::new("the variables cannot be written as JSON"))
}
