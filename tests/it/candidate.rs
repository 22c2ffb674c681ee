//! `validate --file` and `--stdin`: a text is judged in place of a file of the project, and no file is touched.

use serde_json::Value;

use crate::project::{Project, Run};

/// Two environments in the natural layout; a vault provides a key of production.
fn natural() -> Project {
    let manifest = "[keys.API_TOKEN]\nrequired = [\"production\"]\nprovided-by = \"vault\"\n[keys.A]\n";
    Project::new()
        .file("envctl.toml", manifest)
        .file("envs/staging/.env", "A=1\nAPI_TOKEN=kJ8sLq2Zx9Vb4Nm7Rt5w\n")
        .file("envs/production/.env", "A=changeme\n")
}

/// The rules, keys and places of all findings.
fn told(run: &Run) -> Vec<String> {
    let json = run.json();
    let findings = json["findings"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    findings
        .map(|one| {
            format!("{} {} {}:{}", text(&one["rule"]), text(&one["key"]), text(&one["file"]), one["line"])
        })
        .collect()
}

fn piped(project: &Project, text: &str, args: &str) -> Run {
    std::fs::write(project.outside().join("piped"), text).unwrap();
    Run::of(&mut project.shell("\"$@\" <../piped", args))
}

#[test]
fn a_candidate_is_judged_in_place_of_the_environments_own_file_and_nothing_is_written() {
    let project = natural().file("../new/.env", "A=1\nAPI_TOKEN=kJ8sLq2Zx9Vb4Nm7Rt5w\n");
    let before = std::fs::read(project.root().join("envs/production/.env")).unwrap();
    let run = project.run("validate --file ../new/.env --env production --format json").code(1);
    let run = run.stderr("note: ../new/.env stands in for envs/production/.env\n");
    assert_eq!(told(&run), ["same-secret API_TOKEN ../new/.env:2"]);
    assert_eq!(run.json()["findings"][0]["related"][0]["file"], "envs/staging/.env");
    assert_eq!(told(&project.run("validate production --file ../new/.env --format json")).len(), 1);
    assert_eq!(std::fs::read(project.root().join("envs/production/.env")).unwrap(), before);
    assert!(!project.root().join(".envctl").exists());
}

#[test]
fn what_a_vault_provides_is_demanded_of_a_candidate() {
    let run = piped(&natural(), "A=1\n", "validate --stdin --env production --format json").code(1);
    assert_eq!(told(&run), ["missing-required API_TOKEN envctl.toml:1"]);
    let full = "A=1\nAPI_TOKEN=yT5rEw3Qa1Zx6Cv8Bn2m\n";
    let run = piped(&natural(), full, "validate --stdin --env production").code(0);
    run.says("note: <stdin> stands in for envs/production/.env\n").says("ok: 1 environment, no problems");
}

#[test]
fn json_from_a_vault_holds_variables() {
    let text = "{\"A\": \"changeme\", \"API_TOKEN\": \"yT5rEw3Qa1Zx6Cv8Bn2m\"}";
    let run = piped(&natural(), text, "validate --stdin --env production --format json").code(1);
    assert_eq!(told(&run), ["placeholder A <stdin>:1"]);
    let project = natural().file("secrets.json", text);
    let run = project.run("validate --file secrets.json --env production --format json").code(1);
    assert_eq!(told(&run), ["placeholder A secrets.json:1"]);
    let run = piped(&natural(), "{\"A\": CANARY", "validate --stdin --env production").code(1);
    run.says("error[parse-error]").says("<stdin>:1:7").never_says("CANARY");
}

#[test]
fn the_environment_is_known_by_the_candidates_own_name() {
    let project = Project::new()
        .file(".env.staging", "A=1\n")
        .file(".env.production", "A=1\n")
        .file("config/production.yaml", "a: 1\n")
        .file("config/staging.yaml", "a: 1\n")
        .file("../prod.env", "A=changeme\n");
    for (file, slot) in [("../prod.env", ".env.production"), (".env.production", ".env.production")] {
        let run = project.run(&format!("validate --file {file}"));
        run.says(&format!("note: {file} stands in for {slot}\n")).never_says("staging");
    }
    let run = project.run("validate --file ../prod.env --format json").code(1);
    assert_eq!(told(&run), ["placeholder A ../prod.env:1"]);
    let outside =
        Project::new().file("config/production.yaml", "a: 1\n").file("config/staging.yaml", "a: 1\n");
    let outside = outside.file("../new/production.yaml", "a: changeme\n");
    let run = outside.run("validate --file ../new/production.yaml --format json").code(1);
    assert_eq!(told(&run), ["placeholder a ../new/production.yaml:2"].map(|line| line.replace(":2", ":1")));
}

#[test]
fn a_path_says_what_a_candidate_stands_in_for() {
    let layers = || natural().file("envs/production/.env.local", "A=2\n").file("new", "A=changeme\n");
    let run = layers().run("validate --file new --env production --format json").code(1);
    run.says("stands in for envs/production/.env.local\n");
    let run = layers().run("validate --file new --as envs/production/.env --format json").code(1);
    assert_eq!(told(&run), ["missing-required API_TOKEN envctl.toml:1"]);
    let run = natural()
        .file("new", "A=changeme\n")
        .run("validate --file new --as envs/staging/.env.local --format json")
        .code(0);
    assert_eq!(told(&run), ["placeholder A new:1"]);
    let run = natural()
        .file("sub/new", "A=changeme\n")
        .run("-C sub validate --file new --as envs/staging/.env --format json");
    assert!(told(&run.code(0)).contains(&"placeholder A new:1".to_owned()));
    let run =
        piped(&natural(), "tier = \"nonsense\"\n", "validate --stdin --as envs/staging/env.toml").code(1);
    run.says("<stdin>:1:8");
    let base = Project::new()
        .file(".env", "A=1\n")
        .file(".env.dev", "B=1\n")
        .file(".env.prod", "B=1\n")
        .file("new", "A=changeme\n");
    let run = base.run("validate --file new --as .env --format json").code(1);
    assert_eq!(told(&run), ["placeholder A new:1"]);
    assert_eq!(run.json()["environments"].as_array().unwrap().len(), 2);
}

#[test]
fn an_environment_without_such_a_file_gets_one() {
    let project = Project::new()
        .file("envs/staging/.env", "A=1\n")
        .file("envs/production/env.toml", "[vars]\nA = \"1\"\n");
    let run = piped(&project, "A=changeme\n", "validate --stdin --env production --format json").code(1);
    assert_eq!(told(&run), ["placeholder A <stdin>:1"]);
    assert!(run.stderr.contains("stands in for envs/production/.env\n"), "{}", run.stderr);
}

#[test]
fn what_nobody_can_place_is_refused() {
    let project = natural()
        .file("new", "A=1\n")
        .file("x.toml", "a = 1\n")
        .fifo("pipe")
        .dir("folder")
        .file("big", vec![b'#'; 2 << 20]);
    for (args, why) in [
        ("--file new", "which file new stands in for is not known"),
        ("--stdin", "which file <stdin> stands in for is not known"),
        ("--file new --env nowhere", "nowhere"),
        ("staging production --file new", "a file of one environment"),
        ("--file gone --env production", "gone is not there"),
        ("--file pipe --env production", "this is a pipe, not a file"),
        ("--file folder --env production", "this is a folder, not a file"),
        ("--file big --env production", "the file is larger than 1 MiB"),
        ("--file new --as ../outside", "--as names no path in the project"),
        ("--file new --as envctl.toml", "nothing stands in for envctl.toml"),
        ("--file new --as envs/production/other.env", "no environment does not read"),
        ("--file new --env staging --as envs/production/.env", "staging does not read envs/production/.env"),
        ("--file x.toml --env production", "production has no place for a file in the format toml"),
        ("--file new --stdin --env production", "cannot be used with"),
        ("--as envs/production/.env", "required"),
        ("--write-baseline --file new", "cannot be used with"),
        ("--rules --stdin", "cannot be used with"),
    ] {
        let args = format!("validate {args}");
        let run = if args.contains("--stdin") { piped(&project, "A=1\n", &args) } else { project.run(&args) };
        run.code(2)
            .stdout("")
            .says(&why.replace("no environment does not read", "does not read envs/production/other.env"));
    }
    for text in ["", " \n\n"] {
        piped(&project, text, "validate --stdin --env production").code(2).says("<stdin> is empty");
    }
    piped(&project, &"#".repeat(2 << 20), "validate --stdin --env production")
        .code(2)
        .says("<stdin> is larger than 1 MiB");
    let several = Project::new()
        .file("a/.env.prod", "A=1\n")
        .file("b/.env.prod", "A=1\n")
        .file("a/.env.dev", "A=1\n")
        .file("b/.env.dev", "A=1\n");
    let run = piped(&several, "A=1\n", "validate --stdin --env prod").code(2);
    run.says("several files of prod: a/.env.prod, b/.env.prod");
}

#[test]
fn the_help_says_what_validate_does_and_how_to_judge_a_candidate() {
    let run = Project::new().run("validate --help").code(0);
    assert!(run.stdout.starts_with("Judge all environments"), "{}", run.stdout);
    run.says("--file <FILE>").says("| envctl validate --stdin --env production");
}

#[test]
fn no_value_of_a_candidate_is_shown() {
    let secret = "sk_live_51CanaryQ7zP2xW9lM4kD8rT";
    for text in [
        format!("API_TOKEN={secret}\nA={secret}\nA=\"{secret}\n{secret}\n"),
        format!("{{\"API_TOKEN\": \"{secret}\", \"A\": \"{secret}\", \"{secret}\": 1}}"),
        format!("{{\"API_TOKEN\": {secret}"),
        format!("# envctl: accept {secret} {secret}\nAPI_TOKEN: {secret}\n"),
    ] {
        for args in ["", "--format json", "--portable", "--strict"] {
            piped(&natural(), &text, &format!("validate --stdin --env production {args}"))
                .never_says("Canary");
        }
    }
}

#[test]
fn a_candidate_is_judged_by_the_baseline_of_the_file_that_it_stands_in_for() {
    let project = natural().file("new", "# longer\nA=changeme\nAPI_TOKEN=yT5rEw3Qa1Zx6Cv8Bn2m\n");
    project.run("validate --write-baseline").code(0);
    let run = project.run("validate --file new --env production --baseline").code(0);
    run.says("1 in the baseline, 1 of them an error").never_says("mended");
    let base = Project::new()
        .file(".env", "A=changeme\n")
        .file(".env.dev", "")
        .file(".env.prod", "")
        .file("new", "A=1\n");
    base.run("validate --write-baseline").code(0);
    base.run("validate --baseline --file new --as .env").code(0).never_says("mended");
}

#[test]
fn a_candidate_is_asked_what_the_example_asks() {
    let example = "# required\nREGION=\n# required\nZONE=\n# one of debug | info\nLOG_LEVEL=info\n\
                   # @type=port\nPORT=80\n# @sensitive\nMOTTO=\n";
    let project = Project::new()
        .file(".env.example", example)
        .file(".env.staging", "REGION=eu\nZONE=a\nLOG_LEVEL=info\nPORT=80\nMOTTO=x\n")
        .file(".env.production", "REGION=eu\nZONE=b\nLOG_LEVEL=info\nPORT=81\nMOTTO=y\n");
    let expected = [
        "empty-required ZONE <stdin>:1",
        "missing-required REGION .env.example:2",
        "not-allowed-value LOG_LEVEL <stdin>:1",
        "wrong-type PORT <stdin>:1",
    ];
    let json = "{\"ZONE\": \"\", \"LOG_LEVEL\": \"loud\", \"PORT\": \"eighty\", \"MOTTO\": \"z\"}";
    for text in ["ZONE=\nLOG_LEVEL=loud\nPORT=eighty\nMOTTO=z\n", json] {
        let run = piped(&project, text, "validate --stdin --env production --format json").code(1);
        let told = told(&run).join("\n");
        for line in expected {
            let (rule_and_key, _) = line.rsplit_once(':').unwrap();
            assert!(told.contains(rule_and_key), "{line} in {told}");
        }
    }
}

#[test]
fn what_stands_in_a_candidate_is_blamed_on_no_file_of_the_repository() {
    let text = "A=changeme\nAPI_TOKEN=yT5rEw3Qa1Zx6Cv8Bn2m\n";
    let run = piped(&natural(), text, "validate --stdin --env production --format gitlab").code(1);
    assert_eq!(run.json()[0]["location"]["path"], "envctl.toml");
}

#[test]
fn no_product_replaces_the_candidate_or_the_baseline() {
    let project = natural().file("new.env", "A=changeme\n");
    project.run("validate --write-baseline").code(0);
    for args in [
        "--file new.env --env production --format json=./new.env",
        "--baseline --format json=envctl-baseline.json",
    ] {
        project
            .run(&format!("validate {args}"))
            .code(2)
            .says("is a file of the project, and is not replaced");
    }
    project.run("validate staging --file new.env --env production").code(2).says("--env names production");
}
