//! Differences that are none but for the environments' names, and those of form alone.

use serde_json::{Value, json};

use crate::project::Project;

/// Two files of Terraform's variables: two keys only in prod, nine that differ, one that is the same.
fn terraform() -> Project {
    let dev = "environment = \"dev\"\nregion = \"eu-1\"\nmemory = 512\ntimeout = 120\nconcurrency = 5\nrate = 10\nburst = 20\nretention = 7\nbilling = \"PER_REQUEST\"\norigins = [\"https://d1.cdn.example\"]\n";
    let prod = "environment = \"prod\"\nregion = \"eu-1\"\nmemory = 1024\ntimeout = 300\nconcurrency = 50\nrate = 100\nburst = 200\nretention = 30\nbilling = \"PROVISIONED\"\nread_capacity = 50\nwrite_capacity = 25\norigins = [\"https://d3.cdn.example\"]\n";
    Project::new().file("envs/dev/terraform.tfvars", dev).file("envs/prod/terraform.tfvars", prod)
}

#[test]
fn what_differs_only_by_the_environments_name_is_counted_and_named_and_not_listed() {
    let run = terraform().run("diff dev prod").code(0);
    assert!(!run.stdout.contains("≈"), "{}", run.stdout);
    assert!(run.stdout.ends_with(
        "\n1 more differs only by the environment's name (environment); --all-keys lists it\n9 different, 1 of them only by name, 0 only in dev, 2 only in prod, 1 same\n"
    ), "{}", run.stdout);
    terraform()
        .run("diff dev prod --all-keys")
        .code(0)
        .says("  ≈  environment     only by name  dev → prod\n");
    let json = terraform().run("diff dev prod --format json").code(0).json();
    assert_eq!(json["counts"]["name_only"], 1);
    assert_eq!(json["counts"]["different"], 9);
    let environment =
        json["keys"].as_array().unwrap().iter().find(|key| key["path"] == "environment").unwrap();
    assert_eq!((&environment["status"], &environment["kind"]), (&json!("different"), &json!("name-only")));
}

#[test]
fn a_difference_by_name_is_a_difference_to_the_exit_code() {
    let project = Project::new()
        .file("envs/dev/.env", "HOST=a-dev.example\n")
        .file("envs/prod/.env", "HOST=a.example\n");
    project.run("diff dev prod --exit-code").code(1).stdout(
        "1 more differs only by the environment's name (HOST); --all-keys lists it\n1 different, 1 of them only by name, 0 only in dev, 0 only in prod, 0 same\n",
    );
}

#[test]
fn more_than_a_few_are_only_counted() {
    let text = |name: &str| ["A", "B", "C", "D"].map(|key| format!("{key}=x-{name}\n")).concat();
    let project = Project::new().file("envs/dev/.env", text("dev")).file("envs/prod/.env", text("prod"));
    project
        .run("diff dev prod")
        .code(0)
        .says("4 more differ only by the environment's name; --all-keys lists them\n");
}

/// The kind and the words of the only difference between two values.
fn kind(left: &str, right: &str) -> (Value, Value) {
    let project = Project::new()
        .file("envctl.toml", "[keys.SITES]\ntype = \"list\"\n")
        .file("envs/dev/.env", left)
        .file("envs/prod/.env", right);
    let json = project.run("diff dev prod --format json").code(0).json();
    (json["keys"][0]["kind"].clone(), json["keys"][0]["differs_only_in"].clone())
}

#[test]
fn a_difference_of_form_is_told_as_what_it_is() {
    for (left, right, expected, words) in [
        ("A=https://a.example/", "A=https://a.example", "value", json!("a trailing slash")),
        ("A=' a'", "A=a", "whitespace", json!("blanks around it")),
        ("A='\"a\"'", "A=a", "value", json!("quotes")),
        ("A=True", "A=true", "value", json!("letter case")),
        ("SITES=a,b", "SITES='b, a'", "value", json!("the order of a list")),
        ("PLACES=a,b", "PLACES=b,a", "value", Value::Null),
        ("A=a-dev", "A=a", "name-only", json!("the environment's name")),
        ("A_TOKEN=a/", "A_TOKEN=a", "secret", Value::Null),
    ] {
        assert_eq!(kind(left, right), (json!(expected), words), "{left} {right}");
    }
    let project = Project::new().file("envs/dev/.env", "A=b/\n").file("envs/prod/.env", "A=b\n");
    project
        .run("diff dev prod")
        .code(0)
        .says("  ~  A  different  b/ → b  (differs only in a trailing slash)\n");
}

#[test]
fn a_type_is_told_from_a_value() {
    let project = Project::new()
        .file("values-dev.yaml", "on: \"true\"\nn: 1\n")
        .file("values-prod.yaml", "on: true\nn: 2\n");
    let json = project.run("diff dev prod --format json").code(0).json();
    let kinds: Vec<_> = json["keys"].as_array().unwrap().iter().map(|key| &key["kind"]).collect();
    assert_eq!(kinds, ["value", "type"]);
    project.run("diff dev prod").code(0).says("on  different  true → true  (string → boolean)\n");
}

#[test]
fn keys_that_carry_the_environments_name_are_compared_with_those_that_do_not() {
    let project = Project::new()
        .file("envs/staging/.env", "STAGING_DATABASE_URL=sqlite:a\nSTAGING_API_KEY=canary-a\nX_STAGING=1\n")
        .file("envs/prod/.env", "DATABASE_URL=sqlite:b\nAPI_KEY=canary-b\nX=1\n");
    project.run("diff staging prod").code(0).never_says("canary").stdout(
        "\
envs/{env}/.env
  ~  STAGING_API_KEY ~ API_KEY            different  set → set  (secret)
  ~  STAGING_DATABASE_URL ~ DATABASE_URL  different  sqlite:a → sqlite:b

1 more differs only by the environment's name (X_STAGING ~ X); --all-keys lists it
3 different, 1 of them only by name, 0 only in staging, 0 only in prod, 0 same
",
    );
    let json = project.run("diff staging prod --format json").code(0).json();
    assert_eq!(json["keys"][1]["paths"], json!({"staging": "STAGING_DATABASE_URL", "prod": "DATABASE_URL"}));
    assert_eq!(json["keys"][2]["kind"], "name-only");
    project.run("diff staging prod --key DATABASE_*").code(0).says("STAGING_DATABASE_URL ~ DATABASE_URL");
}

#[test]
fn services_are_compared_whatever_their_environment_adds_to_their_name() {
    let project = Project::new()
        .file("docker-compose.staging.yml", "services:\n  event-api-staging:\n    image: a:1\n")
        .file("docker-compose.prod.yml", "services:\n  event-api:\n    image: a:2\n");
    project
        .run("diff staging prod")
        .code(0)
        .says("  ~  services.event-api-staging.image ~ services.event-api.image  different  a:1 → a:2\n");
}

#[test]
fn a_value_that_names_another_environment_stays_in_sight() {
    let project = Project::new()
        .file("envs/dev/.env", "A=https://a-prod.example/dev\nB=https://b-staging.example\n")
        .file("envs/staging/.env", "A=x\n")
        .file("envs/prod/.env", "A=https://a.example/prod\nB=https://b.example\n");
    project.run("diff dev prod").code(0).says("  ~  A ").says("  ~  B ");
}
