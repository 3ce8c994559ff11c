//! `requirement …`: every fault of every file, and how people stand with them, for people or for programs.

mod standing;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context as _;
use clap::{Subcommand, ValueEnum};
use serde::Serialize;

use super::workflow::described;
use crate::{
    app::{requirement_catalogue, requirements},
    requirement::{Book, Catalogue, Requirement, cases, evaluate, load, together},
    workflow::{Fault, Severity},
};

#[derive(Debug, Subcommand)]
pub(super) enum RequirementCommand {
    /// Check requirement files and name every fault with its line and column; ends with 1 where one has errors
    ///
    /// Facts and topics are read from `facts.yaml` and `topics.yaml` beside the first file, or are those of this program.
    Check {
        /// How the result is printed
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// The files
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Say how the people of some cases stand, rule by rule, with the reasons
    Evaluate {
        /// Directory of requirement files; those of this program when absent
        #[arg(long)]
        rules: Option<PathBuf>,
        /// How the result is printed
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// Files of cases
        #[arg(required = true)]
        cases: Vec<PathBuf>,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Format {
    /// Sentences
    Text,
    /// One object, or a list of them
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

pub(super) fn run(command: &RequirementCommand) -> anyhow::Result<ExitCode> {
    match command {
        RequirementCommand::Check { format, files } => check(*format, files),
        RequirementCommand::Evaluate { rules, format, cases } => evaluate_all(rules.as_deref(), *format, cases),
    }
}

fn check(format: Format, files: &[PathBuf]) -> anyhow::Result<ExitCode> {
    let beside = files
        .first()
        .and_then(|file| file.parent())
        .map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    let catalogue = requirement_catalogue(beside)?;
    let mut sound: Vec<(usize, Requirement)> = Vec::new();
    let mut reports: Vec<Report> = Vec::new();
    for file in files {
        let loaded = match std::fs::read_to_string(file) {
            Ok(source) => load(&source, &catalogue),
            Err(error) => Err(vec![told("format", format!("this file cannot be read: {error}"))]),
        };
        let file = file.display().to_string();
        reports.push(match loaded {
            Ok((requirement, faults)) => {
                let hash = Some(requirement.hash.clone());
                sound.push((reports.len(), requirement));
                Report { file, ok: true, hash, faults }
            }
            Err(faults) => Report { file, ok: false, hash: None, faults },
        });
    }
    let alone: Vec<&Requirement> = sound.iter().map(|(_, requirement)| requirement).collect();
    for (number, message) in together(&alone) {
        if let Some(report) = sound.get(number).and_then(|(place, _)| reports.get_mut(*place)) {
            report.ok = false;
            report.hash = None;
            report.faults.push(told("effective", message));
        }
    }
    match (format, reports.as_slice()) {
        (Format::Json, [only]) => println!("{}", serde_json::to_string_pretty(only)?),
        (Format::Json, several) => println!("{}", serde_json::to_string_pretty(several)?),
        (Format::Text, several) => several.iter().for_each(print),
    }
    Ok(if reports.iter().all(|report| report.ok) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A fault of the file as a whole.
fn told(rule: &str, message: String) -> Fault {
    Fault { rule: rule.to_owned(), severity: Severity::Error, line: 1, column: 1, message, counterexample: Vec::new() }
}

fn print(report: &Report) {
    for fault in &report.faults {
        println!("{}", described(&report.file, fault));
    }
    match &report.hash {
        Some(hash) => println!("{}: sound, version {}", report.file, hash.get(..12).unwrap_or(hash)),
        None => println!("{}: refused", report.file),
    }
}

fn all_of(rules: Option<&Path>, catalogue: &Catalogue) -> anyhow::Result<BTreeMap<String, Requirement>> {
    let mut found = BTreeMap::new();
    for (name, text) in requirements(rules)? {
        let (requirement, _) = load(&text, catalogue).map_err(|faults| refused(&name, &faults))?;
        found.insert(requirement.id.clone(), requirement);
    }
    Ok(found)
}

fn refused(name: &str, faults: &[Fault]) -> anyhow::Error {
    let lines: Vec<String> = faults.iter().map(|fault| described(name, fault)).collect();
    anyhow::anyhow!("{}", lines.join("\n"))
}

fn evaluate_all(rules: Option<&Path>, format: Format, files: &[PathBuf]) -> anyhow::Result<ExitCode> {
    let catalogue = requirement_catalogue(rules)?;
    let known = all_of(rules, &catalogue)?;
    let mut answers = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
        let found = cases(&text, &catalogue).map_err(|faults| refused(&file.display().to_string(), &faults))?;
        for case in found {
            let requirement = known
                .get(&case.requirement)
                .with_context(|| format!("{}: there is no requirement '{}'", case.id, case.requirement))?;
            let book = Book::of(&case.credits);
            let evaluation = evaluate(requirement, &case.credential, &case.facts, &book, case.as_of);
            match format {
                Format::Text => standing::print(&case.id, &evaluation),
                Format::Json => answers.push(standing::answer(&case.id, &evaluation)),
            }
        }
    }
    if let Format::Json = format {
        println!("{}", serde_json::to_string_pretty(&answers)?);
    }
    Ok(ExitCode::SUCCESS)
}
