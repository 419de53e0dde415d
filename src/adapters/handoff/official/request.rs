//! Requests in the official form: the registration of a clinic's own number of a patient (照会番号).

use std::io;

use crate::domain::reference_number::ReferenceOrder;

use super::super::names::text;
use super::document::{Leaves, Node};
use super::{Encoding, xml};

/// The file of such a request. The elements are those that public programs send for many patients at once.
///
/// # Errors
/// None that data can cause.
pub fn reference_request(order: &ReferenceOrder, facility_code: &str, identifier: &str) -> io::Result<Vec<u8>> {
    let mut header = Leaves::default();
    header.must("MedicalInstitutionCode", facility_code);
    header.must("ArbitraryFileIdentifier", identifier);
    let mut info = Leaves::default();
    info.must("ReferenceNumber", order.number.0.as_str());
    // A number of six digits has two spaces in front, where the contract has two noughts; what is not there has no element.
    let insurer = order.insurer_number.0.as_str();
    info.must("InsurerNumber", insurer.strip_prefix("00").map_or(insurer.to_owned(), |six| format!("  {six}")));
    info.may("InsuredCardSymbol", text(&order.symbol));
    info.must("InsuredIdentificationNumber", order.insured_number.0.as_str());
    info.may("InsuredBranchNumber", text(&order.branch_number).filter(|branch| *branch != "00"));
    let body = vec![Node::Branch("ReferenceNumberRegistrationInfo", info.0)];
    let document =
        Node::Branch("XmlMsg", vec![Node::Branch("MessageHeader", header.0), Node::Branch("MessageBody", body)]);
    xml::bytes(&document, Encoding::ShiftJis)
}
