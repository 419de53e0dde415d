//! `uketsuke card`: looks at the card on a reader.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use zeroize::{Zeroize, Zeroizing};

use crate::adapters::card::client::{Checked, Client};
use crate::adapters::card::survey::{Survey, survey};
use crate::adapters::card::{CardError, Channel, ChannelError, authenticity, pcsc};
use crate::adapters::face;
use crate::config;
use crate::domain::card::{Authenticity, CardKind, Tries};
use crate::domain::code_b;
use crate::domain::secret::{CodeB, Portrait};

use super::{CliError, Outcome};

/// Arguments.
#[derive(clap::Subcommand)]
pub enum Args {
    /// Kind of card, tries left of each secret without using one, last day of the certificate
    Info {
        /// The reader's name or a part of it; the first reader unless given
        #[arg(long)]
        reader: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// The portrait as a PNG file; only with cards of the test authority
    Photo {
        /// The reader's name or a part of it; the first reader unless given
        #[arg(long)]
        reader: Option<String>,
        /// Fourteen digits; `-` reads them from standard input
        #[arg(long, value_name = "DIGITS")]
        code_b: String,
        /// Where to write the picture
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
}

/// Runs it.
pub fn run(args: &Args) -> Outcome {
    match args {
        Args::Info { reader, json } => info(reader.as_deref(), *json),
        Args::Photo { reader, code_b, out } => photo(reader.as_deref(), code_b, out),
    }
}

/// The civil date in Japan.
fn today() -> Date {
    jiff::tz::Offset::constant(9).to_datetime(jiff::Timestamp::now()).date()
}

fn info(reader: Option<&str>, json: bool) -> Outcome {
    let trust = super::wire::card_trust(&config::Card::default(), true)?;
    let (name, found) = pcsc::with_named_card(reader, |channel| (survey(channel, &trust), false)).map_err(no_card)?;
    let found = found.map_err(|error| explain(&error))?;
    let advice = advice(&found, today());
    if json {
        println!("{}", as_json(&name, &found, &advice));
    } else {
        print_text(&name, &found, &advice);
    }
    Ok(())
}

fn kind_word(kind: CardKind) -> (&'static str, &'static str) {
    match kind {
        CardKind::MyNumber => ("myNumber", "My Number Card"),
        CardKind::Juki => ("juki", "Basic Resident Registration Card, the predecessor"),
        CardKind::AndroidPhone => ("androidPhone", "Android phone"),
        CardKind::IPhone => ("iPhone", "iPhone"),
        CardKind::Other => ("other", "no My Number Card"),
    }
}

fn print_text(reader: &str, found: &Survey, advice: &[String]) {
    println!("reader: {reader}");
    println!("card: {}", kind_word(found.kind).1);
    match found.certificate_until {
        Some(day) => println!("user-authentication certificate: valid to {day}"),
        None => println!("user-authentication certificate: none that can be read without PIN"),
    }
    for secret in &found.secrets {
        let tries = match secret.tries {
            Tries::Left(left) => format!("{left} tries left"),
            Tries::Blocked => "blocked".into(),
            Tries::Absent => "not on this card".into(),
        };
        println!("{}: {tries}", secret.name);
    }
    for line in advice {
        println!("note: {line}");
    }
}

fn as_json(reader: &str, found: &Survey, advice: &[String]) -> serde_json::Value {
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
        "notes": advice,
    })
}

/// What somebody at the counter can do about it.
fn advice(found: &Survey, today: Date) -> Vec<String> {
    let mut lines = Vec::new();
    match found.kind {
        CardKind::MyNumber => {}
        CardKind::AndroidPhone | CardKind::IPhone => {
            lines.push("this kiosk reads cards: use the reader for phones".into());
        }
        CardKind::Juki | CardKind::Other => lines.push("ask for the My Number Card itself".into()),
    }
    let of = |name: &str| found.secrets.iter().find(|secret| secret.name.starts_with(name)).map(|secret| secret.tries);
    match of("user-authentication") {
        Some(Tries::Blocked) => {
            lines.push("PIN blocked: identify by face or by eye; the municipal office resets it".into());
        }
        Some(Tries::Absent) => lines.push("card without PIN: identify by face or by eye".into()),
        Some(Tries::Left(1)) => lines.push("one PIN try is left: offer the face first".into()),
        _ => {}
    }
    match of("code B, card face") {
        Some(Tries::Blocked) => lines.push("code B blocked: use the PIN; the municipal office resets it".into()),
        Some(Tries::Left(left)) if left < code_b::STOP_AT_TRIES => {
            lines.push("few tries of code B are left, so the kiosk does not offer the face: use the PIN".into());
        }
        _ => {}
    }
    match found.certificate_until {
        Some(day) if day < today => lines.push(format!(
            "certificate ended on {day}: renew it at the municipal office; checks go on to the end of the third month after"
        )),
        Some(day) if day < today.saturating_add(jiff::Span::new().months(3)) => {
            lines.push(format!("certificate ends on {day}: renew it at the municipal office"));
        }
        None if found.kind == CardKind::MyNumber => {
            lines.push("no user-authentication certificate: the card cannot be used as insurance card".into());
        }
        _ => {}
    }
    lines
}

fn photo(reader: Option<&str>, digits: &str, out: &Path) -> Outcome {
    let code = code(digits)?;
    let trusted = [super::wire::test_authority()?.face_ca_public_key()];
    let (_, opened) = pcsc::with_named_card(reader, |channel| {
        let mut client = Client::new(channel);
        let opened = open_test_card(&mut client, &code, &trusted);
        let power_down = client.secret_sent();
        (opened, power_down)
    })
    .map_err(no_card)?;
    let portrait = opened?;
    let frame = face::decode_portrait(portrait.expose())
        .map_err(|error| CliError::ended(error.to_string(), "the card's portrait cannot be shown; try another card"))?;
    let unwritable = |error: String| {
        CliError::ended(format!("{} cannot be written: {error}", out.display()), "choose another place with --out")
    };
    let file = File::create(out).map_err(|error| unwritable(error.to_string()))?;
    let grey: Zeroizing<Vec<u8>> = Zeroizing::new(frame.rgb().iter().step_by(3).copied().collect());
    let encoder = image::codecs::png::PngEncoder::new(BufWriter::new(file));
    let (width, height) = (frame.width(), frame.height());
    image::ImageEncoder::write_image(encoder, &grey, width, height, image::ExtendedColorType::L8)
        .map_err(|error| unwritable(error.to_string()))?;
    println!("{}: {width}x{height}", out.display());
    Ok(())
}

/// Opens the face of a test card. A card of anybody else is refused before the code goes to it.
fn open_test_card(
    client: &mut Client<&mut dyn Channel>,
    code: &CodeB,
    trusted: &[rsa::RsaPublicKey],
) -> Result<Portrait, CliError> {
    refuse_other_cards(client, trusted)?;
    match client.open_card_face(code).map_err(|error| explain(&error))? {
        Checked::Wrong(Tries::Left(left)) => {
            Err(CliError::ended(format!("the card refused code B; {left} tries are left"), "check the digits"))
        }
        Checked::Wrong(_) => Err(CliError::ended("code B is blocked", "start the virtual card anew")),
        Checked::Right((face, _)) if authenticity::judge(&face, true, trusted) != Authenticity::Genuine => {
            Err(CliError::ended("the issuer's signature does not cover the card face", "start the virtual card anew"))
        }
        Checked::Right((_, None)) => Err(CliError::ended("the card has no portrait", "take another card")),
        Checked::Right((_, Some(portrait))) => Ok(portrait),
    }
}

/// Secrets on a command line can be seen by every program of the PC, so they are for test cards only.
fn refuse_other_cards(client: &mut Client<&mut dyn Channel>, trusted: &[rsa::RsaPublicKey]) -> Result<(), CliError> {
    let issuer = client.issuer_certificate().map_err(|error| explain(&error))?;
    if authenticity::issued_by(&issuer, trusted) {
        return Ok(());
    }
    Err(CliError::usage(
        "this is not a card of the test authority, and nobody's own card is opened with a secret from the command line",
        "use a virtual card: uketsuke vcard --person p01",
    ))
}

/// Makes sure that the card on the reader is one of the test authority.
///
/// # Errors
/// When it is another one, or none can be read.
pub fn require_test_card(reader: Option<&str>) -> Outcome {
    let trusted = [super::wire::test_authority()?.face_ca_public_key()];
    let (_, refused) = pcsc::with_named_card(reader, |channel| {
        let mut client = Client::new(channel);
        let refused = refuse_other_cards(&mut client, &trusted);
        let power_down = client.secret_sent();
        (refused, power_down)
    })
    .map_err(no_card)?;
    refused
}

fn code(digits: &str) -> Result<CodeB, CliError> {
    let mut text = Zeroizing::new(digits.to_owned());
    if digits == "-" {
        text.zeroize();
        std::io::stdin().read_line(&mut text).map_err(|error| {
            CliError::usage(format!("standard input: {error}"), "give the fourteen digits on one line")
        })?;
    }
    let bytes = text.trim().as_bytes();
    code_b::plausible(bytes, today()).map_err(|error| {
        let remedy = "code B is YYMMDD of the birth date (Japanese era), the year of expiry, and the security code";
        CliError::usage(error.to_string(), remedy)
    })?;
    let digits = bytes.try_into().map_err(|_| CliError::usage("code B is fourteen digits", ""))?;
    Ok(CodeB::new(digits))
}

fn no_card(error: ChannelError) -> CliError {
    let cause = error.to_string();
    match error {
        ChannelError::ServiceStopped(_) => CliError::missing(
            cause,
            if cfg!(windows) {
                "connect the reader and start the service \"Smart Card\""
            } else {
                "apt install pcscd, then systemctl enable --now pcscd.socket"
            },
        ),
        ChannelError::ReaderGone(_) => {
            CliError::missing(cause, "connect the reader; `uketsuke doctor` says what is found")
        }
        ChannelError::CardGone => CliError::ended("there is no card on the reader", "put the card on the reader"),
        ChannelError::Busy => CliError::ended(cause, "close other programs that use the card"),
        ChannelError::CardReset | ChannelError::Mute(_) => {
            CliError::ended(cause, "take the card off, wipe it and put it on again")
        }
    }
}

fn explain(error: &CardError) -> CliError {
    match error {
        CardError::Channel(channel) => no_card(channel.clone()),
        other => CliError::ended(
            format!("{} ({})", other, other.failure().code()),
            "see the code in the list of failures; try the card once more",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::card::survey::SecretState;
    use jiff::civil::date;

    fn survey_with(pin: Tries, code_b: Tries, until: Option<Date>) -> Survey {
        let secrets = vec![
            SecretState { name: "user-authentication PIN", tries: pin },
            SecretState { name: "code B, card face", tries: code_b },
        ];
        Survey { kind: CardKind::MyNumber, secrets, certificate_until: until, certificate: None }
    }

    #[test]
    fn a_healthy_card_needs_no_advice() {
        let found = survey_with(Tries::Left(3), Tries::Left(10), Some(date(2030, 4, 12)));
        assert_eq!(advice(&found, date(2026, 11, 20)), Vec::<String>::new());
    }

    #[test]
    fn every_trouble_has_its_advice() {
        let today = date(2026, 11, 20);
        let blocked = survey_with(Tries::Blocked, Tries::Left(3), Some(date(2026, 10, 20)));
        let lines = advice(&blocked, today);
        assert_eq!(lines.len(), 3, "{lines:?}");
        assert!(lines.iter().any(|line| line.contains("ended on 2026-10-20")));
        let absent = survey_with(Tries::Absent, Tries::Blocked, None);
        assert_eq!(advice(&absent, today).len(), 3);
        let ending = survey_with(Tries::Left(1), Tries::Left(10), Some(date(2027, 1, 20)));
        assert_eq!(advice(&ending, today).len(), 2);
    }

    #[test]
    fn an_impossible_code_is_wrong_use() {
        assert!(code("12345").is_err_and(|error| error.exit == super::super::Exit::Usage));
        assert!(code("55023020352285").is_err());
    }
}
