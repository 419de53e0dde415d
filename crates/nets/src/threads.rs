//! One thread for the networks of a picture, or two.

use std::sync::Arc;

use rayon::{ThreadPool, ThreadPoolBuilder};
use tract_onnx::tract_core::internal::multithread::{Executor, multithread_tract_scope};

use super::RunResult;

/// The caller's thread alone, or two threads of a pool.
pub struct Threads(Option<Arc<ThreadPool>>);

impl Threads {
    /// Two threads called `name` when `count` is more than one; else the caller does everything.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn new(name: &'static str, count: usize) -> RunResult<Self> {
        let builder = || ThreadPoolBuilder::new().num_threads(2).thread_name(move |n| format!("{name}-{n}"));
        Ok(Self((count > 1).then(|| builder().build()).transpose()?.map(Arc::new)))
    }

    /// Runs `work`, whose networks may share their operators out to both threads.
    pub fn spread<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R {
        match &self.0 {
            Some(pool) => pool.install(|| helped(pool, work)),
            None => work(),
        }
    }

    /// The outcomes of both, at the same time where there is a second thread; the one that is done first helps the other.
    pub fn both<A: Send, B: Send>(
        &self,
        first: impl FnOnce() -> A + Send,
        second: impl FnOnce() -> B + Send,
    ) -> (A, B) {
        match &self.0 {
            Some(pool) => pool.install(|| rayon::join(|| helped(pool, first), second)),
            None => (first(), second()),
        }
    }
}

fn helped<R: Send>(pool: &Arc<ThreadPool>, work: impl FnOnce() -> R + Send) -> R {
    multithread_tract_scope(Executor::MultiThread(pool.clone()), work)
}
