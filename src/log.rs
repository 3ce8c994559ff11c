//! Log lines: for people or as JSON, to standard error.
//!
//! Every line written while a request is answered carries the request's id, client and person from its span. Secrets
//! have types whose `Debug` hides them; headers, bodies, queries and addresses are never logged.

use std::io;

use tracing_subscriber::{
    EnvFilter, Layer, Registry,
    filter::ParseError,
    layer::SubscriberExt,
    reload::{self, Handle},
};

use crate::config::LogFormat;

/// Which lines are written; can be changed while the program runs.
#[derive(Clone, Debug)]
pub struct Filter(Handle<EnvFilter, Registry>);

/// Why a filter was not changed.
#[derive(Debug, thiserror::Error)]
pub enum FilterError {
    /// It cannot be read.
    #[error(transparent)]
    Unread(#[from] ParseError),
    /// Nobody writes log lines any more.
    #[error(transparent)]
    Gone(#[from] reload::Error),
}

impl Filter {
    /// From now on these lines are written.
    pub fn set(&self, filter: &str) -> Result<(), FilterError> {
        Ok(self.0.reload(EnvFilter::try_new(filter)?)?)
    }
}

/// A subscriber that writes to `writer`, and its filter; `main` makes it the global one.
pub fn subscriber<W>(
    format: LogFormat,
    filter: &str,
    writer: W,
) -> Result<(impl tracing::Subscriber + Send + Sync + use<W>, Filter), ParseError>
where
    W: for<'w> tracing_subscriber::fmt::MakeWriter<'w, Writer: io::Write> + Send + Sync + 'static,
{
    // A line that cannot be written, on a full disk, is lost; told on standard error it would end the task that wrote it.
    let lines = tracing_subscriber::fmt::layer().with_writer(writer).log_internal_errors(false);
    let lines: Box<dyn Layer<Registry> + Send + Sync> = match format {
        LogFormat::Text => lines.with_ansi(false).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    let (filter, handle) = reload::Layer::new(EnvFilter::try_new(filter)?);
    Ok((tracing_subscriber::registry().with(lines.with_filter(filter)), Filter(handle)))
}
