//! What `variables.tf` declares.

#![no_main]

use envctl::format::variables_tf::variables;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some(text) = envctl_fuzz::text(data) else { return };
    let declared = variables(text);
    declared.variables.iter().for_each(|variable| envctl_fuzz::place(variable.offset, text));
    envctl_fuzz::problems(&declared.problems, text);
});
