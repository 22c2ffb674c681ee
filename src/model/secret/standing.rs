//! Where a setting stands: documents and elements of lists have names too, which do not say what a value below them is.

use std::borrow::Cow;

use super::{NameVerdict, Reason, by_name};

/// How the value of an element is called that has a name and little else: `env[DEBUG].value`.
const VALUES: &[&str] = &["value", "default", "content", "contents", "text", "data", "val"];

/// The kind of the Kubernetes document that the setting stands in, and its path there: `[Secret/db].kind` is `kind` in a
/// `Secret`.
pub fn in_document(path: &str) -> (Option<&str>, &str) {
    let split = || {
        let (identity, rest) = path.strip_prefix('[')?.split_once("].")?;
        Some((identity.split_once('/')?.0, rest))
    };
    let is_kind = |(kind, _): &(&str, &str)| kind.starts_with(|c: char| c.is_ascii_uppercase());
    split().filter(is_kind).map_or((None, path), |(kind, rest)| (Some(kind), rest))
}

/// The name of the variable in a list of variables: `DEBUG` in `env[DEBUG].value`.
pub fn listed_variable(path: &str) -> Option<&str> {
    let (_, name) = path.strip_suffix("].value")?.rsplit_once('[')?;
    Some(name)
}

/// Why a setting of a Kubernetes document counts as secret, where its kind settles that: what a `Secret` holds does,
/// and a `SealedSecret` holds it encrypted.
pub(super) fn by_kind(kind: &str, path: &str) -> Option<Reason> {
    let is_held = path.starts_with("data.") || path.starts_with("stringData.");
    match kind {
        "SealedSecret" if path.starts_with("spec.encryptedData.") => Some(Reason::Encrypted),
        "Secret" if is_held => Some(Reason::Opaque),
        _ => None,
    }
}

/// Does the name of the setting itself speak of a secret, rather than that of the document or the element of a list
/// around it: `volumes[db-secret].readOnly`? What fetches secrets from a vault holds their names.
pub fn is_named_secret(path: &str) -> bool {
    let (kind, path) = in_document(path);
    let is_fetched = matches!(kind, Some("ExternalSecret" | "ClusterExternalSecret" | "SecretProviderClass"))
        || (kind.is_some_and(|kind| kind.ends_with("SecretStore") || kind == "SealedSecret"));
    !is_fetched
        && !is_fetched_from(path)
        && !is_own_name(path)
        && by_name(&without_elements(path)) == NameVerdict::Secret
}

/// `externalSecrets.secretKey`: charts say there which secret of a vault is to be fetched.
fn is_fetched_from(path: &str) -> bool {
    let part = |part: &str| part.starts_with("externalSecret") || part.starts_with("secretStore");
    let (above, last) = path.rsplit_once('.').unwrap_or(("", path));
    above.split('.').any(part)
        && matches!(last, "secretKey" | "remoteKey" | "key" | "property" | "secretStore" | "store")
}

/// `items[password].key` is what its element is called by, which must be known to be put into the path at all.
fn is_own_name(path: &str) -> bool {
    ["].name", "].key", "].binding"].iter().any(|end| path.ends_with(end))
}

/// The path without the names of elements, but for one whose value it is.
fn without_elements(path: &str) -> Cow<'_, str> {
    let Some((head, last)) = path.rsplit_once(']') else { return Cow::Borrowed(path) };
    let (head, own) = head.rsplit_once('[').unwrap_or((head, ""));
    let own = if VALUES.contains(&last.trim_start_matches('.')) { own } else { "" };
    let mut name: String =
        head.split('[').map(|part| part.split_once(']').map_or(part, |(_, rest)| rest)).collect();
    name.extend([".", own, last]);
    Cow::Owned(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_documents_and_of_elements_are_not_those_of_values() {
        for (path, is_secret) in [
            ("[Secret/db].kind", false),
            ("[Secret/db].metadata.labels.app", false),
            ("[Deployment/web].spec.volumes[db-secret].emptyDir.medium", false),
            ("volumes[tls].secret.items[tls-key].key", false),
            ("env[DB_PASSWORD].valueFrom.secretKeyRef.key", false),
            ("env[DB_PASSWORD].valueFrom.secretKeyRef.name", false),
            ("env[DB_PASSWORD].name", false),
            ("[ExternalSecret/db].spec.data[a].secretKey", false),
            ("[ClusterSecretStore/aws].spec.provider.auth.secretRef.token", false),
            ("spec.secretStoreRef.kind", false),
            ("externalSecrets.secretKey", false),
            ("externalSecrets.remoteKey", false),
            ("externalSecrets.password", true),
            ("minio.secretKey", true),
            ("env[DB_PASSWORD].value", true),
            ("containers[web].env[API_TOKEN].value", true),
            ("users[admin].password", true),
            ("parameters[db-password].default", true),
            ("[ConfigMap/web].data.DB_PASSWORD", true),
            ("db.password", true),
        ] {
            assert_eq!(is_named_secret(path), is_secret, "{path}");
        }
    }

    #[test]
    fn only_a_kind_makes_a_document() {
        assert_eq!(in_document("[Secret/db].data.x"), (Some("Secret"), "data.x"));
        for path in ["[2].a", "[on-profile/prod].a", "a[B/c].d", "[Secret/db]", "["] {
            assert_eq!(in_document(path), (None, path));
        }
    }
}
