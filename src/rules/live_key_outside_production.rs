//! `live-key-outside-production`: an environment that is for trying works with a key that is not.

use super::test_key_in_production::keys_for;
use super::{Case, Check, Draft, Rule, Severities};
use crate::model::secret::Purpose;

/// The rule.
pub const RULE: Rule = Rule {
    id: "live-key-outside-production",
    group: "isolation",
    summary: "an environment other than production works with a live key, as its issuer marks them (sk_live_, rzp_live_ …)",
    why: "A test run charges real cards and writes to real people.",
    fix: "Use the issuer's test key here, and consider the live one leaked: replace it.",
    severity: Severities { production: None, ..Severities::ERROR },
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    keys_for(
        case,
        Purpose::Live,
        "a live key",
        "use the issuer's test key, and replace the live one: others have seen it",
    )
}
