//! `safety-off-in-production`: a switch turns a protection off where the users are.

use super::looks::Slot;
use super::{Case, Check, Draft, Rule, Severities};
use crate::model::kind::as_bool;
use crate::model::project::Binding;

/// The rule.
pub const RULE: Rule = Rule {
    id: "safety-off-in-production",
    group: "production",
    summary: "a protection is switched off in production: rate limits, certificates, CSRF, or mocks are on",
    why: "A switch that is handy for tests lets anybody in the middle read along, anybody try passwords without limit, and payments go to a mock that says yes.",
    fix: "Turn the protection on: DISABLE_RATE_LIMITING=false, NODE_TLS_REJECT_UNAUTHORIZED=1, sslmode=verify-full. A private certificate authority is trusted by its certificate, not by trusting everybody.",
    severity: Severities::LIVE,
    check: Check::Environments(check),
};

/// Switches that must not be off, as words of names. Sources: the documentation of Node.js, Python, Symfony, Django, Rails,
/// Elasticsearch and of libraries for limits of rates.
const PROTECTIONS: &[&str] = &[
    "_rate_limit_enabled_",
    "_rate_limiting_enabled_",
    "_rate_limiter_enabled_",
    "_ratelimit_enabled_",
    "_enable_rate_limit_",
    "_enable_rate_limiting_",
    "_throttle_enabled_",
    "_throttling_enabled_",
    "_csrf_enabled_",
    "_csrf_protection_",
    "_csrf_protection_enabled_",
    "_enable_csrf_",
    "_enable_csrf_protection_",
    "_verify_peer_",
    "_verify_host_",
    "_verify_ssl_",
    "_verify_tls_",
    "_verify_cert_",
    "_verify_certs_",
    "_verify_certificate_",
    "_verify_certificates_",
    "_ssl_verify_",
    "_tls_verify_",
    "_https_verify_",
    "_pythonhttpsverify_",
    "_reject_unauthorized_",
    "_security_enabled_",
    "_enable_security_",
    "_security_hardening_",
    "_force_ssl_",
    "_force_https_",
    "_cookie_secure_",
    "_secure_cookie_",
    "_secure_cookies_",
];

/// The same, where nothing else may stand in the name: `BASIC_AUTH_ENABLED` is only one way in.
const ALONE: &[&str] = &[
    "_auth_enabled_",
    "_authentication_enabled_",
    "_enable_auth_",
    "_enable_authentication_",
    "_require_auth_",
    "_require_authentication_",
    "_rate_limiting_",
];

/// How switches end that encrypt the way to a database.
const WAYS: &[&str] = &[
    "_db_ssl_",
    "_database_ssl_",
    "_pg_ssl_",
    "_postgres_ssl_",
    "_postgresql_ssl_",
    "_mysql_ssl_",
    "_mongo_ssl_",
];

/// Switches that must not be on.
const DANGERS: &[&str] = &[
    "_disable_rate_limit_",
    "_disable_rate_limits_",
    "_disable_rate_limiting_",
    "_disable_rate_limiter_",
    "_disable_ratelimit_",
    "_disable_throttle_",
    "_disable_throttling_",
    "_disable_csrf_",
    "_disable_csrf_protection_",
    "_disable_auth_",
    "_disable_authentication_",
    "_disable_authorization_",
    "_disable_security_",
    "_disable_ssl_verification_",
    "_disable_tls_verification_",
    "_disable_ssl_verify_",
    "_disable_tls_verify_",
    "_rate_limit_disabled_",
    "_rate_limiting_disabled_",
    "_csrf_disabled_",
    "_auth_disabled_",
    "_authentication_disabled_",
    "_security_disabled_",
    "_skip_auth_",
    "_skip_authentication_",
    "_bypass_auth_",
    "_bypass_authentication_",
    "_skip_verify_",
    "_skip_verification_",
    "_skip_ssl_verify_",
    "_skip_tls_verify_",
    "_ssl_no_verify_",
    "_tls_no_verify_",
    "_ignore_ssl_errors_",
    "_ignore_certificate_errors_",
    "_allow_empty_password_",
];

/// Switches that must not be on, unless another word turns them round: `DISABLE_MOCKS`.
const STAND_INS: &[&str] = &["_mock_", "_mocks_", "_mocked_", "_fake_", "_test_mode_", "_insecure_"];
const NEGATIONS: &[&str] = &["_no_", "_not_", "_never_", "_disable_", "_disabled_", "_without_", "_off_"];

/// What is wrong with a connection that anybody can listen to.
const PLAIN: &str = "connects without encryption";

/// How a mode of encryption is called that has none.
const OFF: &str = "disable";

fn check(case: &Case<'_>) -> Vec<Draft> {
    let bindings = case.looks.by_name(|slot| Some(Means::of(slot)));
    bindings.filter_map(|(binding, means)| Some(draft(&binding, fault(&binding, means)?))).collect()
}

fn draft(binding: &Binding<'_>, fault: &'static str) -> Draft {
    let message = format!("{} {fault}", binding.key());
    Draft::on(binding, message)
        .help("turn the protection on here, or accept it with the reason why it may be off")
}

/// What the name of a key says: is it a mode of encryption, or what is wrong where the switch is off, or on?
#[derive(Clone, Copy)]
struct Means {
    is_mode: bool,
    is_way: bool,
    off: Option<&'static str>,
    on: Option<&'static str>,
}

impl Means {
    fn of(slot: &Slot<'_>) -> Self {
        let unprotected = Some("switches a protection off");
        let is_stand_in = || slot.says(STAND_INS) && !slot.says(NEGATIONS);
        let on = match slot.says(DANGERS) {
            true => unprotected,
            false => is_stand_in().then_some("puts a stand-in or an unsafe way in place"),
        };
        Self {
            is_mode: slot.says(&["_sslmode_", "_ssl_mode_", "_pgsslmode_"]),
            is_way: WAYS.iter().any(|way| slot.words.ends_with(way)),
            off: unprotected.filter(|_| slot.says(PROTECTIONS) || ALONE.contains(&&*slot.words)),
            on,
        }
    }
}

/// What is wrong with the switch, if anything.
fn fault(binding: &Binding<'_>, means: Means) -> Option<&'static str> {
    let value = binding.value()?;
    let is_off = |text: &str| means.is_mode && text.eq_ignore_ascii_case(OFF);
    if value.judge(|text| is_unencrypted(text) || is_off(text)) {
        return Some(PLAIN);
    }
    match value.judge(as_bool)? {
        true => means.on,
        false if means.is_way => Some(PLAIN),
        false => means.off,
    }
}

/// `postgres://db.example.com/app?sslmode=disable`, but not to the machine itself.
fn is_unencrypted(text: &str) -> bool {
    if !text.as_bytes().contains(&b'=') {
        return false;
    }
    let is_here = ["@localhost", "//localhost", "@127.0.0.1", "//127.0.0.1"];
    let parameters = || text.split(['?', '&', ' ', ';']).skip(1);
    parameters().any(|one| matches!(one, "sslmode=disable" | "tls=skip-verify" | "tlsInsecure=true"))
        && !is_here.iter().any(|here| text.contains(here))
}
