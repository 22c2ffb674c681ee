//! All about a key, for people: a few lines, each under its label.

use std::borrow::Cow;

use super::inspect::{Inspected, Shell};
use super::listing::{noted, title, value};
use crate::model::project::{Environment, Loser, Trail};
use crate::model::secret::{Reason, is_plainly_public};
use crate::model::source::SourceKind;
use crate::out::findings::place_text;
use crate::out::gate::visible;
use crate::out::paint::Paint;
use crate::out::table::{Cell, Table};

/// The cards of some keys.
pub fn text(environment: &Environment, inspected: &[Inspected<'_>], paint: Paint) -> String {
    let cards = inspected.iter().map(|one| {
        let heading = format!("{} in {}\n", paint.bold(&visible(one.key)), title(environment, paint));
        heading + &Card::default().fill(one, paint).render("  ")
    });
    cards.collect::<Vec<_>>().join("\n")
}

#[derive(Default)]
struct Card<'c> {
    table: Table<'c>,
}

impl<'c> Card<'c> {
    fn row(&mut self, label: &'static str, text: impl Into<Cell<'c>>) {
        self.table.row(vec![label.into(), text.into()]);
    }

    /// Several rows under one label.
    fn rows<T: Into<Cell<'c>>>(&mut self, label: &'static str, texts: impl IntoIterator<Item = T>) {
        for (index, text) in texts.into_iter().enumerate() {
            self.row(if index == 0 { label } else { "" }, text);
        }
    }

    fn fill(mut self, one: &Inspected<'_>, paint: Paint) -> Table<'c> {
        match one.trail {
            None => self.row("value", "missing"),
            Some(trail) => self.trail(trail),
        }
        self.referents(one);
        self.demand(one);
        self.elsewhere(one);
        self.rows("shell", one.shell.iter().map(shadow));
        for finding in &one.findings {
            let severity = finding.severity.as_str();
            let painted = Cell::painted(severity, paint.severity(finding.severity, severity));
            self.table.row(vec![painted, format!("{} [{}]", visible(&finding.message), finding.rule).into()]);
        }
        self.table
    }

    fn trail(&mut self, trail: &Trail<'_>) {
        let binding = trail.binding;
        self.row("value", noted(trail, None));
        self.rows("secret", binding.entry.secret().map(because));
        self.row("from", place_text(&binding.source.key_origin(binding.entry)));
        self.rows("over", trail.losers.iter().map(|loser| lost(trail, loser)));
    }

    fn referents(&mut self, one: &Inspected<'_>) {
        let named = one.referents.iter().filter(|referent| is_plainly_public(referent.name));
        self.rows(
            "refers to",
            named.map(|referent| match referent.found {
                Some((source, entry)) => {
                    format!("{}  {}", visible(referent.name), place_text(&source.key_origin(entry)))
                }
                None => format!("{}  not defined before it", visible(referent.name)),
            }),
        );
    }

    fn demand(&mut self, one: &Inspected<'_>) {
        self.rows("identity", one.stack.map(|stack| format!("{}::{}", visible(stack), visible(one.key))));
        self.rows("type", kind(one));
        if let Some(demand) = &one.demand {
            let required =
                if demand.is_required { format!("yes{}", demand.because) } else { "no".to_owned() };
            self.row("required", visible(&required).into_owned());
            self.rows("only in", demand.only_in().map(|words| visible(&words.join(", ")).into_owned()));
            self.rows("deprecated", demand.deprecated().map(|advice| visible(advice).into_owned()));
            self.rows("allowed", demand.words().iter().map(|word| visible(word).into_owned()));
            self.rows("provided", demand.provided_by.map(|who| format!("by {}", visible(who))));
            self.rows("rotated", demand.age());
            self.rows("help", demand.help().map(|help| visible(help).into_owned()));
            self.rows("example", demand.spec.example.iter().map(|example| visible(example).into_owned()));
            self.rows("docs", demand.spec.docs.iter().map(|docs| visible(docs).into_owned()));
        }
        self.rows("wanted by", one.wanted.iter().map(place_text));
    }

    fn elsewhere(&mut self, one: &Inspected<'_>) {
        for (label, there) in [("also in", Some(true)), ("not in", Some(false)), ("unknown in", None)] {
            let names = one.elsewhere.iter().filter(|(_, is_there)| *is_there == there);
            let names: Vec<&str> = names.map(|(environment, _)| environment.name.as_str()).collect();
            self.rows(label, (!names.is_empty()).then(|| names.join(", ")));
        }
    }
}

/// What an entry that lost says, beside the one that won. A secret above hides what lies below.
fn lost(trail: &Trail<'_>, loser: &Loser<'_>) -> String {
    let (winner, place) = (trail.binding.entry, place_text(&loser.source.key_origin(loser.entry)));
    let is_hidden = winner.secret().is_some() || loser.entry.secret().is_some();
    let what = match (winner.same_as(loser.entry), loser.entry.state()) {
        (true, _) => Cow::Borrowed("the same value"),
        (false, "set") if is_hidden => Cow::Borrowed("another value"),
        (false, _) => value(loser.entry, is_hidden),
    };
    let other = loser.entry.value_type;
    let note = if other == winner.value_type { String::new() } else { format!("  ({})", other.as_str()) };
    format!("{place}  {what}{note}")
}

fn because(reason: Reason) -> &'static str {
    match reason {
        Reason::Declared => "declared in the manifest",
        Reason::Name => "its name says so",
        Reason::Shape => "its value looks like a credential",
        Reason::Opaque => "nothing says that its value is public",
        Reason::Encrypted => "it is stored encrypted",
    }
}

/// The declared type, and in a structured file the one that the value was written as.
fn kind(one: &Inspected<'_>) -> Option<String> {
    let declared = one.demand.as_ref().and_then(|demand| demand.constraints.kind).map(|kind| kind.name());
    let entry = one.trail.map(|trail| trail.binding.entry);
    let written =
        entry.filter(|entry| entry.kind == SourceKind::Settings).map(|entry| entry.value_type.as_str());
    match (declared, written) {
        (Some(declared), Some(written)) => Some(format!("{declared}, written as {written}")),
        (one, other) => one.or(other).map(str::to_owned),
    }
}

fn shadow(shell: &Shell<'_>) -> String {
    let name = visible(shell.name);
    match shell.is_same {
        Some(true) => format!("also sets {name}, to the same value"),
        Some(false) => format!("also sets {name}, to another value"),
        None => format!("sets {name}"),
    }
}
