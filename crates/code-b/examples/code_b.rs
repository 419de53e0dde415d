//! Runs folders of filmed cards through the print reader: `code_b FOLDER… [--json]`.
//!
//! A folder holds pictures and `truth.json`, a list of `{file, code_b, …}`. Pictures named `ATTEMPT_N.EXT` belong to one attempt, in
//! the order of N, 300 ms apart. Prints a line an attempt and ends with one line of totals.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uketsuke_code_b::{APART, Field, Models, PrintReader, Seen, Vote};
use uketsuke_core::ports::Frame;

#[derive(Parser)]
struct Arguments {
    /// Folders with pictures and truth.json.
    #[arg(required = true)]
    folders: Vec<PathBuf>,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
    /// The day on which the cards were filmed.
    #[arg(long, default_value = "2026-12-01")]
    today: Date,
    /// Take so many pictures of each attempt at most.
    #[arg(long, default_value_t = usize::MAX)]
    frames: usize,
    /// Also print what each reader has of every picture.
    #[arg(long)]
    reads: bool,
}

#[derive(Deserialize)]
struct Truth {
    file: String,
    code_b: String,
    birth: (u16, u8, u8),
    expiry: (u16, u8, u8),
    code: String,
    #[serde(default)]
    card_width: f32,
}

#[derive(Serialize)]
struct Attempt<'a> {
    attempt: &'a str,
    card_width: f32,
    frames: usize,
    complete: usize,
    verdict: Verdict,
}

#[derive(Serialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    Right,
    Wrong,
    Nothing,
}

/// Totals, the last line.
#[derive(Serialize, Default)]
struct Totals {
    attempts: usize,
    right: usize,
    wrong: usize,
    frames: usize,
    /// Pictures of which both readers had all three values, and those of them where one was wrong.
    complete: usize,
    complete_wrong: usize,
    /// Values that both readers agreed on, over all pictures, and those that were wrong.
    agreed: usize,
    agreed_wrong: usize,
    ms_a_frame: f64,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(totals) if totals.wrong == 0 => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(1),
        Err(error) => {
            eprintln!("code_b: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<Totals, Box<dyn std::error::Error>> {
    let start = Instant::now();
    let models = Models::load(None)?;
    eprintln!("{} loaded in {} ms", models.title(), start.elapsed().as_millis());
    let mut reader = PrintReader::new(&models)?;
    let mut totals = Totals::default();
    let mut busy = Duration::ZERO;
    for folder in &arguments.folders {
        for (name, frames) in attempts(folder)? {
            let (mut vote, mut complete) = (Vote::default(), 0);
            let mut answer = None;
            for (n, truth) in frames.iter().take(arguments.frames).enumerate() {
                let frame = open(&folder.join(&truth.file))?;
                let begun = cpu_time();
                let seen = reader.read(&frame, arguments.today)?;
                busy += cpu_time().saturating_sub(begun);
                if arguments.reads {
                    report(truth, &seen);
                }
                complete += usize::from(count(truth, &seen, &mut totals));
                vote.add(APART * u32::try_from(n)?, &seen);
                answer = answer.or_else(|| vote.answer());
                totals.frames += 1;
            }
            let Some(truth) = frames.first() else { continue };
            let verdict = match answer {
                Some(print) if print.code_b.expose() == truth.code_b.as_bytes() => Verdict::Right,
                Some(_) => Verdict::Wrong,
                None => Verdict::Nothing,
            };
            totals.attempts += 1;
            totals.right += usize::from(verdict == Verdict::Right);
            totals.wrong += usize::from(verdict == Verdict::Wrong);
            let taken = frames.len().min(arguments.frames);
            let line = Attempt { attempt: &name, card_width: truth.card_width, frames: taken, complete, verdict };
            print(arguments.json, &line, |a| {
                let verdict = serde_json::to_string(&a.verdict).unwrap_or_default();
                format!(
                    "{:24} {:4.0} px {} of {} frames complete  {verdict}",
                    a.attempt, a.card_width, a.complete, a.frames
                )
            })?;
        }
    }
    totals.ms_a_frame = busy.as_secs_f64() * 1e3 / totals.frames.max(1) as f64;
    print(arguments.json, &totals, |t| {
        format!(
            "attempts {}, right {}, wrong {}, frames {} (complete {}, wrong {}; values agreed {}, wrong {}), {:.0} ms a frame",
            t.attempts,
            t.right,
            t.wrong,
            t.frames,
            t.complete,
            t.complete_wrong,
            t.agreed,
            t.agreed_wrong,
            t.ms_a_frame
        )
    })?;
    Ok(totals)
}

fn print<T: Serialize>(json: bool, value: &T, text: impl Fn(&T) -> String) -> Result<(), serde_json::Error> {
    if json {
        println!("{}", serde_json::to_string(value)?);
    } else {
        println!("{}", text(value));
    }
    Ok(())
}

/// Pictures of each attempt, by its name.
fn attempts(folder: &Path) -> Result<BTreeMap<String, Vec<Truth>>, Box<dyn std::error::Error>> {
    let list: Vec<Truth> = serde_json::from_slice(&std::fs::read(folder.join("truth.json"))?)?;
    let mut attempts = BTreeMap::<String, Vec<(usize, Truth)>>::new();
    for truth in list {
        let stem = truth.file.rsplit_once('.').map_or(&*truth.file, |(stem, _)| stem);
        let (attempt, n) = stem.rsplit_once('_').ok_or_else(|| format!("{} is not ATTEMPT_N", truth.file))?;
        attempts.entry(attempt.into()).or_default().push((n.parse()?, truth));
    }
    let sorted = attempts.into_iter().map(|(name, mut frames)| {
        frames.sort_by_key(|(n, _)| *n);
        (name, frames.into_iter().map(|(_, truth)| truth).collect())
    });
    Ok(sorted.collect())
}

fn open(path: &Path) -> Result<Frame, Box<dyn std::error::Error>> {
    let picture = image::open(path)?.into_rgb8();
    let (width, height) = picture.dimensions();
    Frame::new(width, height, picture.into_raw()).ok_or_else(|| "an empty picture".into())
}

/// Counts values that both readers have alike; true when all three are.
fn count(truth: &Truth, seen: &Seen, totals: &mut Totals) -> bool {
    let year = truth.code_b.get(..2).and_then(|year| year.parse::<u8>().ok());
    let birth = seen
        .birth
        .as_ref()
        .and_then(|f| same(f.own, f.second))
        .map(|b| (Some(b.year), b.month, b.day) == (year, truth.birth.1, truth.birth.2));
    let expiry =
        seen.expiry.as_ref().and_then(|f| same(f.own, f.second)).map(|e| (e.year, e.month, e.day) == truth.expiry);
    let code = seen.code.as_ref().and_then(|f| same(f.own, f.second)).map(|code| code == truth.code.as_bytes());
    let all = [birth, expiry, code];
    totals.agreed += all.iter().flatten().count();
    totals.agreed_wrong += all.iter().flatten().filter(|right| !**right).count();
    let complete = all.iter().all(Option::is_some);
    totals.complete += usize::from(complete);
    totals.complete_wrong += usize::from(complete && all.contains(&Some(false)));
    complete
}

fn same<T: PartialEq + Copy>(own: Option<(T, f32)>, second: Option<(T, f32)>) -> Option<T> {
    let ((a, own), (b, second)) = own.zip(second)?;
    (a == b && own >= 0.5 && second >= 0.8).then_some(a)
}

/// What the readers have of one picture, for comparing pipelines: value and how sure, as `models/code-b/lab/reference.py` prints it.
fn report(truth: &Truth, seen: &Seen) {
    fn field<T: Copy>(field: Option<&Field<T>>, value: impl Fn(T) -> serde_json::Value) -> serde_json::Value {
        let mut read = serde_json::Map::new();
        for (reader, has) in [("own", field.and_then(|f| f.own)), ("second", field.and_then(|f| f.second))] {
            if let Some((has, sure)) = has {
                read.insert(reader.into(), serde_json::json!([value(has), sure]));
            }
        }
        read.into()
    }
    let birth = field(seen.birth.as_ref(), |b| serde_json::json!([b.year, b.month, b.day, b.gregorian]));
    let expiry = field(seen.expiry.as_ref(), |e| serde_json::json!([e.year, e.month, e.day]));
    let code = field(seen.code.as_ref(), |code| String::from_utf8_lossy(&code).into());
    println!("{}", serde_json::json!({ "file": truth.file, "birth": birth, "expiry": expiry, "code": code }));
}

/// Time that this thread has worked: on a busy machine the clock on the wall says nothing.
fn cpu_time() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(text.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or_default())
}
