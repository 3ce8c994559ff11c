//! The reference of the API, read from its own OpenAPI description: the page cannot say what the API does not.

use serde::Serialize;
use serde_json::Value;

use super::{View, words};

#[derive(Clone, Debug, Serialize)]
pub struct ApiReference {
    /// `Imprimatur API`.
    pub title: String,
    pub version: String,
    /// Where it is reached, for the examples.
    pub base: String,
    /// Operations by what they are about.
    pub groups: Vec<ApiGroup>,
}

/// Operations about one thing.
#[derive(Clone, Debug, Serialize)]
pub struct ApiGroup {
    pub id: String,
    pub title: String,
    pub operations: Vec<Operation>,
}

/// One method of one path.
#[derive(Clone, Debug, Serialize)]
pub struct Operation {
    /// Its anchor: method and path.
    pub id: String,
    /// `GET`.
    pub method: String,
    /// `/api/v1/submissions/{id}`.
    pub path: String,
    pub summary: String,
    pub description: String,
    /// What goes into address and headers.
    pub parameters: Vec<Parameter>,
    /// What goes into the body: its type, and an example.
    pub body: Option<Content>,
    pub responses: Vec<Response>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Parameter {
    pub name: String,
    /// `path`, `query`, `header`.
    pub place: String,
    /// `string (uuid)`.
    pub kind: String,
    /// Whether it must be there.
    pub required: bool,
    pub description: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct Content {
    /// `application/json`.
    pub media_type: String,
    /// The name of its schema.
    pub schema: String,
    /// An example, already laid out.
    pub example: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Response {
    /// `201`.
    pub status: String,
    pub description: String,
    pub content: Option<Content>,
}

impl View for ApiReference {
    const TEMPLATE: &'static str = "page/api_reference.html";
}

/// Methods in the order they are listed.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// The page, from an OpenAPI 3.1 document.
pub(crate) fn of(openapi: &Value, base: &str) -> ApiReference {
    let mut groups: Vec<ApiGroup> = Vec::new();
    let paths = openapi.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        for method in METHODS {
            let Some(found) = item.get(method) else { continue };
            let tag = found.pointer("/tags/0").and_then(Value::as_str).unwrap_or("api");
            let operation = operation(openapi, method, path, found);
            match groups.iter_mut().find(|group| group.id == tag) {
                Some(group) => group.operations.push(operation),
                None => {
                    groups.push(ApiGroup { id: tag.to_owned(), title: words::words(tag), operations: vec![operation] });
                }
            }
        }
    }
    ApiReference {
        title: text(openapi.pointer("/info/title")),
        version: text(openapi.pointer("/info/version")),
        base: base.to_owned(),
        groups,
    }
}

fn operation(openapi: &Value, method: &str, path: &str, found: &Value) -> Operation {
    let parameters = found.get("parameters").and_then(Value::as_array);
    let responses = found.get("responses").and_then(Value::as_object);
    Operation {
        // Operations about different things share their ids.
        id: format!("{method}{path}").replace(|letter: char| !letter.is_ascii_alphanumeric(), "-"),
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: text(found.get("summary")),
        description: text(found.get("description")),
        parameters: parameters.into_iter().flatten().map(|parameter| self::parameter(openapi, parameter)).collect(),
        body: found.get("requestBody").and_then(|body| content(openapi, body)),
        responses: responses
            .into_iter()
            .flatten()
            .map(|(status, response)| {
                let response = resolved(openapi, response);
                Response {
                    status: status.clone(),
                    description: text(response.get("description")),
                    content: content(openapi, response),
                }
            })
            .collect(),
    }
}

fn parameter(openapi: &Value, parameter: &Value) -> Parameter {
    let parameter = resolved(openapi, parameter);
    let schema = parameter.get("schema").map(kind).unwrap_or_default();
    Parameter {
        name: text(parameter.get("name")),
        place: text(parameter.get("in")),
        kind: schema,
        required: parameter.get("required").and_then(Value::as_bool).unwrap_or(false),
        description: text(parameter.get("description")),
    }
}

fn content(openapi: &Value, holder: &Value) -> Option<Content> {
    let (media_type, found) = resolved(openapi, holder).get("content")?.as_object()?.iter().next()?;
    let schema = found.get("schema");
    let example = found.get("example").or_else(|| schema.and_then(|schema| resolved(openapi, schema).get("example")));
    Some(Content {
        media_type: media_type.clone(),
        schema: schema.map(kind).unwrap_or_default(),
        example: example.and_then(|example| serde_json::to_string_pretty(example).ok()),
    })
}

/// What a `$ref` stands for; anything else stands for itself.
fn resolved<'a>(openapi: &'a Value, value: &'a Value) -> &'a Value {
    let target = value.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
    target.and_then(|pointer| openapi.pointer(pointer)).unwrap_or(value)
}

/// A schema in a word or two: its name, or `string (uuid)`, `array of …`.
fn kind(schema: &Value) -> String {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|target| target.rsplit('/').next()) {
        return name.to_owned();
    }
    if let Some(items) = schema.get("items") {
        return format!("array of {}", kind(items));
    }
    let name = match schema.get("type") {
        Some(Value::String(name)) => name.clone(),
        Some(Value::Array(names)) => {
            names.iter().filter_map(Value::as_str).filter(|name| *name != "null").collect::<Vec<_>>().join(" or ")
        }
        _ => String::new(),
    };
    match schema.get("format").and_then(Value::as_str) {
        Some(format) => format!("{name} ({format})"),
        None => name,
    }
}

fn text(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn references_are_followed_and_kinds_are_named() {
        let openapi = json!({
            "info": { "title": "Imprimatur API", "version": "0.1.0" },
            "paths": { "/api/v1/me": { "get": {
                "operationId": "me", "tags": ["person"], "summary": "Who I am",
                "parameters": [{ "name": "id", "in": "query", "schema": { "type": ["string", "null"], "format": "uuid" } }],
                "responses": { "200": { "$ref": "#/components/responses/Me" } },
            } } },
            "components": { "responses": { "Me": {
                "description": "You", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/MeOut" } } },
            } } },
        });
        let page = of(&openapi, "http://127.0.0.1:8080");
        let operation = &page.groups[0].operations[0];
        assert_eq!((page.groups[0].title.as_str(), operation.method.as_str()), ("Person", "GET"));
        assert_eq!(operation.parameters[0].kind, "string (uuid)");
        let content = operation.responses[0].content.as_ref().expect("a body");
        assert_eq!((operation.responses[0].description.as_str(), content.schema.as_str()), ("You", "MeOut"));
    }
}
