//! The list of what counts in an environment, file by file.

use std::borrow::Cow;

use crate::cmd::filter::Filter;
use crate::model::project::{Environment, Project, Trail};
use crate::model::secret::{by_shape, is_plainly_public};
use crate::model::source::{Entry, Source};
use crate::out::gate::visible;
use crate::out::paint::Paint;
use crate::out::table::{Table, plural};

/// What counts in an environment, in the order of its layers.
pub struct Listing<'p> {
    /// The environment.
    pub environment: &'p Environment,
    /// Its sources that hold something that is listed.
    pub groups: Vec<Group<'p>>,
}

/// A source, and what counts of it.
pub struct Group<'p> {
    source: &'p Source,
    /// The entries that count, in the order of the file.
    pub trails: Vec<Trail<'p>>,
    overridden: usize,
}

impl<'p> Listing<'p> {
    /// What `filter` leaves of `environment`.
    pub fn new(project: &'p Project, environment: &'p Environment, filter: &Filter) -> Self {
        let group = |source| Group { source, trails: Vec::new(), overridden: 0 };
        let layer = |at: usize| environment.layers.get(at);
        let source = |at: usize| project.sources.get(layer(at)?.source);
        let mut groups: Vec<_> = (0..environment.layers.len()).map(|at| source(at).map(group)).collect();
        let is_listed = |at: usize| {
            let stack = layer(at).and_then(|layer| project.stacks.get(layer.stack));
            source(at).zip(stack).is_some_and(|(source, stack)| filter.takes_source(source, &stack.id))
        };
        let trails = project.trails(environment).into_iter();
        for trail in trails.filter(|trail| filter.takes_key(trail.binding.entry)) {
            for loser in &trail.losers {
                if let Some(Some(group)) = groups.get_mut(loser.layer) {
                    group.overridden += 1;
                }
            }
            if let Some(Some(group)) = groups.get_mut(trail.layer) {
                group.trails.push(trail);
            }
        }
        let groups = groups.into_iter().enumerate().filter(|(at, _)| is_listed(*at));
        let groups = groups.filter_map(|(_, group)| group);
        Self { environment, groups: groups.filter(|one| one.overridden + one.trails.len() > 0).collect() }
    }

    /// The list for people, below what the environment says of itself.
    pub fn text(&self, paint: Paint) -> String {
        let mut text = head(self.environment, paint);
        for group in &self.groups {
            text +=
                &format!("\n{}{}\n", paint.bold(&visible(&group.source.name())), paint.dim(&group.note()));
            let mut table = Table::default();
            for trail in &group.trails {
                let entry = trail.binding.entry;
                table.row(vec![visible(&entry.key).into(), line(trail).into()]);
            }
            text += &table.render("  ");
        }
        text + "\n" + &self.counts()
    }

    fn counts(&self) -> String {
        let trails = || self.groups.iter().flat_map(|group| &group.trails);
        let secret = trails().filter(|trail| trail.binding.entry.secret().is_some()).count();
        let sources = plural(self.groups.len(), "source");
        format!("{} in {sources}, {secret} secret\n", plural(trails().count(), "key"))
    }
}

impl Group<'_> {
    fn note(&self) -> String {
        match self.overridden {
            0 => String::new(),
            count => format!("  ({count} overridden below)"),
        }
    }
}

/// An environment's name, and what else decides how careful one has to be there.
pub fn title(environment: &Environment, paint: Paint) -> String {
    let protected = if environment.is_protected() { ", protected" } else { "" };
    format!("{} ({}{protected})", paint.environment(environment), environment.tier.as_str())
}

/// What an environment says of itself; free words that look like a secret are left out.
fn head(environment: &Environment, paint: Paint) -> String {
    let about = &environment.about;
    let inherits = about.inherits.as_ref().map(|(name, _)| name);
    let mut table = Table::default();
    for (label, text) in [("description", about.description.as_ref()), ("inherits", inherits)] {
        if let Some(text) = text.filter(|text| !by_shape(text)) {
            table.row(vec![label.into(), visible(text).into()]);
        }
    }
    for (label, text) in about.about.iter().filter(|(label, text)| !by_shape(label) && !by_shape(text)) {
        table.row(vec![visible(label).into(), visible(text).into()]);
    }
    format!("{}\n{}", title(environment, paint), table.render("  "))
}

/// The value of an entry that counts, and what has to be known about it.
fn line(trail: &Trail<'_>) -> String {
    let names = references(trail.binding.entry);
    let refers = (!names.is_empty()).then(|| format!("refers to {}", names.join(", ")));
    noted(trail, refers)
}

/// The value of an entry that counts, with notes.
pub fn noted(trail: &Trail<'_>, note: Option<String>) -> String {
    let entry = trail.binding.entry;
    let secret = entry.secret().map(|_| "secret".to_owned());
    let unresolved = trail.binding.unresolved().map(|_| "unresolved".to_owned());
    let notes: Vec<String> = [secret, note, unresolved].into_iter().flatten().collect();
    let value = value(entry, false);
    match notes.is_empty() {
        true => value.into_owned(),
        false => format!("{value}  ({})", notes.join(", ")),
    }
}

/// A public value as written, of any other its state.
pub fn value(entry: &Entry, is_hidden: bool) -> Cow<'_, str> {
    match entry.public_text().filter(|text| !is_hidden && !text.is_empty()) {
        Some(text) => visible(text),
        None => Cow::Borrowed(entry.state()),
    }
}

/// The keys that a value refers to, as far as they may be named: a `${` may happen to stand in a password.
pub fn references(entry: &Entry) -> Vec<&str> {
    entry.references().into_iter().filter(|name| is_plainly_public(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cmd::show::{card, inspect::Inspector, report};
    use crate::model::name::EnvName;
    use crate::model::project::{Description, Layer, Stack};
    use crate::model::source::{SourceKind, ValueType};
    use crate::model::variables::Variables;
    use crate::out::paint::When;

    /// Settings of every type, over a base that says one of them otherwise.
    fn project() -> Project {
        let setting = |path: &str, text: &str, value_type| Entry::setting(path, text, value_type, 0, 3);
        let source = |path: &str, entries| {
            let mut source = Source::new(path.to_owned(), "yaml", SourceKind::Settings, "k: v");
            source.entries = entries;
            source
        };
        let base = source("values.yaml", vec![setting("image.tag", "1", ValueType::Number)]);
        let own = vec![
            setting("image.tag", "1", ValueType::String),
            setting("none", "", ValueType::Null),
            setting("hosts", "[]", ValueType::List),
            setting("labels", "{}", ValueType::Map),
            setting("tokens", "[]", ValueType::List),
            setting("on", "true", ValueType::Boolean),
            Entry::variable("web.environment.PORT", "web.environment.".len(), "80", 0, 3),
        ];
        let mut own = source("values-dev.yaml", own);
        own.entries[4].declare_secret(true);
        let mut environment = Environment::new(EnvName::new("dev").unwrap(), Description::default());
        let layer =
            |source| Layer { stack: 0, source, level: Some(source), rank: source, is_own: source == 1 };
        environment.layers = vec![layer(0), layer(1)];
        let sources = vec![base, own];
        environment.resolve(&sources);
        let stacks = vec![Stack { id: "values-{env}.yaml".to_owned(), ..Stack::default() }];
        Project { stacks, sources, environments: vec![environment], ..Project::default() }
    }

    fn plain() -> Paint {
        Paint::decide(When::Never, &Variables::default(), false)
    }

    #[test]
    fn settings_are_told_with_null_and_what_is_empty() {
        let project = project();
        let listing = Listing::new(&project, &project.environments[0], &Filter::new(None, None));
        let expected = "\
dev (development)

values.yaml  (1 overridden below)

values-dev.yaml
  image.tag             1
  none                  null
  hosts                 []
  labels                {}
  tokens                empty  (secret)
  on                    true
  web.environment.PORT  80

7 keys in 2 sources, 1 secret
";
        assert_eq!(listing.text(plain()), expected);
        let json = serde_json::to_value(report::listing(&listing)).unwrap();
        let fields = |name: &str| -> Vec<String> {
            let entries = json["entries"].as_array().unwrap().iter();
            entries.map(|entry| entry[name].as_str().unwrap_or("-").to_owned()).collect()
        };
        assert_eq!(fields("state"), ["set", "null", "empty", "empty", "empty", "set", "set"]);
        assert_eq!(fields("type"), ["string", "null", "list", "map", "list", "boolean", "string"]);
        assert_eq!(fields("value"), ["1", "-", "[]", "{}", "-", "true", "80"]);
        assert_eq!(fields("name")[6], "PORT");
        assert_eq!((&*fields("kind")[5], &*fields("kind")[6]), ("setting", "variable"));
    }

    #[test]
    fn a_setting_is_inspected_by_its_path_and_a_variable_by_its_name() {
        let project = project();
        let environment = &project.environments[0];
        let inspector = Inspector::new(&project, environment, jiff::civil::date(2030, 1, 1));
        let shell = Variables::new([("PORT".into(), "81".into()), ("on".into(), "true".into())]);
        let card = |word: &str| {
            let inspected = inspector.keys(word, &shell).unwrap();
            card::text(environment, &inspected, plain())
        };
        let tag = "\
image.tag in dev (development)
  value     1
  from      values-dev.yaml:1:1
  over      values.yaml:1:1  1  (number)
  identity  values-{env}.yaml::image.tag
  type      string
";
        assert_eq!(card("image.tag"), tag);
        assert!(card("PORT").contains("  shell     also sets PORT, to another value\n"), "{}", card("PORT"));
        assert!(!card("on").contains("shell"), "a setting is no variable");
        assert!(inspector.keys("tag", &shell).is_err());
    }
}
