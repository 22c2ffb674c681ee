//! Excuses: `# envctl: accept RULE reason` in a file, beside what it excuses.

/// A comment that accepts what a rule finds on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excuse {
    /// Byte offset of the comment.
    pub offset: usize,
    /// The rule's id as written; empty where there is none.
    pub rule: Box<str>,
    /// Does it say why?
    pub has_reason: bool,
    /// A byte offset in the line that it is about; nothing where the file ends before one.
    pub target: Option<usize>,
}

impl Excuse {
    /// What stands before the id of the rule.
    const WORDS: [&str; 2] = ["envctl:", "accept"];

    /// Reads a comment, given without its mark; nothing where it is about something else.
    pub fn read(comment: &str, offset: usize, target: Option<usize>) -> Option<Self> {
        let rest =
            comment.trim_start().strip_prefix(Self::WORDS[0])?.trim_start().strip_prefix(Self::WORDS[1])?;
        let is_word = rest.is_empty() || rest.starts_with(char::is_whitespace);
        let (rule, reason) = rest.trim().split_once(char::is_whitespace).unwrap_or((rest.trim(), ""));
        let has_reason = reason.contains(char::is_alphanumeric);
        is_word.then(|| Self { offset, rule: rule.into(), has_reason, target })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_is_an_excuse_only_where_it_says_so() {
        let read = |comment| Excuse::read(comment, 0, None).map(|one| (one.rule.to_string(), one.has_reason));
        let rule = || "same-secret".to_owned();
        assert_eq!(read(" envctl: accept same-secret shared test key"), Some((rule(), true)));
        assert_eq!(read("envctl:accept\tsame-secret\tx\r\n"), Some((rule(), true)));
        assert_eq!(read(" envctl: accept same-secret --"), Some((rule(), false)));
        assert_eq!(read(" envctl: accept same-secret"), Some((rule(), false)));
        assert_eq!(read(" envctl: accept"), Some((String::new(), false)));
        for other in
            ["envctl: accepted x y", "see envctl: accept x y", "envctl accept x y", "Envctl: accept x y", ""]
        {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
