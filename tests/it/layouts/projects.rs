//! Small projects in the layouts of the field.

/// A project, and what must be found in it.
pub struct Layout {
    /// What it is like.
    pub name: &'static str,
    /// Its files.
    pub files: &'static [(&'static str, &'static str)],
    /// Its environments, in the order of tiers.
    pub environments: &'static [&'static str],
    /// What `diff` says: the arguments, and each key with its identity.
    pub diffs: &'static [(&'static str, &'static [&'static str])],
    /// What is passed over, and why.
    pub skipped: &'static [(&'static str, &'static str)],
}

pub const LAYOUTS: &[Layout] = &[
    Layout {
        name: "Vite",
        files: &[
            ("package.json", "{\"devDependencies\": {\"vite\": \"7\"}}\n"),
            (".env", "VITE_TITLE=shop\nVITE_PORT=1\n"),
            (".env.local", "VITE_PORT=3\n"),
            (".env.development", "VITE_PORT=2\n"),
            (".env.production", "VITE_CDN=true\n"),
            (".env.example", "VITE_TITLE=\nVITE_PORT=\n"),
            (".env.production.bak", "VITE_CDN=false\n"),
        ],
        environments: &["development", "production"],
        diffs: &[
            (
                "development production",
                &[
                    "different: .env.{env}::VITE_PORT",
                    "only in production: .env.{env}::VITE_CDN",
                    "same: .env.{env}::VITE_TITLE",
                ],
            ),
            (
                "development production --raw",
                &["only in development: .env.{env}::VITE_PORT", "only in production: .env.{env}::VITE_CDN"],
            ),
        ],
        skipped: &[(".env.production.bak", "a copy; nobody reads it")],
    },
    Layout {
        name: "parts, overrides and compose",
        files: &[
            (".env.db.dev", "POSTGRES_DB=shop\n"),
            (".env.db.prod", "POSTGRES_DB=shop\n"),
            (".env.prod.proxy", "NAME=proxy\n"),
            ("docker-compose.yml", "services:\n  web:\n    image: web\n    restart: 'no'\n"),
            ("docker-compose.override.yml", "services:\n  web:\n    ports: ['80:80']\n"),
            ("docker-compose.local.yml", "services:\n  web:\n    ports: ['81:80']\n"),
            (
                "docker-compose.dev.yml",
                "services:\n  web:\n    environment:\n      - DEBUG=1\n      - TERM\n",
            ),
            (
                "docker-compose.production.yml",
                "services:\n  web:\n    environment:\n      DEBUG: 0\n    image: web:1.2\n",
            ),
        ],
        environments: &["dev", "prod"],
        diffs: &[
            (
                "dev prod --raw",
                &[
                    "same: .env.db.{env}::POSTGRES_DB",
                    "only in prod: .env.{env}.proxy::NAME",
                    "different: docker-compose.{env}.yml::services.web.environment.DEBUG",
                    "only in dev: docker-compose.{env}.yml::services.web.environment.TERM",
                    "only in prod: docker-compose.{env}.yml::services.web.image",
                ],
            ),
            ("dev prod --key *image", &["different: docker-compose.{env}.yml::services.web.image"]),
        ],
        skipped: &[
            (
                "docker-compose.override.yml",
                "everybody's own override; declare [environments.local] if it is an environment",
            ),
            (
                "docker-compose.local.yml",
                "everybody's own override; declare [environments.local] if it is an environment",
            ),
        ],
    },
    Layout {
        name: "Spring, with a profile that is no environment",
        files: &[
            (
                "src/main/resources/application.yml",
                "server:\n  port: 80\nspring:\n  profiles:\n    active: dev\n---\nspring:\n  config:\n    activate:\n      on-profile: prod\ncache: true\n",
            ),
            ("src/main/resources/application-dev.yml", "server:\n  port: 8080\n"),
            ("src/main/resources/application-prod.yml", "server:\n  port: 443\n"),
            ("src/main/resources/application-quartz.yml", "quartz: true\n"),
            ("src/test/resources/application-test.yml", "server:\n  port: 1\n"),
        ],
        environments: &["dev", "prod"],
        diffs: &[(
            "dev prod",
            &[
                "different: src/main/resources/application-{env}.yml::server.port",
                "same: src/main/resources/application-{env}.yml::spring.profiles.active",
                "only in prod: src/main/resources/application-{env}.yml::cache",
                "only in prod: src/main/resources/application-{env}.yml::spring.config.activate.on-profile",
            ],
        )],
        skipped: &[(
            "src/main/resources/application-quartz.yml",
            "no known environment; declare it with [environments.NAME] if it is one",
        )],
    },
    Layout {
        name: "Helm",
        files: &[
            ("helm/app/Chart.yaml", "name: app\n"),
            ("helm/app/values.yaml", "replicas: 1\nimage:\n  tag: latest\n"),
            ("helm/values-dev.yaml", "host: app-dev.example.org\n"),
            ("helm/values-prod.yaml", "host: app.example.org\nreplicas: 3\n"),
            ("helm/values-common.yaml", "x: 1\n"),
        ],
        environments: &["dev", "prod"],
        diffs: &[(
            "dev prod",
            &[
                "different: helm/values-{env}.yaml::host",
                "same: helm/values-{env}.yaml::image.tag",
                "different: helm/values-{env}.yaml::replicas",
            ],
        )],
        skipped: &[(
            "helm/values-common.yaml",
            "no environment by its name; lay it below the others with [[stack]] if it is a base",
        )],
    },
    Layout {
        name: "Rails settings",
        files: &[
            ("config/settings.yml", "host: localhost\nfeatures:\n  pay: false\n"),
            ("config/settings/development.yml", "features:\n  pay: true\n"),
            ("config/settings/production.yml", "host: example.org\n"),
            ("config/settings/pen.yml", "host: pen.example.org\n"),
            (
                "config/database.yml",
                "default: &default\n  pool: 5\ndevelopment:\n  <<: *default\n  database: shop_dev\nproduction:\n  <<: *default\n  pool: 20\n  database: shop\n",
            ),
            ("config/environments/production.rb", "Rails.application.configure do\nend\n"),
            ("config/credentials/production.yml.enc", "abc\n"),
        ],
        environments: &["development", "pen", "production"],
        diffs: &[(
            "development production",
            &[
                "different: config/database.yml#{env}::database",
                "different: config/database.yml#{env}::pool",
                "different: config/settings/{env}.yml::features.pay",
                "different: config/settings/{env}.yml::host",
            ],
        )],
        skipped: &[
            ("config/environments/production.rb", "code, which envctl does not run"),
            ("config/credentials/production.yml.enc", "encrypted as a whole"),
        ],
    },
    Layout {
        name: "TOML in config",
        files: &[
            ("config/development.toml", "log = \"debug\"\n[server]\nport = 8080\n"),
            ("config/sandbox.toml", "log = \"info\"\n"),
            ("config/production.toml", "log = \"info\"\n[server]\nport = 443\n"),
            ("config/superposition.toml", "x = 1\n"),
        ],
        environments: &["development", "sandbox", "production"],
        diffs: &[(
            "development production",
            &["different: config/{env}.toml::log", "different: config/{env}.toml::server.port"],
        )],
        skipped: &[],
    },
    Layout {
        name: "node-config",
        files: &[
            ("config/default.json", "{\"port\": 1, \"db\": {\"host\": \"localhost\"}}\n"),
            ("config/production.json", "{\"db\": {\"host\": \"db\"}, // the real one\n}\n"),
            ("config/staging.json", "{\"port\": 2}\n"),
            ("config/local.json", "{\"port\": 3}\n"),
            ("package.json", "{\"name\": \"x\"}\n"),
            ("tsconfig.prod.json", "{}\n"),
            ("tsconfig.dev.json", "{}\n"),
        ],
        environments: &["staging", "production"],
        diffs: &[(
            "staging production --raw",
            &["only in staging: config/{env}.json::port", "only in production: config/{env}.json::db.host"],
        )],
        skipped: &[],
    },
    Layout {
        name: "Pulumi",
        files: &[
            ("Pulumi.yaml", "name: shop\nruntime: nodejs\n"),
            (
                "Pulumi.dev.yaml",
                "config:\n  gcp:project: shop-dev\n  shop:password:\n    secure: AAABAdevdevdevdevdev\n",
            ),
            (
                "Pulumi.prod.yaml",
                "config:\n  gcp:project: shop-prod\n  shop:password:\n    secure: AAABAprodprodprodprod\n",
            ),
        ],
        environments: &["dev", "prod"],
        diffs: &[(
            "dev prod",
            &[
                "different: Pulumi.{env}.yaml::config.gcp:project",
                "different: Pulumi.{env}.yaml::config.shop:password.secure",
            ],
        )],
        skipped: &[],
    },
    Layout {
        name: "kustomize",
        files: &[
            (
                "k8s/base/config.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app\ndata:\n  LOG_LEVEL: info\n  REGION: eu\n",
            ),
            (
                "k8s/overlays/staging/config.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app\ndata:\n  LOG_LEVEL: debug\n",
            ),
            (
                "k8s/overlays/production/config.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app\ndata:\n  LOG_LEVEL: warn\n",
            ),
            (
                "k8s/overlays/staging/kustomization.yaml",
                "resources:\n  - ../../base\nimages:\n  - name: app\n    newTag: staging\n",
            ),
            (
                "k8s/overlays/production/kustomization.yaml",
                "resources:\n  - ../../base\nimages:\n  - name: app\n    newTag: '1.2'\n",
            ),
        ],
        environments: &["staging", "production"],
        diffs: &[
            (
                "staging production --key *data*",
                &[
                    "different: k8s/overlays/{env}/config.yaml::[ConfigMap/app].data.LOG_LEVEL",
                    "same: k8s/overlays/{env}/config.yaml::[ConfigMap/app].data.REGION",
                    "same: k8s/overlays/{env}/config.yaml::[ConfigMap/app].metadata.name",
                ],
            ),
            (
                "staging production --key *images*",
                &[
                    "same: k8s/overlays/{env}/kustomization.yaml::images[app].name",
                    "different: k8s/overlays/{env}/kustomization.yaml::images[app].newTag",
                ],
            ),
        ],
        skipped: &[],
    },
    Layout {
        name: "cookiecutter-django",
        files: &[
            (".envs/.local/.django", "DEBUG=1\n"),
            (".envs/.local/.postgres", "POSTGRES_DB=shop\n"),
            (".envs/.production/.django", "DEBUG=0\n"),
            (".envs/.production/.postgres", "POSTGRES_DB=shop\n"),
        ],
        environments: &["local", "production"],
        diffs: &[(
            "local production",
            &["different: .envs/.{env}/.django::DEBUG", "same: .envs/.{env}/.postgres::POSTGRES_DB"],
        )],
        skipped: &[],
    },
    Layout {
        name: "wrangler",
        files: &[(
            "wrangler.toml",
            "name = \"shop\"\n[vars]\nURL = \"https://dev.example.org\"\n[dev]\nport = 1\n\
             [env.staging.vars]\nURL = \"https://staging.example.org\"\n[[env.staging.kv_namespaces]]\nbinding = \"CACHE\"\nid = \"a1\"\n\
             [env.production.vars]\nURL = \"https://example.org\"\n[[env.production.kv_namespaces]]\nbinding = \"CACHE\"\nid = \"b2\"\n",
        )],
        environments: &["staging", "production"],
        diffs: &[(
            "staging production",
            &[
                "different: wrangler.toml#env.{env}::vars.URL",
                "same: wrangler.toml#env.{env}::kv_namespaces[CACHE].binding",
                "different: wrangler.toml#env.{env}::kv_namespaces[CACHE].id",
            ],
        )],
        skipped: &[],
    },
    Layout {
        name: "fly",
        files: &[
            ("fly.toml", "app = \"shop\"\n"),
            ("fly.staging.toml", "app = \"shop-staging\"\n[env]\nLOG = \"debug\"\n"),
            ("fly.production.toml", "app = \"shop\"\n[env]\nLOG = \"info\"\n"),
        ],
        environments: &["staging", "production"],
        diffs: &[(
            "staging production",
            &["different: fly.{env}.toml::app", "different: fly.{env}.toml::env.LOG"],
        )],
        skipped: &[],
    },
    Layout {
        name: "Elixir",
        files: &[
            ("config/.env.dev", "PORT=1\n"),
            ("config/.env.test", "PORT=2\n"),
            ("config/.env.e2e_test", "PORT=3\n"),
            ("config/.env.ce_dev", "PORT=4\n"),
            ("config/prod.exs", "import Config\n"),
        ],
        environments: &["ce_dev", "dev", "e2e_test", "test"],
        diffs: &[("dev e2e_test", &["different: config/.env.{env}::PORT"])],
        skipped: &[("config/prod.exs", "code, which envctl does not run")],
    },
    Layout {
        name: "Terraform folders",
        files: &[
            ("envs/dev/terraform.tfvars", "region = \"eu\"\ntags = { Env = \"dev\", Owner = \"me\" }\n"),
            ("envs/dev/backend.hcl", "key = \"dev/state\""),
            ("envs/dev/variables.tf", "variable \"region\" {}\n"),
            ("envs/prod/terraform.tfvars", "region = \"eu\"\ntags = { Env = \"prod\" }\n"),
            ("envs/prod/backend.hcl", "key = \"prod/state\""),
            ("envs/prod/.terraform.lock.hcl", "provider \"x\" {}\n"),
        ],
        environments: &["dev", "prod"],
        diffs: &[(
            "dev prod",
            &[
                "different: envs/{env}/backend.hcl::key",
                "same: envs/{env}/terraform.tfvars::region",
                "different: envs/{env}/terraform.tfvars::tags.Env",
                "only in dev: envs/{env}/terraform.tfvars::tags.Owner",
            ],
        )],
        skipped: &[],
    },
    Layout {
        name: "tfvars by prefix, and an odd one out",
        files: &[
            ("dev.tfvars", "size = 1\n"),
            ("prod.tfvars", "size = 2\n"),
            ("dev_backend.tfvars", "key = \"dev\"\n"),
            ("prod_backend.tfvars", "key = \"prod\"\n"),
            ("dev-filter.json", "{\"tag\": \"dev\"}\n"),
            ("prod-filter.json", "{\"tag\": \"prod\"}\n"),
            ("prod-report.json", "{}\n"),
        ],
        environments: &["dev", "prod"],
        diffs: &[(
            "dev prod",
            &[
                "different: {env}.tfvars::size",
                "different: {env}_backend.tfvars::key",
                "different: {env}-filter.json::tag",
            ],
        )],
        skipped: &[("prod-report.json", "the only file of its kind that carries an environment's name")],
    },
    Layout {
        name: "ASP.NET",
        files: &[
            ("src/Shop/appsettings.json", "{\"Logging\": {\"Level\": \"Information\"}, \"A.B\": 1}\n"),
            ("src/Shop/appsettings.Development.json", "{\"Logging\": {\"Level\": \"Debug\"}}\n"),
            ("src/Shop/appsettings.Production.json", "{\"Logging\": {\"Level\": \"Warning\",},}\n"),
        ],
        environments: &["Development", "Production"],
        diffs: &[(
            "development PRODUCTION",
            &[
                "same: src/Shop/appsettings.{env}.json::\"A.B\"",
                "different: src/Shop/appsettings.{env}.json::Logging.Level",
            ],
        )],
        skipped: &[],
    },
    Layout {
        name: "regions",
        files: &[
            ("deploy/values-prod-eu.yaml", "host: eu\n"),
            ("deploy/values-prod-us.yaml", "host: us\n"),
            ("deploy/values-staging.yaml", "host: st\n"),
        ],
        environments: &["staging", "prod-eu", "prod-us"],
        diffs: &[("prod-eu prod-us", &["different: deploy/values-{env}.yaml::host"])],
        skipped: &[],
    },
    Layout {
        name: "two spellings of one family side by side",
        files: &[(".env.stage", "A=1\n"), (".env.staging", "A=2\n"), (".env.prod", "A=3\n")],
        environments: &["stage", "staging", "prod"],
        diffs: &[("stage staging", &["different: .env.{env}::A"])],
        skipped: &[],
    },
    Layout {
        name: "several programs in one repository",
        files: &[
            ("apps/api/package.json", "{}\n"),
            ("apps/api/.env.dev", "A=1\n"),
            ("apps/api/.env.prod", "A=2\n"),
            ("apps/web/package.json", "{}\n"),
            ("apps/web/.env.development", "B=1\n"),
            ("apps/web/.env.production", "B=2\n"),
            ("node_modules/x/.env.test", "C=1\n"),
        ],
        environments: &["dev", "prod"],
        diffs: &[("dev prod", &["different: apps/api/.env.{env}::A", "different: apps/web/.env.{env}::B"])],
        skipped: &[],
    },
];
