//! The courses of the stories, as their authors describe them.

use serde_json::{Value, json};

use super::super::{Deed, fire};
use crate::demo::evidence::Evidence;

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
    slides: &'static [&'static str],
    /// A picture among the materials.
    picture: Option<&'static str>,
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
    slides: &[
        "1  Why the probe belongs in the exam room",
        "2  Four questions that ultrasound answers in two minutes",
        "3  Pitfalls: gas, obesity, haste",
        "4  Hands-on: lung, bladder, abdominal aorta, deep veins",
        "",
        "References",
        "Moore CL, Copel JA. N Engl J Med 2011;364:749-57.",
        "AAFP Recommended Curriculum: point-of-care ultrasound, reprint 290D.",
    ],
    picture: Some("aorta.png"),
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
    slides: &[
        "1  Where our patients stand",
        "2  Opening the conversation: three phrases",
        "3  Five to ten percent a month, and when to pause",
        "4  Use disorder: treat, do not taper",
        "",
        "References",
        "CDC Clinical Practice Guideline for Prescribing Opioids for Pain, 2022.",
        "HHS Guide for Clinicians on the Appropriate Dosage Reduction, 2019.",
    ],
    picture: None,
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
    slides: &[
        "1  Three kinds of ulcer, side by side",
        "2  The ankle-brachial index: cuff, probe, arithmetic",
        "3  Below 0.8: do not compress",
        "4  A report that a physician can decide on",
        "",
        "References",
        "WOCN Society: venous, arterial and neuropathic lower-extremity wounds, 2024.",
    ],
    picture: Some("week 12.png"),
};

pub(super) const SEPSIS: Course = Course {
    title: "Sepsis in the first hour: small hospitals, small teams",
    description: "Simulation in the learners' own emergency room with the people who are there at night: recognition, \
                  cultures, antibiotics and fluids within the hour, and the call for transfer.",
    gap: "In hospitals of fewer than 25 beds antibiotics are given 2 hours and 40 minutes after arrival in the median; one \
          hour is the aim. Night teams of three have never practised it together.",
    evidence: "State sepsis registry, 2025: 318 patients of fourteen hospitals. Debriefings after nine deaths, 2024 and 2025.",
    objectives: [
        "Recognise sepsis at triage with the screening card",
        "Give the first antibiotic within 60 minutes of arrival",
        "Hand over to the receiving hospital in under three minutes",
    ],
    sessions: &[
        ("What the registry shows", 30, "ana"),
        ("Simulation: the first hour", 90, "ana"),
        ("Debriefing", 45, "ben"),
        ("The call for transfer", 30, "ben"),
    ],
    faculty: [
        ("Robert Tanaka", "robert.tanaka@redwillow.example", "Course director"),
        ("Shauna Mills", "shauna.mills@redwillow.example", "Simulation lead"),
    ],
    place: "Red Willow Regional Hospital, simulation room",
    slides: &[
        "1  Fourteen hospitals, 318 patients",
        "2  The screening card",
        "3  Cultures, antibiotics, fluids: who does what",
        "4  Three minutes on the telephone",
        "",
        "References",
        "Evans L et al. Surviving Sepsis Campaign 2021. Crit Care Med 2021;49:e1063-e1143.",
    ],
    picture: None,
};
pub(super) const ADOLESCENTS: Course = Course {
    title: "Depression in adolescents: from screening to the first six weeks",
    description: "Cases, role play and a consultation line afterwards: how to screen everybody from 12 years, talk with \
                  the young person alone, make a safety plan and begin treatment while the waiting list is long.",
    gap: "Seven in ten adolescents of our counties who screen positive wait more than three months for a psychiatrist. Most \
          of their clinicians do not start treatment in the meantime.",
    evidence: "Records of six clinics, 2025: 1,140 screened, 171 positive, 38 treated within six weeks. Survey of 52 \
               clinicians, May 2026: 71 percent unsure how to begin.",
    objectives: [
        "Screen every adolescent once a year and act on the same day",
        "Write a safety plan together with the family",
        "Begin and follow treatment for six weeks with support by telephone",
    ],
    sessions: &[
        ("Screening, and the talk alone", 45, "ana"),
        ("The safety plan: role play", 60, "ana"),
        ("The first six weeks", 60, "ben"),
    ],
    faculty: [
        ("Leila Farouk", "leila.farouk@elkhorn.example", "Course director"),
        ("Owen Baptiste", "owen.baptiste@lakeside.example", "Speaker"),
    ],
    place: "Online, live",
    slides: &[
        "1  Positive on paper, and then?",
        "2  Ten minutes alone",
        "3  The safety plan, line by line",
        "4  Week 1, 2, 4 and 6",
        "",
        "References",
        "GLAD-PC guidelines, Pediatrics 2018;141(3).",
        "USPSTF: screening for depression and suicide risk in children and adolescents, 2022.",
    ],
    picture: None,
};
pub(super) const KIDNEYS: Course = Course {
    title: "Prescribing when the kidneys are failing",
    description: "Thirty cases from practice, in small groups with a pharmacist: which drugs to stop, which to halve, which \
                  to begin at last, and how to agree on it with the patient and the nephrologist.",
    gap: "Of our patients with an eGFR below 45, four in ten take at least one drug in too high a dose and two in three lack \
          an SGLT2 inhibitor although nothing speaks against it.",
    evidence: "Pharmacy data of the medical group, first half of 2026: 2,310 patients. Incident reports: eleven admissions for \
               drug toxicity in 2025.",
    objectives: [
        "Adjust the ten drugs that most often need it",
        "Begin an SGLT2 inhibitor in eligible patients within three months",
        "Agree with the pharmacist on a review every year",
    ],
    sessions: &[
        ("Estimating function, and its traps", 30, "ana"),
        ("Thirty cases", 120, "ana"),
        ("Who tells the patient?", 45, "ben"),
    ],
    faculty: [
        ("Helga Storm", "helga.storm@plattevalley.example", "Course director"),
        ("Daniel Reyes", "daniel.reyes@plattevalley.example", "Pharmacist"),
    ],
    place: "Platte Valley Medical Group, lecture room",
    slides: &[
        "1  eGFR, creatinine clearance, muscle",
        "2  Ten drugs to know by heart",
        "3  Begin at last: SGLT2 inhibitors",
        "4  One list for patient, pharmacist and nephrologist",
        "",
        "References",
        "KDIGO 2024 guideline for chronic kidney disease. Kidney Int 2024;105(4S).",
    ],
    picture: None,
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
        let slides = Evidence::Paper { title: self.title, lines: self.slides };
        let mut deeds = vec![
            (day + 6, Deed::Answer(self.answers(format, first))),
            (day + 3, Deed::Attach("materials", "slides.pdf", slides)),
            (day + 2, Deed::Attach("materials", "handout.docx", HANDOUT)),
        ];
        deeds.extend(self.picture.map(|name| (day + 2, Deed::Attach("materials", name, Evidence::Scan))));
        deeds.push((day, fire("", "submit")));
        deeds
    }
}
