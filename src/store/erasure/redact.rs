//! Taking a person out of the tables. What only grows is changed under an erasure that was written down, and says so.

use std::collections::BTreeSet;

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Alias, Expr, ExprTrait, Query},
};
use uuid::Uuid;

use crate::{
    domain::{DocumentId, Effect, Email, MailId, PersonId, SubmissionId, folded},
    model::{DocumentStanding, Erasure, Gone, LogLine, Mail, Revision, Submission},
    store::{
        Error, Tx, column,
        entity::{
            absence, browser, channel, decline, document, document_digest, erasure as table, event, job, kept_receipt,
            link, log, mail, membership, mention, revision, submission, submission_content, timer_failure, turn, typed,
            unsent,
        },
        submission::found_by,
        word,
    },
    workflow::Event,
};

impl Tx {
    /// Writes down an erasure: what only grows can be changed under it.
    pub async fn add_erasure(&self, erasure: &Erasure) -> Result<(), Error> {
        self.insert(table::Model {
            id: erasure.id,
            person: erasure.person.0,
            at: column::micros(erasure.at),
            decided_by: erasure.by.map(|person| person.0),
            depth: column::to_word(erasure.depth).to_owned(),
            kept_until: erasure.kept_until.map(column::micros),
            statement: column::to_json(&erasure.statement)?,
            submission: None,
        })
        .await
    }

    /// Writes down that something of a submission is taken out: what only grows can be changed under it.
    pub async fn add_redaction(&self, redaction: &Erasure, of: SubmissionId) -> Result<(), Error> {
        self.insert(table::Model {
            id: redaction.id,
            person: redaction.person.0,
            at: column::micros(redaction.at),
            decided_by: redaction.by.map(|person| person.0),
            depth: column::to_word(redaction.depth).to_owned(),
            kept_until: None,
            statement: column::to_json(&redaction.statement)?,
            submission: Some(of.0),
        })
        .await
    }

    /// Takes a file out whose hash stays; gives where its bytes are.
    pub async fn redact_document(&self, id: DocumentId) -> Result<Vec<String>, Error> {
        let of_it = document::Column::Id.eq(id.0);
        let keys = document::Entity::find().select_only().column(document::Column::BlobKey).filter(of_it.clone());
        let keys = keys.into_tuple().all(&self.tx).await?;
        // They are a likeness of the bytes.
        let digests = document_digest::Entity::delete_many().filter(document_digest::Column::Document.eq(id.0));
        digests.exec(&self.tx).await?;
        document::Entity::update_many()
            .col_expr(document::Column::Name, Expr::value("Redacted file"))
            .filter(of_it)
            .exec(&self.tx)
            .await?;
        self.remove_document(id).await?;
        Ok(keys)
    }

    /// Ends everything by which somebody signs in, and every membership.
    pub async fn end_access(&self, person: PersonId) -> Result<(), Error> {
        let id = person.0;
        self.end_sessions_of(person).await?;
        self.end_second_factor(person).await?;
        self.forget_address_changes(person).await?;
        self.set_unwanted_letters(person, &BTreeSet::new()).await?;
        link::Entity::delete_many().filter(link::Column::Person.eq(id)).exec(&self.tx).await?;
        decline::Entity::delete_many().filter(decline::Column::Person.eq(id)).exec(&self.tx).await?;
        kept_receipt::Entity::delete_many().filter(kept_receipt::Column::Person.eq(id)).exec(&self.tx).await?;
        absence::Entity::delete_many().filter(absence::Column::Person.eq(id)).exec(&self.tx).await?;
        typed::Entity::delete_many().filter(typed::Column::Person.eq(id)).exec(&self.tx).await?;
        browser::Entity::delete_many().filter(browser::Column::Person.eq(id)).exec(&self.tx).await?;
        unsent::Entity::delete_many().filter(unsent::Column::Person.eq(id)).exec(&self.tx).await?;
        let memberships = membership::Entity::delete_many().filter(membership::Column::Person.eq(id));
        memberships.exec(&self.tx).await?;
        Ok(())
    }

    /// Deletes receipts kept for others that have one of these words in them; repeating the request does it anew.
    pub async fn drop_receipts_with(&self, words: &[&str]) -> Result<(), Error> {
        let found = match self.tx.get_database_backend() {
            DbBackend::Sqlite => "instr(receipt, ?) > 0",
            _ => "position($1 in receipt) > 0",
        };
        for word in words.iter().filter(|word| !word.is_empty()) {
            let with = Expr::cust_with_values(found, [*word]);
            kept_receipt::Entity::delete_many().filter(with).exec(&self.tx).await?;
        }
        Ok(())
    }

    /// Deletes letters with the work of delivering them.
    pub async fn drop_letters(&self, letters: &[MailId]) -> Result<(), Error> {
        for some in letters.chunks(500) {
            let deliveries = some
                .iter()
                .map(|mail| {
                    let effect = serde_json::to_value(Effect::Deliver { mail: *mail });
                    column::to_json(&effect.map_err(|error| Error::Damaged(error.to_string()))?)
                })
                .collect::<Result<Vec<_>, Error>>()?;
            job::Entity::delete_many().filter(job::Column::Payload.is_in(deliveries)).exec(&self.tx).await?;
            let ids = some.iter().map(|mail| mail.0);
            mail::Entity::delete_many().filter(mail::Column::Id.is_in(ids)).exec(&self.tx).await?;
        }
        Ok(())
    }

    /// Puts other words into a letter.
    pub async fn reword_letter(&self, letter: &Mail) -> Result<(), Error> {
        let changed = mail::Entity::update_many()
            .col_expr(mail::Column::Subject, Expr::value(letter.subject.clone()))
            .col_expr(mail::Column::TextBody, Expr::value(letter.text.clone()))
            .col_expr(mail::Column::HtmlBody, Expr::value(letter.html.clone()))
            .filter(mail::Column::Id.eq(letter.id.0));
        self.one_changed(changed).await
    }

    /// Drops work about a person, and what it said went wrong with their address.
    pub async fn drop_work(&self, person: PersonId, email: &Email) -> Result<(), Error> {
        let about = self.any(&[job::Column::Payload], &[&person.to_string()]);
        job::Entity::delete_many().filter(about).exec(&self.tx).await?;
        job::Entity::update_many()
            .col_expr(job::Column::Error, Expr::value("(erased)"))
            .filter(self.any(&[job::Column::Error], &[email.as_str()]))
            .exec(&self.tx)
            .await?;
        channel::Entity::update_many()
            .col_expr(channel::Column::Error, Expr::value("(erased)"))
            .filter(self.any(&[channel::Column::Error], &[email.as_str()]))
            .exec(&self.tx)
            .await?;
        timer_failure::Entity::update_many()
            .col_expr(timer_failure::Column::Error, Expr::value("(erased)"))
            .filter(self.any(&[timer_failure::Column::Error], &[email.as_str()]))
            .exec(&self.tx)
            .await?;
        Ok(())
    }

    /// Puts other words into a line of the log, under an erasure.
    pub async fn redact_log(&self, line: &LogLine, erasure: Uuid) -> Result<(), Error> {
        let changed = log::Entity::update_many()
            .col_expr(log::Column::Subject, Expr::value(line.subject.clone()))
            .col_expr(log::Column::Detail, Expr::value(column::to_json(&line.detail)?))
            .col_expr(Alias::new("erasure"), Expr::value(erasure))
            .filter(log::Column::Id.eq(line.id));
        self.one_changed(changed).await
    }

    /// Puts other words into an event, under an erasure.
    pub async fn redact_event(&self, of: SubmissionId, happened: &Event, erasure: Uuid) -> Result<(), Error> {
        let changed = event::Entity::update_many()
            .col_expr(event::Column::Body, Expr::value(column::to_json(happened)?))
            .col_expr(Alias::new("erasure"), Expr::value(erasure))
            .filter(event::Column::Submission.eq(of.0))
            .filter(event::Column::Sequence.eq(column::number::<_, i64>(happened.sequence)?));
        self.one_changed(changed).await
    }

    /// Puts other answers into what was sent, under an erasure.
    pub async fn redact_revision(&self, sent: &Revision, erasure: Uuid) -> Result<(), Error> {
        let changed = revision::Entity::update_many()
            .col_expr(revision::Column::Answers, Expr::value(column::to_json(&sent.answers)?))
            .col_expr(Alias::new("erasure"), Expr::value(erasure))
            .filter(revision::Column::Submission.eq(sent.submission.0))
            .filter(revision::Column::Number.eq(i64::from(sent.number)));
        self.one_changed(changed).await
    }

    /// Writes a submission's title, state and answers as they are after an erasure; what it waits for stays.
    pub async fn redact_submission(&self, redacted: &Submission) -> Result<(), Error> {
        let id = redacted.id.0;
        let changed = submission::Entity::update_many()
            .col_expr(submission::Column::Title, Expr::value(redacted.title.clone()))
            .col_expr(submission::Column::TitleKey, Expr::value(folded(&redacted.title)))
            .col_expr(submission::Column::Version, Expr::col(submission::Column::Version).add(1))
            .filter(submission::Column::Id.eq(id))
            .filter(submission::Column::Version.eq(column::number::<_, i64>(redacted.version)?));
        self.one_changed(changed).await?;
        let changed = submission_content::Entity::update_many()
            .col_expr(submission_content::Column::Item, Expr::value(column::to_json(&redacted.item)?))
            .col_expr(submission_content::Column::Answers, Expr::value(column::to_json(&redacted.answers)?))
            .filter(submission_content::Column::Submission.eq(id));
        self.one_changed(changed).await?;
        self.index(word::OF_SUBMISSIONS, id, &found_by(redacted)).await?;
        self.put_claims(redacted.id, &BTreeSet::new()).await?;
        self.name_anew(redacted).await
    }

    /// Forgets the names of a submission's files and, where they go too, that they are there; gives where their bytes are.
    pub async fn erase_documents(&self, of: &Submission, which: Gone) -> Result<Vec<String>, Error> {
        let removed = column::to_word(DocumentStanding::Removed);
        if which == Gone::All {
            for document in self.documents(of.id).await? {
                self.remove_document(document.id).await?;
            }
        }
        let gone = document::Column::Submission.eq(of.id.0).and(document::Column::Standing.eq(removed));
        let keys = document::Entity::find().select_only().column(document::Column::BlobKey).filter(gone.clone());
        let keys: Vec<String> = keys.into_tuple().all(&self.tx).await?;
        let theirs = Query::select().column(document::Column::Id).from(document::Entity).and_where(gone.clone()).take();
        // They are a likeness of the bytes.
        let digests = document_digest::Entity::delete_many();
        digests.filter(document_digest::Column::Document.in_subquery(theirs)).exec(&self.tx).await?;
        document::Entity::update_many()
            .col_expr(document::Column::Name, Expr::value("Erased file"))
            .col_expr(document::Column::Sha256, Expr::value("0".repeat(64)))
            .filter(gone)
            .exec(&self.tx)
            .await?;
        Ok(keys)
    }

    /// Takes what was never sent off every list: nobody waits for it, and whom it named is nobody's business.
    pub async fn forget_draft(&self, of: SubmissionId) -> Result<(), Error> {
        turn::Entity::delete_many().filter(turn::Column::Submission.eq(of.0)).exec(&self.tx).await?;
        mention::Entity::delete_many().filter(mention::Column::Submission.eq(of.0)).exec(&self.tx).await?;
        Ok(())
    }

    /// Forgets that an address was named anywhere; another stands for it.
    pub async fn rename_mentions(&self, from: &Email, to: &Email) -> Result<(), Error> {
        mention::Entity::update_many()
            .col_expr(mention::Column::Email, Expr::value(to.as_str()))
            .filter(mention::Column::Email.eq(from.as_str()))
            .exec(&self.tx)
            .await?;
        self.rename_sent(from, to).await
    }
}
