//! The five documents that envctl was made for, as projects: what `validate` finds in each, exactly, as the document
//! has it and after the accident that the document was written about.

mod automation;
mod bot;
mod events;
mod roadmap;
mod terraform;

use serde_json::Value;

use crate::project::Project;
use crate::rules::all_lines;

/// A project, and every finding in it.
pub struct Seed {
    name: &'static str,
    files: &'static [&'static [(&'static str, &'static str)]],
    edits: &'static [(&'static str, &'static str, &'static str)],
    vars: &'static [(&'static str, &'static str)],
    args: &'static str,
    finds: &'static [&'static str],
}

/// A project of these files, in which nothing is found.
pub const fn seed(name: &'static str, files: &'static [&'static [(&'static str, &'static str)]]) -> Seed {
    Seed { name, files, edits: &[], vars: &[], args: "", finds: &[] }
}

impl Seed {
    /// With texts replaced in files: path, from, to. The first edit of a file that is not there writes it.
    pub const fn edits(self, edits: &'static [(&'static str, &'static str, &'static str)]) -> Self {
        Self { edits, ..self }
    }

    pub const fn vars(self, vars: &'static [(&'static str, &'static str)]) -> Self {
        Self { vars, ..self }
    }

    pub const fn args(self, args: &'static str) -> Self {
        Self { args, ..self }
    }

    /// What must be found: `rule severity environment,… key file:line:column`, with `-` for what there is none of.
    pub const fn finds(self, finds: &'static [&'static str]) -> Self {
        Self { finds, ..self }
    }

    fn project(&self) -> Project {
        let files = self.files.iter().copied().flatten();
        let project = files.fold(Project::new(), |project, (path, text)| project.file(path, text));
        self.edits.iter().fold(project, |project, (path, from, to)| project.edit(path, from, to))
    }

    /// What is wrong with this seed, if anything: findings in any order.
    fn complaint(&self) -> Option<String> {
        let run = self.project().run_with(self.vars, &format!("validate --format json {}", self.args));
        let found = match run.code {
            Some(0 | 1) => all_lines(&run.json()),
            _ => vec![run.stderr.clone()],
        };
        let is_wanted = |line: &String| self.finds.contains(&line.as_str());
        let missing = self.finds.iter().filter(|line| !found.iter().any(|one| one == *line));
        let missing: Vec<_> = missing.map(|line| format!("  missing {line}")).collect();
        let strange: Vec<_> =
            found.iter().filter(|line| !is_wanted(line)).map(|line| format!("  strange {line}")).collect();
        let told = format!("{}\n{}\n{}", self.name, missing.join("\n"), strange.join("\n"));
        (!missing.is_empty() || !strange.is_empty() || found.len() != self.finds.len()).then_some(told)
    }
}

#[track_caller]
fn check(seeds: &[Seed]) {
    let complaints: Vec<String> = seeds.iter().filter_map(Seed::complaint).collect();
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn the_bot_with_three_tiers_is_clean_and_its_accidents_are_found() {
    check(bot::SEEDS);
}

#[test]
fn the_automation_of_two_environments_is_clean_and_its_accidents_are_found() {
    check(automation::SEEDS);
}

#[test]
fn the_terraform_environments_give_away_the_copied_target_and_every_broken_isolation() {
    check(terraform::SEEDS);
}

#[test]
fn two_keys_are_only_in_prod_nine_differ_and_one_is_the_same() {
    let project = terraform::SEEDS[0].project();
    let json = project.run("diff dev prod --all-keys --format json").code(0).json();
    let keys = json["keys"].as_array().unwrap().iter();
    let is_value = |key: &&Value| key["source"].as_str().unwrap().ends_with(".tfvars");
    let keys: Vec<&Value> = keys.filter(is_value).collect();
    let count = |status: &str| keys.iter().filter(|key| key["status"] == status).count();
    let only_in =
        |name: &str| keys.iter().filter(|key| key["status"] == "only-in" && key["in"][0] == name).count();
    assert_eq!((only_in("dev"), only_in("prod"), count("different"), count("same")), (0, 2, 9, 1), "{json}");
}

#[test]
fn the_event_api_of_compose_files_and_variables_of_ci_shows_what_differs_on_the_way() {
    check(events::SEEDS);
}

#[test]
fn the_four_files_of_the_roadmap_are_clean_and_their_accidents_are_found() {
    check(roadmap::SEEDS);
}
