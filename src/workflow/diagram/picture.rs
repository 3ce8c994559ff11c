//! What there is to draw, in words and without coordinates.

use std::collections::{BTreeMap, BTreeSet};

use super::words;
use crate::workflow::{
    Definition,
    definition::{State, StateKind, Track, Transition},
    describe::notes,
};

/// An end entered from so many states is named in their boxes, with no line to it.
const MANY: usize = 3;

/// A definition as boxes and lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Id of the workflow.
    pub workflow: String,
    /// What people call it.
    pub title: String,
    /// The states, in the order of the file.
    pub places: Vec<Place>,
    /// The ways between them, in the order of the file; those between the same two states are one line.
    pub lines: Vec<Line>,
}

/// A state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its id.
    pub id: String,
    /// As the office reads it.
    pub label: String,
    /// Start, end or between.
    pub kind: StateKind,
    /// What entering it brings, as "records credit".
    pub notes: Vec<String>,
    /// Reviews that run side by side inside.
    pub reviews: Vec<Review>,
    /// Ways to ends that are entered from many states.
    pub exits: Vec<Exit>,
    /// An end that only exits lead to: no line touches it.
    pub aside: bool,
}

/// A review inside a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// What people call it.
    pub name: String,
    /// The role in words.
    pub role: String,
    /// Verdicts that complete it.
    pub quorum: u32,
    /// Most reviewers.
    pub seats: u32,
}

/// A way to an end, told in the box it leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exit {
    /// The end's id.
    pub to: String,
    /// The end as people read it.
    pub label: String,
    /// How one gets there.
    pub passage: Passage,
}

/// All ways from one state to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// A state's id.
    pub from: String,
    /// A state's id.
    pub to: String,
    /// At least one.
    pub passages: Vec<Passage>,
}

/// One transition out of one state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The transition's id.
    pub transition: String,
    /// What the button says, or the id in words.
    pub label: String,
    /// Who or what sets it off: "author", "after 30 days", "by itself: Content review complete".
    pub cause: String,
    /// The same without its condition, where it has one and goes by itself.
    plain: Option<String>,
}

impl Picture {
    /// The picture of a definition.
    #[must_use]
    pub fn of(definition: &Definition) -> Self {
        let crowded = crowded(definition);
        let ways: Vec<(&str, &str, Passage)> = definition
            .transitions
            .iter()
            .flat_map(|(id, way)| {
                way.from.iter().map(move |from| (from.as_str(), way.to.as_str(), passage(definition, id, way)))
            })
            .collect();
        let mut lines: Vec<Line> = Vec::new();
        for (from, to, passage) in ways.iter().filter(|(_, to, _)| !crowded.contains(to)) {
            if let Some(line) = lines.iter_mut().find(|line| line.from == *from && line.to == *to) {
                line.passages.push(passage.clone());
            } else {
                let passages = vec![passage.clone()];
                lines.push(Line { from: (*from).to_owned(), to: (*to).to_owned(), passages });
            }
        }
        let exits = |id: &str| {
            ways.iter()
                .filter(|(from, to, _)| *from == id && crowded.contains(to))
                .map(|(_, to, passage)| Exit {
                    to: (*to).to_owned(),
                    label: definition.states.get(*to).map_or_else(String::new, |end| end.label.clone()),
                    passage: passage.clone(),
                })
                .collect()
        };
        let places = definition.states.iter().map(|(id, state)| Place {
            id: id.clone(),
            label: state.label.clone(),
            kind: state.kind,
            notes: notes(definition, id),
            reviews: reviews(state),
            exits: exits(id),
            aside: crowded.contains(id.as_str()),
        });
        Self { workflow: definition.workflow.clone(), title: definition.title.clone(), places: places.collect(), lines }
    }

    /// The same without the conditions by which it goes on by itself: who is judged by them, and who judges, is not told them.
    #[must_use]
    pub fn without_rules(mut self) -> Self {
        let lines = self.lines.iter_mut().flat_map(|line| &mut line.passages);
        let exits = self.places.iter_mut().flat_map(|place| place.exits.iter_mut().map(|exit| &mut exit.passage));
        for passage in lines.chain(exits) {
            if let Some(plain) = &passage.plain {
                passage.cause.clone_from(plain);
            }
        }
        self
    }

    /// Every way, those to ends that have no line included: from, to, how.
    pub(super) fn passages(&self) -> impl Iterator<Item = (&str, &str, &Passage)> {
        let lines = self
            .lines
            .iter()
            .flat_map(|line| line.passages.iter().map(|passage| (line.from.as_str(), line.to.as_str(), passage)));
        let exits = self
            .places
            .iter()
            .flat_map(|place| place.exits.iter().map(|exit| (place.id.as_str(), exit.to.as_str(), &exit.passage)));
        lines.chain(exits)
    }

    /// A state as people read it.
    pub(super) fn label(&self, id: &str) -> &str {
        self.places.iter().find(|place| place.id == id).map_or("", |place| place.label.as_str())
    }
}

/// Ends that many states lead to.
fn crowded(definition: &Definition) -> BTreeSet<&str> {
    let mut sources: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for way in definition.transitions.values() {
        sources.entry(&way.to).or_default().extend(way.from.iter().map(String::as_str));
    }
    let end = |id: &str| definition.states.get(id).is_some_and(State::ends);
    sources.into_iter().filter(|(to, from)| end(to) && from.len() >= MANY).map(|(to, _)| to).collect()
}

fn passage(definition: &Definition, id: &str, way: &Transition) -> Passage {
    Passage {
        transition: id.to_owned(),
        label: way.label.clone(),
        cause: words::cause(definition, way),
        plain: words::plain(definition, way),
    }
}

fn reviews(state: &State) -> Vec<Review> {
    let review = |(name, track): (&String, &Track)| Review {
        name: track.title(name),
        role: words::of_id(&track.role),
        quorum: track.quorum,
        seats: track.seats,
    };
    state.tracks.iter().map(review).collect()
}
