//! Self-studies, one for every state.

use serde_json::{Value, json};

use super::{Deed, Story, fire, fire_because};
use crate::{demo::evidence::Evidence, workflow::definition::Verdict};

const CERTIFICATE: Evidence = Evidence::Certificate {
    title: "Standards of Care in Diabetes: self-directed course",
    issuer: "Diabetes Education Network",
};
const LOG: Evidence = Evidence::Log(&[
    "Reading log, kept while studying",
    "",
    "Chapter 1  Thresholds for starting therapy      50 min",
    "Chapter 2  First-line combinations              45 min",
    "Chapter 3  Monitoring potassium and creatinine  40 min",
    "Questions at the end: 18 of 20 correct",
]);

/// A study as it is described in the form.
struct Study {
    title: &'static str,
    source: &'static str,
    /// Days from finishing it to writing it down.
    days: i64,
    hours: &'static str,
    credit: &'static str,
    reflection: &'static str,
}

impl Study {
    fn answers(&self, from: i64) -> Value {
        json!({
            "title": self.title, "source": self.source, "completed_on": format!("@-{}", from + self.days),
            "hours": self.hours, "kind": "reading", "credit_type": self.credit, "reflection": self.reflection,
        })
    }
}

const DIABETES: Study = Study {
    title: "Standards of Care in Diabetes 2026: what changes in primary care",
    source: "American Diabetes Association, Diabetes Care 49 (Suppl. 1)",
    days: 24,
    hours: "6.5",
    credit: "aafp-elective",
    reflection: "I had been starting SGLT2 inhibitors only after metformin had failed. From now on I offer them first to \
                 patients with heart failure or kidney disease, and I screen for neuropathy once a year with the monofilament.",
};
const BUPRENORPHINE: Study = Study {
    title: "Starting buprenorphine in the clinic: low-dose induction",
    source: "Provider Clinical Support System, online modules 4 to 7",
    days: 12,
    hours: "4",
    credit: "ama-pra-2",
    reflection: "Low-dose induction lets me start while a patient still takes full agonists, without waiting for withdrawal. \
                 I wrote a one-page schedule for our nurses and will use it with the next three patients.",
};
const HYPERTENSION: Study = Study {
    title: "Hypertension: reading the 2025 guideline against our clinic's data",
    source: "ACC/AHA guideline 2025, doi:10.1161/HYP.0000000000000249",
    days: 20,
    hours: "2.25",
    credit: "aafp-elective",
    reflection: "A third of our patients with stage 1 hypertension had no home readings at all. We now hand out a cuff at the \
                 first visit and book a telephone call after two weeks to go through the readings.",
};
const DERMOSCOPY: Study = Study {
    title: "Dermoscopy for family physicians: three-point checklist",
    source: "International Dermoscopy Society, self-assessment atlas",
    days: 40,
    hours: "12",
    credit: "ama-pra-2",
    reflection: "I went through 240 cases twice. My rate of correct triage rose from 71 to 88 percent. I have bought a \
                 dermatoscope, photograph every lesion that I excise and compare my call with the pathology report.",
};
const PEDIATRICS: Study = Study {
    title: "Fever without source in infants of 8 to 60 days",
    source: "AAP Clinical Practice Guideline, Pediatrics 148(2)",
    days: 30,
    hours: "3",
    credit: "aafp-elective",
    reflection: "The guideline separates three age bands where I had been using one. I changed our triage card: infants of \
                 8 to 21 days go to the hospital at once, older ones are worked up with inflammatory markers first.",
};

/// A draft that is complete, with a file.
fn written(study: &Study, from: i64) -> Vec<(i64, Deed)> {
    vec![
        (from, Deed::Answer(study.answers(from))),
        (from, Deed::Attach("evidence", "certificate.pdf", CERTIFICATE)),
        (from, Deed::Attach("evidence", "reading log.txt", LOG)),
        (from, Deed::Answer(json!({ "attest": true }))),
    ]
}

fn sent(study: &Study, from: i64) -> Vec<(i64, Deed)> {
    let mut deeds = written(study, from);
    deeds.push((from, fire("", "submit")));
    deeds
}

fn judged(who: &'static str, verdict: Verdict, fully: &str, note: &'static str) -> Deed {
    let requests: &[(&str, &str)] = match verdict {
        Verdict::Revise => &[
            (
                "evidence",
                "The log adds up to 2 hours 15 minutes. Add the log of the remaining hours, or correct the hours.",
            ),
            ("reflection", "Say what you will do differently with your next patient."),
        ],
        Verdict::Approve | Verdict::Reject => &[],
    };
    let rubric = json!({ "hours_plausible": fully, "professional": true });
    Deed::Judge { who, track: "assess", verdict, rubric, note, requests }
}

fn audited(who: &'static str, verdict: Verdict, note: &'static str) -> Deed {
    Deed::Judge { who, track: "audit", verdict, rubric: json!({}), note, requests: &[] }
}

/// One story for every state.
pub(super) fn stories() -> Vec<Story> {
    waiting().into_iter().chain(settled()).collect()
}

fn story(author: &'static str, deeds: Vec<(i64, Deed)>) -> Story {
    Story { workflow: "self-study", author, deeds }
}

fn then(mut deeds: Vec<(i64, Deed)>, more: Vec<(i64, Deed)>) -> Vec<(i64, Deed)> {
    deeds.extend(more);
    deeds
}

fn approve(who: &'static str, note: &'static str) -> Deed {
    judged(who, Verdict::Approve, "fully", note)
}

fn revise(who: &'static str) -> Deed {
    judged(who, Verdict::Revise, "partly", "Well chosen. Two things are missing before I can approve it.")
}

/// Those that wait for somebody.
fn waiting() -> Vec<Story> {
    vec![
        // draft: two sections of three
        story(
            "amara",
            vec![
                (2, Deed::Answer(HYPERTENSION.answers(2))),
                (
                    1,
                    Deed::Attach(
                        "evidence",
                        "guideline notes.docx",
                        Evidence::Word {
                            title: "Notes on the 2025 hypertension guideline",
                            lines: &["Home readings first.", "Stage 1: treat by risk, not by number alone."],
                        },
                    ),
                ),
            ],
        ),
        // assessment, nobody has taken it
        story("daniel", sent(&BUPRENORPHINE, 3)),
        // assessment, taken
        story("lucia", then(sent(&PEDIATRICS, 9), vec![(6, Deed::Claim("marcus", "assess"))])),
        // overdue: the assessor never answered
        story("mei", then(sent(&DIABETES, 38), vec![(36, Deed::Claim("helen", "assess"))])),
        // audit sample: more than eight hours
        story(
            "jonas",
            then(
                sent(&DERMOSCOPY, 16),
                vec![
                    (14, Deed::Claim("helen", "assess")),
                    (11, approve("helen", "A model of its kind: the second round is compared with the first.")),
                ],
            ),
        ),
        // more evidence asked
        story("amara", then(sent(&DIABETES, 12), vec![(10, Deed::Claim("marcus", "assess")), (8, revise("marcus"))])),
    ]
}

/// Those that were decided or ended otherwise.
#[expect(clippy::too_many_lines, reason = "a list")]
fn settled() -> Vec<Story> {
    vec![
        // asked, answered, recognised
        story(
            "amara",
            then(
                sent(&PEDIATRICS, 60),
                vec![
                    (57, Deed::Claim("helen", "assess")),
                    (55, revise("helen")),
                    (50, Deed::Attach("evidence", "second log.txt", LOG)),
                    (50, Deed::Resolve(1, "The log of the second weekend is added.")),
                    (
                        49,
                        Deed::Answer(
                            json!({ "reflection": "Infants of 8 to 21 days go to the hospital at once; for the others I order procalcitonin first. \
                The new triage card hangs at the front desk and I go through it with every new nurse on the first day." }),
                        ),
                    ),
                    (49, Deed::Resolve(2, "Said which infants, and what I order.")),
                    (49, fire("", "answered")),
                    (47, Deed::Claim("helen", "assess")),
                    (45, approve("helen", "Both points are answered. Thank you.")),
                ],
            ),
        ),
        // recognised after the audit sample
        story(
            "daniel",
            then(
                sent(&DERMOSCOPY, 120),
                vec![
                    (117, Deed::Claim("marcus", "assess")),
                    (113, approve("marcus", "Twelve hours are plausible with 240 cases gone through twice.")),
                    (110, Deed::Claim("vera", "audit")),
                    (101, audited("vera", Verdict::Approve, "The atlas's usage report matches the log.")),
                ],
            ),
        ),
        // recognised at once
        story(
            "amara",
            then(
                sent(&HYPERTENSION, 200),
                vec![
                    (198, Deed::Claim("marcus", "assess")),
                    (196, approve("marcus", "Clear, and carried into practice.")),
                ],
            ),
        ),
        // refused, may still be looked at
        story(
            "jonas",
            then(
                sent(&BUPRENORPHINE, 20),
                vec![
                    (18, Deed::Claim("helen", "assess")),
                    (
                        15,
                        judged(
                            "helen",
                            Verdict::Reject,
                            "no",
                            "These modules were designated for credit by their provider and are on your transcript already.",
                        ),
                    ),
                ],
            ),
        ),
        // refusal final
        story(
            "lucia",
            then(
                sent(&HYPERTENSION, 90),
                vec![
                    (88, Deed::Claim("marcus", "assess")),
                    (85, judged("marcus", Verdict::Reject, "no", "The certificate names another person.")),
                ],
            ),
        ),
        // withdrawn
        story(
            "mei",
            then(
                sent(&BUPRENORPHINE, 25),
                vec![(24, fire_because("", "withdraw", "Sent by mistake; the provider gives the credit itself."))],
            ),
        ),
        // lapsed: never answered
        story("daniel", then(sent(&DIABETES, 100), vec![(97, Deed::Claim("helen", "assess")), (95, revise("helen"))])),
        // a conflict found after claiming
        story(
            "jonas",
            then(
                sent(&PEDIATRICS, 7),
                vec![
                    (6, Deed::Claim("helen", "assess")),
                    (5, Deed::Recuse("helen", "We run the same teaching practice.")),
                ],
            ),
        ),
    ]
}
