//! Disclosures: clear, excluded, to be mitigated, mitigated, waiting.

use serde_json::{Value, json};

use super::{Deed, Story, fire, fire_because, fire_with};
use crate::workflow::definition::Verdict;

/// Written and sent on a day; the part begins `begins` days after today.
fn sent(topic: &str, begins: i64, more: &Value, day: i64) -> Vec<(i64, Deed)> {
    let answers = json!({
        "title": topic, "begins_on": format!("@{begins}"), "any_relationship": false, "insider": false, "truth": true,
    });
    vec![(day, Deed::Answer(answers)), (day, Deed::Answer(more.clone())), (day, fire("", "submit"))]
}

fn related(company: &str, nature: &str, subject: &str) -> Value {
    json!({ "any_relationship": true, "relationships": [{ "company": company, "nature": nature, "subject": subject }] })
}

fn checked(who: &'static str, verdict: Verdict, note: &'static str) -> Deed {
    let relevant = if verdict == Verdict::Approve { "none" } else { "some" };
    Deed::Judge {
        who,
        track: "check",
        verdict,
        rubric: json!({ "stated": true, "relevant": relevant }),
        note,
        requests: &[],
    }
}

fn story(author: &'static str, deeds: Vec<(i64, Deed)>) -> Story {
    Story { workflow: "disclosure", author, deeds }
}

fn then(mut deeds: Vec<(i64, Deed)>, more: Vec<(i64, Deed)>) -> Vec<(i64, Deed)> {
    deeds.extend(more);
    deeds
}

pub(super) fn stories() -> Vec<Story> {
    let clear = |topic: &str, day: i64| {
        then(
            sent(topic, 30, &json!({}), day),
            vec![
                (day - 2, Deed::Claim("nadia", "check")),
                (day - 2, checked("nadia", Verdict::Approve, "Nothing to disclose.")),
            ],
        )
    };
    let relevant = |day: i64| {
        then(
            sent("Wound care", 60, &related("Bandage Inc.", "speaker", "Dressings"), day),
            vec![
                (day - 3, Deed::Claim("walter", "check")),
                (day - 3, checked("walter", Verdict::Reject, "The fees bear on the second session.")),
                (
                    day - 4,
                    fire_because("walter", "must-mitigate", "The fees of Bandage Inc. bear on your second session."),
                ),
            ],
        )
    };
    let steps = json!({ "steps": ["peer-review"], "how": "Two reviewers without relationships read the slides." });
    vec![
        story("mei", clear("Compression bandages", 70)),
        story("sofia", clear("Leg ulcers in home care", 65)),
        story("daniel", sent("Sutures", 45, &json!({}), 2)),
        story("jonas", relevant(15)),
        story(
            "lucia",
            then(relevant(50), vec![(44, fire_with("", "mitigation-sent", steps)), (42, fire("walter", "confirm"))]),
        ),
        story(
            "thomas",
            sent(
                "Devices in the rural clinic",
                20,
                &json!({
                    "any_relationship": true, "insider": true, "exception": "none",
                    "relationships": [{ "company": "Sonolyte", "nature": "employee", "subject": "Portable ultrasound" }],
                }),
                12,
            ),
        ),
    ]
}
