//! `person`: somebody who wants to be forgotten, or to have a copy of what is kept, beside a running server.

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::{Settings, plain};
use crate::{
    app::App,
    domain::Depth,
    usecase::erasure::{self, Decider, Statement, Told},
};

#[derive(Debug, Subcommand)]
pub(super) enum Person {
    /// Erase somebody: says what went, what stays and why. What they decided and were credited with stays on record
    Erase(Erase),
    /// Print a copy of all that is kept about somebody, as JSON
    Export(Export),
}

#[derive(Debug, Args)]
pub(super) struct Erase {
    /// Whom: the e-mail address, or the id
    person: String,
    /// Why; the log keeps it
    #[arg(long, required_unless_present = "dry_run")]
    reason: Option<String>,
    /// Only say what would go and what would stay
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, Args)]
pub(super) struct Export {
    /// Whose: the e-mail address, or the id
    person: String,
    #[command(flatten)]
    settings: Settings,
}

pub(super) async fn run(person: &Person) -> anyhow::Result<ExitCode> {
    match person {
        Person::Erase(wanted) => erase(wanted).await,
        Person::Export(wanted) => {
            let copy = async |app: &App| {
                let person = erasure::find(&app.context, &wanted.person).await.map_err(plain)?;
                erasure::copy(&app.context, Decider::Operator, person.id).await.map_err(plain)
            };
            println!("{}", serde_json::to_string_pretty(&wanted.settings.beside(copy).await?)?);
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn erase(wanted: &Erase) -> anyhow::Result<ExitCode> {
    let operator = Decider::Operator;
    let told = match &wanted.reason {
        Some(reason) if !wanted.dry_run => {
            let erase = async |app: &App| {
                let person = erasure::find(&app.context, &wanted.person).await.map_err(plain)?;
                erasure::erase(&app.context, operator, person.id, reason).await.map_err(plain)
            };
            wanted.settings.mending(erase).await?
        }
        _ => {
            let tell = async |app: &App| {
                let person = erasure::find(&app.context, &wanted.person).await.map_err(plain)?;
                erasure::tell(&app.context, operator, person.id).await.map_err(plain)
            };
            wanted.settings.beside(tell).await?
        }
    };
    print(&told);
    Ok(if told.obstacles.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn print(told: &Told) {
    let Statement { person, depth, at, reason, erased, kept, kept_until, backups_until, .. } = &told.statement;
    let called = &told.called;
    let (head, goes) =
        if told.done { ("was erased", "What was erased:") } else { ("would be erased", "What would be erased:") };
    println!("Person {person} {head}; from then on they are called '{called}'.");
    if told.done {
        println!("At {at}, because: {reason}");
    }
    println!("\n{goes}");
    for part in erased {
        println!("  {} ({})", part.what, part.count);
    }
    println!("\nWhat stays, and why:");
    for part in kept {
        let count = if part.count == 0 { String::new() } else { format!(" ({})", part.count) };
        println!("  {}{count}: {}", part.what, part.why);
    }
    println!();
    match (depth, kept_until) {
        (Depth::Anonymised, _) => println!("Nothing that stays says who it was."),
        (Depth::Restricted, Some(until)) => println!("The name that stays goes on {until} (keep_records)."),
        (Depth::Restricted, None) => println!("The name stays for ever (keep_records)."),
    }
    match backups_until {
        Some(until) => println!("Backups made before may have it until {until} (keep_backups)."),
        None => println!("Backups made before have it for as long as they are kept."),
    }
    for obstacle in &told.obstacles {
        println!("\nNot yet: {obstacle}");
    }
}
