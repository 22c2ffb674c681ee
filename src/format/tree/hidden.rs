//! Secrets inside of a list that is one leaf: names stand beside their values there, not in the path.

use super::{Member, Node, NodeValue};
use crate::model::secret::{Reason, recognise_item, recognise_pair};

/// The members by which the others of a map are named: `{name = "API_KEY", value = "…"}`.
const NAMES: &[&str] = &["name", "key", "id"];

/// Why something in `node`, which stands at `key`, counts as secret, if anything does.
pub(super) fn secret_in(node: &Node, key: &str) -> Option<Reason> {
    match &node.value {
        NodeValue::Scalar(text, value_type) => value_type.recognise(key, text),
        NodeValue::List(items) => {
            let of_item = |item| secret_in(item, key).or_else(|| recognise_item(item.text()?));
            items.iter().find_map(of_item).or_else(|| items.array_windows().find_map(side_by_side))
        }
        NodeValue::Map(members) => {
            let name = NAMES.iter().find_map(|name| node.get(name)?.text()).unwrap_or_default();
            members.iter().find_map(|member| in_member(name, member))
        }
    }
}

fn side_by_side([name, value]: &[Node; 2]) -> Option<Reason> {
    recognise_pair(name.text()?, value.text()?)
}

fn in_member(name: &str, Member { key, node, .. }: &Member) -> Option<Reason> {
    let is_value = &**key == "value";
    secret_in(node, key).or_else(|| recognise_pair(if is_value { name } else { key }, node.text()?))
}

#[cfg(test)]
mod tests {
    use crate::format::json;

    fn is_secret(list: &str) -> bool {
        (json::FORMAT.read)(&format!("{{\"a\":{list}}}")).entries[0].secret().is_some()
    }

    #[test]
    fn a_secret_in_a_list_is_known_by_the_name_beside_it_or_by_its_shape() {
        for list in [
            r#"[["a","pw-hunter5xyz"]]"#,
            r#"["bob:hunter2"]"#,
            r#"["API_KEY","abc123"]"#,
            r#"[["API_KEY",12]]"#,
            r#"["--password","hunter2"]"#,
            r#"["run --password hunter2"]"#,
            r#"["Authorization: Bearer abc.def.ghi"]"#,
            r#"["X-Api-Key: Zq9"]"#,
            r#"["X-Api-Key","Zq9"]"#,
            r#"[{"Authorization":"Zq9"}]"#,
            r#"[{"id":1,"pin":1234}]"#,
            r#"[{"pw":"hunter2"}]"#,
            r#"[{"name":"API_KEY","value":"abc"},{"name":"API_KEY","value":"abd"}]"#,
        ] {
            assert!(is_secret(list), "{list}");
        }
    }

    #[test]
    fn lists_of_names_hosts_flags_and_numbers_are_shown() {
        for list in [
            r#"["API_KEY","DB_PASSWORD","PORT"]"#,
            r#"["secrets","configmaps"]"#,
            r#"["localhost:3000","redis:7"]"#,
            r#"["--token","--port","8080"]"#,
            r#"["--password","${DB_PASSWORD}"]"#,
            r#"[{"id":1,"count":12},{"id":2,"count":13}]"#,
        ] {
            assert!(!is_secret(list), "{list}");
        }
    }
}
