//! The checks around an attempt: machine, branch and work tree, what overrides them, and what does not.

use std::fs;
use std::process::Command;

use crate::project::Project;

/// A clean repository on `branch`, in which production belongs to `release/*`, and staging to `staging`.
fn on(branch: &str) -> Project {
    let project = Project::new()
        .file("envs/development/env.toml", "")
        .file("envs/staging/env.toml", "branches = ['staging']\n")
        .file("envs/production/env.toml", "branches = ['release/*']\n")
        .committed();
    check_out(&project, branch);
    project
}

fn check_out(project: &Project, branch: &str) {
    fs::write(project.root().join(".git/HEAD"), format!("ref: refs/heads/{branch}\n")).unwrap();
    let commit = fs::read_dir(project.root().join(".git/refs/heads")).unwrap().find_map(|file| {
        let path = file.unwrap().path();
        path.is_file().then(|| fs::read(path).unwrap())
    });
    let file = project.root().join(".git/refs/heads").join(branch);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, commit.unwrap()).unwrap();
}

/// The machine's name in small letters.
fn machine() -> String {
    let name = Command::new("uname").arg("-n").output().unwrap().stdout;
    String::from_utf8(name).unwrap().trim().to_lowercase()
}

#[test]
fn a_machine_is_refused_where_the_environment_names_others() {
    let project =
        Project::new().file("envs/staging/env.toml", "hosts = ['build-*', 'elsewhere']\n[vars]\nA = '1'\n");
    let help = "  help: do it on a machine that matches, or override it with --force --reason TEXT\n";
    let refusal =
        format!("refused: this machine is {}, and staging is for build-*, elsewhere\n{help}", machine());
    project.run("export staging").code(3).stdout("").stderr(&refusal);
    project.run("switch staging -q").code(3).stdout("").stderr(&refusal);
    project.run("switch staging --dry-run").code(3).says("this machine is");
    project.run("export staging --force --reason why").code(0).stderr(&format!(
        "warning: overridden: this machine is {}, and staging is for build-*, elsewhere\n",
        machine()
    ));
    let label = machine().split('.').next().unwrap().to_uppercase();
    let project =
        project.file("envs/staging/env.toml", format!("hosts = ['nowhere', '{label}']\n[vars]\nA = '1'\n"));
    project.run("export staging").code(0).stdout("export A='1'\n").stderr("");
}

#[test]
fn a_branch_that_is_not_productions_is_refused_there_and_nowhere_else() {
    let confirmed = "switch production --confirm production -q";
    let refusal = |what: &str| {
        format!("refused: {what}\n  help: check out release/*, or override it with --force --reason TEXT\n")
    };
    let project = on("staging");
    let foreign = refusal("the branch staging belongs to staging, and not to production");
    project.run(confirmed).code(3).stderr(&foreign);
    project.run("export production --confirm production").code(3).stderr(&foreign);
    check_out(&project, "feature");
    project.run(confirmed).code(3).stderr(&refusal("the branch feature is none of production's"));
    project.run("switch staging -q").code(0).stderr("");
    check_out(&project, "release/1");
    project.run(confirmed).code(0).stderr("");
}

#[test]
fn where_nobody_knows_the_branch_it_is_no_reason() {
    let project = on("staging");
    let commit = fs::read(project.root().join(".git/refs/heads/staging")).unwrap();
    fs::write(project.root().join(".git/HEAD"), commit).unwrap();
    project.run("switch production --confirm production -q").code(0).stderr("");
    let plain = Project::new().file("envs/production/env.toml", "branches = ['main']\n");
    plain.run("switch production --confirm production -q").code(0).stderr("");
}

#[test]
fn uncommitted_changes_are_a_reason_to_stay_and_not_to_stop() {
    let project = on("release/1");
    project.run("switch production --confirm production -q").code(0).stderr("");
    fs::write(project.root().join("new"), "").unwrap();
    let refusal = "refused: there are uncommitted changes\n  \
        help: commit or stash them, or override it with --force --reason TEXT\n";
    project.run("switch production -q").code(3).stderr(refusal);
    project.run("export production").code(0).stderr("");
    project.run("switch staging -q").code(0).stderr("");
}

#[test]
fn all_that_is_wrong_is_told_at_once_and_force_overrides_it_but_never_the_confirmation() {
    let project =
        on("staging").file("envs/production/env.toml", "hosts = ['no']\nbranches = ['main']\ndebug = true\n");
    let told = format!(
        "production has 1 error; this machine is {}, and production is for no; the branch staging belongs to staging, \
         and not to production; there are uncommitted changes",
        machine()
    );
    let help =
        "mend it; do it on a machine that matches; check out main; commit or stash them, or override it";
    project.run("switch production --dry-run").code(3).says(&told).says(help);
    project
        .run("switch production --force --reason why")
        .code(3)
        .says("warning: 1 error of production overridden\nwarning: overridden: this machine")
        .says("production is protected, and nobody is there to confirm");
    project.run("switch production --force --reason why --confirm production").code(0);
    project.run("log").code(0).says("refused  production is protected").says("forced   because: why");
}
