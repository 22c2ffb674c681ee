//! Did you mean: the known name that a misspelt one is nearest to.

/// The name in `known` that `word` most probably misspells, if any is near enough.
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let word = word.to_lowercase();
    let scored = known.into_iter().map(|name| (strsim::jaro_winkler(&word, &name.to_lowercase()), name));
    scored.filter(|(score, _)| *score > 0.85).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_recognised_and_another_word_is_not() {
        let known = ["required", "help", "pattern", "production"];
        assert_eq!(nearest("requird", known), Some("required"));
        assert_eq!(nearest("Prodution", known), Some("production"));
        assert_eq!(nearest("zzz", known), None);
    }
}
