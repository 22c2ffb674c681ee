//! From the parser's events to trees: aliases expanded, `<<` merged, depth and size bounded.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use memchr::memmem;
use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};

use super::error;
use super::place::Places;
use super::scalar::{self, Words};
use crate::format::tree::{self, MAX_DEPTH, MAX_NODES, Member, Node, NodeValue};
use crate::model::source::Problem;

/// What a text holds.
#[derive(Default)]
pub struct Parsed {
    /// The root of each document, empty ones included.
    pub documents: Vec<Node>,
    /// What is wrong with parts of it.
    pub problems: Vec<Problem>,
}

/// Reads all documents of `text`.
///
/// # Errors
/// The [`Problem`] for which nothing of it can be read: the first thing that is no YAML, or more than is read.
pub fn documents(text: &str, words: Words) -> Result<Parsed, Problem> {
    let mut builder = Builder::new(text, words);
    for event in Parser::new_from_str(text) {
        let (event, span) =
            event.map_err(|error| error::broken(error.info(), text, builder.places.byte(error.marker())))?;
        builder.event(event, span)?;
    }
    Ok(builder.parsed)
}

/// From behind the beginning of what stands before each scalar of `text` that holds `sign` to what comes after it: the
/// library lets a block begin with its first line. Up to what is no YAML.
pub fn scalars_with(text: &str, sign: &[u8]) -> Vec<Range<usize>> {
    let (places, mut spans, mut open, mut before) = (Places::new(text), Vec::new(), None, 0);
    for (event, span) in Parser::new_from_str(text).map_while(Result::ok) {
        let start = places.byte(&span.start);
        spans.extend(open.take().map(|begin| begin..start));
        let holds =
            matches!(&event, Event::Scalar(held, ..) if memmem::find(held.as_bytes(), sign).is_some());
        open = holds.then_some(before + 1);
        before = start;
    }
    spans.extend(open.map(|begin| begin..text.len()));
    spans
}

struct Builder<'t> {
    places: Places<'t>,
    words: Words,
    parsed: Parsed,
    /// The lists and maps that are not closed yet.
    open: Vec<Open>,
    anchors: HashMap<usize, Anchored>,
    /// What all nodes weigh, and all copies of them that wait for an alias.
    weight: usize,
    copies: usize,
}

/// A node that aliases refer to.
struct Anchored {
    node: Node,
    weight: usize,
    height: usize,
}

/// A list or a map that is not closed yet.
struct Open {
    offset: usize,
    anchor: usize,
    /// What all nodes before it weigh.
    before: usize,
    /// How deep the deepest of its nodes lies in it.
    height: usize,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Map(Map),
}

/// A map, its last key still without a value.
#[derive(Default)]
struct Map {
    members: Vec<Member>,
    key: Option<Key>,
    /// What `<<` says is merged, and before which member it says so first.
    merged: Vec<Node>,
    merged_at: usize,
}

struct Key {
    text: Box<str>,
    offset: usize,
    is_merge: bool,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str, words: Words) -> Self {
        Self {
            places: Places::new(text),
            words,
            parsed: Parsed::default(),
            open: Vec::new(),
            anchors: HashMap::new(),
            weight: 0,
            copies: 0,
        }
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Problem> {
        match event {
            Event::DocumentStart(_) => self.anchors.clear(),
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(&text, style, anchor, tag.as_deref(), span)?
            }
            Event::SequenceStart(anchor, tag) => {
                let offset = self.places.node(&span.start, anchor > 0 || tag.is_some());
                self.open(Content::List(Vec::new()), anchor, offset)?;
            }
            Event::MappingStart(anchor, tag) => {
                let offset = self.places.node(&span.start, anchor > 0 || tag.is_some());
                self.open(Content::Map(Map::default()), anchor, offset)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close()?,
            Event::Alias(anchor) => self.alias(anchor, self.places.byte(&span.start))?,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        span: Span,
    ) -> Result<(), Problem> {
        let is_plain = style == ScalarStyle::Plain;
        let offset = self.places.scalar(&span.start, style, anchor > 0 || tag.is_some());
        let (value, value_type) = scalar::resolve(text, is_plain, tag, self.words);
        let before = self.weight;
        self.weigh(1 + text.len() / BYTES, offset)?;
        let node = Node::scalar(value, value_type, offset);
        self.keep(anchor, &node, before, 0)?;
        match self.map_without_key() {
            Some(map) => {
                let is_merge = is_plain && text == "<<" && tag.is_none();
                map.key = Some(Key { text: text.into(), offset, is_merge });
            }
            None => self.add(node, 0),
        }
        Ok(())
    }

    fn alias(&mut self, anchor: usize, offset: usize) -> Result<(), Problem> {
        let Some(Anchored { node, weight, height }) = self.anchors.get(&anchor) else {
            return Err(error::endless(offset));
        };
        let (weight, height) = (*weight, *height);
        if self.open.len() + height > MAX_DEPTH {
            return Err(tree::too_much(offset));
        }
        let value = node.value.clone();
        self.weigh(weight, offset)?;
        self.complete(Node { value, offset }, height)
    }

    fn open(&mut self, content: Content, anchor: usize, offset: usize) -> Result<(), Problem> {
        if self.open.len() >= MAX_DEPTH {
            return Err(tree::too_much(offset));
        }
        self.open.push(Open { offset, anchor, before: self.weight, height: 1, content });
        self.weigh(1, offset)
    }

    fn close(&mut self) -> Result<(), Problem> {
        let Some(Open { offset, anchor, before, height, content }) = self.open.pop() else { return Ok(()) };
        let value = match content {
            Content::List(items) => NodeValue::List(items),
            Content::Map(map) => NodeValue::Map(self.members(map)),
        };
        let node = Node { value, offset };
        self.keep(anchor, &node, before, height)?;
        self.complete(node, height)
    }

    /// The members of a map that is complete: the last of a name wins, its own win over merged ones.
    fn members(&mut self, map: Map) -> Vec<Member> {
        let problems = &mut self.parsed.problems;
        let mut members = tree::last_wins(map.members);
        let mut known: HashSet<Box<str>> = match map.merged.is_empty() {
            true => return members,
            false => members.iter().map(|member| member.key.clone()).collect(),
        };
        let mut inherited = Vec::new();
        for base in map.merged.into_iter().rev().flat_map(|node| bases(node, problems)) {
            let news = base.into_iter().rev().filter(|member| known.insert(member.key.clone()));
            let mut news: Vec<Member> = news.collect();
            news.reverse();
            inherited.extend(news);
        }
        let at = map.merged_at.min(members.len());
        members.splice(at..at, inherited);
        members
    }

    /// Puts a list, a map or an alias where it stands: it may be a key.
    fn complete(&mut self, node: Node, height: usize) -> Result<(), Problem> {
        let offset = node.offset;
        let outside = offset.saturating_sub(1);
        let is_template = self.places.rest(outside).starts_with("{{");
        match self.map_without_key() {
            Some(_) if is_template => return Err(error::template(outside)),
            Some(map) => {
                let text = node.text().map_or_else(|| tree::json(&node).into(), Into::into);
                map.key = Some(Key { text, offset, is_merge: false });
            }
            None => self.add(node, height),
        }
        Ok(())
    }

    /// The map around, if a key is what comes next.
    fn map_without_key(&mut self) -> Option<&mut Map> {
        match &mut self.open.last_mut()?.content {
            Content::Map(map) if map.key.is_none() => Some(map),
            _ => None,
        }
    }

    /// Adds a node to what is open: the value of the last key, the next item, or a document.
    fn add(&mut self, node: Node, height: usize) {
        let Some(open) = self.open.last_mut() else {
            self.parsed.documents.push(node);
            return;
        };
        open.height = open.height.max(height + 1);
        match &mut open.content {
            Content::List(items) => items.push(node),
            Content::Map(map) => map.add(node),
        }
    }

    /// Keeps a copy of a node that has an anchor.
    fn keep(&mut self, anchor: usize, node: &Node, before: usize, height: usize) -> Result<(), Problem> {
        if anchor > 0 {
            let weight = self.weight - before;
            self.copies = self.copies.saturating_add(weight);
            self.weigh(0, node.offset)?;
            self.anchors.insert(anchor, Anchored { node: node.clone(), weight, height });
        }
        Ok(())
    }

    fn weigh(&mut self, weight: usize, offset: usize) -> Result<(), Problem> {
        self.weight = self.weight.saturating_add(weight);
        match self.weight.saturating_add(self.copies) <= MAX_NODES {
            true => Ok(()),
            false => Err(tree::too_much(offset)),
        }
    }
}

/// So many bytes of text weigh as much as a node.
const BYTES: usize = 16;

impl Map {
    fn add(&mut self, node: Node) {
        match self.key.take() {
            Some(key) if key.is_merge => {
                if self.merged.is_empty() {
                    self.merged_at = self.members.len();
                }
                self.merged.push(node);
            }
            Some(Key { text, offset, .. }) => {
                self.members.push(Member { key: text, key_offset: offset, node });
            }
            None => {}
        }
    }
}

/// The maps that a `<<` merges, the strongest first.
fn bases(node: Node, problems: &mut Vec<Problem>) -> Vec<Vec<Member>> {
    let nodes = match node.value {
        NodeValue::List(items) => items,
        _ => vec![node],
    };
    let base = |node: Node| match node.value {
        NodeValue::Map(members) => Some(members),
        _ => {
            problems.push(error::no_map(node.offset));
            None
        }
    };
    nodes.into_iter().filter_map(base).collect()
}
