//! From the tree to a definition: keys, types and what stands where the file is silent.

mod award;
mod proof;
mod record;
mod requirement;
mod state;
mod transition;
mod wait;

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use requirement::Names;
pub(super) use requirement::Sets;

use super::{
    Fault,
    fields::{Fields, Reader, Spelling},
    form::{self, Within},
    names,
    tree::{Node, Tree},
    vocabulary::Vocabulary,
};
use crate::workflow::{
    Definition,
    definition::{CreditChoice, Question, Role, Separation, Subject},
};

/// The version of the format this reads.
const FORMAT: u32 = 1;

/// What the file says, as far as it says it, and the named sets of requirements, which are spelled out in the definition;
/// wherever a fault was reported a harmless value stands in.
pub(super) fn read(tree: &Tree<'_>) -> (Definition, Sets, Vec<Fault>) {
    let mut reader = Reader::of(tree);
    let (definition, sets) = definition(&mut reader, &tree.root);
    (definition, sets, reader.faults)
}

/// What the parser knew while it read this.
pub(super) fn vocabulary(tree: &Tree<'_>) -> Vocabulary {
    let mut reader = Reader::of(tree);
    definition(&mut reader, &tree.root);
    reader.vocabulary
}

fn definition<'t>(reader: &mut Reader<'t, '_>, root: &'t Node) -> (Definition, Sets) {
    let known = [
        "format",
        "workflow",
        "title",
        "lead",
        "subject",
        "reference",
        "form",
        "roles",
        "separation",
        "limits",
        "records",
        "requirements",
        "rubrics",
        "states",
        "transitions",
        "prove",
    ];
    let fields = reader.fields(root, "a workflow", &known);
    let format =
        reader.required(&fields, "format").and_then(|node| reader.plain_number(node, "format")).unwrap_or(FORMAT);
    if format != FORMAT {
        reader.fault(
            "format",
            fields.get("format").map_or(fields.at, |node| node.at),
            format!("this server reads format {FORMAT}"),
        );
    }
    let workflow = reader.text(&fields, "workflow");
    if let Some(node) = fields.get("workflow")
        && !workflow.is_empty()
    {
        reader.spelled(&workflow, node.at, Spelling::Hyphens);
    }
    let title = reader.text(&fields, "title");
    for key in ["roles", "states", "transitions"] {
        reader.required(&fields, key);
    }
    let form = form::sections(reader, fields.get("form"));
    let sets = requirement::sets(reader, fields.get("requirements"));
    let transitions = transition::all(reader, fields.get("transitions"), &Names::of(&sets, &form));
    let mut definition = Definition {
        format,
        title,
        lead: reader.text_if_any(&fields, "lead"),
        subject: subject(reader, &fields),
        reference: reference(reader, &fields, &workflow),
        workflow,
        form,
        roles: roles(reader, &fields),
        separation: separation(reader, &fields),
        limits: limits(reader, &fields),
        records: record::all(reader, fields.get("records")),
        rubrics: rubrics(reader, &fields),
        states: state::all(reader, fields.get("states")),
        transitions,
        prove: proof::all(reader, fields.get("prove")),
        credits: BTreeMap::new(),
        hash: String::new(),
    };
    name_credit_by_question(&mut definition);
    (definition, sets)
}

/// What an approval records.
fn subject<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Subject {
    let subjects = [
        ("course", Subject::Course),
        ("self-study", Subject::SelfStudy),
        ("teaching", Subject::Teaching),
        ("completion", Subject::Completion),
        ("statement", Subject::Statement),
    ];
    let node = reader.required(fields, "subject");
    node.and_then(|node| reader.plain_word(node, "subject", &subjects)).unwrap_or(Subject::Course)
}

/// An award's credit is a question's answer where a question has that name.
fn name_credit_by_question(definition: &mut Definition) {
    let questions: BTreeSet<String> = names::questions(definition).map(|question| question.id.clone()).collect();
    for award in definition.states.values_mut().filter_map(|state| state.award.as_mut()) {
        if let CreditChoice::Fixed(name) = &award.credit
            && questions.contains(name)
        {
            award.credit = CreditChoice::Asked(name.clone());
        }
    }
}

/// The prefix of references; the workflow's initials where the file is silent.
fn reference<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>, workflow: &str) -> String {
    let initials = || workflow.split('-').filter_map(|word| word.chars().next()).collect::<String>().to_uppercase();
    let Some(reference) = reader.text_if_any(fields, "reference") else { return initials() };
    if (1..=6).contains(&reference.len()) && reference.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return reference;
    }
    if let Some(node) = fields.get("reference") {
        reader.fault("format", node.at, "'reference' is one to six capital letters, as SS in SS-2026-0042");
    }
    initials()
}

fn roles<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> IndexMap<String, Role> {
    reader
        .entries(fields.get("roles"), "roles", Spelling::Hyphens)
        .into_iter()
        .map(|(id, node)| {
            let fields = reader.fields(node, "a role", &["is", "group", "at_least"]);
            if fields.has("is") {
                reader.word(&fields, "is", &[("submitter", ())]);
                if fields.has("group") || fields.has("at_least") {
                    reader.fault("format", fields.at, "a role is either the submitter or a group");
                }
                return (id.to_owned(), Role::Submitter);
            }
            let group = reader.text(&fields, "group");
            let at_least = reader.number(&fields, "at_least").unwrap_or(1);
            if at_least == 0 {
                reader.fault("quorum", fields.at, "'at_least' is 1 or more");
            }
            (id.to_owned(), Role::Group { group, at_least })
        })
        .collect()
}

fn separation<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Vec<Separation> {
    reader
        .items(fields.get("separation"), "'separation'")
        .iter()
        .map(|node| {
            let fields = reader.fields(node, "a separation", &["person", "never_acts_as"]);
            let person = reader.text(&fields, "person");
            reader.required(&fields, "never_acts_as");
            Separation { person, never_acts_as: reader.texts(&fields, "never_acts_as") }
        })
        .collect()
}

fn limits<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> IndexMap<String, u32> {
    reader
        .entries(fields.get("limits"), "limits", Spelling::Underscores)
        .into_iter()
        .filter_map(|(id, node)| reader.plain_number(node, id).map(|bound| (id.to_owned(), bound)))
        .collect()
}

fn rubrics<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> IndexMap<String, Vec<Question>> {
    reader
        .entries(fields.get("rubrics"), "rubrics", Spelling::Hyphens)
        .into_iter()
        .map(|(id, node)| (id.to_owned(), form::questions_of(reader, Some(node), Within::Decision)))
        .collect()
}
