//! What wakes the page: something is new, somebody calls, the session fell asleep. No name goes this way.

use std::convert::Infallible;
use std::time::Duration;

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream;
use tokio::sync::watch;

use super::Page;
use super::guard::Visitor;
use super::now::{may_answer, short};

/// Changes that come one after another are told at once.
const GATHER: Duration = Duration::from_millis(50);
/// A comment line so often.
const PULSE: Duration = Duration::from_secs(15);

struct Stream {
    page: Page,
    visitor: Visitor,
    news: watch::Receiver<u64>,
    /// What was last told of calls.
    calls: Option<String>,
    /// Whether `news` is still to be told.
    owes_news: bool,
}

/// The stream of one page.
pub async fn stream(State(page): State<Page>, Extension(visitor): Extension<Visitor>) -> Response<Body> {
    let news = page.desk.news();
    let open = Stream { page, visitor, news, calls: None, owes_news: false };
    let events = stream::unfold(open, |mut open| async move {
        let event = open.next().await?;
        Some((Ok::<_, Infallible>(event), open))
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(PULSE)).into_response()
}

impl Stream {
    async fn next(&mut self) -> Option<Event> {
        loop {
            if std::mem::take(&mut self.owes_news) {
                return Some(Event::default().event("news").data(""));
            }
            let calls = self.calling();
            if self.calls.as_ref() != Some(&calls) {
                self.calls = Some(calls.clone());
                return Some(Event::default().event("calls").data(calls));
            }
            let mut stopping = self.page.stopping.clone();
            tokio::select! {
                changed = self.news.changed() => changed.ok()?,
                _ = stopping.wait_for(|stopping| *stopping) => return None,
            }
            tokio::time::sleep(GATHER).await;
            self.news.borrow_and_update();
            // Who sleeps hears of calls alone.
            self.owes_news = !self.visitor.locked;
        }
    }

    /// The kiosks that call and nobody goes to, by the names that staff know.
    fn calling(&self) -> String {
        self.page.desk.look(|board| {
            let calls = board.kiosks().filter(|(_, kiosk)| {
                may_answer(&self.visitor, kiosk) && kiosk.call.as_ref().is_some_and(|call| call.taken_by.is_none())
            });
            calls.map(|(terminal, _)| short(terminal)).collect::<Vec<_>>().join(" ")
        })
    }
}
