//! The outbox: letters written in the transaction that causes them.

use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    UpdateMany,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::{Error, ReadTx, Tx, column, entity::mail as table, page};
use crate::{
    domain::{MailId, PersonId, SubmissionId},
    model::{Kept, Mail, Page, Queued},
};

impl ReadTx {
    /// A letter.
    pub async fn mail(&self, id: MailId) -> Result<Option<Mail>, Error> {
        table::Entity::find_by_id(id.0).one(&self.tx).await?.map(read).transpose()
    }

    /// How many letters were not sent: waiting, given up or kept.
    pub async fn unsent_count(&self) -> Result<u64, Error> {
        Ok(table::Entity::find().filter(unsent()).count(&self.tx).await?)
    }

    /// What was kept while mail was off; nothing where nothing was.
    pub async fn kept(&self) -> Result<Option<Kept>, Error> {
        let row: Option<(i64, Option<i64>)> = table::Entity::find()
            .select_only()
            .column_as(table::Column::Id.count(), "many")
            .column_as(table::Column::KeptAt.min(), "first")
            .filter(table::Column::KeptAt.is_not_null())
            .into_tuple()
            .one(&self.tx)
            .await?;
        let Some((many, Some(first))) = row else { return Ok(None) };
        Ok(Some(Kept { many: column::number(many)?, first: column::instant(first)? }))
    }

    /// Letters kept while mail was off that were written after an instant, the first first.
    pub async fn kept_mail(&self, after: Timestamp, limit: u16) -> Result<Vec<MailId>, Error> {
        let rows = table::Entity::find()
            .select_only()
            .column(table::Column::Id)
            .filter(table::Column::KeptAt.gt(column::micros(after)))
            .order_by_asc(table::Column::KeptAt)
            .limit(u64::from(limit));
        Ok(rows.into_tuple::<Uuid>().all(&self.tx).await?.into_iter().map(MailId).collect())
    }

    /// A page of the letters that were not sent, the first first.
    pub async fn unsent_mail(&self, cursor: Option<&str>, limit: u16) -> Result<Page<Mail>, Error> {
        let mut query = table::Entity::find().filter(unsent());
        if let Some((queued, id)) = page::key::<(i64, Uuid)>(cursor)? {
            let columns = [table::Column::QueuedAt, table::Column::Id].map(Expr::col);
            query = query.filter(page::after(columns, [Expr::value(queued), Expr::value(id)]));
        }
        let rows = query.order_by_asc(table::Column::QueuedAt).order_by_asc(table::Column::Id);
        let rows = rows.limit(u64::from(limit) + 1).all(&self.tx).await?;
        Page::cut(rows, limit, |row| (row.queued_at, row.id))?.try_map(read)
    }

    /// A page of the letters, the last first.
    pub async fn letters(&self, cursor: Option<&str>, limit: u16) -> Result<Page<Mail>, Error> {
        let mut query = table::Entity::find();
        if let Some(id) = page::key::<Uuid>(cursor)? {
            query = query.filter(table::Column::Id.lt(id));
        }
        let rows = query.order_by_desc(table::Column::Id).limit(u64::from(limit) + 1).all(&self.tx).await?;
        Page::cut(rows, limit, |row| row.id)?.try_map(read)
    }
}

impl Tx {
    /// Adds a letter, unless one with its dedupe key is there.
    pub async fn add_mail(&self, mail: &Mail) -> Result<Queued, Error> {
        let row = table::Model {
            id: mail.id.0,
            person: mail.person.0,
            recipient: mail.to.as_str().to_owned(),
            subject: mail.subject.clone(),
            text_body: mail.text.clone(),
            html_body: mail.html.clone(),
            about: mail.about.map(|id| id.0),
            queued_at: column::micros(mail.queued_at),
            sent_at: mail.sent_at.map(column::micros),
            dedupe: mail.dedupe.clone(),
            kept_at: mail.kept_at.map(column::micros),
            dropped_at: mail.dropped_at.map(column::micros),
        };
        let known = OnConflict::column(table::Column::Dedupe).do_nothing().to_owned();
        let added = table::Entity::insert(row.into_active_model()).on_conflict(known);
        Ok(Queued::of(added.exec_without_returning(&self.tx).await?))
    }

    /// Notes that a letter was sent.
    pub async fn mail_sent(&self, id: MailId, at: Timestamp) -> Result<(), Error> {
        let changed = table::Entity::update_many()
            .col_expr(table::Column::SentAt, Expr::value(column::micros(at)))
            .col_expr(table::Column::KeptAt, Expr::value(None::<i64>))
            .filter(table::Column::Id.eq(id.0));
        self.one_changed(changed).await
    }

    /// Notes that a letter is kept because mail is off.
    pub async fn keep_mail(&self, id: MailId) -> Result<(), Error> {
        let changed = table::Entity::update_many()
            .col_expr(table::Column::KeptAt, Expr::col(table::Column::QueuedAt))
            .filter(table::Column::Id.eq(id.0));
        self.one_changed(changed).await
    }

    /// Lets go of all letters that were kept: they are not sent; gives how many.
    pub async fn drop_kept(&self, now: Timestamp) -> Result<u64, Error> {
        Ok(dropped(now).filter(table::Column::KeptAt.is_not_null()).exec(&self.tx).await?.rows_affected)
    }

    /// Lets go of a letter: it is not sent.
    pub async fn drop_mail(&self, id: MailId, now: Timestamp) -> Result<(), Error> {
        dropped(now).filter(table::Column::Id.eq(id.0)).exec(&self.tx).await?;
        Ok(())
    }

    /// Keeps letters that are neither sent nor on their way: a program that knew of no keeping left them so while mail
    /// was off. Gives how many.
    pub async fn keep_stranded(&self, limit: u16) -> Result<u64, Error> {
        let stranded = || table::Entity::update_many().filter(unsent()).filter(table::Column::KeptAt.is_null());
        let ids = table::Entity::find().select_only().column(table::Column::Id).filter(unsent());
        let ids = ids.filter(table::Column::KeptAt.is_null()).limit(u64::from(limit));
        // First what was not sent, then what is on its way: what is sent in between is neither.
        let unsent: Vec<Uuid> = ids.into_tuple().all(&self.tx).await?;
        if unsent.is_empty() {
            return Ok(0);
        }
        let under_way = self.mail_under_way().await?;
        let unsent: Vec<Uuid> = unsent.into_iter().filter(|id| !under_way.contains(&MailId(*id))).collect();
        let mut many = 0;
        for ids in unsent.chunks(500) {
            let kept = stranded().col_expr(table::Column::KeptAt, Expr::col(table::Column::QueuedAt));
            many += kept.filter(table::Column::Id.is_in(ids.iter().copied())).exec(&self.tx).await?.rows_affected;
        }
        Ok(many)
    }

    /// Notes that letters are not kept any more: they are to be sent.
    pub async fn unkeep_mail(&self, ids: &[MailId]) -> Result<(), Error> {
        table::Entity::update_many()
            .col_expr(table::Column::KeptAt, Expr::value(None::<i64>))
            .filter(table::Column::Id.is_in(ids.iter().map(|id| id.0)))
            .exec(&self.tx)
            .await?;
        Ok(())
    }
}

fn unsent() -> Condition {
    Condition::all().add(table::Column::SentAt.is_null()).add(table::Column::DroppedAt.is_null())
}

fn dropped(now: Timestamp) -> UpdateMany<table::Entity> {
    table::Entity::update_many()
        .col_expr(table::Column::KeptAt, Expr::value(None::<i64>))
        .col_expr(table::Column::DroppedAt, Expr::value(column::micros(now)))
        .filter(unsent())
}

fn read(row: table::Model) -> Result<Mail, Error> {
    Ok(Mail {
        id: MailId(row.id),
        person: PersonId(row.person),
        to: column::parse(&row.recipient)?,
        subject: row.subject,
        text: row.text_body,
        html: row.html_body,
        about: row.about.map(SubmissionId),
        queued_at: column::instant(row.queued_at)?,
        sent_at: row.sent_at.map(column::instant).transpose()?,
        dedupe: row.dedupe,
        kept_at: row.kept_at.map(column::instant).transpose()?,
        dropped_at: row.dropped_at.map(column::instant).transpose()?,
    })
}
