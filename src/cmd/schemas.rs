//! The published schemas, in `schemas/`: one for each file that people write and each JSON that programs read, made from the structs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

use super::banner::JsonBanner;
use super::current::JsonCurrent;
use super::diff;
use super::explain::JsonExplain;
use super::list;
use super::log;
use super::report::JsonContext;
use super::show::json::JsonShow;
use super::validate::{baseline::Wrote, report, rules::JsonRules};
use super::{COMMANDS, Subcommand};
use crate::format::baseline::Written;
use crate::format::manifest::general;
use crate::format::manifest::raw::{RawEnvironment, RawKey, RawManifest};
use crate::model::baseline;
use crate::out::json::{SCHEMA_VERSION, render};
use crate::rules::{RULES, Rule, may_be_accepted};

/// Every schema, by the name of its file.
fn published() -> BTreeMap<&'static str, Value> {
    BTreeMap::from([
        ("envctl", manifest()),
        ("env", environment()),
        (
            "baseline",
            versioned(
                schema::<Written>(SchemaSettings::draft2020_12(), "envctl-baseline.json"),
                baseline::SCHEMA_VERSION,
            ),
        ),
        ("banner", product::<JsonBanner<'_>>("envctl banner")),
        ("context", product::<JsonContext<'_>>("envctl context")),
        ("current", product::<JsonCurrent<'_>>("envctl current")),
        ("diff", product::<diff::report::Report<'_>>("envctl diff")),
        ("diff-check", product::<diff::check::Report<'_>>("envctl diff --check")),
        ("diff-since", product::<diff::since::Report<'_>>("envctl diff --since")),
        ("diff-dedupe", product::<diff::dedupe::Report<'_>>("envctl diff --dedupe")),
        ("explain", product::<JsonExplain>("envctl explain")),
        ("list", product::<list::JsonReport<'_>>("envctl list")),
        ("log", product::<log::JsonLog<'_>>("envctl log")),
        ("show", product::<JsonShow<'_>>("envctl show")),
        ("validate", product::<report::JsonReport<'_>>("envctl validate")),
        ("validate-rules", product::<JsonRules>("envctl validate --rules")),
        ("validate-write-baseline", product::<Wrote>("envctl validate --write-baseline")),
    ])
}

fn schema<T: JsonSchema>(settings: SchemaSettings, title: &str) -> Value {
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    schema.to_value()
}

/// What a command prints with `--format json`.
fn product<T: JsonSchema>(title: &str) -> Value {
    versioned(schema::<T>(SchemaSettings::draft2020_12().for_serialize(), title), SCHEMA_VERSION)
}

/// Each form that the JSON may have says the version.
fn versioned(mut schema: Value, version: u32) -> Value {
    let forms = match schema.get("anyOf").is_some() {
        true => schema["anyOf"].as_array_mut().unwrap().iter_mut().collect(),
        false => vec![&mut schema],
    };
    for form in forms {
        let field = &mut form["properties"]["schema_version"];
        assert!(field.is_object(), "JSON says its version: {form:#}");
        *field = json!({ "description": "The version of this format.", "const": version });
    }
    schema
}

/// A file in TOML. Editors for it know draft 7, and show what stands beside a `$ref` nowhere: there is none.
fn file<T: JsonSchema>(title: &str) -> Value {
    let settings = SchemaSettings::draft07().with(|settings| settings.inline_subschemas = true);
    let mut schema = schema::<T>(settings, title);
    simplify(&mut schema);
    schema
}

/// TOML has no null, and what an absent key means is said in words.
fn simplify(node: &mut Value) {
    let is_null = |kind: &Value| kind == "null" || kind["type"] == "null" || kind.is_null();
    if let Value::Object(keywords) = node {
        let is_said = |keyword: &str, value: &Value| match keyword {
            "default" => value["description"].is_string(), // a key of this name
            "format" => value == "date",
            _ => true,
        };
        keywords.retain(|keyword, value| is_said(keyword, value));
        for keyword in ["type", "anyOf", "enum"] {
            let Some(Value::Array(choices)) = keywords.get_mut(keyword) else { continue };
            choices.retain(|choice| !is_null(choice));
            if let ([only], true) = (choices.as_slice(), keyword != "enum") {
                let only = only.clone();
                keywords.remove(keyword);
                let inner = if let Value::Object(inner) = only {
                    inner
                } else {
                    Map::from_iter([(keyword.to_owned(), only)])
                };
                for (keyword, value) in inner {
                    keywords.entry(keyword).or_insert(value);
                }
            }
        }
    }
    match node {
        Value::Object(members) => members.values_mut().for_each(simplify),
        Value::Array(items) => items.iter_mut().for_each(simplify),
        _ => {}
    }
}

fn environment() -> Value {
    let mut schema = file::<RawEnvironment>("env.toml");
    schema["properties"].as_object_mut().unwrap().remove("files"); // the manifest says it
    schema
}

fn manifest() -> Value {
    let mut schema = file::<RawManifest>("envctl.toml");
    let root = &mut schema["properties"];
    let levels = levels(&root["rules"]["additionalProperties"]);
    root["rules"]["properties"] = levels.clone();
    root["rules"]["properties"]["in"] = json!({
        "description": "Severities in an environment or a tier alone: [rules.in.production].",
        "type": "object",
        "additionalProperties": { "type": "object", "properties": levels, "additionalProperties": false }
    });
    root["rules"]["additionalProperties"] = false.into();
    let accepted: Vec<&str> = RULES.iter().map(|rule| rule.id).filter(|rule| may_be_accepted(rule)).collect();
    root["accept"]["items"]["properties"]["rule"]["enum"] = accepted.into();
    let key = root["keys"]["additionalProperties"].clone();
    root["keys"]["additionalProperties"]["properties"]["in"]["additionalProperties"] = within(key);
    let one_of = ["exactly-one", "at-least-one", "all-or-none"].map(|demand| json!({ "required": [demand] }));
    root["group"]["items"]["oneOf"] = one_of.to_vec().into();
    schema
}

/// A property for each rule, which says what the rule looks for.
fn levels(level: &Value) -> Value {
    let property = |rule: &Rule| {
        let mut level = level.clone();
        level["description"] = rule.summary.into();
        if !may_be_accepted(rule.id) {
            level["enum"].as_array_mut().unwrap().retain(|word| word != "off");
        }
        (rule.id.to_owned(), level)
    };
    Value::Object(RULES.iter().map(property).collect())
}

/// What `[keys.NAME.in.ENV]` may say: what `[keys.NAME]` may, but for what concerns every environment.
fn within(mut key: Value) -> Value {
    let properties = key["properties"].as_object_mut().unwrap();
    general(&RawKey::default()).iter().for_each(|(name, _)| drop(properties.remove(*name).unwrap()));
    properties["required"] = json!({ "description": "Must it be set here?", "type": "boolean" });
    key
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas")
}

/// `ENVCTL_BLESS=1 cargo test` writes them anew.
#[test]
fn the_published_schemas_are_fresh() {
    for (name, schema) in published() {
        let path = folder().join(format!("{name}.schema.json"));
        let schema = render(&Schema::try_from(schema).unwrap()).unwrap();
        if std::env::var_os("ENVCTL_BLESS").is_some() {
            std::fs::write(&path, &schema).unwrap();
        }
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            written == schema,
            "schemas/{name}.schema.json is stale: ENVCTL_BLESS=1 cargo test writes it anew"
        );
    }
}

/// The commands that print no JSON, or that of `export`: one flat object of the user's own names.
const WITHOUT: &[&str] =
    &["completions", "docs", "export", "guard", "hook", "init", "prompt", "run", "switch"];

#[test]
fn every_command_that_prints_json_has_a_schema() {
    let published = published();
    for Subcommand { name, .. } in COMMANDS {
        let has_schema = published.contains_key(name);
        assert!(
            has_schema != WITHOUT.contains(name),
            "put the JSON of {name} into `published`, or {name} into WITHOUT"
        );
    }
}

#[test]
fn every_published_schema_is_made_here() {
    let files =
        std::fs::read_dir(folder()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let strange: Vec<_> = files
        .filter(|file| !file.strip_suffix(".schema.json").is_some_and(|name| published().contains_key(name)))
        .collect();
    assert!(
        strange.is_empty(),
        "nobody makes {strange:?}: remove them from schemas/, or add them to `published`"
    );
}

#[test]
fn every_word_of_the_manifest_is_explained() {
    for name in ["envctl", "env"] {
        let mut silent = Vec::new();
        unexplained(&published()[name], name, &mut silent);
        assert!(
            silent.is_empty(),
            "say in one line what these are for, where the struct is declared: {silent:?}"
        );
    }
}

fn unexplained(node: &Value, place: &str, silent: &mut Vec<String>) {
    for (name, property) in node["properties"].as_object().into_iter().flatten() {
        if !property["description"].is_string() {
            silent.push(format!("{place}.{name}"));
        }
        unexplained(property, &format!("{place}.{name}"), silent);
    }
    for keyword in ["items", "additionalProperties"] {
        if node[keyword].is_object() {
            unexplained(&node[keyword], place, silent);
        }
    }
}
