//! Layouts: which layers lie around the file of an environment, by the convention of whoever reads it.

use super::loader::LayerOrder;
use super::name::NEVER_NAMES;
use super::schema::Pattern;

/// What a file is for, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It may hold values.
    Values,
    /// It says which keys are wanted: `.env.example`, `variables.tf`.
    Schema,
    /// A copy that nobody reads.
    Backup,
    /// Encrypted as a whole.
    Encrypted,
    /// Code: it proves that an environment exists, and is not run.
    Code,
}

/// Words that make a file a template.
const SCHEMA_WORDS: &[&str] = &["example", "sample", "dist", "template", "tmpl", "tpl", "schema"];
const BACKUP_ENDINGS: &[&str] = &["~", ".bak", ".orig", ".old", ".swp", ".save", ".rej", ".backup"];
const ENCRYPTED_ENDINGS: &[&str] = &[".enc", ".gpg", ".age", ".asc", ".pgp", ".vault"];
const CODE_ENDINGS: &[&str] =
    &[".rb", ".py", ".exs", ".ts", ".js", ".mjs", ".cjs", ".php", ".kts", ".groovy"];

impl Role {
    /// The role of a file of this name.
    pub fn of(file: &str) -> Self {
        let ends = |endings: &[&str]| endings.iter().any(|ending| file.ends_with(ending));
        let is_schema = |word: &str| SCHEMA_WORDS.iter().any(|schema| schema.eq_ignore_ascii_case(word));
        match () {
            () if ends(BACKUP_ENDINGS) => Self::Backup,
            () if ends(ENCRYPTED_ENDINGS) => Self::Encrypted,
            () if file == "variables.tf" || file.split('.').any(is_schema) => Self::Schema,
            () if ends(CODE_ENDINGS) => Self::Code,
            () => Self::Values,
        }
    }
}

/// The path of the file that the template at `path` is for, `.env.prod.local` for `.env.prod.local.dist`; nothing where
/// it is no template.
pub fn templated(path: &str) -> Option<String> {
    let (folder, file) = split(path);
    let is_schema = |word: &str| SCHEMA_WORDS.iter().any(|schema| schema.eq_ignore_ascii_case(word));
    let words: Vec<&str> = file.split('.').filter(|word| !is_schema(word)).collect();
    let is_template = words.len() < file.split('.').count();
    let name = words.join(".");
    let dot = if name.starts_with("env") { "." } else { "" }; // `env.example`, `example.env`
    is_template.then(|| join(folder, &format!("{dot}{name}")))
}

/// Is it a file of Spring, where `server.port` is the port of the server however it is written?
pub fn is_spring(path: &str) -> bool {
    let (_, file) = split(path);
    let is_yaml = file.ends_with(".yml") || file.ends_with(".yaml");
    is_yaml && ["application", "bootstrap"].iter().any(|name| file.starts_with(name))
}

/// What lies below a file that carries an environment's name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Base {
    /// Nothing: each file stands for itself.
    Alone,
    /// The file without the name, which is always loaded.
    Loaded,
    /// The file without the name, where the tool is told to read both: it says nothing of an environment that has no file of
    /// its own.
    Told,
}

/// How files begin that are known to come in one variant for each environment, and what lies below them.
const WELL_KNOWN: &[(&str, Base)] = &[
    ("docker-compose", Base::Told),
    ("compose", Base::Told),
    ("values", Base::Told),
    ("deploy", Base::Told),
    ("application", Base::Loaded),
    ("bootstrap", Base::Loaded),
    ("appsettings", Base::Loaded),
    ("settings", Base::Loaded),
    ("config", Base::Loaded),
    ("app", Base::Loaded),
    ("mise", Base::Loaded),
    (".mise", Base::Loaded),
    ("fly", Base::Alone),
    ("wrangler", Base::Alone),
    ("secrets", Base::Alone),
    ("skaffold", Base::Alone),
    ("serverless", Base::Alone),
];

/// What follows the well-known beginning of a file's stem, and the mark after it: `prod` in `values-prod`.
pub fn after_well_known(stem: &str) -> Option<&str> {
    WELL_KNOWN.iter().find_map(|(known, _)| stem.strip_prefix(known)?.strip_prefix(['.', '-', '_']))
}

/// Does the base of this stack lie below every environment, or only below those that have a file of their own in it?
pub fn is_base_of_all(template: &str) -> bool {
    let (folder, file) = split(template);
    !WELL_KNOWN.iter().any(|(known, base)| *base == Base::Told && file.starts_with(known))
        && !folder.split('/').any(|part| part == Pattern::ENV)
}

/// The layers of the stack that `template` belongs to, lowest first; `is_there` says which files exist.
pub fn layers(template: &str, order: LayerOrder, is_there: impl Fn(&str) -> bool + Copy) -> Vec<String> {
    let (folder, file) = split(template);
    let beside = |name: &str| join(folder, name);
    if file == format!(".env.{}", Pattern::ENV) {
        return dotenv(folder, template, order);
    }
    if file == ".env" {
        return vec![template.to_owned(), format!("{template}.local")];
    }
    if let Some((prefix, extension)) = plain_variant(file) {
        let mut bases =
            extensions(extension).into_iter().map(|extension| beside(&format!("{prefix}.{extension}")));
        let base = bases.find(|base| is_there(base));
        return base.into_iter().chain([template.to_owned()]).collect();
    }
    if let Some(extension) = file.strip_prefix("{env}.").filter(|extension| !extension.starts_with("tf")) {
        return whole_stem(folder, template, extension, is_there);
    }
    let base = kustomize_base(folder, is_there).map(|base| join(&base, file)).filter(|base| is_there(base));
    base.into_iter().chain([template.to_owned()]).collect()
}

/// `overlays/production` over `base`, as kustomize lays them; `k8s/production` over `k8s/base` where that is kustomize's.
fn kustomize_base(folder: &str, is_there: impl Fn(&str) -> bool) -> Option<String> {
    const KUSTOMIZATIONS: &[&str] = &["kustomization.yaml", "kustomization.yml"];
    if let Some((above, below)) = folder.split_once("overlays/{env}") {
        return Some(format!("{above}base{below}"));
    }
    let (above, name) = split(folder);
    let base = join(above, "base");
    let is_kustomize = name == Pattern::ENV && KUSTOMIZATIONS.iter().any(|file| is_there(&join(&base, file)));
    is_kustomize.then_some(base)
}

/// `.env`, `.env.local`, `.env.production`, `.env.production.local`, in the order of whoever loads them.
fn dotenv(folder: &str, template: &str, order: LayerOrder) -> Vec<String> {
    let (base, local, own) = (join(folder, ".env"), join(folder, ".env.local"), template.to_owned());
    let last = format!("{template}.local");
    match order {
        LayerOrder::LocalBelowEnvironment => vec![base, local, own, last],
        LayerOrder::LocalAboveEnvironment => vec![base, own, local, last],
        LayerOrder::EnvironmentAlone => vec![base, own],
    }
}

/// `config/production.json` over `config/default.json`; `config/settings/production.yml` over `config/settings.yml`.
fn whole_stem(folder: &str, template: &str, extension: &str, is_there: impl Fn(&str) -> bool) -> Vec<String> {
    let mut layers = vec![template.to_owned()];
    let (above, parent) = split(folder);
    let names = NEVER_NAMES.iter().map(|name| join(folder, &format!("{name}.{extension}")));
    let bases = [join(above, &format!("{parent}.{extension}"))].into_iter().chain(names);
    if let Some(base) = bases.into_iter().find(|base| is_there(base)) {
        layers.insert(0, base);
    }
    let own =
        [join(above, &format!("{parent}.local.{extension}")), join(folder, &format!("local.{extension}"))];
    layers.extend(own.into_iter().filter(|local| is_there(local)));
    layers.push(join(folder, &format!("{}.local.{extension}", Pattern::ENV)));
    layers
}

/// `PREFIX-{env}.EXT` of a prefix whose file without the environment is the base: the prefix, and the extension.
fn plain_variant(file: &str) -> Option<(&str, &str)> {
    let (before, after) = file.split_once(Pattern::ENV)?;
    let prefix = before.strip_suffix(['.', '-', '_'])?;
    let extension = after.strip_prefix('.').filter(|extension| !extension.contains('.'))?;
    let has_base = |(known, base): &(&str, Base)| *known == prefix && *base != Base::Alone;
    WELL_KNOWN.iter().any(has_base).then_some((prefix, extension))
}

/// The extensions that a base may have beside this one.
fn extensions(extension: &str) -> Vec<&str> {
    const ALIKE: &[&str] = &["yml", "yaml", "properties"];
    let others = ALIKE.iter().filter(|other| ALIKE.contains(&extension) && **other != extension);
    [extension].into_iter().chain(others.copied()).collect()
}

/// The template of the stack that a file belongs to: `.env.{env}.local` is a layer of `.env.{env}`.
pub fn stack_template(template: &str) -> String {
    let (folder, file) = split(template);
    match file.strip_suffix(".local").filter(|file| file.starts_with(".env")) {
        Some(own) => join(folder, own),
        None => template.replace("/{env}.local.", "/{env}."),
    }
}

/// A path's folder and file.
pub fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// A file in a folder.
pub fn join(folder: &str, file: &str) -> String {
    if folder.is_empty() { file.to_owned() } else { format!("{folder}/{file}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(template: &str, there: &[&str]) -> Vec<String> {
        layers(template, LayerOrder::LocalBelowEnvironment, |path| there.contains(&path))
    }

    #[test]
    fn each_convention_has_its_base() {
        assert_eq!(of(".env.{env}", &[]), [".env", ".env.local", ".env.{env}", ".env.{env}.local"]);
        assert_eq!(
            of("a/application-{env}.yml", &["a/application.yaml"]),
            ["a/application.yaml", "a/application-{env}.yml"]
        );
        assert_eq!(
            of("config/{env}.json", &["config/default.json"]),
            ["config/default.json", "config/{env}.json", "config/{env}.local.json"]
        );
        assert_eq!(
            of("config/settings/{env}.yml", &["config/settings.yml", "config/settings.local.yml"]),
            [
                "config/settings.yml",
                "config/settings/{env}.yml",
                "config/settings.local.yml",
                "config/settings/{env}.local.yml"
            ]
        );
        assert_eq!(
            of("k/overlays/{env}/config.yaml", &["k/base/config.yaml"]),
            ["k/base/config.yaml", "k/overlays/{env}/config.yaml"]
        );
        assert_eq!(
            of("k/{env}/config.yaml", &["k/base/config.yaml", "k/base/kustomization.yaml"]),
            ["k/base/config.yaml", "k/{env}/config.yaml"]
        );
        assert_eq!(of("k/{env}/config.yaml", &["k/base/config.yaml"]), ["k/{env}/config.yaml"]);
        assert_eq!(
            of("config/deploy.{env}.yml", &["config/deploy.yml"]),
            ["config/deploy.yml", "config/deploy.{env}.yml"]
        );
        assert_eq!(of("envs/{env}/terraform.tfvars", &["terraform.tfvars"]), ["envs/{env}/terraform.tfvars"]);
        assert_eq!(of("{env}.tfvars", &["local.tfvars", "default.tfvars"]), ["{env}.tfvars"]);
        assert_eq!(of("Pulumi.{env}.yaml", &["Pulumi.yaml"]), ["Pulumi.{env}.yaml"]);
        assert_eq!(of("docker-compose-{env}-x.yml", &["docker-compose.yml"]), ["docker-compose-{env}-x.yml"]);
    }

    #[test]
    fn a_name_tells_what_a_file_is_for() {
        for (file, role) in [
            (".env.example", Role::Schema),
            (".env.prod.local.dist", Role::Schema),
            ("variables.tf", Role::Schema),
            (".env.prod.bak", Role::Backup),
            ("production.yml.enc", Role::Encrypted),
            ("production.rb", Role::Code),
            (".env.prod", Role::Values),
        ] {
            assert_eq!(Role::of(file), role, "{file}");
        }
    }
}
