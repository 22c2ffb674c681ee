//! Numbers with units, compared: `512` and `1024`, `30s` and `5m`, `512Mi` and `1Gi`.

use std::cmp::Ordering;

/// Durations, in seconds. `m` are minutes.
const SECONDS: &[(&str, f64)] = &[
    ("ns", 1e-9),
    ("us", 1e-6),
    ("µs", 1e-6),
    ("ms", 1e-3),
    ("s", 1.0),
    ("m", 60.0),
    ("h", 3_600.0),
    ("d", 86_400.0),
    ("w", 604_800.0),
];

/// No quantity is longer.
const LONGEST: usize = 64;

/// How two quantities compare; nothing where they are none, or of kinds that cannot be compared.
///
/// A `k` or `M` without an `i` is a thousand to Kubernetes and 1024 to Docker: where that decides, both are equal.
pub fn compare(one: &str, other: &str) -> Option<Ordering> {
    let (one, other) = (one.trim(), other.trim());
    if one.len().max(other.len()) > LONGEST {
        return None;
    }
    let by = |read: &dyn Fn(&str) -> Option<f64>| read(one)?.partial_cmp(&read(other)?);
    same_unit(one, other).or_else(|| by(&seconds)).or_else(|| by(&cores)).or_else(|| sizes(one, other))
}

/// Two numbers, whatever unit both have.
fn same_unit(one: &str, other: &str) -> Option<Ordering> {
    let ((one, unit), (other, other_unit)) = (split(one)?, split(other)?);
    one.partial_cmp(&other).filter(|_| unit == other_unit)
}

/// The number that a text begins with, and what follows it.
fn split(text: &str) -> Option<(f64, &str)> {
    let plain = text.parse::<f64>().ok().filter(|number| number.is_finite());
    plain.map(|number| (number, "")).or_else(|| {
        let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-');
        let unit = text.trim_start_matches(is_number);
        let number = text.strip_suffix(unit)?.parse().ok()?;
        Some((number, unit.trim_start()))
    })
}

/// `90s`, `1h30m`.
fn seconds(text: &str) -> Option<f64> {
    let (mut rest, mut sum) = (text, 0.0);
    while !rest.is_empty() {
        let (number, after) = split(rest)?;
        let next = after.trim_start_matches(|c: char| !c.is_ascii_digit());
        let unit = after.strip_suffix(next)?;
        let (_, factor) = SECONDS.iter().find(|(name, _)| *name == unit)?;
        sum += number * factor;
        rest = next;
    }
    (!text.is_empty()).then_some(sum)
}

/// Sizes, if both ways to count agree.
fn sizes(one: &str, other: &str) -> Option<Ordering> {
    let by = |base: f64| bytes(one, base)?.partial_cmp(&bytes(other, base)?);
    let (thousands, kibi) = (by(1_000.0)?, by(1_024.0)?);
    Some(if thousands == kibi { thousands } else { Ordering::Equal })
}

/// `512Mi`, `1g`, `64 KB`, `100B`; `base` is what a `k` without an `i` stands for.
fn bytes(text: &str, base: f64) -> Option<f64> {
    let (number, unit) = split(text)?;
    let unit = unit.to_ascii_lowercase();
    let unit = unit.strip_suffix('b').unwrap_or(&unit);
    let (unit, base) = unit.strip_suffix('i').map_or((unit, base), |unit| (unit, 1_024.0));
    let power = ["", "k", "m", "g", "t", "p"].iter().position(|known| *known == unit)?;
    Some(number * base.powi(i32::try_from(power).ok()?))
}

/// Processor time: `500m` is half of `1`.
fn cores(text: &str) -> Option<f64> {
    match split(text)? {
        (number, "") => Some(number),
        (number, "m") => Some(number / 1_000.0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn quantities_of_one_kind_are_compared_in_their_units() {
        for (small, large) in [
            ("10", "50"),
            ("-1", "0.5"),
            ("1e2", "1e3"),
            ("30s", "5m"),
            ("1h5m", "1h30m"),
            ("90s", "1h30m"),
            ("500ms", "1s"),
            ("512Mi", "1Gi"),
            ("512m", "1g"),
            ("900KB", "1 MB"),
            ("512", "1Gi"),
            ("500m", "1"),
            ("5rps", "10rps"),
            ("10%", "50%"),
        ] {
            assert_eq!(compare(small, large), Some(Ordering::Less), "{small} {large}");
            assert_eq!(compare(large, small), Some(Ordering::Greater), "{large} {small}");
            assert_eq!(compare(small, small), Some(Ordering::Equal), "{small}");
        }
        for (one, other) in
            [("60s", "1m"), ("1024Mi", "1Gi"), ("1024m", "1g"), ("1000M", "1G"), ("1000m", "1")]
        {
            assert_eq!(compare(one, other), Some(Ordering::Equal), "{one} {other}");
        }
    }

    #[test]
    fn what_is_of_two_kinds_or_none_is_not_compared() {
        for (one, other) in
            [("30s", "512"), ("t3.micro", "t3.large"), ("10.0.0.1", "10.0.0.2"), ("", "1"), ("1Gi", "5h")]
        {
            assert_eq!(compare(one, other), None, "{one} {other}");
        }
    }

    proptest! {
        #[test]
        fn no_texts_make_it_panic(one in "\\PC{0,12}", other in "[0-9a-zA-Zµ. %-]{0,12}") {
            let _ = (compare(&one, &other), compare(&other, &one));
        }
    }
}
