//! One submission: its pages, and what they are made of.

pub mod act;
pub mod answer;
pub mod assign;
pub mod author_page;
pub mod change;
pub mod check;
pub mod coauthors;
pub mod conflicts;
pub mod decline;
pub mod disclose;
pub mod disclosures;
pub mod document;
pub mod hand_over;
pub mod history;
pub mod office_page;
pub mod prospect;
pub mod redact;
pub mod request;
pub mod review;
pub mod section;
pub mod steps;
