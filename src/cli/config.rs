//! `config show`: every setting, its value, and where it came from.

use std::process::ExitCode;

use super::Settings;

pub(super) fn show(settings: &Settings) -> anyhow::Result<ExitCode> {
    for value in settings.load()?.values {
        println!("{value}");
    }
    Ok(ExitCode::SUCCESS)
}
