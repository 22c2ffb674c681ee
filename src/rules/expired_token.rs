//! `expired-token`: a token whose last day is over.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::project::Binding;

/// The rule.
pub const RULE: Rule = Rule {
    id: "expired-token",
    group: "hygiene",
    summary: "a JSON Web Token is past its date of expiry",
    why: "The other side refuses it, and the error names neither the token nor its date.",
    fix: "Have a new one issued. Where a test needs an expired token, accept it with that reason.",
    severity: Severities::CROSSING,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let bindings = case.environments().flat_map(|environment| case.bindings(environment));
    bindings.filter(|binding| is_expired(binding, case.today)).map(|binding| draft(&binding)).collect()
}

fn draft(binding: &Binding<'_>) -> Draft {
    let message = format!("{} holds a token that has expired", binding.key());
    Draft::on(binding, message).help("have a new one issued")
}

/// On its last day a token still counts: what is judged is the day, as everywhere else.
fn is_expired(binding: &Binding<'_>, today: Date) -> bool {
    let is_past = |text: &str| last_day(text).is_some_and(|day| day < today);
    binding.value().is_some_and(|value| value.judge(is_past))
}

/// The day, in UTC, on which the JSON Web Token in `text` expires (RFC 7519, 4.1.4).
fn last_day(text: &str) -> Option<Date> {
    let token = text.trim().rsplit(' ').next()?; // `Bearer …`
    let mut parts = token.strip_prefix("eyJ")?.split('.');
    let claims = parts.nth(1).filter(|_| parts.next().is_some())?;
    let claims: serde_json::Value = serde_json::from_slice(&decode(claims)?).ok()?;
    let seconds = claims.get("exp").and_then(|exp| exp.as_i64().or_else(|| Some(exp.as_f64()? as i64)))?;
    Some(Timestamp::from_second(seconds).ok()?.to_zoned(TimeZone::UTC).date())
}

/// Base64 for URLs, without padding (RFC 4648, section 5).
fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let (mut bits, mut count) = (0_u32, 0_u32);
    for letter in text.bytes() {
        let six = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        bits = ((bits << 6) | u32::from(six)) & 0xFF_FFFF;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from((bits >> count) & 0xFF).ok()?);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_day_of_a_token_is_read_and_nothing_of_what_only_looks_like_one() {
        // {"exp":1700000000}, {"exp":1700000000.5} and {}
        let day = "2023-11-14".parse().ok();
        assert_eq!(last_day("Bearer eyJhbGciOiJub25lIn0.eyJleHAiOjE3MDAwMDAwMDB9.x"), day);
        assert_eq!(last_day("eyJhbGciOiJub25lIn0.eyJleHAiOjE3MDAwMDAwMDAuNX0.x"), day);
        for text in
            ["eyJhbGciOiJub25lIn0.e30.x", "eyJhbGciOiJub25lIn0.eyJleHAiOjE3MDAwMDAwMDB9", "eyJ.!.x", "x", ""]
        {
            assert_eq!(last_day(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(claims in "[A-Za-z0-9_-]{0,60}", text in "\\PC{0,30}") {
            let _ = (last_day(&format!("eyJ.{claims}.x")), last_day(&text), decode(&claims));
        }
    }
}
