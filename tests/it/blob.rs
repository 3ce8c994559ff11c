//! Documents on the local disk and in a bucket, reached over the S3 protocol from a server in this process.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use bytes::Bytes;
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use imprimatur::{
    blob::{Area, Blobs, Error, Fault, Key, MEDIA, Media, Place, WrongType},
    clock::new_id,
    domain::FileName,
};
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::harness::bucket::{self, Server};

/// A store and the directory where its server keeps everything.
struct Store {
    blobs: Blobs,
    directory: PathBuf,
}

impl Store {
    fn local() -> Self {
        let directory = temporary();
        Self { blobs: Blobs::at(&Place::Directory(directory.join("blobs"))).unwrap(), directory }
    }

    async fn bucket() -> Self {
        Self::bucket_of(Server::Honest).await
    }

    async fn bucket_of(kind: Server) -> Self {
        let directory = temporary();
        let s3 = bucket::serve(&directory, kind).await;
        Self { blobs: Blobs::at(&Place::Bucket(s3)).unwrap(), directory }
    }

    /// Every file the store keeps, also parts of unfinished uploads; not the server's own notes.
    fn files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        walk(&self.directory, &mut files);
        files.retain(|file| !file.to_string_lossy().ends_with(".json"));
        files
    }

    /// Waits until nothing is kept: a bucket is cleaned up in the background.
    async fn becomes_empty(&self) {
        for _ in 0..500 {
            if self.files().is_empty() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("left behind: {:?}", self.files());
    }

    /// The keys of an area, as they are listed.
    async fn keys(&self, area: Area) -> Vec<Key> {
        let listed: Vec<_> = self.blobs.list(area).await.unwrap().try_collect().await.unwrap();
        listed.into_iter().map(|listed| listed.key.expect("a key")).collect()
    }

    async fn read(&self, key: Key) -> Vec<u8> {
        let content = self.blobs.open(key, None).await.unwrap();
        let chunks: Vec<Bytes> = content.stream.try_collect().await.unwrap();
        chunks.concat()
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // What is left in the temporary directory harms nobody.
        let _ = fs::remove_dir_all(&self.directory);
    }
}

fn temporary() -> PathBuf {
    let directory = std::env::temp_dir().join(format!("imprimatur-blob-{}", new_id()));
    fs::create_dir_all(&directory).unwrap();
    directory
}

fn walk(directory: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { walk(&path, files) } else { files.push(path) }
    }
}

fn bytes(chunks: &[&[u8]]) -> impl Stream<Item = io::Result<Bytes>> + use<> {
    let chunks: Vec<io::Result<Bytes>> = chunks.iter().map(|chunk| Ok(Bytes::copy_from_slice(chunk))).collect();
    stream::iter(chunks)
}

fn zip(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(io::Cursor::new(Vec::new()));
    for (name, content) in entries {
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        writer.start_file(*name, options).unwrap();
        io::Write::write_all(&mut writer, content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n";

async fn life_of_a_document(store: &Store) {
    store.blobs.probe(new_id()).await.unwrap();
    assert!(store.files().is_empty(), "the probe cleans up");
    let staged = store.blobs.stage(new_id(), bytes(&[&PDF[..7], &PDF[7..]]), 1000).await.unwrap();
    assert_eq!(staged.size, u64::try_from(PDF.len()).unwrap());
    assert_eq!(staged.sha256, aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, PDF).as_ref());
    assert_eq!(staged.media.mime, "application/pdf");
    assert_eq!(store.keys(Area::Staging).await, [staged.key]);

    let key = store.blobs.promote(&staged).await.unwrap();
    assert_eq!(store.blobs.promote(&staged).await.unwrap(), key, "a second time changes nothing");
    assert_eq!(key.to_string().parse(), Ok(key));
    assert!(store.keys(Area::Staging).await.is_empty());
    assert_eq!(store.keys(Area::Documents).await, [key]);
    assert_eq!(store.read(key).await, PDF);
    let part = store.blobs.open(key, Some(1..4)).await.unwrap();
    assert_eq!((part.size, part.range), (staged.size, 1..4));

    store.blobs.delete(vec![key]).await.unwrap();
    store.blobs.delete(vec![key]).await.unwrap();
    assert!(
        matches!(store.blobs.open(key, None).await, Err(Error::Faulty { key: missing, fault: Fault::Missing }) if missing == key)
    );
    assert!(matches!(store.blobs.promote(&staged).await, Err(Error::Faulty { fault: Fault::Missing, .. })));
    store.becomes_empty().await;
}

#[tokio::test]
async fn a_document_lives_on_the_local_disk() {
    life_of_a_document(&Store::local()).await;
}

#[tokio::test]
async fn a_document_lives_in_a_bucket() {
    life_of_a_document(&Store::bucket().await).await;
}

#[tokio::test]
async fn a_bucket_that_ignores_conditions_is_refused_at_the_start() {
    let store = Store::bucket_of(Server::IgnoresConditions).await;
    assert!(matches!(store.blobs.probe(new_id()).await, Err(Error::Unfit(_))));
}

async fn nothing_is_left_behind(store: &Store) {
    let zeros = Bytes::from(vec![0; 6 * 1024 * 1024]);
    let endless = |chunk: Bytes| stream::repeat(()).map(move |()| Ok::<_, io::Error>(chunk.clone()));
    let stage = |limit| store.blobs.stage(new_id(), endless(zeros.clone()).take(8), limit);
    assert!(matches!(stage(20_000_000).await, Err(Error::TooLarge { limit: 20_000_000 })));
    store.becomes_empty().await;

    assert!(matches!(store.blobs.stage(new_id(), bytes(&[]), 1000).await, Err(Error::Empty)));
    assert!(matches!(store.blobs.stage(new_id(), bytes(&[b"", b""]), 1000).await, Err(Error::Empty)));
    let program = bytes(&[b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0\x3e\0", &[0; 100]]);
    assert!(matches!(store.blobs.stage(new_id(), program, 1000).await, Err(Error::WrongType(_))));
    store.becomes_empty().await;

    let cut = endless(zeros.clone()).take(3).chain(stream::once(async { Err(io::Error::other("reset by peer")) }));
    assert!(matches!(store.blobs.stage(new_id(), cut, u64::MAX).await, Err(Error::CutOff(_))));
    store.becomes_empty().await;

    // The caller hangs up while parts are on their way: the future is dropped.
    let stuck = endless(zeros).take(3).chain(stream::pending());
    let staging = store.blobs.stage(new_id(), stuck, u64::MAX);
    assert!(tokio::time::timeout(Duration::from_millis(1500), staging).await.is_err());
    store.becomes_empty().await;
}

#[tokio::test]
async fn an_upload_that_fails_leaves_nothing_on_the_local_disk() {
    nothing_is_left_behind(&Store::local()).await;
}

#[tokio::test]
async fn an_upload_that_fails_leaves_nothing_in_a_bucket() {
    nothing_is_left_behind(&Store::bucket().await).await;
}

#[tokio::test]
async fn what_a_killed_process_left_is_deleted_by_its_place() {
    let store = Store::local();
    let blobs = store.blobs.clone();
    let stuck = bytes(&[b"half a file"]).chain(stream::pending());
    // The upload is under way for ever, like one whose process is gone.
    let id = new_id();
    let upload = tokio::spawn(async move { blobs.stage(id, stuck, u64::MAX).await });
    while store.files().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let key = |id| Key { area: Area::Staging, id };
    store.blobs.delete(vec![key(new_id())]).await.unwrap();
    assert_eq!(store.files().len(), 1, "another one's place");
    store.blobs.delete(vec![key(id)]).await.unwrap();
    assert!(store.files().is_empty());
    upload.abort();
}

async fn is_noted_whose_it_is(store: &Store) {
    let (ours, theirs) = (new_id(), new_id());
    assert_eq!(store.blobs.installation().await.unwrap(), None);
    assert_eq!(store.blobs.belong_to(ours).await.unwrap(), ours);
    assert_eq!(store.blobs.belong_to(theirs).await.unwrap(), ours, "the first one stands");
    store.blobs.hand_over_to(theirs).await.unwrap();
    assert_eq!(store.blobs.installation().await.unwrap(), Some(theirs));
    for area in [Area::Staging, Area::Documents] {
        assert!(store.keys(area).await.is_empty(), "the note is no document");
    }
}

#[tokio::test]
async fn a_directory_knows_whose_documents_it_holds() {
    is_noted_whose_it_is(&Store::local()).await;
}

#[tokio::test]
async fn a_bucket_knows_whose_documents_it_holds() {
    is_noted_whose_it_is(&Store::bucket().await).await;
}

/// The most memory this process ever held, in bytes.
fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}

#[tokio::test]
async fn two_hundred_megabytes_pass_in_bounded_memory() {
    let store = Store::local();
    let before = peak_memory();
    let start = stream::once(async { Ok(Bytes::from_static(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom")) });
    // Not zeros: pages of zeros that are only read cost no memory, and would hide what is held.
    let chunks = stream::repeat(()).take(3200).map(|()| Ok::<_, io::Error>(Bytes::from(vec![1; 64 * 1024])));
    let staged = store.blobs.stage(new_id(), start.chain(chunks), u64::MAX).await.unwrap();
    assert_eq!(staged.size, 24 + 3200 * 64 * 1024);
    assert_eq!(staged.media.mime, "video/mp4");
    let grown = peak_memory() - before;
    assert!(grown < 40_000_000, "memory grew by {grown} bytes");
}

#[tokio::test]
async fn a_large_file_comes_back_whole_from_a_bucket() {
    let store = Store::bucket().await;
    let line = Bytes::from("a line of text\n".repeat(4000));
    let chunks = stream::repeat(line.clone()).take(300).map(Ok::<_, io::Error>);
    let staged = store.blobs.stage(new_id(), chunks, u64::MAX).await.unwrap();
    let key = store.blobs.promote(&staged).await.unwrap();
    let read = store.read(key).await;
    assert!(read == line.repeat(300));
}

/// What the content says it is.
async fn found(content: &[u8]) -> Result<&'static str, WrongType> {
    let store = Store::local();
    match store.blobs.stage(new_id(), bytes(&[content]), 10_000_000).await {
        Ok(staged) => Ok(staged.media.mime),
        Err(Error::WrongType(wrong)) => Err(wrong),
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn the_type_is_found_by_content() {
    let open = |mime: &str| zip(&[("mimetype", mime), ("content.xml", "<x/>"), ("META-INF/manifest.xml", "<x/>")]);
    let word = zip(&[("[Content_Types].xml", "<x/>"), ("word/document.xml", "<x/>")]);
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (PDF.to_vec(), "application/pdf"),
        (word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (
            zip(&[("xl/workbook.xml", ""), ("[Content_Types].xml", "")]),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (
            zip(&[("[Content_Types].xml", ""), ("ppt/presentation.xml", "")]),
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ),
        (open("application/vnd.oasis.opendocument.text"), "application/vnd.oasis.opendocument.text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "image/png"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0".to_vec(), "image/jpeg"),
        ("\u{feff}Name,Stunden\nJörg,2.5\n".as_bytes().to_vec(), "text/plain"),
        (b"caf\xe9 au lait\r\n".to_vec(), "text/plain; charset=windows-1252"),
        (b"\xff\xfec\0a\0f\0\xe9\0".to_vec(), "text/plain; charset=utf-16"),
        (b"A word on %PDF-1.7 and how it begins".to_vec(), "text/plain"),
        ([b"\xef\xbb\xbf\r\n\0\0".as_slice(), PDF].concat(), "application/pdf"),
        ([b"HTTP/1.1 200 OK\r\n\r\n".as_slice(), &[b' '; 900], PDF].concat(), "application/pdf"),
        ([PDF, &[0; 5_000]].concat(), "application/pdf"),
        ([PDF, &b"\r\n<!-- sent by the scanner -->".repeat(100)].concat(), "application/pdf"),
        (b"ID3\x04\0\0\0\0\0\0".to_vec(), "audio/mpeg"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom".to_vec(), "video/mp4"),
    ];
    for (content, mime) in cases {
        assert_eq!(found(&content).await, Ok(mime));
    }
}

/// How an Office file says that a part is a program.
const DECLARED: &str =
    r#"<Types><Override PartName="/word/a.dat" ContentType="application/vnd.ms-office.vbaProject"/></Types>"#;

/// A Word document with one part more, and what it says of its parts.
fn with_part(name: &str, types: &str) -> Vec<u8> {
    zip(&[("[Content_Types].xml", types), ("word/document.xml", "<x/>"), (name, "x")])
}

/// A large Word document, packed, as Word itself writes it: what it says of its parts stands first.
fn packed(types: &str) -> Vec<u8> {
    let mut writer = ZipWriter::new(io::Cursor::new(Vec::new()));
    let noise: Vec<u8> = (0..2_000_000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
    let contents = [("[Content_Types].xml", types.as_bytes()), ("word/document.xml", b"<x/>"), ("word/a.dat", &noise)];
    for (name, content) in contents {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        io::Write::write_all(&mut writer, content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Made with qpdf, all the ways that are in use; the owner's password is another one.
#[tokio::test]
async fn a_pdf_that_opens_with_a_password_alone_is_told_and_one_that_opens_freely_is_taken() {
    macro_rules! made {
        ($($kind:literal)*) => {
            [$(($kind, include_bytes!(concat!("pdf/open-", $kind, ".pdf")).as_slice(),
                include_bytes!(concat!("pdf/locked-", $kind, ".pdf")).as_slice())),*]
        };
    }
    for (kind, open, locked) in made!("40" "128" "aes" "r5" "256") {
        assert_eq!(found(open).await, Ok("application/pdf"), "{kind}");
        assert_eq!(found(locked).await, Err(WrongType::Locked), "{kind}");
    }
    let foreign =
        String::from_utf8_lossy(PDF).replace("<<>>\nstart", "<< /Encrypt << /Filter /Adobe.PubSec >> >>\nstart");
    assert_eq!(found(foreign.as_bytes()).await, Err(WrongType::Locked));
    // What cannot be told is no reason to refuse.
    for broken in
        ["/Encrypt 9 0 R", "/Encrypt << /Filter /Standard /R 3 /U (x) >>", "/Encrypt", "/EncryptMetadata false"]
    {
        let broken = String::from_utf8_lossy(PDF).replace("<<>>\nstart", &format!("<< {broken} >>\nstart"));
        assert_eq!(found(broken.as_bytes()).await, Ok("application/pdf"), "{broken}");
    }
}

#[tokio::test]
async fn what_is_not_what_it_seems_is_refused() {
    let other = |found| Err(WrongType::Other { found });
    let damaged = |what| Err(WrongType::Damaged { what });
    let word = zip(&[("[Content_Types].xml", "<x/>"), ("word/document.xml", "<x/>")]);
    let macros = zip(&[("[Content_Types].xml", ""), ("word/document.xml", ""), ("word/vbaProject.bin", "")]);
    let book = zip(&[("mimetype", "application/epub+zip"), ("content.xml", ""), ("META-INF/manifest.xml", "")]);
    let cases: Vec<(&str, Vec<u8>, Result<&'static str, WrongType>)> = vec![
        ("Windows program", [b"MZ\x90\0".as_slice(), &[0; 200]].concat(), other("a program")),
        ("shell script", b"#!/bin/sh\nrm -rf ~\n".to_vec(), other("a program")),
        ("web page", b"<!DOCTYPE html><script>alert(1)</script>".to_vec(), other("a web page or XML file")),
        ("drawing with script", b" <svg onload=alert(1)>".to_vec(), other("a web page or XML file")),
        ("PDF without an end", PDF[..30].to_vec(), damaged("PDF")),
        ("PDF behind a page", [b"<html>".as_slice(), PDF].concat(), other("a web page or XML file")),
        ("PDF too far behind", [[1; 1100].as_slice(), PDF].concat(), other("of a type that is not known here")),
        ("web page in UTF-16", b"\xff\xfe<\0h\0t\0m\0l\0>\0".to_vec(), other("a web page or XML file")),
        ("archive", zip(&[("a.txt", "x")]), other("an archive")),
        (
            "names in the wrong place",
            zip(&[("x/word/document.xml", ""), ("[Content_Types].xml", "")]),
            other("an archive"),
        ),
        ("e-book", book, other("an archive")),
        ("macros", macros, Err(WrongType::Macros)),
        ("macros in small letters", with_part("word/vbaproject.bin", "<x/>"), Err(WrongType::Macros)),
        ("macros of OpenDocument", with_part("Basic/Standard/script-lb.xml", "<x/>"), Err(WrongType::Macros)),
        ("macros under another name", with_part("word/media/a.dat", DECLARED), Err(WrongType::Macros)),
        ("declared in capitals", with_part("word/a.dat", &DECLARED.to_uppercase()), Err(WrongType::Macros)),
        ("declared in numbers", with_part("word/a.dat", &DECLARED.replace('v', "&#118;")), Err(WrongType::Macros)),
        ("declared in a packed part", packed(DECLARED), Err(WrongType::Macros)),
        ("truncated", word[..word.len() - 30].to_vec(), damaged("document or archive")),
        ("something behind the end", [word.as_slice(), b"x"].concat(), damaged("document or archive")),
        ("random", vec![0x93, 0x11, 0xfe, 0x07, 0, 1, 2, 3], other("of a type that is not known here")),
        ("no letter of Windows-1252", b"caf\xe9 \x81".to_vec(), other("of a type that is not known here")),
    ];
    for (name, content, expected) in cases {
        assert_eq!(found(&content).await, expected, "{name}");
    }
}

#[tokio::test]
async fn a_list_of_contents_that_lies_ends_in_a_refusal() {
    let word = zip(&[("[Content_Types].xml", "<x/>"), ("word/document.xml", "<x/>")]);
    for at in word.len() - 22..word.len() {
        for value in [0, 1, 0x7f, 0xff] {
            let mut content = word.clone();
            content[at] = value;
            // Any answer is fine as long as there is one.
            let _ = found(&content).await;
        }
    }
}

#[test]
fn an_ending_says_what_the_file_is() {
    let named = |mime: &str, name: &str| {
        let name = FileName::read(name).unwrap();
        Media::named(mime).unwrap().name(name).as_str().to_owned()
    };
    for (mime, name, kept) in [
        ("application/pdf", "agenda.PDF", "agenda.PDF"),
        ("application/pdf", "agenda", "agenda"),
        ("application/pdf", "agenda.pdf.exe", "agenda.pdf.exe.pdf"),
        ("image/jpeg", "IMG_0042.HEIC", "IMG_0042.jpg"),
        ("image/heif", "IMG_0042.JPG", "IMG_0042.heic"),
        ("image/jpeg", "photo.png", "photo.jpg"),
        ("text/plain; charset=windows-1252", "Liste.csv", "Liste.csv"),
    ] {
        assert_eq!(named(mime, name), kept);
    }
    assert!(MEDIA.iter().all(|media| Media::named(media.mime) == Some(*media)));
}

#[tokio::test]
async fn the_directory_is_for_its_owner_alone_and_holds_no_links() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let directory = temporary();
    let place = Place::Directory(directory.join("blobs"));
    let blobs = Blobs::at(&place).unwrap();
    assert!(!directory.join("blobs").exists(), "whoever looks makes nothing");
    let staged = blobs.stage(new_id(), bytes(&[PDF]), 1000).await.unwrap();
    let mode = |below: &str| fs::metadata(directory.join(below)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("blobs"), mode("blobs/staging")), (0o700, 0o700));
    assert_eq!(mode(&format!("blobs/{}", staged.key)), 0o600);
    symlink("/etc", directory.join("blobs/documents")).unwrap();
    assert!(matches!(blobs.promote(&staged).await, Err(Error::Directory(_))), "while it is open");
    assert!(matches!(Blobs::at(&place), Err(Error::Directory(_))));
    fs::remove_dir_all(directory).unwrap();
}

#[test]
fn keys_are_ours_alone() {
    for text in ["documents/../../etc/passwd", "documents/", "other/0190b0a0-0000-7000-8000-000000000000", "x"] {
        assert!(text.parse::<Key>().is_err(), "{text}");
    }
}
