//! Disclosures of those who are named: who was asked, who gave one, and what it says.

use serde::Serialize;
use strum::IntoEnumIterator;

use crate::{
    access::Act,
    domain::{DisclosureState, Named, Nature, Relationship},
    model::{GivenDisclosure, LinkWay},
    present::{
        View,
        admin::{
            Letters,
            link::{LinkRow, Links},
        },
        form::fault::Faults,
        head::{self, Head},
        part::{Fault, Link, Tag, Tone},
        path,
        words::{self, calendar::Calendar},
    },
    usecase::{
        Disclosed, Openness,
        submission::{AskedFor, Dossier},
    },
};

/// Said wherever something is shown that the author wrote for somebody else.
pub(crate) const BY_AUTHOR: &str = "Written by the author, not by the person.";

/// Everybody whose disclosure is asked for.
#[derive(Clone, Debug, Serialize)]
pub struct Disclosures {
    pub head: Head,
    pub back: Link,
    pub lead: String,
    pub faults: Vec<Fault>,
    pub people: Vec<ShownDisclosure>,
    /// Where somebody is asked, for those who may: posts `email`, or `everybody`.
    pub action: Option<String>,
    /// Whether there is anybody left to ask.
    pub more: bool,
    /// The version it was shown with, posted as `version`.
    pub version: u64,
}

/// Somebody, and what they disclosed.
#[derive(Clone, Debug, Serialize)]
pub struct ShownDisclosure {
    pub name: String,
    pub part: String,
    pub email: String,
    pub state: Tag,
    /// What they gave, line by line.
    pub given: Vec<String>,
    /// What the author wrote.
    pub written: Option<String>,
    /// That it was the author who wrote it.
    pub mark: Option<&'static str>,
    /// What the button says, where they can be asked.
    pub ask: Option<&'static str>,
}

impl View for Disclosures {
    const TEMPLATE: &'static str = "page/disclosure_list.html";
}

pub(crate) fn of(dossier: &Dossier, letters: Letters, faults: &Faults) -> Disclosures {
    let submission = &dossier.case.submission;
    let asks = may_ask(dossier);
    let how = match letters {
        Letters::Sent => "a letter with a link",
        Letters::Kept => "a link, which you copy and hand on",
    };
    let lead = if asks {
        format!(
            "Each states their own financial relationships of the last 24 months and signs. Who is asked gets {how}; no account \
             is needed. What somebody gave is good for 24 months and for everything in which this address is named."
        )
    } else {
        "What those who are named stated about their financial relationships of the last 24 months.".to_owned()
    };
    let people: Vec<ShownDisclosure> = disclosing(dossier).into_iter().map(|named| shown(dossier, named)).collect();
    Disclosures {
        head: head::head(dossier),
        back: head::back(dossier),
        lead,
        faults: faults.list(&[]),
        more: asks && is_left(dossier),
        people,
        action: asks.then(|| path::below(&submission.reference, "disclosures")),
        version: submission.version,
    }
}

/// Whether the reader may ask somebody.
fn may_ask(dossier: &Dossier) -> bool {
    let may = dossier.acts.contains(&Act::Write) || dossier.acts.contains(&Act::Manage);
    may && !dossier.case.submission.item.closed
}

/// Whether anybody is left who was not asked and has given none that is good; what the author wrote of themselves is theirs.
fn is_left(dossier: &Dossier) -> bool {
    disclosing(dossier).into_iter().any(|named| {
        let known = dossier.case.disclosures.get(&named.email);
        let own = dossier.is_author(named) && named.disclosure.is_some();
        known.is_some_and(|known| !known.state.is_under_way()) && !own
    })
}

/// Whose disclosures are asked for in it; nobody where the reader may not know.
pub(crate) fn disclosing(dossier: &Dossier) -> Vec<&Named> {
    if dossier.acts.contains(&Act::Read) {
        dossier.case.definition.disclosing(&dossier.case.submission.answers)
    } else {
        Vec::new()
    }
}

fn shown(dossier: &Dossier, named: &Named) -> ShownDisclosure {
    let calendar = Calendar::of(&dossier.case);
    let known = dossier.case.disclosures.get(&named.email);
    let ask = known.filter(|_| may_ask(dossier) && !named.email.is_erased()).map(|one| match one.state {
        DisclosureState::NotAsked => "Ask",
        _ => "Ask again",
    });
    ShownDisclosure {
        name: named.name.clone(),
        part: named.part.clone(),
        email: named.email.to_string(),
        state: state(known, &calendar),
        given: known.map(|one| given(one, &calendar)).unwrap_or_default(),
        written: written(named),
        mark: mark(dossier, named),
        ask,
    }
}

/// That it was the author who wrote what stands of somebody, where it is somebody else.
pub(crate) fn mark(dossier: &Dossier, named: &Named) -> Option<&'static str> {
    (named.disclosure.is_some() && !dossier.is_author(named)).then_some(BY_AUTHOR)
}

/// What the form says of somebody's financial relationships.
pub(crate) fn written(person: &Named) -> Option<String> {
    let written = person.disclosure.as_ref()?;
    Some(if written.is_empty() { "No financial relationships declared".to_owned() } else { written.clone() })
}

/// How it stands with somebody's disclosure, as a mark.
pub(crate) fn state(known: Option<&Disclosed>, calendar: &Calendar) -> Tag {
    // Of whoever is hidden nothing is told that could say who it is.
    let Some(known) = known else { return Tag::new("The office knows", Tone::Quiet) };
    let tone = match known.state {
        DisclosureState::NotAsked => Tone::Turn,
        DisclosureState::Asked => Tone::Moving,
        DisclosureState::Given => Tone::Good,
        DisclosureState::Stale => Tone::Bad,
    };
    Tag { label: words::capital(&stands(known, calendar)), tone }
}

/// The same within a sentence.
pub(crate) fn stands(known: &Disclosed, calendar: &Calendar) -> String {
    let asked = known.asked.as_ref().map(|asked| calendar.day(asked.asked_at).text);
    let given = known.given.as_ref().map(|given| calendar.day(given.given_at).text);
    let (asked, given) = (asked.unwrap_or_default(), given.unwrap_or_default());
    match known.state {
        DisclosureState::NotAsked => "not asked".to_owned(),
        DisclosureState::Asked => format!("asked on {asked}"),
        DisclosureState::Given => format!("given on {given}"),
        DisclosureState::Stale => format!("out of date, given on {given}"),
    }
}

/// What somebody gave, line by line, as far as the reader may know.
pub(crate) fn given(known: &Disclosed, calendar: &Calendar) -> Vec<String> {
    let Some(given) = &known.given else { return Vec::new() };
    if known.open == Openness::Day {
        let told = "It was given when they were asked for another submission, and the office reads it. Ask them here if you \
                    need to know what it says.";
        return vec![told.to_owned()];
    }
    signed(given, calendar)
}

/// A disclosure, line by line.
pub(crate) fn signed(given: &GivenDisclosure, calendar: &Calendar) -> Vec<String> {
    let day = calendar.day(given.given_at).text;
    let way = match given.way {
        LinkWay::Letter => "",
        LinkWay::HandedOn => ", over a link that whoever asked handed on",
    };
    let by = format!("Signed by {} on {day}{way}.", given.signature);
    stated(given).into_iter().chain([by]).collect()
}

/// What it states, line by line.
pub(crate) fn stated(given: &GivenDisclosure) -> Vec<String> {
    let none = given.relationships.is_empty().then(|| "No financial relationships in the 24 months before.".to_owned());
    none.into_iter().chain(given.relationships.iter().map(relationship)).collect()
}

fn relationship(one: &Relationship) -> String {
    let until = one.until.map_or_else(|| "ongoing".to_owned(), |until| format!("until {until}"));
    format!("{}: {}, since {}, {until}", one.company, nature(one.nature).to_lowercase(), one.from)
}

/// What a financial relationship is, in words.
pub(crate) fn nature(nature: Nature) -> &'static str {
    match nature {
        Nature::Employee => "Employee",
        Nature::Owner => "Owner or partner",
        Nature::Shares => "Single shares",
        Nature::Royalties => "Royalties or patent",
        Nature::Grant => "Research grant",
        Nature::Speaker => "Speaker or adviser",
        Nature::Other => "Something else",
    }
}

/// All of them with their words.
pub(crate) fn natures() -> impl Iterator<Item = (&'static str, &'static str)> {
    Nature::iter().map(|one| (<&'static str>::from(one), nature(one)))
}

/// The way to the list with how many gave theirs, where anybody is to.
pub(crate) fn way(dossier: &Dossier) -> Option<(String, Tone)> {
    let all = &dossier.case.disclosures;
    let many = disclosing(dossier).len();
    if many == 0 {
        return None;
    }
    let given = all.values().filter(|one| one.state == DisclosureState::Given).count();
    let tone =
        if is_left(dossier) && may_ask(dossier) && dossier.relation.is_author() { Tone::Turn } else { Tone::Quiet };
    Some((format!("Disclosures: {given} of {many} given by the person"), tone))
}

/// Who has not given theirs, as a sentence; nothing where everybody has. Whoever wrote their own as the author has.
pub(crate) fn outstanding(dossier: &Dossier) -> Option<String> {
    let calendar = Calendar::of(&dossier.case);
    let open = disclosing(dossier).into_iter().filter_map(|named| {
        let known = dossier.case.disclosures.get(&named.email)?;
        let own = dossier.is_author(named) && named.disclosure.is_some();
        if known.state == DisclosureState::Given || own {
            return None;
        }
        let how = stands(known, &calendar);
        let also = if named.disclosure.is_some() { "; the author wrote it" } else { "" };
        Some(format!("{} ({how}{also})", named.name))
    });
    let open: Vec<String> = open.collect();
    (!open.is_empty()).then(|| format!("No disclosure of their own is there from {}.", words::list(&open)))
}

/// The links of those who were asked, where no letters are sent; `site` is where the server is reached.
pub(crate) fn links(reference: &str, asked: &[AskedFor], site: &str) -> Links {
    let row = |one: &AskedFor| {
        let secret = one.link.as_ref()?;
        let url = format!("{site}/disclose/{}", secret.text());
        Some(LinkRow { name: one.name.clone(), email: one.email.to_string(), url })
    };
    let rows: Vec<LinkRow> = asked.iter().filter_map(row).collect();
    let heading = match rows.as_slice() {
        [row] => format!("A link for {}", row.name),
        _ => words::many(rows.len(), "link"),
    };
    Links {
        heading,
        lead: "No letters are sent from here. Copy and hand on, each to the person alone; with it they give their disclosure. It \
               stands for 60 days, and is not shown again."
            .to_owned(),
        rows,
        back: Link::new("Disclosures", path::below(reference, "disclosures")),
    }
}
