//! The courses of the stories, as their authors describe them.

use serde_json::{Value, json};

use super::super::{Deed, fire};
use crate::demo::evidence::Evidence;

pub(super) const SLIDES: Evidence = Evidence::Paper {
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
pub(super) const HANDOUT: Evidence = Evidence::Word {
    title: "Handout for participants",
    lines: &["Normal values.", "What to write in the chart.", "When to send for a formal study."],
};

/// A course as it is described in the form.
pub(super) struct Course {
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

pub(super) const ULTRASOUND: Course = Course {
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
pub(super) const OPIOIDS: Course = Course {
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
pub(super) const WOUNDS: Course = Course {
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
    pub(super) fn answers(&self, format: &str, first: i64) -> Value {
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
    pub(super) fn sent(&self, format: &str, first: i64, day: i64) -> Vec<(i64, Deed)> {
        vec![
            (day + 6, Deed::Answer(self.answers(format, first))),
            (day + 3, Deed::Attach("materials", "slides.pdf", SLIDES)),
            (day + 2, Deed::Attach("materials", "handout.docx", HANDOUT)),
            (day + 2, Deed::Attach("materials", "aorta.png", Evidence::Scan)),
            (day, fire("", "submit")),
        ]
    }
}
