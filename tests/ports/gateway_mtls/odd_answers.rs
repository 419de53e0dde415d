//! Every answer of the published document, with each member made odd in turn: what is required is refused by its name,
//! what is optional is left out and named, and nothing that is said holds a value.

use serde_json::{Map, Value, json};
use uketsuke::adapters::qualification::contract::{ContractError, LeftOut};

use super::document::{Through, document, full, schema, types};

/// Stands in every odd value that can hold it, and nowhere in what is said of it.
const VALUE: &str = "佐倉";

/// A member of an answer.
struct Member {
    pointer: String,
    /// What goes when it is odd: a pointer, or `None` for the whole answer.
    goes: Option<String>,
    schema: Value,
}

fn resolved(document: &Value, schema: &Value) -> Value {
    match schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next()) {
        Some(name) => document["components"]["schemas"][name].clone(),
        None => schema.clone(),
    }
}

/// The members of an object, all the way down; `goes` is what goes when the object cannot be.
fn members(document: &Value, of: &Value, at: &str, goes: Option<&str>, found: &mut Vec<Member>) {
    let required: Vec<_> = of["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for (name, schema) in of["properties"].as_object().into_iter().flatten() {
        let (schema, pointer) = (resolved(document, schema), format!("{at}/{name}"));
        let needed = required.contains(&name.as_str());
        let goes = if needed { goes.map(str::to_owned) } else { Some(pointer.clone()) };
        // What an answer is about does not go.
        let inside = if name == "qualificationCheck" { None } else { goes.clone() };
        match schema["type"].as_str() {
            Some("object") => members(document, &schema, &pointer, inside.as_deref(), found),
            Some("array") => {
                let (items, item) = (resolved(document, &schema["items"]), format!("{pointer}/0"));
                members(document, &items, &item, if needed { inside.as_deref() } else { Some(&item) }, found);
            }
            _ => {}
        }
        let goes = if name == "qualificationCheck" { None } else { goes };
        found.push(Member { pointer, goes, schema });
    }
}

/// The kinds of oddity that a member of that schema can have.
fn oddities(schema: &Value, good: &Value) -> Vec<(&'static str, Value)> {
    let long = |more: usize| schema["maxLength"].as_u64().map_or(60_000, |most| usize::try_from(most).unwrap() + more);
    let sign = if schema["pattern"] == "^[0-9]+$" { "1" } else { "x" };
    let mut odd = vec![("null", Value::Null)];
    match schema["type"].as_str().unwrap_or("string") {
        "string" => {
            odd.extend([("empty", "".into()), ("empty", "　 ".into()), ("type", 17.into()), ("type", json!([VALUE]))]);
            odd.extend([("type", json!({VALUE: VALUE})), ("type", true.into()), ("type", 1e300.into())]);
            // Names of challenges, checks and batches have no length in the document: it says that they are UUIDs.
            odd.extend([("extreme", sign.repeat(long(1)).into()), ("extreme", VALUE.repeat(30_000).into())]);
            if schema["pattern"].is_string() || schema["format"].is_string() || schema["enum"].is_array() {
                odd.push(("alphabet", VALUE.into()));
            }
            if schema["format"] == "date" || schema["pattern"] == "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" {
                let wrong = ["1930-00-00", "2026-02-30", "20261120", "0001-01-01", "2026-11-20T00:00:00Z"];
                odd.extend(wrong.map(|date| ("date", date.into())));
            }
        }
        "integer" => {
            odd.extend([("type", "17".into()), ("type", 1.5.into()), ("type", json!([1])), ("type", json!({}))]);
            let most = schema["maximum"].as_i64().unwrap();
            odd.extend([("extreme", (most + 1).into()), ("extreme", (-1).into()), ("extreme", 1e300.into())]);
            odd.push(("extreme", u64::MAX.into()));
        }
        "boolean" => {
            odd.extend([("type", "true".into()), ("type", 1.into()), ("type", json!([])), ("type", json!({}))])
        }
        "array" => {
            let many = schema["maxItems"].as_u64().unwrap() + 1;
            let one = good[0].clone();
            odd.extend([("type", VALUE.into()), ("type", 17.into()), ("type", json!({VALUE: VALUE}))]);
            odd.push(("extreme", (0..many).map(|_| one.clone()).collect::<Vec<_>>().into()));
        }
        "object" => odd.extend([("type", VALUE.into()), ("type", 17.into()), ("type", json!([VALUE]))]),
        other => panic!("{other}"),
    }
    odd
}

fn parent<'a>(value: &'a mut Value, pointer: &str) -> (&'a mut Map<String, Value>, String) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    (value.pointer_mut(parent).unwrap().as_object_mut().unwrap(), name.to_owned())
}

fn without(mut value: Value, pointer: &str) -> Value {
    let (above, last) = pointer.rsplit_once('/').unwrap();
    match value.pointer_mut(above).unwrap() {
        Value::Object(members) => drop(members.remove(last).unwrap()),
        Value::Array(items) => drop(items.remove(last.parse().unwrap())),
        _ => panic!("{pointer}"),
    }
    value
}

/// An empty list of what an answer can be without is not written.
fn unwritten(mut value: Value) -> Value {
    for pointer in ["/qualifications/0", "/qualificationCheck/qualifications/0"] {
        if let Some(Value::Object(insurance)) = value.pointer_mut(pointer) {
            insurance.retain(|_, member| !member.as_array().is_some_and(Vec::is_empty));
        }
    }
    if let Some(Value::Array(results)) = value.get_mut("results") {
        for result in results {
            if let Some(inner) = result.get_mut("qualificationCheck") {
                *inner = unwritten(std::mem::take(inner));
            }
        }
    }
    value
}

fn dotted(pointer: &str) -> String {
    pointer.trim_start_matches('/').replace('/', ".")
}

/// What was read of it is what should have been.
fn judge(
    whole: &Value,
    member: &Member,
    read: Result<(Value, Vec<LeftOut>), ContractError>,
    nothing: bool,
    what: &str,
) -> bool {
    match (&member.goes, read) {
        (None, Err(error)) => {
            assert!(error.0.contains(&dotted(&member.pointer)), "{what}: {error}");
            assert!(!error.0.contains(VALUE) && error.0.len() < 300, "{what}: {error}");
            false
        }
        (None, Ok(_)) => panic!("{what} is taken"),
        (Some(_), Err(error)) => panic!("{what} costs the whole answer: {error}"),
        (Some(goes), Ok((back, left_out))) => {
            assert_eq!(back, unwritten(without(whole.clone(), goes)), "{what}");
            let named: Vec<_> = left_out.iter().map(|left| left.member.as_str()).collect();
            assert_eq!(named, [dotted(goes)], "{what}");
            assert!(!left_out[0].is.contains(VALUE) && !left_out[0].member.contains(VALUE));
            assert_eq!(left_out[0].says_nothing, nothing && *goes == member.pointer, "{what}");
            true
        }
    }
}

/// A problem's members and those of an open status are read as far as they go.
fn answers() -> impl Iterator<Item = (&'static str, Through)> {
    types()
        .into_iter()
        .filter(|(name, _)| !name.ends_with("Request") && !name.ends_with("Inquiry") && *name != "Problem")
}

#[test]
fn one_odd_member_costs_that_member_or_is_refused_by_its_name() {
    let document = document();
    let (mut refused, mut left_out, mut kinds) = (0, 0, std::collections::BTreeMap::<_, usize>::new());
    for (name, through) in answers() {
        let mut whole = full(&document, schema(&document, name));
        if name == "ServiceStatus" {
            whole["mode"] = "normal".into();
        }
        if name == "BatchResults" {
            whole["results"][0].as_object_mut().unwrap().remove("problem");
        }
        let mut found = Vec::new();
        members(&document, schema(&document, name), "", None, &mut found);
        for member in found.iter().filter(|member| !member.pointer.contains("/problem")) {
            let good = whole.pointer(&member.pointer).unwrap().clone();
            let mut tried = |kind: &'static str, body: String, nothing: bool| {
                let what = format!("{name} {} {kind}", member.pointer);
                *kinds.entry(kind).or_default() += 1;
                // `null` is a way to write "absent" also where what is there may not go.
                let absent = kind == "null" && member.pointer.ends_with("/qualificationCheck");
                let goes = if absent { Some(member.pointer.clone()) } else { member.goes.clone() };
                let member = Member { pointer: member.pointer.clone(), goes, schema: Value::Null };
                match judge(&whole, &member, through(body.as_bytes()), nothing, &what) {
                    true => left_out += 1,
                    false => refused += 1,
                }
            };
            for (kind, odd) in oddities(&member.schema, &good) {
                // A mode of another version is read as unknown, whatever the word.
                if member.pointer == "/mode" && odd.is_string() {
                    continue;
                }
                let mut value = whole.clone();
                *value.pointer_mut(&member.pointer).unwrap() = odd;
                tried(kind, value.to_string(), matches!(kind, "null" | "empty"));
            }
            let mut value = whole.clone();
            let (members, last) = parent(&mut value, &member.pointer);
            members.insert(last.clone(), "MARK".into());
            let twice = format!("{good},{}:{good}", json!(last));
            tried("twice", value.to_string().replacen("\"MARK\"", &twice, 1), false);
            if member.goes.as_ref() != Some(&member.pointer) && !member.pointer.ends_with("/qualificationCheck") {
                tried("missing", without(whole.clone(), &member.pointer).to_string(), false);
            }
        }
    }
    println!(
        "{} odd answers: {refused} refused by name, {left_out} read without the odd member; {kinds:?}",
        refused + left_out
    );
    assert!(refused + left_out > 1_000 && kinds.len() == 8);
}

#[test]
fn every_length_and_count_of_the_document_is_taken_to_its_end() {
    let document = document();
    let mut ends = 0;
    for (name, through) in answers().filter(|(name, _)| *name != "ServiceStatus") {
        let whole = full(&document, schema(&document, name));
        let mut found = Vec::new();
        members(&document, schema(&document, name), "", None, &mut found);
        for Member { pointer, schema, .. } in found.iter().filter(|member| !member.pointer.contains("/problem")) {
            let mut value = whole.clone();
            let at = value.pointer_mut(pointer).unwrap();
            if let (Some(most), None) = (schema["maxLength"].as_u64(), schema["contentEncoding"].as_str()) {
                let sign = if schema["pattern"] == "^[0-9]+$" { "1" } else { "x" };
                *at = sign.repeat(usize::try_from(most).unwrap()).into();
            } else if let Some(most) = schema["maxItems"].as_u64() {
                let one = at[0].clone();
                *at = (0..most).map(|_| one.clone()).collect::<Vec<_>>().into();
            } else if let Some(most) = schema["maximum"].as_i64() {
                *at = most.into();
            } else {
                continue;
            }
            let (back, left_out) = through(value.to_string().as_bytes()).unwrap_or_else(|e| panic!("{pointer}: {e}"));
            assert!(back == value && left_out.is_empty(), "{name} {pointer}");
            ends += 1;
        }
    }
    println!("{ends} members taken to their ends");
    assert!(ends > 60, "{ends}");
}
