//! Which spellings are one environment, and how it is called.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Group;
use crate::model::name::EnvName;
use crate::model::tier::spellings_of;

/// A name that stands whatever else is found, with the other names it answers to.
pub struct Fixed {
    /// The name.
    pub name: EnvName,
    /// Its aliases.
    pub aliases: Vec<String>,
}

/// From spellings to environments.
#[derive(Default)]
pub struct Names {
    fixed: Vec<Fixed>,
    by_family: HashMap<&'static str, EnvName>,
    /// All names, by their lower-case spelling.
    pub all: BTreeMap<String, EnvName>,
}

impl Names {
    /// Decides on the names in `groups`. The spellings of one family (`prod`, `production`) are one environment,
    /// called as most files call it, unless the project uses two of them side by side.
    pub fn new(fixed: Vec<Fixed>, groups: &[Group]) -> Self {
        let mut names = Self { fixed, ..Self::default() };
        let apart = apart(&names.fixed, groups);
        for one in
            names.fixed.iter().filter(|one| !family(one.name.as_str()).is_some_and(|f| apart.contains(f)))
        {
            if let Some(family) = family(one.name.as_str()) {
                names.by_family.entry(family).or_insert_with(|| one.name.clone());
            }
        }
        let mut uses: BTreeMap<(&'static str, &str), usize> = BTreeMap::new();
        let spellings = || groups.iter().flat_map(|group| group.members.keys());
        for spelling in spellings() {
            if let Some(family) = family(spelling).filter(|family| !apart.contains(*family)) {
                *uses.entry((family, spelling)).or_default() += 1;
            }
        }
        for spelling in spellings() {
            let Some(family) = family(spelling).filter(|family| !apart.contains(*family)) else { continue };
            let most =
                || uses.iter().filter(|((other, _), _)| *other == family).map(|(_, count)| *count).max();
            let is_most = uses.get(&(family, spelling.as_str())).copied() == most();
            if let Some(name) = EnvName::new(spelling).ok().filter(|_| is_most) {
                names.by_family.entry(family).or_insert(name);
            }
        }
        let fixed = names.fixed.iter().map(|one| one.name.clone());
        names.all = fixed.map(|name| (name.as_str().to_ascii_lowercase(), name)).collect();
        for spelling in spellings() {
            if let Some(name) = names.canonical(spelling) {
                names.all.entry(name.as_str().to_ascii_lowercase()).or_insert(name);
            }
        }
        names
    }

    /// The environment that a spelling means.
    pub fn canonical(&self, spelling: &str) -> Option<EnvName> {
        let is = |one: &&Fixed| {
            one.name.matches(spelling) || one.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(spelling))
        };
        let fixed = self.fixed.iter().find(is).map(|one| one.name.clone());
        fixed
            .or_else(|| self.all.get(&spelling.to_ascii_lowercase()).cloned())
            .or_else(|| self.by_family.get(family(spelling)?).cloned())
            .or_else(|| EnvName::new(spelling).ok())
    }
}

/// The families of which two spellings stand side by side: there, each is an environment.
fn apart(fixed: &[Fixed], groups: &[Group]) -> HashSet<&'static str> {
    let mut apart = HashSet::new();
    let fixed = fixed.iter().map(|one| one.name.as_str()).collect::<Vec<_>>();
    let sets = groups
        .iter()
        .map(|group| group.members.keys().map(String::as_str).collect::<Vec<_>>())
        .chain([fixed]);
    for set in sets {
        let mut seen: HashMap<&'static str, &str> = HashMap::new();
        for spelling in set {
            let Some(family) = family(spelling) else { continue };
            if seen.insert(family, spelling).is_some_and(|other| !other.eq_ignore_ascii_case(spelling)) {
                apart.insert(family);
            }
        }
    }
    apart
}

/// A family by its first spelling.
fn family(name: &str) -> Option<&'static str> {
    spellings_of(name).and_then(|(_, spellings)| spellings.first().copied())
}
