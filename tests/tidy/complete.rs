//! The list of models and what lies beside it.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::source::{File, Finding, file};

const MANIFEST: &str = "models/manifest.toml";

/// Every model of the manifest lies beside it with the pinned hash, and no model lies there unlisted.
/// `read` gives a model's bytes by its name.
pub fn models(files: &[File], on_disk: &[String], read: impl Fn(&str) -> Option<Vec<u8>>) -> Vec<Finding> {
    let Some(manifest) = file(files, MANIFEST) else { return vec![Finding::of(MANIFEST, "is missing")] };
    let Ok(table) = manifest.text.parse::<toml::Table>() else { return vec![Finding::of(MANIFEST, "is not TOML")] };
    let mut entries = Vec::new();
    collect_entries(&toml::Value::Table(table), &mut entries);
    if entries.is_empty() {
        return vec![Finding::of(MANIFEST, "lists no model with `file` and `sha256`")];
    }
    let mut findings = Vec::new();
    for (name, pinned) in &entries {
        match read(name) {
            None => findings.push(Finding::of(MANIFEST, format!("`{name}` is not there"))),
            Some(bytes) if format!("{:x}", Sha256::digest(&bytes)) != *pinned => {
                findings.push(Finding::of(MANIFEST, format!("`{name}` is not the pinned file")))
            }
            Some(_) => {}
        }
    }
    for name in on_disk.iter().filter(|name| !entries.iter().any(|(listed, _)| listed == *name)) {
        findings.push(Finding::of(&format!("models/{name}"), "is not in the manifest"));
    }
    findings
}

/// Every table with the keys `file` and `sha256`, wherever it stands.
fn collect_entries(value: &toml::Value, entries: &mut Vec<(String, String)>) {
    match value {
        toml::Value::Table(table) => {
            if let (Some(name), Some(hash)) =
                (table.get("file").and_then(toml::Value::as_str), table.get("sha256").and_then(toml::Value::as_str))
            {
                entries.push((name.to_owned(), hash.to_lowercase()));
            }
            table.values().for_each(|inner| collect_entries(inner, entries));
        }
        toml::Value::Array(array) => array.iter().for_each(|inner| collect_entries(inner, entries)),
        _ => {}
    }
}

/// The names of the ONNX files in `models`.
pub fn models_on_disk(root: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(root.join("models")) else { return Vec::new() };
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    names.filter(|name| name.ends_with(".onnx")).collect()
}

#[cfg(test)]
mod tests {
    use super::super::source::{assert_caught, assert_clean};
    use super::*;

    #[test]
    fn a_missing_or_changed_or_unlisted_model_is_caught() {
        let manifest = [File::planted(
            MANIFEST,
            &format!("[[model]]\nfile = \"a.onnx\"\nsha256 = \"{:x}\"\n", Sha256::digest(b"a")),
        )];
        let read = |bytes: &'static [u8]| move |_: &str| Some(bytes.to_vec());
        assert_clean(&models(&manifest, &["a.onnx".to_owned()], read(b"a")));
        assert_caught(&models(&manifest, &[], read(b"b")), MANIFEST);
        assert_caught(&models(&manifest, &[], |_| None), MANIFEST);
        assert_caught(&models(&manifest, &["b.onnx".to_owned()], read(b"a")), "models/b.onnx");
        assert_caught(&models(&[], &[], |_| None), MANIFEST);
        assert_caught(&models(&[File::planted(MANIFEST, "")], &[], |_| None), MANIFEST);
    }
}
