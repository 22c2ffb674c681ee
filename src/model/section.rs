//! Sections: one file that holds the settings of several environments side by side.

use std::collections::BTreeMap;

use super::schema::Pattern;
use super::source::Entry;

/// How sections are laid out in a file, as it stands after `#` in the path of a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sections {
    /// As it is written after `#`: `env.{env}`.
    pub written: &'static str,
    /// What stands before and after the name in the path of an entry: `env.`, `.`
    around: (&'static str, &'static str),
}

const fn sections(written: &'static str, before: &'static str) -> Sections {
    Sections { written, around: (before, ".") }
}

/// A list of maps with names, as in skaffold.
const PROFILES: Sections = Sections { written: "profiles.{env}", around: ("profiles[", "].") };

/// The prefix that a Spring document for one profile gets.
const ON_PROFILE: &str = "[on-profile/";

impl Sections {
    /// A map at the top, as in Rails' `database.yml`, or a Spring document with `on-profile`.
    pub const TOP: Self = sections("{env}", "");

    /// The layouts of tools: the file, and where its sections stand, the most specific place first.
    const OF_TOOLS: &[(&[&str], &[Self])] = &[
        (&["wrangler.toml", "wrangler.json", "wrangler.jsonc"], &[Self::ENV]),
        (&["skaffold.yaml", "skaffold.yml"], &[PROFILES]),
        (&["eas.json"], &[sections("build.{env}", "build.")]),
        (&["helmfile.yaml", "helmfile.yml"], &[sections("environments.{env}", "environments.")]),
        (
            &["serverless.yml", "serverless.yaml"],
            &[
                sections("params.{env}", "params."),
                sections("stages.{env}", "stages."),
                sections("custom.stages.{env}", "custom.stages."),
                sections("custom.{env}", "custom."),
            ],
        ),
    ];

    /// `[env.production]` of wrangler.
    const ENV: Self = sections("env.{env}", "env.");

    fn all() -> impl Iterator<Item = Self> {
        let of_tools = Self::OF_TOOLS.iter().flat_map(|(_, sections)| sections.iter().copied());
        of_tools.chain([Self::TOP])
    }

    /// The layout that is written so.
    pub fn from_written(text: &str) -> Option<Self> {
        Self::all().find(|sections| sections.written == text)
    }

    /// The layouts that a file of this name may have, and nothing else in it; `None` where the keys at its top decide.
    pub fn of_tool(file: &str) -> Option<&'static [Self]> {
        Self::OF_TOOLS.iter().find(|(files, _)| files.contains(&file)).map(|(_, sections)| *sections)
    }

    /// Is whatever stands there an environment? Other places hold more than those.
    pub fn is_for_environments(self) -> bool {
        self == Self::ENV
    }

    /// The layout that a section of this path belongs to: `env.production` or `production`.
    pub fn of_section(section: &str) -> Self {
        let starts = |sections: &Self| section.starts_with(sections.lead());
        Self::all().find(starts).unwrap_or(Self::TOP)
    }

    /// The name in the path of a section.
    pub fn name(self, section: &str) -> &str {
        section.strip_prefix(self.lead()).unwrap_or(section)
    }

    fn lead(self) -> &'static str {
        self.written.strip_suffix(Pattern::ENV).unwrap_or_default()
    }

    /// The section that a path lies in, and the length of what leads there.
    pub fn locate(self, path: &str) -> Option<(&str, usize)> {
        let (before, end) = match self {
            Self::TOP if path.starts_with(ON_PROFILE) => (ON_PROFILE, "]."),
            _ => self.around,
        };
        // skaffold's files look like documents of Kubernetes, and their paths begin as those do
        let inner = match path.strip_prefix("[Config/").and_then(|rest| rest.split_once("].")) {
            Some((_, inner)) if self == PROFILES => inner,
            _ => path,
        };
        let rest = inner.strip_prefix(before)?;
        let (name, _) = rest.split_once(end)?;
        let is_name = !name.is_empty() && !name.contains(['"', '[', ']']);
        is_name.then(|| (name, path.len() - rest.len() + name.len() + end.len()))
    }

    /// Splits entries by their section; the paths begin inside it. What stands beside the sections at the top of a
    /// file, and is no map, is everybody's.
    pub fn split(self, entries: Vec<Entry>) -> BTreeMap<String, Vec<Entry>> {
        let mut sections: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        for mut entry in entries {
            let is_everybodys = self == Self::TOP && !entry.key.contains('.');
            let place = self.locate(&entry.key).map(|(name, length)| (name.to_owned(), length));
            let shared = || is_everybodys.then(|| (Self::SHARED.to_owned(), 0));
            let Some((written, length)) = place.or_else(shared) else { continue };
            entry.shorten(length);
            let mut names: Vec<&str> = names(&written).collect();
            let last = names.pop();
            for name in names {
                sections.entry(name.to_owned()).or_default().push(entry.clone());
            }
            sections.entry(last.unwrap_or_default().to_owned()).or_default().push(entry);
        }
        sections
    }

    /// The section that Rails lays below all others.
    pub const SHARED: &str = "shared";
}

/// The names that one section stands for: a Spring document may be for several profiles, `dev, qa` or `dev | qa`. An
/// expression of another kind, `!dev`, is no name.
pub fn names(written: &str) -> impl Iterator<Item = &str> {
    written.split([',', '|']).map(str::trim)
}

/// Is the profile of a document an expression that is not evaluated?
pub fn is_expression(path: &str) -> bool {
    let inside = path.strip_prefix(ON_PROFILE).and_then(|rest| rest.split_once("]."));
    inside.is_some_and(|(written, _)| written.contains(['!', '&', '(', ')']))
}

/// Takes out what belongs to one profile alone: the rest of the file is everybody's.
pub fn without_profiles(entries: &mut Vec<Entry>) {
    entries.retain(|entry| !entry.key.starts_with(ON_PROFILE));
}

/// The path of a layer: its file, and the section in it.
pub fn split_path(layer: &str) -> (&str, Option<&str>) {
    match layer.split_once('#') {
        Some((file, section)) => (file, Some(section)),
        None => (layer, None),
    }
}

/// Is there a slot in the path of this layer?
pub fn has_slot(layer: &str) -> bool {
    layer.contains(Pattern::ENV)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_found_in_its_section() {
        for (sections, path, want) in [
            (Sections::TOP, "production.pool", Some(("production", "pool"))),
            (Sections::TOP, "[on-profile/dev].server.port", Some(("dev", "server.port"))),
            (Sections::TOP, "\"a.b\".c", None),
            (Sections::TOP, "version", None),
            (Sections::ENV, "env.staging.vars.URL", Some(("staging", "vars.URL"))),
            (Sections::ENV, "vars.URL", None),
            (PROFILES, "profiles[dev].build", Some(("dev", "build"))),
            (PROFILES, "[Config/shop].profiles[dev].build", Some(("dev", "build"))),
            (PROFILES, "[Config/shop].build.x", None),
        ] {
            let found = sections.locate(path).map(|(name, length)| (name, path.get(length..).unwrap()));
            assert_eq!(found, want, "{path}");
        }
    }
}
