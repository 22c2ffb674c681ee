//! Small projects with what misleads in the field: parts that look like names, tools that look like configuration.

use super::projects::Layout;

pub const TRAPS: &[Layout] = &[
    Layout {
        name: "a lone file in config, and deployments beside it",
        files: &[
            ("config/development.toml", "port = 1\n"),
            ("config/docker_compose.toml", "port = 2\n"),
            ("config/config.example.toml", "port = 0\n"),
            ("config/deployments/production.toml", "port = 3\n"),
            ("config/deployments/sandbox.toml", "port = 4\n"),
            ("config/deployments/drainer.toml", "x = 1\n"),
        ],
        environments: &["development", "sandbox", "production"],
        diffs: &[("sandbox production", &["different: config/deployments/{env}.toml::port"])],
        skipped: &[],
    },
    Layout {
        name: "names that a dedicated folder proves, and sections by those names elsewhere",
        files: &[
            ("config/settings.yml", "host: localhost\n"),
            ("config/settings/qa.yml", "host: qa\n"),
            ("config/settings/pen.yml", "host: pen\n"),
            ("config/settings/production.yml", "host: live\n"),
            ("infra/vars/qa.tfvars.json", "{\"size\": 1}\n"),
            ("infra/vars/pen.tfvars.json", "{\"size\": 2}\n"),
            ("infra/vars/network.tfvars.json", "{\"cidr\": 3}\n"),
            (
                "infra/vars/app.yml",
                "default: &d\n  LOG: info\nqa:\n  <<: *d\n  SIZE: 1\npen:\n  <<: *d\n  SIZE: 2\nproduction:\n  <<: *d\n",
            ),
        ],
        environments: &["qa", "pen", "production"],
        diffs: &[(
            "qa pen",
            &[
                "different: config/settings/{env}.yml::host",
                "different: infra/vars/{env}.tfvars.json::size",
                "same: infra/vars/app.yml#{env}::LOG",
                "different: infra/vars/app.yml#{env}::SIZE",
            ],
        )],
        skipped: &[],
    },
    Layout {
        name: "terraform reads no file called local for everybody",
        files: &[
            ("vars/local.tfvars", "size = 0\n"),
            ("vars/qa.tfvars", "size = 1\n"),
            ("vars/prod.tfvars", "size = 2\n"),
            ("vars/common.tfvars", "x = 1\n"),
        ],
        environments: &["local", "qa", "prod"],
        diffs: &[
            ("qa prod", &["different: vars/{env}.tfvars::size"]),
            ("local prod", &["different: vars/{env}.tfvars::size"]),
        ],
        skipped: &[],
    },
    Layout {
        name: "terragrunt, where one folder alone is production's",
        files: &[
            ("lower/qa/db/terragrunt.hcl", "inputs = { size = 1 }\n"),
            ("lower/stage/db/terragrunt.hcl", "inputs = { size = 2 }\n"),
            ("upper/prod/db/terragrunt.hcl", "inputs = { size = 3 }\n"),
        ],
        environments: &["qa", "stage", "prod"],
        diffs: &[("qa stage", &["different: lower/{env}/db/terragrunt.hcl::inputs.size"])],
        skipped: &[],
    },
    Layout {
        name: "parts before a name, variants after it, and shared folders",
        files: &[
            ("k8s/base/kustomization.yaml", "resources: [a.yaml]\n"),
            ("k8s/overlays/staging/kustomization.yaml", "namespace: s\n"),
            ("k8s/overlays/production/kustomization.yaml", "namespace: p\n"),
            ("k8s/overlays/production-blue-2/kustomization.yaml", "namespace: p2\n"),
            ("k8s/overlays/init-db-staging/kustomization.yaml", "namespace: si\n"),
            ("k8s/overlays/init-db-production/kustomization.yaml", "namespace: pi\n"),
            ("k8s/overlays/components/kustomization.yaml", "namespace: c\n"),
            (
                "skaffold.yaml",
                "kind: Config\nmetadata:\n  name: shop\nprofiles:\n- name: staging\n  tag: s\n- name: production\n  tag: p\n- name: debug\n  tag: d\n",
            ),
        ],
        environments: &["staging", "production", "production-blue-2"],
        diffs: &[(
            "staging production",
            &[
                "same: k8s/overlays/{env}/kustomization.yaml::resources",
                "different: k8s/overlays/{env}/kustomization.yaml::namespace",
                "different: k8s/overlays/init-db-{env}/kustomization.yaml::namespace",
                "different: skaffold.yaml#profiles.{env}::name",
                "different: skaffold.yaml#profiles.{env}::tag",
            ],
        )],
        skipped: &[],
    },
    Layout {
        name: "compose files called after environments, local among them",
        files: &[
            (".gitignore", ".envs/*\n"),
            (".envs/.local/.django", "A=1\n"),
            (".envs/.production/.django", "A=2\n"),
            (".envs/.production/.django.template", "A=\n"),
            ("local.yml", "services: {a: {image: a}}\n"),
            ("production.yml", "services: {a: {image: b}}\n"),
            ("docker-compose.local.yml", "services: {a: {image: c}}\n"),
        ],
        environments: &["local", "production"],
        diffs: &[(
            "local production",
            &["different: .envs/.{env}/.django::A", "different: {env}.yml::services.a.image"],
        )],
        skipped: &[],
    },
    Layout {
        name: "what all sections of a file share stands at its top",
        files: &[(
            "config/application.yml",
            "HOST: all\nPORT: '1'\ndevelopment:\n  PORT: '2'\nproduction:\n  HOST: live\n",
        )],
        environments: &["development", "production"],
        diffs: &[(
            "development production",
            &[
                "different: config/application.yml#{env}::HOST",
                "different: config/application.yml#{env}::PORT",
            ],
        )],
        skipped: &[],
    },
    Layout {
        name: "sections of tools",
        files: &[
            (
                "eas.json",
                "{\"build\": {\"base\": {\"a\": 1}, \"preview\": {\"a\": 2}, \"production\": {\"a\": 3}}}\n",
            ),
            ("serverless.yml", "custom:\n  stages: [dev, prod]\n  dev:\n    a: 1\n  prod:\n    a: 2\n"),
            ("settings.json", "{\"dev\": {\"a\": 1}, \"prod\": {\"a\": 2}, \"helpers\": {\"a\": 2}}\n"),
        ],
        environments: &["dev", "preview", "prod"],
        diffs: &[
            (
                "dev prod",
                &[
                    "different: serverless.yml#custom.{env}::a",
                    "different: settings.json#{env}::a",
                    "only in prod: eas.json#build.{env}::a",
                ],
            ),
            (
                "preview prod",
                &[
                    "different: eas.json#build.{env}::a",
                    "only in prod: serverless.yml#custom.{env}::a",
                    "only in prod: settings.json#{env}::a",
                ],
            ),
        ],
        skipped: &[],
    },
    Layout {
        name: "a chart's templates, tests and ci values are not its configuration",
        files: &[
            ("chart/Chart.yaml", "name: shop\n"),
            ("chart/values.yaml", "a: 1\n"),
            ("chart/values-dev.yaml", "a: 2\n"),
            ("chart/values-prod.yaml", "a: 3\n"),
            ("chart/templates/config-dev.yaml", "{{ if .x }}\n"),
            ("chart/templates/config-prod.yaml", "{{ if .x }}\n"),
            ("chart/ci/test-values.yaml", "a: 1\n"),
            ("deploy/app-dev.yaml", "a: {{ b }}\n"),
            ("deploy/app-prod.yaml", "a: 1\n"),
        ],
        environments: &["dev", "prod"],
        diffs: &[("dev prod", &["different: chart/values-{env}.yaml::a"])],
        skipped: &[("deploy/app-dev.yaml", "a template: it must be rendered before it can be read")],
    },
    Layout {
        name: "pipelines, translations, tests and what is built",
        files: &[
            (".gitignore", "/out-*/\n"),
            (".gitlab-ci.yml", "test: {}\nci: {}\n"),
            ("cloudbuild-dev.yaml", "steps: []\n"),
            ("cloudbuild-prod.yaml", "steps: []\n"),
            ("src/i18n/dev.json", "{}\n"),
            ("src/i18n/pr.json", "{}\n"),
            ("test/data/dev.json", "{}\n"),
            ("test/data/prod.json", "{}\n"),
            ("Shop.Tests/appsettings.Test.json", "{}\n"),
            ("out-1/.env.qa", "A=1\n"),
            ("data/dev.json", "{}\n"),
            ("data/test.json", "{}\n"),
            (".env.staging", "A=1\n"),
            ("k8s/test/deploy.yaml", "a: 1\n"),
            ("k8s/prod/deploy.yaml", "a: 2\n"),
            ("config/environments/staging.rb", "\n"),
            ("config/environments/development.rb", "\n"),
            ("config/environments/test.rb", "\n"),
            ("config/environments/production.rb", "\n"),
        ],
        environments: &["test", "staging", "prod"],
        diffs: &[("test prod", &["different: k8s/{env}/deploy.yaml::a"])],
        skipped: &[("config/environments/*", "code, which envctl does not run")],
    },
    Layout {
        name: "one environment has a file of its own over a base of all",
        files: &[
            ("config/settings.yml", "host: localhost\n"),
            ("config/settings/production.yml", "host: db.example.org\n"),
            (".env.dev", "A=1\n"),
            (".env.prod", "A=1\n"),
        ],
        environments: &["dev", "prod"],
        diffs: &[("dev prod", &["different: config/settings/{env}.yml::host", "same: .env.{env}::A"])],
        skipped: &[],
    },
    Layout {
        name: "Spring documents for several profiles, keys with dots, and an expression",
        files: &[(
            "application.yml",
            "server:\n  port: 1\n---\nspring.config.activate.on-profile: dev, staging\nserver.port: 2\n---\n\
             spring.config.activate.on-profile: prod\nserver:\n  port: 3\n---\nspring.config.activate.on-profile: '!prod'\nx: 1\n",
        )],
        environments: &["dev", "staging", "prod"],
        diffs: &[
            ("dev staging --key *port", &["same: application.yml#{env}::server.port"]),
            ("staging prod --key *port", &["different: application.yml#{env}::server.port"]),
        ],
        skipped: &[(
            "application.yml",
            "a document in it is for an expression of profiles, which is not evaluated",
        )],
    },
    Layout {
        name: "a word that no family knows, and local before a name",
        files: &[
            (".env.dev", "A=1\n"),
            (".env.prod", "A=2\n"),
            (".env.blue", "A=3\n"),
            (".env.local.prod", "B=1\n"),
            ("envs/modules/main.tf", ""),
        ],
        environments: &["dev", "prod"],
        diffs: &[("dev prod", &["different: .env.{env}::A", "only in prod: .env.local.{env}::B"])],
        skipped: &[
            (".env.blue", "no known environment; declare it with [environments.NAME] if it is one"),
            ("envs/modules", "shared by its name; a file env.toml in it makes it an environment"),
        ],
    },
    Layout {
        name: "Laravel reads the environment's file instead of the other",
        files: &[
            ("composer.json", "{\"require\": {\"laravel/framework\": \"^12\"}}\n"),
            (".env", "APP_ENV=local\nDB_HOST=localhost\n"),
            (".env.production", "APP_ENV=production\n"),
            (".env.staging", "APP_ENV=staging\nDB_HOST=db\n"),
        ],
        environments: &["staging", "production"],
        diffs: &[(
            "staging production",
            &["different: .env.{env}::APP_ENV", "only in staging: .env.{env}::DB_HOST"],
        )],
        skipped: &[],
    },
];
