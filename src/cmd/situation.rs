//! The situation: everything that `banner` and `context` tell, gathered once.

use std::collections::BTreeMap;

use anyhow::Result;
use jiff::Timestamp;
use serde::Serialize;

use super::attempt::owners;
use super::current::nothing;
use super::terraform::{Configured, configured};
use crate::active::Selection;
use crate::ctx::Ctx;
use crate::git;
use crate::model::finding::{Finding, Severity};
use crate::model::git::{Git, Status};
use crate::model::project::{Environment, Project};
use crate::model::target::Target;
use crate::out::table::plural;
use crate::rules;
use crate::store::Root;

/// Where somebody stands.
pub struct Situation<'p> {
    /// The project.
    pub project: &'p Project,
    /// The current environment.
    pub environment: &'p Environment,
    /// Who decided that, and until when it holds.
    pub selection: Selection<'p>,
    /// May coding agents work by the consent, where one is live?
    pub agents: Option<bool>,
    /// The repository around the project.
    pub git: Git,
    /// What Terraform is configured for.
    pub terraform: Vec<Configured<'p>>,
    /// Where URL-like values lead.
    pub targets: Vec<Target>,
    /// What the rules say of the environment.
    pub findings: Vec<Finding>,
    /// What a person has to know.
    pub warnings: Vec<Warning>,
}

/// A warning with a stable code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Warning {
    /// What it is about.
    pub code: &'static str,
    /// How bad it is.
    #[cfg_attr(test, schemars(extend("enum" = ["warning", "error"])))]
    pub severity: &'static str,
    /// In words.
    pub message: String,
}

/// The code of a remark about the selection, which is said on stderr as well.
pub const SELECTION: &str = "selection";

impl<'p> Situation<'p> {
    /// Gathers it. `ours` are paths that never make the work tree dirty.
    ///
    /// # Errors
    /// Where no environment is current.
    pub fn gather(ctx: &Ctx, root: &Root, project: &'p Project, ours: &[&std::path::Path]) -> Result<Self> {
        let selection = ctx.selection(root, project)?.ok_or_else(nothing)?;
        let (environment, agents) = (selection.environment, selection.is_for_agents(&ctx.asked(root)));
        let findings = rules::judge_one(project, environment, ctx.today());
        let git = git::inspect(&root.dir, None, ours);
        let target = |binding| Some(capped_target(Target::of(&binding)?));
        let targets = project.bindings(environment).filter_map(target).collect();
        let terraform = configured(ctx, root, project, environment);
        let mut warnings = warnings(project, environment, &selection, &git, &findings);
        let others = terraform.iter().filter(|one| one.is_other(environment));
        warnings.extend(others.map(|other| state_mismatch(project, environment, other)));
        Ok(Self { project, environment, selection, agents, git, terraform, targets, findings, warnings })
    }

    /// How many findings are this bad.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// Every flag that is declared or set, and whether it is on here; one that is not set is off.
    pub fn flags(&self) -> BTreeMap<&'p str, bool> {
        let declared = self.project.schema.flags.iter().map(|flag| (capped(&flag.name), false));
        let set = self.environment.about.flags.iter().map(|flag| (capped(&flag.name), flag.on));
        declared.chain(set).collect()
    }

    /// When the consent ends.
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.selection.expires_at
    }
}

fn warnings(
    project: &Project,
    environment: &Environment,
    selection: &Selection<'_>,
    git: &Git,
    findings: &[Finding],
) -> Vec<Warning> {
    let name = &environment.name;
    let mut warnings = Vec::new();
    let mut warn = |code, severity: Severity, message: String| {
        warnings.push(Warning { code, severity: severity.as_str(), message });
    };
    if environment.tier == crate::model::tier::Tier::Production {
        warn(
            "production",
            Severity::Warning,
            format!("you are working in {name}, which is live: every change reaches its users"),
        );
    } else if environment.is_protected() {
        warn("protected", Severity::Warning, format!("{name} is protected: treat it like production"));
    }
    if findings.iter().any(|finding| finding.rule == "debug-in-production") {
        warn("debug-in-production", Severity::Error, format!("debugging is on in {name}"));
    }
    if git.status == Status::Dirty {
        warn("uncommitted-changes", Severity::Warning, "there are uncommitted changes".to_owned());
    }
    if let Some(branch) = &git.branch {
        warnings.extend(branch_mismatch(project, environment, branch));
    }
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    if errors > 0 {
        let message =
            format!("validation finds {} in {name}: envctl validate {name}", plural(errors, "error"));
        warnings.push(Warning { code: "invalid", severity: Severity::Error.as_str(), message });
    }
    if let Some(remark) = &selection.remark {
        let message = remark.clone();
        warnings.push(Warning { code: SELECTION, severity: Severity::Warning.as_str(), message });
    }
    warnings
}

fn capped_target(target: Target) -> Target {
    Target {
        key: capped(&target.key).to_owned(),
        host: capped(&target.host).to_owned(),
        scheme: capped(&target.scheme).to_owned(),
        database: target.database.as_deref().map(capped).map(str::to_owned),
        ..target
    }
}

/// Text from files is untrusted when a model reads it: no more than this many characters of it.
const CAP: usize = 200;

/// As much of a text as a model gets to read.
pub fn capped(text: &str) -> &str {
    text.char_indices().nth(CAP).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

/// The branch belongs to other environments than the current one.
fn branch_mismatch(project: &Project, environment: &Environment, branch: &str) -> Option<Warning> {
    let owners: Vec<_> = owners(project, branch).map(|one| one.name.as_str()).collect();
    let is_own = owners.contains(&environment.name.as_str());
    (!owners.is_empty() && !is_own).then(|| Warning {
        code: "branch-mismatch",
        severity: Severity::Warning.as_str(),
        message: format!(
            "the branch {} belongs to {}, and you are in {}",
            capped(branch),
            owners.join(" and "),
            environment.name
        ),
    })
}

/// Terraform would work on another environment than the current one.
fn state_mismatch(project: &Project, environment: &Environment, other: &Configured<'_>) -> Warning {
    let (says, mend) = (other.says(), other.mend(project, environment));
    Warning {
        code: "terraform-state-mismatch",
        severity: Severity::Error.as_str(),
        message: format!("{}, and you are in {}: {}", capped(&says), environment.name, capped(&mend)),
    }
}
