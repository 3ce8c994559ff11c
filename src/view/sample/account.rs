//! Samples of signing in.

use super::{
    super::{DemoGroup, DemoPerson, SignIn},
    text,
};

pub(in super::super) fn sign_in() -> Vec<SignIn> {
    let person = |id: &str, name: &str, initials: &str, what: &str| DemoPerson {
        id: text(id),
        name: text(name),
        initials: text(initials),
        what: text(what),
    };
    let group = |title: &str, people| DemoGroup { title: text(title), people };
    let demo = vec![
        group(
            "Submit",
            vec![
                person("1", "Dr Lena Fischer", "LF", "Family physician with a self-study to send"),
                person("2", "Dr Miriam Adeyemi", "MA", "Emergency physician who teaches an ultrasound course"),
            ],
        ),
        group(
            "Review",
            vec![
                person("3", "Dr Amara Okafor", "AO", "Assesses self-study and reviews content"),
                person("4", "Dr Tomás Rivera", "TR", "Reviews content"),
                person("5", "Joan Whitfield", "JW", "Conflict-of-interest officer"),
                person("6", "Dr Henrik Sørensen", "HS", "Chairs the committee"),
            ],
        ),
        group(
            "Run the office",
            vec![
                person("7", "Priya Raman", "PR", "Coordinator: the queue, assignments, reminders"),
                person("8", "Walter Nakamura", "WN", "Auditor: reads everything, changes nothing"),
                person("9", "Grace Oyelaran", "GO", "Administrator: people, groups, the organisation"),
            ],
        ),
    ];
    vec![
        SignIn { email: String::new(), fault: None, next: None, demo },
        SignIn {
            email: text("l.fischer@example.org"),
            fault: Some(text(
                "This e-mail address and password do not belong together. Check both, or ask the office for a new link.",
            )),
            next: Some(text("/submissions/SS-2026-0042")),
            demo: Vec::new(),
        },
    ]
}
