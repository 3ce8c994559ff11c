//! The outbox of an installation: how letters go out, what waits, what was given up. What letters say stays closed.

use serde::Serialize;

use crate::{
    present::{
        View,
        form::{Entered, fault::Faults},
        part::{Fault, Pager},
        path,
        words::{self, calendar::Calendar, when::When},
    },
    usecase::admin::{Lost, Outbox, Unsent, WayOut},
};

/// The outbox of an installation.
#[derive(Clone, Debug, Serialize)]
pub struct OutboxPage {
    pub faults: Vec<Fault>,
    /// How letters go out, in a sentence or two.
    pub way: String,
    /// Whether a letter can be tried.
    pub tries: bool,
    /// What the server answered last.
    pub tried: Option<TriedLine>,
    /// Letters that were kept while mail was off, in a sentence, where they can be sent now or let go.
    pub kept: Option<String>,
    pub given_up: Vec<GivenUpRow>,
    pub letters: Vec<UnsentRow>,
    pub pager: Pager,
}

/// What a mail server answered.
#[derive(Clone, Debug, Serialize)]
pub struct TriedLine {
    /// `The server took a letter to office@example.org:`.
    pub text: String,
    pub answer: String,
    pub at: When,
    pub taken: bool,
}

/// Something that was given up.
#[derive(Clone, Debug, Serialize)]
pub struct GivenUpRow {
    pub what: String,
    pub error: String,
    pub retry: String,
    pub dismiss: String,
    /// What the field for the reason is called within the page.
    pub id: String,
}

/// A letter that was not sent.
#[derive(Clone, Debug, Serialize)]
pub struct UnsentRow {
    /// To which address; nothing where it is about a submission.
    pub to: Option<String>,
    /// Its subject, or that it is about a submission.
    pub subject: String,
    pub at: When,
    /// `waits`, `kept`.
    pub standing: &'static str,
}

impl View for OutboxPage {
    const TEMPLATE: &'static str = "page/outbox_read.html";
}

pub(crate) fn of(outbox: &Outbox, calendar: &Calendar, entered: &Entered) -> OutboxPage {
    let Outbox { way, tried, kept, letters, given_up } = outbox;
    let faults: &Faults = &entered.faults;
    let way_out = match way {
        WayOut::Off => {
            "Mail is off: no letter leaves this installation. Links for invitations and forgotten passwords \
                        are on the pages of People, to be handed over. Whoever runs the server turns mail on with the \
                        setting “smtp”."
                .to_owned()
        }
        WayOut::On => "Mail is on.".to_owned(),
        WayOut::Away(channel) => format!(
            "The mail server takes no letters since {}; they wait, and it is tried again at {}. It said: {}",
            calendar.instant(channel.since).text,
            calendar.instant(channel.resume_at).text,
            channel.error
        ),
    };
    OutboxPage {
        faults: faults.list(&[]),
        way: way_out,
        tries: *way != WayOut::Off,
        tried: tried.as_ref().map(|tried| TriedLine {
            text: if tried.taken {
                format!("The mail server took a letter to {}. It answered:", tried.to)
            } else {
                format!("The mail server did not take a letter to {}:", tried.to)
            },
            answer: tried.answer.clone(),
            at: calendar.instant(tried.at),
            taken: tried.taken,
        }),
        kept: kept.map(|kept| {
            format!(
                "{} kept while mail was off, the first on {}.",
                match kept.many {
                    1 => "1 letter was".to_owned(),
                    many => format!("{many} letters were"),
                },
                calendar.instant(kept.first).text
            )
        }),
        given_up: given_up.iter().map(|lost| row(&lost.name, &lost.what, &lost.error)).collect(),
        letters: letters.rows.iter().map(|letter| unsent(letter, calendar)).collect(),
        pager: Pager {
            text: words::many(letters.rows.len(), "letter"),
            previous: None,
            next: letters.next.as_ref().map(|cursor| path::with("/outbox", "cursor", cursor)),
        },
    }
}

fn row(name: &str, what: &Lost, error: &str) -> GivenUpRow {
    let address = format!("/outbox/{}", path::encoded(name));
    GivenUpRow {
        what: match what {
            Lost::Letter(to, Some(subject)) => format!("Letter to {to}: {subject}"),
            Lost::Letter(to, None) => format!("Letter to {to} about a submission"),
            Lost::Deadline(reference) => format!("A deadline of {reference}"),
            Lost::Work(kind) => format!("Other work: {}", words::plain(kind)),
        },
        error: error.to_owned(),
        retry: format!("{address}/retry"),
        dismiss: format!("{address}/dismiss"),
        id: format!("reason-{name}"),
    }
}

fn unsent(letter: &Unsent, calendar: &Calendar) -> UnsentRow {
    let (to, subject) = match &letter.open {
        Some((to, subject)) => (Some(to.clone()), subject.clone()),
        None => (None, "A letter about a submission".to_owned()),
    };
    UnsentRow {
        to,
        subject,
        at: calendar.instant(letter.at),
        standing: if letter.kept { "kept" } else { "not sent yet" },
    }
}
