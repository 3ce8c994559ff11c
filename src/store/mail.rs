//! The outbox: letters written in the transaction that causes them.

use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::{Error, Page, Queued, Tx, View, column, entity::mail as table, page};
use crate::domain::{Email, MailId, OrganisationId, PersonId, SubmissionId};

/// A letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Its id; also its message id, so that a letter sent twice is seen once.
    pub id: MailId,
    /// The organisation.
    pub organisation: OrganisationId,
    /// To whom.
    pub person: PersonId,
    /// To which address.
    pub to: Email,
    /// Its subject.
    pub subject: String,
    /// As plain text.
    pub text: String,
    /// As HTML.
    pub html: String,
    /// The submission it is about.
    pub about: Option<SubmissionId>,
    /// When it was written.
    pub queued_at: Timestamp,
    /// When it was sent.
    pub sent_at: Option<Timestamp>,
    /// There is at most one letter with this key.
    pub dedupe: Option<String>,
}

impl View {
    /// A letter.
    pub async fn mail(&self, id: MailId) -> Result<Option<Mail>, Error> {
        table::Entity::find_by_id(id.0).one(&self.tx).await?.map(read).transpose()
    }

    /// Letters that were not sent, the longest waiting first.
    pub async fn unsent_mail(&self, limit: u16) -> Result<Vec<Mail>, Error> {
        let rows = table::Entity::find()
            .filter(table::Column::SentAt.is_null())
            .order_by_asc(table::Column::QueuedAt)
            .order_by_asc(table::Column::Id)
            .limit(u64::from(limit));
        rows.all(&self.tx).await?.into_iter().map(read).collect()
    }

    /// A page of an organisation's letters, the last first.
    pub async fn letters(
        &self,
        organisation: OrganisationId,
        cursor: Option<&str>,
        limit: u16,
    ) -> Result<Page<Mail>, Error> {
        let mut query = table::Entity::find().filter(table::Column::Organisation.eq(organisation.0));
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
            organisation: mail.organisation.0,
            person: mail.person.0,
            recipient: mail.to.as_str().to_owned(),
            subject: mail.subject.clone(),
            text_body: mail.text.clone(),
            html_body: mail.html.clone(),
            about: mail.about.map(|id| id.0),
            queued_at: column::micros(mail.queued_at),
            sent_at: mail.sent_at.map(column::micros),
            dedupe: mail.dedupe.clone(),
        };
        let known = OnConflict::column(table::Column::Dedupe).do_nothing().to_owned();
        let added = table::Entity::insert(row.into_active_model()).on_conflict(known);
        Ok(Queued::of(added.exec_without_returning(&self.tx).await?))
    }

    /// Notes that a letter was sent.
    pub async fn mail_sent(&self, id: MailId, at: Timestamp) -> Result<(), Error> {
        let changed = table::Entity::update_many()
            .col_expr(table::Column::SentAt, Expr::value(column::micros(at)))
            .filter(table::Column::Id.eq(id.0));
        self.one_changed(changed).await
    }
}

fn read(row: table::Model) -> Result<Mail, Error> {
    Ok(Mail {
        id: MailId(row.id),
        organisation: OrganisationId(row.organisation),
        person: PersonId(row.person),
        to: column::from_word(row.recipient)?,
        subject: row.subject,
        text: row.text_body,
        html: row.html_body,
        about: row.about.map(SubmissionId),
        queued_at: column::instant(row.queued_at)?,
        sent_at: row.sent_at.map(column::instant).transpose()?,
        dedupe: row.dedupe,
    })
}
