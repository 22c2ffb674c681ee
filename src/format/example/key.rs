//! What the comment of one key says of it.

use super::{choices, decorator, prose};
use crate::model::kind::{Kind, as_bool};
use crate::model::placeholder::is_placeholder;
use crate::model::value::Value;
use crate::model::wanted::Wanted;

/// Fills in what the value and the lines of the comment say.
pub(super) fn describe<'a>(wanted: &mut Wanted, value: &str, comment: impl Iterator<Item = &'a str>) {
    let mut help = String::new();
    for line in comment {
        if let Some(rest) = take(wanted, line, &help) {
            help.push_str(if help.is_empty() || rest.is_empty() { "" } else { "\n" });
            help.push_str(&rest);
        }
    }
    let said = prose::default_value(&help).filter(|_| value.is_empty()).unwrap_or(value);
    wanted.default = Some(Value::new(said));
    if wanted.example.is_none() {
        wanted.example = prose::example(&help).map(Value::new);
    }
    if wanted.kind.is_none() {
        let listed = choices::choices(&help);
        let bare = || help.lines().map(choices::bare).find(|words| !words.is_empty()).unwrap_or_default();
        choose(wanted, value, if listed.is_empty() { bare() } else { listed });
    }
    // A type that the file's own value does not have is a misunderstanding.
    if is_real(value) && wanted.kind.is_some_and(|kind| !kind.accepts(value)) {
        wanted.kind = None;
    }
    wanted.help = Some(help).filter(|help| !help.is_empty());
}

/// Takes what a line says; gives the text that is left of it.
fn take(wanted: &mut Wanted, line: &str, above: &str) -> Option<String> {
    let line = match decorator::apply(wanted, line) {
        Some("") => return None,
        Some(rest) => rest,
        None => line,
    };
    let is_example = ["Example:", "example:", "EXAMPLE:"].iter().any(|end| above.ends_with(end));
    if let Some(url) = prose::docs(line).filter(|_| wanted.docs.is_none() && !is_example) {
        wanted.docs = Some(url.to_owned());
        return None;
    }
    let marked = prose::marked(line);
    wanted.required = marked.required.or(wanted.required);
    Some(marked.rest)
}

/// Takes choices from prose, unless the file's own value is none of them.
fn choose(wanted: &mut Wanted, value: &str, words: Vec<String>) {
    let is_other = is_real(value) && !words.iter().any(|word| word == value);
    if words.is_empty() || is_other {
        return;
    }
    if words.iter().all(|word| as_bool(word).is_some()) {
        wanted.kind = Some(Kind::Bool);
    } else {
        (wanted.kind, wanted.values) = (Some(Kind::Enum), words);
    }
}

/// Is the text a value, rather than a gap, a placeholder or a reference to others?
fn is_real(value: &str) -> bool {
    !value.is_empty() && !value.contains("${") && !is_placeholder(value)
}
