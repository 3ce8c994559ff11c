//! Who holds a submission, who sits in it, who is out and who is named in it: rows beside its state, for lists and rights.

use std::collections::BTreeSet;

use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, ModelTrait, QueryFilter, sea_query::OnConflict,
};

use super::{
    Error, Submission, Tx, column,
    entity::{mention, named, recusal, seat, turn},
};
use crate::{
    domain::Answer,
    workflow::{Holder, Turn},
};

impl Tx {
    /// Writes all of them anew.
    pub(super) async fn hold(&self, submission: &Submission, turns: &[Turn]) -> Result<(), Error> {
        let of = submission.id.0;
        turn::Entity::delete_many().filter(turn::Column::Submission.eq(of)).exec(&self.tx).await?;
        seat::Entity::delete_many().filter(seat::Column::Submission.eq(of)).exec(&self.tx).await?;
        recusal::Entity::delete_many().filter(recusal::Column::Submission.eq(of)).exec(&self.tx).await?;
        named::Entity::delete_many().filter(named::Column::Submission.eq(of)).exec(&self.tx).await?;
        self.insert_all(turn_rows(submission, turns)?).await?;
        self.insert_all(seat_rows(submission)?).await?;
        self.insert_all(recusal_rows(submission)).await?;
        self.mention(submission).await?;
        self.insert_all(named_rows(submission)).await
    }

    /// Writes anew who is named.
    pub(super) async fn name_anew(&self, submission: &Submission) -> Result<(), Error> {
        let of = submission.id.0;
        named::Entity::delete_many().filter(named::Column::Submission.eq(of)).exec(&self.tx).await?;
        self.insert_all(named_rows(submission)).await
    }

    /// Remembers who is named, also once they are not any more: revisions keep what was sent.
    async fn mention(&self, submission: &Submission) -> Result<(), Error> {
        let rows: Vec<_> = named_rows(submission)
            .into_iter()
            .map(|named::Model { organisation, submission, email }| {
                mention::Model { organisation, email, submission }.into_active_model()
            })
            .collect();
        if !rows.is_empty() {
            let known = OnConflict::new().do_nothing().to_owned();
            mention::Entity::insert_many(rows).on_conflict(known).exec_without_returning(&self.tx).await?;
        }
        Ok(())
    }

    async fn insert_all<M>(&self, rows: Vec<M>) -> Result<(), Error>
    where
        M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
        <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity> + Send,
    {
        if !rows.is_empty() {
            let rows = rows.into_iter().map(IntoActiveModel::into_active_model);
            M::Entity::insert_many(rows).exec_without_returning(&self.tx).await?;
        }
        Ok(())
    }
}

fn turn_rows(submission: &Submission, turns: &[Turn]) -> Result<Vec<turn::Model>, Error> {
    let row = |(position, turn): (usize, &Turn)| {
        let (person, slug) = match &turn.holder {
            Holder::Person(person) => (Some(person.0), None),
            Holder::Group(slug) => (None, Some(slug.clone())),
        };
        Ok(turn::Model {
            organisation: submission.organisation.0,
            submission: submission.id.0,
            position: column::number(position)?,
            person,
            slug,
            role: turn.role.clone(),
            track: turn.track.clone(),
            since: column::micros(turn.since),
            due: turn.by.map(column::micros),
        })
    };
    turns.iter().enumerate().map(row).collect()
}

fn seat_rows(submission: &Submission) -> Result<Vec<seat::Model>, Error> {
    let tracks = submission.item.tracks.iter();
    let seats = tracks.flat_map(|(track, progress)| progress.seats.iter().enumerate().map(move |seat| (track, seat)));
    seats
        .map(|(track, (position, taken))| {
            Ok(seat::Model {
                organisation: submission.organisation.0,
                submission: submission.id.0,
                track: track.clone(),
                position: column::number(position)?,
                person: taken.person.0,
                since: column::micros(taken.since),
                declared: taken.declared,
                verdict: taken.verdict.map(column::to_word).transpose()?,
                voided: taken.voided,
            })
        })
        .collect()
}

fn named_rows(submission: &Submission) -> Vec<named::Model> {
    let people = submission.answers.0.values().flat_map(|answer| match answer {
        Answer::People(people) => people.as_slice(),
        _ => &[],
    });
    let emails: BTreeSet<&str> = people.map(|person| person.email.as_str()).collect();
    let row = |email: &str| named::Model {
        organisation: submission.organisation.0,
        submission: submission.id.0,
        email: email.to_owned(),
    };
    emails.into_iter().map(row).collect()
}

fn recusal_rows(submission: &Submission) -> Vec<recusal::Model> {
    let row = |person: &crate::domain::PersonId| recusal::Model {
        organisation: submission.organisation.0,
        submission: submission.id.0,
        person: person.0,
    };
    submission.item.recused.iter().map(row).collect()
}
