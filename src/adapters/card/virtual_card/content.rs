//! What lies on a virtual card: files, secrets and keys of each application, built for one person and one day.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use rsa::{RsaPrivateKey, RsaPublicKey};
use zeroize::Zeroizing;

use crate::people::authority::{Odd, Signer, TEST_FACE_CA_ID, TestAuthority, public_key_tlv};
use crate::people::{NUMBER_PICTURE, PeopleError, Person};

use super::super::files::{self, Aid, Ef};
use super::Fault;

/// Which secrets open something; one of them is enough, none named means free.
pub(super) type OpenedBy = &'static [Ef];

/// One elementary file.
pub(super) enum Node {
    Binary {
        content: Zeroizing<Vec<u8>>,
        opened_by: OpenedBy,
    },
    Record {
        content: Vec<u8>,
    },
    Secret {
        value: Zeroizing<Vec<u8>>,
        left: u8,
        full: u8,
    },
    Key {
        key: Box<RsaPrivateKey>,
        opened_by: OpenedBy,
    },
    /// There, and of no use to a reader.
    Internal,
    /// The key that terminal certificates are checked against.
    TerminalAuthority(Box<RsaPublicKey>),
}

/// The files of each application.
pub(super) type Content = BTreeMap<Aid, BTreeMap<Ef, Node>>;

/// Builds the files, with the faults that are in the content.
pub(super) fn build(
    authority: &TestAuthority,
    person: &Person,
    today: Date,
    faults: &[Fault],
) -> Result<Content, PeopleError> {
    let has = |fault| faults.contains(&fault);
    let mut content = Content::new();
    if has(Fault::OtherCard) {
        return Ok(content);
    }
    let builder = Builder { authority, person, today, faults };
    content.insert(files::JPKI, builder.jpki()?);
    if has(Fault::Phone) || has(Fault::IPhone) {
        return Ok(content);
    }
    content.insert(files::JUKI, BTreeMap::from([(files::JUKI_PIN, builder.pin(files::PIN_TRIES))]));
    if has(Fault::Juki) {
        return Ok(content);
    }
    content.insert(files::VISUAL, builder.visual()?);
    content.insert(files::TEXT, builder.text()?);
    content.insert(files::COMMON, builder.common()?);
    Ok(content)
}

/// The data objects that GET DATA finds beside the applications. Their tags are public; what a real card puts into 0042,
/// 0066 and 00F7 beyond the form is not, so those hold the test authority's names.
pub(super) fn data_objects(
    authority: &TestAuthority,
    person: &Person,
    faults: &[Fault],
) -> Result<BTreeMap<u16, Vec<u8>>, PeopleError> {
    const KINDS: [Fault; 4] = [Fault::OtherCard, Fault::Phone, Fault::IPhone, Fault::Juki];
    if faults.iter().any(|fault| KINDS.contains(fault)) {
        return Ok(BTreeMap::new());
    }
    // GlobalPlatform's object identifier 1.2.840.114283.1 in its template.
    let recognition = [0x66, 0x0B, 0x73, 0x09, 0x06, 0x07, 0x2A, 0x86, 0x48, 0x86, 0xFC, 0x6B, 0x01];
    Ok(BTreeMap::from([
        (0x0042, TEST_FACE_CA_ID.to_vec()),
        (0x0045, person.serial.clone().into_bytes()),
        (0x0066, recognition.to_vec()),
        (0x00F0, person.municipality.clone().into_bytes()),
        (0x00F2, person.card_until.strftime("%Y%m%d").to_string().into_bytes()),
        (0x00F7, TEST_FACE_CA_ID.to_vec()),
        (0x00F8, authority.issuer_cv_certificate()?),
        (0x7F21, authority.issuer_cv_certificate()?),
    ]))
}

struct Builder<'a> {
    authority: &'a TestAuthority,
    person: &'a Person,
    today: Date,
    faults: &'a [Fault],
}

fn free(content: Vec<u8>) -> Node {
    opened_by(content, &[])
}

fn opened_by(content: Vec<u8>, opened_by: OpenedBy) -> Node {
    Node::Binary { content: Zeroizing::new(content), opened_by }
}

fn secret(value: &str, tries: u8) -> Node {
    Node::Secret { value: Zeroizing::new(value.as_bytes().to_vec()), left: tries, full: tries }
}

fn signs(key: RsaPrivateKey, opened_by: OpenedBy) -> Node {
    Node::Key { key: Box::new(key), opened_by }
}

/// Writes one object with a two-byte tag.
fn tlv(tag: u16, value: &[u8]) -> Vec<u8> {
    let mut object = tag.to_be_bytes().to_vec();
    match value.len() {
        length @ 0..=0x7F => object.push(length as u8),
        length => object.extend([0x82, (length >> 8) as u8, length as u8]),
    }
    object.extend_from_slice(value);
    object
}

/// A file with an offset table as its first object: where each of the others begins, counted from the file's start.
fn with_offsets(outer: u16, table: u16, objects: &[Vec<u8>]) -> Vec<u8> {
    let body: usize = objects.iter().map(Vec::len).sum();
    let table_length = 3 + 2 * objects.len();
    // The outer header is five bytes long as soon as the value passes 127 bytes.
    let header = if body + table_length > 0x7F { 5 } else { 3 };
    let mut at = header + table_length;
    let mut offsets = Vec::new();
    for object in objects {
        offsets.extend((at as u16).to_be_bytes());
        at += object.len();
    }
    tlv(outer, &[vec![tlv(table, &offsets)], objects.to_vec()].concat().concat())
}

impl Builder<'_> {
    fn has(&self, fault: Fault) -> bool {
        self.faults.contains(&fault)
    }

    fn pin(&self, tries: u8) -> Node {
        secret(&self.person.pin, tries)
    }

    fn jpki(&self) -> Result<BTreeMap<Ef, Node>, PeopleError> {
        let mut ap = BTreeMap::new();
        ap.insert(files::JPKI_TOKEN, free(self.token_record()));
        let phone = self.has(Fault::Phone) || self.has(Fault::IPhone);
        let mut present = [0_u8; 3];
        if !self.has(Fault::NoCertificate) {
            let reading: OpenedBy = if phone { &[files::JPKI_AUTH_PIN] } else { &[] };
            ap.insert(files::JPKI_AUTH_CERTIFICATE, opened_by(self.auth_certificate()?, reading));
            ap.insert(Ef(0x000B), free(self.authority.auth_ca_certificate(self.today)?));
            let opened_by: OpenedBy = &[files::JPKI_AUTH_PIN, files::JPKI_TERMINAL_AUTHORITY];
            ap.insert(files::JPKI_AUTH_KEY, signs(self.authority.auth_key(self.person)?, opened_by));
            present[1] = 0x8F;
        }
        if !self.has(Fault::PinAbsent) {
            let left = self.left(Fault::PinBlocked, files::PIN_TRIES, |fault| match fault {
                Fault::PinTries(left) => Some(*left),
                _ => None,
            });
            let value = Zeroizing::new(self.person.pin.as_bytes().to_vec());
            ap.insert(files::JPKI_AUTH_PIN, Node::Secret { value, left, full: files::PIN_TRIES });
        }
        let password = self.person.signing_password.as_deref();
        if let (Some(der), Some(password)) = (self.authority.sign_certificate(self.person, self.today)?, password) {
            ap.insert(Ef(0x0001), opened_by(der, &[files::JPKI_SIGN_PIN]));
            if let Some(key) = self.authority.sign_key(self.person)? {
                ap.insert(Ef(0x001A), signs(key, &[files::JPKI_SIGN_PIN]));
            }
            ap.insert(files::JPKI_SIGN_PIN, secret(password, files::SIGN_TRIES));
            present[0] = 0x8F;
        } else {
            // The place of the signing password exists on every card; here nothing is behind it.
            let nothing = Zeroizing::new(Vec::new());
            ap.insert(files::JPKI_SIGN_PIN, Node::Secret { value: nothing, left: 0, full: files::SIGN_TRIES });
        }
        ap.insert(Ef(0x0002), free(self.authority.sign_ca_certificate(self.today)?));
        ap.insert(Ef(0x0008), free(present.to_vec()));
        // A file that nothing known opens, and places that exist and are of no use to a reader.
        ap.insert(Ef(0x0009), opened_by(vec![0; 16], &[NOBODY]));
        for unknown in [0x0005, 0x0010, 0x0019, 0x001C, 0x001E] {
            ap.insert(Ef(unknown), Node::Internal);
        }
        let terminals = Box::new(self.authority.terminal_ca_public_key());
        ap.insert(files::JPKI_TERMINAL_AUTHORITY, Node::TerminalAuthority(terminals));
        Ok(ap)
    }

    /// How many tries are left under the faults.
    fn left(&self, blocked: Fault, full: u8, number: impl Fn(&Fault) -> Option<u8>) -> u8 {
        if self.has(blocked) { 0 } else { self.faults.iter().find_map(number).unwrap_or(full) }
    }

    /// A serialised token record of 160 bytes; clients read the label at its start.
    fn token_record(&self) -> Vec<u8> {
        let label = match () {
            () if self.has(Fault::Phone) => "JPKIAPGPSETOKEN",
            () if self.has(Fault::IPhone) => "JPKIAPIOSTOKEN",
            () if self.has(Fault::Juki) => "JPKIAPICCTOKEN",
            () => "JPKIAPICCTOKEN2",
        };
        let mut record = format!("{label:<32}{:<32}{:<16}{:<16}", "uketsuke", "virtual card", "TEST").into_bytes();
        record.resize(160, 0);
        record
    }

    fn auth_certificate(&self) -> Result<Vec<u8>, PeopleError> {
        let today = self.today;
        let until = match () {
            () if self.has(Fault::ExpiredCertificate) => Some(today.checked_sub(1.month())?),
            () if self.has(Fault::PastGraceCertificate) => Some(today.checked_sub(5.months())?),
            () if self.has(Fault::ExpiringCertificate) => Some(today.checked_add(2.months())?),
            () => None,
        };
        let early = || Ok::<_, PeopleError>((today.checked_add(1.day())?, today.checked_add(4.years())?));
        let days = match until {
            Some(until) => Some((until.checked_sub(4.years())?, until)),
            None if self.has(Fault::EarlyCertificate) => Some(early()?),
            None => None,
        };
        let signer = match () {
            () if self.has(Fault::UnknownIssuer) => Signer::Stranger,
            () if self.has(Fault::OlderAuthority) => Signer::Older,
            () => Signer::Present,
        };
        let (revoked, for_documents) = (self.has(Fault::RevokedCertificate), self.has(Fault::WrongKeyUsage));
        self.authority.odd_auth_certificate(self.person, today, &Odd { days, signer, revoked, for_documents })
    }

    fn visual(&self) -> Result<BTreeMap<Ef, Node>, PeopleError> {
        const BIRTH_KEY: Ef = Ef(0x0011);
        const CODE_A: Ef = Ef(0x0013);
        let code_b = self.person.code_b();
        let left = self.left(Fault::CodeBBlocked, files::CODE_B_TRIES, |fault| match fault {
            Fault::CodeBTries(left) => Some(*left),
            _ => None,
        });
        let value = Zeroizing::new(code_b.as_bytes().to_vec());
        let card_key = public_key_tlv(&self.authority.card_key(self.person)?.to_public_key());
        let age = [tlv(0xDF11, self.birth().as_bytes()), tlv(0xDF12, &card_key)].concat();
        let age = tlv(0xFF10, &[age.clone(), tlv(0xDF13, &self.authority.sign_record(&age)?)].concat());
        let number = [tlv(0xDF41, NUMBER_PICTURE), tlv(0xDF42, &card_key)].concat();
        let number = tlv(0xFF40, &[number.clone(), tlv(0xDF43, &self.authority.sign_record(&number)?)].concat());
        let answering_key = if self.has(Fault::Cloned) {
            self.authority.auth_key(self.person)?
        } else {
            self.authority.card_key(self.person)?
        };
        let issuer = if self.has(Fault::UnknownFaceIssuer) {
            self.authority.strange_issuer_cv_certificate()?
        } else {
            self.authority.issuer_cv_certificate()?
        };
        Ok(BTreeMap::from([
            (Ef(0x0001), opened_by(age, &[BIRTH_KEY])),
            (files::VISUAL_FACE, opened_by(self.card_face(&card_key)?, &[files::VISUAL_CODE_B, CODE_A])),
            (Ef(0x0003), free(self.visual_basics())),
            (files::VISUAL_ISSUER, free(issuer)),
            (Ef(0x0005), opened_by(number, &[CODE_A])),
            (BIRTH_KEY, secret(code_b.get(..6).unwrap_or_default(), files::CODE_B_TRIES)),
            (files::VISUAL_CODE_B, Node::Secret { value, left, full: files::CODE_B_TRIES }),
            (CODE_A, secret(&self.person.impossible_number(), files::CODE_B_TRIES)),
            (CARD_KEY, signs(answering_key, &[])),
        ]))
    }

    fn birth(&self) -> String {
        self.person.birth.strftime("%Y%m%d").to_string()
    }

    fn card_face(&self, card_key: &[u8]) -> Result<Vec<u8>, PeopleError> {
        let pictures = self.person.pictures();
        let sex = self.person.sex.digit().to_string();
        let mut portrait = if self.has(Fault::NoPortrait) { Vec::new() } else { self.person.portrait().to_vec() };
        let objects = |portrait: &[u8]| {
            [
                tlv(0xDF22, self.birth().as_bytes()),
                tlv(0xDF23, sex.as_bytes()),
                tlv(0xDF24, card_key),
                tlv(0xDF25, pictures.name),
                tlv(0xDF26, pictures.address),
                tlv(0xDF27, portrait),
            ]
        };
        let [birth, sex_object, key, name, address, portrait_object] = objects(&portrait);
        let (basic, prints) = ([birth, sex_object, key].concat(), [name, address].concat());
        let signature = if self.has(Fault::ForgedFace) {
            self.authority.sign_record(&basic)?
        } else {
            self.authority.sign_card_face(&basic, &prints, &portrait_object)?
        };
        if self.has(Fault::CorruptedPortrait) {
            portrait.iter_mut().skip(200).step_by(7).for_each(|byte| *byte ^= 0x5A);
        }
        let mut list = objects(&portrait).to_vec();
        list.push(tlv(0xDF28, &signature));
        list.push(tlv(0xDF29, self.person.card_until.strftime("%Y%m%d").to_string().as_bytes()));
        list.push(tlv(0xDF2A, pictures.security_code));
        let mut file = with_offsets(files::TAG_FACE, 0xDF21, &list);
        if self.has(Fault::Filler) || self.has(Fault::Prefix) {
            file.splice(0..0, [0x01, 0x6C]);
        }
        match () {
            () if self.has(Fault::Filler) => file.extend([0xFF; 1500]),
            () if self.has(Fault::ZeroFiller) => file.extend([0; 64]),
            () if self.has(Fault::NoFiller) || self.has(Fault::Prefix) => {}
            () => file.extend([0xFF; 64]),
        }
        Ok(file)
    }

    fn visual_basics(&self) -> Vec<u8> {
        let key_name = *b"9000024\x08\x05001\0\0\0\0";
        let objects = [
            tlv(0xDF31, &[0x06, 0x03, 0x0E, 0x01]),
            tlv(0xDF32, &key_name),
            tlv(0xDF33, &[0x00]),
            tlv(0xDF34, self.person.municipality.as_bytes()),
            tlv(0xDF35, &[&key_name[..], &[0x5A; 256]].concat()),
        ];
        tlv(0xFF30, &objects.concat())
    }

    fn text(&self) -> Result<BTreeMap<Ef, Node>, PeopleError> {
        const CODE_A: Ef = Ef(0x0014);
        const PIN_OR_A: OpenedBy = &[files::TEXT_PIN, CODE_A];
        const ANY: OpenedBy = &[files::TEXT_PIN, CODE_A, files::TEXT_CODE_B];
        let number = self.person.impossible_number();
        let mut number_file = vec![0xFF, 0x10, 0x0C];
        number_file.extend(number.as_bytes());
        number_file.extend([0xFF, 0xFF]);
        let basics = [
            tlv(0xDF22, self.person.name.as_bytes()),
            tlv(0xDF23, self.person.address.as_bytes()),
            tlv(0xDF24, self.birth().as_bytes()),
            tlv(0xDF25, self.person.sex.digit().to_string().as_bytes()),
        ];
        let hash = |bytes: &[u8]| <sha2::Sha256 as sha2::Digest>::digest(bytes).to_vec();
        let hashes = [tlv(0xDF31, &hash(&number_file)), tlv(0xDF32, &hash(&basics.concat()))].concat();
        let integrity = [hashes.clone(), tlv(0xDF33, &self.authority.sign_record(&hashes)?)].concat();
        let mut basics_file = with_offsets(0xFF20, 0xDF21, &basics);
        basics_file.extend([0xFF; 32]);
        let key = public_key_tlv(&self.authority.card_key(self.person)?.to_public_key());
        let description =
            [tlv(0xDF41, &[0x01, 0x03, 0x0E, 0x01]), tlv(0xDF42, &TEST_FACE_CA_ID), tlv(0xDF43, &[0x5A; 128])];
        let signed_key = [tlv(0xDF51, &key), tlv(0xDF52, &self.authority.sign_record(&key)?)].concat();
        Ok(BTreeMap::from([
            (Ef(0x0001), opened_by(number_file, PIN_OR_A)),
            (Ef(0x0002), opened_by(basics_file, &[files::TEXT_PIN, files::TEXT_CODE_B])),
            (Ef(0x0003), opened_by(tlv(0xFF30, &integrity), PIN_OR_A)),
            (Ef(0x0004), free(self.authority.issuer_cv_certificate()?)),
            (Ef(0x0005), free(tlv(0xFF40, &description.concat()))),
            (Ef(0x0006), opened_by([&[0xA1, 0x82, 0x01, 0x09][..], &key].concat(), ANY)),
            (Ef(0x0007), opened_by(tlv(0xFF50, &signed_key), ANY)),
            (files::TEXT_PIN, self.pin(files::PIN_TRIES)),
            (Ef(0x0012), Node::Secret { value: Zeroizing::new(Vec::new()), left: 0, full: files::PIN_TRIES }),
            (Ef(0x0013), signs(self.authority.card_key(self.person)?, &[])),
            (CODE_A, secret(&number, files::CODE_B_TRIES)),
            (files::TEXT_CODE_B, secret(&self.person.code_b(), files::CODE_B_TRIES)),
        ]))
    }

    fn common(&self) -> Result<BTreeMap<Ef, Node>, PeopleError> {
        let expiry = self.person.card_until.strftime("%Y%m%d");
        let digits = format!("{}{}{expiry}", self.person.serial, self.person.municipality);
        let record = [&[0x01, 0x1C], digits.as_bytes()].concat();
        Ok(BTreeMap::from([
            (Ef(0x0001), Node::Record { content: record }),
            (Ef(0x0019), signs(self.authority.card_key(self.person)?, &[])),
            (Ef(0x001C), self.pin(files::PIN_TRIES)),
        ]))
    }
}

/// The card's own key in the visual application has no file number; it answers as P2 = 00.
pub(super) const CARD_KEY: Ef = Ef(0);
/// Stands for a secret that nobody has.
const NOBODY: Ef = Ef(0xFFFF);
