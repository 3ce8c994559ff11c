//! The shell around every route: errors, headers, other sites, time, logs, and stopping.

use std::{
    io,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use http_body_util::BodyExt;
use imprimatur::{
    blob::{Blobs, Content, Disposition, Media, Place},
    clock::new_id,
    config::{LogFormat, Proxies},
    http::{
        ErrorPage, Patience, Problem, Shell, Stopped, Transport, download,
        etag::{ETag, IfMatch},
        health::{Check, Readiness, healthz},
        input, metrics, serve, shell, static_file, timely, upload,
    },
    log,
    token::Opaque,
    usecase::Error,
};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
};
use tower::ServiceExt;
use tracing::instrument::WithSubscriber;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answers {
    hours: i64,
    agenda: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    minutes: u32,
}

#[derive(Deserialize)]
struct Page {
    size: u32,
}

async fn defect() -> &'static str {
    panic!("the password is swordfish")
}

fn routes() -> Router {
    let failing = |error: fn() -> Error| get(move || async move { Err::<(), _>(Problem::from(error())) });
    Router::new()
        .route("/", get(|| async { axum::response::Html("<h1>Home</h1>") }).post(|| async { "done" }))
        .route("/healthz", get(healthz))
        .route(static_file::ROUTE, get(static_file::serve_static))
        .route("/panic", get(defect))
        .route("/form", get(|| async { (StatusCode::UNPROCESSABLE_ENTITY, axum::response::Html("<form>")) }))
        .route("/link/{secret}", get(|| async { "welcome" }))
        .route("/download", get(|| async { ([(header::CONTENT_SECURITY_POLICY, "sandbox")], "bytes") }))
        .route("/api/v1/panic", get(defect))
        .route("/api/v1/broken", failing(|| Error::Internal(anyhow::anyhow!("no such table: swordfish"))))
        .route("/api/v1/closed", failing(|| Error::Unauthenticated))
        .route("/api/v1/stale", failing(|| Error::Stale))
        .route(
            "/api/v1/versioned",
            get(|IfMatch(version): IfMatch| async move { (ETag(version.unwrap_or(3) + 1), "changed") }),
        )
        .route(
            "/api/v1/answers",
            post(|input::Json(answers): input::Json<Answers>| async move {
                format!("{} {:?}", answers.hours, answers.agenda.iter().map(|item| item.minutes).collect::<Vec<_>>())
            }),
        )
        .route("/api/v1/page", get(|input::Query(page): input::Query<Page>| async move { page.size.to_string() }))
        .route("/api/v1/item/{id}", get(|input::Path(id): input::Path<uuid::Uuid>| async move { id.to_string() }))
}

fn app(transport: Transport) -> Router {
    let page = |problem: &Problem| {
        format!("<!DOCTYPE html><h1>{}</h1><p>{}</p>", problem.title, problem.instance.as_deref().unwrap_or("?"))
    };
    shell(routes(), &Shell { transport, origin: None, error_page: ErrorPage::new(page), proxies: Proxies::default() })
        .unwrap()
}

struct Answer {
    status: u16,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

async fn read(response: Response) -> Answer {
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    Answer { status: parts.status.as_u16(), headers: parts.headers, text: String::from_utf8(bytes.to_vec()).unwrap() }
}

async fn ask(method: Method, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
    let mut request = Request::builder().method(method).uri(path).header("host", "credit.example");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    read(app(Transport::Plain).oneshot(request.body(body.into()).unwrap()).await.unwrap()).await
}

async fn get_from(path: &str) -> Answer {
    ask(Method::GET, path, &[], "").await
}

#[tokio::test]
async fn every_answer_has_the_security_headers_and_a_request_id() {
    for path in ["/", "/nowhere", "/panic", "/form", "/healthz", "/api/v1/nowhere", "/api/v1/broken", "/static/x/y.css"]
    {
        let answer = get_from(path).await;
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("x-request-id").len(), 36, "{path}");
        assert_eq!(answer.header("strict-transport-security"), "", "{path}");
    }
    assert_eq!(get_from("/download").await.header("content-security-policy"), "sandbox");
    let request = Request::builder().uri("/nowhere").body(Body::empty()).unwrap();
    let answer = read(app(Transport::Tls).oneshot(request).await.unwrap()).await;
    assert!(answer.header("strict-transport-security").contains("includeSubDomains"));
}

#[tokio::test]
async fn programs_get_problems_and_people_get_pages() {
    let answer = get_from("/api/v1/nowhere").await;
    assert_eq!((answer.status, answer.header("content-type")), (404, "application/problem+json"));
    let id = format!("urn:uuid:{}", answer.header("x-request-id"));
    assert_eq!(answer.json()["instance"], json!(id));
    assert_eq!(answer.json()["type"], json!("urn:imprimatur:problem:not-found"));

    let answer = get_from("/nowhere").await;
    assert_eq!((answer.status, answer.header("content-type")), (404, "text/html; charset=utf-8"));
    assert!(answer.text.contains(answer.header("x-request-id")), "{}", answer.text);

    let answer = ask(Method::DELETE, "/api/v1/answers", &[], "").await;
    assert_eq!((answer.status, answer.header("allow")), (405, "POST"));
    assert_eq!(answer.json()["status"], json!(405));
    assert_eq!(get_from("/form").await.text, "<form>", "a page with what is wrong in it stays");
    assert_eq!(get_from("/api/v1/closed").await.header("www-authenticate"), "Bearer");
}

#[tokio::test]
async fn a_defect_shows_its_number_only() {
    for path in ["/panic", "/api/v1/panic", "/api/v1/broken"] {
        let answer = get_from(path).await;
        assert_eq!(answer.status, 500, "{path}");
        assert!(answer.text.contains(answer.header("x-request-id")), "{path}");
        assert!(!answer.text.contains("swordfish"), "{path}");
    }
}

#[tokio::test]
async fn a_stale_version_is_409_and_with_if_match_412() {
    assert_eq!(get_from("/api/v1/stale").await.status, 409);
    let answer = ask(Method::GET, "/api/v1/stale", &[("if-match", "\"3\"")], "").await;
    assert_eq!((answer.status, answer.json()["status"].clone()), (412, json!(412)));
    let answer = ask(Method::GET, "/api/v1/versioned", &[("if-match", "\"3\"")], "").await;
    assert_eq!((answer.status, answer.header("etag")), (200, "\"4\""));
    assert_eq!(get_from("/api/v1/versioned").await.status, 428);
    for (value, status) in [
        ("*", 200),
        // A weak one matches nothing, nor does one that was never sent (RFC 9110, 13.1.1).
        ("W/\"3\"", 412),
        ("\"x\"", 412),
        ("\"-1\"", 412),
        ("3", 400),
        ("W/3", 400),
        ("\"3\", \"4\"", 400),
        ("\"", 400),
    ] {
        assert_eq!(ask(Method::GET, "/api/v1/versioned", &[("if-match", value)], "").await.status, status, "{value}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_json_is_pointed_at() {
    let send = |body: String| ask(Method::POST, "/api/v1/answers", &[("content-type", "application/json")], body);
    assert_eq!(send(r#"{"hours": 2, "agenda": [{"minutes": 30}]}"#.to_owned()).await.text, "2 [30]");
    for (body, pointer) in [
        (r#"{"hours": 2, "agenda": [{"minutes": 30}, {"minutes": -5}]}"#, "/agenda/1/minutes"),
        (r#"{"hours": "2", "agenda": []}"#, "/hours"),
        (r#"{"hours": 2, "agenda": [], "credits": 9}"#, "/credits"),
        (r#"{"hours": 2}"#, ""),
        ("[]", ""),
    ] {
        let answer = send(body.to_owned()).await;
        assert_eq!((answer.status, &answer.json()["errors"][0]["pointer"]), (422, &json!(pointer)), "{body}");
    }
    for body in ["", "{", "{\"hours\": 2,}", "\u{1}", "{\"hours\": 2, \"agenda\": []} x"] {
        let answer = send(body.to_owned()).await;
        assert_eq!(
            (answer.status, &answer.json()["type"]),
            (400, &json!("urn:imprimatur:problem:malformed")),
            "{body}"
        );
    }
    let deep = format!("{{\"hours\": {}", "[".repeat(100_000));
    assert!(matches!(send(deep).await.status, 400 | 422));
    assert_eq!(send(format!("\"{}\"", "x".repeat(3_000_000))).await.status, 413);
    assert_eq!(ask(Method::POST, "/api/v1/answers", &[], "{}").await.status, 415);
    assert_eq!(ask(Method::POST, "/api/v1/answers", &[("content-type", "text/plain")], "{}").await.status, 415);
    assert_eq!(get_from("/api/v1/item/42").await.status, 404);
    assert_eq!(get_from("/api/v1/page?size=many").await.status, 400);
}

#[tokio::test]
async fn other_sites_cannot_act_for_a_person() {
    let cookie = format!("imprimatur={}", Opaque::random().text());
    let cookie = ("cookie", cookie.as_str());
    let cases: &[(&[(&str, &str)], u16)] = &[
        (&[], 200),
        (&[("authorization", "Bearer x")], 200),
        (&[cookie], 403),
        (&[cookie, ("sec-fetch-site", "same-origin")], 200),
        (&[cookie, ("origin", "http://credit.example")], 200),
        (&[cookie, ("referer", "http://credit.example/form")], 200),
        (&[cookie, ("referer", "http://elsewhere.example/credit.example")], 403),
        (&[cookie, ("sec-fetch-site", "cross-site")], 403),
        (&[cookie, ("sec-fetch-site", "same-site")], 403),
        (&[cookie, ("origin", "http://elsewhere.example")], 403),
        (&[cookie, ("origin", "null")], 403),
        (&[("sec-fetch-site", "cross-site")], 403),
        (&[("origin", "http://elsewhere.example")], 403),
    ];
    for (headers, status) in cases {
        let answer = ask(Method::POST, "/", headers, "").await;
        assert_eq!(answer.status, *status, "{headers:?}");
        assert!(*status == 200 || answer.header("content-type").starts_with("text/html"), "{headers:?}");
    }
    assert_eq!(ask(Method::GET, "/", &[cookie, ("sec-fetch-site", "cross-site")], "").await.status, 200);
}

#[tokio::test]
async fn a_route_that_takes_too_long_is_given_up() {
    let stuck = Router::new().route("/api/v1/stuck", get(std::future::pending::<()>));
    let page = ErrorPage::new(|problem| problem.title.to_owned());
    let settings = Shell { transport: Transport::Plain, origin: None, error_page: page, proxies: Proxies::default() };
    let router = shell(timely(stuck, Duration::from_millis(20)), &settings).unwrap();
    let request = Request::builder().uri("/api/v1/stuck").body(Body::empty()).unwrap();
    let answer = read(router.oneshot(request).await.unwrap()).await;
    assert_eq!(answer.status, 503);
    assert!((1..=60).contains(&answer.header("retry-after").parse::<u32>().unwrap()));
    assert_eq!(answer.json()["type"], json!("urn:imprimatur:problem:unavailable"));
}

#[tokio::test]
async fn a_document_is_sent_in_a_sandbox_as_what_it_is() {
    let send = async |mime, disposition| {
        let stream = futures_util::stream::iter([Ok(bytes::Bytes::from_static(b"12345"))]);
        let content = Content { size: 5, range: 0..5, stream: Box::pin(stream) };
        read(download::answer(content, Media::named(mime).unwrap(), "Prüfung.pdf", disposition)).await
    };
    let pdf = send("application/pdf", Disposition::Inline).await;
    assert_eq!((pdf.header("content-type"), pdf.header("content-length")), ("application/pdf", "5"));
    assert!(pdf.header("content-security-policy").starts_with("sandbox; default-src 'none'"));
    assert!(pdf.header("content-disposition").starts_with("inline; "));
    let film = send("video/mp4", Disposition::Inline).await;
    assert!(film.header("content-disposition").starts_with("attachment; filename=\"Pr_fung.pdf\"; filename*="));
    let text = send("text/plain", Disposition::Attachment).await;
    assert_eq!((text.header("content-type"), text.text.as_str()), ("text/plain; charset=utf-8", "12345"));
}

/// What a route makes of a form with a file in it.
async fn staged(mut form: axum::extract::Multipart, blobs: Blobs, limit: u64) -> Result<String, Problem> {
    while let Some(field) = form.next_field().await? {
        let Some(name) = field.file_name().map(str::to_owned) else { continue };
        let staged = blobs.stage(new_id(), upload::paced(field, upload::SILENCE), limit).await;
        let staged = staged.map_err(|error| Problem::from(Error::from(error)))?;
        return Ok(format!("{name} {} {}", staged.size, staged.media.mime));
    }
    Err(Problem::malformed("no file"))
}

#[tokio::test]
async fn a_file_in_a_form_is_staged_and_one_that_is_cut_off_is_not() {
    let directory = std::env::temp_dir().join(format!("imprimatur-http-{}", new_id()));
    let blobs = Blobs::at(&Place::Directory(directory.clone())).unwrap();
    let route = post(move |input::Multipart(form): input::Multipart| staged(form, blobs.clone(), 100))
        .layer(axum::extract::DefaultBodyLimit::disable());
    let page = ErrorPage::new(|problem| problem.title.to_owned());
    let settings = Shell { transport: Transport::Plain, origin: None, error_page: page, proxies: Proxies::default() };
    let router = shell(Router::new().route("/api/v1/files", route), &settings).unwrap();
    let head = "--b\r\ncontent-disposition: form-data; name=\"note\"\r\n\r\nx\r\n--b\r\n\
                content-disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\ncontent-type: image/png\r\n\r\n";
    let send = async |body: String| {
        let request = Request::builder().method("POST").uri("/api/v1/files");
        let request = request.header("content-type", "multipart/form-data; boundary=b").body(Body::from(body));
        read(router.clone().oneshot(request.unwrap()).await.unwrap()).await
    };
    assert_eq!(send(format!("{head}some text\r\n--b--\r\n")).await.text, "a.txt 9 text/plain");
    let cut = send(format!("{head}some te")).await;
    assert_eq!((cut.status, &cut.json()["errors"][0]["code"]), (422, &json!("cut-off")), "{}", cut.text);
    assert_eq!(send(format!("{head}{}\r\n--b--\r\n", "x".repeat(101))).await.status, 413);
    let empty = send(format!("{head}\r\n--b--\r\n")).await;
    assert_eq!((empty.status, &empty.json()["errors"][0]["code"]), (422, &json!("empty")));
    assert_eq!(send("--x".to_owned()).await.status, 400);
    std::fs::remove_dir_all(directory).unwrap();
}

#[tokio::test]
async fn readiness_names_what_is_wrong() {
    let readiness = Readiness::default();
    let good = Check::good("database");
    assert_eq!(readiness.answer(std::slice::from_ref(&good)).status(), 200);
    assert_eq!(readiness.answer(&[good.clone(), Check::note("documents", "away")]).status(), 200);
    assert_eq!(readiness.answer(&[Check::fault("database", "away")]).status(), 503);
    readiness.clone().stop();
    let answer = read(readiness.answer(&[good])).await;
    assert_eq!((answer.status, &answer.json()["stopping"]), (503, &json!(true)));
}

#[tokio::test]
async fn numbers_are_kept_by_route() {
    let handle = metrics::install().unwrap();
    get_from("/link/swordfish").await;
    let request = Request::builder().uri("/metrics").body(Body::empty()).unwrap();
    let router = metrics::router(handle, || std::future::ready(()));
    let text = read(router.oneshot(request).await.unwrap()).await.text;
    let counted = r#"imprimatur_http_request_duration_seconds_count{class="page",method="GET",route="/link/{secret}",status="200"} 1"#;
    assert!(text.contains(counted), "{text}");
    for line in ["# TYPE imprimatur_build_info gauge", "# HELP imprimatur_build_info ", "process_open_fds "] {
        assert!(text.contains(line), "no {line} in\n{text}");
    }
    assert!(!text.contains("swordfish"));
}

/// Keeps what is logged.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl io::Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_log_line_has_the_request_and_no_secret() {
    let kept = Kept::default();
    let writer = kept.clone();
    let (subscriber, _) = log::subscriber(LogFormat::Json, "info", move || writer.clone()).unwrap();
    let headers = [("cookie", "imprimatur=swordfish"), ("authorization", "Bearer swordfish")];
    let asked = async {
        let welcome = ask(Method::GET, "/link/swordfish?password=swordfish", &headers, "").await;
        let broken = get_from("/api/v1/broken").await;
        get_from("/panic").await;
        (welcome.header("x-request-id").to_owned(), broken.header("x-request-id").to_owned())
    };
    let (welcome, broken) = asked.with_subscriber(subscriber).await;
    let text = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let line = lines.iter().find(|line| line["span"]["id"] == json!(welcome)).unwrap();
    assert_eq!(line["message"], json!("Answered GET /link/{secret} with 200"));
    let failed = lines.iter().find(|line| line["level"] == json!("ERROR")).unwrap();
    assert_eq!(failed["span"]["id"], json!(broken));
    assert_eq!(failed["cause"], json!("no such table: swordfish"), "the cause is in the log");
    assert!(text.contains("a panic: the password is swordfish"), "{text}");
    assert_eq!(text.matches("swordfish").count(), 2, "{text}");
}

#[tokio::test]
async fn static_files_are_for_ever_under_their_hash() {
    assert_eq!(static_file::url("nothing.css"), None);
    for name in static_file::names() {
        let Some(url) = static_file::url(&name) else { panic!("{name} has no address") };
        let answer = app(Transport::Plain).oneshot(Request::builder().uri(&url).body(Body::empty()).unwrap()).await;
        let answer = answer.unwrap();
        assert_eq!(answer.status(), 200, "{url}");
        assert_eq!(answer.headers()["cache-control"], "public, max-age=31536000, immutable");
        assert_eq!(get_from(&format!("/static/0000000000000000/{name}")).await.status, 404);
    }
}

const PATIENT: Patience = Patience {
    head: Duration::from_secs(20),
    idle: Duration::from_secs(20),
    drain: Duration::ZERO,
    stop: Duration::from_secs(20),
    connections: 4096,
};

/// A server that stops when told to; `/slow` takes 300 ms.
struct Server {
    address: std::net::SocketAddr,
    stop: oneshot::Sender<()>,
    serving: tokio::task::JoinHandle<Stopped>,
    readiness: Readiness,
}

async fn start(patience: Patience) -> Server {
    let slow = get(|| async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        "late\n".into_response()
    });
    let router = Router::new().route("/slow", slow).route("/", get(|| async { "fast\n" }));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let readiness = Readiness::default();
    let signal = async { stopped.await.unwrap() };
    let serving = tokio::spawn(serve(listener, router, signal, readiness.clone(), patience));
    Server { address, stop, serving, readiness }
}

#[tokio::test]
async fn a_request_in_flight_is_answered_before_the_stop() {
    let server = start(PATIENT).await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    server.stop.send(()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    assert!(text.ends_with("late\n"), "{text}");
    assert_eq!(server.serving.await.unwrap(), Stopped::Answered);
    assert_eq!(server.readiness.answer(&[]).status(), 503);
}

#[tokio::test]
async fn connections_that_ask_nothing_cannot_hold_the_stop() {
    let server = start(Patience { stop: Duration::from_millis(400), ..PATIENT }).await;
    let _silent = TcpStream::connect(server.address).await.unwrap();
    let mut half = TcpStream::connect(server.address).await.unwrap();
    half.write_all(b"GET / HTTP/1.1\r\nhos").await.unwrap();
    let mut idle = TcpStream::connect(server.address).await.unwrap();
    idle.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    let mut first = [0; 12];
    idle.read_exact(&mut first).await.unwrap();
    let told = Instant::now();
    server.stop.send(()).unwrap();
    let stopped = tokio::time::timeout(Duration::from_secs(5), server.serving).await.unwrap();
    assert_eq!(stopped.unwrap(), Stopped::Cut);
    assert!(told.elapsed() < Duration::from_secs(3));
}

#[tokio::test]
async fn who_sends_the_head_of_a_request_letter_by_letter_is_cut_off_and_an_idle_line_too() {
    let server =
        start(Patience { head: Duration::from_millis(300), idle: Duration::from_millis(300), ..PATIENT }).await;
    let mut slow = TcpStream::connect(server.address).await.unwrap();
    let mut idle = TcpStream::connect(server.address).await.unwrap();
    idle.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    let began = Instant::now();
    let trickle = async {
        for letter in b"GET / HTTP/1.1\r\nhost: a-long-name".iter().cycle() {
            if slow.write_all(&[*letter]).await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), trickle).await.expect("the line is cut");
    assert!(began.elapsed() >= Duration::from_millis(300));
    let mut text = String::new();
    tokio::time::timeout(Duration::from_secs(5), idle.read_to_string(&mut text)).await.expect("an end").unwrap();
    assert!(text.ends_with("fast\n"), "{text}");
    server.stop.send(()).unwrap();
    assert_eq!(server.serving.await.unwrap(), Stopped::Answered);
}
