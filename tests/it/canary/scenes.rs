//! The scenes of the canary test: a file each, written out for every spelling of a secret.

use crate::project::Project;

/// A file of a project, and what is in it.
pub struct Scene {
    /// What a failure is called.
    pub name: &'static str,
    file: &'static str,
    content: Content,
}

/// `%K` stands for a key and `%V` for a secret; a template that has one is repeated for every spelling.
enum Content {
    /// In what follows, `%T` is a token, `%P` the lines of a key block, `%L` its last line but one.
    Text(&'static str),
    /// The same behind so much else that the file is too large.
    TooLarge(&'static str),
    /// The same, not UTF-8.
    NotText(&'static str),
    /// The same in UTF-16.
    Wide(&'static str),
}
use Content::{NotText, Text, TooLarge, Wide};

/// Keys, and secrets that must be recognised under them: by name, or by their own shape.
const SPELLINGS: &[(&str, &str)] = &[
    ("API_TOKEN", TOKEN),
    ("SETTING", TOKEN),
    ("OPAQUE", "canaryX9q7Zp2Kd8Lm4Rt6"),
    ("DB_PASSWORD", "canary"),
    ("DATABASE_URL", "postgres://app:canary9@db.example.com:5432/app"),
    ("LINK", "https://:p4ss-canary@example.com/x"),
    ("HOOK", "https://example.com/?access_token=canary&x=1"),
    ("CHAT_SECRET", "the canary sings, it's said #twice"),
    ("PORT", "80-canary-X9q7Zp2Kd8Lm4Rt6"),
];

const TOKEN: &str = "sk_live_51CanaryQ7zP2xW9lM4kD8rT";

/// The body of a key block: full lines, one with padding that looks like an assignment, short ones.
const BLOCK: &str = "-----BEGIN PRIVATE KEY-----
MIIBVgIBADANBgkqhkiG9w0CANARYEFAASCAUAwggE8AgEAAkEAq7BFUpkGp3Q1Zs
CanaryFz7QkkfJ3mXwYb2n4v9sD1aLpZ0eRt5uGh8iKo6jNcWxVyBqTmSrEfPdHg
canaryLineQ7f=
CANARY7zQw==
-----END PRIVATE KEY-----";

const ENV: &str = "envs/production/.env";
const LOCAL: &str = "envs/staging/.env.local";
const TOML: &str = "envs/production/env.toml";
const MANIFEST: &str = "envctl.toml";

/// Names the keys that break types and constraints, opts in to the process, and has every layer.
const BASE: &[(&str, &str)] = &[
    (
        MANIFEST,
        "[keys.PORT]\ntype = 'port'\n[keys.SETTING]\ntype = 'enum'\nvalues = ['a', 'b']\n[keys.OPAQUE]\npattern = '^a$'\n\
         distinct = true\n[keys.LINK]\ntype = 'url'\nschemes = ['ftp']\nmax-len = 3\nprefix = 'x'\nsuffix = 'y'\n\
         [keys.API_TOKEN]\nsecret = true\ndistinct = true\n[keys.DB_PASSWORD]\nmin-len = 99\nsame = true\n[keys.MISSING_TOKEN]\nrequired = true\n\
         help = 'ask'\n[flags.f]\nallowed-in = ['development']\n",
    ),
    ("envs/development/.env", "PORT=80\nDB_PASSWORD=x\n"),
    ("envs/staging/.env", "PORT=81\n"),
    ("envs/staging/env.toml", "process-env = ['*']\nprocess-prefix = 'STG_'\n"),
    (ENV, "PORT=82\n"),
    (TOML, "process-env = ['*']\n[flags]\nf = true\n"),
];

#[rustfmt::skip]
pub const SCENES: &[Scene] = &[
    // dotenv, healthy
    Scene { name: "plain", file: ENV, content: Text("%K=%V\n") },
    Scene { name: "in a local layer", file: LOCAL, content: Text("export %K=%V # %V\n#%K=%V\n") },
    Scene { name: "quoted", file: ENV, content: Text("%K=\"%V\"\n") },
    Scene { name: "yaml style", file: ENV, content: Text("%K: %V\n") },
    Scene { name: "twice", file: ENV, content: Text("%K=%V\n%K=%V-2\n") },
    Scene { name: "in two environments", file: LOCAL, content: Text("%K=%V\nOTHER_%K=%V\n") },
    Scene { name: "like a placeholder", file: ENV, content: Text("%K=<%V>\nA_%K=changeme-%V\nB_%K='{{ %V }}'\nC_%K=your-%V-here\nD_%K=xxx%V\n") },
    Scene { name: "under names of environments and switches", file: ENV, content: Text("APP_ENV=%V\nDEBUG=%V\nNODE_ENV=%V\n") },
    Scene { name: "with references", file: ENV, content: Text("%K=${PORT}%V\nA_%K=\"%V${NOT_THERE}\"\nB_%K=${NOT_THERE:-%V}\nC_%K='${%V}'\n") },
    Scene { name: "as the name of a reference", file: ENV, content: Text("%K=${%T}x\nA_%K=\"${%T:-%V}\"\nB_%K=pass${canaryX9q7Zp2Kd8Lm4}\n") },
    Scene { name: "over many lines", file: ENV, content: Text("%K_KEY=\"%P\n%V\"\n") },
    // dotenv, broken
    Scene { name: "no assignment", file: ENV, content: Text("%V\n%K %V\nexport %K %V\n%V %K=1\n1%V=%V\n=%V\n%T: %V\n") },
    Scene { name: "no key", file: ENV, content: Text("%T=1\nexport %T: x\n%T=\n%T==\n%T\n") },
    Scene { name: "colons", file: ENV, content: Text("%K:%V\n%K : %V\n") },
    Scene { name: "backticks", file: ENV, content: Text("%K=`%V`\n%K=`%V\n%V`\n") },
    Scene { name: "text behind a quote", file: ENV, content: Text("%K=\"x\"%V\n%K='%V'%V\nA_%K=\"%V\nx\" %V\n") },
    Scene { name: "broken references", file: ENV, content: Text("%K=${%V\n%K=\"${%V\"\n%K=${%V-x}\n%K=${A:-${%V}}\n") },
    Scene { name: "an unterminated double quote", file: ENV, content: Text("A=1\nNEVER_CLOSED=\"%T\n%P\ncanaryX9q7Zp2Kd8Lm4=x\nCanary7Qw=\nCANARY7zQw==\n%T=2\n") },
    Scene { name: "an unterminated single quote", file: LOCAL, content: Text("NEVER_CLOSED='{\n\"key\": \"%T\",\nCanary7Qw=x\nCANARY7zQw==\nB=2\n") },
    Scene { name: "a quote that the next one would close", file: ENV, content: Text("A=\"canaryX9q7Zp2Kd8Lm4\nCanary7Qw=\nB = \"x\"\nC=1\n") },
    Scene { name: "an unterminated key block", file: ENV, content: Text("%K_KEY=\"%P\n") },
    Scene { name: "an unterminated key block without an end", file: ENV, content: Text("A_KEY='-----BEGIN EC PRIVATE KEY-----\n%L\nCANARY7zQw==\nB=1\nB=1\n") },
    Scene { name: "a key block without quotes", file: ENV, content: Text("A_KEY=%P\nB=1\nB=2\n") },
    Scene { name: "a key block alone", file: ENV, content: Text("%P\nB=1\nB=2\n") },
    Scene { name: "a key block with a commented beginning", file: ENV, content: Text("# A_KEY=%P\nB=1\n") },
    Scene { name: "a key block with heads", file: ENV, content: Text("A_KEY=-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,canary0123456789\n\n%L\nCANARY7zQw==\n-----END RSA PRIVATE KEY-----\n") },
    Scene { name: "an indented key block", file: ENV, content: Text("A_KEY=\"-----BEGIN PRIVATE KEY-----\\n\\\n  %L\\n\\\n  CANARY7zQw==\\n\\\n  -----END PRIVATE KEY-----\nB=1\n") },
    Scene { name: "wrapped base64", file: ENV, content: Text("CERT_DATA=MIIBVgIBADANBgkqhkiG9w0CANARYEFAASCAUAwggE8AgEAAkEAq7BFUpkGp3Q1Zs\n%L\nCANARY7zQw==\nCANARY7zQw==\nB=1\n") },
    // Compose
    Scene { name: "a dollar sign in a password of a Compose file", file: "docker-compose.production.yml", content: Text("services:\n  a:\n    image: a:1\n    command: x --requirepass Hunter$canaryX9q7Zp2Kd8Lm4\n    environment:\n      DB_PASSWORD: a$CANARY\n      SETTING: b${canaryX9q7Zp2Kd8Lm4}\n") },
    // files that cannot be read
    Scene { name: "a file that is too large", file: ENV, content: TooLarge("%K=%V\n") },
    Scene { name: "a file that is not UTF-8", file: ENV, content: NotText("%K=%V\n") },
    Scene { name: "a file in UTF-16", file: ENV, content: Wide("%K=%V\n") },
    Scene { name: "a file with NUL", file: ENV, content: Text("A=1\n%K=%V\0%V\n") },
    Scene { name: "a manifest that is too large", file: MANIFEST, content: TooLarge("# %V\n") },
    Scene { name: "a manifest that is not UTF-8", file: MANIFEST, content: NotText("# %V\n") },
    // env.toml, healthy
    Scene { name: "vars", file: TOML, content: Text("[vars]\n%K = \"\"\"%V\"\"\"\n") },
    Scene { name: "vars on one line", file: TOML, content: Text("vars = { A = \"%T\", DB_PASSWORD = 'canary', B = 'changeme', PORT = 'x', C = 'changeme' }\n") },
    Scene { name: "vars behind many lines", file: TOML, content: Text("vars = { A = \"\"\"\n%P\"\"\", B = 'changeme', B_TOKEN = '''\n%P''', PORT = 'x' }\n") },
    Scene { name: "free words", file: TOML, content: Text("description = '%T'\nabout.users = '%T'\n[vars]\nA = 'changeme'\n") },
    // env.toml, broken
    Scene { name: "vars of a wrong type", file: TOML, content: Text("[vars]\nA = ['%T', '%P']\n") },
    Scene { name: "vars that are a table", file: TOML, content: Text("[vars]\nA = { B = '%T' }\n") },
    Scene { name: "vars with a date", file: TOML, content: Text("vars = '%T, expected %T'\n") },
    Scene { name: "vars without quotes", file: TOML, content: Text("[vars]\nA = %T\n") },
    Scene { name: "vars that are not closed", file: TOML, content: Text("[vars]\nA = \"%P\nB = 1\n") },
    Scene { name: "vars that are not closed on many lines", file: TOML, content: Text("[vars]\nA = \"\"\"%P\n%T = 1\n") },
    Scene { name: "vars like dotenv", file: TOML, content: Text("[vars]\nA=%P\n") },
    Scene { name: "vars twice", file: TOML, content: Text("[vars]\nA = '%T'\nA = '%T'\n") },
    Scene { name: "a token in the place of a key", file: TOML, content: Text("%T = 1\n") },
    Scene { name: "a token in the place of a variable", file: TOML, content: Text("[vars]\n%T = 'changeme'\n") },
    Scene { name: "a token in the place of a variable in the manifest", file: MANIFEST, content: Text("[environments.production.vars]\n%T = 'changeme'\n") },
    Scene { name: "a token in the place of a table", file: TOML, content: Text("[\"%T\"]\nx = 1\n") },
    Scene { name: "a line that is a token", file: TOML, content: Text("%T\n") },
    Scene { name: "a token that is a tier", file: TOML, content: Text("tier = '%T, expected %T'\n") },
    Scene { name: "a token that is a switch", file: TOML, content: Text("debug = '%T, expected %T'\n") },
    Scene { name: "a token that is a flag", file: TOML, content: Text("[flags]\nf = '%T'\n") },
    Scene { name: "a bad escape", file: TOML, content: Text("[vars]\nA = \"\\q%T\"\n") },
    // the manifest, healthy and broken
    Scene { name: "vars in the manifest", file: MANIFEST, content: Text("[keys.A]\n[environments.production.vars]\n%K = \"\"\"%V\"\"\"\nB = 'changeme'\n") },
    Scene { name: "all of an environment on one line", file: MANIFEST, content: Text("keys = { A = {} }\nflags = { g = {} }\nenvironments.development = { vars = { DB_PASSWORD = 'canary', B = 'changeme', PORT = '' }, flags = { h = true } }\n[environments]\nstaging2 = { tier = 'production', vars = { DB_PASSWORD = 'canary', B = 'changeme' }, debug = true, flags = { h = true } }\n") },
    Scene { name: "a manifest that is not closed", file: MANIFEST, content: Text("[environments.production.vars]\nA = \"%T\nB = 1\n") },
    Scene { name: "a manifest like dotenv", file: MANIFEST, content: Text("API_TOKEN=%P\n") },
    Scene { name: "a manifest with a token for a key", file: MANIFEST, content: Text("%T = 1\n") },
    Scene { name: "a manifest of wrong types", file: MANIFEST, content: Text("[keys.A]\nrequired = '%T, expected %T'\n") },
    Scene { name: "a manifest with a secret pattern", file: MANIFEST, content: Text("[keys.A]\npattern = '(%T'\n") },
    Scene { name: "a manifest with a secret number", file: MANIFEST, content: Text("[keys.A]\nmin = '%T'\n") },
];

/// A project of this scene, in its second commit.
pub fn plant(scene: &Scene) -> Project {
    let base = BASE.iter().fold(Project::new(), |project, (file, text)| project.file(file, text));
    let also = base.file("envs/development/.env.local", "DB_PASSWORD=canary\nAPI_TOKEN=canary\n");
    let bytes = match scene.content {
        Text(text) => spell(text).into_bytes(),
        TooLarge(text) => spell(text).repeat((1 << 20) / spell(text).len() + 1).into_bytes(),
        NotText(text) => [spell(text).as_bytes(), b"\xff\n", spell(text).as_bytes()].concat(),
        Wide(text) => {
            [0xfeff].into_iter().chain(spell(text).encode_utf16()).flat_map(u16::to_le_bytes).collect()
        }
    };
    also.committed().file(scene.file, bytes).committed()
}

/// The variables of every run: the keys of the scenes, and what envctl itself looks at.
pub fn variables() -> Vec<(String, &'static str)> {
    let own = ["NO_COLOR", "TERM", "RUST_BACKTRACE", "EDITOR"].map(|name| (name.to_owned(), TOKEN));
    let keys = SPELLINGS
        .iter()
        .flat_map(|(key, value)| [((*key).to_owned(), *value), (format!("STG_{key}"), *value)]);
    keys.chain(own).collect()
}

fn spell(template: &str) -> String {
    let last = BLOCK.lines().nth(2).unwrap();
    let template = template.replace("%P", BLOCK).replace("%T", TOKEN).replace("%L", last);
    match template.contains("%K") || template.contains("%V") {
        true => {
            SPELLINGS.iter().map(|(key, value)| template.replace("%K", key).replace("%V", value)).collect()
        }
        false => template,
    }
}
