//! What a schema says of a document.

use serde_json::Value;

/// The part of JSON Schema 2020-12 that the generator writes. Any other keyword stops the test: it would go unchecked.
pub struct Schema<'s> {
    /// What a `$ref` refers to.
    pub root: &'s Value,
    /// What holds here.
    pub node: &'s Value,
}

impl Schema<'_> {
    fn at<'s>(&'s self, node: &'s Value) -> Schema<'s> {
        Schema { root: self.root, node }
    }

    /// What of `value` breaks it; `place` is where it stands.
    pub fn violations(&self, value: &Value, place: &str) -> Vec<String> {
        let Some(keywords) = self.node.as_object() else { return Vec::new() };
        keywords.iter().flat_map(|(keyword, rule)| self.check(keyword, rule, value, place)).collect()
    }

    fn check(&self, keyword: &str, rule: &Value, value: &Value, place: &str) -> Vec<String> {
        let fail = |ok: bool| if ok { vec![] } else { vec![format!("{place} breaks {keyword} {rule}")] };
        match keyword {
            "$schema" | "$defs" | "title" | "description" | "format" => vec![],
            "const" => fail(value == rule),
            "enum" => fail(rule.as_array().unwrap().contains(value)),
            "pattern" => {
                let pattern = regex_lite::Regex::new(rule.as_str().unwrap()).unwrap();
                fail(value.as_str().is_none_or(|text| pattern.is_match(text)))
            }
            "type" => fail(types(rule).iter().any(|kind| is_of(value, kind))),
            "minimum" => fail(value.as_f64().is_none_or(|number| number >= rule.as_f64().unwrap())),
            "maximum" => fail(value.as_f64().is_none_or(|number| number <= rule.as_f64().unwrap())),
            "required" => fail(types(rule).iter().all(|name| value.get(name).is_some())),
            "anyOf" => fail(self.fitting(rule, value, place) > 0),
            "oneOf" => fail(self.fitting(rule, value, place) == 1),
            "$ref" => {
                let pointer = rule.as_str().unwrap().strip_prefix('#').unwrap();
                self.at(self.root.pointer(pointer).unwrap()).violations(value, place)
            }
            "items" => {
                let items = value.as_array().into_iter().flatten().enumerate();
                items.flat_map(|(n, item)| self.at(rule).violations(item, &format!("{place}[{n}]"))).collect()
            }
            "properties" => fields(value)
                .flat_map(|(name, field)| match (rule.get(name), self.node.get("additionalProperties")) {
                    (Some(schema), _) => self.at(schema).violations(field, &format!("{place}.{name}")),
                    (None, None) => vec![format!("{place}.{name} is not in the schema")],
                    (None, Some(_)) => vec![],
                })
                .collect(),
            "additionalProperties" => fields(value)
                .filter(|(name, _)| self.node["properties"].get(name).is_none())
                .flat_map(|(name, field)| match rule {
                    Value::Bool(false) => vec![format!("{place}.{name} must not be there")],
                    rule => self.at(rule).violations(field, &format!("{place}.{name}")),
                })
                .collect(),
            other => panic!("the schema uses `{other}`, which this test does not check"),
        }
    }

    /// How many of these schemas `value` keeps to.
    fn fitting(&self, branches: &Value, value: &Value, place: &str) -> usize {
        let branches = branches.as_array().unwrap().iter();
        branches.filter(|branch| self.at(branch).violations(value, place).is_empty()).count()
    }
}

/// The members of an object.
fn fields(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
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
        "properties": {
            "a": { "type": ["integer", "null"], "minimum": 1 },
            "b": { "items": { "$ref": "#/$defs/word" } },
            "c": { "oneOf": [{ "const": "x" }, { "enum": ["x", "y"] }] },
            "d": { "additionalProperties": { "pattern": "^a" } },
            "e": { "properties": { "f": {} }, "additionalProperties": false }
        },
        "required": ["a"],
        "$defs": { "word": { "anyOf": [{ "type": "string" }, { "type": "null" }] } }
    });
    let schema = Schema { root: &schema, node: &schema };
    for (document, count) in [
        (serde_json::json!({ "a": 1, "b": ["x", null], "c": "y", "d": { "x": "ab" }, "e": { "f": 1 } }), 0),
        (serde_json::json!({ "a": null }), 0),
        (serde_json::json!({ "a": 0 }), 1),
        (serde_json::json!({ "b": [1] }), 2),
        (serde_json::json!({ "a": 1, "z": 1 }), 1),
        (serde_json::json!({ "a": 1, "c": "x" }), 1),
        (serde_json::json!({ "a": 1, "c": "z" }), 1),
        (serde_json::json!({ "a": 1, "d": { "x": "ba" } }), 1),
        (serde_json::json!({ "a": 1, "e": { "g": 1 } }), 1),
        (serde_json::json!([]), 2),
    ] {
        assert_eq!(schema.violations(&document, "$").len(), count, "{document}");
    }
}
