//! The units of systemd: sound, closed, and served by sockets that systemd holds.

use std::{
    fs,
    os::unix::net::UnixDatagram,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::harness::{
    process::{Installation, Server, free_port},
    tool::tool,
};

/// The units as they would be installed, with the program where the tests have it.
fn units() -> (TempDir, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let mut names = Vec::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging/systemd")).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let text = fs::read_to_string(entry.path()).unwrap();
        fs::write(folder.path().join(&name), text.replace("/usr/bin/imprimatur", env!("CARGO_BIN_EXE_imprimatur")))
            .unwrap();
        names.push(name);
    }
    names.retain(|name| Path::new(name).extension().is_some_and(|ending| ending != "conf"));
    assert!(names.len() >= 4, "{names:?}");
    (folder, names)
}

/// Seen to fail: with `Typo=notify` ("Unknown key 'Typo' in section [Service], ignoring", after which it ends well), and
/// with a program that is not there.
#[test]
fn the_units_are_sound() {
    let Some(analyze) = tool("systemd-analyze") else { return };
    let (folder, names) = units();
    let ran =
        Command::new(analyze).args(["verify", "--man=no"]).args(&names).current_dir(folder.path()).output().unwrap();
    let said = String::from_utf8_lossy(&ran.stderr).into_owned() + &String::from_utf8_lossy(&ran.stdout);
    let ours: Vec<&str> = said.lines().filter(|line| line.contains("imprimatur")).collect();
    assert!(ran.status.success() && ours.is_empty(), "{}: {said}", ran.status);
}

/// systemd counts from 0 (nothing can be reached) to 10; what is left at 1.2 is the network, which a server needs.
///
/// Seen to fail: without `SystemCallFilter` (2.8), and without `CapabilityBoundingSet` (3.0).
#[test]
fn the_services_can_reach_little() {
    let Some(analyze) = tool("systemd-analyze") else { return };
    let (folder, names) = units();
    for (name, most) in [("imprimatur.service", "13"), ("imprimatur-backup.service", "18")] {
        assert!(names.iter().any(|known| known == name), "{names:?}");
        let most = format!("--threshold={most}");
        let ran = Command::new(&analyze)
            .args(["security", "--offline=true", &most, name])
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert!(ran.status.success(), "{name}: {}", String::from_utf8_lossy(&ran.stdout));
    }
}

/// Listens where a service manager would be told how the server is.
struct Manager {
    socket: UnixDatagram,
    folder: TempDir,
}

impl Manager {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let socket = UnixDatagram::bind(folder.path().join("notify")).unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        Self { socket, folder }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("notify")
    }

    /// What is said until a line comes; that line included.
    #[track_caller]
    fn hears(&self, line: &str) {
        let mut said = String::new();
        let mut buffer = [0; 4096];
        while !said.lines().any(|known| known == line) {
            let length = self.socket.recv(&mut buffer).unwrap_or_else(|error| panic!("no {line} ({error}): {said}"));
            said.push_str(&String::from_utf8_lossy(&buffer[..length]));
            said.push('\n');
        }
    }
}

/// Before, a service of `Type=notify` never became active.
#[tokio::test(flavor = "multi_thread")]
async fn a_service_manager_is_told_when_it_is_ready_that_it_lives_and_that_it_stops() {
    let (installation, manager) = (Installation::founded(&[]).await, Manager::new());
    let mut command = installation.command(&["serve"]);
    command.env("NOTIFY_SOCKET", manager.path()).env("WATCHDOG_USEC", "1000000").stdout(Stdio::piped());
    let server = Server::start(&mut command, "Imprimatur serves at ").unwrap();
    manager.hears("READY=1");
    assert_eq!(reqwest::get(format!("{}/readyz", server.url)).await.unwrap().status(), 200);
    for _ in 0..3 {
        manager.hears("WATCHDOG=1");
    }
    let stopping = tokio::task::spawn_blocking(move || server.stop());
    manager.hears("STOPPING=1");
    assert!(stopping.await.unwrap().0.success());
}

/// Both kinds of sockets at once, opened by systemd and not by the settings; the first who comes starts the server.
///
/// Before, the server listened where the settings say, and who came to the socket of systemd waited in vain.
#[tokio::test(flavor = "multi_thread")]
async fn sockets_that_are_handed_over_are_served() {
    let Some(activate) = tool("systemd-socket-activate") else { return };
    let installation = Installation::founded(&[]).await;
    let (port, socket) = (free_port(), installation.folder().join("http.sock"));
    let serve = installation.command(&["serve"]);
    let mut command = Command::new(activate);
    command.arg(format!("--listen=127.0.0.1:{port}")).arg(format!("--listen={}", socket.display()));
    for (name, value) in serve.get_envs() {
        let (name, value) = (name.to_str().unwrap(), value.unwrap().to_str().unwrap());
        command.arg(format!("--setenv={name}={value}"));
    }
    let mut child = command.arg(serve.get_program()).args(serve.get_args()).stderr(Stdio::null()).spawn().unwrap();
    let over_socket = reqwest::Client::builder().unix_socket(socket.clone()).build().unwrap();
    let over_network = reqwest::Client::new();
    let start = Instant::now();
    while !socket.exists() {
        assert!(start.elapsed() < Duration::from_secs(20), "systemd does not listen");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let url = format!("http://127.0.0.1:{port}/healthz");
    for (client, url) in [(&over_network, url.as_str()), (&over_socket, "http://localhost/healthz")] {
        let answer = client.get(url).timeout(Duration::from_secs(30)).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{url}");
    }
    let stopped = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(stopped.success() && child.wait().unwrap().success());
}
