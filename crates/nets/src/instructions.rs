//! Which vector instructions the networks run with: the best that the machine has, or, for measuring, lesser ones.

use std::str::FromStr;

use fearless_simd::Level;

/// Vector instructions that this machine has.
#[derive(Debug, Clone, Copy)]
pub struct Instructions(Level);

/// Why instructions cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum InstructionsError {
    #[error("no instructions '{0}': name sse, avx2 or avx512")]
    Unknown(String),
    #[error("this machine has no instructions '{0}': name lesser ones, or none, for the best that it has")]
    Missing(String),
}

impl Instructions {
    /// The best that this machine has.
    pub fn best() -> Self {
        Self(Level::new())
    }

    /// As people call them.
    pub fn name(self) -> &'static str {
        match self.0 {
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Level::Avx512(_) => "AVX-512",
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Level::Avx2(_) => "AVX2",
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Level::Sse4_2(_) => "SSE4.2",
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Level::Sse2(_) => "SSE2",
            #[cfg(target_arch = "aarch64")]
            Level::Neon(_) => "NEON",
            _ => "plain code",
        }
    }

    pub(crate) fn level(self) -> Level {
        self.0
    }

    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    fn named(self, name: &str) -> Result<Option<Level>, InstructionsError> {
        let Self(best) = self;
        Ok(match name {
            "sse" => best.as_sse4_2().map(Level::Sse4_2).or_else(|| best.as_sse2().map(Level::Sse2)),
            "avx2" => best.as_avx2().map(Level::Avx2),
            "avx512" => best.as_avx512().map(Level::Avx512),
            _ => return Err(InstructionsError::Unknown(name.into())),
        })
    }

    #[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
    fn named(self, name: &str) -> Result<Option<Level>, InstructionsError> {
        if ["sse", "avx2", "avx512"].contains(&name) { Ok(None) } else { Err(InstructionsError::Unknown(name.into())) }
    }
}

impl Default for Instructions {
    fn default() -> Self {
        Self::best()
    }
}

impl FromStr for Instructions {
    type Err = InstructionsError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::best().named(name)?.map(Self).ok_or_else(|| InstructionsError::Missing(name.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_instructions_are_named_with_a_remedy() {
        let error = Instructions::from_str("mmx").expect_err("nothing of that name");
        assert!(error.to_string().contains("sse, avx2 or avx512"), "{error}");
    }

    #[cfg(target_arch = "x86_64")]
    #[test]
    fn lesser_instructions_than_the_best_can_be_forced() {
        let forced = Instructions::from_str("sse").expect("every such machine has them");
        assert!(forced.name().starts_with("SSE"), "{}", forced.name());
    }
}
