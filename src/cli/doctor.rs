//! `doctor`: whether everything stored agrees with itself. Changes nothing; works beside a running server.

use std::process::ExitCode;

use anyhow::Context as _;

use super::Settings;
use crate::{
    app::{address, credit_types, definitions},
    blob::Blobs,
    store::{Store, integrity},
    workflow::{Definition, load},
};

pub(super) async fn run(settings: &Settings) -> anyhow::Result<ExitCode> {
    let config = settings.load()?.config;
    let store = Store::inspect(&address(&config)?).await.context("opening the database")?;
    let mut wrong = 0;
    let mut say = |sound: bool, what: String| {
        println!("{} {what}", if sound { "ok     " } else { "WRONG  " });
        wrong += usize::from(!sound);
    };
    let current = store.is_current().await?;
    say(current, "the database fits this version of the program".to_owned());
    let credits = credit_types(config.workflows.as_deref())?;
    for (file, source) in definitions(config.workflows.as_deref())? {
        match load(&source, &credits) {
            Ok((definition, _)) if current => {
                say(true, format!("workflow {file} is sound{}", beside(&store, &definition).await?));
            }
            Ok(_) => say(true, format!("workflow {file} is sound")),
            Err(faults) => {
                say(false, format!("workflow {file} is refused; the last good version stays current"));
                for fault in &faults {
                    println!("         {}:{} {}", fault.line, fault.column, fault.message);
                }
            }
        }
    }
    if current {
        let view = store.view().await?;
        let findings = integrity::findings(&view).await?;
        say(findings.is_empty(), "events, states, ledger and references agree".to_owned());
        for finding in &findings {
            println!("         {} {}: {}", finding.code, finding.subject, finding.message);
        }
        let failed = view.failed_jobs(100).await?;
        say(failed.is_empty(), format!("{} job(s) were given up", failed.len()));
        for job in &failed {
            println!("         {} {}: {}", job.kind, job.id, job.error.as_deref().unwrap_or_default());
        }
        drop(view);
        let missing = missing_documents(&store, &Blobs::at(&config.blobs)?).await?;
        say(missing.is_empty(), "every document has its bytes".to_owned());
        for key in &missing {
            println!("         {key} is missing");
        }
    }
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What there is to say where the version of the file is not the active one.
async fn beside(store: &Store, definition: &Definition) -> anyhow::Result<&'static str> {
    let active = store.view().await?.current_definition(&definition.workflow).await?;
    Ok(match active {
        Some(active) if active.hash == definition.hash => "",
        Some(_) => "; what counts is another version, which was activated",
        None => "; no version of it is in force, see the page Workflows",
    })
}

/// Keys of documents that are referred to and whose bytes are not there.
async fn missing_documents(store: &Store, blobs: &Blobs) -> anyhow::Result<Vec<String>> {
    let mut missing = Vec::new();
    let mut after = None;
    loop {
        let keys = store.view().await?.document_keys(after.as_deref(), 500).await?;
        let Some(last) = keys.last().cloned() else { return Ok(missing) };
        for key in keys {
            if blobs.open(key.parse()?, None).await.is_err() {
                missing.push(key);
            }
        }
        after = Some(last);
    }
}
