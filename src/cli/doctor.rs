//! `doctor`: whether everything stored agrees with itself. Changes nothing; works beside a running server.

mod documents;

use std::process::ExitCode;

use clap::Args;

use super::{Settings, job, plain};
use crate::{
    app::{App, BEYOND, Exposed, definitions, exposed},
    store::{ReadTx, Schema, integrity},
    usecase::{
        Context, Error, admin,
        definition::{self, Proved},
        document::Depth,
        work::{self, Undone},
    },
    workflow::{Definition, load},
};

/// What is printed, and how much of it is wrong.
#[derive(Default)]
struct Findings {
    wrong: usize,
}

fn good(what: &str) {
    println!("ok      {what}");
}

/// Nothing is wrong, and somebody should know.
fn note(what: &str) {
    println!("note    {what}");
}

impl Findings {
    /// Something is as it should be where nothing is listed.
    fn none(&mut self, what: &str, listed: impl IntoIterator<Item = String>) {
        let listed: Vec<String> = listed.into_iter().collect();
        if listed.is_empty() {
            return good(what);
        }
        self.wrong += 1;
        println!("WRONG   {what}");
        for line in listed {
            println!("         {line}");
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Doctor {
    /// Read every document and compare it with its hash; takes as long as reading them all
    #[arg(long)]
    deep: bool,
    #[command(flatten)]
    settings: Settings,
}

pub(super) async fn run(doctor: &Doctor) -> anyhow::Result<ExitCode> {
    let open = exposed(&doctor.settings.load()?)?;
    let depth = if doctor.deep { Depth::Contents } else { Depth::Sizes };
    let checks = async |app: &App| {
        let mut findings = Findings::default();
        findings.none("nobody else on this machine can read what is kept", open.iter().map(Exposed::cure));
        Ok(findings.wrong + examine(app, depth).await?)
    };
    let wrong = doctor.settings.beside(checks).await?;
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints what is as it should be and what is not; says how many checks found something.
pub(super) async fn examine(app: &App, depth: Depth) -> anyhow::Result<usize> {
    let context = &app.context;
    let mut findings = Findings::default();
    let schema = context.store.schema().await?;
    let current = schema.serves();
    let unfit = match schema {
        Schema::Current | Schema::Ahead => None,
        Schema::Behind => Some("run `imprimatur migrate`".to_owned()),
        Schema::Beyond => Some(BEYOND.to_owned()),
    };
    findings.none("the database fits this version of the program", unfit);
    if schema == Schema::Ahead {
        note("a newer version of the program added to the database; this one may go on serving from it");
    }
    let sound = context.store.soundness().await?;
    findings.none(&format!("the database finds its {} sound", sound.looked_at), sound.faults);
    sound.notes.iter().for_each(|what| note(what));
    files(context, current, &mut findings).await?;
    if current {
        let view = context.store.view().await?;
        versions(context, &view, &mut findings).await?;
        let found = integrity::findings(&view).await?;
        let found = found.iter().map(|found| format!("{} {}: {}", found.code, found.subject, found.message));
        findings.none("events, states, ledger and references agree", found);
        undone(context, &mut findings).await?;
        drop(view);
        documents::documents(context, depth, &mut findings).await.map_err(plain)?;
    }
    Ok(findings.wrong)
}

fn said(error: Error) -> String {
    plain(error).to_string()
}

/// Work that does not get done by itself.
async fn undone(context: &Context, findings: &mut Findings) -> anyhow::Result<()> {
    let found = work::undone(context).await.map_err(plain)?;
    let mut rest = found.clone();
    let (jobs, deadlines) = (std::mem::take(&mut rest.jobs), std::mem::take(&mut rest.deadlines));
    let (given_up, failing): (Vec<_>, Vec<_>) =
        deadlines.into_iter().partition(|failure| failure.given_up_at.is_some());
    for failure in &failing {
        note(&job::deadline(failure));
    }
    let what = format!("{} job(s) were given up", jobs.len() + given_up.len());
    let only = |jobs, deadlines| Undone { jobs, deadlines, mail: None, letters: None, clocks: Vec::new() };
    let listed = job::lines(&only(jobs, given_up));
    let some = !listed.is_empty();
    findings.none(&what, listed);
    if some {
        println!("         see to them with `imprimatur job retry ID` or `imprimatur job dismiss ID --reason …`");
    }
    if context.config.smtp.is_some() {
        findings.none("the mail server takes letters", found.mail.iter().map(job::channel));
    } else {
        note("mail is off: no letter leaves this installation; the setting `smtp` turns it on");
    }
    findings.none("the clock goes on as it should", found.clocks.iter().map(job::clock));
    if let Some(kept) = &found.letters {
        note(&job::kept(kept));
    }
    Ok(())
}

/// The files of definitions.
async fn files(context: &Context, current: bool, findings: &mut Findings) -> anyhow::Result<()> {
    for (file, source) in definitions(context.config.workflows.as_deref())? {
        match load(&source, context.definitions.credits()) {
            Ok((definition, _)) if current => {
                good(&format!("workflow {file} is sound{}", beside(context, &definition, &source).await?));
            }
            Ok(_) => good(&format!("workflow {file} is sound")),
            Err(faults) => {
                let what = format!("workflow {file} is refused; the last good version stays current");
                let faults = faults.iter().map(|fault| format!("{}:{} {}", fault.line, fault.column, fault.message));
                findings.none(&what, faults);
            }
        }
    }
    Ok(())
}

/// The versions that are kept: whether they can be read, are proved, and have the people that they count on.
async fn versions(context: &Context, view: &ReadTx, findings: &mut Findings) -> anyhow::Result<()> {
    let mut unread = Vec::new();
    for version in definition::relied_on(view).await.map_err(plain)? {
        let name = format!("workflow {} version {}", version.stored.workflow, version.stored.hash);
        if let Err(error) = context.definitions.pinned(view, &version.stored.hash).await.map_err(plain) {
            unread.push(format!("{name}: {error:#}"));
        }
        match version.proved {
            Proved::Yes(_) => {}
            Proved::NotYet => note(&format!(
                "{name} is not proved by this version of the program yet; the server does that after its start"
            )),
            Proved::No(faults) => {
                let faults = faults.iter().map(|fault| format!("{}:{} {}", fault.line, fault.column, fault.message));
                findings.none(&format!("{name} is proved; what is open goes on"), faults);
            }
        }
    }
    let readable = unread.is_empty();
    findings.none("every version that is relied on can be read", unread);
    if readable {
        for short in admin::all_shortages(context).await.map_err(plain)? {
            note(&format!("too few people for {short}; what needs them waits"));
        }
    }
    Ok(())
}

/// What there is to say where the version of the file is not the active one.
async fn beside(context: &Context, definition: &Definition, source: &str) -> anyhow::Result<&'static str> {
    let active = context.store.view().await?.current_definition(&definition.workflow).await?;
    Ok(match active {
        Some(active) if active.hash == definition.hash || active.source == source => "",
        Some(_) => "; what counts is another version, which was activated",
        None => "; no version of it is in force, see the page Workflows",
    })
}
