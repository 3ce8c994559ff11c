//! Lines of the audit trail that no change of the house brings along: signing in, being refused, opening a file.

use serde_json::{Value, json};

use super::{Context, Error};
use crate::{
    clock::new_id,
    domain::{PersonId, SubmissionId},
    model::{LogAct, LogKind, LogLine},
};

/// Somebody's coming, going or looking.
#[derive(Clone, Debug)]
pub(super) struct Access<'a> {
    pub(super) kind: LogKind,
    pub(super) act: LogAct,
    /// Who, where that is known.
    pub(super) person: Option<PersonId>,
    /// To what.
    pub(super) subject: &'a str,
    /// The submission it tells of.
    pub(super) submission: Option<SubmissionId>,
    pub(super) detail: Value,
}

impl Access<'_> {
    /// The line that says so.
    pub(super) fn line(self, context: &Context) -> LogLine {
        LogLine {
            id: new_id(),
            at: context.clock.now(),
            kind: self.kind,
            submission: self.submission,
            actor: self.person,
            act: self.act.to_string(),
            subject: self.subject.to_owned(),
            detail: self.detail,
        }
    }

    /// Writes it down by itself. Where the store takes nothing now, whoever looks is not turned away for that: the line goes
    /// to the program's own log instead.
    pub(super) async fn write(self, context: &Context) {
        let line = self.line(context);
        let written = async {
            let tx = context.store.begin().await?;
            tx.add_log(&line).await?;
            Ok::<_, Error>(tx.commit().await?)
        };
        if let Err(error) = written.await {
            let LogLine { actor, act, subject, .. } = &line;
            tracing::error!(cause = %error, ?actor, act, subject, "A line of the audit trail could not be written");
        }
    }
}

/// Somebody who is known went where they may not be.
#[derive(Clone, Copy, Debug)]
pub struct Refused<'a> {
    /// Who.
    pub person: PersonId,
    /// What they asked for: `POST /people/invite`.
    pub asked: &'a str,
    /// The reference in it.
    pub reference: Option<&'a str>,
    /// The status of the answer.
    pub status: u16,
}

impl Refused<'_> {
    /// Writes it down. Who has to do with a submission is nobody's business who may not know of it, so the line is that
    /// submission's where there is one.
    pub async fn write(self, context: &Context) {
        let Self { person, asked, reference, status } = self;
        let submission = match of_reference(context, reference).await {
            Ok(submission) => submission,
            Err(error) => {
                tracing::error!(cause = %error, ?person, asked, "A line of the audit trail could not be written");
                return;
            }
        };
        let access = Access {
            kind: LogKind::Refusal,
            act: LogAct::Refused,
            person: Some(person),
            subject: reference.filter(|_| submission.is_some()).unwrap_or(asked),
            submission,
            detail: json!({ "asked": asked, "answer": status }),
        };
        access.write(context).await;
    }
}

async fn of_reference(context: &Context, reference: Option<&str>) -> Result<Option<SubmissionId>, Error> {
    let Some(reference) = reference else { return Ok(None) };
    let found = context.store.view().await?.submission_by_reference(reference).await?;
    Ok(found.map(|submission| submission.id))
}
