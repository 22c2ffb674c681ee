//! What is bash's own: its other hooks, its options, and the look of the script.

use std::process::Command;

use super::Scene;
use crate::project::{Project, Run};
use crate::tools::need;

/// Runs a script in bash, the hook not yet in it.
fn bash(script: &str) -> Run {
    let scene = Scene::new(Project::shipped());
    Run::of(scene.shell("bash", &["--norc"]).args(["-c", script])).code(0).stderr("")
}

const HOOK: &str = "eval \"$(envctl hook bash)\"";

#[test]
fn it_goes_before_whatever_is_in_the_prompt_command_and_once() {
    need!("bash");
    for (before, after) in [
        (":", "declare -- PROMPT_COMMAND=\"_envctl_hook\"\n"),
        ("PROMPT_COMMAND='history -a; x'", "declare -- PROMPT_COMMAND=\"_envctl_hook;history -a; x\"\n"),
        ("PROMPT_COMMAND=(a 'b c')", "declare -a PROMPT_COMMAND=([0]=\"_envctl_hook;a\" [1]=\"b c\")\n"),
        ("PROMPT_COMMAND=()", "declare -a PROMPT_COMMAND=([0]=\"_envctl_hook\")\n"),
        ("set -u; IFS=_; unset PROMPT_COMMAND", "declare -- PROMPT_COMMAND=\"_envctl_hook\"\n"),
        ("PROMPT_COMMAND=(a _envctl_hook)", "declare -a PROMPT_COMMAND=([0]=\"a\" [1]=\"_envctl_hook\")\n"),
    ] {
        bash(&format!("{before}; {HOOK}; {HOOK}; declare -p PROMPT_COMMAND")).stdout(after);
    }
}

#[test]
fn the_status_of_the_last_command_reaches_the_hooks_behind_it() {
    need!("bash", "zsh");
    bash(&format!("{HOOK}; (exit 7); _envctl_hook; echo $?; (exit 8); _envctl_hook; echo $?"))
        .stdout("7\n8\n");
    let scene = Scene::new(Project::shipped());
    scene
        .script("zsh", &["-f"], "(exit 7); _envctl_hook; echo $?; (exit 8); _envctl_hook; echo $?")
        .stdout("7\n8\n");
}

#[test]
fn odd_separators_and_options_change_nothing() {
    need!("bash");
    for odd in
        ["IFS=", "IFS='e_/'", "set -f -o noclobber", "shopt -s nullglob failglob", "set -a", "LC_ALL=C"]
    {
        let script = format!(
            "{odd}; {HOOK}; export TELBOT_ENVIRONMENT=staging; _envctl_hook; _envctl_hook; echo \"$ENVCTL_PROMPT\"; \
             envctl switch --shell production --confirm production -q; _envctl_hook; echo \"$ENVCTL_PROMPT\""
        );
        bash(&script).stdout("staging\nproduction!\n");
    }
}

#[test]
fn bash_3_finds_nothing_that_it_does_not_know() {
    need!("bash");
    // The oldest bash has neither EPOCHSECONDS nor %(…)T: the way without them is taken here too.
    // SECONDS counts whole seconds, and may be one behind.
    let printed = Project::new().run("hook bash").code(0).stdout;
    let old = printed
        .replace("((BASH_VERSINFO[0] >= 5))", "false")
        .replace("printf -v _envctl_time '%(%s)T' -1 2> /dev/null", "false");
    assert_eq!(old.matches("if false; then").count(), 2);
    let scene = Scene::new(Project::shipped());
    let script = format!(
        "{old}\nset -eu\nenvctl switch --shell production --confirm production --for 2s -q\n_envctl_hook; echo \"$ENVCTL_PROMPT\"\n\
         sleep 3.2; _envctl_hook; echo \"$ENVCTL_PROMPT\""
    );
    let run = Run::of(scene.shell("bash", &["--norc"]).args(["-c", &script])).code(0);
    run.stdout("production!\ndevelopment\n").says("has ended");
    for newer in [
        "mapfile",
        "readarray",
        "declare -g",
        "local -n",
        "${!_envctl_name@",
        "&>>",
        "|&",
        ",,}",
        "^^}",
        "-v _envctl_s",
    ] {
        let own = printed.split("_clap_complete_envctl").next().unwrap();
        assert!(!own.contains(newer), "bash 3.2 does not know {newer}");
    }
}

#[test]
fn the_script_passes_shellcheck() {
    need!("shellcheck");
    let printed = Project::new().run("hook bash").code(0).stdout;
    let project = Project::new().file("hook.sh", &printed);
    let script = project.root().join("hook.sh");
    Run::of(Command::new("shellcheck").args(["-s", "bash"]).arg(script)).code(0).stdout("");
}

#[test]
fn completion_comes_with_it() {
    need!("bash");
    bash(&format!("{HOOK}; complete -p envctl | grep -c _clap_complete_envctl")).stdout("1\n");
    for (shell, part) in [
        ("zsh", "if (( ${+functions[compdef]} )); then\n#compdef envctl\n"),
        ("fish", "complete --keep-order"),
        ("powershell", "Register-ArgumentCompleter"),
    ] {
        Project::new().run(&format!("hook {shell}")).code(0).stderr("").says(part);
    }
}
