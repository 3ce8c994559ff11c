//! Carrying an erasure out: rows in one transaction, then the bytes of files.

use serde_json::{Value, json};

use super::{Decider, plan::Plan};
use crate::{
    clock::new_id,
    domain::{Answers, Depth, Email, PersonId, Redaction, Standing},
    model::{Erasure, Gone, LogAct, LogKind, LogLine, Person, Stand, Submission},
    store::Tx,
    usecase::{
        Context, Error,
        account::{asked, failures},
        admin::{alarm, shortages},
        document,
    },
    workflow::{Event, Item},
};

/// Events read at a time.
const PAGE: u16 = 1_000;

pub(super) async fn out(context: &Context, decider: Decider<'_>, id: PersonId, reason: &str) -> Result<(), Error> {
    let now = context.clock.now();
    // What has to be looked for in every letter and line is looked for before anybody has to wait.
    let found = {
        let view = context.store.view().await?;
        let person = view.person(id).await?.ok_or(Error::NotFound)?;
        Plan::of(context, &view, decider, person).await?
    };
    let was_here = person_is_here(&found);
    let tx = context.store.begin().await?;
    tx.hold_person(id).await?;
    let person = tx.person(id).await?.ok_or(Error::NotFound)?;
    let plan =
        Plan { mentions: found.mentions, lines: found.lines, ..Plan::of_rows(context, &tx, decider, person).await? };
    if was_here && !person_is_here(&plan) {
        // Somebody else was faster; what they did stands.
        return Ok(());
    }
    // Who is erased already stands in nobody's way: only what was kept goes.
    if person_is_here(&plan) && !plan.obstacles.is_empty() {
        return Err(Error::Conflict(plan.obstacles.join(" ")));
    }
    let short = shortages(context, &tx).await?;
    let statement = plan.statement(context, decider, reason);
    let erasure = Erasure {
        id: new_id(),
        person: id,
        at: now,
        by: decider.person(),
        depth: plan.redaction.depth,
        kept_until: plan.kept_until,
        statement: serde_json::to_value(&statement).map_err(anyhow::Error::from)?,
    };
    tx.add_erasure(&erasure).await?;
    access(&tx, &plan).await?;
    letters(&tx, &plan).await?;
    lines(&tx, &plan, &erasure).await?;
    let mut bytes = Vec::new();
    for stand in plan.stands.values() {
        bytes.extend(submission(&tx, &plan, stand, &erasure).await?);
    }
    let alias = Email::of_erased(id);
    for email in plan.redaction.addresses() {
        tx.rename_mentions(email, &alias).await?;
    }
    tx.redact_disclosures(&plan.redaction).await?;
    tx.erase_person(&erased(&plan), now).await?;
    alarm(context, &tx, &short, now).await?;
    tx.add_log(&LogLine {
        id: new_id(),
        at: now,
        kind: LogKind::Change,
        submission: None,
        actor: decider.person(),
        act: LogAct::PersonErased.to_string(),
        subject: alias.to_string(),
        detail: json!({ "erasure": erasure.id, "depth": erasure.depth, "reason": statement.reason }),
    })
    .await?;
    tx.commit().await?;
    files(context, bytes).await;
    if let Err(error) = context.store.flush().await {
        tracing::warn!(cause = %error, "Earlier states of the database stay beside it until its next checkpoint");
    }
    Ok(())
}

fn person_is_here(plan: &Plan) -> bool {
    plan.person.standing != Standing::Erased
}

/// Everything by which they come in, and what is kept of their coming.
async fn access(tx: &Tx, plan: &Plan) -> Result<(), Error> {
    let Person { id, name, .. } = &plan.person;
    tx.end_access(*id).await?;
    for email in plan.redaction.addresses() {
        for bucket in [failures(email), asked(email)] {
            tx.clear_bucket(&bucket).await?;
        }
        tx.drop_receipts_with(&[email.as_str()]).await?;
        tx.drop_work(*id, email).await?;
    }
    // In receipts names stand as JSON has them.
    Ok(tx.drop_receipts_with(&[&Value::from(name.as_str()).to_string()]).await?)
}

async fn letters(tx: &Tx, plan: &Plan) -> Result<(), Error> {
    tx.drop_letters(&plan.letters).await?;
    for id in &plan.mentions {
        if let Some(mut letter) = tx.mail(*id).await? {
            letter.subject = plan.redaction.notice(&letter.subject);
            letter.text = plan.redaction.notice(&letter.text);
            letter.html = plan.redaction.markup(&letter.html);
            tx.reword_letter(&letter).await?;
        }
    }
    Ok(())
}

/// Lines that describe them keep what they were trusted with, which says what they could decide.
async fn lines(tx: &Tx, plan: &Plan, erasure: &Erasure) -> Result<(), Error> {
    for line in &plan.lines {
        let about = plan.redaction.addresses().any(|email| line.subject == email.as_str());
        let mut redacted = line.clone();
        redacted.subject = plan.redaction.notice(&line.subject);
        scrub(&mut redacted.detail, &plan.redaction, about);
        if redacted != *line {
            tx.redact_log(&redacted, erasure.id).await?;
        }
    }
    Ok(())
}

fn scrub(value: &mut Value, redaction: &Redaction, about: bool) {
    match value {
        Value::String(text) => *text = redaction.notice(text),
        Value::Array(values) => values.iter_mut().for_each(|value| scrub(value, redaction, about)),
        Value::Object(fields) => {
            if about && fields.contains_key("affiliation") {
                fields.remove("affiliation");
                fields.remove("credentials");
                // Also a name they had before.
                fields.insert("name".to_owned(), redaction.person.pseudonym().into());
            }
            fields.values_mut().for_each(|value| scrub(value, redaction, about));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Takes them out of one submission; gives where bytes lie that nobody refers to any more.
async fn submission(tx: &Tx, plan: &Plan, stand: &Stand, erasure: &Erasure) -> Result<Vec<String>, Error> {
    let before = tx.submission(stand.id).await?.ok_or(Error::NotFound)?;
    let empties = plan.empties(stand);
    // Whoever never sent what they wrote put nobody on record.
    let redaction = if stand.sent { plan.redaction.clone() } else { plan.redaction.whole() };
    let rewritten = events(tx, &before, &redaction, empties, erasure).await?;
    for sent in tx.revisions(before.id).await? {
        let mut redacted = sent.clone();
        answers(&mut redacted.answers, &redaction, empties);
        if redacted != sent {
            tx.redact_revision(&redacted, erasure.id).await?;
        }
    }
    let mut after = Submission { item: rewritten.unwrap_or_else(|| before.item.clone()), ..before.clone() };
    answers(&mut after.answers, &redaction, empties);
    after.title = if empties { String::new() } else { redaction.text(&before.title) };
    if after != before {
        tx.redact_submission(&after).await?;
    }
    if empties {
        tx.forget_all_typed(before.id).await?;
        // They have its title, and what was asked of it.
        tx.drop_letters(&tx.letters_about(before.id).await?).await?;
    }
    if !stand.sent && empties {
        tx.forget_draft(before.id).await?;
    }
    if stand.submitter != plan.person.id {
        return Ok(Vec::new());
    }
    Ok(tx.erase_documents(&before, if empties { Gone::All } else { Gone::Removed }).await?)
}

/// Rewrites the events that say something of them; gives the state that follows, which differs in words alone.
async fn events(
    tx: &Tx,
    of: &Submission,
    redaction: &Redaction,
    empties: bool,
    erasure: &Erasure,
) -> Result<Option<Item>, Error> {
    let mut all: Vec<Event> = Vec::new();
    let mut rewritten = false;
    loop {
        let after = all.last().map_or(0, |event| event.sequence);
        let page = tx.events(of.id, after, PAGE).await?;
        let full = page.len() == usize::from(PAGE);
        for event in page {
            let mut redacted = event.redacted(redaction);
            if empties {
                redacted = redacted.without_words();
            }
            if redacted != event {
                tx.redact_event(of.id, &redacted, erasure.id).await?;
                rewritten = true;
            }
            all.push(redacted);
        }
        if !full {
            return Ok(rewritten.then(|| Item::replay(of.submitter, &all)));
        }
    }
}

fn answers(answers: &mut Answers, redaction: &Redaction, empties: bool) {
    if empties {
        *answers = Answers::default();
    } else {
        redaction.answers(answers);
    }
}

/// The person as the house knows them from now on.
fn erased(plan: &Plan) -> Person {
    let restricted = plan.redaction.depth == Depth::Restricted;
    Person {
        email: Email::of_erased(plan.person.id),
        name: plan.redaction.called(),
        credentials: if restricted { plan.person.credentials.clone() } else { String::new() },
        affiliation: String::new(),
        standing: Standing::Erased,
        duties: std::collections::BTreeSet::new(),
        ..plan.person.clone()
    }
}

/// The rows say removed; what cannot be deleted now the sweep deletes later.
async fn files(context: &Context, keys: Vec<String>) {
    if let Err(error) = document::delete_removed(context, keys).await {
        tracing::warn!(cause = %error, "Files of an erased person stay until the sweep deletes them");
    }
}
