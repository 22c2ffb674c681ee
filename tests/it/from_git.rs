//! `--from-git`: the environment that the branch or the tag belongs to, and never a guess.

use crate::project::Project;

/// Three environments; of two globs that match, the one with more letters is meant.
const ENVIRONMENTS: &str = "\
[project]
default = \"dev\"
[environments.dev]
branches = [\"*\"]
[environments.staging]
branches = [\"release/*\", \"main\"]
tags = [\"v*-rc*\", \"nightly\"]
[environments.prod]
branches = [\"release/lts-*\", \"ma?n\"]
tags = [\"v*.*.*\"]
";

fn project(manifest: &str) -> Project {
    let project = Project::new().file("envctl.toml", manifest).file("a.txt", "a\n");
    ["dev", "staging", "prod"]
        .iter()
        .fold(project, |project, name| project.file(&format!("envs/{name}/.env"), "A=1\n"))
        .committed()
}

fn repository(project: &Project) -> git2::Repository {
    git2::Repository::open(project.root()).unwrap()
}

fn on_branch(project: &Project, branch: &str) {
    let repository = repository(project);
    let commit = repository.head().unwrap().peel_to_commit().unwrap();
    let _ = repository.branch(branch, &commit, false); // it may be there
    repository.set_head(&format!("refs/heads/{branch}")).unwrap();
}

/// HEAD on its own commit and no branch, with these tags; every second one has an object of its own.
fn at_tags(project: &Project, tags: &[&str]) {
    let repository = repository(project);
    let commit = repository.head().unwrap().peel_to_commit().unwrap();
    let author = git2::Signature::now("T", "t@example.org").unwrap();
    for (index, tag) in tags.iter().enumerate() {
        let _ = match index % 2 {
            0 => repository.tag_lightweight(tag, commit.as_object(), false).unwrap(),
            _ => repository.tag(tag, commit.as_object(), &author, "m", false).unwrap(),
        };
    }
    repository.set_head_detached(commit.id()).unwrap();
}

#[test]
fn a_branch_belongs_to_the_environment_with_the_longest_glob() {
    let project = project(ENVIRONMENTS);
    for (branch, name) in [
        ("feature/x", "dev"),
        ("main", "staging"), // `main` is more than `ma?n`
        ("mawn", "prod"),
        ("release/1", "staging"),
        ("release/lts-1", "prod"),
    ] {
        on_branch(&project, branch);
        project.run("current --from-git").code(0).stdout(&format!("{name}\n")).stderr("");
    }
}

#[test]
fn on_a_commit_without_a_branch_its_tags_say_it() {
    for (tags, name) in [
        (&["v1.2.3"][..], "prod"),
        (&["other", "v1.2.3"], "prod"),
        (&["v1.2.3-rc1"], "staging"),
        (&["v1.2.3", "nightly"], "staging"),
    ] {
        let project = project(ENVIRONMENTS);
        at_tags(&project, tags);
        project.run("current --from-git").code(0).stdout(&format!("{name}\n")).stderr("");
    }
}

#[test]
fn a_tag_of_another_commit_says_nothing() {
    let project = project(ENVIRONMENTS);
    at_tags(&project, &["v1.0.0", "v1.0.1"]);
    let project = project.file("a.txt", "b\n").committed();
    project.run("current --from-git").code(2).stdout("").stderr(
        "error: --from-git: HEAD is detached, and no tag points at its commit\n  \
         help: check out a branch or a tag, or name the environment with --env\n",
    );
}

#[test]
fn what_belongs_to_nobody_or_to_two_is_told_and_not_guessed() {
    let two =
        project("[environments.staging]\nbranches = [\"m*\"]\n[environments.prod]\nbranches = [\"*n\"]\n");
    on_branch(&two, "main");
    let contested = "error: the branch main can be meant by staging and by prod\n  \
        help: staging has m*, prod has *n; make one of them more exact, or name the environment with --env\n";
    on_branch(&two, "main");
    let nobody = project(
        "[environments.staging]\nbranches = [\"main\"]\n[environments.prod]\nbranches = [\"a\", \"b\"]\n",
    );
    on_branch(&nobody, "feature/\u{202e}x");
    let nobodys = "error: the branch feature/\\u{202e}x belongs to no environment\n  help: staging has main; \
        prod has a, b; add it to the `branches` of one, or name the environment with --env\n";
    let silent = project("");
    at_tags(&silent, &["v1", "v2"]);
    let silents = "error: the tags v1, v2 belong to no environment\n  help: no environment says which tags are its \
        own: write `tags = [\"…\"]`, or name the environment with --env\n";
    for (project, said) in [(two, contested), (nobody, nobodys), (silent, silents)] {
        for command in
            ["current", "list", "validate", "switch", "show", "export", "banner", "guard --not prod"]
        {
            project.run(&format!("{command} --from-git")).code(2).stdout("").stderr(said);
        }
        project.run("prompt --from-git").code(0).stdout("?\n").stderr("");
    }
}

#[test]
fn without_a_repository_it_says_so() {
    let project = Project::new().file("envs/dev/.env", "A=1\n");
    project.run("current --from-git").code(2).stdout("").says("error: --from-git: git cannot be asked: ");
}

#[test]
fn every_command_takes_it_as_it_takes_env() {
    let project = project(ENVIRONMENTS);
    on_branch(&project, "release/7");
    project.run("prompt --from-git").code(0).stdout("staging\n");
    let json = project.run("current --from-git --format json").code(0).json();
    assert_eq!((&json["name"], &json["source"]), (&"staging".into(), &"git".into()));
    project.run("validate --from-git").code(0).says("ok: 1 environment, ");
    project.run("guard --only staging --from-git").code(0);
    project.run("guard --only dev --from-git").code(1).says("(staging, by --from-git)");
    let in_ci = [("CI", "true"), ("ENVCTL_ENV", "dev")];
    project.run_with(&in_ci, "current --from-git").code(0).stdout("staging\n").stderr("");
    project.run("current --from-git --env dev").code(2).says("cannot be used with");
    project.run("validate dev --from-git").code(2).says("leave one of them out");
}

#[test]
fn switch_selects_it_for_good_and_a_protected_one_needs_consent_still() {
    let project = project(ENVIRONMENTS);
    on_branch(&project, "release/7");
    project.run("switch --from-git").code(0).stdout("switched to staging\n").says("dev → staging");
    project.run("switch staging --from-git").code(2).says("leave one of them out");
    on_branch(&project, "release/lts-1");
    project.run("current").code(0).stdout("staging\n");
    project.run("switch --from-git").code(3).stdout("").says("write --confirm prod");
    project.run("export --from-git").code(3).stdout("").says("write --confirm prod");
    project.run("switch --from-git --confirm prod").code(0).says("switched to prod until");
    project.run_with(&[("CI", "1")], "switch --from-git").code(3).says("in CI nothing is selected");
}
