//! A submission as its author reads it, from the draft to the end.

use serde::Serialize;

use super::{
    act,
    answer::{self, AnswerSection, Purpose},
    disclosures,
    request::{self, Requests, Unanswered},
    steps::{self, Step},
};
use crate::{
    access::{self, Caller, Relation},
    present::{
        View,
        arithmetic::{self, Arithmetic},
        head::{self, Head},
        part::{Act, Button, Fact, Link, Tag, Tone},
        path,
        words::{
            self,
            calendar::Calendar,
            turn::{self, Turn},
            when::When,
        },
        workflow::preview::{self, Drawing},
    },
    usecase::submission::{Decided, Dossier},
    workflow::{Definition, EventKind, definition::State},
};

/// The author's page of a submission; stays the same address from the draft to the end.
#[derive(Clone, Debug, Serialize)]
pub struct AuthorPage {
    pub head: Head,
    /// Shown once, right after sending.
    pub sent: Option<Sent>,
    /// Where it stands, in the author's words.
    pub sentence: String,
    /// Whose turn; nothing once it is over.
    pub turn: Option<Turn>,
    pub steps: Vec<Step>,
    /// The sections to fill in, while it can be changed.
    pub tasks: Vec<Task>,
    /// The way to the last look, once there is something to send.
    pub check: Option<Act>,
    /// Changes asked of the author.
    pub requests: Option<Requests>,
    /// What was decided, with its reason.
    pub decision: Option<Decision>,
    /// What else the author may do: withdraw, appeal, report.
    pub acts: Vec<Act>,
    /// What was sent; empty in a draft.
    pub sections: Vec<AnswerSection>,
    /// How minutes become credit, for a course that was sent.
    pub arithmetic: Option<Arithmetic>,
    /// Begins again from it, where it came to nothing.
    pub again: Option<Button>,
    /// Throws it away, while nothing is in it.
    pub discard: Option<Button>,
    pub history: Link,
    /// Its workflow drawn, with the way that it took.
    pub drawing: Drawing,
}

#[derive(Clone, Debug, Serialize)]
pub struct Sent {
    /// `Sent for assessment`.
    pub heading: String,
    /// What happens next and when, step by step.
    pub next: Vec<String>,
    pub contact: Option<String>,
}

/// One section on the task list.
#[derive(Clone, Debug, Serialize)]
pub struct Task {
    pub title: String,
    pub href: String,
    /// `Completed`, `Incomplete`, `2 changes asked`.
    pub state: Tag,
}

#[derive(Clone, Debug, Serialize)]
pub struct Decision {
    /// `Recognised`, `Not accredited`, `Returned as incomplete`.
    pub outcome: String,
    pub tone: Tone,
    pub at: When,
    pub reason: Option<String>,
    /// `Credit: 6.50 AAFP Elective`, `Valid until: …`.
    pub facts: Vec<Fact>,
    /// Where to go: the credit page, the public page.
    pub links: Vec<Link>,
}

impl View for AuthorPage {
    const TEMPLATE: &'static str = "page/submission_status.html";
}

/// What the author just did.
#[derive(Clone, Debug)]
pub(crate) enum Moment {
    Looking,
    JustSent,
    /// He answered a change request, which was refused.
    Refused(Unanswered),
}

pub(crate) fn of(dossier: &Dossier, caller: &Caller, moment: &Moment) -> AuthorPage {
    let case = &dossier.case;
    let (definition, item) = (&case.definition, &case.submission.item);
    let draft = definition.states.get(&item.state).is_some_and(State::is_draft);
    let edits = case.is_editable() && dossier.acts.contains(&access::Act::Write);
    let on = dossier.next_transition().map(|(name, _)| name);
    let refused = match moment {
        Moment::Refused(unanswered) => Some(unanswered),
        Moment::Looking | Moment::JustSent => None,
    };
    AuthorPage {
        head: head::head(dossier),
        sent: matches!(moment, Moment::JustSent).then(|| sent(dossier)),
        sentence: turn::stands(&dossier.case),
        turn: turn::turn(dossier, caller),
        steps: steps::steps(definition, &item.state, Relation::Owner),
        tasks: if edits { tasks(dossier) } else { Vec::new() },
        check: edits.then(|| check(dossier)),
        requests: request::for_author(dossier, refused),
        decision: dossier.decided.as_ref().filter(|_| !draft).map(|decided| decision(dossier, decided)),
        acts: act::steps(dossier, on.filter(|_| case.is_editable())).into_iter().chain(parties(dossier)).collect(),
        sections: if edits { Vec::new() } else { answer::sections(dossier, &Purpose::Read) },
        arithmetic: arithmetic::arithmetic(definition, &case.submission.answers).filter(|_| !edits),
        again: dossier.can_begin_again.then(|| Button {
            label: "Begin again from this one".to_owned(),
            action: path::below(&case.submission.reference, "again"),
            version: Some(case.submission.version),
            tone: Tone::Quiet,
        }),
        discard: dossier.can_discard.then(|| Button {
            label: "Delete this empty draft".to_owned(),
            action: path::below(&case.submission.reference, "discard"),
            version: Some(case.submission.version),
            tone: Tone::Quiet,
        }),
        history: Link {
            label: "History of this submission".to_owned(),
            href: path::below(&case.submission.reference, "history"),
        },
        drawing: preview::taken(dossier),
    }
}

/// Who writes along, and a handing over that waits for an answer.
fn parties(dossier: &Dossier) -> Vec<Act> {
    let submission = &dossier.case.submission;
    let owner = dossier.relation == Relation::Owner;
    let link = |label: &str, place: &str, tone| Act {
        label: label.to_owned(),
        href: path::below(&submission.reference, place),
        tone,
        refusal: None,
    };
    let along = (owner && !submission.item.closed).then(|| link("Who writes along", "authors", Tone::Quiet));
    let asked = owner && submission.item.succession.is_some();
    let asked = asked.then(|| link("You are asked whether you hand it over", "hand-over", Tone::Turn));
    let disclosures = disclosures::way(dossier).map(|(label, tone)| link(&label, "disclosures", tone));
    asked.into_iter().chain(along).chain(disclosures).collect()
}

fn sent(dossier: &Dossier) -> Sent {
    let case = &dossier.case;
    let by = dossier.turns.iter().filter_map(|turn| turn.by).min();
    let stays = "This page stays: come back to it to see where it stands.".to_owned();
    Sent {
        heading: "Sent".to_owned(),
        next: turn::after_sending(case, by).into_iter().chain([stays]).collect(),
        contact: Some(format!("Questions? Ask {}, with your reference.", case.organisation.name)),
    }
}

fn tasks(dossier: &Dossier) -> Vec<Task> {
    let reference = &dossier.case.submission.reference;
    dossier
        .case
        .definition
        .form
        .iter()
        .map(|section| {
            let asked = section.questions.iter().flat_map(|question| answer::asked(dossier, &question.id)).count();
            let missing = dossier.missing.iter().any(|fault| {
                let question = fault.field.split('/').next().unwrap_or_default();
                section.questions.iter().any(|asked| asked.id == question)
            });
            let state = match (asked, missing) {
                (1.., _) => Tag { label: format!("{} asked", words::many(asked, "change")), tone: Tone::Turn },
                (0, true) => Tag { label: "Incomplete".to_owned(), tone: Tone::Turn },
                (0, false) => Tag { label: "Completed".to_owned(), tone: Tone::Quiet },
            };
            Task {
                title: section.title.clone(),
                href: path::below(reference, &format!("form/{}", section.section)),
                state,
            }
        })
        .collect()
}

/// The way to the last look; changes that were asked have to be answered before.
fn check(dossier: &Dossier) -> Act {
    let open = dossier.case.submission.item.open_requests().count();
    let refusal = (open > 0).then(|| {
        format!(
            "{} without an answer. Answer above, then check and send it again.",
            words::many(open, "requested change")
        )
    });
    Act {
        label: "Check your answers and send".to_owned(),
        href: path::below(&dossier.case.submission.reference, "check"),
        tone: Tone::Good,
        refusal,
    }
}

fn decision(dossier: &Dossier, decided: &Decided) -> Decision {
    let definition = &dossier.case.definition;
    let label =
        definition.states.get(&decided.state).map_or_else(|| words::words(&decided.state), |state| state.label.clone());
    let good = definition.states.get(&decided.state).is_some_and(State::accredits);
    let (facts, links) = results(dossier, definition, decided.sequence);
    Decision {
        outcome: label,
        tone: match (good, dossier.case.is_editable()) {
            (true, _) => Tone::Good,
            (false, true) => Tone::Turn,
            (false, false) => Tone::Bad,
        },
        at: Calendar::of(&dossier.case).instant(decided.at),
        reason: (!decided.reasons.is_empty()).then(|| decided.reasons.join("\n\n")),
        facts,
        links,
    }
}

/// What followed from the decision: credit, and the public page.
fn results(dossier: &Dossier, definition: &Definition, since: u64) -> (Vec<Fact>, Vec<Link>) {
    let calendar = Calendar::of(&dossier.case);
    let mut facts = Vec::new();
    let mut links = Vec::new();
    for event in dossier.events.iter().filter(|event| event.sequence >= since) {
        match &event.what {
            // What was answered at the decision itself: the reasons that have a code.
            EventKind::Moved { transition, asked, .. } if event.sequence == since => {
                let asks = definition.transitions.get(transition).map(|step| step.asks.as_slice()).unwrap_or_default();
                let answers = &dossier.case.submission.answers;
                let answered =
                    asks.iter().filter_map(|question| Some((question.over(answers), asked.get(&question.id)?)));
                facts.extend(
                    answered.map(|(question, given)| Fact::new(&question.label, answer::text(&question, given))),
                );
            }
            EventKind::CreditAwarded { credit: id, amount, earned, .. } => {
                facts.push(Fact::new("Credit", format!("{amount} {}", definition.credit_called(id))));
                facts.push(Fact::new("Earned on", calendar.date(*earned).text));
                links.push(Link { label: "Your credit".to_owned(), href: "/credits".to_owned() });
            }
            EventKind::Designated { credit: id, maximum, until, .. } => {
                facts.push(Fact::new("Designated for at most", format!("{maximum} {}", definition.credit_called(id))));
                facts.push(Fact::new("Valid until", calendar.date(*until).text));
                let href = format!("/catalogue/{}", path::encoded(&dossier.case.submission.reference));
                links.push(Link { label: "Its public page".to_owned(), href });
            }
            _ => {}
        }
    }
    links.dedup_by(|a, b| a.href == b.href);
    (facts, links)
}

/// Why an answer to a change request was refused.
pub(crate) fn refused(number: u32, typed: crate::present::form::data::FormData, why: &str) -> Moment {
    Moment::Refused(Unanswered { number, typed, fault: words::sentence(why) })
}
