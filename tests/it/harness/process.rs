//! The program itself, as a process: what a stranger types, and what comes back.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{BufRead as _, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use imprimatur::{
    clock::{Clock, new_id},
    domain::{Duty, PersonId, Standing},
    model::Person,
    store::Store,
};
use tempfile::TempDir;

use super::database::{self, Database};

/// How long a start may take on a busy machine.
const PATIENCE: Duration = Duration::from_mins(3);

/// Somebody of an installation: key, duties and groups.
pub(crate) type Part<'a> = (&'a str, &'a [Duty], &'a [&'a str]);

/// A data directory with everything that belongs to an installation.
pub(crate) struct Installation {
    folder: PathBuf,
    /// Where the directory goes with the installation.
    _temporary: Option<TempDir>,
    server: Option<Database>,
    /// A database that the test itself looks after.
    elsewhere: Option<String>,
    /// Settings of its own, as variables.
    settings: Vec<(&'static str, String)>,
}

/// How a command ended.
#[must_use]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A served installation; killed when dropped.
pub(crate) struct Server {
    child: Child,
    /// Where it is, without a slash at the end.
    pub(crate) url: String,
}

/// A port of the loopback interface that nobody listens on now.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port()
}

/// Runs the program apart from any installation.
pub(crate) fn run(args: &[&str]) -> Ran {
    ran(program().args(args))
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_imprimatur"));
    command.env_clear();
    command
}

/// Runs a command to its end.
pub(crate) fn ran(command: &mut Command) -> Ran {
    let output = command.stdin(Stdio::null()).output().expect("the program");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

impl Installation {
    /// An empty one.
    pub(crate) async fn empty() -> Self {
        let server = if std::env::var_os("TEST_DATABASE_URL").is_some() { Some(database::empty().await) } else { None };
        if let Some(database) = &server {
            // Nobody but the program has it.
            database.store.close().await.expect("closed");
        }
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().to_owned();
        Self { folder: path, _temporary: Some(folder), server, elsewhere: None, settings: Vec::new() }
    }

    /// One in a directory that the test looks after, as its database server does where it names one; SQLite otherwise.
    pub(crate) fn in_directory(folder: PathBuf, elsewhere: Option<String>) -> Self {
        Self { folder, _temporary: None, server: None, elsewhere, settings: Vec::new() }
    }

    /// The same with a setting of its own, as a variable.
    pub(crate) fn set(mut self, variable: &'static str, value: impl Into<String>) -> Self {
        self.settings.push((variable, value.into()));
        self
    }

    /// One that was founded, with active people.
    pub(crate) async fn founded(people: &[Part<'_>]) -> Self {
        Self::empty().await.with(people).await
    }

    /// Founded, with active people.
    pub(crate) async fn with(self, people: &[Part<'_>]) -> Self {
        self.found(people).await;
        self
    }

    /// Founds the organisation, with active people.
    pub(crate) async fn found(&self, people: &[Part<'_>]) {
        self.init().ok();
        let store = self.store().await;
        let now = Clock::system().now();
        let tx = store.begin().await.expect("a change");
        let mut office = tx.organisation().await.expect("a look").expect("an organisation");
        office.calendar.meetings.push("committee: first Thursday at 09:00; papers 14 days before".to_owned());
        tx.save_organisation(&office).await.expect("a calendar");
        for (key, duties, groups) in people {
            let person = Person {
                id: PersonId(new_id()),
                email: format!("{key}@academy.example").parse().expect("an address"),
                name: (*key).to_owned(),
                credentials: String::new(),
                affiliation: format!("Hospital of the {key}"),
                standing: Standing::Active,
                duties: duties.iter().copied().collect::<BTreeSet<_>>(),
                created_at: now,
            };
            tx.add_person(&person).await.expect("a person");
            for group in *groups {
                tx.join(group, person.id).await.expect("a member");
            }
        }
        tx.commit().await.expect("the people");
        store.close().await.expect("closed");
    }

    /// Its store, opened by the test; on SQLite while nobody serves it.
    pub(crate) async fn store(&self) -> Store {
        Store::connect(&self.address().parse().expect("an address")).await.expect("a store")
    }

    /// Runs a statement past the program, as an intruder or an accident would.
    pub(crate) async fn sql(&self, statement: &str) {
        database::run(&self.address(), statement).await.expect("done");
    }

    /// What its server has logged.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.folder().join("server.log")).unwrap_or_default()
    }

    /// Where its database is.
    pub(crate) fn address(&self) -> String {
        match (&self.elsewhere, &self.server) {
            (Some(address), _) => address.clone(),
            (None, Some(database)) => database.address.clone(),
            (None, None) => format!("sqlite://{}/imprimatur.db", self.folder().display()),
        }
    }

    /// Whether its database is a file in its directory.
    pub(crate) fn is_sqlite(&self) -> bool {
        self.address().starts_with("sqlite:")
    }

    /// Its data directory.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// A command on it: any free port, cheap passwords.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = program();
        command
            .current_dir(self.folder())
            .env("IMPRIMATUR_DATA", self.folder())
            .env("IMPRIMATUR_DATABASE", self.address())
            .env("IMPRIMATUR_LISTEN", "127.0.0.1:0")
            .env("IMPRIMATUR_ARGON2_MEMORY", "64")
            .env("IMPRIMATUR_ARGON2_ITERATIONS", "1")
            .env("IMPRIMATUR_SHUTDOWN_DEADLINE", "2s")
            .env("IMPRIMATUR_DRAIN", "0s")
            .envs(self.settings.iter().map(|(variable, value)| (variable, value)))
            .args(args);
        command
    }

    /// Runs a command on it to its end.
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        ran(&mut self.command(args))
    }

    /// Founds the organisation, or makes a new link.
    pub(crate) fn init(&self) -> Ran {
        self.init_with(&[])
    }

    /// The same with more flags.
    pub(crate) fn init_with(&self, more: &[&str]) -> Ran {
        let founding = [
            "init",
            "--organisation",
            "Academy of Tests",
            "--short",
            "AT",
            "--time-zone",
            "America/Chicago",
            "--administrator",
            "ada@academy.example",
            "--name",
            "Ada Fell",
        ];
        self.run(&[&founding[..], more].concat())
    }

    /// An access token of somebody.
    #[track_caller]
    pub(crate) fn token(&self, key: &str) -> String {
        self.run(&["token", &format!("{key}@academy.example")]).ok().trim().to_owned()
    }

    /// Serves it.
    #[track_caller]
    pub(crate) fn serve(&self) -> Server {
        self.serve_with(&[])
    }

    /// Serves it with more flags.
    #[track_caller]
    pub(crate) fn serve_with(&self, more: &[&str]) -> Server {
        self.serve_by(|command| {
            command.args(more);
        })
    }

    /// Serves it by a command that was changed.
    #[track_caller]
    pub(crate) fn serve_by(&self, change: impl FnOnce(&mut Command)) -> Server {
        let log = self.folder().join("server.log");
        let mut command = self.command(&["serve"]);
        change(&mut command);
        command.stdout(Stdio::piped()).stderr(File::create(&log).expect("a log"));
        Server::start(&mut command, "Imprimatur serves at ")
            .unwrap_or_else(|out| panic!("it does not serve: {out}\n{}", fs::read_to_string(&log).unwrap_or_default()))
    }
}

impl Ran {
    /// What it printed, where all went well.
    #[track_caller]
    pub(crate) fn ok(self) -> String {
        assert_eq!(self.code, Some(0), "{}{}", self.out, self.err);
        self.out
    }

    /// It failed; gives what it said about that.
    #[track_caller]
    pub(crate) fn failed(self) -> String {
        assert_eq!(self.code, Some(1), "{}{}", self.out, self.err);
        format!("{}{}", self.out, self.err)
    }
}

/// What a process has in memory, in megabytes (`VmRSS` and `VmHWM` of Linux).
pub(crate) struct Memory {
    /// At this moment.
    pub(crate) now: u64,
    /// At any moment.
    pub(crate) most: u64,
}

impl Server {
    /// What it has in memory.
    pub(crate) fn memory(&self) -> Memory {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("its status");
        let read = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("a line");
            line.trim().trim_end_matches(" kB").parse::<u64>().expect("kilobytes") / 1000
        };
        Memory { now: read("VmRSS:"), most: read("VmHWM:") }
    }

    /// Starts a server and waits until it says where it is; gives what it printed instead where it ended.
    pub(crate) fn start(command: &mut Command, announcement: &'static str) -> Result<Self, String> {
        let mut child = command.stdin(Stdio::null()).spawn().expect("the program");
        let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let (said, hear) = mpsc::channel();
        // Reads on to the end, so that the program never waits for somebody who listens.
        thread::spawn(move || lines.map_while(Result::ok).for_each(|line| drop(said.send(line))));
        let mut out = String::new();
        let end = Instant::now() + PATIENCE;
        while let Ok(line) = hear.recv_timeout(end.saturating_duration_since(Instant::now())) {
            if let Some(url) = line.strip_prefix(announcement) {
                return Ok(Self { child, url: url.to_owned() });
            }
            out.push_str(&line);
        }
        let _it_may_have_ended = child.kill();
        let status = child.wait().expect("an end");
        Err(format!("{status} {out}"))
    }

    /// Sends it a signal, by name.
    #[track_caller]
    pub(crate) fn signal(&self, name: &str) {
        let told = Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status();
        assert!(told.expect("kill").success());
    }

    /// Host and port.
    pub(crate) fn host(&self) -> &str {
        self.url.strip_prefix("http://").expect("without TLS")
    }

    /// Ends it as a power cut would: no signal handler, no last words.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("an end");
    }

    /// Asks it to stop and waits; gives how it ended and how long that took.
    #[track_caller]
    #[expect(clippy::disallowed_methods, reason = "waits for another process")]
    pub(crate) fn stop(mut self) -> (ExitStatus, Duration) {
        let asked = Instant::now();
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(told.expect("kill").success());
        while asked.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().expect("a status") {
                return (status, asked.elapsed());
            }
            thread::sleep(Duration::from_millis(20));
        }
        panic!("it does not stop");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _it_may_have_ended = self.child.kill();
        let _it_may_have_ended = self.child.wait();
    }
}
