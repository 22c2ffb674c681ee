//! Variables for the later steps of a job in GitHub Actions: masks for its log, and blocks for the file `GITHUB_ENV`.
//! Source: GitHub, "Workflow commands for GitHub Actions".

use super::Pair;

/// A command for each secret that keeps it out of the log; the runner masks each line of it too.
pub fn masks(pairs: &[Pair<'_>]) -> String {
    let secrets = pairs.iter().filter(|pair| pair.is_secret && !pair.text.trim().is_empty());
    secrets.map(|pair| format!("::add-mask::{}\n", escaped(pair.text))).collect()
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A block for each variable, between lines with `delimiter`, which nobody can have written into a value.
pub fn blocks(pairs: &[Pair<'_>], delimiter: &str) -> String {
    pairs
        .iter()
        .map(|Pair { name, text, .. }| format!("{name}<<{delimiter}\n{text}\n{delimiter}\n"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_masked_whole_and_what_is_public_or_blank_is_not() {
        let pair = |text, is_secret| Pair { name: "A", text, is_secret };
        let pairs = [pair("100%\r\n::x::", true), pair("debug", false), pair(" ", true), pair("", true)];
        assert_eq!(masks(&pairs), "::add-mask::100%25%0D%0A::x::\n");
        assert_eq!(blocks(&pairs[..1], "end_7"), "A<<end_7\n100%\r\n::x::\nend_7\n");
    }
}
