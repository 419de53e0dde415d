//! What can hang on an insurance: the certificates beside it, and the tickets of medical aid.
//!
//! 医療費助成 (`publicExpenses`) has no element in the file that is known; the JSON twin alone holds it, as it does the
//! payer's and recipient's numbers of a medical ticket.

use crate::domain::consent::ConsentAnswer;
use crate::domain::qualification::{DiseaseCertificate, MedicalTicket, Qualification};
use crate::ports::DeliveryOrder;

use super::super::names::{compact_date, compact_timestamp, text};
use super::document::{Leaves, Node, ratio};

/// Adds them in their order.
pub(super) fn add(result: &mut Leaves, q: &Qualification, order: &DeliveryOrder) {
    elderly(result, q);
    limit(result, q, order);
    if !q.specific_diseases.is_empty() {
        let list = q.specific_diseases.iter().map(disease).collect();
        result.0.push(Node::Branch("SpecificDiseasesCertificateList", list));
    }
    if let Some(found) = &q.medical_ticket {
        result.0.push(Node::Branch("PublicExpenseResultList", vec![ticket(found)]));
    }
}

fn elderly(result: &mut Leaves, q: &Qualification) {
    let Some(found) = &q.elderly else { return };
    let mut leaves = Leaves::default();
    leaves.may("ElderlyRecipientCertificateDate", found.issued_on.map(compact_date));
    leaves.may("ElderlyRecipientValidStartDate", found.valid_from.map(compact_date));
    leaves.may("ElderlyRecipientValidEndDate", found.valid_to.map(compact_date));
    leaves.may("ElderlyRecipientContributionRatio", found.ratio_percent.map(ratio));
    result.group("ElderlyRecipientCertificateInfo", leaves);
}

fn limit(result: &mut Leaves, q: &Qualification, order: &DeliveryOrder) {
    let answer = match order.choices.limit {
        ConsentAnswer::Given => Some("1"),
        ConsentAnswer::Refused => Some("0"),
        ConsentAnswer::NotAsked | ConsentAnswer::NotAnswered => None,
    };
    result.may("LimitApplicationCertificateRelatedConsFlg", answer);
    let given = order.consented_at.filter(|_| order.choices.limit == ConsentAnswer::Given);
    result.may("LimitApplicationCertificateRelatedConsTime", given.map(compact_timestamp));
    let Some(found) = q.limit.as_ref().filter(|_| !order.choices.withholds_limit()) else { return };
    let mut leaves = Leaves::default();
    leaves.may("LimitApplicationCertificateClassification", found.kind.as_deref());
    leaves.may("LimitApplicationCertificateClassificationFlag", found.category.as_deref());
    leaves.may("LimitApplicationCertificateDate", found.issued_on.map(compact_date));
    leaves.may("LimitApplicationCertificateValidStartDate", found.valid_from.map(compact_date));
    leaves.may("LimitApplicationCertificateValidEndDate", found.valid_to.map(compact_date));
    leaves.may("LimitApplicationCertificateLongTermDate", found.long_term_from.map(compact_date));
    result.group("LimitApplicationCertificateRelatedInfo", leaves);
}

fn disease(found: &DiseaseCertificate) -> Node {
    let mut leaves = Leaves::default();
    leaves.must("SpecificDiseasesDiseaseCategory", found.category.0.as_str());
    leaves.may("SpecificDiseasesCertificateDate", found.issued_on.map(compact_date));
    leaves.may("SpecificDiseasesValidStartDate", found.valid_from.map(compact_date));
    leaves.may("SpecificDiseasesValidEndDate", found.valid_to.map(compact_date));
    leaves.may("SpecificDiseasesSelfPay", found.self_pay_yen.map(|yen| yen.to_string()));
    Node::Branch("SpecificDiseasesCertificateInfo", leaves.0)
}

fn ticket(found: &MedicalTicket) -> Node {
    let mut leaves = Leaves::default();
    leaves.must("TicketType", found.ticket_type.as_str());
    leaves.may("MedicalTicketValidDate", found.valid_from.map(compact_date));
    leaves.may("MedicalTicketExpirationDate", found.valid_to.map(compact_date));
    leaves.may("IssueNumber", text(&found.issue_number));
    leaves.must("MedicalTreatmentMonth", found.treatment_month.replace('-', ""));
    leaves.may("SelfPayAmount", found.self_pay_yen.map(|yen| yen.to_string()));
    Node::Branch("MedicalTicketInfo", leaves.0)
}
