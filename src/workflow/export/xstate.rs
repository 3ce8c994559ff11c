//! The statechart as the configuration of an `XState` (version 5) machine, in JSON.
//!
//! JSON holds no functions: guards and actions are named, with all they need as `params`. `workflows/README.md` says
//! what each has to do, and `tests/foreign/xstate.mjs` does it.

use serde_json::{Map, Value, json};

use super::{
    VERDICTS, counters, event,
    guard::{Count, Guard},
    opened, tracks, ways_out,
};
use crate::workflow::{
    Definition,
    definition::{State, Track, Transition, Verdict},
};

/// The machine's configuration, for `createMachine`.
#[must_use]
pub fn xstate(definition: &Definition) -> Value {
    let track = |id: &str| (id.to_owned(), json!({"seated": 0, "approve": 0, "revise": 0, "reject": 0}));
    let tracks: Map<String, Value> = tracks(definition).map(|(id, _)| track(id)).collect();
    let counters: Map<String, Value> = counters(definition).into_iter().map(|id| (id.to_owned(), json!(0))).collect();
    let states: Map<String, Value> =
        definition.states.iter().map(|(id, it)| (id.clone(), state(definition, id, it))).collect();
    json!({
        "id": definition.workflow,
        "description": definition.title,
        "initial": definition.start().unwrap_or_default(),
        "context": {"tracks": tracks, "counters": counters},
        "on": {"recuse": {"actions": [{"type": "leave"}]}},
        "states": states,
    })
}

fn state(definition: &Definition, id: &str, state: &State) -> Value {
    let mut map = Map::new();
    map.insert("description".to_owned(), json!(state.label));
    if state.ends() {
        map.insert("type".to_owned(), json!("final"));
        return Value::Object(map);
    }
    if !state.tracks.is_empty() {
        let regions: Map<String, Value> =
            state.tracks.iter().map(|(id, track)| (id.clone(), region(id, track))).collect();
        map.insert("type".to_owned(), json!("parallel"));
        map.insert("states".to_owned(), Value::Object(regions));
    }
    let (mut on, mut always) = (Map::new(), Vec::new());
    for (name, way) in ways_out(definition, id) {
        match event(name, way) {
            Some(event) => {
                on.insert(event, transition(definition, way));
            }
            None => always.push(transition(definition, way)),
        }
    }
    map.insert("on".to_owned(), Value::Object(on));
    map.insert("always".to_owned(), Value::Array(always));
    Value::Object(map)
}

fn transition(definition: &Definition, way: &Transition) -> Value {
    let mut actions: Vec<Value> =
        way.counts.iter().map(|counter| json!({"type": "count", "params": {"counter": counter}})).collect();
    let open = opened(definition, way).into_iter().map(|track| json!({"type": "open", "params": {"track": track}}));
    actions.extend(open);
    // Tracks begin anew even where a state leads to itself.
    let mut map = Map::new();
    map.insert("target".to_owned(), json!(format!("#{}.{}", definition.workflow, way.to)));
    map.insert("reenter".to_owned(), json!(true));
    map.insert("description".to_owned(), json!(way.label));
    if let Some(guard) = Guard::of(definition, way) {
        map.insert("guard".to_owned(), holds(&guard));
    }
    map.insert("actions".to_owned(), Value::Array(actions));
    Value::Object(map)
}

/// Counts until the quorum is reached; a voided verdict opens it again.
fn region(id: &str, track: &Track) -> Value {
    let act = |name: &str| json!([{"type": name, "params": {"track": id}}]);
    let release = json!({"guard": holds(&Guard::pending(id)), "actions": act("rise")});
    let mut on = Map::new();
    on.insert(format!("seat.{id}"), json!({"guard": holds(&Guard::seat_free(id, track)), "actions": act("sit")}));
    on.insert(format!("release.{id}"), release.clone());
    for (verdict, _) in VERDICTS.iter().zip(Verdict::ALL).filter(|(_, kind)| track.verdicts.contains(kind)) {
        let judge = json!([{"type": "judge", "params": {"track": id, "verdict": verdict}}]);
        on.insert(format!("verdict.{id}.{verdict}"), json!({"guard": holds(&Guard::pending(id)), "actions": judge}));
    }
    let complete = Guard::complete(id, track);
    json!({
        "initial": "open",
        "states": {
            "open": {"on": on, "always": [{"target": "complete", "guard": holds(&complete)}]},
            "complete": {
                "on": {format!("release.{id}"): release},
                "always": [{"target": "open", "guard": holds(&Guard::Not(Box::new(complete)))}],
            },
        },
    })
}

fn holds(guard: &Guard) -> Value {
    json!({"type": "holds", "params": written(guard)})
}

fn written(guard: &Guard) -> Value {
    match guard {
        Guard::All(parts) => json!({"all": parts.iter().map(written).collect::<Vec<_>>()}),
        Guard::Any(parts) => json!({"any": parts.iter().map(written).collect::<Vec<_>>()}),
        Guard::Not(inner) => json!({"not": written(inner)}),
        Guard::Complete { track, quorum } => json!({"compare": [{"given": track}, ">=", quorum]}),
        Guard::Compare(left, sign, right) => json!({"compare": [number(left), sign, number(right)]}),
        Guard::Outcome(text) => json!({"outcome": text}),
    }
}

fn number(count: &Count) -> Value {
    match count {
        Count::Number(number) => number.parse::<f64>().map_or_else(|_| json!(number), |number| json!(number)),
        Count::Counter(counter) => json!({"counter": counter}),
        Count::Verdicts(track, verdict) => json!({"verdicts": [track, verdict]}),
        Count::Given(track) => json!({"given": track}),
        Count::Seated(track) => json!({"seated": track}),
        Count::Arithmetic(left, sign, right) => json!({"arithmetic": [number(left), sign, number(right)]}),
    }
}
