//! `duplicate-key`: a key is set twice in one file.

use std::collections::HashMap;

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::finding::Related;
use crate::model::project::Environment;
use crate::model::source::{Entry, Source};

/// The rule.
pub const RULE: Rule = Rule {
    id: "duplicate-key",
    group: "shape",
    summary: "a key is set twice in one file",
    why: "Some readers take the first, some the last. Whoever corrects the one they see may correct the one that does not count.",
    fix: "Keep one of the lines. envctl takes the last.",
    severity: Severities::WARNING,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let sources = |environment| case.project.sources_of(environment).map(move |source| (environment, source));
    case.environments()
        .flat_map(sources)
        .flat_map(|(environment, source)| twice(environment, source))
        .collect()
}

/// One finding a key, at its last line, which wins.
fn twice(environment: &Environment, source: &Source) -> Vec<Draft> {
    let mut keys: HashMap<&str, (&Entry, Vec<&Entry>)> = HashMap::with_capacity(source.entries.len());
    for entry in &source.entries {
        keys.entry(&entry.key)
            .and_modify(|(winner, earlier)| earlier.push(std::mem::replace(winner, entry)))
            .or_insert((entry, Vec::new()));
    }
    let repeated = keys.into_values().filter(|(_, earlier)| !earlier.is_empty());
    let leaves = repeated.map(|(winner, earlier)| draft(environment, source, winner, &earlier));
    leaves.chain(wholes(environment, source)).collect()
}

/// Maps of which nothing counts, because others of the same names follow.
fn wholes<'s>(environment: &Environment, source: &'s Source) -> Vec<Draft> {
    if source.overruled.is_empty() {
        return Vec::new();
    }
    let mut by_key: Vec<&Entry> = source.entries.iter().collect();
    by_key.sort_by(|a, b| a.key.cmp(&b.key));
    let mut inside: HashMap<&str, Vec<&Entry>> = HashMap::new();
    let one = |map: &'s Entry| {
        let entries = inside.entry(&map.key).or_insert_with(|| entries_in(source, &by_key, map));
        let earlier = entries.partition_point(|entry| entry.key_offset <= map.key_offset);
        whole(environment, source, map, entries.get(earlier).copied())
    };
    source.overruled.iter().map(one).collect()
}

/// What stands in maps of this name, in the order of the file, out of all entries by their keys.
fn entries_in<'s>(source: &Source, by_key: &[&'s Entry], map: &Entry) -> Vec<&'s Entry> {
    let below = |mark| {
        let start = format!("{}{mark}", map.key);
        let first = by_key.partition_point(|entry| *entry.key < *start);
        let rest = by_key.iter().skip(first);
        rest.take_while(|entry| entry.key.starts_with(&start)).copied().collect::<Vec<_>>()
    };
    let is_section = source.section.as_deref() == Some(&*map.key);
    let mut entries = if is_section { by_key.to_vec() } else { [below('.'), below('[')].concat() };
    entries.sort_by_key(|entry| entry.key_offset);
    entries
}

fn whole(environment: &Environment, source: &Source, map: &Entry, later: Option<&Entry>) -> Draft {
    let message = format!("{} is set again below, and nothing of what stands here counts", map.key);
    let mut draft = Draft::new(environment, message)
        .key(&map.key)
        .at(source.key_origin(map))
        .help("put what is meant into one of the two");
    draft.related.extend(later.map(|entry| related(environment, source, entry)));
    draft
}

fn draft(environment: &Environment, source: &Source, winner: &Entry, earlier: &[&Entry]) -> Draft {
    let mut draft = Draft::new(environment, format!("{} is set again; this line wins", winner.key))
        .key(&winner.key)
        .at(source.key_origin(winner))
        .help("keep one of the lines");
    draft.related.extend(earlier.iter().map(|entry| related(environment, source, entry)));
    draft
}

fn related(environment: &Environment, source: &Source, entry: &Entry) -> Related {
    let origin = source.key_origin(entry);
    Related { environment: environment.name.clone(), key: entry.key.to_string(), origin }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::model::name::EnvName;
    use crate::model::project::Description;
    use crate::model::source::{SourceKind, ValueType};

    fn setting(key: &str, offset: usize) -> Entry {
        Entry::setting(key, "1", ValueType::Number, offset, offset)
    }

    /// A file with `count` maps that are set again below, and once more with nothing in it.
    fn source(count: usize) -> Source {
        let text = "\n".repeat(4 * count);
        let mut source = Source::new("values-dev.yaml".to_owned(), "yaml", SourceKind::Settings, text);
        source.overruled = (0..count).map(|n| setting(&format!("m{n}"), n)).collect();
        source.overruled.extend((0..count).map(|n| setting(&format!("m{n}"), 3 * count + n)));
        source.entries = (0..count).map(|n| setting(&format!("m{n}.x"), 2 * count + n)).collect();
        source.entries.extend((0..count).map(|n| setting(&format!("m{n}1[a].x"), count + n)));
        source
    }

    #[test]
    fn thousands_of_maps_that_are_set_again_are_told_in_a_moment_each_with_what_counts() {
        let environment = Environment::new(EnvName::new("dev").unwrap(), Description::default());
        let count = 10_000;
        let source = source(count);
        let start = Instant::now();
        let drafts = wholes(&environment, &source);
        assert!(start.elapsed() < Duration::from_secs(30));
        assert_eq!(drafts.len(), 2 * count);
        for (index, line) in [(5, 20_006), (51, 10_006)] {
            assert_eq!(drafts[index].related[0].origin.at.map(|at| at.line), Some(line));
        }
        assert!(drafts[..count].iter().all(|draft| draft.related.len() == 1));
        assert!(drafts[count..].iter().all(|draft| draft.related.is_empty()));
    }
}
