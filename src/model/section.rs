//! Sections: one file that holds the settings of several environments side by side.

use std::collections::BTreeMap;

use super::schema::Pattern;
use super::source::Entry;

/// How sections are laid out in a file, as it stands after `#` in the path of a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sections {
    /// `{env}`: a map at the top, as in Rails' `database.yml`, or a Spring document with `on-profile`.
    Top,
    /// `env.{env}`: `[env.production]` of wrangler.
    Env,
    /// `profiles.{env}`: a list of maps with names, as in skaffold.
    Profiles,
}

/// The prefix that a Spring document for one profile gets.
const ON_PROFILE: &str = "[on-profile/";

impl Sections {
    /// Every layout, and how it is written.
    const ALL: [(Self, &'static str); 3] =
        [(Self::Top, "{env}"), (Self::Env, "env.{env}"), (Self::Profiles, "profiles.{env}")];

    /// The layout that is written so.
    pub fn from_written(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, written)| *written == text).map(|(sections, _)| sections)
    }

    /// The layout that a file of this name has, and nothing else in it; `None` where the keys at its top decide.
    pub fn of_tool(file: &str) -> Option<Self> {
        match file {
            "wrangler.toml" | "wrangler.json" | "wrangler.jsonc" => Some(Self::Env),
            "skaffold.yaml" | "skaffold.yml" => Some(Self::Profiles),
            _ => None,
        }
    }

    /// As it stands after `#`.
    pub fn written(self) -> &'static str {
        Self::ALL.into_iter().find(|(sections, _)| *sections == self).map_or("", |(_, written)| written)
    }

    /// The layout that a section of this path belongs to: `env.production` or `production`.
    pub fn of_section(section: &str) -> Self {
        let starts = |sections: &Self| section.starts_with(sections.lead()) && *sections != Self::Top;
        Self::ALL.into_iter().map(|(sections, _)| sections).find(starts).unwrap_or(Self::Top)
    }

    /// The name in the path of a section.
    pub fn name(self, section: &str) -> &str {
        section.strip_prefix(self.lead()).unwrap_or(section)
    }

    fn lead(self) -> &'static str {
        self.written().strip_suffix(Pattern::ENV).unwrap_or_default()
    }

    /// The section that a path lies in, and the length of what leads there.
    pub fn locate(self, path: &str) -> Option<(&str, usize)> {
        let (before, end) = match self {
            Self::Top if path.starts_with(ON_PROFILE) => (ON_PROFILE, "]."),
            Self::Top => ("", "."),
            Self::Env => ("env.", "."),
            Self::Profiles => ("profiles[", "]."),
        };
        let rest = path.strip_prefix(before)?;
        let (name, _) = rest.split_once(end)?;
        let is_name = !name.is_empty() && !name.contains(['"', '[', ']']);
        is_name.then(|| (name, before.len() + name.len() + end.len()))
    }

    /// Splits entries by their section; the paths begin inside it.
    pub fn split(self, entries: Vec<Entry>) -> BTreeMap<String, Vec<Entry>> {
        let mut sections: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        for mut entry in entries {
            let Some((name, length)) = self.locate(&entry.key) else { continue };
            let name = name.to_owned();
            entry.shorten(length);
            sections.entry(name).or_default().push(entry);
        }
        sections
    }
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
            (Sections::Top, "production.pool", Some(("production", "pool"))),
            (Sections::Top, "[on-profile/dev].server.port", Some(("dev", "server.port"))),
            (Sections::Top, "\"a.b\".c", None),
            (Sections::Top, "version", None),
            (Sections::Env, "env.staging.vars.URL", Some(("staging", "vars.URL"))),
            (Sections::Env, "vars.URL", None),
            (Sections::Profiles, "profiles[dev].build", Some(("dev", "build"))),
        ] {
            let found = sections.locate(path).map(|(name, length)| (name, path.get(length..).unwrap()));
            assert_eq!(found, want, "{path}");
        }
    }
}
