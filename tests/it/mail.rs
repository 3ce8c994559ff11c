//! Letters over a real server, where `TEST_SMTP=host:port` names one that keeps what it takes.

use imprimatur::{
    mail::{Delivery, Letter, Mailer},
    secret::Secret,
};

#[tokio::test]
async fn a_real_server_takes_a_letter() {
    let Ok(server) = std::env::var("TEST_SMTP") else {
        eprintln!("left out: set TEST_SMTP=host:port to send a letter to a real server");
        return;
    };
    let mailer = Mailer::new(Some(&Secret::new(format!("smtp://{server}"))), "Office <office@credit.example>").unwrap();
    let id = format!("<{}@credit.example>", imprimatur::clock::new_id());
    let letter = Letter {
        to: "anna@klinik.example".parse().unwrap(),
        subject: "Your turn: Prüfung\r\nBcc: everyone@example.org".to_owned(),
        text: "Your attention is needed by Friday.\n.\nA line with one dot is above.\n".to_owned(),
        html: "<p>Your attention is needed by Friday.</p>".to_owned(),
        message_id: id.clone(),
        in_reply_to: Some("<0@credit.example>".to_owned()),
        written: "2026-11-22T06:00:00Z".parse().unwrap(),
    };
    assert_eq!(mailer.send(&letter).await.unwrap(), Delivery::Sent);
    // The second goes over the same connection.
    assert_eq!(mailer.send(&letter).await.unwrap(), Delivery::Sent);
    if let Ok(folder) = std::env::var("TEST_SMTP_FOLDER") {
        let kept = taken(&folder, &id);
        assert_eq!(kept.len(), 2, "both arrived");
        for letter in kept {
            let (head, body) = letter.split_once("\r\n\r\n").expect("a head and a body");
            assert!(!head.lines().any(|line| line.starts_with("Bcc:")), "a subject is no place for another head line");
            assert!(
                head.contains("To: anna@klinik.example") && head.contains("Auto-Submitted: auto-generated"),
                "{head}"
            );
            assert!(body.contains("Your attention is needed by Friday."), "{body}");
        }
    }
}

/// Letters with a message id that the server keeps in its folder.
fn taken(folder: &str, id: &str) -> Vec<String> {
    let files = std::fs::read_dir(folder).unwrap();
    let letters = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    letters.filter(|letter| letter.contains(id)).collect()
}
