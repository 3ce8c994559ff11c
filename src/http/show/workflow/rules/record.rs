//! What conditions read of other submissions.

use super::{asked, either};
use crate::{
    http::show::word,
    workflow::{
        Definition,
        definition::{Record, RecordOf},
    },
};

pub(super) fn records(definition: &Definition) -> Vec<String> {
    definition.records.iter().map(|(name, record)| told(definition, name, record)).collect()
}

fn told(definition: &Definition, name: &str, record: &Record) -> String {
    let workflow = &record.workflow;
    let states = |states: &[String]| either(&states.iter().map(|state| word::plain(state)).collect::<Vec<_>>());
    let number = match &record.of {
        RecordOf::Credit { credit, within } => {
            let within = within.as_ref().map(|within| format!(", earned in the last {}", within.in_words()));
            let credit = super::credit::name(definition, credit);
            format!("the author's {credit} from submissions of “{workflow}”{}", within.unwrap_or_default())
        }
        RecordOf::Items { states: of } => {
            format!("how many submissions of “{workflow}” the author has that are {}", states(of))
        }
        RecordOf::Without { people, states: of } => format!(
            "how many people named in “{}” have no submission of “{workflow}” that is {}",
            asked(definition, people),
            states(of)
        ),
    };
    let same: Vec<String> = record.same.iter().map(|question| format!("“{}”", asked(definition, question))).collect();
    let same = if same.is_empty() { String::new() } else { format!(", with the same answer to {}", word::list(&same)) };
    format!("The record “{}” is {number}{same}.", word::plain(name))
}
