//! What a stranger types: each command by the program itself, as a process.

mod documented;
mod founding;
mod job;
mod kept_store;
mod person;
mod requirement;
mod serving;
mod settings;
mod workflow_check;
mod workflow_write;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::harness::process::{Installation, run};

/// Every command, as one types it.
fn commands() -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut open = vec![Vec::new()];
    while let Some(path) = open.pop() {
        let mut args: Vec<&str> = path.iter().map(String::as_str).collect();
        args.push("--help");
        let help = run(&args).ok();
        let below = help.split("\nCommands:\n").nth(1).map(|rest| rest.split("\n\n").next().unwrap_or_default());
        for line in below.unwrap_or_default().lines() {
            let (name, about) = line.trim().split_once("  ").unwrap_or_else(|| panic!("{path:?}: no words for {line}"));
            assert!(about.trim().len() > 10, "{path:?}: {line}");
            if name != "help" {
                open.push([path.clone(), vec![name.to_owned()]].concat());
            }
        }
        found.push(path);
    }
    found
}

#[test]
fn every_command_explains_itself() {
    let commands = commands();
    let names: Vec<String> = commands.iter().map(|path| path.join(" ")).collect();
    for name in [
        "demo",
        "serve",
        "init",
        "migrate",
        "doctor",
        "job retry",
        "job dismiss",
        "workflow check",
        "openapi",
        "token",
        "config show",
    ] {
        assert!(names.iter().any(|known| known == name), "{name} is not among {names:?}");
    }
    for path in commands.iter().filter(|path| !path.is_empty()) {
        let mut args: Vec<&str> = path.iter().map(String::as_str).collect();
        args.push("--help");
        let help = run(&args).ok();
        assert!(help.contains("Usage: imprimatur"), "{path:?}: {help}");
        assert!(!help.to_lowercase().contains("lorem") && !help.contains("TODO"), "{path:?}: {help}");
    }
}

#[test]
fn a_command_that_is_not_there_is_refused_with_what_is_there() {
    let ran = run(&["sevre"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("serve"), "{}", ran.err);
}

#[test]
fn openapi_prints_the_description_of_every_route() {
    let description: serde_json::Value = serde_json::from_str(&run(&["openapi"]).ok()).unwrap();
    assert!(description["openapi"].as_str().unwrap().starts_with("3.1"));
    let paths = description["paths"].as_object().unwrap();
    assert!(paths.contains_key("/api/v1/submissions/{reference}/offers"), "{:?}", paths.keys());
}

/// Programs that are made from the description call an operation by its id.
#[test]
fn no_two_operations_are_called_the_same() {
    let description: serde_json::Value = serde_json::from_str(&run(&["openapi"]).ok()).unwrap();
    let paths = description["paths"].as_object().unwrap().values();
    let operations = paths.flat_map(|methods| methods.as_object().unwrap().values());
    let mut ids: Vec<&str> = operations.map(|operation| operation["operationId"].as_str().expect("an id")).collect();
    assert!(ids.len() > 50, "{ids:?}");
    ids.sort_unstable();
    let twice: Vec<&[&str]> = ids.windows(2).filter(|two| two[0] == two[1]).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn init_prints_a_link_and_a_later_one_voids_it() {
    let installation = Installation::empty().await;
    let first = link(&installation.init().ok());
    let second = link(&installation.init().ok());
    assert_ne!(first, second);
    assert!(first.len() > "/welcome/".len() + 20, "{first}");
    let server = installation.serve();
    let used = reqwest::get(format!("{}{first}", server.url)).await.unwrap();
    assert_eq!(used.status(), 410);
}

#[tokio::test(flavor = "multi_thread")]
async fn init_names_what_is_wrong_and_leaves_nothing_behind() {
    let installation = Installation::empty().await;
    let wrong = installation.init_with(&["--time-zone", "Mars/Olympus"]);
    // The flag is given twice, which is a mistake of its own.
    assert_eq!(wrong.code, Some(2), "{}", wrong.err);
    let said = installation
        .run(&[
            "init",
            "--organisation",
            "X",
            "--short",
            "X",
            "--time-zone",
            "Mars/Olympus",
            "--administrator",
            "ada@academy.example",
            "--name",
            "Ada",
        ])
        .failed();
    assert!(said.contains("America/Chicago"), "{said}");
    let store = installation.store().await;
    assert_eq!(store.view().await.unwrap().organisation().await.unwrap(), None);
    store.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_link_sets_a_password_once_and_the_administrator_signs_in() {
    let installation = Installation::empty().await;
    let link = link(&installation.init().ok());
    let server = installation.serve();
    let browser = reqwest::Client::builder().cookie_store(true).build().unwrap();
    let welcome = || browser.post(format!("{}{link}", server.url));
    let shown = browser.get(format!("{}{link}", server.url)).send().await.unwrap();
    assert_eq!(shown.status(), 200);
    assert!(shown.text().await.unwrap().contains("Academy of Tests"));
    let weak = typed(welcome(), &[("password", "password")]).await;
    assert_eq!(weak.status(), 422);
    let accepted = typed(welcome(), &[("password", "plenty of herons by the weir")]).await;
    assert_eq!(accepted.status(), 200, "it leads to the first page");
    let signed_in = accepted.text().await.unwrap();
    assert!(signed_in.contains("Ada Fell"), "{signed_in}");

    let again = reqwest::Client::new().post(format!("{}{link}", server.url));
    let again = typed(again, &[("password", "another heron by the weir")]).await;
    assert_eq!(again.status(), 410);

    let other = reqwest::Client::builder().cookie_store(true).build().unwrap();
    let enter = [("email", "ada@academy.example"), ("password", "plenty of herons by the weir")];
    let entered = typed(other.post(format!("{}/sign-in", server.url)), &enter).await;
    assert_eq!(entered.status(), 200);
    assert!(entered.text().await.unwrap().contains("Ada Fell"));
    assert!(server.stop().0.success());

    let said = installation.init().failed();
    assert!(said.contains("is set up already"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_from_the_command_line_opens_the_api_of_a_running_server() {
    let installation = Installation::founded(&[("ana", &[], &[])]).await;
    // The server listens wherever it likes; the token is good there all the same.
    let server = installation.serve_with(&["--listen", "127.0.0.1:0"]);
    let mut command = installation.command(&["token", "ana@academy.example", "--listen", "127.0.0.1:9"]);
    let token = String::from_utf8(command.output().unwrap().stdout).unwrap();
    let me = reqwest::Client::new().get(format!("{}/api/v1/me", server.url)).bearer_auth(token.trim());
    let me: serde_json::Value = me.send().await.unwrap().error_for_status().unwrap().json().await.unwrap();
    assert_eq!(me["email"], "ana@academy.example");

    let nobody = installation.run(&["token", "nobody@academy.example"]).failed();
    assert!(nobody.contains("no such"), "{nobody}");
    let described = reqwest::get(format!("{}/api/openapi.json", server.url)).await.unwrap();
    let described: serde_json::Value = described.json().await.unwrap();
    let printed: serde_json::Value = serde_json::from_str(&run(&["openapi"]).ok()).unwrap();
    assert_eq!(described, printed);
}

/// Sends a form as a browser does.
async fn typed(request: reqwest::RequestBuilder, fields: &[(&str, &str)]) -> reqwest::Response {
    let encoded = |text| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let fields: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    request.body(fields.join("&")).send().await.unwrap()
}

/// The path of the link that `init` printed.
#[track_caller]
fn link(printed: &str) -> String {
    let (_, rest) = printed.split_once("/welcome/").unwrap_or_else(|| panic!("no link in {printed}"));
    format!("/welcome/{}", rest.split_whitespace().next().unwrap())
}
