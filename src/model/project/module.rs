//! Terraform modules: folders of code, and the files of values that they take.

use std::collections::BTreeSet;

use super::{Environment, Project};
use crate::model::layout::split;
use crate::model::source::{Entry, Source};
use crate::model::wanted::Wanted;

/// A folder of Terraform code that files of values belong to.
#[derive(Default)]
pub struct Module {
    /// The folder, from the project's root.
    pub folder: String,
    /// The files that declare its variables: indices into [`Project::schema_files`].
    pub files: Vec<usize>,
    /// Was every file of its code read, so that no variable is declared that nobody knows of?
    pub is_whole: bool,
    /// Are values handed to it in a way that is not read?
    pub is_fed: bool,
    /// The paths of the files of values that it takes.
    pub takes: BTreeSet<String>,
    /// The variables that are set for all environments.
    pub given: BTreeSet<String>,
}

impl Module {
    /// The variables that it declares, with the file of each.
    pub fn variables<'p>(&'p self, project: &'p Project) -> impl Iterator<Item = (&'p Source, &'p Wanted)> {
        let files = self.files.iter().filter_map(|file| project.schema_files.get(*file));
        files.flat_map(|file| file.wanted.iter().map(move |wanted| (file, wanted)))
    }

    /// The environment's files of values for it, lowest layer first.
    pub fn sources<'p>(
        &'p self,
        project: &'p Project,
        environment: &'p Environment,
    ) -> impl Iterator<Item = &'p Source> {
        project.sources_of(environment).filter(|source| self.takes.contains(&source.path))
    }
}

/// The variable that an entry of a file of values sets, or sets a part of.
pub fn variable_of(entry: &Entry) -> &str {
    entry.key.split(['.', '[']).next().unwrap_or(&entry.key)
}

/// Does a file of this name hold values of variables? What is for a backend is handed to `terraform init`.
pub fn holds_values(path: &str) -> bool {
    let file = split(path).1;
    (file.ends_with(".tfvars") || file.ends_with(".tfvars.json")) && !file.contains("backend")
}

/// The folder of code that takes the values of the file at `path`: its own, else the nearest around it.
pub fn folder_of<'f>(path: &str, code: &BTreeSet<&'f str>) -> Option<&'f str> {
    let mut folder = split(path).0;
    loop {
        match code.get(folder) {
            Some(found) => return Some(found),
            None if folder.is_empty() => return None,
            None => folder = split(folder).0,
        }
    }
}

/// Sources, the names of what is secret in them, and how an entry is called there.
type Hidden = (BTreeSet<usize>, BTreeSet<String>, fn(&Entry) -> &str);

/// Hides what modules and example files declare as secret; nothing that they say opens a value.
pub(super) fn hide_declared(project: &mut Project) {
    let is_secret = |key: &&Wanted| key.secret == Some(true);
    let mut hidden: Vec<Hidden> = Vec::new();
    let place = |is_it: &dyn Fn(&Source) -> bool| {
        let sources = project.sources.iter().enumerate();
        sources.filter(|(_, one)| is_it(one)).map(|(index, _)| index).collect()
    };
    for module in &project.modules {
        let names = module.variables(project).map(|(_, key)| key).filter(is_secret);
        let names: BTreeSet<String> = names.map(|key| key.name.clone()).collect();
        if !names.is_empty() {
            hidden.push((place(&|one| module.takes.contains(&one.path)), names, variable_of));
        }
    }
    for asking in &project.askings {
        let file = project.schema_files.get(asking.file).into_iter();
        let names: BTreeSet<String> =
            file.flat_map(|file| &file.wanted).filter(is_secret).map(|key| key.name.clone()).collect();
        let environment = project.environments.get(asking.environment).into_iter();
        let layers = environment.flat_map(|one| &one.layers);
        let asked = layers.filter(|layer| asking.stacks.contains(&layer.stack)).map(|layer| layer.source);
        if !names.is_empty() {
            hidden.push((asked.collect(), names, Entry::name));
        }
    }
    for (sources, names, name_of) in hidden {
        for source in sources {
            let entries = project.sources.get_mut(source).into_iter().flat_map(|source| &mut source.entries);
            for entry in entries.filter(|entry| names.contains(name_of(entry))) {
                entry.declare_secret(true);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_belong_to_the_code_beside_them_or_to_the_nearest_around_them() {
        let code = BTreeSet::from(["", "live/prod", "infra"]);
        for (path, folder) in [
            ("prod.tfvars", Some("")),
            ("envs/prod/terraform.tfvars", Some("")),
            ("live/prod/terraform.tfvars", Some("live/prod")),
            ("live/prod/eu/terraform.tfvars", Some("live/prod")),
            ("infra/tfvars/prod.tfvars.json", Some("infra")),
        ] {
            assert_eq!(folder_of(path, &code), folder, "{path}");
        }
        assert_eq!(folder_of("a/b.tfvars", &BTreeSet::from(["c"])), None);
    }

    #[test]
    fn what_is_for_a_backend_holds_no_values_of_variables() {
        for (path, holds) in [
            ("a/terraform.tfvars", true),
            ("prod.auto.tfvars.json", true),
            ("prod_backend.tfvars", false),
            ("backend.hcl", false),
            ("backend/prod.tfvars", true),
        ] {
            assert_eq!(holds_values(path), holds, "{path}");
        }
    }
}
