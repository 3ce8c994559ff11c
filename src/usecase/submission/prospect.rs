//! What somebody sees who is asked whether they have a conflict of interest, before anything is open to them.

use std::collections::BTreeSet;

use super::blind;
use crate::{
    access::{Part, Sight},
    domain::{Answer, Answers, Email, PersonId, may_be_one},
    store::ReadTx,
    usecase::{Case, Error},
    workflow::definition::Kind,
};

/// Questions that say what it is and who pays for it, by their ids.
const TOLD: [&str; 11] = [
    "title",
    "course",
    "source",
    "description",
    "sponsor",
    "supported",
    "support",
    "supporters",
    "hours",
    "starts_on",
    "ends_on",
];

/// Columns of a table that add up to the length of what is taught, in minutes; the first that is there counts.
const MINUTES: [&str; 2] = ["credit_minutes", "minutes"];

/// What matters for the question whether somebody has a conflict of interest, as far as they may know it.
#[derive(Clone, Debug, Default)]
pub struct Prospect {
    /// Where the author works; empty where the reader must not know, or nobody does.
    pub institution: String,
    /// Everybody who is named.
    pub people: Vec<Prospected>,
    /// What it is and who pays for it.
    pub answers: Answers,
    /// How many minutes are taught.
    pub minutes: i64,
    /// How many files there are.
    pub files: usize,
}

/// Somebody who is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prospected {
    /// As printed.
    pub name: String,
    /// The part they play.
    pub part: String,
    /// Where they work; empty where nobody knows.
    pub institution: String,
}

/// What a reader is told before they say whether they have a conflict of interest; nothing where that is not theirs to say.
pub(super) async fn prospect(view: &ReadTx, case: &Case, sight: &Sight) -> Result<Option<Prospect>, Error> {
    // Whoever reads the whole of it needs no extract.
    if sight.relation.is_author() || sight.knows(Part::Content) || case.submission.sent_at.is_none() {
        return Ok(None);
    }
    let author = view.person(case.submission.submitter).await?.ok_or(Error::NotFound)?;
    let sees_author = sight.knows(Part::Author);
    let addresses = blind::addresses(view, &author).await?;
    let mut answers = case.submission.answers.clone();
    let files = answers.documents().count();
    let mut people = Vec::new();
    for named in answers.people() {
        if !sees_author && addresses.contains(&named.email) {
            continue;
        }
        let known = view.person_by_any_address(&named.email).await?;
        people.push(Prospected {
            name: named.name.clone(),
            part: named.part.clone(),
            institution: known.map(|person| person.affiliation).unwrap_or_default(),
        });
    }
    let minutes = minutes(case, &answers);
    let asked = |id: &str| {
        let kind = case.definition.question(id).map(|question| &question.kind);
        TOLD.contains(&id) && !matches!(kind, Some(Kind::Files { .. } | Kind::People { .. }))
    };
    answers.0.retain(|id, _| asked(id));
    if !sees_author {
        blind::hide(&mut answers, &addresses);
    }
    let institution = if sees_author { author.affiliation } else { String::new() };
    Ok(Some(Prospect { institution, people, answers, minutes, files }))
}

fn minutes(case: &Case, answers: &Answers) -> i64 {
    let tables = answers.0.iter().filter_map(|(id, answer)| match answer {
        Answer::Table(rows) => Some((id, rows)),
        _ => None,
    });
    let sum = |(id, rows): (&String, &Vec<crate::domain::Row>)| {
        case.definition.question(id)?;
        let column = MINUTES.iter().find(|column| rows.iter().any(|row| row.contains_key(**column)))?;
        let minutes = rows.iter().filter_map(|row| match row.get(*column) {
            Some(Answer::Integer(minutes)) => Some(*minutes),
            _ => None,
        });
        Some(minutes.sum::<i64>())
    };
    tables.filter_map(sum).sum()
}

/// Whoever was ever named in what was sent, with whoever sent it, by address.
pub(super) async fn everybody_named(view: &ReadTx, case: &Case) -> Result<Vec<(Email, String)>, Error> {
    let author = view.person(case.submission.submitter).await?.ok_or(Error::NotFound)?;
    let revisions = view.revisions(case.submission.id).await?;
    let sent = revisions.iter().flat_map(|revision| revision.answers.people());
    let named = sent.map(|named| (named.email.clone(), named.name.clone()));
    let along = case.submission.item.coauthors.iter().map(|(email, along)| (email.clone(), along.name.clone()));
    Ok(named.chain(along).chain([(author.email, author.name)]).collect())
}

/// Those of them whose names are like somebody's: they are asked about, and nothing follows from it.
pub(super) fn namesakes(named: &[(Email, String)], addresses: &BTreeSet<Email>, name: &str) -> Vec<String> {
    let alike = named.iter().filter(|(email, known)| !addresses.contains(email) && may_be_one(name, known));
    let found: BTreeSet<String> = alike.map(|(_, name)| name.clone()).collect();
    found.into_iter().collect()
}

/// The same of the reader, as far as they may know who is named.
pub(super) async fn like_yours(view: &ReadTx, case: &Case, sight: &Sight, me: PersonId) -> Result<Vec<String>, Error> {
    if sight.relation.is_author() || case.submission.sent_at.is_none() {
        return Ok(Vec::new());
    }
    let people = view.persons(&BTreeSet::from([me])).await?;
    let Some(person) = people.first() else { return Ok(Vec::new()) };
    let addresses = view.addresses_of(&people).await?.remove(&me).unwrap_or_default();
    let mut named = everybody_named(view, case).await?;
    if !sight.knows(Part::Author)
        && let Some((author, _)) = named.last().cloned()
    {
        named.retain(|(email, _)| *email != author);
    }
    Ok(namesakes(&named, &addresses, &person.name))
}
