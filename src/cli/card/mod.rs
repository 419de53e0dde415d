//! `uketsuke card`: looks at the card on a reader.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use zeroize::Zeroizing;

use crate::adapters::card::client::{Checked, Client};
use crate::adapters::card::survey::survey;
use crate::adapters::card::{CardError, Channel, ChannelError, authenticity, pcsc};
use crate::adapters::face;
use crate::config;
use crate::domain::card::{Authenticity, Tries};
use crate::domain::code_b;
use crate::domain::japan;
use crate::domain::secret::{CodeB, Portrait};

use super::{CliError, Outcome, secret_input};

mod info;

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

pub fn run(args: &Args) -> Outcome {
    match args {
        Args::Info { reader, json } => info(reader.as_deref(), *json),
        Args::Photo { reader, code_b, out } => photo(reader.as_deref(), code_b, out),
    }
}

fn today() -> Date {
    japan::day(jiff::Timestamp::now())
}

fn info(reader: Option<&str>, json: bool) -> Outcome {
    let trust = super::wire::card_trust(&config::Card::default(), &config::Reader::default(), true)?;
    let (name, found) = pcsc::with_named_card(reader, |channel| (survey(channel, &trust), false)).map_err(no_card)?;
    let found = found.map_err(|error| explain(&error))?;
    if json {
        println!("{}", info::as_json(&name, &found, today()));
    } else {
        println!("reader: {name}");
        info::lines(&found, today()).iter().for_each(|line| println!("{line}"));
    }
    Ok(())
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
    let text = if digits == "-" { secret_input::line()? } else { Zeroizing::new(digits.as_bytes().to_vec()) };
    let bytes = text.trim_ascii();
    code_b::plausible(bytes, today()).map_err(|error| {
        let remedy = "code B is YYMMDD of the birth date (Japanese era), the year of expiry, and the security code";
        CliError::usage(error.to_string(), remedy)
    })?;
    CodeB::copied(bytes).ok_or_else(|| CliError::usage("code B is fourteen digits", ""))
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

    #[test]
    fn an_impossible_code_is_wrong_use() {
        assert!(code("12345").is_err_and(|error| error.exit == super::super::Exit::Usage));
        assert!(code("55023020352285").is_err());
    }
}
