//! Samples of erasing a person: before, held up, and after.

use super::{
    super::{Control, ErasurePage, ErasureRow, Fault, Field},
    fact, link, text, texts,
};

pub(in super::super) fn erasure() -> Vec<ErasurePage> {
    let row = |what: &str, count, why: Option<&str>| ErasureRow { what: text(what), count, why: why.map(text) };
    let board = "a licensing board may ask who decided and what was credited; the AMA has providers keep records of \
                 credit for at least six years after the activity";
    let before = ErasurePage {
        back: link("Dr Kwame Boateng", "/people/1"),
        heading: text("Erase Dr Kwame Boateng"),
        lead: text("This cannot be undone. What they decided and were credited with stays on record."),
        faults: Vec::new(),
        obstacles: Vec::new(),
        facts: Vec::new(),
        erased: vec![
            row("E-mail address, institution, password and duties", Some(1), None),
            row("Letters to them", Some(14), None),
            row("Submissions that were never sent: title, answers and files", Some(2), None),
        ],
        kept: vec![
            row("Name and credentials, where they are on record", Some(1), Some(board)),
            row(
                "Lines of credit",
                Some(3),
                Some("what was credited is never changed; a line has a number and no name"),
            ),
            row(
                "What others wrote in their own words, or uploaded",
                None,
                Some("it is theirs, and prose and pictures are not searched for names; only the address is"),
            ),
        ],
        notes: texts(&[
            "The name that stays goes on 26 November 2033.",
            "Backups made before may have it until 31 December.",
        ]),
        copy: text("/people/1/copy"),
        fields: vec![
            Field::new("reason", "Why", Control::text(String::new())).hint("The log keeps it. As: they asked for it."),
            Field::new("confirm", "Their e-mail address", Control::text(String::new()))
                .hint("To confirm: k.boateng@example.org"),
        ],
        action: text("/people/1/erase"),
    };
    let held = ErasurePage {
        obstacles: texts(&[
            "Somebody has to act on what they sent: CA-2026-0007. Withdraw or decide it first.",
            "Work of others waits for them: SS-2026-0042. Give their places to somebody else first.",
        ]),
        fields: Vec::new(),
        ..before.clone()
    };
    let mut refused = before.clone();
    refused.faults =
        vec![Fault { href: text("#confirm"), message: text("Their e-mail address: type it as it is above") }];
    let after = ErasurePage {
        back: link("People", "/people"),
        heading: text("Erased person 7F3A"),
        lead: text("Erased. Print this for them; it says nothing that says who they were."),
        facts: vec![
            fact("When", "Sunday 22 November, 14:05"),
            fact("By", "Priya Raman"),
            fact("Why", "They asked for it in a letter of 20 November."),
        ],
        fields: Vec::new(),
        ..before.clone()
    };
    vec![before, held, refused, after]
}
