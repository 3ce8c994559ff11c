//! What requests compete for: each class has places of its own, so that a crowd at one door leaves the others open.

use axum::http::Method;

/// A kind of requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    SignIn,
    Page,
    Api,
    /// Files on their way in.
    Upload,
    /// Files on their way out.
    Download,
}

impl Class {
    pub const ALL: [Self; 5] = [Self::SignIn, Self::Page, Self::Api, Self::Upload, Self::Download];

    /// Its name in numbers and log lines.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::Page => "page",
            Self::Api => "api",
            Self::Upload => "upload",
            Self::Download => "download",
        }
    }

    /// The class of a request to a route.
    pub(super) fn of(method: &Method, route: &str) -> Self {
        let program = route.starts_with("/api/") || route.starts_with("/.well-known/");
        let post = method == Method::POST;
        if post && matches!(route, "/sign-in" | "/welcome/{secret}" | "/api/v1/token") {
            Self::SignIn
        } else if post && takes_files(route) {
            Self::Upload
        } else if !post && gives_files(route) && method != Method::DELETE {
            Self::Download
        } else if program {
            Self::Api
        } else {
            Self::Page
        }
    }

    /// The class of the same request where its body is so small that it is there at once.
    pub(super) fn of_small(self, route: &str) -> Self {
        match self {
            Self::Upload if route.starts_with("/api/") => Self::Api,
            Self::Upload => Self::Page,
            other => other,
        }
    }
}

fn takes_files(route: &str) -> bool {
    ["/files", "/files/{file}", "/form/{section}"].iter().any(|end| route.ends_with(end))
}

fn gives_files(route: &str) -> bool {
    ["/files/{id}", "/files/{file}", "/files/{file}/raw"].iter().any(|end| route.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_has_its_class() {
        for (method, route, class) in [
            (Method::GET, "/sign-in", Class::Page),
            (Method::POST, "/sign-in", Class::SignIn),
            (Method::POST, "/welcome/{secret}", Class::SignIn),
            (Method::POST, "/api/v1/token", Class::SignIn),
            (Method::POST, "/s/{reference}/form/{section}", Class::Upload),
            (Method::GET, "/s/{reference}/form/{section}", Class::Page),
            (Method::POST, "/s/{reference}/files/{file}", Class::Upload),
            (Method::POST, "/s/{reference}/files/{file}/remove", Class::Page),
            (Method::GET, "/s/{reference}/files/{file}/raw", Class::Download),
            (Method::GET, "/s/{reference}/files/{file}/view", Class::Page),
            (Method::POST, "/api/v1/submissions/{reference}/files", Class::Upload),
            (Method::GET, "/api/v1/submissions/{reference}/files", Class::Api),
            (Method::GET, "/api/v1/submissions/{reference}/files/{id}", Class::Download),
            (Method::DELETE, "/api/v1/submissions/{reference}/files/{id}", Class::Api),
            (Method::GET, "/.well-known/jwks.json", Class::Api),
        ] {
            assert_eq!(Class::of(&method, route), class, "{method} {route}");
        }
    }
}
