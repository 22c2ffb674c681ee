//! Mentions: the names of environments as whole words inside hosts, paths and identifiers.

use super::slot::is_strong;
use super::tier::{Tier, same_family, spellings_of};

/// The words of `text` that mean an environment and hardly anything else. `pre-prod` is one, and says nothing of
/// production; `non-prod` names nobody; `reproduction` is another word.
pub fn mentions(text: &str) -> impl Iterator<Item = &str> {
    let mut before = "";
    text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).filter_map(move |word| {
        let prefix = std::mem::replace(&mut before, word);
        if !is_strong(word) {
            return None; // as most
        }
        let is = |known: &[&str]| known.iter().any(|known| prefix.eq_ignore_ascii_case(known));
        let is_production = same_family(word, "prod");
        match () {
            () if is_production && is(&["non", "not", "no"]) => None,
            () if is_production && is(&["pre"]) => Some("preprod"),
            () => Some(word),
        }
    })
}

/// Does `text` mention production?
pub fn mentions_production(text: &str) -> bool {
    mentions(text).any(|word| spellings_of(word).is_some_and(|(tier, _)| tier == Tier::Production))
}

/// Does `text` mention the environment called `name`: all of it, one of its words, or another spelling?
pub fn mentions_name(text: &str, name: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.any(|word| {
        same_family(name, word) || name.split(['-', '_', '.']).any(|part| same_family(part, word))
    }) || mentions(text).any(|word| same_family(name, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_mention_an_environment_and_parts_of_words_do_not() {
        for (text, expected) in [
            ("https://app-prod.example.com/dev", &["prod", "dev"][..]),
            ("redis_STAGING_1", &["STAGING"]),
            ("app.pre-prod.example.com", &["preprod"]),
            ("nonprod non-prod", &[]),
            ("reproduction devices product stagecoach", &[]),
            ("test live demo review load ci local", &[]),
        ] {
            assert_eq!(mentions(text).collect::<Vec<_>>(), expected, "{text}");
        }
    }

    #[test]
    fn an_environment_is_mentioned_by_any_of_its_spellings() {
        assert!(mentions_name("db-production.example.com", "prod"));
        assert!(mentions_name("db.prod.eu.example.com", "prod-eu"));
        assert!(mentions_name("a.pre-prod.b", "preprod"));
        assert!(!mentions_name("db-staging.example.com", "prod"));
        assert!(!mentions_production("app.pre-prod.example.com"));
    }
}
