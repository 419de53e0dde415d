//! Consents: one answer to one scope. Refusing never blocks the reception.

/// What the patient is asked to let qualified staff see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// 薬剤: dispensed and injected drugs.
    Pharmaceutical,
    /// 診療: visits and procedures other than surgery.
    Diagnosis,
    /// 手術: surgery.
    Operation,
    /// 特定健診: check-up results, from 40 years on.
    SpecificHealthCheckup,
}

impl Scope {
    /// Every scope that the comprehensive question covers.
    pub const ALL: [Scope; 4] =
        [Scope::Pharmaceutical, Scope::Diagnosis, Scope::Operation, Scope::SpecificHealthCheckup];

    /// The word the REST contract and the command line use.
    pub fn name(self) -> &'static str {
        match self {
            Scope::Pharmaceutical => "pharmaceutical",
            Scope::Diagnosis => "diagnosis",
            Scope::Operation => "operation",
            Scope::SpecificHealthCheckup => "specificHealthCheckup",
        }
    }

    /// The scope of that name, if there is one.
    pub fn by_name(name: &str) -> Option<Scope> {
        Scope::ALL.into_iter().find(|s| s.name() == name)
    }
}

/// What became of one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConsentAnswer {
    /// 同意する.
    Given,
    /// 同意しない.
    Refused,
    /// The question was not put (grace period, negative answer).
    NotAsked,
    /// The question was put and nobody answered: not a refusal.
    NotAnswered,
}

/// One answer to one scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Consent {
    /// What was asked.
    pub scope: Scope,
    /// What was answered.
    pub answer: ConsentAnswer,
}

/// A set of scopes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ScopeSet(u8);

impl ScopeSet {
    /// No scope at all.
    pub const EMPTY: ScopeSet = ScopeSet(0);

    /// With `scope` in it.
    #[must_use]
    pub fn with(self, scope: Scope) -> Self {
        Self(self.0 | 1 << scope as u8)
    }

    /// Whether `scope` is in it.
    pub fn contains(self, scope: Scope) -> bool {
        self.0 & (1 << scope as u8) != 0
    }
}

/// An answer to every scope: given to those of `given`, refused to the others.
pub fn individual(given: ScopeSet) -> Vec<Consent> {
    let answer = |scope| if given.contains(scope) { ConsentAnswer::Given } else { ConsentAnswer::Refused };
    Scope::ALL.into_iter().map(|scope| Consent { scope, answer: answer(scope) }).collect()
}

/// The same answer to every scope, as the comprehensive screen gives it.
pub fn comprehensive(answer: ConsentAnswer) -> Vec<Consent> {
    Scope::ALL.into_iter().map(|scope| Consent { scope, answer }).collect()
}
