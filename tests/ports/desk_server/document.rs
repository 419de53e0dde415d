//! The published document and the wire types say the same.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use uketsuke::desk::contract::{Accepted, Batch, Command, MAX_EVENTS, paths};

fn document() -> Value {
    serde_saphyr::from_str(include_str!("../../../docs/api/desk-v1.yaml")).unwrap()
}

fn schema<'a>(document: &'a Value, name: &str) -> &'a Value {
    &document["components"]["schemas"][name]
}

fn members(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

fn words(list: &Value) -> BTreeSet<&str> {
    list.as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect()
}

#[test]
fn every_example_goes_through_its_type_unchanged() {
    let document = document();
    let example = |name: &str| document["components"]["examples"][name]["value"].clone();
    let batch: Batch = serde_json::from_value(example("EveryKind")).unwrap();
    assert_eq!(serde_json::to_value(batch).unwrap(), example("EveryKind"));
    for name in ["Coming", "SeenByEye", "RegisterReference"] {
        let command: Command = serde_json::from_value(example(name)).unwrap();
        assert_eq!(serde_json::to_value(command).unwrap(), example(name), "{name}");
    }
    let accepted: Accepted = serde_json::from_value(example("Accepted")).unwrap();
    assert_eq!(serde_json::to_value(accepted).unwrap(), example("Accepted"));
}

#[test]
fn every_kind_of_event_is_in_the_example_with_all_its_members() {
    let document = document();
    let events = document["components"]["examples"]["EveryKind"]["value"]["events"].as_array().unwrap();
    let numbered = schema(&document, "Numbered");
    let mut seen = BTreeSet::new();
    for event in events {
        let kind = event["kind"].as_str().unwrap();
        seen.insert(kind);
        let name = format!("{}{}", kind[..1].to_uppercase(), &kind[1..]);
        let own: BTreeSet<_> = members(&schema(&document, &name)["properties"]);
        let common: BTreeSet<_> = members(&numbered["properties"]);
        let written: BTreeSet<_> = members(event).difference(&common).copied().collect();
        let wanted: BTreeSet<_> = own.difference(&common).copied().collect();
        assert_eq!(written, wanted, "{kind}");
    }
    assert_eq!(seen, words(&numbered["properties"]["kind"]["enum"]));
}

#[test]
fn the_code_knows_each_word_of_the_document_and_no_other() {
    let document = document();
    let command = schema(&document, "Command");
    for word in words(&command["properties"]["command"]["enum"]) {
        let text = json!({"id": "x", "by": "y", "at": "2026-11-20T09:00:00+09:00", "validSeconds": 1, "command": word,
            "personAndCardHere": true, "reason": "r", "checkId": "c", "number": "1"});
        let read: Command = serde_json::from_value(text).unwrap_or_else(|error| panic!("{word}: {error}"));
        let back = serde_json::to_value(read).unwrap();
        assert!(members(&back).is_subset(&members(&command["properties"])), "{word}");
    }
    let event = |more: Value| super::support::event(1, &more);
    let read = |event: Value| serde_json::from_value::<Batch>(json!({"version": "v", "events": [event]}));
    for state in words(&schema(&document, "File")["properties"]["state"]["enum"]) {
        assert!(read(event(json!({"kind": "file", "checkId": "c", "state": state}))).is_ok(), "{state}");
    }
    for is in words(&schema(&document, "Answered")["properties"]["outcome"]["properties"]["is"]["enum"]) {
        let outcome = json!({"is": is, "reason": "r"});
        assert!(read(event(json!({"kind": "answered", "command": "c", "outcome": outcome}))).is_ok(), "{is}");
    }
    assert!(read(event(json!({"kind": "frame"}))).is_err());
}

#[test]
fn paths_and_bounds_are_the_codes() {
    let document = document();
    assert_eq!(members(&document["paths"]), BTreeSet::from([paths::EVENTS, paths::COMMANDS]));
    assert_eq!(schema(&document, "Batch")["properties"]["events"]["maxItems"], json!(MAX_EVENTS));
}
