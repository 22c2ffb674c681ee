//! Parsing dotenv: envctl's own parser against dotenvy, on the same bytes, in one run.

use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput};
use envctl::format::dotenv::{FORMAT, parse};

/// The lines of the files that are read.
const LINES: [usize; 3] = [20, 1_000, 20_000];

/// How many times faster than dotenvy the parser must be.
const MUST: f64 = 5.0;

/// How often each parser has its turn.
const RUNS: usize = 51;

const PARTS: [&str; 8] = ["DB", "API", "CACHE", "QUEUE", "MAIL", "SEARCH", "BILLING", "SESSION"];
const ENDINGS: [&str; 8] = ["HOST", "PORT", "URL", "TIMEOUT", "LEVEL", "NAME", "TOKEN", "ENABLED"];

/// Numbers without any meaning, the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn word(&mut self, words: [&'static str; 8]) -> &'static str {
        usize::try_from(self.below(8)).ok().and_then(|at| words.get(at).copied()).unwrap_or_default()
    }
}

/// A file as people write them: sections, comments, quotes, URLs, numbers, tokens.
fn file(lines: usize) -> String {
    let (mut text, mut numbers) = (String::new(), Numbers(20));
    for line in 0..lines {
        let written = match line % 12 {
            0 => writeln!(text),
            1 => writeln!(text, "# section {}: what the next keys are about", line / 12),
            _ => {
                let (part, ending, n) = (numbers.word(PARTS), numbers.word(ENDINGS), numbers.below(1 << 30));
                let value = match n % 6 {
                    0 => format!("{}", n % 70_000),
                    1 => "true".to_owned(),
                    2 => format!("https://svc{}.example.com/v1/{line}", n % 99),
                    3 => format!("\"a quoted value {n}\""),
                    4 => format!("'quoted {n:x}' # for people"),
                    _ => format!("{n:016x}{n:016x}"),
                };
                writeln!(text, "{part}_{ending}_{line}={value}")
            }
        };
        written.unwrap_or_default();
    }
    text
}

fn ours(text: &str) -> usize {
    parse(text).assignments().count()
}

fn theirs(text: &str) -> usize {
    dotenvy::from_read_iter(text.as_bytes()).filter(Result::is_ok).count()
}

fn compare(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("dotenv");
    for lines in LINES {
        let text = file(lines);
        assert_eq!(ours(&text), theirs(&text), "both read the same keys");
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::new("dotenvy", lines), &text, |b, text| b.iter(|| theirs(text)));
        group.bench_with_input(BenchmarkId::new("envctl", lines), &text, |b, text| b.iter(|| ours(text)));
        group.bench_with_input(BenchmarkId::new("envctl, with its entries", lines), &text, |b, text| {
            b.iter(|| (FORMAT.read)(text).entries.len());
        });
    }
    group.finish();
}

/// How many times faster ours is: the ratio of the medians of runs that take turns.
fn ratio(text: &str) -> f64 {
    let times = 200_000 / text.len() + 1; // a clock is too coarse for one short text
    let time = |read: fn(&str) -> usize| {
        let start = Instant::now();
        (0..times).for_each(|_| {
            black_box(read(black_box(text)));
        });
        start.elapsed()
    };
    let (mut our, mut their): (Vec<_>, Vec<_>) = (0..RUNS).map(|_| (time(ours), time(theirs))).unzip();
    let median = |times: &mut Vec<Duration>| {
        times.sort();
        times.get(times.len() / 2).copied().unwrap_or_default()
    };
    median(&mut their).as_secs_f64() / median(&mut our).as_secs_f64()
}

#[expect(clippy::disallowed_macros, reason = "a benchmark speaks to its reader")]
fn judge() {
    for lines in LINES {
        let ratio = ratio(&file(lines));
        let verdict = if ratio < MUST { "TOO SLOW" } else { "holds" };
        println!("{lines:6} lines: {ratio:.1} times faster than dotenvy, must {MUST}   {verdict}");
    }
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    compare(&mut criterion);
    criterion.final_summary();
    if std::env::args_os().any(|argument| argument == "--bench") {
        judge();
    }
}
