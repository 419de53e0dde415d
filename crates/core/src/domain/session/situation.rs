//! The situations, one screen each, in one table: at rest, in a visit, in a pause of it.

use jiff::civil::{DateTime, Time};

use crate::domain::card::Tries;
use crate::domain::code_b::{Entry, PrintHint};
use crate::domain::face::Hint;
use crate::domain::failure::Failure;
use crate::domain::pin;
use crate::domain::registration::RegistrationStatus;
use crate::domain::staff::{self, CodeEntry};
use crate::domain::staff_news::StaffNews;
use crate::domain::staff_order::Refusal;

/// Why staff are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaffReason {
    /// The patient pressed the button.
    Asked,
    /// A failure sent the patient there.
    Failure(Failure),
    /// The card was left on the reader.
    CardLeft,
}

impl StaffReason {
    /// What staff are told.
    pub(super) fn news(self) -> StaffNews {
        match self {
            StaffReason::Asked => StaffNews::CalledByPatient,
            StaffReason::Failure(failure) => StaffNews::HelpNeeded { failure },
            StaffReason::CardLeft => StaffNews::CardLeft,
        }
    }
}

/// Where the check stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckStage {
    /// Fetching the nonce.
    Challenge,
    /// The card answers it.
    Proof,
    /// The insurer is asked.
    Asking,
    /// The same, and it takes longer than usual.
    StillAsking,
}

/// Where the ending stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliverStage {
    /// Recording the consents at the gateway.
    Consents,
    /// Writing the file for the receipt computer.
    File,
}

/// What the patient is asked on the way to the fallback that fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FallbackQuestion {
    /// 資格確認書 at hand? Only where the card is no insurance card.
    Certificate,
    /// マイナポータル on the phone?
    Phone,
    /// 資格情報のお知らせ at hand?
    Notice,
    /// Been here before?
    BeenHere,
}

/// What the patient shows or does at the counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FallbackWay {
    /// F1 card and マイナポータル.
    Portal,
    /// F2 card and 資格情報のお知らせ.
    Notice,
    /// F3 口頭確認.
    Spoken,
    /// F4 被保険者資格申立書.
    Form,
    /// F5 資格確認書.
    Certificate,
    /// None of them: staff help.
    Staff,
}

macro_rules! situations {
    ($($(#[$edoc:meta])* $enum:ident {
        $($(#[$doc:meta])* $name:ident $({ $($(#[$fdoc:meta])* $field:ident : $ty:ty),* $(,)? })?;)*
    })*) => {
        $(
            $(#[$edoc])*
            pub enum $enum { $($(#[$doc])* $name $({ $($(#[$fdoc])* $field: $ty),* })?,)* }

            impl $enum {
                /// Its bare name.
                pub fn name(&self) -> SituationName {
                    match self { $($enum::$name { .. } => SituationName::$name,)* }
                }
            }
        )*

        /// The bare name of what stands on the screen, for logs and tests.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum SituationName { $($($(#[$doc])* $name,)*)* }

        impl SituationName {
            /// Every name of the table.
            pub const ALL: &'static [SituationName] = &[$($(SituationName::$name,)*)*];
        }
    };
}

situations! {
    /// Nobody is being received.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    Rest {
        /// A0 待機: nobody is here.
        Idle;
        /// The kiosk cannot serve anybody: closed screen.
        OutOfOrder { /** Why. */ failure: Failure };
        /// The card was left on the reader after its reception ended.
        CardLeft { /** Alarms so far. */ alarms: u8 };
    }

    /// Where a visit stands, one screen each.
    #[derive(Debug, Clone, PartialEq)]
    Situation {
        /// A1 カード設置: touched, no card yet.
        PlaceCard;
        /// The card is being looked at.
        ReadingCard;
        /// This card was already received today.
        AlreadyReceived { /** When. */ at: Time };
        /// What lies there cannot be used; it must be taken off.
        WrongCard { /** Why. */ failure: Failure };
        /// A2 認証方法の選択.
        ChooseMethod;
        /// Code B is typed by the patient.
        EnterCodeB { /** Where the typing stands. */ entry: Entry };
        /// The card's front is shown to the camera, which reads code B from it.
        ShowCard { /** What would help. */ hint: Option<PrintHint>, /** The card was off the reader since. */ lifted: bool, /** The code is in the vault: only the card is waited for. */ read: bool };
        /// The card face is being read.
        OpeningCardFace;
        /// A3 顔認証: the camera looks.
        FaceCapture { /** What would help. */ hint: Option<Hint>, /** How much of what is needed was seen, in percent. */ progress: u8 };
        /// A3h うまくいかない時.
        FaceHelp { /** What stood in the way. */ hint: Option<Hint>, /** Whether another try is allowed. */ may_retry: bool, /** The cause. */ failure: Failure };
        /// A4 暗証番号.
        EnterPin { /** Digits so far. */ typed: u8, /** Tries left on the card. */ tries: Tries, /** The last entry was wrong. */ wrong: bool };
        /// A4 with a reader that has a keypad of its own: the PIN is typed there, and no program of this PC sees it.
        TypeOnReader { /** Tries left on the card. */ tries: Tries, /** The last entry was wrong. */ wrong: bool };
        /// One more wrong PIN would block it: ask staff instead?
        PinLastTry { /** The last entry was wrong. */ wrong: bool };
        /// A4P 代理入力: who types the PIN?
        AskWhoEnters;
        /// A4L ロック.
        PinLocked { /** Blocked, or absent from this card. */ failure: Failure, /** Blocked by this visit's entries, not before. */ now: bool };
        /// Staff say at the kiosk who they are.
        EnterStaffCode { /** Why they were called, if they were. */ reason: Option<StaffReason>, /** Digits so far. */ typed: u8, /** Where the typing stands. */ entry: CodeEntry };
        /// The staff's panel.
        StaffPanel { /** Why they were called, if they were. */ reason: Option<StaffReason>, /** Why their last order was not done. */ refused: Option<Refusal> };
        /// A5 職員の目視, by staff who stand at the kiosk.
        VisualCheck;
        /// A6 資格の照会.
        Checking { /** Where it stands. */ stage: CheckStage };
        /// The insurer answered: is this the patient's name?
        ConfirmName;
        /// N1 更新のお知らせ.
        Renewal;
        /// 状況照会: how far the registration of the card has come.
        RegistrationStatus { /** What the gateway says. */ status: RegistrationStatus };
        /// R1 the card must be registered: go on?
        RegisterOffer;
        /// R2 terms of use, page by page.
        RegisterTerms { /** The page, from 0; how many there are depends on the window. */ page: u16 };
        /// R3w registration is running.
        Registering;
        /// R3 registration is complete.
        Registered;
        /// R3n not possible yet.
        RegisterRefused { /** Why. */ failure: Failure, /** From when on it works, in Japan. */ works_from: Option<DateTime> };
        /// C-all 包括同意.
        Consenting;
        /// 個別同意: one question of several.
        ConsentOneByOne { /** Its place in the site's order, from 0. */ at: u8 };
        /// The individual answers once more, before they are sent.
        ConsentSummary;
        /// 限度額情報の提供, where the site still asks.
        ConsentLimit;
        /// 処方箋発行形態.
        ChoosePrescription;
        /// 医療費助成の受給者証.
        ChooseSubsidy;
        /// Consents and file are on their way.
        Delivering { /** Where it stands. */ stage: DeliverStage };
        /// D1 完了: take the card.
        Done;
        /// F0 the check is impossible: what to do instead.
        Fallback { /** Why. */ failure: Failure };
        /// On the way to the fallback that fits: one question.
        FallbackAsk { /** Why. */ failure: Failure, /** What is asked. */ question: FallbackQuestion };
        /// F1 to F5: what to show at the counter.
        FallbackShow { /** Why. */ failure: Failure, /** What to show. */ way: FallbackWay };
        /// Z1 職員呼出.
        CallStaff { /** Why. */ reason: StaffReason };
        /// The reception ended early: cause and next step, then back to idle.
        Stopped { /** Why. */ failure: Failure };
        /// The one tail of every reception: everything is wiped and released.
        CleaningUp;
    }

    /// A visit waits where it stands.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    Pause {
        /// Nobody touches anything: are you still there?
        StillThere { /** Until everything is wiped. */ seconds: u16 };
        /// The card was taken away in the middle: put it back to go on.
        CardAway { /** Until the visit ends. */ seconds: u16, /** A card lies there and is being read. */ reading: bool };
    }
}

/// The phase a situation belongs to; one file each.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    Arrival,
    Identity,
    Check,
    Consent,
    Choices,
    Registration,
    Pause,
    Fallback,
    Farewell,
}

/// Whose digits a keypad takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hand {
    /// The patient's own; they may see them.
    Patient,
    /// A member of staff's; nobody sees them.
    Staff,
}

/// A keypad that takes digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keypad {
    /// Which of the parts of what is typed, from 0; only code B has more than one.
    pub part: usize,
    /// Digits of that part so far. The vault counts its own; both take a digit only while there is room.
    pub typed: u8,
    /// Digits of that part when it is complete.
    pub length: u8,
    /// Whose digits they are.
    pub hand: Hand,
}

impl Keypad {
    /// Whether one more digit fits.
    pub fn has_room(&self) -> bool {
        self.typed < self.length
    }
}

impl Situation {
    /// Its phase, which says what happens next in it.
    pub(super) fn phase(&self) -> Phase {
        match self {
            Situation::PlaceCard
            | Situation::ReadingCard
            | Situation::AlreadyReceived { .. }
            | Situation::WrongCard { .. } => Phase::Arrival,
            Situation::ChooseMethod
            | Situation::EnterCodeB { .. }
            | Situation::ShowCard { .. }
            | Situation::OpeningCardFace
            | Situation::FaceCapture { .. }
            | Situation::FaceHelp { .. }
            | Situation::EnterPin { .. }
            | Situation::TypeOnReader { .. }
            | Situation::PinLastTry { .. }
            | Situation::AskWhoEnters
            | Situation::PinLocked { .. } => Phase::Identity,
            Situation::Checking { .. } | Situation::ConfirmName | Situation::Renewal => Phase::Check,
            Situation::RegistrationStatus { .. }
            | Situation::RegisterOffer
            | Situation::RegisterTerms { .. }
            | Situation::Registering
            | Situation::Registered
            | Situation::RegisterRefused { .. } => Phase::Registration,
            Situation::Consenting
            | Situation::ConsentOneByOne { .. }
            | Situation::ConsentSummary
            | Situation::Delivering { .. } => Phase::Consent,
            Situation::ConsentLimit | Situation::ChoosePrescription | Situation::ChooseSubsidy => Phase::Choices,
            Situation::EnterStaffCode { .. }
            | Situation::StaffPanel { .. }
            | Situation::VisualCheck
            | Situation::Fallback { .. }
            | Situation::FallbackAsk { .. }
            | Situation::FallbackShow { .. }
            | Situation::CallStaff { .. } => Phase::Fallback,
            Situation::Stopped { .. } | Situation::Done | Situation::CleaningUp => Phase::Farewell,
        }
    }

    /// The keypad of this situation: the one place that knows who types how many digits.
    pub fn keypad(&self) -> Option<Keypad> {
        Some(match self {
            Situation::EnterPin { typed, .. } => {
                Keypad { part: 0, typed: *typed, length: pin::LENGTH, hand: Hand::Patient }
            }
            Situation::EnterCodeB { entry } => Keypad {
                part: entry.part.index(),
                typed: entry.count(),
                length: entry.part.length(),
                hand: Hand::Patient,
            },
            Situation::EnterStaffCode { typed, entry, .. } if entry.takes_digits() => {
                Keypad { part: 0, typed: *typed, length: staff::LENGTH, hand: Hand::Staff }
            }
            _ => return None,
        })
    }

    /// Whether staff have said here who they are, so that what is touched is theirs.
    pub fn is_opened_to_staff(&self) -> bool {
        matches!(self, Situation::StaffPanel { .. } | Situation::VisualCheck)
    }

    /// Whether the visit waits here for staff or is in their hands.
    pub(super) fn is_for_staff(&self) -> bool {
        self.is_opened_to_staff() || matches!(self, Situation::CallStaff { .. } | Situation::EnterStaffCode { .. })
    }

    /// Whether the visit can go on here although no card lies on the reader.
    pub fn goes_on_without_card(&self) -> bool {
        matches!(
            self,
            Situation::PlaceCard
                | Situation::Checking { stage: CheckStage::Asking | CheckStage::StillAsking }
                | Situation::Registering
                | Situation::RegisterRefused { .. }
                | Situation::Delivering { .. }
                | Situation::Fallback { .. }
                | Situation::FallbackAsk { .. }
                | Situation::FallbackShow { .. }
                | Situation::CallStaff { .. }
                | Situation::EnterStaffCode { .. }
                | Situation::StaffPanel { .. }
                | Situation::Stopped { .. }
                | Situation::CleaningUp
        )
    }
}
