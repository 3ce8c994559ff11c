//! Who stood in what was sent, in whichever version: kept for good, for conflicts of interest go by it.

use std::collections::BTreeMap;

use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::{
    Error, ReadTx, Tx, column,
    entity::{revision, sent_name as table},
    page,
};
use crate::domain::{Answers, Email, SubmissionId, folded};

/// How many versions are in memory at a time.
const PAGE: u64 = 200;

impl ReadTx {
    /// Who stood in a version of a submission that was sent: by address, with the name folded.
    pub async fn sent_names(&self, submission: SubmissionId) -> Result<BTreeMap<Email, String>, Error> {
        let rows = table::Entity::find().filter(table::Column::Submission.eq(submission.0)).all(&self.tx).await?;
        rows.into_iter().map(|row| Ok((column::parse(&row.email)?, row.name_key))).collect()
    }
}

impl Tx {
    /// Keeps whoever stands in a version that is sent.
    pub(super) async fn keep_names(&self, submission: Uuid, answers: &Answers) -> Result<(), Error> {
        let people: BTreeMap<&str, &str> =
            answers.people().map(|person| (person.email.as_str(), person.name.as_str())).collect();
        let rows: Vec<_> = people
            .into_iter()
            .map(|(email, name)| {
                table::Model { submission, email: email.to_owned(), name_key: folded(name) }.into_active_model()
            })
            .collect();
        if !rows.is_empty() {
            let known = OnConflict::new().do_nothing().to_owned();
            table::Entity::insert_many(rows).on_conflict(known).exec_without_returning(&self.tx).await?;
        }
        Ok(())
    }

    /// Keeps whoever stands in the versions that were sent so far.
    pub(super) async fn keep_all_names(&self) -> Result<(), Error> {
        let mut last = (Uuid::nil(), 0);
        loop {
            let (submission, number) = last;
            // As one row value: a condition in two parts would have PostgreSQL read all earlier rows for every page.
            let key = [revision::Column::Submission, revision::Column::Number].map(Expr::col);
            let later = page::after(key, [Expr::value(submission), Expr::value(number)]);
            let rows = revision::Entity::find()
                .filter(later)
                .order_by_asc(revision::Column::Submission)
                .order_by_asc(revision::Column::Number)
                .limit(PAGE)
                .all(&self.tx)
                .await?;
            let Some(end) = rows.last() else { return Ok(()) };
            last = (end.submission, end.number);
            for row in &rows {
                self.keep_names(row.submission, &column::from_json(&row.answers)?).await?;
            }
        }
    }

    /// Forgets that an address stood anywhere; another stands for it.
    pub(super) async fn rename_sent(&self, from: &Email, to: &Email) -> Result<(), Error> {
        table::Entity::update_many()
            .col_expr(table::Column::Email, Expr::value(to.as_str()))
            .col_expr(table::Column::NameKey, Expr::value(""))
            .filter(table::Column::Email.eq(from.as_str()))
            .exec(&self.tx)
            .await?;
        Ok(())
    }
}
