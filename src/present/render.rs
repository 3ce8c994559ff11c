//! From a view to its text: the templates, embedded.

use anyhow::Context as _;
use rust_embed::Embed;
use serde::Serialize;
use tera::{Context, Tera};

use super::{
    Letter, View,
    envelope::Envelope,
    layout::{Layout, Page},
};

/// Templates and what pages refer to; `static/` is served as it is.
#[derive(Embed)]
#[folder = "templates/"]
struct Templates;

/// All templates, checked when they are loaded.
#[derive(Debug)]
pub struct Views {
    tera: Tera,
}

/// A letter, ready to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub subject: String,
    /// The plain text, complete in itself.
    pub text: String,
    pub html: String,
}

#[derive(Serialize)]
struct Sheet<'a, L> {
    subject: &'a str,
    letter: Whole<'a, L>,
}

#[derive(Serialize)]
struct Whole<'a, L> {
    envelope: &'a Envelope,
    #[serde(flatten)]
    letter: &'a L,
}

impl Views {
    /// Reads all templates. `address` gives the address under which a file of `static/` is served, such as
    /// `/static/3f2a/app.css` for `app.css`.
    pub fn load(address: impl Fn(&str) -> String) -> anyhow::Result<Self> {
        let (assets, templates): (Vec<_>, Vec<_>) = Templates::iter().partition(|path| path.starts_with("static/"));
        let mut sources = Vec::with_capacity(templates.len());
        for path in templates {
            let file = Templates::get(&path).with_context(|| format!("template {path} is gone"))?;
            let source = String::from_utf8(file.data.into_owned()).with_context(|| format!("template {path}"))?;
            sources.push((path, source));
        }
        let mut tera = Tera::default();
        tera.add_raw_templates(sources)?;
        let assets: std::collections::BTreeMap<String, String> = assets
            .iter()
            .filter_map(|path| path.strip_prefix("static/"))
            .map(|name| (name.to_owned(), address(name)))
            .collect();
        tera.global_context().insert("asset", &assets);
        Ok(Self { tera })
    }

    pub fn page<T: View>(&self, layout: Layout, body: T) -> anyhow::Result<String> {
        let context = Context::from_serialize(&Page { layout, body })?;
        self.tera.render(T::TEMPLATE, &context).with_context(|| format!("rendering {}", T::TEMPLATE))
    }

    /// A letter as text and HTML.
    pub fn letter<L: Letter>(&self, envelope: &Envelope, letter: &L) -> anyhow::Result<Written> {
        let subject = envelope.subject.clone();
        let context = Context::from_serialize(&Sheet { subject: &subject, letter: Whole { envelope, letter } })?;
        let render = |ending: &str| {
            let name = format!("{}.{ending}", L::TEMPLATE);
            self.tera.render(&name, &context).with_context(|| format!("rendering {name}"))
        };
        Ok(Written { text: render("txt")?, html: render("html")?, subject })
    }
}
