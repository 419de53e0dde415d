//! Logging in and out.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderValue, Response, StatusCode};
use maud::html;

use super::guard::{COOKIE_NAME, Fields, Visitor};
use super::layout::page;
use super::words::Speech;
use super::{LOG_IN, Page, html, plain, see};
use crate::desk::login::Refused;
use crate::desk::{Deed, DeskAct};
use crate::listening::tls::Peer;

/// The form.
pub async fn form(Extension(speech): Extension<Speech>, visitor: Option<Extension<Visitor>>) -> Response<Body> {
    let name = visitor.map(|Extension(visitor)| visitor.name).unwrap_or_default();
    asks(speech, &name, None, StatusCode::OK)
}

fn asks(speech: Speech, name: &str, wrong: Option<&str>, status: StatusCode) -> Response<Body> {
    let body = html! {
        div.login {
            h1 { (speech.say("desk-name")) }
            @if let Some(wrong) = wrong { p.alarm role="alert" { (wrong) } }
            form method="post" action=(LOG_IN) {
                label for="name" { (speech.say("desk-user")) }
                input id="name" name="name" value=(name) autocomplete="username" required autofocus[name.is_empty()];
                label for="password" { (speech.say("desk-password")) }
                input id="password" name="password" type="password" autocomplete="current-password" required autofocus[!name.is_empty()];
                button.main { (speech.say("desk-log-in")) }
            }
        }
    };
    html(status, page(speech, &speech.say("desk-log-in"), None, 0, &body))
}

/// Lets somebody in, or says why not.
pub async fn log_in(
    State(desk): State<Page>,
    Extension(peer): Extension<Peer>,
    Extension(speech): Extension<Speech>,
    Extension(fields): Extension<Fields>,
    earlier: Option<Extension<Visitor>>,
) -> Response<Body> {
    let name = fields.get("name").to_owned();
    let (of, who) = (desk.clone(), name.clone());
    let judged = tokio::task::spawn_blocking(move || {
        let password = fields.get("password");
        let begun = of.doorkeeper.log_in(of.desk.store(), (&who, password), peer.address, of.desk.now());
        let deed = match &begun {
            Ok(_) => Deed::LoggedIn,
            Err(Refused::Wrong | Refused::Wait(_)) => Deed::LogInRefused,
            Err(Refused::Store(_) | Refused::Random(_)) => return begun,
        };
        let noted = of.audit.note(&DeskAct::by(&who, deed));
        match (begun, noted) {
            (Ok(begun), Ok(())) => {
                // What the browser held before is worth nothing any more.
                if let Some(Extension(earlier)) = earlier {
                    of.desk.store().end_session(&earlier.session)?;
                }
                Ok(begun)
            }
            (Ok(begun), Err(error)) => {
                tracing::error!(error, "nobody is let in while the audit log cannot be written");
                of.desk.store().end_session(&begun.session.id)?;
                Err(Refused::Wait(60))
            }
            (Err(refused), _) => Err(refused),
        }
    });
    let refused = match judged.await {
        Ok(Ok(begun)) => return entered(&begun.token),
        Ok(Err(refused)) => refused,
        Err(error) => {
            tracing::error!(%error, "a log-in broke off");
            return plain(StatusCode::INTERNAL_SERVER_ERROR);
        }
    };
    let (status, said) = match refused {
        Refused::Wrong => (StatusCode::UNAUTHORIZED, speech.say("desk-log-in-wrong")),
        Refused::Wait(seconds) => {
            (StatusCode::TOO_MANY_REQUESTS, speech.with("desk-log-in-wait", &[("seconds", seconds.into())]))
        }
        Refused::Store(_) | Refused::Random(_) => {
            tracing::error!(%refused, "a log-in cannot be judged");
            (StatusCode::SERVICE_UNAVAILABLE, speech.say("desk-log-in-fails"))
        }
    };
    asks(speech, &name, Some(&said), status)
}

fn entered(token: &str) -> Response<Body> {
    let mut response = see("/");
    let cookie = format!("{COOKIE_NAME}={token}; Path=/; Secure; HttpOnly; SameSite=Strict");
    if let Ok(cookie) = HeaderValue::try_from(cookie) {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    response
}

/// Ends the session.
pub async fn log_out(State(desk): State<Page>, Extension(visitor): Extension<Visitor>) -> Response<Body> {
    let ended = tokio::task::spawn_blocking(move || {
        let act = DeskAct::by(&visitor.name, Deed::LoggedOut);
        if let Err(error) = desk.audit.note(&act) {
            tracing::error!(error, "a log-out was not noted");
        }
        desk.desk.store().end_session(&visitor.session)
    });
    match ended.await {
        Ok(Ok(())) => {
            let mut response = see(LOG_IN);
            let gone = format!("{COOKIE_NAME}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0");
            if let Ok(gone) = HeaderValue::try_from(gone) {
                response.headers_mut().insert(SET_COOKIE, gone);
            }
            response
        }
        Ok(Err(error)) => {
            tracing::error!(%error, "a session cannot be ended");
            plain(StatusCode::SERVICE_UNAVAILABLE)
        }
        Err(error) => {
            tracing::error!(%error, "a log-out broke off");
            plain(StatusCode::INTERNAL_SERVER_ERROR)
        }
    }
}

/// Somebody moved a hand.
pub async fn used(State(desk): State<Page>, Extension(visitor): Extension<Visitor>) -> Response<Body> {
    let of = Arc::clone(&desk.desk);
    let used = tokio::task::spawn_blocking(move || of.store().use_session(&visitor.session, of.now())).await;
    match used {
        Ok(Ok(())) => plain(StatusCode::NO_CONTENT),
        _ => plain(StatusCode::SERVICE_UNAVAILABLE),
    }
}
