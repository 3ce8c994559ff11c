//! `workflow diagram`, `workflow export`, `workflow schema`: a definition for eyes and for other programs.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::described;
use crate::{
    app::credit_types,
    workflow::{
        Definition,
        diagram::{Picture, Sheet},
        export, load, schema,
    },
};

/// A definition to write out, and where its credit types are.
#[derive(Debug, Args)]
pub(in crate::cli) struct Source {
    /// Directory with `credits/`; the credit types of this program when absent
    #[arg(long)]
    workflows: Option<PathBuf>,
    /// The file
    file: PathBuf,
}

/// How a drawing is written.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum Drawing {
    /// A picture for any browser
    Svg,
    /// Text for Mermaid, as many wikis draw it
    Mermaid,
    /// Text for Graphviz
    Dot,
}

/// A statechart for other engines.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum Chart {
    /// The configuration of an `XState` 5 machine, in JSON
    Xstate,
    /// SCXML of the W3C
    Scxml,
}

pub(super) fn diagram(format: Drawing, source: &Source) -> anyhow::Result<()> {
    let picture = Picture::of(&source.read()?);
    match format {
        Drawing::Svg => print!("{}", picture.svg(Sheet::File, None)),
        Drawing::Mermaid => print!("{}", picture.mermaid()),
        Drawing::Dot => print!("{}", picture.dot()),
    }
    Ok(())
}

pub(super) fn export(format: Chart, source: &Source) -> anyhow::Result<()> {
    let definition = source.read()?;
    match format {
        Chart::Xstate => println!("{}", serde_json::to_string_pretty(&export::xstate(&definition))?),
        Chart::Scxml => print!("{}", export::scxml(&definition)),
    }
    Ok(())
}

pub(super) fn print_schema() -> anyhow::Result<()> {
    println!("{}", serde_json::to_string_pretty(&schema())?);
    Ok(())
}

impl Source {
    fn read(&self) -> anyhow::Result<Definition> {
        let credits = credit_types(self.workflows.as_deref())?;
        let name = Path::display(&self.file).to_string();
        let source =
            std::fs::read_to_string(&self.file).map_err(|error| anyhow::anyhow!("{name} cannot be read: {error}"))?;
        let read = load(&source, &credits);
        read.map(|(definition, _)| definition).map_err(|faults| {
            let lines: Vec<String> = faults.iter().map(|fault| described(&name, fault)).collect();
            anyhow::anyhow!("this definition is not sound:\n{}", lines.join("\n"))
        })
    }
}
