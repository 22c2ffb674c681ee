//! What `validate` answers: for people, findings, a summary and a verdict; for machines, the same as JSON.

use serde::Serialize;

use crate::model::finding::{Finding, Severity};
use crate::model::project::{Environment, Project};
use crate::out::json::{JsonFinding, SCHEMA_VERSION};
use crate::out::paint::Paint;
use crate::out::table::{Cell, Table, plural};
use crate::out::{findings, gate::visible};

/// What was found in the environments that were judged.
pub(super) struct Report<'r> {
    pub project: &'r Project,
    pub judged: Vec<&'r Environment>,
    pub findings: &'r [Finding],
}

impl Report<'_> {
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }

    fn count(&self, environment: &Environment, severity: Severity) -> usize {
        let mine = self.findings.iter().filter(|finding| finding.environments.contains(&environment.name));
        mine.filter(|finding| finding.severity == severity).count()
    }

    pub fn json(&self) -> JsonReport<'_> {
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

    pub fn text(&self, paint: Paint) -> String {
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
pub(super) struct JsonReport<'r> {
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
