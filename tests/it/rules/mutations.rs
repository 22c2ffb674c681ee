//! Mutations: healthy projects, and for each rule one edit after which it finds something, and nobody else does but those
//! who must. A rule is added with one line.

use std::collections::BTreeSet;

use super::{DEV, MANIFEST, PROD, STAGING};
use crate::project::Project;

/// A project in which no rule finds anything.
type Base = &'static [(&'static str, &'static str)];

/// One edit, and who finds it.
struct Mutation {
    rule: &'static str,
    base: Base,
    file: &'static str,
    /// The text that is replaced; none of a file that is new, and of one that grows at its end.
    from: &'static str,
    to: &'static str,
    /// Rules that find something in the same edit.
    companions: &'static [&'static str],
}

const fn mutation(
    rule: &'static str,
    base: Base,
    file: &'static str,
    from: &'static str,
    to: &'static str,
) -> Mutation {
    Mutation { rule, base, file, from, to, companions: &[] }
}

impl Mutation {
    const fn with(self, companions: &'static [&'static str]) -> Self {
        Self { companions, ..self }
    }

    fn project(&self) -> Project {
        let before = self.base.iter().find(|(path, _)| *path == self.file).map_or("", |(_, text)| text);
        let after = match self.from {
            "" => format!("{before}{}", self.to),
            from => before.replacen(from, self.to, 1),
        };
        assert_ne!(before, after, "{}: {} does not hold {:?}", self.rule, self.file, self.from);
        project(self.base).file(self.file, after)
    }

    fn complaint(&self) -> Option<String> {
        let found = found(&self.project());
        let wanted: BTreeSet<String> =
            self.companions.iter().chain([&self.rule]).map(|rule| (*rule).to_owned()).collect();
        (found != wanted).then(|| format!("{}: {} finds {found:?}", self.rule, self.file))
    }
}

/// Services with a manifest that says much, and three environments.
const SHOP: Base = &[
    (
        MANIFEST,
        "[project]\nname = \"shop\"\n\n[keys.APP_ENV]\n[keys.DATABASE_URL]\nrequired = true\ntype = \"url\"\n[keys.API_TOKEN]\nrequired = true\nsecret = true\n[keys.SESSION_SECRET]\nsecret = true\n[keys.API_URL]\n[keys.SITE_URL]\n[keys.LOG_LEVEL]\ntype = \"enum\"\nvalues = [\"debug\", \"info\"]\n[keys.DEBUG]\n[keys.PORT]\ntype = \"port\"\n[keys.REGION]\nsame = true\n[keys.TENANT]\ndistinct = true\n[keys.RETRIES]\n[keys.VERIFY_SSL]\n[keys.CORS_ORIGINS]\n[keys.STRIPE_KEY]\n[keys.VITE_TITLE]\n[keys.POSTGRES_VERSION]\n\n[flags.beta]\nallowed-in = [\"development\", \"staging\"]\nexpires = 2999-12-31\n",
    ),
    ("envs/development/env.toml", "[flags]\nbeta = true\n"),
    ("envs/staging/env.toml", "[flags]\nbeta = true\n"),
    ("envs/production/env.toml", "[flags]\nbeta = false\n"),
    (
        DEV,
        "APP_ENV=development\nDATABASE_URL=postgres://app:kV3b9QxT2mZr7Lq5@localhost/shop\nAPI_TOKEN=d-4f9a0c7d2b61e853\nSESSION_SECRET=d-Qm4Zt9Rw2Yx7Lc5Vb8Nk\nAPI_URL=http://localhost:8080\nSITE_URL=http://localhost:3000\nLOG_LEVEL=debug\nDEBUG=true\nPORT=3000\nREGION=eu-west-1\nTENANT=101\nRETRIES=3\nVERIFY_SSL=false\nCORS_ORIGINS='*'\nSTRIPE_KEY=sk_test_4f9a0c7d2b61\nVITE_TITLE=Shop\nPOSTGRES_VERSION=16\n",
    ),
    (
        STAGING,
        "APP_ENV=staging\nDATABASE_URL=postgres://app:Zt6Wm1Xv8Bn3Kq9D@db.staging.example.com/shop\nAPI_TOKEN=s-7c2e1f5a8d240963\nSESSION_SECRET=s-Hd7Pf3Jm9Sg5Kw1Tb6Qe\nAPI_URL=https://api.staging.example.com\nSITE_URL=https://staging.example.com\nLOG_LEVEL=debug\nDEBUG=false\nPORT=3000\nREGION=eu-west-1\nTENANT=102\nRETRIES=3\nVERIFY_SSL=true\nCORS_ORIGINS=https://staging.example.com\nSTRIPE_KEY=sk_test_9b61d2c7a04f\nVITE_TITLE=Shop\nPOSTGRES_VERSION=16\n",
    ),
    (
        PROD,
        "APP_ENV=production\nDATABASE_URL=postgres://app:Vb2Nm8Lk4Jh6Gf0D@db.example.com/shop\nAPI_TOKEN=p-e31b8f64a95c027d\nSESSION_SECRET=p-Xc9Ur4Ew7Iq2Oz6Ya1Mf\nAPI_URL=https://api.example.com\nSITE_URL=https://www.example.com\nLOG_LEVEL=info\nDEBUG=false\nPORT=8080\nREGION=eu-west-1\nTENANT=103\nRETRIES=5\nVERIFY_SSL=true\nCORS_ORIGINS=https://www.example.com\nSTRIPE_KEY=sk_live_c7d2b614f9a0\nVITE_TITLE=Shop\nPOSTGRES_VERSION=16.2\n",
    ),
];

/// Files in the root, one of them everybody's own, and no manifest.
const ROOT: Base = &[
    (".env", "TITLE=Blog\nPAGE_SIZE=20\n"),
    (".env.local", "EDITOR_THEME=dark\n"),
    (".env.development", "URL=http://localhost:4000\nMAIL_TOKEN=encrypted:9sVdQe\n"),
    (".env.production", "URL=https://blog.example.com\nMAIL_TOKEN=encrypted:BKq7zR\n"),
    (".env.staging", "URL=https://blog.staging.example.com\nMAIL_TOKEN=encrypted:Lw2xYp\n"),
];

const TERRAFORM: Base = &[
    (
        "envs/dev/backend.hcl",
        "bucket = \"acme-states\"\nkey = \"web/dev.tfstate\"\nregion = \"eu-west-1\"\nencrypt = true\n",
    ),
    (
        "envs/prod/backend.hcl",
        "bucket = \"acme-states\"\nkey = \"web/prod.tfstate\"\nregion = \"eu-west-1\"\nencrypt = true\n",
    ),
    (
        "envs/dev/terraform.tfvars",
        "environment = \"dev\"\nsize = 1\nzones = [\"a\"]\ntags = { Environment = \"dev\" }\n",
    ),
    (
        "envs/prod/terraform.tfvars",
        "environment = \"prod\"\nsize = 3\nzones = [\"a\", \"b\"]\ntags = { Environment = \"prod\" }\n",
    ),
];

const COMPOSE: Base = &[
    (".env.dev", "LOG_LEVEL=debug\n"),
    (".env.prod", "LOG_LEVEL=info\n"),
    (
        "docker-compose.dev.yml",
        "services:\n  web:\n    image: acme/web:dev\n    env_file: .env.dev\n    ports: ['3000:80']\n    volumes: ['./src:/app/src']\n",
    ),
    (
        "docker-compose.prod.yml",
        "services:\n  web:\n    image: acme/web:1.4.2\n    env_file: .env.prod\n    ports: ['80:80']\n  admin:\n    image: acme/admin:1.4.2\n    ports: ['8080:80']\n    volumes: ['data:/data']\n",
    ),
];

const SPRING: Base = &[
    (
        "src/main/resources/application.yml",
        "server:\n  port: 8080\nspring:\n  application:\n    name: orders\n",
    ),
    (
        "src/main/resources/application-dev.yml",
        "spring:\n  datasource:\n    url: jdbc:postgresql://localhost/orders\n    password: ${DB_PASSWORD:orders-local}\nlogging:\n  level:\n    root: debug\n",
    ),
    (
        "src/main/resources/application-prod.yml",
        "spring:\n  datasource:\n    url: jdbc:postgresql://db.example.com/orders\n    password: ${DB_PASSWORD}\nlogging:\n  level:\n    root: info\n",
    ),
];

const HELM: Base = &[
    ("helm/values.yaml", "replicas: 1\nimage: acme/web:2.0.1\nenv:\n  ENVIRONMENT: none\n"),
    (
        "helm/values-dev.yaml",
        "env:\n  ENVIRONMENT: dev\n  API: https://api-dev.example.com\n  CACHE_ENABLED: 'true'\n",
    ),
    (
        "helm/values-preprod.yaml",
        "env:\n  ENVIRONMENT: preprod\n  API: https://api-preprod.example.com\n  CACHE_ENABLED: 'true'\n",
    ),
    (
        "helm/values-prod.yaml",
        "replicas: 3\nenv:\n  ENVIRONMENT: prod\n  API: https://api.example.com\n  CACHE_ENABLED: 'true'\n",
    ),
];

const ENV_TOML: &str = "envs/production/env.toml";
const COMPOSE_PROD: &str = "docker-compose.prod.yml";
const SPRING_BASE: &str = "src/main/resources/application.yml";
const SPRING_PROD: &str = "src/main/resources/application-prod.yml";

#[rustfmt::skip]
const MUTATIONS: &[Mutation] = &[
    mutation("missing-required", SHOP, PROD, "API_TOKEN=p-e31b8f64a95c027d\n", ""),
    mutation("empty-required", SHOP, PROD, "p-e31b8f64a95c027d", ""),
    mutation("unknown-key", SHOP, DEV, "", "RETRYS=4\n").with(&["parity"]),
    mutation("undefined-reference", SHOP, PROD, "https://www.example.com\nLOG", "https://${HOST}/\nLOG").with(&["portability"]),
    mutation("missing-source", COMPOSE, COMPOSE_PROD, "env_file: .env.prod", "env_file: .env.production"),
    mutation("parity", SHOP, STAGING, "RETRIES=3\n", ""),
    mutation("parity", HELM, "helm/values-prod.yaml", "  CACHE_ENABLED: 'true'\n", ""),
    mutation("parity", TERRAFORM, "envs/prod/terraform.tfvars", "", "alarm = \"ops\"\n"),
    mutation("type-parity", SHOP, PROD, "RETRIES=5", "RETRIES=https://retry.example.com"),
    mutation("type-parity", TERRAFORM, "envs/prod/terraform.tfvars", "size = 3", "size = [3]"),
    mutation("version-skew", SHOP, STAGING, "POSTGRES_VERSION=16", "POSTGRES_VERSION=15"),
    mutation("assumed-order", ROOT, ".env.local", "", "URL=http://localhost:4001\n"),
    mutation("unused-acceptance", SHOP, MANIFEST, "", "[[accept]]\nrule = \"same-secret\"\nreason = \"one account\"\n"),
    mutation("unmet-group", SHOP, MANIFEST, "", "[[group]]\nexactly-one = [\"API_URL\", \"SITE_URL\"]\n"),
    mutation("deprecated-key", SHOP, MANIFEST, "[keys.RETRIES]\n", "[keys.RETRIES]\ndeprecated = \"use ATTEMPTS\"\n"),
    mutation("parse-error", SHOP, PROD, "", "nonsense\n"),
    mutation("parse-error", HELM, "helm/values-prod.yaml", "env:\n", "env: [\n"),
    mutation("duplicate-key", SHOP, PROD, "", "RETRIES=6\n"),
    mutation("duplicate-key", HELM, "helm/values-prod.yaml", "replicas: 3\n", "replicas: 3\nreplicas: 4\n"),
    mutation("case-twin", ROOT, ".env.development", "", "url=http://localhost:4000\n").with(&["parity", "portability"]),
    mutation("wrong-type", SHOP, PROD, "PORT=8080", "PORT=eighty"),
    mutation("not-allowed-value", SHOP, PROD, "LOG_LEVEL=info", "LOG_LEVEL=loud"),
    mutation("monotonic", SHOP, MANIFEST, "[keys.PORT]\n", "[keys.TENANT_LIMIT]\n[keys.PORT]\nmonotonic = \"falling\"\n"),
    mutation("portability", SHOP, PROD, "VITE_TITLE=Shop", "VITE_TITLE=The big shop"),
    mutation("same-secret", SHOP, PROD, "p-e31b8f64a95c027d", "s-7c2e1f5a8d240963"),
    mutation("same-target", SHOP, PROD, "Vb2Nm8Lk4Jh6Gf0D@db.example.com", "Vb2Nm8Lk4Jh6Gf0D@db.staging.example.com"),
    mutation("same-target", TERRAFORM, "envs/prod/backend.hcl", "web/prod", "web/dev"),
    mutation("production-target-outside-production", SHOP, STAGING, "db.staging.example.com/shop", "db.example.com/staging"),
    mutation("production-target-outside-production", HELM, "helm/values-preprod.yaml", "api-preprod", "api"),
    mutation("only-in", SHOP, MANIFEST, "[keys.DEBUG]\n", "[keys.DEBUG]\nonly-in = [\"development\", \"staging\"]\n"),
    mutation("distinct", SHOP, PROD, "TENANT=103", "TENANT=102"),
    mutation("same", SHOP, PROD, "REGION=eu-west-1", "REGION=us-east-1"),
    mutation("test-target-in-production", SHOP, PROD, "https://api.example.com", "https://sandbox.example.com"),
    mutation("test-target-in-production", SPRING, SPRING_PROD, "db.example.com", "localhost"),
    mutation("test-key-in-production", SHOP, PROD, "sk_live_", "sk_test_"),
    mutation("live-key-outside-production", SHOP, STAGING, "sk_test_", "sk_live_"),
    mutation("names-other-environment", SHOP, PROD, "https://www.example.com\nLOG", "https://www-dev.example.com\nLOG"),
    mutation("names-other-environment", TERRAFORM, "envs/prod/backend.hcl", "web/prod", "api/dev"),
    mutation("names-other-environment", HELM, "helm/values-prod.yaml", "api.example.com", "api-preprod.example.org"),
    mutation("self-name-mismatch", SHOP, PROD, "APP_ENV=production", "APP_ENV=staging"),
    mutation("self-name-mismatch", TERRAFORM, "envs/prod/terraform.tfvars", "environment = \"prod\"", "environment = \"dev\""),
    mutation("self-name-mismatch", TERRAFORM, "envs/prod/terraform.tfvars", "Environment = \"prod\"", "Environment = \"dev\""),
    mutation("self-name-mismatch", SPRING, SPRING_BASE, "spring:\n", "spring:\n  profiles:\n    active: dev\n"),
    mutation("wrong-env-file", COMPOSE, COMPOSE_PROD, "env_file: .env.prod", "env_file: .env.dev"),
    mutation("port-clash", COMPOSE, COMPOSE_PROD, "8080:80", "80:80"),
    mutation("backend-mismatch", TERRAFORM, "envs/prod/backend.hcl", "eu-west-1", "us-east-1"),
    mutation("backend-mismatch", TERRAFORM, "envs/prod/backend.hcl", "web/prod", "web/main"),
    mutation("placeholder", SHOP, PROD, "p-e31b8f64a95c027d", "changeme"),
    mutation("debug-in-production", SHOP, PROD, "DEBUG=false", "DEBUG=true"),
    mutation("debug-in-production", SPRING, SPRING_PROD, "root: info", "root: trace"),
    mutation("safety-off-in-production", SHOP, PROD, "VERIFY_SSL=true", "VERIFY_SSL=false"),
    mutation("weak-secret", SHOP, PROD, "p-Xc9Ur4Ew7Iq2Oz6Ya1Mf", "keyboard cat").with(&["portability"]),
    mutation("weak-secret", SPRING, SPRING_PROD, "${DB_PASSWORD}", "${DB_PASSWORD:123456}"),
    mutation("wildcard-cors", SHOP, PROD, "CORS_ORIGINS=https://www.example.com", "CORS_ORIGINS='*'"),
    mutation("plain-http", SHOP, PROD, "https://api.example.com", "http://api.example.com"),
    mutation("moving-tag", COMPOSE, COMPOSE_PROD, "web:1.4.2", "web:latest"),
    mutation("source-mount", COMPOSE, COMPOSE_PROD, "data:/data", "./src:/app/src"),
    mutation("unencrypted-state", TERRAFORM, "envs/prod/backend.hcl", "encrypt = true", "encrypt = false"),
    mutation("flag-not-allowed", SHOP, ENV_TOML, "beta = false", "beta = true"),
    mutation("flag-undeclared", SHOP, ENV_TOML, "beta = false", "beta = false\nbetta = true"),
    mutation("flag-expired", SHOP, MANIFEST, "2999-12-31", "2020-12-31"),
    mutation("public-prefix-secret", SHOP, PROD, "VITE_TITLE=Shop", "VITE_TITLE=p-e31b8f64a95c027d"),
    mutation("loader-key", ROOT, ".env.development", "", "LD_PRELOAD=./hook.so\n").with(&["parity"]),
    mutation("plaintext-among-encrypted", ROOT, ".env.production", "", "DB_PASSWORD=k3Vb9QxT2mZr\n").with(&["parity"]),
    mutation("rotation-due", SHOP, MANIFEST, "[keys.API_TOKEN]\n", "[keys.API_TOKEN]\nrotated = 2020-01-31\nmax-age = \"90d\"\n"),
    mutation("secret-in-example", ROOT, ".env.example", "", "STRIPE_KEY=sk_live_c7d2b614f9a08e35c7d2b614\n"),
    mutation("expired-token", SHOP, PROD, "p-e31b8f64a95c027d", "eyJhbGciOiJub25lIn0.eyJleHAiOjE3MDAwMDAwMDB9.x1"),
];

fn project(base: Base) -> Project {
    base.iter().fold(Project::new(), |project, (path, text)| project.file(path, text))
}

fn found(project: &Project) -> BTreeSet<String> {
    project.run("validate --format json").rules().into_iter().collect()
}

#[test]
fn nothing_is_found_in_a_healthy_project() {
    for base in [SHOP, ROOT, TERRAFORM, COMPOSE, SPRING, HELM] {
        let run = project(base).run("validate --format json").code(0);
        assert_eq!(run.rules(), [""; 0], "{}", run.stdout);
    }
}

#[test]
fn one_edit_is_found_by_its_rule_and_by_no_other() {
    let complaints: Vec<String> = MUTATIONS.iter().filter_map(Mutation::complaint).collect();
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

/// The rules about how files are kept: one change in a clone is found by one of them.
const OF_CUSTODY: &[&str] = &["secret-tracked-by-git", "not-ignored", "file-mode"];

#[test]
fn one_change_in_how_files_are_kept_is_found() {
    let kept = || project(SHOP).file(".gitignore", "/envs/*/.env\n").tracked(&[MANIFEST, ".gitignore"]);
    let changed: [(&str, Project); 3] = [
        ("secret-tracked-by-git", kept().tracked(&[PROD])),
        ("not-ignored", kept().file(".gitignore", "/envs/development/.env\n/envs/staging/.env\n")),
        ("file-mode", kept().mode(PROD, 0o644)),
    ];
    assert_eq!(found(&kept()), BTreeSet::new());
    for (rule, project) in changed {
        assert_eq!(found(&project), BTreeSet::from([rule.to_owned()]));
        assert!(OF_CUSTODY.contains(&rule));
    }
}

#[test]
fn every_rule_has_a_mutation() {
    let listed = Project::new().run("validate --rules --format json").code(0).json();
    let rules = listed["rules"].as_array().unwrap().iter().map(|rule| rule["id"].as_str().unwrap());
    let has_none = |rule: &&str| MUTATIONS.iter().all(|mutation| mutation.rule != *rule);
    let without: Vec<&str> = rules.filter(has_none).filter(|rule| !OF_CUSTODY.contains(rule)).collect();
    assert!(without.is_empty(), "add a line to MUTATIONS for {without:?}");
}
