//! `diff ENV@REV`: environments as they were.

use std::fs;
use std::process::Command;

use crate::project::{Project, Run};
use crate::tools::need;

/// Two commits, tagged `v1` and `v2`; what is now is in neither.
fn project() -> Project {
    let project = Project::new()
        .file(".gitignore", "*.local\n")
        .file("envctl.toml", "[keys.PIN]\nsecret = true\n")
        .file("envs/dev/.env", "HOST=dev.example\n")
        .file("envs/prod/.env", "HOST=prod.example\nOLD=1\nPIN=canary-1\nMODE=a\n")
        .committed();
    tag(&project, "v1");
    let project = project
        .file("envctl.toml", "")
        .file("envs/prod/.env", "HOST=production.example\nPIN=canary-2\nMODE=b\n")
        .committed();
    tag(&project, "v2");
    project.file("envs/prod/.env", "HOST=production.example\nPIN=canary-2\nMODE=c\nNEW=1\n")
}

fn tag(project: &Project, name: &str) {
    let repository = git2::Repository::open(project.root()).unwrap();
    let head = repository.revparse_single("HEAD").unwrap();
    repository.tag_lightweight(name, &head, false).unwrap();
}

#[test]
fn an_environment_is_compared_with_itself_as_it_was() {
    project().run("diff prod@v1 prod").code(0).never_says("canary").stderr("").stdout(
        "\
envs/{env}/.env
  ~  HOST  changed  prod.example → production.example
  ~  MODE  changed  a → c
  +  NEW   added    1
  -  OLD   removed  1
  ~  PIN   changed  set → set  (secret)

3 changed, 1 removed, 1 added, 0 same
",
    );
}

#[test]
fn both_sides_may_be_of_the_past_and_nothing_of_now_counts() {
    let project = project();
    project
        .run("diff prod@v1 prod@v2 --key M*")
        .code(0)
        .stdout("envs/{env}/.env\n  ~  MODE  changed  a → b\n\n1 changed, 0 removed, 0 added, 0 same\n");
    project.run("diff prod@HEAD prod@v2 --exit-code").code(0);
    project.run("diff prod@v2 prod --exit-code").code(1);
    let json = project.run("diff prod@HEAD~1 prod --format json").code(0).json();
    assert_eq!(json["environments"], serde_json::json!(["prod@HEAD~1", "prod"]));
    assert_eq!(json["counts"]["only_in"], serde_json::json!({"prod@HEAD~1": 1, "prod": 1}));
}

#[test]
fn another_environment_of_the_past_folds_names_and_several_times_are_columns() {
    let project = project();
    let run = project.run("diff dev@v1 prod --key HOST").code(0);
    assert!(run.stdout.starts_with("1 more differs only by the environment's name (HOST)"), "{}", run.stdout);
    project.run("diff prod@v1 prod@v2 prod --key MODE").code(0).says("prod@v1  prod@v2  prod\n");
}

#[test]
fn what_git_does_not_track_is_told_and_is_no_difference() {
    let project = project().file("envs/prod/.env.local", "MY_TOKEN=canary\nMODE=mine\n");
    let note = "not compared: envs/prod/.env.local (git does not track it)\n";
    let run = project.run("diff prod@v2 prod --key M*").code(0).stderr(note);
    run.never_says("MY_TOKEN")
        .stdout("envs/{env}/.env\n  ~  MODE  changed  b → c\n\n1 changed, 0 removed, 0 added, 0 same\n");
    let json = project.run("diff prod@v2 prod --format json").code(0).json();
    assert_eq!(json["not_compared"][0]["because"], "git does not track it");
}

#[test]
fn variables_of_the_process_belong_to_now_and_take_no_part() {
    let project = project().file("envctl.toml", "[environments.prod]\nprocess-env = ['*']\n");
    let run = project.run_with(&[("MODE", "mine"), ("ENVCTL_ENV", "prod")], "diff prod@v2 prod --key MODE");
    run.code(0).says("b → c");
}

#[test]
fn what_a_filter_keeps_elsewhere_is_not_compared() {
    let lfs = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n";
    let project =
        Project::new().file("envs/prod/.env", "A=1\n").file("envs/prod/.env.local", lfs).committed();
    let project = project.file("envs/prod/.env.local", "B=1\n");
    let note = "not compared: envs/prod/.env.local (git holds it encrypted, elsewhere, or too large)\n";
    project.run("diff prod@HEAD prod --exit-code").code(0).stderr(note);
}

#[test]
fn a_project_in_a_folder_of_a_repository_has_its_own_past() {
    let project = Project::new()
        .file("shop/envctl.toml", "")
        .file("shop/envs/prod/.env", "A=1\n")
        .file("envs/prod/.env", "OTHER=1\n")
        .committed()
        .file("shop/envs/prod/.env", "A=2\n");
    let run = project.run("diff prod@HEAD prod -C shop").code(0);
    run.says("A  changed  1 → 2\n").never_says("OTHER");
}

#[test]
fn a_file_under_a_new_name_is_the_same_file() {
    let text = |name: &str| format!("NAME={name}\nA=1\nB=2\nC=3\nD=4\nE=5\n");
    let project =
        Project::new().file("conf/.env.dev", text("dev")).file("conf/.env.prod", text("prod")).committed();
    fs::rename(project.root().join("conf"), project.root().join("settings")).unwrap();
    let project = project.file("settings/.env.prod", text("live")).committed();
    let run = project.run("diff prod@HEAD~1 prod").code(0);
    run.stdout(
        "settings/.env.{env}\n  ~  NAME  changed  prod → live\n\n1 changed, 0 removed, 0 added, 5 same\n",
    );
    project.run("diff --since HEAD~1").code(0).says("renamed: conf/.env.dev → settings/.env.dev\n");
}

#[test]
fn a_link_in_a_commit_never_leads_out_and_one_inside_is_followed() {
    let project = Project::new()
        .file("envs/prod/.env", "A=1\n")
        .link("envs/prod/.env.local", "/etc/hostname")
        .link("envs/dev/.env", "../prod/.env")
        .committed();
    project.run("diff prod@HEAD prod").code(2).says("a link leads out of the project");
    project.run("diff dev@HEAD dev --all-keys").code(0).says("A  same  1\n");
}

#[test]
fn nothing_is_left_behind() {
    let project = project();
    let temp = project.outside().join("tmp");
    fs::create_dir(&temp).unwrap();
    let before = fs::read_dir(project.root()).unwrap().count();
    for (args, code) in [("diff prod@v1 prod", 0), ("diff --since v1", 0), ("diff x@v1 prod", 2)] {
        Run::of(project.command().env("TMPDIR", &temp).args(args.split(' '))).code(code);
    }
    assert_eq!(fs::read_dir(&temp).unwrap().count(), 0);
    assert_eq!(fs::read_dir(project.root()).unwrap().count(), before);
    let nowhere = project.outside().join("nowhere");
    let run = Run::of(project.command().env("TMPDIR", nowhere).args(["diff", "prod@v1", "prod"]));
    run.code(2).stderr(
        "error: a temporary folder for the past cannot be written: its folder does not exist\n  \
         help: make room in it, or name another one with TMPDIR\n",
    );
}

#[test]
fn a_revision_that_there_is_not_is_told() {
    let project = project();
    let long = "x".repeat(5000);
    for revision in
        ["nope", "HEAD~9", "--upload-pack=touch${IFS}x", "@{-1}", "v1^{tree}", "v1:envs", "", &long]
    {
        let run = project.run(&format!("diff prod@{revision} prod")).code(2).stdout("").shows_all();
        assert!(run.stderr.len() < 300, "{}", run.stderr);
        project.run(&format!("diff --since={revision}")).code(2).stdout("");
    }
    let odd = Run::of(project.command().args(["diff", "prod@v1\u{1b}[31m\u{202e}", "prod"])).code(2);
    odd.shows_all().says("is no revision of git");
    project
        .run("diff nope@v1 prod")
        .code(2)
        .stderr("error: there was no environment `nope` in `v1`\n  help: there were dev, prod\n");
    project.run("diff prod@v1").code(2).says("envctl diff prod@… prod");
    project.run("diff prod prod@nope").code(2).stderr(
        "error: there is no revision `nope` here\n  help: name a tag, a branch or a commit: v1.2.0, origin/main, \
         HEAD~3; `git fetch --tags` brings what others pushed\n",
    );
}

#[test]
fn a_repository_without_a_past_is_told() {
    let project = || Project::new().file("envs/dev/.env", "A=1\n").file("envs/prod/.env", "A=1\n");
    project().run("diff prod@HEAD prod").code(2).says("cannot be looked up: not a git repository\n");
    let unborn = project().tracked(&["envs/dev/.env"]);
    unborn.run("diff prod@HEAD prod").code(2).says("the branch has no commit yet\n");
    let early = project().without("envs/dev/.env").without("envs/prod/.env").file("a.txt", "").committed();
    let early = early.file("envs/prod/.env", "A=1\n");
    early
        .run("diff prod@HEAD prod")
        .code(2)
        .says("there was no environment `prod` in `HEAD`\n  help: there were none\n");
    let broken = project().file("envctl.toml", "[keys\n").committed().file("envctl.toml", "");
    broken.run("diff prod@HEAD prod").code(2).says("as it was in `HEAD`: ").says("envctl.toml");
    let bare = project().committed();
    let clone = bare.outside().join("bare");
    git2::build::RepoBuilder::new().bare(true).clone(bare.root().to_str().unwrap(), &clone).unwrap();
    fs::create_dir_all(clone.join("envs/prod")).unwrap();
    fs::write(clone.join("envs/prod/.env"), "A=1\n").unwrap();
    let mut command = bare.command();
    Run::of(command.args(["diff", "prod@HEAD", "prod", "--project"]).arg(&clone))
        .code(2)
        .says("bare repository");
}

#[test]
fn a_broken_file_of_the_past_is_named() {
    let project =
        Project::new().file("envs/prod/.env", "A=\"x\n").committed().file("envs/prod/.env", "A=1\n");
    project.run("diff prod@HEAD prod").code(2).says("as it was in `HEAD`: envs/prod/.env:1:");
}

#[test]
fn a_shallow_clone_is_told_how_to_get_more() {
    need!("git");
    let project = project();
    let clone = project.outside().join("clone");
    let mut git = Command::new("git");
    git.args(["clone", "-q", "--depth", "1"]).arg(format!("file://{}", project.root().display())).arg(&clone);
    assert!(git.env_clear().env("PATH", std::env::var_os("PATH").unwrap()).status().unwrap().success());
    let run = |what: &str| Run::of(project.command().current_dir(&clone).args(["diff", what, "prod"]));
    run("prod@HEAD").code(0);
    run("prod@HEAD~1")
        .code(2)
        .says("this clone is shallow: fetch more history with `git fetch --deepen=100`");
    run("prod@v1").code(2).says("there is no revision `v1` here\n").says("git fetch --unshallow");
}
