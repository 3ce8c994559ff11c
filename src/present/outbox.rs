//! The demo's outbox.

use serde::Serialize;

use super::{
    View,
    part::{Link, Pager},
    path,
    words::{calendar::Calendar, when::When},
};
use crate::model::{Mail, Page};

#[derive(Clone, Debug, Serialize)]
pub struct Outbox {
    pub rows: Vec<LetterRow>,
    pub pager: Pager,
}

/// One letter in the list.
#[derive(Clone, Debug, Serialize)]
pub struct LetterRow {
    pub href: String,
    pub to: String,
    pub subject: String,
    /// The first line: whose attention, by when.
    pub first_line: String,
    pub at: When,
}

/// One letter as it would have been read.
#[derive(Clone, Debug, Serialize)]
pub struct ShownLetter {
    pub to: String,
    pub from: String,
    pub subject: String,
    pub at: When,
    pub text: String,
    /// Addresses in the text, from `/`, so that the demo can follow them.
    pub links: Vec<Link>,
}

impl View for Outbox {
    const TEMPLATE: &'static str = "page/outbox_list.html";
}

impl View for ShownLetter {
    const TEMPLATE: &'static str = "page/letter_read.html";
}

pub(crate) fn of(page: &Page<Mail>, calendar: &Calendar) -> Outbox {
    Outbox {
        rows: page
            .rows
            .iter()
            .map(|mail| LetterRow {
                href: format!("/outbox/{}", mail.id),
                to: mail.to.to_string(),
                subject: mail.subject.clone(),
                first_line: mail.text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().to_owned(),
                at: calendar.instant(mail.queued_at),
            })
            .collect(),
        pager: Pager {
            text: crate::present::words::many(page.rows.len(), "letter"),
            previous: None,
            next: page.next.as_ref().map(|cursor| path::with("/outbox", "cursor", cursor)),
        },
    }
}

pub(crate) fn letter(mail: &Mail, from: &str, calendar: &Calendar) -> ShownLetter {
    ShownLetter {
        to: mail.to.to_string(),
        from: from.to_owned(),
        subject: mail.subject.clone(),
        at: calendar.instant(mail.queued_at),
        text: mail.text.clone(),
        links: links(&mail.text),
    }
}

/// Addresses in a letter, without scheme and host, so that they are followed within the demo.
fn links(text: &str) -> Vec<Link> {
    let addresses = text.split_whitespace().filter(|word| word.starts_with("http://") || word.starts_with("https://"));
    let mut links: Vec<Link> = addresses
        .filter_map(|address| {
            let (_, rest) = address.split_once("://")?;
            let (_, path) = rest.split_once('/')?;
            let href = format!("/{}", path.trim_end_matches(['.', ',', ')', '>']));
            path::local(&href).map(|href| Link { label: "Open".to_owned(), href: href.to_owned() })
        })
        .collect();
    links.dedup_by(|a, b| a.href == b.href);
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_a_letter_lead_within_the_demo() {
        let found = links(
            "Your turn by Friday.\n\nGo to http://127.0.0.1:8080/s/SS-2026-0042. Or https://x.example/a\nhttp://x",
        );
        let addresses: Vec<&str> = found.iter().map(|link| link.href.as_str()).collect();
        assert_eq!(addresses, ["/s/SS-2026-0042", "/a"]);
    }
}
