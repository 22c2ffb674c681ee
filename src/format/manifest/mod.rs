//! The manifest `envctl.toml`: read as written ([`raw`]), then brought into its normal form ([`normal`]).

mod environments;
mod ignore;
mod normal;
pub(crate) mod raw;

use semver::{Version, VersionReq};

use super::toml_text::{self, Complaint};
use crate::model::project::Description;
use crate::model::schema::Schema;
use crate::model::tier::same_family;
pub use environments::describe;
pub use ignore::Ignore;
#[cfg(test)]
pub(crate) use normal::general;
use raw::{RawManifest, RawRequirement, Spanned};

/// The file's name, in the project's root.
pub const FILE: &str = "envctl.toml";

/// A manifest in its normal form.
#[derive(Default)]
pub struct Manifest {
    /// The project's name.
    pub name: Option<String>,
    /// Where `context` writes, relative to the root.
    pub context: Option<String>,
    /// Which findings are known, relative to the root.
    pub baseline: Option<String>,
    /// Paths or globs that are not read.
    pub ignore: Ignore,
    /// The environments, where the manifest lists them all: no other name in a path is one.
    pub listed: Option<Vec<String>>,
    /// Stacks: their files, lowest layer first; `{env}` stands for the environment.
    pub stacks: Vec<Vec<String>>,
    /// `[environments.NAME]`.
    pub environments: Vec<Declared>,
    /// What is asked of keys, flags and rules.
    pub schema: Schema,
    /// Every word that must mean an environment or a tier, with its byte offset.
    pub mentions: Vec<(String, usize)>,
}

impl Manifest {
    /// Does it list or describe an environment of this name?
    pub fn declares(&self, name: &str) -> bool {
        let listed = self.listed.iter().flatten();
        let mut names = listed.chain(self.environments.iter().map(|one| &one.name));
        names.any(|declared| declared.eq_ignore_ascii_case(name))
    }

    /// May a name that stands in a path be an environment's? `false` only where the manifest lists them all, and this
    /// is neither one of them nor another spelling of one.
    pub fn allows(&self, name: &str) -> bool {
        let is_alias =
            |declared: &Declared| declared.about.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name));
        let is_listed = |listed: &Vec<String>| listed.iter().any(|one| same_family(one, name));
        self.listed.as_ref().is_none_or(is_listed)
            || self.declares(name)
            || self.environments.iter().any(is_alias)
    }
}

/// `[environments.NAME]`.
pub struct Declared {
    /// The name as written.
    pub name: String,
    /// Byte offset of the name.
    pub offset: usize,
    /// What it says.
    pub about: Description,
    /// Its `[vars]`.
    pub variables: Vec<crate::model::source::Entry>,
    /// Files that are its own though their names do not say so.
    pub files: Vec<String>,
}

/// Why a manifest cannot be used.
#[derive(Debug)]
pub enum Rejection {
    /// It wants another envctl: the requirement as written. Nothing else was looked at.
    WrongVersion(String),
    /// Something in it is wrong.
    Wrong(Complaint),
}

impl From<Complaint> for Rejection {
    fn from(complaint: Complaint) -> Self {
        Self::Wrong(complaint)
    }
}

/// Reads a manifest. `rules` are the ids that `[rules]` and `[[accept]]` may name.
///
/// # Errors
/// [`Rejection`], for the first thing that is wrong.
pub fn read(text: &str, rules: &[&str]) -> Result<Manifest, Rejection> {
    // A manifest for another envctl may hold anything: only if this one is not understood is it asked for its version alone.
    let raw = toml_text::read::<RawManifest>(text).or_else(|complaint| {
        let asked = toml_text::read::<RawRequirement>(text).unwrap_or_default();
        check_version(asked.project.envctl.as_ref())?;
        Err(Rejection::Wrong(complaint))
    })?;
    check_version(raw.project.envctl.as_ref())?;
    Ok(normal::normalise(raw, text, rules)?)
}

fn check_version(wanted: Option<&Spanned<String>>) -> Result<(), Rejection> {
    let Some(wanted) = wanted else { return Ok(()) };
    let requirement = VersionReq::parse(wanted.get_ref()).map_err(|_| {
        let help = "write for example envctl = \">=0.1\"";
        Complaint::new(wanted.span().start, "this is no version requirement", help)
    })?;
    let here = Version::parse(env!("CARGO_PKG_VERSION")).ok();
    match here.is_some_and(|here| requirement.matches(&here)) {
        true => Ok(()),
        false => Err(Rejection::WrongVersion(wanted.get_ref().clone())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint(text: &str) -> Complaint {
        match read(text, &["placeholder", "same-secret"]) {
            Err(Rejection::Wrong(complaint)) => complaint,
            Err(Rejection::WrongVersion(wanted)) => panic!("wants {wanted}"),
            Ok(_) => panic!("accepted"),
        }
    }

    #[test]
    fn an_older_envctl_looks_at_the_version_and_at_nothing_else() {
        let text = "[project]\nenvctl = '>=99'\nfrom_the_future = 1\n[new.things]\n";
        assert!(matches!(read(text, &[]), Err(Rejection::WrongVersion(wanted)) if wanted == ">=99"));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        for (text, message) in [
            ("[keys.A]\ntype = 'strng'", "there is no type `strng`"),
            ("[keys.A]\npattern = '('", "this is not a regular expression that envctl can use"),
            ("[keys.A]\nmin = 3\nmax = 1", "`min` is greater than `max`"),
            ("[keys.A]\ntype = 'enum'", "an enum needs its `values`"),
            ("[keys.A]\nvalues = []", "`values` is empty, so that no value fits"),
            ("[keys.A]\ndistinct = []", "`distinct` or `same` names no environment"),
            (
                "[keys.M]\nvalues = ['a']\n[keys.A]\nrequired-if = { M = 'b' }",
                "M is never what this condition waits for",
            ),
            ("[keys.A]\ndistinct = true\nsame = true", "a key cannot be both `distinct` and `same`"),
            ("[keys.A]\nvaries = ' '", "`varies` needs a reason"),
            ("[keys.A]\nsame = true\nvaries = 'x'", "a key cannot be the `same` everywhere and vary"),
            ("[keys.A.in.dev]\nvaries = 'x'", "`varies` concerns the key in all environments"),
            ("[[varies]]\nkeys = []\nreason = 'x'", "`varies` names no key"),
            ("[[varies]]\nkeys = ['A']\nin = []\nreason = 'x'", "`in` names no environment"),
            ("[[varies]]\nkeys = ['A']", "`reason` is missing in this table"),
            ("[keys.A.in.dev]\ndistinct = true", "`distinct` concerns the key in all environments"),
            ("[rules]\nplaceholdr = 'error'", "there is no rule `placeholdr`"),
            ("[rules.in.dev]\nplaceholder = 'loud'", "this is none of the words that may stand here"),
            ("[[accept]]\nrule = 'same-secret'\nreason = ' '", "an acceptance needs a reason"),
            ("[[accept]]\nrule = 'parse-error'\nreason = 'x'", "what cannot be read cannot be called safe"),
            (
                "[[accept]]\nrule = 'unused-acceptance'\nreason = 'x'",
                "nobody can accept this rule's findings",
            ),
            ("[[accept]]\nrule = 'same-secret'", "`reason` is missing in this table"),
            ("[[stack]]\nfiles = ['../x']", "a path must be relative and stay in the project"),
            ("[[stack]]\nfiles = ['.env']", "a stack needs a file with `{env}` in its path"),
            ("[project]\nloader = ['composer']", "there is no loader `composer`"),
            ("[project]\ndefault = ''", "an environment cannot be named ``: it is empty"),
        ] {
            assert_eq!(complaint(text).message, message, "{text}");
        }
    }

    #[test]
    fn a_condition_may_wait_for_what_a_key_is_in_one_environment_alone() {
        let text =
            "[keys.M]\nvalues = ['a']\n[keys.M.in.dev]\nvalues = ['b']\n[keys.A]\nrequired-if = { M = 'b' }";
        assert!(read(text, &[]).is_ok());
    }

    #[test]
    fn a_whole_manifest_is_understood() {
        let text = "
            [project]
            name = 'telbot'
            envctl = '>=0.1'
            default = 'development'
            loader = ['node', 'Docker-Compose']
            [keys.LOG_LEVEL]
            type = 'enum'
            values = ['debug', 'info']
            [keys.LOG_LEVEL.in.production]
            values = ['info']
            [flags.beta]
            allowed-in = ['development']
            expires = 2030-01-31
            [rules]
            placeholder = 'off'
            [rules.in.production]
            placeholder = 'error'
            [[accept]]
            rule = 'same-secret'
            reason = 'shared test key'
            [environments.development]
            tier = 'development'
            [environments.development.vars]
            PORT = 3000";
        let manifest = read(text, &["placeholder", "same-secret"]).map_err(|_| ()).unwrap();
        assert_eq!(manifest.schema.keys.len(), 1);
        let loaders: Vec<_> = manifest.schema.loaders.iter().map(|loader| loader.name).collect();
        assert_eq!(loaders, ["node", "compose"]);
        assert_eq!(manifest.schema.levels.len(), 2);
        assert_eq!(manifest.schema.acceptances[0].at.line, 19);
        assert_eq!(manifest.environments[0].variables[0].public_text(), Some("3000"));
        let words: Vec<_> = manifest.mentions.iter().map(|(word, _)| word.as_str()).collect();
        assert_eq!(words, ["development", "production", "development", "production"]);
    }
}
