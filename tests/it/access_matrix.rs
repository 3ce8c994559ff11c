//! Who may go where: every route of the program, by everybody who can stand before it, as one golden table.
//!
//! The routes come from the router itself, so that a new one is in the table or the test fails. After each request that
//! was turned away the database is what it was. `INSTA_UPDATE=always` writes the table anew: read the difference.

mod actor;
mod ask;
mod scene;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use imprimatur::http::{api, page};
use reqwest::Method;

use crate::harness::house::House;

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
        Self { path: path.to_owned(), method: method.to_uppercase() }
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
fn routes() -> Vec<Route> {
    let description = serde_json::to_value(api::openapi()).expect("JSON");
    let mut routes = BTreeSet::new();
    for (path, methods) in description["paths"].as_object().expect("paths") {
        for method in methods.as_object().expect("methods").keys() {
            routes.insert(Route::new(method, path));
        }
    }
    routes.extend(page::routes().map(|(method, path)| Route::new(method.as_str(), path)));
    assert!(routes.len() > 60, "the routes are not where they are looked for");
    routes.into_iter().collect()
}

type Table = BTreeMap<Route, Vec<Cell>>;

/// Sends everybody everywhere.
async fn walked(house: &House) -> Table {
    let mut scene = Scene::set(house).await;
    let mut table = Table::new();
    for route in routes() {
        let mut cells = Vec::new();
        let mut before = house.database.dump().await;
        for actor in ACTORS {
            let cell = scene.ask(&route, actor).await;
            let after = house.database.dump().await;
            if cell.changed() && route.changes() {
                scene.mend(&route, actor).await;
                before = house.database.dump().await;
            } else {
                // Signing in anew, or asking for a token, changes nothing either.
                let (who, seen) = (actor.name, &cell.text);
                let tables: Vec<&String> =
                    before.keys().filter(|table| before.get(*table) != after.get(*table)).collect();
                assert!(tables.is_empty(), "{route:?} by {who} was answered {seen} and changed {tables:?}");
            }
            cells.push(cell);
        }
        table.insert(route, cells);
    }
    table
}

fn written(table: &Table) -> String {
    let mut text = String::from(
        "Status by route and by who asks, with the code of a refusal; '>in' is the way to the sign-in page.\n\n",
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
            for nobody in ["stranger", "conflicted", "next-door"] {
                assert_eq!(by(nobody), "404", "{route:?}: for the {nobody} it does not exist");
            }
            let out = if route.is_api() { "401" } else { ">in" };
            assert_eq!(by("anonymous"), out, "{route:?}");
        }
        let own = ["/api/v1/submissions", "/start/{workflow}", "/api/v1/token", "/sign-out"];
        if route.changes() && !own.contains(&route.path.as_str()) {
            assert!(!cells[column("auditor")].changed(), "{route:?}: an auditor changes nothing");
        }
        let open = ["/api/v1/catalogue", "/catalogue", "/.well-known/", "/api", "/sign-in", "/sign-out", "/workflows"];
        let may_be_open = open.iter().any(|open| route.path.starts_with(open)) && !route.path.starts_with("/api/v1/s");
        let entered = by("anonymous").starts_with('2') || by("anonymous") == "303";
        assert!(!entered || may_be_open || route.path == "/", "{route:?} is open to everybody");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_gets_where_the_table_says_and_nobody_changes_anything_on_the_way_out() {
    let house = House::open().await;
    let table = walked(&house).await;
    ruled(&table);
    insta::assert_snapshot!("access_matrix", written(&table));
    house.close().await;
}
