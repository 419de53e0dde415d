//! The client against readers and cards that do not behave, and what its reads cost.

use crate::portrait_read::{ReadWay, portrait_read};
use crate::wire::{Wire, card_with, person};
use jiff::civil::date;
use uketsuke::adapters::card::burst::{Memory, carry_out};
use uketsuke::adapters::card::survey::survey;
use uketsuke::adapters::card::virtual_card::{Fault, Link, VirtualCard};
use uketsuke::adapters::card::{CardTrust, Channel, ChannelError};
use uketsuke::domain::card::Tries;
use uketsuke::domain::qualification::{Authentication, Challenge};
use uketsuke::domain::secret::Secret;
use uketsuke::ports::{CardCommand, CardReply};
use zeroize::Zeroizing;

fn challenge() -> Challenge {
    Challenge { id: "c-1".into(), nonce: vec![7; 32] }
}

/// A reader that does not say it, but fails on extended APDUs.
struct ShortReader {
    card: VirtualCard,
    error: ChannelError,
    extended: usize,
}

impl Channel for ShortReader {
    fn transmit(&mut self, command: &[u8]) -> Result<Zeroizing<Vec<u8>>, ChannelError> {
        if command.len() > 5 && command[4] == 0 {
            self.extended += 1;
            return Err(self.error.clone());
        }
        Ok(Zeroizing::new(self.card.apdu(command)))
    }

    fn extended_length(&self) -> bool {
        true
    }
}

#[test]
fn a_reader_that_fails_on_extended_apdus_is_asked_once() {
    for (error, bursts) in [(ChannelError::Mute("no".into()), 1), (ChannelError::CardReset, 2)] {
        let mut reader = ShortReader { card: card_with(&[]), error, extended: 0 };
        let mut memory = Memory::default();
        let mut used = 0;
        let facts = loop {
            used += 1;
            let ended = carry_out(&mut reader, &CardCommand::Identify, &mut memory, &CardTrust::default());
            match ended.reply {
                Ok(CardReply::Identified(facts)) => break facts,
                _ => assert!(ended.repeatable),
            }
        };
        assert_eq!((used, facts.certificate_until), (bursts, Some(date(2030, 4, 12))));
        for _ in 0..2 {
            assert!(carry_out(&mut reader, &CardCommand::Identify, &mut memory, &CardTrust::default()).reply.is_ok());
        }
        let code_b = Secret::new(person().code_b().as_bytes().try_into().unwrap());
        let opened = carry_out(&mut reader, &CardCommand::OpenCardFace { code_b }, &mut memory, &CardTrust::default());
        assert!(opened.secret_sent && matches!(opened.reply, Ok(CardReply::CardFace { .. })));
        assert_eq!(reader.extended, 1);
    }
}

/// A card that gives what it has in drips, and counts how often it was asked.
struct Drips {
    asked: usize,
    /// What it gives to every command once an application was selected.
    answer: Vec<u8>,
}

impl Channel for Drips {
    fn transmit(&mut self, command: &[u8]) -> Result<Zeroizing<Vec<u8>>, ChannelError> {
        self.asked += 1;
        let select = command.get(1) == Some(&0xA4);
        Ok(Zeroizing::new(if select { vec![0x90, 0x00] } else { self.answer.clone() }))
    }

    fn extended_length(&self) -> bool {
        false
    }
}

#[test]
fn a_card_in_drips_is_left_after_a_bounded_number_of_exchanges() {
    // A file of 60,000 bytes, one at a time; answers that announce more for ever, with a byte, with none, of any length; a
    // wrong length for ever; no cause for ever; a file that is always there and never grows.
    let table: [(&str, &[u8]); 8] = [
        ("one byte of a long file", &[0x30, 0x90, 0x00]),
        ("more, one byte at a time", &[0x30, 0x61, 0x01]),
        ("more, of 256", &[0x30, 0x61, 0x00]),
        ("more, and nothing in it", &[0x61, 0x10]),
        ("another length", &[0x6C, 0x20]),
        ("another length, again", &[0x30, 0x6C, 0x01]),
        ("no cause", &[0x6F, 0x00]),
        ("a certificate of 60,000 bytes in pieces of five", &[0x30, 0x82, 0xEA, 0x60, 0x30, 0x90, 0x00]),
    ];
    let code_b = || Secret::new(*b"13041220344821");
    for (name, answer) in table {
        for command in [
            CardCommand::Identify,
            CardCommand::OpenCardFace { code_b: code_b() },
            CardCommand::SignWithPin { pin: Secret::new(*b"1234"), challenge: challenge() },
            CardCommand::ProveWithoutPin { challenge: challenge(), authentication: Authentication::Face },
        ] {
            let mut card = Drips { asked: 0, answer: answer.to_vec() };
            let ended = carry_out(&mut card, &command, &mut Memory::default(), &CardTrust::default());
            assert!(card.asked <= 300, "{name}: {} exchanges", card.asked);
            let believed = matches!(ended.reply, Ok(CardReply::Proof(_) | CardReply::CardFace { .. }));
            assert!(!believed && !ended.repeatable, "{name}");
        }
    }
}

/// Something that answers whatever it likes.
struct Babble(std::vec::IntoIter<Vec<u8>>);

impl Channel for Babble {
    fn transmit(&mut self, _command: &[u8]) -> Result<Zeroizing<Vec<u8>>, ChannelError> {
        self.0.next().map(Zeroizing::new).ok_or(ChannelError::CardGone)
    }

    fn extended_length(&self) -> bool {
        true
    }
}

fn answers() -> impl proptest::strategy::Strategy<Value = Vec<Vec<u8>>> {
    use proptest::prelude::*;
    let word = prop_oneof![
        Just(0x9000_u16),
        Just(0x6282),
        Just(0x6110),
        Just(0x6C20),
        Just(0x63C5),
        Just(0x6F00),
        any::<u16>()
    ];
    let label = Just(b"JPKIAPICCTOKEN2                 ".to_vec());
    let face = Just(vec![0xFF, 0x20, 0x07, 0xDF, 0x27, 0x82, 0xFF, 0xFF, 0x01, 0x02]);
    let certificate = Just(vec![0x30, 0x82, 0x00, 0x04, 0x30, 0x02, 0x05, 0x00]);
    let data = prop_oneof![Just(Vec::new()), label, face, certificate, proptest::collection::vec(any::<u8>(), 0..40)];
    let answer = (data, word).prop_map(|(mut data, word)| {
        data.extend(word.to_be_bytes());
        data
    });
    proptest::collection::vec(answer, 0..40)
}

proptest::proptest! {
    #[test]
    fn no_answers_make_the_client_panic_or_run_for_ever(answers in answers()) {
        let code_b = || Secret::new(*b"13041220344821");
        let commands = [
            CardCommand::Identify,
            CardCommand::OpenCardFace { code_b: code_b() },
            CardCommand::SignWithPin { pin: Secret::new(*b"1234"), challenge: challenge() },
            CardCommand::ProveWithoutPin { challenge: challenge(), authentication: Authentication::Face },
        ];
        for command in commands {
            let babble = Babble(answers.clone().into_iter());
            let ended = carry_out(babble, &command, &mut Memory::default(), &CardTrust::default());
            let believed = matches!(ended.reply, Ok(CardReply::Proof(_) | CardReply::CardFace { .. }));
            proptest::prop_assert!(!believed);
        }
    }
}

#[test]
fn a_survey_names_every_secret_and_uses_none() {
    let mut wire = Wire { card: card_with(&[Fault::PinTries(1)]), extended: true };
    let found = survey(&mut wire, &CardTrust::default()).unwrap();
    let tries: Vec<_> = found.secrets.iter().map(|secret| secret.tries).collect();
    assert_eq!(tries, [1, 5, 10, 3, 10, 3].map(Tries::Left));
    assert_eq!(found.certificate_until, Some(date(2030, 4, 12)));
    assert_eq!(survey(&mut wire, &CardTrust::default()).unwrap(), found);
}

#[test]
fn a_portrait_takes_fewer_exchanges_than_in_blocks() {
    let cost = |way| portrait_read(&person(), date(2026, 11, 20), way, Link::CONTACTLESS).unwrap();
    let [extended, short, blocks] = [ReadWay::OursExtended, ReadWay::OursShort, ReadWay::MynaBlocks].map(cost);
    assert_eq!(extended.face_reads, 1);
    assert!(short.face_reads < blocks.face_reads, "{short:?} {blocks:?}");
    assert!(short.apdus <= blocks.apdus, "{short:?} {blocks:?}");
    // The bytes themselves take the same time whoever asks for them.
    assert!(extended.took < short.took && short.took <= blocks.took, "{extended:?} {short:?} {blocks:?}");
    println!("extended {extended:?}\nshort    {short:?}\nblocks   {blocks:?}");
}

/// A reader that passes answers of up to 1024 bytes.
struct Middling {
    card: VirtualCard,
    reads: Vec<u32>,
}

impl Channel for Middling {
    fn transmit(&mut self, command: &[u8]) -> Result<Zeroizing<Vec<u8>>, ChannelError> {
        let response = Zeroizing::new(self.card.apdu(command));
        assert!(response.len() <= 1024 + 2, "more was asked for than the reader passes");
        self.reads
            .extend(self.card.log().iter().next_back().map(|exchange| exchange.asked).filter(|asked| *asked > 256));
        Ok(response)
    }

    fn extended_length(&self) -> bool {
        true
    }

    fn largest_answer(&self) -> u32 {
        1024
    }
}

#[test]
fn a_reader_is_asked_for_as_much_as_it_passes_and_no_more() {
    let mut reader = Middling { card: card_with(&[]), reads: Vec::new() };
    let code_b = Secret::new(person().code_b().as_bytes().try_into().unwrap());
    let command = CardCommand::OpenCardFace { code_b };
    let ended = carry_out(&mut reader, &command, &mut Memory::default(), &CardTrust::default());
    assert!(matches!(ended.reply, Ok(CardReply::CardFace { .. })));
    // Six full pieces and the rest of the card face, then the issuer's certificate.
    assert!(reader.reads.len() == 8 && reader.reads[..6] == [1024; 6], "{:?}", reader.reads);
}
