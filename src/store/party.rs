//! What is shared with somebody.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use uuid::Uuid;

use super::{
    Error, ReadTx,
    entity::{former_address, party, person},
};
use crate::{
    domain::{PersonId, SubmissionId},
    model::{Person, QueueRow},
};

impl ReadTx {
    /// What somebody writes along, or handed over, or is asked to take over: the last begun first.
    pub async fn shared_with(&self, person: &Person, limit: u16) -> Result<Vec<QueueRow>, Error> {
        let addresses = self.addresses_of(std::slice::from_ref(person)).await?.remove(&person.id).unwrap_or_default();
        let who = addresses.iter().map(ToString::to_string).chain([person.id.to_string()]);
        let ids: Vec<Uuid> = party::Entity::find()
            .select_only()
            .column(party::Column::Submission)
            .distinct()
            .filter(party::Column::Who.is_in(who))
            .order_by_desc(party::Column::Submission)
            .limit(u64::from(limit))
            .into_tuple()
            .all(&self.tx)
            .await?;
        let mut rows = self.queue_rows(ids.into_iter().collect::<BTreeSet<_>>()).await?;
        rows.retain(|row| row.submitter != person.id);
        rows.sort_by_key(|row| std::cmp::Reverse(row.id));
        Ok(rows)
    }

    /// What somebody writes or reads along, under whichever address.
    pub async fn along(&self, person: PersonId) -> Result<BTreeSet<SubmissionId>, Error> {
        let mut found = BTreeSet::new();
        let people = self.persons(&BTreeSet::from([person])).await?;
        for email in self.addresses_of(&people).await?.into_values().flatten() {
            let rows = party::Entity::find().select_only().column(party::Column::Submission);
            let rows: Vec<Uuid> = rows.filter(party::Column::Who.eq(email.as_str())).into_tuple().all(&self.tx).await?;
            found.extend(rows.into_iter().map(SubmissionId));
        }
        Ok(found)
    }

    /// In which of some submissions somebody of an institution writes or reads along.
    pub async fn along_from(
        &self,
        institution: &str,
        among: &BTreeSet<SubmissionId>,
    ) -> Result<BTreeSet<SubmissionId>, Error> {
        let colleagues = || person::Entity::find().filter(person::Column::AffiliationKey.eq(institution)).select_only();
        let now = colleagues().column(person::Column::Email).into_query();
        let ids = colleagues().column(person::Column::Id).into_query();
        let before = former_address::Entity::find().select_only().column(former_address::Column::Email);
        let before = before.filter(former_address::Column::Person.in_subquery(ids)).into_query();
        let theirs =
            Condition::any().add(party::Column::Who.in_subquery(now)).add(party::Column::Who.in_subquery(before));
        let among: Vec<Uuid> = among.iter().map(|id| id.0).collect();
        let mut found = BTreeSet::new();
        for some in among.chunks(500) {
            let rows = party::Entity::find()
                .select_only()
                .column(party::Column::Submission)
                .filter(party::Column::Submission.is_in(some.iter().copied()))
                .filter(theirs.clone());
            found.extend(rows.into_tuple::<Uuid>().all(&self.tx).await?.into_iter().map(SubmissionId));
        }
        Ok(found)
    }
}
