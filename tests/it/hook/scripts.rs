//! The same in every shell that can be run here, without a terminal.

use super::Scene;
use crate::project::Project;
use crate::tools::need;

/// Each shell with options that make it hard for a hook.
const BASH: &[&[&str]] =
    &[&["--norc"], &["--norc", "-eu", "-o", "pipefail", "-C"], &["--norc", "-o", "posix", "-f"]];
const ZSH: &[&[&str]] = &[
    &["-f"],
    &["-f", "-eu", "-o", "pipefail", "-o", "noclobber"],
    &["-f", "-o", "ksharrays", "-o", "shwordsplit", "-o", "warncreateglobal", "-o", "nullglob"],
];
const FISH: &[&[&str]] = &[&["--no-config"]];

fn follows(shell: &str, every: &[&[&str]]) {
    for options in every {
        let scene = Scene::new(Project::shipped().dir("deep/er"));
        let (set, unset, ci) = match shell {
            "fish" => ("set -gx TELBOT_ENVIRONMENT staging", "set -e TELBOT_ENVIRONMENT", "set -gx CI 1"),
            _ => ("export TELBOT_ENVIRONMENT=staging", "unset TELBOT_ENVIRONMENT", "export CI=1"),
        };
        let script = format!(
            "p; envctl switch staging -q; p; cd deep/er; p; cd /; p; cd ~/../project; p\n\
             command envctl switch development -q; p; {set}; p; {unset}; p\n\
             envctl switch --shell staging -q; p; cd /; p; cd ~/../project; p; envctl switch --shell - -q; p\n\
             envctl switch staging -q; p; {ci}; p"
        );
        let run = scene.script(shell, options, &script).code(0).stderr("");
        run.stdout(
            "development \nswitched to staging\nstaging \nstaging \n \nstaging \nswitched to development\ndevelopment \n\
             staging \ndevelopment \nstaging staging\n staging\nstaging staging\ndevelopment \n\
             switched to staging\nstaging \ndevelopment \n",
        );
    }
}

fn costs_nothing(shell: &str, options: &[&str]) {
    let scene = Scene::new(Project::shipped());
    scene.project.run("switch staging -q").code(0);
    scene.script(shell, options, "p; p; p; p; p").code(0).stdout(&"staging \n".repeat(5)).stderr("");
    assert_eq!(scene.refreshes(), 1);
    scene.script(shell, options, "p; p; cd /; p; p; cd ~/../project; p; p").code(0);
    assert_eq!(scene.refreshes(), 3);
    let consent = "production --confirm production -q";
    scene
        .script(shell, options, &format!("p; envctl switch {consent}; p; p; p"))
        .code(0)
        .says("production! \n");
    assert_eq!(scene.refreshes(), 2, "while a consent lasts");
}

fn ends(shell: &str, options: &[&str]) {
    let scene = Scene::new(Project::shipped());
    let consent = "production --confirm production --for 2s -q";
    let wait = "sleep 2.1; p; p; envctl current";
    scene.script(shell, options, &format!("envctl switch --shell {consent}; p; {wait}")).code(0).stdout(
        "production! production\ndevelopment \ndevelopment \ndevelopment\n",
    ).stderr("envctl: the selection of production in this terminal has ended; `envctl switch --shell production` renews it\n");
    let run =
        scene.script(shell, options, &format!("envctl switch {consent} > /dev/null; p; sleep 2.1; p; p"));
    run.code(0).stdout("production! \ndevelopment \ndevelopment \n");
    assert!(scene.refreshes() <= 6);
}

/// Exit codes, help and other commands pass through; what is no selection is not taken in.
fn passes_through(shell: &str, options: &[&str]) {
    let scene = Scene::new(Project::shipped());
    let status = if shell == "fish" { "echo $status" } else { "echo $?" };
    let script = format!(
        "envctl switch qqq; {status}; envctl switch --shell qqq; {status}; envctl switch --shell --dry-run staging -q; {status}\n\
         echo x | envctl validate --stdin --env staging > /dev/null; envctl prompt --shell bash --color never; {status}; envctl switch --shell"
    );
    let run = scene.script(shell, options, &script).code(0);
    let (mut lines, expected) = (run.stdout.lines(), ["2", "2", "development → staging (staging)"]);
    assert!(expected.iter().all(|line| lines.next() == Some(line)), "{}", run.stdout);
    assert!(
        run.stdout.ends_with("\n0\ndevelopment\n0\ndevelopment\nstaging\nproduction\n"),
        "{}",
        run.stdout
    );
    assert_eq!(run.stderr.matches("there is no environment `qqq`").count(), 2, "{}", run.stderr);
}

fn survives(shell: &str, options: &[&str]) {
    let twice = if shell == "fish" {
        "envctl hook fish | source"
    } else {
        &format!("eval \"$(envctl hook {shell})\"")
    };
    let scene = Scene::new(Project::shipped());
    scene.script(shell, options, &format!("{twice}; p; envctl switch staging -q; p")).code(0).stderr("");
    // what is in the place of the file of the selection
    let pipe = Scene::new(Project::shipped().fifo(".envctl/state.json"));
    pipe.script(shell, options, "p; p").code(0).stdout("? \n? \n").stderr("");
    let odd = Scene::new(Project::shipped().file(".envctl/state.json", b"\0\xff\0 $(touch x)`touch x`\n\n"));
    odd.script(shell, options, "p; p").code(0).stdout("? \n? \n").stderr("");
    let huge = Scene::new(Project::shipped().file(".envctl/state.json", "'\n".repeat(100_000)));
    huge.script(shell, options, "p; p").code(0).stdout("? \n? \n").stderr("");
    let swapped = Scene::new(Project::shipped());
    let swap = "envctl switch staging -q; p; rm .envctl/state.json; mkfifo .envctl/state.json; p; p";
    swapped.script(shell, options, swap).code(0).stdout("switched to staging\nstaging \n? \n? \n").stderr("");
    // what is mended in another terminal is seen without a cd
    let mended = Scene::new(Project::shipped().file(".envctl/state.json", b"\xff"));
    let mend = "p; command envctl switch staging -q; p; rm .envctl/state.json; mkfifo .envctl/state.json; p; rm .envctl/state.json; p";
    mended
        .script(shell, options, mend)
        .code(0)
        .stdout("? \nswitched to staging\nstaging \n? \ndevelopment \n")
        .stderr("");
    let locked = Scene::new(Project::shipped());
    let lock = "envctl switch staging -q; p; chmod 0 .envctl/state.json; p; p; chmod 600 .envctl/state.json; p; chmod 0 .envctl; p; chmod 700 .envctl; p";
    Scene::run(shell, locked.shell_of_a_user(shell, options), lock)
        .code(0)
        .stdout("switched to staging\nstaging \n? \n? \nstaging \n? \nstaging \n")
        .stderr("");
    // envctl that is not there any more
    let gone = Scene::new(Project::shipped());
    gone.script(shell, options, "p; rm ~/../bin/envctl; cd /; p; p")
        .code(0)
        .stdout("development \n \n \n")
        .stderr("");
    for project in [pipe.project, odd.project, huge.project] {
        assert!(!project.root().join("x").exists());
    }
}

/// The options of every command may stand before it, and what is meant for a program is not looked at.
fn selects_after_options(shell: &str, options: &[&str]) {
    let scene = Scene::new(Project::shipped().dir("deep"));
    let script = "envctl -q -C deep switch staging --shell; p; envctl --no-input switch --shell - -q; p\n\
        envctl run development -- echo switch --shell; envctl run -q -- sh -c 'echo $#' switch --shell -q; p";
    let run = scene.script(shell, options, script).code(0).stderr("");
    run.stdout("staging staging\ndevelopment \nswitch --shell\n2\ndevelopment \n");
}

/// Folders and variables whose names would run something.
fn runs_nothing(shell: &str, options: &[&str]) {
    let names = [
        "$(touch x)",
        "`touch x`",
        "a'b",
        "a\"b;touch x",
        "a\\",
        "%(!.a.b)%n",
        "a\nb$(touch x)",
        "-n",
        "ü\u{202e}",
    ];
    for name in names {
        let manifest =
            "[project]\ndefault = \"dev\"\nselector = [\"a[$(touch x)]\", \"x;touch x\", \"APP_ENV\"]\n";
        let at = |file: &str| format!("{name}/{file}");
        let project = Project::new()
            .file(&at("envctl.toml"), manifest)
            .file(&at("envs/dev/.env"), "A=1\n")
            .file(&at("envs/qa/.env"), "A=1\n");
        let scene = Scene::new(project);
        let export = if shell == "fish" { "set -gx APP_ENV qa" } else { "export APP_ENV=qa" };
        let script = format!(
            "cd ./*/; p; envctl switch --shell qa -q; p; p; envctl switch --shell - -q; p; {export}; p; p"
        );
        let run = scene.script(shell, options, &script).code(0).stderr("");
        run.stdout("dev \nqa qa\nqa qa\ndev \nqa \nqa \n");
        for folder in [scene.project.root(), &scene.project.root().join(name), scene.project.outside()] {
            assert!(!folder.join("x").exists(), "{name} was run by {shell}");
        }
    }
}

#[test]
fn bash_follows_every_change() {
    need!("bash");
    follows("bash", BASH);
}

#[test]
fn zsh_follows_every_change() {
    need!("zsh");
    follows("zsh", ZSH);
}

#[test]
fn fish_follows_every_change() {
    need!("fish");
    follows("fish", FISH);
}

#[test]
fn no_process_is_started_while_nothing_changes() {
    need!("bash", "zsh", "fish");
    costs_nothing("bash", BASH[0]);
    costs_nothing("zsh", ZSH[0]);
    costs_nothing("fish", FISH[0]);
}

#[test]
fn a_selection_that_has_ended_is_gone_at_the_next_prompt_and_that_is_said_once() {
    need!("bash", "zsh", "fish");
    ends("bash", BASH[1]);
    ends("zsh", ZSH[1]);
    ends("fish", FISH[0]);
}

#[test]
fn whatever_is_no_selection_passes_through() {
    need!("bash", "zsh", "fish");
    passes_through("bash", BASH[0]);
    passes_through("zsh", ZSH[0]);
    passes_through("fish", FISH[0]);
}

#[test]
fn options_may_stand_before_switch() {
    need!("bash", "zsh", "fish");
    selects_after_options("bash", BASH[1]);
    selects_after_options("zsh", ZSH[1]);
    selects_after_options("fish", FISH[0]);
}

#[test]
fn what_lies_in_the_way_is_survived() {
    need!("bash", "zsh", "fish");
    survives("bash", BASH[1]);
    survives("zsh", ZSH[1]);
    survives("fish", FISH[0]);
}

#[test]
fn no_name_is_run_or_expanded() {
    need!("bash", "zsh", "fish");
    runs_nothing("bash", BASH[0]);
    runs_nothing("zsh", ZSH[0]);
    runs_nothing("fish", FISH[0]);
}
