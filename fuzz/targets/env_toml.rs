//! `env.toml`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| envctl_fuzz::read("env.toml", data));
