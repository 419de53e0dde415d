//! What can happen: observations, touches, and answers to effects.

use jiff::civil::DateTime;

use crate::domain::card::{CardFaceFacts, CardFacts, Tries};
use crate::domain::code_b::{Implausible, Part, PrintHint};
use crate::domain::consent::{ConsentAnswer, PrescriptionForm, ScopeSet};
use crate::domain::face::{Evidence, Hint};
use crate::domain::failure::Failure;
use crate::domain::ids::{EffectId, Moment};
use crate::domain::pin::EnteredBy;
use crate::domain::qualification::CheckSummary;
use crate::domain::registration::RegistrationStatus;
use crate::domain::staff_order::StaffOrder;

use super::state::Method;

/// Something that happened, and when.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// When.
    pub at: Moment,
    /// What.
    pub what: Happening,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Happening {
    /// A card lies on the reader.
    CardPlaced,
    /// No card lies on the reader any more.
    CardGone,
    /// The reader (again) works.
    ReaderReady,
    /// The reader or its service is gone.
    ReaderLost(Failure),
    /// The engine's hint for the running attempt; not an answer.
    FaceHint(Hint),
    /// How much of what the running attempt needs was seen, in percent; not an answer.
    FaceProgress(u8),
    /// What would help to read the card that is shown; not an answer.
    PrintHint(PrintHint),
    /// The patient touched something.
    Patient(PatientInput),
    /// Staff, known to whoever brings it, ordered something of a visit.
    Staff(StaffOrder),
    /// Staff touched something of their panel at the kiosk that is no order.
    Panel(PanelTouch),
    /// An effect ended.
    Ended(EffectId, Answer),
}

/// What a patient can do. Digits arrive here as counts only; the runtime keeps them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PatientInput {
    /// Touched the idle screen.
    Start,
    /// 登録状況の確認・利用登録: not for a reception.
    Inquire,
    /// 顔認証 or 暗証番号.
    Choose(Method),
    /// A digit was typed (its value is in the vault).
    DigitTyped,
    /// The last digit was taken back.
    DigitErased,
    /// All digits were taken back.
    DigitsCleared,
    /// The typed digits are complete.
    Confirm,
    /// Once more.
    Retry,
    /// 戻る: one step or page back.
    Back,
    /// 番号を入力する: code B is typed and not read.
    TypeCodeB,
    /// The era wheel one step towards today.
    EraLater,
    /// The era wheel one step back in time.
    EraEarlier,
    /// Somebody else types the PIN.
    AskWhoEnters,
    /// Who types the PIN.
    EnteredBy(EnteredBy),
    /// The answer to the consent on the screen, comprehensive or individual.
    Consent(ConsentAnswer),
    /// 一つずつ選ぶ: individual consents instead of the comprehensive one.
    OneByOne,
    /// An answer to each scope: given to these, refused to the others.
    ConsentTo(ScopeSet),
    /// 電子 or 紙.
    Prescription(PrescriptionForm),
    /// はい.
    Yes,
    /// いいえ.
    No,
    /// 続ける, 閉じる: go on.
    Continue,
    /// 次のページ.
    NextPage,
    /// もっと時間がほしい.
    MoreTime,
    /// やめる.
    Cancel,
    /// 職員を呼ぶ.
    CallStaff,
    /// 違う人の名前です.
    NotMyName,
    /// 職員の方: staff stand at the kiosk; only their code makes them staff.
    StaffHere,
}

/// What staff can touch on their panel besides their orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PanelTouch {
    /// 目視確認: they compare patient and card.
    LookByEye,
    /// 閉じる.
    Close,
}

/// How an effect ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// The timer ran out.
    TimeUp,
    /// The card was looked at.
    Identified(CardFacts),
    /// Code B is in the vault.
    CodeBFound,
    /// The source does not know it: the patient types it.
    CodeBUnknown,
    /// The source would read it, if the card's front is shown to the camera.
    CardWanted,
    /// The typed part of code B was looked at without the card.
    CodeBPart(Part, Result<(), Implausible>),
    /// The card refused code B.
    CodeBWrong(Tries),
    /// The card face is open, the portrait in the vault.
    CardFaceOpened(CardFaceFacts),
    /// The template of the portrait is made.
    FacePrepared,
    /// An attempt at the face ended.
    FaceSeen(Evidence),
    /// The nonce is in the vault.
    ChallengeReady,
    /// The card refused the PIN.
    PinWrong(Tries),
    /// The proof is in the vault.
    ProofReady,
    /// The insurer answered.
    Checked(CheckSummary),
    /// How far the registration of the card has come.
    RegistrationStatus(RegistrationStatus),
    /// The card is registered; no check was waiting for it.
    Registered,
    /// The card cannot be registered yet; from when on it can, in Japan, when the gateway says so.
    RegistrationNotYet(Option<DateTime>),
    /// The consents are recorded.
    ConsentsSaved,
    /// The file lies in the drop folder.
    Delivered,
    /// The drop folder does not take it now: it lies in the kiosk's spool with so many others, itself counted, and goes
    /// later without anybody's doing.
    KeptToDeliver(usize),
    /// It is noted what became of the check.
    Settled,
    /// Whether the typed code is that of a member of staff.
    StaffCode(bool),
    /// Staff were told.
    Told,
    /// Vault empty, card released, camera closed.
    CleanedUp,
    /// What was to be forgotten is gone.
    Forgotten,
    /// It failed.
    Failed(Failure),
    /// It did not answer by its deadline.
    TimedOut,
    /// It was cancelled.
    Cancelled,
}
