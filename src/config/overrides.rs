//! Settings given as flags: one flag for each setting that is not a secret, and `--config FILE`.

use std::{collections::BTreeMap, path::PathBuf};

use clap::{Arg, ArgMatches, Args, Command, FromArgMatches};

use super::SETTINGS;

/// What the command line sets; `#[command(flatten)]` it into a subcommand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// The configuration file, where one is named.
    pub file: Option<PathBuf>,
    /// Values by setting key.
    pub values: BTreeMap<&'static str, String>,
}

impl Overrides {
    /// The same with one more value; an unknown key changes nothing.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        if let Some(setting) = SETTINGS.iter().find(|setting| setting.key == key) {
            self.values.insert(setting.key, value.into());
        }
        self
    }
}

impl FromArgMatches for Overrides {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let values = SETTINGS
            .iter()
            .filter(|setting| setting.flag().is_some())
            .filter_map(|setting| Some((setting.key, matches.get_one::<String>(setting.key)?.clone())))
            .collect();
        Ok(Self { file: matches.get_one::<PathBuf>("config").cloned(), values })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for Overrides {
    fn augment_args(command: Command) -> Command {
        let file = Arg::new("config")
            .long("config")
            .value_name("FILE")
            .value_parser(clap::value_parser!(PathBuf))
            .help("Settings file; imprimatur.toml in the data directory when absent [env: IMPRIMATUR_CONFIG]");
        let flags = SETTINGS.iter().filter_map(|setting| {
            let default =
                if setting.default.is_empty() { String::new() } else { format!(" [default: {}]", setting.default) };
            Some(
                Arg::new(setting.key).long(setting.flag()?).value_name("VALUE").help_heading("Settings").help(format!(
                    "{}{default} [env: {}]",
                    setting.meaning,
                    setting.variable()
                )),
            )
        });
        command.arg(file).args(flags)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}
