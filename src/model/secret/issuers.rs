//! Keys that say whether they are for tests or for the users: issuers mark them by how they begin.

use crate::model::placeholder::is_placeholder;

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Nothing happens with it.
    Test,
    /// Money and messages move.
    Live,
}

impl crate::model::value::Verdict for Purpose {}

/// Nothing shorter is a key: the rest is a stand-in.
const LEAST: usize = 8;

/// How a key begins, what it is for, and the issuer's word that the name must hold where the beginning is ordinary.
type Mark = (&'static str, Purpose, &'static str);

/// From the issuers' documentation on API keys, test modes and sandboxes.
#[rustfmt::skip]
const MARKS: &[Mark] = &[
    // Stripe, "API keys"; Clerk, "Environment variables"; Paystack, "API keys"; WorkOS; Knock
    ("sk_test_", Purpose::Test, ""), ("sk_live_", Purpose::Live, ""),
    ("pk_test_", Purpose::Test, ""), ("pk_live_", Purpose::Live, ""),
    ("rk_test_", Purpose::Test, ""), ("rk_live_", Purpose::Live, ""),
    // Liveblocks, "API keys"
    ("sk_dev_", Purpose::Test, ""), ("sk_prod_", Purpose::Live, ""),
    ("pk_dev_", Purpose::Test, ""), ("pk_prod_", Purpose::Live, ""),
    // Checkout.com, "API keys"
    ("sk_sbox_", Purpose::Test, ""), ("pk_sbox_", Purpose::Test, ""),
    // Razorpay, "API keys"
    ("rzp_test_", Purpose::Test, ""), ("rzp_live_", Purpose::Live, ""),
    // Mollie, "Authentication"; Adyen, "Client-side authentication"; Lob, "API keys"; Paddle, "Client-side tokens"
    ("test_", Purpose::Test, "mollie"), ("live_", Purpose::Live, "mollie"),
    ("test_", Purpose::Test, "adyen"), ("live_", Purpose::Live, "adyen"),
    ("test_", Purpose::Test, "lob"), ("live_", Purpose::Live, "lob"),
    ("test_", Purpose::Test, "paddle"), ("live_", Purpose::Live, "paddle"),
    // Paddle, "API keys"
    ("pdl_sdbx_", Purpose::Test, ""), ("pdl_live_", Purpose::Live, ""),
    // Square, "Access tokens and other credentials"
    ("sandbox-sq0", Purpose::Test, ""), ("sq0idp-", Purpose::Live, ""),
    ("sq0csp-", Purpose::Live, ""), ("sq0atp-", Purpose::Live, ""),
    // Braintree, "Tokenization keys" and "Access tokens"
    ("sandbox_", Purpose::Test, "braintree"), ("production_", Purpose::Live, "braintree"),
    ("access_token$sandbox$", Purpose::Test, ""), ("access_token$production$", Purpose::Live, ""),
    // GoCardless, "Access tokens"
    ("sandbox_", Purpose::Test, "gocardless"), ("live_", Purpose::Live, "gocardless"),
    // Flutterwave, "API keys"
    ("FLWSECK_TEST", Purpose::Test, ""), ("FLWPUBK_TEST", Purpose::Test, ""),
    ("FLWSECK-", Purpose::Live, ""), ("FLWPUBK-", Purpose::Live, ""),
    // Plaid, "Tokens"
    ("access-sandbox-", Purpose::Test, ""), ("access-production-", Purpose::Live, ""),
    // Cashfree, "API keys"
    ("cfsk_ma_test_", Purpose::Test, ""), ("cfsk_ma_prod_", Purpose::Live, ""),
    // Shippo, "Authentication"; EasyPost, "API keys"
    ("shippo_test_", Purpose::Test, ""), ("shippo_live_", Purpose::Live, ""),
    ("EZTK", Purpose::Test, "easypost"), ("EZAK", Purpose::Live, "easypost"),
    // Xendit, "API keys"; Midtrans, "Access keys"; Omise, "Keys"; Duffel, "Access tokens"; Persona, "API keys"
    ("xnd_development_", Purpose::Test, ""), ("xnd_production_", Purpose::Live, ""),
    ("SB-Mid-server-", Purpose::Test, ""), ("Mid-server-", Purpose::Live, ""),
    ("skey_test_", Purpose::Test, ""), ("pkey_test_", Purpose::Test, ""),
    ("duffel_test_", Purpose::Test, ""), ("duffel_live_", Purpose::Live, ""),
    ("persona_sandbox_", Purpose::Test, ""), ("persona_production_", Purpose::Live, ""),
    // Mercado Pago, "Credentials"; Chargebee, "API keys"
    ("TEST-", Purpose::Test, "mercado"), ("APP_USR-", Purpose::Live, "mercado"),
    ("test_", Purpose::Test, "chargebee"), ("live_", Purpose::Live, "chargebee"),
    // Twilio, "Test credentials": numbers that send nothing
    ("+1500555", Purpose::Test, "twilio"),
    // Google, "reCAPTCHA FAQ"; Cloudflare, "Turnstile: testing": keys that let everybody pass
    ("6LeIxAcTAAAAA", Purpose::Test, ""),
    ("1x0000000000", Purpose::Test, ""), ("2x0000000000", Purpose::Test, ""), ("3x0000000000", Purpose::Test, ""),
];

/// What the keys in `text`, under the key `name`, are for; nothing where none of them says so. A live one counts more.
pub fn purpose(name: &str, text: &str) -> Option<Purpose> {
    if text.len() < LEAST {
        return None;
    }
    let is_end = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '$' | '+'));
    let mut found = None;
    for word in text.split(is_end).filter(|word| word.len() > LEAST && may_be_marked(word)) {
        let marks = MARKS.iter().filter(|(prefix, ..)| is_marked(word, prefix));
        for (_, purpose, _) in marks.filter(|(.., issuer)| holds(name, issuer)) {
            if found != Some(Purpose::Live) {
                found = Some(*purpose);
            }
        }
    }
    found.filter(|_| !is_placeholder(text))
}

/// Case aside, is `issuer` a part of the name?
fn holds(name: &str, issuer: &str) -> bool {
    issuer.is_empty() || name.to_ascii_lowercase().contains(issuer)
}

/// Begins a mark with this letter? Most words need not be compared with each mark.
fn may_be_marked(word: &str) -> bool {
    let first = word.bytes().next().unwrap_or_default();
    matches!(
        first,
        b's' | b'p'
            | b'r'
            | b't'
            | b'l'
            | b'a'
            | b'c'
            | b'x'
            | b'd'
            | b'F'
            | b'E'
            | b'S'
            | b'M'
            | b'T'
            | b'A'
            | b'+'
            | b'1'
            | b'2'
            | b'3'
            | b'6'
    )
}

fn is_marked(word: &str, prefix: &str) -> bool {
    if word.as_bytes().first() != prefix.as_bytes().first() {
        return false; // settles nearly all of them
    }
    let is_filler = |body: &str| body.bytes().all(|b| matches!(b, b'x' | b'X' | b'*' | b'.' | b'_' | b'-'));
    word.strip_prefix(prefix)
        .is_some_and(|body| word.len() >= prefix.len().max(LEAST) + 3 && !is_filler(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_begins_as_words_that_are_looked_at() {
        for (prefix, ..) in MARKS {
            assert!(may_be_marked(prefix), "{prefix}");
        }
    }

    #[test]
    fn issuers_marks_are_told_and_ordinary_words_are_not() {
        for (name, text, expected) in [
            ("K", "sk_test_4eC39HqLyjWDarj", Some(Purpose::Test)),
            ("K", "rk_live_4eC39HqLyjWDarj", Some(Purpose::Live)),
            ("K", "[\"sk_test_4eC39HqLyjWDarj\",\"sk_live_4eC39HqLyjWDarj\"]", Some(Purpose::Live)),
            ("MOLLIE_API_KEY", "live_dHar4XY7LxsDOtmnkVtjNVWXLSlXsM", Some(Purpose::Live)),
            ("DATABASE", "test_warehouse_of_orders", None),
            ("K", "sandbox-sq0idb-abcdefgh", Some(Purpose::Test)),
            ("BT", "access_token$sandbox$abcdef$0123", Some(Purpose::Test)),
            ("TWILIO_FROM", "+15005550006", Some(Purpose::Test)),
            ("PHONE", "+15005550006", None),
            ("K", "xnd_production_9Qx7Lm2Vb4", Some(Purpose::Live)),
            ("K", "SB-Mid-server-9Qx7Lm2Vb4", Some(Purpose::Test)),
            ("MERCADOPAGO_TOKEN", "TEST-4098-9Qx7Lm2Vb4", Some(Purpose::Test)),
            ("RUN", "TEST-4098-9Qx7Lm2Vb4", None),
            ("K", "sk_live_xxxxxxxxxxxx", None),
            ("K", "task_test_runner_1", None),
            ("K", "sk_test_", None),
            ("K", "", None),
        ] {
            assert_eq!(purpose(name, text), expected, "{name} {text}");
        }
    }
}
