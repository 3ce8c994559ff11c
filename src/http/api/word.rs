//! The words that the API takes and says: enumerations of the inner modules as parts of the description, by the names under
//! which they are sent.

use std::borrow::Cow;

use serde::Serialize;
use strum::VariantArray;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        RefOr,
        schema::{ObjectBuilder, Schema, Type},
    },
};

use crate::{
    access::{Act, Relation},
    domain::{Conflict, Depth, DisclosureState, Duty, LetterKind, Nature, SecondFactorRule, Standing},
    model::{Life, LinkWay, LogKind, QueueSort},
    usecase::{
        admin::{MailSet, ToSetUp},
        definition::Status,
    },
    workflow::{
        EventName, Part, RefusalCode, Right, Severity,
        definition::{KindName, StateKind, Verdict},
    },
};

/// Each with its name in the description, which is not always the one it has within its module, and what it is.
macro_rules! words {
    ($($words:ty => $name:literal, $meaning:literal;)*) => {$(
        impl PartialSchema for $words {
            fn schema() -> RefOr<Schema> {
                words::<Self>($meaning)
            }
        }

        impl ToSchema for $words {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed($name)
            }
        }
    )*};
}

words! {
    Act => "Act", "What can be asked of a submission.";
    Conflict => "Conflict", "Why somebody may not take part.";
    Depth => "Depth", "How much of a person goes.";
    DisclosureState => "DisclosureState", "How it stands with somebody's disclosure; `stale`: given more than 24 months ago.";
    Duty => "Duty", "What the house trusts somebody with.";
    EventName => "EventName", "What happened. Programs pass over what they do not know: new ones are added.";
    KindName => "QuestionType", "What an answer looks like.";
    LetterKind => "LetterKind", "Letters that one need not get; all others always go.";
    Life => "Life", "Whether a submission is over.";
    LinkWay => "LinkWay", "How a link came to a person.";
    LogKind => "LogKind", "What a line of the trail is about.";
    MailSet => "MailSet", "How letters go out.";
    Nature => "RelationshipNature", "What a financial relationship is.";
    Part => "DefinitionPart", "The parts of a definition.";
    QueueSort => "QueueSort", "The order of a list.";
    RefusalCode => "RefusalCode", "Why the workflow says no.";
    Relation => "Relation", "How somebody stands to a submission; `former`: they acted on it in an earlier round.";
    Right => "Right", "What a co-author may do.";
    SecondFactorRule => "SecondFactorRule", "Of whom a second factor is required.";
    Severity => "Severity", "Whether a fault refuses activation.";
    Standing => "Standing", "How somebody stands to the house.";
    StateKind => "StateKind", "Where a state stands in the life of a submission.";
    Status => "VersionStatus", "Where a version of a workflow stands.";
    ToSetUp => "ToSetUp", "Something to set up in a new installation.";
    Verdict => "Verdict", "A reviewer's judgement.";
}

/// All that a type can be, as it is written into an answer.
fn words<Words: VariantArray + Serialize>(meaning: &str) -> RefOr<Schema> {
    let names = Words::VARIANTS.iter().filter_map(|word| serde_json::to_value(word).ok());
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names)).description(Some(meaning)).build().into()
}
