//! The tests of the program as people run it: the real binary, in a project of its own, with a cleared environment.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]
#![allow(dead_code, reason = "the builder is for all tests")]

mod agents;
mod ask;
mod bad_input;
mod banner;
mod baseline;
mod canary;
mod candidate;
mod checks;
mod completions;
mod context;
mod current;
mod custody;
mod diff;
mod docs;
mod example;
mod export;
mod formats;
mod from_git;
mod gate;
mod git_zoo;
mod guard;
mod hook;
mod init;
mod layouts;
mod list;
mod log;
mod project;
mod prompt;
mod proof;
mod protected;
mod readme;
mod reveal;
mod rules;
mod run;
mod schemas;
mod seeds;
mod show;
mod state;
mod switch;
mod switch_shell;
mod terminal;
mod terraform_state;
mod tidy;
mod tools;
mod validate;
