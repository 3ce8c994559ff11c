//! Wiring: opens the store, the files and the views, adopts the definitions, and serves until told to stop.

mod exposed;
mod numbers;
mod outstanding;
mod ready;
mod server;
pub mod start;
pub mod systemd;

use std::{path::Path, sync::Arc};

use anyhow::Context as _;
use outstanding::Outstanding;
use rust_embed::Embed;

use crate::{
    blob::Blobs,
    clock::Clock,
    config::Config,
    credit::CreditTypes,
    jobs::{Watch, Worker},
    mail::Mailer,
    password::Hasher,
    present::Views,
    requirement::Catalogue,
    store::{Schema, Store, StoreUrl},
    usecase::{Context, DefinitionCache, Demo, definition},
};

pub use exposed::{Exposed, Holds, exposed};

/// The workflows and credit types that the program brings along.
#[derive(Embed)]
#[folder = "workflows/"]
struct Shipped;

/// What to do with a database that a newer version changed.
pub const BEYOND: &str = "a newer version of the program changed the database in a way that this one cannot serve from; \
                          start the newer one, or restore the backup from before its `imprimatur migrate`";

/// An opened installation.
#[derive(Clone, Debug)]
pub struct App {
    /// For the use cases.
    pub context: Context,
    /// For pages and letters.
    pub views: Arc<Views>,
    /// The way out for letters.
    pub mailer: Mailer,
    /// What could not be done at the start, and is tried again.
    outstanding: Outstanding,
}

/// Files of definitions and of credit types: name and text.
struct Files {
    workflows: Vec<(String, String)>,
    credits: Vec<(String, String)>,
    requirements: Vec<(String, String)>,
}

impl App {
    /// Opens an installation whose store exists and is current, and prepares it for serving.
    pub async fn open(config: Config, clock: Clock, views: impl Into<Arc<Views>>) -> anyhow::Result<Self> {
        let store = Store::connect(&address(&config)?).await?;
        Self::wire(store, config, clock, views)?.prepare().await
    }

    /// Opens an installation for looking only, beside a server that may be running.
    pub async fn beside(config: Config, clock: Clock, views: Views) -> anyhow::Result<Self> {
        let store = Store::inspect(&address(&config)?).await?;
        Self::wire(store, config, clock, views)
    }

    /// Opens an installation for a small change beside a server that may be running.
    pub async fn mending(config: Config, clock: Clock, views: Views) -> anyhow::Result<Self> {
        let store = Store::mend(&address(&config)?).await?;
        Self::wire(store, config, clock, views)
    }

    /// Wires an installation around an opened store.
    pub fn wire(store: Store, config: Config, clock: Clock, views: impl Into<Arc<Views>>) -> anyhow::Result<Self> {
        let credits = credit_types(config.workflows.as_deref())?;
        let context = Context {
            store,
            blobs: Blobs::at(&config.blobs)?,
            clock,
            definitions: Arc::new(DefinitionCache::new(credits)),
            passwords: Hasher::new(config.password_cost)?,
            scanner: config.scanner.clone(),
            demo: None,
            config: Arc::new(config),
        };
        let mailer = Mailer::new(context.config.smtp.as_ref(), &context.config.mail_from)?;
        Ok(Self { context, views: views.into(), mailer, outstanding: Outstanding::default() })
    }

    /// Checks what the installation rests on, takes over the definitions and sees to the signing keys. What a store of
    /// documents that is away, or a full disk, keeps from being done is left for later.
    pub async fn prepare(self) -> anyhow::Result<Self> {
        match self.context.store.schema().await? {
            Schema::Current => {}
            Schema::Ahead => tracing::info!("A newer version added to the database; this one goes on serving"),
            Schema::Behind => anyhow::bail!(
                "the database is not prepared for this version; run `imprimatur migrate` (a new one: `imprimatur init`)"
            ),
            Schema::Beyond => anyhow::bail!(BEYOND),
        }
        self.try_documents(outstanding::AT_START).await?;
        self.settle().await?;
        Ok(self)
    }

    /// Takes over the definitions of the directory, or those the program brings along, and proves what is new among them.
    pub async fn adopt(&self) -> anyhow::Result<()> {
        self.adopt_known().await?;
        Ok(definition::seed_awaited(&self.context).await?)
    }

    /// The same, where what is new is left for later.
    async fn adopt_known(&self) -> anyhow::Result<()> {
        let files = definitions(self.context.config.workflows.as_deref())?;
        Ok(definition::seed(&self.context, &files).await?)
    }

    /// The same with the demo's doors open.
    #[must_use]
    pub fn with_demo(mut self) -> Self {
        self.context.demo = Some(Demo);
        self
    }

    /// The worker of this installation; `public_url` goes into letters.
    #[must_use]
    pub fn worker(&self, public_url: &str) -> Worker {
        Worker {
            context: self.context.clone(),
            views: self.views.clone(),
            mailer: self.mailer.clone(),
            public_url: public_url.trim_end_matches('/').to_owned(),
            watch: Watch::default(),
        }
    }
}

/// Where the configuration says the data is.
pub fn address(config: &Config) -> anyhow::Result<StoreUrl> {
    Ok(config.database.expose().parse()?)
}

/// The credit types of a directory of definitions, or those the program brings along.
pub fn credit_types(directory: Option<&Path>) -> anyhow::Result<CreditTypes> {
    Ok(CreditTypes::of(files(directory)?.credits.iter().map(|(_, text)| text.as_str()))?)
}

/// What requirement files may name: the facts and topics of a directory of them, or those the program brings along.
pub fn requirement_catalogue(directory: Option<&Path>) -> anyhow::Result<Catalogue> {
    let shipped = |name: &str| -> anyhow::Result<String> {
        let path = format!("requirements/{name}");
        let file = Shipped::get(&path).with_context(|| format!("{path} is missing in this program"))?;
        Ok(String::from_utf8(file.data.into_owned())?)
    };
    let text = |name: &str| match directory.map(|directory| directory.join(name)).filter(|path| path.exists()) {
        Some(path) => std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display())),
        None => shipped(name),
    };
    Catalogue::read(&text("facts.yaml")?, &text("topics.yaml")?, &credit_types(None)?).map_err(|faults| {
        let told = faults.into_iter().map(|fault| format!("{}:{}: {}", fault.line, fault.column, fault.message));
        anyhow::anyhow!("facts or topics cannot be read: {}", told.collect::<Vec<_>>().join("; "))
    })
}

/// The requirement files of a directory, or those the program brings along: name and text.
pub fn requirements(directory: Option<&Path>) -> anyhow::Result<Vec<(String, String)>> {
    let mut found = match directory {
        Some(directory) => read(directory)?,
        None => shipped()?.requirements,
    };
    found.retain(|(name, _)| name != "facts.yaml" && name != "topics.yaml");
    found.sort();
    Ok(found)
}

/// The definitions of a directory, or those the program brings along: name and text.
pub fn definitions(directory: Option<&Path>) -> anyhow::Result<Vec<(String, String)>> {
    Ok(files(directory)?.workflows)
}

fn files(directory: Option<&Path>) -> anyhow::Result<Files> {
    match directory {
        Some(directory) => Ok(Files {
            workflows: read(directory)?,
            credits: read(&directory.join("credits"))?,
            requirements: Vec::new(),
        }),
        None => shipped(),
    }
}

fn shipped() -> anyhow::Result<Files> {
    let mut files = Files { workflows: Vec::new(), credits: Vec::new(), requirements: Vec::new() };
    for path in Shipped::iter().filter(|path| path.ends_with(".yaml")) {
        let file = Shipped::get(&path).with_context(|| format!("{path} is missing in this program"))?;
        let text = String::from_utf8(file.data.into_owned())?;
        match path.strip_prefix("credits/") {
            Some(name) => files.credits.push((name.to_owned(), text)),
            None if path.starts_with("requirements/") => {
                files.requirements.push((path.trim_start_matches("requirements/").to_owned(), text));
            }
            None if path.contains('/') => {}
            None => files.workflows.push((path.into_owned(), text)),
        }
    }
    Ok(files)
}

/// The YAML files of a directory, by name.
fn read(directory: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    let entries = std::fs::read_dir(directory).with_context(|| format!("reading {}", directory.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml") {
            let text = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
            found.push((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), text));
        }
    }
    found.sort();
    Ok(found)
}
