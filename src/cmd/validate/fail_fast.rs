//! `validate --fail-fast`: a promotion goes from development to production, and stops at the first that fails.

use crate::model::finding::{Finding, Severity};
use crate::model::name::EnvName;
use crate::model::project::Environment;

/// Takes away what concerns environments beyond the first one with a finding of `fail_on` or worse, and returns those.
/// A finding of several environments belongs to the last of them, as in the report.
pub(super) fn stop<'p>(
    judged: &mut Vec<&'p Environment>,
    findings: &mut Vec<Finding>,
    fail_on: Severity,
) -> Vec<&'p EnvName> {
    let names: Vec<&EnvName> = judged.iter().map(|environment| &environment.name).collect();
    let stage = |finding: &Finding| names.iter().rposition(|name| finding.environments.contains(name));
    let failing = findings.iter().filter(|finding| finding.severity >= fail_on);
    let Some(first) = failing.filter_map(stage).min() else { return Vec::new() };
    findings.retain(|finding| stage(finding) <= Some(first));
    let beyond = judged.split_off(first + 1);
    beyond.into_iter().map(|environment| &environment.name).collect()
}
