//! The body of a request, whole, in time and of a size, before anything is done with the request.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};

use crate::adapters::qualification::contract::ProblemName;

/// The body of a request, or why there is none.
#[derive(Clone)]
pub struct RequestBody(pub Result<Bytes, ProblemName>);

impl RequestBody {
    /// The body as what the header says it is.
    ///
    /// # Errors
    /// `unsupported-media-type` when it is no JSON, else why there is none.
    pub fn json(self, fields: &HeaderMap) -> Result<Bytes, ProblemName> {
        let media = fields.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let essence = media.split(';').next().unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case("application/json") {
            return Err(ProblemName::UnsupportedMediaType);
        }
        self.0
    }
}

/// Takes the body in; the limit of its size lies in the extensions.
pub async fn body_of(request: Request, within: Duration) -> (Parts, RequestBody) {
    let (parts, body) = request.into_parts();
    let mut whole = Request::new(body);
    whole.extensions_mut().clone_from(&parts.extensions);
    let body = match tokio::time::timeout(within, Bytes::from_request(whole, &())).await {
        Ok(Ok(body)) => Ok(body),
        Ok(Err(rejection)) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => Err(ProblemName::PayloadTooLarge),
        Ok(Err(_)) => Err(ProblemName::MalformedRequest),
        Err(_) => Err(ProblemName::RequestTimeout),
    };
    (parts, RequestBody(body))
}
