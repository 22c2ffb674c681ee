//! The situation as JSON: what `context` writes, and in part what `banner` tells machines.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use super::situation::{Situation, Warning, capped};
use super::terraform::Configured;
use crate::model::finding::Severity;
use crate::model::project::{Binding, Project};
use crate::model::secret;
use crate::model::source::Input;
use crate::model::target::Target;
use crate::model::tier::Tier;
use crate::out::json::SCHEMA_VERSION;

/// The whole report.
pub fn report<'s>(situation: &'s Situation<'_>, now: Timestamp) -> JsonContext<'s> {
    let project = situation.project;
    let named = |one: &'s crate::model::project::Environment| JsonPolicy {
        environment: one.name.as_str(),
        needs_person: one.is_protected(),
    };
    let mut rules: Vec<&str> = situation.findings.iter().map(|finding| finding.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    JsonContext {
        schema_version: SCHEMA_VERSION,
        timestamp: now,
        generator: concat!("envctl ", env!("CARGO_PKG_VERSION")),
        project: capped(&project.name),
        environment: environment(situation),
        environments: project.environments.iter().map(|one| one.name.as_str()).collect(),
        git: git(situation),
        terraform: situation.terraform.iter().map(terraform).collect(),
        feature_flags: situation.flags(),
        targets: &situation.targets,
        variables: variables(situation),
        validation: JsonValidation {
            errors: situation.count(Severity::Error),
            warnings: situation.count(Severity::Warning),
            rules,
        },
        warnings: &situation.warnings,
        policy: project.environments.iter().map(named).collect(),
        inputs: project.inputs().map(|input| Input { path: capped(input.path), ..input }).collect(),
    }
}

/// The environment's part of the report, in `banner` too.
pub fn environment<'s>(situation: &'s Situation<'_>) -> JsonEnvironment<'s> {
    let environment = situation.environment;
    JsonEnvironment {
        current: environment.name.as_str(),
        tier: environment.tier.as_str(),
        is_production: environment.tier == Tier::Production,
        is_protected: environment.is_protected(),
        source: situation.selection.by.as_str(),
        debug_mode: environment.about.debug,
        safety_mode: environment.about.safety,
        expires_at: situation.expires_at(),
        agents: situation.agents,
    }
}

/// The repository's part of the report, in `banner` too.
pub fn git<'s>(situation: &'s Situation<'_>) -> JsonGit<'s> {
    let git = &situation.git;
    JsonGit {
        branch: git.branch.as_deref().map(capped),
        commit: git.commit.as_deref(),
        status: git.status.as_str(),
        detail: git.detail.as_deref(),
    }
}

fn terraform<'s>(configured: &'s Configured<'_>) -> JsonTerraform<'s> {
    JsonTerraform { file: capped(&configured.file), environment: configured.environment.name.as_str() }
}

/// Every key that is set or declared, and how; a value only where the key is declared and no secret.
fn variables<'s>(situation: &'s Situation<'_>) -> Vec<JsonVariable<'s>> {
    let project = situation.project;
    let mut variables: BTreeMap<&str, JsonVariable<'_>> = BTreeMap::new();
    for spec in &project.schema.keys {
        let secret = spec.secret.unwrap_or_else(|| secret::recognise(&spec.name, "").is_some());
        let missing =
            JsonVariable { key: capped(&spec.name), state: "missing", secret, defined_in: None, value: None };
        variables.insert(&spec.name, missing);
    }
    for binding in project.bindings(situation.environment) {
        variables.insert(binding.key(), variable(project, binding));
    }
    variables.into_values().collect()
}

fn variable<'p>(project: &'p Project, binding: Binding<'p>) -> JsonVariable<'p> {
    let is_declared = project.spec(&binding).is_some();
    JsonVariable {
        key: capped(binding.key()),
        state: if binding.entry.value.is_empty() { "empty" } else { "set" },
        secret: binding.entry.secret().is_some(),
        defined_in: Some(capped(&binding.source.path)),
        value: binding.entry.public_text().filter(|_| is_declared).map(capped),
    }
}

/// What `context` writes.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct JsonContext<'s> {
    /// The version of this format.
    schema_version: u32,
    /// When it was written, RFC 3339 in UTC.
    #[cfg_attr(test, schemars(with = "String"))]
    timestamp: Timestamp,
    /// The program that wrote it.
    generator: &'static str,
    /// The name of the project.
    project: &'s str,
    /// The current environment.
    environment: JsonEnvironment<'s>,
    /// The names of all environments, in the order of their tiers.
    environments: Vec<&'s str>,
    /// The repository around the project.
    git: JsonGit<'s>,
    /// What Terraform is configured for, where that is certain.
    terraform: Vec<JsonTerraform<'s>>,
    /// Every declared flag, and whether it is on.
    feature_flags: BTreeMap<&'s str, bool>,
    /// Where URL-like values lead.
    targets: &'s [Target],
    /// Every key that is set or declared.
    variables: Vec<JsonVariable<'s>>,
    /// What the rules say of the current environment.
    validation: JsonValidation<'s>,
    /// What a person has to know.
    warnings: &'s [Warning],
    /// What may be switched to, and what needs a person.
    policy: Vec<JsonPolicy<'s>>,
    /// The files this was made from.
    inputs: Vec<Input<'s>>,
}

/// The current environment.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct JsonEnvironment<'s> {
    /// Its name.
    current: &'s str,
    /// What it is for.
    #[cfg_attr(test, schemars(with = "Tier"))]
    tier: &'static str,
    /// Is its tier production?
    is_production: bool,
    /// Does it need a person's consent?
    is_protected: bool,
    /// Who selected it.
    #[cfg_attr(test, schemars(extend("enum" = ["option", "git", "variable", "state", "default"])))]
    source: &'static str,
    /// Is debugging on, if its env.toml says so?
    debug_mode: Option<bool>,
    /// Is the application's safety mode on, if its env.toml says so?
    safety_mode: Option<bool>,
    /// When the consent ends, RFC 3339 in UTC.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    expires_at: Option<Timestamp>,
    /// May coding agents work by the consent? Nothing where none is live.
    agents: Option<bool>,
}

/// The repository around the project.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct JsonGit<'s> {
    /// The branch, if there is one.
    branch: Option<&'s str>,
    /// The commit, shortened.
    commit: Option<&'s str>,
    /// Is there anything uncommitted?
    #[cfg_attr(test, schemars(extend("enum" = ["clean", "dirty", "unknown"])))]
    status: &'static str,
    /// Why it is unknown, or what is special.
    detail: Option<&'s str>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonVariable<'s> {
    /// The name of a variable, or the whole path.
    key: &'s str,
    /// Has it a value?
    #[cfg_attr(test, schemars(extend("enum" = ["set", "empty", "missing"])))]
    state: &'static str,
    /// Does it count as a secret?
    secret: bool,
    /// The file that wins.
    defined_in: Option<&'s str>,
    /// The value as written, where the key is declared and no secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'s str>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonTerraform<'s> {
    /// The file that says so.
    file: &'s str,
    /// The environment.
    environment: &'s str,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonValidation<'s> {
    /// How many findings are errors.
    errors: usize,
    /// How many are warnings.
    warnings: usize,
    /// The ids of the rules that found something.
    rules: Vec<&'s str>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonPolicy<'s> {
    /// Its name.
    environment: &'s str,
    /// Only a person may switch to it.
    needs_person: bool,
}
