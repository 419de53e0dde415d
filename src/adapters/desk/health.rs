//! A look at the link: whether the desk answers this kiosk, and what it has not heard yet.

use std::sync::mpsc;
use std::time::Duration;

use jiff::Timestamp;

use super::LinkConfig;
use super::link::why;
use super::outbox::{MOST, Outbox};
use crate::adapters::identity::{self, StartError};
use crate::desk::contract::paths;
use crate::ports::Finding;

/// Longest look at the desk itself.
const PATIENCE: Duration = Duration::from_secs(15);

/// The desk, and the outbox for it.
pub fn at(config: &LinkConfig, now: Timestamp) -> Vec<Finding> {
    vec![desk(config).unwrap_or_else(|error| Finding::bad("desk", error.cause, error.remedy)), outbox(config, now)]
}

/// Asks for the commands as the kiosk does, and lets go.
fn desk(config: &LinkConfig) -> Result<Finding, StartError> {
    let base = identity::address(&config.url, "desk")?;
    let http = config.credentials()?.now().http.clone();
    let (tell, told) = mpsc::channel();
    let looking = std::thread::Builder::new().name("desk look".into()).spawn(move || {
        let look = async {
            let url = base.join(paths::COMMANDS).map_err(|_| "its address".to_owned())?;
            let answer = http.get(url).send().await.map_err(|error| why(&error).to_owned())?;
            Ok(answer.status())
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        // The asker may have stopped waiting; then nobody needs the answer.
        let _ = tell.send(runtime.map_err(|error| error.to_string()).and_then(|runtime| runtime.block_on(look)));
    });
    if let Err(error) = looking {
        return Ok(Finding::bad("desk", format!("no thread for a look: {error}"), "Close other programs."));
    }
    Ok(match told.recv_timeout(PATIENCE) {
        Ok(Ok(status)) if status.is_success() => Finding::good("desk", "answers, and knows this kiosk"),
        Ok(Ok(status)) if status.as_u16() == 401 || status.as_u16() == 403 => Finding::bad(
            "desk",
            "answers, and does not know this kiosk",
            "let the desk believe the authority of this terminal's certificate",
        ),
        Ok(Ok(status)) => {
            Finding::bad("desk", format!("answers with an error ({})", status.as_u16()), "look at the desk's log")
        }
        Ok(Err(why)) => Finding::warning(
            "desk",
            format!("does not answer: {why}"),
            "start the desk, see the line between, and that `roots` below [desk] names the root of its certificate; \
             the kiosk works without it, and tells it everything later",
        ),
        Err(_) => Finding::warning("desk", "does not answer in time", "start the desk, and see the line between"),
    })
}

fn outbox(config: &LinkConfig, now: Timestamp) -> Finding {
    let subject = "desk outbox";
    if !config.outbox.exists() {
        return Finding::good(subject, "nothing waits for the desk");
    }
    match Outbox::look(&config.outbox, now).and_then(|outbox| outbox.load()) {
        Err(error) => {
            Finding::bad(subject, error.to_string(), "Give the account of the kiosk all rights on its state folder.")
        }
        Ok(load) if load.dropped > 0 => Finding::warning(
            subject,
            format!(
                "{} events wait, {} were dropped for want of room or could not be read",
                load.waiting, load.dropped
            ),
            format!("bring the desk back: of {MOST} that wait, stages go first, then news, then what is of patients"),
        ),
        Ok(load) if load.waiting == 0 => Finding::good(subject, "nothing waits for the desk"),
        Ok(load) => {
            let minutes = load.oldest.map_or(0, |oldest| now.duration_since(oldest).as_mins().max(0));
            let detail = format!("{} events wait for the desk, the oldest for {minutes} min", load.waiting);
            if minutes < 5 {
                Finding::good(subject, detail)
            } else {
                Finding::warning(subject, detail, "see the line `desk`")
            }
        }
    }
}
