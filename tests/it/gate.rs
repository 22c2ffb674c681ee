//! `validate` as a gate: what makes it fail, what is judged, what is excused, and what may not be there at all.

use crate::project::Project;

/// A note in development, a warning in staging, an error in production.
fn graded() -> Project {
    Project::new()
        .file("envctl.toml", "[rules.in.development]\nplaceholder = \"note\"\n")
        .file("envs/development/.env", "A=changeme\n")
        .file("envs/staging/.env", "A=changeme\n")
        .file("envs/production/.env", "A=changeme\n")
}

#[test]
fn the_least_that_fails_is_an_error_unless_somebody_says_otherwise() {
    for (args, code) in [
        ("production", 1),
        ("staging", 0),
        ("staging --fail-on error", 0),
        ("staging --fail-on warning", 1),
        ("staging --strict", 1),
        ("development --fail-on warning", 0),
        ("development --fail-on note", 1),
        ("development --strict", 0),
        ("production --exit-zero", 0),
        ("--strict --exit-zero", 0),
    ] {
        let run = graded().run(&format!("validate {args} --format json")).code(code);
        assert!(run.rules().contains(&"placeholder".to_owned()), "{args}");
        let verdict = graded().run(&format!("validate {args}")).stdout;
        let is_failed = code == 1 || args == "production --exit-zero" || args == "--strict --exit-zero";
        assert_eq!(verdict.lines().any(|line| line.starts_with("not safe")), is_failed, "{verdict}");
    }
}

#[test]
fn what_contradicts_itself_is_refused() {
    for args in [
        "--exit-zero --fail-on note",
        "--rules --rule parity",
        "--rules --strict",
        "--rules --fail-fast",
        "--fail-on critical",
    ] {
        graded().run(&format!("validate {args}")).code(2).stdout("");
    }
    graded().run("validate --exit-zero --rule nonsense").code(2);
    graded().run("validate --exit-zero nowhere").code(2);
}

#[test]
fn a_misspelt_rule_is_answered_with_the_nearest() {
    let run = graded().run("validate --rule same-secret,placeholdr").code(2).stdout("");
    run.stderr("error: there is no rule `placeholdr`\n  help: did you mean `placeholder`?\n");
    let run = graded().run("validate --skip hygeine").code(2).stdout("");
    run.stderr("error: there is no rule `hygeine`\n  help: did you mean `hygiene`?\n");
    graded().run("validate --rule sk_live_51CanaryQ7zP2xW9lM4kD8rT").code(2).never_says("Canary");
    graded().run("validate --rule a\u{1b}[31m\u{202e}").code(2).shows_all();
    graded().run("validate --skip parse-error").code(2).says("what cannot be read may hide anything");
    graded().run("validate --rule placeholder --skip production").code(2).says("no rule is left");
}

#[test]
fn the_first_environment_that_fails_ends_the_report() {
    let run = graded().run("validate --fail-fast --fail-on warning").code(1);
    let run = run.says("not safe: staging: 1 warning; development clean").never_says("envs/production");
    run.says("(not reported: production)");
    let json = graded().run("validate --fail-fast --fail-on note --format json").code(1).json();
    assert_eq!(json["findings"].as_array().unwrap().len(), 1);
    assert_eq!(json["environments"].as_array().unwrap().len(), 1);
    assert_eq!(json["not_reported"], serde_json::json!(["staging", "production"]));
    let json = graded().run("validate --fail-fast --format json").code(1).json();
    assert_eq!(json["findings"].as_array().unwrap().len(), 3);
    assert_eq!(json["not_reported"], serde_json::json!([]));
}

#[test]
fn what_two_environments_share_fails_the_later_one_of_those_that_are_judged() {
    let project = || {
        Project::new()
            .file("envs/development/.env", "API_TOKEN=kJ8sLq2Zx9Vb4Nm7\n")
            .file("envs/staging/.env", "API_TOKEN=kJ8sLq2Zx9Vb4Nm7x\nOTHER_TOKEN=yT5rEw3Qa1Zx6Cv8\n")
            .file("envs/production/.env", "API_TOKEN=kJ8sLq2Zx9Vb4Nm7\nOTHER_TOKEN=yT5rEw3Qa1Zx6Cv8\n")
    };
    let args = "--rule same-secret --fail-fast --format json";
    let all = project().run(&format!("validate {args}")).code(1).json();
    assert_eq!(all["findings"].as_array().unwrap().len(), 2);
    let two = project().run(&format!("validate development staging {args}")).code(1).json();
    assert_eq!(two["findings"].as_array().unwrap().len(), 1);
    assert_eq!(two["findings"][0]["key"], "API_TOKEN");
    assert_eq!(two["not_reported"], serde_json::json!(["staging"]));
}

#[test]
fn rules_and_groups_complete_where_a_rule_is_asked_for() {
    for line in ["validate --rule", "validate --skip"] {
        let project = Project::shipped();
        let mut command = project.command();
        let words = format!("-- envctl {line}");
        command.env("ENVCTL_COMPLETE", "fish").args(words.split(' ')).arg("");
        let run = crate::project::Run::of(&mut command).code(0);
        run.says("missing-required\t").says("hygiene\ta group of rules\n");
    }
}

#[test]
fn what_is_accepted_is_counted() {
    let project = graded().file(
        "envctl.toml",
        "[[accept]]\nrule = \"placeholder\"\nenvironments = [\"staging\", \"production\"]\nreason = \"why\"\n",
    );
    project.run("validate").code(0).says("ok: 3 environments, no problems (2 accepted)");
    project.run("validate staging").code(0).says("ok: 1 environment, no problems (1 accepted)");
    assert_eq!(project.run("validate --format json").code(0).json()["accepted"], 2);
    assert_eq!(project.run("validate development --format json").code(0).json()["accepted"], 0);
}

#[test]
fn what_cannot_be_read_is_accepted_nowhere() {
    let manifest = "[[accept]]\nrule = \"parse-error\"\nreason = \"r\"\n";
    let run = graded().file("envctl.toml", manifest).run("validate").code(2).stdout("");
    run.says("error: envctl.toml:2:8: what cannot be read cannot be called safe");
    let project = graded().file("envs/production/.env", "# envctl: accept parse-error why\nnonsense\n");
    let run = project.run("validate production").code(1);
    run.says("error[parse-error]").says("parse-error cannot be accepted");
}

#[test]
fn an_acceptance_in_a_file_is_counted_and_its_text_is_not_quoted() {
    let text =
        "# envctl: accept placeholder CANARY\nA=changeme\n# envctl: accept CANARY-secret CANARY\nB=1\n";
    let run =
        graded().file("envs/production/.env", text).run("validate production").code(0).never_says("CANARY");
    run.says("this acceptance names no rule").says("envs/production/.env:3:1").says("(1 accepted)");
    let near = graded().file("envs/production/.env", "A=1 # envctl: accept placehodler x\n");
    near.run("validate production").code(0).says("did you mean `placeholder`?");
}

#[test]
fn a_portability_note_is_accepted_beside_its_line_whether_counted_or_listed() {
    let text = "# envctl: accept portability only node reads it\nA=a b$c\n";
    let project = Project::new().file("envs/production/.env", text);
    let plain = Project::new().file("envs/production/.env", "\nA=a b$c\n");
    for args in ["", " --portable"] {
        let rules = |project: &Project| project.run(&format!("validate --format json{args}")).code(0).rules();
        assert!(rules(&plain).contains(&"portability".to_owned()), "{args}");
        assert_eq!(rules(&project), [""; 0], "{args}");
    }
    let unused = Project::new().file("envs/production/.env", "# envctl: accept portability x\nA=1\n");
    assert_eq!(unused.run("validate --format json").code(0).rules(), [""; 0]);
    assert_eq!(unused.run("validate --format json --portable").code(0).rules(), ["unused-acceptance"]);
}

#[test]
fn a_file_full_of_acceptances_is_judged_in_linear_time() {
    let above = "# envctl: accept placeholder x\n".repeat(15_000);
    let line = (0..20_000).map(|n| format!("k{n}: changeme,")).collect::<String>();
    let project = Project::new()
        .file("config/prod.yaml", format!("{above}a: {{{line}}}\n"))
        .file("config/dev.yaml", "a: 1\n");
    let json = project.run("validate --rule placeholder,unused-acceptance --format json").code(0).json();
    assert_eq!((&json["accepted"], json["findings"].as_array().unwrap().len()), (&20_000.into(), 14_999));
}
