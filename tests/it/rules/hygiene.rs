//! Cases of the phase of structure, public-prefix-secret, loader-key, plaintext-among-encrypted and expired-token.

use super::{Case, DEV, MANIFEST, PROD, STAGING, case};

pub const CASES: &[Case] = &[
    // the phase of structure
    case("undefined-reference", "a secret by its name is left to others in the phase of structure, declared or not")
        .files(&[(DEV, "URL=http://x:${DB_PASSWORD}@localhost\n")])
        .args("--phase structure"),
    case("unmet-group", "what is withheld in the phase of structure is neither set nor unset")
        .files(&[
            (MANIFEST, "[[group]]\nexactly-one = [\"A_TOKEN\", \"REGION\"]\n[keys.A_TOKEN]\n[keys.REGION]\n"),
            (DEV, "A_TOKEN=kJ8sLq2Zx9Vb4Nm7Rt5w\nREGION=eu\n"),
        ])
        .args("--phase structure"),
    case("rotation-due", "what is withheld in the phase of structure has no age")
        .files(&[
            (MANIFEST, "[keys.A_TOKEN]\nmax-age = \"90d\"\n"),
            (DEV, "A_TOKEN=kJ8sLq2Zx9Vb4Nm7Rt5w\n"),
        ])
        .args("--phase structure"),
    // public-prefix-secret
    case("public-prefix-secret", "by its shape, and by a name that says so over an opaque value")
        .files(&[
            (PROD, "NEXT_PUBLIC_DB=postgres://app:k3Vb9QxT2mZr@db.internal/app\nVITE_API_SECRET=k3Vb9QxT2mZr\n"),
            (STAGING, "REACT_APP_API_TOKEN=h8Lm2Qz7Wp4x\n"),
        ])
        .finds(&[
            "public-prefix-secret warning staging REACT_APP_API_TOKEN envs/staging/.env:1:21",
            "public-prefix-secret error production NEXT_PUBLIC_DB envs/production/.env:1:16",
            "public-prefix-secret error production VITE_API_SECRET envs/production/.env:2:17",
        ]),
    case("public-prefix-secret", "the secret of another key, under a name that says nothing")
        .files(&[(PROD, "STRIPE_SECRET_KEY=blue-green-house\nNUXT_PUBLIC_THING=blue-green-house\n")])
        .finds(&["public-prefix-secret error production NUXT_PUBLIC_THING envs/production/.env:2:19"]),
    case("public-prefix-secret", "keys that are made to be seen").files(&[(
        PROD,
        "NEXT_PUBLIC_SUPABASE_ANON_KEY=k3Vb9QxT2mZr\nVITE_STRIPE_PUBLISHABLE_KEY=pk_k3Vb9QxT2mZr\nEXPO_PUBLIC_API_URL=https://api.example.com\nVITE_TOKEN_PATH=/token\n",
    )]),
    case("public-prefix-secret", "words, placeholders, what is declared public, and no such prefix").files(&[
        (MANIFEST, "[keys.VITE_DEMO_TOKEN]\nsecret = false\n[rules]\nunknown-key = \"off\"\n"),
        (DEV, "VITE_API_TOKEN=changeme\nVITE_DEMO_TOKEN=k3Vb9QxT2mZr\nGATSBY_SECRET=none\nMY_VITE_TOKEN=k3Vb9QxT2mZs\n"),
    ]),
    case("public-prefix-secret", "tokens of maps, of analytics and of error reports for the browser").files(&[(
        PROD,
        "NEXT_PUBLIC_MAPBOX_TOKEN=pk.eyJ1IjoiYWNtZSJ9.k3Vb9QxT2mZr7Lq5\nVITE_POSTHOG_API_KEY=phc_k3Vb9QxT2mZr7Lq5Wp4x\nREACT_APP_AMPLITUDE_API_KEY=918eaada7ce898fd9fa0817847896229\nVITE_FIREBASE_API_KEY=AIzaSyk3Vb9QxT2mZr7Lq5Wp4xk3Vb9QxT2m\nVITE_ERRORS=https://918eaada7ce898fd9fa0817847896229@o1.ingest.sentry.io/42\n",
    )]),
    // loader-key
    case("loader-key", "variables of the loader, of shells and of interpreters")
        .files(&[(DEV, "PATH=/opt/bin\nLD_PRELOAD=/tmp/x.so\n"), (PROD, "NODE_OPTIONS=\"--require ./hook.js\"\nDYLD_INSERT_LIBRARIES=x\n")])
        .finds(&[
            "loader-key warning development PATH envs/development/.env:1:6",
            "loader-key warning development LD_PRELOAD envs/development/.env:2:12",
            "loader-key warning production NODE_OPTIONS envs/production/.env:1:14",
            "loader-key warning production DYLD_INSERT_LIBRARIES envs/production/.env:2:23",
        ]),
    case("loader-key", "in a Compose file")
        .files(&[
            ("compose.prod.yml", "services:\n  a:\n    environment:\n      PYTHONPATH: /app\n"),
            ("compose.dev.yml", "services: {}\n"),
        ])
        .finds(&["loader-key warning prod services.a.environment.PYTHONPATH compose.prod.yml:4:19"]),
    case("loader-key", "harmless tuning, and the name of an environment")
        .files(&[(PROD, "NODE_OPTIONS=\"--max-old-space-size=4096 --no-warnings\"\nJAVA_TOOL_OPTIONS=-Xmx512m\nENV=production\n")]),
    case("loader-key", "other names, and settings of structured files").files(&[
        (PROD, "APP_PATH=/app\nLOG_PATH=/var/log\npath=/x\n"),
        ("values-prod.yaml", "PATH: /health\n"),
        ("values-dev.yaml", "PATH: /health\n"),
    ]),
    // plaintext-among-encrypted
    case("plaintext-among-encrypted", "one secret that somebody added by hand")
        .files(&[(PROD, "API_TOKEN=\"encrypted:abc\"\nDB_PASSWORD=k3Vb9QxT2mZr\n")])
        .finds(&["plaintext-among-encrypted error production DB_PASSWORD envs/production/.env:2:13"]),
    case("plaintext-among-encrypted", "in a structured file, and a doubt outside production")
        .files(&[
            ("config/staging.yml", "a:\n  password: ENC[AES256_GCM,data:x]\n  token: k3Vb9QxT2mZr\n"),
            ("config/development.yml", "a: {}\n"),
        ])
        .finds(&["plaintext-among-encrypted warning staging a.token config/staging.yml:3:10"]),
    case("plaintext-among-encrypted", "all encrypted, and what is no secret")
        .files(&[(PROD, "API_TOKEN=\"encrypted:abc\"\nDB_PASSWORD=\"encrypted:def\"\nPORT=80\nSMTP_PASSWORD=\nMAIL_PASSWORD=${API_TOKEN}\n")]),
    case("plaintext-among-encrypted", "plain files beside encrypted ones")
        .files(&[(PROD, "API_TOKEN=\"encrypted:abc\"\n"), (DEV, "API_TOKEN=k3Vb9QxT2mZr\n")]),
    // expired-token
    case("expired-token", "a token of the past: an error in production")
        .files(&[(DEV, "API_TOKEN=eyJhbGciOiJub25lIn0.eyJleHAiOjE3MDAwMDAwMDB9.x1\n"), (PROD, "OTHER_TOKEN=eyJhbGciOiJub25lIn0.eyJleHAiOjE3MDAwMDAwMDB9.y2\n")])
        .finds(&[
            "expired-token warning development API_TOKEN envs/development/.env:1:11",
            "expired-token error production OTHER_TOKEN envs/production/.env:1:13",
        ]),
    case("expired-token", "behind the word that announces it")
        .files(&[(STAGING, "AUTHORIZATION=\"Bearer eyJhbGciOiJub25lIn0.eyJleHAiOjE3MDAwMDAwMDB9.x1\"\n")])
        .finds(&["expired-token warning staging AUTHORIZATION envs/staging/.env:1:15"]),
    case("expired-token", "a certificate of the past, on one line")
        .files(&[(PROD, "TLS_CERT=\"-----BEGIN CERTIFICATE-----\\nMIH/MIGmAgEBMAoGCCqGSM49BAMCMAwxCjAIBgNVBAMMAXgwHhcNMjAwMTAxMDAw\\nMDAwWhcNMjEwMTAxMDAwMDAwWjAMMQowCAYDVQQDDAF4MFkwEwYHKoZIzj0CAQYI\\nKoZIzj0DAQcDQgAEdAPgKxhU6kPXPuW4OkjB13VgTdLJepu5STC0Oo3AC3SWcqpz\\nF1ReYcGxbzajwoJ3ph5G/0GlXvLKqjKhhfrsRTAKBggqhkjOPQQDAgNIADBFAiBH\\nO0eSU5vYGFmZ9FfJe+SGK6g3dGfQ/91UusYi/JKe2wIhAOO7fQ39V0wDb8t7XgTs\\ncj/U3eXeWE+wuOhQf59c3J2j\\n-----END CERTIFICATE-----\"\n")])
        .finds(&["expired-token error production TLS_CERT envs/production/.env:1:10"]),
    case("expired-token", "a certificate that is valid for long, and the path of one")
        .files(&[(PROD, "TLS_CERT=\"-----BEGIN CERTIFICATE-----\nMIIBATCBqAIBAjAKBggqhkjOPQQDAjAMMQowCAYDVQQDDAF4MCAXDTIwMDEwMTAw\nMDAwMFoYDzIxMDAwMTAxMDAwMDAwWjAMMQowCAYDVQQDDAF4MFkwEwYHKoZIzj0C\nAQYIKoZIzj0DAQcDQgAEdAPgKxhU6kPXPuW4OkjB13VgTdLJepu5STC0Oo3AC3SW\ncqpzF1ReYcGxbzajwoJ3ph5G/0GlXvLKqjKhhfrsRTAKBggqhkjOPQQDAgNIADBF\nAiEA6c/8rCdlnOdrzKRs3GcznrpxmXAnqJeYhToJYJ6a0Y0CIC4uyC4AsPIODM93\nMTwZpnrAdK2R9tNJRHqOedyvXSDS\n-----END CERTIFICATE-----\"\nTLS_CERT_FILE=/etc/ssl/old.pem\n")]),
    case("expired-token", "a token that is valid for long, and one for ever")
        .files(&[(PROD, "API_TOKEN=eyJhbGciOiJub25lIn0.eyJleHAiOjQxMDI0NDQ4MDB9.x1\nOTHER_TOKEN=eyJhbGciOiJub25lIn0.eyJzdWIiOiJkZW1vLW9mLW5vYm9keSJ9.x1\n")]),
    case("expired-token", "what only looks like a token")
        .files(&[(PROD, "API_TOKEN=eyJ.k3Vb9QxT2mZr.x\nTEXT=eyJ\nNAME=a.b.c\n")]),
];
