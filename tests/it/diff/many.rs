//! More than two environments: the matrix, its list form, and each environment with the next one.

use std::process::Stdio;

use proptest::prelude::*;
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use crate::project::Project;
use crate::terminal::Terminal;

fn project() -> Project {
    Project::new()
        .file("envs/prod/.env", "LEVEL=warn\nHOST=app.example\nTOKEN=canary-a\nREGION=eu\nWORD==\n")
        .file(
            "envs/dev/.env",
            "LEVEL=debug\nHOST=app-dev.example\nTOKEN=canary-a\nREGION=eu\nDEBUG_PORT=9229\n",
        )
        .file("envs/staging/.env", "LEVEL=warn\nHOST=app-staging.example\nTOKEN=canary-b\nREGION=eu\nWORD=\n")
}

#[test]
fn a_matrix_has_environments_in_the_order_of_tiers_and_repeats_nothing() {
    let matrix = "\
envs/{env}/.env
                 dev      staging  prod
  -  DEBUG_PORT  9229     missing  missing
  ~  LEVEL       debug    warn     =
  ~  TOKEN       set (1)  set (2)  set (1)  (secret)
  -  WORD        missing  empty    \"=\"

= as to the left, ≈ as to the left but for the environment's name
1 more differs only by the environment's name (HOST); --all-keys lists it
3 different, 1 of them only by name, 2 missing somewhere, 1 identical in 3 environments
";
    for args in ["diff --all", "diff prod dev staging", "diff staging prod dev prod"] {
        project().run(args).code(0).stderr("").never_says("canary").stdout(matrix);
    }
}

#[test]
fn all_keys_shows_where_values_are_the_same_but_for_the_name() {
    project()
        .run("diff --all --all-keys")
        .code(0)
        .says("  ≈  HOST        app-dev.example  ≈        ≈\n")
        .says("  =  REGION      eu               =        =\n");
}

#[test]
fn names_alone_show_who_has_a_key_and_no_value() {
    project()
        .run("diff --all --keys")
        .code(0)
        .never_says("debug")
        .says("  ~  LEVEL       set      set      =\n");
}

#[test]
fn json_of_many_has_the_shape_of_two() {
    let json = project().run("diff --all --format json").code(0).never_says("canary").json();
    assert_eq!(json["environments"], json!(["dev", "staging", "prod"]));
    assert_eq!(
        json["counts"],
        json!({
            "only_in": {"dev": 1, "staging": 0, "prod": 0}, "in_some": 1, "different": 3, "same": 1,
            "name_only": 1, "whitespace": 0, "type": 0, "value": 1, "secret": 1,
        })
    );
    let key = |path: &str| json["keys"].as_array().unwrap().iter().find(|key| key["path"] == path).unwrap();
    assert_eq!(
        *key("LEVEL"),
        json!({
            "source": "envs/{env}/.env", "path": "LEVEL", "status": "different", "kind": "value",
            "in": ["dev", "staging", "prod"], "secret": false, "groups": [["dev"], ["staging", "prod"]],
            "values": {"dev": "debug", "staging": "warn", "prod": "warn"},
        })
    );
    assert_eq!(key("TOKEN")["groups"], json!([["dev", "prod"], ["staging"]]));
    assert_eq!(
        (&key("WORD")["status"], &key("WORD")["in"]),
        (&json!("only-in"), &json!(["staging", "prod"]))
    );
}

#[test]
fn without_a_name_each_environment_is_compared_with_the_next_one() {
    let run = project().run("diff --key LEVEL --exit-code").code(1);
    run.stdout(
        "\
dev → staging

envs/{env}/.env
  ~  LEVEL  different  debug → warn

1 different, 0 only in dev, 0 only in staging, 0 same

staging → prod

0 different, 0 only in staging, 0 only in prod, 1 same
",
    );
    let json = project().run("diff --format json").code(0).json();
    let pairs: Vec<_> =
        json["comparisons"].as_array().unwrap().iter().map(|one| one["environments"].clone()).collect();
    assert_eq!(pairs, [json!(["dev", "staging"]), json!(["staging", "prod"])]);
}

#[test]
fn a_glob_picks_files_by_what_they_are_or_by_a_path() {
    let project = project().file("values-dev.yaml", "a: 1\n").file("values-prod.yaml", "a: 2\n");
    for glob in ["values*", "values-{env}.yaml", "values-prod.yaml"] {
        project.run(&format!("diff dev prod --source {glob}")).code(0).stdout(
            "values-{env}.yaml\n  ~  a  different  1 → 2\n\n1 different, 0 only in dev, 0 only in prod, 0 same\n",
        );
    }
    project.run("diff --all --source nothing").code(0).says("0 different, 0 missing somewhere, 0 identical");
}

/// What `diff` shows at a terminal of so many columns.
fn at_terminal(project: &Project, columns: u16, args: &str) -> String {
    let terminal = Terminal::new(columns);
    let mut command = project.command();
    command.args(args.split(' ')).stdout(terminal.end()).stderr(Stdio::null());
    let (code, screen) = terminal.start_as_it_is(&mut command).end();
    assert_eq!(code, Some(0), "{screen}");
    screen.replace("\r\n", "\n")
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    let long = "https://日本.example/".to_owned() + &"a-b/".repeat(50);
    let key = "K".repeat(90);
    let project = project()
        .file("envs/dev/app.env", format!("{key}=1\nURL={long}a\nSLASH={long}/\n"))
        .file("envs/staging/app.env", format!("{key}=2\nURL={long}b\nSLASH={long}\n"))
        .file("envs/prod/app.env", format!("URL={long}c\nSLASH={long}\nSTAGING_{key}_X=1\n"));
    for columns in [40, 41, 60, 80, 120, 200, 300] {
        for args in ["diff --all --all-keys", "diff staging prod --all-keys", "diff", "diff --all --keys"] {
            let screen = at_terminal(&project, columns, &format!("{args} --color never"));
            let widest = screen.lines().max_by_key(|line| line.width()).unwrap();
            assert!(widest.width() <= usize::from(columns), "{columns}: {args}: {widest:?}\n{screen}");
            assert!(screen.contains("LEVEL"), "{columns}: {args}\n{screen}");
            assert!(columns > 80 || screen.contains('…'), "{columns}: {args}\n{screen}");
        }
    }
}

#[test]
fn a_narrow_terminal_gets_a_list_with_equal_ones_together() {
    let long = "https://app.example/".to_owned() + &"a-b/".repeat(15);
    let project = project()
        .file("envs/dev/.env", format!("LEVEL={long}\n"))
        .file("envs/staging/.env", format!("LEVEL={long}s\n"))
        .file("envs/prod/.env", format!("LEVEL={long}s\n"));
    let screen = at_terminal(&project, 40, "diff --all --color never --key LEVEL");
    assert_eq!(
        screen,
        "\
envs/{env}/.env
  ~  LEVEL
     dev: https://app.e…b/a-b/
     staging, prod: https://app.e…/a-b/s

1 different, 0 missing somewhere, 0
identical in 3 environments
"
    );
    let pair = at_terminal(&project, 40, "diff dev prod --color never --key LEVEL");
    assert!(pair.starts_with("envs/{env}/.env\n  ~  LEVEL  different\n       https://app.exam"), "{pair}");
    assert!(pair.contains("\n     → https://app.exam"), "{pair}");
}

#[test]
fn what_is_cut_still_shows_what_differs_and_names_are_never_cut() {
    let long = |middle: &str| format!("https://app.example/{}{middle}/{}", "a/".repeat(30), "b/".repeat(30));
    let names = ["dev", "qa", "uat", "demo", "preprod", "staging", "prod"];
    let project = names.iter().fold(Project::new(), |project, name| {
        let middle = if *name == "prod" { "two" } else { "one" };
        project.file(&format!("envs/{name}/.env"), format!("PORT=1\nURL={}\n", long(middle)))
    });
    let screen = at_terminal(&project, 40, "diff --all --color never");
    assert_eq!(
        screen,
        "\
envs/{env}/.env
  ~  URL
     dev, qa, demo, preprod, staging,
     uat:
       …/a/one/b/b/b/b/b/b…/b/b/b/b/
     prod: …/a/two/b/b/b/b/b/b…/b/b/b/b/

1 different, 0 missing somewhere, 1
identical in 7 environments
"
    );
    let screen = at_terminal(&project, 60, "diff dev prod --color never --all-keys");
    assert_eq!(
        screen,
        "\
envs/{env}/.env
  =  PORT  same       1
  ~  URL   different
       …a/a/a/one/b/b/b/b/b/b/b/b/b/b/b/b/…/b/b/b/b/b/b/b/b/
     → …a/a/a/two/b/b/b/b/b/b/b/b/b/b/b/b/…/b/b/b/b/b/b/b/b/

1 different, 0 only in dev, 0 only in prod, 1 same
"
    );
}

#[test]
fn what_reads_like_a_word_of_ours_or_has_blanks_around_it_is_in_quotes() {
    let project = Project::new()
        .file("envs/dev/.env", "A=set\nB=\nC=' x'\nD==\n")
        .file("envs/prod/.env", "A=empty\nB=missing\nC=x\nD=y\n");
    project.run("diff dev prod").code(0).stdout(
        "\
envs/{env}/.env
  ~  A  different  \"set\" → \"empty\"
  ~  B  different  empty → \"missing\"
  ~  C  different  \" x\" → x  (differs only in blanks around it)
  ~  D  different  \"=\" → y

4 different, 0 only in dev, 0 only in prod, 0 same
",
    );
}

#[test]
fn what_is_the_same_everywhere_could_move_to_the_file_below() {
    project().run("diff --dedupe").code(0).never_says("canary").stdout(
        "envs/{env}/.env: 1 key is the same in all 3 environments and could move to a file of your choice: [[stack]] files = [\"FILE\", \"envs/{env}/.env\"]\n  REGION\n",
    );
    let project = Project::new()
        .file(".env.dev", "A=1\nB=1\nC_TOKEN=canary\n")
        .file(".env.prod", "A=1\nB=2\nC_TOKEN=canary\n");
    project.run("diff --dedupe").code(0).never_says("canary").stdout(
        ".env.{env}: 1 key is the same in all 2 environments and could move to .env, a new file\n  A\n1 secret is the same everywhere too: each environment should have its own\n",
    );
    let project = project.file(".env", "Z=1\n");
    project.run("diff --dedupe").code(0).says("could move to .env\n");
    let json = project.run("diff --dedupe --format json").code(0).json();
    assert_eq!(
        json,
        json!({"schema_version": 1, "stacks": [{
            "source": ".env.{env}", "environments": ["dev", "prod"], "base": ".env", "base_exists": true,
            "keys": ["A"], "secrets": 1,
        }]})
    );
    project.run("diff --dedupe --key B").code(0).stdout("nothing is the same in all environments\n");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn all_at_once_agree_with_pairs(
        contents in proptest::collection::vec(proptest::collection::btree_map("[A-D]", "(a|b|x-(dev|prod)|x)", 0..5), 3),
    ) {
        let names = ["dev", "staging", "prod"];
        let project = names.iter().zip(&contents).fold(Project::new(), |project, (name, keys)| {
            let text: String = keys.iter().map(|(key, value)| format!("{key}={value}\n")).collect();
            project.file(&format!("envs/{name}/.env"), text)
        });
        let json = project.run("diff --all --all-keys --format json").code(0).json();
        let pairs = ["dev staging", "staging prod", "dev prod"]
            .map(|pair| project.run(&format!("diff {pair} --all-keys --format json")).code(0).json());
        for key in json["keys"].as_array().unwrap() {
            let same_key = |pair: &Value| pair["keys"].as_array().unwrap().iter().find(|one| one["path"] == key["path"]).cloned();
            let of_pairs: Vec<Value> = pairs.iter().filter_map(same_key).collect();
            let is_same = of_pairs.iter().all(|one| one["status"] == "same");
            prop_assert_eq!(key["status"] == "same", is_same, "{}", key);
            let is_missing = of_pairs.iter().any(|one| one["status"] == "only-in");
            prop_assert_eq!(key["status"] == "only-in", is_missing, "{}", key);
        }
    }
}
