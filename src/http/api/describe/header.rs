//! What the headers of requests and answers look like, and the names that stand in addresses: said once, whatever names them.

use utoipa::openapi::{
    HeaderBuilder, RefOr, Response, ResponseBuilder,
    path::{Operation, Parameter, ParameterBuilder, ParameterIn},
    schema::{KnownFormat, Object, ObjectBuilder, Schema, SchemaFormat, Type},
};

/// A reference, as in `SS-2026-0042`.
const REFERENCE: &str = "^[A-Z0-9]+-[0-9]{4}-[0-9]{4,}$";
/// The identity of a version: SHA-256 in hex.
const HASH: &str = "^[0-9a-f]{64}$";
/// A place in a list, as this server wrote it.
const CURSOR: &str = "^[A-Za-z0-9_-]*$";
/// One entity tag, or whatever there is.
const IF_MATCH: &str = r#"^(\*|(W/)?"[ !#-~]*")$"#;
/// Characters that are seen.
const KEY: &str = "^[!-~]{1,255}$";
/// Percent-encoded where it is not ASCII.
const FILE_NAME: &str = "^[ -~]+$";

/// The headers of answers that this server sets, each with what it looks like and means.
const ANSWERED: [(&str, &str, &str); 5] = [
    ("ETag", r#"^"[ !#-~]*"$"#, "What `If-Match` and `If-None-Match` send back"),
    ("Link", r#"^<[^>]+>; rel="next"$"#, "Where the next page is, if there is one"),
    ("Location", "^/api/v1/", "Where it is"),
    ("Retry-After", "^[0-9]+$", "Seconds to wait"),
    ("WWW-Authenticate", "^Bearer$", "How to say who one is"),
];

/// Says what the parameters of an operation look like that have one look everywhere.
pub(super) fn describe_parameters(operation: &mut Operation) {
    for parameter in operation.parameters.iter_mut().flatten() {
        let RefOr::T(parameter) = parameter else { continue };
        let Some(pattern) = pattern(parameter) else { continue };
        if let Some(RefOr::T(Schema::Object(schema))) = &mut parameter.schema {
            schema.pattern = Some(pattern.to_owned());
        }
    }
}

fn pattern(parameter: &Parameter) -> Option<&'static str> {
    match (&parameter.parameter_in, parameter.name.as_str()) {
        (ParameterIn::Path, "reference") => Some(REFERENCE),
        (ParameterIn::Path, "hash") => Some(HASH),
        (ParameterIn::Query, "cursor") => Some(CURSOR),
        (ParameterIn::Query, "from" | "version") if text(parameter) => Some(HASH),
        (ParameterIn::Header, "If-Match") => Some(IF_MATCH),
        (ParameterIn::Header, "Idempotency-Key") => Some(KEY),
        (ParameterIn::Header, "X-File-Name") => Some(FILE_NAME),
        _ => None,
    }
}

/// Whether it is any text: an instant has a format of its own.
fn text(parameter: &Parameter) -> bool {
    matches!(&parameter.schema, Some(RefOr::T(Schema::Object(Object { format: None, .. }))))
}

/// Says that what is read need not be sent to who has it. Of files their route says it.
pub(super) fn describe_condition(operation: &mut Operation) {
    let named = operation.parameters.iter().flatten();
    let mut named =
        named.filter_map(|parameter| if let RefOr::T(parameter) = parameter { Some(parameter) } else { None });
    if named.any(|parameter| parameter.name == "If-None-Match") {
        return;
    }
    let header = ParameterBuilder::new()
        .name("If-None-Match")
        .parameter_in(ParameterIn::Header)
        .description(Some("The `ETag`s of what you have"))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)));
    operation.parameters.get_or_insert_default().push(header.build().into());
    let tagged =
        |response: &mut Response| response.headers.insert("ETag".to_owned(), HeaderBuilder::new().build().into());
    if let Some(RefOr::T(response)) = operation.responses.responses.get_mut("200") {
        tagged(response);
    }
    let mut response = ResponseBuilder::new().description("You have it").build();
    tagged(&mut response);
    operation.responses.responses.insert("304".to_owned(), response.into());
}

/// Says which headers an answer with this status has beside those that its route names, and what all of them look like.
pub(super) fn describe_headers(status: u16, response: &mut Response) {
    let lists = response.content.values().any(|content| match content {
        RefOr::T(content) => {
            matches!(&content.schema, Some(RefOr::Ref(schema)) if schema.ref_location.contains("PageOut_"))
        }
        RefOr::Ref(_) => false,
    });
    for (name, _, _) in ANSWERED {
        let there = match name {
            "Link" => lists,
            "Location" => status == 201,
            "Retry-After" => matches!(status, 429 | 503 | 507),
            "WWW-Authenticate" => status == 401,
            _ => false,
        };
        if there {
            response.headers.entry(name.to_owned()).or_insert_with(|| HeaderBuilder::new().build().into());
        }
    }
    for (name, pattern, meaning) in ANSWERED {
        if let Some(header) = response.headers.get_mut(name) {
            let schema = ObjectBuilder::new().schema_type(Type::String).pattern(Some(pattern));
            *header = HeaderBuilder::new().schema(Some(schema.build())).description(Some(meaning)).build().into();
        }
    }
    let id = ObjectBuilder::new().schema_type(Type::String).format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)));
    let id = HeaderBuilder::new().schema(Some(id.build())).description(Some("The request, as the log knows it"));
    response.headers.insert("X-Request-Id".to_owned(), id.build().into());
}
