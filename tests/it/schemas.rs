//! The published schemas, held against what the program really writes.

use std::fs;
use std::path::Path;

use crate::project::Project;

use serde_json::Value;

fn assert_valid(name: &str, document: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas").join(name);
    let schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let violations = Schema { root: &schema, node: &schema }.violations(document, "$");
    assert!(violations.is_empty(), "{violations:#?}\nin {document:#}");
}

/// The part of JSON Schema 2020-12 that the generator writes. Any other keyword stops the test: it would go unchecked.
struct Schema<'s> {
    root: &'s Value,
    node: &'s Value,
}

impl Schema<'_> {
    fn at<'s>(&'s self, node: &'s Value) -> Schema<'s> {
        Schema { root: self.root, node }
    }

    fn violations(&self, value: &Value, place: &str) -> Vec<String> {
        let Some(keywords) = self.node.as_object() else { return Vec::new() };
        keywords.iter().flat_map(|(keyword, rule)| self.check(keyword, rule, value, place)).collect()
    }

    fn check(&self, keyword: &str, rule: &Value, value: &Value, place: &str) -> Vec<String> {
        let fail = |ok: bool| if ok { vec![] } else { vec![format!("{place} breaks {keyword} {rule}")] };
        match keyword {
            "$schema" | "$defs" | "title" | "description" | "format" => vec![],
            "type" => fail(types(rule).iter().any(|kind| is_of(value, kind))),
            "minimum" => fail(value.as_f64().is_none_or(|number| number >= rule.as_f64().unwrap())),
            "maximum" => fail(value.as_f64().is_none_or(|number| number <= rule.as_f64().unwrap())),
            "required" => fail(types(rule).iter().all(|name| value.get(name).is_some())),
            "anyOf" => {
                let branches = rule.as_array().unwrap().iter();
                fail(branches.into_iter().any(|branch| self.at(branch).violations(value, place).is_empty()))
            }
            "$ref" => {
                let pointer = rule.as_str().unwrap().strip_prefix('#').unwrap();
                self.at(self.root.pointer(pointer).unwrap()).violations(value, place)
            }
            "items" => {
                let items = value.as_array().into_iter().flatten().enumerate();
                items.flat_map(|(n, item)| self.at(rule).violations(item, &format!("{place}[{n}]"))).collect()
            }
            "properties" => {
                let fields = value.as_object().into_iter().flatten();
                let known = fields.map(|(name, field)| (rule.get(name), name, field));
                known
                    .flat_map(|(schema, name, field)| match schema {
                        Some(schema) => self.at(schema).violations(field, &format!("{place}.{name}")),
                        None => vec![format!("{place}.{name} is not in the schema")],
                    })
                    .collect()
            }
            "additionalProperties" => {
                let fields = value.as_object().into_iter().flatten();
                fields
                    .flat_map(|(name, field)| self.at(rule).violations(field, &format!("{place}.{name}")))
                    .collect()
            }
            other => panic!("the schema uses `{other}`, which this test does not check"),
        }
    }
}

/// One word, or a list of them.
fn types(rule: &Value) -> Vec<&str> {
    match rule {
        Value::Array(words) => words.iter().map(|word| word.as_str().unwrap()).collect(),
        word => vec![word.as_str().unwrap()],
    }
}

fn is_of(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        other => panic!("the schema uses the type `{other}`, which this test does not check"),
    }
}

#[test]
fn a_document_that_breaks_its_schema_is_noticed() {
    let schema = serde_json::json!({
        "type": "object",
        "properties": { "a": { "type": ["integer", "null"], "minimum": 1 }, "b": { "items": { "$ref": "#/$defs/word" } } },
        "required": ["a"],
        "$defs": { "word": { "anyOf": [{ "type": "string" }, { "type": "null" }] } }
    });
    let schema = Schema { root: &schema, node: &schema };
    for (document, count) in [
        (serde_json::json!({ "a": 1, "b": ["x", null] }), 0),
        (serde_json::json!({ "a": null }), 0),
        (serde_json::json!({ "a": 0 }), 1),
        (serde_json::json!({ "b": [1] }), 2),
        (serde_json::json!({ "a": 1, "c": 1 }), 1),
        (serde_json::json!([]), 2),
    ] {
        assert_eq!(schema.violations(&document, "$").len(), count, "{document}");
    }
}

#[test]
fn the_context_keeps_to_its_schema_in_every_environment() {
    for environment in ["development", "staging", "production"] {
        let run = Project::shipped().run(&format!("context --stdout --env {environment}")).code(0);
        assert_valid("context.schema.json", &run.json());
    }
}

#[test]
fn a_bare_project_has_a_context_that_keeps_to_the_schema() {
    let run = Project::new().file("envs/dev/.env", "A=\nB=x\n").run("context --stdout").code(0);
    assert_valid("context.schema.json", &run.json());
}

#[test]
fn show_keeps_to_its_schema_for_lists_and_for_keys() {
    let project = Project::shipped().file("envs/production/.env.local", "LOG_LEVEL=none${GONE}\nOTHER=\n");
    for environment in ["development", "staging", "production"] {
        for keys in ["", "LOG_LEVEL OTHER BOT_TOKEN", "WEBHOOK_URL"] {
            let run = project.run(&format!("show {environment} {keys} --format json")).code(0);
            assert_valid("show.schema.json", &run.json());
        }
    }
    let bare = Project::new().file("envs/dev/.env", "");
    assert_valid("show.schema.json", &bare.run("show --format json").code(0).json());
}
