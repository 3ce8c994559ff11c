//! The routes that the program has, and what stands in their places.

use std::collections::BTreeSet;

use imprimatur::http::{api, page};

/// All routes of API and pages, as method and path.
pub(crate) fn all() -> BTreeSet<(String, String)> {
    let description = serde_json::to_value(api::openapi()).expect("JSON");
    let mut routes = BTreeSet::new();
    for (path, methods) in description["paths"].as_object().expect("paths") {
        for method in methods.as_object().expect("methods").keys() {
            routes.insert((method.to_uppercase(), path.clone()));
        }
    }
    routes.extend(page::routes().map(|(method, path)| (method.as_str().to_owned(), path.to_owned())));
    assert!(routes.len() > 120, "the routes are not where they are looked for");
    routes
}

/// What somebody puts in the places of a route.
pub(crate) struct Places<'a> {
    /// A submission.
    pub(crate) reference: &'a str,
    /// A file that was handed in with it.
    pub(crate) file: &'a str,
    /// Somebody to whom nothing is special.
    pub(crate) person: &'a str,
    /// Somebody who reviews it.
    pub(crate) reviewer: &'a str,
    /// A workflow, not necessarily the submission's.
    pub(crate) workflow: &'a str,
    /// A transition of the submission's workflow.
    pub(crate) transition: &'a str,
    /// A review of it.
    pub(crate) track: &'a str,
    /// A section of its form.
    pub(crate) section: &'a str,
}

impl Places<'_> {
    /// The path with all that in it.
    #[track_caller]
    pub(crate) fn in_path(&self, route: &str) -> String {
        let of_person = route.contains("/people/") || route.contains("/groups/");
        let mut path = route.replace("/workflows/{id}", &format!("/workflows/{}", self.workflow));
        for (name, value) in [
            ("{reference}", self.reference),
            ("{id}", if of_person { self.person } else { self.file }),
            ("{file}", self.file),
            ("{name}", self.transition),
            ("{transition}", self.transition),
            ("{track}", self.track),
            ("{section}", self.section),
            ("{number}", "1"),
            ("{workflow}", self.workflow),
            ("{person}", self.person),
            ("{reviewer}", self.reviewer),
            ("{slug}", "content-reviewers"),
            ("{secret}", "nobody-was-given-this"),
            ("{hash}", "nobody-proposed-this"),
            ("{session}", "0190b5a0-0000-7000-8000-000000000000"),
            ("{absence}", "0190b5a0-0000-7000-8000-000000000000"),
            ("{plan}", "0190b5a0-0000-7000-8000-000000000000"),
            ("{form}", "0190b5a0-0000-7000-8000-000000000000"),
            ("{mail}", "0190b5a0-0000-7000-8000-000000000000"),
        ] {
            path = path.replace(name, value);
        }
        assert!(!path.contains('{'), "{route} is new: say here what stands in {path}");
        path
    }
}
