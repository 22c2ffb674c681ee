//! What folds, and what must stay in sight.

use proptest::prelude::*;

use super::*;
use crate::model::name::EnvName;
use crate::model::project::{Description, Environment};

fn environments(names: &[&str]) -> Vec<Environment> {
    let new = |name: &&str| Environment::new(EnvName::new(name).unwrap(), Description::default());
    names.iter().map(new).collect()
}

fn names(all: &[&str]) -> Vec<OwnNames> {
    let all = environments(all);
    all.iter().map(|one| OwnNames::of(one, &all)).collect()
}

/// Do the values of `dev` and `prod` fold?
fn folds(dev: &str, prod: &str) -> bool {
    let names = names(&["dev", "prod", "staging"]);
    is_same_but_for_names((dev, &names[0]), (prod, &names[1]))
}

#[test]
fn values_that_differ_by_the_name_of_the_environment_fold() {
    for (dev, prod) in [
        ("dev", "prod"),
        ("DEVELOPMENT", "Production"),
        ("https://sign-in-dev.shop.example/auth", "https://sign-in.shop.example/auth"),
        ("https://dev.shop.example", "https://prod.shop.example"),
        ("https://dev-api.shop.example:8080/", "https://prod-api.shop.example:8080/"),
        ("/srv/dev/data", "/srv/production/data"),
        ("s3://bucket-dev/x", "s3://bucket/x"),
        ("app_develop_1", "app_prd_1"),
        ("https://shop-dev.example.dev/", "https://shop.example.dev/"),
        (r#"["https://a-dev.example","b"]"#, r#"["https://a.example","b"]"#),
        ("a-dev,b-dev", "a,b"),
    ] {
        assert!(folds(dev, prod), "{dev} {prod}");
    }
}

#[test]
fn what_a_reviewer_must_see_does_not_fold() {
    for (dev, prod) in [
        ("https://dev.shop.example", "https://shop.example"),
        ("https://api-dev.shop.example:8080", "https://api.shop.example:8081"),
        ("https://api-prod.shop.example/dev", "https://api.shop.example/prod"),
        ("https://api-dev.shop.example/dev", "https://api-dev.shop.example/prod"),
        ("https://api-staging.shop.example", "https://api.shop.example"),
        ("db-dev is down", "db-prod is down"),
        ("a\ndev", "a\nprod"),
        ("device-1", "product-1"),
        ("app:dev", "app"),
        (r#"["a","dev"]"#, r#"["a"]"#),
        ("a,dev", "a"),
        ("dev", ""),
        ("dev", "live"),
        ("alerts-dev", "alerts-non-prod"),
        ("pre-prod-a", "preprod-a"),
        ("db-dev-1", "db-prod-2"),
        ("x-dev", "Y"),
    ] {
        assert!(!folds(dev, prod), "{dev} {prod}");
        assert!(!folds(prod, dev), "{prod} {dev}");
    }
}

#[test]
fn pre_production_is_one_name_and_no_name_of_production() {
    let names = names(&["preprod", "prod"]);
    let folds = |pre: &str, prod: &str| is_same_but_for_names((pre, &names[0]), (prod, &names[1]));
    for pre in ["a-preprod", "a-pre-prod", "a-PRE-PRODUCTION", "a-preproduction"] {
        assert!(folds(pre, "a-prod") && folds(pre, "a"), "{pre}");
    }
    assert!(!folds("a-x", "a-pre-prod"));
    assert!(!folds("a-pre", "a-pre-prod"));
}

#[test]
fn a_compound_name_folds_as_a_whole_and_by_its_word_where_nobody_else_goes_by_it() {
    let alone = names(&["dev", "prod-eu"]);
    assert!(is_same_but_for_names(("a-dev.x", &alone[0]), ("a-prod-eu.x", &alone[1])));
    assert!(is_same_but_for_names(("a-dev.x", &alone[0]), ("a-production.x", &alone[1])));
    let beside = names(&["dev", "prod-eu", "prod"]);
    assert!(!is_same_but_for_names(("a-dev.x", &beside[0]), ("a-production.x", &beside[1])));
}

#[test]
fn an_environment_that_is_a_number_folds_no_port() {
    let names = names(&["8080", "9090"]);
    assert!(!is_same_but_for_names(("a:8080", &names[0]), ("a:9090", &names[1])));
}

#[test]
fn an_alias_is_a_name() {
    let about = Description { aliases: vec!["kilco-x".to_owned()], ..Description::default() };
    let all = [Environment::new(EnvName::new("demo").unwrap(), about), environments(&["prod"]).remove(0)];
    let names: Vec<_> = all.iter().map(|one| OwnNames::of(one, &all)).collect();
    assert!(is_same_but_for_names(("https://kilco-x.a/", &names[0]), ("https://prod.a/", &names[1])));
}

#[test]
fn keys_fold_at_either_end_of_a_name() {
    let names = names(&["staging", "prod"]);
    let folds = |one: &str, other: &str| key(one, &names[0]).eq(key(other, &names[1]));
    for (staging, prod) in [
        ("STAGING_DATABASE_URL", "DATABASE_URL"),
        ("TOKEN_STG", "TOKEN_PROD"),
        ("services.event-api-staging.image", "services.event-api.image"),
        ("services.staging-event-api.image", "services.event-api.image"),
        ("hosts.staging.url", "hosts.prod.url"),
    ] {
        assert!(folds(staging, prod), "{staging} {prod}");
    }
    for (staging, prod) in [
        ("hosts.staging.url", "hosts.url"),
        ("STAGING", "PROD"),
        ("PROD_DB_URL", "DB_URL"),
        ("A_B", "A.B"),
        ("STAGING_ONLY", "PROD_ONLY"),
        ("STAGING_USER", "USER"),
        ("STAGING_", "PROD_"),
    ] {
        assert!(!folds(staging, prod), "{staging} {prod}");
    }
}

#[test]
fn a_mebibyte_of_names_folds_in_linear_time() {
    for unit in ["-dev", "dev.", "pre-", "\"dev\",", "é"] {
        let text = unit.repeat((1 << 20) / unit.len());
        assert!(!folds(&text, &format!("{text}x-y")), "{unit}");
    }
}

proptest! {
    #[test]
    fn folding_is_symmetric(
        one in "(dev|prod|pre|staging|a|[-_./:]){0,8}",
        other in "(dev|prod|pre|staging|a|[-_./:]){0,8}",
    ) {
        let names = names(&["dev", "prod"]);
        let there = is_same_but_for_names((&one, &names[0]), (&other, &names[1]));
        let back = is_same_but_for_names((&other, &names[1]), (&one, &names[0]));
        prop_assert_eq!(there, back);
    }

    #[test]
    fn other_hosts_never_fold(one in "[a-c]{6}\\.example", other in "[a-c]{6}\\.example", suffix in "(-dev)?") {
        prop_assume!(one != other);
        let url = |host: &str| format!("https://{host}/");
        prop_assert!(!folds(&url(&(one + &suffix)), &url(&other)));
    }

    #[test]
    fn what_a_name_is_put_into_folds(before in "[a-z]{1,5}", after in "(\\.[a-z]{1,5}){0,2}", mark in "[-_./]") {
        prop_assume!(!["dev", "prod", "pre", "non", "not", "no"].contains(&before.as_str()));
        let value = |name: &str| format!("{before}{mark}{name}{after}");
        prop_assert!(folds(&value("dev"), &value("prod")));
        let is_plain = !after.contains("dev") && !after.contains("prod");
        let without = before.clone() + &after;
        prop_assert!(!is_plain || mark == ":" || folds(&value("dev"), &without));
    }
}
