//! Activities for AAFP credit and for nursing contact hours.

use serde_json::{Value, json};

use super::{Deed, Story, fire, fire_because, fire_with};
use crate::{demo::evidence::Evidence, workflow::definition::Verdict};

const PROGRAMME: Evidence = Evidence::Paper {
    title: "Programme",
    lines: &["09:00  What to biopsy", "10:15  What to freeze", "12:00  What to leave alone"],
};

/// All of them.
pub(super) fn stories() -> Vec<Story> {
    let mut stories = family();
    stories.extend(nursing());
    stories
}

fn then(mut deeds: Vec<(i64, Deed)>, more: Vec<(i64, Deed)>) -> Vec<(i64, Deed)> {
    deeds.extend(more);
    deeds
}

fn judged(who: &'static str, track: &'static str, verdict: Verdict, rubric: Value, note: &'static str) -> Deed {
    Deed::Judge { who, track, verdict, rubric, note, requests: &[] }
}

/// Three talks on skin, sent on a day and held `first` days after today.
fn skin(member: &str, first: i64, day: i64) -> Vec<(i64, Deed)> {
    let session = |title: &str, minutes: u32| json!({ "title": title, "minutes": minutes, "credit_minutes": minutes, "basis": "evidence" });
    let answers = json!({
        "title": "Skin in primary care", "format": "live", "starts_on": format!("@{first}"), "ends_on": format!("@{first}"),
        "description": "Three talks on what to biopsy, what to freeze and what to leave alone, with cases from the audience.",
        "place": "Kearney Regional Education Center", "physicians": true, "member_part": member, "member": "Amara Okafor, 20481",
        "gap": "Two in three excisions in our practices are of harmless lesions, and one melanoma in nine is missed.",
        "gap_evidence": "Pathology reports of 2025 from four practices: 412 excisions.",
        "faculty": [{ "name": "Leila Farouk", "email": "leila.farouk@elkhorn.example", "part": "Speaker", "disclosure": "" }],
        "sessions": [session("What to biopsy", 60), session("What to freeze", 90), session("What to leave alone", 45)],
        "supported": false, "evaluation": "A questionnaire, and the number of excisions after six months.", "truth": true,
    });
    vec![
        (day + 1, Deed::Answer(answers)),
        (day + 1, Deed::Attach("materials", "programme.pdf", PROGRAMME)),
        (day, fire("", "submit")),
    ]
}

fn read_by_two(day: i64, verdict: Verdict) -> Vec<(i64, Deed)> {
    let rubric = || json!({ "relevant": true, "evidence": verdict == Verdict::Approve, "sessions": ["1", "2"] });
    vec![
        (day, fire("peter", "to-review")),
        (day - 1, Deed::Claim("ingrid", "family")),
        (day - 1, Deed::Claim("paul", "family")),
        (day - 4, judged("ingrid", "family", verdict, rubric(), "What every practice sees each week.")),
        (day - 6, judged("paul", "family", verdict, rubric(), "The third talk cites no source.")),
    ]
}

fn family() -> Vec<Story> {
    let story = |author, deeds| Story { workflow: "aafp-activity", author, deeds };
    let approved = |rows: &[&str], credits: &str| json!({ "approved": rows, "credits": credits });
    let refused = || Deed::Fire {
        who: "eleanor",
        step: "deny",
        note: Some("The recommendations are not those of the guideline, and no source is given."),
        asked: json!({ "reasons": ["evidence"] }),
        requests: &[],
    };
    vec![
        story("amara", skin("planner", 60, 2)),
        story(
            "lucia",
            then(
                skin("director", 55, 14),
                vec![(10, fire_because("joan", "ask-info", "Which guideline is the second talk based on?"))],
            ),
        ),
        story("jonas", then(skin("none", 50, 16), read_by_two(14, Verdict::Approve))),
        story(
            "amara",
            then(
                then(skin("planner", 45, 40), read_by_two(38, Verdict::Approve)),
                vec![(28, fire_with("ruben", "approve-prescribed", approved(&["1", "2"], "2.50")))],
            ),
        ),
        story(
            "jonas",
            then(
                then(skin("none", 42, 44), read_by_two(42, Verdict::Approve)),
                vec![(31, fire_with("ruben", "approve-elective", approved(&["1", "2"], "2.50")))],
            ),
        ),
        story("mei", then(then(skin("reviewer", 40, 30), read_by_two(28, Verdict::Reject)), vec![(12, refused())])),
    ]
}

/// A workshop on compression, sent on a day.
fn bandages(day: i64) -> Vec<(i64, Deed)> {
    let answers = json!({
        "title": "Compression at the kitchen table",
        "description": "How to choose, apply and check a compression bandage in the patient's home, with pressure sensors.",
        "starts_on": "@50", "ends_on": "@400", "place": "Lakeside Community Hospital",
        "gap": "Two bandages in three are too loose after a day, and nobody measures the ankle before the first one.",
        "need": ["skill", "practice"],
        "outcome": "Nurses reach 35 to 40 mmHg at the ankle in eight of ten bandages within a month.",
        "planners": [
            { "name": "Mei-Ling Chang", "email": "mei@psa.example", "part": "Nurse planner" },
            { "name": "Sofía Delgado", "email": "sofia@psa.example", "part": "Content expert" },
        ],
        "nurse_planner": "Mei-Ling Chang, MSN, RN 48213", "qualified": true,
        "sessions": [{ "title": "Bandaging", "minutes": 75 }, { "title": "Discussion and evaluation", "minutes": 45 }],
        "hours": "2.00", "evaluation": "A pressure sensor before and after.", "truth": true,
    });
    vec![
        (day + 1, Deed::Answer(answers)),
        (day + 1, Deed::Attach("materials", "planning table.pdf", PROGRAMME)),
        (day, fire("", "submit")),
    ]
}

fn nursing() -> Vec<Story> {
    let story = |deeds| Story { workflow: "nursing-activity", author: "mei", deeds };
    let rubric = || json!({ "gap_shown": true, "measurable": true, "hours": true });
    let read = |day: i64| {
        vec![
            (day, fire("joan", "to-peers")),
            (day - 1, Deed::Claim("carmen", "peers")),
            (day - 1, Deed::Claim("dawn", "peers")),
            (day - 4, judged("carmen", "peers", Verdict::Approve, rubric(), "The sensor is a good idea.")),
        ]
    };
    let both = |day: i64| {
        then(
            read(day),
            vec![(day - 5, judged("dawn", "peers", Verdict::Approve, rubric(), "Clear and to be measured."))],
        )
    };
    vec![
        story(bandages(3)),
        story(then(bandages(18), read(16))),
        story(then(bandages(25), both(23))),
        story(then(then(bandages(45), both(43)), vec![(35, fire("yolanda", "approve"))])),
        story(then(
            then(bandages(55), both(53)),
            vec![
                (46, fire("yolanda", "approve")),
                (8, fire("", "amend")),
                (7, Deed::Answer(json!({ "hours": "1.75" }))),
                (
                    7,
                    fire_with(
                        "",
                        "change-sent",
                        json!({ "change": "The discussion is shorter by a quarter of an hour." }),
                    ),
                ),
            ],
        )),
    ]
}
