//! Who asks whom: which example files say which keys an environment must have.

use super::{Environment, Layer, Project};
use crate::model::layout::{join, split, templated};
use crate::model::schema::Pattern;
use crate::model::source::Source;
use crate::model::tier::Tier;

/// A file such as `.env.example` that asks one environment for keys.
pub struct Asking {
    /// Index into [`Project::schema_files`].
    pub file: usize,
    /// Index into [`Project::environments`].
    pub environment: usize,
    /// The path of the file that it is a template for.
    pub target: String,
    /// Where the keys may be set: indices of stacks.
    pub stacks: Vec<usize>,
    /// Its level in the one stack, where it is a template for a layer of this environment alone.
    pub level: Option<usize>,
}

/// The stack of the natural layout, which an example beside or above `envs` speaks for.
const NATURAL: &str = "envs/{env}/.env";

/// What each example file asks of each environment that has a dotenv file of its own there.
pub(super) fn askings(project: &Project) -> Vec<Asking> {
    let mut askings = Vec::new();
    for (file, source) in project.schema_files.iter().enumerate().filter(|(_, one)| one.format == "dotenv") {
        let Some(target) = templated(&source.path) else { continue };
        match named(project, &target) {
            Some((name, stack, level)) => {
                let is_it = |one: &Environment| one.name == name.name && has_own(project, one, &[stack]);
                let found = project.environments.iter().position(is_it);
                askings.extend(found.map(|environment| Asking {
                    file,
                    environment,
                    target,
                    stacks: vec![stack],
                    level: Some(level),
                }));
            }
            None => askings.extend(of_all(project, file, &target)),
        }
    }
    askings
}

/// What a template for everybody asks. `.env.local` is for those who develop.
fn of_all(project: &Project, file: usize, target: &str) -> Vec<Asking> {
    let (folder, name) = split(target);
    let stacks = stacks_of(project, folder, name);
    let is_local = name.ends_with(".local");
    let is_asked =
        |one: &Environment| (!is_local || one.tier == Tier::Development) && has_own(project, one, &stacks);
    let asked = project.environments.iter().enumerate().filter(|(_, one)| is_asked(one));
    let asking = |(environment, _)| Asking {
        file,
        environment,
        target: target.to_owned(),
        stacks: stacks.clone(),
        level: None,
    };
    asked.map(asking).collect()
}

/// The environment whose own layer the path is, with the layer's stack and level.
fn named<'p>(project: &'p Project, path: &str) -> Option<(&'p Environment, usize, usize)> {
    let stacks = project.stacks.iter().enumerate();
    let mut layers = stacks.flat_map(|(stack, about)| {
        about.layers.iter().enumerate().map(move |(level, template)| (stack, level, template))
    });
    layers.find_map(|(stack, level, template)| {
        let name = name_in(template, path)?;
        Some((project.environment(name)?, stack, level))
    })
}

/// What stands in the place of `{env}` in the path, wherever the template has it.
fn name_in<'t>(template: &str, path: &'t str) -> Option<&'t str> {
    let (before, _) = template.split_once(Pattern::ENV).filter(|(before, _)| path.starts_with(before))?;
    let slots = template.matches(Pattern::ENV).count();
    let length = path.len().checked_sub(template.len() - slots * Pattern::ENV.len())? / slots;
    let name = path.get(before.len()..before.len() + length)?;
    (template.replace(Pattern::ENV, name) == path).then_some(name)
}

/// The stacks that a template for everybody speaks for: `.env.example` for all of its folder, `.env.db.example` for those
/// files alone.
fn stacks_of(project: &Project, folder: &str, name: &str) -> Vec<usize> {
    let is_plain = matches!(name, ".env" | ".env.local");
    let path = join(folder, name);
    let is_meant = |template: &String| match is_plain {
        true => split(template).0 == folder,
        false => template.replace(&format!(".{}", Pattern::ENV), "") == path,
    };
    let all = || project.stacks.iter().enumerate();
    let found: Vec<usize> =
        all().filter(|(_, stack)| stack.layers.iter().any(is_meant)).map(|(index, _)| index).collect();
    let is_above = is_plain && matches!(folder, "" | "envs");
    let has_dotenv = |stacks: &[usize]| project.environments.iter().any(|one| has_own(project, one, stacks));
    match is_above && !has_dotenv(&found) {
        true => all().filter(|(_, stack)| stack.id == NATURAL).map(|(index, _)| index).collect(),
        false => found,
    }
}

/// Has the environment a dotenv file of its own in one of these stacks? Where it has none, its values come from elsewhere.
fn has_own(project: &Project, environment: &Environment, stacks: &[usize]) -> bool {
    let is_own = |layer: &&Layer| layer.is_own && stacks.contains(&layer.stack);
    environment
        .layers
        .iter()
        .filter(is_own)
        .any(|layer| project.sources.get(layer.source).is_some_and(Source::is_dotenv_file))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::name::EnvName;
    use crate::model::project::{Description, Stack};
    use crate::model::source::SourceKind;

    fn source(path: &str) -> Source {
        Source::new(path.to_owned(), "dotenv", SourceKind::Variables, "")
    }

    /// `dev` and `prod` have files in the root and in `web`, `dev` alone has one of `db`; CI has what `qa` needs.
    fn project(examples: &[&str]) -> Project {
        let stack = |id: &str, layers: &[&str]| Stack {
            id: id.to_owned(),
            layers: layers.iter().map(|&layer| layer.to_owned()).collect(),
            ..Stack::default()
        };
        let stacks = vec![
            stack(".env.{env}", &[".env", ".env.local", ".env.{env}", ".env.{env}.local"]),
            stack("web/.env.{env}", &["web/.env", "web/.env.{env}"]),
            stack(".env.db.{env}", &[".env.db.{env}"]),
        ];
        let sources = [".env", ".env.dev", ".env.production", "web/.env.dev", "web/.env.prod", ".env.db.dev"];
        let environment = |name: &str, layers: &[(usize, usize, usize)]| {
            let mut one = Environment::new(EnvName::new(name).unwrap(), Description::default());
            let layer = |&(stack, source, level): &(usize, usize, usize)| Layer {
                stack,
                source,
                level: Some(level),
                rank: level,
                is_own: source > 0,
            };
            one.layers = layers.iter().map(layer).collect();
            one
        };
        Project {
            stacks,
            sources: sources.map(source).into(),
            environments: vec![
                environment("dev", &[(0, 0, 0), (0, 1, 2), (1, 3, 1), (2, 5, 0)]),
                environment("qa", &[(0, 0, 0)]),
                environment("prod", &[(0, 0, 0), (0, 2, 2), (1, 4, 1)]),
            ],
            schema_files: examples.iter().map(|path| source(path)).collect(),
            ..Project::default()
        }
    }

    /// Whom an example asks, in which stacks, and for which level.
    fn asked(example: &str) -> Vec<(String, Vec<usize>, Option<usize>)> {
        let project = project(&[example]);
        let name = |one: &Asking| project.environments[one.environment].name.to_string();
        askings(&project).into_iter().map(|one| (name(&one), one.stacks, one.level)).collect()
    }

    #[test]
    fn an_example_speaks_for_the_files_that_it_is_named_after_where_an_environment_has_some() {
        let both =
            |stacks: &[usize]| ["dev", "prod"].map(|name| (name.to_owned(), stacks.to_vec(), None)).to_vec();
        let one = |name: &str, stack, level| vec![(name.to_owned(), vec![stack], level)];
        for (example, expected) in [
            (".env.example", both(&[0, 2])),
            ("env.sample", both(&[0, 2])),
            ("example.env", both(&[0, 2])),
            ("web/.env.dist", both(&[1])),
            (".env.db.example", one("dev", 2, None)),
            (".env.local.example", vec![("dev".to_owned(), vec![0, 2], None)]),
            (".env.prod.local.dist", one("prod", 0, Some(3))),
            (".env.production.example", one("prod", 0, Some(2))),
            ("web/.env.dev.template", one("dev", 1, Some(1))),
            (".env.qa.example", vec![]),
            (".env.ci.example", vec![]),
            ("api/.env.example", vec![]),
        ] {
            assert_eq!(asked(example), expected, "{example}");
        }
    }

    #[test]
    fn an_example_above_the_natural_layout_speaks_for_it() {
        let mut project = project(&[".env.example", "envs/.env.example", "envs/prod/.env.example"]);
        project.stacks = vec![Stack {
            id: NATURAL.to_owned(),
            layers: vec!["envs/{env}/env.toml".to_owned(), NATURAL.to_owned()],
            ..Stack::default()
        }];
        for environment in &mut project.environments {
            environment.layers.retain(|layer| layer.is_own && layer.stack == 0);
        }
        let told: Vec<_> =
            askings(&project).into_iter().map(|one| (one.file, one.environment, one.level)).collect();
        assert_eq!(told, [(0, 0, None), (0, 2, None), (1, 0, None), (1, 2, None), (2, 2, Some(1))]);
    }

    #[test]
    fn a_name_is_the_same_wherever_it_stands_in_the_path() {
        assert_eq!(name_in("envs/{env}/{env}.env", "envs/prod/prod.env"), Some("prod"));
        assert_eq!(name_in("envs/{env}/{env}.env", "envs/prod/test.env"), None);
        assert_eq!(name_in(".env.{env}", ".env"), None);
    }
}
