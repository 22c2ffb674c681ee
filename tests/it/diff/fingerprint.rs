//! `diff --fingerprint`: marks of secrets under the user's own key, and where that key is kept.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};

use crate::project::{Project, Run};

const KEY: &str = "../home/.local/state/envctl/fingerprint.key";

fn project() -> Project {
    Project::new()
        .file(
            "envs/dev/.env",
            "A_TOKEN=canary-a\nB_TOKEN=canary-b\nC_TOKEN=\nD_TOKEN=op://vault/canary/x\nLEVEL=debug\n",
        )
        .file("envs/prod/.env", "A_TOKEN=canary-z\nB_TOKEN=canary-b\nC_TOKEN=canary-c\nLEVEL=info\n")
}

/// The fingerprint of a key in an environment.
#[track_caller]
fn mark(run: &Run, key: &str, environment: &str) -> String {
    let json = run.json();
    let keys = json["keys"].as_array().unwrap();
    let found = keys.iter().find(|one| one["path"] == key).unwrap();
    let mark = found["fingerprints"][environment].as_str().unwrap().to_owned();
    assert!(mark.len() == 8 && mark.bytes().all(|byte| byte.is_ascii_hexdigit()), "{mark}");
    mark
}

fn marks(project: &Project) -> Run {
    project.run("diff dev prod --all-keys --fingerprint --format json").code(0).never_says("canary")
}

#[test]
fn a_mark_stays_with_its_value_and_changes_with_it() {
    let project = project();
    let before = marks(&project);
    assert_eq!(mark(&before, "B_TOKEN", "dev"), mark(&before, "B_TOKEN", "prod"));
    assert_ne!(mark(&before, "A_TOKEN", "dev"), mark(&before, "A_TOKEN", "prod"));
    let after = marks(&project.file("envs/prod/.env", "A_TOKEN=canary-rotated\nB_TOKEN=canary-b\n"));
    assert_eq!(mark(&before, "A_TOKEN", "dev"), mark(&after, "A_TOKEN", "dev"));
    assert_ne!(mark(&before, "A_TOKEN", "prod"), mark(&after, "A_TOKEN", "prod"));
}

#[test]
fn only_secrets_that_are_set_and_readable_have_one() {
    let json = marks(&project()).json();
    let of = |key: &str| {
        let keys = json["keys"].as_array().unwrap();
        keys.iter().find(|one| one["path"] == key).unwrap()["fingerprints"].clone()
    };
    assert!(of("LEVEL").is_null() && of("D_TOKEN").is_null());
    assert!(of("C_TOKEN")["dev"].is_null() && of("C_TOKEN")["prod"].is_string());
    let plain = project().run("diff dev prod --format json").code(0);
    plain.never_says("fingerprints");
}

#[test]
fn text_shows_them_in_every_form() {
    let project = project();
    let json = marks(&project);
    let (one, other) = (mark(&json, "A_TOKEN", "dev"), mark(&json, "A_TOKEN", "prod"));
    let secret = mark(&json, "C_TOKEN", "prod");
    project
        .run("diff dev prod --fingerprint")
        .code(0)
        .says(&format!("  ~  A_TOKEN  different    set #{one} → set #{other}  (secret)\n"))
        .says(&format!("empty → set #{secret}  (secret)\n"))
        .says("only in dev  set  (secret)\n");
    project.run("diff dev prod --fingerprint --format markdown").code(0).says(&format!("`set #{other}`"));
    project.run("diff dev prod --fingerprint --check").code(1).says(&format!("set #{one} → set #{other}"));
    let three = project.file("envs/staging/.env", "A_TOKEN=canary-a\n");
    three
        .run("diff --all --fingerprint")
        .code(0)
        .says(&format!("set #{one}  =        set #{other}  (secret)\n"));
}

#[test]
fn the_key_is_random_and_the_users_alone_and_never_in_the_project() {
    let (one, other) = (project(), project());
    assert_ne!(mark(&marks(&one), "A_TOKEN", "dev"), mark(&marks(&other), "A_TOKEN", "dev"));
    let path = one.root().join(KEY);
    let mode = |path| fs::metadata(path).unwrap().mode() & 0o777;
    assert_eq!((mode(path.clone()), mode(path.parent().unwrap().to_owned())), (0o600, 0o700));
    assert_eq!(fs::read_to_string(&path).unwrap().trim_end().len(), 64);
    assert!(!one.root().join(".envctl").exists());
    let state = one.outside().join("state");
    one.run_with(&[("XDG_STATE_HOME", state.to_str().unwrap())], "diff --fingerprint").code(0);
    assert!(state.join("envctl/fingerprint.key").exists());
    other.run("diff dev prod").code(0);
}

#[test]
fn two_at_once_make_one_key() {
    let project = project();
    let all: Vec<String> = std::thread::scope(|scope| {
        let started: Vec<_> =
            (0..8).map(|_| scope.spawn(|| mark(&marks(&project), "A_TOKEN", "dev"))).collect();
        started.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(all.iter().all(|one| *one == all[0]), "{all:?}");
}

#[test]
fn a_key_that_is_none_is_neither_used_nor_replaced() {
    for (content, mode, why) in [
        ("", 0o600, "holds no key"),
        ("canary", 0o600, "holds no key"),
        (&*"ab".repeat(32), 0o644, "may be opened by others"),
    ] {
        let project = project().file(KEY, content).mode(KEY, mode);
        project.run("diff --fingerprint").code(2).says(why).never_says("canary").stdout("");
        assert_eq!(fs::read_to_string(project.root().join(KEY)).unwrap(), content);
    }
    let linked = project()
        .file("key", "ab".repeat(32))
        .dir("../home/.local/state/envctl")
        .link(KEY, "../../../../project/key");
    linked.run("diff --fingerprint").code(2).says("is a link");
    let known = project().file(KEY, "ab".repeat(32));
    known.run("diff --fingerprint").code(0);
}

#[test]
fn where_no_key_can_be_kept_that_is_said() {
    let project = project();
    let mut homeless = project.command();
    Run::of(homeless.env_remove("HOME").args(["diff", "--fingerprint"])).code(2).says("XDG_STATE_HOME");
    let home = project.root().join("../home");
    fs::set_permissions(&home, fs::Permissions::from_mode(0o555)).unwrap();
    let mut user = project.command_of_a_user();
    Run::of(user.args(["diff", "--fingerprint"]))
        .code(2)
        .says("cannot be created: permission denied")
        .stdout("");
    project.run("diff --fingerprint --keys").code(2);
    project.run("diff --fingerprint --dedupe").code(2);
}
