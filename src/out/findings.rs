//! Findings for people: what is wrong, where, with the value masked, and what to do.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin as Place, Renderer, Snippet};

use super::frame::fit;
use super::gate::{is_hidden, visible};
use super::paint::Paint;
use super::table::width;
use super::wrap::wrap;
use crate::model::finding::{Finding, Severity};
use crate::model::source::Origin;

/// What stands for a value, whatever its length.
const MASK: &str = "••••••";

/// The most places of further findings that are listed.
const PLACES: usize = 12;

/// The longest key in such a list, in columns.
const KEY: usize = 40;

/// A finding that is told in full, and others that say the same of other keys of its file.
pub struct Told<'f> {
    /// The first of them.
    pub first: &'f Finding,
    /// The others.
    pub more: Vec<&'f Finding>,
}

/// How findings are shown.
#[derive(Clone, Copy)]
pub struct Look {
    /// The brush.
    pub paint: Paint,
    /// The columns of the terminal; where there is none, no line is broken.
    pub width: Option<usize>,
}

/// One finding, several lines.
pub fn render(finding: &Finding, look: Look) -> String {
    render_told(&Told { first: finding, more: Vec::new() }, look)
}

/// One finding and where else the same is found, several lines.
pub fn render_told(told: &Told<'_>, look: Look) -> String {
    let finding = told.first;
    let renderer = if look.paint.is_on() { Renderer::styled() } else { Renderer::plain() };
    let renderer = match look.width {
        Some(width) => renderer.term_width(width),
        None => renderer,
    };
    let title = finding.severity.as_str().len() + finding.rule.len() + "[]: ".len();
    let message = wrapped(&finding.message, look, title);
    let mut group = Group::with_title(level(finding.severity).primary_title(message).id(finding.rule));
    if let Some(origin) = &finding.origin {
        group = match line(origin) {
            Some(snippet) => group.element(snippet),
            None => group.element(place(origin)),
        };
    }
    let gutter = gutter(finding) + " = note: ".len();
    for related in &finding.related {
        let text = format!("{}: {}", related.environment, place_text(&related.origin));
        group = group.element(Level::NOTE.message(text));
    }
    if !told.more.is_empty() {
        group = group.element(Level::NOTE.message(wrapped(&more(&told.more), look, gutter)));
    }
    if let Some(help) = finding.help.as_deref().filter(|help| !help.is_empty()) {
        group = group.element(Level::HELP.message(wrapped(help, look, gutter)));
    }
    renderer.render(&[group]) + "\n"
}

/// `text` in as many lines as the terminal needs, behind `before` columns.
fn wrapped(text: &str, look: Look, before: usize) -> String {
    wrap(&visible(text), look.width.map(|width| width.saturating_sub(before))).join("\n")
}

/// The columns of the line number.
fn gutter(finding: &Finding) -> usize {
    let at = finding.origin.as_ref().and_then(|origin| origin.at);
    at.map_or(0, |at| at.line.to_string().len())
}

/// `2 more: PORT:5, HOST:6`.
fn more(findings: &[&Finding]) -> String {
    let label = |finding: &&Finding| {
        let line = finding.origin.as_ref().and_then(|origin| origin.at).map(|at| at.line);
        match (finding.key.as_deref().map(visible), line) {
            (Some(key), Some(line)) => format!("{}:{line}", fit(&key, KEY.min(width(&key)))),
            (Some(key), None) => fit(&key, KEY.min(width(&key))),
            (None, line) => line.map_or_else(|| "the file".to_owned(), |line| format!("line {line}")),
        }
    };
    let labels: Vec<String> = findings.iter().take(PLACES).map(label).collect();
    let rest = match findings.len().checked_sub(PLACES).filter(|rest| *rest > 0) {
        Some(rest) => format!(" and {rest} others; -v tells each"),
        None => String::new(),
    };
    format!("{} more: {}{rest}", findings.len(), labels.join(", "))
}

/// A note about a file as a whole in one line; nothing where there is more to show.
pub fn aside(finding: &Finding, paint: Paint) -> Option<String> {
    let origin = finding.origin.as_ref().filter(|origin| origin.at.is_none())?;
    let is_short = finding.severity == Severity::Note && finding.help.is_none() && finding.related.is_empty();
    let label = paint.severity(finding.severity, &format!("{}[{}]", finding.severity.as_str(), finding.rule));
    is_short.then(|| format!("{label}: {}: {}\n", visible(&origin.file), visible(&finding.message)))
}

fn level<'l>(severity: Severity) -> Level<'l> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

/// The line with its value masked, marked at the key or at the mask; nothing where no line may be shown, or where what
/// is shown would not be the line: its columns count characters, escapes have several.
fn line(origin: &Origin) -> Option<Snippet<'_, Annotation<'_>>> {
    let (at, outline) = (origin.at?, origin.outline.as_deref()?);
    if outline.contains(|c| c != '\t' && is_hidden(c)) {
        return None;
    }
    let column = usize::try_from(at.column).ok()?.saturating_sub(1);
    let start = outline.char_indices().nth(column).map_or(outline.len(), |(start, _)| start);
    let key = outline.get(start..)?.split([' ', '\t', '=', ':']).next()?;
    let span = start..start + if key.is_empty() { MASK.len() } else { key.len() };
    let snippet = Snippet::source(format!("{outline}{MASK}")).line_start(usize::try_from(at.line).ok()?);
    Some(snippet.path(visible(&origin.file)).annotation(AnnotationKind::Primary.span(span)))
}

fn place(origin: &Origin) -> Place<'_> {
    let place = Place::path(visible(&origin.file));
    match origin.at {
        Some(at) => place.line(at.line as usize).char_column(at.column as usize),
        None => place,
    }
}

/// `file:line:column`, as editors understand it.
pub fn place_text(origin: &Origin) -> String {
    let file = visible(&origin.file);
    origin.at.map_or_else(|| file.to_string(), |at| format!("{file}:{}:{}", at.line, at.column))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::name::EnvName;
    use crate::model::position::Position;

    fn finding(outline: Option<&str>, column: u32) -> Finding {
        let at = Some(Position { line: 3, column });
        Finding {
            rule: "placeholder",
            severity: Severity::Error,
            environments: vec![EnvName::new("production").unwrap()],
            key: Some("TOKEN".to_owned()),
            message: "TOKEN is still a placeholder".to_owned(),
            help: Some("put in the real value".to_owned()),
            origin: Some(Origin {
                file: "envs/production/.env".to_owned(),
                at,
                outline: outline.map(str::to_owned),
            }),
            parts: Vec::new(),
            related: Vec::new(),
        }
    }

    /// Without colour and without a terminal.
    fn look() -> Look {
        Look { paint: Paint::plain(), width: None }
    }

    #[test]
    fn a_value_is_a_mask_under_a_caret() {
        let text = render(&finding(Some("export TOKEN="), 14), look());
        assert_eq!(
            text,
            "error[placeholder]: TOKEN is still a placeholder
 --> envs/production/.env:3:14
  |
3 | export TOKEN=••••••
  |              ^^^^^^
  |
  = help: put in the real value
"
        );
    }

    #[test]
    fn a_key_is_marked_and_a_line_that_is_not_understood_is_not_shown() {
        assert!(render(&finding(Some("TOKEN="), 1), look()).contains("3 | TOKEN=••••••\n  | ^^^^^\n"));
        assert!(!render(&finding(None, 5), look()).contains(MASK));
        assert!(render(&finding(None, 5), look()).contains("envs/production/.env:3:5"));
    }
}
