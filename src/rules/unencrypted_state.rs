//! `unencrypted-state`: Terraform's state is stored as it is.

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::kind::as_bool;
use crate::model::project::Binding;

/// The rule.
pub const RULE: Rule = Rule {
    id: "unencrypted-state",
    group: "production",
    summary: "a Terraform backend switches the encryption of the state off",
    why: "The state holds every password that Terraform ever set, in plain text: whoever may list the bucket, or finds a copy of it, has them all.",
    fix: "Write `encrypt = true`, and consider a key of your own with kms_key_id.",
    severity: Severities::CROSSING,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let switches = case.looks.by_name(|slot| (slot.name == "encrypt").then_some(()));
    switches.filter(|(binding, ())| is_off(binding)).map(|(binding, ())| draft(&binding)).collect()
}

/// Source: Terraform, "Backend Type: s3": `encrypt` is for the state and the lock.
fn is_off(binding: &Binding<'_>) -> bool {
    binding.key() == "encrypt"
        && binding.source.is_backend()
        && binding.value().is_some_and(|value| value.judge(as_bool) == Some(false))
}

fn draft(binding: &Binding<'_>) -> Draft {
    let message = format!("the state of {} is not encrypted", binding.environment.name);
    Draft::on(binding, message).help("write `encrypt = true`")
}
