//! Nothing lies on anything else.

use super::{
    super::{
        layout::{Area, Point},
        tests::pictures,
    },
    *,
};

/// Both, less a hair.
fn overlap(one: &Area, other: &Area) -> bool {
    let hair = 0.5;
    one.left() + hair < other.right()
        && other.left() + hair < one.right()
        && one.top() + hair < other.bottom()
        && other.top() + hair < one.bottom()
}

fn inside(point: Point, area: &Area) -> bool {
    let hair = 1.0;
    area.left() + hair < point.x
        && point.x < area.right() - hair
        && area.top() + hair < point.y
        && point.y < area.bottom() - hair
}

fn planned(picture: &Picture) -> Plan {
    let drawn: Vec<&Place> = picture.places.iter().filter(|place| !place.aside).collect();
    let blocks: Vec<place::Drawn<'_>> = drawn.iter().map(|place| place::Drawn::of(place)).collect();
    let labels: Vec<Block> = picture.lines.iter().map(label).collect();
    picture.plan(&drawn, &blocks, &labels)
}

/// Points along a line.
fn along(route: &Route) -> Vec<Point> {
    let mut points = Vec::new();
    let between = |one: f64, other: f64, part: f64| one + (other - one) * part;
    for (pair, part) in route.runs.iter().flat_map(|run| (0..=10).map(move |part| (run, f64::from(part) / 10.0))) {
        points.push(Point { x: between(pair.0.x, pair.1.x, part), y: between(pair.0.y, pair.1.y, part) });
    }
    for pair in route.runs.windows(2) {
        let [(_, start), (end, _)] = pair else { continue };
        for part in (0..=20).map(|part| f64::from(part) / 20.0) {
            let rest = 1.0 - part;
            // Both control points lie half way down, so across it is the smooth step and down it is nearly straight.
            let x = start.x * (rest.powi(3) + 3.0 * rest.powi(2) * part)
                + end.x * (3.0 * rest * part.powi(2) + part.powi(3));
            let middle = f64::midpoint(start.y, end.y);
            let y = start.y * rest.powi(3) + 3.0 * middle * rest * part + end.y * part.powi(3);
            points.push(Point { x, y });
        }
    }
    points
}

#[test]
fn boxes_and_labels_do_not_overlap() {
    for picture in pictures() {
        let plan = planned(&picture);
        let areas: Vec<Area> = plan.boxes.iter().copied().chain(plan.routes.iter().map(|route| route.label)).collect();
        for (number, one) in areas.iter().enumerate() {
            for other in areas.iter().skip(number + 1) {
                assert!(!overlap(one, other), "{}: {one:?} and {other:?}", picture.workflow);
            }
            assert!(one.left() > 0.0 && one.top() > 0.0, "{}: {one:?} is outside", picture.workflow);
            assert!(one.right() < plan.size.width && one.bottom() < plan.size.height, "{one:?} is outside");
        }
    }
}

#[test]
fn no_line_runs_through_a_box_or_through_the_label_of_another() {
    for picture in pictures() {
        let plan = planned(&picture);
        for (number, route) in plan.routes.iter().enumerate() {
            let line = &picture.lines[number];
            if line.from == line.to {
                continue;
            }
            for point in along(route) {
                let boxes = plan.boxes.iter().filter(|area| inside(point, area)).count();
                assert_eq!(boxes, 0, "{} from {} to {} at {point:?}", picture.workflow, line.from, line.to);
                let others = plan.routes.iter().enumerate().filter(|(other, _)| *other != number);
                let crossed: Vec<&Line> = others
                    .filter(|(_, other)| inside(point, &other.label))
                    .map(|(other, _)| &picture.lines[other])
                    .collect();
                assert!(crossed.is_empty(), "{}: {line:?} runs through the label of {crossed:?}", picture.workflow);
            }
        }
    }
}
