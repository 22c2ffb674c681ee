//! Did you mean: the known name that a misspelt one is nearest to.

/// The name in `known` that `word` most probably misspells, if any is near enough: one slip of the finger for every
/// five letters, three at most. More would advise `SMTP_HOST` to whoever means `SMTP_PORT`.
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let word = word.to_lowercase();
    let slips = (word.chars().count() / 5).clamp(1, 3);
    let scored =
        known.into_iter().map(|name| (strsim::damerau_levenshtein(&word, &name.to_lowercase()), name));
    scored
        .filter(|(distance, _)| *distance <= slips)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_recognised_and_another_word_is_not() {
        let known = ["required", "help", "pattern", "production", "SMTP_HOST"];
        assert_eq!(nearest("requird", known), Some("required"));
        assert_eq!(nearest("Prodcution", known), Some("production"));
        assert_eq!(nearest("hlep", known), Some("help"));
        assert_eq!(nearest("SMTP_PORT", known), None);
        assert_eq!(nearest("zzz", known), None);
    }
}
