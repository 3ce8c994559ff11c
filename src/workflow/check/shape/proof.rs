//! What the file wants proved.

use super::super::{
    fields::{Fields, Reader},
    tree::Node,
};
use crate::workflow::definition::{Approvals, Bound, Claim, NeverActs, Proof};

pub(super) fn all<'t>(reader: &mut Reader<'t, '_>, node: Option<&'t Node>) -> Vec<Proof> {
    let items = reader.items(node, "'prove'");
    items.iter().filter_map(|item| proof(reader, item)).collect()
}

fn proof<'t>(reader: &mut Reader<'t, '_>, node: &'t Node) -> Option<Proof> {
    let known = ["name", "before", "approvals", "distinct_approvals", "never", "from_any", "bound"];
    let fields = reader.fields(node, "a proof", &known);
    let name = reader.text(&fields, "name");
    let claim = claim(reader, &fields);
    if claim.is_none() {
        reader.fault(
            "format",
            node.at,
            "a proof is one of: before with approvals or distinct_approvals, never, from_any: reach_end, bound",
        );
    }
    claim.map(|claim| Proof { name, claim })
}

fn claim<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Option<Claim> {
    if let Some(before) = reader.text_if_any(fields, "before") {
        return match (fields.get("approvals"), fields.get("distinct_approvals")) {
            (Some(node), None) => approvals(reader, node).map(|approvals| Claim::Approvals { before, approvals }),
            (None, Some(node)) => approvals(reader, node)
                .map(|distinct_approvals| Claim::DistinctApprovals { before, distinct_approvals }),
            _ => None,
        };
    }
    if let Some(node) = fields.get("never") {
        let fields = reader.fields(node, "'never'", &["person", "acts_as"]);
        let person = reader.text(&fields, "person");
        return Some(Claim::Never { never: NeverActs { person, acts_as: reader.texts(&fields, "acts_as") } });
    }
    if let Some(node) = fields.get("bound") {
        let fields = reader.fields(node, "'bound'", &["transition", "at_most"]);
        let transition = reader.text(&fields, "transition");
        return reader.number(&fields, "at_most").map(|at_most| Claim::Bound { bound: Bound { transition, at_most } });
    }
    reader.word(fields, "from_any", &[("reach_end", ())])?;
    Some(Claim::ReachEnd { from_any: "reach_end".to_owned() })
}

fn approvals<'t>(reader: &mut Reader<'t, '_>, node: &'t Node) -> Option<Approvals> {
    let fields = reader.fields(node, "approvals", &["track", "at_least", "excluding"]);
    let track = reader.text(&fields, "track");
    let at_least = reader.required(&fields, "at_least").and_then(|node| reader.plain_number(node, "at_least"));
    Some(Approvals { track, at_least: at_least?, excluding: reader.texts(&fields, "excluding") })
}
