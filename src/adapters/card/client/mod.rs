//! The protocol: what is asked of a card and in which order, over any channel.
//!
//! A client lives for one burst. The counter is read before a secret is sent, a secret is sent at most once per burst, and
//! a file is read in the fewest exchanges that reader and card allow.

use std::time::Instant;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::domain::card::{CardFacts, CardKind, CardMark, Tries};
use crate::domain::code_b::STOP_AT_TRIES;
use crate::domain::failure::Failure;
use crate::domain::secret::{CodeB, Pin, Portrait};
use crate::ports::InstitutionKeys;

mod budget;
mod exchange;

use super::apdu::{Command, Expected, Response, Status, ins};
use super::authenticity;
use super::card_face::CardFace;
use super::certificate::{self, CertificateDer};
use super::error::{CardError, Result, SecretKind, Step, garbled};
use super::files::{self, Aid, Ef};
use super::trust::Draw;
use super::{Channel, ChannelError, tlv};
use budget::Budget;

/// What became of a secret that was sent.
pub enum Checked<T> {
    /// It was right; this is what it opened.
    Right(T),
    /// It was wrong; counter after it.
    Wrong(Tries),
}

/// One burst with one card.
pub struct Client<C: Channel> {
    channel: C,
    extended: bool,
    extended_failed: bool,
    secret_sent: bool,
    /// P2 of the secret whose counter was read last.
    reference: u8,
    budget: Budget,
}

impl<C: Channel> Client<C> {
    /// A burst over that channel.
    pub fn new(channel: C) -> Self {
        let extended = channel.extended_length() && channel.largest_answer() > 256;
        let budget = Budget::from(Instant::now());
        Self { channel, extended, extended_failed: false, secret_sent: false, reference: CURRENT_FILE, budget }
    }

    /// Asks in short APDUs only, because an earlier burst with this card found that longer ones fail.
    pub fn short_only(mut self) -> Self {
        self.extended = false;
        self
    }

    /// Whether an extended APDU went wrong in this burst.
    pub fn extended_failed(&self) -> bool {
        self.extended_failed
    }

    /// Whether a secret went to the card: then the card must be powered down, and nothing may be repeated.
    pub fn secret_sent(&self) -> bool {
        self.secret_sent
    }

    /// What lies there: label, counters without using a try, certificate.
    ///
    /// # Errors
    /// When the card does not answer as a card does.
    pub fn identify(&mut self) -> Result<(CardFacts, Option<CertificateDer>)> {
        let kind = self.kind()?;
        let (mut pin, mut certificate) = (Tries::Absent, None);
        if kind != CardKind::Other {
            pin = self.counter(SecretKind::Pin, files::JPKI_AUTH_PIN, files::PIN_TRIES)?;
            certificate = self.auth_certificate()?;
        }
        let mut code_b = Tries::Absent;
        if kind == CardKind::MyNumber && self.select_application(files::VISUAL)? {
            code_b = self.counter(SecretKind::CodeB, files::VISUAL_CODE_B, files::CODE_B_TRIES)?;
        }
        let certificate_until = certificate.as_ref().map(|der| certificate::last_day(der)).transpose()?;
        let mark = certificate.as_ref().map(|der| CardMark(Sha256::digest(der.as_slice()).into()));
        let keypad = self.channel.has_keypad();
        Ok((CardFacts { kind, pin, code_b, certificate_until, mark, keypad }, certificate))
    }

    /// Selects the JPKI application and reads the label.
    pub(super) fn kind(&mut self) -> Result<CardKind> {
        if !self.select_application(files::JPKI)? {
            return Ok(CardKind::Other);
        }
        let short = files::JPKI_TOKEN.short().unwrap_or_default();
        let read = Command::bare(0x00, ins::READ_BINARY, short, 0).expecting(Expected::Short(32));
        let response = self.exchange(&read)?;
        let label = response.data.split(|byte| matches!(byte, b' ' | 0)).next().unwrap_or_default();
        Ok(match (response.status(), label) {
            (Status::Done, b"JPKIAPICCTOKEN2") => CardKind::MyNumber,
            (Status::Done, b"JPKIAPICCTOKEN") => CardKind::Juki,
            (Status::Done, b"JPKIAPGPSETOKEN") => CardKind::AndroidPhone,
            (Status::Done, b"JPKIAPIOSTOKEN") => CardKind::IPhone,
            _ => CardKind::Other,
        })
    }

    /// Opens the card face with code B and reads it, with the issuer's certificate.
    ///
    /// # Errors
    /// `CodeBBlocked` when too few tries are left to risk one (nothing is sent then), `NoPortrait` when there is no
    /// visual application, else what went wrong.
    pub fn open_card_face(&mut self, code_b: &CodeB) -> Result<Checked<(CardFace, Option<Portrait>)>> {
        if !self.select_application(files::VISUAL)? {
            return Err(CardError::Fact(Failure::NoPortrait));
        }
        match self.counter(SecretKind::CodeB, files::VISUAL_CODE_B, files::CODE_B_TRIES)? {
            Tries::Left(left) if left >= STOP_AT_TRIES => {}
            Tries::Left(_) | Tries::Blocked => return Err(CardError::Fact(Failure::CodeBBlocked)),
            Tries::Absent => return Err(CardError::Fact(Failure::NoPortrait)),
        }
        if let Checked::Wrong(tries) = self.verify(SecretKind::CodeB, code_b.expose())? {
            return Ok(Checked::Wrong(tries));
        }
        let face =
            self.read_file(Step::CardFace, files::VISUAL_FACE, |file| tlv::file_length(file, files::TAG_FACE))?;
        let face = face.ok_or(CardError::Fact(Failure::NoPortrait))?;
        let issuer = self.read_issuer_certificate()?;
        let parsed = CardFace::parse(&face, &issuer).map_err(|error| CardError::InvalidFace(error.to_string()))?;
        Ok(Checked::Right(parsed))
    }

    /// The card-verifiable certificate of the card face issuer (EF 0004), which needs no secret; empty when there is none.
    ///
    /// # Errors
    /// `NoPortrait` without visual application, else what went wrong.
    pub fn issuer_certificate(&mut self) -> Result<Zeroizing<Vec<u8>>> {
        if !self.select_application(files::VISUAL)? {
            return Err(CardError::Fact(Failure::NoPortrait));
        }
        self.read_issuer_certificate()
    }

    fn read_issuer_certificate(&mut self) -> Result<Zeroizing<Vec<u8>>> {
        let read = self.read_file(Step::IssuerCertificate, files::VISUAL_ISSUER, tlv::length)?;
        Ok(read.unwrap_or_default())
    }

    /// Verifies the PIN and lets the user-authentication key sign SHA-256 of `message`. `known` is the certificate when
    /// this card's was read before; the signature is checked against it.
    ///
    /// # Errors
    /// `PinAbsent`, `PinBlocked`, `NoCertificate` before anything is sent, else what went wrong.
    pub fn sign_with_pin(
        &mut self,
        pin: &Pin,
        message: &[u8],
        known: Option<CertificateDer>,
    ) -> Result<Checked<(CertificateDer, Vec<u8>)>> {
        let certificate = self.ready_to_sign(known)?;
        match self.verify(SecretKind::Pin, pin.expose())? {
            Checked::Right(()) => self.sign(certificate, message).map(Checked::Right),
            Checked::Wrong(tries) => Ok(Checked::Wrong(tries)),
        }
    }

    /// The same with the PIN typed on the reader's own keypad.
    ///
    /// # Errors
    /// As [`Client::sign_with_pin`]; `TimedOut` and `Cancelled` when nobody typed one, `ReaderGone` without keypad.
    pub fn sign_with_keypad(
        &mut self,
        message: &[u8],
        known: Option<CertificateDer>,
    ) -> Result<Checked<(CertificateDer, Vec<u8>)>> {
        let certificate = self.ready_to_sign(known)?;
        // The reader puts the digits into a command for the current file.
        self.select_file(files::JPKI_AUTH_PIN)?;
        self.secret_sent = true;
        let typed = self.channel.verify_on_keypad();
        self.budget.wait_for_person(Instant::now());
        let typed = typed.ok_or_else(|| ChannelError::ReaderGone("it has no keypad of its own".into()))??;
        let answer =
            Response::decode(typed).ok_or_else(|| garbled(Step::Secret(SecretKind::Pin), "it has no status word"))?;
        match answer.word {
            KEYPAD_TIMED_OUT => return Err(CardError::Fact(Failure::TimedOut)),
            KEYPAD_CANCELLED => return Err(CardError::Fact(Failure::Cancelled)),
            _ => {}
        }
        match shown(SecretKind::Pin, &answer)? {
            Checked::Right(()) => self.sign(certificate, message).map(Checked::Right),
            Checked::Wrong(tries) => Ok(Checked::Wrong(tries)),
        }
    }

    /// Lets the user-authentication key sign without PIN, after the terminal of an approved body proved itself to the card.
    /// The order of its commands is known in part only: on a real card this is untried.
    ///
    /// # Errors
    /// When card or terminal refuse.
    pub fn sign_for_institution(
        &mut self,
        keys: &dyn InstitutionKeys,
        message: &[u8],
        known: Option<CertificateDer>,
    ) -> Result<Vec<u8>> {
        let certificate = match known {
            Some(certificate) => {
                self.select_jpki()?;
                certificate
            }
            None => self.certificate()?,
        };
        self.prove_terminal(keys)?;
        Ok(self.sign(certificate, message)?.1)
    }

    /// Hands the terminal's certificate to the card in its two pieces and answers the card's challenge.
    fn prove_terminal(&mut self, keys: &dyn InstitutionKeys) -> Result<()> {
        // From here on the card may hold an opened key, so it is powered down whatever comes.
        self.secret_sent = true;
        if !self.select_file(files::JPKI_TERMINAL_AUTHORITY)? {
            return Err(garbled(Step::Terminal, "the card knows no terminals"));
        }
        let certificate = keys.certificate().map_err(CardError::Fact)?;
        let (body, signature) = authenticity::cv_pieces(&certificate)
            .map_err(|error| garbled(Step::Terminal, format!("its certificate: {error}")))?;
        for (p1, piece) in [(0x06, body), (0x00, signature)] {
            self.accepted(&Command::bare(0x80, ins::SET_PUBLIC_KEY, p1, 0xC1).with(piece))?;
        }
        let challenge = Command::bare(0x00, ins::GET_CHALLENGE, 0, 0).expecting(Expected::Short(32));
        let challenge = self.accepted(&challenge)?;
        let answer = keys.answer(&challenge).map_err(CardError::Fact)?;
        self.accepted(&Command::bare(0x00, ins::EXTERNAL_AUTHENTICATE, 0, 0x80).with(&answer)).map(drop)
    }

    fn accepted(&mut self, command: &Command) -> Result<Zeroizing<Vec<u8>>> {
        let response = self.exchange(command)?;
        match response.status() {
            Status::Done => Ok(response.data),
            _ => Err(CardError::Refused { step: Step::Terminal, word: response.word }),
        }
    }

    /// The certificate, and tries left of the PIN.
    fn ready_to_sign(&mut self, known: Option<CertificateDer>) -> Result<CertificateDer> {
        let certificate = match known {
            Some(certificate) => {
                self.select_jpki()?;
                certificate
            }
            None => self.certificate()?,
        };
        match self.counter(SecretKind::Pin, files::JPKI_AUTH_PIN, files::PIN_TRIES)? {
            Tries::Left(_) => Ok(certificate),
            Tries::Blocked => Err(CardError::Fact(Failure::PinBlocked)),
            Tries::Absent => Err(CardError::Fact(Failure::PinAbsent)),
        }
    }

    /// Lets the opened user-authentication key sign, and checks what it gave.
    pub(super) fn sign(&mut self, certificate: CertificateDer, message: &[u8]) -> Result<(CertificateDer, Vec<u8>)> {
        if !self.select_file(files::JPKI_AUTH_KEY)? {
            return Err(CardError::Fact(Failure::NoCertificate));
        }
        let signature = self.compute_signature(Step::Signature, 0x80, message)?;
        if authenticity::is_signed(&certificate::key(&certificate)?, message, &signature) {
            Ok((certificate, signature))
        } else {
            Err(garbled(Step::Signature, "it does not fit the certificate"))
        }
    }

    /// Lets the card's own key answer `nonce`; the answer is checked against the key that `face` names.
    ///
    /// # Errors
    /// `CardFaceInvalid` when another key answered, else what went wrong.
    pub fn answer_with_card_key(&mut self, nonce: &[u8], face: &CardFace) -> Result<Vec<u8>> {
        if !self.select_application(files::VISUAL)? {
            return Err(CardError::Fact(Failure::NoPortrait));
        }
        let signature = self.compute_signature(Step::CardKey, 0x00, nonce)?;
        if face.answered(nonce, &signature) {
            Ok(signature)
        } else {
            Err(CardError::InvalidFace("the card does not hold the key of its face".into()))
        }
    }

    /// Whether the card on the reader holds the key that `face` names, by its answer to a fresh challenge; the visual
    /// application must be selected. A card that refuses has not shown it.
    ///
    /// # Errors
    /// When the card does not answer, or there are no random numbers.
    pub(super) fn holds_card_key(&mut self, face: &CardFace, draw: Draw) -> Result<bool> {
        let mut nonce = [0; 32];
        if !draw(&mut nonce) {
            return Err(garbled(Step::CardKey, "the system gives no random numbers for a challenge"));
        }
        match self.compute_signature(Step::CardKey, 0x00, &nonce) {
            Ok(signature) => Ok(face.answered(&nonce, &signature)),
            Err(CardError::Refused { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// The user-authentication certificate.
    ///
    /// # Errors
    /// `NoCertificate` when the card has none, `NotMyNumberCard` without JPKI application.
    pub fn certificate(&mut self) -> Result<CertificateDer> {
        self.select_jpki()?;
        self.auth_certificate()?.ok_or(CardError::Fact(Failure::NoCertificate))
    }

    fn select_jpki(&mut self) -> Result<()> {
        if self.select_application(files::JPKI)? { Ok(()) } else { Err(CardError::Fact(Failure::NotMyNumberCard)) }
    }

    /// The certificate, `None` when absent or, on phones, behind the PIN. JPKI must be selected.
    pub(super) fn auth_certificate(&mut self) -> Result<Option<CertificateDer>> {
        let der = match self.read_file(Step::Certificate, files::JPKI_AUTH_CERTIFICATE, tlv::length) {
            Err(CardError::Refused { word, .. }) if Status::of(word) == Status::NotVerified => return Ok(None),
            other => other?,
        };
        // Nothing that is no certificate leaves the client as one.
        der.as_ref().map(|der| certificate::last_day(der)).transpose()?;
        Ok(der)
    }

    /// Selects an application; false when the card has none of that name.
    pub(super) fn select_application(&mut self, aid: Aid) -> Result<bool> {
        self.select(Step::Application, Command::bare(0x00, ins::SELECT, 0x04, 0x0C).with(&aid))
    }

    fn select_file(&mut self, file: Ef) -> Result<bool> {
        self.select(Step::File, Command::bare(0x00, ins::SELECT, 0x02, 0x0C).with(&file.0.to_be_bytes()))
    }

    fn select(&mut self, step: Step, command: Command) -> Result<bool> {
        let response = self.exchange(&command)?;
        match response.status() {
            Status::Done => Ok(true),
            Status::NotFound => Ok(false),
            _ => Err(CardError::Refused { step, word: response.word }),
        }
    }

    /// The counter of a secret of the selected application. Uses no try. It is asked for by the file's short identifier; a card
    /// that does not say it so is asked again after the file was selected.
    pub(super) fn counter(&mut self, kind: SecretKind, secret: Ef, full: u8) -> Result<Tries> {
        let short = secret.short().unwrap_or(CURRENT_FILE);
        let mut response = self.exchange(&Command::bare(0x00, ins::VERIFY, 0x00, short))?;
        self.reference = short;
        if counted(&response, full).is_none() {
            if !self.select_file(secret)? {
                return Ok(Tries::Absent);
            }
            response = self.exchange(&Command::bare(0x00, ins::VERIFY, 0x00, CURRENT_FILE))?;
            self.reference = CURRENT_FILE;
        }
        match counted(&response, full) {
            Some(tries) => Ok(tries),
            None if response.status() == Status::NotFound => Ok(Tries::Absent),
            None => Err(CardError::Refused { step: Step::Counter(kind), word: response.word }),
        }
    }

    /// Sends a secret, once, to where its counter was read.
    fn verify(&mut self, kind: SecretKind, secret: &[u8]) -> Result<Checked<()>> {
        self.secret_sent = true;
        let response = self.transmit(&Command::bare(0x00, ins::VERIFY, 0x00, self.reference).with(secret))?;
        shown(kind, &response)
    }

    fn compute_signature(&mut self, step: Step, key: u8, message: &[u8]) -> Result<Vec<u8>> {
        let command = Command::bare(0x80, ins::SIGN, 0x00, key)
            .with(&authenticity::digest_info(message))
            .expecting(Expected::Short(256));
        let response = self.exchange(&command)?;
        match response.status() {
            Status::Done => Ok(response.data.to_vec()),
            _ => Err(CardError::Refused { step, word: response.word }),
        }
    }
}

/// P2 for the current file.
const CURRENT_FILE: u8 = 0x80;

/// What the answer to an empty VERIFY says of the counter; `None` when it says nothing of it.
fn counted(response: &Response, full: u8) -> Option<Tries> {
    match response.status() {
        Status::TriesLeft(0) | Status::Blocked => Some(Tries::Blocked),
        Status::TriesLeft(left) => Some(Tries::Left(left)),
        // Verified before on cards that say so (9000), or a secret that cannot be blocked (6300).
        Status::Done | Status::Wrong => Some(Tries::Left(full)),
        _ => None,
    }
}

/// What the card says to a secret that was shown to it.
fn shown(kind: SecretKind, response: &Response) -> Result<Checked<()>> {
    match response.status() {
        Status::Done => Ok(Checked::Right(())),
        Status::TriesLeft(0) | Status::Blocked => Ok(Checked::Wrong(Tries::Blocked)),
        Status::TriesLeft(left) => Ok(Checked::Wrong(Tries::Left(left))),
        _ => Err(CardError::Refused { step: Step::Secret(kind), word: response.word }),
    }
}

/// The keypad's own words (PC/SC part 10): nobody typed in time, somebody pressed cancel.
const KEYPAD_TIMED_OUT: u16 = 0x6400;
const KEYPAD_CANCELLED: u16 = 0x6401;
