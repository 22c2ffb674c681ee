//! Comparisons: what differs, in which way, and which keys belong together.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::model::name::EnvName;
use crate::model::project::Description;
use crate::model::source::{SourceKind, ValueType};

const NAMES: [&str; 3] = ["dev", "staging", "prod"];

fn entries(pairs: &BTreeMap<String, String>) -> Vec<Entry> {
    pairs.iter().map(|(key, value)| Entry::new(key, value, 0, 0)).collect()
}

fn sides(entries: &[Entry]) -> Vec<Side<'_>> {
    let file: &Source = Box::leak(Box::new(Source::new(".env".into(), "dotenv", SourceKind::Variables, "")));
    entries.iter().map(|entry| Side { source: ".env", path: &entry.key, entry, file }).collect()
}

fn environments() -> Vec<Environment> {
    let new = |name: &&str| Environment::new(EnvName::new(name).unwrap(), Description::default());
    NAMES.iter().map(new).collect()
}

/// Compares the environments at these places, with these entries.
fn compare<'e>(all: &'e [Environment], places: &[usize], entries: &'e [Vec<Entry>]) -> Comparison<'e> {
    let names: Vec<_> = places.iter().map(|place| OwnNames::of(&all[*place], all)).collect();
    let mut rows = pairing::pair(rows(places.iter().map(|place| sides(&entries[*place])).collect()), &names);
    for row in &mut rows {
        row.kind = kind::of(row, &names, &Default::default());
    }
    Comparison {
        environments: places.iter().map(|place| &all[*place]).collect(),
        rows,
        names,
        labels: Vec::new(),
        is_one: false,
    }
}

/// What of a row may be compared with that of another comparison.
fn shape(row: &Row<'_>) -> (Status, Option<Kind>, Vec<bool>) {
    (row.status(), row.kind, row.cells.iter().map(Option::is_some).collect())
}

fn kind_of(left: Entry, right: Entry) -> Option<Kind> {
    let (all, entries) = (environments(), [vec![left], vec![right]]);
    compare(&all, &[0, 1], &entries).rows[0].kind
}

#[test]
fn a_difference_of_form_is_told_from_one_of_meaning() {
    for (left, right, kind) in [
        ("a", "a", None),
        ("a", "b", Some(Kind::Value)),
        ("a ", "a", Some(Kind::Whitespace)),
        ("a/", "a", Some(Kind::TrailingSlash)),
        ("/", "", Some(Kind::Value)),
        ("\"a\"", "a", Some(Kind::Quotes)),
        ("True", "true", Some(Kind::LetterCase)),
        ("A", "a", Some(Kind::Value)),
        ("a,b", "b,a", Some(Kind::Value)),
        ("x-dev", "x-staging", Some(Kind::NameOnly)),
        ("x-dev y", "x-staging y", Some(Kind::Value)),
    ] {
        let entry = |text| Entry::new("KEY", text, 0, 0);
        assert_eq!(kind_of(entry(left), entry(right)), kind, "{left:?} {right:?}");
    }
}

#[test]
fn types_and_secrets_have_kinds_of_their_own() {
    let setting = |text, value_type| Entry::setting("a.b", text, value_type, 0, 0);
    let string = |text| setting(text, ValueType::String);
    assert_eq!(kind_of(string("true"), setting("true", ValueType::Boolean)), Some(Kind::Type));
    assert_eq!(kind_of(string("True"), setting("true", ValueType::Boolean)), Some(Kind::Type));
    assert_eq!(kind_of(string("1"), setting("2", ValueType::Number)), Some(Kind::Value));
    let secret = |text| Entry::new("A_TOKEN", text, 0, 0);
    assert_eq!(kind_of(secret("x-dev"), secret("x-staging")), Some(Kind::Secret));
    assert_eq!(kind_of(secret("x/"), secret("x")), Some(Kind::Secret));
    assert_eq!(kind_of(secret("x"), secret("x")), None);
}

fn keys(keys: &[&str]) -> Vec<Entry> {
    keys.iter().map(|key| Entry::new(key, "1", 0, 0)).collect()
}

#[test]
fn keys_that_carry_the_environments_name_belong_together() {
    let all = environments();
    let entries = [keys(&["DB_URL", "X"]), keys(&["DB_URL", "X"]), keys(&["PROD_DB_URL", "X"])];
    let pair = compare(&all, &[1, 2], &entries);
    assert_eq!(pair.rows.len(), 2);
    assert_eq!((pair.rows[0].path(), pair.rows[0].other_paths()), ("DB_URL", vec!["PROD_DB_URL"]));
    assert!(pair.rows[0].is_name_only());
    let all_of_them = compare(&all, &[0, 1, 2], &entries);
    assert_eq!(
        all_of_them.counts(),
        Counts { only_in: vec![0; 3], different: 1, name_only: 1, same: 1, in_some: 0 }
    );
}

#[test]
fn keys_of_which_it_is_not_clear_which_belong_together_stay_apart() {
    let all = environments();
    let entries = [keys(&["A_B"]), keys(&["STAGING_A_B", "A_B_STAGING"]), keys(&["A_B", "PROD_A_B"])];
    assert_eq!(compare(&all, &[0, 1], &entries).rows.len(), 3);
    assert_eq!(compare(&all, &[0, 2], &entries).rows.len(), 2);
}

#[test]
fn a_value_that_names_another_environment_makes_its_key_one_to_look_at() {
    let all = environments();
    let entries = ["x-dev", "x-dev", "x"].map(|text| vec![Entry::new("HOST", text, 0, 0)]);
    assert_eq!(compare(&all, &[0, 2], &entries).rows[0].kind, Some(Kind::NameOnly));
    assert_eq!(compare(&all, &[1, 2], &entries).rows[0].kind, Some(Kind::Value));
    assert_eq!(compare(&all, &[0, 1, 2], &entries).rows[0].kind, Some(Kind::Value));
}

fn content() -> impl Strategy<Value = Vec<BTreeMap<String, String>>> {
    let one = proptest::collection::btree_map("[A-E]", "(a|b|x-(dev|staging|prod)|x)", 0..6);
    proptest::collection::vec(one, 3)
}

proptest! {
    #[test]
    fn an_environment_equals_itself(content in content()) {
        let (all, entries) = (environments(), content.iter().map(entries).collect::<Vec<_>>());
        prop_assert!(!compare(&all, &[0, 0], &entries).differs());
    }

    #[test]
    fn the_other_way_round_is_the_mirror_image(content in content()) {
        let (all, entries) = (environments(), content.iter().map(entries).collect::<Vec<_>>());
        let (there, back) = (compare(&all, &[0, 2], &entries), compare(&all, &[2, 0], &entries));
        let mirrored = |row: &Row<'_>| {
            let (status, kind, mut present) = shape(row);
            present.reverse();
            (status, kind, present)
        };
        prop_assert!(there.rows.iter().map(mirrored).eq(back.rows.iter().map(shape)));
    }

    #[test]
    fn counts_add_up_to_the_union_of_keys(content in content()) {
        let (all, entries) = (environments(), content.iter().map(entries).collect::<Vec<_>>());
        let union: BTreeSet<_> = content.iter().flat_map(BTreeMap::keys).collect();
        let counts = compare(&all, &[0, 1, 2], &entries).counts();
        let only: usize = counts.only_in.iter().sum();
        prop_assert_eq!(only + counts.in_some + counts.different + counts.same, union.len());
        prop_assert!(counts.name_only <= counts.different);
    }

    #[test]
    fn all_at_once_agree_with_pairs(content in content()) {
        let (all, entries) = (environments(), content.iter().map(entries).collect::<Vec<_>>());
        let pairs = [[0, 1], [1, 2], [0, 2]].map(|pair| compare(&all, &pair, &entries));
        for row in compare(&all, &[0, 1, 2], &entries).rows {
            let of_pairs: Vec<_> =
                pairs.iter().filter_map(|pair| pair.rows.iter().find(|one| one.path() == row.path())).collect();
            let all_pairs = |is: fn(&Row<'_>) -> bool| of_pairs.iter().all(|row| is(row));
            prop_assert_eq!(row.status() == Status::Same, all_pairs(|row| row.status() == Status::Same));
            prop_assert_eq!(row.status() == Status::OnlyIn, !all_pairs(|row| row.status() != Status::OnlyIn));
            let is_calm = |row: &Row<'_>| row.status() == Status::Same || row.is_name_only();
            prop_assert_eq!(is_calm(&row), all_pairs(is_calm));
        }
    }
}
