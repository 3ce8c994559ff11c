//! `workflow …`: every fault of every file, for people or for programs, and definitions written out.

mod write;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Subcommand, ValueEnum};
use serde::Serialize;

use crate::{
    app::credit_types,
    credit::CreditTypes,
    workflow::{Checked, Fault, Limits, Proven, Severity, prove},
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
        /// Most configurations looked at to prove one; 250000 when absent
        #[arg(long)]
        configurations: Option<usize>,
        /// The files
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Draw a definition: states, who leads where and when
    Diagram {
        /// How it is written
        #[arg(long, value_enum, default_value_t = write::Drawing::Svg)]
        format: write::Drawing,
        #[command(flatten)]
        source: write::Source,
    },
    /// Write a definition as a statechart that other engines run
    Export {
        /// For which engine
        #[arg(long, value_enum)]
        format: write::Chart,
        #[command(flatten)]
        source: write::Source,
    },
    /// Print the JSON Schema of definition files, with which an editor completes keys
    Schema,
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
    /// Of a sound one.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    proven: Option<Proven>,
}

pub(super) fn run(workflow: &Workflow) -> anyhow::Result<ExitCode> {
    match workflow {
        Workflow::Check { format, workflows, configurations, files } => {
            return check_all(*format, workflows.as_deref(), *configurations, files);
        }
        Workflow::Diagram { format, source } => write::diagram(*format, source)?,
        Workflow::Export { format, source } => write::export(*format, source)?,
        Workflow::Schema => write::print_schema()?,
    }
    Ok(ExitCode::SUCCESS)
}

fn check_all(
    format: Format,
    workflows: Option<&Path>,
    configurations: Option<usize>,
    files: &[PathBuf],
) -> anyhow::Result<ExitCode> {
    let credits = credit_types(workflows)?;
    let limits =
        configurations.map_or_else(Limits::default, |configurations| Limits { configurations, ..Limits::default() });
    let reports: Vec<Report> = files.iter().map(|file| check(file, &credits, limits)).collect();
    match (format, reports.as_slice()) {
        (Format::Json, [only]) => println!("{}", serde_json::to_string_pretty(only)?),
        (Format::Json, several) => println!("{}", serde_json::to_string_pretty(several)?),
        (Format::Text, several) => several.iter().for_each(print),
    }
    Ok(if reports.iter().all(|report| report.ok) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn check(file: &Path, credits: &CreditTypes, limits: Limits) -> Report {
    let name = file.display().to_string();
    let checked = match std::fs::read_to_string(file) {
        Ok(source) => prove(&source, credits, limits),
        Err(error) => Err(vec![unreadable(&error)]),
    };
    match checked {
        Ok(Checked { definition, faults, proven }) => {
            Report { file: name, ok: true, hash: Some(definition.hash), faults, proven: Some(proven) }
        }
        Err(faults) => Report { file: name, ok: false, hash: None, faults, proven: None },
    }
}

fn unreadable(error: &std::io::Error) -> Fault {
    Fault {
        rule: "format".to_owned(),
        severity: Severity::Error,
        line: 1,
        column: 1,
        message: format!("this file cannot be read: {error}"),
        counterexample: Vec::new(),
    }
}

fn print(report: &Report) {
    for fault in &report.faults {
        println!("{}", described(&report.file, fault));
        fault.counterexample.iter().for_each(|step| println!("    {step}"));
    }
    match (&report.hash, &report.proven) {
        (Some(hash), Some(proven)) => {
            println!("{}: proved, version {}", report.file, hash.get(..12).unwrap_or(hash));
            println!("{proven}");
        }
        _ => println!("{}: refused", report.file),
    }
}

/// A line, as compilers print them.
pub(super) fn described(file: &str, fault: &Fault) -> String {
    let severity = match fault.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    format!("{file}:{}:{}: {severity} [{}] {}", fault.line, fault.column, fault.rule, fault.message)
}
