//! `loader-key`: a variable that decides which code every program runs.

use super::looks::Slot;
use super::{Case, Check, Draft, Rule, Severities};
use crate::model::project::Binding;
use crate::model::source::SourceKind;

/// The rule.
pub const RULE: Rule = Rule {
    id: "loader-key",
    group: "hygiene",
    summary: "a file sets PATH, LD_PRELOAD, NODE_OPTIONS or another variable that decides which code runs",
    why: "Whoever can write the file runs code of his own in every program that is started with it; and a PATH from a file hides the machine's own.",
    fix: "Set it where the program is started, in its unit, image or wrapper. Where it is meant, accept it with the reason.",
    severity: Severities::WARNING,
    check: Check::Environments(check),
};

/// Variables that loaders, shells and interpreters obey. Sources: ld.so(8), dyld(1), bash(1), perlrun(1), ruby(1), git(1), and
/// the documentation of Node.js, Python and Java.
const KEYS: &[&str] = &[
    "PATH",
    "LD_PRELOAD",
    "LD_AUDIT",
    "LD_LIBRARY_PATH",
    "PYTHONPATH",
    "PYTHONSTARTUP",
    "PYTHONHOME",
    "NODE_OPTIONS",
    "NODE_PATH",
    "PERL5LIB",
    "PERL5OPT",
    "RUBYOPT",
    "RUBYLIB",
    "BASH_ENV",
    "ENV",
    "PROMPT_COMMAND",
    "IFS",
    "JAVA_TOOL_OPTIONS",
    "_JAVA_OPTIONS",
    "JDK_JAVA_OPTIONS",
    "CLASSPATH",
    "GIT_SSH",
    "GIT_SSH_COMMAND",
    "GIT_EXTERNAL_DIFF",
    "GIT_ASKPASS",
    "SSH_ASKPASS",
    "EDITOR",
    "PAGER",
];

/// Their settings are harmless: how much memory, and whether warnings are shown.
const TUNING: &[&str] = &[
    "--max-old-space-size",
    "--max_old_space_size",
    "--max-http-header-size",
    "--no-warnings",
    "--enable-source-maps",
    "--openssl-legacy-provider",
    "--trace-warnings",
    "--no-deprecation",
    "-Xmx",
    "-Xms",
    "-Xss",
    "-XX:",
    "-Dfile.encoding",
    "-Duser.timezone",
];

fn check(case: &Case<'_>) -> Vec<Draft> {
    let known = |slot: &Slot<'_>| (KEYS.contains(&slot.name) || slot.name.starts_with("DYLD_")).then_some(());
    let known = case.looks.by_name(known).filter(|(binding, ())| is_loader(binding));
    known.map(|(binding, ())| draft(&binding)).collect()
}

fn draft(binding: &Binding<'_>) -> Draft {
    let name = binding.entry.name();
    let message = format!("{name} decides which code every program runs");
    Draft::on(binding, message).help("set it where the program is started, or accept it with a reason")
}

/// Does the value of such a key load code? `ENV` is the start file of a shell where its value is a path; elsewhere it names the environment.
fn is_loader(binding: &Binding<'_>) -> bool {
    let name = binding.entry.name();
    let is_harmless = |text: &str| {
        let mut words = text.split_whitespace();
        text.is_empty()
            || (name == "ENV" && !text.contains('/'))
            || words.all(|word| TUNING.iter().any(|tuning| word.starts_with(tuning)))
    };
    binding.entry.kind == SourceKind::Variables
        && (binding.source.stamp.is_some() || binding.source.is_dotenv_file())
        && !binding.value().is_some_and(|value| value.judge(is_harmless))
}
