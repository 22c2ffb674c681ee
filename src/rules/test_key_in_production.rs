//! `test-key-in-production`: production works with a key that an issuer gives for tests.

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::project::Binding;
use crate::model::secret::Purpose;

/// The rule.
pub const RULE: Rule = Rule {
    id: "test-key-in-production",
    group: "isolation",
    summary: "production works with a test key, as its issuer marks them (sk_test_, rzp_test_, sandbox-…)",
    why: "Every payment succeeds and no money comes; messages are never sent; a test captcha lets every robot in.",
    fix: "Put the issuer's live key where production's secrets are kept.",
    severity: Severities::LIVE,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    keys_for(case, Purpose::Test, "a test key", "replace it with the issuer's live key")
}

/// The bindings that hold a key for `wanted`, in whatever tier: the severities say where that is wrong.
pub(super) fn keys_for(case: &Case<'_>, wanted: Purpose, what: &str, help: &str) -> Vec<Draft> {
    let found = case.looks.all().filter(|look| look.purpose() == Some(wanted)).map(|look| look.binding);
    let message = |one: &Binding<'_>| format!("{} holds {what} in {}", one.key(), one.environment.name);
    found.map(|binding| Draft::on(&binding, message(&binding)).help(help)).collect()
}
