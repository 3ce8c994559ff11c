//! What is known of the bytes of documents: which are on their way, which may be deleted, which are there.
//!
//! All of it in pages by key, and by the database's own clock.

use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait as _, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::Expr,
};
use uuid::Uuid;

use super::{
    Error, ReadTx, Tx, column, document,
    entity::{document as table, document_digest, staging},
};
use crate::{
    domain::DocumentId,
    model::{Document, DocumentStanding, Stored},
};

impl ReadTx {
    /// Bytes of all documents after one key, in the order of keys; those that were deleted are left out.
    pub async fn stored_after(&self, after: &str, limit: u16) -> Result<Vec<Stored>, Error> {
        let rows = table::Entity::find()
            .filter(table::Column::BlobKey.gt(after))
            .filter(table::Column::SweptAt.is_null())
            .order_by_asc(table::Column::BlobKey)
            .limit(u64::from(limit));
        rows.all(&self.tx).await?.into_iter().map(read).collect()
    }

    /// What is known of any of these keys.
    pub async fn stored_under(&self, keys: &[String]) -> Result<Vec<Stored>, Error> {
        let rows = table::Entity::find().filter(table::Column::BlobKey.is_in(keys)).all(&self.tx).await?;
        rows.into_iter().map(read).collect()
    }

    /// How many documents there are whose bytes were not deleted.
    pub async fn stored_count(&self) -> Result<u64, Error> {
        Ok(table::Entity::find().filter(table::Column::SweptAt.is_null()).count(&self.tx).await?)
    }

    /// How many documents were removed before an instant and have bytes still.
    pub async fn removed_count(&self, before: Timestamp) -> Result<u64, Error> {
        Ok(removed(before).count(&self.tx).await?)
    }

    /// Keys of documents that were removed before an instant and have bytes still, after one key, in order.
    pub async fn removed_keys(&self, before: Timestamp, after: &str, limit: u16) -> Result<Vec<String>, Error> {
        let rows = removed(before)
            .filter(table::Column::BlobKey.gt(after))
            .order_by_asc(table::Column::BlobKey)
            .limit(u64::from(limit));
        Ok(rows.all(&self.tx).await?.into_iter().map(|row| row.blob_key).collect())
    }

    /// Where uploads were put that began before an instant and did not end, the oldest first.
    pub async fn stagings(&self, before: Timestamp, limit: u16) -> Result<Vec<Uuid>, Error> {
        let rows = staging::Entity::find()
            .filter(staging::Column::At.lte(column::micros(before)))
            .order_by_asc(staging::Column::At)
            .order_by_asc(staging::Column::Id)
            .limit(u64::from(limit));
        Ok(rows.all(&self.tx).await?.into_iter().map(|row| row.id).collect())
    }

    /// Those of `ids` where uploads are put that are under way.
    pub async fn stagings_of(&self, ids: &[Uuid]) -> Result<Vec<Uuid>, Error> {
        let rows = staging::Entity::find().filter(staging::Column::Id.is_in(ids.iter().copied()));
        Ok(rows.all(&self.tx).await?.into_iter().map(|row| row.id).collect())
    }

    /// Documents that have something wrong with their bytes, and what; the oldest first.
    pub async fn faulty(&self, limit: u16) -> Result<Vec<(Document, String)>, Error> {
        let rows = faulty().order_by_asc(table::Column::Id).limit(u64::from(limit)).all(&self.tx).await?;
        let told = |row: table::Model| {
            let fault = row.fault.clone().unwrap_or_default();
            Ok((document::read(row)?, fault))
        };
        rows.into_iter().map(told).collect()
    }

    /// How many those are.
    pub async fn faulty_count(&self) -> Result<u64, Error> {
        Ok(faulty().count(&self.tx).await?)
    }

    /// SHA-256 of the parts of a document, where they are known.
    pub async fn digests(&self, id: DocumentId) -> Result<Option<Vec<u8>>, Error> {
        Ok(document_digest::Entity::find_by_id(id.0).one(&self.tx).await?.map(|row| row.digests))
    }
}

impl Tx {
    /// An upload is about to be put there.
    pub async fn add_staging(&self, id: Uuid) -> Result<(), Error> {
        let at = column::micros(self.now().await?);
        self.insert(staging::Model { id, at }).await
    }

    /// Nothing of these uploads is left to be deleted.
    pub async fn end_stagings(&self, ids: &[Uuid]) -> Result<(), Error> {
        let ended = staging::Entity::delete_many().filter(staging::Column::Id.is_in(ids.iter().copied()));
        ended.exec(&self.tx).await?;
        Ok(())
    }

    /// Dates removals that an earlier version of the program made since, which says nothing of when: they count from now.
    pub async fn date_removals(&self) -> Result<(), Error> {
        let dated = table::Entity::update_many()
            .col_expr(table::Column::RemovedAt, self.db_now())
            // As the index has it, which no parameter would find.
            .filter(Expr::cust("standing = 'removed'"))
            .filter(table::Column::RemovedAt.is_null());
        dated.exec(&self.tx).await?;
        Ok(())
    }

    /// The bytes under these keys are deleted, and that is on disk.
    pub async fn mark_swept(&self, keys: &[String]) -> Result<(), Error> {
        let swept = table::Entity::update_many()
            .col_expr(table::Column::SweptAt, self.db_now())
            .filter(table::Column::BlobKey.is_in(keys))
            .filter(table::Column::Standing.eq(column::to_word(DocumentStanding::Removed)));
        swept.exec(&self.tx).await?;
        Ok(())
    }

    /// Keeps SHA-256 of the parts of a document; those that are kept already stay.
    pub async fn add_digests(&self, id: DocumentId, digests: &[u8]) -> Result<(), Error> {
        if self.digests(id).await?.is_none() {
            self.insert(document_digest::Model { document: id.0, digests: digests.to_vec() }).await?;
        }
        Ok(())
    }

    /// Notes what was found wrong with the bytes of a document, or that nothing is any more; whether that is news.
    pub async fn note_fault(&self, id: DocumentId, fault: Option<&str>) -> Result<bool, Error> {
        let other = match fault {
            Some(fault) => table::Column::Fault.is_null().or(table::Column::Fault.ne(fault)),
            None => table::Column::Fault.is_not_null(),
        };
        let noted = table::Entity::update_many()
            .col_expr(table::Column::Fault, Expr::value(fault.map(str::to_owned)))
            .filter(table::Column::Id.eq(id.0))
            .filter(other);
        Ok(noted.exec(&self.tx).await?.rows_affected > 0)
    }
}

fn removed(before: Timestamp) -> Select<table::Entity> {
    table::Entity::find()
        .filter(table::Column::RemovedAt.is_not_null())
        .filter(table::Column::SweptAt.is_null())
        .filter(table::Column::RemovedAt.lte(column::micros(before)))
        .filter(table::Column::Standing.eq(column::to_word(DocumentStanding::Removed)))
}

fn faulty() -> Select<table::Entity> {
    table::Entity::find().filter(table::Column::Fault.is_not_null()).filter(table::Column::SweptAt.is_null())
}

fn read(row: table::Model) -> Result<Stored, Error> {
    Ok(Stored {
        document: DocumentId(row.id),
        name: row.name,
        key: row.blob_key,
        size: column::number(row.size)?,
        sha256: row.sha256,
        standing: column::from_word(&row.standing)?,
        swept: row.swept_at.is_some(),
        fault: row.fault,
    })
}
