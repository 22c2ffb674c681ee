//! Keys that an example file asks for and an environment lacks: of one file and the same environments as one finding.

use std::collections::BTreeMap;

use super::told::{Lack, told};
use crate::model::finding::Severity;
use crate::model::project::{Binding, Environment};
use crate::model::tier::Tier;
use crate::model::wanted::Wanted;
use crate::rules::asked::{Asked, asked, is_given_elsewhere};
use crate::rules::{Case, Draft};

/// What is told as one: the keys of one file, by their places in it, that the same environments lack.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Fold {
    file: usize,
    at_most: Severity,
    offsets: Vec<usize>,
}

/// The keys that one environment lacks, those first that are set nowhere.
struct Missing<'p> {
    asked: Asked<'p>,
    keys: Vec<&'p Wanted>,
    is_some_empty: bool,
}

pub(super) fn check(case: &Case<'_>) -> Vec<Draft> {
    let mut folds: BTreeMap<Fold, (Missing<'_>, Vec<&Environment>)> = BTreeMap::new();
    for asked in asked(case).filter(|asked| !is_given_elsewhere(case, asked.environment)) {
        for (at_most, lack) in lacks(case, asked) {
            let offsets = lack.keys.iter().map(|key| key.offset).collect();
            let fold = Fold { file: asked.asking.file, at_most, offsets };
            folds.entry(fold).or_insert_with(|| (lack, Vec::new())).1.push(asked.environment);
        }
    }
    let draft = |(fold, (missing, who)): (Fold, (Missing<'_>, Vec<&Environment>))| {
        let lack = Lack {
            file: missing.asked.file,
            by: missing.asked.file.path.clone(),
            verb: if fold.at_most == Severity::Error { "requires" } else { "asks for" },
            what: if missing.is_some_empty { "unset or empty" } else { "not set" },
            help: help(case, &missing, &who),
            keys: missing.keys,
        };
        told(&lack, &who, fold.at_most)
    };
    folds.into_iter().filter_map(draft).collect()
}

/// What an environment lacks: what the file marks as required, and what it leaves open.
fn lacks<'p>(case: &Case<'p>, asked: Asked<'p>) -> Vec<(Severity, Missing<'p>)> {
    let keys = asked.keys(case);
    let (required, others): (Vec<&Wanted>, Vec<&Wanted>) = keys
        .iter()
        .copied()
        .filter(|key| key.required != Some(false))
        .partition(|key| key.required == Some(true));
    let is_wanted = |key: &&Wanted| asked.is_of_layer() || key.is_open();
    let open = missing(case, asked, others.into_iter().filter(is_wanted).collect());
    let known = keys.iter().filter(|key| asked.found(case, &key.name).next().is_some()).count();
    let is_likely = asked.is_of_layer() || (known * 2 >= keys.len() && asked.environment.tier != Tier::Test);
    let doubt = if is_likely { Severity::Warning } else { Severity::Note };
    let required = missing(case, asked, required);
    let all = [(Severity::Error, required), (doubt, open)];
    all.into_iter().filter(|(_, lack)| !lack.keys.is_empty()).collect()
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
    Missing { asked, keys: unset, is_some_empty }
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
    format!("{place}; or mark {them} `# optional` in {}", asked.file.path)
}

/// The environment's topmost file of its own that the keys may stand in.
fn own_file<'p>(case: &Case<'p>, asked: &Asked<'_>, environment: &Environment) -> Option<&'p str> {
    case.project.own_file(environment, |layer, _| asked.asking.stacks.contains(&layer.stack))
}
