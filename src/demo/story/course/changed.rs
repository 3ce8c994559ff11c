//! Courses between the committee's yes and their end: conditions, changes, suspension.

use serde_json::{Value, json};

use super::{
    super::{Deed, Story, fire, fire_because, fire_with},
    accredited, convened,
    described::{ADOLESCENTS, Course, KIDNEYS, OPIOIDS, SEPSIS, ULTRASOUND, WOUNDS},
    fire_with_note, story, then,
};
use crate::workflow::definition::Verdict;

/// Up to the committee's yes under conditions.
fn conditional(course: &Course, first: i64, day: i64) -> Vec<(i64, Deed)> {
    let mut deeds = course.sent("live", first, day);
    deeds.extend(convened(day - 2));
    let asked = json!({ "credits": "2.00", "conditions_due": format!("@{}", first - 20) });
    let why = "Accredited once the agreement with the sponsor is signed and uploaded.";
    deeds.push((day - 12, fire_with_note("eleanor", "approve-conditionally", asked, why)));
    deeds
}

/// An accredited course whose author writes a change.
fn changing(course: &Course, credits: &str) -> Vec<(i64, Deed)> {
    then(
        accredited(course, "live", 70, 40, credits),
        vec![(20, fire("", "amend")), (19, Deed::Answer(json!({ "place": "Hastings Regional Conference Center" })))],
    )
}

fn change_sent(course: &Course, credits: &str) -> Vec<(i64, Deed)> {
    let what = json!({ "change": "The hall in Kearney is closed for repairs; the course moves to Hastings." });
    then(changing(course, credits), vec![(18, fire_with("", "change-sent", what))])
}

fn judged(track: &'static str, who: &'static str) -> Deed {
    let rubric: Value = match track {
        "changed-interest" => json!({ "disclosed": true, "excluded": true, "mitigation": "none" }),
        _ => json!({ "gap_shown": "fully", "measurable": true, "evidence": true, "minutes": true }),
    };
    let note = "The change does not touch what was accredited.";
    Deed::Judge { who, track, verdict: Verdict::Approve, rubric, note, requests: &[] }
}

pub(super) fn stories() -> Vec<Story> {
    let reviewing = |course: &Course, credits: &str| {
        then(
            change_sent(course, credits),
            vec![
                (16, fire("joan", "change-to-review")),
                (15, Deed::Claim("oliver", "changed-content")),
                (14, judged("changed-content", "oliver")),
            ],
        )
    };
    let complaint = "A participant says that slides of a sponsor were shown.";
    vec![
        story("mei", conditional(&ADOLESCENTS, 60, 30)),
        story("lucia", then(conditional(&KIDNEYS, 55, 28), vec![(5, fire("", "conditions-sent"))])),
        // held three days ago, not reported yet
        story("jonas", accredited(&SEPSIS, "live", -3, 90, "2.00")),
        story("lucia", changing(&OPIOIDS, "3.75")),
        story("jonas", change_sent(&ULTRASOUND, "5.75")),
        story("mei", then(change_sent(&KIDNEYS, "3.25"), vec![(17, fire("peter", "accept-change"))])),
        story("mei", reviewing(&ADOLESCENTS, "2.75")),
        story(
            "lucia",
            then(
                reviewing(&OPIOIDS, "3.75"),
                vec![
                    (13, Deed::Claim("walter", "changed-interest")),
                    (12, judged("changed-interest", "walter")),
                    (11, Deed::Claim("sofia", "changed-content")),
                    (10, judged("changed-content", "sofia")),
                ],
            ),
        ),
        story(
            "mei",
            then(
                accredited(&WOUNDS, "enduring", -100, 150, "1.75"),
                vec![(9, fire_because("ruben", "suspend", complaint))],
            ),
        ),
        // thirty-three months after the approval
        story("jonas", {
            let mut deeds = accredited(&WOUNDS, "enduring", -1_020, 1_040, "1.75");
            deeds.insert(0, (1_041, Deed::Answer(json!({ "ends_on": "@60" }))));
            deeds
        }),
    ]
}
