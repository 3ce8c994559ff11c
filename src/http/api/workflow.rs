//! Workflows as they are now: form, states, transitions.

use std::sync::Arc;

use axum::Json;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    http::{Problem, Site, input::Path},
    usecase::{Call, definition},
    workflow::{
        Definition,
        definition::{KindName, Question, Since, State, StateKind, Track, Transition, Trigger, Verdict},
    },
};

/// All routes of workflows.
pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new().routes(routes!(workflows)).routes(routes!(workflow))
}

/// A workflow by name.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({"id": "self-study", "title": "Recognition of documented self-study"}))]
struct TitleOut {
    /// Its id.
    id: String,
    /// What people call it.
    title: String,
}

/// A workflow.
#[derive(Serialize, ToSchema)]
struct WorkflowOut {
    /// Its id.
    id: String,
    /// What people call it.
    title: String,
    /// The identity of this version: SHA-256 of its canonical form.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    definition: String,
    /// What the author is asked, section by section.
    form: Vec<SectionOut>,
    /// Its states.
    states: Vec<DefinedStateOut>,
    /// The ways between them.
    transitions: Vec<TransitionOut>,
}

/// A part of the form.
#[derive(Serialize, ToSchema)]
struct SectionOut {
    /// Its id.
    id: String,
    /// Its heading.
    title: String,
    /// What it asks.
    questions: Vec<QuestionOut>,
}

/// A question. What else it has depends on its type: `min`, `max`, `step`, `options`, `columns`, `accept`, …
#[derive(Serialize, ToSchema)]
#[schema(example = json!({"id": "hours", "label": "Hours claimed", "hint": null, "optional": false, "type": "decimal",
    "min": "0.25", "max": "20", "step": "0.25"}))]
struct QuestionOut {
    /// Its id: the key of its answer.
    id: String,
    /// As people read it.
    label: String,
    /// Help.
    hint: Option<String>,
    /// Whether it may stay unanswered.
    optional: bool,
    /// What an answer looks like.
    #[serde(rename = "type")]
    kind: KindName,
    /// Its bounds.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    bounds: Map<String, Value>,
}

/// A state.
#[derive(Serialize, ToSchema)]
struct DefinedStateOut {
    /// Its id.
    id: String,
    /// Where it stands in the life of a submission.
    kind: StateKind,
    /// As the office reads it.
    label: String,
    /// As the author reads it, where that differs.
    author_label: Option<String>,
    /// Reviews that run side by side in it.
    tracks: Vec<DefinedTrackOut>,
}

/// A review of a state.
#[derive(Serialize, ToSchema)]
struct DefinedTrackOut {
    /// Its id.
    id: String,
    /// What people call it.
    label: String,
    /// Who reviews.
    role: String,
    /// Most persons at a time.
    seats: u32,
    /// Verdicts that complete it.
    quorum: u32,
    /// Verdicts that may be given.
    verdicts: Vec<Verdict>,
    /// What a reviewer fills in.
    rubric: Vec<QuestionOut>,
}

/// A way from one state to another.
#[derive(Serialize, ToSchema)]
struct TransitionOut {
    /// Its id.
    id: String,
    /// Where it is offered.
    from: Vec<String>,
    /// Where it leads.
    to: String,
    /// What a button would say.
    label: String,
    /// The roles that may take it; empty where time or a rule does.
    by: Vec<String>,
    /// The time after which it happens by itself, as in `P30D`.
    after: Option<String>,
    /// What that time counts from: transitions, or the name of a date; without any it is the entry into the state.
    since: Vec<String>,
    /// What is asked of whoever takes it.
    asks: Vec<QuestionOut>,
}

/// List workflows
#[utoipa::path(get, path = "/workflows", tag = "Workflows",
    responses((status = 200, description = "Those that submissions can be begun in", body = [TitleOut])))]
async fn workflows(call: Call) -> Result<Json<Vec<TitleOut>>, Problem> {
    let current = definition::current(&call.context).await?;
    let title =
        |definition: &Arc<Definition>| TitleOut { id: definition.workflow.clone(), title: definition.title.clone() };
    Ok(Json(current.iter().map(title).collect()))
}

/// Read a workflow
///
/// As new submissions follow it: what its form asks, its states and the ways between them.
#[utoipa::path(get, path = "/workflows/{id}", tag = "Workflows",
    params(("id" = String, Path, description = "As in `self-study`")),
    responses((status = 200, description = "The workflow", body = WorkflowOut)))]
async fn workflow(call: Call, Path(id): Path<String>) -> Result<Json<WorkflowOut>, Problem> {
    let current = definition::current(&call.context).await?;
    let found = current.iter().find(|definition| definition.workflow == id).ok_or_else(Problem::not_found)?;
    Ok(Json(WorkflowOut::of(found)))
}

impl WorkflowOut {
    fn of(definition: &Definition) -> Self {
        let form = definition.form.iter().map(|section| SectionOut {
            id: section.section.clone(),
            title: section.title.clone(),
            questions: section.questions.iter().map(QuestionOut::of).collect(),
        });
        Self {
            id: definition.workflow.clone(),
            title: definition.title.clone(),
            definition: definition.hash.clone(),
            form: form.collect(),
            states: definition.states.iter().map(|(id, state)| DefinedStateOut::of(definition, id, state)).collect(),
            transitions: definition.transitions.iter().map(|(id, step)| TransitionOut::of(id, step)).collect(),
        }
    }
}

impl QuestionOut {
    fn of(question: &Question) -> Self {
        let mut bounds = match serde_json::to_value(&question.kind) {
            Ok(Value::Object(kind)) => kind,
            _ => Map::new(),
        };
        bounds.remove("type");
        Self {
            id: question.id.clone(),
            label: question.label.clone(),
            hint: question.hint.clone(),
            optional: question.optional,
            kind: KindName::from(&question.kind),
            bounds,
        }
    }
}

impl DefinedStateOut {
    fn of(definition: &Definition, id: &str, state: &State) -> Self {
        Self {
            id: id.to_owned(),
            kind: state.kind,
            label: state.label.clone(),
            author_label: state.author_label.clone(),
            tracks: state.tracks.iter().map(|(id, track)| DefinedTrackOut::of(definition, id, track)).collect(),
        }
    }
}

impl DefinedTrackOut {
    fn of(definition: &Definition, id: &str, track: &Track) -> Self {
        let rubric = track.rubric.as_ref().and_then(|rubric| definition.rubrics.get(rubric));
        Self {
            id: id.to_owned(),
            label: track.title(id),
            role: track.role.clone(),
            seats: track.seats,
            quorum: track.quorum,
            verdicts: track.verdicts.clone(),
            rubric: rubric.map_or_else(Vec::new, |questions| questions.iter().map(QuestionOut::of).collect()),
        }
    }
}

impl TransitionOut {
    fn of(id: &str, transition: &Transition) -> Self {
        let (by, after) = match &transition.trigger {
            Trigger::By(roles) => (roles.clone(), None),
            Trigger::After(wait) => (Vec::new(), Some(wait.to_string())),
            Trigger::Auto => (Vec::new(), None),
        };
        Self {
            id: id.to_owned(),
            from: transition.from.clone(),
            to: transition.to.clone(),
            label: transition.label.clone(),
            by,
            after,
            since: match &transition.since {
                Since::Entry => Vec::new(),
                Since::Steps(steps) => steps.clone(),
                Since::Date(name) => vec![name.clone()],
            },
            asks: transition.asks.iter().map(QuestionOut::of).collect(),
        }
    }
}
