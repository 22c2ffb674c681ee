//! The manifest.

#![no_main]

use envctl::format::manifest::{Rejection, read};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some(text) = envctl_fuzz::text(data) else { return };
    match read(text, &["same-secret", "placeholder"]) {
        Ok(manifest) => manifest.mentions.iter().for_each(|(_, offset)| envctl_fuzz::place(*offset, text)),
        Err(Rejection::Wrong(complaint)) => envctl_fuzz::place(complaint.offset, text),
        Err(Rejection::WrongVersion(_)) => {}
    }
});
