//! Samples of every view: a small office that reads like the real field. Tests render them all, and the gallery shows
//! them.

pub(super) mod account;
pub(super) mod activity;
mod answer;
pub(super) mod api_reference;
pub(super) mod credit;
pub(super) mod definition;
pub(super) mod document;
pub(super) mod editor;
pub(super) mod erasure;
pub(super) mod error;
pub(super) mod form;
pub(super) mod home;
pub(super) mod letter;
pub(super) mod outbox;
pub(super) mod person;
pub(super) mod queue;
pub(super) mod review;
pub(super) mod section;
pub(super) mod submission;
pub(super) mod version;
pub(super) mod workflow;

use jiff::{
    civil::{Date, date},
    tz::{Offset, TimeZone},
};

use super::{
    Arithmetic, ArithmeticLine, Button, DemoBar, Fact, File, Head, Layout, Link, NavItem, Place, Signed, Step, Tag,
    Tone, Turn, View, Views, When,
};

/// The day on which the samples are looked at.
const TODAY: Date = date(2026, 11, 22);

/// A day of the months around [`TODAY`].
fn day(month: i8, day: i8) -> When {
    When::date(date(2026, month, day), TODAY)
}

/// A day of next year.
fn next_year(month: i8, day: i8) -> When {
    When::date(date(2027, month, day), TODAY)
}

/// An instant of the months around [`TODAY`].
fn at(month: i8, day: i8, hour: i8, minute: i8) -> When {
    let instant = |date: Date, hour, minute| Offset::UTC.to_timestamp(date.at(hour, minute, 0, 0)).unwrap_or_default();
    When::instant(instant(date(2026, month, day), hour, minute), instant(TODAY, 15, 0), &TimeZone::UTC)
}

fn text(words: &str) -> String {
    words.to_owned()
}

fn texts(words: &[&str]) -> Vec<String> {
    words.iter().copied().map(text).collect()
}

fn link(label: &str, href: &str) -> Link {
    Link::new(label, href)
}

fn tag(label: &str, tone: Tone) -> Tag {
    Tag::new(label, tone)
}

fn fact(label: &str, value: &str) -> Fact {
    Fact::new(label, value)
}

fn button(label: &str, action: &str, tone: Tone) -> Button {
    Button { label: text(label), action: text(action), version: Some(7), tone }
}

/// Steps with the current one given by its place.
fn steps(labels: &[&str], current: usize) -> Vec<Step> {
    let place = |index: usize| match index.cmp(&current) {
        std::cmp::Ordering::Less => Place::Done,
        std::cmp::Ordering::Equal => Place::Current,
        std::cmp::Ordering::Greater => Place::Ahead,
    };
    labels.iter().enumerate().map(|(index, label)| Step { label: text(label), place: place(index) }).collect()
}

/// The self-study of a family physician.
fn study(state: Tag) -> Head {
    Head {
        reference: text("SS-2026-0042"),
        title: text("Type 2 diabetes: what the 2026 guideline changes in family practice"),
        workflow: text("Self-study"),
        author: None,
        href: text("/submissions/SS-2026-0042"),
        state,
    }
}

/// A course, as others than its author see it.
fn course(state: Tag) -> Head {
    Head {
        reference: text("CA-2026-0007"),
        title: text("Point-of-care ultrasound for rural clinicians"),
        workflow: text("Self-produced course"),
        author: Some(text("Dr Miriam Adeyemi")),
        href: text("/submissions/CA-2026-0007"),
        state,
    }
}

fn file(name: &str, kind: &str, size: &str) -> File {
    File {
        id: text("0193-a1"),
        name: text(name),
        kind: text(kind),
        size: text(size),
        uploaded: at(11, 12, 18, 40),
        download: text("/documents/0193-a1"),
        view: matches!(kind, "PDF" | "Image" | "Text").then(|| text("/documents/0193-a1/view")),
        changed: None,
    }
}

fn turn(who: &str, since: When, by: Option<When>, next: &str) -> Turn {
    Turn { who: text(who), yours: who == "You", since, by, late: false, next: text(next) }
}

fn arithmetic() -> Arithmetic {
    let line = |label: &str, minutes, counted| ArithmeticLine { label: text(label), minutes, counted };
    Arithmetic {
        lines: vec![
            line("Welcome and housekeeping", 15, 0),
            line("Physics you need at the bedside", 45, 45),
            line("Lung and heart: hands-on in pairs", 90, 90),
            line("Lunch", 45, 0),
            line("The acute abdomen", 60, 60),
            line("Cases from six rural emergency rooms", 65, 65),
        ],
        total: 260,
        exact: text("4.33"),
        credit: text("4.25"),
        unit: text("AMA PRA Category 1 Credit"),
        rule: text(
            "60 minutes are 1 credit, rounded to the nearest quarter. Breaks, welcome and exhibits do not count.",
        ),
    }
}

/// A frame as it looks for somebody signed in.
fn layout(title: &str, signed: &Signed, nav: &[(&str, &str, Option<u32>)], current: &str) -> Layout {
    let nav = nav
        .iter()
        .map(|(label, href, count)| NavItem {
            label: text(label),
            href: text(href),
            current: *href == current,
            count: count.map(|count| count.to_string()),
        })
        .collect();
    Layout {
        title: text(title),
        organisation: text("Prairie States Academy of Family Medicine"),
        person: Some(signed.clone()),
        nav,
        flash: None,
        demo: Some(DemoBar { now: text("Sunday 22 November 2026, 09:00"), letters: 3 }),
        error: false,
    }
}

/// The frame, by who looks.
#[derive(Clone, Copy)]
enum Looker {
    Author,
    Reviewer,
    Coordinator,
    Nobody,
}

impl Looker {
    fn layout(self, title: &str, current: &str) -> Layout {
        let signed = |name: &str, initials: &str, duties: &[&str]| Signed {
            name: text(name),
            initials: text(initials),
            duties: texts(duties),
        };
        match self {
            Self::Author => {
                let nav = [("Your turn", "/", Some(1)), ("Credit", "/credits", None)];
                layout(title, &signed("Dr Lena Fischer", "LF", &[]), &nav, current)
            }
            Self::Reviewer => {
                let nav = [("Your turn", "/", Some(2)), ("Credit", "/credits", None)];
                layout(title, &signed("Dr Amara Okafor", "AO", &["Content reviewer", "Assessor"]), &nav, current)
            }
            Self::Coordinator => {
                let nav = [
                    ("Your turn", "/", Some(12)),
                    ("Queue", "/queue", None),
                    ("People", "/people", None),
                    ("Groups", "/groups", None),
                    ("Workflows", "/workflows", None),
                ];
                layout(title, &signed("Priya Raman", "PR", &["Coordinator"]), &nav, current)
            }
            Self::Nobody => Layout {
                title: text(title),
                organisation: text("Prairie States Academy of Family Medicine"),
                ..Layout::default()
            },
        }
    }
}

/// One sample page, rendered.
#[derive(Clone, Debug)]
pub struct SamplePage {
    /// `home_read-1`: the template and the sample's number.
    pub name: String,
    /// The template.
    pub template: &'static str,
    /// The page.
    pub html: String,
}

/// Every sample of every page, each in the frame of somebody who would look at it.
pub fn gallery(views: &Views) -> anyhow::Result<Vec<SamplePage>> {
    use super as view;
    let mut shown = Vec::new();
    show::<view::SignIn>(views, &Looker::Nobody.layout("Sign in", ""), &mut shown)?;
    show::<view::Home>(views, &Looker::Author.layout("Your turn", "/"), &mut shown)?;
    show::<view::Status>(views, &Looker::Author.layout("SS-2026-0042", ""), &mut shown)?;
    let section = Layout { error: true, ..Looker::Author.layout("What you studied", "") };
    show::<view::FormSection>(views, &section, &mut shown)?;
    show::<view::CheckAnswers>(views, &Looker::Author.layout("Check your answers", ""), &mut shown)?;
    show::<view::Form>(views, &Looker::Coordinator.layout("Form", ""), &mut shown)?;
    show::<view::Review>(views, &Looker::Reviewer.layout("Review", ""), &mut shown)?;
    let flash = Some(view::Flash { text: text("Dr Tomás Rivera was reminded."), tone: Tone::Good });
    let dossier = Layout { flash, ..Looker::Coordinator.layout("CA-2026-0007", "/queue") };
    show::<view::Dossier>(views, &dossier, &mut shown)?;
    show::<view::History>(views, &Looker::Coordinator.layout("History", ""), &mut shown)?;
    show::<view::Queue>(views, &Looker::Coordinator.layout("Queue", "/queue"), &mut shown)?;
    show::<view::Assign>(views, &Looker::Coordinator.layout("Assign", "/queue"), &mut shown)?;
    show::<view::Ledger>(views, &Looker::Author.layout("Your credit", "/credits"), &mut shown)?;
    show::<view::Catalogue>(views, &Looker::Nobody.layout("Accredited activities", ""), &mut shown)?;
    show::<view::Activity>(views, &Looker::Nobody.layout("Point-of-care ultrasound", ""), &mut shown)?;
    show::<view::People>(views, &Looker::Coordinator.layout("People", "/people"), &mut shown)?;
    show::<view::ErasurePage>(views, &Looker::Coordinator.layout("Erase a person", "/people"), &mut shown)?;
    show::<view::Groups>(views, &Looker::Coordinator.layout("Groups", "/groups"), &mut shown)?;
    show::<view::Outbox>(views, &Looker::Coordinator.layout("Outbox", ""), &mut shown)?;
    show::<view::ShownLetter>(views, &Looker::Coordinator.layout("Letter", ""), &mut shown)?;
    show::<view::DocumentView>(views, &Looker::Reviewer.layout("File", ""), &mut shown)?;
    show::<view::ErrorPage>(views, &Looker::Author.layout("Error", ""), &mut shown)?;
    show::<view::ApiReference>(views, &Looker::Nobody.layout("API", ""), &mut shown)?;
    show::<view::Workflows>(views, &Looker::Coordinator.layout("Workflows", "/workflows"), &mut shown)?;
    show::<view::DefinitionPage>(views, &Looker::Coordinator.layout("Self-study", "/workflows"), &mut shown)?;
    show::<view::Editor>(views, &Looker::Coordinator.layout("Edit the workflow", "/workflows"), &mut shown)?;
    show::<view::MigrationPage>(views, &Looker::Coordinator.layout("Migration", "/workflows"), &mut shown)?;
    show::<view::ReplayPage>(views, &Looker::Coordinator.layout("Replay", "/workflows"), &mut shown)?;
    Ok(shown)
}

fn show<T: View>(views: &Views, layout: &Layout, shown: &mut Vec<SamplePage>) -> anyhow::Result<()> {
    let stem = T::TEMPLATE.trim_start_matches("page/").trim_end_matches(".html");
    for (index, body) in T::samples().into_iter().enumerate() {
        let html = views.page(layout.clone(), body)?;
        shown.push(SamplePage { name: format!("{stem}-{}", index + 1), template: T::TEMPLATE, html });
    }
    Ok(())
}
