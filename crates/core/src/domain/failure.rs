//! The closed list of everything that can go wrong. Adapters map their own errors to it once.
//!
//! Each entry has a code for staff and logs, a text key for the patient (`failure-<slug>`), a remedy key
//! for staff (`remedy-<slug>`) and says whether the same thing may be tried again.

/// Who can act on a failure, and so how the screen ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// The patient can try again at once.
    Retry,
    /// Another way of identification is open.
    OtherMethod,
    /// Staff at the counter take over.
    Staff,
    /// The check is impossible now: the official fallbacks apply.
    Fallback,
    /// The kiosk cannot serve anybody until staff act.
    OutOfOrder,
}

macro_rules! failures {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $slug:literal, $route:ident;)*) => {
        /// One entry of the closed list.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Failure { $($(#[$doc])* $name,)* }

        impl Failure {
            /// Every failure, in the order of the document.
            pub const ALL: &'static [Failure] = &[$(Failure::$name,)*];

            /// Stable code for staff, logs and the document, `U-101` …
            pub fn code(self) -> &'static str {
                match self { $(Failure::$name => $code,)* }
            }

            /// The name used in text keys and JSON.
            pub fn slug(self) -> &'static str {
                match self { $(Failure::$name => $slug,)* }
            }

            /// Who can act on it.
            pub fn route(self) -> Route {
                match self { $(Failure::$name => Route::$route,)* }
            }
        }
    };
}

impl Failure {
    /// Whether the kiosk or the line failed and not what the card stands for: only then is the fee sure to stay as it was.
    pub fn keeps_the_fee(self) -> bool {
        !matches!(
            self,
            Failure::NoCertificate
                | Failure::CertificateUnusable
                | Failure::CertificateEnded
                | Failure::CertificateRevoked
                | Failure::NotRegistered
                | Failure::RegistrationNotYet
                | Failure::NotConfirmed
        )
    }
}

failures! {
    /// The PC/SC service does not answer.
    CardServiceStopped = "U-101", "card-service-stopped", OutOfOrder;
    /// No card reader is connected, or the one in use was unplugged.
    ReaderGone = "U-102", "reader-gone", OutOfOrder;
    /// The card was taken away before the reception ended.
    CardGone = "U-103", "card-gone", Retry;
    /// The card does not answer, or answers garbage.
    CardUnreadable = "U-104", "card-unreadable", Retry;
    /// Something lies on the reader that is not a My Number Card.
    NotMyNumberCard = "U-105", "not-my-number-card", Retry;
    /// A phone was placed; this kiosk reads cards.
    PhonePlaced = "U-106", "phone-placed", Retry;
    /// The card holds no user-authentication certificate.
    NoCertificate = "U-107", "no-certificate", Fallback;
    /// The certificate is not accepted: not valid yet, of no known issuer, or unreadable.
    CertificateUnusable = "U-108", "certificate-unusable", Fallback;
    /// Another card came back than the one that was taken away.
    CardSwapped = "U-109", "card-swapped", Retry;
    /// The certificate is past its grace months.
    CertificateEnded = "U-110", "certificate-ended", Fallback;
    /// The certificate was revoked: the owner moved, reported a loss, or has a newer card.
    CertificateRevoked = "U-111", "certificate-revoked", Fallback;
    /// The PIN was wrong; tries are left.
    PinWrong = "U-201", "pin-wrong", Retry;
    /// The PIN is blocked; the municipal office resets it.
    PinBlocked = "U-202", "pin-blocked", OtherMethod;
    /// The card was issued without PIN.
    PinAbsent = "U-203", "pin-absent", OtherMethod;
    /// Code B cannot be right; no try was used.
    CodeBImplausible = "U-211", "code-b-implausible", Retry;
    /// The card refused code B; tries are left.
    CodeBWrong = "U-212", "code-b-wrong", Retry;
    /// Code B is blocked or too near to it.
    CodeBBlocked = "U-213", "code-b-blocked", OtherMethod;
    /// The card has no portrait.
    NoPortrait = "U-221", "no-portrait", OtherMethod;
    /// The data of the card face do not carry a valid issuer signature, or the portrait cannot be decoded.
    CardFaceInvalid = "U-222", "card-face-invalid", Staff;
    /// The face could not be confirmed in the tries allowed.
    FaceNotConfirmed = "U-301", "face-not-confirmed", OtherMethod;
    /// No live person could be confirmed.
    FaceNotLive = "U-302", "face-not-live", Staff;
    /// No camera, or it was unplugged.
    CameraGone = "U-311", "camera-gone", OtherMethod;
    /// The camera gives no usable picture (covered, privacy switch, broken frames).
    CameraNoPicture = "U-312", "camera-no-picture", OtherMethod;
    /// Another program holds the camera.
    CameraBusy = "U-313", "camera-busy", OtherMethod;
    /// The face models are missing or not the pinned ones.
    FaceModelsInvalid = "U-314", "face-models-invalid", OtherMethod;
    /// The camera is switched off by its privacy switch or the system's privacy setting.
    CameraPrivate = "U-315", "camera-private", OtherMethod;
    /// The camera offers no format that the kiosk can use.
    CameraFormat = "U-316", "camera-format", OtherMethod;
    /// The gateway cannot be reached: name, refused connection, no route.
    GatewayUnreachable = "U-401", "gateway-unreachable", Fallback;
    /// No answer within the time budget.
    GatewayTimeout = "U-402", "gateway-timeout", Fallback;
    /// The TLS handshake failed: a certificate on either side.
    GatewayTls = "U-403", "gateway-tls", Fallback;
    /// The gateway does not know this terminal or facility.
    TerminalRefused = "U-404", "terminal-refused", Fallback;
    /// The gateway refused the request as wrong.
    CheckRefused = "U-405", "check-refused", Fallback;
    /// The gateway or the system behind it reports an error or maintenance.
    GatewayFault = "U-406", "gateway-fault", Fallback;
    /// The gateway's answer does not follow the contract.
    GatewayAnswerInvalid = "U-407", "gateway-answer-invalid", Fallback;
    /// The clock of this PC is wrong, so that the gateway's certificate looks ended or too young.
    ClockWrong = "U-408", "clock-wrong", Fallback;
    /// The card is not yet registered as insurance card.
    NotRegistered = "U-411", "not-registered", Fallback;
    /// Registration is not possible yet.
    RegistrationNotYet = "U-412", "registration-not-yet", Fallback;
    /// The insurer's answer does not confirm a usable insurance.
    NotConfirmed = "U-421", "not-confirmed", Fallback;
    /// The journal cannot be written, so nothing may be sent.
    JournalUnwritable = "U-501", "journal-unwritable", Fallback;
    /// The file for the receipt computer cannot be written.
    HandoffUnwritable = "U-502", "handoff-unwritable", Staff;
    /// A name other than the patient's own was shown.
    WrongName = "U-601", "wrong-name", Staff;
    /// Nothing was touched for too long.
    TimedOut = "U-602", "timed-out", Retry;
    /// The patient stopped the reception.
    Cancelled = "U-603", "cancelled", Retry;
    /// A step inside the kiosk did not answer in time.
    StepTimedOut = "U-901", "step-timed-out", Staff;
}

#[cfg(test)]
mod tests {
    use super::Failure;
    use std::collections::BTreeSet;

    #[test]
    fn the_fee_is_promised_only_where_the_kiosk_or_the_line_failed() {
        let open: Vec<_> = Failure::ALL.iter().filter(|f| !f.keeps_the_fee()).map(|f| f.code()).collect();
        assert_eq!(open, ["U-107", "U-108", "U-110", "U-111", "U-411", "U-412", "U-421"]);
    }

    #[test]
    fn codes_and_slugs_are_unique() {
        let codes: BTreeSet<_> = Failure::ALL.iter().map(|f| f.code()).collect();
        let slugs: BTreeSet<_> = Failure::ALL.iter().map(|f| f.slug()).collect();
        assert_eq!(codes.len(), Failure::ALL.len());
        assert_eq!(slugs.len(), Failure::ALL.len());
    }
}
