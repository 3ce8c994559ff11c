//! The web: from requests to use cases, and from what they answer to pages and JSON.
