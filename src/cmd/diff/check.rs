//! `diff --check`: only what the manifest does not explain, and a verdict.

use std::collections::HashSet;

use anyhow::Result;
use serde::Serialize;

use super::report::{self, Alone, JsonKey};
use super::{DiffArgs, Exit, heading};
use crate::ctx::Ctx;
use crate::model::delta::{Comparison, Demand, Explanation, Policy, Row, Verdict};
use crate::model::project::Project;
use crate::model::schema::{Scope, Varies};
use crate::out::delta::{Choice, tables};
use crate::out::gate::visible;
use crate::out::json::{self, SCHEMA_VERSION};
use crate::out::wrap::hang;

/// What the manifest says of each difference, as JSON.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Report<'r> {
    schema_version: u32,
    /// The comparisons, as asked for.
    comparisons: Vec<JsonChecked<'r>>,
    /// What explains no difference; only where everything was compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    explains_nothing: Option<Vec<JsonIdle<'r>>>,
    /// Sources that take no part.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    not_compared: &'r [Alone<'r>],
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonChecked<'r> {
    /// Their names, in the order of the columns.
    environments: Vec<&'r str>,
    /// What differs, or is the same and must not be.
    keys: Vec<JsonJudged<'r>>,
    /// How many keys are judged how.
    counts: Tally,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonJudged<'r> {
    #[serde(flatten)]
    key: JsonKey<'r>,
    /// Does the manifest explain it?
    explained: bool,
    /// The words of the manifest that explain it; `name-only` where the environments' names do.
    by: Vec<&'static str>,
    /// The reasons that `varies` gives.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reasons: Vec<&'r str>,
    /// The demand that it does not meet: `same` or `distinct`.
    #[serde(skip_serializing_if = "Option::is_none")]
    breaks: Option<&'static str>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonIdle<'r> {
    /// Its line in the manifest.
    line: u32,
    /// The keys that it is about.
    keys: String,
    /// Its reason.
    reason: &'r str,
}

/// How many keys are judged how.
#[derive(Serialize, Default)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Tally {
    /// Keys that differ without an explanation, or break a demand.
    unexplained: usize,
    /// Keys that differ as the manifest says.
    explained: usize,
    /// Keys that are the same, and may be.
    same: usize,
}

/// A comparison, and what the manifest says of each of its rows.
struct Checked<'p> {
    comparison: Comparison<'p>,
    verdicts: Vec<Verdict<'p>>,
}

/// Judges the comparisons, and says no where something is not explained.
pub(super) fn run<'p>(
    project: &'p Project,
    comparisons: Vec<Comparison<'p>>,
    alone: &[Alone<'p>],
    args: &DiffArgs,
    ctx: &Ctx,
) -> Result<Exit> {
    let policy = Policy::new(project);
    let checked = |comparison: Comparison<'p>| {
        let verdicts = comparison.rows.iter().map(|row| policy.judge(&comparison, row)).collect();
        Checked { comparison, verdicts }
    };
    let all: Vec<Checked<'_>> = comparisons.into_iter().map(checked).collect();
    let idle = args.is_whole().then(|| idle(project, &all));
    let fails = all.iter().flat_map(|one| &one.verdicts).any(Verdict::fails);
    ctx.product(&match ctx.is_json() {
        true => json::render(&Report {
            schema_version: SCHEMA_VERSION,
            comparisons: all.iter().map(|one| one.json(args)).collect(),
            explains_nothing: idle.map(|idle| idle.into_iter().map(JsonIdle::of).collect()),
            not_compared: alone,
        })?,
        false => text(all, &idle.unwrap_or_default(), project, args.choice(ctx)),
    })?;
    Ok(if fails { Exit::No } else { Exit::Done })
}

/// Each `varies` that was needed for no difference.
fn idle<'p>(project: &'p Project, all: &[Checked<'p>]) -> Vec<&'p Varies> {
    let explanations = all.iter().flat_map(|one| &one.verdicts).filter_map(|verdict| match verdict {
        Verdict::Explained(by) => Some(by),
        _ => None,
    });
    let used: HashSet<usize> = explanations
        .flatten()
        .filter_map(|one| match one {
            Explanation::Varies(index, _) => Some(*index),
            Explanation::Word(_) => None,
        })
        .collect();
    let numbered = project.schema.varies.iter().enumerate();
    numbered.filter(|(index, _)| !used.contains(index)).map(|(_, varies)| varies).collect()
}

impl Checked<'_> {
    fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for verdict in &self.verdicts {
            match verdict {
                Verdict::Same => tally.same += 1,
                Verdict::Explained(_) => tally.explained += 1,
                Verdict::Unexplained | Verdict::Broken(_) => tally.unexplained += 1,
            }
        }
        tally
    }

    fn judged(&self) -> impl Iterator<Item = (&Row<'_>, &Verdict<'_>)> {
        let rows = self.comparison.rows.iter().zip(&self.verdicts);
        rows.filter(|(_, verdict)| !matches!(verdict, Verdict::Same))
    }

    fn json<'r>(&'r self, args: &DiffArgs) -> JsonChecked<'r> {
        let environments = self.comparison.names();
        let keys = self.judged().map(|(row, verdict)| {
            let by = match verdict {
                Verdict::Explained(by) => by.as_slice(),
                _ => &[],
            };
            let reason = |one: &Explanation<'r>| match one {
                Explanation::Varies(_, varies) => Some(&*varies.reason),
                Explanation::Word(_) => None,
            };
            JsonJudged {
                key: report::key(row, &environments, args.keys),
                explained: !verdict.fails(),
                by: by.iter().map(|one| one.word()).collect(),
                reasons: by.iter().filter_map(reason).collect(),
                breaks: match verdict {
                    Verdict::Broken(demand) => Some(demand.word()),
                    _ => None,
                },
            }
        });
        JsonChecked { keys: keys.collect(), counts: self.tally(), environments }
    }

    fn text(mut self, choice: Choice) -> String {
        let tally = self.tally();
        let broken = self.judged().filter_map(|(row, verdict)| match verdict {
            Verdict::Broken(demand) => Some(hang(&told(row, *demand), choice.width, 2) + "\n"),
            _ => None,
        });
        let broken: String = broken.collect();
        let mut verdicts = self.verdicts.iter();
        self.comparison.rows.retain(|_| verdicts.next().is_some_and(Verdict::fails));
        let Tally { unexplained, explained, same } = tally;
        let counts = format!("{unexplained} unexplained, {explained} explained, {same} same");
        let gap = if broken.is_empty() { "" } else { "\n" };
        let tables = tables(&self.comparison, Choice { all_keys: true, ..choice });
        format!("{tables}{broken}{gap}{}\n", hang(&counts, choice.width, 0))
    }
}

impl<'r> JsonIdle<'r> {
    fn of(varies: &'r Varies) -> Self {
        Self { line: varies.at.line, keys: varies.keys(), reason: &varies.reason }
    }
}

/// What a key must be.
fn told(row: &Row<'_>, demand: Demand<'_>) -> String {
    let place = |scope: &Scope| match scope {
        Scope::In(words) => format!("in {}", words.join(", ")),
        _ => "everywhere".to_owned(),
    };
    let path = visible(row.path());
    match demand {
        Demand::Same(scope) => format!("{path} must be the same {}", place(scope)),
        Demand::Distinct(scope) => format!("{path} must be distinct {}, and is the same", place(scope)),
    }
}

fn text(all: Vec<Checked<'_>>, idle: &[&Varies], project: &Project, choice: Choice) -> String {
    let fails = all.iter().flat_map(|one| &one.verdicts).any(Verdict::fails);
    let is_one = all.len() == 1;
    let section = |one: Checked<'_>| match is_one {
        true => one.text(choice),
        false => {
            format!("{}\n\n{}", choice.paint.bold(&heading(&one.comparison)), one.text(choice))
        }
    };
    let mut text = all.into_iter().map(section).collect::<Vec<_>>().join("\n");
    for varies in idle {
        let manifest = project.manifest.as_deref().unwrap_or_default();
        let (keys, line) = (varies.keys(), varies.at.line);
        let note = format!(
            "{manifest}:{line}: the `varies` of {keys} explains nothing: remove it, or correct its keys"
        );
        text += &(hang(&visible(&note), choice.width, 2) + "\n");
    }
    if fails {
        let help = "help: bring the values together, or declare what is meant: varies = \"REASON\" at the key, or [[varies]] for many";
        text += &(hang(help, choice.width, 2) + "\n");
    }
    text
}
