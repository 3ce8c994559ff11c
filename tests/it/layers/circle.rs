//! Circles: files and folders of one folder that name one another, over whatever way round.

use std::collections::{BTreeMap, BTreeSet};

use super::source::Source;

/// How often what is named may be handed on before it is found.
const HANDED_ON: usize = 8;

/// What one of a folder names of it, and where that is first seen.
type Arrows = BTreeMap<(String, String), String>;

/// Every arrow that is part of a circle, or of a way between two.
pub(super) fn circles(sources: &[Source]) -> Vec<String> {
    let mut folders: BTreeMap<Vec<String>, Arrows> = BTreeMap::new();
    let modules = Modules::of(sources);
    for source in sources {
        let path = source.module_path();
        for named in source.paths().iter().filter(|named| !source.is_of_tests(named.line)) {
            let to = modules.home(&named.path);
            let common = path.iter().zip(&to).take_while(|(from, to)| from == to).count();
            if let (Some(from), Some(to)) = (path.get(common), to.get(common)) {
                let arrows = folders.entry(path[..common].to_vec()).or_default();
                let place = || format!("{}:{}", source.name, named.line);
                arrows.entry((from.clone(), to.clone())).or_insert_with(place);
            }
        }
    }
    let told = |(folder, arrows): (Vec<String>, Arrows)| {
        let folder = folder.join("/");
        let told = |((from, to), place)| format!("{place}: in {folder}/ {from} names {to} in a circle");
        in_circles(arrows).into_iter().map(told).collect::<Vec<_>>()
    };
    folders.into_iter().flat_map(told).collect()
}

/// Takes away what only names or is only named, until nothing of that is left.
fn in_circles(mut arrows: Arrows) -> Arrows {
    loop {
        let before = arrows.len();
        let (from, to): (BTreeSet<String>, BTreeSet<String>) = arrows.keys().cloned().unzip();
        arrows.retain(|(namer, named), _| to.contains(namer) && from.contains(named));
        if arrows.len() == before {
            return arrows;
        }
    }
}

/// All modules that are files, each with what it imports: others reach that by its name.
struct Modules(BTreeMap<Vec<String>, BTreeMap<String, Vec<String>>>);

impl Modules {
    fn of(sources: &[Source]) -> Self {
        let imports = |source: &Source| {
            let imported = source.paths().into_iter().filter(|named| named.imported);
            imported.map(|named| (named.name, named.path)).collect()
        };
        Self(sources.iter().map(|source| (source.module_path(), imports(source))).collect())
    }

    /// The file in which something is, wherever it was handed on.
    fn home(&self, path: &[String]) -> Vec<String> {
        let mut path = path.to_vec();
        for _ in 0..HANDED_ON {
            let (file, rest) = self.split(&path);
            let handed_on = rest.first().and_then(|name| self.0.get(file)?.get(name));
            match handed_on {
                Some(from) if !path.starts_with(from) => path = [from.as_slice(), &rest[1..]].concat(),
                _ => break,
            }
        }
        self.split(&path).0.to_vec()
    }

    /// The file that a path leads to, and what it names there.
    fn split<'a>(&self, path: &'a [String]) -> (&'a [String], &'a [String]) {
        let depth = (0..=path.len()).rev().find(|depth| self.0.contains_key(&path[..*depth]));
        path.split_at(depth.unwrap_or(0))
    }
}

fn found(texts: &[(&str, &str)]) -> Vec<String> {
    circles(&texts.iter().map(|(name, text)| Source::parse(name, text)).collect::<Vec<_>>())
}

#[test]
fn a_circle_is_found_over_folders_and_what_is_handed_on_and_a_way_to_it_is_none() {
    let root = ("shop.rs", "pub use order::{self, Order as Bought}; mod till;");
    let order = ("shop/order.rs", "use crate::shop::price::of; mod line; pub struct Order;");
    let line = ("shop/order/line.rs", "fn f() { super::super::price::of(); }");
    let price = ("shop/price.rs", "pub fn of(bought: &super::Bought) {}");
    let till = ("shop/till.rs", "use super::order;");
    assert_eq!(
        found(&[root, order, line, price, till]),
        [
            "shop/order.rs:1: in shop/ order names price in a circle",
            "shop/price.rs:1: in shop/ price names order in a circle",
        ]
    );
    let price = ("shop/price.rs", "#[cfg(test)]\nmod tests {\n use crate::shop::Bought; }");
    assert_eq!(found(&[root, order, line, price, till]), Vec::<String>::new());
}
