//! What staff order of a running visit, from their desk or at the kiosk's own screen, and why the kiosk may refuse it.
//!
//! Whoever carries an order asks; the session table decides, and each order is answered once.

use strum::{EnumString, IntoStaticStr, VariantArray};

use super::ids::ReceptionId;

/// Names an order in its answer. Whoever brings the order chooses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderId(pub u64);

/// One order, for one visit: in any other it is refused. Visits are counted from 1 in every run of the program, so whoever
/// carries orders from afar refuses those that were given in an earlier run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffOrder {
    /// Its name.
    pub id: OrderId,
    /// The visit it was given for.
    pub reception: ReceptionId,
    /// Who gave it.
    pub by: StaffMember,
    /// What is to be done.
    pub command: StaffCommand,
}

/// Who gave an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffMember {
    /// The name in the site's list of staff or of the desk's users.
    pub name: String,
    /// Where they stand.
    pub place: StaffPlace,
}

/// Where staff stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, IntoStaticStr, EnumString, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum StaffPlace {
    /// At the kiosk, which their code has opened to them.
    Kiosk,
    /// At the desk's page.
    Desk,
}

/// What staff can order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaffCommand {
    /// Somebody comes: the patient is told so.
    Coming,
    /// The eye says who it is: this visit goes on without face and PIN.
    SeenByEye {
        /// 本人とカードが目の前にある, ticked: without it the order is refused.
        before_me: bool,
        /// Why neither face nor PIN says it.
        why: WhyByEye,
    },
    /// The eye says: not the person on the card.
    NotTheSame,
    /// One more try of the face.
    AnotherTry,
    /// The PIN is asked for, whatever was chosen.
    GoOnByPin,
    /// Back to the question before this one.
    OneStepBack,
    /// The visit ends, and everything of it is wiped.
    FinishAndWipe,
}

impl StaffCommand {
    /// Its name without what it carries, for wire and records.
    pub fn slug(&self) -> &'static str {
        match self {
            StaffCommand::Coming => "coming",
            StaffCommand::SeenByEye { .. } => "seen-by-eye",
            StaffCommand::NotTheSame => "not-the-same",
            StaffCommand::AnotherTry => "another-try",
            StaffCommand::GoOnByPin => "go-on-by-pin",
            StaffCommand::OneStepBack => "one-step-back",
            StaffCommand::FinishAndWipe => "finish-and-wipe",
        }
    }
}

/// Why staff confirm by eye; recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, IntoStaticStr, EnumString, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum WhyByEye {
    /// The camera does not take the face: mask, light, changed looks.
    FaceNotTaken,
    /// The card has no portrait that could be compared, as a child's.
    NoPortrait,
    /// The PIN is forgotten, blocked or absent.
    NoPin,
    /// The patient cannot use the screen by themselves.
    CannotOperate,
    /// A device of the kiosk does not work.
    DeviceFault,
}

/// Why the kiosk does not do what was ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, IntoStaticStr, EnumString, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Refusal {
    /// Nobody is being received.
    NobodyHere,
    /// Another visit is running than the one it was given for.
    OtherVisit,
    /// Given at the kiosk's screen, which no code has opened.
    NotOpened,
    /// That means nothing where the visit stands.
    NotHere,
    /// The kiosk is at work for a few seconds and must not be broken off.
    AtWork,
    /// The card is off the reader, or not known yet to be the same.
    CardAway,
    /// It was not ticked that person and card are before whoever looks.
    NotBeforeMe,
    /// The card cannot prove itself, so nothing can be compared with it.
    NothingToCompare,
    /// The face is closed for a reason that a try does not change.
    FaceClosed,
    /// No living person was seen: look by eye instead.
    NotSeenAlive,
    /// This visit has had all the tries that staff can grant.
    NoTryLeft,
    /// The card takes no PIN, or none any more.
    PinClosed,
    /// There is no question before this one.
    NothingBefore,
    /// Nobody has called.
    NobodyCalls,
    /// That check is of nobody whose number can be registered, or the number has another form.
    NoSuchPatient,
    /// Gateway or folder did not do it now.
    NotReached,
}

impl Refusal {
    /// Every one of them.
    pub const ALL: &'static [Refusal] = Refusal::VARIANTS;

    /// The name used in text keys (`refusal-<slug>`) and on the wire.
    pub fn slug(self) -> &'static str {
        self.into()
    }
}
