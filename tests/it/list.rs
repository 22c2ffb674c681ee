//! `list`: what there is, what was passed over, and which environment is current.

use serde_json::json;

use crate::project::Project;

const MANIFEST: &str = "\
[project]
name = \"demo\"
default = \"development\"
selector = [\"DEMO_ENV\", \"DEMO_STAGE\"]
ignore = [\"envs/old\", \"envs/*/.env.local\"]

[[stack]]
files = [\".env\", \"envs/{env}/env.toml\", \"envs/{env}/.env\", \"envs/{env}/.env.local\"]
";

fn project() -> Project {
    Project::new()
        .file("envctl.toml", MANIFEST)
        .file(".env", "REGION=eu\n")
        .file("envs/development/.env", "A=1\nB=2\nA=3\n")
        .file(
            "envs/staging/env.toml",
            "description = \"Before\"\nprotected = true\naliases = [\"blue\"]\n[vars]\nX = 1\n",
        )
        .file("envs/production/.env", "A=1\n")
        .file("envs/production/.env.local", "A=2\n")
        .file("envs/production/notes.txt", "x")
        .file("envs/production/other.env", "x")
        .file("envs/old/.env", "A=1\n")
        .file("envs/README.md", "x")
        .file("envs/example/.env", "A=1\n")
        .link("envs/away", "../../home")
}

#[test]
fn environments_stand_with_tier_and_files_and_the_current_one_is_marked() {
    project().run("list").code(0).stderr("").stdout(
        "\
*  development  development             current: the default
   staging      staging      protected
   production   production   protected

keys in              development  staging  production
.env                 1            1        1
envs/{env}/env.toml  -            1        -
envs/{env}/.env      3            -        1
7 passed over; -v says which and why
",
    );
}

#[test]
fn what_was_passed_over_is_told_when_asked_and_why() {
    project().run("list -v").code(0).stderr("").stdout(
        "\
*  development  development             current: the default
   staging      staging      protected
   production   production   protected

keys in              development  staging  production
.env                 1            1        1
envs/{env}/env.toml  -            1        -
envs/{env}/.env      3            -        1
passed over: envs/README.md: not a folder
passed over: envs/away: a link that leads out of the project
passed over: envs/example: not a name for an environment
passed over: envs/old: named in `ignore`
passed over: envs/production/notes.txt: no format that envctl reads
passed over: envs/production/other.env: no layer of the environment
passed over: envs/production/.env.local: named in `ignore`
",
    );
}

#[test]
fn json_has_exactly_the_fields_of_the_contract() {
    let project = project();
    let source = |path: &str, format: &str, keys: u32| json!({"path": path, "format": format, "kind": "variables", "keys": keys});
    let skipped = |path: &str, reason: &str| json!({"path": path, "reason": reason});
    let expected = json!({
        "schema_version": 1,
        "project": {"name": "demo", "root": project.root(), "manifest": "envctl.toml"},
        "current": "development",
        "current_by": "the default",
        "default": "development",
        "environments": [
            {
                "name": "development", "tier": "development", "protected": false,
                "sources": [source("envs/development/.env", "dotenv", 3)],
            },
            {
                "name": "staging", "tier": "staging", "protected": true, "description": "Before",
                "sources": [source("envs/staging/env.toml", "env.toml", 1)],
            },
            {
                "name": "production", "tier": "production", "protected": true,
                "sources": [source("envs/production/.env", "dotenv", 1)],
            },
        ],
        "base": [source(".env", "dotenv", 1)],
        "schema": [],
        "gaps": [{"path": "envs/{env}/.env", "missing_in": ["staging"]}],
        "skipped": [
            skipped("envs/README.md", "not a folder"),
            skipped("envs/away", "a link that leads out of the project"),
            skipped("envs/example", "not a name for an environment"),
            skipped("envs/old", "named in `ignore`"),
            skipped("envs/production/notes.txt", "no format that envctl reads"),
            skipped("envs/production/other.env", "no layer of the environment"),
            skipped("envs/production/.env.local", "named in `ignore`"),
        ],
    });
    assert_eq!(project.run("list --format json").code(0).json(), expected);
}

#[test]
fn without_a_manifest_the_folder_gives_the_name_and_the_one_development_is_current() {
    let project = Project::new().file("envs/dev/.env", "").file("envs/prod/.env", "A=1\n");
    let json = project.run("list --format json").code(0).json();
    assert_eq!(json["project"], json!({"name": "project", "root": project.root(), "manifest": null}));
    assert_eq!((&json["current"], &json["base"]), (&json!("dev"), &json!([])));
    let project = project.file("envs/local/.env", "");
    project.run("list").code(0).stdout(
        "\
*  dev    development             current: the default
   local  development
   prod   production   protected

keys in          dev  local  prod
envs/{env}/.env  0    0      1
",
    );
    let project =
        Project::new().file("envs/preview/.env", "").file("envs/local/.env", "").file("envs/prod/.env", "");
    assert_eq!(project.run("list --format json").code(0).json()["current"], json!(null));
}

#[test]
fn the_option_beats_the_variable_and_that_beats_the_projects_own_and_the_default() {
    let own = ("DEMO_ENV", "stg");
    let stage = ("DEMO_STAGE", "development");
    let ours = ("ENVCTL_ENV", "Production");
    for (vars, args, name, by) in [
        (&[][..], "", "development", "the default"),
        (&[stage], "", "development", "by DEMO_STAGE"),
        (&[own, stage], "", "staging", "by DEMO_ENV"),
        (&[ours, own], "", "production", "by ENVCTL_ENV"),
        (&[ours, own], "--env BLUE", "staging", "by --env"),
        (&[("ENVCTL_ENV", ""), own], "", "staging", "by DEMO_ENV"),
        (&[("ENVCTL_ENV", ""), ("DEMO_ENV", "")], "", "development", "the default"),
    ] {
        let json = project().run_with(vars, &format!("list --format json {args}")).code(0).json();
        assert_eq!((&json["current"], &json["current_by"]), (&json!(name), &json!(by)), "{vars:?} {args}");
    }
}

#[test]
fn an_unknown_selection_is_an_error_and_never_a_fallback() {
    project()
        .run("list --env prodution")
        .code(2)
        .stdout("")
        .stderr("error: there is no environment `prodution`\n  help: did you mean `production`?\n");
    project().run_with(&[("ENVCTL_ENV", "zzz")], "list").code(2).stdout("").stderr(
        "error: there is no environment `zzz` (ENVCTL_ENV asks for it)\n  help: environments: development, staging, production\n",
    );
    project().run_with(&[("DEMO_ENV", "old")], "list").code(2).stdout("").says("(DEMO_ENV asks for it)");
}

#[test]
fn an_unreadable_source_is_told_and_the_rest_is_listed() {
    let project = Project::new().file("envs/dev/.env", "A=1\noops\n").file("envs/prod/.env", b"\xFF\xFEx");
    project.run("list").code(0).stderr("").stdout(
        "\
*  dev   development             current: the default
   prod  production   protected

keys in          dev  prod
envs/{env}/.env  1    0
envs/dev/.env: cannot be read as it is; see `envctl validate`
envs/prod/.env: cannot be read as it is; see `envctl validate`
",
    );
}

#[test]
fn files_of_a_stack_are_environments_and_personal_layers_and_templates_are_none() {
    let project = Project::new()
        .file("envctl.toml", "[project]\nignore = [\".env.test\"]\n[[stack]]\nfiles = [\".env\", \".env.local\", \".env.{env}\", \".env.{env}.local\"]\n")
        .file(".env", "A=1\n")
        .file(".env.local", "A=1\nB=1\n")
        .file(".env.example", "")
        .file(".env.staging", "")
        .file(".env.test", "")
        .file(".env.staging.sample", "")
        .file(".env.production", "C=1\n")
        .file(".env.production.local", "C=1\nD=1\n");
    project.run("list -v").code(0).stdout(
        "   staging     staging
   production  production  protected

keys in           staging  production
.env              1        1
.env.local        2        2
.env.{env}        0        1
.env.{env}.local  -        2
schema: .env.example (0 keys)
schema: .env.staging.sample (0 keys)
passed over: .env.test: named in `ignore`
",
    );
}

#[test]
fn an_environment_of_the_manifest_needs_no_folder_and_is_one_with_its_folder_in_any_case() {
    let project = Project::new()
        .file("envctl.toml", "[environments.blue]\ntier = \"production\"\n[environments.blue.vars]\nA = 1\n[environments.STAGING]\nprotected = true\n")
        .file("envs/staging/.env", "A=1\n");
    project.run("list").code(0).stdout(
        "   staging  staging     protected
   blue     production  protected

keys in          staging  blue
envs/{env}/.env  1        -
envctl.toml      0        1
",
    );
}

#[test]
fn a_field_that_is_said_twice_is_refused() {
    let project = Project::new()
        .file("envctl.toml", "[environments.staging]\ntier = \"test\"\n")
        .file("envs/staging/env.toml", "tier = \"staging\"\n");
    project
        .run("list")
        .code(2)
        .stdout("")
        .says("envctl.toml:1:15: `tier` of staging is set here and in its env.toml");
}

#[test]
fn process_variables_are_a_source_of_the_environment_that_asks_for_them() {
    let project = Project::new()
        .file("envs/dev/env.toml", "process-env = [\"*_TOKEN\"]\n")
        .file("envs/prod/env.toml", "process-prefix = \"PROD_\"\nprocess-env = [\"*_TOKEN\"]\n");
    let vars = [("PROD_A", "canary"), ("API_TOKEN", "canary"), ("ENVCTL_ENV", "dev")];
    project.run_with(&vars, "list").code(0).never_says("canary").stdout(
        "\
*  dev   development             current: by ENVCTL_ENV
   prod  production   protected

keys in              dev  prod
envs/{env}/env.toml  0    0
process environment  1    1
",
    );
}

#[test]
fn the_default_is_told_when_another_environment_is_current() {
    let project = Project::shipped();
    project.run("switch staging").code(0);
    let shown = project.run("list").code(0).stdout;
    let ends: Vec<_> = shown.lines().map(|line| line.rsplit("  ").next().unwrap()).collect();
    assert_eq!(ends[..2], ["the default", "current: by envctl switch"], "{shown}");
    assert_eq!(project.run("list --format json").json()["default"], "development");
}
