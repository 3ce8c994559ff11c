//! What a definition asks of the house's other records.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Span, civil::Date};
use rust_decimal::Decimal;

use super::{Error, disclosed::Disclosed};
use crate::{
    credit::window,
    domain::{Amount, Answer, DisclosureState, Email, Named, PersonId, SubmissionId, folded},
    model::{Submission, Which},
    store::ReadTx,
    workflow::{
        Definition,
        definition::{Earned, Record, RecordOf, Within},
    },
};

/// Whether a definition goes by what its author has elsewhere, such as the credit of a year: a bound on all of it holds
/// only where no two submissions of one author are decided at the same moment.
pub(super) fn goes_by_author(definition: &Definition) -> bool {
    let of_author = |record: &Record| matches!(record.of, RecordOf::Credit { .. } | RecordOf::Items { .. });
    definition.records.values().any(of_author)
}

/// The value of every record for one submission, by name.
pub(super) async fn all(
    view: &ReadTx,
    definition: &Definition,
    submission: &Submission,
    today: Date,
    disclosures: &BTreeMap<Email, Disclosed>,
) -> Result<BTreeMap<String, Decimal>, Error> {
    let mut values = BTreeMap::new();
    for (name, record) in &definition.records {
        let earned = earned_on(definition, submission).unwrap_or(today);
        let number = match &record.of {
            RecordOf::Undisclosed { people } => undisclosed(submission, people, disclosures).into(),
            _ => value(view, record, submission, today, earned).await?,
        };
        values.insert(name.clone(), number);
    }
    Ok(values)
}

/// The day on which its own credit is earned, where that was answered.
fn earned_on(definition: &Definition, submission: &Submission) -> Option<Date> {
    let Earned::Answer(name) = definition.earned().next()? else { return None };
    let answer = match name.strip_prefix("decided.") {
        Some(asked) => submission.item.decided.get(asked),
        None => submission.answers.get(name),
    };
    match answer {
        Some(Answer::Date(date)) => Some(*date),
        _ => None,
    }
}

/// The value of a record on a day, for credit that is earned on another.
async fn value(view: &ReadTx, record: &Record, here: &Submission, today: Date, earned: Date) -> Result<Decimal, Error> {
    Ok(match &record.of {
        RecordOf::Credit { credit, within } => {
            let (day, length) = match within {
                None => (today, None),
                Some(Within::Back(length)) => (today, Some(length)),
                Some(Within::Any { any }) => (earned, Some(any)),
            };
            let span = length.and_then(|length| length.0.parse::<Span>().ok());
            let from = span.and_then(|span| day.checked_sub(span).ok()).unwrap_or(Date::MIN);
            let entries = view.entries_after(here.submitter, credit, from).await?;
            let earning = entries.iter().filter_map(|entry| entry.submission).collect();
            let alike = alike(view, record, here, here.submitter, Which::Among(&earning)).await?;
            let alike: BTreeSet<SubmissionId> = alike.iter().map(|found| found.id).collect();
            let counted = entries.iter().filter(|entry| entry.submission.is_some_and(|id| alike.contains(&id)));
            match (within, span) {
                (Some(Within::Any { .. }), Some(span)) => {
                    let earned: Vec<(Date, Amount)> = counted.map(|entry| (entry.earned, entry.amount)).collect();
                    window::fullest(span, day, &earned).to_decimal()
                }
                _ => counted.map(|entry| entry.amount.to_decimal()).sum(),
            }
        }
        RecordOf::Items { states } => {
            Decimal::from(alike(view, record, here, here.submitter, Which::In(states)).await?.len())
        }
        RecordOf::Without { people, states } => {
            let mut without = 0_u32;
            for named in named(here, people) {
                let known = view.person_by_any_address(&named.email).await?;
                let has = match known {
                    Some(person) => !alike(view, record, here, person.id, Which::In(states)).await?.is_empty(),
                    None => false,
                };
                without = without.saturating_add(u32::from(!has));
            }
            without.into()
        }
        // Counted among those who disclosed, see [`all`].
        RecordOf::Undisclosed { .. } => Decimal::ZERO,
    })
}

/// How many people named in a question have no disclosure that is good, neither their own nor one that the author wrote.
fn undisclosed(here: &Submission, question: &str, disclosures: &BTreeMap<Email, Disclosed>) -> usize {
    let given = |email: &Email| disclosures.get(email).is_some_and(|one| one.state == DisclosureState::Given);
    named(here, question).iter().filter(|named| named.disclosure.is_none() && !given(&named.email)).count()
}

/// What somebody sent of the record's workflow, with the same answers as here; this submission left out.
async fn alike(
    view: &ReadTx,
    record: &Record,
    here: &Submission,
    of: PersonId,
    which: Which<'_>,
) -> Result<Vec<Submission>, Error> {
    let mut found = view.sent_by(of, &record.workflow, which).await?;
    let same = |found: &Submission| {
        record.same.iter().all(|question| plain(found.answers.get(question)) == plain(here.answers.get(question)))
    };
    found.retain(|found| found.id != here.id && same(found));
    Ok(found)
}

/// An answer as it is compared: texts by what people mean, whatever the case, marks, hyphens and spaces.
fn plain(answer: Option<&Answer>) -> Option<String> {
    match answer? {
        Answer::Text(text) => Some(folded(text)).filter(|text| !text.is_empty()).or_else(|| Some(text.clone())),
        Answer::Choice(option) => Some(option.clone()),
        Answer::Date(date) => Some(date.to_string()),
        Answer::Time(time) => Some(time.to_string()),
        _ => None,
    }
}

fn named<'a>(here: &'a Submission, question: &str) -> &'a [Named] {
    match here.answers.get(question) {
        Some(Answer::People(people)) => people,
        _ => &[],
    }
}
