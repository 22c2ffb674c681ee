//! Variables of a Terraform module that have no default, and that no file of an environment's values sets.

use std::collections::{BTreeMap, BTreeSet};

use super::told::{Lack, told};
use crate::model::finding::Severity;
use crate::model::project::{Environment, Module, variable_of};
use crate::model::schema::IDENTITY;
use crate::model::source::Source;
use crate::model::wanted::Wanted;
use crate::rules::asked::is_given_elsewhere;
use crate::rules::case::is_secret;
use crate::rules::{Case, Draft};

/// A variable that an environment must set, and whether it does.
struct Need<'p> {
    environment: &'p Environment,
    /// The file that declares it.
    file: &'p Source,
    key: &'p Wanted,
    /// The files of values, the topmost last.
    values: Vec<&'p Source>,
    is_set: bool,
}

/// What is told as one: the same variables, equally bad, with whoever lacks them.
type Folds<'p> = BTreeMap<(Severity, Vec<&'p str>), Vec<Vec<&'p Need<'p>>>>;

pub(super) fn check(case: &Case<'_>) -> Vec<Draft> {
    let modules = case.project.modules.iter().filter(|module| !module.is_fed);
    let needs: Vec<Need<'_>> = modules.flat_map(|module| needs(case, module)).collect();
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for need in &needs {
        let (all, set) = counts.entry(&need.key.name).or_default();
        *all += 1;
        *set += usize::from(need.is_set);
    }
    let mut lacks: BTreeMap<(usize, &str, Severity), Vec<&Need<'_>>> = BTreeMap::new();
    for need in needs.iter().filter(|need| !need.is_set && !is_given_elsewhere(case, need.environment)) {
        let at_most = at_most(need, counts.get(&*need.key.name).copied().unwrap_or_default());
        let place = case.environments().position(|one| one.name == need.environment.name).unwrap_or_default();
        lacks.entry((place, &need.file.path, at_most)).or_default().push(need);
    }
    let mut folds = Folds::new();
    for ((.., at_most), needs) in lacks {
        let names = needs.iter().map(|need| &*need.key.name).collect();
        folds.entry((at_most, names)).or_default().push(needs);
    }
    folds.iter().filter_map(|((at_most, _), lacking)| draft(*at_most, lacking)).collect()
}

fn draft(at_most: Severity, lacking: &[Vec<&Need<'_>>]) -> Option<Draft> {
    let firsts: Vec<&Need<'_>> = lacking.iter().filter_map(|needs| needs.first().copied()).collect();
    let (first, keys) = (firsts.first()?, lacking.first()?.iter().map(|need| need.key).collect());
    let is_one_file = firsts.iter().all(|need| need.file.path == first.file.path);
    let by = if is_one_file { first.file.path.clone() } else { "their variables.tf".to_owned() };
    let values =
        first.values.last().filter(|_| firsts.len() == 1).map_or("their files of values", |one| &one.path);
    let help = format!(
        "set it in {values}, or give it a default; where CI hands it over as TF_VAR_…, accept it with that reason"
    );
    let lack = Lack { file: first.file, keys, by, verb: "requires", what: "not set", help };
    told(&lack, &firsts.iter().map(|need| need.environment).collect::<Vec<_>>(), at_most)
}

/// What is a secret, or set in no environment at all, is handed over when Terraform runs, as TF_VAR_… or with `-var`.
fn at_most(need: &Need<'_>, (all, set): (usize, usize)) -> Severity {
    match set == 0 && (all > 1 || is_secret(&need.key.name, need.key.secret)) {
        true => Severity::Warning,
        false => Severity::Error,
    }
}

/// What a module needs of each environment that has a file of values for it.
fn needs<'p>(case: &Case<'p>, module: &'p Module) -> Vec<Need<'p>> {
    let mut needs = Vec::new();
    for environment in case.environments() {
        let values: Vec<&Source> = module.sources(case.project, environment).collect();
        if values.is_empty() {
            continue;
        }
        let set: BTreeSet<&str> = values.iter().flat_map(|source| &source.entries).map(variable_of).collect();
        let is_set = |name: &str| {
            let variable = || case.project.find(environment, &format!("TF_VAR_{name}")).next().is_some();
            set.contains(name) || module.given.contains(name) || variable()
        };
        let mut seen = BTreeSet::new();
        let once = module.variables(case.project).filter(|(_, key)| seen.insert(&*key.name));
        let wanted = once.filter(|(_, key)| key.required == Some(true));
        let left = wanted.filter(|(_, key)| {
            !case.withholds(&key.name, key.secret) && !is_declared(case, environment, &values, &key.name)
        });
        needs.extend(left.map(|(file, key)| {
            let (values, is_set) = (values.clone(), is_set(&key.name));
            Need { environment, file, key, values, is_set }
        }));
    }
    needs
}

/// Does the manifest say what is asked of the variable?
fn is_declared(case: &Case<'_>, environment: &Environment, values: &[&Source], name: &str) -> bool {
    let schema = &case.project.schema;
    let is_here = |source: usize| {
        case.project
            .sources
            .get(source)
            .is_some_and(|one| values.iter().any(|other| std::ptr::eq(one, *other)))
    };
    let layers = environment.layers.iter().filter(|layer| is_here(layer.source));
    let mut stacks = layers.filter_map(|layer| case.project.stacks.get(layer.stack));
    schema.keys.iter().any(crate::model::schema::KeySpec::is_identity)
        && stacks.any(|stack| schema.key(&format!("{}{IDENTITY}{name}", stack.id)).is_some())
}
