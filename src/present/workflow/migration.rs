//! Open submissions taken over to the version in force: planned, then carried out.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{
    countersign::{Countersigning, countersign},
    short,
};
use crate::{
    domain::PersonId,
    model::{MigrationPlan, Page},
    present::{
        View,
        form::{
            Entered, Folded, Form,
            data::FormData,
            fault::Faults,
            field::{Choice, Control, Field},
            place,
        },
        part::{Fact, Fault, Link, Pager},
        path,
        words::{self, calendar::Calendar},
    },
    usecase::definition::{Compared, Fate},
    workflow::{Definition, Mapping, definition::Trigger},
};

/// A plan to take open submissions over.
#[derive(Clone, Debug, Serialize)]
pub struct MigrationPage {
    pub back: Link,
    /// What goes over, and whether it did.
    pub lead: String,
    /// Versions, who planned it, what becomes of what.
    pub facts: Vec<Fact>,
    /// What is wrong with what was just posted, submissions in the way too.
    pub faults: Vec<Fault>,
    /// What would happen to each submission now.
    pub rows: Vec<FateRow>,
    pub pager: Pager,
    /// How it is carried out, for those who may and while it was not.
    pub run: Option<Countersigning>,
}

/// What a migration means for one submission.
#[derive(Clone, Debug, Serialize)]
pub struct FateRow {
    pub reference: String,
    /// Where the reader may open it.
    pub href: Option<String>,
    pub title: Option<String>,
    /// The state it is in.
    pub from: String,
    /// The state it would be in; nothing where it cannot go over.
    pub to: Option<String>,
    /// What is in the way, or else what happens besides.
    pub notes: Vec<String>,
}

impl View for MigrationPage {
    const TEMPLATE: &'static str = "page/workflow_migrate.html";
}

/// Chosen for what goes over to nothing: it is over, and the new version does not look at it.
const LET_GO: &str = "-";

/// The names of a version that a mapping is about.
struct Names {
    kind: &'static str,
    heading: &'static str,
    old: Vec<(String, String)>,
    new: Vec<(String, String)>,
    /// Whether what has this name may be let go.
    may_end: bool,
}

/// Planning a migration: a question for each name that the new version does not have, and folded away one for each that it
/// has, as the same name may stand for something else there.
pub(crate) fn mapping(id: &str, compared: &Compared, entered: &Entered) -> Form {
    let Entered { fields: typed, faults } = entered;
    let (from, to) = (compared.from.as_ref(), compared.to.as_ref());
    let names = names(from, to);
    let ask = |fate| names.iter().flat_map(|names| asked(names, fate, typed, faults)).collect::<Vec<Field>>();
    let (fields, kept) = (ask(Unsaid::Lost), ask(Unsaid::Kept));
    let asks = if fields.is_empty() {
        "Every name of the old version is in the new one, so there is nothing to choose."
    } else {
        "Say what the new version calls what it does not have under the old name. Everything else keeps its name."
    };
    let touched = |field: &Field| field.fault.is_some() || !typed.text(&field.name).is_empty();
    let folded = (!kept.is_empty()).then(|| Folded {
        summary: format!("Change more: {} of both versions", words::many(kept.len(), "name")),
        lead: "Each stays what it is unless you choose something else. Do so where the new version means something else by \
               the same name."
            .to_owned(),
        open: kept.iter().any(touched),
        fields: kept,
    });
    let base = format!("/workflows/{}", path::encoded(id));
    let action = path::with(&format!("{base}/migrate"), "from", &from.hash);
    let all: Vec<Field> = fields.iter().chain(folded.iter().flat_map(|folded| &folded.fields)).cloned().collect();
    Form {
        heading: "Plan to take open submissions over".to_owned(),
        lead: Some(format!(
            "From version {} to version {}, which is in force. {asks} You then see what would happen to each submission, \
             and a second administrator carries it out.",
            short(&from.hash),
            short(&to.hash)
        )),
        faults: faults.list(&place::places(&all)),
        folded,
        ..Form::plain(fields, faults, action, "Plan it", Link::new(&to.title, &base))
    }
}

/// What becomes of a name of the old version where nothing is said.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unsaid {
    /// The new version does not have it.
    Lost,
    /// The new version has it too.
    Kept,
}

/// The questions about names with one fate.
fn asked(names: &Names, fate: Unsaid, typed: &FormData, faults: &Faults) -> Vec<Field> {
    let known: BTreeSet<&str> = names.new.iter().map(|(id, _)| id.as_str()).collect();
    let old = names.old.iter().filter(|(id, _)| known.contains(id.as_str()) == (fate == Unsaid::Kept));
    let field = |(id, label): &(String, String)| {
        let name = format!("mapping/{}/{id}", names.kind);
        let chosen = typed.text(&name);
        let ended = names.may_end.then(|| (LET_GO.to_owned(), "Nothing: it ends".to_owned()));
        let unsaid = match fate {
            Unsaid::Lost => "Not said: whoever is there cannot go over".to_owned(),
            Unsaid::Kept => {
                let same = names.new.iter().find(|(known, _)| known == id);
                format!("“{}”, as before", same.map_or(label, |(_, label)| label))
            }
        };
        let others = names.new.iter().filter(|(known, _)| known != id).cloned();
        let options = [(String::new(), unsaid)].into_iter().chain(ended).chain(others);
        let options = options.map(|(id, label)| Choice { chosen: id == chosen, ..Choice::new(id, label) });
        let field = Field::new(
            &name,
            format!("{} “{label}” becomes", names.heading),
            Control::Select { options: options.collect() },
        );
        Field { fault: faults.on(&name), ..field }
    };
    old.map(field).collect()
}

fn names(from: &Definition, to: &Definition) -> [Names; 4] {
    let states = |definition: &Definition| {
        definition.states.iter().map(|(id, state)| (id.clone(), state.label.clone())).collect()
    };
    let tracks = |definition: &Definition| {
        let tracks = definition.states.values().flat_map(|state| &state.tracks);
        tracks.map(|(id, track)| (id.clone(), track.title(id))).collect()
    };
    let timers = |definition: &Definition| {
        let timed = definition.transitions.iter().filter(|(_, step)| matches!(step.trigger, Trigger::After(_)));
        timed.map(|(id, step)| (id.clone(), step.label.clone())).collect()
    };
    let roles = |definition: &Definition| definition.roles.keys().map(|id| (id.clone(), words::words(id))).collect();
    let kind = |kind, heading, of: &dyn Fn(&Definition) -> Vec<(String, String)>, may_end| Names {
        kind,
        heading,
        old: of(from),
        new: of(to),
        may_end,
    };
    [
        kind("states", "The state", &states, false),
        kind("tracks", "The review", &tracks, true),
        kind("timers", "The deadline", &timers, true),
        kind("roles", "The role", &roles, false),
    ]
}

/// The mapping that was chosen in [`mapping`].
pub(crate) fn chosen(typed: &FormData) -> Mapping {
    let mut mapping = Mapping::default();
    for (name, value) in &typed.0 {
        let Some((kind, old)) = name.strip_prefix("mapping/").and_then(|name| name.split_once('/')) else { continue };
        if value.is_empty() {
            continue;
        }
        let (old, new) = (old.to_owned(), value.clone());
        let kept = (value != LET_GO).then(|| new.clone());
        match kind {
            "states" => drop(mapping.states.insert(old, new)),
            "roles" => drop(mapping.roles.insert(old, new)),
            "tracks" => drop(mapping.tracks.insert(old, kept)),
            "timers" => drop(mapping.timers.insert(old, kept)),
            _ => {}
        }
    }
    mapping
}

/// Who reads a plan, and what of it depends on them.
pub(crate) struct PlanReader<'a> {
    /// Who planned it, by name.
    pub(crate) planner: &'a str,
    /// The reader, where they may carry it out.
    pub(crate) countersigns: Option<PersonId>,
    /// The organisation's days.
    pub(crate) calendar: &'a Calendar,
}

/// A plan, with what it would do now; `title` is the workflow's.
pub(crate) fn plan(
    plan: &MigrationPlan,
    title: &str,
    fates: &Page<Fate>,
    reader: &PlanReader<'_>,
    entered: &Entered,
) -> MigrationPage {
    let faults = &entered.faults;
    let base = format!("/workflows/{}", path::encoded(&plan.workflow));
    let here = format!("{base}/migrations/{}", plan.id);
    let PlanReader { planner: who, countersigns, calendar } = *reader;
    let run = countersigns.filter(|_| plan.run.is_none()).map(|reader| {
        let form = countersign(Some(who), reader == plan.proposed_by, entered);
        Countersigning { send: "Take them over".to_owned(), action: here.clone(), ..form }
    });
    let places = run.as_ref().map(|form| place::places(&form.fields)).unwrap_or_default();
    let lead = match &plan.run {
        None => "All of them go over, or none does. Nothing has happened yet.".to_owned(),
        Some(run) => {
            let items = words::many(usize::try_from(run.items).unwrap_or(0), "submission");
            let why =
                run.reason.as_ref().map_or_else(String::new, |reason| format!(" Reason: {}", words::sentence(reason)));
            format!("Carried out on {}: {items} went over.{why}", calendar.day(run.at).text)
        }
    };
    MigrationPage {
        back: Link::new(title, base),
        lead,
        facts: facts(plan, who, calendar),
        faults: faults.list(&places),
        pager: Pager {
            text: format!("Showing {}", words::many(fates.rows.len(), "submission")),
            previous: None,
            next: fates.next.as_ref().map(|cursor| path::with(&here, "cursor", cursor)),
        },
        rows: fates.rows.iter().map(fate).collect(),
        run,
    }
}

fn facts(plan: &MigrationPlan, who: &str, calendar: &Calendar) -> Vec<Fact> {
    let Mapping { states, tracks, timers, roles } = &plan.mapping;
    let mut facts = vec![
        Fact::new("From version", short(&plan.from)),
        Fact::new("To version", short(&plan.to)),
        Fact::new("Planned", format!("by {who}, {}", calendar.day(plan.proposed_at).text)),
    ];
    let kept = states.iter().map(|(old, new)| ("State", old, Some(new)));
    let kept = kept.chain(roles.iter().map(|(old, new)| ("Role", old, Some(new))));
    let kept = kept.chain(tracks.iter().map(|(old, new)| ("Review", old, new.as_ref())));
    let kept = kept.chain(timers.iter().map(|(old, new)| ("Deadline", old, new.as_ref())));
    facts.extend(kept.map(|(kind, old, new)| {
        let becomes = new.map_or_else(|| "ends".to_owned(), |new| format!("becomes “{}”", words::plain(new)));
        Fact::new(format!("{kind} “{}”", words::plain(old)), becomes)
    }));
    facts
}

fn fate(fate: &Fate) -> FateRow {
    FateRow {
        reference: fate.reference.clone(),
        href: fate.open.then(|| path::submission(&fate.reference)),
        title: fate.title.clone(),
        from: fate.from.clone(),
        to: fate.to.clone(),
        notes: fate.obstacles.iter().map(|obstacle| words::sentence(obstacle)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_becomes_the_mapping_and_what_was_not_said_stays_out() {
        let pairs = [
            ("mapping/states/more-info", "evidence"),
            ("mapping/states/overdue", ""),
            ("mapping/tracks/audit", LET_GO),
            ("mapping/timers/late", "slow"),
            ("mapping/roles/lead", "chief"),
            ("reason", "x"),
        ];
        let typed = FormData(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec());
        let expected = Mapping {
            states: [("more-info".to_owned(), "evidence".to_owned())].into(),
            tracks: [("audit".to_owned(), None)].into(),
            timers: [("late".to_owned(), Some("slow".to_owned()))].into(),
            roles: [("lead".to_owned(), "chief".to_owned())].into(),
        };
        assert_eq!(chosen(&typed), expected);
    }
}
