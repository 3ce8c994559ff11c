//! What changed since a reviewer last judged: the difference of two revisions.

use super::answer::{self, Changes};
use crate::{
    domain::{Answers, PersonId},
    present::part::Link,
    usecase::submission::Dossier,
    workflow::{Definition, EventKind},
};

/// What changed since this reviewer's last verdict; nothing for somebody who has not judged yet.
pub(crate) fn since_verdict(dossier: &Dossier, me: PersonId) -> Option<Changes> {
    let judged = dossier.events.iter().rev().find_map(|event| match &event.what {
        EventKind::VerdictRecorded { person, .. } if *person == me => Some(event.sequence),
        _ => None,
    })?;
    let seen = dossier.revisions.iter().rev().find(|revision| revision.sequence < judged)?;
    Some(between(&dossier.case.definition, &seen.answers, &dossier.case.submission.answers))
}

/// The questions whose answers differ, with what stood there before.
pub(crate) fn between(definition: &Definition, before: &Answers, now: &Answers) -> Changes {
    let questions = definition.form.iter().flat_map(|section| &section.questions);
    let changed = questions.filter(|question| before.get(&question.id) != now.get(&question.id));
    let told = changed.map(|question| {
        let text = before.get(&question.id).map(|answer| answer::text(question, answer));
        (question.id.clone(), text.unwrap_or_else(|| "Not provided".to_owned()))
    });
    Changes { before: told.collect(), known: before.documents().collect() }
}

/// Links to what changed, in the order of the form.
pub(crate) fn links(definition: &Definition, changes: &Changes) -> Vec<Link> {
    let questions = definition.form.iter().flat_map(|section| &section.questions);
    questions
        .filter(|question| changes.before.contains_key(&question.id))
        .map(|question| Link { label: question.label.clone(), href: format!("#answer-{}", question.id) })
        .collect()
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;
    use uuid::Uuid;

    use super::*;
    use crate::{
        credit::CreditTypes,
        domain::{Answer, DocumentId},
        workflow,
    };

    #[test]
    fn what_changed_is_told_with_what_stood_there_before() {
        let types = CreditTypes::of([
            include_str!("../../../workflows/credits/ama-pra-2.yaml"),
            include_str!("../../../workflows/credits/aafp-elective.yaml"),
        ]);
        let source = include_str!("../../../workflows/self-study.yaml");
        let study = workflow::load(source, &types.expect("credit types")).expect("a sound workflow").0;
        let file = DocumentId(Uuid::from_u128(1));
        let before = Answers(
            [
                ("hours".to_owned(), Answer::Decimal(Decimal::new(70, 1))),
                ("title".to_owned(), Answer::Text("Diabetes".to_owned())),
                ("evidence".to_owned(), Answer::Files(vec![file])),
            ]
            .into(),
        );
        let mut now = before.clone();
        now.0.insert("hours".to_owned(), Answer::Decimal(Decimal::new(650, 2)));
        now.0.insert("source".to_owned(), Answer::Text("ADA".to_owned()));
        let changes = between(&study, &before, &now);
        assert_eq!(
            changes.before,
            [("hours".to_owned(), "7".to_owned()), ("source".to_owned(), "Not provided".to_owned())].into()
        );
        assert_eq!(changes.known, [file].into());
        let links: Vec<String> = links(&study, &changes).into_iter().map(|link| link.href).collect();
        assert_eq!(links, ["#answer-source", "#answer-hours"]);
    }
}
