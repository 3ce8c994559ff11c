//! The statechart as SCXML (W3C, 2015) with the ECMAScript data model. It needs nothing besides.

use super::{
    VERDICTS, counters, event,
    guard::{Count, Guard},
    opened, tracks, ways_out,
};
use crate::workflow::{
    Definition,
    definition::{State, Track, Transition, Verdict},
};

/// The document.
#[must_use]
pub fn scxml(definition: &Definition) -> String {
    let mut lines = vec![
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>".to_owned(),
        format!(
            "<scxml xmlns=\"http://www.w3.org/2005/07/scxml\" version=\"1.0\" datamodel=\"ecmascript\" name=\"{}\" initial=\"{}\">",
            // SCION makes a function of this name, which takes no hyphen.
            definition.workflow.replace('-', "_"),
            definition.start().unwrap_or_default()
        ),
        "<datamodel>".to_owned(),
        data("tracks", tracks(definition).map(|(id, _)| (id, "{seated: 0, approve: 0, revise: 0, reject: 0}"))),
        data("counters", counters(definition).into_iter().map(|id| (id, "0"))),
        "</datamodel>".to_owned(),
    ];
    for (id, it) in &definition.states {
        state(&mut lines, definition, id, it);
    }
    lines.push("</scxml>\n".to_owned());
    lines.join("\n")
}

fn data<'d>(id: &str, entries: impl Iterator<Item = (&'d str, &'d str)>) -> String {
    let entries: Vec<String> = entries.map(|(name, value)| format!("'{name}': {value}")).collect();
    format!("<data id=\"{id}\" expr=\"{{{}}}\"/>", entries.join(", "))
}

fn state(lines: &mut Vec<String>, definition: &Definition, id: &str, state: &State) {
    if state.ends() {
        lines.push(format!("<final id=\"{id}\"/>"));
        return;
    }
    let element = if state.tracks.is_empty() { "state" } else { "parallel" };
    lines.push(format!("<{element} id=\"{id}\">"));
    for (name, way) in ways_out(definition, id) {
        transition(lines, definition, id, name, way);
    }
    recuse(lines, definition);
    for (name, track) in &state.tracks {
        region(lines, id, name, track);
    }
    lines.push(format!("</{element}>"));
}

fn transition(lines: &mut Vec<String>, definition: &Definition, state: &str, id: &str, way: &Transition) {
    let event = event(id, way).map(|event| format!(" event=\"{event}\"")).unwrap_or_default();
    let own = definition.states.get(state);
    let cond = Guard::of(definition, way)
        .map(|guard| format!(" cond=\"{}\"", escaped(&written(&guard, &|track| in_region(own, state, track)))))
        .unwrap_or_default();
    lines.push(format!("<transition{event}{cond} target=\"{}\">", way.to));
    if let Some(counter) = &way.counts {
        lines.push(assign(&format!("counters['{counter}']"), &format!("counters['{counter}'] + 1")));
    }
    for track in opened(definition, way) {
        for count in std::iter::once("seated").chain(VERDICTS) {
            lines.push(assign(&format!("tracks['{track}'].{count}"), "0"));
        }
    }
    lines.push("</transition>".to_owned());
}

/// The region of a track, where the state has it.
fn in_region(own: Option<&State>, state: &str, track: &str) -> Option<String> {
    own.filter(|own| own.tracks.contains_key(track)).map(|_| format!("In('{state}.{track}.complete')"))
}

/// A conflict became known: wherever the item is, seats and verdicts of that person are gone.
fn recuse(lines: &mut Vec<String>, definition: &Definition) {
    lines.push("<transition event=\"recuse\">".to_owned());
    for (track, _) in tracks(definition) {
        let seated = format!("tracks['{track}'].seated");
        let gone = format!(
            "(_event.data.released.indexOf('{track}') >= 0 || _event.data.voided.some(function (it) {{ return it.track === '{track}'; }}) ? 1 : 0)"
        );
        lines.push(assign(&seated, &format!("{seated} - {gone}")));
        for verdict in VERDICTS {
            let count = format!("tracks['{track}'].{verdict}");
            let voided = format!(
                "(_event.data.voided.some(function (it) {{ return it.track === '{track}' && it.verdict === '{verdict}'; }}) ? 1 : 0)"
            );
            lines.push(assign(&count, &format!("{count} - {voided}")));
        }
    }
    lines.push("</transition>".to_owned());
}

fn region(lines: &mut Vec<String>, state: &str, id: &str, track: &Track) {
    let cond = |guard: &Guard| escaped(&written(guard, &|_| None));
    let seated = format!("tracks['{id}'].seated");
    let complete = Guard::complete(id, track);
    let region = format!("{state}.{id}");
    let release = |lines: &mut Vec<String>| {
        lines.push(format!("<transition event=\"release.{id}\" cond=\"{}\">", cond(&Guard::pending(id))));
        lines.push(assign(&seated, &format!("{seated} - 1")));
        lines.push("</transition>".to_owned());
    };
    lines.push(format!("<state id=\"{region}\" initial=\"{region}.open\">"));
    lines.push(format!("<state id=\"{region}.open\">"));
    lines.push(format!("<transition cond=\"{}\" target=\"{region}.complete\"/>", cond(&complete)));
    lines.push(format!("<transition event=\"seat.{id}\" cond=\"{}\">", cond(&Guard::seat_free(id, track))));
    lines.push(assign(&seated, &format!("{seated} + 1")));
    lines.push("</transition>".to_owned());
    release(lines);
    for (verdict, _) in VERDICTS.iter().zip(Verdict::ALL).filter(|(_, kind)| track.verdicts.contains(kind)) {
        let count = format!("tracks['{id}'].{verdict}");
        let pending = cond(&Guard::pending(id));
        lines.push(format!("<transition event=\"verdict.{id}.{verdict}\" cond=\"{pending}\">"));
        lines.push(assign(&count, &format!("{count} + 1")));
        lines.push("</transition>".to_owned());
    }
    lines.push("</state>".to_owned());
    lines.push(format!("<state id=\"{region}.complete\">"));
    let again = cond(&Guard::Not(Box::new(complete)));
    lines.push(format!("<transition cond=\"{again}\" target=\"{region}.open\"/>"));
    release(lines);
    lines.push("</state>".to_owned());
    lines.push("</state>".to_owned());
}

fn assign(location: &str, expr: &str) -> String {
    format!("<assign location=\"{}\" expr=\"{}\"/>", escaped(location), escaped(expr))
}

/// As ECMAScript; `inside` says how a track of the same state is asked whether it is complete.
fn written(guard: &Guard, inside: &dyn Fn(&str) -> Option<String>) -> String {
    let several = |parts: &[Guard], sign: &str, none: &str| {
        let parts: Vec<String> = parts.iter().map(|part| written(part, inside)).collect();
        if parts.is_empty() { none.to_owned() } else { format!("({})", parts.join(sign)) }
    };
    match guard {
        Guard::All(parts) => several(parts, " && ", "true"),
        Guard::Any(parts) => several(parts, " || ", "false"),
        Guard::Not(inner) => format!("!({})", written(inner, inside)),
        Guard::Complete { track, quorum } => {
            inside(track).unwrap_or_else(|| format!("{} >= {quorum}", number(&Count::Given(track.clone()))))
        }
        Guard::Compare(left, sign, right) => format!("{} {sign} {}", number(left), number(right)),
        Guard::Outcome(text) => format!("_event.data.outcomes[{}] === true", quoted(text)),
    }
}

fn number(count: &Count) -> String {
    match count {
        Count::Number(number) => number.clone(),
        Count::Counter(counter) => format!("counters['{counter}']"),
        Count::Verdicts(track, verdict) => format!("tracks['{track}'].{verdict}"),
        Count::Given(track) => {
            let of = |verdict| format!("tracks['{track}'].{verdict}");
            format!("({})", VERDICTS.map(of).join(" + "))
        }
        Count::Seated(track) => format!("tracks['{track}'].seated"),
        Count::Arithmetic(left, sign, right) => format!("({} {sign} {})", number(left), number(right)),
    }
}

/// A string of ECMAScript; conditions hold no backslash and no control character.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "\\'"))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
