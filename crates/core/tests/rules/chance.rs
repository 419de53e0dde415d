//! What may happen by chance: answers of every kind, touches, what staff do, cards that come and go.

use jiff::civil::date;
use uketsuke_core::domain::card::{Authenticity, CardFaceFacts, CardFacts, CardKind, PrintCheck, Tries};
use uketsuke_core::domain::code_b::{Implausible, PrintHint};
use uketsuke_core::domain::consent::{ConsentAnswer, PrescriptionForm, ScopeSet};
use uketsuke_core::domain::face::Hint;
use uketsuke_core::domain::failure::Failure;
use uketsuke_core::domain::ids::EffectId;
use uketsuke_core::domain::pin::EnteredBy;
use uketsuke_core::domain::qualification::Validity;
use uketsuke_core::domain::session::{
    Action, Answer, Happening, Method, OnScreen, PanelTouch, PatientInput, Pause, Rest, Situation,
};
use uketsuke_core::domain::staff_order::{StaffCommand, StaffPlace, WhyByEye};

use crate::support::{Broken, CARD, OTHER_CARD, TODAY, World, card_face, evidence, good, registered, summary};

/// Numbers that only depend on their seed.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides
    }

    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())].clone()
    }
}

/// Other answers to `action` that a device or server may really give.
pub fn other(action: &Action, dice: &mut Dice) -> Answer {
    match (action, dice.roll(4)) {
        (Action::CheckQualification { .. }, 3) => Answer::Failed(Failure::NotRegistered),
        (Action::InquireRegistration, 2 | 3) => Answer::RegistrationStatus(registered()),
        (Action::RegisterCard { .. }, 2) => Answer::Failed(Failure::RegistrationNotYet),
        (Action::RegisterCard { .. }, 3) => Answer::RegistrationNotYet(Some(date(2026, 11, 24).at(12, 0, 0, 0))),
        (Action::Deliver { .. }, 2) => Answer::KeptToDeliver(1),
        (Action::CompareStaffCode, 1..) => Answer::StaffCode(false),
        (_, 0) => Answer::Failed(dice.pick(Failure::ALL)),
        (_, 1) => Answer::TimedOut,
        (Action::IdentifyCard, _) => {
            let tries =
                [Tries::Left(3), Tries::Left(1), Tries::Left(0), Tries::Blocked, Tries::Absent, Tries::Left(10)];
            let kinds = [CardKind::MyNumber, CardKind::MyNumber, CardKind::Juki, CardKind::IPhone, CardKind::Other];
            let until = dice.pick(&[Some(TODAY), Some(TODAY), None]);
            let (pin, code_b, kind) = (dice.pick(&tries), dice.pick(&tries), dice.pick(&kinds));
            let mark = dice.pick(&[Some(CARD), Some(OTHER_CARD), None]);
            let keypad = dice.roll(3) == 0;
            Answer::Identified(CardFacts { kind, pin, code_b, certificate_until: until, mark, keypad })
        }
        (Action::FindCodeB { may_read: true }, 2) => Answer::CardWanted,
        (Action::FindCodeB { .. } | Action::LookAtCard { .. }, _) => Answer::CodeBUnknown,
        (Action::CheckCodeBPart(part, _), _) => Answer::CodeBPart(*part, Err(Implausible::NoSuchDay)),
        (Action::OpenCardFace, _) => match dice.roll(3) {
            0 => Answer::CodeBWrong(Tries::Left(9)),
            1 => Answer::CodeBWrong(Tries::Left(3)),
            _ => Answer::CardFaceOpened(CardFaceFacts {
                has_portrait: dice.roll(2) == 0,
                authenticity: dice.pick(&[Authenticity::Forged, Authenticity::Unchecked]),
                print: dice.pick(&[PrintCheck::NotRead, PrintCheck::Agrees, PrintCheck::Differs]),
                ..card_face()
            }),
        },
        (Action::MatchFace(_), _) => {
            Answer::FaceSeen(evidence(dice.pick(&[0.1, 0.8, f32::NAN]), dice.pick(&[0.1, 0.9])))
        }
        (Action::SignOnReader(_), 2) => Answer::Failed(dice.pick(&[Failure::Cancelled, Failure::TimedOut])),
        (Action::SignWithPin(_) | Action::SignOnReader(_), _) => {
            Answer::PinWrong(dice.pick(&[Tries::Left(2), Tries::Left(1), Tries::Blocked]))
        }
        (Action::CheckQualification { .. } | Action::RegisterCard { .. }, _) => {
            let validity = dice.pick(&[Validity::Valid, Validity::Valid, Validity::Invalid, Validity::Multiple]);
            Answer::Checked(summary(validity, dice.roll(2) == 0, dice.roll(2) == 0))
        }
        _ => good(action),
    }
}

/// Every input a patient can make.
pub const TOUCHES: &[PatientInput] = &[
    PatientInput::Start,
    PatientInput::Inquire,
    PatientInput::Choose(Method::Face),
    PatientInput::Choose(Method::Pin),
    PatientInput::DigitTyped,
    PatientInput::DigitErased,
    PatientInput::DigitsCleared,
    PatientInput::Confirm,
    PatientInput::Retry,
    PatientInput::Back,
    PatientInput::TypeCodeB,
    PatientInput::EraLater,
    PatientInput::EraEarlier,
    PatientInput::AskWhoEnters,
    PatientInput::EnteredBy(EnteredBy::Family),
    PatientInput::Consent(ConsentAnswer::Given),
    PatientInput::Consent(ConsentAnswer::Refused),
    PatientInput::ConsentTo(ScopeSet::EMPTY),
    PatientInput::OneByOne,
    PatientInput::Prescription(PrescriptionForm::Electronic),
    PatientInput::Yes,
    PatientInput::No,
    PatientInput::NextPage,
    PatientInput::Back,
    PatientInput::Continue,
    PatientInput::MoreTime,
    PatientInput::Cancel,
    PatientInput::CallStaff,
    PatientInput::NotMyName,
    PatientInput::StaffHere,
];

/// Every order that staff can give.
pub const ORDERS: &[StaffCommand] = &[
    StaffCommand::Coming,
    SEEN,
    StaffCommand::SeenByEye { before_me: false, why: WhyByEye::FaceNotTaken },
    StaffCommand::NotTheSame,
    StaffCommand::AnotherTry,
    StaffCommand::GoOnByPin,
    StaffCommand::OneStepBack,
    StaffCommand::FinishAndWipe,
];

/// 本人とカードが目の前にある.
pub const SEEN: StaffCommand = StaffCommand::SeenByEye { before_me: true, why: WhyByEye::FaceNotTaken };

/// One random thing happens: mostly the visit goes on, sometimes anything else does.
pub fn random_event(world: &mut World, dice: &mut Dice) -> Result<(), Broken> {
    match dice.roll(100) {
        0..=44 => random_answer(world, dice),
        45..=74 => helpful_touch(world, dice),
        75..=82 => world.happen(Happening::Patient(dice.pick(TOUCHES))),
        83..=86 => {
            let place = dice.pick(&[StaffPlace::Desk, StaffPlace::Desk, StaffPlace::Kiosk]);
            world.happen(Happening::Staff(world.of_staff(dice.pick(ORDERS), place)))
        }
        87..=89 => world.happen(Happening::CardPlaced),
        90 => world.happen(Happening::CardGone),
        98 => world.time_is_up(),
        91 => world.happen(Happening::ReaderLost(Failure::CardServiceStopped)),
        92..=94 => world.happen(Happening::ReaderReady),
        95 => world.happen(dice.pick(&[
            Happening::FaceHint(Hint::TooFar),
            Happening::FaceProgress(40),
            Happening::PrintHint(PrintHint::Nearer),
        ])),
        96..=97 => late_answer(world, dice),
        _ => {
            let foreign = EffectId(1_000_000 + dice.roll(1000) as u64);
            world.answer(foreign, Answer::Checked(summary(Validity::Valid, false, false)))
        }
    }
}

fn random_answer(world: &mut World, dice: &mut Dice) -> Result<(), Broken> {
    let running: Vec<_> = world.ledger.iter().filter(|(_, a)| !matches!(a, Action::Wait(..))).collect();
    let (id, action) = if running.is_empty() || dice.roll(12) == 0 {
        let all: Vec<_> = world.ledger.iter().collect();
        if all.is_empty() {
            return world.happen(Happening::CardPlaced);
        }
        dice.pick(&all)
    } else {
        dice.pick(&running)
    };
    let oddity = if matches!(action, Action::CheckQualification { .. } | Action::RegisterCard { .. }) { 2 } else { 4 };
    let answer = if dice.roll(oddity) == 0 { other(action, dice) } else { good(action) };
    let id = *id;
    world.answer(id, answer)
}

/// A second answer to something that has already ended.
fn late_answer(world: &mut World, dice: &mut Dice) -> Result<(), Broken> {
    let ended: Vec<_> = world.answered.iter().copied().collect();
    if ended.is_empty() {
        return Ok(());
    }
    let id = dice.pick(&ended);
    let before = world.state.clone();
    world.answer(id, Answer::ProofReady)?;
    if before == world.state { Ok(()) } else { Err(format!("{id:?} was believed twice")) }
}

fn helpful_touch(world: &mut World, dice: &mut Dice) -> Result<(), Broken> {
    let situation = match world.state.on_screen() {
        OnScreen::Situation(situation) => situation,
        OnScreen::Rest(Rest::Idle) => {
            let touch = dice.pick(&[PatientInput::Start, PatientInput::Start, PatientInput::Inquire]);
            return world.happen(Happening::Patient(touch));
        }
        OnScreen::Rest(Rest::CardLeft { .. }) => return world.happen(Happening::CardGone),
        OnScreen::Rest(Rest::OutOfOrder { .. }) => return world.happen(Happening::ReaderReady),
        OnScreen::Pause(Pause::CardAway { .. }) => return world.happen(Happening::CardPlaced),
        OnScreen::Pause(Pause::StillThere { .. }) => return world.happen(Happening::Patient(PatientInput::Continue)),
    };
    let touch = match situation {
        Situation::ChooseMethod => dice.pick(&[PatientInput::Choose(Method::Face), PatientInput::Choose(Method::Pin)]),
        Situation::EnterPin { typed: 4, .. } => PatientInput::Confirm,
        Situation::EnterPin { typed: 0, .. } => {
            dice.pick(&[PatientInput::DigitTyped, PatientInput::DigitTyped, PatientInput::AskWhoEnters])
        }
        Situation::EnterCodeB { entry } if entry.is_full() => PatientInput::Confirm,
        Situation::EnterPin { .. } | Situation::EnterCodeB { .. } => PatientInput::DigitTyped,
        Situation::AskWhoEnters => dice.pick(&[PatientInput::Back, PatientInput::EnteredBy(EnteredBy::Carer)]),
        // The card is taken off to be shown.
        Situation::ShowCard { .. } => return world.happen(Happening::CardGone),
        Situation::FaceHelp { .. } => dice.pick(&[PatientInput::Retry, PatientInput::Choose(Method::Pin)]),
        Situation::Consenting => dice.pick(&[
            PatientInput::Consent(ConsentAnswer::Given),
            PatientInput::Consent(ConsentAnswer::Refused),
            PatientInput::OneByOne,
        ]),
        Situation::ConsentOneByOne { .. } | Situation::ConsentLimit | Situation::ChooseSubsidy => {
            dice.pick(&[PatientInput::Consent(ConsentAnswer::Given), PatientInput::Consent(ConsentAnswer::Refused)])
        }
        Situation::ChoosePrescription => PatientInput::Prescription(PrescriptionForm::Paper),
        Situation::FallbackAsk { .. } => dice.pick(&[PatientInput::Yes, PatientInput::No]),
        Situation::CallStaff { .. } if dice.roll(3) > 0 => PatientInput::StaffHere,
        Situation::CallStaff { .. } => {
            let order = world.of_staff(dice.pick(ORDERS), StaffPlace::Desk);
            return world.happen(Happening::Staff(order));
        }
        // Staff type without a pause: between single digits too much else happens here.
        Situation::EnterStaffCode { typed, .. } => {
            for _ in *typed..6 {
                world.happen(Happening::Patient(PatientInput::DigitTyped))?;
            }
            PatientInput::Confirm
        }
        Situation::StaffPanel { .. } => {
            let order = world.of_staff(dice.pick(ORDERS), StaffPlace::Kiosk);
            let [look, close] = [PanelTouch::LookByEye, PanelTouch::Close].map(Happening::Panel);
            return world.happen(dice.pick(&[look, close, Happening::Staff(order)]));
        }
        Situation::VisualCheck => dice.pick(&[PatientInput::Yes, PatientInput::No]),
        Situation::PlaceCard => return world.happen(Happening::CardPlaced),
        _ => PatientInput::Continue,
    };
    world.happen(Happening::Patient(touch))
}
