//! The documents of one file: what each is called, so that their paths do not meet.

use std::collections::HashSet;

use crate::format::tree::{Node, NodeValue};

/// What the paths of each document begin with: `[ConfigMap/app].` for a Kubernetes document, `[on-profile/prod].` for
/// a Spring document, nothing for the first of all others, `[2].` and so on for the rest. Empty ones do not count.
pub fn prefixes(documents: &[Node]) -> Vec<String> {
    let mut used = HashSet::new();
    let mut count = 0;
    let mut prefix = |root: &Node| {
        count += usize::from(!root.members().is_empty());
        let own = kubernetes(root, &mut used).or_else(|| profile(root).map(|x| format!("[on-profile/{x}].")));
        own.unwrap_or_else(|| if count > 1 { format!("[{count}].") } else { String::new() })
    };
    documents.iter().map(&mut prefix).collect()
}

/// `[Kind/name].`; with the namespace, where that is taken already.
fn kubernetes(root: &Node, used: &mut HashSet<String>) -> Option<String> {
    root.get("apiVersion")?.text()?;
    let (kind, metadata) = (root.get("kind")?.text()?, root.get("metadata")?);
    let name = metadata.get("name")?.text()?;
    let short = format!("[{kind}/{name}].");
    match metadata.get("namespace").and_then(Node::text) {
        Some(namespace) if used.contains(&short) => Some(format!("[{kind}/{namespace}/{name}].")),
        _ => {
            used.insert(short.clone());
            Some(short)
        }
    }
}

/// The profile that a Spring document is for.
fn profile(root: &Node) -> Option<String> {
    let said = at(root, "spring.config.activate.on-profile").or_else(|| at(root, "spring.profiles"))?;
    match &said.value {
        NodeValue::Scalar(text, _) => Some(text.to_string()),
        NodeValue::List(items) => {
            items.iter().map(Node::text).collect::<Option<Vec<_>>>().map(|x| x.join(","))
        }
        NodeValue::Map(_) => None,
    }
}

/// What stands at a dotted path, in any mixture of nested maps and dotted keys.
fn at<'n>(node: &'n Node, path: &str) -> Option<&'n Node> {
    node.members().iter().rev().find_map(|member| match path.strip_prefix(&*member.key)? {
        "" => Some(&member.node),
        rest => at(&member.node, rest.strip_prefix('.')?),
    })
}
