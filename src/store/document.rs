//! What is known of uploaded files; the bytes are elsewhere.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};

use super::{Error, ReadTx, Tx, column, entity::document as table};
use crate::{
    domain::{DocumentId, PersonId, SubmissionId},
    model::{Document, DocumentStanding},
};

impl ReadTx {
    /// Keys of all documents that may be served, after one key, in order.
    pub async fn document_keys(&self, after: Option<&str>, limit: u16) -> Result<Vec<String>, Error> {
        let rows = table::Entity::find()
            .filter(table::Column::BlobKey.gt(after.unwrap_or_default()))
            .filter(table::Column::Standing.eq(column::to_word(DocumentStanding::Available)))
            .order_by_asc(table::Column::BlobKey)
            .limit(u64::from(limit));
        Ok(rows.all(&self.tx).await?.into_iter().map(|row| row.blob_key).collect())
    }

    /// A document.
    pub async fn document(&self, id: DocumentId) -> Result<Option<Document>, Error> {
        let found = table::Entity::find().filter(table::Column::Id.eq(id.0)).one(&self.tx).await?;
        found.map(read).transpose()
    }

    /// All documents of a submission that were not removed, oldest first.
    pub async fn documents(&self, submission: SubmissionId) -> Result<Vec<Document>, Error> {
        let rows = table::Entity::find()
            .filter(table::Column::Submission.eq(submission.0))
            .filter(table::Column::Standing.ne(column::to_word(DocumentStanding::Removed)))
            .order_by_asc(table::Column::Id);
        rows.all(&self.tx).await?.into_iter().map(read).collect()
    }
}

impl Tx {
    /// Adds a document as staged, whatever its standing says.
    pub async fn add_staged(&self, document: &Document) -> Result<(), Error> {
        let row = table::Model {
            id: document.id.0,
            submission: document.submission.0,
            question: document.question.clone(),
            name: document.name.clone(),
            media_type: document.media_type.clone(),
            size: column::number(document.size)?,
            sha256: document.sha256.clone(),
            blob_key: document.key.clone(),
            standing: column::to_word(DocumentStanding::Staged).to_owned(),
            uploaded_by: document.uploaded_by.0,
            uploaded_at: column::micros(document.uploaded_at),
            removed_at: None,
            swept_at: None,
            fault: None,
        };
        self.insert(row).await
    }

    /// Makes a staged document available; [`Error::Stale`] where it is not staged.
    pub async fn promote(&self, id: DocumentId) -> Result<(), Error> {
        let staged = table::Column::Standing.eq(column::to_word(DocumentStanding::Staged));
        self.move_document(id, staged, DocumentStanding::Available).await
    }

    /// Removes a document; [`Error::Stale`] where it is already.
    pub async fn remove_document(&self, id: DocumentId) -> Result<(), Error> {
        let there = table::Column::Standing.ne(column::to_word(DocumentStanding::Removed));
        self.move_document(id, there, DocumentStanding::Removed).await
    }

    async fn move_document(
        &self,
        id: DocumentId,
        from: sea_orm::sea_query::SimpleExpr,
        to: DocumentStanding,
    ) -> Result<(), Error> {
        let mut changed =
            table::Entity::update_many().col_expr(table::Column::Standing, Expr::value(column::to_word(to)));
        if to == DocumentStanding::Removed {
            changed = changed.col_expr(table::Column::RemovedAt, self.db_now());
        }
        let changed = changed.filter(table::Column::Id.eq(id.0)).filter(from);
        self.one_changed(changed).await
    }
}

pub(super) fn read(row: table::Model) -> Result<Document, Error> {
    Ok(Document {
        id: DocumentId(row.id),
        submission: SubmissionId(row.submission),
        question: row.question,
        name: row.name,
        media_type: row.media_type,
        size: column::number(row.size)?,
        sha256: row.sha256,
        key: row.blob_key,
        standing: column::from_word(&row.standing)?,
        uploaded_by: PersonId(row.uploaded_by),
        uploaded_at: column::instant(row.uploaded_at)?,
        fault: row.fault,
    })
}
