//! Every type and every constraint of the manifest, with values that fit and values that do not.

use super::{MANIFEST, all_lines};
use crate::project::Project;

/// The demands on a key, values that meet them, and values that break them, with the rule that says so.
type Row = (&'static str, &'static [&'static str], &'static [&'static str], &'static str);

const WRONG: &str = "wrong-type";
const BARRED: &str = "not-allowed-value";

const TABLE: &[Row] = &[
    ("type = 'string'", &["x", " x ", "1"], &[], WRONG),
    ("type = 'int'", &["0", "-7", "+7", "9007199254740993"], &["1.5", " 1", "0x1", "1_000", "one"], WRONG),
    ("type = 'float'", &["1", "-0.5", "1e3"], &["nan", "inf", "1,5", "1e999", "x"], WRONG),
    (
        "type = 'bool'",
        &["true", "FALSE", "1", "0", "on", "Off", "yes", "no"],
        &["ture", "2", "t", "enabled"],
        WRONG,
    ),
    (
        "type = 'enum'\nvalues = ['debug', 'info']",
        &["debug", "info"],
        &["Debug", "inf", "debug,info", " info"],
        BARRED,
    ),
    (
        "type = 'url'",
        &[
            "https://x.org",
            "http://x.org:8080/a?b=c#d",
            "postgres:///app",
            "sqlite:///a.db",
            "redis://:pw@cache/0",
        ],
        &["x.org", "http://", "http:///a", "https://a b", "https://h:99999", "//x.org", "mailto:a@b.org"],
        WRONG,
    ),
    (
        "type = 'url'\nschemes = ['https', 'wss']",
        &["https://x.org", "HTTPS://x.org", "wss://x.org"],
        &["http://x.internal", "httpss://x.org", "postgres://x/https"],
        BARRED,
    ),
    ("schemes = ['https']", &["https://x.org"], &["http://x.internal", "https", "x.org"], BARRED),
    (
        "type = 'email'",
        &["a.b+c@x.org"],
        &["a@b", "@x.org", "a b@x.org", "a@x.org,b@x.org", "a@x.org."],
        WRONG,
    ),
    (
        "type = 'host'",
        &["db", "a.b-c.org", "a.org.", "::1", "10.0.0.1", "my_db"],
        &["-a", "a-", "a..b", "a.org..", ".", "a b", "h:80", "http://h"],
        WRONG,
    ),
    ("type = 'port'", &["1", "80", "65535"], &["0", "65536", "+80", "80a", "-1", "80.0"], WRONG),
    (
        "type = 'ip'",
        &["192.0.2.1", "2001:db8::1", "::1"],
        &["256.0.0.1", "192.0.2", "localhost", "[::1]", "10.0.0.0/8"],
        WRONG,
    ),
    ("type = 'path'", &["a/b", "/x y", "../up", "C:\\x"], &[], WRONG),
    (
        "type = 'dir'",
        &["envs", "envs/production", ".", "/"],
        &["nowhere", "envctl.toml", "/nowhere/at/all"],
        WRONG,
    ),
    (
        "type = 'uuid'",
        &["123e4567-e89b-12d3-a456-426614174000", "123E4567-E89B-12D3-A456-426614174000"],
        &[
            "123e4567",
            "123e4567-e89b-12d3-a456-42661417400g",
            "123e4567e89b12d3a456426614174000",
            "{123e4567-e89b-12d3-a456-426614174000}",
        ],
        WRONG,
    ),
    ("type = 'semver'", &["1.2.3", "1.0.0-rc.1+b"], &["v1.2.3", "1.2", "1.2.3.4", "01.2.3", "latest"], WRONG),
    (
        "type = 'duration'",
        &["30s", "1h30m", "500ms", "0.5h", "7d", "2w"],
        &["30", "s", "1x", "1h 30m", "1.2.3s", "-5s", "PT5M"],
        WRONG,
    ),
    (
        "type = 'json'",
        &["{}", "[1,2]", "\"x\"", "null", "{\"a\": {\"b\": [1]}}"],
        &["{", "x", "{a: 1}", "[1,]"],
        WRONG,
    ),
    ("type = 'list'", &["a", "a,b", "a, b"], &["a,,b", ",", "a,", ",a", "a, ,b"], WRONG),
    ("type = 'list'\nseparator = ';'", &["a;b", "a,,b", ","], &["a;;b", ";"], WRONG),
    ("type = 'list'\nvalues = ['a', 'b']", &["a", "a, b", "b,a,b"], &["a,c", "A", "a b"], BARRED),
    ("type = 'list'\nseparator = ' '\nvalues = ['a', 'b']", &["a b"], &["a,b", "c a"], BARRED),
    (
        "type = 'date'",
        &["2030-01-31", "2024-02-29", "2030-01-31T10:00:00Z"],
        &["2030-02-30", "2023-02-29", "31.1.2030", "2030-1-31", "tomorrow"],
        WRONG,
    ),
    ("type = 'int'\nmin = 1\nmax = 10", &["1", "10", "5"], &["0", "11", "-1"], BARRED),
    ("type = 'float'\nmin = 0.5", &["0.5", "1e9"], &["0.49", "-1"], BARRED),
    ("type = 'port'\nmin = 1024", &["1024", "65535"], &["80"], BARRED),
    ("min = 1", &["1", "1.5"], &["0", "x", "nan"], BARRED),
    ("type = 'string'\nmax = 3", &["3", "-1e3"], &["4", "three"], BARRED),
    ("min-len = 2\nmax-len = 3", &["ab", "üöä", "abc"], &["a", "ü", "abcd"], BARRED),
    ("min-len = 2", &["ab"], &["a"], BARRED),
    ("max-len = 2", &["ab", "üö"], &["abc"], BARRED),
    ("pattern = '^\\d+:[a-z]{3}$'", &["1:abc", "12:xyz"], &["1:abcd", ":abc", "x1:abc", "1:ABC"], BARRED),
    ("pattern = 'b'", &["abc", "b"], &["a", "B"], BARRED),
    (
        "pattern = '^{env}\\.{env}$'",
        &["production.production"],
        &["productionxproduction", "prod.prod", "{env}.{env}"],
        BARRED,
    ),
    ("prefix = 'app-'", &["app-", "app-x"], &["app", "App-x", "xapp-"], BARRED),
    ("prefix = '{env}/'", &["production/x"], &["{env}/x", "prod/x", "productions/x"], BARRED),
    ("suffix = '.internal'", &["a.internal", ".internal"], &["a.internal.", "internal"], BARRED),
    ("suffix = '-{env}'", &["a-production"], &["a-prod", "a-{env}"], BARRED),
    ("values = ['a', 'b']", &["a", "b"], &["A", "ab", "a,b", " a"], BARRED),
    ("type = 'int'\nvalues = ['1', '2']", &["1", "2"], &["3"], BARRED),
];

#[test]
fn every_type_and_constraint_takes_what_fits_and_reports_the_rest() {
    let complaints: Vec<String> = TABLE.iter().flat_map(complaints).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// All values of a row in one project: a key each.
fn complaints((demands, good, bad, rule): &Row) -> Vec<String> {
    let values: Vec<&str> = good.iter().chain(*bad).copied().collect();
    let keys: String =
        (0..values.len()).map(|n| format!("[keys.K{n}]\nsecret = false\n{demands}\n")).collect();
    let lines: String = values.iter().enumerate().map(|(n, value)| format!("K{n}='{value}'\n")).collect();
    let project = Project::new().file(MANIFEST, keys).file("envs/production/.env", lines);
    let run = project.run("validate --format json");
    let lines = all_lines(&run.json()).into_iter();
    let found: Vec<String> = lines.filter(|line| line.split(' ').next() == Some(rule)).collect();
    let mut wanted: Vec<String> = Vec::new();
    for n in good.len()..values.len() {
        let column = format!("K{n}=").len() + 1;
        wanted.push(format!("{rule} error production K{n} envs/production/.env:{}:{column}", n + 1));
    }
    let difference =
        |a: &[String], b: &[String]| a.iter().filter(|line| !b.contains(line)).cloned().collect::<Vec<_>>();
    let tell = |what: &str, lines: Vec<String>| {
        let key =
            |line: &str| line.split(' ').nth(3).unwrap().trim_start_matches('K').parse::<usize>().unwrap();
        lines
            .into_iter()
            .map(|line| format!("{demands:?} {what} {:?}: {line}", values[key(&line)]))
            .collect::<Vec<_>>()
    };
    let mut complaints = tell("should refuse", difference(&wanted, &found));
    complaints.extend(tell("should take", difference(&found, &wanted)));
    complaints
}

#[test]
fn demands_that_cannot_be_met_are_refused_with_their_place() {
    for (text, place) in [
        (
            "[keys.A]\ntype = \"strng\"\n",
            "envctl.toml:2:8: there is no type `strng`\n  help: did you mean `string`?",
        ),
        ("[keys.A]\npattern = \"(\"\n", "envctl.toml:2:11: this is not a regular expression"),
        ("[keys.A]\ntype = \"enum\"\n", "envctl.toml:1:7: an enum needs its `values`"),
        ("[keys.A]\nmin = 2\nmax = 1\n", "envctl.toml:1:7: `min` is greater than `max`"),
        ("[keys.A]\nmin-len = 2\nmax-len = 1\n", "envctl.toml:1:7: `min-len` is greater than `max-len`"),
        ("[keys.A]\ndistinct = true\nsame = true\n", "envctl.toml:1:7: a key cannot be both"),
        ("[keys.A]\ntype = \"list\"\nseparator = \"\"\n", "envctl.toml:1:7: a `separator` cannot be empty"),
        (
            "[keys.A.in.production]\ndistinct = true\n",
            "envctl.toml:1:12: `distinct` concerns the key in all environments",
        ),
        (
            "[keys.A.in.prodution]\nmin = 1\n",
            "envctl.toml:1:12: no environment or tier is called `prodution`\n  help: did you mean `production`?",
        ),
        (
            "[rules.in.nowhere]\nplaceholder = \"off\"\n",
            "envctl.toml:1:11: no environment or tier is called `nowhere`",
        ),
        (
            "[rules]\nplaceholdr = \"off\"\n",
            "envctl.toml:2:1: there is no rule `placeholdr`\n  help: did you mean `placeholder`?",
        ),
        ("[[accept]]\nrule = \"same\"\n", "`reason` is missing in this table"),
        (
            "[[accept]]\nrule = \"same\"\nreason = \"r\"\nuntil = \"2030-01-01\"\n",
            "envctl.toml:4:9: expected a date without quotes, YYYY-MM-DD, found a string",
        ),
        (
            "[keys.A]\nrequierd = true\n",
            "envctl.toml:2:1: unknown key `requierd`\n  help: did you mean `required`?",
        ),
    ] {
        let project = Project::new().file(MANIFEST, text).file("envs/production/.env", "");
        project.run("validate").code(2).stdout("").says(place);
    }
}
