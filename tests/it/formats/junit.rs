//! `--format junit`: well-formed XML whose counts are right.

use super::hostile;
use crate::project::Project;

/// An element of XML: its name, its attributes, and the text before its first child.
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Element>,
    text: String,
}

impl Element {
    fn get(&self, name: &str) -> &str {
        &self.attributes.iter().find(|(other, _)| other == name).unwrap().1
    }

    fn number(&self, name: &str) -> usize {
        self.get(name).parse().unwrap()
    }
}

/// What a strict reader of XML 1.0 makes of `text`: it panics where one would refuse.
fn parsed(text: &str) -> Element {
    let is_legal = |c: char| matches!(c, '\n' | ' '..='\u{fffd}' | '\u{10000}'..);
    assert!(text.chars().all(is_legal), "a character that XML 1.0 does not have");
    let body = text.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").unwrap();
    let root =
        Element { name: String::new(), attributes: Vec::new(), children: Vec::new(), text: String::new() };
    let mut open = vec![root];
    let mut rest = body;
    while let Some((before, after)) = rest.split_once('<') {
        open.last_mut().unwrap().text += &plain(before);
        let (tag, after) = after.split_once('>').unwrap();
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            let closed = open.pop().unwrap();
            assert_eq!(closed.name, name);
            open.last_mut().unwrap().children.push(closed);
        } else {
            let (tag, is_closed) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
            let element = element(tag);
            if is_closed { open.last_mut().unwrap().children.push(element) } else { open.push(element) }
        }
    }
    assert_eq!((rest, open.len()), ("\n", 1));
    open.pop().unwrap().children.pop().unwrap()
}

fn element(tag: &str) -> Element {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    let mut attributes = Vec::new();
    while !rest.trim().is_empty() {
        let (name, after) = rest.trim_start().split_once("=\"").unwrap();
        let (value, after) = after.split_once('"').unwrap();
        attributes.push((name.to_owned(), plain(value)));
        rest = after;
    }
    Element { name: name.to_owned(), attributes, children: Vec::new(), text: String::new() }
}

/// `text` with its references resolved; a bare ampersand or bracket is no XML.
fn plain(text: &str) -> String {
    let parts: Vec<_> = text.split('&').collect();
    let mut plain = parts[0].to_owned();
    for part in &parts[1..] {
        let (name, rest) = part.split_once(';').unwrap();
        plain += match name {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            other => panic!("&{other};"),
        };
        plain += rest;
    }
    assert!(!text.contains(['<', '>']), "{text}");
    plain
}

/// Asserts that every count is the count of what is there.
fn check(root: &Element) {
    assert_eq!(root.name, "testsuites");
    let is_failed = |case: &Element| case.children.iter().any(|child| child.name == "failure");
    let (mut tests, mut failures) = (0, 0);
    for suite in &root.children {
        assert_eq!(suite.name, "testsuite");
        assert!(suite.children.iter().all(|case| case.name == "testcase" && case.get("time") == "0"));
        let failed = suite.children.iter().filter(|case| is_failed(case)).count();
        assert_eq!((suite.number("tests"), suite.number("failures")), (suite.children.len(), failed));
        (tests, failures) = (tests + suite.children.len(), failures + failed);
    }
    assert_eq!((root.number("tests"), root.number("failures")), (tests, failures));
}

fn case<'e>(root: &'e Element, suite: &str, rule: &str) -> &'e Element {
    let suite = root.children.iter().find(|one| one.get("name") == suite).unwrap();
    suite.children.iter().find(|case| case.get("name") == rule).unwrap()
}

#[test]
fn an_error_fails_its_case_and_a_warning_is_only_told() {
    let project = Project::new()
        .file("envs/staging/.env", "A=changeme\nB=changeme\n")
        .file("envs/production/.env", "A=changeme\nB=changeme\n");
    let run = project.run("validate --format junit").code(1).stderr("");
    let root = parsed(&run.stdout);
    check(&root);
    assert_eq!(
        root.children.iter().map(|suite| suite.get("name")).collect::<Vec<_>>(),
        ["staging", "production"]
    );
    let failed = &case(&root, "production", "placeholder").children;
    assert_eq!(failed.len(), 1);
    assert_eq!(failed[0].get("message"), "A is still a placeholder (and 1 more)");
    assert!(
        failed[0].text.starts_with("error: envs/production/.env:1:3: A is still a placeholder\n  help: ")
    );
    let told = &case(&root, "staging", "placeholder").children;
    assert_eq!((told.len(), told[0].name.as_str()), (1, "system-out"));
    assert!(case(&root, "staging", "same-secret").children.is_empty());
}

#[test]
fn every_name_is_data_and_every_count_right() {
    for project in [hostile::project(), hostile::crowd(1000), Project::shipped()] {
        let run = project.run("validate --format junit");
        check(&parsed(&run.shows_all().stdout));
    }
    let run = hostile::crowd(1000).run("validate --format junit").code(1);
    assert!(
        case(&parsed(&run.stdout), "production", "placeholder").children[0].text.ends_with("and 900 more\n")
    );
}
