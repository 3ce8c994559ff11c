//! The office and the people around it: invented, in the proportions of a state academy.

use crate::domain::{
    Duty::{self, Administrator, Auditor, Coordinator},
    WrittenCalendar,
};

/// Somebody of the demo.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// What scenes call the person.
    pub(super) key: &'static str,
    /// As printed.
    pub(super) name: &'static str,
    /// Behind the name.
    pub(super) credentials: &'static str,
    /// Where the person works.
    pub(super) affiliation: &'static str,
    /// Duties in the house.
    pub(super) duties: &'static [Duty],
    /// Groups.
    pub(super) groups: &'static [&'static str],
}

/// The organisation's name, short name and time zone.
pub(super) const OFFICE: (&str, &str, &str) =
    ("Prairie States Academy of Continuing Medical Education", "PSA", "America/Chicago");

/// The federal holidays on which the office is closed (5 U.S.C. 6103), and the days observed instead of those that fall
/// on a weekend.
const HOLIDAYS: [&str; 16] = [
    "01-01 New Year's Day",
    "third Monday of January Birthday of Martin Luther King, Jr.",
    "third Monday of February Washington's Birthday",
    "last Monday of May Memorial Day",
    "06-19 Juneteenth National Independence Day",
    "07-04 Independence Day",
    "first Monday of September Labor Day",
    "second Monday of October Columbus Day",
    "11-11 Veterans Day",
    "fourth Thursday of November Thanksgiving Day",
    "12-25 Christmas Day",
    "2026-07-03 Independence Day, observed",
    "2027-06-18 Juneteenth, observed",
    "2027-07-05 Independence Day, observed",
    "2027-12-24 Christmas Day, observed",
    "2027-12-31 New Year's Day, observed",
];

/// When the office works, and when its committee meets.
pub(super) fn calendar() -> WrittenCalendar {
    WrittenCalendar {
        holidays: HOLIDAYS.map(str::to_owned).to_vec(),
        meetings: vec!["committee: first Thursday at 09:00; not in July, December; papers 14 days before".to_owned()],
        ..WrittenCalendar::default()
    }
}

const HOUSE: &str = "Prairie States Academy";

/// Those who judge appeals judge them of every kind.
const PANELS: &[&str] = &["appeals", "commission", "nurse-appeals"];

const fn part(
    key: &'static str,
    name: &'static str,
    credentials: &'static str,
    affiliation: &'static str,
    groups: &'static [&'static str],
) -> Part {
    Part { key, name, credentials, affiliation, duties: &[], groups }
}

/// Everybody, in the order of the sign-in page.
pub(super) const PEOPLE: &[Part] = &[
    part("amara", "Amara Okafor", "MD, FAAFP", "Prairie View Family Health, Kearney", &[]),
    part("daniel", "Daniel Whitehorse", "PA-C", "Sandhills Rural Clinic, Valentine", &[]),
    part("lucia", "Lucía Herrera", "DO", "Platte Valley Medical Group", &[]),
    part("mei", "Mei-Ling Chang", "MSN, RN, CDCES", "Lakeside Community Hospital", &[]),
    part("jonas", "Jonas Lindgren", "MD", "Red Willow Regional Hospital", &[]),
    part("priya", "Priya Raman", "MD, FACEP", "Bluestem University Medical Center", &["content-reviewers"]),
    part("thomas", "Thomas Adler", "MD", "Sandhills Rural Clinic, Valentine", &["content-reviewers"]),
    part("grace", "Grace Mbeki", "PharmD", "Bluestem University Medical Center", &["content-reviewers"]),
    part("oliver", "Oliver Hayes", "MD, MPH", "Heartland Public Health Institute", &["content-reviewers"]),
    part("sofia", "Sofía Delgado", "DNP, FNP-BC", "Cottonwood Health Center", &["content-reviewers", "nurse-peers"]),
    part(
        "helen",
        "Helen Novak",
        "MD, FAAFP",
        "Cottonwood Health Center",
        &["self-study-assessors", "family-reviewers"],
    ),
    part("marcus", "Marcus Bell", "PA-C, DMSc", "Heartland Public Health Institute", &["self-study-assessors"]),
    part(
        "ingrid",
        "Ingrid Sorensen",
        "MD",
        "Bluestem University Medical Center",
        &["self-study-leads", "family-reviewers"],
    ),
    part("paul", "Paul Dvorak", "DO, FAAFP", "Niobrara Family Practice", &["family-reviewers"]),
    part("carmen", "Carmen Ortiz", "MSN, RN", "Great Plains Veterans Hospital", &["nurse-peers"]),
    part("dawn", "Dawn Little Elk", "BSN, RN-BC", "Elkhorn Children's Hospital", &["nurse-peers"]),
    part("beth", "Beth Novotny", "MSN, RN, NPD-BC", "Missouri Bend Medical Center", &["nurse-peers"]),
    part("yolanda", "Yolanda Pierce", "PhD, RN, NPD-BC", HOUSE, &["nurse-leaders"]),
    part("karen", "Karen Voss", "DNP, RN", "Bluestem University Medical Center", &["nurse-leaders"]),
    part("walter", "Walter Kim", "JD, MHA", HOUSE, &["integrity"]),
    part("nadia", "Nadia Rahman", "PhD", HOUSE, &["integrity"]),
    part("ruben", "Ruben Castellanos", "MD, MACP", "Great Plains Veterans Hospital", &["committee", "family-chiefs"]),
    part("eleanor", "Eleanor Whitfield", "MD", "Elkhorn Children's Hospital", &["committee", "family-chiefs"]),
    part("arthur", "Arthur Greene", "MD", "Retired, Lincoln", PANELS),
    part("fatima", "Fatima Haddad", "MD, MEd", "Missouri Bend Medical Center", PANELS),
    part("stephen", "Stephen Cho", "EdD", "Missouri Bend College", PANELS),
    part("beatriz", "Beatriz Amaral", "DO", "Niobrara Family Practice", PANELS),
    part("joan", "Joan Ferris", "CHCP", HOUSE, &["accreditation-office", "course-sponsors"]),
    part("peter", "Peter Osei", "", HOUSE, &["accreditation-office", "course-sponsors"]),
    part("vera", "Vera Lindholm", "MD", "Missouri Bend Medical Center", &["audit"]),
    Part { duties: &[Coordinator], ..part("ruth", "Ruth Lindqvist", "CHCP", HOUSE, &[]) },
    Part { duties: &[Auditor], ..part("samuel", "Samuel Adeyemi", "CPA", "Plains Assurance LLP", &[]) },
    Part { duties: &[Administrator], ..part("hannah", "Hannah Brandt", "", HOUSE, &[]) },
    Part { duties: &[Administrator], ..part("simon", "Simon Achterberg", "", HOUSE, &[]) },
];

/// Groups of the office: id and title.
pub(super) const GROUPS: &[(&str, &str)] = &[
    ("accreditation-office", "Accreditation office"),
    ("content-reviewers", "Content reviewers"),
    ("integrity", "Conflict-of-interest officers"),
    ("committee", "Committee chairs"),
    ("appeals", "Appeal panel"),
    ("self-study-assessors", "Self-study assessors"),
    ("self-study-leads", "Lead assessors"),
    ("audit", "Audit sample"),
    ("course-sponsors", "Course sponsors"),
    ("family-reviewers", "Family medicine reviewers"),
    ("family-chiefs", "Family medicine, chief reviewers"),
    ("commission", "Commission on education"),
    ("nurse-peers", "Nurse peer reviewers"),
    ("nurse-leaders", "Nurse peer review leaders"),
    ("nurse-appeals", "Nursing appeal panel"),
];
