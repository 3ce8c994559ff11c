//! A server behind the proxies of `packaging/`: TLS, large documents both ways, and who asked.

use std::{
    fs,
    io::{self, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    time::Duration,
};

use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use reqwest::{Body, Method, Version, header, redirect::Policy};
use tokio::{sync::oneshot, time::sleep};

use crate::harness::{
    client::{Client, send},
    form::pdf,
    process::{Installation, Server, free_port},
    proxy::{PUBLIC, Proxy},
};

/// Half of a large document; the server keeps the last few megabytes in memory until they are a part for its store.
const HALF: usize = 16_000_000;

/// Seen to fail: with `proxy_request_buffering` left on (nothing reached the server before all was sent).
#[tokio::test(flavor = "multi_thread")]
async fn nginx_stands_in_front_as_the_example_says() {
    stands_in_front(Proxy::nginx, Over::Network).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nginx_stands_in_front_of_a_unix_socket() {
    stands_in_front(Proxy::nginx, Over::Socket).await;
}

/// Seen to fail: with a `health_uri` that is not there (Caddy finds no server).
#[tokio::test(flavor = "multi_thread")]
async fn caddy_stands_in_front_as_the_example_says() {
    stands_in_front(Proxy::caddy, Over::Network).await;
}

/// What is between the proxy and the server.
enum Over {
    Network,
    Socket,
}

async fn stands_in_front(proxy: fn(&[String]) -> Option<Proxy>, over: Over) {
    let installation = Installation::empty().await;
    let (here, trusted) = match over {
        Over::Network => (format!("127.0.0.1:{}", free_port()), "127.0.0.1"),
        Over::Socket => (format!("unix:{}", installation.folder().join("http.sock").display()), "unix"),
    };
    let Some(proxy) = proxy(std::slice::from_ref(&here)) else { return };
    let printed = installation.init_with(&["--public-url", PUBLIC]).ok();
    let link = printed.split_whitespace().find(|word| word.contains("/welcome/")).unwrap().to_owned();
    let server = installation.serve_with(&["--listen", &here, "--trusted-proxies", trusted]);
    answers(&proxy).await;
    first_link(&proxy, &link).await;
    redirected(&proxy);
    documents(&installation, &proxy).await;
    who_asked(&installation, &proxy, server).await;
}

/// Waits until the proxy has found the server.
async fn answers(proxy: &Proxy) {
    let client = proxy.client().build().unwrap();
    for _ in 0..100 {
        if client.get(format!("{PUBLIC}/healthz")).send().await.unwrap().status().is_success() {
            return;
        }
        sleep(Duration::from_millis(100)).await;
    }
    panic!("it does not find the server: {}", proxy.log());
}

/// The first link works as it was printed, over HTTP/2, and the session it opens is for TLS only.
async fn first_link(proxy: &Proxy, link: &str) {
    let browser = proxy.client().redirect(Policy::none()).build().unwrap();
    let shown = browser.get(link).send().await.unwrap();
    assert_eq!((shown.status().as_u16(), shown.version()), (200, Version::HTTP_2));
    let request = browser.post(link).header(header::ORIGIN, PUBLIC);
    let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let entered = request.body("password=plenty+of+herons+by+the+weir").send().await.unwrap();
    assert_eq!(entered.status(), 303, "{}", proxy.log());
    let cookie = entered.headers()[header::SET_COOKIE].to_str().unwrap().to_owned();
    assert!(cookie.starts_with("__Host-") && cookie.contains("; Secure"), "{cookie}");
    let cookie = cookie.split(';').next().unwrap();
    let home = browser.get(format!("{PUBLIC}/")).header(header::COOKIE, cookie).send().await.unwrap();
    assert!(home.text().await.unwrap().contains("Ada Fell"));
}

/// Who comes without TLS is led to it.
fn redirected(proxy: &Proxy) {
    let mut line = TcpStream::connect(("127.0.0.1", proxy.plain)).unwrap();
    write!(line, "GET /queue HTTP/1.1\r\nHost: credit.example.org\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    line.read_to_string(&mut answer).unwrap();
    let place = answer.lines().find_map(|line| line.strip_prefix("Location: ")).unwrap_or_default();
    assert!(answer.starts_with("HTTP/1.1 30") && place.starts_with("https://credit.example.org"), "{answer}");
    assert!(place.ends_with("/queue"), "{answer}");
}

/// A large document reaches the server while it is sent, and comes back whole and in parts.
async fn documents(installation: &Installation, proxy: &Proxy) {
    let author = Client::with_token(PUBLIC.to_owned(), installation.token("ada")).over(proxy.client().build().unwrap());
    let reference = author.begin("self-study").await;
    let file = pdf(2 * HALF, "sent in two halves");
    let (go_on, waits) = oneshot::channel::<()>();
    let halves = [file[..HALF].to_vec(), file[HALF..].to_vec()].map(Bytes::from);
    let [first, second] = halves;
    let rest = stream::once(async move {
        waits.await.unwrap();
        Ok::<_, io::Error>(second)
    });
    let body = Body::wrap_stream(stream::iter([Ok(first)]).chain(rest));
    let sending = {
        let (author, reference) = (author.clone(), reference.clone());
        tokio::spawn(async move { author.attach(&reference, "evidence", "halves.pdf", body).await.ok() })
    };
    let blobs = installation.folder().join("blobs");
    for round in 0.. {
        if bytes_in(&blobs) >= 1_000_000 {
            break;
        }
        assert!(round < 200, "the first half is kept from the server: {}", proxy.log());
        sleep(Duration::from_millis(50)).await;
    }
    go_on.send(()).unwrap();
    let kept = sending.await.unwrap();
    let path = format!("/submissions/{reference}/files/{}", kept["id"].as_str().unwrap());
    let whole = send(author.request(Method::GET, &path).await).await;
    assert!(whole.status == 200 && whole.bytes == file);
    let part = send(author.request(Method::GET, &path).await.header(header::RANGE, "bytes=10-19")).await;
    assert_eq!((part.status, &part.bytes[..]), (206, &file[10..20]));
    assert_eq!(part.headers[header::CONTENT_RANGE], format!("bytes 10-19/{}", file.len()).as_str());
}

fn bytes_in(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    entries
        .map(
            |entry| {
                if entry.path().is_dir() { bytes_in(&entry.path()) } else { entry.metadata().map_or(0, |it| it.len()) }
            },
        )
        .sum()
}

/// The log has the address of who asked, and not what was claimed.
async fn who_asked(installation: &Installation, proxy: &Proxy, server: Server) {
    let client = proxy.client().local_address(std::net::IpAddr::from([127, 0, 0, 7])).build().unwrap();
    let asked =
        client.get(format!("{PUBLIC}/catalogue")).header("x-forwarded-for", "203.0.113.9").send().await.unwrap();
    assert_eq!(asked.status(), 200);
    assert!(server.stop().0.success());
    let log = fs::read_to_string(installation.folder().join("server.log")).unwrap();
    assert!(log.contains("127.0.0.7") && !log.contains("203.0.113.9"), "{log}");
}
