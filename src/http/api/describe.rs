//! The description of the API (OpenAPI 3.1): what holds for every route is said here, once.

mod header;

use serde::Serialize;
use serde_json::Value;
use utoipa::{
    Modify, OpenApi, ToSchema,
    openapi::{
        Components, ContentBuilder, Ref, RefOr, ResponseBuilder,
        path::{HttpMethod, Operation, ParameterBuilder, ParameterIn},
        schema::{ObjectBuilder, Type},
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme},
    },
};

use crate::{
    http::problem::{self, Kind},
    workflow::RefusalCode,
};

/// What a program is told about an error (RFC 9457).
#[derive(Serialize, ToSchema)]
#[schema(example = json!({
    "type": "urn:imprimatur:problem:refused", "title": "Not possible now", "status": 422,
    "detail": "All 2 places in the review 'content' are taken.",
    "instance": "urn:uuid:0192f0c4-5e7a-7c3e-9b1d-3a5f0c2d4e6f",
    "refusal": {"code": "no-seat", "track": "content", "seats": 2},
}))]
pub(super) struct ProblemOut {
    /// Its kind, stable for programs.
    #[serde(rename = "type")]
    kind: Kind,
    /// The kind in words.
    title: String,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What happened, and what to do.
    detail: String,
    /// The request, as the log knows it.
    instance: Option<String>,
    /// Which parts of the input are at fault.
    errors: Option<Vec<FaultOut>>,
    /// Why the workflow says no.
    #[schema(value_type = Option<RefusedOut>)]
    refusal: Option<Value>,
    /// How many seconds to wait.
    retry_after: Option<u64>,
}

/// A refusal for programs. Beside the code are the values that failed it; which, depends on the code.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes what the workflow serialises")]
pub(super) struct RefusedOut {
    /// Which; stable.
    code: RefusalCode,
}

/// One part of the input that is at fault.
#[derive(Serialize, ToSchema)]
struct FaultOut {
    /// Where, as a JSON pointer (RFC 6901) into what was sent; for answers, into the answers.
    #[schema(example = "/agenda/2/minutes")]
    pointer: Option<String>,
    /// Or the parameter of the address that is at fault.
    #[schema(example = "cursor")]
    parameter: Option<String>,
    /// Stable for programs.
    #[schema(example = "missing")]
    code: String,
    /// What to do.
    detail: String,
}

/// The head of the description.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Imprimatur API",
        description = "Submissions, their steps, and what comes of them; the same rules as the pages.\n\n\
            Get a token (`POST /api/v1/token`) and send it as `Authorization: Bearer …`. Answers are plain JSON by \
            question: text, date (`2026-11-22`), yes-no and choice as they are, a decimal number as text (`\"2.50\"`). \
            `GET …/offers` says what you can do and where to send it.\n\n\
            A submission has a version, with which its `ETag` begins. Send the tag back as `If-Match` and a change that was \
            overtaken is refused (412) and nothing is lost; only changing answers and drafts of workflows insists on it \
            (428). Send the tag of anything that you read back as `If-None-Match`, and where you would read the same again, \
            to the letter, you are told so (304).\n\n\
            With `Idempotency-Key`, a POST that was answered is answered again the same, within a week. Errors are \
            problems (RFC 9457). Lists go on at the address in their `Link` header."
    ),
    security(("bearer" = []), ("session" = [])),
    tags(
        (name = "Submissions", description = "Beginning, reading, answering"),
        (name = "Files", description = "Evidence and materials"),
        (name = "Steps", description = "What moves a submission"),
        (name = "Me", description = "Who asks"),
        (name = "Office", description = "Queue, people, groups, organisation"),
        (name = "Workflows", description = "Forms, states and transitions; versions, drafts, activation and migration"),
        (name = "Public", description = "Open to everybody"),
    ),
    components(schemas(ProblemOut)),
    modifiers(&Schemes),
)]
pub(super) struct Head;

/// The two ways to say who one is.
struct Schemes;

impl Modify for Schemes {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT");
        let token = token.description(Some("An access token from `POST /api/v1/token`"));
        let session =
            ApiKeyValue::with_description("imprimatur", "A signed-in browser; `__Host-imprimatur` over https");
        let components = api.components.get_or_insert_with(Components::new);
        components.add_security_scheme("bearer", SecurityScheme::Http(token.build()));
        components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(session)));
    }
}

/// The errors that routes have in common: status, name, meaning.
const ERRORS: [(u16, &str, &str); 15] = [
    (400, "Malformed", "The request cannot be read; `detail` says where it breaks"),
    (401, "Unauthenticated", "Nobody was recognised: get a token, or sign in"),
    (403, "Forbidden", "You may see it, but not do this"),
    (404, "NotFound", "There is no such thing, or you may not know of it"),
    (408, "TooSlow", "The body did not arrive in time"),
    (409, "Conflict", "It contradicts what is there, or was changed at the same moment"),
    (412, "Stale", "It was changed since it was read: read it again and repeat the change"),
    (413, "TooLarge", "It is more than is taken here"),
    (415, "UnsupportedMedia", "It is no JSON"),
    (422, "Invalid", "Something is missing or wrong (`errors`), or the workflow says no (`refusal`)"),
    (428, "PreconditionRequired", "`If-Match` is missing"),
    (429, "Throttled", "Too many attempts; `Retry-After` says how long to wait"),
    (500, "Internal", "A defect; `instance` is its number in the log"),
    (503, "Unavailable", "It does not work for the moment; `Retry-After` says when to try again"),
    (507, "NoRoom", "There is no room for the file; `Retry-After` says when to try again"),
];

/// Adds to every operation what holds for its kind.
pub(super) fn complete(mut api: utoipa::openapi::OpenApi) -> utoipa::openapi::OpenApi {
    let components = api.components.get_or_insert_with(Components::new);
    for (status, name, meaning) in ERRORS {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("ProblemOut"))).build();
        let mut response = ResponseBuilder::new().description(meaning).content(problem::MEDIA_TYPE, content).build();
        header::describe_headers(status, &mut response);
        components.responses.insert(name.to_owned(), response.into());
    }
    for (path, item) in &mut api.paths.paths {
        let operations = [
            (HttpMethod::Get, &mut item.get),
            (HttpMethod::Put, &mut item.put),
            (HttpMethod::Post, &mut item.post),
            (HttpMethod::Patch, &mut item.patch),
            (HttpMethod::Delete, &mut item.delete),
        ];
        for (method, operation) in operations {
            if let Some(operation) = operation {
                complete_one(path, &method, operation);
            }
        }
    }
    api
}

fn complete_one(path: &str, method: &HttpMethod, operation: &mut Operation) {
    let changes = *method != HttpMethod::Get;
    let open = operation.security.as_ref().is_some_and(|ways| ways.contains(&SecurityRequirement::default()));
    let versioned = header(operation, "If-Match");
    let asked_for = operation
        .parameters
        .iter()
        .flatten()
        .any(|parameter| matches!(parameter, RefOr::T(parameter) if parameter.parameter_in == ParameterIn::Query));
    for (status, name, _) in ERRORS {
        let possible = match status {
            401 => !open || changes,
            403 => !open,
            404 => path.contains('{'),
            409 => changes && !open,
            412 => versioned.is_some(),
            408 | 413 | 415 => operation.request_body.is_some(),
            422 => changes || asked_for,
            428 => versioned == Some(Presence::Required),
            429 => open && changes,
            507 => path.ends_with("/files") && *method == HttpMethod::Post,
            _ => true,
        };
        if possible {
            let response = RefOr::Ref(Ref::from_response_name(name));
            operation.responses.responses.entry(status.to_string()).or_insert(response);
        }
    }
    if *method == HttpMethod::Post && !open {
        let key = ParameterBuilder::new()
            .name("Idempotency-Key")
            .parameter_in(ParameterIn::Header)
            .description(Some(
                "A text of your choice, new for each request: repeated with it, the request takes effect once",
            ))
            .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
            .build();
        operation.parameters.get_or_insert_default().push(key.into());
    }
    if !changes {
        header::describe_condition(operation);
    }
    header::describe_parameters(operation);
    for (status, response) in &mut operation.responses.responses {
        if let RefOr::T(response) = response {
            header::describe_headers(status.parse().unwrap_or_default(), response);
        }
    }
}

/// Whether a header must be there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Presence {
    Required,
    Optional,
}

fn header(operation: &Operation, name: &str) -> Option<Presence> {
    operation.parameters.iter().flatten().find_map(|parameter| match parameter {
        RefOr::T(parameter) if parameter.name == name => {
            let required = parameter.required == utoipa::openapi::Required::True;
            Some(if required { Presence::Required } else { Presence::Optional })
        }
        _ => None,
    })
}
