//! The one table of settings.

use std::fmt::Write as _;

/// Whether a value may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secrecy {
    /// Shown as it is.
    Open,
    /// A URL, shown without its password.
    Url,
    /// Never shown, and never taken from a flag, where every user of the machine could read it.
    Secret,
}

/// One setting.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Its name in the file; the flag and the variable follow from it.
    pub key: &'static str,
    /// The value where nothing is set; empty is none.
    pub default: &'static str,
    /// What it is for.
    pub meaning: &'static str,
    /// What a value has to look like; completes 'expected …'.
    pub expected: &'static str,
    /// Whether it may be shown.
    pub secrecy: Secrecy,
    /// Variables of other programs that are honoured too, after our own.
    pub also: &'static [&'static str],
}

impl Setting {
    /// The environment variable, `IMPRIMATUR_LISTEN`.
    #[must_use]
    pub fn variable(&self) -> String {
        format!("IMPRIMATUR_{}", self.key.to_uppercase())
    }

    /// The variable that names a file holding the value, for what must stay out of the environment.
    #[must_use]
    pub fn file_variable(&self) -> Option<String> {
        (self.secrecy != Secrecy::Open).then(|| format!("{}_FILE", self.variable()))
    }

    /// The flag without dashes in front, `metrics-listen`; none for a secret.
    #[must_use]
    pub fn flag(&self) -> Option<String> {
        (self.secrecy != Secrecy::Secret).then(|| self.key.replace('_', "-"))
    }
}

const fn open(key: &'static str, default: &'static str, meaning: &'static str, expected: &'static str) -> Setting {
    Setting { key, default, meaning, expected, secrecy: Secrecy::Open, also: &[] }
}

/// Every setting there is.
pub const SETTINGS: &[Setting] = &[
    open(
        "listen",
        "127.0.0.1:8080",
        "Where pages and API are served: an address, `:8080` for every address, or a Unix socket; port 0 takes a free one",
        ADDRESS,
    ),
    open("metrics_listen", "", "The same for /metrics, apart from the pages; off when empty", ADDRESS),
    open(
        "trusted_proxies",
        "",
        "Proxies whose X-Forwarded-For or Forwarded is believed: networks, `loopback`, `unix` for who comes over a Unix socket",
        "addresses and networks such as 10.0.0.0/8, ::1, loopback, unix, with commas between",
    ),
    open("data", "data", "Directory of the database and the documents", "a directory"),
    open("public_url", "", "How people reach this server; the listening address when empty", PUBLIC_URL),
    Setting {
        secrecy: Secrecy::Url,
        ..open(
            "database",
            "",
            "Database; SQLite in the data directory when empty",
            "sqlite://FILE or postgres://USER:PASSWORD@HOST/NAME",
        )
    },
    open("blobs", "", "Where documents are kept; the data directory when empty", "a directory or s3://BUCKET/PREFIX"),
    Setting {
        also: &["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"],
        ..open(
            "s3_endpoint",
            "",
            "URL of an S3 server that is not Amazon's",
            "a URL that starts with https:// or http://",
        )
    },
    Setting {
        also: &["AWS_REGION", "AWS_DEFAULT_REGION"],
        ..open("s3_region", "us-east-1", "Region of the bucket", "a region such as eu-central-1")
    },
    Setting {
        secrecy: Secrecy::Secret,
        also: &["AWS_ACCESS_KEY_ID"],
        ..open("s3_access_key", "", "Access key of the bucket", "text")
    },
    Setting {
        secrecy: Secrecy::Secret,
        also: &["AWS_SECRET_ACCESS_KEY"],
        ..open("s3_secret_key", "", "Secret key of the bucket", "text")
    },
    open("upload_limit", "2GB", "Largest file that is taken", "a size such as 50MB or 2GB"),
    open(
        "scanner",
        "off",
        "Virus scanner (clamd) that every file passes before anybody gets it; off gives files out unchecked",
        "off, HOST:PORT or unix:/run/clamav/clamd.ctl",
    ),
    Setting {
        secrecy: Secrecy::Url,
        ..open(
            "smtp",
            "off",
            "Server that sends letters; off keeps them in the outbox",
            "off, smtps://USER:PASSWORD@HOST, smtp://HOST:587?tls=required or smtp://HOST:PORT without TLS",
        )
    },
    open(
        "mail_from",
        "Imprimatur <imprimatur@localhost.localdomain>",
        "Sender of letters",
        "an address such as 'Office <office@example.org>'",
    ),
    open(
        "mail_connections",
        "12",
        "Letters handed over at a time, each over a connection of its own",
        "a number from 1 to 100",
    ),
    open("workflows", "", "Directory of workflow definitions; those in the program when empty", "a directory"),
    open(
        "configurations",
        "250000",
        "Most configurations looked at to prove a workflow; one that has more is refused",
        "a number from 1000 to 10000000",
    ),
    open("log", "text", "How log lines are written", "text or json"),
    open(
        "log_filter",
        "info,sqlx=warn",
        "Which log lines are written",
        "a filter such as info or imprimatur=debug,info",
    ),
    open(
        "connections",
        "4096",
        "Most connections at a time; for one more, the one that has been idle longest is closed",
        "a number from 16 to 1000000",
    ),
    open(
        "requests",
        "512",
        "Most requests of a kind (pages, API, downloads) worked on at a time; more are answered 503 with Retry-After",
        "a number from 1 to 65536",
    ),
    open("uploads", "256", "Most files taken in at a time, half of them from one person", "a number from 1 to 65536"),
    open(
        "drain",
        "3s",
        "How long a server that was told to stop goes on, so that proxies notice; at most half of shutdown_deadline",
        "a duration such as 5s, or 0s",
    ),
    open("shutdown_deadline", "20s", "How long a stop may take in all; what is still open then is cut", DURATION),
    open("session_idle", "12h", "A session that is not used ends after this long", DURATION),
    open("session_absolute", "7d", "A session ends this long after signing in", DURATION),
    open("token_lifetime", "1h", "How long an access token is valid", DURATION),
    open("keep_letters", "180d", "How long letters are kept after they were sent; unsent ones stay", KEPT_WEEK),
    open("keep_links", "30d", "How long one-time links are remembered after they were used or ended", KEPT_DAY),
    open("keep_sessions", "1d", "How long sessions are remembered after they ended", KEPT_DAY),
    open("keep_attempts", "1d", "How long failed attempts to sign in are remembered once they count no more", KEPT_DAY),
    open("keep_work", "7d", "How long finished work is kept; what waits or was given up stays", KEPT_WEEK),
    open("keep_answers", "7d", "How long answers to requests with an Idempotency-Key are kept", KEPT_WEEK),
    open(
        "keep_log",
        "7y",
        "How long the audit trail is kept (who changed the house, signed in, was refused, opened a file)",
        KEPT_YEAR,
    ),
    open(
        "keep_records",
        "7y",
        "How long an erased person's name stays where they decided or were credited (AMA asks for 6 years)",
        KEPT_YEAR,
    ),
    open(
        "keep_backups",
        "",
        "How long backups are kept, for what erased people are told; not told when empty",
        KEPT_DAY,
    ),
    open(
        "argon2_memory",
        "19456",
        "Memory for hashing one password, in KiB (OWASP asks for 19456 or more)",
        "a number from 8 to 4194304",
    ),
    open("argon2_iterations", "2", "Rounds of hashing a password (OWASP asks for 2 or more)", "a number from 1 to 100"),
];

const ADDRESS: &str =
    "an address and port such as 127.0.0.1:8080, a port such as :8080, or unix:/run/imprimatur/http.sock[,mode=660]";
const PUBLIC_URL: &str = "https://HOST or http://HOST:PORT without a path";
const DURATION: &str = "a duration above zero such as 30s, 12h or 7d";
const KEPT_DAY: &str = "1d or longer, such as 30d or 2y, or never";
const KEPT_WEEK: &str = "7d or longer, such as 30d or 2y, or never";
const KEPT_YEAR: &str = "365d or longer, such as 7y, or never";

/// The table of the README.
#[must_use]
pub fn table() -> String {
    let mut text = String::from("| Setting | Variable | Default | Meaning |\n| --- | --- | --- | --- |\n");
    for setting in SETTINGS {
        let default = if setting.default.is_empty() { String::new() } else { format!("`{}`", setting.default) };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "| `{}` | `{}` | {default} | {} |", setting.key, setting.variable(), setting.meaning);
    }
    text
}
