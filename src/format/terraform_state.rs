//! `.terraform/terraform.tfstate`: what `terraform init` wrote down of the backend that it configured.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value as Json;

use crate::model::terraform::is_telling;
use crate::model::value::Value;

/// The longest setting that is looked at, in bytes: as long as a key of S3 may be.
const LONGEST: usize = 1024;

#[derive(Deserialize)]
struct State {
    version: u32,
    backend: Backend,
}

#[derive(Deserialize)]
struct Backend {
    config: serde_json::Map<String, Json>,
}

/// The settings of the backend that tell whose its state is; none where the file is none of Terraform's.
pub fn read(bytes: &[u8]) -> BTreeMap<String, Value> {
    let state = serde_json::from_slice::<State>(bytes).ok().filter(|state| state.version == 3);
    let mut settings = BTreeMap::new();
    for (name, value) in state.map(|state| state.backend.config).unwrap_or_default() {
        match value {
            Json::String(text) => add(&mut settings, name, text),
            Json::Object(_) | Json::Array(_) => block(&mut settings, &name, value),
            _ => {}
        }
    }
    settings
}

/// A nested block, which is a list where a backend may have several.
fn block(settings: &mut BTreeMap<String, Value>, name: &str, block: Json) {
    let block = match block {
        Json::Array(blocks) => blocks.into_iter().next().unwrap_or_default(),
        block => block,
    };
    let Json::Object(block) = block else { return };
    for (inner, value) in block {
        if let Json::String(text) = value {
            add(settings, format!("{name}.{inner}"), text);
        }
    }
}

fn add(settings: &mut BTreeMap<String, Value>, name: String, text: String) {
    if is_telling(&name) && !text.is_empty() && text.len() <= LONGEST {
        settings.insert(name, Value::new(text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        read(text.as_bytes()).into_keys().collect()
    }

    #[test]
    fn the_settings_that_tell_whose_a_state_is_are_kept_and_no_others() {
        let s3 = r#"{"version":3,"serial":1,"backend":{"type":"s3","config":{"bucket":"b","key":"k","secret_key":"s",
            "encrypt":true,"region":"r","workspace_key_prefix":null,"profile":""},"hash":1}}"#;
        assert_eq!(names(s3), ["bucket", "key"]);
        for workspaces in [r#"{"name":"app-prod","tags":null}"#, r#"[{"name":"app-prod","prefix":null}]"#] {
            let cloud = format!(
                r#"{{"version":3,"backend":{{"config":{{"organization":"o","token":"t","workspaces":{workspaces}}}}}}}"#
            );
            assert_eq!(names(&cloud), ["organization", "workspaces.name"]);
        }
    }

    #[test]
    fn what_is_no_configuration_of_a_backend_says_nothing() {
        let long = format!(r#"{{"version":3,"backend":{{"config":{{"key":"{}"}}}}}}"#, "k".repeat(2000));
        let deep = "[".repeat(100_000);
        for text in [
            "",
            "{",
            "[]",
            r#"{"version":4,"backend":{"config":{"key":"k"}}}"#,
            r#"{"version":3}"#,
            r#"{"version":3,"backend":null}"#,
            r#"{"version":3,"backend":{"config":["key"]}}"#,
            r#"{"version":3,"backend":{"config":{"key":["k"],"path":{"path":1}}}}"#,
            &long,
            &deep,
        ] {
            assert!(read(text.as_bytes()).is_empty(), "{}", text.get(..40).unwrap_or(text));
        }
    }
}
