//! What a reader may know of a submission now.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{
    Act, Caller, Relation, Subject, allow, has_left,
    relation::{acted_as, in_group, relation},
};
use crate::{
    domain::Duty,
    workflow::{
        Definition, Item,
        definition::{Blind, Release},
    },
};

/// Something that can be known of a submission, beyond that it exists, what it is called and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Who the author is.
    Author,
    /// Answers and files.
    Content,
    /// Who sits in reviews and whose turn it is, by name.
    People,
    /// Verdicts of others, with rubrics, and what is asked of the author.
    Verdicts,
    /// How it was decided, with the reasons given at the step.
    Decision,
    /// What reviewers wrote for the author.
    Notes,
    /// Every event, with names, and the rules by which the workflow decides by itself.
    History,
    /// What did not get done by itself.
    Alarms,
}

/// What one reader may know of one submission now. Who may know nothing has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    /// How the reader stands to it.
    pub relation: Relation,
    /// What the reader may do with it.
    pub acts: BTreeSet<Act>,
    /// Until when it was sent what this reader may read, where that is not the newest.
    pub until: Option<Timestamp>,
    /// What the reader may know.
    pub parts: BTreeSet<Part>,
    sealed: BTreeSet<String>,
}

impl Sight {
    /// What `caller` may know of a submission: nothing, or a sight.
    #[must_use]
    pub fn of(caller: &Caller, subject: &Subject<'_>) -> Option<Self> {
        let relation = relation(caller, subject);
        let all = [Act::See, Act::Read, Act::Write, Act::Step, Act::Manage, Act::Trace];
        let acts: BTreeSet<Act> = all.into_iter().filter(|act| allow(caller, relation, *act).is_ok()).collect();
        let left = relation == Relation::Former && has_left(caller, subject.definition, subject.item);
        let handed_over = subject.item.former.get(&caller.person).filter(|_| relation == Relation::FormerOwner);
        let until = left.then(|| subject.acted.unwrap_or(Timestamp::MIN)).or(handed_over.copied());
        let mut parts = parts(caller, subject, relation, &acts);
        if left {
            parts.retain(|part| matches!(part, Part::Author | Part::Content));
        }
        let traces = acts.contains(&Act::Trace);
        let sealed = if traces { BTreeSet::new() } else { sealed(subject.definition, subject.item) };
        acts.contains(&Act::See).then_some(Self { relation, acts, until, parts, sealed })
    }

    /// Whether the reader may know this.
    #[must_use]
    pub fn knows(&self, part: Part) -> bool {
        self.parts.contains(&part)
    }

    /// Whether the reader may do this.
    #[must_use]
    pub fn may(&self, act: Act) -> bool {
        self.acts.contains(&act)
    }

    /// Whether in this review each reviewer knows only their own verdict yet.
    #[must_use]
    pub fn is_sealed(&self, track: &str) -> bool {
        self.sealed.contains(track)
    }
}

fn parts(caller: &Caller, subject: &Subject<'_>, relation: Relation, acts: &BTreeSet<Act>) -> BTreeSet<Part> {
    let Subject { definition, item, .. } = *subject;
    let mut parts = BTreeSet::new();
    if acts.contains(&Act::Read) {
        parts.insert(Part::Content);
    }
    if acts.contains(&Act::Trace) {
        parts.insert(Part::History);
    }
    let office = [Duty::Coordinator, Duty::Administrator].iter().any(|duty| caller.duties.contains(duty));
    if office && !relation.is_author() {
        parts.insert(Part::Alarms);
    }
    let seated = |track: &str| item.tracks.get(track).is_some_and(|progress| progress.seat(caller.person).is_some());
    let acted = |role: &str| acted_as(caller.person, definition, item).any(|acted| acted == role);
    if relation.is_author()
        || acts.contains(&Act::Trace)
        || !hidden(caller, definition, |track, role| seated(track) || acted(role))
    {
        parts.insert(Part::Author);
    }
    match relation {
        Relation::Owner | Relation::Writer | Relation::CoAuthor => parts.extend(released(definition, item)),
        // What came later is not theirs any more.
        Relation::FormerOwner | Relation::Successor => {}
        // Who has not said that there is no conflict sees what it is, not what others make of it.
        _ if !acts.contains(&Act::Read) => {}
        _ => parts.extend([Part::People, Part::Verdicts, Part::Decision, Part::Notes]),
    }
    parts
}

/// What the author of a submission learns where it stands: said by its definition, never by whose turn it is.
#[must_use]
pub fn released(definition: &Definition, item: &Item) -> BTreeSet<Part> {
    match definition.release(&item.state) {
        None => BTreeSet::new(),
        Some(Release::Decision) => BTreeSet::from([Part::Decision]),
        Some(Release::Verdicts) => BTreeSet::from([Part::Decision, Part::Notes]),
    }
}

/// Reviews in which nobody learns another's verdict before they are complete.
fn sealed(definition: &Definition, item: &Item) -> BTreeSet<String> {
    let open = item.tracks.iter().filter(|(_, progress)| !progress.complete());
    let sealed = |name: &&String| definition.track(name).is_some_and(|track| track.sealed);
    open.map(|(name, _)| name).filter(sealed).cloned().collect()
}

/// Whether the author is hidden from a reviewer: one of the tracks that they sit in, or that their groups fill, is blind both
/// ways. `seated` tells the tracks they sit in.
#[must_use]
pub fn hides_author(caller: &Caller, definition: &Definition, seated: impl Fn(&str) -> bool) -> bool {
    hidden(caller, definition, |track, _| seated(track))
}

fn hidden(caller: &Caller, definition: &Definition, seated: impl Fn(&str, &str) -> bool) -> bool {
    let mut tracks = definition.states.values().flat_map(|state| &state.tracks);
    tracks.any(|(name, track)| {
        track.blind == Some(Blind::Double) && (seated(name, &track.role) || in_group(caller, definition, &track.role))
    })
}
