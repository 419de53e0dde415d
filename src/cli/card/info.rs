//! What `uketsuke card info` says: what the card is, and what somebody at the counter can do about it.

use jiff::Span;
use jiff::civil::Date;

use crate::adapters::card::certificate::CertificateVerdict;
use crate::adapters::card::survey::Survey;
use crate::domain::card::{CardKind, Tries};
use crate::domain::code_b;
use crate::domain::validity::{Standing, grace_end};

fn kind_word(kind: CardKind) -> (&'static str, &'static str) {
    match kind {
        CardKind::MyNumber => ("myNumber", "My Number Card"),
        CardKind::Juki => ("juki", "Basic Resident Registration Card, the predecessor"),
        CardKind::AndroidPhone => ("androidPhone", "Android phone"),
        CardKind::IPhone => ("iPhone", "iPhone"),
        CardKind::Other => ("other", "no My Number Card"),
    }
}

/// A line for each fact, then one for each thing to do.
pub(super) fn lines(found: &Survey, today: Date) -> Vec<String> {
    let mut lines = vec![format!("card: {}", kind_word(found.kind).1)];
    lines.push(match found.certificate_until {
        Some(day) => format!("user-authentication certificate: valid to {day}"),
        None => "user-authentication certificate: none that can be read without PIN".into(),
    });
    lines.extend(found.secrets.iter().map(|secret| {
        let tries = match secret.tries {
            Tries::Left(1) => "1 try left".into(),
            Tries::Left(left) => format!("{left} tries left"),
            Tries::Blocked => "blocked".into(),
            Tries::Absent => "not on this card".into(),
        };
        format!("{}: {tries}", secret.name)
    }));
    lines.extend(notes(found, today).into_iter().map(|note| format!("note: {note}")));
    lines
}

/// The same for programs.
pub(super) fn as_json(reader: &str, found: &Survey, today: Date) -> serde_json::Value {
    let secrets = found.secrets.iter().map(|secret| {
        let (state, left) = match secret.tries {
            Tries::Left(left) => ("open", Some(left)),
            Tries::Blocked => ("blocked", Some(0)),
            Tries::Absent => ("absent", None),
        };
        serde_json::json!({ "name": secret.name, "state": state, "triesLeft": left })
    });
    serde_json::json!({
        "reader": reader,
        "kind": kind_word(found.kind).0,
        "certificateUntil": found.certificate_until.map(|day| day.to_string()),
        "secrets": secrets.collect::<Vec<_>>(),
        "notes": notes(found, today),
    })
}

/// What somebody at the counter can do.
fn notes(found: &Survey, today: Date) -> Vec<String> {
    match found.kind {
        CardKind::MyNumber => {}
        CardKind::AndroidPhone | CardKind::IPhone => {
            return vec!["this kiosk reads cards: use the reader for phones, or ask for the card".into()];
        }
        CardKind::Juki | CardKind::Other => {
            return vec![
                "not the card that is needed: ask for the My Number Card itself, and for one card at a time".into(),
            ];
        }
    }
    let of = |name: &str| found.secrets.iter().find(|secret| secret.name == name).map(|secret| secret.tries);
    let mut notes: Vec<String> = certificate_note(found, today).into_iter().collect();
    let pin = match of("user-authentication PIN") {
        Some(Tries::Blocked) => Some("PIN blocked: identify by face or by eye; the municipal office resets it"),
        Some(Tries::Absent) => Some("card without PIN: identify by face or by eye"),
        Some(Tries::Left(1)) => Some("one PIN try is left: offer the face first"),
        _ => None,
    };
    let code_b = match of("code B, card face") {
        Some(Tries::Blocked) => Some("code B blocked: use the PIN; the municipal office resets it"),
        Some(Tries::Left(left)) if left < code_b::STOP_AT_TRIES => {
            Some("few tries of code B are left, so the kiosk does not offer the face: use the PIN")
        }
        Some(Tries::Absent) => Some("no card face: use the PIN"),
        _ => None,
    };
    let closed = |tries| matches!(tries, Some(Tries::Blocked | Tries::Absent));
    if closed(of("user-authentication PIN")) && closed(of("code B, card face")) {
        notes.push("neither PIN nor face is possible: staff compare patient and card by eye".into());
    } else {
        notes.extend([pin, code_b].into_iter().flatten().map(str::to_owned));
    }
    notes
}

fn certificate_note(found: &Survey, today: Date) -> Option<String> {
    const FALLBACK: &str = "the card cannot be used as insurance card today: ask for 資格確認書, and send the patient to the municipal office";
    let Some(until) = found.certificate_until else {
        return Some(format!("no user-authentication certificate: {FALLBACK}"));
    };
    match found.certificate? {
        CertificateVerdict::Usable(Some(Standing::Expiring)) => {
            Some(format!("certificate ends on {until}: renew it at the municipal office"))
        }
        CertificateVerdict::Usable(Some(Standing::Grace)) => Some(format!(
            "certificate ended on {until}: the card serves as insurance card to {}, without consents; renew it at the municipal office",
            grace_end(until)
        )),
        CertificateVerdict::Usable(_) => None,
        CertificateVerdict::Ended => {
            let ended = grace_end(until).saturating_add(Span::new().days(1));
            Some(format!("certificate ended on {until}, and since {ended} {FALLBACK}"))
        }
        CertificateVerdict::Early if found.certificate_until >= Some(today) => {
            Some(format!("certificate is not valid yet: check the date of this PC ({today}); {FALLBACK}"))
        }
        CertificateVerdict::Early => Some(format!("certificate with impossible dates: {FALLBACK}")),
        CertificateVerdict::UnknownIssuer => Some(format!("certificate of an unknown issuer: {FALLBACK}")),
        CertificateVerdict::WrongUse => Some(format!("certificate for another use: {FALLBACK}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::card::survey::survey;
    use crate::adapters::card::virtual_card::{Fault, VirtualCard};
    use crate::adapters::card::{CardTrust, Channel, ChannelError};
    use crate::people::authority::TestAuthority;
    use crate::people::{all, by_id};
    use jiff::civil::date;
    use zeroize::Zeroizing;

    const TODAY: Date = date(2026, 11, 20);

    struct Wire(VirtualCard);

    impl Channel for Wire {
        fn transmit(&mut self, command: &[u8]) -> Result<Zeroizing<Vec<u8>>, ChannelError> {
            let answer = self.0.apdu(command);
            if answer.is_empty() { Err(ChannelError::Mute("no answer".into())) } else { Ok(Zeroizing::new(answer)) }
        }

        fn extended_length(&self) -> bool {
            true
        }
    }

    /// The lines about that person's card.
    fn told(person: &str, faults: &[Fault]) -> Vec<String> {
        let authority = TestAuthority::load().unwrap();
        let trust = CardTrust::default().with_test_cards(&authority, TODAY).unwrap().on(TODAY);
        let card = VirtualCard::new(&authority, &by_id(person).unwrap(), TODAY, faults).unwrap();
        lines(&survey(Wire(card), &trust).unwrap(), TODAY)
    }

    #[test]
    fn a_healthy_card_is_told_in_full_and_needs_nothing() {
        assert_eq!(
            told("p01", &[]),
            [
                "card: My Number Card",
                "user-authentication certificate: valid to 2030-04-12",
                "user-authentication PIN: 3 tries left",
                "signing password: 5 tries left",
                "code B, card face: 10 tries left",
                "card text PIN: 3 tries left",
                "code B, card text: 10 tries left",
                "resident record PIN: 3 tries left",
            ]
        );
        for person in all().unwrap() {
            let lines = told(&person.id, &[]);
            let notes = lines.iter().filter(|line| line.starts_with("note:")).count();
            let minor = person.signing_password.is_none();
            assert_eq!((lines.len(), notes), (8, 0), "{}", person.id);
            assert_eq!(lines[3] == "signing password: blocked", minor, "{}: {lines:?}", person.id);
        }
    }

    #[test]
    fn every_fault_says_what_a_receptionist_can_do() {
        let fallback = "the card cannot be used as insurance card today: ask for 資格確認書, and send the patient to the municipal office";
        let other = "not the card that is needed: ask for the My Number Card itself, and for one card at a time";
        let phone = "this kiosk reads cards: use the reader for phones, or ask for the card";
        let early = format!("certificate is not valid yet: check the date of this PC (2026-11-20); {fallback}");
        let table: Vec<(Fault, Option<String>)> = vec![
            (Fault::PinBlocked, Some("PIN blocked: identify by face or by eye; the municipal office resets it".into())),
            (Fault::PinTries(1), Some("one PIN try is left: offer the face first".into())),
            (Fault::PinTries(2), None),
            (Fault::PinAbsent, Some("card without PIN: identify by face or by eye".into())),
            (Fault::CodeBBlocked, Some("code B blocked: use the PIN; the municipal office resets it".into())),
            (
                Fault::CodeBTries(3),
                Some("few tries of code B are left, so the kiosk does not offer the face: use the PIN".into()),
            ),
            (Fault::CodeBTries(4), None),
            (
                Fault::ExpiredCertificate,
                Some(
                    "certificate ended on 2026-10-20: the card serves as insurance card to 2027-01-31, without consents; \
                     renew it at the municipal office"
                        .into(),
                ),
            ),
            (
                Fault::PastGraceCertificate,
                Some(format!("certificate ended on 2026-06-20, and since 2026-10-01 {fallback}")),
            ),
            (
                Fault::ExpiringCertificate,
                Some("certificate ends on 2027-01-20: renew it at the municipal office".into()),
            ),
            (Fault::EarlyCertificate, Some(early)),
            (Fault::UnknownIssuer, Some(format!("certificate of an unknown issuer: {fallback}"))),
            (Fault::WrongKeyUsage, Some(format!("certificate for another use: {fallback}"))),
            (Fault::NoCertificate, Some(format!("no user-authentication certificate: {fallback}"))),
            (Fault::Phone, Some(phone.into())),
            (Fault::IPhone, Some(phone.into())),
            (Fault::Juki, Some(other.into())),
            (Fault::OtherCard, Some(other.into())),
            // Seen only when the card face is opened, by the online check, or not at all.
            (Fault::RevokedCertificate, None),
            (Fault::OlderAuthority, None),
            (Fault::NoPortrait, None),
            (Fault::CorruptedPortrait, None),
            (Fault::Cloned, None),
            (Fault::ForgedFace, None),
            (Fault::UnknownFaceIssuer, None),
            (Fault::PulledMidRead, None),
            (Fault::First6F00, None),
            (Fault::Filler, None),
            (Fault::Prefix, None),
            (Fault::ZeroFiller, None),
            (Fault::NoFiller, None),
            (Fault::ShortOnly, None),
            (Fault::GetResponse, None),
        ];
        for fault in Fault::NAMED.iter().filter(|fault| **fault != Fault::Mute) {
            assert!(table.iter().any(|(known, _)| known == fault), "{fault} has no row");
        }
        for (fault, wanted) in table {
            let lines = told("p01", &[fault]);
            let notes: Vec<&str> = lines.iter().filter_map(|line| line.strip_prefix("note: ")).collect();
            assert_eq!(notes, wanted.iter().map(String::as_str).collect::<Vec<_>>(), "{fault}");
        }
        let both = told("p01", &[Fault::PinBlocked, Fault::CodeBBlocked]);
        assert_eq!(
            both.last().map(String::as_str),
            Some("note: neither PIN nor face is possible: staff compare patient and card by eye")
        );
    }

    #[test]
    fn json_holds_the_same_notes() {
        let authority = TestAuthority::load().unwrap();
        let card = VirtualCard::new(&authority, &by_id("p01").unwrap(), TODAY, &[Fault::PinBlocked]).unwrap();
        let json = as_json("Reader", &survey(Wire(card), &CardTrust::default()).unwrap(), TODAY);
        assert_eq!(json["kind"], "myNumber");
        assert_eq!(json["secrets"][0]["state"], "blocked");
        assert!(json["notes"][0].as_str().is_some_and(|note| note.contains("municipal office")));
    }
}
