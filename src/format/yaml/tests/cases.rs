//! What is written, and what is read.

use super::Case;
use crate::model::source::ValueType::{Boolean, Date, List, Map, Null, Number, String};

pub const SCALARS: &[Case] = &[
    ("a: text", &[("a", String, "text")]),
    ("a: two words # and a comment", &[("a", String, "two words")]),
    ("a: it#s", &[("a", String, "it#s")]),
    ("a: 'it''s'", &[("a", String, "it's")]),
    ("a: \"\\u00fc\\x41\\t\\\"\\\\\"", &[("a", String, "üA\t\"\\")]),
    ("a: C:\\dir\\", &[("a", String, "C:\\dir\\")]),
    ("a: ${X:default}", &[("a", String, "${X:default}")]),
    ("a: <%= ENV['X'] %>", &[("a", String, "<%= ENV['X'] %>")]),
    ("a: '{{ x }}'", &[("a", String, "{{ x }}")]),
    ("a:", &[("a", Null, "")]),
    ("a: ~", &[("a", Null, "")]),
    ("a: null\nb: Null\nc: NULL", &[("a", Null, ""), ("b", Null, ""), ("c", Null, "")]),
    ("a: ~/path", &[("a", String, "~/path")]),
    ("a: ''\nb: '~'\nc: \"null\"", &[("a", String, ""), ("b", String, "~"), ("c", String, "null")]),
    ("a: true\nb: True\nc: TRUE", &[("a", Boolean, "true"), ("b", Boolean, "true"), ("c", Boolean, "true")]),
    ("a: false\nb: no\nc: Off", &[("a", Boolean, "false"), ("b", Boolean, "false"), ("c", Boolean, "false")]),
    ("a: yes\nb: YES\nc: On", &[("a", Boolean, "true"), ("b", Boolean, "true"), ("c", Boolean, "true")]),
    ("a: 'yes'\nb: yEs\nc: y", &[("a", String, "yes"), ("b", String, "yEs"), ("c", String, "y")]),
    (
        "a: 0\nb: -12\nc: +3\nd: 007",
        &[("a", Number, "0"), ("b", Number, "-12"), ("c", Number, "+3"), ("d", Number, "007")],
    ),
    (
        "a: 0x1F\nb: 0o17\nc: 0xG\nd: 0b1",
        &[("a", Number, "0x1F"), ("b", Number, "0o17"), ("c", String, "0xG"), ("d", String, "0b1")],
    ),
    (
        "a: 1.50\nb: .5\nc: 1.\nd: 1e3",
        &[("a", Number, "1.50"), ("b", Number, ".5"), ("c", Number, "1."), ("d", Number, "1e3")],
    ),
    (
        "a: 6.02E+23\nb: -.INF\nc: .NaN",
        &[("a", Number, "6.02E+23"), ("b", Number, "-.INF"), ("c", Number, ".NaN")],
    ),
    (
        "a: 1.2.3\nb: 1_000\nc: 12:30\nd: .\ne: 1e",
        &[
            ("a", String, "1.2.3"),
            ("b", String, "1_000"),
            ("c", String, "12:30"),
            ("d", String, "."),
            ("e", String, "1e"),
        ],
    ),
    ("a: '5'", &[("a", String, "5")]),
    (
        "a: 2024-01-31\nb: '2024-01-31'\nc: 2024-1-31",
        &[("a", Date, "2024-01-31"), ("b", String, "2024-01-31"), ("c", String, "2024-1-31")],
    ),
    (
        "a: 2024-01-31T10:00:00Z\nb: 2024-01-31 10:00:00.5 +02:00",
        &[("a", Date, "2024-01-31T10:00:00Z"), ("b", Date, "2024-01-31 10:00:00.5 +02:00")],
    ),
    (
        "a: 2024-01-31T10\nb: 2024-01-31-rc1",
        &[("a", String, "2024-01-31T10"), ("b", String, "2024-01-31-rc1")],
    ),
    (
        "a: !!str 5\nb: !!int '5'\nc: !!bool yes\nd: !!null ''",
        &[("a", String, "5"), ("b", Number, "5"), ("c", Boolean, "true"), ("d", Null, "")],
    ),
    (
        "a: ! 5\nb: !Ref Bucket\nc: !env 5\nd: !<tag:yaml.org,2002:str> no",
        &[("a", String, "5"), ("b", String, "Bucket"), ("c", String, "5"), ("d", String, "no")],
    ),
    ("a: !Sub\n  - x\n  - {b: c}\nd: !vault ~", &[("a", List, r#"["x",{"b":"c"}]"#), ("d", String, "~")]),
];

pub const STRUCTURE: &[Case] = &[
    ("", &[]),
    ("\u{feff}", &[]),
    ("# nothing\n\n   # here\n", &[]),
    ("---\n...\n", &[]),
    ("- a\n- b: c\n", &[]),
    ("only text", &[]),
    ("{}", &[]),
    ("a: {}\nb: []", &[("a", Map, "{}"), ("b", List, "[]")]),
    ("a:\n  b:\n    c: 1\n  d: 2\ne: 3", &[("a.b.c", Number, "1"), ("a.d", Number, "2"), ("e", Number, "3")]),
    (
        "a.b: 1\nc:\n  'd.e': 2\n'': 3",
        &[("\"a.b\"", Number, "1"), ("c.\"d.e\"", Number, "2"), ("\"\"", Number, "3")],
    ),
    ("{a: {b: 1}, \"c\":2, d: }", &[("a.b", Number, "1"), ("c", Number, "2"), ("d", Null, "")]),
    (
        "a:\n- 1\n- '1'\n- null\n- yes\n- 2024-01-31\n-\n  - x",
        &[("a", List, r#"[1,"1",null,true,"2024-01-31",["x"]]"#)],
    ),
    (
        "a:\n  - name: x\n    port: 1\n  - name: y",
        &[("a[x].name", String, "x"), ("a[x].port", Number, "1"), ("a[y].name", String, "y")],
    ),
    ("a: [{name: x}, {name: x}]", &[("a", List, r#"[{"name":"x"},{"name":"x"}]"#)]),
    (
        "on: 1\n5: 2\nnull: 3\n~: 4",
        &[("on", Number, "1"), ("5", Number, "2"), ("null", Number, "3"), ("~", Number, "4")],
    ),
    (
        "? [a, {b: c}]\n: 1\n? {d: e}\n: 2\n? f",
        &[(r#"["a",{"b":"c"}]"#, Number, "1"), (r#"{"d":"e"}"#, Number, "2"), ("f", Null, "")],
    ),
    (
        "a: |\n  one\n   two\n\n  three\n\nb: |-\n  x\nc: |+\n  y\n\n",
        &[("a", String, "one\n two\n\nthree\n"), ("b", String, "x"), ("c", String, "y\n\n")],
    ),
    (
        "a: >\n  one\n  two\n\n  three\nb: >-\n  x\n  y",
        &[("a", String, "one two\nthree\n"), ("b", String, "x y")],
    ),
    ("a: |2\n    x\nb: ''", &[("a", String, "  x\n"), ("b", String, "")]),
    (
        "a: one\n  two\n\n  three\nb: \"x\n  y\\\n  z\"",
        &[("a", String, "one two\nthree"), ("b", String, "x yz")],
    ),
    (
        "a: 1\r\nb: |\r\n  x\r\n  y\r\nc: 2\r\n",
        &[("a", Number, "1"), ("b", String, "x\ny\n"), ("c", Number, "2")],
    ),
    ("a: 1\t# tab\nb: \"x\ty\"", &[("a", Number, "1"), ("b", String, "x\ty")]),
    ("%YAML 1.2\n---\na: 1", &[("a", Number, "1")]),
    ("日本: 語 # é", &[("日本", String, "語")]),
    ("url: http://x:8080/y#z\ntime: a:b", &[("url", String, "http://x:8080/y#z"), ("time", String, "a:b")]),
];

pub const ALIASES: &[Case] = &[
    ("a: &x 1\nb: *x", &[("a", Number, "1"), ("b", Number, "1")]),
    (
        "a: &x {k: 1}\nb: *x\nc: [*x]",
        &[("a.k", Number, "1"), ("b.k", Number, "1"), ("c", List, r#"[{"k":1}]"#)],
    ),
    ("a: &x 1\nb: &x 2\nc: *x", &[("a", Number, "1"), ("b", Number, "2"), ("c", Number, "2")]),
    ("a: &k key\n*k : 1", &[("a", String, "key"), ("key", Number, "1")]),
    (
        "a: &x {k: 1, l: 2}\nb:\n  m: 3\n  <<: *x\n  k: 4",
        &[
            ("a.k", Number, "1"),
            ("a.l", Number, "2"),
            ("b.m", Number, "3"),
            ("b.l", Number, "2"),
            ("b.k", Number, "4"),
        ],
    ),
    (
        "a: &x {k: 1}\nb: &y {k: 2, l: 2}\nc:\n  <<: [*x, *y]",
        &[
            ("a.k", Number, "1"),
            ("b.k", Number, "2"),
            ("b.l", Number, "2"),
            ("c.k", Number, "1"),
            ("c.l", Number, "2"),
        ],
    ),
    ("a: {<<: {k: 1}, <<: {k: 2, l: 2}}", &[("a.k", Number, "2"), ("a.l", Number, "2")]),
    (
        "a: &x {k: {deep: 1}}\nb: {<<: *x, k: {own: 2}}",
        &[("a.k.deep", Number, "1"), ("b.k.own", Number, "2")],
    ),
    (
        "a: &x {k: 1}\nb: &y {<<: *x}\nc: {<<: *y}",
        &[("a.k", Number, "1"), ("b.k", Number, "1"), ("c.k", Number, "1")],
    ),
    ("a: {'<<': 1}", &[("a.<<", Number, "1")]),
];

pub const DOCUMENTS: &[Case] = &[
    (
        "a: 1\n---\na: 2\n---\n---\na: 3\n",
        &[("a", Number, "1"), ("[2].a", Number, "2"), ("[3].a", Number, "3")],
    ),
    ("---\n# first\n---\na: 1\n", &[("a", Number, "1")]),
    (
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: app}\ndata:\n  A: x\n",
        &[
            ("[ConfigMap/app].apiVersion", String, "v1"),
            ("[ConfigMap/app].kind", String, "ConfigMap"),
            ("[ConfigMap/app].metadata.name", String, "app"),
            ("[ConfigMap/app].data.A", String, "x"),
        ],
    ),
    (
        "apiVersion: kustomize.config.k8s.io/v1\nkind: Kustomization\n",
        &[("apiVersion", String, "kustomize.config.k8s.io/v1"), ("kind", String, "Kustomization")],
    ),
    (
        "{apiVersion: v1, kind: S, metadata: {name: a, namespace: x}}\n---\n{apiVersion: v1, kind: S, metadata: {name: a, namespace: y}}\n",
        &[
            ("[S/a].apiVersion", String, "v1"),
            ("[S/a].kind", String, "S"),
            ("[S/a].metadata.name", String, "a"),
            ("[S/a].metadata.namespace", String, "x"),
            ("[S/y/a].apiVersion", String, "v1"),
            ("[S/y/a].kind", String, "S"),
            ("[S/y/a].metadata.name", String, "a"),
            ("[S/y/a].metadata.namespace", String, "y"),
        ],
    ),
    (
        "a: 1\n---\nspring:\n  config.activate:\n    on-profile: prod\na: 2\n",
        &[
            ("a", Number, "1"),
            ("[on-profile/prod].spring.\"config.activate\".on-profile", String, "prod"),
            ("[on-profile/prod].a", Number, "2"),
        ],
    ),
    (
        "spring.config.activate.on-profile: [x, y]\n---\nspring: {profiles: z}\n---\nspring: {profiles: {active: dev}}\n",
        &[
            ("[on-profile/x,y].\"spring.config.activate.on-profile\"", List, r#"["x","y"]"#),
            ("[on-profile/z].spring.profiles", String, "z"),
            ("[3].spring.profiles.active", String, "dev"),
        ],
    ),
];

/// What is written, what is said of it, and the rest of the line in which it stands.
pub const BROKEN: &[(&str, &str, &str)] = &[
    ("a: 1\nb: 'x\nc: 2\n", "the quote that opens here is never closed, or its lines are not indented", "'x"),
    ("a: 1\nb: 'x\n", "the quote that opens here is never closed", "'x"),
    ("a:\tb", "a tab stands where only spaces may indent", "b"),
    ("a: \"\\q\"", "a backslash in this text is not followed by an escape", "\"\\q\""),
    ("a: 'x' y", "text follows the closing quote", "y"),
    ("a: 'x'y", "text follows the closing quote", "y"),
    ("a: b: c", "a `: ` stands where no key can be", ": c"),
    ("a: 1\nb\nc: 2", "this is no `key: value` of the map it stands in", "c: 2"),
    ("a: 1\n  b: 2", "a `: ` stands where no key can be", ": 2"),
    ("a:\n  b: 1\n c: 2", "this is no `key: value` of the map it stands in", "c: 2"),
    ("a:\n  - x\n  y: 1", "this is no item of the list it stands in", "y: 1"),
    ("a: *x", "an alias refers to an anchor that is not above it", "*x"),
    ("a: &x [*x]", "this alias refers to what it stands in, or to another document", "*x]"),
    ("a: &x 1\n---\nb: *x", "this alias refers to what it stands in, or to another document", "*x"),
    ("a: @x", "a value cannot begin with this character", "@x"),
    ("a: [1, 2\nb: 3", "a list or a map in brackets is broken here", ": 3"),
    ("a: ]", "a bracket closes what was never opened", "]"),
    ("a:\n\tb: 1", "a tab stands where only spaces may indent", "b: 1"),
    ("a: !x!y z", "this is no tag that YAML knows", "!x!y z"),
    ("a: 1\n...\nb\nc: 1", "a `: ` stands where no key can be", ": 1"),
    ("a: {{ x }}", "this is a template, not YAML: it must be rendered before it can be read", "{{ x }}"),
    (
        "a: {{ x }}-{{ y }}",
        "this is a template, not YAML: it must be rendered before it can be read",
        "{{ x }}-{{ y }}",
    ),
    (
        "{{- if .Values.x }}\na: 1\n{{- end }}",
        "this is a template, not YAML: it must be rendered before it can be read",
        "{{- if .Values.x }}",
    ),
    (
        "a: 1\n<% if x %>\nb: 2\n<% end %>\n",
        "this is a template, not YAML: it must be rendered before it can be read",
        "<% if x %>",
    ),
    (
        "a: 1\n{% if x %}\nb: 2\n",
        "this is a template, not YAML: it must be rendered before it can be read",
        "{% if x %}",
    ),
];
