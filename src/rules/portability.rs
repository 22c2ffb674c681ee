//! `portability`: a line of a dotenv file that other readers read otherwise.

mod divergence;

use std::collections::HashSet;

use divergence::{Divergence, Subject};

use super::acceptances::excuses;
use super::{Case, Check, Draft, Portability, Rule, Severities};
use crate::model::finding::Severity;
use crate::model::name::EnvName;
use crate::model::note::Note;
use crate::model::reader::Readers;
use crate::model::source::{Entry, Origin, Source};

/// The rule.
pub const RULE: Rule = Rule {
    id: "portability",
    group: "shape",
    summary: "a line of a dotenv file is read otherwise by another reader",
    why: "Nineteen readers of dotenv files agree on little more than KEY=value: a `#` ends a URL in nine of them, several run `$(…)`, Node 24 takes the next line for the value of `A= `. What is tested with one reader runs with another.",
    fix: "`envctl validate --portable` lists each line, who reads it otherwise, and what everybody reads alike. [project] loader = [\"node\", \"compose\"] narrows it to the readers that the project uses.",
    severity: Severities::NOTE,
    check: Check::Environments(check),
};

/// A note, what there is to say of its kind, and the entry it is about.
struct Told<'p> {
    note: Note,
    row: &'static Divergence,
    entry: Option<&'p Entry>,
}

fn check(case: &Case<'_>) -> Vec<Draft> {
    if case.portability == Portability::Unasked {
        return Vec::new();
    }
    let sources = case.project.sources.iter().enumerate();
    sources.flat_map(|(index, source)| on_source(case, index, source)).collect()
}

fn on_source(case: &Case<'_>, index: usize, source: &Source) -> Vec<Draft> {
    let reads = case.environments().filter(|one| one.layers.iter().any(|layer| layer.source == index));
    let environments: Vec<_> = reads.map(|environment| environment.name.clone()).collect();
    if environments.is_empty() || source.examiner.is_none() {
        return Vec::new();
    }
    let told = relevant(case, source);
    let count = || {
        let excused = excused_lines(source);
        let is_excused =
            |told: &Told<'_>| !excused.is_empty() && excused.contains(&source.line_of(told.note.offset));
        told.iter().filter(|told| !is_excused(told) && !is_accepted(case, told, &environments)).count()
    };
    let draft = |message: String, origin: Origin| Draft {
        environments: environments.clone(),
        key: None,
        parts: Vec::new(),
        message,
        help: None,
        origin: Some(origin),
        related: Vec::new(),
        at_most: Severity::Error,
    };
    match case.portability {
        Portability::Listed => told.iter().map(|told| listed(case, source, told, &draft)).collect(),
        _ => counted(count()).map(|message| draft(message, Origin::of_file(source))).into_iter().collect(),
    }
}

/// All notes of a file in one line.
fn counted(count: usize) -> Option<String> {
    let what = if count == 1 { "note, --portable lists it" } else { "notes, --portable lists them" };
    (count > 0).then(|| format!("{count} portability {what}"))
}

/// The lines of a file whose notes are accepted beside them.
fn excused_lines(source: &Source) -> HashSet<u32> {
    let excuses = source.excuses.iter().filter(|one| one.has_reason && *one.rule == *RULE.id);
    excuses.filter_map(|one| one.target).map(|target| source.line_of(target)).collect()
}

/// Is the note accepted by its key? What is only counted has none when the engine sees it.
fn is_accepted(case: &Case<'_>, told: &Told<'_>, environments: &[EnvName]) -> bool {
    let mut acceptances =
        case.project.schema.acceptances.iter().filter(|acceptance| acceptance.key.is_some());
    let key = told.entry.map(|entry| &*entry.key);
    acceptances.any(|acceptance| excuses(case, acceptance, RULE.id, key, environments))
}

fn listed(
    case: &Case<'_>,
    source: &Source,
    told: &Told<'_>,
    draft: &dyn Fn(String, Origin) -> Draft,
) -> Draft {
    let Told { note, row, entry } = told;
    let subject = match (row.subject, entry) {
        (Subject::File, _) => "this file",
        (_, Some(entry)) => &entry.key,
        (_, None) => "this line",
    };
    let origin = match entry {
        Some(entry) if entry.key_offset == note.offset => source.key_origin(entry),
        Some(entry) => source.value_origin(entry),
        None => Origin { outline: None, ..source.offset_origin(note.offset) },
    };
    let message = match row.readings_of(readers(case)) {
        readings if readings.is_empty() => format!("{subject} {}", row.what),
        readings => format!("{subject} {} ({readings})", row.what),
    };
    let draft = draft(message, origin).help(row.help);
    entry.map(|entry| &entry.key).into_iter().fold(draft, |draft, key| draft.key(key))
}

/// The readers that the project uses; all of them where it does not say.
fn readers(case: &Case<'_>) -> Readers {
    let loaders = &case.project.schema.loaders;
    match loaders.is_empty() {
        true => Readers::ALL,
        false => loaders.iter().fold(Readers::NONE, |all, loader| all.and(loader.readers)),
    }
}

/// The notes that concern the readers of the project.
fn relevant<'p>(case: &Case<'_>, source: &'p Source) -> Vec<Told<'p>> {
    let (readers, is_narrowed) = (readers(case), !case.project.schema.loaders.is_empty());
    let concerns = |row: &Divergence| !is_narrowed || row.is_general() || row.concerns(readers);
    let tell = |note: Note| {
        let row = Divergence::of(note.kind).filter(|row| concerns(row))?;
        let is_of_key = row.subject == Subject::Key;
        Some(Told { note, row, entry: source.entry_at(note.offset).filter(|_| is_of_key) })
    };
    let is_asked = case.portability == Portability::Listed && !readers.among(Readers::DOTENVY).is_empty();
    let second = if is_asked { source.second_reading() } else { Vec::new() };
    let quoted = source.quoted().filter(|_| is_narrowed && !readers.among(Readers::DOCKER).is_empty());
    let notes = source.notes().into_iter().chain(second).chain(quoted);
    let mut told: Vec<_> = notes.filter_map(tell).collect();
    told.sort_by_key(|told| told.note.offset);
    told
}
