//! Did you mean: the known name that a misspelt one is nearest to.

/// The longest word that is compared, in bytes: the work grows with the square.
const LONGEST: usize = 200;

/// The name in `known` that `word` most probably misspells, if any is near enough: one slip of the finger for every
/// five letters, three at most. More would advise `SMTP_HOST` to whoever means `SMTP_PORT`.
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    if word.len() > LONGEST {
        return None;
    }
    let word = word.to_lowercase();
    let slips = (word.chars().count() / 5).clamp(1, 3);
    let letters = word.chars().count();
    let comparable = known.into_iter().filter(|name| name.len() <= LONGEST);
    let lower = comparable.map(|name| (name.to_lowercase(), name));
    let alike = lower.filter(|(lower, _)| lower.chars().count().abs_diff(letters) <= slips);
    let scored = alike.map(|(lower, name)| (strsim::damerau_levenshtein(&word, &lower), name));
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

    #[test]
    fn what_nobody_types_is_not_compared() {
        let long = "A".repeat(1 << 20);
        assert_eq!(nearest(&long, [long.as_str()]), None);
        assert_eq!(nearest("AAAA", [long.as_str(), "AAAB"]), Some("AAAB"));
    }
}
