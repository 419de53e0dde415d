//! The certificates beside an insurance, read back.

use uketsuke::domain::qualification::{DiseaseCertificate, ElderlyCertificate, LimitCertificate, MedicalTicket};
use uketsuke::domain::secret::Personal;

use super::{Element, ReadError};

fn number<T: std::str::FromStr>(element: &Element, name: &'static str) -> Result<Option<T>, ReadError> {
    element.text(name).map(|digits| digits.parse().map_err(|_| ReadError::Element(name))).transpose()
}

/// Percent of three digits.
pub(super) fn ratio(element: &Element, name: &'static str) -> Result<Option<u8>, ReadError> {
    number(element, name)
}

pub(super) fn elderly(result: &Element) -> Result<Option<ElderlyCertificate>, ReadError> {
    let Ok(info) = result.child("ElderlyRecipientCertificateInfo") else { return Ok(None) };
    Ok(Some(ElderlyCertificate {
        issued_on: info.date("ElderlyRecipientCertificateDate")?,
        valid_from: info.date("ElderlyRecipientValidStartDate")?,
        valid_to: info.date("ElderlyRecipientValidEndDate")?,
        ratio_percent: ratio(info, "ElderlyRecipientContributionRatio")?,
    }))
}

pub(super) fn limit(result: &Element) -> Result<Option<LimitCertificate>, ReadError> {
    let Ok(info) = result.child("LimitApplicationCertificateRelatedInfo") else { return Ok(None) };
    Ok(Some(LimitCertificate {
        kind: info.text("LimitApplicationCertificateClassification"),
        category: info.text("LimitApplicationCertificateClassificationFlag"),
        issued_on: info.date("LimitApplicationCertificateDate")?,
        valid_from: info.date("LimitApplicationCertificateValidStartDate")?,
        valid_to: info.date("LimitApplicationCertificateValidEndDate")?,
        long_term_from: info.date("LimitApplicationCertificateLongTermDate")?,
    }))
}

pub(super) fn diseases(result: &Element) -> Result<Vec<DiseaseCertificate>, ReadError> {
    let Ok(list) = result.child("SpecificDiseasesCertificateList") else { return Ok(Vec::new()) };
    let one = |info: &Element| {
        Ok(DiseaseCertificate {
            category: Personal(info.must("SpecificDiseasesDiseaseCategory")?),
            issued_on: info.date("SpecificDiseasesCertificateDate")?,
            valid_from: info.date("SpecificDiseasesValidStartDate")?,
            valid_to: info.date("SpecificDiseasesValidEndDate")?,
            self_pay_yen: number(info, "SpecificDiseasesSelfPay")?,
        })
    };
    list.inner.iter().map(one).collect()
}

pub(super) fn ticket(result: &Element) -> Result<Option<MedicalTicket>, ReadError> {
    let Ok(list) = result.child("PublicExpenseResultList") else { return Ok(None) };
    let info = list.child("MedicalTicketInfo")?;
    let month = info.must("MedicalTreatmentMonth")?;
    let treatment_month = match month.split_at_checked(4) {
        Some((year, of_year)) => format!("{year}-{of_year}"),
        None => return Err(ReadError::Element("MedicalTreatmentMonth")),
    };
    Ok(Some(MedicalTicket {
        ticket_type: info.must("TicketType")?,
        treatment_month,
        issue_number: info.personal("IssueNumber"),
        valid_from: info.date("MedicalTicketValidDate")?,
        valid_to: info.date("MedicalTicketExpirationDate")?,
        self_pay_yen: number(info, "SelfPayAmount")?,
        ..MedicalTicket::default()
    }))
}
