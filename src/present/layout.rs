//! The frame of every page: ways by duty, what just happened, the demo's bar.

use serde::Serialize;

use super::{
    View,
    part::Tone,
    words::{self, calendar::Calendar, turn},
};
use crate::{
    access::Caller,
    domain::Duty,
    model::Count,
    usecase::{account::Authenticated, admin::PageHeader},
};

/// A page: what surrounds it and what it is about.
#[derive(Clone, Debug, Serialize)]
pub struct Page<T: View> {
    pub layout: Layout,
    pub body: T,
}

/// The frame of a page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Layout {
    /// Of this page; the browser's title is made of it.
    pub title: String,
    pub organisation: String,
    pub person: Option<SignedIn>,
    pub nav: Vec<NavItem>,
    pub flash: Option<Flash>,
    pub demo: Option<DemoBar>,
    /// Whether something on the page is wrong: the title then begins with `Error:`.
    pub error: bool,
}

/// Who is signed in.
#[derive(Clone, Debug, Serialize)]
pub struct SignedIn {
    /// Under which the browser keeps what this person types.
    pub id: String,
    pub name: String,
    pub initials: String,
    /// `Coordinator`, `Content reviewer`; in words.
    pub duties: Vec<String>,
}

/// One way on top.
#[derive(Clone, Debug, Serialize)]
pub struct NavItem {
    pub label: String,
    pub href: String,
    /// Whether the page belongs to it.
    pub current: bool,
    /// How many things wait there: `3`, `100+`.
    pub count: Option<String>,
}

/// What just happened, said once.
#[derive(Clone, Debug, Serialize)]
pub struct Flash {
    pub text: String,
    pub tone: Tone,
}

/// The demo's bar: its clock can be moved on (POST `/demo/clock` with `days`), and people changed.
#[derive(Clone, Debug, Serialize)]
pub struct DemoBar {
    /// The demo's date and time.
    pub now: String,
    pub letters: u32,
}

impl<T: View> Page<T> {
    /// A page in its frame.
    pub fn new(layout: Layout, body: T) -> Self {
        Self { layout, body }
    }
}

/// The frame of one page.
pub(crate) fn of(
    page_header: &PageHeader,
    signed: Option<&Authenticated>,
    title: &str,
    path: &str,
    done: Option<String>,
) -> Layout {
    Layout {
        title: title.to_owned(),
        organisation: page_header.organisation.name.clone(),
        person: signed.map(|signed| person(page_header, signed)),
        nav: nav(signed.map(|signed| &signed.caller), page_header.waiting, path),
        flash: done.map(|text| Flash { text, tone: Tone::Good }),
        demo: page_header.letters.map(|letters| DemoBar {
            now: Calendar::new(page_header.now, page_header.calendar.clone()).clock(),
            letters: u32::try_from(letters).unwrap_or(u32::MAX),
        }),
        error: false,
    }
}

/// The frame of a page that says what went wrong. Nothing is read for it.
pub(crate) fn of_error(title: &str, signed: Option<&Authenticated>) -> Layout {
    let person = signed.map(|signed| SignedIn {
        id: signed.person.id.to_string(),
        name: signed.person.name.clone(),
        initials: words::initials(&signed.person.name),
        duties: signed.person.duties.iter().map(|duty| words::duty(*duty).to_owned()).collect(),
    });
    let nav = nav(signed.map(|signed| &signed.caller), None, "");
    Layout { title: title.to_owned(), person, nav, error: true, ..Layout::default() }
}

fn person(page_header: &PageHeader, signed: &Authenticated) -> SignedIn {
    let duties = signed.person.duties.iter().map(|duty| words::duty(*duty).to_owned());
    let groups = signed.caller.groups.iter().map(|slug| turn::title(&page_header.groups, slug));
    SignedIn {
        id: signed.person.id.to_string(),
        name: signed.person.name.clone(),
        initials: words::initials(&signed.person.name),
        duties: duties.chain(groups).collect(),
    }
}

fn nav(caller: Option<&Caller>, waiting: Option<Count>, path: &str) -> Vec<NavItem> {
    let count = waiting.and_then(|count| match count {
        Count::Exactly(0) => None,
        Count::Exactly(number) => Some(number.to_string()),
        Count::MoreThan(most) | Count::AtLeast(most) => Some(format!("{most}+")),
    });
    ways(caller)
        .into_iter()
        .map(|(label, href)| NavItem {
            label: label.to_owned(),
            href: href.to_owned(),
            current: path == href || (href != "/" && path.starts_with(&format!("{href}/"))),
            count: count.clone().filter(|_| href == "/"),
        })
        .collect()
}

/// The ways that are open to somebody, by duty.
fn ways(caller: Option<&Caller>) -> Vec<(&'static str, &'static str)> {
    let Some(caller) = caller else { return vec![("Accredited activities", "/catalogue"), ("Sign in", "/sign-in")] };
    let has = |duties: &[Duty]| duties.iter().any(|duty| caller.duties.contains(duty));
    let queue = has(&[Duty::Coordinator, Duty::Auditor]).then_some(("Queue", "/queue"));
    let office: &[(&str, &str)] = if caller.duties.is_empty() {
        &[]
    } else {
        &[("People", "/people"), ("Groups", "/groups"), ("Workflows", "/workflows")]
    };
    let trail = has(&[Duty::Auditor, Duty::Administrator]).then_some(("Trail", "/trail"));
    let house: &[(&str, &str)] =
        if has(&[Duty::Administrator]) { &[("Organisation", "/organisation"), ("Outbox", "/outbox")] } else { &[] };
    [("Home", "/")]
        .into_iter()
        .chain(queue)
        .chain([("Credit", "/credits"), ("Catalogue", "/catalogue")])
        .chain(office.iter().copied())
        .chain(house.iter().copied())
        .chain(trail)
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use uuid::Uuid;

    use super::*;
    use crate::domain::PersonId;

    fn labels(duties: &[Duty]) -> Vec<&'static str> {
        let caller =
            Caller { person: PersonId(Uuid::nil()), duties: duties.iter().copied().collect(), groups: BTreeSet::new() };
        ways(Some(&caller)).into_iter().map(|(label, _)| label).collect()
    }

    #[test]
    fn the_ways_on_top_follow_the_duties() {
        assert_eq!(labels(&[]), ["Home", "Credit", "Catalogue"]);
        assert_eq!(
            labels(&[Duty::Auditor]),
            ["Home", "Queue", "Credit", "Catalogue", "People", "Groups", "Workflows", "Trail"]
        );
        let administrator = labels(&[Duty::Administrator]);
        assert!(administrator.contains(&"Organisation") && !administrator.contains(&"Queue"));
    }
}
