//! The published document and the wire types say the same.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use uketsuke::adapters::qualification::contract::{
    self, Asked, Batch, BatchRequest, BatchResults, CardChallenge, CardRegistration, CardRegistrationInquiry,
    CardRegistrationRequest, CardRegistrationStatus, ConsentsRequest, ConsentsUpdate, ContractError, LeftOut,
    MAX_BATCH, Problem, ProblemName, QualificationCheck, QualificationCheckRequest, ReferenceNumber,
    ReferenceNumberRequest, ServiceStatus, paths, scopes,
};
use uketsuke::domain::qualification::Validity;

pub fn document() -> Value {
    serde_saphyr::from_str(include_str!("../../../docs/api/qualification-v1.yaml")).unwrap()
}

pub fn schema<'a>(document: &'a Value, name: &str) -> &'a Value {
    &document["components"]["schemas"][name]
}

/// Reads a body and writes it again, and says what was left out.
fn read<T: DeserializeOwned + Serialize>(body: &[u8]) -> Result<(Value, Vec<LeftOut>), ContractError> {
    let understood = contract::read::<T>(body)?;
    Ok((serde_json::to_value(understood.it).unwrap(), understood.left_out))
}

/// Reads a request as the gateway does: whole or not at all.
fn strict<T: DeserializeOwned + Serialize>(body: &[u8]) -> Result<(Value, Vec<LeftOut>), ContractError> {
    let request: T = serde_json::from_slice(body).map_err(|error| ContractError(error.to_string().into()))?;
    Ok((serde_json::to_value(request).unwrap(), Vec::new()))
}

/// How a type reads a body.
pub type Through = fn(&[u8]) -> Result<(Value, Vec<LeftOut>), ContractError>;

/// The value that was understood, whole.
fn whole(through: Through, value: &Value) -> Result<Value, ContractError> {
    let (back, left_out) = through(value.to_string().as_bytes())?;
    assert_eq!(left_out.iter().map(|left| &left.member).collect::<Vec<_>>(), Vec::<&String>::new());
    Ok(back)
}

/// Which type reads the bodies of a schema.
pub fn types() -> BTreeMap<&'static str, Through> {
    BTreeMap::from([
        ("ServiceStatus", read::<ServiceStatus> as Through),
        ("CardChallenge", read::<CardChallenge>),
        ("QualificationCheckRequest", strict::<QualificationCheckRequest>),
        ("QualificationCheck", read::<QualificationCheck>),
        ("ConsentsRequest", strict::<ConsentsRequest>),
        ("ConsentsUpdate", read::<ConsentsUpdate>),
        ("CardRegistrationRequest", strict::<CardRegistrationRequest>),
        ("CardRegistration", read::<CardRegistration>),
        ("CardRegistrationInquiry", strict::<CardRegistrationInquiry>),
        ("CardRegistrationStatus", read::<CardRegistrationStatus>),
        ("BatchRequest", strict::<BatchRequest>),
        ("Batch", read::<Batch>),
        ("BatchResults", read::<BatchResults>),
        ("ReferenceNumberRequest", strict::<ReferenceNumberRequest>),
        ("ReferenceNumber", read::<ReferenceNumber>),
        ("Problem", read::<Problem>),
    ])
}

/// Every body of the document: its schema's name and the names of its examples.
fn bodies(at: &Value, found: &mut Vec<(String, Vec<String>)>) {
    let last = |reference: &Value| reference.as_str().and_then(|r| r.rsplit('/').next()).unwrap().to_owned();
    match at {
        Value::Object(members) => {
            if let (Some(schema), Some(Value::Object(examples))) = (members.get("schema"), members.get("examples")) {
                found.push((last(&schema["$ref"]), examples.values().map(|e| last(&e["$ref"])).collect()));
            }
            members.values().for_each(|member| bodies(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| bodies(item, found)),
        _ => {}
    }
}

#[test]
fn every_example_goes_through_its_type_unchanged() {
    let document = document();
    let (types, mut found) = (types(), Vec::new());
    bodies(&document["paths"], &mut found);
    bodies(&document["components"]["responses"], &mut found);
    let mut used = BTreeSet::new();
    let mut read = BTreeSet::new();
    for (schema, examples) in found {
        let through = types.get(schema.as_str()).unwrap_or_else(|| panic!("no type reads {schema}"));
        read.insert(schema.clone());
        for name in examples {
            let mut value = document["components"]["examples"][&name]["value"].clone();
            let back = whole(*through, &value).unwrap_or_else(|error| panic!("{schema} {name}: {error}"));
            remove_unknown(&mut value);
            assert_eq!(back, value, "{schema} {name}");
            used.insert(name);
        }
    }
    let all: BTreeSet<_> = document["components"]["examples"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(used, all, "an example belongs to no body");
    assert_eq!(read.len(), types.len(), "a type reads no body of the document");
}

/// Members of a later version are ignored, whatever they hold; codes of a later version are kept.
fn remove_unknown(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.remove("somethingNew");
            members.values_mut().for_each(remove_unknown);
        }
        Value::Array(items) => items.iter_mut().for_each(remove_unknown),
        _ => {}
    }
}

#[test]
fn an_answer_of_a_later_version_is_understood_as_far_as_possible() {
    let value = document()["components"]["examples"]["CheckOfALaterVersion"]["value"].clone();
    let now = "2026-11-20T09:00:00+09:00".parse().unwrap();
    let asked = Asked::on(jiff::civil::date(2026, 11, 20), now);
    let answer = contract::answer(contract::read(value.to_string().as_bytes()).unwrap(), &asked).unwrap();
    assert_eq!((answer.validity, answer.raw_validity.as_str()), (Validity::Unknown, "7"));
    assert_eq!(answer.qualifications[0].relationship.as_deref(), Some("cousin"));
    assert_eq!(answer.qualifications[0].sex, "other");
    assert_eq!(answer.notices[0].code, "somethingNew");
}

/// A value with every member of a schema, built from the document alone.
pub fn full(document: &Value, schema: &Value) -> Value {
    let schema = match schema["$ref"].as_str().and_then(|r| r.rsplit('/').next()) {
        Some(name) => &document["components"]["schemas"][name],
        None => schema,
    };
    if let Some(one) = schema["const"].as_str().or_else(|| schema["enum"][0].as_str()) {
        return one.into();
    }
    match (schema["type"].as_str().unwrap_or("object"), schema["format"].as_str().unwrap_or_default()) {
        ("object", _) => {
            let members = schema["properties"].as_object().cloned().unwrap_or_default();
            members.iter().map(|(name, member)| (name.clone(), full(document, member))).collect::<Map<_, _>>().into()
        }
        ("array", _) => vec![full(document, &schema["items"])].into(),
        ("integer", _) => 1.into(),
        ("boolean", _) => true.into(),
        (_, "date") => "2026-11-20".into(),
        (_, "date-time") => "2026-11-20T09:00:00+09:00".into(),
        (_, "uuid") => "9f0c1c2b-1e6d-4f0e-9d5c-0a4f7c1f0004".into(),
        _ if schema["contentEncoding"] == "base64" => "AgIC".into(),
        _ => sample(schema).into(),
    }
}

/// A text that fits a schema.
pub fn sample(schema: &Value) -> &'static str {
    match schema["pattern"].as_str().unwrap_or_default() {
        "^[0-9]+$" => "12",
        "^[0-9]{4}-(0[1-9]|1[0-2])$" => "2026-11",
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" => "1991-09-03",
        _ => "text",
    }
}

#[test]
fn types_and_schemas_have_the_same_members() {
    let document = document();
    for (name, through) in types() {
        let variants = match schema(&document, name)["oneOf"].as_array() {
            Some(variants) => variants.clone(),
            None => vec![schema(&document, name).clone()],
        };
        for variant in &variants {
            let mut value = full(&document, variant);
            if name == "ServiceStatus" {
                value["mode"] = "normal".into();
            }
            let back = whole(through, &value).unwrap_or_else(|error| panic!("{name}: {error} in {value}"));
            assert_eq!(back, value, "{name}");
        }
    }
}

#[test]
fn requests_refuse_members_that_the_document_does_not_name() {
    let document = document();
    for name in types().keys().filter(|name| name.ends_with("Request") || name.ends_with("Inquiry")) {
        let variants = schema(&document, name)["oneOf"].as_array().cloned();
        for variant in variants.unwrap_or_else(|| vec![schema(&document, name).clone()]) {
            let mut value = full(&document, &variant);
            value["pin"] = "1234".into();
            assert!(types()[name](value.to_string().as_bytes()).is_err(), "{name} takes any member");
        }
    }
}

#[test]
fn names_and_paths_are_the_documents() {
    let document = document();
    let listed = |value: &Value| -> BTreeSet<String> {
        value.as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect()
    };
    let types = &schema(&document, "Problem")["properties"]["type"]["anyOf"][0]["enum"];
    let problems: BTreeSet<_> = ProblemName::ALL.iter().map(|name| Problem::new(*name).kind).collect();
    assert_eq!(listed(types), problems);
    assert_eq!(listed(&schema(&document, "Scope")["enum"]), scopes().map(str::to_owned).collect());
    assert_eq!(schema(&document, "BatchRequest")["properties"]["items"]["maxItems"], MAX_BATCH);
    let ours = [
        paths::SERVICE_STATUS.to_owned(),
        paths::CARD_CHALLENGES.to_owned(),
        paths::QUALIFICATION_CHECKS.to_owned(),
        paths::check("{id}"),
        paths::consents("{id}"),
        paths::CARD_REGISTRATIONS.to_owned(),
        paths::CARD_REGISTRATION_INQUIRIES.to_owned(),
        paths::BATCHES.to_owned(),
        format!("{}/{{id}}", paths::BATCHES),
        format!("{}/{{id}}/results", paths::BATCHES),
        paths::REFERENCE_NUMBERS.to_owned(),
    ];
    let theirs: BTreeSet<_> = document["paths"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(theirs, BTreeSet::from(ours));
}
