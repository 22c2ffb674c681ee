//! The last day of certificates in PEM (RFC 7468), read from as much of their DER as leads to it (RFC 5280, 4.1).
//!
//! A library for X.509 brings nine crates for the nine elements that are read here.

use std::borrow::Cow;

use jiff::civil::Date;

use super::base64::decode;

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----";

/// How PEM begins once it is in base64 itself, as Kubernetes and many variables hold it.
const BEGIN_IN_BASE64: &str = "LS0tLS1CRUdJTi";

/// No certificate is shorter, and most values are.
const SHORTEST: usize = 100;

const INTEGER: u8 = 0x02;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
const SEQUENCE: u8 = 0x30;
const VERSION: u8 = 0xA0;

/// The last day, in UTC, of that certificate in `text` which ends first.
pub(super) fn last_day(text: &str) -> Option<Date> {
    if text.len() < SHORTEST {
        return None;
    }
    let text = plain(text);
    let bodies = text.split(BEGIN).skip(1).filter_map(|rest| rest.split(END).next());
    bodies.filter_map(|body| not_after(&decode(&without_escapes(body))?)).min()
}

fn plain(text: &str) -> Cow<'_, str> {
    let wrapped = text.trim().strip_prefix(BEGIN_IN_BASE64).and_then(|_| decode(text));
    match wrapped.and_then(|bytes| String::from_utf8(bytes).ok()) {
        Some(unwrapped) => Cow::Owned(unwrapped),
        None => Cow::Borrowed(text),
    }
}

/// The text without `\n`, which stands for the end of a line where a value must be on one.
fn without_escapes(body: &str) -> Cow<'_, str> {
    match body.contains('\\') {
        true => Cow::Owned(body.replace("\\n", "").replace("\\r", "")),
        false => Cow::Borrowed(body),
    }
}

/// The day of `notAfter`: in the certificate, in its first part, behind version, serial number, algorithm and issuer, the
/// second time of the period.
fn not_after(der: &[u8]) -> Option<Date> {
    let (certificate, _) = expect(SEQUENCE, der)?;
    let (signed, _) = expect(SEQUENCE, certificate)?;
    let rest = expect(VERSION, signed).map_or(signed, |(_, rest)| rest);
    let (_, rest) = expect(INTEGER, rest)?;
    let (_, rest) = expect(SEQUENCE, rest)?;
    let (_, rest) = expect(SEQUENCE, rest)?;
    let (period, _) = expect(SEQUENCE, rest)?;
    let (_, _, end) = element(period)?;
    let (kind, time, _) = element(end)?;
    day(kind, std::str::from_utf8(time).ok()?)
}

/// The content of the first element, which must be of this kind, and what follows it.
fn expect(kind: u8, der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (found, content, rest) = element(der)?;
    (found == kind).then_some((content, rest))
}

/// Kind, content and rest. Lengths beyond four bytes belong to no certificate.
fn element(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (kind, rest) = der.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0..=0x7F => (usize::from(*first), rest),
        0x81..=0x84 => {
            let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7F))?;
            let length = digits.iter().fold(0_u32, |length, digit| (length << 8) | u32::from(*digit));
            (usize::try_from(length).ok()?, rest)
        }
        _ => return None,
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((*kind, content, rest))
}

/// `YYMMDDHHMMSSZ`, whose years below 50 are of this century, or `YYYYMMDDHHMMSSZ`.
fn day(kind: u8, time: &str) -> Option<Date> {
    let (year, rest) = match kind {
        UTC_TIME => time.split_at_checked(2)?,
        GENERALIZED_TIME => time.split_at_checked(4)?,
        _ => return None,
    };
    let number: i16 = year.parse().ok()?;
    let year = match kind {
        UTC_TIME if number < 50 => number + 2000,
        UTC_TIME => number + 1900,
        _ => number,
    };
    let part = |at: usize| rest.get(at..at + 2)?.parse().ok();
    Date::new(year, part(0)?, part(2)?).ok()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Made for this test; their key is thrown away.
    const OLD: &str = "MIH/MIGmAgEBMAoGCCqGSM49BAMCMAwxCjAIBgNVBAMMAXgwHhcNMjAwMTAxMDAw\nMDAwWhcNMjEwMTAxMDAwMDAwWjAMMQowCAYDVQQDDAF4MFkwEwYHKoZIzj0CAQYI\nKoZIzj0DAQcDQgAEdAPgKxhU6kPXPuW4OkjB13VgTdLJepu5STC0Oo3AC3SWcqpz\nF1ReYcGxbzajwoJ3ph5G/0GlXvLKqjKhhfrsRTAKBggqhkjOPQQDAgNIADBFAiBH\nO0eSU5vYGFmZ9FfJe+SGK6g3dGfQ/91UusYi/JKe2wIhAOO7fQ39V0wDb8t7XgTs\ncj/U3eXeWE+wuOhQf59c3J2j";
    const NEW: &str = "MIIBATCBqAIBAjAKBggqhkjOPQQDAjAMMQowCAYDVQQDDAF4MCAXDTIwMDEwMTAw\nMDAwMFoYDzIxMDAwMTAxMDAwMDAwWjAMMQowCAYDVQQDDAF4MFkwEwYHKoZIzj0C\nAQYIKoZIzj0DAQcDQgAEdAPgKxhU6kPXPuW4OkjB13VgTdLJepu5STC0Oo3AC3SW\ncqpzF1ReYcGxbzajwoJ3ph5G/0GlXvLKqjKhhfrsRTAKBggqhkjOPQQDAgNIADBF\nAiEA6c/8rCdlnOdrzKRs3GcznrpxmXAnqJeYhToJYJ6a0Y0CIC4uyC4AsPIODM93\nMTwZpnrAdK2R9tNJRHqOedyvXSDS";
    /// The same, of version 3.
    const VERSION_3: &str = "MIIBcDCCARWgAwIBAgIUSuFOWPbQuFFkFbzZRXpArO4I1sUwCgYIKoZIzj0EAwIwDTELMAkGA1UEAwwCdjMwHhcNMjYxMTIxMjEyNTI3WhcNMzUwMjA3MjEyNTI3WjANMQswCQYDVQQDDAJ2MzBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABHQD4CsYVOpD1z7luDpIwdd1YE3SyXqbuUkwtDqNwAt0lnKqcxdUXmHBsW82o8KCd6YeRv9BpV7yyqoyoYX67EWjUzBRMB0GA1UdDgQWBBSHXo9tEN6MsLZHIDzFTVjTMa+Z9DAfBgNVHSMEGDAWgBSHXo9tEN6MsLZHIDzFTVjTMa+Z9DAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQCT0rztQHyoHIV5iozsuYwcHDsF8k8WDR3GJ8pUnQE38AIhAMFCrGIPrNv4Yxiixo9xU0aoOc73Quek8SsftXJosuBC";

    /// A certificate whose last day was 2021-01-01.
    pub fn old() -> String {
        pem(OLD)
    }

    fn pem(body: &str) -> String {
        format!("{BEGIN}\n{body}\n-----END CERTIFICATE-----\n")
    }

    fn date(text: &str) -> Option<Date> {
        text.parse().ok()
    }

    #[test]
    fn the_last_day_of_a_certificate_is_read() {
        assert_eq!(last_day(&pem(OLD)), date("2021-01-01"));
        assert_eq!(last_day(&pem(NEW)), date("2100-01-01"));
        assert_eq!(last_day(&pem(VERSION_3)), date("2035-02-07"));
    }

    #[test]
    fn of_several_the_first_to_end_counts() {
        assert_eq!(last_day(&format!("{}{}", pem(NEW), pem(OLD))), date("2021-01-01"));
        assert_eq!(last_day(&format!("{}{}", pem("!"), pem(NEW))), date("2100-01-01"));
    }

    #[test]
    fn a_value_on_one_line_is_read_too() {
        assert_eq!(last_day(&pem(OLD).replace('\n', "\\n")), date("2021-01-01"));
        assert_eq!(last_day(&pem(OLD).replace('\n', "\\r\\n")), date("2021-01-01"));
        // printf '%s' "-----BEGIN CERTIFICATE-----…" | base64, of the first certificate
        let wrapped = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSC9NSUdtQWdFQk1Bb0dDQ3FHU000OUJBTUNNQXd4Q2pBSUJnTlZCQU1NQVhnd0hoY05NakF3TVRBeE1EQXcKTURBd1doY05NakV3TVRBeE1EQXdNREF3V2pBTU1Rb3dDQVlEVlFRRERBRjRNRmt3RXdZSEtvWkl6ajBDQVFZSQpLb1pJemowREFRY0RRZ0FFZEFQZ0t4aFU2a1BYUHVXNE9rakIxM1ZnVGRMSmVwdTVTVEMwT28zQUMzU1djcXB6CkYxUmVZY0d4YnphandvSjNwaDVHLzBHbFh2TEtxaktoaGZyc1JUQUtCZ2dxaGtqT1BRUURBZ05JQURCRkFpQkgKTzBlU1U1dllHRm1aOUZmSmUrU0dLNmczZEdmUS85MVV1c1lpL0pLZTJ3SWhBT083ZlEzOVYwd0RiOHQ3WGdUcwpjai9VM2VYZVdFK3d1T2hRZjU5YzNKMmoKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=";
        assert_eq!(last_day(wrapped), date("2021-01-01"));
    }

    #[test]
    fn other_texts_have_no_last_day() {
        let private = "-----BEGIN PRIVATE KEY-----\nMIH/\n-----END PRIVATE KEY-----";
        for text in ["", BEGIN, &pem(""), &pem("MIH/MIGm"), private, "/etc/ssl/cert.pem", BEGIN_IN_BASE64] {
            assert_eq!(last_day(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(der in proptest::collection::vec(any::<u8>(), 0..80), text in "\\PC{0,40}") {
            let _ = (not_after(&der), last_day(&pem(&text)), last_day(&format!("{BEGIN_IN_BASE64}{text}")));
        }

        #[test]
        fn no_broken_certificate_makes_it_panic(at in 0_usize..120, byte in any::<u8>(), end in 0_usize..260) {
            let mut der = decode(OLD).unwrap();
            der[at] = byte;
            der.truncate(end);
            let _ = not_after(&der);
        }
    }
}
