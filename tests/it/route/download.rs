//! Downloads, whole and in parts.

use reqwest::{Method, header};

use crate::harness::{
    client::{Answer, send},
    form::pdf,
    house::House,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_download_that_broke_off_goes_on_where_it_was() {
    let house = House::open().await;
    let author = house.person("author");
    let file = pdf(100_000, "a certificate");
    let size = file.len();
    let reference = author.begin("self-study").await;
    let kept = author.attach(&reference, "evidence", "certificate.pdf", file.clone()).await.ok();
    let path = format!("/submissions/{reference}/files/{}", kept["id"].as_str().unwrap());
    let part = async |headers: &[(&str, &str)]| -> Answer {
        let mut request = author.request(Method::GET, &path).await;
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        send(request).await
    };
    let text = |answer: &Answer, name: header::HeaderName| answer.headers[name].to_str().unwrap().to_owned();

    let whole = part(&[]).await;
    let etag = text(&whole, header::ETAG);
    assert_eq!((whole.status, text(&whole, header::ACCEPT_RANGES)), (200, "bytes".to_owned()));
    assert_eq!(etag, format!("\"{}\"", kept["sha256"].as_str().unwrap()));
    assert!(whole.bytes == file);

    let rest = part(&[("range", "bytes=60000-"), ("if-range", &etag)]).await;
    assert_eq!((rest.status, rest.bytes.len()), (206, size - 60_000));
    assert_eq!(text(&rest, header::CONTENT_RANGE), format!("bytes 60000-{}/{size}", size - 1));
    assert!([&file[..60_000], &rest.bytes].concat() == file, "the parts make the whole");
    assert!(text(&rest, header::CONTENT_SECURITY_POLICY).starts_with("sandbox"));
    let end = part(&[("range", "bytes=-6")]).await;
    assert_eq!((end.status, end.bytes.as_slice()), (206, &b"%%EOF\n"[..]));

    let changed = part(&[("range", "bytes=60000-"), ("if-range", "\"another\"")]).await;
    assert_eq!((changed.status, changed.bytes.len()), (200, size));
    let beyond = part(&[("range", "bytes=200000-")]).await;
    assert_eq!((beyond.status, text(&beyond, header::CONTENT_RANGE)), (416, format!("bytes */{size}")));
    beyond.is(416);

    for known in [etag.as_str(), "*", &format!("\"another\", W/{etag}")] {
        let same = part(&[("if-none-match", known), ("range", "bytes=-6")]).await;
        assert_eq!((same.status, same.bytes.len(), text(&same, header::ETAG)), (304, 0, etag.clone()), "{known}");
    }
    let other = part(&[("if-none-match", "\"another\"")]).await;
    assert_eq!((other.status, other.bytes.len()), (200, size));
    house.close().await;
}
