//! Cases of type-parity and version-skew.

use super::{Case, DEV, MANIFEST, PROD, STAGING, TEST, case};

pub const CASES: &[Case] = &[
    case("type-parity", "a number here, a URL there; a truth value here, a number there: once for a key")
        .files(&[
            (DEV, "CACHE=3600\nRETRIES=3\n"),
            (STAGING, "CACHE=3600\nRETRIES=true\n"),
            (PROD, "CACHE=https://cache.example.com\nRETRIES=5\n"),
        ])
        .finds(&[
            "type-parity warning development,staging,production CACHE envs/production/.env:1:7",
            "type-parity warning development,staging,production RETRIES envs/staging/.env:2:9",
        ]),
    case("type-parity", "a list here, a text there")
        .files(&[
            ("envs/dev/terraform.tfvars", "zones = [\"a\", \"b\"]\nname = \"x\"\n"),
            ("envs/prod/terraform.tfvars", "zones = \"a,b\"\nname = \"y\"\n"),
        ])
        .finds(&["type-parity warning dev,prod zones envs/prod/terraform.tfvars:1:9"]),
    case("type-parity", "what one program takes: words, digits, quoted numbers, and `false` for no address").files(&[
        (DEV, "LEVEL=3\nDEBUG=1\nDSN=false\nEMPTY=\nREF={{ x }}\nSIZE=10\n"),
        (PROD, "LEVEL=info\nDEBUG=false\nDSN=https://x.example.com\nEMPTY=3\nREF=https://x.example.com\nSIZE=10GB\n"),
        ("envs/development/values.yaml", "n: '3'\ncached: 1\nnone:\n"),
        ("envs/production/values.yaml", "n: 3\ncached: 2.5\nnone: true\n"),
    ]),
    case("type-parity", "a list of a Compose file that may be a text").files(&[
        ("docker-compose.dev.yml", "services:\n  web:\n    image: x:1\n    env_file: a.env\n"),
        ("docker-compose.staging.yml", "services:\n  web:\n    image: x:1\n    env_file: [a.env]\n"),
        ("docker-compose.prod.yml", "services:\n  web:\n    image: x:1\n    env_file: [a.env]\n"),
        ("a.env", "A=1\n"),
    ]),
    case("type-parity", "a declared type has a rule of its own")
        .files(&[(MANIFEST, "[keys.A]\ntype = \"int\"\n"), (DEV, "A=1000\n"), (PROD, "A=true\n")])
        .finds(&["wrong-type error production A envs/production/.env:1:3"]),
    // version-skew
    case("version-skew", "tests on another series than production, which has it from the base")
        .files(&[
            (".env", "MYSQL_VERSION=8.4.8\n"),
            (".env.dev", "A=1\n"),
            (".env.test", "A=1\nMYSQL_VERSION=8.0\n"),
            (".env.prod", "A=1\n"),
        ])
        .finds(&["version-skew warning test,prod MYSQL_VERSION .env.test:2:15"]),
    case("version-skew", "a language's too, wherever it is not production's")
        .files(&[
            (DEV, "PHP_VERSION=8.2-fpm\nPOSTGRES_VERSION=16\n"),
            (PROD, "PHP_VERSION=8.3\nPOSTGRES_VERSION=15.4\n"),
        ])
        .finds(&[
            "version-skew warning development,production PHP_VERSION envs/development/.env:1:13",
            "version-skew warning development,production POSTGRES_VERSION envs/development/.env:2:18",
        ]),
    case("version-skew", "one series, versions of other things, and versions that are none").files(&[
        (DEV, "POSTGRES_VERSION=15-alpine\nAPP_VERSION=1\nREDIS_VERSION=latest\nMYSQL_VERSION=8\n"),
        (PROD, "POSTGRES_VERSION=15.4\nAPP_VERSION=2\nREDIS_VERSION=7\nMYSQL_VERSION=8.4\n"),
    ]),
    case("version-skew", "without production nobody says which is right")
        .files(&[(TEST, "MYSQL_VERSION=8.0\n"), (STAGING, "MYSQL_VERSION=8.4\n")]),
];
