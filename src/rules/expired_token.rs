//! `expired-token`: a token or a certificate whose last day is over.

mod base64;
mod certificate;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::finding::Severity;
use crate::model::project::Binding;
use crate::model::value::Verdict;
use base64::decode;

/// The rule.
pub const RULE: Rule = Rule {
    id: "expired-token",
    group: "hygiene",
    summary: "a JSON Web Token or a certificate is past its date of expiry, or a certificate nearly",
    why: "The other side refuses it, and the error names neither the token nor its date. A certificate ends on a Sunday, for everybody at once.",
    fix: "Have a new one issued. Where a test needs an expired token, accept it with that reason.",
    severity: Severities::CROSSING,
    check: Check::Environments(check),
};

/// In how many days a certificate must end to be told: as many as it takes to have a new one issued.
const SOON: i32 = 14;

/// What is wrong with a value.
enum End {
    /// A token's last day is over.
    OfToken,
    /// A certificate's last day is over.
    OfCertificate,
    /// It is soon: on this day.
    Soon(Date),
}

impl Verdict for End {}

fn check(case: &Case<'_>) -> Vec<Draft> {
    let bindings = case.all_bindings();
    bindings.filter_map(|binding| draft(&binding, case.today)).collect()
}

fn draft(binding: &Binding<'_>, today: Date) -> Option<Draft> {
    let end = binding.value()?.judge(|text| end(text, today))?;
    let what = match end {
        End::OfToken => "a token that has expired".to_owned(),
        End::OfCertificate => "a certificate that has expired".to_owned(),
        End::Soon(day) => format!("a certificate that ends on {day}"),
    };
    let at_most = if matches!(end, End::Soon(_)) { Severity::Warning } else { Severity::Error };
    let draft = Draft::on(binding, format!("{} holds {what}", binding.key()));
    Some(draft.help("have a new one issued").at_most(at_most))
}

/// On its last day it still counts: what is judged is the day, as everywhere else.
fn end(text: &str, today: Date) -> Option<End> {
    if last_day(text).is_some_and(|day| day < today) {
        return Some(End::OfToken);
    }
    let day = certificate::last_day(text)?;
    match today.until(day).ok()?.get_days() {
        ..0 => Some(End::OfCertificate),
        0..=SOON => Some(End::Soon(day)),
        _ => None,
    }
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

    #[test]
    fn a_certificate_is_told_two_weeks_before_its_end_and_a_token_after_it() {
        let certificate = certificate::tests::old();
        let days = |today: &str| {
            end(&certificate, today.parse().unwrap()).map(|end| match end {
                End::OfToken => i32::MIN,
                End::OfCertificate => -1,
                End::Soon(day) => today.parse::<Date>().unwrap().until(day).unwrap().get_days(),
            })
        };
        for (today, expected) in [
            ("2020-12-17", None),
            ("2020-12-18", Some(14)),
            ("2020-12-31", Some(1)),
            ("2021-01-01", Some(0)),
            ("2021-01-02", Some(-1)),
            ("2026-01-01", Some(-1)),
        ] {
            assert_eq!(days(today), expected, "{today}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(claims in "[A-Za-z0-9_-]{0,60}", text in "\\PC{0,30}") {
            let _ = (last_day(&format!("eyJ.{claims}.x")), last_day(&text), decode(&claims));
        }
    }
}
