//! The proxies of `packaging/`: the examples as they stand, but for addresses, ports and the certificate.

use std::{
    fs,
    net::{SocketAddr, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use reqwest::{Certificate, ClientBuilder};
use tempfile::TempDir;

use super::{process::free_port, tool::tool};

/// Where people reach the server.
pub(crate) const PUBLIC: &str = "https://credit.example.org";

/// A running proxy; ended when dropped.
pub(crate) struct Proxy {
    child: Child,
    folder: TempDir,
    /// Where it takes TLS.
    tls: u16,
    /// Where it takes what is not encrypted.
    pub(crate) plain: u16,
}

impl Proxy {
    /// nginx in front of servers, such as `127.0.0.1:8080` or `unix:/run/http.sock`; none where it is not installed.
    pub(crate) fn nginx(servers: &[String]) -> Option<Self> {
        let mut proxy = Installed::at("nginx")?;
        let line = "server 127.0.0.1:8080 max_fails=1 fail_timeout=2s;";
        let lines: Vec<String> = servers.iter().map(|server| line.replace("127.0.0.1:8080", server)).collect();
        let site = replaced(&example("nginx/imprimatur.conf"), line, &lines.join("\n"));
        let site = replaced(&site, "listen 80;", &format!("listen 127.0.0.1:{};", proxy.plain));
        let site = replaced(&site, "listen 443 ssl", &format!("listen 127.0.0.1:{} ssl", proxy.tls));
        let site = replaced(&site, "/etc/ssl/imprimatur/", &format!("{}/", proxy.path()));
        let folder = proxy.path().to_owned();
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|name| format!("{name}_temp_path {folder}/{name};\n"));
        let temporary = temporary.concat();
        // A directory of one's own is closed to the user that workers run as otherwise.
        let main = format!(
            "user root;\ndaemon off;\npid {folder}/pid;\nerror_log {folder}/error.log info;\nevents {{}}\n\
             http {{\naccess_log {folder}/access.log;\n{temporary}include {folder}/site.conf;\n}}\n"
        );
        proxy.write("site.conf", &site);
        proxy.write("nginx.conf", &main);
        proxy.command.args(["-c", &format!("{folder}/nginx.conf"), "-e", &format!("{folder}/error.log")]);
        Some(proxy.started())
    }

    /// Caddy in front of servers; none where it is not installed.
    pub(crate) fn caddy(servers: &[String]) -> Option<Self> {
        let mut proxy = Installed::at("caddy")?;
        let folder = proxy.path().to_owned();
        let site = replaced(
            &example("caddy/Caddyfile"),
            "reverse_proxy 127.0.0.1:8080 {",
            &format!("reverse_proxy {} {{", servers.join(" ")),
        );
        let certificate = format!("tls {folder}/fullchain.pem {folder}/privkey.pem\n");
        let site = replaced(&site, "credit.example.org {", &format!("credit.example.org {{\n{certificate}"));
        let (plain, tls) = (proxy.plain, proxy.tls);
        let global = format!(
            "{{\nadmin off\nhttp_port {plain}\nhttps_port {tls}\ndefault_bind 127.0.0.1\nskip_install_trust\n}}\n"
        );
        proxy.write("Caddyfile", &format!("{global}{site}"));
        proxy.command.args(["run", "--adapter", "caddyfile", "--config", &format!("{folder}/Caddyfile")]);
        proxy.command.env("HOME", &folder);
        Some(proxy.started())
    }

    /// A client that knows the name and the certificate.
    pub(crate) fn client(&self) -> ClientBuilder {
        let certificate = fs::read(self.folder.path().join("fullchain.pem")).unwrap();
        reqwest::Client::builder()
            .resolve("credit.example.org", SocketAddr::from(([127, 0, 0, 1], self.tls)))
            .tls_certs_only([Certificate::from_pem(&certificate).unwrap()])
    }

    /// What it has written about its work.
    pub(crate) fn log(&self) -> String {
        let read = |name: &str| fs::read_to_string(self.folder.path().join(name)).unwrap_or_default();
        format!("{}{}", read("error.log"), read("out.log"))
    }
}

/// A proxy that is being set up.
struct Installed {
    command: Command,
    folder: TempDir,
    plain: u16,
    tls: u16,
}

impl Installed {
    fn at(name: &str) -> Option<Self> {
        let (program, openssl) = (tool(name)?, tool("openssl")?);
        let folder = tempfile::tempdir().unwrap();
        let made = Command::new(openssl)
            .current_dir(folder.path())
            .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"])
            .args(["-subj", "/CN=credit.example.org", "-addext", "subjectAltName=DNS:credit.example.org"])
            .args(["-addext", "basicConstraints=critical,CA:FALSE", "-keyout", "privkey.pem", "-out", "fullchain.pem"])
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        Some(Self { command: Command::new(program), folder, plain: free_port(), tls: free_port() })
    }

    fn path(&self) -> &str {
        self.folder.path().to_str().unwrap()
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join(name), text).unwrap();
    }

    /// Starts it and waits until it takes connections.
    #[expect(clippy::disallowed_methods, reason = "waits for another process")]
    fn started(mut self) -> Proxy {
        let log = fs::File::create(self.folder.path().join("out.log")).unwrap();
        self.command.current_dir(self.folder.path()).stdin(Stdio::null());
        let child = self.command.stdout(log.try_clone().unwrap()).stderr(log).spawn().unwrap();
        let mut proxy = Proxy { child, folder: self.folder, tls: self.tls, plain: self.plain };
        let end = Instant::now() + Duration::from_secs(30);
        while TcpStream::connect(("127.0.0.1", proxy.tls)).is_err() {
            assert!(Instant::now() < end && proxy.child.try_wait().unwrap().is_none(), "{}", proxy.log());
            std::thread::sleep(Duration::from_millis(20));
        }
        proxy
    }
}

impl Drop for Proxy {
    #[expect(clippy::disallowed_methods, reason = "waits for another process")]
    fn drop(&mut self) {
        // It ends its workers itself, which a kill would leave behind; but it may wait for who is connected.
        let _it_may_have_ended = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        for _ in 0..100 {
            if self.child.try_wait().is_ok_and(|status| status.is_some()) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _it_may_have_ended = self.child.kill();
        let _it_may_have_ended = self.child.wait();
    }
}

/// A text with something else in it, which has to be there.
#[track_caller]
fn replaced(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "'{from}' is not in the example");
    text.replace(from, to)
}

fn example(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging").join(name)).unwrap()
}
