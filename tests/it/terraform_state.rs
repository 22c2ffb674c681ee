//! Terraform that is configured for another environment than the one that is meant: who says so, who refuses, and who does not.

use std::fs;

use crate::project::Project;

/// What `terraform init` writes down for a state of this key, with a secret beside it.
fn state(key: &str) -> String {
    format!(
        r#"{{"version":3,"backend":{{"type":"s3","config":{{"bucket":"acme","key":"{key}","secret_key":"canary-bird"}}}}}}"#
    )
}

/// Two environments with a backend each, and a Terraform that says how it is called.
fn project() -> Project {
    let backend = |name: &str| format!("bucket = \"acme\"\nkey = \"app/{name}/terraform.tfstate\"\n");
    Project::new()
        .file("envs/staging/backend.hcl", backend("staging"))
        .file("envs/production/backend.hcl", backend("production"))
        .file("envs/production/env.toml", "protected = true\n")
        .file("bin/terraform", "#!/bin/sh\necho terraform \"$@\"\n")
        .mode("bin/terraform", 0o755)
}

fn configured_for(name: &str) -> Project {
    project().file(".terraform/terraform.tfstate", state(&format!("app/{name}/terraform.tfstate")))
}

const REFUSAL: &str = "refused: Terraform is configured for production (.terraform/terraform.tfstate), and this is staging\n  \
    help: run `terraform init -reconfigure -backend-config=envs/staging/backend.hcl`, or override it with --force --reason TEXT\n";

#[test]
fn terraform_is_refused_where_it_would_work_on_another_environment() {
    let project = configured_for("production");
    project.run("run staging -- bin/terraform apply").code(3).stdout("").stderr(REFUSAL);
    project
        .run("run staging --force --reason why -- bin/terraform plan")
        .code(0)
        .stdout("terraform plan\n")
        .stderr("warning: overridden: Terraform is configured for production (.terraform/terraform.tfstate), and this is staging\n");
    project.run("run staging -- bin/terraform init -migrate-state").code(3).stdout("").stderr(REFUSAL);
    let allowed = "run production --confirm production -- bin/terraform plan";
    project.run(allowed).code(0).stdout("terraform plan\n").stderr("");
}

#[test]
fn init_mends_it_and_other_programs_are_none_of_its_business() {
    let project = configured_for("production");
    let init = "-reconfigure -backend-config=envs/staging/backend.hcl";
    project
        .run(&format!("run staging -- bin/terraform init {init}"))
        .code(0)
        .stdout(&format!("terraform init {init}\n"))
        .stderr("note: Terraform is configured for production (.terraform/terraform.tfstate)\n");
    project.run("run staging -- /bin/echo apply").code(0).stdout("apply\n").stderr("");
}

#[test]
fn the_folder_counts_in_which_terraform_works() {
    let project = project()
        .file("app/main.tf", "")
        .file("app/.terraform/terraform.tfstate", state("x/production"))
        .file("net/.terraform/terraform.tfstate", state("x/staging"));
    let refusal = "refused: Terraform is configured for production (app/.terraform/terraform.tfstate), and this is staging\n  \
        help: run `terraform -chdir=app init -reconfigure -backend-config=../envs/staging/backend.hcl`, or override it with --force --reason TEXT\n";
    project.run("run staging -- bin/terraform -chdir=app plan").code(3).stderr(refusal);
    project.run("run staging -- bin/terraform -chdir=net plan").code(0).stderr("");
    project
        .run("-C app run staging -- ../bin/terraform plan")
        .code(3)
        .says("app/.terraform/terraform.tfstate");
    project.run("run staging -- bin/terraform plan").code(0).stderr("");
    project.run("run staging -- bin/terraform -chdir=/ plan").code(0).stderr("");
}

#[test]
fn a_workspace_may_say_it_and_is_selected_to_mend_it() {
    let project = project()
        .file("envs/staging/backend.hcl", "bucket = \"acme\"\n")
        .file("envs/production/backend.hcl", "bucket = \"acme\"\n")
        .file(".terraform/environment", "prod\n");
    project.run("run staging -- bin/terraform plan").code(3).stderr(
        "refused: Terraform is configured for production (.terraform/environment), and this is staging\n  \
         help: run `terraform workspace select staging`, or override it with --force --reason TEXT\n",
    );
    project.run("run staging -- bin/terraform workspace select staging").code(0);
    project.run("run staging -- bin/terraform workspace list").code(3);
    let project = project.file("envs/staging/.env", "TF_WORKSPACE=staging\n");
    project.run("run staging -- bin/terraform plan").code(0).stderr("");
}

#[test]
fn a_folder_of_data_that_the_environment_chooses_is_not_looked_for() {
    let project = configured_for("production").file("envs/staging/.env", "TF_DATA_DIR=.tf-staging\n");
    project.run("run staging -- bin/terraform plan").code(0).stderr("");
    let elsewhere = [("TF_DATA_DIR", ".x")];
    let project = configured_for("production");
    project.run_with(&elsewhere, "run staging -- bin/terraform plan").code(3).stderr(REFUSAL);
    project.run_with(&elsewhere, "run staging --inherit-all -- bin/terraform plan").code(0);
}

#[test]
fn export_and_switch_say_it_and_go_on() {
    let note = "note: Terraform is configured for production (.terraform/terraform.tfstate)\n  \
        help: run `terraform init -reconfigure -backend-config=envs/staging/backend.hcl`\n";
    let project = configured_for("production").file("envs/staging/.env", "A=1\n");
    project.run("export staging").code(0).stdout("export A='1'\n").stderr(note);
    let switched = project.run("switch staging").code(0).stdout("switched to staging\n");
    assert!(switched.stderr.ends_with(note), "{}", switched.stderr);
    configured_for("staging").run("switch staging").code(0).never_says("Terraform");
}

#[test]
fn context_and_banner_tell_what_terraform_is_configured_for() {
    let project = configured_for("production");
    let json = project.run("context --stdout --env staging").code(0).never_says("canary").json();
    assert_eq!(
        json["terraform"],
        serde_json::json!([{"file": ".terraform/terraform.tfstate", "environment": "production"}])
    );
    let message = "Terraform is configured for production (.terraform/terraform.tfstate), and you are in staging: \
        terraform init -reconfigure -backend-config=envs/staging/backend.hcl";
    let warnings =
        serde_json::json!([{"code": "terraform-state-mismatch", "severity": "error", "message": message}]);
    assert_eq!(json["warnings"], warnings);
    project.run("banner --env staging").code(0).says(&format!("error: {message}\n"));
    project.run("banner --env production").code(0).never_says("Terraform");
}

#[test]
fn what_is_not_certain_or_not_terraforms_own_is_passed_over() {
    let deep = "[".repeat(500_000);
    for text in ["", "{", &deep, &state("app/production/staging"), &state("app"), "\u{0}"] {
        let project = project().file(".terraform/terraform.tfstate", text);
        project.run("run staging -- bin/terraform plan").code(0).stdout("terraform plan\n").stderr("");
    }
    let real = configured_for("production");
    let file = real.root().join(".terraform/terraform.tfstate");
    let project = project().dir(".terraform").link(".terraform/terraform.tfstate", &file);
    project.run("run staging -- bin/terraform plan").code(0).stderr("");
    fs::remove_dir_all(project.root().join(".terraform")).unwrap();
    let project = project.link(".terraform", file.parent().unwrap());
    project.run("run staging -- bin/terraform plan").code(0).stderr("");
    fs::remove_file(project.root().join(".terraform")).unwrap();
    let project = project.fifo(".terraform/terraform.tfstate");
    project.run("run staging -- bin/terraform plan").code(0).stderr("");
}
