//! What conditions read of other submissions.

use super::{Statement, Topic, asked};
use crate::{
    domain::phrase::{either, list, plain},
    workflow::{
        Definition,
        definition::{Record, RecordOf, Within},
    },
};

pub(super) fn records(definition: &Definition) -> impl Iterator<Item = Statement> {
    definition.records.iter().map(|(name, record)| {
        let subject = format!("“{}”", plain(name));
        Statement::new(Topic::Records, &["records", name], subject, told(definition, name, record))
    })
}

fn told(definition: &Definition, name: &str, record: &Record) -> String {
    let Record { of, workflow, same } = record;
    let states = |states: &[String]| either(&states.iter().map(|state| plain(state)).collect::<Vec<_>>());
    let number = match of {
        RecordOf::Credit { credit, within } => {
            let within = within.as_ref().map(|within| match within {
                Within::Back(length) => format!(", earned in the last {}", length.in_words()),
                Within::Any { any } => {
                    format!(", the most in any {} that contain the day on which this is earned", any.in_words())
                }
            });
            let credit = definition.credit_called(credit);
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
        RecordOf::Undisclosed { people } => format!(
            "how many people named in “{}” have no disclosure that is good, neither their own nor one that the author wrote",
            asked(definition, people)
        ),
    };
    let same: Vec<String> = same.iter().map(|question| format!("“{}”", asked(definition, question))).collect();
    let same = if same.is_empty() { String::new() } else { format!(", with the same answer to {}", list(&same)) };
    format!("The record “{}” is {number}{same}.", plain(name))
}
