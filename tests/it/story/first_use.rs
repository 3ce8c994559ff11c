//! The first use of a real installation, as the README prints it: the commands are read from there.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use reqwest::redirect::Policy;

use crate::harness::process::{Installation, Server, free_port};

/// The commands of the README's section, as they are printed.
fn commands() -> Vec<String> {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let (_, section) = readme.split_once("## A real installation\n").expect("the section");
    let block = section.split("```sh\n").nth(1).and_then(|rest| rest.split("```").next()).expect("its commands");
    block.replace("\\\n", "").lines().map(str::to_owned).collect()
}

/// As typed: in the directory of the installation, with the program found as an installed one is. Only the address to
/// listen on and the database of the test are in the environment, for the usual port may be taken.
fn typed(installation: &Installation, command: &str, port: u16) -> Command {
    let program = Path::new(env!("CARGO_BIN_EXE_imprimatur")).parent().unwrap();
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("exec {command}")]).current_dir(installation.folder()).env_clear();
    shell.env("PATH", format!("{}:/usr/bin:/bin", program.display()));
    shell.env("IMPRIMATUR_LISTEN", format!("127.0.0.1:{port}")).stdin(Stdio::null());
    if !installation.is_sqlite() {
        shell.env("IMPRIMATUR_DATABASE", installation.address());
    }
    shell
}

/// The program was built by the tests, so the command that builds it is only compared.
///
/// Seen to fail: without `--public-url` in the README's command, where the link leads to this machine.
#[tokio::test(flavor = "multi_thread")]
async fn the_readme_leads_to_an_administrator_who_is_signed_in() {
    let commands = commands();
    let [build, init, serve] = &commands[..] else { panic!("three commands: {commands:?}") };
    assert_eq!(build, "cargo install --locked --path .");
    let (installation, port) = (Installation::empty().await, free_port());

    let printed = typed(&installation, init, port).output().unwrap();
    let printed = String::from_utf8(printed.stdout).unwrap() + &String::from_utf8(printed.stderr).unwrap();
    let link =
        printed.split_whitespace().find(|word| word.contains("/welcome/")).unwrap_or_else(|| panic!("{printed}"));
    assert!(link.starts_with("https://credit.example.org/welcome/"), "{printed}");

    let mut command = typed(&installation, serve, port);
    let server = Server::start(command.stdout(Stdio::piped()), "Imprimatur serves at ").unwrap();
    assert_eq!(server.url, "https://credit.example.org");
    let here = format!("http://127.0.0.1:{port}");
    // What a proxy does: the browser's address ends here.
    let person = reqwest::Client::builder().redirect(Policy::none()).build().unwrap();
    let link = link.replacen(&server.url, &here, 1);
    let welcome = person.get(&link).send().await.unwrap();
    assert_eq!(welcome.status(), 200);
    assert!(welcome.text().await.unwrap().contains("State Academy of Family Medicine"));
    let password = "password=plenty+of+herons+by+the+weir";
    let form = |address: String, body: String| {
        let request = person.post(address).header("origin", &server.url);
        request.header("content-type", "application/x-www-form-urlencoded").body(body).send()
    };
    let accepted = form(link, password.to_owned()).await.unwrap();
    assert_eq!(accepted.status(), 303, "{}", accepted.text().await.unwrap());
    let entered = form(format!("{here}/sign-in"), format!("email=office%40example.org&{password}")).await.unwrap();
    assert_eq!(entered.status(), 303);
    let cookie = entered.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let home = person.get(format!("{here}/")).header("cookie", cookie).send().await.unwrap();
    assert!(home.text().await.unwrap().contains("Ruth Lindqvist"));
}
