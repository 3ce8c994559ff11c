//! The statements that the program sends, overheard where its driver logs them.

use std::{
    collections::BTreeSet,
    fmt,
    sync::{Arc, Mutex},
};

use tracing::{Event, Subscriber, field::Field};
use tracing_subscriber::{Layer, Registry, layer::Context, layer::SubscriberExt};

/// What was sent since it listens; there are no values in it.
#[derive(Clone, Default)]
pub(super) struct Heard(Arc<Mutex<Sent>>);

#[derive(Default)]
struct Sent {
    /// Each text once.
    texts: BTreeSet<String>,
    /// All that was sent of late, in order, where somebody wants to know.
    lately: Option<Vec<String>>,
}

impl Heard {
    /// Listens to everything in this process.
    pub(super) fn listen() -> Self {
        let heard = Self::default();
        tracing::subscriber::set_global_default(Registry::default().with(heard.clone())).unwrap();
        heard
    }

    pub(super) fn statements(&self) -> BTreeSet<String> {
        self.0.lock().unwrap().texts.clone()
    }

    /// What is sent while something happens, in order.
    pub(super) async fn during<T>(&self, happens: impl Future<Output = T>) -> (T, Vec<String>) {
        self.0.lock().unwrap().lately = Some(Vec::new());
        let happened = happens.await;
        (happened, self.0.lock().unwrap().lately.take().unwrap_or_default())
    }

    /// Forgets everything but these.
    pub(super) fn only(&self, statements: BTreeSet<String>) {
        self.0.lock().unwrap().texts = statements;
    }
}

impl<S: Subscriber> Layer<S> for Heard {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            let mut said = Said::default();
            event.record(&mut said);
            let statement = if said.statement.trim().is_empty() { said.summary } else { said.statement };
            let (statement, mut sent) = (statement.trim().to_owned(), self.0.lock().unwrap());
            if let Some(lately) = &mut sent.lately {
                lately.push(statement.clone());
            }
            sent.texts.insert(statement);
        }
    }
}

#[derive(Default)]
struct Said {
    summary: String,
    statement: String,
}

impl tracing::field::Visit for Said {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => value.clone_into(&mut self.summary),
            "db.statement" => value.clone_into(&mut self.statement),
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
}
