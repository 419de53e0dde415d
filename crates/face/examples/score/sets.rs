//! Sets of pictures of known persons, and their comparison all against all.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use super::statistics::Comparison;
use super::{columns_of, fields};
use crate::lab::{Stop, entries, own_name, pictures_in};
use uketsuke_face::Embedding;

/// Pictures with their persons.
pub struct Set {
    /// Path, person.
    pub pictures: Vec<(PathBuf, String)>,
}

impl Set {
    /// Reads a list (CSV with the columns `person` and `file`, paths from the list's folder) or a folder with one folder
    /// for each person.
    pub fn open(path: &Path) -> Result<Self, Stop> {
        let pictures = if path.is_dir() { from_folder(path)? } else { from_list(path)? };
        if pictures.is_empty() {
            let remedy = "give a folder with a folder of pictures for each person, or a CSV file of person and file";
            return Err(Stop::new(format!("{} names no picture", path.display()), remedy));
        }
        Ok(Self { pictures })
    }
}

fn from_folder(dir: &Path) -> Result<Vec<(PathBuf, String)>, Stop> {
    let mut pictures = Vec::new();
    for folder in entries(dir)?.into_iter().filter(|path| path.is_dir()) {
        pictures.extend(pictures_in(&folder)?.into_iter().map(|path| (path, own_name(&folder))));
    }
    Ok(pictures)
}

fn from_list(list: &Path) -> Result<Vec<(PathBuf, String)>, Stop> {
    let beside = list.parent().unwrap_or(Path::new(""));
    let rows = columns_of(list, "person", "file")?;
    Ok(rows.into_iter().map(|(person, file)| (beside.join(file), person)).collect())
}

/// Groups of persons by name (CSV with the columns `person` and `group`).
pub fn groups(list: &Path) -> Result<HashMap<String, String>, Stop> {
    Ok(columns_of(list, "person", "group")?.into_iter().collect())
}

/// Numbers computed elsewhere (CSV: file, then one column for each number), by path.
pub fn templates(list: &Path) -> Result<HashMap<PathBuf, Option<Embedding>>, Stop> {
    let wrong = |cause: String| {
        Stop::new(format!("{}: {cause}", list.display()), "give a CSV file of a path and its numbers in each line")
    };
    let text = std::fs::read_to_string(list).map_err(|error| wrong(error.to_string()))?;
    let mut known = HashMap::new();
    for (number, line) in text.lines().enumerate() {
        let mut row = fields(line).into_iter();
        let Some(path) = row.next().filter(|path| !path.is_empty()) else { continue };
        let numbers: Result<Vec<f32>, _> = row.filter(|field| !field.is_empty()).map(|field| field.parse()).collect();
        let numbers = numbers.map_err(|error| wrong(format!("line {}: {error}", number + 1)))?;
        known.insert(PathBuf::from(path), Embedding::of(&numbers));
    }
    Ok(known)
}

/// What is compared with what.
pub struct Plan<'p> {
    /// Pictures compared, with the place of their person.
    pub first: Vec<(&'p Embedding, usize)>,
    /// What they are compared with; `None` compares the first among themselves.
    pub second: Option<Vec<(&'p Embedding, usize)>>,
    /// Group of each person, if strangers are compared only inside a group.
    pub groups: Option<Vec<Option<String>>>,
    /// So many pictures of a person, following one another, are compared as their mean.
    pub mean: usize,
}

impl Plan<'_> {
    /// Every comparison of the plan.
    pub fn comparisons(&self) -> Vec<Comparison> {
        let probes = match &self.second {
            Some(second) => probes(second, self.mean),
            None => probes(&self.first, self.mean),
        };
        let among = self.second.is_none();
        let mut all = Vec::new();
        for (place, (embedding, a)) in self.first.iter().enumerate() {
            for (places, b) in &probes {
                // A picture is never compared with itself, and of two single pictures only one way round.
                let doubled =
                    among && (places.contains(&place) || (self.mean == 1 && places.iter().any(|p| *p < place)));
                if doubled || !self.may_meet(*a, *b) {
                    continue;
                }
                let pictures = self.second.as_ref().unwrap_or(&self.first);
                let faces = places.iter().filter_map(|place| pictures.get(*place)).map(|(embedding, _)| *embedding);
                all.extend(embedding.cosine_with_mean(faces).map(|score| Comparison { a: *a, b: *b, score }));
            }
        }
        all
    }

    fn may_meet(&self, a: usize, b: usize) -> bool {
        let Some(groups) = &self.groups else { return true };
        let group = |person: usize| groups.get(person).and_then(Option::as_ref);
        a == b || (group(a).is_some() && group(a) == group(b))
    }
}

/// Every run of `mean` pictures of one person, around the end; none of a person with fewer.
fn probes(pictures: &[(&Embedding, usize)], mean: usize) -> Vec<(Vec<usize>, usize)> {
    let mut by_person = BTreeMap::<usize, Vec<usize>>::new();
    for (place, (_, person)) in pictures.iter().enumerate() {
        by_person.entry(*person).or_default().push(place);
    }
    let mut probes = Vec::new();
    for (person, places) in by_person.into_iter().filter(|(_, places)| places.len() >= mean) {
        let runs = (0..places.len()).map(|start| places.iter().cycle().skip(start).take(mean).copied().collect());
        probes.extend(runs.map(|run: Vec<usize>| (run, person)));
    }
    probes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_once_and_strangers_only_inside_their_group() {
        let face = |n: usize| Embedding::of(&[1.0, n as f32]).expect("a direction");
        let faces: Vec<_> = (0..6).map(face).collect();
        let persons = [0, 0, 1, 1, 2, 3];
        let first: Vec<_> = faces.iter().zip(persons).collect();
        let mut plan = Plan { first: first.clone(), second: None, groups: None, mean: 1 };
        assert_eq!(plan.comparisons().len(), 15);
        plan.groups = Some(vec![Some("x".into()), Some("x".into()), Some("y".into()), None]);
        let strangers: Vec<_> = plan.comparisons().into_iter().filter(|c| c.a != c.b).collect();
        assert!(strangers.len() == 4 && strangers.iter().all(|c| c.a + c.b == 1), "{strangers:?}");
        let against = Plan { second: Some(first.clone()), first, groups: None, mean: 2 };
        let same = against.comparisons().iter().filter(|c| c.a == c.b).count();
        assert_eq!((against.comparisons().len(), same), (24, 8), "six pictures against two runs of two persons each");
    }

    #[test]
    fn lists_and_folders_name_persons() {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(dir.path().join("one")).expect("a folder");
        std::fs::write(dir.path().join("one/a.png"), "").expect("written");
        let set = Set::open(dir.path()).expect("a set");
        assert_eq!(set.pictures, [(dir.path().join("one/a.png"), "one".to_owned())]);
        let list = dir.path().join("people.csv");
        std::fs::write(&list, "file,person\none/a.png,somebody\n").expect("written");
        assert_eq!(Set::open(&list).expect("a set").pictures, [(dir.path().join("one/a.png"), "somebody".to_owned())]);
        std::fs::write(&list, "file,person\n").expect("written");
        assert!(Set::open(&list).is_err());
    }
}
