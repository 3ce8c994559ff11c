//! A page that somebody was answered with.

use imprimatur::http::page;
use reqwest::Method;

use super::{
    demo::Reader,
    html::{self, Piece},
};

/// An answer; one that is no page has no pieces.
pub(super) struct Page {
    pub(super) reader: Reader,
    /// With its query.
    pub(super) path: String,
    /// The page with the link that led here.
    pub(super) from: String,
    pub(super) status: u16,
    /// Where else it leads at once.
    pub(super) leads_to: Option<String>,
    pub(super) html: String,
    pub(super) pieces: Vec<Piece>,
}

impl Page {
    pub(super) fn new(reader: Reader, path: &str, status: u16, html: String) -> Self {
        let pieces = if html.is_empty() { Vec::new() } else { html::pieces(&html) };
        Self { reader, path: path.to_owned(), from: String::new(), status, leads_to: None, html, pieces }
    }

    /// What to call it in a fault.
    pub(super) fn name(&self) -> String {
        format!("{} as {} ({}, linked on {})", self.path, self.reader.name, self.status, self.from)
    }

    /// The route that answered, as the router has it.
    pub(super) fn route(&self) -> Option<&'static str> {
        route(&Method::GET, &self.path)
    }

    /// Whose state a page about a submission tells, in the words of the reader.
    pub(super) fn state(&self) -> &str {
        let mut tags = self.pieces.iter().skip_while(
            |piece| !matches!(piece, Piece::Open(tag) if tag.get("class").is_some_and(|class| class.starts_with("tag "))),
        );
        match tags.nth(1) {
            Some(Piece::Text(label)) => label,
            _ => "",
        }
    }

    /// Every address of this site that it links to or shows, without the place within the page.
    pub(super) fn links(&self) -> Vec<String> {
        let links = html::opened(&self.pieces).filter_map(|tag| match tag.name.as_str() {
            "a" => tag.get("href"),
            "img" | "iframe" => tag.get("src"),
            "object" => tag.get("data"),
            _ => None,
        });
        let links = links.map(|href| href.split('#').next().unwrap().to_owned());
        links.filter(|href| !href.is_empty()).collect()
    }

    /// Whether a link leads to the same list, chosen in yet another way: all combinations are no other kind of page.
    pub(super) fn narrows(&self, to: &str) -> bool {
        let split = |path: &str| path.split_once('?').map(|(path, query)| (path.to_owned(), query.to_owned()));
        matches!((split(&self.path), split(to)), (Some((here, _)), Some((there, _))) if here == there)
    }
}

/// The route to a path.
pub(super) fn route(method: &Method, path: &str) -> Option<&'static str> {
    let path = path.split('?').next().unwrap_or_default();
    let fits = |route: &str| {
        let (route, path): (Vec<_>, Vec<_>) = (route.split('/').collect(), path.split('/').collect());
        route.len() == path.len() && route.iter().zip(&path).all(|(part, here)| part.starts_with('{') || part == here)
    };
    // The one with the fewest places for anything is meant.
    let routes = page::routes().filter(|(of, route)| of == method && fits(route)).map(|(_, route)| route);
    routes.min_by_key(|route| route.matches('{').count())
}
