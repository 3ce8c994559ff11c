//! Answers as they were sent, each time.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Query};

use super::{
    Error, ReadTx, Tx, column,
    entity::{revision as table, submission as submissions},
};
use crate::{domain::SubmissionId, model::Revision};

impl ReadTx {
    /// All revisions of a submission, oldest first.
    pub async fn revisions(&self, submission: SubmissionId) -> Result<Vec<Revision>, Error> {
        let own = Query::select()
            .column(submissions::Column::Id)
            .from(submissions::Entity)
            .and_where(submissions::Column::Id.eq(submission.0))
            .take();
        let rows = table::Entity::find().filter(table::Column::Submission.in_subquery(own));
        rows.order_by_asc(table::Column::Number).all(&self.tx).await?.iter().map(read).collect()
    }
}

impl Tx {
    /// Keeps a revision; it can never be changed.
    pub async fn add_revision(&self, revision: &Revision) -> Result<(), Error> {
        let row = table::Model {
            submission: revision.submission.0,
            number: i64::from(revision.number),
            sequence: column::number(revision.sequence)?,
            answers: column::to_json(&revision.answers)?,
            at: column::micros(revision.at),
        };
        self.insert(row).await?;
        self.keep_names(revision.submission.0, &revision.answers).await
    }
}

fn read(row: &table::Model) -> Result<Revision, Error> {
    Ok(Revision {
        submission: SubmissionId(row.submission),
        number: column::number(row.number)?,
        sequence: column::number(row.sequence)?,
        answers: column::from_json(&row.answers)?,
        at: column::instant(row.at)?,
    })
}
