//! Items that go over to another version: what they bring along, and what keeps them where they are.

use super::office::*;
use crate::{
    domain::PersonId,
    workflow::{
        Command, Definition, Event, EventKind, Item, Mapping, Migration, Timer, check::tests::credits,
        definition::Verdict, engine::Actor, load,
    },
};

const SELF_STUDY: &str = include_str!("../../../../workflows/self-study.yaml");
const ADMINISTRATOR: PersonId = person(500);

/// The self-study with texts replaced everywhere.
fn changed(replacements: &[(&str, &str)]) -> Definition {
    let source = replacements.iter().fold(SELF_STUDY.to_owned(), |source, (old, new)| {
        assert!(source.contains(old), "{old}");
        source.replace(old, new)
    });
    load(&source, &credits()).unwrap_or_else(|faults| panic!("{faults:?}")).0
}

fn mapping(json: serde_json::Value) -> Mapping {
    serde_json::from_value(json).expect("a mapping")
}

/// What happens to the item of an office, folded back into it; or what is in the way.
fn carry(office: &mut Office, to: Definition, mapping: &Mapping) -> Result<Vec<Event>, Vec<String>> {
    let migration = Migration { from: &office.definition, to: &to, mapping };
    let events = migration.carry(&office.item, &office.facts(Actor::Person(ADMINISTRATOR)))?;
    office.fold(events.clone());
    office.definition = to;
    Ok(events)
}

/// A self-study with an assessor at work.
fn assessed() -> Office {
    let mut office = self_study();
    office.fire(AUTHOR, "submit");
    office.act(person(10), &claim("assess")).expect("a place");
    office
}

#[test]
fn an_item_brings_place_deadline_and_reminders_along_and_goes_on() {
    let mut office = assessed();
    let due = office.item.timers.clone();
    let events = carry(&mut office, changed(&[("label: Being assessed", "label: In assessment")]), &Mapping::default());
    assert_eq!(events.expect("carried").len(), 1, "nothing but the migration happened");
    assert_eq!(office.item.timers, due);
    assert_eq!(Item::replay(AUTHOR, &office.history), office.item, "the fold of the events");
    office.act(person(10), &judge("assess", Verdict::Approve)).expect("the verdict of who sat there before");
    assert_eq!(office.state(), "recognised");
}

#[test]
fn names_that_changed_are_mapped_and_parts_played_are_not_forgotten() {
    let to = changed(&[
        ("assessment:", "review:"),
        ("[assessment", "[review"),
        (", assessment,", ", review,"),
        ("to: assessment", "to: review"),
        ("assess: { label: Assessment, role: assessor", "look: { label: Assessment, role: looker"),
        ("'assess'", "'look'"),
        ("track: assess", "track: look"),
        ("assessor: { group", "looker: { group"),
        ("person: assessor", "person: looker"),
        ("[assessor, lead", "[looker, lead"),
        ("  late: ", "  too-late: "),
    ]);
    let mut office = assessed();
    let to_map = mapping(serde_json::json!({
        "states": { "assessment": "review" }, "tracks": { "assess": "look" },
        "timers": { "late": "too-late" }, "roles": { "assessor": "looker" },
    }));
    assert_eq!(Migration { from: &office.definition, to: &to, mapping: &to_map }.faults(), []);
    let late = office.item.timers[&Timer::Transition("late".to_owned())];
    carry(&mut office, to, &to_map).expect("carried");
    assert_eq!(office.state(), "review");
    assert_eq!(office.item.timers[&Timer::Transition("too-late".to_owned())], late, "a promised deadline stays");
    assert!(office.item.acted["looker"].contains(&person(10)));
    assert_eq!(Item::replay(AUTHOR, &office.history), office.item);
    let back = Command::Release { track: "look".to_owned(), person: person(10), reason: None };
    office.act(person(10), &back).expect("their place");
}

#[test]
fn whatever_is_in_use_and_not_mapped_is_named() {
    let renamed = [
        (
            ("assess: { label: Assessment, role", "look: { label: Assessment, role"),
            ("'assess'", "'look'"),
            ("track: assess", "track: look"),
            "the review 'assess' is not mapped",
        ),
        (
            ("  late: ", "  too-late: "),
            ("Being", "Being"),
            ("Being", "Being"),
            "the deadline 'late' runs, and in 'assessment' it is not mapped",
        ),
    ];
    for (one, two, three, expected) in renamed {
        let mut office = assessed();
        let before = office.item.clone();
        assert_eq!(
            carry(&mut office, changed(&[one, two, three]), &Mapping::default()),
            Err(vec![expected.to_owned()])
        );
        assert_eq!(office.item, before);
    }
    let mut office = assessed();
    let gone = changed(&[
        ("assessment:", "review:"),
        ("[assessment", "[review"),
        (", assessment,", ", review,"),
        ("to: assessment", "to: review"),
    ]);
    let told = carry(&mut office, gone, &Mapping::default()).expect_err("no such state");
    assert_eq!(told, ["the state 'assessment' is not mapped"]);
}

#[test]
fn an_open_review_is_neither_let_go_nor_left_behind() {
    let mut office = assessed();
    let to = office.definition.clone();
    let told = carry(&mut office, to.clone(), &mapping(serde_json::json!({ "tracks": { "assess": null } })));
    assert_eq!(told, Err(vec!["the review 'assess' is open and cannot be let go".to_owned()]));
    let told = carry(&mut office, to, &mapping(serde_json::json!({ "states": { "assessment": "overdue" } })));
    let told = told.expect_err("the review would be over");
    assert!(told.contains(&"the review 'assess' is open, and 'assess' would be over".to_owned()), "{told:?}");
}

#[test]
fn places_stay_only_where_the_same_role_reviews() {
    let mut office = assessed();
    let to = changed(&[
        ("assess: { label: Assessment, role: assessor", "assess: { label: Assessment, role: lead"),
        ("quorum: 1, verdicts: [approve, revise", "quorum: 1, verdicts: [approve, revise"),
    ]);
    let told = carry(&mut office, to, &Mapping::default()).expect_err("another role");
    assert_eq!(told, ["the review 'assess' is by assessor and 'assess' by lead: map the role, or another review"]);
}

#[test]
fn a_state_of_another_kind_or_without_a_way_to_it_is_refused() {
    let mut office = assessed();
    let to = office.definition.clone();
    for (target, expected) in [
        ("withdrawn", "'assessment' is on the way, and 'withdrawn' is an end: choose a state of the same kind"),
        ("draft", "'assessment' is on the way, and 'draft' is the draft: choose a state of the same kind"),
    ] {
        let mapping = mapping(serde_json::json!({ "states": { "assessment": target } }));
        let faults = Migration { from: &office.definition, to: &to, mapping: &mapping }.faults();
        assert_eq!(faults[0].message, expected);
        assert!(carry(&mut office, to.clone(), &mapping).expect_err("refused").contains(&expected.to_owned()));
    }
    // No file with such a state is taken, so it is made here.
    let mut island = to.clone();
    island.transitions.retain(|_, transition| transition.to != "sampled");
    let mapping = mapping(serde_json::json!({ "states": { "assessment": "sampled" } }));
    let faults = Migration { from: &to, to: &island, mapping: &mapping }.faults();
    assert_eq!(faults[0].message, "no way leads to 'sampled' in the new version: choose a state that can be reached");
}

#[test]
fn a_form_that_wants_more_keeps_what_was_sent_and_not_what_the_author_has() {
    let wants_more = || {
        changed(&[("label: 'Publisher, DOI or web address', optional: true", "label: 'Publisher, DOI or web address'")])
    };
    let mut office = assessed();
    let told = carry(&mut office, wants_more(), &Mapping::default()).expect_err("an answer is missing");
    assert_eq!(told, ["the new form wants more: Publisher, DOI or web address: give an answer"]);
    office.act(person(10), &judge("assess", Verdict::Revise)).expect("changes asked");
    assert_eq!(office.state(), "more-info");
    carry(&mut office, wants_more(), &Mapping::default()).expect("the author can still answer");
}

#[test]
fn what_is_on_by_itself_in_the_new_version_happens_with_the_migration() {
    let mut office = course();
    office.fire(AUTHOR, "submit");
    office.fire(person(10), "to-review");
    office.judged(person(20), "content", Verdict::Approve);
    office.judged(person(30), "interest", Verdict::Approve);
    assert_eq!(office.state(), "review");
    let source = include_str!("../../../../workflows/course-accreditation.yaml");
    let fewer =
        source.replace("quorum: 2", "quorum: 1").replace("approvals('content') >= 2", "approvals('content') >= 1");
    assert_ne!(source, fewer);
    let (to, _) =
        load(&fewer.replace("track: content, at_least: 2", "track: content, at_least: 1"), &credits()).expect("sound");
    let events = carry(&mut office, to, &Mapping::default()).expect("carried");
    assert_eq!(office.state(), "docket", "{events:#?}");
    assert_eq!(Item::replay(AUTHOR, &office.history), office.item);
}

/// Timers that begin with a migration.
fn begun(events: &[Event]) -> Vec<(&Timer, jiff::Timestamp)> {
    let armed = events.iter().filter_map(|event| match &event.what {
        EventKind::TimerArmed { timer, due } => Some((timer, *due)),
        _ => None,
    });
    armed.collect()
}

fn later(office: &mut Office, days: i64) {
    office.now = office.now.checked_add(jiff::SignedDuration::from_hours(24 * days)).expect("in range");
}

#[test]
fn a_new_deadline_counts_from_the_migration() {
    let mut office = assessed();
    later(&mut office, 30);
    let entered = office.now;
    let to = changed(&[(
        "  late:       {",
        "  hurry:      { from: [assessment], to: overdue, after: P20D }\n  late:       {",
    )]);
    let events = carry(&mut office, to, &Mapping::default()).expect("carried");
    let begun = begun(&events);
    let hurry = Timer::Transition("hurry".to_owned());
    let due = begun.iter().find(|(timer, _)| **timer == hurry).map(|(_, due)| *due).expect("a new deadline");
    // Counted from the entry, which was thirty days ago, it would have been over.
    assert!(due > entered + jiff::SignedDuration::from_hours(24 * 19), "{due}");
    // With it the reminders before the deadlines, and nothing else.
    assert!(
        begun
            .iter()
            .all(|(timer, due)| { **timer == hurry || (matches!(timer, Timer::Reminder(_)) && *due > entered) })
    );
}

#[test]
fn what_fired_does_not_fire_again_with_a_migration() {
    let mut office = assessed();
    let first = office.item.timers.iter().filter(|(timer, _)| matches!(timer, Timer::Reminder(_)));
    let (reminder, due) = first.min_by_key(|(_, due)| **due).map(|(timer, due)| (timer.clone(), *due)).expect("one");
    office.now = due;
    office.tick();
    assert!(!office.item.timers.contains_key(&reminder), "it fired");
    later(&mut office, 1);
    let events = carry(&mut office, changed(&[("label: Being assessed", "label: In assessment")]), &Mapping::default());
    assert_eq!(begun(&events.expect("carried")), [], "nothing begins anew");
    assert!(!office.item.timers.contains_key(&reminder));
}

#[test]
fn a_new_deadline_that_would_be_over_already_keeps_the_item_where_it_is() {
    let mut office = assessed();
    later(&mut office, 30);
    let to = changed(&[(
        "  late:       {",
        "  hurry:      { from: [assessment], to: overdue, after: P20D, since: [submit] }\n  late:       {",
    )]);
    let told = carry(&mut office, to, &Mapping::default()).expect_err("it would be overdue at once");
    assert!(told.len() == 1 && told[0].starts_with("the deadline 'hurry' would be over already, since "), "{told:?}");
}

#[test]
fn credit_that_stands_keeps_the_name_of_its_state() {
    let mut office = course_in_decision();
    office.act(person(40), &credits_approved(100)).expect("approved");
    let rule = office.item.awarded.first().cloned();
    let Some(rule) = rule else { return };
    let mut to = office.definition.clone();
    to.states.get_mut(&rule).expect("its state").award = None;
    assert!(carry(&mut office, to, &Mapping::default()).is_err());
}

#[test]
fn nothing_comes_past_what_the_new_version_promises() {
    let mut office = course();
    office.fire(AUTHOR, "submit");
    office.fire(person(10), "to-review");
    office.judged(person(20), "content", Verdict::Approve);
    let to = office.definition.clone();
    // Nobody approves by a mapping: neither the accreditation itself nor a state that it is proved before.
    let straight = mapping(serde_json::json!({ "states": { "review": "accredited" } }));
    let told = carry(&mut office, to.clone(), &straight).expect_err("accredited by a mapping");
    assert!(
        told.iter().any(|told| told.starts_with("entering 'review' and entering 'accredited' do not put the same"))
    );
    let source = include_str!("../../../../workflows/course-accreditation.yaml");
    let wants = |track: &str, at_least: u32| {
        let proof = format!(
            "prove:\n  - {{ name: told first, before: review, approvals: {{ track: {track}, at_least: {at_least} }} }}\n"
        );
        load(&source.replace("\nprove:\n", &proof), &credits()).expect("sound but for the exploration").0
    };
    let told = carry(&mut office, wants("content", 2), &Mapping::default()).expect_err("one approval of two");
    assert_eq!(told, ["'review' is entered with 2 approvals in content only, and there are 1: told first"]);
    carry(&mut office, wants("content", 1), &Mapping::default()).expect("as many as promised");
    // What the old version promised already is not asked of the item again.
    let before = wants("content", 2);
    office.definition = before.clone();
    carry(&mut office, before, &Mapping::default()).expect("promised and proved before");
}

#[test]
fn who_played_two_parts_that_are_kept_apart_now_is_told() {
    let mut office = course();
    office.fire(AUTHOR, "submit");
    office.fire(person(10), "to-review");
    office.group("integrity", &[person(10)]);
    office.judged(person(10), "interest", Verdict::Approve);
    let source = include_str!("../../../../workflows/course-accreditation.yaml");
    let apart =
        source.replace("separation:\n", "separation:\n  - { person: screener, never_acts_as: [coi-officer] }\n");
    let (to, _) = load(&apart, &credits()).expect("sound");
    let told = carry(&mut office, to, &Mapping::default()).expect_err("one person, two parts");
    assert_eq!(told, ["somebody acted as screener and as coi-officer, which the new version keeps apart"]);
}
