//! `health`: whether the server that these settings start answers, for whoever looks after it.

use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use serde_json::Value;

use super::Settings;
use crate::http::ask::ask;

/// How the running server is asked.
#[derive(Debug, Args)]
pub(super) struct Health {
    /// Fail also where it lives and wants no requests now
    #[arg(long)]
    ready: bool,
    #[command(flatten)]
    settings: Settings,
}

pub(super) async fn run(health: &Health) -> anyhow::Result<ExitCode> {
    let listen = &health.settings.load()?.config.listen;
    let lives = ask(listen, "/healthz").await.with_context(|| format!("nothing answers at {listen}"))?;
    anyhow::ensure!(lives.status.is_success(), "{listen} answers {}", lives.status);
    let ready = ask(listen, "/readyz").await.with_context(|| format!("{listen} does not say whether it is ready"))?;
    if ready.status.is_success() {
        println!("{listen} lives and is ready.");
        return Ok(ExitCode::SUCCESS);
    }
    println!("{listen} lives and is not ready: {}", faults(&ready.body));
    Ok(if health.ready { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What the server says is wrong.
fn faults(body: &[u8]) -> String {
    let said: Value = serde_json::from_slice(body).unwrap_or_default();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let stopping = (said.get("stopping") == Some(&Value::Bool(true))).then(|| "it stops".to_owned());
    let checks = said.get("checks").and_then(Value::as_array).into_iter().flatten();
    let wrong =
        checks.filter_map(|check| Some(format!("{}: {}", text(check.get("name")?)?, text(check.get("fault")?)?)));
    stopping.into_iter().chain(wrong).collect::<Vec<_>>().join("; ")
}
