//! dotenv files, which are kept byte for byte too.

#![no_main]

use envctl::format::dotenv::parse;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    envctl_fuzz::read("dotenv", data);
    if let Some(text) = envctl_fuzz::text(data) {
        assert!(parse(text).print() == text);
    }
});
