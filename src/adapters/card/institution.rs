//! **Simulated** keys of an approved body, for cards of the test authority alone; `virtual_card::institution` is the other side.

use crate::domain::failure::Failure;
use crate::people::authority::TestAuthority;
use crate::ports::{Diagnose, Finding, InstitutionKeys};

/// The simulated terminal. Its private key is public.
pub struct SimulatedInstitutionKeys(TestAuthority);

impl SimulatedInstitutionKeys {
    /// The terminal of that authority.
    pub fn new(authority: TestAuthority) -> Self {
        Self(authority)
    }
}

impl Diagnose for SimulatedInstitutionKeys {
    fn diagnose(&self) -> Vec<Finding> {
        vec![Finding::warning(
            "institution keys",
            "simulated: signing without PIN works with virtual cards alone and proves nothing",
            "never use this for patients",
        )]
    }
}

impl InstitutionKeys for SimulatedInstitutionKeys {
    fn certificate(&self) -> Result<Vec<u8>, Failure> {
        self.0.terminal_cv_certificate().map_err(|error| unusable(&error))
    }

    fn answer(&self, challenge: &[u8]) -> Result<Vec<u8>, Failure> {
        self.0.terminal_answer(challenge).map_err(|error| unusable(&error))
    }

    fn is_simulated(&self) -> bool {
        true
    }
}

fn unusable(error: &dyn std::fmt::Display) -> Failure {
    tracing::error!(%error, "simulated institution keys");
    Failure::CardUnreadable
}
