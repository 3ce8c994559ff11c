//! How it stands with the disclosures of those who are named.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::Error;
use crate::{
    access::{Part, Sight},
    domain::{Calendar, DisclosureState, Email, is_good},
    model::{DisclosureRequest, GivenDisclosure, Submission},
    store::ReadTx,
    workflow::Definition,
};

/// How it stands with the disclosure of somebody who is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disclosed {
    /// How.
    pub state: DisclosureState,
    /// When they were asked last in this submission.
    pub asked: Option<DisclosureRequest>,
    /// What they gave last, for this submission or another one in which they are named.
    pub given: Option<GivenDisclosure>,
    /// How much of that the reader may know.
    pub open: Openness,
}

/// How much of a disclosure a reader may know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Openness {
    /// What it says.
    Whole,
    /// That it was given, and when. Whoever names an address does not learn by that what its owner told others.
    Day,
}

/// How it stands with everybody who is asked to disclose, by address.
pub(super) async fn disclosed(
    view: &ReadTx,
    definition: &Definition,
    submission: &Submission,
    calendar: &Calendar,
    now: Timestamp,
) -> Result<BTreeMap<Email, Disclosed>, Error> {
    let emails: BTreeSet<Email> =
        definition.disclosing(&submission.answers).into_iter().map(|named| named.email.clone()).collect();
    if emails.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut asked: BTreeMap<Email, DisclosureRequest> = BTreeMap::new();
    for request in view.disclosure_requests(submission.id).await? {
        asked.insert(request.email.clone(), request);
    }
    let mut given: BTreeMap<Email, GivenDisclosure> = BTreeMap::new();
    for one in view.disclosures_of(&emails).await? {
        given.insert(one.email.clone(), one);
    }
    let today = calendar.date(now);
    let of = |email: Email| {
        let (asked, given) = (asked.remove(&email), given.remove(&email));
        let good = given.as_ref().is_some_and(|given| is_good(calendar.date(given.given_at), today));
        let answered =
            asked.as_ref().zip(given.as_ref()).is_some_and(|(asked, given)| given.given_at >= asked.asked_at);
        let state = match (&asked, &given) {
            _ if good => DisclosureState::Given,
            (Some(_), _) if !answered => DisclosureState::Asked,
            (_, Some(_)) => DisclosureState::Stale,
            (_, None) => DisclosureState::NotAsked,
        };
        (email, Disclosed { state, asked, given, open: Openness::Whole })
    };
    Ok(emails.into_iter().map(of).collect())
}

/// Takes out what a reader may not know. To whom the author is hidden, what the author disclosed would tell who that is.
pub(super) fn conceal(
    disclosed: &mut BTreeMap<Email, Disclosed>,
    sight: &Sight,
    submission: &Submission,
    author: Option<&BTreeSet<Email>>,
) {
    if !sight.knows(Part::Content) || sight.until.is_some() {
        disclosed.clear();
    }
    if !sight.knows(Part::Author) {
        disclosed.retain(|email, _| author.is_some_and(|author| !author.contains(email)));
    }
    if sight.relation.is_author() {
        for one in disclosed.values_mut() {
            let here = one.given.as_ref().is_some_and(|given| given.submission == submission.id);
            one.open = if here { Openness::Whole } else { Openness::Day };
        }
    }
}
