//! Requests of somebody who is not who they say.

use aws_lc_rs::{
    hmac,
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair},
};
use data_encoding::BASE64URL_NOPAD as B64;
use imprimatur::{domain::Standing, model::KeyState};
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{client::send, database::assert_same, house::House};

#[tokio::test(flavor = "multi_thread")]
async fn tokens_and_cookies_that_are_not_ours_open_nothing() {
    let house = House::open().await;
    let (author, nobody) = (house.person("author"), house.nobody());
    let good = author.token().await;
    let parts: Vec<&str> = good.split('.').collect();
    let header: Value = serde_json::from_slice(&B64.decode(parts[0].as_bytes()).unwrap()).unwrap();
    let claims: Value = serde_json::from_slice(&B64.decode(parts[1].as_bytes()).unwrap()).unwrap();
    let keys = house.database.view().await.signing_keys().await.unwrap();
    let key = keys.into_iter().find(|key| key.state == KeyState::Active).unwrap();
    let published = nobody.get("//.well-known/jwks.json").await.bytes;
    let message = |header: &Value, claims: &Value| {
        format!("{}.{}", B64.encode(header.to_string().as_bytes()), B64.encode(claims.to_string().as_bytes()))
    };
    let signed = |header: &Value, claims: &Value| {
        let message = message(header, claims);
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &key.pkcs8).unwrap();
        format!("{message}.{}", B64.encode(pair.sign(&SystemRandom::new(), message.as_bytes()).unwrap().as_ref()))
    };
    let without = |claim: &str| {
        let mut claims = claims.clone();
        claims.as_object_mut().unwrap().remove(claim).unwrap();
        signed(&header, &claims)
    };
    let with = |claim: &str, value: Value| {
        let mut claims = claims.clone();
        claims[claim] = value;
        signed(&header, &claims)
    };
    let named = |alg: &str| {
        let mut header = header.clone();
        header["alg"] = json!(alg);
        header
    };
    let as_hmac = message(&named("HS256"), &claims);
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &published), as_hmac.as_bytes());
    let ask = async |value: String| send(nobody.request(Method::GET, "/me").await.header("authorization", value)).await;
    let twin = signed(&header, &claims);
    ask(format!("Bearer {twin}")).await.ok();
    let before = house.database.dump().await;
    for (name, token) in [
        ("alg none", format!("{}.", message(&named("none"), &claims))),
        ("HS256 with the public key", format!("{as_hmac}.{}", B64.encode(tag.as_ref()))),
        ("no aud", without("aud")),
        ("no iss", without("iss")),
        ("no exp", without("exp")),
        ("another aud", with("aud", json!("https://elsewhere.example"))),
        ("expired", with("exp", json!(claims["iat"].as_i64().unwrap() - 3600))),
        ("of nobody", with("sub", json!("0192f0c4-0000-7000-8000-000000000000"))),
        ("cut", good.get(..good.len() - 9).unwrap().to_owned()),
        ("nonsense", "nonsense".to_owned()),
        ("", String::new()),
    ] {
        let refused = ask(format!("Bearer {token}")).await;
        assert_eq!(refused.status, 401, "{name}: {refused:?}");
        refused.is(401);
    }
    for value in ["Basic YTpi", "Bearer", &format!("Token {good}")] {
        ask(value.to_owned()).await.is(401);
    }
    for cookie in
        ["imprimatur=", "imprimatur=nonsense", "imprimatur=\"", "a=b; imprimatur=x; imprimatur=y", "imprimatur=%00"]
    {
        send(nobody.request(Method::GET, "/me").await.header("cookie", cookie)).await.is(401);
    }
    nobody.get("/me").await.is(401);
    assert_same(&before, &house.database.dump().await);

    // Who is suspended is out with the token they have.
    house.change("author", |person| person.standing = Standing::Suspended).await;
    ask(format!("Bearer {good}")).await.is(401);
    house.close().await;
}
