//! `--all-against-all`: error rates of a set of persons, every person weighted equally.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use serde_json::json;

use super::sets::{self, Plan, Set};
use super::statistics::{self, Comparison, LeftOut, Rates, Share};
use super::{ScoreArgs, work};
use crate::lab::{Outcome, Stop, exact_interval, network_failed, open};
use uketsuke_core::domain::face::Hint;
use uketsuke_face::{Analyzer, Embedding, Looked, Place};

/// False-match rates that are read where there are comparisons enough.
const FMRS: [f64; 4] = [1e-2, 1e-3, 1e-4, 1e-5];

pub fn run(args: &ScoreArgs, path: &Path) -> Outcome {
    let pack = args.models.pack()?;
    let mut first = Set::open(path)?;
    let mut second = args.against.as_deref().map(Set::open).transpose()?;
    if let Some(second) = second.as_mut().filter(|_| args.comparable) {
        leave_out(args, second, |_| true)?;
        // A card shows one head from the front, however it is lit and cut.
        leave_out(args, &mut first, |hint| matches!(hint, Hint::LookHere | Hint::TwoFaces | Hint::NoFace))?;
    }
    let groups = args.groups.as_deref().map(sets::groups).transpose()?;
    let faces = faces(args, &first, second.as_ref())?;
    let mut persons = BTreeMap::new();
    for (_, person) in first.pictures.iter().chain(second.iter().flat_map(|set| &set.pictures)) {
        let place = persons.len();
        persons.entry(person.clone()).or_insert(place);
    }
    let placed = |set: &Set| -> Vec<(Embedding, usize)> {
        let known = |(path, person): &(PathBuf, String)| {
            Some((faces.get(path)?.clone()?, persons.get(person).copied().unwrap_or_default()))
        };
        set.pictures.iter().filter_map(known).collect()
    };
    let (faces_a, faces_b) = (placed(&first), second.as_ref().map(placed));
    let pictures = first.pictures.len() + second.as_ref().map_or(0, |set| set.pictures.len());
    let found = faces_a.len() + faces_b.as_ref().map_or(0, Vec::len);
    let mut names: Vec<_> = persons.iter().collect();
    names.sort_by_key(|(_, place)| **place);
    let groups = groups.map(|known| names.iter().map(|(name, _)| known.get(*name).cloned()).collect::<Vec<_>>());
    println!("{}", heading(&args.name(path), pictures, found, persons.len()));
    let line = args.line.unwrap_or(pack.decision().match_at);
    for mean in &args.mean {
        let plan = Plan {
            first: faces_a.iter().map(|(face, person)| (face, *person)).collect(),
            second: faces_b.as_ref().map(|faces| faces.iter().map(|(face, person)| (face, *person)).collect()),
            groups: groups.clone(),
            mean: usize::from(*mean),
        };
        let comparisons = plan.comparisons();
        if args.matrix {
            println!("{}", matrix(&comparisons, &names));
        }
        let rates = statistics::rates(&comparisons, persons.len(), &FMRS, line).ok_or_else(|| {
            Stop::new("the set has no pair of one person or no pair of strangers", "give persons with two pictures")
        })?;
        let text = if args.json { as_json(&rates, *mean, line) } else { as_lines(&rates, *mean, line) };
        println!("{text}");
    }
    Ok(())
}

/// Leaves the pictures of which the kiosk's own checks say nothing that is `wrong`.
fn leave_out(args: &ScoreArgs, set: &mut Set, wrong: impl Fn(Hint) -> bool) -> Outcome {
    let mut analyzer = Analyzer::new(&args.models.load()?).map_err(network_failed)?;
    let mut kept = Vec::new();
    for (path, person) in std::mem::take(&mut set.pictures) {
        match analyzer.look(&open(&path)?, None, &mut Place::default()).map_err(network_failed)? {
            Looked::Poor(hint, _) | Looked::NotOne(hint) if wrong(hint) => {
                eprintln!("{}: left out, {hint:?}", path.display());
            }
            _ => kept.push((path, person)),
        }
    }
    set.pictures = kept;
    Ok(())
}

/// The numbers of every picture: our own, or those of a file.
fn faces(args: &ScoreArgs, first: &Set, second: Option<&Set>) -> Result<HashMap<PathBuf, Option<Embedding>>, Stop> {
    let mut paths: Vec<_> =
        first.pictures.iter().chain(second.iter().flat_map(|set| &set.pictures)).map(|(path, _)| path).collect();
    paths.sort();
    paths.dedup();
    if let Some(list) = &args.templates {
        let known = sets::templates(list)?;
        if let Some(missing) = paths.iter().find(|path| !known.contains_key(**path)) {
            let cause = format!("{} has no line for {}", list.display(), missing.display());
            return Err(Stop::new(cause, "give a line for every picture, without numbers where no face is found"));
        }
        return Ok(known);
    }
    let named: Vec<_> = paths.iter().map(|path| (String::new(), path.to_path_buf())).collect();
    let worked = work(&args.models.load()?, &named, usize::from(args.threads))?;
    Ok(paths.into_iter().cloned().zip(worked.into_iter().map(|worked| worked.embedding)).collect())
}

impl ScoreArgs {
    fn name(&self, path: &Path) -> String {
        let own = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match &self.against {
            Some(other) => format!("{} against {}", own(path), own(other)),
            None => own(path),
        }
    }
}

fn heading(name: &str, pictures: usize, found: usize, persons: usize) -> String {
    format!("{name}: {pictures} pictures of {persons} persons, a face found in {found}")
}

fn percent(share: &Share) -> String {
    format!("{:.3} % ({:.3} to {:.3})", share.value * 100.0, share.low * 100.0, share.high * 100.0)
}

fn as_lines(rates: &Rates, mean: u8, line: f32) -> String {
    let of = if mean == 1 { "one picture".to_owned() } else { format!("the mean of {mean} pictures") };
    let mut text = format!(
        "one picture against {of}: {} true comparisons of {} persons, {} of strangers, {} pairs of persons\n  \
         EER {}\n",
        rates.same,
        rates.same_persons,
        rates.strangers,
        rates.stranger_pairs,
        percent(&rates.eer)
    );
    for at in &rates.at {
        text += &format!("  FMR {:.0e}: line {:.3}, FNMR {}\n", at.fmr, at.line, percent(&at.fnmr));
        if let Some(LeftOut { lowest, highest, fmr, fnmr }) = at.left_out {
            let (fmr, fnmr) = (fmr * 1e2, fnmr * 1e2);
            text += &format!(
                "    without each person in turn: lines {lowest:.3} to {highest:.3}, their own FMR {fmr:.3} %, FNMR {fnmr:.3} %\n"
            );
        }
    }
    let (fmr, fnmr) = &rates.shipped;
    let (_, bound) = exact_interval(rates.passed.0, rates.passed.1);
    text + &format!(
        "  line {line:.3}: FMR {}, FNMR {}\n    of {} pairs of persons {} have a comparison above it: at most {:.2} % (exact, 97.5 %)",
        percent(fmr),
        percent(fnmr),
        rates.passed.1,
        rates.passed.0,
        bound * 1e2,
    )
}

fn as_json(rates: &Rates, mean: u8, line: f32) -> String {
    let share = |s: &Share| json!({ "value": s.value, "low": s.low, "high": s.high });
    let at: Vec<_> =
        rates.at.iter().map(|at| json!({ "fmr": at.fmr, "line": at.line, "fnmr": share(&at.fnmr) })).collect();
    json!({
        "mean_of": mean, "same": rates.same, "same_persons": rates.same_persons, "strangers": rates.strangers,
        "stranger_pairs": rates.stranger_pairs, "eer": share(&rates.eer), "at": at,
        "pairs_of_strangers_above_the_line": rates.passed.0,
        "line": { "line": line, "fmr": share(&rates.shipped.0), "fnmr": share(&rates.shipped.1) },
    })
    .to_string()
}

/// Mean and worst score of each person (rows) against each (columns): the lowest of the same, the highest of strangers.
fn matrix(comparisons: &[Comparison], names: &[(&String, &usize)]) -> String {
    let mut cells = BTreeMap::<(usize, usize), (f32, u32, f32, f32)>::new();
    for c in comparisons {
        let cell = cells.entry((c.a, c.b)).or_insert((0.0, 0, f32::MAX, f32::MIN));
        *cell = (cell.0 + c.score, cell.1 + 1, cell.2.min(c.score), cell.3.max(c.score));
    }
    let mut text = format!("| |{}|\n|---|", names.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join("|"));
    text += &"---|".repeat(names.len());
    for (name, a) in names {
        text += &format!("\n|{name}|");
        for (_, b) in names {
            text += &match cells.get(&(**a, **b)) {
                Some((sum, count, low, _)) if a == b => format!("**{:.2}** (min {low:.2})|", sum / *count as f32),
                Some((sum, count, _, high)) => format!("{:.2} (max {high:.2})|", sum / *count as f32),
                None => "|".into(),
            };
        }
    }
    text
}
