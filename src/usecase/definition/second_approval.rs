//! Four eyes: what one administrator proposed another one puts into force, and not one whom the first just brought in.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use serde_json::Value;

use crate::{
    domain::{Duty, Paragraphs, PersonId, Standing},
    model::{LogAct, LogLine, Person},
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
}

/// Lets somebody through who is independent of the proposer; and the proposer, or who brought them in, where there is nobody
/// like that, with a reason. Gives the reason as it is written down.
pub(super) async fn second(
    view: &ReadTx,
    call: &Call,
    proposer: Option<PersonId>,
    reason: Option<&str>,
) -> Result<Option<String>, Error> {
    let reason = reason.map(|reason| Paragraphs::within(reason, 2_000)).transpose();
    let reason = reason.map_err(|fault| Error::text("reason", fault))?.map(String::from);
    let reason = reason.filter(|reason| !reason.is_empty());
    let Some(proposer) = proposer else { return Ok(reason) };
    match Administrators::load(view, call).await?.eyes(call.caller.person, proposer) {
        Eyes::Independent => Ok(reason),
        Eyes::Alone if reason.is_some() => Ok(reason),
        Eyes::Alone => {
            let message = "there is no other administrator to look at your own change: say why it cannot wait for one";
            Err(Error::field("reason", "missing", message))
        }
        Eyes::Own => Err(Error::Forbidden(
            "you proposed this yourself; another administrator has to look at it and put it into force".to_owned(),
        )),
        Eyes::Dependent => Err(Error::Forbidden(format!(
            "of you and whoever proposed this one invited the other, or made them an administrator, less than {DAYS} days \
             ago: another administrator has to look at it and put it into force"
        ))),
    }
}

/// Whether what somebody proposed waits for the caller: for everybody who may put it into force.
pub(super) async fn waits_for(view: &ReadTx, call: &Call, proposer: PersonId) -> Result<bool, Error> {
    let eyes = Administrators::load(view, call).await?.eyes(call.caller.person, proposer);
    Ok(matches!(eyes, Eyes::Independent | Eyes::Alone))
}

/// Those who may sign in, and who of them brought whom in lately.
pub(super) struct Administrators {
    people: Vec<Person>,
    lately: BTreeSet<(PersonId, PersonId)>,
}

impl Administrators {
    async fn load(view: &ReadTx, call: &Call) -> Result<Self, Error> {
        Self::at(view, call.now).await
    }

    /// As they are at an instant.
    pub(super) async fn at(view: &ReadTx, now: jiff::Timestamp) -> Result<Self, Error> {
        let mut people = view.administrators().await?;
        people.retain(|person| person.standing == Standing::Active);
        let since = now - SignedDuration::from_hours(24 * DAYS);
        let lines = view.log_since(since, &[LogAct::PersonInvited, LogAct::PersonChanged]).await?;
        let mut lately = BTreeSet::new();
        for line in lines.iter().filter(|line| brings_in(line)) {
            let whom = people.iter().find(|person| person.email.as_str() == line.subject);
            lately.extend(line.actor.zip(whom.map(|person| person.id)));
        }
        Ok(Self { people, lately })
    }

    /// Those who may put what somebody proposed into force as a second pair of eyes.
    pub(super) fn independent_of(&self, proposer: PersonId) -> BTreeSet<PersonId> {
        let others = self.people.iter().map(|person| person.id).filter(|person| *person != proposer);
        others.filter(|person| !self.bound(*person, proposer)).collect()
    }

    fn bound(&self, one: PersonId, other: PersonId) -> bool {
        self.lately.contains(&(one, other)) || self.lately.contains(&(other, one))
    }

    fn eyes(&self, person: PersonId, proposer: PersonId) -> Eyes {
        let independent = self.independent_of(proposer);
        if independent.contains(&person) {
            return Eyes::Independent;
        }
        let answers = person == proposer || self.lately.contains(&(person, proposer));
        match (independent.is_empty(), person == proposer) {
            (true, _) if answers => Eyes::Alone,
            (_, true) => Eyes::Own,
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
