//! The nouns everything else speaks of. No I/O, no clock, no web or database crate.

mod amount;
mod answer;
mod calendar;
mod conflict;
mod disclosure;
mod effect;
mod file_name;
mod fold;
mod id;
mod letter_kind;
mod likeness;
mod look_back;
mod person;
pub mod phrase;
mod redaction;
mod second_factor;
mod text;

pub use amount::{Amount, AmountError};
pub use answer::{Answer, Answers, Named, Row};
pub use calendar::{Calendar, CalendarFault, CalendarPart, Meeting, WrittenCalendar};
pub use conflict::Conflict;
pub use disclosure::{DisclosureState, Nature, Relationship, YearMonth, YearMonthError, is_good};
pub use effect::Effect;
pub use file_name::{FileName, FileNameError};
pub use fold::{FOLDING, folded, sought, words};
pub use id::{
    AbsenceId, DocumentId, EntryId, GroupId, JobId, LinkId, MailId, OrganisationId, PersonId, SessionId, SubmissionId,
};
pub use letter_kind::LetterKind;
pub use likeness::{may_be_one, name_key};
pub use look_back::LookBack;
pub use person::{Duty, Email, EmailError, Standing};
pub use redaction::{Depth, Redaction};
pub use second_factor::SecondFactorRule;
pub use text::{Line, Paragraphs, TextFault};
