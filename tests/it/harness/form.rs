//! Forms that are filled in as they should be, and files as people have them.

use serde_json::{Value, json};

use super::{client::Client, house::House};

/// The smallest PDF.
pub(crate) const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n";

/// What the agenda of the sample course carries.
pub(crate) const CREDITS: &str = "4.00";

/// A PDF of at least so many bytes with words of its own in it.
pub(crate) fn pdf(bytes: usize, words: &str) -> Vec<u8> {
    [b"%PDF-1.7\n%", words.as_bytes(), &vec![b' '; bytes], b"\n", PDF].concat()
}

/// A self-study of so many hours, complete but for its evidence.
pub(crate) fn self_study(house: &House, hours: &str) -> Value {
    json!({
        "title": "Point-of-care ultrasound of the lung",
        "source": "https://doi.example/10.1000/182",
        "completed_on": house.day(-10).to_string(),
        "hours": hours,
        "kind": "reading",
        "credit_type": "ama-pra-2",
        "reflection": "I will look at the lung of every breathless patient before I order a film, and write down what I saw \
                       beside what the film says, so that I learn from the difference.",
        "attest": true,
    })
}

/// A live course of one day, `first` days from now, complete but for its materials: four credit hours, of which Ana
/// presents two for the first time and Ben one, and one again.
pub(crate) fn course(house: &House, first: i64) -> Value {
    let session = |title: &str, minutes: u32, presenter: &str, first_time: bool| json!({ "title": title, "minutes": minutes, "credit_minutes": minutes, "presenter": presenter, "first_time": first_time });
    json!({
        "title": "Chronic wounds in home care",
        "description": "How to tell venous from arterial ulcers, and what to do before the first bandage goes on the leg.",
        "format": "live",
        "starts_on": house.day(first).to_string(),
        "ends_on": house.day(first).to_string(),
        "place": "Kearney",
        "audience": ["physicians", "nurses"],
        "expected": 40,
        "gap": "Dressings are changed for months without anybody measuring the ankle-brachial index.",
        "gap_sources": ["quality-data", "survey"],
        "gap_evidence": "Chart review of 210 patients, 2025: 31 percent had a vascular examination.",
        "need_types": ["competence"],
        "objectives": [{ "objective": "Measure the ankle-brachial index and act on it", "result": "performance" }],
        "format_reason": "Hands are trained by doing, with somebody beside you.",
        "faculty": [
            { "name": "Ana Castillo", "email": "ana@faculty.example", "part": "Course director", "disclosure": "" },
            { "name": "Ben Wolfe", "email": "ben@faculty.example", "part": "Speaker", "disclosure": "Speaker fees of Bandage Inc., 2025" },
        ],
        "agenda": [
            { "title": "Welcome", "minutes": 15, "credit_minutes": 0 },
            session("Three kinds of ulcer", 120, "ana@faculty.example", true),
            session("Measuring the index", 60, "ben@faculty.example", true),
            session("Cases", 60, "ben@faculty.example", false),
        ],
        "supported": false,
        "content_valid": true,
        "evaluation": ["questionnaire"],
        "advance": true,
        "truth": true,
    })
}

/// A verdict on a self-study.
pub(crate) fn assessment(verdict: &str) -> Value {
    json!({ "verdict": verdict, "note": "As the log says.", "rubric": { "hours_plausible": "fully", "professional": true } })
}

/// A content reviewer's verdict.
pub(crate) fn content(verdict: &str) -> Value {
    let rubric = json!({ "gap_shown": "fully", "measurable": true, "evidence": true, "minutes": true });
    json!({ "verdict": verdict, "note": "The gap is shown.", "rubric": rubric })
}

/// A conflict-of-interest officer's verdict.
pub(crate) fn interest(verdict: &str) -> Value {
    json!({ "verdict": verdict, "note": "All have disclosed.", "rubric": { "disclosed": true, "excluded": true, "mitigation": "none" } })
}

/// Adds a change to ask to a verdict or a step: about a question, as `("hours", "Too many.")`.
pub(crate) fn asking(mut step: Value, about: (&str, &str)) -> Value {
    step["requests"] = json!([{ "question": about.0, "text": about.1 }]);
    step
}

/// A self-study that was filled in and sent.
pub(crate) async fn sent_self_study(house: &House, author: &Client, hours: &str) -> String {
    let reference = author.begin("self-study").await;
    author.answer(&reference, &self_study(house, hours)).await.ok();
    author.attach(&reference, "evidence", "certificate.pdf", PDF).await.ok();
    author.fire(&reference, "submit", &json!({})).await.ok();
    reference
}

/// A course that was filled in and sent to the office.
pub(crate) async fn sent_course(house: &House, author: &Client, first: i64) -> String {
    let reference = author.begin("course-accreditation").await;
    author.answer(&reference, &course(house, first)).await.ok();
    author.attach(&reference, "materials", "slides.pdf", PDF).await.ok();
    author.fire(&reference, "submit", &json!({})).await.ok();
    reference
}

/// A course with two approvals of its content and one of its disclosures, before the committee.
pub(crate) async fn reviewed_course(house: &House, author: &Client, first: i64) -> String {
    let reference = sent_course(house, author, first).await;
    house.person("screener").fire(&reference, "to-review", &json!({})).await.ok();
    judge_course(house, &reference, ["first-reviewer", "second-reviewer"], &content("approve")).await;
    reference
}

/// A review whose outcome the chair takes from the agenda without waiting for the committee to meet.
pub(crate) async fn judge_course(house: &House, reference: &str, reviewers: [&str; 2], verdict: &Value) {
    review_course(house, reference, reviewers, verdict).await;
    taken_between_meetings(house, reference).await;
}

/// Both reviewers take a place and say the same of the content; an officer approves the disclosures in between.
pub(crate) async fn review_course(house: &House, reference: &str, reviewers: [&str; 2], verdict: &Value) {
    let approve = interest("approve");
    let [first, second] = reviewers;
    for (who, track, verdict) in
        [(first, "content", verdict), ("officer", "interest", &approve), (second, "content", verdict)]
    {
        let reviewer = house.person(who);
        reviewer.claim(reference, track).await.ok();
        reviewer.judge(reference, track, verdict).await.ok();
    }
}

/// The chair takes a course from the agenda.
pub(crate) async fn taken_between_meetings(house: &House, reference: &str) {
    house.person("chair").fire(reference, "between", &json!({ "note": "Voted in writing." })).await.ok();
}

/// A course with its credits approved.
pub(crate) async fn accredited_course(house: &House, author: &Client, first: i64) -> String {
    let reference = reviewed_course(house, author, first).await;
    let approve = json!({ "note": "A needed course.", "answers": { "credits": CREDITS } });
    house.person("chair").fire(&reference, "approve", &approve).await.ok();
    reference
}
