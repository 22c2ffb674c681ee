//! How files with secrets are kept: what git says of them from every side, and what is told of it.

use std::fs;
use std::path::Path;

use git2::{Repository, Signature};

use crate::project::{Project, Run};
use crate::tools;

const PROD: &str = "envs/production/.env";
const DEV: &str = "envs/development/.env";

/// Two files with a secret, each its own.
fn project() -> Project {
    Project::new().file(PROD, "API_TOKEN=k3Vb9QxT2mZr\n").file(DEV, "API_TOKEN=h8Lm2Qz7Wp4x\n")
}

/// What a run of `validate --format json` says of custody: `rule file`.
fn told(run: Run) -> Vec<String> {
    let json = run.json();
    let findings = json["findings"].as_array().unwrap().iter();
    findings
        .map(|finding| format!("{} {}", finding["rule"].as_str().unwrap(), finding["file"].as_str().unwrap()))
        .collect()
}

#[track_caller]
fn tells(project: &Project, args: &str, expected: &[&str]) {
    assert_eq!(told(project.run(&format!("validate --format json {args}"))), expected, "{args}");
}

const EXPOSED: &[&str] = &["not-ignored envs/development/.env", "not-ignored envs/production/.env"];
const TRACKED: &[&str] =
    &["secret-tracked-by-git envs/development/.env", "secret-tracked-by-git envs/production/.env"];

#[test]
fn the_help_is_what_has_to_be_typed() {
    let both = "API_TOKEN=k3Vb9QxT2mZr\nA_KEY_TOKEN=w2\nB_TOKEN=a8f3k2m9x1q7\nC_SECRET=v4Nc8Rt1Yp6s\nD_SECRET=z5Xq3Hd7Lk9f\n";
    let project = Project::new().file("envs/prod eu/.env", "").file("envs/prod-eu/.env", both);
    let project = project.file("my config/app.production.yml", "password: k3Vb9QxT2mZq\n");
    let project = project.file("my config/app.development.yml", "password: ''\n");
    let run = project.tracked(&["envs/prod-eu/.env", "my config/app.production.yml"]).run("validate").code(1);
    run.says("git tracks this file, and it holds 4 secrets: API_TOKEN, B_TOKEN, C_SECRET and 1 more")
        .says("`git rm --cached envs/prod-eu/.env`, put `/envs/prod-eu/.env` into .gitignore, and replace")
        .says("git tracks this file, and it holds a secret: password")
        .says("`git rm --cached 'my config/app.production.yml'`, put `/my config/app.production.yml` into")
        .never_says("k3Vb9QxT2mZ");
}

#[test]
fn a_project_without_a_commit_is_judged_like_any_other() {
    let project = project().tracked(&[]);
    tells(&project, "", EXPOSED);
    project.run("validate").code(1).says("put `/envs/production/.env` into .gitignore");
    tells(&project.tracked(&[PROD, DEV]), "", TRACKED);
}

#[test]
fn a_project_in_a_folder_of_a_repository_is_judged_by_the_rules_above_it() {
    let project = Project::new()
        .file("app/envctl.toml", "")
        .file("app/envs/production/.env", "API_TOKEN=k3Vb9QxT2mZr\n")
        .file("app/envs/development/.env", "API_TOKEN=h8Lm2Qz7Wp4x\n")
        .tracked(&["app/envs/production/.env"]);
    tells(
        &project,
        "-C app",
        &["not-ignored envs/development/.env", "secret-tracked-by-git envs/production/.env"],
    );
    let project = project.file(".gitignore", "/app/envs\n");
    tells(&project, "-C app", &["secret-tracked-by-git envs/production/.env"]);
}

#[test]
fn rules_of_the_user_and_of_the_clone_ignore_too() {
    let project = project().tracked(&[]).file("../home/.config/git/ignore", "production\n");
    tells(&project, "", &["not-ignored envs/development/.env"]);
    let project = project.file(".git/info/exclude", "/envs/development/\n");
    tells(&project, "", &[]);
    let named = self::project().tracked(&[]).file("../home/.gitconfig", "[core]\nexcludesFile = ~/mine\n");
    tells(&named.file("../home/mine", ".env\n"), "", &[]);
}

#[test]
fn a_link_to_the_project_and_a_linked_worktree_are_the_project() {
    let project = project().tracked(&[PROD, DEV]).link("../link", "project");
    tells(&project, "-C ../link", TRACKED);
    let repository = Repository::open(project.root()).unwrap();
    let tree = repository.find_tree(repository.index().unwrap().write_tree().unwrap()).unwrap();
    let nobody = Signature::now("Z", "z@example.org").unwrap();
    repository.commit(Some("HEAD"), &nobody, &nobody, "c", &tree, &[]).unwrap();
    repository.worktree("tree", &project.outside().join("tree"), None).unwrap();
    tells(&project, "-C ../tree", TRACKED);
}

#[test]
fn a_repository_inside_of_the_project_keeps_its_own_files() {
    let project =
        project().tracked(&[]).file(".gitignore", "envs\n").tracked_in("envs/production", &[".env"]);
    tells(&project, "", &["secret-tracked-by-git envs/production/.env"]);
}

#[test]
fn a_file_behind_a_link_is_kept_where_it_lies() {
    let project = Project::new()
        .file("secrets/production", "API_TOKEN=k3Vb9QxT2mZr\n")
        .file(".gitignore", "/secrets/\n")
        .dir("envs/production")
        .link(PROD, "../../secrets/production");
    tells(&project.tracked(&[PROD]), "", &[]);
}

#[test]
fn of_a_repository_that_cannot_be_asked_that_is_said_once() {
    const ONCE: &[&str] = &["secret-tracked-by-git envs/development/.env"];
    let damages: &[(&str, &str, &str)] = &[
        (".git/index", "DIRC, but not really", "damaged, split or sparse"),
        (".git/config", "[core]\nbare = true\n", "bare repository"),
        (
            ".git/config",
            "[core]\nrepositoryformatversion = 1\n[extensions]\nobjectFormat = sha256\n",
            "SHA-256",
        ),
        (
            ".git/config",
            "[core]\nrepositoryformatversion = 1\n[extensions]\nrefStorage = reftable\n",
            "reftable",
        ),
    ];
    for (path, text, reason) in damages {
        let project = project().tracked(&[PROD]).mode(PROD, 0o644).file(path, text);
        tells(&project, "", ONCE);
        let what = "warning[secret-tracked-by-git]: git could not be asked whether it tracks 2 files that hold secrets";
        project.run("validate").code(0).says(what).says(reason);
        project.run("validate --phase structure").code(0).never_says("git could not");
    }
    if tools::is_root() {
        let project = project().tracked(&[PROD]).mode(PROD, 0o644);
        let json = Run::of(project.command_of_a_user().args(["validate", "--format", "json"]));
        assert_eq!(told(json).len(), 2);
        std::os::unix::fs::chown(project.root().join(".git"), Some(1), Some(1)).unwrap();
        std::os::unix::fs::chown(project.root(), Some(1), Some(1)).unwrap();
        let json = Run::of(project.command().args(["validate", "--format", "json"]));
        assert_eq!(told(json), ONCE);
        project.run("validate").says("belongs to another user (git's safe.directory)");
    }
}

#[test]
fn without_secrets_nobody_needs_a_repository_that_can_be_asked() {
    let project = Project::new().file(PROD, "PORT=1\n").file(DEV, "PORT=2\n").tracked(&[PROD]);
    tells(&project.file(".git/index", "DIRC, but not really"), "", &[]);
}

#[test]
fn only_validate_asks_git() {
    let project = project().tracked(&[PROD, DEV]);
    for args in ["banner production", "show production API_TOKEN", "context --env production"] {
        project.run(args).never_says("secret-tracked-by-git").never_says("file-mode");
    }
}

#[test]
fn the_shipped_project_is_fine_in_a_clone_in_a_copy_and_out_of_a_tarball() {
    let files: Vec<String> = ["development", "staging", "production"]
        .iter()
        .flat_map(|name| [format!("envs/{name}/.env"), format!("envs/{name}/env.toml")])
        .chain(["envctl.toml".to_owned()])
        .collect();
    let paths: Vec<&str> = files.iter().map(String::as_str).collect();
    let open = || paths.iter().fold(Project::shipped(), |project, path| project.mode(path, 0o644));
    for project in [open(), open().tracked(&paths), open().tracked(&[]), Project::shipped()] {
        project.run("validate").code(0).says("ok: 3 environments, no problems");
    }
    let accepted = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("envctl.toml")).unwrap();
    let without = accepted.replace("[[accept]]", "[[accept]]\nenvironments = [\"staging\"]");
    let project = open().file("envctl.toml", without).tracked(&paths);
    tells(&project, "", TRACKED);
}

#[test]
fn an_acceptance_that_only_another_clone_needs_is_not_called_unused_until_it_ends() {
    let accept = "[[accept]]\nrule = \"not-ignored\"\nreason = \"elsewhere it is\"\n";
    let project = project().file("envctl.toml", accept);
    tells(&project, "", &[]);
    let ended = project.file("envctl.toml", format!("{accept}until = 2020-01-01\n"));
    tells(&ended, "", &["unused-acceptance envctl.toml"]);
}
