//! States and their tracks.

use indexmap::IndexMap;

use super::{
    super::{
        fields::{Fields, Reader, Spelling},
        tree::Node,
    },
    award, wait,
};
use crate::workflow::definition::{Blind, OfficeClock, Release, State, StateKind, Take, Track, Verdict, Wait};

pub(super) fn all<'t>(reader: &mut Reader<'t, '_>, node: Option<&'t Node>) -> IndexMap<String, State> {
    reader
        .entries(node, "states", Spelling::Hyphens)
        .into_iter()
        .map(|(id, node)| (id.to_owned(), state(reader, node)))
        .collect()
}

fn state<'t>(reader: &mut Reader<'t, '_>, node: &'t Node) -> State {
    let known = ["kind", "label", "author_label", "tracks", "remind", "clock", "award", "designate", "stop", "release"];
    let fields = reader.fields(node, "a state", &known);
    let kinds = [("start", StateKind::Start), ("end", StateKind::End)];
    let kind = reader.word(&fields, "kind", &kinds).unwrap_or(StateKind::Middle);
    let label = reader.text(&fields, "label");
    let author_label = reader.text_if_any(&fields, "author_label");
    let tracks = reader
        .entries(fields.get("tracks"), "tracks", Spelling::Hyphens)
        .into_iter()
        .filter_map(|(id, node)| track(reader, node).map(|track| (id.to_owned(), track)))
        .collect();
    let releases = [("decision", Release::Decision), ("verdicts", Release::Verdicts)];
    let stops = reader.word(&fields, "stop", &[("credit", Stop::Credit), ("offer", Stop::Offer)]);
    State {
        kind,
        label,
        author_label,
        tracks,
        remind: remind(reader, &fields),
        clock: reader.word(&fields, "clock", &[("paused", OfficeClock::Paused)]).unwrap_or(OfficeClock::Running),
        award: fields.get("award").and_then(|node| award::award(reader, node)),
        designate: fields.get("designate").and_then(|node| award::designate(reader, node)),
        stops_credit: stops == Some(Stop::Credit),
        stops_offer: stops == Some(Stop::Offer),
        release: released(reader, &fields, kind, &releases),
    }
}

/// What the author learns in a state. A draft has nothing to tell, and at an end there is nothing left to hold back.
fn released<'t>(
    reader: &mut Reader<'t, '_>,
    fields: &Fields<'t>,
    kind: StateKind,
    releases: &[(&str, Release)],
) -> Option<Release> {
    let release = reader.word(fields, "release", releases);
    if release.is_some() && kind == StateKind::Start {
        let at = fields.get("release").map_or(fields.at, |node| node.at);
        reader.fault("kind", at, "'release' has nothing to tell in a draft: nothing was decided yet");
    }
    release
}

/// What a state stops.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    Credit,
    Offer,
}

fn remind<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Vec<Wait> {
    let items = reader.items(fields.get("remind"), "'remind'");
    let waits: Vec<Wait> = items.iter().filter_map(|item| wait::wait(reader, item, wait::Place::Remind)).collect();
    if waits.windows(2).any(|pair| matches!(pair, [earlier, later] if earlier.roughly() >= later.roughly())) {
        reader.fault(
            "kind",
            fields.get("remind").map_or(fields.at, |node| node.at),
            "'remind' rises: each wait counts from entry",
        );
    }
    waits
}

const VERDICTS: [(&str, Verdict); 3] =
    [("approve", Verdict::Approve), ("revise", Verdict::Revise), ("reject", Verdict::Reject)];

fn track<'t>(reader: &mut Reader<'t, '_>, node: &'t Node) -> Option<Track> {
    let known = ["label", "role", "seats", "quorum", "verdicts", "rubric", "take", "sealed", "blind"];
    let fields = reader.fields(node, "a track", &known);
    let role = reader.text(&fields, "role");
    let number = |reader: &mut Reader<'t, '_>, key| {
        reader.required(&fields, key).and_then(|node| reader.plain_number(node, key))
    };
    let (seats, quorum) = (number(reader, "seats"), number(reader, "quorum"));
    let verdicts = reader.required(&fields, "verdicts");
    let items = reader.items(verdicts, "'verdicts'");
    let verdicts: Vec<Verdict> =
        items.iter().filter_map(|item| reader.plain_word(item, "verdicts", &VERDICTS)).collect();
    let takes = [("claim", Take::Claim), ("assign", Take::Assign), ("either", Take::Either)];
    Some(Track {
        label: reader.text_if_any(&fields, "label"),
        role,
        seats: seats?,
        quorum: quorum?,
        verdicts,
        rubric: reader.text_if_any(&fields, "rubric"),
        take: reader.word(&fields, "take", &takes).unwrap_or(Take::Either),
        sealed: reader.flag(&fields, "sealed"),
        blind: reader.word(&fields, "blind", &[("single", Blind::Single), ("double", Blind::Double)]),
    })
}
