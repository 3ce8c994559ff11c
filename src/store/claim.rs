//! What is claimed, and what was handed in before.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{
    Error, ReadTx, Tx, column,
    entity::{claim, document, submission},
};
use crate::{
    domain::{DocumentId, PersonId, SubmissionId},
    model::{Document, DocumentStanding, Life, Repeat, Submission},
};

/// How many others are looked up.
const MOST: u64 = 50;

impl ReadTx {
    /// What others, or the same author elsewhere, handed in with the same bytes as some of these files, or claim with one of these
    /// words. What nobody sent is its author's own.
    pub async fn repeats(
        &self,
        here: &Submission,
        files: &[Document],
        claimed: &BTreeSet<String>,
    ) -> Result<Vec<Repeat>, Error> {
        let mut found: Vec<(Uuid, Option<DocumentId>)> = Vec::new();
        if !files.is_empty() {
            let same = document::Entity::find()
                .filter(document::Column::Sha256.is_in(files.iter().map(|file| file.sha256.as_str())))
                .filter(document::Column::Submission.ne(here.id.0))
                .filter(document::Column::Standing.ne(column::to_word(DocumentStanding::Removed)))
                .order_by_asc(document::Column::Id)
                .limit(MOST);
            for row in same.all(&self.tx).await? {
                let own = files.iter().find(|file| file.sha256 == row.sha256).map(|file| file.id);
                found.push((row.submission, own));
            }
        }
        if !claimed.is_empty() {
            let same = claim::Entity::find()
                .filter(claim::Column::Words.is_in(claimed.iter().map(String::as_str)))
                .filter(claim::Column::Submission.ne(here.id.0))
                .order_by_asc(claim::Column::Submission)
                .limit(MOST);
            found.extend(same.all(&self.tx).await?.into_iter().map(|row| (row.submission, None)));
        }
        if found.is_empty() {
            return Ok(Vec::new());
        }
        let ids: BTreeSet<Uuid> = found.iter().map(|(id, _)| *id).collect();
        let rows: Vec<(Uuid, String, Uuid, String)> = submission::Entity::find()
            .select_only()
            .columns([
                submission::Column::Id,
                submission::Column::Reference,
                submission::Column::Submitter,
                submission::Column::Life,
            ])
            .filter(submission::Column::Id.is_in(ids))
            .into_tuple()
            .all(&self.tx)
            .await?;
        let rows: BTreeMap<Uuid, (String, PersonId, bool)> = rows
            .into_iter()
            .map(|(id, reference, by, life)| (id, (reference, PersonId(by), life == column::to_word(Life::Draft))))
            .collect();
        let mut repeats = BTreeSet::new();
        for (id, file) in found {
            let Some((reference, by, unsent)) = rows.get(&id) else { continue };
            let same_author = *by == here.submitter;
            if !unsent || same_author {
                repeats.insert(Repeat { reference: reference.clone(), same_author, unsent: *unsent, file });
            }
        }
        Ok(repeats.into_iter().collect())
    }
}

impl Tx {
    /// Writes down what a submission claims, in the place of what it claimed before.
    pub async fn put_claims(&self, submission: SubmissionId, claimed: &BTreeSet<String>) -> Result<(), Error> {
        claim::Entity::delete_many().filter(claim::Column::Submission.eq(submission.0)).exec(&self.tx).await?;
        let rows: Vec<_> = claimed
            .iter()
            .map(|words| claim::Model { submission: submission.0, words: words.clone() }.into_active_model())
            .collect();
        if !rows.is_empty() {
            claim::Entity::insert_many(rows).exec_without_returning(&self.tx).await?;
        }
        Ok(())
    }
}
