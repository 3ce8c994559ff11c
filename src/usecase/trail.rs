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

/// Writes down that somebody who is known went where they may not be: `POST /people/invite`.
pub async fn refused(context: &Context, person: PersonId, to: &str, status: u16) {
    let detail = json!({ "answer": status });
    let access = Access {
        kind: LogKind::Refusal,
        act: LogAct::Refused,
        person: Some(person),
        subject: to,
        submission: None,
        detail,
    };
    access.write(context).await;
}
