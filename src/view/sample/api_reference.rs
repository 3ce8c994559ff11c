//! Samples of the reference of the API.

use super::{
    super::{ApiGroup, ApiReference, Content, Operation, Parameter, Response},
    text,
};

pub(in super::super) fn api_reference() -> Vec<ApiReference> {
    let response = |status: &str, description: &str| Response {
        status: text(status),
        description: text(description),
        content: None,
    };
    let json = |schema: &str, example: Option<&str>| Content {
        media_type: text("application/json"),
        schema: text(schema),
        example: example.map(text),
    };
    let operation = |id: &str, method: &str, path: &str, summary: &str, description: &str| Operation {
        id: text(id),
        method: text(method),
        path: text(path),
        summary: text(summary),
        description: text(description),
        parameters: Vec::new(),
        body: None,
        responses: vec![response("200", "Done."), response("404", "There is none, or you may not see it.")],
    };
    vec![ApiReference {
        title: text("Imprimatur API"),
        version: text("0.1.0"),
        base: text("https://imprimatur.example/api/v1"),
        groups: vec![
            ApiGroup {
                id: text("submissions"),
                title: text("Submissions"),
                operations: vec![
                    Operation {
                        parameters: vec![Parameter {
                            name: text("Idempotency-Key"),
                            place: text("header"),
                            kind: text("string"),
                            required: false,
                            description: text("Repeating a request with the same key gives the first answer again."),
                        }],
                        body: Some(json("NewSubmission", Some("{\n  \"workflow\": \"self-study\"\n}"))),
                        responses: vec![Response {
                            content: Some(json("Submission", None)),
                            ..response("201", "The draft, with its reference.")
                        }],
                        ..operation(
                            "create_submission",
                            "POST",
                            "/api/v1/submissions",
                            "Begin a draft",
                            "A draft has its reference at once and follows the newest version of its workflow until it is sent.",
                        )
                    },
                    operation("offers", "GET", "/api/v1/submissions/{id}/offers", "What I may do now", ""),
                ],
            },
            ApiGroup {
                id: text("people"),
                title: text("People"),
                operations: vec![operation(
                    "credits",
                    "GET",
                    "/api/v1/me/credits",
                    "My credit",
                    "Newest first; totals by credit type.",
                )],
            },
        ],
    }]
}
