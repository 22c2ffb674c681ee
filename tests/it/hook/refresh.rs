//! What a hook is told: the words for each shell, those too that cannot be run here.

use crate::project::{Project, Run};

fn told(project: &Project, variables: &[(&str, &str)], shell: &str) -> Run {
    project.run_with(variables, &format!("prompt --hook {shell}")).code(0).stderr("")
}

/// A project in a folder whose name would run something, and variables of which one is a name.
fn hostile() -> Project {
    let manifest =
        "[project]\ndefault = \"dev\"\nselector = [\"$(x)\", \"APP_ENV\", \"a[0]\", \"1A\", \"\"]\n";
    Project::new()
        .file("it's \u{2019}$(x)\"/envctl.toml", manifest)
        .file("it's \u{2019}$(x)\"/envs/dev/.env", "A=1\n")
}

fn hostile_told(shell: &str) -> String {
    let project = hostile();
    let folder = project.root().join("it's \u{2019}$(x)\"");
    let run = Run::of(project.command().current_dir(&folder).args(["prompt", "--hook", shell])).code(0);
    run.stdout.replace(project.root().to_str().unwrap(), "ROOT")
}

#[test]
fn each_shell_is_told_in_quotes_in_which_nothing_has_a_meaning() {
    for (shell, file, look) in [
        (
            "bash",
            "_envctl_file='ROOT/it'\\''s \u{2019}$(x)\"/.envctl/state.json'\n",
            "_envctl_look() { _envctl_key=\"$PWD|${ENVCTL_ENV-}|${ENVCTL_ENV_PROJECT-}|${ENVCTL_ENV_UNTIL-}|${CI-}|${APP_ENV-}\"; }\n",
        ),
        (
            "fish",
            "set -g _envctl_file 'ROOT/it\\'s \u{2019}$(x)\"/.envctl/state.json'\n",
            "function _envctl_look; set -g _envctl_key \"$PWD|$ENVCTL_ENV|$ENVCTL_ENV_PROJECT|$ENVCTL_ENV_UNTIL|$CI|$APP_ENV\"; end\n",
        ),
        (
            "powershell",
            "$global:_envctl_file = 'ROOT/it''s \u{2019}\u{2019}$(x)\"/.envctl/state.json'\n",
            "$global:_envctl_names = @('ENVCTL_ENV', 'ENVCTL_ENV_PROJECT', 'ENVCTL_ENV_UNTIL', 'CI', 'APP_ENV')\n",
        ),
    ] {
        let told = hostile_told(shell);
        assert!(told.contains(file) && told.ends_with(look), "{shell}: {told}");
        assert!(told.contains("dev"), "{shell}: {told}");
    }
    assert_eq!(hostile_told("zsh").lines().last(), hostile_told("bash").lines().last());
}

#[test]
fn nu_is_told_in_data() {
    let json: serde_json::Value = serde_json::from_str(&hostile_told("nu")).unwrap();
    assert_eq!(
        json,
        serde_json::json!({"prompt": "dev", "color": "\u{1b}[32mdev\u{1b}[0m", "file": "ROOT/it's \u{2019}$(x)\"/.envctl/state.json",
            "content": "", "until": "", "selectors": ["APP_ENV"], "said": "", "ended": false})
    );
}

#[test]
fn the_end_of_a_consent_is_told_and_what_is_over_is_not() {
    let project = Project::shipped();
    project.run("switch production --confirm production --for 1h").code(0);
    let until = |variables: &[(&str, &str)]| {
        let json = told(&project, variables, "nu").json();
        json["until"].as_str().unwrap().parse::<i64>().ok()
    };
    let grant = until(&[]).unwrap();
    assert_eq!(
        until(&[("ENVCTL_ENV", "production"), ("ENVCTL_ENV_UNTIL", &(grant - 60).to_string())]),
        Some(grant - 60)
    );
    assert_eq!(until(&[("ENVCTL_ENV_UNTIL", "1")]), Some(grant));
    let other =
        [("ENVCTL_ENV", "staging"), ("ENVCTL_ENV_PROJECT", "production:/"), ("ENVCTL_ENV_UNTIL", "1")];
    assert_eq!(until(&other), None);
    assert_eq!(told(&project, &other, "nu").json()["ended"], false);
}

#[test]
fn nobody_else_is_told() {
    Project::new().run("prompt --hook ksh").code(2).stdout("").says("unexpected argument '--hook'");
    Project::new().run("prompt --hook").code(2).stdout("");
}

#[test]
fn the_scripts_that_cannot_be_run_here_use_what_they_define() {
    for (shell, names) in [
        (
            "powershell",
            &[
                "function global:envctl {",
                "function global:prompt {",
                "_envctl_hook",
                "prompt --hook powershell",
            ][..],
        ),
        (
            "nu",
            &["def --env --wrapped envctl", "def --env _envctl_hook", "hooks.pre_prompt", "prompt --hook nu"],
        ),
    ] {
        let script = Project::new().run(&format!("hook {shell}")).code(0).stdout.replace("\"{\"", "");
        assert!(names.iter().all(|name| script.contains(name)), "{shell}: {script}");
        for (open, close) in [('{', '}'), ('(', ')'), ('[', ']')] {
            assert_eq!(script.matches(open).count(), script.matches(close).count(), "{shell}: {open}");
        }
    }
}
