//! Scores every pair of a list, or all pictures against all; each picture is worked once.

mod all;
mod sets;
mod statistics;

use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use clap::Parser;

use uketsuke_face::{Analyzer, Embedding, Models};

use crate::lab::{ModelsArg, Outcome, Stop, embed_file, end, milliseconds, network_failed};

/// Scores pairs of pictures, or error rates of a set of persons
#[derive(Parser)]
#[command(group(clap::ArgGroup::new("what").required(true).args(["pairs", "all_against_all"])))]
struct ScoreArgs {
    /// List of pairs: CSV with the columns `a` and `b`; paths start at the current folder or at the list's
    #[arg(long, value_name = "CSV", requires = "out")]
    pairs: Option<PathBuf>,
    /// Result: CSV with the columns a,b,score,found_a,found_b,ms (found is 1 or 0; ms is the work on both pictures)
    #[arg(long, value_name = "CSV", requires = "pairs")]
    out: Option<PathBuf>,
    /// Error rates of all pictures against all: a folder of folders, one for each person, or a CSV of person and file
    #[arg(long, value_name = "DIR|CSV")]
    all_against_all: Option<PathBuf>,
    /// Compare them with these pictures instead of among themselves
    #[arg(long, value_name = "DIR|CSV", requires = "all_against_all")]
    against: Option<PathBuf>,
    /// Compare strangers only inside a group: CSV of person and group
    #[arg(long, value_name = "CSV", requires = "all_against_all")]
    groups: Option<PathBuf>,
    /// Compare with the mean of so many pictures of a person; may be given more than once
    #[arg(long, value_name = "N", default_value = "1", value_parser = clap::value_parser!(u8).range(1..=50), requires = "all_against_all")]
    mean: Vec<u8>,
    /// The line whose errors are printed [default: the pack's]
    #[arg(long, value_name = "SCORE", allow_negative_numbers = true, requires = "all_against_all")]
    line: Option<f32>,
    /// Take the numbers of the pictures from this file of another program: CSV of path and numbers
    #[arg(long, value_name = "CSV", requires = "all_against_all")]
    templates: Option<PathBuf>,
    /// Leave out the pictures of --against that a kiosk would not compare (turned away, two faces, blurred …), and the others
    /// that are no portrait: turned away, two faces
    #[arg(long, requires = "against")]
    comparable: bool,
    /// Also a table of every person against every person
    #[arg(long, requires = "all_against_all")]
    matrix: bool,
    /// Print one JSON object for each mean
    #[arg(long, requires = "all_against_all")]
    json: bool,
    /// Pictures worked at the same time
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: u16,
    #[command(flatten)]
    models: ModelsArg,
}

/// One picture's result: its numbers if a face was found, and the time it took.
struct Worked {
    embedding: Option<Embedding>,
    ms: f64,
}

/// The whole program.
pub fn main() -> ExitCode {
    end(run(&ScoreArgs::parse()))
}

fn run(args: &ScoreArgs) -> Outcome {
    match (&args.pairs, &args.out, &args.all_against_all) {
        (Some(pairs), Some(out), _) => score_pairs(args, pairs, out),
        (_, _, Some(set)) => all::run(args, set),
        _ => Err(Stop::new("nothing to score", "give --pairs and --out, or --all-against-all")),
    }
}

fn score_pairs(args: &ScoreArgs, list: &Path, out: &Path) -> Outcome {
    let pairs = columns_of(list, "a", "b")?;
    let (paths, pairs) = number_pictures(list, &pairs)?;
    let models = args.models.load()?;
    let worked = work(&models, &paths, usize::from(args.threads))?;
    write_scores(out, &paths, &pairs, &worked).map_err(|error| {
        Stop::new(format!("{} cannot be written: {error}", out.display()), "check folder and free space")
    })
}

/// Two columns of a CSV file with a line of names.
fn columns_of(list: &Path, first: &str, second: &str) -> Result<Vec<(String, String)>, Stop> {
    let remedy = format!("give a CSV file whose first line names the columns {first} and {second}");
    let wrong = |cause: String| Stop::new(format!("{}: {cause}", list.display()), remedy.clone());
    let text = std::fs::read_to_string(list).map_err(|error| wrong(error.to_string()))?;
    let mut lines = text.trim_start_matches('\u{feff}').lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let header = lines.next().map(|(_, line)| fields(line)).ok_or_else(|| wrong("is empty".into()))?;
    let column = |name: &str| header.iter().position(|field| field.trim() == name);
    let columns = column(first).zip(column(second));
    let (a, b) = columns.ok_or_else(|| wrong(format!("has no columns {first} and {second}")))?;
    let mut rows = Vec::new();
    for (number, line) in lines {
        let fields = fields(line);
        match (fields.get(a), fields.get(b)) {
            (Some(a), Some(b)) if !a.is_empty() && !b.is_empty() => rows.push((a.clone(), b.clone())),
            _ => return Err(wrong(format!("line {} has no {first} and {second}", number + 1))),
        }
    }
    Ok(rows)
}

/// The fields of one CSV line; quotes may enclose a field and are doubled inside.
fn fields(line: &str) -> Vec<String> {
    let (mut fields, mut field, mut quoted) = (Vec::new(), String::new(), false);
    let mut characters = line.trim_end_matches('\r').chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(std::mem::take(&mut field)),
            _ => field.push(c),
        }
    }
    fields.push(field);
    fields
}

/// A field as CSV wants it.
fn quoted(field: &str) -> String {
    if field.contains(['"', ',']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field.into() }
}

/// Every picture once, and the pairs as places in that list.
#[allow(clippy::type_complexity)]
fn number_pictures(
    list: &Path,
    pairs: &[(String, String)],
) -> Result<(Vec<(String, PathBuf)>, Vec<(usize, usize)>), Stop> {
    let beside = list.parent().unwrap_or(Path::new(""));
    let (mut paths, mut known) = (Vec::new(), HashMap::new());
    let mut number = |name: &String| -> Result<usize, Stop> {
        if let Some(place) = known.get(name) {
            return Ok(*place);
        }
        let found = [PathBuf::from(name), beside.join(name)].into_iter().find(|path| path.is_file());
        let path = found.ok_or_else(|| {
            Stop::new(format!("picture {name} of the list does not exist"), "check the paths in the list")
        })?;
        known.insert(name.clone(), paths.len());
        paths.push((name.clone(), path));
        Ok(paths.len() - 1)
    };
    let pairs = pairs.iter().map(|(a, b)| Ok((number(a)?, number(b)?))).collect::<Result<_, Stop>>()?;
    Ok((paths, pairs))
}

fn work(models: &Models, paths: &[(String, PathBuf)], threads: usize) -> Result<Vec<Worked>, Stop> {
    let results: Vec<OnceLock<Worked>> = paths.iter().map(|_| OnceLock::new()).collect();
    let (next, progress) = (AtomicUsize::new(0), Progress::new(paths.len()));
    let worker = || -> Result<(), Stop> {
        let mut analyzer = Analyzer::new(models).map_err(network_failed)?;
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let (Some((_, path)), Some(result)) = (paths.get(place), results.get(place)) else { return Ok(()) };
            let start = Instant::now();
            let embedding =
                embed_file(&mut analyzer, path).inspect_err(|_| next.store(paths.len(), Ordering::Relaxed))?;
            result.get_or_init(|| Worked { embedding, ms: milliseconds(start) });
            progress.one_more();
        }
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads.min(paths.len())).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().try_for_each(|w| w.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })?;
    Ok(results.into_iter().filter_map(OnceLock::into_inner).collect())
}

fn write_scores(
    out: &Path,
    paths: &[(String, PathBuf)],
    pairs: &[(usize, usize)],
    worked: &[Worked],
) -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::fs::File::create(out)?);
    writeln!(out, "a,b,score,found_a,found_b,ms")?;
    for (a, b) in pairs {
        let (Some(first), Some(second)) = (worked.get(*a), worked.get(*b)) else { continue };
        let (Some((a, _)), Some((b, _))) = (paths.get(*a), paths.get(*b)) else { continue };
        let found = (first.embedding.as_ref(), second.embedding.as_ref());
        let score = found.0.zip(found.1).map_or(String::new(), |(x, y)| format!("{:.6}", x.cosine(y)));
        let (found_a, found_b) = (u8::from(found.0.is_some()), u8::from(found.1.is_some()));
        writeln!(out, "{},{},{score},{found_a},{found_b},{:.2}", quoted(a), quoted(b), first.ms + second.ms)?;
    }
    out.flush()
}

/// Says on standard error how far the work is, when it takes more than a second.
struct Progress {
    total: usize,
    done: AtomicUsize,
    start: Instant,
    last: std::sync::Mutex<Duration>,
}

impl Progress {
    fn new(total: usize) -> Self {
        Self { total, done: AtomicUsize::new(0), start: Instant::now(), last: Default::default() }
    }

    fn one_more(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let passed = self.start.elapsed();
        let mut last = self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if passed.saturating_sub(*last) >= Duration::from_secs(1) {
            *last = passed;
            eprintln!("{done} of {} pictures, {:.0} s", self.total, passed.as_secs_f32());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_may_be_quoted() {
        assert_eq!(fields("a,\"b,c\",\"d\"\"e\"\r"), ["a", "b,c", "d\"e"]);
        assert_eq!(fields(&quoted("x,\"y")), ["x,\"y"]);
    }

    #[test]
    fn pairs_are_found_by_their_columns() {
        let dir = tempfile::tempdir().expect("a folder");
        let list = dir.path().join("p.csv");
        std::fs::write(&list, "same,b,a\n1,x.png,y.png\n\n0,z.png,x.png\n").expect("written");
        let pairs = columns_of(&list, "a", "b").expect("pairs");
        assert_eq!(pairs, [("y.png".into(), "x.png".into()), ("x.png".into(), "z.png".into())]);
        assert!(number_pictures(&list, &pairs).is_err_and(|e| e.cause.contains("y.png")));
        for name in ["x.png", "y.png", "z.png"] {
            std::fs::write(dir.path().join(name), "").expect("written");
        }
        assert_eq!(number_pictures(&list, &pairs).expect("numbered").1, [(0, 1), (1, 2)]);
    }

    #[test]
    fn a_list_without_the_columns_is_refused() {
        let dir = tempfile::tempdir().expect("a folder");
        let list = dir.path().join("p.csv");
        for text in ["", "x,y\n1,2\n", "a,b\nonly\n"] {
            std::fs::write(&list, text).expect("written");
            assert!(columns_of(&list, "a", "b").is_err(), "{text:?}");
        }
    }
}
