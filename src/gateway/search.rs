//! Finding a person without their card: by insured number, or by the four facts while that is allowed.

use crate::adapters::qualification::contract::{
    DemographicsRequest, InsuredNumberRequest, Mode, Problem, ProblemName, SexWord,
};
use crate::people::Sex;
use crate::people::insurance::insurer_number_holds;

use super::answer::{Insured, name};
use super::rules::invalid;

/// Longest free text, in characters.
const LONGEST: usize = 100;

/// Whether an insured number has the form of one; nothing about its check digit.
///
/// # Errors
/// `validation-failed` at the member below `pointer`.
pub fn form(asked: &InsuredNumberRequest, pointer: &str) -> Result<(), Box<Problem>> {
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    let at = |member: &str| format!("{pointer}/{member}");
    if !digits(&asked.insurer_number, 8) {
        return Err(invalid(&at("insurerNumber"), "form"));
    }
    if asked.branch_number.as_ref().is_some_and(|branch| !digits(branch, 2)) {
        return Err(invalid(&at("branchNumber"), "form"));
    }
    text(&asked.number, &at("number"), 20)?;
    asked.symbol.as_ref().map_or(Ok(()), |symbol| text(symbol, &at("symbol"), 20))
}

/// Whether an insured number can be one.
///
/// # Errors
/// `validation-failed`, or `insurer-number-check-digit` for what was most likely mistyped.
pub fn insured_number(asked: &InsuredNumberRequest, pointer: &str) -> Result<(), Box<Problem>> {
    form(asked, pointer)?;
    if insurer_number_holds(&asked.insurer_number) {
        return Ok(());
    }
    let problem = Problem::new(ProblemName::InsurerNumberCheckDigit);
    Err(problem.at(&format!("{pointer}/insurerNumber"), "checkDigit").into())
}

/// Whether the four facts may be searched for now, and can be facts.
///
/// # Errors
/// `disaster-mode-not-enabled`, `validation-failed` or `forbidden-content`.
pub fn demographics(asked: &DemographicsRequest, mode: Mode) -> Result<(), Box<Problem>> {
    for (member, value) in [("name", &asked.name), ("address", &asked.address)]
        .into_iter()
        .chain(asked.name_kana.as_ref().map(|kana| ("nameKana", kana)))
    {
        let pointer = format!("/demographics/{member}");
        text(value, &pointer, LONGEST)?;
        if holds_individual_number(value) {
            return Err(Problem::new(ProblemName::ForbiddenContent).at(&pointer, "individualNumber").into());
        }
    }
    match mode {
        Mode::Disaster | Mode::Degraded => Ok(()),
        _ => Err(ProblemName::DisasterModeNotEnabled.into()),
    }
}

fn text(value: &str, pointer: &str, longest: usize) -> Result<(), Box<Problem>> {
    let fits = (1..=longest).contains(&value.chars().count()) && !value.chars().any(char::is_control);
    if fits { Ok(()) } else { Err(invalid(pointer, "form")) }
}

/// Whether twelve digits in a row carry the check digit of an individual number (個人番号).
fn holds_individual_number(text: &str) -> bool {
    let digit = |c: char| c.to_digit(10).or_else(|| (c as u32).checked_sub('０' as u32).filter(|d| *d < 10));
    let mut run: Vec<u32> = Vec::new();
    let mut runs = Vec::new();
    for character in text.chars().chain(std::iter::once(' ')) {
        match digit(character) {
            Some(value) => run.push(value),
            None => runs.push(std::mem::take(&mut run)),
        }
    }
    runs.iter().any(|run| run.windows(12).any(check_digit_holds))
}

fn check_digit_holds(digits: &[u32]) -> bool {
    let Some((last, body)) = digits.split_last() else { return false };
    let weights = (2..=7).chain(2..=6);
    let sum: u32 = body.iter().rev().zip(weights).map(|(digit, weight)| digit * weight).sum();
    let check = match sum % 11 {
        0 | 1 => 0,
        rest => 11 - rest,
    };
    *last == check
}

/// Whether the insurer has this person under that number; what was not asked for is not compared.
pub fn has_number(insured: &Insured, asked: &InsuredNumberRequest) -> bool {
    let Insured { person, insurance, .. } = insured;
    insurance.insurer_number == asked.insurer_number
        && insurance.number == asked.number
        && person.birth == asked.birth_date.0
        && asked.symbol.as_ref().is_none_or(|symbol| insurance.symbol.as_ref() == Some(symbol))
        && asked.branch_number.as_ref().is_none_or(|branch| insurance.branch.as_ref() == Some(branch))
}

/// Whether the four facts are this person's; spaces do not count.
pub fn is_described(insured: &Insured, asked: &DemographicsRequest) -> bool {
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let person = &insured.person;
    let sex = match asked.sex {
        SexWord::Male => person.sex == Sex::Male,
        SexWord::Female => person.sex == Sex::Female,
        SexWord::NotSet => true,
    };
    let address = insured.insurance.address.as_ref().unwrap_or(&person.address);
    let names = [plain(name(insured)), plain(&person.name)];
    sex && person.birth == asked.birth_date.0
        && names.contains(&plain(&asked.name))
        && [plain(address), plain(&person.address)].contains(&plain(&asked.address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_individual_number_is_known_by_its_check_digit() {
        // Weights 6 5 4 3 2 7 6 5 4 3 2 over these eleven digits ask for an 8.
        let body = "12345678901";
        assert!(holds_individual_number(&format!("番号{body}8です")));
        let wide: String = format!("{body}8").chars().filter_map(|c| char::from_u32(c as u32 + 0xFEE0)).collect();
        assert!(holds_individual_number(&wide));
        assert!(!holds_individual_number("123456789012"));
        assert!(!holds_individual_number("12345678901"));
        assert!(!holds_individual_number("1234567890-18"));
    }
}
