//! Pictures of the shipped workflows, and of ones that are hard to draw.

use super::*;
use crate::workflow::{Definition, Event, EventKind, check::tests::credits, load};

pub(super) const SHIPPED: [&str; 6] = [
    include_str!("../../../workflows/self-study.yaml"),
    include_str!("../../../workflows/course-accreditation.yaml"),
    include_str!("../../../workflows/aafp-activity.yaml"),
    include_str!("../../../workflows/nursing-activity.yaml"),
    include_str!("../../../workflows/teaching.yaml"),
    include_str!("../../../workflows/disclosure.yaml"),
];

/// A state that leads to itself, two ways between the same states, a way back, text that is no XML, a long word.
const HARD: &str = r#"
format: 1
workflow: hard
title: Hard <to> draw & "quote"
subject: course
roles:
  author: { is: submitter }
  editor: { group: editors, at_least: 1 }
states:
  draft: { kind: start, label: "Draft <b>" }
  again: { label: 'Again & again', remind: [P1D] }
  end:   { kind: end, label: Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen }
transitions:
  go:    { from: [draft], to: again, by: [author] }
  other: { from: [draft], to: again, after: P1Y6M }
  loop:  { from: [again], to: again, by: [editor], unbounded: ok }
  back:  { from: [again], to: draft, by: [editor, author], label: 'Back "now"', unbounded: ok }
  end:   { from: [again], to: end, after: PT12H }
"#;

pub(super) fn definition(source: &str) -> Definition {
    load(source, &credits()).unwrap_or_else(|faults| panic!("{faults:?}")).0
}

pub(super) fn pictures() -> Vec<Picture> {
    SHIPPED.iter().chain([&HARD]).map(|source| Picture::of(&definition(source))).collect()
}

/// The picture in lines of text.
fn outline(picture: &Picture) -> String {
    let mut lines = vec![picture.title.clone()];
    for place in &picture.places {
        let aside = if place.aside { ", without a line" } else { "" };
        lines.push(format!("\n[{}] {:?}{aside} {}", place.label, place.kind, place.notes.join("; ")));
        for review in &place.reviews {
            lines.push(format!("  {} by {}: {} of {}", review.name, review.role, review.quorum, review.seats));
        }
        for exit in &place.exits {
            lines.push(format!("  out to [{}]: {}, {}", exit.label, exit.passage.label, exit.passage.cause));
        }
        for line in picture.lines.iter().filter(|line| line.from == place.id) {
            for passage in &line.passages {
                lines.push(format!("  -> [{}]: {}, {}", picture.label(&line.to), passage.label, passage.cause));
            }
        }
    }
    lines.join("\n")
}

#[test]
fn the_pictures_of_the_shipped_workflows_say_who_leads_where_and_when() {
    for picture in pictures() {
        insta::assert_snapshot!(picture.workflow.clone(), outline(&picture));
    }
}

#[test]
fn every_transition_is_in_the_picture_once_for_each_state_it_leaves() {
    for source in SHIPPED {
        let definition = definition(source);
        let picture = Picture::of(&definition);
        let mut drawn: Vec<(String, String, String)> = picture
            .passages()
            .map(|(from, to, passage)| (passage.transition.clone(), from.to_owned(), to.to_owned()))
            .collect();
        let mut there: Vec<(String, String, String)> = definition
            .transitions
            .iter()
            .flat_map(|(id, way)| way.from.iter().map(move |from| (id.clone(), from.clone(), way.to.clone())))
            .collect();
        drawn.sort();
        there.sort();
        assert_eq!(drawn, there);
    }
}

#[test]
fn a_picture_is_drawn_the_same_way_every_time() {
    for picture in pictures() {
        assert_eq!(picture.svg(Sheet::Page, None), picture.clone().svg(Sheet::Page, None));
    }
}

#[test]
fn a_trail_lights_where_the_item_is_and_what_it_took() {
    let picture = Picture::of(&definition(SHIPPED[0]));
    let event = |what| Event { sequence: 1, at: jiff::Timestamp::UNIX_EPOCH, by: None, role: None, what };
    let moved = |transition: &str, from: &str, to: &str| {
        event(EventKind::Moved {
            transition: transition.to_owned(),
            from: from.to_owned(),
            to: to.to_owned(),
            note: None,
            asked: crate::domain::Answers::default(),
            closed: false,
        })
    };
    let history = [
        event(EventKind::Begun { state: "draft".to_owned() }),
        moved("submit", "draft", "assessment"),
        moved("late", "assessment", "overdue"),
    ];
    let trail = Trail::of(&history);
    assert_eq!(trail.here, "overdue");
    let svg = picture.svg(Sheet::Page, Some(&trail));
    assert_eq!(svg.matches("class=\"place here\"").count(), 1);
    assert_eq!(svg.matches(">Now</text>").count(), 1);
    assert_eq!(svg.matches("class=\"way\"").count(), 2, "two ways taken");
    assert_eq!(svg.matches("class=\"way untaken\"").count(), picture.lines.len() - 2);
}

#[test]
fn a_page_with_a_strict_content_policy_can_hold_a_picture() {
    for picture in pictures() {
        let svg = picture.svg(Sheet::Page, None);
        for forbidden in ["<style", " style=", "<script", "href", "url(", "onload"] {
            assert!(!svg.contains(forbidden), "{forbidden} in {}", picture.workflow);
        }
        assert!(picture.svg(Sheet::File, None).contains("prefers-color-scheme:dark"));
    }
}

#[test]
fn text_is_escaped_in_every_format() {
    let picture = Picture::of(&definition(HARD));
    let svg = picture.svg(Sheet::File, None);
    assert!(svg.contains("Hard &lt;to&gt; draw &amp; &quot;quote&quot;") && !svg.contains("<b>"), "{svg}");
    let dot = picture.dot();
    assert!(dot.contains(r#"Back \"now\"\n"#), "{dot}");
    let mermaid = picture.mermaid();
    assert!(mermaid.contains("Back 'now'") && mermaid.contains("after 1 year and 6 months"), "{mermaid}");
}

/// What of Mermaid's `stateDiagram-v2` is written: one statement a line, ids of letters, digits and underscores.
#[test]
fn every_line_for_mermaid_is_a_statement() {
    for picture in pictures() {
        let mermaid = picture.mermaid();
        let mut lines = mermaid.lines().skip(4);
        assert!(mermaid.starts_with("---\ntitle: \"") && mermaid.lines().nth(3) == Some("stateDiagram-v2"));
        assert!(lines.all(statement), "{mermaid}");
    }
}

fn statement(line: &str) -> bool {
    let id = |text: &str| text == "[*]" || text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let words = |text: &str| !text.is_empty() && !text.contains(['"', ':', ';', '#']);
    let line = line.trim();
    if let Some(rest) = line.strip_prefix("state \"") {
        return rest.split_once("\" as ").is_some_and(|(label, name)| words(label) && id(name));
    }
    let (ends, label) = line.split_once(" : ").map_or((line, "x"), |(ends, label)| (ends, label));
    words(label) && ends.split(" --> ").all(id)
}
