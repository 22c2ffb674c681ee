//! Trees laid flat: a path for each leaf, and what makes a leaf a secret besides its name and its text.

use std::collections::HashSet;

use super::hidden::secret_in;
use super::{Member, Node, NodeValue, json, too_much};
use crate::model::secret::Reason;
use crate::model::source::{Entry, Problem, ValueType};

/// The most bytes that the paths of one file's leaves may take together: a long key stands in each path below it.
pub const MAX_PATHS: usize = 16 << 20;

/// The leaves of `node` as settings, in the order of the file, each path beginning with `prefix`.
///
/// A path joins the keys with dots; a key that holds a dot is quoted. A list is one leaf, as compact JSON; a list of maps
/// that each have their own `name`, `key` or `binding` is laid flat like a map of them: `containers[web].image`.
///
/// # Errors
/// The [`Problem`] of a file whose paths are too long to be kept.
pub fn flatten(node: &Node, prefix: &str) -> Result<Vec<Entry>, Problem> {
    let mut flat = Flat::default();
    flat.members(node, prefix);
    flat.finish()
}

/// Lays the trees of one file flat.
#[derive(Default)]
pub struct Flat {
    path: String,
    entries: Vec<Entry>,
    /// The bytes of all paths.
    spent: usize,
    /// Where there was too much.
    overflow: Option<usize>,
}

impl Flat {
    /// Lays the members of a map flat, below `prefix`.
    pub fn members(&mut self, node: &Node, prefix: &str) {
        node.members().iter().for_each(|member| self.member(member, prefix));
    }

    /// Lays one member flat, below `prefix`.
    pub fn member(&mut self, member: &Member, prefix: &str) {
        if !self.is_full() {
            self.path.clear();
            self.path.push_str(prefix);
            self.descend(member);
        }
    }

    /// Takes an entry as it is.
    pub fn push(&mut self, entry: Entry) {
        self.spent = self.spent.saturating_add(entry.key.len());
        match self.spent <= MAX_PATHS {
            true => self.entries.push(entry),
            false => self.overflow = self.overflow.or(Some(entry.key_offset)),
        }
    }

    /// Is nothing taken any more, because it was too much?
    pub fn is_full(&self) -> bool {
        self.overflow.is_some()
    }

    /// The entries.
    ///
    /// # Errors
    /// The [`Problem`] of a file whose paths are too long to be kept.
    pub fn finish(self) -> Result<Vec<Entry>, Problem> {
        self.overflow.map_or(Ok(self.entries), |offset| Err(too_much(offset)))
    }

    fn descend(&mut self, member: &Member) {
        let length = self.path.len();
        push_segment(&mut self.path, &member.key);
        self.node(&member.node, member.key_offset);
        self.path.truncate(length);
    }

    fn node(&mut self, node: &Node, key_offset: usize) {
        match &node.value {
            NodeValue::Scalar(text, value_type) => {
                self.leaf(text, *value_type, key_offset, node.offset, None)
            }
            NodeValue::Map(members) => match &members[..] {
                [] => self.leaf("{}", ValueType::Map, key_offset, node.offset, None),
                [sealed] if is_sealed(sealed) => self.sealed(sealed),
                members => members.iter().for_each(|member| self.descend(member)),
            },
            NodeValue::List(items) => match identity(items) {
                Some(ids) => items.iter().zip(ids).for_each(|(item, id)| self.item(item, id)),
                None => {
                    let hidden = secret_in(node, "");
                    self.leaf(&json(node), ValueType::List, key_offset, node.offset, hidden);
                }
            },
        }
    }

    /// A map in a list, by its own name.
    fn item(&mut self, item: &Node, id: &str) {
        let length = self.path.len();
        self.path.extend(["[", id, "]"]);
        item.members().iter().for_each(|member| self.descend(member));
        self.path.truncate(length);
    }

    fn sealed(&mut self, member: &Member) {
        let Member { key, key_offset, node } = member;
        let length = self.path.len();
        push_segment(&mut self.path, key);
        let text = node.text().unwrap_or_default();
        self.leaf(text, ValueType::String, *key_offset, node.offset, Some(Reason::Encrypted));
        self.path.truncate(length);
    }

    fn leaf(
        &mut self,
        text: &str,
        value_type: ValueType,
        key_offset: usize,
        offset: usize,
        hidden: Option<Reason>,
    ) {
        if !self.is_full() {
            let mut entry = Entry::setting(&self.path, text, value_type, key_offset, offset);
            hidden.into_iter().for_each(|reason| entry.hide(reason));
            self.push(entry);
        }
    }
}

/// Is it how Pulumi writes an encrypted value, `{secure: …}`?
fn is_sealed(only: &Member) -> bool {
    &*only.key == "secure" && matches!(only.node.value, NodeValue::Scalar(_, ValueType::String))
}

/// Appends a key to a path.
pub fn push_segment(path: &mut String, key: &str) {
    if !path.is_empty() && !path.ends_with("].") {
        path.push('.');
    }
    match key.contains('.') || key.is_empty() {
        true => path.extend(["\"", key, "\""]),
        false => path.push_str(key),
    }
}

/// The keys by which items of a list are known, best first.
const IDENTITIES: &[&str] = &["name", "key", "binding"];

/// What the items of a list are called, where each is a map with its own name.
pub(super) fn identity(items: &[Node]) -> Option<Vec<&str>> {
    IDENTITIES.iter().find_map(|key| {
        let ids: Vec<&str> = items.iter().map(|item| own_name(item, key)).collect::<Option<_>>()?;
        let is_unique = ids.iter().collect::<HashSet<_>>().len() == ids.len();
        (is_unique && !ids.is_empty()).then_some(ids)
    })
}

fn own_name<'n>(item: &'n Node, key: &str) -> Option<&'n str> {
    item.get(key)?.text().filter(|id| !id.is_empty())
}
