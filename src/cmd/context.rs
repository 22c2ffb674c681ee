//! `context`: the situation as JSON, for scripts and coding agents.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{ArgMatches, Args, Command};
use jiff::Timestamp;
use serde::Serialize;

use super::situation::{Situation, Warning, capped};
use super::{Exit, Group, Subcommand, parse};
use crate::ctx::Ctx;
use crate::model::fault::Fault;
use crate::model::finding::Severity;
use crate::model::project::{Binding, Project};
use crate::model::secret;
use crate::model::source::Input;
use crate::model::target::Target;
use crate::model::tier::Tier;
use crate::out::json::{self, SCHEMA_VERSION};
use crate::store::{self, Root, atomic, folder};

/// The registration.
pub const COMMAND: Subcommand = Subcommand {
    name: "context",
    group: Group::Inspect,
    about: "Write the situation as JSON, for scripts and coding agents",
    examples: "\
Examples:
  envctl context                          write .envctl/context.json, or where the manifest says
  envctl context --stdout                 print it instead
  envctl context --check                  exit 1 where the file is missing or out of date",
    arguments: |command: Command| ContextArgs::augment_args(command),
    run,
};

#[derive(Args)]
struct ContextArgs {
    /// Print it, and write nothing
    #[arg(long, conflicts_with_all = ["check", "output"])]
    stdout: bool,
    /// Compare the file with what would be written; exit 1 where it is missing or out of date
    #[arg(long)]
    check: bool,
    /// Write to FILE instead
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The file's name in the state folder.
const FILE: &str = "context.json";

fn run(matches: &ArgMatches, ctx: &Ctx) -> Result<Exit> {
    let args: ContextArgs = parse(matches)?;
    let (root, project) = ctx.load(&[])?;
    let chosen = args.output.as_ref().map(|path| ctx.path(path));
    let path = chosen.clone().unwrap_or_else(|| default_path(&root, project));
    let mut ours = ours(&root, project);
    ours.extend(std::path::absolute(&path).ok());
    let ours: Vec<&Path> = ours.iter().map(PathBuf::as_path).collect();
    let situation = Situation::gather(ctx, &root, project, &ours)?;
    let text = json::render(&report(&situation, ctx.now))?;
    if args.stdout {
        ctx.product(&text)?;
    } else if args.check {
        return check(ctx, &path, &text);
    } else {
        write(&root, &path, chosen.is_some(), &text)?;
        ctx.product(&format!("{}\n", crate::out::gate::visible(&shown(&root, &path))))?;
    }
    Ok(Exit::Done)
}

fn default_path(root: &Root, project: &Project) -> PathBuf {
    let inside = project.context.as_ref().map(|path| root.dir.join(path));
    inside.unwrap_or_else(|| root.dir.join(folder::STATE_DIR).join(FILE))
}

/// What envctl itself writes in a project, which makes no work tree dirty.
pub fn ours(root: &Root, project: &Project) -> Vec<PathBuf> {
    vec![root.dir.join(folder::STATE_DIR), default_path(root, project)]
}

fn shown(root: &Root, path: &Path) -> String {
    path.strip_prefix(&root.dir).unwrap_or(path).to_string_lossy().into_owned()
}

/// Writes the file, where nothing is lost by it. A path that the manifest chose must also stay in the project and lead
/// through no link: the manifest may come with a clone.
fn write(root: &Root, path: &Path, is_users_choice: bool, text: &str) -> Result<(), Fault> {
    let name = shown(root, path);
    if path == root.dir.join(folder::STATE_DIR).join(FILE) {
        folder::state_dir(root)?;
    } else {
        let parent = path.parent().and_then(|parent| parent.canonicalize().ok());
        let is_straight = parent.is_some_and(|parent| Some(parent.as_path()) == path.parent());
        if !is_users_choice && (!is_straight || path.is_symlink()) {
            let message = format!("{name} leads through a link, or its folder does not exist");
            return Err(Fault::new(message).help("correct [project] context in envctl.toml"));
        }
        check_free(path, &name)?;
    }
    atomic::write(path, text.as_bytes()).map_err(|error| {
        Fault::new(format!("{name} cannot be written: {}", folder::reason(&error)))
            .help("the old file is untouched")
    })
}

/// A context replaces nothing but an older context.
fn check_free(path: &Path, name: &str) -> Result<(), Fault> {
    if path.symlink_metadata().is_ok_and(|found| !found.is_file()) {
        let message = format!("{name} is no regular file, and is not replaced");
        return Err(Fault::new(message).help("name a file, or print it with --stdout"));
    }
    let is_git = path.iter().any(|part| part.eq_ignore_ascii_case(".git"));
    if is_git || (path.exists() && read(path).is_none()) {
        let message = format!("{name} is no context file, and is not overwritten");
        return Err(Fault::new(message).help("name another file, or remove this one"));
    }
    Ok(())
}

/// Is the file what would be written now, but for the time and for uncommitted changes?
fn check(ctx: &Ctx, path: &Path, text: &str) -> Result<Exit> {
    let old = read(path);
    let new = lasting(serde_json::from_str(text)?);
    let why = match old {
        None => "missing, or no context file",
        Some(_) if old != new => "out of date",
        Some(_) => return Ok(Exit::Done),
    };
    ctx.say(&format!(
        "{}: {why}; `envctl context` writes it\n",
        crate::out::gate::visible(&path.to_string_lossy())
    ));
    Ok(Exit::No)
}

/// The lasting part of the context file at `path`, if there is one.
fn read(path: &Path) -> Option<serde_json::Value> {
    let bytes = store::read_small(path).ok()??;
    lasting(serde_json::from_slice(&bytes).ok()?)
}

/// The part of a context that does not change by itself.
fn lasting(mut context: serde_json::Value) -> Option<serde_json::Value> {
    let fields = context.as_object_mut()?;
    fields.remove("timestamp")?;
    for passing in ["status", "detail"] {
        fields.get_mut("git")?.as_object_mut()?.remove(passing);
    }
    let warnings = fields.get_mut("warnings")?.as_array_mut()?;
    warnings.retain(|warning| warning.get("code").is_none_or(|code| code != "uncommitted-changes"));
    Some(context)
}

fn report<'s>(situation: &'s Situation<'_>, now: Timestamp) -> JsonContext<'s> {
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
    let is_declared = project.schema.key(binding.key()).is_some();
    JsonVariable {
        key: capped(binding.key()),
        state: if binding.entry.value.is_empty() { "empty" } else { "set" },
        secret: binding.entry.secret().is_some(),
        defined_in: Some(capped(&binding.source.path)),
        value: binding.entry.public_text().filter(|_| is_declared).map(capped),
    }
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonContext<'s> {
    /// The version of this format.
    schema_version: u32,
    /// When it was written, RFC 3339 in UTC.
    #[cfg_attr(test, schemars(with = "String"))]
    timestamp: Timestamp,
    /// The program that wrote it.
    generator: &'static str,
    /// The name of the project.
    project: &'s str,
    environment: JsonEnvironment<'s>,
    /// The names of all environments, in the order of their tiers.
    environments: Vec<&'s str>,
    git: JsonGit<'s>,
    /// Every declared flag, and whether it is on.
    feature_flags: BTreeMap<&'s str, bool>,
    /// Where URL-like values lead.
    targets: &'s [Target],
    /// Every key that is set or declared.
    variables: Vec<JsonVariable<'s>>,
    validation: JsonValidation<'s>,
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
    /// `development`, `test`, `staging`, `production` or `unknown`.
    tier: &'static str,
    is_production: bool,
    /// Does it need a person's consent?
    is_protected: bool,
    /// Who selected it: `option`, `variable`, `state` or `default`.
    source: &'static str,
    /// Is debugging on, if its env.toml says so?
    debug_mode: Option<bool>,
    /// Is the application's safety mode on, if its env.toml says so?
    safety_mode: Option<bool>,
    /// When the consent ends, RFC 3339 in UTC.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    expires_at: Option<Timestamp>,
}

/// The repository around the project.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct JsonGit<'s> {
    /// The branch, if there is one.
    branch: Option<&'s str>,
    /// The commit, shortened.
    commit: Option<&'s str>,
    /// `clean`, `dirty` or `unknown`.
    status: &'static str,
    /// Why it is unknown, or what is special.
    detail: Option<&'s str>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonVariable<'s> {
    key: &'s str,
    /// `set`, `empty` or `missing`.
    state: &'static str,
    secret: bool,
    /// The file that wins.
    defined_in: Option<&'s str>,
    /// The value as written, where the key is declared and no secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'s str>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonValidation<'s> {
    errors: usize,
    warnings: usize,
    /// The ids of the rules that found something.
    rules: Vec<&'s str>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonPolicy<'s> {
    environment: &'s str,
    /// Only a person may switch to it.
    needs_person: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The published schema is made from the structs above; `ENVCTL_BLESS=1 cargo test` writes it anew.
    #[test]
    fn the_published_schema_is_fresh() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/context.schema.json");
        let schema = json::render(&schemars::schema_for!(JsonContext<'_>)).unwrap();
        if std::env::var_os("ENVCTL_BLESS").is_some() {
            std::fs::write(&path, &schema).unwrap();
        }
        let published = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            published == schema,
            "schemas/context.schema.json is stale: ENVCTL_BLESS=1 cargo test writes it anew"
        );
    }

    #[test]
    fn what_passes_by_itself_does_not_make_a_context_stale() {
        let context = |time: &str, status: &str, codes: &[&str]| {
            let warnings: Vec<_> = codes.iter().map(|code| serde_json::json!({ "code": code })).collect();
            let git = serde_json::json!({ "branch": "main", "status": status, "detail": null });
            lasting(serde_json::json!({ "timestamp": time, "git": git, "warnings": warnings }))
        };
        let clean = context("1", "clean", &["production"]);
        assert_eq!(clean, context("2", "dirty", &["production", "uncommitted-changes"]));
        assert_ne!(clean, context("1", "clean", &[]));
        assert_eq!(lasting(serde_json::json!([])), None);
    }
}
