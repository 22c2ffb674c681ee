//! The format, by what is written and what is read.

use super::read;
use crate::format::of_file;
use crate::format::probe::{complaints, leaves, places, wanted};
use crate::format::tree::too_much;
use crate::model::source::ValueType::{List, Null, Number, String};
use crate::model::source::{Entry, SourceKind};

#[test]
fn compose_files_are_known_by_their_name() {
    let names = [
        "docker-compose.yml",
        "docker-compose.prod.yaml",
        "compose.yaml",
        "compose.override.yml",
        "docker-compose-test.yml",
    ];
    assert!(names.iter().all(|name| of_file(name).is_some_and(|format| format.id == "compose")));
    let others = ["composer.yml", "my-compose.yml", "values.yaml", "compose.json"];
    assert!(others.iter().all(|name| of_file(name).is_none_or(|format| format.id != "compose")));
}

#[test]
fn variables_are_the_same_as_a_list_and_as_a_map() {
    let list = "services:\n  web:\n    environment:\n      - A=x\n      - B\n      - C=\n      - 'D=a=b'\n      - E=yes\n      - a.b=1\n";
    let map = "services:\n  web:\n    environment:\n      A: x\n      B:\n      C: ''\n      D: a=b\n      E: yes\n      a.b: 1\n";
    let want = wanted(&[
        ("services.web.environment.A", String, "x"),
        ("services.web.environment.B", Null, ""),
        ("services.web.environment.C", String, ""),
        ("services.web.environment.D", String, "a=b"),
        ("services.web.environment.E", String, "yes"),
        ("services.web.environment.a.b", String, "1"),
    ]);
    for text in [list, map] {
        let reading = read(text);
        assert_eq!(leaves(&reading), want, "{text}");
        let names: Vec<_> = reading.entries.iter().map(Entry::name).collect();
        assert_eq!(names, ["A", "B", "C", "D", "E", "a.b"]);
        assert!(reading.entries.iter().all(|entry| entry.kind == SourceKind::Variables));
    }
}

#[test]
fn all_else_is_settings_and_references_stay_as_written() {
    let text = "x-env: &env\n  A: ${A:-1}\nservices:\n  web:\n    image: \"app:${TAG}\"\n    ports: [\"80:80\"]\n    \
                environment:\n      <<: *env\n      B: true\n    build:\n      args: [X=1]\n  db:\n  cache: {environment: }\nvolumes: {data: }\n";
    let want = wanted(&[
        ("x-env.A", String, "${A:-1}"),
        ("services.web.image", String, "app:${TAG}"),
        ("services.web.ports", List, "[\"80:80\"]"),
        ("services.web.environment.A", String, "${A:-1}"),
        ("services.web.environment.B", String, "true"),
        ("services.web.build.args", List, "[\"X=1\"]"),
        ("services.db", Null, ""),
        ("services.cache.environment", Null, ""),
        ("volumes.data", Null, ""),
    ]);
    assert_eq!(leaves(&read(text)), want);
    assert_eq!(
        leaves(&read("version: 3\nservices:\n")),
        wanted(&[("version", Number, "3"), ("services", Null, "")])
    );
}

#[test]
fn variables_are_found_where_they_stand() {
    let text = "services:\r\n  ü:\r\n    environment:\r\n      - Ä=ö # é\r\n      - \"B=ß\"\r\n      - &c C=1\r\n      - NONE\r\n      - *c\r\n";
    let places = places(&read(text), text);
    let places: Vec<_> = places.iter().map(|(path, key, value)| (path.as_str(), *key, *value)).collect();
    let want = [
        ("services.ü.environment.Ä", "Ä=ö # é", "ö # é"),
        ("services.ü.environment.B", "B=ß\"", "ß\""),
        ("services.ü.environment.C", "C=1", "1"),
        ("services.ü.environment.NONE", "NONE", ""),
        ("services.ü.environment.C", "*c", "*c"),
    ];
    assert_eq!(places, want);
}

#[test]
fn the_files_of_a_service_are_told() {
    let text = "services:\n  a: {env_file: .env}\n  b:\n    env_file:\n      - ./b.env\n      - path: c.env\n        required: false\n      - {path: \"${D}.env\"}\n      - {required: true}\n  c: {env_file: }\n";
    let reading = read(text);
    let said = reading.refers.iter().map(|file| {
        (&*file.path, text.get(file.offset..).unwrap().split(['\n', '}']).next().unwrap(), file.required)
    });
    let want = [
        (".env", ".env", true),
        ("./b.env", "./b.env", true),
        ("c.env", "c.env", false),
        ("${D}.env", "\"${D", true),
    ];
    assert_eq!(said.collect::<Vec<_>>(), want);
    let paths: Vec<_> = reading.entries.iter().map(|entry| &*entry.key).collect();
    assert_eq!(paths, ["services.a.env_file", "services.b.env_file", "services.c.env_file"]);
}

#[test]
fn what_is_no_variable_is_a_problem_and_the_rest_is_read() {
    let text = "services:\n  a:\n    environment:\n      - K: v\n      -\n      - =x\n      - A=1\n  b:\n    environment: {L: [x], B: 1}\n";
    let reading = read(text);
    let places: Vec<_> = complaints(&reading, text).into_iter().map(|(_, rest)| rest).collect();
    assert_eq!(places, ["K: v", "", "=x", "[x], B: 1}"]);
    assert_eq!(reading.entries.iter().map(Entry::name).collect::<Vec<_>>(), ["A", "B"]);
}

#[test]
fn a_secret_is_known_by_the_name_of_its_variable() {
    let text = "services:\n  secrets:\n    environment: [PORT=80, DB_PASSWORD=x]\n";
    let secrets: Vec<_> = read(text).entries.iter().map(|entry| entry.secret().is_some()).collect();
    assert_eq!(secrets, [false, true]);
}
#[test]
fn a_long_name_above_many_variables_does_not_fill_the_memory() {
    let key = "k".repeat(100_000);
    for many in ["[A=1, B, ", "{A: 1, B: 2, "] {
        let end = if many.starts_with('[') { "]" } else { "}" };
        let variables: std::string::String = (0..1_000).map(|n| format!("V{n}, ")).collect();
        let text = format!("{{services: {{{key}: {{environment: {many}{variables}{end}}}}}}}");
        let said = complaints(&read(&text), &text);
        assert_eq!(
            said.iter().map(|(message, _)| message.as_str()).collect::<Vec<_>>(),
            [too_much(0).message]
        );
    }
}
