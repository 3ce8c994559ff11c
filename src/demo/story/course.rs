//! Courses, one for every state.

use serde_json::{Value, json};

use super::{Deed, Story, fire, fire_asking, fire_because, fire_with};
use crate::{demo::evidence::Evidence, workflow::definition::Verdict};

const SLIDES: Evidence = Evidence::Paper {
    title: "Slides, first draft",
    lines: &[
        "1  Why the probe belongs in the exam room",
        "2  Four questions that ultrasound answers in two minutes",
        "3  Pitfalls: gas, obesity, haste",
        "4  Hands-on: lung, bladder, abdominal aorta, deep veins",
        "",
        "References",
        "Moore CL, Copel JA. N Engl J Med 2011;364:749-57.",
        "AAFP Recommended Curriculum: point-of-care ultrasound, reprint 290D.",
    ],
};
const HANDOUT: Evidence = Evidence::Word {
    title: "Handout for participants",
    lines: &["Normal values.", "What to write in the chart.", "When to send for a formal study."],
};

/// A course as it is described in the form.
struct Course {
    title: &'static str,
    description: &'static str,
    gap: &'static str,
    evidence: &'static str,
    objectives: [&'static str; 3],
    /// Each session: title, minutes, presenter (key of the faculty, or nobody).
    sessions: &'static [(&'static str, u32, &'static str)],
    faculty: [(&'static str, &'static str, &'static str); 2],
    place: &'static str,
}

const ULTRASOUND: Course = Course {
    title: "Point-of-care ultrasound for rural clinicians",
    description: "A day of short talks and long hands-on stations on the four examinations that change what a rural \
                  clinician does next: lung, bladder, abdominal aorta and deep veins of the leg.",
    gap: "Critical access hospitals in our region transfer one in five patients for an examination that a trained clinician \
          could do at the bedside. Fewer than one in ten family physicians here use the probe they have.",
    evidence: "Transfer data of eleven hospitals, 2025: 412 of 2,050 transfers were for ultrasound alone. Survey of 96 \
               clinicians, March 2026: 9 percent scan every week.",
    objectives: [
        "Choose the probe and the preset for four bedside examinations",
        "Perform a lung and an aorta examination in under five minutes each",
        "Reduce transfers for ultrasound alone by deciding at the bedside",
    ],
    sessions: &[
        ("Welcome", 15, ""),
        ("Why the probe belongs in the exam room", 45, "ana"),
        ("Lung and aorta: hands-on", 120, "ana"),
        ("Break", 30, ""),
        ("Bladder and deep veins: hands-on", 120, "ben"),
        ("Cases and commitment to change", 60, "ben"),
    ],
    faculty: [
        ("Ana Castillo", "ana.castillo@bluestem.example", "Course director"),
        ("Benjamin Wolfe", "ben.wolfe@plattevalley.example", "Speaker"),
    ],
    place: "Kearney Regional Education Center",
};
const OPIOIDS: Course = Course {
    title: "Tapering long-term opioids without losing the patient",
    description: "How to talk about tapering, how fast to go, and what to do when it does not work, with actors in the role of \
                  patients and structured feedback after each conversation.",
    gap: "Two thirds of our clinicians have patients on more than 90 mg of morphine equivalents and no plan for them; they \
          report that they avoid the conversation.",
    evidence: "Prescription monitoring data of the state, 2025. Survey of 140 members, January 2026: 64 percent avoid the \
               subject, 12 percent have had training.",
    objectives: [
        "Open the conversation about tapering with three phrases that keep trust",
        "Plan a taper of 5 to 10 percent a month and adjust it",
        "Recognise opioid use disorder and start treatment instead of tapering",
    ],
    sessions: &[
        ("Where we stand", 30, "ana"),
        ("The conversation: with actors", 90, "ana"),
        ("Planning the taper", 60, "ben"),
        ("When it does not work", 45, "ben"),
    ],
    faculty: [
        ("Caroline Frost", "caroline.frost@heartland.example", "Course director"),
        ("Miguel Santos", "miguel.santos@cottonwood.example", "Speaker"),
    ],
    place: "Online, live",
};
const WOUNDS: Course = Course {
    title: "Chronic wounds in home care: from dressing to diagnosis",
    description: "Recorded lessons with photographs of healing over twelve weeks, and a test at the end. For everybody who \
                  changes dressings and is asked whether it is getting better.",
    gap: "Home-care nurses change dressings for months without an ankle-brachial index; arterial ulcers are compressed, \
          venous ones are not.",
    evidence: "Chart review of 210 patients of three agencies, 2025: 31 percent had a vascular examination on record within \
               four weeks.",
    objectives: [
        "Distinguish venous, arterial and pressure ulcers by history and examination",
        "Measure the ankle-brachial index and act on it",
        "Write a wound report that a physician can decide on",
    ],
    sessions: &[
        ("Three kinds of ulcer", 40, "ana"),
        ("Measuring the index", 35, "ana"),
        ("Reports that are read", 30, "ben"),
    ],
    faculty: [
        ("Dana Whitaker", "dana.whitaker@lakeside.example", "Author"),
        ("Iris Bergström", "iris.bergstrom@lakeside.example", "Author"),
    ],
    place: "https://learn.lakeside.example/wounds",
};

impl Course {
    /// The form's answers; the course runs from `first` days after today, on one day or, as enduring material, for a year.
    fn answers(&self, format: &str, first: i64) -> Value {
        let last = if format == "live" { first } else { first + 365 };
        let email = |key: &str| match key {
            "ana" => Some(self.faculty[0].1),
            "ben" => Some(self.faculty[1].1),
            _ => None,
        };
        let agenda: Vec<Value> = self
            .sessions
            .iter()
            .map(|(title, minutes, presenter)| match email(presenter) {
                Some(email) => json!({ "title": title, "minutes": minutes, "credit_minutes": minutes, "presenter": email, "first_time": true }),
                None => json!({ "title": title, "minutes": minutes, "credit_minutes": 0 }),
            })
            .collect();
        let faculty: Vec<Value> = self
            .faculty
            .iter()
            .map(|(name, email, part)| json!({ "name": name, "email": email, "part": part, "disclosure": "" }))
            .collect();
        let objectives: Vec<Value> =
            self.objectives.iter().map(|objective| json!({ "objective": objective, "result": "competence" })).collect();
        json!({
            "title": self.title, "description": self.description, "format": format,
            "starts_on": format!("@{first}"), "ends_on": format!("@{last}"), "place": self.place,
            "audience": ["physicians", "nurses", "assistants"], "expected": 40,
            "gap": self.gap, "gap_sources": ["quality-data", "survey"], "gap_evidence": self.evidence,
            "need_types": ["knowledge", "competence"], "objectives": objectives,
            "format_reason": "Hands and conversations are trained by doing, with somebody beside you who corrects.",
            "faculty": faculty, "agenda": agenda, "supported": false, "content_valid": true,
            "evaluation": ["questionnaire", "commitment"],
            "assessment": "Twelve questions on cases; 75 percent is the passing mark, told beforehand; two attempts.",
            "advance": true, "truth": true,
        })
    }

    /// Written and sent on a day.
    fn sent(&self, format: &str, first: i64, day: i64) -> Vec<(i64, Deed)> {
        vec![
            (day + 6, Deed::Answer(self.answers(format, first))),
            (day + 3, Deed::Attach("materials", "slides.pdf", SLIDES)),
            (day + 2, Deed::Attach("materials", "handout.docx", HANDOUT)),
            (day + 2, Deed::Attach("materials", "aorta.png", Evidence::Scan)),
            (day, fire("", "submit")),
        ]
    }
}

fn content(who: &'static str, verdict: Verdict, note: &'static str) -> Deed {
    let rubric = json!({ "gap_shown": "fully", "measurable": true, "evidence": true, "minutes": true });
    let requests: &[(&str, &str)] = match verdict {
        Verdict::Revise => &[
            ("objectives", "The third objective cannot be measured. Say by how much and by when."),
            ("gap_evidence", "Give the year and the source of the transfer figures."),
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

/// Up to and with the committee's yes.
fn accredited(course: &Course, format: &str, first: i64, day: i64, credits: &str) -> Vec<(i64, Deed)> {
    let mut deeds = course.sent(format, first, day);
    deeds.extend(reviewed(day - 2));
    deeds.push((day - 12, fire_with("ruben", "approve", json!({ "credits": credits }))));
    deeds
}

/// Up to the author's report of a live course that was held on the day `first`.
fn reported(course: &Course, (first, day): (i64, i64), credits: &str, told: i64) -> Vec<(i64, Deed)> {
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
                OPIOIDS.sent("live", 70, 40),
                vec![
                    (37, fire("peter", "to-review")),
                    (36, Deed::Assign("thomas", "content")),
                    (35, Deed::Declare("thomas", "content")),
                ],
            ),
        ),
        story("jonas", then(ULTRASOUND.sent("live", 64, 24), reviewed(22))),
        story("lucia", then(WOUNDS.sent("enduring", 45, 95), reviewed(93))),
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
        story("jonas", reported(&OPIOIDS, (-6, 90), "3.75", 4)),
        story(
            "lucia",
            then(
                reported(&OPIOIDS, (-21, 110), "3.75", 19),
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
        story("jonas", then(reported(&ULTRASOUND, (-150, 240), "5.75", 148), vec![(145, fire("joan", "confirm"))])),
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
                reported(&OPIOIDS, (-300, 380), "3.75", 298),
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
        story("jonas", rejected(&WOUNDS, 25)),
        story(
            "mei",
            then(
                appealed(&ULTRASOUND, 36),
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
                appealed(&WOUNDS, 140),
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
                OPIOIDS.sent("live", 40, 33),
                vec![(31, fire_because("", "withdraw", "The speaker is ill; we will come back in spring."))],
            ),
        ),
        story(
            "lucia",
            then(
                OPIOIDS.sent("live", 200, 130),
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
