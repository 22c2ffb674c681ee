//! What counts as one difference: keys under a map that is missing as a whole, and names that carry the environment's.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::fold::{OwnNames, Piece, shared_key};
use crate::model::schema::Pattern;

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

/// The names that keys are compared under, where they are others than their own: `STAGING_DATABASE_URL` is DATABASE_URL.
///
/// `partial` are the keys that not all environments have, with those that have them, by their places in `names`. As in a
/// comparison, keys belong together where no environment has two of them.
pub(super) fn renamed<'k>(
    partial: &BTreeMap<&'k str, BTreeSet<usize>>,
    names: &'k [OwnNames],
    is_taken: impl Fn(&str) -> bool,
) -> Vec<(&'k str, Cow<'k, str>)> {
    let mut groups: BTreeMap<Vec<Piece<'k>>, Vec<(&'k str, &BTreeSet<usize>)>> = BTreeMap::new();
    for (key, haves) in partial {
        if let Some(pieces) = shared_key(key, haves.iter().filter_map(|index| names.get(*index))) {
            groups.entry(pieces).or_default().push((key, haves));
        }
    }
    let mut renamed = Vec::new();
    for (pieces, group) in groups.into_iter().filter(|(_, group)| is_clear(group)) {
        let written: String = pieces.iter().map(written).collect();
        let is_own = group.iter().any(|(key, _)| *key == written);
        let name = match group.first() {
            Some((first, _)) if !is_own && is_taken(&written) => Cow::Borrowed(*first),
            _ => Cow::Owned(written),
        };
        renamed.extend(group.into_iter().filter(|(key, _)| *key != name).map(|(key, _)| (key, name.clone())));
    }
    renamed
}

fn is_clear(group: &[(&str, &BTreeSet<usize>)]) -> bool {
    let mut seen = BTreeSet::new();
    group.iter().flat_map(|(_, haves)| *haves).all(|index| seen.insert(index))
}

fn written<'k>(piece: &Piece<'k>) -> &'k str {
    match piece {
        Piece::Separator(text) | Piece::Word(text) => text,
        Piece::Name => Pattern::ENV,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::name::EnvName;
    use crate::model::project::{Description, Environment};

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
        let new = |name| Environment::new(EnvName::new(name).unwrap(), Description::default());
        let all = [new("staging"), new("test")];
        let names: Vec<_> = all.iter().map(|one| OwnNames::of(one, &all)).collect();
        let partial = |pairs: &[(&'static str, &[usize])]| {
            pairs.iter().map(|(key, haves)| (*key, haves.iter().copied().collect())).collect()
        };
        for (pairs, taken, expected) in [
            (&[("STAGING_DATABASE_URL", &[0][..])][..], "", "DATABASE_URL"),
            (&[("STAGING_DATABASE_URL", &[0][..])], "DATABASE_URL", "-"),
            (&[("TOKEN_STG", &[0][..])], "", "TOKEN"),
            (&[("services.api-staging.image", &[0][..])], "", "services.api.image"),
            (&[("TEST_USER", &[1][..]), ("USER", &[0][..])], "", "-"),
            (&[("TEST_DATABASE_URL", &[0][..])], "", "-"),
            (&[("TOKEN_STAGING", &[0][..]), ("TOKEN", &[0][..])], "", "-"),
        ] {
            let partial = partial(pairs);
            let renamed = renamed(&partial, &names, |name| name == taken);
            assert_eq!(renamed.first().map_or("-", |(_, name)| name), expected, "{pairs:?}");
        }
    }
}
