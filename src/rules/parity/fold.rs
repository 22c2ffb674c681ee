//! What counts as one difference: keys under a map that is missing as a whole, and names that carry the environment's.

use crate::model::project::Environment;
use crate::model::tier::same_family;

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

/// The name without that of its environment, before it or behind it: STAGING_DATABASE_URL, TOKEN_PROD.
pub(super) fn logical<'p>(key: &'p str, environment: &Environment) -> Option<&'p str> {
    let is_own = |word: &str| same_family(environment.name.as_str(), word);
    let before = key.split_once('_').filter(|(word, _)| is_own(word)).map(|(_, rest)| rest);
    before.or_else(|| key.rsplit_once('_').filter(|(_, word)| is_own(word)).map(|(rest, _)| rest))
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
    fn a_name_is_told_from_that_of_its_environment() {
        let staging = Environment::new(EnvName::new("staging").unwrap(), Description::default());
        assert_eq!(logical("STAGING_DATABASE_URL", &staging), Some("DATABASE_URL"));
        assert_eq!(logical("TOKEN_STG", &staging), Some("TOKEN"));
        assert_eq!(logical("PROD_TOKEN", &staging), None);
    }
}
