//! Redacting: the office takes an answer or a file out of what was sent, because it tells of a patient, say. Hash, who, when and
//! why stay; the words and bytes go from every store.

use std::collections::BTreeSet;

use aws_lc_rs::digest::{SHA256, digest};
use data_encoding::HEXLOWER;
use serde_json::json;

use super::{Acted, act::seen, claim::claims, title::title};
use crate::{
    access::Act,
    clock::new_id,
    domain::{Answer, Answers, Depth, DocumentId, Effect, Paragraphs},
    model::{Erasure, LogAct, Mail, Receipt, Submission},
    store::Tx,
    usecase::{Call, Case, Context, Error, Target, document, enqueue},
    workflow::{
        About, Actor, EventKind, Item,
        definition::{Kind, Question},
        engine::beside,
    },
};

/// What stands where words were.
const REDACTED: &str = "(redacted)";
/// Shorter words are no quotation: they stand everywhere.
const QUOTED: usize = 8;

/// What is taken out, and why.
#[derive(Clone, Debug)]
pub struct Redact {
    /// An answer, or a file.
    pub about: About,
    /// Why.
    pub reason: String,
}

/// Whether an answer can be redacted: what was written in words. By numbers and days credit goes, and by addresses conflicts.
#[must_use]
pub fn is_redactable(question: &Question) -> bool {
    matches!(question.kind, Kind::Text { .. } | Kind::LongText { .. } | Kind::Table { .. })
}

/// Takes an answer or a file out.
pub async fn redact(call: &Call, target: &Target, what: &Redact) -> Result<Acted, Error> {
    let reason: String = Paragraphs::within(&what.reason, 500).map_err(|fault| Error::text("reason", fault))?.into();
    if reason.is_empty() {
        return Err(Error::field(
            "reason",
            "missing",
            "say why, without what is to go: everybody who reads it reads why",
        ));
    }
    let deed = call.begin().await?;
    let case = seen(&deed, call, &target.reference).await?;
    let permit = case.allow(&call.caller, Act::Manage)?;
    case.expect(target.version)?;
    if case.submission.item.redactions.iter().any(|part| part.about == what.about) && !changed_since(&case, &what.about)
    {
        return Err(Error::Conflict("this was redacted already".to_owned()));
    }
    let redaction = Erasure {
        id: new_id(),
        person: case.submission.submitter,
        at: call.now,
        by: Some(call.caller.person),
        depth: Depth::Restricted,
        kept_until: None,
        statement: json!({ "submission": case.submission.reference, "about": what.about, "reason": reason }),
    };
    deed.add_redaction(&redaction, case.submission.id).await?;
    let mut after = case.submission.clone();
    let (sha256, bytes) = match &what.about {
        About::Question(id) => (answer(&deed, &case, id, &redaction, &mut after).await?, Vec::new()),
        About::Document(id) => file(&deed, &case, *id).await?,
    };
    let facts = case.facts(Actor::Person(call.caller.person));
    let redacted = EventKind::Redacted { about: what.about.clone(), sha256: sha256.clone(), reason: reason.clone() };
    let events = beside(&case.definition, &after.item, &facts, redacted);
    after.item = events.iter().fold(after.item, Item::apply);
    let saved = case.save(&deed, permit, after, &events).await?;
    let known = if saved.sent_at.is_some() { claims(&case.definition, &saved) } else { BTreeSet::new() };
    deed.put_claims(saved.id, &known).await?;
    deed.drop_receipts_with(&[saved.reference.as_str()]).await?;
    if let (Some(first), Some(last)) = (events.first(), events.last()) {
        let announce = Effect::Announce { submission: saved.id, first: first.sequence, last: last.sequence };
        enqueue(&deed, &announce, call.now).await?;
    }
    let detail = json!({ "about": what.about, "sha256": sha256, "reason": reason });
    deed.note_of(&saved, LogAct::Redacted, detail).await?;
    let acted = Acted::of(call, &case, saved, events)?;
    deed.commit(Receipt::stepped(&acted.submission)).await?;
    gone(&call.context, bytes).await;
    Ok(acted)
}

/// Whether what was redacted is there again, because its author wrote it anew.
fn changed_since(case: &Case, about: &About) -> bool {
    match about {
        About::Question(id) => {
            let question = case.definition.question(id);
            let answer = case.submission.answers.get(id);
            question.zip(answer).is_some_and(|(question, answer)| !is_redacted(question, answer))
        }
        About::Document(_) => false,
    }
}

fn is_redacted(question: &Question, answer: &Answer) -> bool {
    without_words(question, answer) == *answer
}

/// Takes an answer out of the submission, of every version that was sent, and of all that quotes it; gives its hash.
async fn answer(tx: &Tx, case: &Case, id: &str, redaction: &Erasure, after: &mut Submission) -> Result<String, Error> {
    let question = case.definition.question(id).ok_or(Error::NotFound)?;
    if !is_redactable(question) {
        let message = "only what was written in words can be redacted, and files: credit goes by numbers and days";
        return Err(Error::field("what", "kind", message));
    }
    let revisions = tx.revisions(case.submission.id).await?;
    let versions: Vec<&Answer> = revisions
        .iter()
        .filter_map(|sent| sent.answers.get(id))
        .chain(case.submission.answers.get(id))
        .filter(|answer| !is_redacted(question, answer))
        .collect();
    let newest = versions.last().ok_or_else(|| Error::field("what", "missing", "there is no such answer to redact"))?;
    let listed = id == "title" && tx.activity(case.submission.id).await?.is_some();
    if listed || (id == "title" && !case.submission.item.awarded.is_empty()) {
        let message = "the title stands in the ledger of credit or in the catalogue, which are never rewritten";
        return Err(Error::field("what", "ledger", message));
    }
    let sha256 = hash(newest)?;
    let quoted = quotations(question, &versions);
    let out = |answers: &mut Answers| {
        if let Some(answer) = answers.0.get_mut(id) {
            *answer = without_words(question, answer);
        }
    };
    for sent in &revisions {
        let mut redacted = sent.clone();
        out(&mut redacted.answers);
        if redacted != *sent {
            tx.redact_revision(&redacted, redaction.id).await?;
        }
    }
    out(&mut after.answers);
    after.title = title(after);
    let reword = |text: &str| quoted.iter().fold(text.to_owned(), |text, words| text.replace(words.as_str(), REDACTED));
    let events = tx.all_events(case.submission.id).await?;
    let mut reworded = Vec::with_capacity(events.len());
    for event in events {
        let redacted = event.reworded(&reword);
        if redacted != event {
            tx.redact_event(case.submission.id, &redacted, redaction.id).await?;
        }
        reworded.push(redacted);
    }
    after.item = Item::replay(case.submission.submitter, &reworded);
    let mut letters = Vec::new();
    for id in tx.letters_about(case.submission.id).await? {
        let letter = tx.mail(id).await?;
        let repeats =
            |letter: &Mail| quoted.iter().any(|words| letter.text.contains(words) || letter.subject.contains(words));
        letters.extend(letter.filter(repeats).map(|letter| letter.id));
    }
    tx.drop_letters(&letters).await?;
    // The same words may stand there, and what was typed and never sent is nobody's record.
    tx.forget_all_typed(case.submission.id).await?;
    Ok(sha256)
}

/// An answer without its words; whom a row of a table names stays, for conflicts go by that.
fn without_words(question: &Question, answer: &Answer) -> Answer {
    let mut redacted = answer.clone();
    match (&question.kind, &mut redacted) {
        (Kind::Table { columns, .. }, Answer::Table(rows)) => {
            let words = |id: &str| {
                let column = columns.iter().find(|column| column.id == id);
                column.is_some_and(|column| matches!(column.kind, Kind::Text { .. } | Kind::LongText { .. }))
            };
            for (_, cell) in rows.iter_mut().flatten().filter(|(id, _)| words(id)) {
                cell.reword(&|_| REDACTED.to_owned());
            }
        }
        (_, redacted) => redacted.reword(&|_| REDACTED.to_owned()),
    }
    redacted
}

/// What may be quoted elsewhere: whole texts that go and each of their lines, the longest first.
fn quotations(question: &Question, versions: &[&Answer]) -> Vec<String> {
    let mut quoted: Vec<String> = Vec::new();
    for version in versions {
        let without = without_words(question, version);
        let stays = without.texts();
        let gone = version.texts().into_iter().filter(|text| !stays.contains(text));
        quoted.extend(gone.flat_map(|text| text.lines().chain([text])).map(|text| text.trim().to_owned()));
    }
    quoted.retain(|text| text.chars().count() >= QUOTED);
    quoted.sort_by_key(|text| std::cmp::Reverse(text.len()));
    quoted.dedup();
    quoted
}

/// Takes a file out; gives its hash, and where its bytes are.
async fn file(tx: &Tx, case: &Case, id: DocumentId) -> Result<(String, Vec<String>), Error> {
    let found = tx.document(id).await?.filter(|document| document.submission == case.submission.id);
    let found = found.ok_or(Error::NotFound)?;
    Ok((found.sha256, tx.redact_document(id).await?))
}

fn hash(answer: &Answer) -> Result<String, Error> {
    let text = match answer {
        Answer::Text(text) => text.clone(),
        other => serde_json::to_string(other).map_err(anyhow::Error::from)?,
    };
    Ok(HEXLOWER.encode(digest(&SHA256, text.as_bytes()).as_ref()))
}

/// The rows say removed; what cannot be deleted now the sweep deletes later.
async fn gone(context: &Context, keys: Vec<String>) {
    if !keys.is_empty()
        && let Err(error) = document::delete_removed(context, keys).await
    {
        tracing::warn!(cause = %error, "A redacted file stays until the sweep deletes it");
    }
    if let Err(error) = context.store.flush().await {
        tracing::warn!(cause = %error, "Earlier states of the database stay beside it until its next checkpoint");
    }
}
