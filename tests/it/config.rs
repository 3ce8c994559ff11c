//! Settings: who beats whom, and what is said about a wrong one.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use clap::{Args as _, Command, FromArgMatches as _};
use imprimatur::{
    blob::Place,
    clock::new_id,
    config::{Config, Fault, Overrides, SETTINGS, Secrecy, table},
    secret::Secret,
};

fn environment(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// A directory that is gone when the test is over.
struct Directory(PathBuf);

impl Directory {
    fn new() -> Self {
        let path = std::env::temp_dir().join(format!("imprimatur-config-{}", new_id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, text).unwrap();
        path
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

#[test]
fn the_defaults_are_sound() {
    let loaded = Config::load(&Overrides::default(), &environment(&[])).unwrap();
    let config = loaded.config;
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.database.expose(), "sqlite://data/imprimatur.db");
    assert_eq!(config.blobs, Place::Directory("data/blobs".into()));
    assert_eq!(config.upload_limit, 2_000_000_000);
    assert_eq!((config.smtp, config.metrics_listen, config.public_url), (None, None, None));
    assert_eq!((config.password_cost.memory, config.password_cost.iterations), (19_456, 2));
    assert_eq!(config.session_absolute.as_hours(), 7 * 24);
}

#[test]
fn a_flag_beats_the_environment_beats_the_file_beats_the_default() {
    let data = Directory::new();
    let file =
        data.file("imprimatur.toml", "listen = '127.0.0.1:1'\nupload_limit = 3\nlog = 'json'\nargon2_memory = 64\n");
    let overrides = Overrides::default().with("data", data.0.to_str().unwrap()).with("listen", "127.0.0.1:3");
    let variables = environment(&[("IMPRIMATUR_LISTEN", "127.0.0.1:2"), ("IMPRIMATUR_UPLOAD_LIMIT", "5 MB")]);
    let loaded = Config::load(&overrides, &variables).unwrap();
    assert_eq!(loaded.config.listen.to_string(), "127.0.0.1:3");
    assert_eq!(loaded.config.upload_limit, 5_000_000);
    assert_eq!(loaded.config.password_cost.memory, 64);
    let shown = loaded.show();
    for line in [
        "listen = 127.0.0.1:3  (--listen)".to_owned(),
        "upload_limit = 5 MB  (IMPRIMATUR_UPLOAD_LIMIT)".to_owned(),
        format!("log = json  ({})", file.display()),
        "session_idle = 12h  (default)".to_owned(),
    ] {
        assert!(shown.lines().any(|shown| shown == line), "{line} is missing in\n{shown}");
    }
}

#[test]
fn everything_wrong_is_named_at_once_with_what_was_expected() {
    let directory = Directory::new();
    let file = directory.file("wrong.toml", "listen = 8080\ncolour = 'red'\n");
    let overrides = Overrides { file: Some(file.clone()), ..Overrides::default() };
    let variables = environment(&[
        ("IMPRIMATUR_UPLOAD_LIMIT", "two gigabytes"),
        ("IMPRIMATUR_SESSION_IDLE", "-1h"),
        ("IMPRIMATUR_PUBLIC_URL", "https://credit.example/path"),
        ("IMPRIMATUR_BLOBS", "s3://ab"),
        ("IMPRIMATUR_DATABASE", "mysql://office:swordfish@db/x"),
        ("IMPRIMATUR_LISTNE", "x"),
        ("IMPRIMATUR_S3_SECRET_KEY_FILE", "/nonexistent/secret"),
    ]);
    let faults = Config::load(&overrides, &variables).unwrap_err();
    let text = faults.to_string();
    for part in [
        "listen (from ".to_owned(),
        "is '8080'; expected an address and port such as 127.0.0.1:8080".to_owned(),
        format!("there is no setting 'colour' ({})", file.display()),
        "there is no setting 'IMPRIMATUR_LISTNE' (environment)".to_owned(),
        "upload_limit (from IMPRIMATUR_UPLOAD_LIMIT) is 'two gigabytes'; expected a size".to_owned(),
        "session_idle (from IMPRIMATUR_SESSION_IDLE) is '-1h'; expected a duration".to_owned(),
        "public_url".to_owned(),
        "expected a directory or s3://BUCKET/PREFIX".to_owned(),
        "database (from IMPRIMATUR_DATABASE) is 'mysql://office:***@db/x'".to_owned(),
        "/nonexistent/secret cannot be read".to_owned(),
    ] {
        assert!(text.contains(&part), "{part:?} is missing in\n{text}");
    }
    assert_eq!(faults.0.len(), 9, "{text}");
    assert!(!text.contains("swordfish"));
}

#[test]
fn a_named_file_must_be_there_and_be_toml() {
    let missing = Overrides { file: Some("/nonexistent/imprimatur.toml".into()), ..Overrides::default() };
    let faults = Config::load(&missing, &environment(&[])).unwrap_err();
    assert!(matches!(faults.0.as_slice(), [Fault::Unreadable { .. }]), "{faults}");
    let directory = Directory::new();
    let file = directory.file("broken.toml", "listen = \n");
    let variables = environment(&[("IMPRIMATUR_CONFIG", file.to_str().unwrap())]);
    assert!(Config::load(&Overrides::default(), &variables).is_err());
}

#[test]
fn secrets_come_from_files_or_the_usual_variables_and_are_never_shown() {
    let directory = Directory::new();
    let file = directory.file("key", "swordfish-key\n");
    let variables = environment(&[
        ("IMPRIMATUR_BLOBS", "s3://evidence/office"),
        ("IMPRIMATUR_S3_SECRET_KEY_FILE", file.to_str().unwrap()),
        ("AWS_ACCESS_KEY_ID", "swordfish-id"),
        ("AWS_REGION", "eu-central-1"),
        ("IMPRIMATUR_DATABASE", "postgres://office:swordfish@db/credit"),
        ("IMPRIMATUR_SMTP", "smtps://office:swordfish@mail.example"),
    ]);
    let loaded = Config::load(&Overrides::default(), &variables).unwrap();
    let Place::Bucket(bucket) = &loaded.config.blobs else { panic!("no bucket") };
    assert_eq!((bucket.bucket.as_str(), bucket.prefix.as_str()), ("evidence", "office"));
    assert_eq!(bucket.region, "eu-central-1");
    assert_eq!(bucket.secret_key.as_ref().map(Secret::expose), Some("swordfish-key"));
    assert_eq!(bucket.access_key.as_ref().map(Secret::expose), Some("swordfish-id"));
    assert!(!format!("{loaded:?}").contains("swordfish"), "{loaded:?}");
    let shown = loaded.show();
    assert!(!shown.contains("swordfish"), "{shown}");
    assert!(shown.contains("s3_access_key = ***  (AWS_ACCESS_KEY_ID)"), "{shown}");
    assert!(shown.contains("database = postgres://office:***@db/credit  (IMPRIMATUR_DATABASE)"), "{shown}");
}

#[test]
fn every_setting_but_a_secret_has_a_flag() {
    let command = Overrides::augment_args(Command::new("serve"));
    command.clone().debug_assert();
    let matches =
        command.clone().try_get_matches_from(["serve", "--listen", "127.0.0.1:0", "--s3-region", "x"]).unwrap();
    let overrides = Overrides::from_arg_matches(&matches).unwrap();
    assert_eq!(overrides, Overrides::default().with("listen", "127.0.0.1:0").with("s3_region", "x"));
    assert!(command.try_get_matches_from(["serve", "--s3-secret-key", "x"]).is_err());
    assert_eq!(table().lines().count(), SETTINGS.len() + 2);
}

#[test]
fn the_readme_lists_every_setting_as_it_is() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let table = imprimatur::config::table();
    assert!(readme.contains(table.trim()), "put this table into README.md:\n{table}");
}

/// What the Debian package puts into `/etc/imprimatur/imprimatur.toml`: every setting with what it means, none set but the
/// directory. Secrets are left to the environment and to files of their own.
fn settings_file() -> String {
    let mut text = String::from(
        "# The settings of Imprimatur. A flag beats the environment, the environment beats this file, this file beats the\n\
         # default, which stands here. `imprimatur config show --config FILE` tells what counts.\n",
    );
    for setting in SETTINGS.iter().filter(|setting| setting.secrecy != Secrecy::Secret) {
        let (set, value) = match setting.key {
            "data" => ("", "/var/lib/imprimatur"),
            _ => ("#", setting.default),
        };
        let (meaning, expected, key) = (setting.meaning, setting.expected, setting.key);
        text = [text, format!("\n# {meaning}: {expected}.\n{set}{key} = \"{value}\"\n")].concat();
    }
    text
}

/// Seen to fail: with a setting added to the table and not to the file.
#[test]
fn the_settings_file_of_the_package_lists_every_setting_and_reads() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging/imprimatur.toml");
    let there = fs::read_to_string(&file).unwrap();
    assert!(there == settings_file(), "put this into packaging/imprimatur.toml:\n{}", settings_file());
    let directory = Directory::new();
    let all_set = there.replace("\n#", "\n").replace("\n ", "\n# ");
    for text in [there, all_set] {
        let file = directory.file("imprimatur.toml", &text);
        let overrides = Overrides { file: Some(file), ..Overrides::default() };
        let loaded = Config::load(&overrides, &environment(&[])).unwrap();
        assert_eq!(loaded.config.data, Path::new("/var/lib/imprimatur"));
        assert_eq!(loaded.config.blobs, Place::Directory("/var/lib/imprimatur/blobs".into()));
    }
}
