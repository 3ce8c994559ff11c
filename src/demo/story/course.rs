//! Courses, one for every state.

mod changed;
mod described;

use serde_json::{Value, json};

use super::{Deed, Story, fire, fire_asking, fire_because, fire_with};
use crate::workflow::definition::Verdict;
use described::{ADOLESCENTS, Course, KIDNEYS, OPIOIDS, SEPSIS, ULTRASOUND, WOUNDS};

fn content(who: &'static str, verdict: Verdict, note: &'static str) -> Deed {
    let rubric = json!({ "gap_shown": "fully", "measurable": true, "evidence": true, "minutes": true });
    let requests: &[(&str, &str)] = match verdict {
        Verdict::Revise => &[
            ("objectives", "The third objective cannot be measured. Say by how much and by when."),
            ("gap_evidence", "Say which agencies the charts come from, and how they were chosen."),
        ],
        Verdict::Approve | Verdict::Reject => &[],
    };
    Deed::Judge { who, track: "content", verdict, rubric, note, requests }
}

fn interest(who: &'static str) -> Deed {
    let rubric = json!({ "disclosed": true, "excluded": true, "mitigation": "none" });
    Deed::Judge {
        who,
        track: "interest",
        verdict: Verdict::Approve,
        rubric,
        note: "All have disclosed; there are no relevant relationships.",
        requests: &[],
    }
}

/// From the office to the end of the review, two approvals and the officer's.
fn reviewed(day: i64) -> Vec<(i64, Deed)> {
    vec![
        (day, fire("joan", "to-review")),
        (day - 1, Deed::Assign("priya", "content")),
        (day - 1, Deed::Assign("grace", "content")),
        (day - 2, Deed::Declare("priya", "content")),
        (day - 2, Deed::Claim("walter", "interest")),
        (day - 3, Deed::Declare("grace", "content")),
        (day - 5, content("priya", Verdict::Approve, "The gap is real and well shown. I would come myself.")),
        (day - 6, interest("walter")),
        (day - 7, content("grace", Verdict::Approve, "Balanced; the references are current.")),
    ]
}

/// The same, and the committee does not wait for its next meeting.
fn convened(day: i64) -> Vec<(i64, Deed)> {
    then(reviewed(day), vec![between("ruben", day - 7)])
}

fn between(who: &'static str, day: i64) -> (i64, Deed) {
    (day, fire_because(who, "between", "All members have agreed in writing to decide before the next meeting."))
}

/// Up to and with the committee's yes.
fn accredited(course: &Course, format: &str, first: i64, day: i64, credits: &str) -> Vec<(i64, Deed)> {
    let mut deeds = course.sent(format, first, day);
    deeds.extend(convened(day - 2));
    deeds.push((day - 12, fire_with("ruben", "approve", json!({ "credits": credits }))));
    deeds
}

/// Up to the author's report of a live course that was held on the day `first`.
fn reported(course: &Course, first: i64, day: i64, credits: &str, told: i64) -> Vec<(i64, Deed)> {
    let mut deeds = accredited(course, "live", first, day, credits);
    let report = fire_with("", "report", json!({ "held_on": format!("@{first}"), "participants": 37 }));
    deeds.push((told, report));
    deeds
}

/// One story for every state.
pub(super) fn stories() -> Vec<Story> {
    let mut stories = before_the_decision();
    stories.extend(after_yes());
    stories.extend(after_no());
    stories.extend(changed::stories());
    stories
}

fn story(author: &'static str, deeds: Vec<(i64, Deed)>) -> Story {
    Story { workflow: "course-accreditation", author, deeds }
}

fn then(mut deeds: Vec<(i64, Deed)>, more: Vec<(i64, Deed)>) -> Vec<(i64, Deed)> {
    deeds.extend(more);
    deeds
}

fn before_the_decision() -> Vec<Story> {
    let returned = fire_with_note(
        "peter",
        "send-back",
        json!({ "reasons": ["disclosure", "citations"] }),
        "One disclosure is older than 24 months, and slide 3 cites no source.",
    );
    vec![
        story("lucia", vec![(1, Deed::Answer(ULTRASOUND.answers("live", 95)))]),
        story("mei", WOUNDS.sent("enduring", 60, 2)),
        story("jonas", then(OPIOIDS.sent("live", 80, 9), vec![(6, returned)])),
        story(
            "lucia",
            then(
                ULTRASOUND.sent("live", 75, 10),
                vec![
                    (8, fire("joan", "to-review")),
                    (7, Deed::Assign("priya", "content")),
                    (7, Deed::Assign("oliver", "content")),
                    (6, Deed::Declare("priya", "content")),
                    (4, Deed::Claim("nadia", "interest")),
                    (3, content("priya", Verdict::Approve, "The gap is real and well shown.")),
                ],
            ),
        ),
        story(
            "mei",
            then(
                ADOLESCENTS.sent("live", 70, 40),
                vec![
                    (37, fire("peter", "to-review")),
                    (36, Deed::Assign("thomas", "content")),
                    (35, Deed::Declare("thomas", "content")),
                ],
            ),
        ),
        // On the agenda: papers are due two weeks before a meeting, so these wait for one whatever day it is.
        story("lucia", then(ADOLESCENTS.sent("live", 130, 16), reviewed(14))),
        story("jonas", then(OPIOIDS.sent("enduring", 120, 12), reviewed(10))),
        story("jonas", then(SEPSIS.sent("live", 64, 24), convened(22))),
        story("lucia", then(KIDNEYS.sent("enduring", 45, 95), convened(93))),
        story(
            "mei",
            then(
                WOUNDS.sent("enduring", 50, 30),
                vec![
                    (28, fire("joan", "to-review")),
                    (27, Deed::Claim("sofia", "content")),
                    (27, Deed::Claim("oliver", "content")),
                    (26, Deed::Claim("walter", "interest")),
                    (22, content("sofia", Verdict::Revise, "Strong pictures. The objectives need work.")),
                    (21, interest("walter")),
                    (20, content("oliver", Verdict::Approve, "Useful, and overdue.")),
                    between("ruben", 20),
                    (
                        14,
                        fire_asking(
                            "ruben",
                            "ask-changes",
                            "The committee likes it and asks for two changes before it decides.",
                            &[("objectives", "Make the third objective measurable.")],
                        ),
                    ),
                ],
            ),
        ),
    ]
}

fn after_yes() -> Vec<Story> {
    vec![
        story("lucia", accredited(&ULTRASOUND, "live", 40, 60, "5.75")),
        story("mei", accredited(&WOUNDS, "enduring", -30, 80, "1.75")),
        story("jonas", reported(&OPIOIDS, -6, 90, "3.75", 4)),
        story(
            "lucia",
            then(
                reported(&OPIOIDS, -21, 110, "3.75", 19),
                vec![(
                    16,
                    fire_because(
                        "joan",
                        "query",
                        "The sign-in sheet names 29 participants, the report 37. Which is right?",
                    ),
                )],
            ),
        ),
        story("jonas", then(reported(&ULTRASOUND, -150, 240, "5.75", 148), vec![(145, fire("joan", "confirm"))])),
        story(
            "mei",
            then(
                accredited(&WOUNDS, "enduring", -420, 500, "1.75"),
                vec![
                    (50, fire_with("", "report", json!({ "held_on": "@-56", "participants": 212 }))),
                    (47, fire("peter", "file")),
                ],
            ),
        ),
        story("lucia", accredited(&OPIOIDS, "live", -1190, 1260, "3.75")),
        story(
            "jonas",
            then(
                reported(&OPIOIDS, -300, 380, "3.75", 298),
                vec![
                    (296, fire("joan", "confirm")),
                    (
                        260,
                        fire_because(
                            "eleanor",
                            "revoke",
                            "The speaker was employed by a maker of one of the products compared and had not said so.",
                        ),
                    ),
                ],
            ),
        ),
    ]
}

#[expect(clippy::too_many_lines, reason = "a list")]
fn after_no() -> Vec<Story> {
    let rejected = |course: &Course, day: i64| {
        then(
            course.sent("live", 120 - day, day),
            vec![
                (day - 2, fire("joan", "to-review")),
                (day - 3, Deed::Claim("sofia", "content")),
                (day - 3, Deed::Claim("thomas", "content")),
                (day - 3, Deed::Claim("nadia", "interest")),
                (day - 6, content("sofia", Verdict::Reject, "The content recommends one product throughout.")),
                (day - 7, interest("nadia")),
                (
                    day - 8,
                    content("thomas", Verdict::Reject, "The recommendations go beyond what the evidence carries."),
                ),
                between("eleanor", day - 8),
                (
                    day - 13,
                    fire_because(
                        "eleanor",
                        "reject",
                        "The content is not balanced: one product is recommended throughout.",
                    ),
                ),
            ],
        )
    };
    let panel =
        |who, verdict, note| Deed::Judge { who, track: "panel", verdict, rubric: json!({}), note, requests: &[] };
    let appealed = |course: &Course, day: i64| {
        then(
            rejected(course, day),
            vec![(
                day - 20,
                fire_because(
                    "",
                    "appeal",
                    "Slide 14 compares all four products; the reviewers seem to have read an earlier version.",
                ),
            )],
        )
    };
    vec![
        story("jonas", rejected(&SEPSIS, 25)),
        story(
            "mei",
            then(
                appealed(&ADOLESCENTS, 36),
                vec![
                    (14, Deed::Claim("arthur", "panel")),
                    (13, Deed::Claim("fatima", "panel")),
                    (12, panel("arthur", Verdict::Approve, "Slide 14 does compare them.")),
                ],
            ),
        ),
        story(
            "lucia",
            then(
                appealed(&KIDNEYS, 140),
                vec![
                    (115, Deed::Claim("arthur", "panel")),
                    (115, Deed::Claim("fatima", "panel")),
                    (114, Deed::Claim("stephen", "panel")),
                    (
                        110,
                        panel(
                            "arthur",
                            Verdict::Reject,
                            "The comparison names one product as the best without a source.",
                        ),
                    ),
                    (109, panel("fatima", Verdict::Reject, "I agree with the committee.")),
                    (108, panel("stephen", Verdict::Approve, "It could be mended.")),
                ],
            ),
        ),
        story("jonas", rejected(&OPIOIDS, 100)),
        story(
            "mei",
            then(
                ADOLESCENTS.sent("live", 40, 33),
                vec![(31, fire_because("", "withdraw", "The speaker is ill; we will come back in spring."))],
            ),
        ),
        story(
            "lucia",
            then(
                KIDNEYS.sent("live", 200, 130),
                vec![(
                    127,
                    fire_with_note(
                        "joan",
                        "send-back",
                        json!({ "reasons": ["incomplete"] }),
                        "The agenda ends at noon; the afternoon is missing.",
                    ),
                )],
            ),
        ),
    ]
}

fn fire_with_note(who: &'static str, step: &'static str, asked: Value, note: &'static str) -> Deed {
    Deed::Fire { who, step, note: Some(note), asked, requests: &[] }
}
