//! Transitions.

use indexmap::IndexMap;

use super::{
    super::{
        fields::{Fields, Reader, Spelling},
        form::{self, Within},
        tree::{Data, Node},
    },
    requirement::{self, Names},
    wait,
};
use crate::workflow::definition::{Length, Note, Restore, Since, Transition, Trigger, Wait, in_words};

pub(super) fn all<'t>(
    reader: &mut Reader<'t, '_>,
    node: Option<&'t Node>,
    names: &Names<'_>,
) -> IndexMap<String, Transition> {
    reader
        .entries(node, "transitions", Spelling::Hyphens)
        .into_iter()
        .map(|(id, node)| (id.to_owned(), transition(reader, id, node, names)))
        .collect()
}

fn transition<'t>(reader: &mut Reader<'t, '_>, id: &str, node: &'t Node, names: &Names<'_>) -> Transition {
    let known = [
        "from",
        "to",
        "by",
        "after",
        "auto",
        "label",
        "when",
        "requires",
        "asks",
        "note",
        "counts",
        "unbounded",
        "keep_verdicts",
        "notify",
        "turn",
        "since",
        "restore",
    ];
    let fields = reader.fields(node, "a transition", &known);
    reader.required(&fields, "from");
    let trigger = trigger(reader, &fields);
    if !matches!(trigger, Trigger::By(_)) {
        for key in ["asks", "note", "requires", "label"].into_iter().filter(|key| fields.has(key)) {
            let at = fields.get(key).map_or(fields.at, |node| node.at);
            reader.fault("kind", at, format!("'{key}' is for a transition by a role: here nobody is asked"));
        }
    }
    if fields.has("since") && !matches!(trigger, Trigger::After(_)) {
        let at = fields.get("since").map_or(fields.at, |node| node.at);
        reader.fault("kind", at, "'since' says what 'after' counts from; without 'after' it says nothing");
    }
    let notes = [("required", Note::Required), ("optional", Note::Optional)];
    Transition {
        from: reader.texts(&fields, "from"),
        to: reader.text(&fields, "to"),
        trigger,
        label: reader.text_if_any(&fields, "label").unwrap_or_else(|| in_words(id)),
        when: fields.get("when").and_then(|node| reader.condition(node, "when")),
        requires: requirement::requires(reader, id, &fields, names),
        asks: form::questions_of(reader, fields.get("asks"), Within::Decision),
        note: reader.word(&fields, "note", &notes).unwrap_or(Note::None),
        counts: reader.text_if_any(&fields, "counts"),
        unbounded: reader.word(&fields, "unbounded", &[("ok", ())]).is_some(),
        keep_verdicts: reader.flag(&fields, "keep_verdicts"),
        notify: reader.texts(&fields, "notify"),
        awaited: reader.word(&fields, "turn", &[("none", ())]).is_none(),
        since: since(reader, &fields),
        restore: reader.word(&fields, "restore", &[("answers", Restore::Answers)]).unwrap_or_default(),
    }
}

fn trigger<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Trigger {
    let given: Vec<&str> = ["by", "after", "auto"].into_iter().filter(|key| fields.has(key)).collect();
    match given.as_slice() {
        ["by"] => {
            let roles = reader.texts(fields, "by");
            if roles.is_empty() {
                reader.fault("kind", fields.at, "'by' names at least one role");
            }
            Trigger::By(roles)
        }
        ["after"] => {
            // A faulty one is reported; what stands in for it is never run.
            let faulty = || Wait::Length(Length(String::new()));
            let wait = fields.get("after").and_then(|node| wait::wait(reader, node, wait::Place::After));
            Trigger::After(wait.unwrap_or_else(faulty))
        }
        ["auto"] => {
            if !reader.flag(fields, "auto") || !fields.has("when") {
                reader.fault("kind", fields.at, "an automatic transition says 'auto: true' and 'when'");
            }
            Trigger::Auto
        }
        _ => {
            reader.fault("kind", fields.at, "a transition is exactly one of 'by' roles, 'after' a time, 'auto: true'");
            Trigger::Auto
        }
    }
}

/// A list of transitions, or the name of a date.
pub(super) fn since<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Since {
    match fields.get("since") {
        None => Since::Entry,
        Some(node) if matches!(node.data, Data::List(_)) => Since::Steps(reader.texts(fields, "since")),
        Some(node) => Since::Date(reader.plain_text(node, "since")),
    }
}
