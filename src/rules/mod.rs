//! Layer 1, rules: from environments to findings. One file per rule, one table of them.

mod acceptances;
mod asked;
mod assumed_order;
mod backend_mismatch;
mod case;
mod case_twin;
mod chosen;
mod debug_in_production;
mod deprecated_key;
mod distinct;
mod duplicate_key;
mod empty_required;
mod excuses;
mod expired_token;
mod file_mode;
mod flag_expired;
mod flag_not_allowed;
mod flag_undeclared;
mod held;
mod judge;
mod listed;
mod live_key_outside_production;
mod loader_key;
mod looks;
mod missing_required;
mod missing_source;
mod monotonic;
mod moving_tag;
mod names_other_environment;
mod not_allowed_value;
mod not_ignored;
mod only_in;
mod parity;
mod parse_error;
mod placeholder;
mod plain_http;
mod plaintext_among_encrypted;
mod port_clash;
mod portability;
mod production_target_outside_production;
mod public_prefix_secret;
mod rotation_due;
mod safety_off_in_production;
mod same;
mod same_secret;
mod same_target;
mod secret_in_example;
mod secret_tracked_by_git;
mod self_name_mismatch;
mod source_mount;
mod test_key_in_production;
mod test_target_in_production;
mod type_parity;
mod undefined_reference;
mod unencrypted_state;
mod unknown_key;
mod unmet_group;
mod unused_acceptance;
mod version_skew;
mod weak_secret;
mod wildcard_cors;
mod wrong_env_file;
mod wrong_type;

pub use case::{Case, Draft, Phase, Portability};
pub use chosen::{choose, words};
use excuses::{Excuses, Written};
pub use held::{Held, held};
pub use judge::{judge, judge_at_start, judge_errors, judge_one};

use crate::model::finding::Severity;
use crate::model::project::Environment;
use crate::model::tier::Tier;

/// A rule: what it looks for, and how bad that is.
pub struct Rule {
    /// Its stable id.
    pub id: &'static str,
    /// What it belongs to: `presence`, `shape`, `isolation`, `production`, `hygiene`.
    pub group: &'static str,
    /// What it reports, in one line.
    pub summary: &'static str,
    /// Why that matters: the accident it prevents.
    pub why: &'static str,
    /// How to mend what it finds.
    pub fix: &'static str,
    /// How bad it is, for each tier.
    pub severity: Severities,
    /// What finds it.
    pub check: Check,
}

/// What a rule looks at.
pub enum Check {
    /// The environments.
    Environments(fn(&Case<'_>) -> Vec<Draft>),
    /// How the files with secrets are kept, where somebody found out. That depends on where the project lies, not only
    /// on what it says: what is found in one clone is not found in another.
    Custody(fn(&[Held<'_>]) -> Vec<Draft>),
    /// The acceptances of the manifest and of the files, once it is known which of them excused something.
    Acceptances(fn(&Case<'_>, &[bool], &Excuses<'_>) -> Vec<Draft>),
}

/// A severity for each tier; `None` is off.
pub struct Severities {
    development: Option<Severity>,
    test: Option<Severity>,
    staging: Option<Severity>,
    production: Option<Severity>,
    /// Where a person must confirm, if that is another than the tier's.
    protected: Option<Severity>,
}

impl Severities {
    /// It breaks or leaks wherever it happens.
    const ERROR: Self = Self::all(Some(Severity::Error));
    /// Probably a mistake, wherever it happens.
    const WARNING: Self = Self::all(Some(Severity::Warning));
    /// Worth knowing, wherever it happens.
    const NOTE: Self = Self::all(Some(Severity::Note));
    /// It crosses environments: an error where production takes part.
    const CROSSING: Self = Self { production: Some(Severity::Error), ..Self::WARNING };
    /// Right in development, doubtful on the way, wrong where the users are.
    const PRODUCTION: Self = Self { development: None, ..Self::CROSSING };

    /// Right everywhere but where the users are.
    const LIVE: Self = Self { production: Some(Severity::Error), ..Self::all(None) };

    /// Doubtful where the users are, and nowhere else.
    const LIVE_DOUBT: Self = Self { production: Some(Severity::Warning), ..Self::LIVE };

    /// It leaks what is there: an error where a person must confirm, be that production or not.
    const GUARDED: Self =
        Self { production: Some(Severity::Error), protected: Some(Severity::Error), ..Self::WARNING };

    const fn all(severity: Option<Severity>) -> Self {
        Self {
            development: severity,
            test: severity,
            staging: severity,
            production: severity,
            protected: None,
        }
    }

    /// The severity in `environment`.
    pub fn within(&self, environment: &Environment) -> Option<Severity> {
        let protected = self.protected.filter(|_| environment.is_protected());
        protected.or_else(|| self.of(environment.tier))
    }

    /// The severity in a protected environment, where that is another than its tier's.
    pub fn of_protected(&self) -> Option<Severity> {
        self.protected
    }

    /// The severity in an environment of `tier`; a tier that nobody knows is judged like staging.
    pub fn of(&self, tier: Tier) -> Option<Severity> {
        match tier {
            Tier::Development => self.development,
            Tier::Test => self.test,
            Tier::Staging | Tier::Unknown => self.staging,
            Tier::Production => self.production,
        }
    }
}

/// Every rule, grouped as in the documentation.
pub const RULES: &[Rule] = &[
    missing_required::RULE,
    empty_required::RULE,
    unmet_group::RULE,
    unknown_key::RULE,
    deprecated_key::RULE,
    undefined_reference::RULE,
    missing_source::RULE,
    parity::RULE,
    type_parity::RULE,
    version_skew::RULE,
    assumed_order::RULE,
    unused_acceptance::RULE,
    parse_error::RULE,
    duplicate_key::RULE,
    case_twin::RULE,
    wrong_type::RULE,
    not_allowed_value::RULE,
    monotonic::RULE,
    portability::RULE,
    same_secret::RULE,
    same_target::RULE,
    production_target_outside_production::RULE,
    distinct::RULE,
    same::RULE,
    only_in::RULE,
    test_target_in_production::RULE,
    test_key_in_production::RULE,
    live_key_outside_production::RULE,
    names_other_environment::RULE,
    self_name_mismatch::RULE,
    wrong_env_file::RULE,
    port_clash::RULE,
    backend_mismatch::RULE,
    placeholder::RULE,
    debug_in_production::RULE,
    safety_off_in_production::RULE,
    weak_secret::RULE,
    wildcard_cors::RULE,
    plain_http::RULE,
    moving_tag::RULE,
    source_mount::RULE,
    unencrypted_state::RULE,
    flag_not_allowed::RULE,
    flag_undeclared::RULE,
    flag_expired::RULE,
    secret_tracked_by_git::RULE,
    not_ignored::RULE,
    file_mode::RULE,
    secret_in_example::RULE,
    public_prefix_secret::RULE,
    loader_key::RULE,
    plaintext_among_encrypted::RULE,
    expired_token::RULE,
    rotation_due::RULE,
];

/// The rule with this id.
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

/// May what this rule finds be accepted? What cannot be read may hide anything, and what is wrong with an acceptance is
/// mended in it.
pub fn may_be_accepted(id: &str) -> bool {
    id != parse_error::RULE.id && id != unused_acceptance::RULE.id
}

/// Is what this rule finds told whatever a baseline knows?
pub fn is_always_told(id: &str) -> bool {
    id == parse_error::RULE.id
}

/// May what this rule finds in one clone be missing from another, as it depends on where the project lies?
pub fn depends_on_clone(id: &str) -> bool {
    find(id).is_some_and(|rule| matches!(rule.check, Check::Custody(_)))
}

/// The ids of all rules.
pub fn ids() -> Vec<&'static str> {
    RULES.iter().map(|rule| rule.id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_own_id_and_says_what_and_why_and_how() {
        for (index, rule) in RULES.iter().enumerate() {
            assert!(RULES.iter().skip(index + 1).all(|other| other.id != rule.id), "{}", rule.id);
            assert!(rule.id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", rule.id);
            for text in [rule.summary, rule.why, rule.fix] {
                assert!(text.len() > 10, "{}", rule.id);
            }
        }
    }
}
