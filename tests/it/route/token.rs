//! Access tokens: the corpus of forgeries, each beside a twin that is signed properly.

use std::sync::LazyLock;

use aws_lc_rs::{
    hmac,
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, RSA_PKCS1_SHA256},
};
use data_encoding::BASE64URL_NOPAD as B64;
use imprimatur::{
    clock::new_id,
    domain::{OrganisationId, PersonId},
    token::{Access, Audience, KeyRow, KeyState, Keys},
};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

static NOW: LazyLock<Timestamp> = LazyLock::new(|| "2026-11-22T06:00:00Z".parse().unwrap());
static ROW: LazyLock<KeyRow> = LazyLock::new(|| KeyRow::generate(KeyState::Active, *NOW).unwrap());
static KEYS: LazyLock<Keys> = LazyLock::new(|| Keys::load([&*ROW]).unwrap());

fn audience() -> Audience {
    Audience { issuer: "https://credit.example".to_owned(), audience: "https://credit.example/api".to_owned() }
}

fn header() -> Value {
    json!({"alg": "ES256", "typ": "at+jwt", "kid": ROW.kid})
}

fn claims() -> Value {
    let now = NOW.as_second();
    json!({"iss": "https://credit.example", "aud": "https://credit.example/api", "sub": new_id(), "org": new_id(),
        "jti": new_id(), "iat": now, "nbf": now, "exp": now + 3600})
}

fn with(mut value: Value, key: &str, to: &Value) -> Value {
    value[key] = to.clone();
    value
}

fn without(mut value: Value, key: &str) -> Value {
    value.as_object_mut().unwrap().remove(key);
    value
}

/// Signs any two texts with the real key.
fn signed(header: &str, claims: &str) -> String {
    let message = format!("{}.{}", B64.encode(header.as_bytes()), B64.encode(claims.as_bytes()));
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &ROW.pkcs8).unwrap();
    let signature = pair.sign(&SystemRandom::new(), message.as_bytes()).unwrap();
    format!("{message}.{}", B64.encode(signature.as_ref()))
}

fn token(header: &Value, claims: &Value) -> String {
    signed(&header.to_string(), &claims.to_string())
}

fn taken(token: &str) -> bool {
    KEYS.verify(token, &audience(), *NOW).is_ok()
}

#[test]
fn what_was_signed_is_read_back_until_it_expires() {
    let access = Access {
        person: PersonId(new_id()),
        organisation: OrganisationId(new_id()),
        id: new_id(),
        expires: *NOW + SignedDuration::from_hours(1),
    };
    let token = KEYS.sign(&access, &audience(), *NOW).unwrap();
    assert_eq!(KEYS.verify(&token, &audience(), *NOW), Ok(access));
    let at = |seconds| KEYS.verify(&token, &audience(), *NOW + SignedDuration::from_secs(seconds)).is_ok();
    assert!(at(3600 + 29) && !at(3600 + 30));
    assert!(at(-30) && !at(-31));
}

#[test]
fn claims_that_are_missing_or_not_what_they_should_be_are_refused() {
    assert!(taken(&token(&header(), &claims())), "the twin");
    let now = NOW.as_second();
    for claim in ["iss", "aud", "exp", "nbf", "iat", "sub", "org", "jti"] {
        assert!(!taken(&token(&header(), &without(claims(), claim))), "without {claim}");
        assert!(!taken(&token(&header(), &with(claims(), claim, &Value::Null))), "{claim} null");
    }
    for (claim, value) in [
        ("iss", json!("https://elsewhere.example")),
        ("iss", json!(["https://credit.example"])),
        ("aud", json!("https://elsewhere.example")),
        ("aud", json!(["https://credit.example/api", "https://elsewhere.example"])),
        ("sub", json!("root")),
        ("exp", json!((now + 3600).to_string())),
        ("exp", json!(1.0e12)),
        ("exp", json!(-1)),
        ("exp", json!(u64::MAX)),
        ("exp", json!(i64::MAX)),
        ("exp", json!(now - 3600)),
        ("nbf", json!(now.to_string())),
        ("nbf", json!(now + 3600)),
        ("nbf", json!(i64::MAX)),
        ("iat", json!(now + 3600)),
        ("admin", json!(true)),
    ] {
        assert!(!taken(&token(&header(), &with(claims(), claim, &value))), "{claim} {value}");
    }
    let twice = claims().to_string().replacen('{', &format!("{{\"exp\":{},", now + 9999), 1);
    assert!(!taken(&signed(&header().to_string(), &twice)), "exp twice");
}

#[test]
fn headers_that_are_not_ours_are_refused() {
    assert!(taken(&token(&with(header(), "typ", &json!("AT+JWT")), &claims())), "types ignore case");
    for (field, value) in [
        ("alg", json!("none")),
        ("alg", json!("None")),
        ("alg", json!("NONE")),
        ("alg", json!("nOnE")),
        ("alg", json!("HS256")),
        ("alg", json!("RS256")),
        ("alg", json!("ES384")),
        ("alg", json!("es256")),
        ("typ", json!("JWT")),
        ("typ", json!("id+jwt")),
        ("kid", json!("unknown")),
        ("kid", json!("../../etc/passwd")),
        ("kid", json!("' or 1=1 --")),
        ("kid", json!("http://127.0.0.1:1/key")),
        ("jku", json!("http://127.0.0.1:1/jwks.json")),
        ("x5u", json!("http://127.0.0.1:1/cert.pem")),
        ("x5c", json!(["AAAA"])),
        ("jwk", json!({"kty": "EC"})),
        ("crit", json!(["exp"])),
        ("zip", json!("DEF")),
    ] {
        assert!(!taken(&token(&with(header(), field, &value), &claims())), "{field} {value}");
    }
    for field in ["alg", "typ", "kid"] {
        assert!(!taken(&token(&without(header(), field), &claims())), "without {field}");
    }
    let twice = header().to_string().replacen('{', "{\"alg\":\"none\",", 1);
    assert!(!taken(&signed(&twice, &claims().to_string())), "alg twice");
}

#[test]
fn signatures_that_are_not_ours_are_refused() {
    let good = token(&header(), &claims());
    let (message, signature) = good.rsplit_once('.').unwrap();
    let forged = |header: &Value, sign: &dyn Fn(&str) -> Vec<u8>| {
        let message =
            format!("{}.{}", B64.encode(header.to_string().as_bytes()), B64.encode(claims().to_string().as_bytes()));
        format!("{message}.{}", B64.encode(&sign(&message)))
    };
    let published = serde_json::to_vec(&KEYS.published()).unwrap();
    let as_hmac = |message: &str| {
        hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &published), message.as_bytes()).as_ref().to_vec()
    };
    let rsa = aws_lc_rs::rsa::KeyPair::generate(aws_lc_rs::rsa::KeySize::Rsa2048).unwrap();
    let as_rsa = |message: &str| {
        let mut signature = vec![0; rsa.public_modulus_len()];
        rsa.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message.as_bytes(), &mut signature).unwrap();
        signature
    };
    let other = KeyRow::generate(KeyState::Active, *NOW).unwrap();
    let as_other = |message: &str| {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &other.pkcs8).unwrap();
        pair.sign(&SystemRandom::new(), message.as_bytes()).unwrap().as_ref().to_vec()
    };
    let cases = [
        ("no signature", format!("{message}.")),
        ("no third part", message.to_owned()),
        ("zero r and s", format!("{message}.{}", B64.encode(&[0; 64]))),
        ("half a signature", format!("{message}.{}", signature.get(..43).unwrap())),
        ("padded", format!("{good}==")),
        ("five parts", format!("{good}.x.y")),
        ("HS256 over the public key", forged(&with(header(), "alg", &json!("HS256")), &as_hmac)),
        ("HMAC named ES256", forged(&header(), &as_hmac)),
        ("RS256", forged(&with(header(), "alg", &json!("RS256")), &as_rsa)),
        ("RSA named ES256", forged(&header(), &as_rsa)),
        ("another key under our name", forged(&header(), &as_other)),
        ("unsigned", forged(&with(header(), "alg", &json!("none")), &|_| Vec::new())),
        ("empty", String::new()),
        ("too long", token(&header(), &with(claims(), "org", &json!("x".repeat(4000))))),
        ("space in front", format!(" {good}")),
        ("line end behind", format!("{good}\n")),
    ];
    assert!(taken(&good), "the twin");
    for (name, token) in cases {
        assert!(!taken(&token), "{name}");
    }
}

#[test]
fn base64_that_is_not_canonical_is_refused() {
    let good = token(&header(), &claims());
    let last = good.chars().last().unwrap();
    // 64 bytes leave four unused bits in the last character; another one with the same used bits decodes alike.
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let index = alphabet.find(last).unwrap();
    let twin = alphabet.chars().nth(index ^ 1).unwrap();
    assert!(taken(&good));
    assert!(!taken(&format!("{}{twin}", good.strip_suffix(last).unwrap())));
}

#[test]
fn a_retiring_key_verifies_and_a_removed_one_does_not() {
    let next = KeyRow::generate(KeyState::Next, *NOW).unwrap();
    let good = token(&header(), &claims());
    let retiring = KeyRow { state: KeyState::Retiring, ..ROW.clone() };
    let active = KeyRow { state: KeyState::Active, ..next.clone() };
    let rotated = Keys::load([&retiring, &active]).unwrap();
    assert!(rotated.verify(&good, &audience(), *NOW).is_ok());
    assert!(Keys::load([&active]).unwrap().verify(&good, &audience(), *NOW).is_err());
    assert!(Keys::load([&*ROW, &active]).is_err(), "two that sign");
    assert!(Keys::load([&KeyRow { kid: ROW.kid.clone(), ..next }]).is_err(), "a key under another's name");
}

#[test]
fn the_published_set_holds_public_parts_only() {
    let set = serde_json::to_value(KEYS.published()).unwrap();
    let key = &set["keys"][0];
    assert_eq!(
        (&key["kty"], &key["crv"], &key["alg"], &key["use"]),
        (&json!("EC"), &json!("P-256"), &json!("ES256"), &json!("sig"))
    );
    assert_eq!(key["kid"], json!(ROW.kid));
    assert!(key.get("d").is_none());
    assert!(!format!("{:?} {:?}", *ROW, *KEYS).contains("pkcs8"));
}
