//! `banner`: where am I, at any width, with every value missing, with and without colour.

use serde_json::json;
use unicode_width::UnicodeWidthStr;

use crate::project::Project;
use crate::terminal::Terminal;

const PLAIN: &str = "\
telbot: PRODUCTION
tier          production
selected      by --env
branch        unknown
commit        unknown
status        unknown (not a git repository)
SUPABASE_URL  crsgfkbdpnyqbslbxsyu.supabase.co
WEBHOOK_URL   telbot.example.com
debug         off
safety        off
warning: you are working in production, which is live: every change reaches its users
";

const BOX: &str = "\
╔════════════════════════════════════════════════╗
║ telbot: PRODUCTION                             ║
╠════════════════════════════════════════════════╣
║ tier          production                       ║
║ selected      by --env                         ║
║ branch        unknown                          ║
║ commit        unknown                          ║
║ status        unknown (not a git repository)   ║
║ SUPABASE_URL  crsgfkbdpnyqbslbxsyu.supabase.co ║
║ WEBHOOK_URL   telbot.example.com               ║
║ debug         off                              ║
║ safety        off                              ║
╚════════════════════════════════════════════════╝
warning: you are working in production, which is live: every change reaches its users
";

/// What a terminal of so many columns shows, with the line breaks of a file.
fn at(project: &Project, columns: u16, args: &str) -> String {
    let mut command = project.command();
    let (code, screen) = Terminal::new(columns).start(command.args(args.split_whitespace())).end();
    assert_eq!(code, Some(0), "{screen}");
    screen.replace("\r\n", "\n")
}

/// The lines of the box itself.
fn boxed(screen: &str) -> Vec<&str> {
    screen.lines().filter(|line| line.starts_with(['╔', '║', '╠', '╚'])).collect()
}

#[test]
fn without_a_terminal_it_is_plain_lines() {
    Project::shipped().run("--env production banner").code(0).stdout(PLAIN).stderr("");
}

#[test]
fn it_is_a_box_as_wide_as_need_be() {
    let project = Project::shipped();
    assert_eq!(at(&project, 80, "--env production banner --color never"), BOX);
    assert_eq!(at(&project, 200, "--env production banner --color never"), BOX);
}

#[test]
fn a_narrow_terminal_cuts_and_a_narrower_one_gets_no_box() {
    let project = Project::shipped();
    let screen = at(&project, 40, "--env production banner --color never");
    assert!(screen.contains("║ SUPABASE_URL  crsgfkbdpnyqbslbxsyu.… ║\n"), "{screen}");
    assert_eq!(at(&project, 39, "--env production banner --color never"), PLAIN);
    assert_eq!(at(&project, 1, "--env production banner --color never"), PLAIN);
}

#[test]
fn every_line_is_as_wide_as_the_others_with_wide_characters_too() {
    let wide = "[project]\nname = \"本番ボット🚀とても長い名前のプロジェクト、本当に長い\"\n";
    let url = "DATABASE_URL=postgres://u:p@データベース.例え.jp:5432/本番の大きなデータベース\n";
    let project = Project::new().file("envctl.toml", wide).file("envs/development/.env", url);
    let project =
        project.dir(".git/objects").dir(".git/refs").file(".git/HEAD", "ref: refs/heads/機能/長い枝の名前\n");
    for columns in [40, 41, 60, 80, 200] {
        let screen = at(&project, columns, "banner --color never");
        let widths: Vec<_> = boxed(&screen).iter().map(|line| line.width()).collect();
        let widest = usize::from(columns.min(80));
        assert!(widths.len() > 8 && widths.iter().all(|one| *one == widths[0] && *one <= widest), "{screen}");
        assert!(screen.contains("機能") && !screen.contains("p@"), "{screen}");
    }
}

#[test]
fn with_every_value_missing_it_still_says_where_you_are() {
    let manifest = "[keys.DATABASE_URL]\ntype = \"url\"\nrequired = true\n";
    let project = Project::new().file("envctl.toml", manifest).dir("envs/development");
    let plain = "\
project: DEVELOPMENT
tier      development
selected  the default
branch    unknown
commit    unknown
status    unknown (not a git repository)
debug     unknown
safety    unknown
error: validation finds 1 error in development: envctl validate development
";
    project.run("banner").code(0).stdout(plain).stderr("");
    let empty = "DATABASE_URL=\nA_URL=://\nB_URL=https://\nC_URL=null\n";
    let project = project.file("envs/development/.env", empty);
    let screen = at(&project, 40, "banner --color never");
    assert!(boxed(&screen).len() > 8 && screen.contains("DEVELOPMENT"), "{screen}");
}

#[test]
fn an_unreadable_file_is_a_warning_and_no_failure() {
    let project = Project::shipped().file("envs/development/.env", b"A='\xff\n");
    project.run("banner").code(0).says("DEVELOPMENT").says("error: validation finds ");
}

#[test]
fn protected_is_red_and_the_words_say_the_same() {
    let project = Project::shipped();
    let colourless = |text: &str| {
        let parts: Vec<_> = text.split('\u{1b}').collect();
        parts.iter().skip(1).fold(parts[0].to_owned(), |text, part| text + part.split_once('m').unwrap().1)
    };
    let screen = at(&project, 80, "--env production banner");
    assert!(
        boxed(&colourless(&screen)).len() == 13 && screen.contains("\u{1b}[31m║ telbot: PRODUCTION"),
        "{screen:?}"
    );
    assert_eq!(colourless(&screen), BOX);
    assert!(!at(&project, 80, "banner").contains("\u{1b}[31m║"), "development is not red");
    let mut command = project.command();
    command.env("NO_COLOR", "1").args(["--env", "production", "banner"]);
    assert_eq!(Terminal::new(80).start(&mut command).end().1.replace("\r\n", "\n"), BOX);
}

#[test]
fn nothing_in_it_acts_on_the_terminal_and_no_secret_is_in_it() {
    let project = Project::shipped()
        .edit("envctl.toml", "\"telbot\"", "\"tel\\u001b[2Jbot\\u202e\"")
        .edit("envs/staging/.env", "WEBHOOK_URL=https://", "WEBHOOK_URL=https://user:hunter2@")
        .dir(".git/objects")
        .dir(".git/refs")
        .file(".git/HEAD", "ref: refs/heads/a\u{1b}[31m\u{9b}1m\u{202e}b\n");
    let run = project.run("--env staging banner").code(0).never_says("hunter2").never_says("user");
    assert!(!run.stdout.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{}", run.stdout);
    run.says("tel\\u{1b}[2Jbot\\u{202e}: STAGING").says("a\\u{1b}[31m\\u{9b}1m\\u{202e}b");
    let json = project.run("--env staging banner --format json").code(0).never_says("hunter2");
    assert!(!json.stdout.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{}", json.stdout);
    assert_eq!(json.json()["git"]["branch"], "a\u{1b}[31m\u{9b}1m\u{202e}b");
}

#[test]
fn a_branch_of_another_environment_and_debugging_in_production_are_told() {
    let project = Project::shipped()
        .edit("envs/production/env.toml", "debug = false", "debug = true")
        .dir(".git/objects")
        .dir(".git/refs")
        .file(".git/HEAD", "ref: refs/heads/staging\n");
    project.run("--env production banner").code(0).stderr("").says(
        "warning: you are working in production, which is live: every change reaches its users\n\
         error: debugging is on in production\n\
         warning: there are uncommitted changes\n\
         warning: the branch staging belongs to staging, and you are in production\n\
         error: validation finds 1 error in production: envctl validate production\n",
    );
}

#[test]
fn json_is_the_same_for_machines() {
    let json = Project::shipped().run("--env production banner --format json").code(0).json();
    let target = |key: &str, host: &str| {
        json!({"key": key, "scheme": "https", "host": host, "port": null, "database": null,
            "user_set": false, "password_set": false})
    };
    let expected = json!({
        "schema_version": 1,
        "project": "telbot",
        "environment": {"current": "production", "tier": "production", "is_production": true, "is_protected": true,
            "source": "option", "debug_mode": false, "safety_mode": false, "expires_at": null, "agents": null},
        "git": {"branch": null, "commit": null, "status": "unknown", "detail": "not a git repository"},
        "targets": [
            target("SUPABASE_URL", "crsgfkbdpnyqbslbxsyu.supabase.co"),
            target("WEBHOOK_URL", "telbot.example.com"),
        ],
        "warnings": [{"code": "production", "severity": "warning",
            "message": "you are working in production, which is live: every change reaches its users"}],
    });
    assert_eq!(json, expected);
}
