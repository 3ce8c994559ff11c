//! Files and a virus scanner. Most tests have a small one that speaks the `INSTREAM` of clamd and can be away, in this
//! process; the last has the real clamd.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::harness::{
    client::Answer,
    client::Client,
    form::{PDF, pdf},
    house::House,
    tool::tool,
};

/// A scanner that knows one virus: the word EICAR.
struct Scanner {
    address: String,
    away: Arc<AtomicBool>,
}

impl Scanner {
    async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let away = Arc::new(AtomicBool::new(false));
        let behind = away.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // Whoever is away hangs up.
                if !behind.load(Ordering::SeqCst) {
                    tokio::spawn(serve(stream));
                }
            }
        });
        Self { address, away }
    }

    fn be_away(&self, away: bool) {
        self.away.store(away, Ordering::SeqCst);
    }
}

async fn serve(mut stream: TcpStream) {
    let mut command = [0; 10];
    stream.read_exact(&mut command).await.unwrap();
    assert_eq!(&command, b"zINSTREAM\0");
    let mut seen = Vec::new();
    loop {
        let length = stream.read_u32().await.unwrap();
        if length == 0 {
            break;
        }
        let mut piece = vec![0; usize::try_from(length).unwrap()];
        stream.read_exact(&mut piece).await.unwrap();
        seen.extend(piece);
    }
    let found = seen.windows(5).any(|word| word == b"EICAR");
    let answer: &[u8] = if found { b"stream: Win.Test.EICAR_HDB-1 FOUND\0" } else { b"stream: OK\0" };
    stream.write_all(answer).await.unwrap();
}

async fn house(scanner: &Scanner) -> House {
    House::open_with(&[("scanner", &scanner.address)]).await
}

async fn fetch(client: &Client, reference: &str, file: &str) -> Answer {
    client.get(&format!("/submissions/{reference}/files/{file}")).await
}

async fn upload(author: &Client, reference: &str, bytes: Vec<u8>) -> String {
    let file = author.attach(reference, "evidence", "log.pdf", bytes).await.ok();
    assert_eq!(file["held"], "waits for the virus scan");
    file["id"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_given_out_once_the_scanner_has_passed_it_and_one_with_a_virus_never() {
    let scanner = Scanner::open().await;
    let house = house(&scanner).await;
    let author = house.person("author");
    let reference = author.begin("self-study").await;
    let clean = upload(&author, &reference, PDF.to_vec()).await;
    let sick = upload(&author, &reference, pdf(300_000, "EICAR")).await;
    for file in [&clean, &sick] {
        let held = fetch(&author, &reference, file).await.is(409);
        assert!(held["detail"].as_str().unwrap().contains("waits for the virus scan"), "{held}");
    }
    house.work().await;
    assert_eq!(fetch(&author, &reference, &clean).await.status, 200);
    let held = fetch(&author, &reference, &sick).await.is(409);
    assert!(held["detail"].as_str().unwrap().contains("holds a virus (Win.Test.EICAR_HDB-1)"), "{held}");
    let files = author.get(&format!("/submissions/{reference}/files")).await.ok();
    assert!(files[0].get("held").is_none() && files[1]["held"].as_str().unwrap().contains("virus"), "{files}");
    // Looking at all bytes finds them as they were sent, and does not take that for a healing.
    house.skip(1).await;
    fetch(&author, &reference, &sick).await.is(409);
    author.delete(&format!("/submissions/{reference}/files/{sick}")).await.ok();
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_scanner_is_away_files_are_held_however_long_and_it_is_said_why() {
    let scanner = Scanner::open().await;
    let house = house(&scanner).await;
    let author = house.person("author");
    let reference = author.begin("self-study").await;
    scanner.be_away(true);
    let file = upload(&author, &reference, PDF.to_vec()).await;
    for _ in 0..20 {
        house.skip(1).await;
    }
    let held = fetch(&author, &reference, &file).await.is(409);
    assert!(held["detail"].as_str().unwrap().contains("the virus scanner does not answer"), "{held}");
    let cookie = house.session("author").await;
    let page = house.nobody().request(reqwest::Method::GET, &format!("//s/{reference}/form/evidence")).await;
    let page = crate::harness::client::send(page.header("cookie", cookie)).await;
    let page = String::from_utf8(page.bytes).unwrap();
    assert!(page.contains("Nobody can open this file yet: it waits: the virus scanner does not answer."), "{page}");

    scanner.be_away(false);
    house.skip(1).await;
    assert_eq!(fetch(&author, &reference, &file).await.status, 200);
    house.close().await;
}

/// The clamd of Debian's clamav-daemon, with a signature of its own in the place of a gigabyte of them.
struct Clamd {
    process: std::process::Child,
    folder: tempfile::TempDir,
}

impl Clamd {
    fn open() -> Option<Self> {
        let program = tool("clamd")?;
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("signatures")).unwrap();
        let known = data_encoding::HEXLOWER.encode(b"KNOWN-AS-SICK");
        std::fs::write(at("signatures/office.ndb"), format!("Office.Test.Known:0:*:{known}\n")).unwrap();
        let settings = format!(
            "Foreground yes\nLocalSocket {}\nDatabaseDirectory {}\nStreamMaxLength 1M\n",
            at("clamd.ctl").display(),
            at("signatures").display()
        );
        std::fs::write(at("clamd.conf"), settings).unwrap();
        let log = std::fs::File::create(at("log")).unwrap();
        let mut command = std::process::Command::new(program);
        command.arg("--foreground").arg("--config-file").arg(at("clamd.conf"));
        let process = command.stdout(log.try_clone().unwrap()).stderr(log).spawn().unwrap();
        Some(Self { process, folder })
    }

    fn address(&self) -> String {
        format!("unix:{}", self.folder.path().join("clamd.ctl").display())
    }

    async fn listens(&self) {
        for _ in 0..300 {
            if tokio::net::UnixStream::connect(self.folder.path().join("clamd.ctl")).await.is_ok() {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        panic!("clamd does not listen: {}", std::fs::read_to_string(self.folder.path().join("log")).unwrap());
    }
}

impl Drop for Clamd {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn with_the_real_clamd_files_wait_until_it_is_there_and_what_it_knows_or_cannot_take_is_never_given_out() {
    let Some(clamd) = Clamd::open() else { return };
    let house = House::open_with(&[("scanner", &clamd.address())]).await;
    let author = house.person("author");
    let reference = author.begin("self-study").await;
    let clean = upload(&author, &reference, pdf(300_000, "Sepsis in the first hour")).await;
    clamd.listens().await;
    let sick = upload(&author, &reference, pdf(300_000, "KNOWN-AS-SICK")).await;
    // More than it takes: it stops listening in the middle.
    let large = upload(&author, &reference, pdf(2_000_000, "A long log")).await;
    house.work().await;
    house.skip(1).await;
    assert_eq!(fetch(&author, &reference, &clean).await.status, 200);
    for (file, why) in [(&sick, "holds a virus (Office.Test.Known.UNOFFICIAL)"), (&large, "size limit exceeded")] {
        let held = fetch(&author, &reference, file).await.is(409);
        assert!(held["detail"].as_str().unwrap().contains(why), "{held}");
        author.delete(&format!("/submissions/{reference}/files/{file}")).await.ok();
    }
    house.close().await;
}
