//! The public catalogue.

use serde::Serialize;

use super::{
    View,
    part::{Fact, Pager, Tag},
    path,
    submission::{
        answer::{self, ShownPerson},
        disclosures,
    },
    words::{self, calendar::Calendar, state, when},
};
use crate::{
    credit::CreditTypes,
    domain::{Answer, DisclosureState, Named},
    model::Activity,
    usecase::credit::{Catalogue, Listed},
};

/// The catalogue. The form is a GET to `/catalogue`; parameter of the search is `search`.
#[derive(Clone, Debug, Serialize)]
pub struct CataloguePage {
    pub search: String,
    pub activities: Vec<ActivityRow>,
    pub pager: Pager,
}

/// One activity in the list.
#[derive(Clone, Debug, Serialize)]
pub struct ActivityRow {
    pub href: String,
    pub title: String,
    pub provider: String,
    /// `4.25`.
    pub maximum: String,
    /// `AMA PRA Category 1 Credit`.
    pub credit: String,
    /// When and where, or until when.
    pub period: String,
}

/// One activity, for everybody to read.
#[derive(Clone, Debug, Serialize)]
pub struct ActivityPage {
    pub reference: String,
    pub title: String,
    pub provider: String,
    /// `Accredited`, `Accreditation ended`.
    pub state: Tag,
    /// The designation statement, word for word.
    pub designation: Option<String>,
    /// `4.25`.
    pub maximum: String,
    /// `AMA PRA Category 1 Credit`.
    pub credit: String,
    /// Format, date, place, audience, valid until.
    pub facts: Vec<Fact>,
    /// What participants will be able to do.
    pub objectives: Vec<String>,
    /// Who teaches, with what learners must know of financial relationships.
    pub faculty: Vec<ShownPerson>,
    /// Commercial support, or that there is none.
    pub support: Option<String>,
}

impl View for CataloguePage {
    const TEMPLATE: &'static str = "page/catalogue_list.html";
}

impl View for ActivityPage {
    const TEMPLATE: &'static str = "page/activity_read.html";
}

pub(crate) fn list(found: &Catalogue, search: &str, types: &CreditTypes) -> CataloguePage {
    let rows = found.activities.rows.iter().filter_map(|activity| {
        let reference = found.references.get(&activity.submission)?;
        Some(ActivityRow {
            href: format!("/catalogue/{}", path::encoded(reference)),
            title: activity.title.clone(),
            provider: activity.provider.clone(),
            maximum: format!("Up to {}", words::number(activity.maximum.to_decimal())),
            credit: types.called(&activity.credit),
            period: period(activity),
        })
    });
    let address = if search.is_empty() { "/catalogue".to_owned() } else { path::with("/catalogue", "search", search) };
    CataloguePage {
        search: search.to_owned(),
        activities: rows.collect(),
        pager: Pager {
            text: words::capital(
                &words::many(found.activities.rows.len(), "activity").replace("activitys", "activities"),
            ),
            previous: None,
            next: found.activities.next.as_ref().map(|cursor| path::with(&address, "cursor", cursor)),
        },
    }
}

fn period(activity: &Activity) -> String {
    match activity.starts_on {
        Some(date) => when::date(date),
        None => format!("Until {}", when::date(activity.until)),
    }
}

/// One activity: what learners must know before they attend, and nothing that was said to the office only.
pub(crate) fn activity(found: &Listed, types: &CreditTypes, calendar: &Calendar) -> ActivityPage {
    let activity = &found.activity;
    let stands = activity.ended_at.is_none() && activity.until >= found.today;
    ActivityPage {
        reference: found.submission.reference.clone(),
        title: activity.title.clone(),
        provider: found.provider.clone(),
        state: state::public(stands),
        designation: stands.then(|| activity.designation.clone()),
        maximum: words::number(activity.maximum.to_decimal()),
        credit: types.called(&activity.credit),
        facts: facts(found, calendar),
        objectives: objectives(found),
        faculty: faculty(found),
        support: text(found, "commercial_support"),
    }
}

fn facts(found: &Listed, calendar: &Calendar) -> Vec<Fact> {
    let asked = ["format", "starts_on", "ends_on", "place", "audience"]
        .into_iter()
        .filter_map(|id| Some(Fact::new(&found.definition.question(id)?.label, text(found, id)?)));
    asked.chain([Fact::new("Accredited until", calendar.date(found.activity.until).text)]).collect()
}

/// An answer in words, where the form asks that question.
fn text(found: &Listed, id: &str) -> Option<String> {
    Some(answer::text(found.definition.question(id)?, found.submission.answers.get(id)?))
}

fn objectives(found: &Listed) -> Vec<String> {
    match found.submission.answers.get("objectives") {
        Some(Answer::Table(rows)) => rows
            .iter()
            .filter_map(|row| {
                row.values().find_map(|cell| match cell {
                    Answer::Text(text) => Some(text.clone()),
                    _ => None,
                })
            })
            .collect(),
        Some(Answer::Text(text)) => text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// Everybody named, without addresses: those are nobody's business here.
fn faculty(found: &Listed) -> Vec<ShownPerson> {
    let people = found.submission.answers.0.values().flat_map(|answer| match answer {
        Answer::People(people) => people.as_slice(),
        _ => &[],
    });
    let asked = |named: &Named| {
        let own = found.disclosures.get(&named.email).filter(|one| one.state == DisclosureState::Given);
        let Some(given) = own.and_then(|one| one.given.as_ref()) else {
            let mark = (named.disclosure.is_some() && named.email != found.author).then_some(disclosures::BY_AUTHOR);
            return ShownPerson { email: None, mark, ..answer::person(named) };
        };
        // What somebody states themselves counts more than what was written for them.
        ShownPerson { email: None, given: disclosures::stated(given), disclosure: None, ..answer::person(named) }
    };
    people.map(asked).collect()
}
