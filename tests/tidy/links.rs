//! Links in the documents: what they point at inside the repository is there.

use super::source::{File, Finding};

/// Every relative link and picture of every Markdown file that leads nowhere; `exists` knows paths from the root.
pub fn dead_links(files: &[File], exists: impl Fn(&str) -> bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.is("md")) {
        let dir = file.path.rsplit_once('/').map_or("", |(dir, _)| dir);
        for (i, line) in file.text.lines().enumerate() {
            for target in line.split("](").skip(1).filter_map(|rest| rest.split([')', '#', ' ']).next()) {
                let is_local = !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:");
                if is_local && !resolve(dir, target).is_some_and(|path| exists(&path)) {
                    findings.push(Finding::at(&file.path, i + 1, format!("`{target}` is not there")));
                }
            }
        }
    }
    findings
}

/// `target` as seen from the folder `dir`, as a path from the root; nothing when it leads out of the tree.
fn resolve(dir: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = dir.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[test]
fn a_dead_link_is_caught_and_a_living_one_not() {
    let text = "[a](b.md) ![c](../pictures/c.png \"title\") [d](https://example.jp/x) [e](#part)\n[f](gone.md#part)";
    let exists = |path: &str| ["docs/b.md", "pictures/c.png"].contains(&path);
    let findings = dead_links(&[File::planted("docs/a.md", text)], exists);
    super::source::assert_caught(&findings, "docs/a.md:2");
    assert_eq!(findings.len(), 1);
}
