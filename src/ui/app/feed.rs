//! What the runtime publishes, as the window's messages: views, camera pictures, typed digits, printed names.

use std::hash::{Hash, Hasher};

use iced::Subscription;
use iced::futures::SinkExt;

use crate::runtime::Handle;
use crate::ui::message::Message;
use crate::ui::preview;

/// Everything that the runtime has for the window, as messages.
pub(super) fn all(handle: &Handle) -> Subscription<Message> {
    Subscription::batch([
        Subscription::run_with(Feed(handle.clone()), views),
        Subscription::run_with(Feed(handle.clone()), pictures),
        Subscription::run_with(Feed(handle.clone()), typed),
        Subscription::run_with(Feed(handle.clone()), names),
    ])
}

/// The runtime's end as subscription data: there is one runtime, so every feed is the same one.
struct Feed(Handle);

impl Hash for Feed {
    fn hash<H: Hasher>(&self, state: &mut H) {
        "uketsuke-runtime".hash(state);
    }
}

fn views(feed: &Feed) -> impl iced::futures::Stream<Item = Message> + use<> {
    let mut views = feed.0.views();
    iced::stream::channel(1, async move |mut out| {
        loop {
            let view = views.borrow_and_update().clone();
            if out.send(Message::View(view)).await.is_err() {
                return;
            }
            if views.changed().await.is_err() {
                // A frozen screen would show its last patient for ever; whoever started the program starts it again.
                let _ = out.send(Message::Ended).await;
                return;
            }
        }
    })
}

fn typed(feed: &Feed) -> impl iced::futures::Stream<Item = Message> + use<> {
    let mut digits = feed.0.digits();
    iced::stream::channel(1, async move |mut out| {
        while digits.changed().await.is_ok() {
            let seen = digits.borrow_and_update().clone();
            if out.send(Message::Digits(seen)).await.is_err() {
                return;
            }
        }
    })
}

fn names(feed: &Feed) -> impl iced::futures::Stream<Item = Message> + use<> {
    let mut name = feed.0.name();
    iced::stream::channel(1, async move |mut out| {
        while name.changed().await.is_ok() {
            let printed = name.borrow_and_update().as_deref().map(preview::printed);
            if out.send(Message::Name(printed)).await.is_err() {
                return;
            }
        }
    })
}

fn pictures(feed: &Feed) -> impl iced::futures::Stream<Item = Message> + use<> {
    let slots = feed.0.preview();
    iced::stream::channel(1, async move |out| preview::forward(slots, out).await)
}
