//! States: what their author reads, who is reminded, whose clock runs, and what is recorded.

use super::{Statement, Topic, credit, review, step::after};
use crate::{
    domain::phrase::{list, sentence},
    workflow::{
        Definition,
        definition::{OfficeClock, Release, State, StateKind},
    },
};

/// Everything about a state.
pub(super) fn state(definition: &Definition, id: &str, state: &State) -> Vec<Statement> {
    let State {
        kind,
        label: _,
        author_label,
        tracks,
        remind,
        clock,
        release,
        award,
        designate,
        stops_credit,
        stops_offer,
    } = state;
    let name = definition.state_called(id);
    let quoted = format!("“{name}”");
    let says = |topic, key: &str, sentence: String| Statement::new(topic, &["states", id, key], &quoted, sentence);
    let mut said = vec![Statement::name(&["states", id], format!("“{}”", state.label), format!("The state {quoted}"))];
    match kind {
        StateKind::Start => said.push(says(Topic::Shown, "kind", format!("{quoted} is where it begins."))),
        StateKind::Middle => {}
        StateKind::End => said.push(says(Topic::Shown, "kind", format!("{quoted} is an end."))),
    }
    said.extend(author_label.as_ref().map(|label| {
        says(Topic::AuthorLabels, "author_label", sentence(&format!("{quoted} reads for the author: {label}")))
    }));
    said.extend(release.map(|release| {
        let what = match release {
            Release::Decision => "the decision and the reasons given with it, but not what reviewers wrote",
            Release::Verdicts => "the decision with its reasons, and what reviewers wrote for them",
        };
        says(Topic::Release, "release", format!("In {quoted} the author learns {what}."))
    }));
    said.extend(tracks.iter().flat_map(|(track_id, track)| review::review(id, &name, track_id, track)));
    if !remind.is_empty() {
        let times: Vec<String> = remind.iter().map(after).collect();
        let line = format!("In {quoted} whoever has the turn is reminded {}.", list(&times));
        said.push(says(Topic::Reminders, "remind", line));
    }
    if *clock == OfficeClock::Paused {
        let line = format!("In {quoted} the office's clock stands still, and the author may change answers and files.");
        said.push(says(Topic::Paused, "clock", line).noted("the office's clock stands still"));
    }
    said.extend(
        award.as_ref().map(|award| {
            says(Topic::Credit, "award", credit::awarded(definition, &name, award)).noted("records credit")
        }),
    );
    said.extend(designate.as_ref().map(|offered| {
        says(Topic::Credit, "designate", credit::designated(definition, &name, offered))
            .noted("becomes an activity that others complete")
    }));
    if *stops_credit {
        let line = format!("{quoted} takes back what was recorded.");
        said.push(says(Topic::Credit, "stop", line).noted("takes credit back"));
    }
    if *stops_offer {
        let line = format!("{quoted} ends its being offered; credit stands.");
        said.push(says(Topic::Credit, "stop", line).noted("is no longer offered"));
    }
    said
}

/// What entering a state brings, in few words.
pub(in crate::workflow) fn notes(definition: &Definition, id: &str) -> Vec<String> {
    let found = definition.states.get(id).map(|found| state(definition, id, found)).unwrap_or_default();
    found.into_iter().filter_map(|said| said.note).map(str::to_owned).collect()
}
