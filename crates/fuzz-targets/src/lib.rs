//! What each fuzz target does with its bytes. A target ends without panic, without endless loop, and believes nothing that
//! nobody signed. The tests beside it replay `fuzz/seeds` through the same functions.

#![allow(clippy::unwrap_used, reason = "without the test authority there is nothing to fuzz")]

use std::cell::RefCell;
use std::error::Error;
use std::io::{Read, Write};

use jiff::civil::{Date, date};
use uketsuke::adapters::camera::{Pixels, to_rgb};
use uketsuke::adapters::card::burst::{Memory, carry_out};
use uketsuke::adapters::card::certificate::{CertificateVerdict, judge};
use uketsuke::adapters::card::virtual_card::{ATR_CONTACT, Fault, VirtualCard};
use uketsuke::adapters::card::{CardFace, CardTrust, Channel, ChannelError, authenticity, tlv, vpcd};
use uketsuke::adapters::face::decode_portrait;
use uketsuke::domain::qualification::{Authentication, Challenge};
use uketsuke::domain::secret::Secret;
use uketsuke::people::authority::TestAuthority;
use uketsuke::people::by_id;
use uketsuke::ports::{CardCommand, CardReply};
use zeroize::Zeroizing;

/// One target.
pub type Target = fn(&[u8]);

/// Every target by its name, which is also that of its folder of seeds.
pub const TARGETS: [(&str, Target); 6] = [
    ("tlv", tlv_objects),
    ("apdu_response", apdu_response),
    ("certificate", certificate),
    ("vpcd_frame", vpcd_frame),
    ("jp2", jp2),
    ("camera_frame", camera_frame),
];

/// Objects as files of the card hold them, and a whole card face.
pub fn tlv_objects(bytes: &[u8]) {
    if let Ok(objects) = tlv::all(bytes) {
        let read: usize = objects.iter().map(|object| object.raw.len()).sum();
        assert!(read <= bytes.len(), "objects do not reach past their bytes");
        for object in &objects {
            assert!(object.raw.ends_with(object.value));
        }
    }
    if let (Ok(length), Ok(file)) = (tlv::file_length(bytes, 0xFF20), tlv::file(bytes, 0xFF20)) {
        assert!(file.raw.len() <= length && length <= bytes.len());
    }
    let _ = tlv::length(bytes);
    let _ = authenticity::cv_pieces(bytes);
    let _ = authenticity::issued_by(bytes, &[]);
    let _ = CardFace::parse(bytes, bytes);
}

/// A card that answers whatever the bytes say: a length byte before each answer.
struct Babble<'a>(&'a [u8]);

impl Channel for Babble<'_> {
    fn transmit(&mut self, _command: &[u8]) -> Result<Zeroizing<Vec<u8>>, ChannelError> {
        let (&length, rest) = self.0.split_first().ok_or(ChannelError::CardGone)?;
        // FF stands for all that is left.
        let length = if length == 0xFF { rest.len() } else { usize::from(length).min(rest.len()) };
        let (answer, rest) = rest.split_at(length);
        self.0 = rest;
        Ok(Zeroizing::new(answer.to_vec()))
    }

    fn extended_length(&self) -> bool {
        true
    }
}

/// The client against a card that answers anything to each of its four commands.
pub fn apdu_response(bytes: &[u8]) {
    let challenge = || Challenge { id: "c-1".into(), nonce: vec![7; 32] };
    let commands = [
        CardCommand::Identify,
        CardCommand::OpenCardFace { code_b: Secret::new(*b"13041220344821") },
        CardCommand::SignWithPin { pin: Secret::new(*b"1234"), challenge: challenge() },
        CardCommand::ProveWithoutPin { challenge: challenge(), authentication: Authentication::Face },
    ];
    for command in commands {
        let ended = carry_out(Babble(bytes), &command, &mut Memory::default(), &CardTrust::default());
        let signed = matches!(&ended.reply, Ok(CardReply::Proof(proof)) if proof.signature.is_some());
        assert!(!signed, "nobody signed anything");
    }
}

/// The day on which cards are read and issued.
const TODAY: Date = date(2026, 11, 20);

thread_local! {
    static TRUST: CardTrust = trust().unwrap();
    static CARD: RefCell<VirtualCard> = RefCell::new(card().unwrap());
}

fn trust() -> Result<CardTrust, Box<dyn Error>> {
    Ok(CardTrust::default().with_test_cards(&TestAuthority::load()?, TODAY)?.on(TODAY))
}

fn card() -> Result<VirtualCard, Box<dyn Error>> {
    Ok(VirtualCard::new(&TestAuthority::load()?, &by_id("p01")?, TODAY, &[Fault::GetResponse])?)
}

/// A certificate as a card gives it: whatever parses is judged, and only what the test authority signed serves.
pub fn certificate(bytes: &[u8]) {
    TRUST.with(|trust| {
        if let Ok(CertificateVerdict::Usable(_)) = judge(bytes, trust) {
            // Found by the signature, so it is one that the authority issued: the same bytes parse again.
            assert!(judge(bytes, &CardTrust::default()).is_ok());
        }
    });
}

/// A driver that says what the bytes say, and ends.
struct Driver<'a>(&'a [u8], usize);

impl Read for Driver<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.0.read(buffer)
    }
}

impl Write for Driver<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.1 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What pcscd's driver may send to the virtual card.
pub fn vpcd_frame(bytes: &[u8]) {
    CARD.with_borrow_mut(|card| {
        card.power_on();
        card.clear_log();
        let mut driver = Driver(bytes, 0);
        let ended = vpcd::exchange_all(card, &mut driver, ATR_CONTACT, &mut |_| {});
        assert!(ended.is_err(), "a connection that breaks off is an error and no pulled card");
    });
}

/// A portrait as a card gives it.
pub fn jp2(bytes: &[u8]) {
    if let Ok(frame) = decode_portrait(bytes) {
        let pixels = frame.width() as usize * frame.height() as usize;
        assert_eq!(frame.rgb().len(), pixels * 3);
    }
}

/// A picture as a camera sends it.
pub fn camera_frame(bytes: &[u8]) {
    for pixels in [Pixels::Mjpeg, Pixels::Yuyv, Pixels::Nv12, Pixels::Grey] {
        if let Some(frame) = to_rgb(pixels, 16, 8, bytes) {
            assert_eq!(frame.rgb().len(), frame.width() as usize * frame.height() as usize * 3);
        }
    }
}
