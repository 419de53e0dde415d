//! What serde cannot say of a request: which members belong together.

use jiff::civil::Date;

use super::rules::invalid;
use crate::adapters::qualification::contract::{
    Method, MynaCardRequest, Problem, QualificationCheckRequest, RS256, Way,
};

/// Exactly the member that the method names is there, and the date is not in the future.
pub(super) fn check_shape(request: &QualificationCheckRequest, today: Date) -> Result<(), Box<Problem>> {
    let members = [
        ("/mynaCard", request.myna_card.is_some(), Method::MynaCard),
        ("/insuredNumber", request.insured_number.is_some(), Method::InsuredNumber),
        ("/demographics", request.demographics.is_some(), Method::Demographics),
    ];
    for (pointer, there, method) in members {
        match (there, method == request.method) {
            (false, true) => return Err(invalid(pointer, "required")),
            (true, false) => return Err(invalid(pointer, "otherMethod")),
            _ => {}
        }
    }
    if !request.check_date.can_be_answered() {
        return Err(invalid("/checkDate", "past"));
    }
    if request.check_date.0 > today { Err(invalid("/checkDate", "future")) } else { Ok(()) }
}

/// What the schema cannot say of a card's proof.
pub(super) fn well_formed(card: &MynaCardRequest) -> Result<(), Box<Problem>> {
    if card.signature_algorithm != RS256 {
        return Err(invalid("/mynaCard/signatureAlgorithm", "unknown"));
    }
    match card.authentication {
        Way::Pin if card.signature.is_none() => return Err(invalid("/mynaCard/signature", "required")),
        Way::Face | Way::Visual if card.card_face.is_none() && card.signature.is_none() => {
            return Err(invalid("/mynaCard/cardFace", "required"));
        }
        _ => {}
    }
    let hashes_fit =
        card.card_face.as_ref().is_none_or(|f| f.pictures_hash.0.len() == 32 && f.portrait_hash.0.len() == 32);
    if hashes_fit { Ok(()) } else { Err(invalid("/mynaCard/cardFace", "hashLength")) }
}
