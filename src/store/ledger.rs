//! The credit ledger: append-only, corrected by reversing entries.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use super::{Error, ReadTx, Tx, column, entity::ledger_entry as table, page};
use crate::{
    credit::ledger::Entry,
    domain::{Amount, EntryId, PersonId, SubmissionId},
    model::Page,
};

impl ReadTx {
    /// An entry.
    pub async fn entry(&self, id: EntryId) -> Result<Option<Entry>, Error> {
        let found = table::Entity::find().filter(table::Column::Id.eq(id.0)).one(&self.tx).await?;
        found.map(read).transpose()
    }

    /// A page of a person's entries, the last earned first.
    pub async fn entries_of(&self, person: PersonId, cursor: Option<&str>, limit: u16) -> Result<Page<Entry>, Error> {
        let mut query = table::Entity::find().filter(table::Column::Person.eq(person.0));
        if let Some((earned, id)) = page::key::<(String, Uuid)>(cursor)? {
            let columns = [Expr::col(table::Column::Earned), Expr::col(table::Column::Id)];
            query = query.filter(page::before(columns, [Expr::value(earned), Expr::value(id)]));
        }
        let query = query.order_by_desc(table::Column::Earned).order_by_desc(table::Column::Id);
        let rows = query.limit(u64::from(limit) + 1).all(&self.tx).await?;
        Page::cut(rows, limit, |row| (row.earned.clone(), row.id))?.try_map(read)
    }

    /// A person's entries of one credit type for submissions, earned after a day.
    pub async fn entries_after(&self, person: PersonId, credit: &str, after: Date) -> Result<Vec<Entry>, Error> {
        let query = table::Entity::find()
            .filter(table::Column::Person.eq(person.0))
            .filter(table::Column::Credit.eq(credit))
            .filter(table::Column::Earned.gt(after.to_string()))
            .filter(table::Column::Submission.is_not_null());
        query.all(&self.tx).await?.into_iter().map(read).collect()
    }

    /// A person's sum for each credit type.
    pub async fn totals_of(&self, person: PersonId) -> Result<BTreeMap<String, Amount>, Error> {
        // PostgreSQL adds up integers of 64 bits to something wider.
        let sum = Expr::col(table::Column::Amount).sum().cast_as("bigint");
        let totals: Vec<Total> = table::Entity::find()
            .filter(table::Column::Person.eq(person.0))
            .select_only()
            .column(table::Column::Credit)
            .column_as(sum, "total")
            .group_by(table::Column::Credit)
            .into_model()
            .all(&self.tx)
            .await?;
        Ok(totals.into_iter().map(|row| (row.credit, Amount::from_hundredths(row.total))).collect())
    }

    /// The entries, reversing ones too, that a rule wrote for a submission, oldest first.
    pub async fn entries_for(&self, submission: SubmissionId, rule: &str) -> Result<Vec<Entry>, Error> {
        let query = table::Entity::find()
            .filter(table::Column::Submission.eq(submission.0))
            .filter(table::Column::Rule.eq(rule))
            .order_by_asc(table::Column::Id);
        query.all(&self.tx).await?.into_iter().map(read).collect()
    }
}

impl Tx {
    /// Writes an entry; [`Error::Duplicate`] where an award of the submission's rule to the person stands, or the
    /// entry it reverses is reversed already.
    pub async fn add_entry(&self, entry: &Entry) -> Result<(), Error> {
        let row = table::Model {
            id: entry.id.0,
            person: entry.person.0,
            credit: entry.credit.clone(),
            amount: entry.amount.hundredths(),
            earned: entry.earned.to_string(),
            submission: entry.submission.map(|id| id.0),
            rule: entry.rule.clone(),
            title: entry.title.clone(),
            reverses: entry.reverses.map(|id| id.0),
            occurrence: self.occurrence(entry).await?,
            recorded_at: column::micros(entry.recorded_at),
        };
        self.insert(row).await
    }
}

impl ReadTx {
    /// The how-manieth award of its rule to the person an entry is: one more than were taken back. Of two at once that
    /// both think they are the next, the index lets one in.
    async fn occurrence(&self, entry: &Entry) -> Result<i64, Error> {
        let (Some(submission), None) = (entry.submission, entry.reverses) else { return Ok(1) };
        let lines = self.entries_for(submission, &entry.rule).await?;
        let of_person = lines.iter().filter(|line| line.person == entry.person);
        let taken_back = of_person.filter(|line| line.reverses.is_some()).count();
        Ok(column::number::<_, i64>(taken_back)?.saturating_add(1))
    }
}

/// The sum of one credit type.
#[derive(FromQueryResult)]
struct Total {
    credit: String,
    total: i64,
}

fn read(row: table::Model) -> Result<Entry, Error> {
    Ok(Entry {
        id: EntryId(row.id),
        person: PersonId(row.person),
        credit: row.credit,
        amount: Amount::from_hundredths(row.amount),
        earned: column::parse(&row.earned)?,
        submission: row.submission.map(SubmissionId),
        rule: row.rule,
        title: row.title,
        reverses: row.reverses.map(EntryId),
        recorded_at: column::instant(row.recorded_at)?,
    })
}
