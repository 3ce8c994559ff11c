//! The groups that workflows give roles to.

use serde::Serialize;

use crate::{
    domain::Standing,
    present::{View, path, words},
    usecase::admin::Membership,
};

/// The groups that workflows give roles to.
#[derive(Clone, Debug, Serialize)]
pub struct Groups {
    pub rows: Vec<GroupRow>,
}

#[derive(Clone, Debug, Serialize)]
pub struct GroupRow {
    pub href: String,
    pub name: String,
    pub slug: String,
    pub members: Vec<String>,
    /// `Has 3 members, 5 are needed`.
    pub alarm: Option<String>,
}

impl View for Groups {
    const TEMPLATE: &'static str = "page/group_list.html";
}

pub(crate) fn of(groups: &[Membership]) -> Groups {
    let rows = groups.iter().map(|found| {
        let members = found.members.iter().filter(|person| person.standing == Standing::Active);
        let members: Vec<String> = members.map(|person| person.name.clone()).collect();
        let needed = usize::try_from(found.needed).unwrap_or(0);
        GroupRow {
            href: format!("/groups/{}", path::encoded(&found.group.slug)),
            name: found.group.title.clone(),
            slug: found.group.slug.clone(),
            alarm: (members.len() < needed)
                .then(|| format!("Has {}, {needed} are needed", words::many(members.len(), "active member"))),
            members,
        }
    });
    Groups { rows: rows.collect() }
}
