//! Who is away, and in which groups places wait for them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::{
    Error, ReadTx, Tx, column,
    entity::{absence as table, turn, waiting_group},
};
use crate::{
    domain::{AbsenceId, PersonId, SubmissionId},
    model::Absence,
};

impl ReadTx {
    /// Who of some people is away on a day, each with the last day of it.
    pub async fn away(&self, people: &BTreeSet<PersonId>, day: Date) -> Result<BTreeMap<PersonId, Date>, Error> {
        let mut away = BTreeMap::new();
        if people.is_empty() {
            return Ok(away);
        }
        let rows = table::Entity::find()
            .filter(table::Column::Person.is_in(people.iter().map(|person| person.0)))
            .filter(table::Column::LastDay.gte(day.to_string()))
            .filter(table::Column::FirstDay.lte(day.to_string()));
        for row in rows.all(&self.tx).await? {
            let last: Date = column::parse(&row.last_day)?;
            let until = away.entry(PersonId(row.person)).or_insert(last);
            *until = last.max(*until);
        }
        Ok(away)
    }

    /// Absences of somebody that are not over on a day, the first to begin first.
    pub async fn absences_of(&self, person: PersonId, day: Date) -> Result<Vec<Absence>, Error> {
        let rows = table::Entity::find()
            .filter(table::Column::Person.eq(person.0))
            .filter(table::Column::LastDay.gte(day.to_string()))
            .order_by_asc(table::Column::FirstDay)
            .order_by_asc(table::Column::Id);
        rows.all(&self.tx).await?.iter().map(read).collect()
    }

    /// One absence.
    pub async fn absence(&self, id: AbsenceId) -> Result<Option<Absence>, Error> {
        table::Entity::find_by_id(id.0).one(&self.tx).await?.as_ref().map(read).transpose()
    }

    /// The groups in which places wait for who is away.
    pub async fn waiting_groups(&self) -> Result<BTreeSet<String>, Error> {
        Ok(waiting_group::Entity::find().all(&self.tx).await?.into_iter().map(|row| row.slug).collect())
    }

    /// Submissions of which a group has the turn, after one of them, in order of their ids.
    pub async fn held_by_group(
        &self,
        slug: &str,
        after: Option<SubmissionId>,
        limit: u16,
    ) -> Result<Vec<SubmissionId>, Error> {
        let ids: Vec<Uuid> = turn::Entity::find()
            .select_only()
            .column(turn::Column::Submission)
            .distinct()
            .filter(turn::Column::Slug.eq(slug))
            .filter(turn::Column::Submission.gt(after.map_or(Uuid::nil(), |after| after.0)))
            .order_by_asc(turn::Column::Submission)
            .limit(u64::from(limit))
            .into_tuple()
            .all(&self.tx)
            .await?;
        Ok(ids.into_iter().map(SubmissionId).collect())
    }
}

impl Tx {
    /// Writes down that somebody is away.
    pub async fn add_absence(&self, absence: &Absence) -> Result<(), Error> {
        self.insert(table::Model {
            id: absence.id.0,
            person: absence.person.0,
            first_day: absence.first.to_string(),
            last_day: absence.last.to_string(),
            entered_by: absence.entered_by.0,
            entered_at: column::micros(absence.entered_at),
        })
        .await
    }

    /// Ends an absence with an earlier day.
    pub async fn shorten_absence(&self, id: AbsenceId, last: Date) -> Result<(), Error> {
        let changed = table::Entity::update_many()
            .col_expr(table::Column::LastDay, Expr::value(last.to_string()))
            .filter(table::Column::Id.eq(id.0));
        self.one_changed(changed).await
    }

    /// Takes an absence back that never was.
    pub async fn remove_absence(&self, id: AbsenceId) -> Result<(), Error> {
        table::Entity::delete_by_id(id.0).exec(&self.tx).await?;
        Ok(())
    }

    /// Has the places in a group wait for who is away.
    pub async fn have_places_wait(&self, slug: &str) -> Result<(), Error> {
        let row = waiting_group::Model { slug: slug.to_owned() };
        let known = OnConflict::column(waiting_group::Column::Slug).do_nothing().to_owned();
        let row = waiting_group::Entity::insert(row.into_active_model()).on_conflict(known);
        row.exec_without_returning(&self.tx).await?;
        Ok(())
    }

    /// Has the places in a group pass on while somebody is away.
    pub async fn have_places_pass_on(&self, slug: &str) -> Result<(), Error> {
        waiting_group::Entity::delete_by_id(slug.to_owned()).exec(&self.tx).await?;
        Ok(())
    }
}

fn read(row: &table::Model) -> Result<Absence, Error> {
    Ok(Absence {
        id: AbsenceId(row.id),
        person: PersonId(row.person),
        first: column::parse(&row.first_day)?,
        last: column::parse(&row.last_day)?,
        entered_by: PersonId(row.entered_by),
        entered_at: column::instant(row.entered_at)?,
    })
}
