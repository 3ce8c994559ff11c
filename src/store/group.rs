//! Groups, whose members fill the roles of workflows.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict, Query},
};
use uuid::Uuid;

use super::{
    Error, ReadTx, Tx,
    bounded::is_there,
    column,
    entity::{group as table, membership, person, turn},
    person as people,
};
use crate::{
    domain::{GroupId, PersonId},
    model::{Group, Person},
};

impl ReadTx {
    /// A group by the name that workflow files use.
    pub async fn group(&self, slug: &str) -> Result<Option<Group>, Error> {
        let found = table::Entity::find().filter(table::Column::Slug.eq(slug)).one(&self.tx).await?;
        Ok(found.map(read))
    }

    /// All groups, by title.
    pub async fn groups(&self) -> Result<Vec<Group>, Error> {
        let rows = table::Entity::find().order_by_asc(table::Column::Title).order_by_asc(table::Column::Id);
        Ok(rows.all(&self.tx).await?.into_iter().map(read).collect())
    }

    /// The active members of some groups; every slug asked for is a key.
    pub async fn members(&self, slugs: &[String]) -> Result<BTreeMap<String, BTreeSet<PersonId>>, Error> {
        let mut members: BTreeMap<_, BTreeSet<_>> = slugs.iter().map(|slug| (slug.clone(), BTreeSet::new())).collect();
        let active = Query::select()
            .from(person::Entity)
            .and_where(
                Expr::col((person::Entity, person::Column::Id))
                    .equals((membership::Entity, membership::Column::Person)),
            )
            .and_where(is_active())
            .take();
        let rows = membership::Entity::find()
            .filter(membership::Column::Slug.is_in(slugs))
            .filter(is_there(active))
            .all(&self.tx)
            .await?;
        for row in rows {
            members.entry(row.slug).or_default().insert(PersonId(row.person));
        }
        Ok(members)
    }

    /// All members of a group whatever their standing, by name.
    pub async fn group_people(&self, slug: &str) -> Result<Vec<Person>, Error> {
        let rows = in_group(slug).order_by_asc(person::Column::NameKey).order_by_asc(person::Column::Id);
        rows.all(&self.tx).await?.into_iter().map(people::read).collect()
    }

    /// The slugs of the groups that a person is in.
    pub async fn groups_of(&self, person: PersonId) -> Result<BTreeSet<String>, Error> {
        let rows = membership::Entity::find().filter(membership::Column::Person.eq(person.0)).all(&self.tx).await?;
        Ok(rows.into_iter().map(|row| row.slug).collect())
    }

    /// The active members of a group with the number of their open seats, the least loaded first.
    pub async fn candidates(&self, slug: &str) -> Result<Vec<(Person, u64)>, Error> {
        let rows = in_group(slug).filter(is_active()).order_by_asc(person::Column::NameKey);
        let found = rows.all(&self.tx).await?;
        let open: Vec<Open> = turn::Entity::find()
            .select_only()
            .column(turn::Column::Person)
            .column_as(turn::Column::Submission.count(), "open")
            .filter(turn::Column::Person.is_in(found.iter().map(|row| row.id)))
            .filter(turn::Column::Track.is_not_null())
            .group_by(turn::Column::Person)
            .into_model()
            .all(&self.tx)
            .await?;
        let open: BTreeMap<Uuid, i64> = open.into_iter().map(|row| (row.person, row.open)).collect();
        let mut candidates = found
            .into_iter()
            .map(|row| {
                let seats = column::number(open.get(&row.id).copied().unwrap_or(0))?;
                Ok((people::read(row)?, seats))
            })
            .collect::<Result<Vec<_>, Error>>()?;
        candidates.sort_by_key(|(_, seats)| *seats);
        Ok(candidates)
    }
}

impl Tx {
    /// Adds a group; [`Error::Duplicate`] where the slug is taken.
    pub async fn add_group(&self, group: &Group) -> Result<(), Error> {
        self.insert(write(group)).await
    }

    /// Changes a group's title.
    pub async fn save_group(&self, group: &Group) -> Result<(), Error> {
        let changed = table::Entity::update_many()
            .col_expr(table::Column::Title, Expr::value(group.title.clone()))
            .filter(table::Column::Id.eq(group.id.0));
        self.one_changed(changed).await
    }

    /// Removes a group with its memberships; nothing changes where there is none.
    pub async fn remove_group(&self, slug: &str) -> Result<(), Error> {
        let members = membership::Entity::delete_many().filter(membership::Column::Slug.eq(slug));
        members.exec(&self.tx).await?;
        self.have_places_pass_on(slug).await?;
        let group = table::Entity::delete_many().filter(table::Column::Slug.eq(slug));
        group.exec(&self.tx).await?;
        Ok(())
    }

    /// Makes somebody a member; nothing changes where they are one.
    pub async fn join(&self, slug: &str, person: PersonId) -> Result<(), Error> {
        let row = membership::Model { slug: slug.to_owned(), person: person.0 };
        let key = [membership::Column::Slug, membership::Column::Person];
        membership::Entity::insert(row.into_active_model())
            .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
            .exec_without_returning(&self.tx)
            .await?;
        Ok(())
    }

    /// Ends a membership; nothing changes where there is none.
    pub async fn leave(&self, slug: &str, person: PersonId) -> Result<(), Error> {
        let key = (slug.to_owned(), person.0);
        membership::Entity::delete_by_id(key).exec(&self.tx).await?;
        Ok(())
    }
}

/// How many seats of somebody wait for a verdict.
#[derive(FromQueryResult)]
struct Open {
    person: Uuid,
    open: i64,
}

fn in_group(slug: &str) -> sea_orm::Select<person::Entity> {
    let members = Query::select()
        .column(membership::Column::Person)
        .from(membership::Entity)
        .and_where(membership::Column::Slug.eq(slug))
        .take();
    person::Entity::find().filter(person::Column::Id.in_subquery(members))
}

fn is_active() -> sea_orm::sea_query::SimpleExpr {
    person::Column::Standing.eq("active")
}

fn read(row: table::Model) -> Group {
    Group { id: GroupId(row.id), slug: row.slug, title: row.title }
}

fn write(group: &Group) -> table::Model {
    table::Model { id: group.id.0, slug: group.slug.clone(), title: group.title.clone() }
}
