//! Sockets that are no address: files, and those that somebody else opened.

use std::{
    io::{Read as _, Write as _},
    os::unix::{fs::PermissionsExt as _, net::UnixStream},
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use tokio::time::sleep;

use crate::harness::{
    process::{Installation, Server},
    tool::tool,
};

fn asked(socket: &Path) -> Option<String> {
    let mut line = UnixStream::connect(socket).ok()?;
    line.write_all(b"GET /readyz HTTP/1.1\r\nHost: it\r\nConnection: close\r\n\r\n").ok()?;
    let mut text = String::new();
    line.read_to_string(&mut text).ok()?;
    Some(text)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unix_socket_has_its_mode_and_survives_a_killed_server() {
    let installation = Installation::founded(&[]).await;
    let socket = installation.folder().join("http.sock");
    let place = format!("unix:{}", socket.display());
    let start = |place: &str| {
        let mut command = installation.command(&["serve", "--listen", place]);
        Server::start(command.stdout(Stdio::piped()).stderr(Stdio::null()), "Imprimatur serves at ")
    };
    let server = start(&place).unwrap();
    assert!(asked(&socket).unwrap().starts_with("HTTP/1.1 200"));
    assert_eq!(socket.metadata().unwrap().permissions().mode() & 0o777, 0o660);
    server.kill();
    assert!(socket.exists(), "nobody cleared it away");
    let server = start(&format!("{place},mode=600")).unwrap();
    assert_eq!(socket.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert!(server.stop().0.success());
    assert!(!socket.exists());
    std::fs::write(&socket, "no socket").unwrap();
    assert!(start(&place).is_err(), "a file of another kind is not taken away");
    assert!(socket.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_socket_that_somebody_else_opened_is_taken_over() {
    let installation = Installation::founded(&[]).await;
    let Some(activate) = tool("systemd-socket-activate") else { return };
    let socket = installation.folder().join("handed.sock");
    let program = installation.command(&["serve"]);
    let mut command = Command::new(activate);
    command.arg(format!("--listen={}", socket.display()));
    for (name, value) in program.get_envs() {
        command.arg(format!("--setenv={}={}", name.to_str().unwrap(), value.unwrap().to_str().unwrap()));
    }
    command.arg(program.get_program()).args(program.get_args()).current_dir(installation.folder());
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let begun = Instant::now();
    let answer = loop {
        if let Some(text) = asked(&socket).filter(|text| text.starts_with("HTTP/1.1 200")) {
            break text;
        }
        assert!(begun.elapsed() < Duration::from_secs(40), "nobody answers");
        sleep(Duration::from_millis(100)).await;
    };
    assert!(answer.contains("\"ready\":true"), "{answer}");
    child.kill().unwrap();
    child.wait().unwrap();
}
