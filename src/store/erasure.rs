//! Erasing a person: where they stand, and taking them out of there. The words come from above.

mod redact;

use std::collections::BTreeSet;

use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Alias, Expr, ExprTrait, Func, Query, SimpleExpr},
};
use uuid::Uuid;

use super::{
    Error, ReadTx, column,
    entity::{
        activation, definition, erasure as table, event, ledger_entry, log, mail, mention, migration_plan, seat,
        submission, turn,
    },
};
use crate::{
    domain::{Email, MailId, PersonId, SubmissionId},
    model::{Erasure, Life, LogLine, Stand},
};

impl ReadTx {
    /// What somebody began.
    pub async fn begun_by(&self, person: PersonId) -> Result<Vec<Stand>, Error> {
        self.stands(submission::Entity::find().filter(submission::Column::Submitter.eq(person.0))).await
    }

    /// What waits for somebody who did not begin it: turns and seats.
    pub async fn waiting_for(&self, person: PersonId) -> Result<Vec<Stand>, Error> {
        let turns = turn::Entity::find()
            .select_only()
            .column(turn::Column::Submission)
            .filter(turn::Column::Person.eq(person.0));
        let seats = seat::Entity::find()
            .select_only()
            .column(seat::Column::Submission)
            .filter(seat::Column::Person.eq(person.0))
            .filter(seat::Column::Verdict.is_null())
            .filter(seat::Column::Voided.eq(false));
        let mut ids: Vec<Uuid> = turns.into_tuple().all(&self.tx).await?;
        ids.extend(seats.into_tuple::<Uuid>().all(&self.tx).await?);
        let mut stands = self.standing_in(&ids.into_iter().map(SubmissionId).collect()).await?;
        stands.retain(|stand| stand.life == Life::Open && stand.submitter != person);
        Ok(stands)
    }

    /// Where an address is named, or ever was.
    pub async fn naming(&self, email: &Email) -> Result<Vec<Stand>, Error> {
        let named: Vec<Uuid> = mention::Entity::find()
            .select_only()
            .column(mention::Column::Submission)
            .filter(mention::Column::Email.eq(email.as_str()))
            .into_tuple()
            .all(&self.tx)
            .await?;
        self.standing_in(&named.into_iter().map(SubmissionId).collect()).await
    }

    /// How some submissions stand.
    pub async fn standing_in(&self, ids: &BTreeSet<SubmissionId>) -> Result<Vec<Stand>, Error> {
        let mut stands = Vec::new();
        let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        for some in ids.chunks(500) {
            let found = submission::Entity::find().filter(submission::Column::Id.is_in(some.iter().copied()));
            stands.extend(self.stands(found).await?);
        }
        Ok(stands)
    }

    /// Where somebody acted, and when last.
    pub async fn acted_in(&self, person: PersonId) -> Result<Vec<(SubmissionId, Timestamp)>, Error> {
        let rows: Vec<(Uuid, i64)> = event::Entity::find()
            .select_only()
            .column(event::Column::Submission)
            .column_as(event::Column::At.max(), "last")
            .filter(self.set_off_by(person))
            .group_by(event::Column::Submission)
            .into_tuple()
            .all(&self.tx)
            .await?;
        rows.into_iter().map(|(id, last)| Ok((SubmissionId(id), column::instant(last)?))).collect()
    }

    /// What somebody was credited with: for which submissions, and when each line was written.
    pub async fn credited(&self, person: PersonId) -> Result<Vec<(Option<SubmissionId>, Timestamp)>, Error> {
        let rows: Vec<(Option<Uuid>, i64)> = ledger_entry::Entity::find()
            .select_only()
            .columns([ledger_entry::Column::Submission, ledger_entry::Column::RecordedAt])
            .filter(ledger_entry::Column::Person.eq(person.0))
            .into_tuple()
            .all(&self.tx)
            .await?;
        rows.into_iter().map(|(id, at)| Ok((id.map(SubmissionId), column::instant(at)?))).collect()
    }

    /// When somebody changed the rules: versions proposed or put into force, submissions taken over.
    pub async fn ruled(&self, person: PersonId) -> Result<Vec<Timestamp>, Error> {
        let by = person.0;
        let mut at: Vec<i64> = activation::Entity::find()
            .select_only()
            .column(activation::Column::At)
            .filter(activation::Column::ActivatedBy.eq(by).or(activation::Column::ProposedBy.eq(by)))
            .into_tuple()
            .all(&self.tx)
            .await?;
        let proposed = definition::Entity::find().select_only().column(definition::Column::LoadedAt);
        at.extend(proposed.filter(definition::Column::ProposedBy.eq(by)).into_tuple::<i64>().all(&self.tx).await?);
        let plans = migration_plan::Entity::find().select_only().column(migration_plan::Column::ProposedAt);
        let plans = plans.filter(migration_plan::Column::ProposedBy.eq(by).or(migration_plan::Column::RunBy.eq(by)));
        at.extend(plans.into_tuple::<i64>().all(&self.tx).await?);
        at.into_iter().map(column::instant).collect()
    }

    /// Letters to somebody.
    pub async fn letters_to(&self, person: PersonId) -> Result<Vec<MailId>, Error> {
        let ids: Vec<Uuid> = mail::Entity::find()
            .select_only()
            .column(mail::Column::Id)
            .filter(mail::Column::Person.eq(person.0))
            .into_tuple()
            .all(&self.tx)
            .await?;
        Ok(ids.into_iter().map(MailId).collect())
    }

    /// Letters about a submission.
    pub async fn letters_about(&self, submission: SubmissionId) -> Result<Vec<MailId>, Error> {
        let ids: Vec<Uuid> = mail::Entity::find()
            .select_only()
            .column(mail::Column::Id)
            .filter(mail::Column::About.eq(submission.0))
            .into_tuple()
            .all(&self.tx)
            .await?;
        Ok(ids.into_iter().map(MailId).collect())
    }

    /// Letters to others with one of these words in them, in no particular order.
    pub async fn letters_with(&self, person: PersonId, words: &[&str]) -> Result<Vec<MailId>, Error> {
        let columns = [mail::Column::Subject, mail::Column::TextBody, mail::Column::HtmlBody];
        let ids: Vec<Uuid> = mail::Entity::find()
            .select_only()
            .column(mail::Column::Id)
            .filter(mail::Column::Person.ne(person.0))
            .filter(self.any(&columns, words))
            .into_tuple()
            .all(&self.tx)
            .await?;
        Ok(ids.into_iter().map(MailId).collect())
    }

    /// Lines of the log with one of these words in them.
    pub async fn log_with(&self, words: &[&str]) -> Result<Vec<LogLine>, Error> {
        let lines = log::Entity::find()
            .filter(self.any(&[log::Column::Subject, log::Column::Detail], words))
            .order_by_asc(log::Column::Id);
        lines.all(&self.tx).await?.into_iter().map(super::log::read).collect()
    }

    /// The last erasure of somebody.
    pub async fn erasure_of(&self, person: PersonId) -> Result<Option<Erasure>, Error> {
        let of_person = table::Column::Person.eq(person.0).and(table::Column::Submission.is_null());
        let last = table::Entity::find().filter(of_person).order_by_desc(table::Column::Id);
        last.one(&self.tx).await?.as_ref().map(read).transpose()
    }

    /// People of whom something was kept until now.
    pub async fn erasures_over(&self, now: Timestamp, limit: u16) -> Result<Vec<PersonId>, Error> {
        let later = Alias::new("later");
        let superseded = Query::select()
            .expr(Expr::val(1))
            .from_as(table::Entity, later.clone())
            .and_where(Expr::col((later.clone(), table::Column::Person)).equals((table::Entity, table::Column::Person)))
            .and_where(Expr::col((later.clone(), table::Column::Submission)).is_null())
            .and_where(Expr::col((later, table::Column::Id)).gt(Expr::col((table::Entity, table::Column::Id))))
            .take();
        let over: Vec<Uuid> = table::Entity::find()
            .select_only()
            .column(table::Column::Person)
            .filter(table::Column::KeptUntil.lte(column::micros(now)))
            .filter(Expr::exists(superseded).not())
            .order_by_asc(table::Column::KeptUntil)
            .limit(u64::from(limit))
            .into_tuple()
            .all(&self.tx)
            .await?;
        Ok(over.into_iter().map(PersonId).collect())
    }

    async fn stands(&self, found: sea_orm::Select<submission::Entity>) -> Result<Vec<Stand>, Error> {
        let rows: Vec<(Uuid, String, String, Uuid, Option<i64>, i64)> = found
            .select_only()
            .columns([
                submission::Column::Id,
                submission::Column::Reference,
                submission::Column::Life,
                submission::Column::Submitter,
                submission::Column::SentAt,
                submission::Column::UpdatedAt,
            ])
            .order_by_asc(submission::Column::Id)
            .into_tuple()
            .all(&self.tx)
            .await?;
        let open: Vec<Uuid> = rows.iter().filter(|row| row.2 != "draft").map(|row| row.0).collect();
        let mut pending: BTreeSet<Uuid> = BTreeSet::new();
        for some in open.chunks(500) {
            let held = turn::Entity::find().select_only().column(turn::Column::Submission).distinct();
            let held = held.filter(turn::Column::Submission.is_in(some.iter().copied()));
            pending.extend(held.into_tuple::<Uuid>().all(&self.tx).await?);
        }
        rows.into_iter()
            .map(|(id, reference, life, submitter, sent_at, updated_at)| {
                Ok(Stand {
                    id: SubmissionId(id),
                    reference,
                    life: column::from_word(&life)?,
                    submitter: PersonId(submitter),
                    sent: sent_at.is_some(),
                    updated_at: column::instant(updated_at)?,
                    pending: pending.contains(&id),
                })
            })
            .collect()
    }

    /// Whether somebody set off an event, as the index has it.
    fn set_off_by(&self, person: PersonId) -> SimpleExpr {
        let find = self.find();
        let by = Expr::cust(format!("substr(body, {find}(body, '\"by\":\"') + 6, 36)")).eq(person.to_string());
        by.and(Expr::cust(format!("{find}(body, '\"by\":\"') > 0")))
    }

    /// What the database calls looking for a text in another.
    fn find(&self) -> &'static str {
        match self.tx.get_database_backend() {
            DbBackend::Sqlite => "instr",
            _ => "strpos",
        }
    }

    /// Whether one of these columns has one of these words in it, letter by letter.
    pub(super) fn any<C: ColumnTrait>(&self, columns: &[C], words: &[&str]) -> SimpleExpr {
        let mut any: SimpleExpr = Expr::val(false);
        for word in words.iter().filter(|word| !word.is_empty()) {
            for column in columns {
                let call = Func::cust(self.find()).arg(Expr::col(*column)).arg(*word);
                any = any.or(Expr::expr(call).gt(0));
            }
        }
        any
    }
}

fn read(row: &table::Model) -> Result<Erasure, Error> {
    Ok(Erasure {
        id: row.id,
        person: PersonId(row.person),
        at: column::instant(row.at)?,
        by: row.decided_by.map(PersonId),
        depth: column::from_word(&row.depth)?,
        kept_until: row.kept_until.map(column::instant).transpose()?,
        statement: column::from_json(&row.statement)?,
    })
}
