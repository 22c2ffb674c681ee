//! What counts as one difference: keys under a map that is missing as a whole, and names that carry the environment's.

use std::borrow::Cow;

use crate::model::project::Environment;
use crate::model::tier::spellings_of;

/// The widest map around `key` that `is_free`, below which nobody who lacks the key has anything; or the key itself.
pub(super) fn widest_free_map(key: &str, is_free: impl Fn(&str) -> bool) -> &str {
    maps(key).find(|map| is_free(map)).unwrap_or(key)
}

/// The paths of the maps around a key, the widest first. A dot in quotes is part of a name.
fn maps(key: &str) -> impl Iterator<Item = &str> {
    let mut is_quoted = false;
    let ends = key.char_indices().filter(move |(_, letter)| {
        is_quoted ^= *letter == '"';
        *letter == '.' && !is_quoted
    });
    ends.filter_map(|(end, _)| key.get(..end))
}

/// As much of `key` as has the parts of `map`, which may leave out names of environments.
pub(super) fn as_written<'k>(key: &'k str, map: &str) -> &'k str {
    let end = key.match_indices('.').nth(map.matches('.').count());
    end.and_then(|(end, _)| key.get(..end)).unwrap_or(key)
}

/// How an environment is called, for finding that in names of keys.
pub(super) struct Spellings<'p>(&'p str, &'static [&'static str]);

impl<'p> Spellings<'p> {
    pub(super) fn of(environment: &'p Environment) -> Self {
        let name = environment.name.as_str();
        Self(name, spellings_of(name).map(|(_, all)| all).unwrap_or_default())
    }

    /// The key without the environment's name, before it or behind it: STAGING_DATABASE_URL, TOKEN_PROD,
    /// `services.api-staging.image`. Nothing where the name is not in it.
    pub(super) fn logical<'k>(&self, key: &'k str) -> Option<Cow<'k, str>> {
        if !key.split('.').any(|part| self.without_name(part).is_some()) {
            return None; // as nearly always
        }
        let parts: Vec<&str> = key.split('.').map(|part| self.without_name(part).unwrap_or(part)).collect();
        Some(parts.join(".").into())
    }

    fn without_name<'k>(&self, part: &'k str) -> Option<&'k str> {
        const DASHES: [char; 2] = ['_', '-'];
        let before = part.split_once(DASHES).filter(|(word, _)| self.has(word)).map(|(_, rest)| rest);
        let behind = || part.rsplit_once(DASHES).filter(|(_, word)| self.has(word)).map(|(rest, _)| rest);
        before.or_else(behind)
    }

    fn has(&self, word: &str) -> bool {
        let is = |spelling: &str| spelling.len() == word.len() && spelling.eq_ignore_ascii_case(word);
        is(self.0) || self.1.iter().any(|spelling| is(spelling))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::name::EnvName;
    use crate::model::project::Description;

    #[test]
    fn maps_around_a_key_are_found_from_the_outside_in() {
        assert_eq!(maps("a.\"b.c\".d").collect::<Vec<_>>(), ["a", "a.\"b.c\""]);
        assert_eq!(maps("PORT").count(), 0);
    }

    #[test]
    fn a_map_is_shown_as_it_is_written() {
        assert_eq!(as_written("services.api-staging.environment.A", "services.api"), "services.api-staging");
        assert_eq!(as_written("A", "A"), "A");
    }

    #[test]
    fn a_name_is_told_from_that_of_its_environment() {
        let staging = Environment::new(EnvName::new("staging").unwrap(), Description::default());
        let staging = Spellings::of(&staging);
        assert_eq!(staging.logical("STAGING_DATABASE_URL").as_deref(), Some("DATABASE_URL"));
        assert_eq!(staging.logical("TOKEN_STG").as_deref(), Some("TOKEN"));
        assert_eq!(staging.logical("services.api-staging.image").as_deref(), Some("services.api.image"));
        assert_eq!(staging.logical("PROD_TOKEN"), None);
    }
}
