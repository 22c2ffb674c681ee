//! `version-skew`: tests run on another version of the database or the language than production.

use std::collections::BTreeMap;

use super::looks::Slot;
use super::{Case, Check, Draft, Rule, Severities};
use crate::model::project::Binding;
use crate::model::source::SourceKind;
use crate::model::tier::Tier;
use crate::model::value::Verdict;

/// The rule.
pub const RULE: Rule = Rule {
    id: "version-skew",
    group: "presence",
    summary: "an environment has another version of a database or a language than production (MYSQL_VERSION, POSTGRES_VERSION …)",
    why: "A query that passes on MySQL 8.0 fails on 8.4: what was tested is not what runs.",
    fix: "Give the environments the same version. While an upgrade is tried out, accept it with the reason and `until`.",
    severity: Severities::WARNING,
    check: Check::Environments(check),
};

/// Products, and how many numbers of their versions tell series apart. Sources: the versioning policies of each.
#[rustfmt::skip]
const PRODUCTS: &[(&str, usize)] = &[
    ("_mysql_", 2), ("_mariadb_", 2), ("_mongo_", 2), ("_mongodb_", 2), ("_postgres_", 1), ("_postgresql_", 1), ("_pg_", 1),
    ("_redis_", 1), ("_valkey_", 1), ("_elasticsearch_", 1), ("_opensearch_", 1), ("_rabbitmq_", 1), ("_kafka_", 1),
    ("_php_", 2), ("_python_", 2), ("_ruby_", 2), ("_node_", 1), ("_nodejs_", 1), ("_java_", 1), ("_golang_", 2),
];

/// The first numbers of a version, none of them a secret.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Series(u32, Option<u32>);

impl Verdict for Series {}

impl Series {
    /// `8.4.8`, `15-alpine`, `v20`; nothing for `latest` and `lts`.
    fn of(text: &str, numbers: usize) -> Option<Self> {
        let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
        let version = text.split(|c: char| !c.is_ascii_digit() && c != '.').next()?;
        let mut parts = version.split('.').map(str::parse);
        let major = parts.next()?.ok()?;
        Some(Self(major, parts.next().and_then(Result::ok).filter(|_| numbers > 1)))
    }

    /// Are they different series? `8` may be any of `8.x`.
    fn differs(self, other: Self) -> bool {
        self.0 != other.0 || self.1.zip(other.1).is_some_and(|(one, other)| one != other)
    }
}

fn check(case: &Case<'_>) -> Vec<Draft> {
    let mut keys: BTreeMap<(&str, &str), Vec<(Series, Binding<'_>)>> = BTreeMap::new();
    for (binding, numbers) in case.looks.by_name(numbers) {
        if let Some(series) = series(&binding, numbers) {
            keys.entry((binding.stack, binding.key())).or_default().push((series, binding));
        }
    }
    keys.values().flat_map(|versions| drafts(versions)).collect()
}

/// How many numbers tell series of the product apart whose version the name promises, if it does.
fn numbers(slot: &Slot<'_>) -> Option<usize> {
    let end = slot.name.len().checked_sub("version".len())?;
    slot.name.get(end..).filter(|end| end.eq_ignore_ascii_case("version"))?;
    PRODUCTS.iter().find(|(product, _)| slot.words.contains(product)).map(|(_, numbers)| *numbers)
}

fn series(binding: &Binding<'_>, numbers: usize) -> Option<Series> {
    let value = binding.value().filter(|_| binding.entry.kind == SourceKind::Variables)?;
    value.judge(|text| Series::of(text, numbers))
}

/// Those that differ from production's.
fn drafts(versions: &[(Series, Binding<'_>)]) -> Vec<Draft> {
    let is_production = |(_, binding): &&(Series, Binding<'_>)| binding.environment.tier == Tier::Production;
    let Some((series, production)) = versions.iter().find(is_production) else { return Vec::new() };
    let others = versions.iter().filter(|one| !is_production(one) && one.0.differs(*series));
    let draft = |(_, binding): &(Series, Binding<'_>)| {
        let message = format!("{} is not the version of {}", binding.key(), production.environment.name);
        let help = format!("write the version that {} has", production.environment.name);
        Draft::on(binding, message).help(help).with(production)
    };
    others.map(draft).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_told_apart_by_their_series() {
        for (one, other, numbers, expected) in [
            ("8.4.8", "8.0", 2, true),
            ("8.4.8", "8.4", 2, false),
            ("8.4.8", "8", 2, false),
            ("15-alpine", "15.4", 1, false),
            ("v20.1", "18", 1, true),
            ("15.3", "15.4", 1, false),
        ] {
            let of = |text| Series::of(text, numbers).unwrap();
            assert_eq!(of(one).differs(of(other)), expected, "{one} {other}");
        }
        assert!(Series::of("latest", 2).is_none());
        assert!(Series::of("", 2).is_none());
        assert!(Series::of("99999999999999999999", 1).is_none());
    }
}
