//! PostgreSQL whose tablespace is full under four writers, then has space again, then a restart of the server.

use std::{
    env,
    ffi::OsStr,
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
};

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbErr};

use super::{
    full_disk::filled,
    mount::{Mount, left_out, told},
};
use crate::harness::{book, process::Installation};

/// Of the tablespace, in megabytes.
const SIZE: u32 = 48;

/// A server of PostgreSQL of the test's own, stopped when dropped. It runs as `postgres`, for it refuses root.
struct Postgres {
    programs: PathBuf,
    data: PathBuf,
    port: u16,
}

impl Postgres {
    fn start(folder: &Path) -> Result<Self, String> {
        let installed = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().filter_map(Result::ok);
        let mut versions: Vec<PathBuf> = installed.map(|version| version.path().join("bin")).collect();
        versions.sort();
        let found =
            versions.into_iter().chain([PathBuf::from("/usr/local/bin")]).rfind(|at| at.join("initdb").exists());
        let programs = found.ok_or("PostgreSQL is not installed")?;
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port();
        let server = Self { programs, data: folder.join("data"), port };
        server.run("initdb", &["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C"])?;
        let options = format!("-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off");
        let log = folder.join("log");
        server.run("pg_ctl", &["-w", "-l", &log.display().to_string(), "-o", &options, "start"])?;
        Ok(server)
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Result<String, String> {
        let data = self.data.display().to_string();
        let program = self.programs.join(program);
        let first = ["-u", "postgres", "--"].map(OsStr::new);
        let command = [program.as_os_str(), OsStr::new("-D"), OsStr::new(&data)];
        told("runuser", &[&first[..], &command[..], &arguments.iter().map(OsStr::new).collect::<Vec<_>>()].concat())
    }

    fn address(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    async fn connect(&self, database: &str) -> DatabaseConnection {
        Database::connect(self.address(database)).await.expect("a connection")
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let _nothing_waits_for_it = self.run("pg_ctl", &["-m", "immediate", "stop"]);
    }
}

/// Fills the tablespace until nothing fits.
async fn fill(database: &DatabaseConnection) {
    let statement = "CREATE TABLE IF NOT EXISTS ballast (text text)";
    database.execute_unprepared(statement).await.expect("a table");
    for rows in [512, 64, 8, 1] {
        let statement = format!(
            "INSERT INTO ballast SELECT string_agg(md5(r::text || i::text), '') FROM generate_series(1, {rows}) r, generate_series(1, 240) i GROUP BY r"
        );
        let full: DbErr = loop {
            if let Err(error) = database.execute_unprepared(&statement).await {
                break error;
            }
        };
        assert!(full.to_string().contains("No space left"), "{full}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tablespace_that_was_full_under_four_writers_has_everything_that_was_acknowledged() {
    if env::var_os("TEST_DATABASE_URL").is_none() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let owned = |path: &Path| told("chown", &["postgres".as_ref(), path.as_ref()]);
    if let Err(why) = owned(folder.path()) {
        return left_out(&why);
    }
    let small = folder.path().join("small");
    fs::create_dir(&small).expect("a directory");
    let Some(_mount) = Mount::memory(SIZE, &small) else { return };
    owned(&small).expect("its owner");
    let server = match Postgres::start(folder.path()) {
        Ok(server) => server,
        Err(why) => return left_out(&why),
    };
    let admin = server.connect("postgres").await;
    for statement in [
        format!("CREATE TABLESPACE small LOCATION '{}'", small.display()),
        "CREATE DATABASE house TABLESPACE small".to_owned(),
    ] {
        admin.execute_unprepared(&statement).await.expect("a database");
    }
    let data = tempfile::tempdir().expect("a folder");
    let at = Installation::in_directory(data.path().to_owned(), Some(server.address("house")));
    let installation = book::house(async |people| at.with(people).await).await;
    let house = server.connect("house").await;
    let empty = async || {
        house.execute_unprepared("DROP TABLE ballast").await.expect("space");
    };
    filled(&installation, async || fill(&house).await, empty).await;
}
