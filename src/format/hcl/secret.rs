//! Secrets inside of expressions: `merge(local.all, { password = "…" })` is one value, and its name does not tell.

use crate::model::secret::{NameVerdict, Reason, by_name};
use crate::model::source::Entry;

/// Hides the entries in whose expressions a secret's name is given a literal.
pub(super) fn hide(entries: &mut [Entry], text: &str) {
    let is_quoted =
        |entry: &Entry| text.get(entry.value_offset..).is_some_and(|value| value.starts_with(['"', '<']));
    for entry in entries.iter_mut().filter(|entry| !is_quoted(entry)) {
        if entry.value.judge(names_a_secret) {
            entry.hide(Reason::Name);
        }
    }
}

fn names_a_secret(expression: &str) -> bool {
    let marks = expression.match_indices(['=', ':']);
    let mut sides =
        marks.filter_map(|(at, mark)| Some((expression.get(..at)?, expression.get(at + mark.len()..)?)));
    sides.any(|(before, after)| begins_literal(after) && by_name(last_word(before)) == NameVerdict::Secret)
}

/// A quote may be escaped: an expression that is an item of a list is text in it.
fn begins_literal(after: &str) -> bool {
    after.trim_start().starts_with(|c: char| c.is_ascii_digit() || matches!(c, '"' | '\\' | '<'))
}

fn last_word(before: &str) -> &str {
    let before = before.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\\'));
    let start = before.trim_end_matches(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    before.get(start.len()..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::read;

    #[test]
    fn a_secret_in_an_expression_is_hidden() {
        for (text, is_secret) in [
            ("a = merge(b, { db_password = \"x\" })", true),
            ("a = merge(b, { \"db_password\" : \"x\" })", true),
            ("a = [merge(b, { \"db_password\" = \"x\" }), 1]", true),
            ("a = { for k, v in b : k => { pin = 1, password = 12345 } }", true),
            ("a = [{ user = \"x\", password = \"y\" }]", true),
            ("a { password = \"x\" }\na { password = \"y\" }", true),
            ("a = f({ token = <<EOF\nx\nEOF\n})", true),
            ("a = merge(b, { db_password = var.db_password, name = \"x\" })", false),
            ("a = var.password == \"\" ? \"x\" : \"y\"", false),
            ("a = f(\"password\", 1)", false),
            ("a = { b = c.d, e = 1 }", false),
        ] {
            assert_eq!(read(text).entries[0].secret().is_some(), is_secret, "{text}");
        }
    }
}
