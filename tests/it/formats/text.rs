//! `--format text`: folded, summed up, and readable where there is little room.

use super::hostile;
use crate::project::Project;
use crate::terminal::Terminal;

/// A project with six placeholders and a missing key in production, and a doubt in staging.
fn project() -> Project {
    let keys: String = ["DATABASE_URL", "SMTP_HOST", "CACHE_URL", "QUEUE_NAME", "API_URL", "REPORTS_BUCKET"]
        .iter()
        .map(|key| format!("{key}=changeme\n"))
        .collect();
    let real = keys.replace("changeme", "x1");
    Project::new()
        .file("envctl.toml", "[keys.BOT_NAME]\nrequired = [\"production\"]\nhelp = \"Ask the person who registered the bot with the platform for it\"\n[rules]\nunknown-key = \"off\"\nparity = \"off\"\n")
        .file("envs/development/.env", real.replace("x1", "x0"))
        .file("envs/staging/.env", format!("{real}SMTP_HOST=x2\n"))
        .file("envs/production/.env", keys)
}

/// What is printed on a terminal of so many columns.
fn shown(project: &Project, columns: u16, args: &str) -> String {
    let mut command = project.command();
    command.args(args.split(' ')).env("NO_COLOR", "1");
    Terminal::new(columns).start(&mut command).end().1.replace("\r\n", "\n")
}

#[test]
fn what_one_rule_says_of_many_keys_of_a_file_is_told_once() {
    let run = project().run("validate production").code(1).stderr("");
    run.stdout(
        "\
production

error[missing-required]: BOT_NAME is required in production and not set
--> envctl.toml:1:7
 = help: Ask the person who registered the bot with the platform for it; then set it in envs/production/.env

error[placeholder]: DATABASE_URL is still a placeholder
 --> envs/production/.env:1:14
  |
1 | DATABASE_URL=••••••
  |              ^^^^^^
  |
  = note: 5 more: SMTP_HOST:2, CACHE_URL:3, QUEUE_NAME:4, API_URL:5, REPORTS_BUCKET:6
  = help: put in the real value

production  7 errors  placeholder 6, missing-required 1
not safe: production: 7 errors
next: envctl explain missing-required
",
    );
    let all = project().run("validate production -v").code(1).stdout;
    assert_eq!(all.matches("error[placeholder]").count(), 6);
    let json = project().run("validate production --format json").code(1).rules();
    assert_eq!(json.len(), 7);
}

#[test]
fn two_of_a_kind_and_what_has_advice_of_its_own_are_told_each() {
    let project = Project::new().file("envs/production/.env", "A_URL=changeme\nB_URL=changeme\n");
    let two = project.run("validate").code(1).stdout;
    assert_eq!(two.matches("error[placeholder]").count(), 2, "{two}");
    let keys =
        ["A", "B", "C"].map(|key| format!("[keys.{key}_URL]\nrequired = true\nhelp = \"ask {key}lice\"\n"));
    let project = project.file("envctl.toml", keys.concat()).file("envs/production/.env", "");
    let told = project.run("validate").code(1).stdout;
    assert_eq!(told.matches("error[missing-required]").count(), 3, "{told}");
}

#[test]
fn it_fits_a_narrow_terminal() {
    let text = shown(&project(), 60, "validate");
    let lines: Vec<_> = text.lines().filter(|line| line.chars().count() > 60).collect();
    assert!(lines.is_empty(), "{lines:#?}");
    for part in [
        " = help: Ask the person who registered the bot with the\n         platform for it; then set it in\n",
        "  = note: 5 more: SMTP_HOST:2, CACHE_URL:3, QUEUE_NAME:4,\n          API_URL:5, REPORTS_BUCKET:6\n",
        "not safe: production: 7 errors; staging: 1 warning;\n  development clean\n",
    ] {
        assert!(text.contains(part), "{part}\nis not in\n{text}");
    }
    let clean = shown(&Project::shipped(), 60, "validate");
    assert!(
        clean.contains(
            "\nstaging      staging      ok  6 keys\n    envs/staging/env.toml envs/staging/.env\n"
        )
    );
    let wide = shown(&Project::shipped(), 120, "validate");
    assert_eq!(wide, Project::shipped().run("validate").stdout);
}

#[test]
fn quiet_tells_errors_and_the_verdict() {
    let text = project().run("validate -q").code(1).stdout;
    assert!(
        !text.contains("warning[") && !text.contains("next:") && text.contains("error[placeholder]"),
        "{text}"
    );
    assert!(
        text.ends_with("\n\nnot safe: production: 7 errors; staging: 1 warning; development clean\n"),
        "{text}"
    );
    Project::shipped().run("validate -q").code(0).stdout("ok: 3 environments, no problems\n");
}

#[test]
fn many_environments_and_findings_stay_readable() {
    let many = (10..60).fold(Project::new(), |project, n| {
        let keys: String = (0..40).map(|key| format!("KEY_{key}=changeme\n")).collect();
        project.file(&format!("envs/e{n}-prod/.env"), keys)
    });
    let text = many.run("validate").code(1).stdout;
    assert!(text.lines().count() < 50 * 14, "{}", text.lines().count());
    assert!(text.contains("KEY_12:13 and 27 others; -v tells each"), "{text}");
    assert!(text.ends_with(
        "not safe: e59-prod: 40 errors; e58-prod: 40 errors; e57-prod: 40 errors; e56-prod: 40 errors; \
         46 others not clean\nnext: envctl explain placeholder\n"
    ));
    let crowd = hostile::crowd(5000).run("validate").code(1).stdout;
    assert!(crowd.lines().count() < 40, "{crowd}");
}

#[test]
fn notes_about_many_files_are_a_few_lines() {
    let many = (10..20).fold(Project::new(), |project, n| {
        project.file(&format!("envs/e{n}-prod/.env"), "A='x'\\''y'\nB=x#y\n")
    });
    let text = many.run("validate").stdout;
    let notes: Vec<_> = text.lines().filter(|line| line.starts_with("note[portability]")).collect();
    assert_eq!(notes.len(), 6, "{text}");
    assert_eq!(notes[5], "note[portability]: 5 more files; -v tells each");
    let all = many.run("validate -v").stdout;
    assert_eq!(all.lines().filter(|line| line.starts_with("note[portability]")).count(), 10);
}
