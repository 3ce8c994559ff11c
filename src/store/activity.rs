//! The catalogue: designated activities that others can complete.

use jiff::{Timestamp, civil::Date};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, IntoActiveModel, Iterable, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::{
    Error, ReadTx, Tx,
    bounded::{FEW, asked, begun_with},
    column,
    entity::activity as table,
    page, word,
};
use crate::{
    domain::{Amount, SubmissionId, sought},
    model::{Activity, Page},
};

impl ReadTx {
    /// The activity of a submission.
    pub async fn activity(&self, submission: SubmissionId) -> Result<Option<Activity>, Error> {
        let found = table::Entity::find().filter(table::Column::Submission.eq(submission.0)).one(&self.tx).await?;
        found.map(read).transpose()
    }

    /// A page of activities that may be offered on a day, the last listed first; each word of `search`
    /// begins one of title or provider, empty for all.
    pub async fn catalogue(
        &self,
        on: Date,
        search: &str,
        cursor: Option<&str>,
        limit: u16,
    ) -> Result<Page<Activity>, Error> {
        let sought = if search.trim().is_empty() { None } else { Some(sought(search)) };
        let mut besides = Condition::all()
            .add(table::Column::FirstDay.lte(on.to_string()))
            .add(table::Column::LastDay.gte(on.to_string()))
            .add(table::Column::EndedAt.is_null());
        let key = page::key::<(i64, Uuid)>(cursor)?.map(|(listed_at, id)| {
            let columns = [Expr::col(table::Column::ListedAt), Expr::col(table::Column::Submission)];
            page::before(columns, [Expr::value(listed_at), Expr::value(id)])
        });
        let lasting = table::Entity::find()
            .select_only()
            .column(table::Column::Submission)
            .filter(table::Column::LastDay.gte(on.to_string()))
            .filter(table::Column::EndedAt.is_null())
            .into_query();
        let mut few = if self.are_few(lasting.clone(), FEW).await? { Some(lasting) } else { None };
        for beginning in sought.iter().flatten() {
            besides = besides.add(word::OF_ACTIVITIES.has((table::Entity, table::Column::Submission), beginning));
            if few.is_none() && self.are_few(word::OF_ACTIVITIES.owners(beginning), FEW).await? {
                few = Some(word::OF_ACTIVITIES.owners(beginning));
            }
        }
        if sought.is_some_and(|sought| sought.is_empty()) {
            return Ok(Page { rows: Vec::new(), next: None });
        }
        let query = match few {
            Some(few) => {
                let few = table::Column::Submission.in_subquery(begun_with(few, FEW));
                table::Entity::find().filter(few).filter(asked(besides.add_option(key)))
            }
            None => table::Entity::find().filter(asked(besides)).filter(Condition::all().add_option(key)),
        };
        let query = query.order_by_desc(table::Column::ListedAt).order_by_desc(table::Column::Submission);
        let rows = query.limit(u64::from(limit) + 1).all(&self.tx).await?;
        Page::cut(rows, limit, |row| (row.listed_at, row.submission))?.try_map(read)
    }
}

impl Tx {
    /// Lists an activity; one that the submission has already becomes this one.
    pub async fn put_activity(&self, activity: &Activity) -> Result<(), Error> {
        let row = table::Model {
            submission: activity.submission.0,
            title: activity.title.clone(),
            provider: activity.provider.clone(),
            designation: activity.designation.clone(),
            credit: activity.credit.clone(),
            maximum: activity.maximum.hundredths(),
            first_day: activity.from.to_string(),
            last_day: activity.until.to_string(),
            starts_on: activity.starts_on.map(|day| day.to_string()),
            listed_at: column::micros(activity.listed_at),
            ended_at: activity.ended_at.map(column::micros),
            revision: activity.revision.into(),
        };
        let key = |column: &table::Column| matches!(column, table::Column::Submission);
        let changed = table::Column::iter().filter(|column| !key(column));
        let again = OnConflict::column(table::Column::Submission).update_columns(changed).to_owned();
        table::Entity::insert(row.into_active_model()).on_conflict(again).exec_without_returning(&self.tx).await?;
        let text = format!("{} {}", activity.title, activity.provider);
        self.index(word::OF_ACTIVITIES, activity.submission.0, &text).await
    }

    /// Takes an activity off; nothing changes where it is.
    pub async fn end_activity(&self, submission: SubmissionId, at: Timestamp) -> Result<(), Error> {
        table::Entity::update_many()
            .col_expr(table::Column::EndedAt, Expr::value(column::micros(at)))
            .filter(table::Column::Submission.eq(submission.0))
            .filter(table::Column::EndedAt.is_null())
            .exec(&self.tx)
            .await?;
        Ok(())
    }
}

fn read(row: table::Model) -> Result<Activity, Error> {
    Ok(Activity {
        submission: SubmissionId(row.submission),
        title: row.title,
        provider: row.provider,
        designation: row.designation,
        credit: row.credit,
        maximum: Amount::from_hundredths(row.maximum),
        from: column::parse(&row.first_day)?,
        until: column::parse(&row.last_day)?,
        starts_on: row.starts_on.as_deref().map(column::parse).transpose()?,
        listed_at: column::instant(row.listed_at)?,
        ended_at: row.ended_at.map(column::instant).transpose()?,
        revision: column::number(row.revision)?,
    })
}
