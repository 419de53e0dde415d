//! Who a patient is, as staff write it: read in one place, from options and from standard input alike.

use jiff::civil::Date;
use serde::Deserialize;

use crate::adapters::qualification::contract::{
    DemographicsRequest, InsuredNumberRequest, SearchReason, SexWord, WireDate,
};
use crate::adapters::qualification::queue::Ask;
use crate::domain::written;

use super::CliError;

/// What was written.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum Described {
    /// By the number of the insured.
    #[serde(rename_all = "camelCase")]
    InsuredNumber {
        insurer_number: String,
        symbol: Option<String>,
        number: String,
        branch_number: Option<String>,
        birth_date: String,
    },
    /// By four facts.
    #[serde(rename_all = "camelCase")]
    Demographics {
        name: String,
        name_kana: Option<String>,
        birth_date: String,
        sex: String,
        address: String,
        reason: SearchReason,
    },
}

impl Described {
    /// What is asked of the gateway.
    ///
    /// # Errors
    /// The first member that cannot be read, with what is wrong with it and never with what it says.
    pub fn ask(self, today: Date) -> Result<Ask, CliError> {
        match self {
            Described::InsuredNumber { insurer_number, symbol, number, branch_number, birth_date } => {
                let branch = |text: String| {
                    let digits = written::digits(&text, 2, &[1]);
                    digits.ok_or_else(|| unread("branchNumber", "has two digits, or is left out"))
                };
                Ok(Ask::InsuredNumber(InsuredNumberRequest {
                    insurer_number: written::digits(&insurer_number, 8, &[6])
                        .ok_or_else(|| unread("insurerNumber", "has eight digits, or six in the older form"))?,
                    symbol: symbol.map(|text| written::as_printed(&text)).filter(|text| !text.is_empty()),
                    number: written::as_printed(&number),
                    branch_number: branch_number.map(branch).transpose()?,
                    birth_date: born(&birth_date, today)?,
                }))
            }
            Described::Demographics { name, name_kana, birth_date, sex, address, reason } => {
                let kana = |text: String| {
                    let kana = written::kana_name(&text);
                    kana.ok_or_else(|| {
                        unread("nameKana", "has kana alone: write how the name is read, or leave it out")
                    })
                };
                Ok(Ask::Demographics(DemographicsRequest {
                    name: written::spaced(&written::wide_kana(&name)),
                    name_kana: name_kana.map(kana).transpose()?,
                    birth_date: born(&birth_date, today)?,
                    sex: sex_of(&sex).ok_or_else(|| unread("sex", "is male, female or notSet; 男, 女 or 未設定"))?,
                    address: written::spaced(&written::wide_kana(&address)),
                    reason,
                }))
            }
        }
    }
}

fn unread(member: &str, why: &str) -> CliError {
    CliError::usage(format!("{member} {why}"), "correct it and add it again")
}

fn born(text: &str, today: Date) -> Result<WireDate, CliError> {
    let read = written::birth_date(text, today);
    read.map(WireDate)
        .map_err(|problem| CliError::usage(format!("birthDate: {problem}"), "correct it and add it again"))
}

fn sex_of(text: &str) -> Option<SexWord> {
    match written::narrow(text).to_lowercase().as_str() {
        "male" | "m" | "男" | "男性" => Some(SexWord::Male),
        "female" | "f" | "女" | "女性" => Some(SexWord::Female),
        "notset" | "未設定" => Some(SexWord::NotSet),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 12, 1);

    fn read(text: &str) -> Result<Ask, CliError> {
        serde_json::from_str::<Described>(text).expect("the form").ask(TODAY)
    }

    #[test]
    fn what_is_meant_alike_is_asked_alike() {
        let by_number = |insurer: &str, symbol: &str, branch: &str, birth: &str| {
            let text = serde_json::json!({"insuredNumber": {
                "insurerNumber": insurer, "symbol": symbol, "number": "１２３", "branchNumber": branch, "birthDate": birth,
            }});
            let asked = read(&text.to_string()).map_err(|error| error.cause).expect("read");
            serde_json::to_string(&asked).expect("JSON")
        };
        let usual = by_number("06139992", "１２－あ", "01", "1956-01-25");
        assert!(usual.contains("\"number\":\"123\"") && usual.contains("1956-01-25"), "{usual}");
        for (insurer, symbol, branch, birth) in [
            ("０６１３９９９２", "１２－あ", "１", "S31.1.25"),
            (" 0613 9992", "１２－あ ", "1", "昭和31年1月25日"),
            ("0613-9992", "　１２－あ", "０１", "１９５６／１／２５"),
        ] {
            assert_eq!(by_number(insurer, symbol, branch, birth), usual);
        }
        let by_facts = |name: &str, kana: &str, sex: &str| {
            let text = serde_json::json!({"demographics": {
                "name": name, "nameKana": kana, "birthDate": "S310125", "sex": sex, "address": " 東京都 ", "reason": "disaster",
            }});
            let asked = read(&text.to_string()).map_err(|error| error.cause).expect("read");
            serde_json::to_string(&asked).expect("JSON")
        };
        let usual = by_facts("見本　花子", "ミホン　ハナコ", "female");
        for (name, kana, sex) in [("見本 花子", "ﾐﾎﾝ ﾊﾅｺ", "女"), (" 見本  花子", "みほん　はなこ", "Ｆ")]
        {
            assert_eq!(by_facts(name, kana, sex), usual);
        }
    }

    #[test]
    fn what_cannot_be_is_refused_with_its_sense_and_without_its_value() {
        let birth = |date: &str| {
            format!(r#"{{"insuredNumber":{{"insurerNumber":"06139992","number":"1","birthDate":"{date}"}}}}"#)
        };
        let facts = |kana: &str, sex: &str| {
            format!(
                r#"{{"demographics":{{"name":"見本","nameKana":"{kana}","birthDate":"S31.1.25","sex":"{sex}",
                "address":"東京都","reason":"disaster"}}}}"#
            )
        };
        for (text, sense) in [
            (birth("0056-01-25"), "S56-01-25"),
            (birth("1956-02-30"), "no such day"),
            (birth("2027-01-01"), "not come yet"),
            (birth("S65-01-01"), "that era"),
            (birth("yesterday"), "no date"),
            (birth("1956-01-25").replace("06139992", "613999"), "insurerNumber"),
            (birth("1956-01-25").replace("06139992", "0613999"), "insurerNumber"),
            (facts("見本", "female"), "nameKana"),
            (facts("ミホン", "woman"), "sex"),
        ] {
            let Err(error) = read(&text) else {
                // Six digits are the older form.
                assert!(text.contains("\"613999\""), "{text} was taken");
                continue;
            };
            assert!(error.cause.contains(sense), "{}", error.cause);
            assert!(!error.cause.contains("yesterday") && !error.cause.contains("見本"), "{}", error.cause);
        }
    }
}
