//! Ways that lead back to where they began.

use super::graph::{Edge, Graph};

/// A configuration from which a way of these edges leads back to it; none where there is no such way.
pub(super) fn cycle(graph: &Graph, counts: impl Fn(&Edge) -> bool) -> Option<Vec<usize>> {
    let next = |at: usize| graph.edges.get(at).map_or(&[][..], Vec::as_slice);
    let to = |edge: &Edge| usize::try_from(edge.to).unwrap_or(usize::MAX);
    // Taking away what nothing counted leads into, again and again, leaves only what lies on or behind a cycle.
    let mut into = vec![0_u32; graph.edges.len()];
    for edges in &graph.edges {
        for edge in edges.iter().filter(|edge| counts(edge)) {
            if let Some(count) = into.get_mut(to(edge)) {
                *count = count.saturating_add(1);
            }
        }
    }
    let mut free: Vec<usize> = into.iter().enumerate().filter(|(_, count)| **count == 0).map(|(at, _)| at).collect();
    let mut left = into.len();
    while let Some(at) = free.pop() {
        left -= 1;
        for edge in next(at).iter().filter(|edge| counts(edge)) {
            if let Some(count) = into.get_mut(to(edge)) {
                *count -= 1;
                if *count == 0 {
                    free.push(to(edge));
                }
            }
        }
    }
    if left == 0 {
        return None;
    }
    // Whatever is left is entered from something left: backwards from the nearest one leads round a cycle.
    let mut before = vec![usize::MAX; into.len()];
    for (at, edges) in graph.edges.iter().enumerate().filter(|(at, _)| into.get(*at).is_some_and(|count| *count > 0)) {
        for edge in edges.iter().filter(|edge| counts(edge)) {
            if let Some(before) = before.get_mut(to(edge)).filter(|before| **before == usize::MAX) {
                *before = at;
            }
        }
    }
    let first = into.iter().position(|count| *count > 0)?;
    let mut seen = vec![false; into.len()];
    let mut at = first;
    while let Some(seen) = seen.get_mut(at).filter(|seen| !**seen) {
        *seen = true;
        at = *before.get(at)?;
    }
    let mut round = vec![at];
    let mut back = *before.get(at)?;
    while back != at {
        round.push(back);
        back = *before.get(back)?;
    }
    round.push(at);
    round.reverse();
    Some(round)
}
