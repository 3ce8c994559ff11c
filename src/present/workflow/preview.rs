//! A definition as a picture, as a table, and as the form that its authors see.

use serde::Serialize;

use crate::{
    access::Part,
    credit::CreditType,
    present::{
        arithmetic,
        form::{
            data::FormData,
            fault::Faults,
            field::{self, Field, Sheet},
        },
        words,
    },
    usecase::submission::Dossier,
    workflow::{
        Definition,
        definition::{Kind, Question},
        diagram::{Passage, Picture, Place, Sheet as Paper, Trail},
    },
};

/// A definition drawn. What it says stands in words beside it.
#[derive(Clone, Debug, Serialize)]
pub struct Drawing {
    /// SVG that the server made, without styles and scripts; it is put into the page as it is.
    pub svg: String,
    /// `Drawing of Recognition of documented self-study`: the name of the part of the page that scrolls.
    pub name: String,
}

/// A state with the ways out of it.
#[derive(Clone, Debug, Serialize)]
pub struct ShownState {
    /// As the office reads it.
    pub label: String,
    /// `Assessment by the assessor: 1 verdict`, `Records credit`, `The office's clock stands still`.
    pub notes: Vec<String>,
    /// The ways out, in the order of the file; none for an end.
    pub ways: Vec<Way>,
}

/// A way out of a state.
#[derive(Clone, Debug, Serialize)]
pub struct Way {
    /// What the button says, or what happens.
    pub what: String,
    /// `Author`, `After 30 days`, `By itself: assess complete`.
    pub cause: String,
    /// The state it leads to.
    pub to: String,
}

/// A section of the form, as its author will see it.
#[derive(Clone, Debug, Serialize)]
pub struct ShownSection {
    pub title: String,
    /// Its questions; nothing can be entered.
    pub fields: Vec<Field>,
}

/// Names of questions that are only shown begin with this: they are no ids of the page.
const SHOWN: &str = "form/";

pub(super) fn drawing(definition: &Definition) -> Drawing {
    drawn(definition, &Picture::of(definition), None)
}

/// The workflow of a submission, with the way that it took as far as the reader may know it.
pub(crate) fn taken(dossier: &Dossier) -> Drawing {
    let mut trail = Trail::of(&dossier.events);
    // Not everybody is told of every step; where it is now everybody is.
    dossier.case.submission.item.state.clone_into(&mut trail.here);
    let picture = Picture::of(&dossier.case.definition);
    let picture = if dossier.sight.knows(Part::History) { picture } else { picture.without_rules() };
    drawn(&dossier.case.definition, &picture, Some(&trail))
}

fn drawn(definition: &Definition, picture: &Picture, trail: Option<&Trail>) -> Drawing {
    let svg = picture.svg(Paper::Page, trail);
    Drawing { svg, name: format!("Drawing of “{}”, scrolls sideways", definition.title) }
}

/// The same as a table: every state, and every way out of it.
pub(super) fn states(definition: &Definition) -> Vec<ShownState> {
    let picture = Picture::of(definition);
    let label = |id: &str| definition.state_called(id);
    let state = |place: &Place| {
        let lines = picture.lines.iter().filter(|line| line.from == place.id);
        let on = lines.flat_map(|line| line.passages.iter().map(|passage| way(passage, label(&line.to))));
        let out = place.exits.iter().map(|exit| way(&exit.passage, label(&exit.to)));
        ShownState { label: label(&place.id), notes: notes(place), ways: on.chain(out).collect() }
    };
    picture.places.iter().map(state).collect()
}

fn way(passage: &Passage, to: String) -> Way {
    Way { what: passage.label.clone(), cause: words::capital(&passage.cause), to }
}

fn notes(place: &Place) -> Vec<String> {
    let reviews = place.reviews.iter().map(|review| {
        let verdicts = words::many(usize::try_from(review.quorum).unwrap_or(0), "verdict");
        format!("{} by {}: {verdicts}", review.name, review.role)
    });
    reviews.chain(place.notes.iter().map(|note| words::capital(note))).collect()
}

/// The form, section by section; a table has one empty row, so that its columns are seen.
pub(super) fn form(definition: &Definition) -> Vec<ShownSection> {
    let credit = arithmetic::designated(definition);
    let section = |section: &crate::workflow::definition::Section| ShownSection {
        title: section.title.clone(),
        fields: section.questions.iter().map(|question| shown(question, credit)).collect(),
    };
    definition.form.iter().map(section).collect()
}

fn shown(question: &Question, credit: Option<&CreditType>) -> Field {
    let faults = Faults::default();
    if matches!(question.kind, Kind::Files { .. }) {
        let asked = field::files(question, Vec::new(), String::new(), &faults);
        return Field { name: format!("{SHOWN}{}", question.id), ..asked };
    }
    let row = (format!("{SHOWN}{}/0/", question.id), String::new());
    let typed = FormData(vec![row]);
    Sheet { typed: &typed, faults: &faults, credit, named: &[], disclosed: &[] }.field(question, SHOWN)
}
