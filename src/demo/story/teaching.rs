//! Teaching credit: claimed, sent back, recognised, refused.

use serde_json::{Value, json};

use super::{Deed, Story, fire};
use crate::{demo::evidence::Evidence, workflow::definition::Verdict};

const LETTER: Evidence = Evidence::Paper {
    title: "To whom it may concern",
    lines: &[
        "We confirm that the bearer presented the sessions named in the programme.",
        "Bluestem University, CME office",
    ],
};

/// Written and sent on a day.
fn claimed(course: &str, talk: &str, minutes: [u32; 2], day: i64) -> Vec<(i64, Deed)> {
    let session =
        |title: &str, minutes: u32, first: u32| json!({ "title": title, "minutes": minutes, "first_minutes": first });
    let [new, known] = minutes;
    let answers = json!({
        "title": talk, "course": course, "sponsor": "Bluestem University Medical Center",
        "presented_on": format!("@{}", -day - 9), "original": true, "no_other": true,
        "sessions": [session(talk, new, new), session("Questions and cases", known, 0)],
    });
    vec![(day, Deed::Answer(answers)), (day, Deed::Attach("letter", "letter.pdf", LETTER)), (day, fire("", "submit"))]
}

fn judged(who: &'static str, verdict: Verdict, note: &'static str) -> Deed {
    let rubric: Value = json!({ "accredited": true, "presented": true, "first_time": verdict == Verdict::Approve });
    let requests: &[(&str, &str)] = match verdict {
        Verdict::Revise => &[("sessions", "The programme gives 40 minutes for this talk.")],
        Verdict::Approve | Verdict::Reject => &[],
    };
    Deed::Judge { who, track: "confirm", verdict, rubric, note, requests }
}

fn story(author: &'static str, deeds: Vec<(i64, Deed)>) -> Story {
    Story { workflow: "teaching", author, deeds }
}

pub(super) fn stories() -> Vec<Story> {
    let with = |mut deeds: Vec<(i64, Deed)>, day: i64, verdict, note| {
        deeds.push((day, Deed::Claim("joan", "confirm")));
        deeds.push((day - 1, judged("joan", verdict, note)));
        deeds
    };
    vec![
        story("priya", claimed("Emergency days 2026", "The child that cannot breathe", [45, 30], 3)),
        story(
            "helen",
            with(
                claimed("Spring course in family medicine", "Skin in ten minutes", [60, 15], 20),
                17,
                Verdict::Revise,
                "The minutes do not agree with the programme.",
            ),
        ),
        story(
            "amara",
            with(
                claimed("Spring course in family medicine", "Hypertension at home", [50, 20], 40),
                37,
                Verdict::Approve,
                "As the programme says.",
            ),
        ),
        story(
            "daniel",
            with(
                claimed("Rural practice weekend", "Sutures by daylight", [30, 30], 60),
                55,
                Verdict::Reject,
                "This talk was given here in the year before.",
            ),
        ),
    ]
}
