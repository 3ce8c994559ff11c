//! What is done with versions: put into force, open submissions taken over, past ones gone over again.

use std::collections::BTreeSet;

use super::short;
use crate::{
    domain::PersonId,
    present::{
        admin::person::form,
        form::{
            data::FormData,
            fault::{Faults, sentence},
            field,
        },
        part::{
            Choice, Control, Countersigning, Fact, FateRow, Field, Folded, Form, Link, MigrationPage, OtherwiseRow,
            Pager, ReplayPage,
        },
        path,
        words::{self, calendar::Calendar},
    },
    store::{MigrationPlan, Page},
    usecase::definition::{Compared, Fate, Replayed},
    workflow::{Definition, Mapping, definition::Trigger},
};

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

/// What a second administrator does; who proposed and looks alone is told what that asks.
pub(super) fn countersign(who: Option<&str>, own: bool, (typed, faults): (&FormData, &Faults)) -> Countersigning {
    let lead = match (who, own) {
        (_, true) => {
            "You proposed this yourself. Another administrator has to look at it; only where there is no other \
                      may you go on alone, and you say why."
                .to_owned()
        }
        (Some(who), false) => {
            format!("Proposed by {who}. You are the second pair of eyes: look at everything on this page first.")
        }
        (None, false) => "Look at everything on this page first.".to_owned(),
    };
    let reason = Field::new("reason", "Reason", Control::long_text(typed.text("reason")))
        .hint("It is kept in the log. Needed where one administrator does both.")
        .optional();
    let fields = vec![Field { fault: faults.on("reason"), ..reason }];
    Countersigning { lead, fields, replaces: None, send: String::new(), action: String::new() }
}

/// Planning a migration: a question for each name that the new version does not have, and folded away one for each that it
/// has, as the same name may stand for something else there.
pub(crate) fn mapping(id: &str, compared: &Compared, (typed, faults): (&FormData, &Faults)) -> Form {
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
        faults: faults.list(&field::places(&all)),
        folded,
        ..form(fields, faults, (action, "Plan it"), (&to.title, &base))
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

/// A plan, with what it would do now.
pub(crate) fn plan(
    plan: &MigrationPlan,
    compared: &Compared,
    fates: &Page<Fate>,
    (who, reader, calendar): (&str, Option<PersonId>, &Calendar),
    (typed, faults): (&FormData, &Faults),
) -> MigrationPage {
    let base = format!("/workflows/{}", path::encoded(&plan.workflow));
    let here = format!("{base}/migrations/{}", plan.id);
    let run = reader.filter(|_| plan.run.is_none()).map(|reader| {
        let form = countersign(Some(who), reader == plan.proposed_by, (typed, faults));
        Countersigning { send: "Take them over".to_owned(), action: here.clone(), ..form }
    });
    let places = run.as_ref().map(|form| field::places(&form.fields)).unwrap_or_default();
    let lead = match &plan.run {
        None => "All of them go over, or none does. Nothing has happened yet.".to_owned(),
        Some(run) => {
            let items = words::many(usize::try_from(run.items).unwrap_or(0), "submission");
            let why = run.reason.as_ref().map_or_else(String::new, |reason| format!(" Reason: {}", sentence(reason)));
            format!("Carried out on {}: {items} went over.{why}", calendar.day(run.at).text)
        }
    };
    MigrationPage {
        back: Link::new(compared.to.title.clone(), base),
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
        href: path::submission(&fate.reference),
        title: fate.title.clone(),
        from: fate.from.clone(),
        to: fate.to.clone(),
        notes: fate.obstacles.iter().map(|obstacle| sentence(obstacle)).collect(),
    }
}

/// What a version would have made of the past; the draft where no version is named.
pub(crate) fn replay((id, version): (&str, Option<&str>), replayed: &Replayed, calendar: &Calendar) -> ReplayPage {
    let base = format!("/workflows/{}", path::encoded(id));
    let back = match version {
        Some(hash) => Link::new(format!("Version {}", short(hash)), format!("{base}/versions/{hash}")),
        None => Link::new("The draft", format!("{base}/edit")),
    };
    let all = words::many(usize::try_from(replayed.looked_at).unwrap_or(usize::MAX), "finished submission");
    let named = u64::try_from(replayed.named.len()).unwrap_or(u64::MAX);
    let remark = match (replayed.complete, named < replayed.otherwise) {
        (true, false) => None,
        (true, true) => Some(format!("The first {named} are listed, the last sent first.")),
        (false, _) => Some(format!("Only the last {all} were looked at; {named} are listed.")),
    };
    ReplayPage {
        lead: "What people and the clock did then is done again under this version. Nothing changes.".to_owned(),
        outcome: match replayed.otherwise {
            _ if replayed.looked_at == 0 => "No submission of this workflow is finished yet.".to_owned(),
            0 => format!("All of {all} would have gone the same way."),
            otherwise => format!("{otherwise} of {all} would have gone another way."),
        },
        back,
        remark,
        rows: replayed
            .named
            .iter()
            .map(|found| OtherwiseRow {
                reference: found.reference.clone(),
                href: path::submission(&found.reference),
                at: calendar.day(found.divergence.at),
                act: words::capital(&found.divergence.act),
                then: found.divergence.then.clone(),
                now: found.divergence.now.clone(),
            })
            .collect(),
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
