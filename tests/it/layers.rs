//! The house: which module may name which, that none of one folder name one another in a circle, who alone knows a foreign
//! crate, and how long a file may be.
//!
//! Reads the sources as they are, so that a shortcut is a failed test with its file and line.

mod circle;
mod source;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use source::Source;

/// Modules outside in, each with the modules it may name. Naming one of its own is always right.
const HOUSE: &[(&str, &[&str])] = &[
    ("main", &["cli"]),
    (
        "cli",
        &[
            "app",
            "demo",
            "http",
            "present",
            "usecase",
            "backup",
            "store",
            "blob",
            "clock",
            "config",
            "log",
            "model",
            "requirement",
            "workflow",
            "credit",
            "domain",
        ],
    ),
    ("demo", &["app", "jobs", "usecase", "clock", "model", "access", "workflow", "domain"]),
    (
        "app",
        &[
            "http",
            "jobs",
            "present",
            "usecase",
            "store",
            "blob",
            "mail",
            "password",
            "clock",
            "config",
            "numbers",
            "log",
            "requirement",
            "credit",
            "domain",
        ],
    ),
    (
        "http",
        &[
            "present", "usecase", "blob", "token", "password", "clock", "config", "numbers", "secret", "model",
            "access", "workflow", "credit", "domain",
        ],
    ),
    ("jobs", &["present", "usecase", "mail", "clock", "numbers", "model", "workflow", "domain"]),
    ("present", &["usecase", "blob", "model", "access", "workflow", "credit", "domain"]),
    (
        "usecase",
        &[
            "backup", "store", "blob", "token", "mail", "password", "scan", "clock", "config", "numbers", "secret",
            "model", "access", "workflow", "credit", "domain",
        ],
    ),
    ("backup", &["store", "blob"]),
    ("log", &["config"]),
    ("config", &["blob", "password", "scan", "secret"]),
    ("mail", &["secret", "domain"]),
    ("token", &["clock", "domain"]),
    ("store", &["clock", "numbers", "model", "access", "workflow", "credit", "domain"]),
    ("blob", &["clock", "secret", "workflow", "domain"]),
    ("password", &["clock"]),
    ("clock", &[]),
    ("numbers", &[]),
    ("scan", &[]),
    ("secret", &[]),
    ("model", &["workflow", "domain"]),
    ("access", &["workflow", "domain"]),
    ("requirement", &["workflow", "credit", "domain"]),
    ("workflow", &["credit", "domain"]),
    ("credit", &["domain"]),
    ("domain", &[]),
];

/// The core: no async, no clock, nothing that reads or writes.
const CORE: &[&str] = &["domain", "credit", "workflow", "requirement", "access", "model"];

/// What the core may not name.
const IMPURE: &[&str] = &[
    "async",
    "await",
    "tokio",
    "sea_orm",
    "sqlx",
    "axum",
    "tower",
    "object_store",
    "lettre",
    "tera",
    "tracing",
    "fs",
    "net",
    "env",
];

/// Foreign crates that few modules know.
const KNOWN_TO: &[(&str, &[&str])] = &[
    ("sea_orm", &["store"]),
    ("imprimatur_migrations", &["store"]),
    ("sqlx", &["store"]),
    ("object_store", &["blob"]),
    ("tera", &["present"]),
    ("axum", &["http", "app", "config"]),
    ("axum_extra", &["http"]),
    ("tower_http", &["http"]),
    ("utoipa", &["http"]),
    ("utoipa_axum", &["http"]),
    ("jsonwebtoken", &["token", "usecase"]),
    ("lettre", &["mail", "config"]),
    // The module of http that serves the numbers has the same name, and app calls that.
    ("metrics", &["numbers", "jobs", "usecase", "http", "app"]),
    ("sd_notify", &["app"]),
    ("listenfd", &["http"]),
    ("rustix", &["app", "blob", "cli"]),
    ("ipnet", &["config"]),
    ("argon2", &["password"]),
    ("clap", &["cli", "config"]),
    ("serde_saphyr", &["workflow", "credit"]),
    ("winnow", &["workflow"]),
    ("totp_rs", &["token"]),
    ("qrcode", &["present"]),
];

/// Lines of a file without its tests.
const LONGEST: usize = 400;

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    files.sort();
    assert!(files.len() > 100, "the sources are not where they are looked for");
    files.iter().map(|file| Source::read(&root, file)).collect()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

#[track_caller]
fn none(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// What is wrong with the arrows that leave one file.
fn wrong_arrows(source: &Source) -> Vec<String> {
    let house: BTreeMap<&str, &[&str]> = HOUSE.iter().copied().collect();
    let Some(may) = house.get(source.module()) else {
        return vec![format!("{}: the module {} has no place in the house", source.name, source.module())];
    };
    let wrong = arrows(source).into_iter().filter(|(to, _)| !may.contains(&to.as_str()));
    wrong
        .map(|(to, line)| {
            let (name, from, may) = (&source.name, source.module(), may.join(", "));
            format!("{name}:{line}: {from} names crate::{to}, and may name only {may}")
        })
        .collect()
}

/// The other modules right below the root that a file names, each with its line.
fn arrows(source: &Source) -> Vec<(String, usize)> {
    let named = source.paths().into_iter().filter_map(|named| Some((named.path.first()?.clone(), named.line)));
    named.filter(|(to, _)| to != source.module()).collect()
}

#[test]
fn arrows_point_down_only() {
    let wrong: Vec<String> = sources().iter().filter(|source| source.name != "lib.rs").flat_map(wrong_arrows).collect();
    none(&wrong);
}

/// A file and the folder of its name are one. Seen to fail with `use super::request_id` in `http/problem.rs`.
#[test]
fn no_files_and_folders_of_one_folder_name_one_another_in_a_circle() {
    let sources: Vec<Source> = sources().into_iter().filter(|source| source.name != "main.rs").collect();
    none(&circle::circles(&sources));
}

#[test]
fn the_map_of_the_house_has_no_circles_and_no_rooms_that_are_not_there() {
    for (place, (module, may)) in HOUSE.iter().enumerate() {
        for other in *may {
            let below = HOUSE.iter().position(|(name, _)| name == other);
            assert!(below.is_some_and(|below| below > place), "{module} may name {other}, which is not below it");
        }
    }
    let there: BTreeSet<String> =
        sources().iter().map(|source| source.module().to_owned()).filter(|module| module != "lib").collect();
    let mapped: BTreeSet<String> = HOUSE.iter().map(|(module, _)| (*module).to_owned()).collect();
    assert_eq!(there, mapped);
}

/// A context carries the database to everybody, and no arrow shows it. Seen to fail with `context.store` in `jobs/pulse.rs`.
#[test]
fn who_may_not_name_the_store_reaches_it_by_no_context_either() {
    let mut wrong = Vec::new();
    for source in &sources() {
        let (module, may) = HOUSE.iter().find(|(module, _)| *module == source.module()).copied().unwrap_or_default();
        if may.contains(&"usecase") && !may.contains(&"store") {
            wrong.extend(
                source.fields("store").into_iter().map(|line| {
                    format!("{}:{line}: {module} asks the database itself, and not a use case", source.name)
                }),
            );
        }
    }
    none(&wrong);
}

#[test]
fn the_core_waits_for_nothing_and_touches_nothing() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| CORE.contains(&source.module())) {
        let words = source.words_outside_tests();
        for (word, line) in words.into_iter().filter(|(word, _)| IMPURE.contains(&word.as_str())) {
            wrong.push(format!("{}:{line}: '{word}' in the core", source.name));
        }
    }
    none(&wrong);
}

#[test]
fn a_foreign_crate_is_known_where_it_belongs_and_nowhere_else() {
    let mut wrong = Vec::new();
    for source in &sources() {
        for (word, line) in source.roots() {
            let known = KNOWN_TO.iter().find(|(name, _)| *name == word);
            if let Some((_, modules)) = known.filter(|(_, modules)| !modules.contains(&source.module())) {
                let modules = modules.join(", ");
                wrong.push(format!("{}:{line}: {word} is for {modules} only", source.name));
            }
        }
    }
    none(&wrong);
}

#[test]
fn no_file_is_longer_than_four_hundred_lines_without_its_tests() {
    let long = |source: &Source| {
        (source.lines_without_tests() > LONGEST).then(|| {
            format!("{}: {} lines; one idea a file, {LONGEST} lines at most", source.name, source.lines_without_tests())
        })
    };
    none(&sources().iter().filter_map(long).collect::<Vec<_>>());
}

/// The description of the API calls types by their last word alone: of two with one word it shows one in the place of both.
#[test]
fn no_two_types_of_the_api_have_one_name() {
    let mut files = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/http"), &mut files);
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a source");
        for described in text.split("#[derive(").skip(1).filter(|part| is_described(part)) {
            let after =
                ["struct ", "enum "].iter().filter_map(|word| described.split_once(word)).min_by_key(|cut| cut.0.len());
            let name = after.expect("a type").1.split(|sign: char| !sign.is_alphanumeric()).next().unwrap_or_default();
            *found.entry(name.to_owned()).or_default() += 1;
        }
    }
    assert!(found.len() > 50, "the types are not where they are looked for");
    let twice: Vec<String> = found.into_iter().filter(|(_, times)| *times > 1).map(|(name, _)| name).collect();
    none(&twice);
}

fn is_described(derived: &str) -> bool {
    derived.split(')').next().is_some_and(|traits| traits.contains("ToSchema"))
}

#[test]
fn every_way_of_naming_a_module_is_found() {
    let text = r##"
        //! crate::no_comment
        use crate::{store::{self, Tx}, present, /* crate::no */ http as web};
        pub(in crate::http::api) fn f(it: &crate::mail::Mailer) -> &'static str { "crate::no_text" }
        fn g() { let c = '"'; let r = r#"crate::no_raw "x" "#; super::super::blob::open(); super::own(); }
        mod tests { use super::super::super::token; use super::super::own; }
    "##;
    let source = Source::parse("usecase/account.rs", text);
    let found: BTreeSet<String> = arrows(&source).into_iter().map(|(to, _)| to).collect();
    let expected = ["store", "present", "http", "mail", "blob", "token"].map(str::to_owned);
    assert_eq!(found, BTreeSet::from(expected));
    assert_eq!(wrong_arrows(&source).len(), 3, "{:?}", wrong_arrows(&source));
}
