//! `portability`: a line of a dotenv file that other readers read otherwise.

mod divergence;

use divergence::{Divergence, Subject};

use super::{Case, Check, Draft, Portability, Rule, Severities};
use crate::model::note::{Note, NoteKind};
use crate::model::reader::Readers;
use crate::model::source::{Origin, Source};

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

/// A note, and what there is to say of its kind.
type Told = (Note, &'static Divergence);

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
    let draft = |message: String, origin: Origin| Draft {
        environments: environments.clone(),
        key: None,
        message,
        help: None,
        origin: Some(origin),
        related: Vec::new(),
    };
    match case.portability {
        Portability::Listed => told.iter().map(|told| listed(case, source, told, &draft)).collect(),
        _ if told.is_empty() => Vec::new(),
        _ => vec![draft(counted(told.len()), Origin { file: source.path.clone(), at: None, outline: None })],
    }
}

fn counted(count: usize) -> String {
    let notes = if count == 1 { "note" } else { "notes" };
    format!("{count} portability {notes}, --portable lists them")
}

fn listed(case: &Case<'_>, source: &Source, told: &Told, draft: &dyn Fn(String, Origin) -> Draft) -> Draft {
    let (note, row) = told;
    let entry = source.entry_at(note.offset).filter(|_| row.subject == Subject::Key);
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
    let message = format!("{subject} has {} ({})", row.what, row.readings_of(readers(case)));
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
fn relevant(case: &Case<'_>, source: &Source) -> Vec<Told> {
    let (readers, is_narrowed) = (readers(case), !case.project.schema.loaders.is_empty());
    let concerns = |(note, row): &Told| match is_narrowed {
        true => row.is_general() || row.concerns(readers),
        false => note.kind != NoteKind::Quoted,
    };
    let notes = source.notes().into_iter();
    notes.filter_map(|note| Some((note, Divergence::of(note.kind)?))).filter(concerns).collect()
}
