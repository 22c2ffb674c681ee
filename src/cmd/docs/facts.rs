//! What the table of environments tells: nothing that differs from one machine to the next, and no value that is not
//! declared and public.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::model::project::{Binding, Description, Environment, Project};
use crate::model::schema::IDENTITY;
use crate::model::secret;
use crate::model::source::Source;
use crate::model::target::Target;
use crate::out::docs::{Cell, Row, Section};
use crate::store::PROCESS;

/// A stack and a key in it.
type Place<'p> = (&'p str, &'p str);

/// Names that an environment says of itself.
type List = fn(&Environment) -> &[String];

/// What an environment has in the files that all share.
type Shared<'p> = BTreeMap<Place<'p>, Binding<'p>>;

/// What everybody has of a project.
pub struct Facts<'p> {
    project: &'p Project,
    /// The files that git ignores; nothing where there is no git.
    ignored: Option<HashSet<&'p str>>,
    /// The environments that everybody has.
    pub environments: Vec<&'p Environment>,
    /// The same without what is one machine's own.
    pub shared: Vec<Environment>,
    /// Those of which git would have nothing.
    pub left_out: Vec<&'p str>,
}

impl<'p> Facts<'p> {
    /// What everybody has, where git ignores these files.
    pub fn of(project: &'p Project, ignored: Option<HashSet<&'p str>>) -> Self {
        let (environments, shared, left_out) = Default::default();
        let mut facts = Self { project, ignored, environments, shared, left_out };
        for one in &project.environments {
            match facts.is_known(one) {
                true => {
                    facts.environments.push(one);
                    facts.shared.push(facts.shared(one));
                }
                false => facts.left_out.push(one.name.as_str()),
            }
        }
        facts
    }

    /// Is it an environment without the files that git ignores too?
    fn is_known(&self, environment: &Environment) -> bool {
        let own = environment.layers.iter().filter(|layer| layer.is_own);
        let mut own = own.filter_map(|layer| self.project.sources.get(layer.source));
        self.project.is_listed || self.ignored.is_none() || own.any(|source| self.is_shared(source))
    }

    fn is_shared(&self, source: &Source) -> bool {
        let is_ignored = self.ignored.as_ref().is_some_and(|all| all.contains(source.path.as_str()));
        source.format != PROCESS && !is_ignored
    }

    /// The environment without the process, without what git ignores, and without anybody's own layers, such as
    /// `.env.local`.
    fn shared(&self, environment: &Environment) -> Environment {
        let is_anybodys = |path: &str| {
            let file = path.rsplit('/').next().unwrap_or(path);
            file.split('.').any(|part| part == "local") && !environment.answers_to("local")
        };
        let is_kept = |source: &Source| self.is_shared(source) && !is_anybodys(&source.path);
        let mut shared = Environment::new(environment.name.clone(), Description::default());
        shared.layers.clone_from(&environment.layers);
        shared.layers.retain(|layer| self.project.sources.get(layer.source).is_some_and(is_kept));
        shared.resolve(&self.project.sources);
        shared
    }

    /// A declared and public value as it is written; of others whether there is one.
    fn state(&self, binding: Option<&Binding<'_>>, is_secret: bool) -> Cell {
        let Some(Binding { entry, .. }) = binding else { return self.absent() };
        match (entry.state(), entry.public_text().filter(|_| !is_secret)) {
            ("set", Some(text)) => Cell::Codes(vec![text.to_owned()]),
            (state, _) => Cell::Word(state),
        }
    }

    /// What is said of a key that no file has which everybody has.
    fn absent(&self) -> Cell {
        Cell::Word(if self.ignored.is_some() { "not in git" } else { "missing" })
    }
}

/// The tables.
pub fn sections(facts: &Facts<'_>) -> Vec<Section> {
    let project = facts.project;
    let shared: Vec<Shared<'_>> = facts
        .shared
        .iter()
        .map(|one| project.bindings(one).map(|binding| ((binding.stack, binding.key()), binding)).collect())
        .collect();
    let places: BTreeSet<Place<'_>> = shared.iter().flat_map(BTreeMap::keys).copied().collect();
    let named = Named::of(&places);
    let (mut targets, mut settings, mut secrets) = (Vec::new(), Vec::new(), Vec::new());
    for place in &places {
        let found: Vec<Option<&Binding<'_>>> = shared.iter().map(|all| all.get(place)).collect();
        let is_secret = found.iter().flatten().any(|binding| binding.entry.secret().is_some());
        let is_declared = found.iter().flatten().any(|binding| project.spec(binding).is_some());
        if let Some(cells) = targets_of(&found) {
            targets.push(Row { name: named.cell(place), cells });
        }
        let cells = || found.iter().map(|binding| facts.state(*binding, is_secret)).collect();
        match (is_secret, is_declared) {
            (true, _) => secrets.push(Row { name: named.cell(place), cells: cells() }),
            (false, true) => settings.push(Row { name: named.cell(place), cells: cells() }),
            (false, false) => {}
        }
    }
    for (name, is_secret) in absent(project, &shared) {
        let cells = facts.environments.iter().map(|_| facts.absent()).collect();
        let rows = if is_secret { &mut secrets } else { &mut settings };
        rows.push(Row { name: Cell::Codes(vec![name.to_owned()]), cells });
    }
    vec![
        Section { title: "Environments", rows: described(&facts.environments) },
        Section { title: "Targets", rows: targets },
        Section { title: "Flags", rows: flags(project, &facts.environments) },
        Section { title: "Settings", rows: settings },
        Section { title: "Secrets", rows: secrets },
    ]
}

/// How keys are called: by their name, or by their identity where several stacks have them.
struct Named<'p>(BTreeMap<&'p str, usize>);

impl<'p> Named<'p> {
    fn of(places: &BTreeSet<Place<'p>>) -> Self {
        let mut counts = BTreeMap::new();
        for (_, key) in places {
            *counts.entry(*key).or_default() += 1;
        }
        Self(counts)
    }

    fn cell(&self, (stack, key): &Place<'_>) -> Cell {
        let is_alone = self.0.get(key) == Some(&1);
        let name = if is_alone { (*key).to_owned() } else { format!("{stack}{IDENTITY}{key}") };
        Cell::Codes(vec![name])
    }
}

/// Where the values of a key lead, if one is a URL.
fn targets_of(found: &[Option<&Binding<'_>>]) -> Option<Vec<Cell>> {
    let targets: Vec<Option<Target>> = found.iter().map(|binding| binding.and_then(Target::of)).collect();
    let cell = |target: Option<Target>| target.map_or(Cell::Blank, |target| texts([target.describe()]));
    targets.iter().any(Option::is_some).then(|| targets.into_iter().map(cell).collect())
}

/// Declared keys that no file has, and whether they are secrets.
fn absent<'p>(project: &'p Project, shared: &[Shared<'_>]) -> Vec<(&'p str, bool)> {
    let bindings = shared.iter().flat_map(BTreeMap::values);
    let present: BTreeSet<&str> =
        bindings.filter_map(|binding| Some(project.spec(binding)?.name.as_str())).collect();
    let absent = project.schema.keys.iter().filter(|key| !present.contains(key.name.as_str()));
    let absent = absent.filter(|key| key.deprecated.is_none());
    absent
        .map(|key| {
            let is_secret = key.secret.unwrap_or_else(|| secret::recognise(&key.name, "").is_some());
            (key.name.as_str(), is_secret)
        })
        .collect()
}

/// What environments say of themselves.
fn described(all: &[&Environment]) -> Vec<Row> {
    let row = |name: &str, cell: &dyn Fn(&Environment) -> Cell| Row {
        name: words(name),
        cells: all.iter().map(|one| cell(one)).collect(),
    };
    let lists: [(&str, List); 4] = [
        ("aliases", |one| &one.about.aliases),
        ("branches", |one| &one.about.branches),
        ("tags", |one| &one.about.tags),
        ("hosts", |one| &one.about.hosts),
    ];
    let mut rows = vec![row("tier", &|one| Cell::Word(one.tier.as_str()))];
    rows.push(row("description", &|one| one.about.description.as_deref().map_or(Cell::Blank, words)));
    let topics: BTreeSet<&str> =
        all.iter().flat_map(|one| &one.about.about).map(|(topic, _)| topic.as_str()).collect();
    rows.extend(topics.into_iter().map(|topic| {
        row(topic, &|one| {
            let said = one.about.about.iter().find(|(own, _)| own == topic);
            said.map_or(Cell::Blank, |(_, text)| words(text))
        })
    }));
    rows.extend(lists.into_iter().map(|(name, list)| row(name, &|one| texts(list(one).iter().cloned()))));
    rows.retain(|row| row.cells.iter().any(|cell| !matches!(cell, Cell::Blank)));
    rows
}

/// Every flag that is declared or set; one that is not set is off.
fn flags(project: &Project, all: &[&Environment]) -> Vec<Row> {
    let set = all.iter().flat_map(|one| &one.about.flags).map(|flag| flag.name.as_str());
    let declared = project.schema.flags.iter().map(|flag| flag.name.as_str());
    let names: BTreeSet<&str> = declared.chain(set).collect();
    let is_on =
        |one: &Environment, name: &str| one.about.flags.iter().any(|flag| flag.name == name && flag.on);
    let row = |name: &str| Row {
        name: texts([name.to_owned()]),
        cells: all.iter().map(|one| Cell::Word(if is_on(one, name) { "on" } else { "off" })).collect(),
    };
    names.into_iter().map(row).collect()
}

/// Words that somebody wrote for people; nothing of them where one looks like a secret.
fn words(text: &str) -> Cell {
    match text {
        "" => Cell::Blank,
        _ if holds_secret(text) => Cell::Word("(looks like a secret)"),
        _ => Cell::Prose(text.to_owned()),
    }
}

/// The same of names.
fn texts(texts: impl IntoIterator<Item = String>) -> Cell {
    let texts: Vec<String> = texts.into_iter().filter(|text| !text.is_empty()).collect();
    match texts.as_slice() {
        [] => Cell::Blank,
        all if all.iter().any(|text| holds_secret(text)) => Cell::Word("(looks like a secret)"),
        _ => Cell::Codes(texts),
    }
}

fn holds_secret(text: &str) -> bool {
    secret::by_shape(text) || text.split_whitespace().any(secret::by_shape)
}
