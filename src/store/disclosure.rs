//! Disclosures: who was asked, by which links, and what they gave.

use std::collections::BTreeSet;

use jiff::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use uuid::Uuid;

use super::{
    Error, ReadTx, Tx, column,
    entity::{disclosure as table, disclosure_link as link, disclosure_request as request},
};
use crate::{
    domain::{Depth, Email, PersonId, Redaction, SubmissionId},
    model::{DisclosureLink, DisclosureRequest, GivenDisclosure, LinkWay},
};

impl ReadTx {
    /// Who was asked in a submission, the first first.
    pub async fn disclosure_requests(&self, submission: SubmissionId) -> Result<Vec<DisclosureRequest>, Error> {
        let rows = request::Entity::find()
            .filter(request::Column::Submission.eq(submission.0))
            .order_by_asc(request::Column::AskedAt)
            .order_by_asc(request::Column::Id);
        rows.all(&self.tx).await?.into_iter().map(asked).collect()
    }

    /// A request.
    pub async fn disclosure_request(&self, id: Uuid) -> Result<Option<DisclosureRequest>, Error> {
        request::Entity::find_by_id(id).one(&self.tx).await?.map(asked).transpose()
    }

    /// What those with some addresses gave, the first first, for whichever submission.
    pub async fn disclosures_of(&self, emails: &BTreeSet<Email>) -> Result<Vec<GivenDisclosure>, Error> {
        let addresses: Vec<&str> = emails.iter().map(Email::as_str).collect();
        let mut found = Vec::new();
        for some in addresses.chunks(500) {
            let rows = table::Entity::find()
                .filter(table::Column::Email.is_in(some.iter().copied()))
                .order_by_asc(table::Column::GivenAt)
                .order_by_asc(table::Column::Id);
            found.extend(rows.all(&self.tx).await?);
        }
        let requests: BTreeSet<Uuid> = found.iter().map(|row| row.request).collect();
        let asked = request::Entity::find().filter(request::Column::Id.is_in(requests)).all(&self.tx).await?;
        let read = |row: table::Model| {
            let of = asked.iter().find(|asked| asked.id == row.request);
            let of = of.ok_or_else(|| Error::Damaged(format!("the disclosure {} answers nothing", row.id)))?;
            given(row, SubmissionId(of.submission))
        };
        found.into_iter().map(read).collect()
    }

    /// What was given in answer to a request.
    pub async fn disclosure_for(&self, asked: &DisclosureRequest) -> Result<Option<GivenDisclosure>, Error> {
        let found = table::Entity::find().filter(table::Column::Request.eq(asked.id)).one(&self.tx).await?;
        found.map(|row| given(row, asked.submission)).transpose()
    }

    /// A link, ended or not, as long as it is kept.
    pub async fn disclosure_link(&self, token_hash: &[u8; 32]) -> Result<Option<DisclosureLink>, Error> {
        let Some(row) = link::Entity::find_by_id(token_hash.to_vec()).one(&self.tx).await? else { return Ok(None) };
        let asked = self.disclosure_request(row.request).await?;
        let request = asked.ok_or_else(|| Error::Damaged(format!("a link answers nothing: {}", row.request)))?;
        let way = column::from_word(&row.way)?;
        Ok(Some(DisclosureLink { request, way, expires_at: column::instant(row.expires_at)? }))
    }
}

impl Tx {
    /// Asks somebody, in the place of whatever they were asked in that submission before.
    pub async fn add_disclosure_request(&self, asked: &DisclosureRequest) -> Result<(), Error> {
        request::Entity::update_many()
            .col_expr(request::Column::ReplacedAt, Expr::value(column::micros(asked.asked_at)))
            .filter(request::Column::Submission.eq(asked.submission.0))
            .filter(request::Column::Email.eq(asked.email.as_str()))
            .filter(request::Column::ReplacedAt.is_null())
            .exec(&self.tx)
            .await?;
        self.insert(request::Model {
            id: asked.id,
            submission: asked.submission.0,
            email: asked.email.to_string(),
            name: asked.name.clone(),
            asked_by: asked.asked_by.0,
            asked_at: column::micros(asked.asked_at),
            replaced_at: None,
        })
        .await
    }

    /// Adds a link.
    pub async fn add_disclosure_link(
        &self,
        token_hash: [u8; 32],
        request: Uuid,
        way: LinkWay,
        expires_at: Timestamp,
    ) -> Result<(), Error> {
        self.insert(link::Model {
            token_hash: token_hash.to_vec(),
            request,
            way: column::to_word(way).to_owned(),
            expires_at: column::micros(expires_at),
        })
        .await
    }

    /// Keeps what somebody gave; [`Error::Duplicate`] where they answered already.
    pub async fn add_disclosure(&self, given: &GivenDisclosure) -> Result<(), Error> {
        self.insert(table::Model {
            id: given.id,
            request: given.request,
            email: given.email.to_string(),
            way: column::to_word(given.way).to_owned(),
            relationships: column::to_json(&given.relationships)?,
            statement: given.statement.clone(),
            signature: given.signature.clone(),
            given_at: column::micros(given.given_at),
        })
        .await
    }

    /// Takes a person out: no link of theirs stands, and the address is another one. What they stated and signed stays where it
    /// is on record, and goes where nothing is left of them.
    pub async fn redact_disclosures(&self, redaction: &Redaction) -> Result<(), Error> {
        let (from, to) = (redaction.email.as_str(), Email::of_erased(redaction.person));
        let theirs = request::Column::Email.eq(from);
        let ids = request::Entity::find().select_only().column(request::Column::Id).filter(theirs.clone());
        let ids: Vec<Uuid> = ids.into_tuple().all(&self.tx).await?;
        for some in ids.chunks(500) {
            let links = link::Entity::delete_many().filter(link::Column::Request.is_in(some.iter().copied()));
            links.exec(&self.tx).await?;
        }
        request::Entity::update_many()
            .col_expr(request::Column::Name, Expr::value(redaction.called()))
            .col_expr(request::Column::Email, Expr::value(to.as_str()))
            .filter(theirs)
            .exec(&self.tx)
            .await?;
        // What was kept with another address in the place of theirs goes once nothing is left.
        let known = table::Column::Email.is_in([from, to.as_str()]);
        if redaction.depth == Depth::Anonymised {
            table::Entity::update_many()
                .col_expr(table::Column::Relationships, Expr::value("[]"))
                .col_expr(table::Column::Statement, Expr::value(""))
                .col_expr(table::Column::Signature, Expr::value(redaction.called()))
                .filter(known.clone())
                .exec(&self.tx)
                .await?;
            request::Entity::update_many()
                .col_expr(request::Column::Name, Expr::value(redaction.called()))
                .filter(request::Column::Email.eq(to.as_str()))
                .exec(&self.tx)
                .await?;
        }
        table::Entity::update_many()
            .col_expr(table::Column::Email, Expr::value(to.as_str()))
            .filter(known)
            .exec(&self.tx)
            .await?;
        Ok(())
    }
}

fn asked(row: request::Model) -> Result<DisclosureRequest, Error> {
    Ok(DisclosureRequest {
        id: row.id,
        submission: SubmissionId(row.submission),
        email: column::parse(&row.email)?,
        name: row.name,
        asked_by: PersonId(row.asked_by),
        asked_at: column::instant(row.asked_at)?,
        replaced_at: row.replaced_at.map(column::instant).transpose()?,
    })
}

fn given(row: table::Model, submission: SubmissionId) -> Result<GivenDisclosure, Error> {
    Ok(GivenDisclosure {
        id: row.id,
        request: row.request,
        submission,
        email: column::parse(&row.email)?,
        way: column::from_word(&row.way)?,
        relationships: column::from_json(&row.relationships)?,
        statement: row.statement,
        signature: row.signature,
        given_at: column::instant(row.given_at)?,
    })
}
