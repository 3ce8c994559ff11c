//! Where boxes, lines and their labels go. The `dagre` crate places them; ports, ranks and curves are ours.

use std::collections::BTreeMap;

use dagre::{
    graph::{Graph, GraphOptions},
    layout::types::{EdgeLabel, LabelPos, LayoutOptions, NodeLabel},
};

/// Room around the drawing, in pixels.
pub(super) const MARGIN: f64 = 16.0;

/// How wide and high something is, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Size {
    pub(super) width: f64,
    pub(super) height: f64,
}

/// A point, in pixels from the upper left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Area {
    pub(super) center: Point,
    pub(super) size: Size,
}

/// A line to be placed: from box, to box (by number), size of its label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Link {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) label: Size,
}

impl Link {
    /// Its ends as they lie below one another: a file tells its states in the order in which an item meets them, so
    /// what leads to an earlier one is a way back and runs upwards.
    fn downward(&self) -> (usize, usize) {
        (self.from.min(self.to), self.from.max(self.to))
    }
}

/// A placed line.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Route {
    /// Runs of straight line; a curve joins each with the next.
    pub(super) runs: Vec<(Point, Point)>,
    pub(super) label: Area,
}

/// Everything placed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Plan {
    pub(super) size: Size,
    pub(super) boxes: Vec<Area>,
    pub(super) routes: Vec<Route>,
}

impl Area {
    pub(super) fn left(&self) -> f64 {
        self.center.x - self.size.width / 2.0
    }

    pub(super) fn right(&self) -> f64 {
        self.center.x + self.size.width / 2.0
    }

    pub(super) fn top(&self) -> f64 {
        self.center.y - self.size.height / 2.0
    }

    pub(super) fn bottom(&self) -> f64 {
        self.center.y + self.size.height / 2.0
    }
}

/// Places boxes and lines, the start on top. The same picture is always placed the same way.
pub(super) fn place(boxes: &[Size], links: &[Link]) -> Plan {
    let mut graph: Graph<NodeLabel, EdgeLabel> =
        Graph::with_options(GraphOptions { directed: true, multigraph: true, compound: false });
    for (number, size) in boxes.iter().enumerate() {
        let label = NodeLabel { width: size.width, height: size.height, ..NodeLabel::default() };
        graph.set_node(number.to_string(), Some(label));
    }
    for (number, link) in links.iter().enumerate() {
        let label = EdgeLabel {
            width: link.label.width,
            height: link.label.height,
            labelpos: LabelPos::Center,
            ..EdgeLabel::default()
        };
        let (upper, lower) = link.downward();
        graph.set_edge(upper.to_string(), lower.to_string(), Some(label), Some(&number.to_string()));
    }
    let options = LayoutOptions {
        nodesep: 36.0,
        edgesep: 20.0,
        ranksep: 84.0,
        marginx: MARGIN,
        marginy: MARGIN,
        ..LayoutOptions::default()
    };
    dagre::layout::layout(&mut graph, Some(options));
    collected(&graph, boxes, links)
}

fn collected(graph: &Graph<NodeLabel, EdgeLabel>, sizes: &[Size], links: &[Link]) -> Plan {
    let boxes: Vec<Area> = sizes
        .iter()
        .enumerate()
        .map(|(number, size)| {
            let node = graph.node(&number.to_string());
            let at = |axis: fn(&NodeLabel) -> Option<f64>| node.and_then(axis).unwrap_or_default();
            Area { center: Point { x: at(|node| node.x), y: at(|node| node.y) }, size: *size }
        })
        .collect();
    let bends: Vec<Bends> = links
        .iter()
        .enumerate()
        .map(|(number, link)| {
            let (upper, lower) = link.downward();
            let edge = graph.edge(&upper.to_string(), &lower.to_string(), Some(&number.to_string()));
            let points = edge.map(|edge| edge.points.as_slice()).unwrap_or_default();
            // The first and the last are where it meets its boxes: ports are shared out below.
            let inner = points.get(1..points.len().saturating_sub(1)).unwrap_or_default();
            let at = |axis: fn(&EdgeLabel) -> Option<f64>| edge.and_then(axis).unwrap_or_default();
            let mut points: Vec<Point> = inner.iter().map(|point| Point { x: point.x, y: point.y }).collect();
            if link.from > link.to {
                points.reverse();
            }
            Bends {
                points,
                label: Area { center: Point { x: at(|edge| edge.x), y: at(|edge| edge.y) }, size: link.label },
            }
        })
        .collect();
    let ranks = Ranks::of(boxes.iter().chain(bends.iter().map(|bend| &bend.label)));
    let ports = Ports { across: ports(&boxes, links, &bends), boxes: &boxes, ranks };
    let routes: Vec<Route> = links
        .iter()
        .zip(bends)
        .enumerate()
        .map(|(number, (link, bends))| {
            let runs = if link.from == link.to {
                looped(boxes.get(link.from).copied().unwrap_or_default(), bends.label)
            } else {
                ports.run(number, link, &bends)
            };
            Route { runs, label: bends.label }
        })
        .collect();
    let right = boxes.iter().chain(routes.iter().map(|route| &route.label)).map(Area::right).fold(0.0, f64::max);
    let bottom = boxes.iter().chain(routes.iter().map(|route| &route.label)).map(Area::bottom).fold(0.0, f64::max);
    Plan { size: Size { width: right + MARGIN, height: bottom + MARGIN }, boxes, routes }
}

/// Where a line has to pass between its ends, and its label.
struct Bends {
    points: Vec<Point>,
    label: Area,
}

/// A way out on the right and back in, around the label.
fn looped(area: Area, label: Area) -> Vec<(Point, Point)> {
    let (out, back) = (area.center.y + area.size.height / 4.0, area.center.y - area.size.height / 4.0);
    let at = |x, y| Point { x, y };
    let far = label.center.x;
    vec![
        (at(area.right(), out), at(area.right(), out)),
        (at(far, out), at(far, back)),
        (at(area.right(), back), at(area.right(), back)),
    ]
}

/// How far what stands in a rank reaches above and below its middle: lines pass it straight.
struct Ranks(BTreeMap<i64, f64>);

impl Ranks {
    fn of<'a>(areas: impl Iterator<Item = &'a Area>) -> Self {
        let mut ranks = BTreeMap::new();
        for area in areas {
            let half: &mut f64 = ranks.entry(whole(area.center.y)).or_default();
            *half = half.max(area.size.height / 2.0);
        }
        Self(ranks)
    }

    fn half(&self, y: f64) -> f64 {
        let y = whole(y);
        self.0.range(y - 1..=y + 1).map(|(_, half)| *half).fold(0.0, f64::max)
    }
}

#[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "coordinates of a drawing are small")]
fn whole(y: f64) -> i64 {
    y.round() as i64
}

/// Which side of a box a line meets, and where on it.
struct Ports<'a> {
    /// By line: where it leaves and where it arrives, across.
    across: BTreeMap<(usize, End), f64>,
    boxes: &'a [Area],
    ranks: Ranks,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Leaves,
    Arrives,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Upper,
    Lower,
}

/// From how far across a line comes, and which end of which line it is.
type Coming = (f64, (usize, End));

/// Shares the lower and the upper side of every box out among its lines, in the order in which they come.
fn ports(boxes: &[Area], links: &[Link], bends: &[Bends]) -> BTreeMap<(usize, End), f64> {
    let mut sides: BTreeMap<(usize, Side), Vec<Coming>> = BTreeMap::new();
    let placed = links.iter().zip(bends).enumerate().filter(|(_, (link, _))| link.from != link.to);
    for (number, (link, bends)) in placed {
        let ends = [(link.from, End::Leaves, bends.points.first()), (link.to, End::Arrives, bends.points.last())];
        for (at, end, point) in ends {
            let (Some(area), Some(point)) = (boxes.get(at), point) else { continue };
            let side = if point.y > area.center.y { Side::Lower } else { Side::Upper };
            sides.entry((at, side)).or_default().push((point.x, (number, end)));
        }
    }
    let mut across = BTreeMap::new();
    for ((at, _), mut lines) in sides {
        let Some(area) = boxes.get(at) else { continue };
        lines.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        let count = f64::from(u32::try_from(lines.len()).unwrap_or(u32::MAX));
        let gap = ((area.size.width - 40.0).max(20.0) / count).min(44.0);
        for (place, (_, line)) in (0_u32..).zip(lines) {
            across.insert(line, area.center.x + (f64::from(place) - (count - 1.0) / 2.0) * gap);
        }
    }
    across
}

impl Ports<'_> {
    fn run(&self, number: usize, link: &Link, bends: &Bends) -> Vec<(Point, Point)> {
        let (Some(from), Some(to)) = (self.boxes.get(link.from), self.boxes.get(link.to)) else { return Vec::new() };
        let down = bends.points.first().is_none_or(|point| point.y > from.center.y);
        let (leaving, arriving) = if down { (Side::Lower, Side::Upper) } else { (Side::Upper, Side::Lower) };
        let (start, start_rank) = self.port(number, End::Leaves, from, leaving);
        let (end, end_rank) = self.port(number, End::Arrives, to, arriving);
        let straight = |point: &Point| {
            let half = self.ranks.half(point.y);
            let (above, below) = (Point { y: point.y - half, ..*point }, Point { y: point.y + half, ..*point });
            if down { (above, below) } else { (below, above) }
        };
        let mut runs = vec![(start, start_rank)];
        runs.extend(bends.points.iter().map(straight));
        runs.push((end_rank, end));
        runs
    }

    /// On the edge of a box, and straight on at the edge of its rank.
    fn port(&self, line: usize, end: End, area: &Area, side: Side) -> (Point, Point) {
        let x = self.across.get(&(line, end)).copied().unwrap_or(area.center.x);
        let half = self.ranks.half(area.center.y);
        let (edge, rank) = match side {
            Side::Upper => (area.top(), area.center.y - half),
            Side::Lower => (area.bottom(), area.center.y + half),
        };
        (Point { x, y: edge }, Point { x, y: rank })
    }
}
