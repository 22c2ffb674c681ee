//! `validate`: every rule on every environment, and one exit code.

use anyhow::Result;
use clap::{ArgMatches, Args, Command};
use serde::Serialize;

use super::candidates::environments;
use super::explain::JsonRule;
use super::{Exit, Group, Subcommand, parse};
use crate::active::{self, Decider};
use crate::ctx::{Ctx, Format};
use crate::model::finding::{Finding, Severity};
use crate::model::project::{Environment, Project};
use crate::out::json::{self, JsonFinding, SCHEMA_VERSION};
use crate::out::paint::Paint;
use crate::out::table::{Cell, Table, plural};
use crate::out::{findings, gate::visible};
use crate::rules::{self, Case, Phase, Portability};

/// The registration.
pub const COMMAND: Subcommand = Subcommand {
    name: "validate",
    group: Group::Check,
    about: "Judge all environments, or those named, by every rule",
    examples: "\
Examples:
  envctl validate                         every environment; exit 1 where an error is found
  envctl validate production              production alone, with what CI or a vault must provide
  envctl validate --phase structure       without secrets: neither their absence nor their values count
  envctl validate --portable              each line of a dotenv file that another reader reads otherwise
  envctl validate --format json           for machines",
    arguments: |command: Command| ValidateArgs::augment_args(command),
    run,
};

#[derive(Args)]
struct ValidateArgs {
    /// Environments to judge; all if none is named
    #[arg(value_name = "ENV", add = environments())]
    environments: Vec<String>,
    /// What can be known: `structure` leaves every secret out
    #[arg(long, value_enum, default_value = "value")]
    phase: PhaseArg,
    /// List what other readers of dotenv files read otherwise, line by line
    #[arg(long)]
    portable: bool,
    /// List the rules
    #[arg(long, conflicts_with = "environments")]
    rules: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum PhaseArg {
    Structure,
    Value,
}

fn run(matches: &ArgMatches, ctx: &Ctx) -> Result<Exit> {
    let args: ValidateArgs = parse(matches)?;
    if args.rules {
        ctx.product(&list_rules(ctx)?)?;
        return Ok(Exit::Done);
    }
    let asked =
        if args.environments.is_empty() { ctx.args.env.iter().cloned().collect() } else { args.environments };
    let (_, project) = ctx.load(&asked)?;
    let named = asked.iter().map(|name| {
        let found = project.environment(name).map(|environment| environment.name.clone());
        found.ok_or_else(|| active::unknown(project, name, &Decider::Option))
    });
    let named = named.collect::<Result<Vec<_>, _>>()?;
    let phase = match args.phase {
        PhaseArg::Structure => Phase::Structure,
        PhaseArg::Value => Phase::Value,
    };
    let portability = if args.portable { Portability::Listed } else { Portability::Counted };
    let case = Case { project, phase, portability, named, today: ctx.today() };
    let findings = rules::judge(&case);
    let judged: Vec<_> = project
        .environments
        .iter()
        .filter(|e| case.named.is_empty() || case.named.contains(&e.name))
        .collect();
    let report = Report { project, judged, findings: &findings };
    ctx.product(&match ctx.args.format {
        Format::Text => report.text(ctx.paint()),
        Format::Json => json::render(&report.json())?,
    })?;
    Ok(if report.worst() == Some(Severity::Error) { Exit::No } else { Exit::Done })
}

/// What was found in the environments that were judged.
struct Report<'r> {
    project: &'r Project,
    judged: Vec<&'r Environment>,
    findings: &'r [Finding],
}

impl Report<'_> {
    fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }

    fn count(&self, environment: &Environment, severity: Severity) -> usize {
        let mine = self.findings.iter().filter(|finding| finding.environments.contains(&environment.name));
        mine.filter(|finding| finding.severity == severity).count()
    }

    fn json(&self) -> JsonReport<'_> {
        JsonReport {
            schema_version: SCHEMA_VERSION,
            status: match self.worst() {
                Some(Severity::Error) => "error",
                Some(Severity::Warning) => "warning",
                _ => "ok",
            },
            environments: self
                .judged
                .iter()
                .map(|environment| JsonEnvironment {
                    name: environment.name.as_str(),
                    tier: environment.tier.as_str(),
                    errors: self.count(environment, Severity::Error),
                    warnings: self.count(environment, Severity::Warning),
                })
                .collect(),
            findings: self.findings.iter().map(JsonFinding::from).collect(),
        }
    }

    fn text(&self, paint: Paint) -> String {
        let mut text = String::new();
        let mut heading = String::new();
        let asides: Vec<_> = self.findings.iter().map(|finding| findings::aside(finding, paint)).collect();
        for (finding, _) in self.findings.iter().zip(&asides).filter(|(_, aside)| aside.is_none()) {
            let names: Vec<_> = finding.environments.iter().map(|name| name.as_str()).collect();
            let group = names.last().map_or_else(|| "project".to_owned(), |name| (*name).to_owned());
            if group != heading {
                text += &format!("{}\n\n", paint.bold(&group));
                heading = group;
            }
            text += &findings::render(finding, paint);
            text += "\n";
        }
        let asides: String = asides.into_iter().flatten().collect();
        let gap = if asides.is_empty() { "" } else { "\n" };
        text + &asides + gap + &self.summary(paint).render("") + &self.verdict(paint)
    }

    fn summary(&self, paint: Paint) -> Table<'_> {
        let mut table = Table::default();
        for environment in &self.judged {
            let (errors, warnings) =
                (self.count(environment, Severity::Error), self.count(environment, Severity::Warning));
            let verdict = match (errors, warnings) {
                (0, 0) => Cell::painted("ok", paint.good("ok")),
                (0, _) => {
                    Cell::painted(&plural(warnings, "warning"), paint.odd(&plural(warnings, "warning")))
                }
                (_, 0) => Cell::painted(&plural(errors, "error"), paint.bad(&plural(errors, "error"))),
                _ => {
                    let both = format!("{}, {}", plural(errors, "error"), plural(warnings, "warning"));
                    Cell::painted(&both, paint.bad(&both))
                }
            };
            let sources: Vec<_> = self
                .project
                .sources_of(environment)
                .map(|source| visible(&source.path).into_owned())
                .collect();
            let sources = if sources.is_empty() { "no files".to_owned() } else { sources.join(" ") };
            let name = environment.name.as_str();
            table.row(vec![
                Cell::painted(name, paint.environment(environment)),
                environment.tier.as_str().into(),
                verdict,
                plural(self.project.bindings(environment).count(), "key").into(),
                Cell::painted(&sources, paint.dim(&sources)),
            ]);
        }
        table
    }

    /// The last line: it counts, and says what to do next.
    fn verdict(&self, paint: Paint) -> String {
        let count = |severity| self.findings.iter().filter(|finding| finding.severity == severity).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        let environments = plural(self.judged.len(), "environment");
        match (errors, warnings) {
            (0, 0) => {
                let notes = count(Severity::Note);
                let what = if notes == 0 { "no problems".to_owned() } else { plural(notes, "note") };
                format!("{}: {environments}, {what}\n", paint.good("ok"))
            }
            (0, _) => format!(
                "{}: {} in {environments}; `envctl explain RULE` tells more\n",
                paint.odd("ok, with doubts"),
                plural(warnings, "warning")
            ),
            _ => format!(
                "{}: {}, {} in {environments}; `envctl explain RULE` tells more\n",
                paint.bad("not safe"),
                plural(errors, "error"),
                plural(warnings, "warning")
            ),
        }
    }
}

#[derive(Serialize)]
struct JsonReport<'r> {
    schema_version: u32,
    status: &'static str,
    environments: Vec<JsonEnvironment<'r>>,
    findings: Vec<JsonFinding<'r>>,
}

#[derive(Serialize)]
struct JsonEnvironment<'r> {
    name: &'r str,
    tier: &'static str,
    errors: usize,
    warnings: usize,
}

#[derive(Serialize)]
struct JsonRules {
    schema_version: u32,
    rules: Vec<JsonRule>,
}

fn list_rules(ctx: &Ctx) -> Result<String> {
    if ctx.args.format == Format::Json {
        let rules = rules::RULES.iter().map(JsonRule::from).collect();
        return Ok(json::render(&JsonRules { schema_version: SCHEMA_VERSION, rules })?);
    }
    let paint = ctx.paint();
    let mut table = Table::default();
    for rule in rules::RULES {
        table.row(vec![Cell::painted(rule.id, paint.bold(rule.id)), rule.group.into(), rule.summary.into()]);
    }
    Ok(table.render("") + "`envctl explain RULE` tells what, why and how to mend it\n")
}
