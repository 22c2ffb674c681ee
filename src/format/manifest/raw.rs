//! The manifest as it is written: one struct per table, nothing checked but names and types.
//!
//! The comments are read by users too: they become the descriptions in `schemas/`, which editors show.

mod choice;
mod spanned;

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::value::Datetime;

use crate::model::tier::Tier;
pub use choice::{
    RawDeprecated, RawDirection, RawLevel, RawMonotonic, RawRule, RawScope, RawTexts, RawVariable,
};
#[cfg(test)]
use schemars::JsonSchema;
pub use spanned::Spanned;

/// A table whose keys are the user's own names.
pub type Named<T> = BTreeMap<Spanned<String>, T>;

/// What must hold for the environments of a project.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct RawManifest {
    /// The project: its name, its environments, and where envctl finds and writes files.
    pub project: RawProject,
    /// Files that are layers of one thing, where discovery or the natural layout is not enough.
    pub stack: Vec<RawStack>,
    /// Environments by name, with the words of env.toml.
    pub environments: Named<RawEnvironment>,
    /// What is asked of keys: a variable by its name, a setting by its identity, "envs/{env}/backend.hcl::bucket".
    pub keys: Named<RawKey>,
    /// Keys that belong together.
    pub group: Vec<Spanned<RawGroup>>,
    /// Keys that may differ between environments, and why.
    pub varies: Vec<Spanned<RawVaries>>,
    /// Feature flags, and where they may be on.
    pub flags: Named<RawFlag>,
    /// The severities of rules; [rules.in.NAME] for an environment or a tier alone.
    #[cfg_attr(test, schemars(with = "BTreeMap<String, RawLevel>"))]
    pub rules: Named<RawRule>,
    /// Findings that are known and harmless.
    pub accept: Vec<Spanned<RawAcceptance>>,
}

/// The one line that an older envctl must understand in a newer manifest.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct RawRequirement {
    pub project: RawProjectRequirement,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct RawProjectRequirement {
    pub envctl: Option<Spanned<String>>,
}

/// `[project]`: its name, its environments, and where envctl finds and writes files.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct RawProject {
    /// The project's name; that of its folder unless said.
    pub name: Option<String>,
    /// The versions of envctl that understand this manifest: ">=0.1". An older one says so, and nothing else.
    pub envctl: Option<Spanned<String>>,
    /// The environment that is current where nothing selects one; never a protected one.
    pub default: Option<Spanned<String>>,
    /// Variables of the process that select an environment, after ENVCTL_ENV: ["APP_ENV"].
    pub selector: Vec<String>,
    /// Variables of the process that `envctl run` passes on, beside those of the machine, as globs: ["AWS_*"].
    pub inherit: Vec<String>,
    /// May programs of `envctl run` be in one environment at a time only?
    pub exclusive: bool,
    /// What reads the .env files: ["node", "compose"]. It decides the order of layers; portability notes name it alone.
    #[cfg_attr(test, schemars(with = "Vec<choice::LoaderName>"))]
    pub loader: Vec<Spanned<String>>,
    /// Where `envctl context` writes; .envctl/context.json unless said.
    pub context: Option<Spanned<String>>,
    /// The file of known findings; envctl-baseline.json unless said. Once named here, `validate` goes by it.
    pub baseline: Option<Spanned<String>>,
    /// Files, folders or globs that are not read: ["config/quartz.yml", "envs/*/old.env"].
    pub ignore: Vec<Spanned<String>>,
    /// All environments: no other name in a path is one, but for those under [environments].
    pub environments: Option<Vec<Spanned<String>>>,
}

/// `[[stack]]`: files that are layers of one thing, later wins.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(test, derive(JsonSchema))]
pub struct RawStack {
    /// The layers, lowest first; {env} stands for the environment's name: [".env", "envs/{env}/.env"].
    pub files: Vec<Spanned<String>>,
}

/// What an environment is, and its variables that are no secret.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct RawEnvironment {
    /// One line for people.
    pub description: Option<String>,
    /// What it is for; its name says so unless this does. Production is protected, and judged most strictly.
    pub tier: Option<Tier>,
    /// Other names that it answers to: ["rc"].
    pub aliases: Vec<Spanned<String>>,
    /// The environment whose layers lie below its own.
    pub inherits: Option<Spanned<String>>,
    /// The git branches that belong to it, as globs, for --from-git: ["main", "release/*"].
    pub branches: Vec<String>,
    /// The git tags that belong to it, as globs, for --from-git: ["v*.*.*"].
    pub tags: Vec<String>,
    /// The hosts that it runs on, as globs: ["*.prod.example.com"].
    pub hosts: Vec<String>,
    /// Must a person consent before it is worked in? Always so in production.
    pub protected: Option<bool>,
    /// What a person does next after a switch to it: "terraform init -reconfigure". It is shown, and never executed.
    pub after_switch: Option<String>,
    /// Is debugging on here? An error in production.
    pub debug: Option<Spanned<bool>>,
    /// Is the application's safety mode on here?
    pub safety: Option<bool>,
    /// Do warnings count as errors here, but for severities that [rules] gives?
    pub strict: Option<bool>,
    /// Who provides required keys that no file has: "ci", "vault".
    pub provided_by: Option<String>,
    /// Variables taken from the process where it is selected or named, as globs: ["*_TOKEN", "DATABASE_URL"].
    pub process_env: Vec<String>,
    /// What stands before a name in the process: with "STAGING_", STAGING_API_KEY is API_KEY here.
    pub process_prefix: Option<String>,
    /// What stands behind a name in the process: with "_STAGING", API_KEY_STAGING is API_KEY here.
    pub process_suffix: Option<String>,
    /// Arguments that `envctl run` refuses here, as globs over a whole argument: ["-auto-approve", "--force*"].
    pub deny_args: Vec<String>,
    /// Free words for people, each with a name of yours: data = "live".
    pub about: BTreeMap<String, String>,
    /// Feature flags, on or off.
    pub flags: Named<Spanned<bool>>,
    /// Files that are its own though their names do not say so: ["docker-compose.yml"].
    pub files: Vec<Spanned<String>>,
    /// Variables that are no secret; .env files lie above them.
    pub vars: Named<Spanned<RawVariable>>,
}

/// `[keys.NAME]`: what is asked of a key; in `[keys.NAME.in.ENV]`, what is asked otherwise there.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct RawKey {
    /// Must it be set? true, false, or the environments and tiers where it must.
    pub required: Option<RawScope>,
    /// Required where all of these keys have such a value: { MODE = "webhook", REGION = ["eu", "us"] }.
    pub required_if: Named<RawTexts>,
    /// The environments and tiers where alone it may be set: ["development"].
    pub only_in: Option<Vec<Spanned<String>>>,
    /// No longer to be set: true, or what to do instead.
    pub deprecated: Option<RawDeprecated>,
    /// How to come by a value, in one line; told where it is missing.
    pub help: Option<String>,
    /// The address of a page that tells more; told with help.
    pub docs: Option<Spanned<String>>,
    /// A value that shows the form, and opens nothing: "<number>:<35 characters>".
    pub example: Option<Spanned<RawVariable>>,
    /// Is the value a secret? Its name and its form say so unless this does.
    pub secret: Option<bool>,
    /// Never the same value in two environments: true, or those that must have their own.
    pub distinct: Option<RawScope>,
    /// The same value in all environments: true, or those that must agree.
    pub same: Option<RawScope>,
    /// Grows from development to production: true or "rising"; "falling" shrinks.
    pub monotonic: Option<RawMonotonic>,
    /// Why it may differ between environments; told to nobody by `diff --check`.
    pub varies: Option<Spanned<String>>,
    /// How long a value may last, in days or weeks: "90d", "12w".
    #[cfg_attr(test, schemars(extend("pattern" = "^[0-9]+[dw]$")))]
    pub max_age: Option<Spanned<String>>,
    /// The day on which the value was last replaced: 2026-01-31.
    #[cfg_attr(test, schemars(with = "Option<String>", extend("format" = "date")))]
    pub rotated: Option<Spanned<Datetime>>,
    /// Who provides it where no file has it: "ci", "vault".
    pub provided_by: Option<String>,
    /// What is asked of it in an environment or a tier alone: [keys.LOG_LEVEL.in.production].
    #[serde(rename = "in")]
    #[cfg_attr(test, schemars(with = "BTreeMap<String, bool>"))]
    // all of this again, but for what concerns every environment
    pub within: Named<RawKey>,
    /// What its values are.
    #[cfg_attr(test, schemars(with = "Option<choice::KindName>"))]
    pub r#type: Option<Spanned<String>>,
    /// The allowed values; an enum needs them.
    pub values: Option<Vec<String>>,
    /// The allowed schemes of a URL: ["https"].
    pub schemes: Option<Vec<String>>,
    /// What stands between the items of a list; a comma unless said.
    pub separator: Option<String>,
    /// The least number.
    pub min: Option<f64>,
    /// The greatest number.
    pub max: Option<f64>,
    /// The least number of characters.
    pub min_len: Option<usize>,
    /// The greatest number of characters.
    pub max_len: Option<usize>,
    /// A regular expression that the value matches, without look-around; {env} and {project} stand for their names.
    pub pattern: Option<Spanned<String>>,
    /// How the value begins; {env} and {project} stand for their names.
    pub prefix: Option<String>,
    /// How the value ends; {env} and {project} stand for their names.
    pub suffix: Option<String>,
}

/// `[[group]]`: keys that belong together.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct RawGroup {
    /// Of these keys one must be set, and no second.
    pub exactly_one: Option<Vec<Spanned<String>>>,
    /// Of these keys one or more must be set.
    pub at_least_one: Option<Vec<Spanned<String>>>,
    /// These keys are set together or not at all.
    pub all_or_none: Option<Vec<Spanned<String>>>,
    /// The environments and tiers where that holds; everywhere unless said.
    #[serde(rename = "in")]
    pub within: Option<Vec<Spanned<String>>>,
    /// How to decide, in one line; told with the finding.
    pub help: Option<String>,
}

/// `[[varies]]`: keys that may differ between environments.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(test, derive(JsonSchema))]
pub struct RawVaries {
    /// The keys, as globs: a variable by its name, a setting by its identity.
    pub keys: Vec<Spanned<String>>,
    /// The environments and tiers that it is about; all unless said.
    #[serde(rename = "in")]
    pub within: Option<Vec<Spanned<String>>>,
    /// Why they may differ.
    pub reason: Spanned<String>,
}

/// `[flags.NAME]`: a feature flag.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct RawFlag {
    /// What the flag switches on.
    pub description: Option<String>,
    /// The environments and tiers where it may be on; everywhere unless said.
    pub allowed_in: Option<Vec<Spanned<String>>>,
    /// The day on which the flag should be gone: 2040-01-31.
    #[cfg_attr(test, schemars(with = "Option<String>", extend("format" = "date")))]
    pub expires: Option<Spanned<Datetime>>,
    /// Who decides about it.
    pub owner: Option<String>,
}

/// `[[accept]]`: a finding that is known and harmless. It must excuse something.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(test, derive(JsonSchema))]
pub struct RawAcceptance {
    /// The id of the rule; `envctl validate --rules` lists them.
    pub rule: Spanned<String>,
    /// The key, or a glob of keys; every key unless said.
    pub key: Option<String>,
    /// The environments and tiers; all unless said.
    #[serde(default)]
    pub environments: Vec<Spanned<String>>,
    /// Why it is harmless, for whoever reads this next year.
    pub reason: Spanned<String>,
    /// The day on which it ends: 2040-01-31.
    #[cfg_attr(test, schemars(with = "Option<String>", extend("format" = "date")))]
    pub until: Option<Spanned<Datetime>>,
}
