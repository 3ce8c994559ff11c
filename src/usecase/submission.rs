//! Submissions: beginning, filling in, deciding, reading.

mod act;
mod answer;
mod ask_disclosure;
mod attention;
mod begin;
mod begin_again;
mod blind;
mod candidates;
mod claim;
mod coauthor;
mod conceal;
mod conflicted;
mod decided;
mod decline;
mod discard;
mod disclose;
mod fill_in;
mod found_out;
mod hand_over;
mod history;
mod late;
mod list;
mod persist_decision;
mod prospect;
mod put_by;
mod read;
mod redact;
mod settle;
mod step;
mod tick;
mod title;
mod unsaved;
mod vacate;
mod whole;

pub use act::{Acted, act, act_twice};
pub use answer::{Changes, answer};
pub use ask_disclosure::{
    AskedByLetter, AskedFor, DISCLOSE_TO_COME, Whom, ask_disclosures, asked_by_letter, with_disclosure,
};
pub use attention::{Wanting, wanting};
pub use begin::begin;
pub use begin_again::begin_again;
pub use candidates::{Candidate, candidates};
pub use coauthor::{NewCoAuthor, name_coauthor, remove_coauthor};
pub use conflicted::Conflicted;
pub use decided::Decided;
pub(super) use decided::decided;
pub use decline::{Because, DECLINE_TO_COME, Declinable, declinable, decline, with_decline};
pub use discard::discard;
pub use disclose::{
    Confirmed, Disclosing, MOST as MOST_RELATIONSHIPS, Rest, STATEMENT, Stated, StatedRelationship, disclose,
    disclosing,
};
pub use fill_in::{COLLIDED, Entry, FilledIn, Side, fill_in, mark};
pub use hand_over::{Consent, HandOver, consent, hand_over};
pub use history::{History, history};
pub use late::reckon_late;
pub use list::{count, mine, queue, shared, turn};
pub(super) use persist_decision::persist_decision;
pub use prospect::{Prospect, Prospected};
pub use put_by::put_by;
pub(in crate::usecase) use read::is_open_in;
pub use read::{Dossier, is_open, read};
pub use redact::{Redact, is_redactable, redact};
pub use settle::{Settled, Settlement, conflicts, settle};
pub use step::{Step, StepKind, step};
pub use tick::{due, tick, tick_failed};
pub use unsaved::{SEEN, USE, question_of};
pub use vacate::look_on;
pub(super) use vacate::{look_at_group, look_at_groups_of, look_where_acted, vacate, vacate_beside};
