//! Cases of the rules about what Compose files load and publish.

use super::{Case, MANIFEST, case};

/// Production takes six variables, and its files define two; one is the shell's.
const COMPOSED: &[(&str, &str)] = &[
    (".env.example", "DB_PASS=\nPORT=\n"),
    (".env.dev", "DB_PASS=x\nPORT=1\n"),
    (".env.prod", "PORT=80\nZONE=a\n"),
    (
        "docker-compose.prod.yml",
        "services:\n  a:\n    image: a:${TAG}-${ZONE}\n    command: x ${DB_PASS} $PORT\n    user: $HOME/${DIR}\n",
    ),
];

const HANDED: &[(&str, &str)] = &[
    ("compose.prod.yml", "services:\n  a:\n    image: a:${TAG}\n    user: ${WHO:?say who}\n"),
    ("compose.dev.yml", "services: {}\n"),
];

pub const CASES: &[Case] = &[
    // wrong-env-file
    case("wrong-env-file", "production loads development's file")
        .files(&[
            (".env.dev", "DEBUG=1\n"),
            (".env.prod", "DEBUG=0\n"),
            (
                "docker-compose.prod.yml",
                "services:\n  web:\n    env_file:\n      - ./.env.dev\n  job:\n    env_file: .env.prod\n",
            ),
        ])
        .finds(&["wrong-env-file error dev,prod - docker-compose.prod.yml:4:9"]),
    case("wrong-env-file", "without production it is a warning, told once a file")
        .files(&[
            (".env.dev", "A=1\n"),
            (
                "docker-compose.staging.yml",
                "services:\n  a:\n    env_file: .env.dev\n  b:\n    env_file:\n      - path: .env.dev\n",
            ),
        ])
        .finds(&["wrong-env-file warning dev,staging - docker-compose.staging.yml:3:15"]),
    case("wrong-env-file", "its own file, a shared one, and one that depends on a variable").files(&[
        (".env", "B=1\n"),
        (".env.dev", "A=1\n"),
        (".env.prod", "A=2\n"),
        ("docker-compose.prod.yml", "services:\n  a:\n    env_file: [.env, .env.prod, '.env.${WHO}']\n"),
    ])
    .finds(&["undefined-reference warning prod WHO docker-compose.prod.yml:3:33"]),
    case("wrong-env-file", "a file for all environments may load development's").files(&[
        (".env.dev", "A=1\n"),
        ("docker-compose.yml", "services:\n  a:\n    env_file: .env.dev\n"),
        ("docker-compose.prod.yml", "services:\n  a:\n    image: a:1.2\n"),
    ]),
    // port-clash
    case("port-clash", "two services of one file publish the same port")
        .files(&[(
            "docker-compose.prod.yml",
            "services:\n  a:\n    ports: [8000:80]\n  b:\n    ports:\n      - target: 80\n        published: 8000\n",
        )])
        .finds(&["port-clash warning prod services.b.ports docker-compose.prod.yml:6:7"]),
    case("port-clash", "two environments publish the same ports: one note")
        .files(&[
            ("docker-compose.staging.yml", "services:\n  a:\n    ports: ['443:443', '80:80']\n"),
            ("docker-compose.prod.yml", "services:\n  b:\n    ports: ['0.0.0.0:443:443', '80:80']\n"),
        ])
        .finds(&["port-clash note staging,prod services.b.ports docker-compose.prod.yml:3:12"]),
    case("port-clash", "other addresses, protocols and ports, and ports that nobody can know").files(&[
        (
            "docker-compose.staging.yml",
            "services:\n  a:\n    ports: ['127.0.0.1:53:53', '54:53/udp', '80', '${P:-1}:80']\n",
        ),
        (
            "docker-compose.prod.yml",
            "services:\n  a:\n    ports: ['127.0.0.2:53:53', '54:53/tcp', '80', '${P:-1}:80']\n",
        ),
    ]),
    case("port-clash", "services of different profiles, and a file for all environments").files(&[
        (
            "docker-compose.yml",
            "services:\n  a:\n    profiles: [one]\n    ports: ['80:80']\n  b:\n    profiles: [two]\n    ports: ['80:80']\n",
        ),
        ("docker-compose.staging.yml", "services:\n  c:\n    image: c:1\n"),
        ("docker-compose.prod.yml", "services:\n  c:\n    image: c:1\n"),
    ]),
    // undefined-reference
    case("undefined-reference", "variables that nothing defines are one finding of their file, an error where an example asks")
        .files(COMPOSED)
        .finds(&[
            "missing-required error prod DB_PASS .env.example:1:1",
            "undefined-reference warning prod - docker-compose.prod.yml:3:12",
            "undefined-reference error prod DB_PASS docker-compose.prod.yml:4:14",
        ]),
    case("undefined-reference", "an environment without any dotenv file is handed what it does not stop for")
        .files(HANDED)
        .finds(&["undefined-reference warning prod WHO compose.prod.yml:4:11"]),
    case("undefined-reference", "where a .env is beside the file, it is asked for the others too")
        .files(&[
            (".env", "PORT=80\n"),
            ("compose.prod.yml", "services:\n  a:\n    image: a:${TAG}\n    user: ${WHO:?say who}${PORT}\n"),
        ])
        .finds(&[
            "undefined-reference warning prod TAG compose.prod.yml:3:12",
            "undefined-reference error prod WHO compose.prod.yml:4:11",
        ]),
    case("undefined-reference", "and asked for it by its name")
        .files(HANDED)
        .args("prod")
        .finds(&["undefined-reference error prod - compose.prod.yml:3:12"]),
    case("undefined-reference", "a message with which Compose stops where files are there")
        .files(&[
            (".env.prod", "PORT=80\n"),
            ("compose.prod.yml", "services:\n  a:\n    user: ${WHO:?say who}\n"),
        ])
        .finds(&["undefined-reference error prod WHO compose.prod.yml:3:11"]),
    case("undefined-reference", "what .env defines, what the shell sets, defaults, and dollar signs").files(&[
        (".env", "TAG=1\nEMPTY=\n"),
        ("deploy/.env", "ZONE=a\n"),
        ("deploy/compose.prod.yml", "services:\n  a:\n    image: a:${TAG}${EMPTY}-$ZONE\n    user: ${UID:?no}\n    command: echo $$HOME ${PWD} ${A:-b} ${C-}\n"),
        ("deploy/compose.dev.yml", "services: {}\n"),
    ]),
    case("undefined-reference", "a dollar sign in a password: the variable is counted and never named")
        .files(&[
            (".env.prod", "PORT=80\n"),
            ("compose.prod.yml", "services:\n  a:\n    command: redis-server --requirepass Hunter$Zq81kdPw93\n"),
        ])
        .finds(&["undefined-reference warning prod - compose.prod.yml:3:14"]),
    case("undefined-reference", "what the manifest declares, and an environment that somebody provides").files(&[
        (MANIFEST, "[keys.TAG]\nprovided-by = \"ci\"\n[environments.staging]\nprovided-by = \"ci\"\n"),
        ("compose.prod.yml", "services:\n  a:\n    image: a:${TAG}\n"),
        ("compose.staging.yml", "services:\n  a:\n    image: a:${TAG}${OTHER}\n"),
    ]),
];
