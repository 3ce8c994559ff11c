//! Who holds a submission, who sits in it, who is out and who is named in it: rows beside its state, for lists and rights.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict};

use super::{
    Error, ReadTx, Tx, column,
    entity::{lifted_conflict, mention, named, party, recusal, seat, turn},
};
use crate::{
    domain::Email,
    model::Submission,
    workflow::{Holder, Right, Turn},
};

impl ReadTx {
    /// Whose turn it is, as it is stored.
    pub(super) async fn turns(&self, submission: &Submission) -> Result<Vec<turn::Model>, Error> {
        Ok(turn::Entity::find().filter(turn::Column::Submission.eq(submission.id.0)).all(&self.tx).await?)
    }
}

impl Tx {
    /// Writes what is other than before: whose turn it was is told, all else follows from the submission as it was.
    pub(super) async fn hold(
        &self,
        before: Before<'_>,
        after: &Submission,
        turns: Vec<turn::Model>,
    ) -> Result<(), Error> {
        self.replace(before.turns, turns).await?;
        let (seats, recusals, named, parties) = match before.submission {
            Some(before) => (seat_rows(before)?, recusal_rows(before), named_rows(before), party_rows(before)),
            None => (Vec::new(), Vec::new(), Vec::new(), Vec::new()),
        };
        self.replace(parties, party_rows(after)).await?;
        self.replace(seats, seat_rows(after)?).await?;
        self.replace(recusals, recusal_rows(after)).await?;
        self.replace(before.submission.map(lifted_rows).unwrap_or_default(), lifted_rows(after)).await?;
        let new = named_rows(after);
        self.mention(new.iter().filter(|row| !named.contains(row))).await?;
        self.replace(named, new).await
    }

    /// Writes anew who is named.
    pub(super) async fn name_anew(&self, submission: &Submission) -> Result<(), Error> {
        let stored = named::Entity::find().filter(named::Column::Submission.eq(submission.id.0)).all(&self.tx).await?;
        self.replace(stored, named_rows(submission)).await?;
        let stored = party::Entity::find().filter(party::Column::Submission.eq(submission.id.0)).all(&self.tx).await?;
        self.replace(stored, party_rows(submission)).await
    }

    /// Remembers who is named, also once they are not any more: revisions keep what was sent.
    async fn mention(&self, named: impl Iterator<Item = &named::Model>) -> Result<(), Error> {
        let rows: Vec<_> = named
            .map(|named::Model { submission, email }| {
                mention::Model { email: email.clone(), submission: *submission }.into_active_model()
            })
            .collect();
        if !rows.is_empty() {
            let known = OnConflict::new().do_nothing().to_owned();
            mention::Entity::insert_many(rows).on_conflict(known).exec_without_returning(&self.tx).await?;
        }
        Ok(())
    }
}

/// How a submission and its turns were stored before a change; the default is not at all.
#[derive(Default)]
pub(super) struct Before<'s> {
    pub(super) submission: Option<&'s Submission>,
    pub(super) turns: Vec<turn::Model>,
}

/// Whose turn it is, as rows.
pub(super) fn turn_rows(submission: &Submission, turns: &[Turn]) -> Result<Vec<turn::Model>, Error> {
    let row = |(position, turn): (usize, &Turn)| {
        let (person, slug) = match &turn.holder {
            Holder::Person(person) => (Some(person.0), None),
            Holder::Group(slug) => (None, Some(slug.clone())),
        };
        Ok(turn::Model {
            submission: submission.id.0,
            position: column::number(position)?,
            person,
            slug,
            role: turn.role.clone(),
            track: turn.track.clone(),
            since: column::micros(turn.since),
            due: turn.by.map(column::micros),
            late_since: turn.late_since.map(column::micros),
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
                submission: submission.id.0,
                track: track.clone(),
                position: column::number(position)?,
                person: taken.person.0,
                since: column::micros(taken.since),
                declared: taken.declared,
                verdict: taken.verdict.map(column::to_word).map(str::to_owned),
                voided: taken.voided,
            })
        })
        .collect()
}

fn named_rows(submission: &Submission) -> Vec<named::Model> {
    let coauthors = submission.item.coauthors.keys().map(Email::as_str);
    let emails: BTreeSet<&str> =
        submission.answers.people().map(|person| person.email.as_str()).chain(coauthors).collect();
    let row = |email: &str| named::Model { submission: submission.id.0, email: email.to_owned() };
    emails.into_iter().map(row).collect()
}

fn party_rows(submission: &Submission) -> Vec<party::Model> {
    let item = &submission.item;
    let coauthors = item.coauthors.iter().filter(|(_, coauthor)| coauthor.right != Right::Gone);
    let by_address = coauthors.map(|(email, _)| email.to_string());
    let by_id = item.former.keys().chain(item.succession.iter().map(|succession| &succession.to));
    let who: BTreeSet<String> = by_address.chain(by_id.map(ToString::to_string)).collect();
    who.into_iter().map(|who| party::Model { submission: submission.id.0, who }).collect()
}

fn lifted_rows(submission: &Submission) -> Vec<lifted_conflict::Model> {
    let lifted = submission.item.lifted.iter().flat_map(|(person, all)| all.iter().map(move |one| (person, one)));
    let row = |(person, conflict): (&crate::domain::PersonId, &crate::domain::Conflict)| lifted_conflict::Model {
        submission: submission.id.0,
        person: person.0,
        conflict: column::to_word(*conflict).to_owned(),
    };
    lifted.map(row).collect()
}

fn recusal_rows(submission: &Submission) -> Vec<recusal::Model> {
    let row = |person: &crate::domain::PersonId| recusal::Model { submission: submission.id.0, person: person.0 };
    submission.item.recused.iter().map(row).collect()
}
