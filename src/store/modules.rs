//! Terraform modules on disk: what declares variables, and what sets them for everybody.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::file::Reader;
use super::taken;
use crate::format::variables_tf;
use crate::model::layout::split;
use crate::model::project::{Module, folder_of, holds_values, variable_of};
use crate::model::source::Source;
use crate::model::variables::Variables;

/// How variables of the process are called that set one of a module.
const PREFIX: &str = "TF_VAR_";

/// The file in which variables belong.
const VARIABLES: &str = "variables.tf";

/// The file in which Terragrunt hands values to a module.
const TERRAGRUNT: &str = "terragrunt.hcl";

/// May the file at `path` tell what a module declares, or what it is given?
pub fn is_terraform(path: &str) -> bool {
    let file = split(path).1;
    is_code(file) || holds_values(path) || file == TERRAGRUNT
}

fn is_code(file: &str) -> bool {
    file.ends_with(".tf") || file.ends_with(".tf.json")
}

/// The modules that take values of environments, of the files at `paths`. Where a module has a `variables.tf`, the other
/// files that declare variables of it join `schema`.
pub fn find<'a>(
    paths: impl Iterator<Item = &'a String>,
    reader: &Reader<'_>,
    is_of_environment: impl Fn(&str) -> bool,
    variables: &Variables,
    schema: &mut Vec<Source>,
) -> Vec<Module> {
    let (code, others): (Vec<&str>, Vec<&str>) =
        paths.map(String::as_str).partition(|path| is_code(split(path).1));
    let mut folders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for path in code {
        folders.entry(split(path).0).or_default().push(path);
    }
    let names: BTreeSet<&str> = folders.keys().copied().collect();
    let mut around: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for path in others {
        if let Some(folder) = folder_of(path, &names) {
            around.entry(folder).or_default().push(path);
        }
    }
    let mut declared = Declared {
        reader,
        places: schema.iter().enumerate().map(|(index, source)| (source.path.clone(), index)).collect(),
        schema,
    };
    let process: BTreeSet<String> =
        variables.iter().filter_map(|(name, _)| name.strip_prefix(PREFIX)).map(str::to_owned).collect();
    let mut modules = Vec::new();
    for (folder, files) in around {
        let code = folders.remove(folder).unwrap_or_default();
        let is_asked = files.iter().any(|path| holds_values(path) && is_of_environment(path));
        if !is_asked || !code.iter().any(|path| split(path).1 == VARIABLES) {
            continue;
        }
        let (values, terragrunt): (Vec<&str>, Vec<&str>) =
            files.into_iter().partition(|path| holds_values(path));
        let mut module = Module {
            folder: folder.to_owned(),
            is_whole: true,
            is_fed: !terragrunt.is_empty(),
            takes: values.iter().map(|path| (*path).to_owned()).collect(),
            given: process.clone(),
            ..Module::default()
        };
        declared.add(&mut module, code);
        // Terraform itself takes `*.auto.tfvars`, whoever they are named after
        let is_auto = |path: &str| split(path).0 == folder && path.contains(".auto.tfvars");
        let shared = values.into_iter().filter(|path| !is_of_environment(path) || is_auto(path));
        shared.for_each(|path| give(&mut module, taken::read(reader, path)));
        modules.push(module);
    }
    modules
}

/// Adds what a file sets for all environments, unless it cannot be read.
fn give(module: &mut Module, source: Option<Source>) {
    match source.filter(|source| source.problems.is_empty()) {
        Some(source) => {
            module.given.extend(source.entries.iter().map(|entry| variable_of(entry).to_owned()));
        }
        None => module.is_fed = true,
    }
}

/// The files that declare variables, and their places among those that were read.
struct Declared<'s, 'r> {
    reader: &'s Reader<'r>,
    places: HashMap<String, usize>,
    schema: &'s mut Vec<Source>,
}

impl Declared<'_, '_> {
    /// Finds the files of the module's `code` that declare variables.
    fn add(&mut self, module: &mut Module, mut code: Vec<&str>) {
        code.sort_by_key(|path| split(path).1 != VARIABLES); // where they belong, first
        for path in code {
            if let Some(place) = self.places.get(path) {
                module.is_whole &= self.schema.get(*place).is_some_and(|source| source.problems.is_empty());
                module.files.push(*place);
                continue;
            }
            let source =
                path.ends_with(".tf").then(|| taken::read_as(self.reader, path, &variables_tf::FORMAT));
            match source.flatten().filter(|source| source.problems.is_empty()) {
                Some(source) if source.wanted.is_empty() => {}
                Some(source) => {
                    module.files.push(self.schema.len());
                    self.schema.push(source);
                }
                None => module.is_whole = false,
            }
        }
    }
}
