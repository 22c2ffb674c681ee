//! Slots: where in a path the name of an environment stands.
//!
//! `values-prod.yaml` has `prod` in the slot of `values-{env}.yaml`. The table of layouts is measured on public projects:
//! requirements, sections 2.1 and 2.9.

mod word;

use super::layout::after_well_known;
use super::name::{EnvName, NEVER_NAMES};
use super::schema::Pattern;
use super::tier::spellings_of;
use word::word;

/// A path with an environment's name in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The path with `{env}` in place of the name.
    pub template: String,
    /// The name as it is spelled in the path.
    pub name: String,
    /// What else must be true for the name to be an environment's.
    pub shape: Shape,
}

/// How much a slot proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// Words before a name in a place that exists for environments: `init-db-prod` is production's part `init-db`
    /// where another environment has that part too, else a name of its own.
    Part,
    /// A place that exists for environments: any name is one, once one of its siblings is a known name.
    Dedicated,
    /// A file that is well known for carrying environments' names: a known name is one.
    WellKnown,
    /// Any other place: a known name is one where another stands beside it.
    Loose,
    /// A well-known file with a word in the slot that no family knows: nothing by itself.
    Candidate,
}

/// Folders whose entries are environments.
pub const DEDICATED: &[&str] =
    &["envs", ".envs", "environments", "environment", "overlays", "stages", "inventories", "inventory"];

/// What lies beside the environments in such folders without being one.
pub const SHARED: &[&str] = &["global", "all", "modules", "components", "group_vars", "host_vars", "scripts"];

/// Folders whose files are called after environments.
const DEDICATED_FOR_FILES: &[&str] = &["envs", "environments", "environment", "env", "settings", "stages"];

/// Folders of configuration: a file there that is called after an environment needs no second one beside it.
const CONFIG: &[&str] = &["config", "conf", "configs"];

/// Folders of what a program works with: files there are called after tests and demos all the same.
const CONTENT: &[&str] = &["data", "schemas", "schema"];

/// How the files of tools and pipelines begin: they are no configuration of a program.
const TOOLS: &[&str] = &[
    "tsconfig",
    "jsconfig",
    "package",
    "babel",
    "jest",
    "angular",
    "nx",
    "turbo",
    "composer",
    "lerna",
    "pnpm-lock",
    "manifest",
    "openapi",
    "swagger",
    "mkdocs",
    "Makefile",
    "Taskfile",
    "azure-pipelines",
    "bitbucket-pipelines",
    "buildspec",
    "cloudbuild",
];

/// Is this a file of a tool or a pipeline, by its name?
pub fn is_of_tool(file: &str) -> bool {
    let is_hidden = file.starts_with('.') && ![".env", ".mise"].iter().any(|known| file.starts_with(known));
    is_hidden || TOOLS.iter().any(|tool| file.starts_with(tool))
}

/// A name where it is an environment, and everybody's own layer where it is not.
const LOCAL: &str = "local";

/// Does `name` mean an environment to everybody?
pub fn is_known(name: &str) -> bool {
    spellings_of(name).is_some()
}

/// Do environments, or their secrets, live in a folder of this name?
pub fn is_for_environments(folder: &str) -> bool {
    let name = folder.trim_start_matches('.');
    let is_place = [DEDICATED, DEDICATED_FOR_FILES, CONFIG].iter().any(|places| places.contains(&folder));
    is_place || name == "secrets" || is_known(name)
}

/// Is it one name for everybody, made of a family's word and what qualifies it: `prod-eu`?
pub fn is_compound(name: &str) -> bool {
    word(name) == Some(name)
}

/// Is it one of the words that mean hardly anything else?
pub fn is_strong(name: &str) -> bool {
    const STRONG: &[&str] =
        &["development", "dev", "develop", "staging", "stage", "stg", "production", "prod", "prd"];
    const ALSO: &[&str] = &["preprod", "pre-prod", "preproduction", "uat", "qa"];
    let begins = matches!(
        name.as_bytes().first(),
        Some(b'd' | b'D' | b's' | b'S' | b'p' | b'P' | b'u' | b'U' | b'q' | b'Q')
    );
    begins && STRONG.iter().chain(ALSO).any(|strong| strong.eq_ignore_ascii_case(name))
}

/// The slots of a path, the one that proves most first. `path` is relative, with `/`.
pub fn slots(path: &str) -> Vec<Slot> {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let mut slots = dedicated_folder(path);
    slots.extend(file_slot(folder, file));
    slots.extend(plain_folder(path));
    slots.sort_by_key(|slot| slot.shape);
    slots
}

/// `envs/prod/…`, `.envs/.prod/…`
fn dedicated_folder(path: &str) -> Vec<Slot> {
    let parts: Vec<&str> = path.split('/').collect();
    let folders = parts.split_last().map_or(&[] as &[_], |(_, folders)| folders);
    let place = folders.windows(2).find_map(|pair| match pair {
        [folder, name] if DEDICATED.contains(folder) => Some(name.trim_start_matches('.')),
        _ => None,
    });
    let Some(name) = place.filter(|name| !SHARED.contains(name) && EnvName::new(name).is_ok()) else {
        return Vec::new();
    };
    let part = word(name).and_then(|word| name.find(word)).and_then(|at| name.get(at..));
    let slot =
        |name: &str, shape| Slot { template: replace_parts(&parts, name), name: name.to_owned(), shape };
    let part = part.filter(|part| *part != name).map(|part| slot(part, Shape::Part));
    part.into_iter().chain([slot(name, Shape::Dedicated)]).collect()
}

/// `deploy/prod/…`: the last folder with a known name, the strong ones first.
fn plain_folder(path: &str) -> Option<Slot> {
    let parts: Vec<&str> = path.split('/').collect();
    let (file, folders) = parts.split_last()?;
    let last = |is: fn(&str) -> bool| folders.iter().rev().find(|folder| is(folder)).copied();
    let name = last(is_strong).or_else(|| last(is_known))?;
    let proves = is_strong(name) && is_by_convention(file);
    let shape = if proves { Shape::WellKnown } else { Shape::Loose };
    Some(Slot { template: replace_parts(&parts, name), name: name.to_owned(), shape })
}

/// Does a file of this name hold configuration wherever it lies? Then the folder alone tells the environment.
fn is_by_convention(file: &str) -> bool {
    const NAMES: &[&str] = &[
        "terragrunt.hcl",
        "env.hcl",
        "backend.hcl",
        "kustomization.yaml",
        "kustomization.yml",
        "appsettings.json",
    ];
    const BEGINNINGS: &[&str] = &[".env", "docker-compose.", "compose.", "values."];
    NAMES.contains(&file)
        || file.ends_with(".tfvars")
        || BEGINNINGS.iter().any(|beginning| file.starts_with(beginning))
}

/// Puts `{env}` wherever `name` stands alone in a part of the path, or as a word of it.
fn replace_parts(parts: &[&str], name: &str) -> String {
    let replaced: Vec<String> = parts.iter().map(|part| replace_words(part, name)).collect();
    replaced.join("/")
}

fn replace_words(part: &str, name: &str) -> String {
    let is_end = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric());
    let mut text = String::with_capacity(part.len());
    let mut rest = part;
    while let Some((before, after)) = rest.split_once(name) {
        let is_word = is_end(before.chars().next_back().or_else(|| text.chars().next_back()))
            && is_end(after.chars().next());
        text.extend([before, if is_word { Pattern::ENV } else { name }]);
        rest = after;
    }
    text + rest
}

fn file_slot(folder: &str, file: &str) -> Option<Slot> {
    let parent = folder.rsplit('/').next().unwrap_or_default();
    let (found, shape) = dotenv_slot(file).or_else(|| structured_slot(parent, file))?;
    let (before, name, after) = found;
    if shape != Shape::Candidate {
        EnvName::new(name).ok()?;
    }
    let file = format!("{before}{}{after}", Pattern::ENV);
    let folder = replace_parts(&folder.split('/').collect::<Vec<_>>(), name);
    let template = if folder.is_empty() { file } else { format!("{folder}/{file}") };
    Some(Slot { template, name: name.to_owned(), shape })
}

/// What stands before a name, the name, and what stands after it.
type Found<'t> = (&'t str, &'t str, &'t str);

/// `.env.prod`, `.env.db.prod`, `.env.prod.local`, `.env-prod`, `prod.env`
fn dotenv_slot(file: &str) -> Option<(Found<'_>, Shape)> {
    if let Some(rest) = file.strip_prefix(".env.") {
        let is_word = !rest.contains('.') && rest != LOCAL && EnvName::new(rest).is_ok();
        let known = name_segment(rest).map(|segment| (around(file, segment), Shape::WellKnown));
        return known.or_else(|| is_word.then(|| (around(file, rest), Shape::Candidate)));
    }
    if let Some(rest) = file.strip_prefix(".env-").or_else(|| file.strip_prefix(".env_")) {
        return Some((around(file, word(rest)?), Shape::WellKnown));
    }
    let stem = file.strip_suffix(".env").filter(|stem| !stem.is_empty())?;
    let name = if stem == LOCAL { stem } else { word(stem)? };
    let shape = if is_strong(name) { Shape::WellKnown } else { Shape::Loose };
    Some((around(file, name), shape))
}

/// The segment between dots that names an environment: a word that means nothing else, a known name, a compound of one.
fn name_segment(rest: &str) -> Option<&str> {
    let is_override = |index: usize, segment: &str| {
        segment == "local" && rest.split('.').count() == index + 1 // everybody's own layer
    };
    let segments = || rest.split('.').enumerate().filter(|(index, segment)| !is_override(*index, segment));
    let strong = segments().find(|(_, segment)| is_strong(segment));
    let known = strong.or_else(|| segments().find(|(_, segment)| is_known(segment)));
    let is_compound = |segment: &str| segment.split(['-', '_']).any(is_known);
    known.or_else(|| segments().find(|(_, segment)| is_compound(segment))).map(|(_, segment)| segment)
}

/// `values-prod.yaml`, `Pulumi.prod.yaml`, `config/prod.json`, `prod_backend.tfvars`
fn structured_slot<'f>(parent: &str, file: &'f str) -> Option<(Found<'f>, Shape)> {
    let (stem, extension) = split_extension(file)?;
    if let Some(stack) = stem.strip_prefix("Pulumi.") {
        return Some((around(file, stack), Shape::Dedicated));
    }
    let is_never =
        NEVER_NAMES.iter().chain(&[LOCAL]).chain(SHARED).any(|never| never.eq_ignore_ascii_case(stem));
    if DEDICATED_FOR_FILES.contains(&parent) && !is_never {
        let name = word(stem).unwrap_or(stem);
        return Some((around(file, name), Shape::Dedicated));
    }
    if is_of_tool(file) || CONTENT.contains(&parent) {
        return None;
    }
    if let Some(rest) = after_well_known(stem) {
        return match word(rest) {
            Some(name) => Some((around(file, name), Shape::WellKnown)),
            None => Some((around(file, rest), Shape::Candidate)),
        };
    }
    let is_terraform = matches!(extension, "tfvars" | "tfvars.json" | "tfbackend");
    if stem == LOCAL {
        return Some((around(file, stem), if is_terraform { Shape::WellKnown } else { Shape::Candidate }));
    }
    let name = word(stem)?;
    let proves = is_terraform || (name == stem && is_strong(name) && CONFIG.contains(&parent));
    Some((around(file, name), if proves { Shape::WellKnown } else { Shape::Loose }))
}

/// `name` must be a part of `text`.
fn around<'t>(text: &'t str, name: &'t str) -> Found<'t> {
    let at = (name.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    (text.get(..at).unwrap_or_default(), name, text.get(at + name.len()..).unwrap_or_default())
}

/// A file's name without what says its format, and that.
pub fn split_extension(file: &str) -> Option<(&str, &str)> {
    file.strip_suffix(".tfvars.json").map(|stem| (stem, "tfvars.json")).or_else(|| file.rsplit_once('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(path: &str) -> Option<(String, String, Shape)> {
        slots(path).into_iter().next().map(|slot| (slot.template, slot.name, slot.shape))
    }

    #[test]
    fn a_name_is_found_where_layouts_put_it() {
        use Shape::{Candidate, Dedicated, Loose, Part, WellKnown};
        for (path, template, name, shape) in [
            (".env.production", ".env.{env}", "production", WellKnown),
            (".env.db.prod", ".env.db.{env}", "prod", WellKnown),
            (".env.staging.proxy-companion", ".env.{env}.proxy-companion", "staging", WellKnown),
            (".env.prod.local", ".env.{env}.local", "prod", WellKnown),
            (".env.production-fwi", ".env.{env}", "production-fwi", WellKnown),
            (".env-local-wiremock", ".env-{env}-wiremock", "local", WellKnown),
            ("config/.env.ce_dev", "config/.env.{env}", "ce_dev", WellKnown),
            ("env/prod.env", "env/{env}.env", "prod", WellKnown),
            ("docker-compose-local-wiremock.yml", "docker-compose-{env}-wiremock.yml", "local", WellKnown),
            ("docker-compose.prod.yml", "docker-compose.{env}.yml", "prod", WellKnown),
            ("helm/values-prod-eu.yaml", "helm/values-{env}.yaml", "prod-eu", WellKnown),
            ("helm/values-prod-api.yaml", "helm/values-{env}-api.yaml", "prod", WellKnown),
            ("helm/values-pre-prod.yaml", "helm/values-{env}.yaml", "pre-prod", WellKnown),
            ("a/application-quartz.yml", "a/application-{env}.yml", "quartz", Candidate),
            ("appsettings.Production.json", "appsettings.{env}.json", "Production", WellKnown),
            ("Pulumi.mine.yaml", "Pulumi.{env}.yaml", "mine", Dedicated),
            ("prod_backend.tfvars", "{env}_backend.tfvars", "prod", WellKnown),
            ("register_dev.tfvars.json", "register_{env}.tfvars.json", "dev", WellKnown),
            ("envs/prod/prod.tfvars", "envs/{env}/{env}.tfvars", "prod", Dedicated),
            (".envs/.production/.django", ".envs/.{env}/.django", "production", Dedicated),
            ("config/settings/pen.yml", "config/settings/{env}.yml", "pen", Dedicated),
            ("config/production.toml", "config/{env}.toml", "production", WellKnown),
            ("x/production.toml", "x/{env}.toml", "production", Loose),
            ("local.tfvars", "{env}.tfvars", "local", WellKnown),
            ("live/prod/vpc/terragrunt.hcl", "live/{env}/vpc/terragrunt.hcl", "prod", WellKnown),
            ("k/overlays/init-prod-eu/a.yaml", "k/overlays/init-{env}/a.yaml", "prod-eu", Part),
            ("k/overlays/prod-blue-2/a.yaml", "k/overlays/{env}/a.yaml", "prod-blue-2", Dedicated),
            ("config/integration_test.toml", "config/{env}.toml", "integration_test", Loose),
            ("deploy/prod/app.yaml", "deploy/{env}/app.yaml", "prod", Loose),
            ("dev-filter.json", "{env}-filter.json", "dev", Loose),
        ] {
            assert_eq!(first(path), Some((template.to_owned(), name.to_owned(), shape)), "{path}");
        }
    }

    #[test]
    fn what_only_looks_like_a_name_is_none() {
        for path in [
            ".env",
            ".env.local",
            ".env.db",
            "feature.env",
            "docker-compose.local.yml",
            "reproduction.yml",
            "tsconfig.prod.json",
            ".gitlab-ci.yml",
            "cloudbuild-prod.yaml",
            "environments/global/a.yaml",
            "config/superposition.toml",
            "src/main.toml",
            "config/local.json",
        ] {
            assert!(
                first(path).is_none_or(|(_, _, shape)| shape == Shape::Candidate),
                "{path}: {:?}",
                first(path)
            );
        }
    }
}
