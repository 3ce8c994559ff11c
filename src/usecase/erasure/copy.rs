//! A copy of all that is kept about a person, for that person: the right beside that to be forgotten.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Decider, Error};
use crate::{domain::PersonId, model::Person, store::ReadTx, usecase::Context};

/// Rows of a list read at a time.
const PAGE: u16 = 500;

/// Everything that is kept about somebody, as JSON. Files are named; their bytes are downloaded one by one.
pub async fn copy(context: &Context, decider: Decider<'_>, id: PersonId) -> Result<Value, Error> {
    decider.allowed()?;
    let view = context.store.view().await?;
    let person = view.person(id).await?.ok_or(Error::NotFound)?;
    let now = context.clock.now();
    let sessions = view.sessions_of(id, now).await?;
    let sessions: Vec<Value> = sessions
        .iter()
        .map(|session| json!({ "begun": session.created_at, "last_used": session.seen_at, "browser": session.agent }))
        .collect();
    let addresses = view.addresses_of(std::slice::from_ref(&person)).await?.remove(&id).unwrap_or_default();
    let erasure = view.erasure_of(id).await?.map(|erasure| erasure.statement);
    Ok(json!({
        "as_of": now,
        "person": {
            "id": person.id, "email": person.email, "addresses": addresses, "name": person.name, "credentials": person.credentials,
            "affiliation": person.affiliation, "standing": person.standing, "duties": person.duties,
            "known_since": person.created_at, "groups": view.groups_of(id).await?,
        },
        "sessions": sessions,
        "unwanted_letters": view.unwanted_letters(&[id].into()).await?.remove(&id).unwrap_or_default(),
        "second_factor_since": view.second_factor(id).await?.map(|factor| factor.since),
        "submissions": submissions(&view, &person).await?,
        "named_in": references(&view, &person).await?,
        "took_part_in": part(&view, &person).await?,
        "disclosures": disclosures(&view, &person).await?,
        "credit": credit(&view, &person).await?,
        "letters": letters(&view, &person).await?,
        "log": log(&view, &person).await?,
        "erasure": erasure,
    }))
}

async fn submissions(view: &ReadTx, person: &Person) -> Result<Vec<Value>, Error> {
    let mut told = Vec::new();
    for stand in view.begun_by(person.id).await? {
        let Some(submission) = view.submission(stand.id).await? else { continue };
        let files = view.documents(stand.id).await?;
        let files: Vec<Value> = files
            .iter()
            .map(|file| json!({ "id": file.id, "name": file.name, "size": file.size, "sha256": file.sha256 }))
            .collect();
        let sent = view.revisions(stand.id).await?;
        let sent: Vec<Value> =
            sent.iter().map(|sent| json!({ "number": sent.number, "at": sent.at, "answers": sent.answers })).collect();
        told.push(json!({
            "reference": submission.reference, "workflow": submission.workflow, "title": submission.title,
            "state": submission.item.state, "begun": submission.begun_at, "sent": submission.sent_at,
            "answers": submission.answers, "revisions": sent, "files": files,
        }));
    }
    Ok(told)
}

/// Others' submissions that name them: which, and no more, for the rest is the others'.
async fn references(view: &ReadTx, person: &Person) -> Result<Vec<String>, Error> {
    let addresses = view.addresses_of(std::slice::from_ref(person)).await?.remove(&person.id).unwrap_or_default();
    let mut named = Vec::new();
    for email in &addresses {
        named.extend(view.naming(email).await?);
    }
    Ok(named.into_iter().filter(|stand| stand.submitter != person.id).map(|stand| stand.reference).collect())
}

/// What they did in submissions: the events that they set off.
async fn part(view: &ReadTx, person: &Person) -> Result<Vec<Value>, Error> {
    let mut told = Vec::new();
    for (id, _) in view.acted_in(person.id).await? {
        let Some(submission) = view.submission(id).await? else { continue };
        let mut after = 0;
        loop {
            let events = view.events(id, after, PAGE).await?;
            let Some(last) = events.last() else { break };
            after = last.sequence;
            let own = events.iter().filter(|event| event.by == Some(person.id));
            told.extend(own.map(|event| json!({ "submission": submission.reference, "event": event })));
        }
    }
    Ok(told)
}

/// What they disclosed by links.
async fn disclosures(view: &ReadTx, person: &Person) -> Result<Vec<Value>, Error> {
    let given = view.disclosures_of(&BTreeSet::from([person.email.clone()])).await?;
    let told = given.iter().map(|given| {
        json!({
            "given": given.given_at, "relationships": given.relationships, "statement": given.statement,
            "signature": given.signature,
        })
    });
    Ok(told.collect())
}

async fn credit(view: &ReadTx, person: &Person) -> Result<Vec<Value>, Error> {
    let mut told = Vec::new();
    let mut cursor = None;
    loop {
        let page = view.entries_of(person.id, cursor.as_deref(), PAGE).await?;
        told.extend(page.rows.iter().map(|entry| {
            json!({
                "credit": entry.credit, "amount": entry.amount.to_decimal().to_string(), "earned": entry.earned,
                "title": entry.title, "recorded": entry.recorded_at, "reverses": entry.reverses,
            })
        }));
        let Some(next) = page.next else { return Ok(told) };
        cursor = Some(next);
    }
}

async fn letters(view: &ReadTx, person: &Person) -> Result<Vec<Value>, Error> {
    let mut told = Vec::new();
    for id in view.letters_to(person.id).await? {
        let letter = view.mail(id).await?;
        told.extend(letter.map(|letter| {
            json!({ "written": letter.queued_at, "sent": letter.sent_at, "subject": letter.subject, "text": letter.text })
        }));
    }
    Ok(told)
}

async fn log(view: &ReadTx, person: &Person) -> Result<Vec<Value>, Error> {
    let lines = view.log_with(&[person.email.as_str()]).await?;
    Ok(lines.iter().map(|line| json!({ "at": line.at, "act": line.act, "detail": line.detail })).collect())
}
