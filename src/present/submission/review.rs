//! A reviewer's page: declare, read, judge.

use serde::Serialize;

use super::{
    act,
    answer::{self, AnswerSection, Purpose},
    change, prospect,
    request::{self, Request},
};
use crate::{
    access::Caller,
    domain::Answers,
    present::{
        View,
        arithmetic::{self, Arithmetic},
        form::{
            Entered,
            data::FormData,
            field::{Choice, Control, Field, Sheet},
            place,
        },
        head::{self, Head},
        part::{Button, Fact, Fault, Link, Tag, Tone},
        path,
        words::{
            self,
            calendar::Calendar,
            state,
            turn::{self, Turn},
            when::When,
        },
    },
    usecase::submission::Dossier,
    workflow::{
        Act, Definition, Event, EventKind,
        definition::{Track, Verdict},
    },
};

#[derive(Clone, Debug, Serialize)]
pub struct Review {
    pub head: Head,
    /// `Content review`, `Assessment`.
    pub track: String,
    pub turn: Option<Turn>,
    /// What the reviewer may read; empty until it is declared that there is no conflict.
    pub sections: Vec<AnswerSection>,
    /// How minutes become credit, for a course.
    pub arithmetic: Option<Arithmetic>,
    /// What changed since this reviewer's last verdict, with links to the answers.
    pub changes: Vec<Link>,
    /// This reviewer's own earlier verdicts.
    pub earlier: Vec<Opinion>,
    /// Changes asked before, and how they were answered.
    pub requests: Vec<Request>,
    /// What the reviewer does here.
    pub stage: ReviewStage,
    /// Where a conflict of interest is declared.
    pub conflict: Option<Link>,
    pub release: Option<Button>,
    /// What waits next for the reviewer, as far as there is anything else.
    pub skip: Option<Link>,
}

/// What a reviewer does on the page.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "stage", rename_all = "kebab-case")]
pub enum ReviewStage {
    /// Declare that there is no conflict; the evidence opens after that.
    Declare {
        /// What is declared, in full.
        statement: String,
        /// Title and summary, so that the reviewer knows what it is about.
        facts: Vec<Fact>,
        /// Whether they are somebody who is named in it.
        question: Option<String>,
        /// Declares no conflict; takes the seat if there is none yet.
        button: Button,
    },
    Judge(Box<Judging>),
    Given {
        opinion: Opinion,
    },
    /// Nothing can be done here now.
    Closed {
        /// Why, and what to do.
        reason: String,
    },
}

/// What a verdict is given with.
#[derive(Clone, Debug, Serialize)]
pub struct Judging {
    pub faults: Vec<Fault>,
    /// The rubric, names prefixed `rubric/`.
    pub rubric: Vec<Field>,
    /// Changes asked: a table named `requests` with columns `about` (`question:ID` or `document:ID`) and `text`.
    pub requests: Option<Field>,
    /// What can be said; posts `verdict`.
    pub verdicts: Vec<Choice>,
    /// What is wrong with the verdict.
    pub verdict_fault: Option<String>,
    /// Posts `note`.
    pub note: Field,
    pub action: String,
    /// The version it was shown with, posted as `version`.
    pub version: u64,
}

/// A verdict as given.
#[derive(Clone, Debug, Serialize)]
pub struct Opinion {
    /// `Approve`.
    pub verdict: Tag,
    pub at: When,
    /// For the author and the office.
    pub note: Option<String>,
    pub rubric: Vec<Fact>,
}

impl View for Review {
    const TEMPLATE: &'static str = "page/review_give.html";
}

/// The page of one review, none where no review is called so; `skip` is where the next thing waits for the reader.
pub(crate) fn of(
    dossier: &Dossier,
    caller: &Caller,
    name: &str,
    entered: &Entered,
    skip: Option<String>,
) -> Option<Review> {
    let case = &dossier.case;
    let track = case.definition.track(name)?;
    let changes = change::since_verdict(dossier, caller.person);
    let links = changes.as_ref().map(|changes| change::links(&case.definition, changes)).unwrap_or_default();
    let purpose = changes.map_or(Purpose::Read, Purpose::Again);
    let mut opinions = opinions(dossier, caller, name, track);
    let judged = case.submission.item.tracks.get(name).and_then(|progress| progress.seat(caller.person));
    let given = judged.is_some_and(|seat| seat.verdict.is_some()).then(|| opinions.pop()).flatten();
    Some(Review {
        head: head::head(dossier),
        track: track.title(name),
        turn: turn::turn(dossier, caller),
        sections: answer::sections(dossier, &purpose),
        arithmetic: arithmetic::arithmetic(&case.definition, &case.submission.answers),
        changes: links,
        earlier: opinions,
        requests: request::all(dossier),
        stage: match given {
            Some(opinion) => ReviewStage::Given { opinion },
            None => stage(dossier, name, track, entered),
        },
        conflict: offered(dossier, &Act::Recuse).then(|| Link {
            label: "I have a conflict of interest".to_owned(),
            href: path::below(&case.submission.reference, "conflict"),
        }),
        release: offered(dossier, &Act::Release(name.to_owned()))
            .then(|| button(dossier, name, "release", "Give my place back", Tone::Quiet)),
        skip: skip.map(|href| Link { label: "Skip to the next".to_owned(), href }),
    })
}

fn offered(dossier: &Dossier, act: &Act) -> bool {
    dossier.offers.iter().any(|offer| offer.act == *act && offer.refusal.is_none())
}

fn button(dossier: &Dossier, track: &str, act: &str, label: &str, tone: Tone) -> Button {
    let submission = &dossier.case.submission;
    Button {
        label: label.to_owned(),
        action: path::below(&submission.reference, &format!("review/{track}/{act}")),
        version: Some(submission.version),
        tone,
    }
}

fn stage(dossier: &Dossier, name: &str, track: &Track, entered: &Entered) -> ReviewStage {
    if offered(dossier, &Act::Judge(name.to_owned())) {
        return judge(dossier, name, track, entered);
    }
    let act = if offered(dossier, &Act::Declare(name.to_owned())) {
        "declare"
    } else if offered(dossier, &Act::Claim(name.to_owned())) {
        "claim"
    } else {
        return ReviewStage::Closed { reason: closed(dossier, name) };
    };
    let author = head::head(dossier).author;
    let workflow = Fact::new("What it is", &dossier.case.definition.title);
    ReviewStage::Declare {
        statement: "I have no financial, professional or personal relationship that could influence, or seem to \
                    influence, how I judge this."
            .to_owned(),
        facts: std::iter::once(workflow)
            .chain(author.map(|author| Fact::new("Author", author)))
            .chain(prospect::facts(dossier))
            .collect(),
        question: words::conflict::is_that_you(&dossier.namesakes),
        button: button(dossier, name, act, "I have no conflict: open it", Tone::Good),
    }
}

/// Why nothing can be done here, in the words of the refusal if there is one.
fn closed(dossier: &Dossier, name: &str) -> String {
    let refusal = dossier.offers.iter().find_map(|offer| match &offer.act {
        Act::Judge(track) | Act::Claim(track) | Act::Declare(track) if track == name => offer.refusal.as_ref(),
        _ => None,
    });
    refusal.map_or_else(
        || "This review is not open to you now. When it is your turn, it stands at Home.".to_owned(),
        words::refusal,
    )
}

fn judge(dossier: &Dossier, name: &str, track: &Track, entered: &Entered) -> ReviewStage {
    let Entered { fields: typed, faults } = entered;
    let sheet = Sheet { typed, faults, credit: None, named: &[], disclosed: &[] };
    let definition = &dossier.case.definition;
    let questions = track.rubric.as_ref().and_then(|rubric| definition.rubrics.get(rubric));
    let rubric: Vec<Field> = questions
        .into_iter()
        .flatten()
        .map(|question| sheet.field(&question.over(&dossier.case.submission.answers), "rubric/"))
        .collect();
    let asks = track.verdicts.contains(&Verdict::Revise);
    let requests = asks.then(|| act::requests(dossier, &sheet));
    let note = Field::new("note", "Your reasons", Control::long_text(typed.raw("note").unwrap_or_default()));
    let note = Field { fault: faults.on("note"), ..note }
        .hint("For the author and the office. Your name stays with the office.");
    let chosen = typed.get("verdict").unwrap_or_default();
    let mut fields = rubric.clone();
    fields.extend(requests.clone());
    fields.push(note.clone());
    let mut places = place::places(&fields);
    places.push(("verdict".to_owned(), "Your verdict".to_owned()));
    ReviewStage::Judge(Box::new(Judging {
        faults: faults.list(&places),
        rubric,
        requests,
        verdicts: track.verdicts.iter().map(|verdict| choice(*verdict, chosen)).collect(),
        verdict_fault: faults.on("verdict"),
        note,
        action: path::below(&dossier.case.submission.reference, &format!("review/{name}")),
        version: dossier.case.submission.version,
    }))
}

fn choice(verdict: Verdict, chosen: &str) -> Choice {
    let (id, hint) = match verdict {
        Verdict::Approve => ("approve", "Good as it is."),
        Verdict::Revise => ("revise", "The author changes what you ask for above, and you see it again."),
        Verdict::Reject => ("reject", "Changes would not help."),
    };
    Choice { hint: Some(hint.to_owned()), chosen: chosen == id, ..Choice::new(id, verdict.in_words()) }
}

/// What was posted as a verdict.
pub(crate) fn verdict(typed: &FormData) -> Option<Verdict> {
    verdict_named(typed.get("verdict")?)
}

/// A verdict by what its button posts.
pub(crate) fn verdict_named(name: &str) -> Option<Verdict> {
    match name {
        "approve" => Some(Verdict::Approve),
        "revise" => Some(Verdict::Revise),
        "reject" => Some(Verdict::Reject),
        _ => None,
    }
}

/// This reviewer's verdicts in this review, the first one first.
fn opinions(dossier: &Dossier, caller: &Caller, name: &str, track: &Track) -> Vec<Opinion> {
    let opinion = |event: &Event| match &event.what {
        EventKind::VerdictRecorded { track: of, person, verdict, rubric: answers, note }
            if of == name && *person == caller.person =>
        {
            Some(Opinion {
                verdict: state::verdict(*verdict),
                at: Calendar::of(&dossier.case).instant(event.at),
                note: note.clone(),
                rubric: rubric(&dossier.case.definition, track, answers),
            })
        }
        _ => None,
    };
    dossier.events.iter().filter_map(opinion).collect()
}

/// A rubric as it was filled in.
pub(crate) fn rubric(definition: &Definition, track: &Track, answers: &Answers) -> Vec<Fact> {
    let questions = track.rubric.as_ref().and_then(|rubric| definition.rubrics.get(rubric));
    let answered = questions
        .into_iter()
        .flatten()
        .filter_map(|question| Some(Fact::new(&question.label, answer::text(question, answers.get(&question.id)?))));
    answered.collect()
}
