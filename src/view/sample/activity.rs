//! Samples of the catalogue.

use super::{
    super::{Activity, ActivityRow, Catalogue, Pager, ShownPerson, Tone},
    fact, tag, text, texts,
};

pub(in super::super) fn catalogue() -> Vec<Catalogue> {
    let row = |title: &str, provider: &str, maximum: &str, period: &str| ActivityRow {
        href: text("/catalogue/CA-2026-0007"),
        title: text(title),
        provider: text(provider),
        maximum: text(maximum),
        credit: text("AMA PRA Category 1"),
        period: text(period),
    };
    let full = Catalogue {
        search: String::new(),
        activities: vec![
            row(
                "Point-of-care ultrasound for rural clinicians",
                "Prairie General Hospital",
                "4.25",
                "20 February 2027, Salina, Kansas",
            ),
            row(
                "Spirometry in family practice: doing it and reading it",
                "Lakeside Health",
                "3.00",
                "Recorded; available until 30 June 2029",
            ),
        ],
        pager: Pager { text: text("2 activities"), previous: None, next: None },
    };
    vec![full.clone(), Catalogue { search: text("xylophone"), activities: Vec::new(), ..full }]
}

pub(in super::super) fn activity() -> Vec<Activity> {
    let person = |name: &str, part: &str, disclosure: &str| ShownPerson {
        name: text(name),
        email: None,
        part: text(part),
        disclosure: Some(text(disclosure)),
    };
    vec![Activity {
        reference: text("CA-2026-0007"),
        title: text("Point-of-care ultrasound for rural clinicians"),
        provider: text("Prairie General Hospital"),
        state: tag("Accredited", Tone::Good),
        designation: Some(text(
            "The Prairie States Academy of Family Medicine designates this live activity for a maximum of 4.25 AMA PRA Category 1 Credits™. Physicians should claim only the credit commensurate with the extent of their participation in the activity.",
        )),
        maximum: text("4.25"),
        credit: text("AMA PRA Category 1 Credits"),
        facts: vec![
            fact("Format", "Live, in person"),
            fact("When", "Saturday 20 February 2027, 9:00 to 14:30"),
            fact("Where", "Salina, Kansas"),
            fact("For", "Physicians and physician associates in critical access hospitals"),
            fact("Accredited until", "20 November 2029"),
        ],
        objectives: texts(&[
            "Obtain and name the four cardiac views in a patient with shock",
            "Tell pulmonary oedema from pneumothorax within five minutes",
            "Decide on transfer with an ultrasound finding and say why",
        ]),
        faculty: vec![
            person("Dr Miriam Adeyemi", "Course director, speaker", "No relevant financial relationships"),
            person("Dr Helen Vance", "Speaker", "Consulting for Sonolyte; all relationships were mitigated"),
        ],
        support: Some(text("This activity received no commercial support.")),
    }]
}
