//! `workflow check`: every fault of every file, for people or for programs.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Subcommand, ValueEnum};
use serde::Serialize;

use crate::{
    app::credit_types,
    credit::CreditTypes,
    workflow::{Fault, Severity, load},
};

#[derive(Debug, Subcommand)]
pub(super) enum Workflow {
    /// Check definitions and name every fault with its line and column; ends with 1 where one has errors
    Check {
        /// How the result is printed
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// Directory with `credits/`; the credit types of this program when absent
        #[arg(long)]
        workflows: Option<PathBuf>,
        /// The files
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Format {
    /// A line a fault, as compilers print them
    Text,
    /// One object, or a list of them for several files
    Json,
}

/// What was found in one file.
#[derive(Debug, Serialize)]
struct Report {
    file: String,
    ok: bool,
    hash: Option<String>,
    faults: Vec<Fault>,
}

pub(super) fn run(Workflow::Check { format, workflows, files }: &Workflow) -> anyhow::Result<ExitCode> {
    let credits = credit_types(workflows.as_deref())?;
    let reports: Vec<Report> = files.iter().map(|file| check(file, &credits)).collect();
    match (format, reports.as_slice()) {
        (Format::Json, [only]) => println!("{}", serde_json::to_string_pretty(only)?),
        (Format::Json, several) => println!("{}", serde_json::to_string_pretty(several)?),
        (Format::Text, several) => several.iter().for_each(print),
    }
    Ok(if reports.iter().all(|report| report.ok) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn check(file: &Path, credits: &CreditTypes) -> Report {
    let name = file.display().to_string();
    let checked = match std::fs::read_to_string(file) {
        Ok(source) => load(&source, credits),
        Err(error) => Err(vec![unreadable(&error)]),
    };
    match checked {
        Ok((definition, faults)) => Report { file: name, ok: true, hash: Some(definition.hash), faults },
        Err(faults) => Report { file: name, ok: false, hash: None, faults },
    }
}

fn unreadable(error: &std::io::Error) -> Fault {
    Fault {
        rule: "format".to_owned(),
        severity: Severity::Error,
        line: 1,
        column: 1,
        message: format!("this file cannot be read: {error}"),
    }
}

fn print(report: &Report) {
    for fault in &report.faults {
        let severity = match fault.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        println!("{}:{}:{}: {severity} [{}] {}", report.file, fault.line, fault.column, fault.rule, fault.message);
    }
    match &report.hash {
        Some(hash) => println!("{}: sound, version {}", report.file, hash.get(..12).unwrap_or(hash)),
        None => println!("{}: refused", report.file),
    }
}
