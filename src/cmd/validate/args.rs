//! The arguments of `validate`, and what they ask for.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::baseline::Place;
use super::candidate::{Candidate, CandidateArgs};
use super::custody;
use crate::active::{self, Decider};
use crate::cmd::candidates::{environments, rules};
use crate::ctx::Ctx;
use crate::model::fault::Fault;
use crate::model::finding::Severity;
use crate::model::name::EnvName;
use crate::model::project::Project;
use crate::rules::{Case, Phase, Portability, choose};
use crate::store::Root;

#[derive(Args)]
pub(super) struct ValidateArgs {
    /// Environments to judge; all if none is named
    #[arg(value_name = "ENV", add = environments())]
    pub environments: Vec<String>,
    /// What can be known: `structure` leaves every secret out
    #[arg(long, value_enum, default_value = "value")]
    pub phase: PhaseArg,
    /// List what other readers of dotenv files read otherwise, line by line
    #[arg(long)]
    pub portable: bool,
    /// List the rules
    #[arg(long, conflicts_with_all = ["environments", "portable", "strict", "rule", "skip", "fail_on", "exit_zero", "fail_fast", "baseline", "write_baseline", "no_baseline", "candidate"])]
    pub rules: bool,
    /// Judge by this rule, group of rules or glob alone; also several, with commas
    #[arg(long, value_name = "ID", value_delimiter = ',', add = rules())]
    pub rule: Vec<String>,
    /// Leave this rule, group of rules or glob out; also several, with commas
    #[arg(long, value_name = "ID", value_delimiter = ',', add = rules())]
    pub skip: Vec<String>,
    /// Count every warning as an error
    #[arg(long, help_heading = "What fails")]
    pub strict: bool,
    /// The least that makes the exit code 1
    #[arg(long, help_heading = "What fails", value_enum, value_name = "SEVERITY", default_value = "error")]
    pub fail_on: FailOn,
    /// Exit 0 whatever is found; what cannot be done is still exit 2
    #[arg(long, help_heading = "What fails", conflicts_with = "fail_on")]
    pub exit_zero: bool,
    /// From development to production, report nothing beyond the first environment that fails
    #[arg(long, help_heading = "What fails")]
    pub fail_fast: bool,
    /// Report only what FILE does not know, else envctl-baseline.json or what the manifest names
    #[arg(long, help_heading = "Baseline", value_name = "FILE", num_args = 0..=1, require_equals = true, value_hint = clap::ValueHint::FilePath)]
    pub baseline: Option<Option<PathBuf>>,
    /// Write all findings down as known, to FILE or where --baseline looks
    #[arg(
        long, help_heading = "Baseline",
        value_name = "FILE",
        num_args = 0..=1,
        require_equals = true,
        value_hint = clap::ValueHint::FilePath,
        conflicts_with_all = ["environments", "phase", "portable", "rule", "skip", "fail_on", "exit_zero", "fail_fast", "baseline", "candidate"]
    )]
    pub write_baseline: Option<Option<PathBuf>>,
    /// Report everything, though the manifest names a baseline
    #[arg(long, help_heading = "Baseline", conflicts_with_all = ["baseline", "write_baseline"])]
    pub no_baseline: bool,
    #[command(flatten)]
    pub candidate: CandidateArgs,
}

#[derive(Clone, Copy, clap::ValueEnum)]
pub(super) enum PhaseArg {
    Structure,
    Value,
}

#[derive(Clone, Copy, clap::ValueEnum)]
pub(super) enum FailOn {
    Error,
    Warning,
    Note,
}

impl FailOn {
    /// The severity of that name.
    pub fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Note => Severity::Note,
        }
    }
}

/// What is judged.
pub(super) struct Subject {
    pub root: Root,
    pub project: &'static Project,
    pub named: Vec<EnvName>,
    pub candidate: Option<Candidate>,
}

impl ValidateArgs {
    /// The project, with the candidate in it where there is one.
    ///
    /// # Errors
    /// Where there is no project, or no environment of a name that was asked for.
    pub fn subject(&self, ctx: &Ctx) -> Result<Subject> {
        let mut asked = self.asked(ctx)?;
        let (root, project) = ctx.load(&asked)?;
        if ctx.args.from_git {
            asked.push(active::by_git(project, &root)?.name.to_string());
        }
        let named = named(project, &asked)?;
        let candidate = self.candidate.candidate(ctx, &root, project, &asked)?;
        let Some(candidate) = candidate else { return Ok(Subject { root, project, named, candidate }) };
        let project = candidate.load(ctx, &root)?;
        let named = self::named(project, &candidate.named)?;
        Ok(Subject { root, project, named, candidate: Some(candidate) })
    }

    /// The names that were asked for; `--env` says nothing else than the list does.
    fn asked(&self, ctx: &Ctx) -> Result<Vec<String>, Fault> {
        if ctx.args.from_git && !self.environments.is_empty() {
            let fault = Fault::new("--from-git finds the environment, and the list names it");
            return Err(fault.help("leave one of them out"));
        }
        match (&ctx.args.env, self.environments.as_slice()) {
            (env, []) => Ok(env.iter().cloned().collect()),
            (Some(env), named) if named.iter().any(|name| name != env) => {
                let message = format!("--env names {env}, and the list of environments another");
                Err(Fault::new(message).help("name the environments once: envctl validate ENV..."))
            }
            (_, named) => Ok(named.to_vec()),
        }
    }

    /// The project in front of the rules that were asked for.
    ///
    /// # Errors
    /// Where there is no rule of a name that was asked for.
    pub fn case(&self, ctx: &Ctx, subject: &Subject) -> Result<Case<'static>> {
        let is_chosen = !self.rule.is_empty() || !self.skip.is_empty();
        let phase = match self.phase {
            PhaseArg::Structure => Phase::Structure,
            PhaseArg::Value => Phase::Value,
        };
        let Subject { root, project, named, .. } = subject;
        Ok(Case {
            named: named.clone(),
            held: if phase == Phase::Value { custody::files(root, project) } else { Vec::new() },
            portability: if self.portable { Portability::Listed } else { Portability::Counted },
            rules: is_chosen.then(|| choose(&self.rule, &self.skip)).transpose()?,
            strict: self.strict,
            ..Case::in_phase(project, phase, ctx.today())
        })
    }

    /// The baseline to go by: the one that was asked for, else the manifest's.
    pub fn baseline_place(&self, ctx: &Ctx, root: &Root, project: &Project) -> Option<Place> {
        let is_asked = self.baseline.is_some() || (project.baseline.is_some() && !self.no_baseline);
        let given = self.baseline.as_ref().and_then(Option::as_ref);
        is_asked.then(|| Place::new(ctx, root, project, given))
    }
}

/// The environments that were asked about, by their names.
fn named(project: &Project, asked: &[String]) -> Result<Vec<EnvName>, Fault> {
    let find = |name: &String| {
        let found = project.environment(name).map(|environment| environment.name.clone());
        found.ok_or_else(|| active::unknown(project, name, &Decider::Option))
    };
    asked.iter().map(find).collect()
}
