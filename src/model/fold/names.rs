//! The names of an environment as they stand in hosts, paths and keys.

use super::word;
use crate::model::project::Environment;
use crate::model::slot::is_strong;
use crate::model::tier::{same_family, spellings_of};

/// What an environment is called: its name, its aliases, and the spellings of its family that mean hardly anything else.
pub struct OwnNames(Vec<Name>);

/// A name, word by word; each word in all its spellings.
type Name = Vec<Vec<String>>;

/// What stands before production's name where it is not meant: `pre-prod`, `non-prod`.
const NOT_PRODUCTION: &[&str] = &["pre", "non", "not", "no"];

impl OwnNames {
    /// No names: nothing is left out.
    pub fn none() -> Self {
        Self(Vec::new())
    }

    /// The names of `environment`. A word of a compound name (`prod-eu`) is one too, unless it means another of `all`.
    pub fn of(environment: &Environment, all: &[Environment]) -> Self {
        let others = || all.iter().filter(|other| other.name != environment.name);
        let is_taken = |word: &str| {
            others().any(|other| other.answers_to(word) || same_family(other.name.as_str(), word))
        };
        let aliases = environment.about.aliases.iter().map(String::as_str);
        let mut names: Vec<Name> = Vec::new();
        for text in aliases.chain([environment.name.as_str()]) {
            let words: Vec<&str> = words(text).collect();
            let parts = words.iter().filter(|word| words.len() > 1 && is_strong(word) && !is_taken(word));
            names.extend(parts.map(|word| vec![spellings(word)]));
            names.push(words.iter().map(|word| spellings(word)).collect());
            if same_family(text, "preprod") {
                names.extend([vec![spellings("preprod")], vec![vec!["pre".to_owned()], spellings("prod")]]);
            }
        }
        names.retain(|name| !name.iter().all(|word| word.iter().all(|word| is_number(word))));
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        Self(names)
    }

    /// What follows the name that `text` begins with, as whole words; `before` is the word before it.
    pub(super) fn strip<'t>(&self, text: &'t str, before: &str) -> Option<&'t str> {
        let is_negated = NOT_PRODUCTION.iter().any(|not| not.eq_ignore_ascii_case(before));
        let after = self.0.iter().find_map(|name| strip(text, name))?;
        let is_production = || same_family(word(text).0, "prod");
        (!is_negated || !is_production()).then_some(after)
    }
}

fn strip<'t>(text: &'t str, name: &[Vec<String>]) -> Option<&'t str> {
    let mut rest = text;
    for (index, spellings) in name.iter().enumerate() {
        if index > 0 {
            rest = rest.strip_prefix(['-', '_', '.'])?;
        }
        let (found, after) = word(rest);
        spellings.iter().find(|spelling| spelling.eq_ignore_ascii_case(found))?;
        rest = after;
    }
    Some(rest)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(['-', '_', '.']).filter(|word| !word.is_empty())
}

/// The word itself, and the other spellings of its family. `live` and `load` are words of their own.
fn spellings(word: &str) -> Vec<String> {
    let family = spellings_of(word).map(|(_, all)| all).unwrap_or_default().iter().copied();
    let family = family.filter(|spelling| is_strong(spelling) && !spelling.contains('-'));
    family.chain([word]).map(str::to_owned).collect()
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}
