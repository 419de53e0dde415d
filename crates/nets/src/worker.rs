//! A thread that loads networks in the background and then serves until its owner goes.

use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use parking_lot::{Condvar, Mutex, MutexGuard};

/// How far the networks are.
#[derive(Debug, Clone, PartialEq)]
pub enum Loading<T> {
    /// They are being read and made ready.
    Running,
    /// They serve; what there is to say of them.
    Ready(T),
    /// They are not usable, and why.
    Failed(String),
}

/// What owner and thread both see.
pub struct State<S, T> {
    /// How far the networks are.
    pub loading: Loading<T>,
    /// The owner is gone: the thread is to end.
    pub closed: bool,
    /// What the two pass each other.
    pub own: S,
}

/// The state under its lock, and who waits for it to change.
pub struct Shared<S, T> {
    state: Mutex<State<S, T>>,
    changed: Condvar,
}

impl<S: Default, T> Default for Shared<S, T> {
    fn default() -> Self {
        let state = State { loading: Loading::Running, closed: false, own: S::default() };
        Self { state: Mutex::new(state), changed: Condvar::new() }
    }
}

impl<S, T> Shared<S, T> {
    /// The state, for the caller alone as long as it holds this.
    pub fn lock(&self) -> MutexGuard<'_, State<S, T>> {
        self.state.lock()
    }

    /// Wakes whoever waits.
    pub fn tell(&self) {
        self.changed.notify_all();
    }

    /// Lets go of the state until somebody changed it.
    pub fn wait(&self, state: &mut MutexGuard<'_, State<S, T>>) {
        self.changed.wait(state);
    }

    fn set(&self, loading: Loading<T>) {
        self.lock().loading = loading;
        self.tell();
    }
}

/// The thread's owner.
pub struct Worker<S, T> {
    shared: Arc<Shared<S, T>>,
    thread: Option<JoinHandle<()>>,
}

impl<S: Send + 'static, T: Send + 'static> Worker<S, T> {
    /// Starts the thread `name`: it runs `load`, which gives the networks and what there is to say of them, then `serve`, with the
    /// networks or with why there are none; either can be seen in the state before.
    pub fn start<N>(
        name: &str,
        shared: Arc<Shared<S, T>>,
        load: impl FnOnce() -> Result<(N, T), String> + Send + 'static,
        serve: impl FnOnce(&Shared<S, T>, Result<N, String>) + Send + 'static,
    ) -> Self {
        let work = {
            let shared = shared.clone();
            move || {
                let (networks, loading) = match load() {
                    Ok((networks, said)) => (Ok(networks), Loading::Ready(said)),
                    Err(cause) => (Err(cause.clone()), Loading::Failed(cause)),
                };
                shared.set(loading);
                serve(&shared, networks);
            }
        };
        let thread = std::thread::Builder::new().name(name.into()).spawn(work);
        if let Err(error) = &thread {
            shared.set(Loading::Failed(format!("no thread: {error}")));
        }
        Self { shared, thread: thread.ok() }
    }
}

impl<S, T> Worker<S, T> {
    /// What owner and thread both see.
    pub fn shared(&self) -> &Arc<Shared<S, T>> {
        &self.shared
    }

    /// The state, for the caller alone as long as it holds this.
    pub fn lock(&self) -> MutexGuard<'_, State<S, T>> {
        self.shared.lock()
    }

    /// The state once the networks are ready or not usable, or after `patience`.
    pub fn loaded(&self, patience: Duration) -> MutexGuard<'_, State<S, T>> {
        let mut state = self.lock();
        let running = |state: &mut State<S, T>| matches!(state.loading, Loading::Running);
        self.shared.changed.wait_while_for(&mut state, running, patience);
        state
    }
}

impl<S, T> Drop for Worker<S, T> {
    fn drop(&mut self) {
        let loading = {
            let mut state = self.lock();
            state.closed = true;
            matches!(state.loading, Loading::Running)
        };
        self.shared.tell();
        // Loading cannot be broken off and nobody needs it any more: the thread ends by itself after it.
        if !loading && let Some(thread) = self.thread.take() {
            let name = thread.thread().name().unwrap_or_default().to_owned();
            if thread.join().is_err() {
                tracing::error!("the thread {name} ended by a panic");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    /// Far longer than any of this takes.
    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn what_cannot_be_loaded_is_served_as_such_and_kept_to_be_told() {
        let (told, hears) = mpsc::channel();
        let worker = Worker::<(), ()>::start::<()>(
            "test",
            Arc::default(),
            || Err("no such file".into()),
            move |shared, networks| told.send((networks, shared.lock().loading.clone())).expect("somebody hears"),
        );
        let failed = Loading::Failed("no such file".into());
        assert_eq!(hears.recv(), Ok((Err("no such file".into()), failed.clone())));
        assert_eq!(worker.loaded(LONG).loading, failed);
    }

    #[test]
    fn the_owner_that_goes_ends_the_thread_and_waits_for_it() {
        let (told, hears) = mpsc::channel();
        let worker = Worker::<u8, &str>::start(
            "test",
            Arc::default(),
            || Ok((7, "seven")),
            move |shared, networks| {
                let mut state = shared.lock();
                while !state.closed {
                    shared.wait(&mut state);
                }
                told.send((networks, state.own)).expect("somebody hears");
            },
        );
        let mut state = worker.loaded(LONG);
        assert_eq!(state.loading, Loading::Ready("seven"));
        state.own = 3;
        drop(state);
        drop(worker);
        assert_eq!(hears.try_recv(), Ok((Ok(7), 3)), "the thread is over");
    }

    #[test]
    fn the_owner_that_goes_while_the_thread_loads_does_not_wait_for_it() {
        let (go_on, waits) = mpsc::channel::<()>();
        let (told, hears) = mpsc::channel();
        let load = move || waits.recv().map(|()| ((), ())).map_err(|error| error.to_string());
        let serve = move |shared: &Shared<(), ()>, _: Result<(), String>| {
            told.send(shared.lock().closed).expect("somebody hears");
        };
        drop(Worker::start("test", Arc::default(), load, serve));
        go_on.send(()).expect("it still loads");
        assert_eq!(hears.recv_timeout(LONG), Ok(true));
    }
}
