//! Keys that an example file asks for and an environment lacks: of one file and the same environments as one finding.

use std::collections::BTreeMap;

use super::told::{Lack, told};
use crate::model::finding::Severity;
use crate::model::project::{Binding, Environment};
use crate::model::tier::Tier;
use crate::model::wanted::Wanted;
use crate::rules::asked::{Asked, Filled, asked, is_given_elsewhere};
use crate::rules::{Case, Draft};

/// What is told as one: the keys of one file, by their places in it, that the same environments lack.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Fold {
    file: usize,
    at_most: Severity,
    is_filled_elsewhere: bool,
    offsets: Vec<usize>,
}

/// The keys that one environment lacks, those first that are set nowhere.
struct Missing<'p> {
    asked: Asked<'p>,
    keys: Vec<&'p Wanted>,
    is_some_empty: bool,
    is_filled_elsewhere: bool,
}

pub(super) fn check(case: &Case<'_>) -> Vec<Draft> {
    let filled = Filled::of(case);
    let mut folds: BTreeMap<Fold, (Missing<'_>, Vec<&Environment>)> = BTreeMap::new();
    for asked in asked(case).filter(|asked| !is_given_elsewhere(case, asked.environment)) {
        for (at_most, lack) in lacks(case, asked, &filled) {
            let offsets = lack.keys.iter().map(|key| key.offset).collect();
            let is_filled_elsewhere = lack.is_filled_elsewhere;
            let fold = Fold { file: asked.asking.file, at_most, is_filled_elsewhere, offsets };
            folds.entry(fold).or_insert_with(|| (lack, Vec::new())).1.push(asked.environment);
        }
    }
    let draft = |(fold, (missing, who)): (Fold, (Missing<'_>, Vec<&Environment>))| {
        let lack = Lack {
            file: missing.asked.file,
            by: missing.asked.file.path.clone(),
            verb: match fold.at_most == Severity::Error && !fold.is_filled_elsewhere {
                true => "requires",
                false => "asks for",
            },
            what: if missing.is_some_empty { "unset or empty" } else { "not set" },
            help: help(case, &missing, &who),
            keys: missing.keys,
        };
        told(&lack, &who, fold.at_most)
    };
    folds.into_iter().filter_map(draft).collect()
}

/// What an environment lacks: what the file marks as required, and what it leaves open.
fn lacks<'p>(case: &Case<'p>, asked: Asked<'p>, filled: &Filled<'p>) -> Vec<(Severity, Missing<'p>)> {
    let keys = asked.keys(case);
    let known = keys.iter().filter(|key| asked.found(case, &key.name).next().is_some()).count();
    let is_likely = asked.is_of_layer() || (known * 2 >= keys.len() && asked.environment.tier != Tier::Test);
    let doubt = if is_likely { Severity::Warning } else { Severity::Note };
    let mut lacks: BTreeMap<(Severity, bool), Vec<&Wanted>> = BTreeMap::new();
    for key in keys {
        let at_most = match key.required {
            Some(true) => (Severity::Error, false),
            None if asked.is_of_layer() => (doubt, false),
            None if key.is_open() => open(case, &asked, filled.is_elsewhere(&asked, &key.name), key, doubt),
            _ => continue,
        };
        lacks.entry(at_most).or_default().push(key);
    }
    let missing = |((at_most, is_filled_elsewhere), keys)| {
        (at_most, Missing { is_filled_elsewhere, ..missing(case, asked, keys) })
    };
    lacks.into_iter().map(missing).filter(|(_, lack)| !lack.keys.is_empty()).collect()
}

/// How bad it is to lack an open key, and whether that is because others have filled it in. Tests do without much.
fn open(
    case: &Case<'_>,
    asked: &Asked<'_>,
    is_filled: bool,
    key: &Wanted,
    doubt: Severity,
) -> (Severity, bool) {
    let is_set = || asked.found(case, &key.name).next().is_some();
    match asked.must_be_complete(case) {
        _ if !is_filled || is_set() => (doubt, false),
        true => (Severity::Error, true),
        false if asked.environment.tier == Tier::Test => (doubt, false),
        false => (Severity::Warning, false),
    }
}

/// Those of the keys that are not set; for a template of one layer also those that lower layers set to nothing.
fn missing<'p>(case: &Case<'p>, asked: Asked<'p>, keys: Vec<&'p Wanted>) -> Missing<'p> {
    let (mut unset, mut empty) = (Vec::new(), Vec::new());
    for key in keys {
        let found: Vec<_> = asked.found(case, &key.name).collect();
        let is_meant = |one: &Binding<'_>| {
            !one.is_empty() || !asked.is_of_layer() || asked.is_filled_by(case, one.source)
        };
        match found.iter().any(is_meant) {
            true => {}
            false if found.is_empty() => unset.push(key),
            false if key.required == Some(true) => {} // empty-required tells it
            false => empty.push(key),
        }
    }
    let is_some_empty = !empty.is_empty();
    unset.append(&mut empty);
    Missing { asked, keys: unset, is_some_empty, is_filled_elsewhere: false }
}

fn help(case: &Case<'_>, lack: &Missing<'_>, who: &[&Environment]) -> String {
    let (asked, target) = (&lack.asked, &lack.asked.asking.target);
    let them = if lack.keys.len() == 1 { "it" } else { "them" };
    let is_there = |path: &str| case.project.sources.iter().any(|source| source.path == path);
    let place = match who {
        _ if asked.is_of_layer() && !is_there(target) => {
            format!("copy {} to {target} and fill {them} in", asked.file.path)
        }
        _ if asked.is_of_layer() => format!("set {them} in {target}"),
        [one] => match own_file(case, asked, one) {
            Some(file) => format!("set {them} in {file}"),
            None => format!("set {them} there"),
        },
        _ => format!("set {them} there"),
    };
    let why = if lack.is_filled_elsewhere { "other environments have set " } else { "" };
    let place = if why.is_empty() { place } else { format!("{why}{them}: {place}") };
    format!("{place}; or mark {them} `# optional` in {}", asked.file.path)
}

/// The environment's topmost file of its own that the keys may stand in.
fn own_file<'p>(case: &Case<'p>, asked: &Asked<'_>, environment: &Environment) -> Option<&'p str> {
    case.project.own_file(environment, |layer, _| asked.asking.stacks.contains(&layer.stack))
}
