//! An answer as bytes, so that it can be stored and replayed unchanged.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, LOCATION, RETRY_AFTER};
use axum::http::{HeaderValue, Response, StatusCode};
use serde::Serialize;

use crate::adapters::qualification::contract::{PROBLEM_JSON, Problem, ProblemName, headers};

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Where to ask again.
    pub location: Option<String>,
    /// Seconds to wait.
    pub retry_after: Option<u32>,
    /// JSON.
    pub body: Vec<u8>,
    /// Whether it was stored before.
    pub replayed: bool,
}

impl Reply {
    /// An answer that was stored before.
    pub fn stored(status: u16, location: Option<String>, body: Vec<u8>) -> Self {
        let retry_after = (status == 202).then_some(1);
        Self { status, location, retry_after, body, replayed: false }
    }

    /// An answer with a JSON body.
    pub fn json(status: u16, body: &impl Serialize, trace_id: &str) -> Self {
        match serde_json::to_vec(body) {
            Ok(body) => Self::stored(status, None, body),
            Err(error) => {
                tracing::error!(%error, trace_id, "an answer cannot be written as JSON");
                Self::problem(ProblemName::InternalError.into(), trace_id)
            }
        }
    }

    pub fn problem(mut problem: Problem, trace_id: &str) -> Self {
        problem.trace_id = Some(trace_id.to_owned());
        let retry_after = match problem.name() {
            Some(ProblemName::Maintenance) => Some(60),
            Some(ProblemName::IdempotencyInProgress | ProblemName::RateLimited | ProblemName::UpstreamUnavailable) => {
                Some(1)
            }
            _ => None,
        };
        // A problem is made of strings, numbers and a list: it always serialises.
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        Self { retry_after, ..Self::stored(problem.status, None, body) }
    }

    /// As an HTTP answer.
    pub fn into_response(self) -> Response<Body> {
        let media = if self.status >= 400 { PROBLEM_JSON } else { "application/json" };
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let fields = response.headers_mut();
        fields.insert(CONTENT_TYPE, HeaderValue::from_static(media));
        if let Some(location) = self.location.and_then(|l| HeaderValue::from_str(&l).ok()) {
            fields.insert(LOCATION, location);
        }
        if let Some(seconds) = self.retry_after {
            fields.insert(RETRY_AFTER, seconds.into());
        }
        if self.replayed {
            fields.insert(headers::IDEMPOTENT_REPLAYED, HeaderValue::from_static("true"));
        }
        response
    }
}
