//! Four eyes: what one administrator proposed another one puts into force, and not one whom the first just brought in.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use serde_json::Value;

use crate::{
    domain::{Duty, Paragraphs, PersonId, Standing},
    model::{LogAct, LogLine, MigrationPlan, Person},
    store::ReadTx,
    usecase::{Call, Error},
};

/// For how long two of whom one brought the other in count as one pair of eyes, in days.
const DAYS: i64 = 30;

/// What somebody is to a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Eyes {
    /// Somebody else than whoever made it, and neither brought in by them nor the other way round.
    Independent,
    /// There is nobody else who is that, and they answer for it with a reason.
    Alone,
    /// They made it.
    Own,
    /// One of them brought the other in.
    Dependent,
    /// Something of theirs is among what the proposal is about.
    Concerned,
}

/// What is proposed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Matter<'a> {
    /// A version: what was sent stays where it is, so nobody's work is touched.
    Version,
    /// Taking what follows a version over to another one. Whoever has written something that goes over, or has a conflict of
    /// interest in it, is no second pair of eyes.
    Migration {
        /// The version that is left.
        from: &'a str,
    },
}

impl<'a> Matter<'a> {
    /// Taking a plan's submissions over.
    pub(super) fn of(plan: &'a MigrationPlan) -> Self {
        Self::Migration { from: &plan.from }
    }
}

/// Lets somebody through who is independent of the proposer and of what is proposed; and the proposer, or who brought them in or
/// is concerned, where there is nobody like that, with a reason. Gives the reason as it is written down.
pub(super) async fn second(
    view: &ReadTx,
    call: &Call,
    matter: Matter<'_>,
    proposer: Option<PersonId>,
    reason: Option<&str>,
) -> Result<Option<String>, Error> {
    let reason = reason.map(|reason| Paragraphs::within(reason, 2_000)).transpose();
    let reason = reason.map_err(|fault| Error::text("reason", fault))?.map(String::from);
    let reason = reason.filter(|reason| !reason.is_empty());
    let Some(proposer) = proposer else { return Ok(reason) };
    let administrators = Administrators::at(view, call.now, matter).await?;
    let who_may = || administrators.who_may(proposer);
    match administrators.eyes(call.caller.person, proposer) {
        Eyes::Independent => Ok(reason),
        Eyes::Alone if reason.is_some() => Ok(reason),
        Eyes::Alone => {
            let message = "there is no other administrator to look at your own change: say why it cannot wait for one";
            Err(Error::field("reason", "missing", message))
        }
        Eyes::Own => Err(Error::Forbidden(format!(
            "you proposed this yourself; another administrator has to look at it and put it into force: {}",
            who_may()
        ))),
        Eyes::Dependent => Err(Error::Forbidden(format!(
            "of you and whoever proposed this one invited the other, or made them an administrator, less than {DAYS} days \
             ago: another administrator has to look at it and put it into force: {}",
            who_may()
        ))),
        Eyes::Concerned => Err(Error::Forbidden(format!(
            "something of yours is among the submissions that go over, or you have a conflict of interest in one of them: \
             another administrator has to look at it and put it into force: {}",
            who_may()
        ))),
    }
}

/// Whether what somebody proposed waits for the caller: for everybody who may put it into force.
pub(super) async fn waits_for(
    view: &ReadTx,
    call: &Call,
    matter: Matter<'_>,
    proposer: PersonId,
) -> Result<bool, Error> {
    let eyes = Administrators::at(view, call.now, matter).await?.eyes(call.caller.person, proposer);
    Ok(matches!(eyes, Eyes::Independent | Eyes::Alone))
}

/// Those who may sign in, who of them brought whom in lately, and whom the proposal concerns.
pub(super) struct Administrators {
    people: Vec<Person>,
    lately: BTreeSet<(PersonId, PersonId)>,
    concerned: BTreeSet<PersonId>,
}

impl Administrators {
    /// As they are at an instant.
    pub(super) async fn at(view: &ReadTx, now: jiff::Timestamp, matter: Matter<'_>) -> Result<Self, Error> {
        let mut people = view.administrators().await?;
        people.retain(|person| person.standing == Standing::Active);
        let since = now - SignedDuration::from_hours(24 * DAYS);
        let lines = view.log_since(since, &[LogAct::PersonInvited, LogAct::PersonChanged]).await?;
        let mut lately = BTreeSet::new();
        for line in lines.iter().filter(|line| brings_in(line)) {
            let whom = people.iter().find(|person| person.email.as_str() == line.subject);
            lately.extend(line.actor.zip(whom.map(|person| person.id)));
        }
        let mut concerned = BTreeSet::new();
        if let Matter::Migration { from } = matter {
            for person in &people {
                concerned.extend(view.has_stake_in(person, from).await?.then_some(person.id));
            }
        }
        Ok(Self { people, lately, concerned })
    }

    /// Those who may put what somebody proposed into force as a second pair of eyes.
    pub(super) fn independent_of(&self, proposer: PersonId) -> BTreeSet<PersonId> {
        let others = self.people.iter().map(|person| person.id).filter(|person| *person != proposer);
        others.filter(|person| !self.bound(*person, proposer) && !self.concerned.contains(person)).collect()
    }

    /// The names of those.
    fn who_may(&self, proposer: PersonId) -> String {
        let may = self.independent_of(proposer);
        let names: Vec<&str> =
            self.people.iter().filter(|person| may.contains(&person.id)).map(|person| person.name.as_str()).collect();
        names.join(" or ")
    }

    fn bound(&self, one: PersonId, other: PersonId) -> bool {
        self.lately.contains(&(one, other)) || self.lately.contains(&(other, one))
    }

    fn eyes(&self, person: PersonId, proposer: PersonId) -> Eyes {
        let independent = self.independent_of(proposer);
        if independent.contains(&person) {
            return Eyes::Independent;
        }
        let concerned = self.concerned.contains(&person);
        let answers = person == proposer || concerned || self.lately.contains(&(person, proposer));
        match (independent.is_empty(), person == proposer) {
            (true, _) if answers => Eyes::Alone,
            (_, true) => Eyes::Own,
            (_, false) if concerned => Eyes::Concerned,
            (_, false) => Eyes::Dependent,
        }
    }
}

/// Whether a line of the log says that somebody was invited, or became an administrator.
fn brings_in(line: &LogLine) -> bool {
    let administers = |facts: &Value| {
        let duties = facts["duties"].as_array();
        let administrator = serde_json::to_value(Duty::Administrator).unwrap_or_default();
        duties.is_some_and(|duties| duties.contains(&administrator))
    };
    let was = |when: &str| line.detail.get(when).is_some_and(administers);
    line.act.parse() == Ok(LogAct::PersonInvited) || (was("after") && !was("before"))
}
