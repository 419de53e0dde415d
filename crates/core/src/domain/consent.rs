//! Consents: one answer to one scope. Refusing never blocks the reception.

use strum::{EnumString, IntoStaticStr, VariantArray};

/// What the patient is asked to let qualified staff see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, VariantArray, IntoStaticStr, EnumString)]
#[strum(serialize_all = "camelCase")]
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
    pub const ALL: &'static [Scope] = Scope::VARIANTS;

    /// The word the REST contract and the command line use.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// The scope of that name, if there is one.
    pub fn by_name(name: &str) -> Option<Scope> {
        name.parse().ok()
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

/// One screen of the individual consents; it may cover several scopes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, VariantArray, IntoStaticStr, EnumString)]
#[strum(serialize_all = "camelCase")]
pub enum Question {
    /// 過去の手術以外の診療・お薬情報.
    Records,
    /// 手術情報.
    Surgery,
    /// 健診情報, from 40 years on.
    Checkup,
}

impl Question {
    /// Every question, in the leaflets' order.
    pub const ALL: &'static [Question] = Question::VARIANTS;

    /// What its answer is good for.
    pub fn scopes(self) -> &'static [Scope] {
        match self {
            Question::Records => &[Scope::Pharmaceutical, Scope::Diagnosis],
            Question::Surgery => &[Scope::Operation],
            Question::Checkup => &[Scope::SpecificHealthCheckup],
        }
    }

    /// The word of text keys and of the settings.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// The question of that name, if there is one.
    pub fn by_name(name: &str) -> Option<Question> {
        name.parse().ok()
    }
}

/// Which leaflet's words a consent screen uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, IntoStaticStr, EnumString)]
#[strum(serialize_all = "camelCase")]
pub enum Wording {
    /// A heading and a statement to agree with (since January 2025).
    #[default]
    Statement,
    /// A question to answer (before).
    Question,
}

impl Wording {
    /// The word of text keys and of the settings.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// The wording of that name, if there is one.
    pub fn by_name(name: &str) -> Option<Wording> {
        name.parse().ok()
    }
}

/// How a site asks for consents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConsentPlan {
    /// One screen for all (since October 2024); the patient may still choose one by one.
    pub comprehensive: bool,
    /// Order of the individual questions.
    pub order: [Question; 3],
    /// The words.
    pub wording: Wording,
    /// 同意する stands left; it stands right in the newest leaflet.
    pub agree_left: bool,
    /// Asks for the 限度額 as well, as before October 2024.
    pub limit: bool,
}

impl Default for ConsentPlan {
    fn default() -> Self {
        let order = [Question::Records, Question::Surgery, Question::Checkup];
        Self { comprehensive: true, order, wording: Wording::default(), agree_left: false, limit: false }
    }
}

/// 処方箋発行形態.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrescriptionForm {
    /// 1 電子処方箋.
    Electronic,
    /// 2 紙の処方箋.
    Paper,
}

/// All that the patient decided, for the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// The answers, one to each scope.
    pub consents: Vec<Consent>,
    /// Whether the 限度額 may be handed over; not asked means that no consent is needed.
    pub limit: ConsentAnswer,
    /// How the prescription is wanted; `None` when nobody asked or answered.
    pub prescription: Option<PrescriptionForm>,
    /// Whether a 医療費助成 certificate is to be used.
    pub subsidy: ConsentAnswer,
}

impl Choices {
    /// Only consents, nothing else asked.
    pub fn of(consents: Vec<Consent>) -> Self {
        Self { consents, limit: ConsentAnswer::NotAsked, prescription: None, subsidy: ConsentAnswer::NotAsked }
    }

    /// Whether the 限度額 stays out of the file.
    pub fn withholds_limit(&self) -> bool {
        matches!(self.limit, ConsentAnswer::Refused | ConsentAnswer::NotAnswered)
    }
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
    Scope::ALL.iter().map(|&scope| Consent { scope, answer: answer(scope) }).collect()
}

/// The answers of the individual screens, one to each scope; a question without answer counts as not answered.
pub fn answered_one_by_one(answers: &[(Question, ConsentAnswer)]) -> Vec<Consent> {
    let answer = |scope: Scope| {
        let of = answers.iter().find(|(question, _)| question.scopes().contains(&scope));
        of.map_or(ConsentAnswer::NotAnswered, |(_, answer)| *answer)
    };
    Scope::ALL.iter().map(|&scope| Consent { scope, answer: answer(scope) }).collect()
}

/// The same answer to every scope, as the comprehensive screen gives it.
pub fn comprehensive(answer: ConsentAnswer) -> Vec<Consent> {
    Scope::ALL.iter().map(|&scope| Consent { scope, answer }).collect()
}
