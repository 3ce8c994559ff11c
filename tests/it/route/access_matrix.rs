//! Who may go where: every route of the program, by everybody who can stand before it, as one golden table.
//!
//! The routes come from the router itself, so that a new one is in the table or the test fails. After each request that
//! was turned away the database is what it was. `INSTA_UPDATE=always` writes the table anew: read the difference.

mod actor;
mod ask;
mod scene;

use std::{collections::BTreeMap, fmt::Write as _};

use reqwest::Method;

use crate::harness::{house::House, route};

use actor::ACTORS;
use ask::Cell;
use scene::Scene;

/// A route as the router has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Route {
    path: String,
    method: String,
}

impl Route {
    fn new(method: &str, path: &str) -> Self {
        Self { path: path.to_owned(), method: method.to_owned() }
    }

    fn method(&self) -> Method {
        self.method.parse().expect("a method")
    }

    /// Whether it may change something.
    fn changes(&self) -> bool {
        self.method != "GET"
    }

    fn is_api(&self) -> bool {
        self.path.starts_with("/api/") || self.path.starts_with("/.well-known/")
    }

    fn is_about_a_submission(&self) -> bool {
        self.path.contains("/submissions/{reference}") || self.path.starts_with("/s/{reference}")
    }
}

/// All routes of API and pages.
fn all_routes() -> Vec<Route> {
    let mut routes: Vec<Route> = route::all().into_iter().map(|(method, path)| Route::new(&method, &path)).collect();
    // One path after the other: what one of its methods did, another undoes.
    routes.sort();
    routes
}

type Table = BTreeMap<Route, Vec<Cell>>;

/// Sends everybody everywhere.
async fn walked(house: &House, routes: &[Route]) -> Table {
    let mut scene = Scene::set(house).await;
    let mut table = Table::new();
    for route in routes {
        let mut before = house.database.dump().await;
        let mut cells = Vec::new();
        for actor in ACTORS {
            let cell = scene.ask(route, actor).await;
            if route.changes() && cell.changed() {
                scene.mend(route, actor).await;
            }
            cells.push(cell);
        }
        if route.changes() && cells.iter().any(Cell::changed) {
            // Among those who changed something the others cannot be told apart, so they come again alone.
            before = house.database.dump().await;
            for (actor, cell) in ACTORS.iter().zip(&cells).filter(|(_, cell)| !cell.changed()) {
                assert_eq!(scene.ask(route, actor).await.text, cell.text, "{route:?} by {}", actor.name);
            }
        }
        unchanged(&before, &house.database.dump().await, route);
        table.insert(route.clone(), cells);
    }
    table
}

type Dump = BTreeMap<String, Vec<String>>;

#[track_caller]
fn unchanged(before: &Dump, after: &Dump, route: &Route) {
    let tables: Vec<&String> = before.keys().filter(|table| before.get(*table) != after.get(*table)).collect();
    assert!(tables.is_empty(), "{route:?} turned somebody away, or was only looked at, and yet changed {tables:?}");
}

fn written(table: &Table) -> String {
    let mut text = String::from(
        "Status by route and by who asks, with the code of a refusal; '>in' leads to the sign-in page.\n\n",
    );
    for actor in ACTORS {
        let _ = writeln!(text, "{:<11} {}", actor.name, actor.about);
    }
    text.push('\n');
    let widths: Vec<usize> = (0..ACTORS.len())
        .map(|column| {
            table.values().map(|cells| cells[column].text.len()).chain([ACTORS[column].name.len()]).max().unwrap()
        })
        .collect();
    let line = |first: &str, cells: Vec<&str>| {
        let mut line = format!("{first:<72}");
        for (cell, width) in cells.into_iter().zip(&widths) {
            let _ = write!(line, " {cell:<width$}");
        }
        line.trim_end().to_owned() + "\n"
    };
    text += &line("", ACTORS.iter().map(|actor| actor.name).collect());
    for (route, cells) in table {
        let name = format!("{:<6} {}", route.method, route.path);
        text += &line(&name, cells.iter().map(|cell| cell.text.as_str()).collect());
    }
    text
}

/// What must hold whatever the golden table says.
fn ruled(table: &Table) {
    let column = |name: &str| ACTORS.iter().position(|actor| actor.name == name).expect("an actor");
    for (route, cells) in table {
        let by = |name: &str| cells[column(name)].text.as_str();
        assert_eq!(by("suspended"), by("anonymous"), "{route:?}: who is suspended is nobody");
        if route.is_about_a_submission() {
            for nobody in ["stranger", "conflicted"] {
                assert_eq!(by(nobody), "404", "{route:?}: for the {nobody} it does not exist");
            }
            let out = if route.is_api() || route.changes() { "401" } else { ">in" };
            assert_eq!(by("anonymous"), out, "{route:?}");
        }
        let own = [
            "/api/v1/submissions",
            "/start/{workflow}",
            "/api/v1/token",
            "/sign-out",
            "/forgotten",
            "/account/sessions/{session}/end",
            "/account/sessions/end-others",
            "/api/v1/me/sessions/{session}",
            "/api/v1/me/second-factor",
            "/account/letters",
        ];
        if route.changes() && !own.contains(&route.path.as_str()) {
            assert!(!cells[column("auditor")].changed(), "{route:?}: an auditor changes nothing");
        }
        let open = [
            "/",
            "/sign-in",
            "/sign-out",
            "/forgotten",
            "/catalogue",
            "/api",
            "/api/openapi.json",
            "/api/v1/catalogue",
            "/.well-known/jwks.json",
        ];
        let may_be_open = open.contains(&route.path.as_str());
        let entered = by("anonymous").starts_with('2') || by("anonymous") == "303";
        assert!(!entered || may_be_open, "{route:?} is open to everybody");
    }
}

/// Sends everybody along these routes and holds what they were told against rules and table.
async fn compare(name: &str, routes: impl Fn(&Route) -> bool) {
    let house = House::open().await;
    let wanted: Vec<Route> = all_routes().into_iter().filter(routes).collect();
    assert!(wanted.len() > 20, "the routes are not where they are looked for");
    let table = walked(&house, &wanted).await;
    ruled(&table);
    insta::assert_snapshot!(name, written(&table));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_get_where_the_table_says_and_change_nothing_on_the_way_out() {
    compare("access_of_programs", Route::is_api).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn people_get_where_the_table_says_and_change_nothing_on_the_way_out() {
    compare("access_of_people", |route| !route.is_api()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_know_of_a_submission_and_not_read_it_gets_no_answer_and_no_file() {
    let house = House::open().await;
    let scene = Scene::set(&house).await;
    for actor in ACTORS.iter().filter(|actor| ["invited", "candidate"].contains(&actor.name)) {
        let reference = &scene.course(actor).reference;
        let reader = house.person(actor.key.expect("somebody"));
        let seen = reader.read(reference).await.ok();
        assert_eq!(seen["title"], "Chronic wounds in home care", "{}", actor.name);
        let answers = seen["answers"].as_object().is_none_or(serde_json::Map::is_empty);
        assert!(answers && seen["files"].as_array().is_none_or(Vec::is_empty), "{}: {seen}", actor.name);
        assert!(!seen.to_string().contains("ana@faculty.example"), "{}: {seen}", actor.name);
        assert_eq!(reader.get(&format!("/submissions/{reference}/files")).await.ok(), serde_json::json!([]));
    }
    house.close().await;
}
