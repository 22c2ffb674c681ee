//! `diff --since`: what changed in all environments.

use serde_json::json;

use crate::project::Project;

fn project() -> Project {
    Project::new()
        .file(".gitignore", "*.local\nenvs/mine/\n")
        .file("envctl.toml", "[keys.API]\nrequired = true\n[keys.GONE]\nrequired = [\"prod\"]\n")
        .file("envs/dev/.env", "API=1\nA_TOKEN=canary-1\n")
        .file("envs/old/.env", "API=1\n")
        .file("envs/prod/.env", "API=1\nGONE=1\nA_TOKEN=canary-1\n")
        .file("envs/staging/.env", "API=1\n")
        .committed()
        .without("envs/old/.env")
        .file(
            "envctl.toml",
            "[keys.API]\nrequired = true\n[keys.NEW]\nrequired = true\n[keys.HELD]\nrequired = [\"prod\"]\n",
        )
        .file("envs/dev/.env", "A_TOKEN=canary-1\nNEW=1\n")
        .file("envs/mine/.env", "API=1\n")
        .file("envs/prod/.env", "API=2\nA_TOKEN=canary-2\n")
        .file("envs/prod/.env.local", "HELD=canary-3\n")
        .file("envs/qa/.env", "API=1\n")
        .tracked(&["envs/qa/.env", "envs/dev/.env", "envs/prod/.env", "envs/staging/.env", "envctl.toml"])
}

#[test]
fn everything_that_changed_is_told_environment_by_environment() {
    let run = project().run("diff --since HEAD").code(0).never_says("canary").shows_all();
    let stdout = run.stdout.split_once("compared with").unwrap().0;
    assert_eq!(
        stdout,
        "\
new environment: qa
removed environment: old

dev@HEAD → dev

envs/{env}/.env
  -  API  removed  1
  +  NEW  added    1

0 changed, 1 removed, 1 added, 1 same

prod@HEAD → prod

envs/{env}/.env
  ~  API      changed  1 → 2
  ~  A_TOKEN  changed  set → set  (secret)
  -  GONE     removed  1

2 changed, 1 removed, 0 added, 0 same

required
  !  API
     missing in dev
  ~  GONE
     no longer required in prod
  ~  HELD
     now required in prod
  !  NEW
     now required in dev, staging, prod; missing in qa, staging, prod

"
    );
    assert!(run.stdout.ends_with("; no key changed in staging\n"), "{}", run.stdout);
    assert_eq!(
        run.stderr,
        "not compared: envs/mine/.env (git does not track it)\nnot compared: envs/prod/.env.local (git does not track it)\n"
    );
}

#[test]
fn scripts_get_the_same() {
    let json =
        project().run("diff --since HEAD --format json --exit-code").code(1).never_says("canary").json();
    assert_eq!((&json["schema_version"], &json["since"]), (&json!(1), &json!("HEAD")));
    assert_eq!((&json["added"], &json["removed"]), (&json!(["qa"]), &json!(["old"])));
    assert_eq!(json["comparisons"][2]["environments"], json!(["prod@HEAD", "prod"]));
    assert_eq!(
        json["required"][3],
        json!({
            "key": "NEW",
            "now_required_in": ["dev", "staging", "prod"],
            "no_longer_required_in": [],
            "missing_in": ["qa", "staging", "prod"],
        })
    );
    assert_eq!(json["not_compared"][1]["source"], "envs/prod/.env.local");
}

#[test]
fn a_comment_for_a_pull_request_is_short_and_safe() {
    let project = project();
    let run = project.run("diff --since HEAD --format markdown").code(0).never_says("canary");
    assert!(run.stdout.starts_with(
        "## envctl diff since `HEAD`\n\n- new environment: qa\n- removed environment: old\n- no key changed in staging\n"
    ));
    let run = run.says("- `NEW`: now required in dev, staging, prod; missing in qa, staging, prod\n");
    run.says("### envctl diff: `prod@HEAD` → prod\n\n2 changed, 1 removed, 0 added, 0 same\n");
    let many: String =
        (0..5000).map(|number| format!("KEY_{number}=a-value-that-is-rather-long\n")).collect();
    let run = project.file("envs/prod/.env", many).run("diff --since HEAD --format markdown").code(0);
    assert!(run.stdout.len() <= 60 << 10);
    run.says("more: `envctl diff` at a terminal tells all\n");
}

#[test]
fn nothing_changed_is_exit_code_0() {
    let project = Project::new().file("envctl.toml", "").file("envs/dev/.env", "A=1\n").committed();
    let run = project.run("diff --since HEAD --exit-code").code(0).stderr("");
    assert!(run.stdout.starts_with("compared with HEAD ("), "{}", run.stdout);
    assert!(run.stdout.ends_with("); no key changed in dev\n"), "{}", run.stdout);
    let fewer = project.file("envctl.toml", "[keys.B]\nrequired = true\n");
    fewer.run("diff --since HEAD --exit-code").code(1).says("now required in dev; missing in dev");
    fewer.run("diff --since HEAD --exit-code --key A").code(0);
}

#[test]
fn it_is_about_all_environments() {
    project().run("diff --since HEAD prod").code(2);
    project().run("diff --since HEAD --dedupe").code(2);
    project().run("diff --since HEAD --key NEW --keys").code(0).says("NEW").never_says("A_TOKEN");
}

#[test]
fn what_cannot_be_read_then_or_now_is_told_and_the_rest_is_compared() {
    let manifest = "[keys.API]\nrequired = true\n";
    let project = Project::new()
        .file("envctl.toml", manifest)
        .file("envs/dev/.env", "API=1\n")
        .file("envs/prod/.env", "API=1\nB=\"canary\n")
        .file("envs/staging/.env", "API=1\n")
        .committed()
        .file("envs/dev/.env", "API=2\n")
        .file("envs/prod/.env", "API=1\n")
        .file("envs/staging/.env", "B='canary\n");
    let run = project.run("diff --since HEAD --exit-code").code(1).never_says("canary").stderr("");
    let told = "cannot be told: staging: envs/staging/.env:1:3: the quote that opens here is never closed\n";
    let told = told.to_owned()
        + "cannot be told: prod: as it was in `HEAD`: envs/prod/.env:2:3: the quote that opens here is never closed\n"
        + "\ndev@HEAD → dev\n\nenvs/{env}/.env\n  ~  API  changed  1 → 2\n\n"
        + "1 changed, 0 removed, 0 added, 0 same\n\ncompared with HEAD (";
    assert!(run.stdout.starts_with(&told), "{}", run.stdout);
    project.run("diff --since HEAD --format markdown").code(0).never_says("canary").says(
        "- cannot be told: prod: `` as it was in `HEAD`: envs/prod/.env:2:3: the quote that opens here is never closed ``\n",
    );
    let json = project.run("diff --since HEAD --format json").code(0).json();
    assert_eq!(json["untold"][0]["environment"], "staging");
    assert_eq!((&json["required"], json["comparisons"].as_array().unwrap().len()), (&json!([]), 1));
    project.file("envs/dev/.env", "API=1\n").run("diff --since HEAD --exit-code").code(1);
}

#[test]
fn the_first_environments_are_all_new() {
    let project = Project::new().file("README", "").committed().file("envs/prod/.env", "A=1\n");
    let project = project.tracked(&["envs/prod/.env"]);
    let run = project.run("diff --since HEAD --exit-code").code(1).stderr("");
    assert!(run.stdout.starts_with("new environment: prod\n\ncompared with HEAD ("), "{}", run.stdout);
    let there_were = "error: there was no environment `prod` in `HEAD`\n  help: there were none\n";
    project.run("diff prod@HEAD prod").code(2).stderr(there_were);
}

#[test]
fn a_check_is_about_now_and_a_fingerprint_about_all_times() {
    let project = project();
    project.run("diff --since HEAD --check").code(2).stdout("");
    project.run("diff --check prod@HEAD prod").code(2).stdout("").stderr(
        "error: diff --check judges environments as they are, by the manifest as it is\n  help: leave `@REV` out, or `--check`\n",
    );
    let json =
        project.run("diff --since HEAD --fingerprint --format json").code(0).never_says("canary").json();
    let marks = &json["comparisons"][2]["keys"][1]["fingerprints"];
    assert_eq!(marks["prod"].as_str().map(str::len), Some(8), "{json:#}");
    assert_ne!(marks["prod"], marks["prod@HEAD"]);
}
