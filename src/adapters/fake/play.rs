//! What a fake does with one request.

use crate::domain::failure::Failure;

use super::Scripted;

/// When an answer is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    AtOnce,
    Twice,
    OnRelease,
    Never,
}

/// Makes the answer to one request.
pub(super) type Make<P> = Box<dyn FnMut(&<P as Scripted>::Command) -> Result<<P as Scripted>::Reply, Failure> + Send>;

/// What a fake does with one request: which answer, and when.
pub struct Play<P: Scripted> {
    /// `None` stands for the usual answer.
    pub(super) make: Option<Make<P>>,
    pub(super) when: When,
}

impl<P: Scripted> Play<P> {
    /// The answer of a working device.
    pub fn usual() -> Self {
        Self { make: None, when: When::AtOnce }
    }

    /// The reply that `make` builds from the request.
    pub fn reply(mut make: impl FnMut(&P::Command) -> P::Reply + Send + 'static) -> Self {
        Self { make: Some(Box::new(move |command| Ok(make(command)))), when: When::AtOnce }
    }

    pub fn fail(failure: Failure) -> Self {
        Self { make: Some(Box::new(move |_| Err(failure))), when: When::AtOnce }
    }

    /// No answer at all, not even to a cancellation: only a deadline helps.
    pub fn never() -> Self {
        Self { make: None, when: When::Never }
    }

    /// The same answer twice, which breaks the contract.
    pub fn twice(self) -> Self {
        Self { when: When::Twice, ..self }
    }

    /// The answer waits for [`super::Fake::release`].
    pub fn held(self) -> Self {
        Self { when: When::OnRelease, ..self }
    }
}
