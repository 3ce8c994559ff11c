//! Decision tables: what each role is offered in each state, before and after the reviews.

use std::fmt::Write;

use super::office::*;
use crate::{
    domain::PersonId,
    workflow::{
        Refusal,
        definition::Verdict,
        engine::Offer,
        item::{Progress, Seat},
    },
};

/// How far the reviews of every state are.
#[derive(Clone, Copy)]
enum Reviews {
    Open,
    Approved,
}

fn line(offer: &Offer) -> String {
    let outcome = offer.refusal.as_ref().map_or("may", Refusal::code);
    format!("    {:?}: {outcome}\n", offer.act)
}

fn table(office: &Office, roles: &[(&str, PersonId)], reviews: Reviews) -> String {
    let mut table = String::new();
    for (name, state) in office.definition.states.iter().filter(|(_, state)| !state.ends()) {
        let mut office = office.clone();
        office.item.state.clone_from(name);
        let tracks = office.definition.states.values().flat_map(|state| &state.tracks);
        let tracks: Vec<(String, u32)> = tracks.map(|(name, track)| (name.clone(), track.quorum)).collect();
        for (track, quorum) in tracks {
            // By persons who play no other part in the table.
            let seat = |number: u32| Seat {
                person: person(100 + u128::from(number)),
                since: office.now,
                declared: true,
                verdict: Some(Verdict::Approve),
                voided: false,
            };
            let seats = match reviews {
                Reviews::Approved if !state.tracks.contains_key(&track) => (0..quorum).map(seat).collect(),
                Reviews::Approved | Reviews::Open => Vec::new(),
            };
            office.item.tracks.insert(track, Progress { quorum, seats });
        }
        writeln!(table, "{name}").expect("a string");
        for (role, person) in roles {
            writeln!(table, "  {role}").expect("a string");
            table.extend(office.offers(*person).iter().map(line));
        }
    }
    table
}

const STUDY_ROLES: [(&str, PersonId); 5] = [
    ("author", AUTHOR),
    ("assessor", person(10)),
    ("lead", person(20)),
    ("auditor", person(30)),
    ("stranger", STRANGER),
];

const COURSE_ROLES: [(&str, PersonId); 7] = [
    ("author", AUTHOR),
    ("screener", person(10)),
    ("reviewer", person(20)),
    ("coi-officer", person(30)),
    ("chair", person(40)),
    ("appeal-panel", person(50)),
    ("stranger", STRANGER),
];

#[test]
fn what_each_role_is_offered_in_each_state_of_a_self_study() {
    insta::assert_snapshot!(table(&self_study(), &STUDY_ROLES, Reviews::Open));
}

#[test]
fn what_each_role_is_offered_in_each_state_of_a_course_before_the_reviews() {
    insta::assert_snapshot!(table(&course(), &COURSE_ROLES, Reviews::Open));
}

#[test]
fn what_each_role_is_offered_in_each_state_of_a_course_that_reviewers_approved() {
    insta::assert_snapshot!(table(&course(), &COURSE_ROLES, Reviews::Approved));
}
