//! Decisions on a clock of pictures: the attempt that the engine runs, on every frame that a camera of this rate and a machine
//! of this speed would show it, whatever this machine does besides. One attempt is judged against every card at once:
//! nothing else in it depends on the card.

use std::sync::Arc;
use std::time::Duration;

use uketsuke_core::domain::face::{Evidence, Hint, Rule, Signs, judge};
use uketsuke_core::ports::Frame;
use uketsuke_face::turn::Side;
use uketsuke_face::{Analyzer, Attempt, Embedding};

use crate::lab::{ModelsArg, Stop, embed_file, network_failed, no_face};

use super::clip::Clip;
use super::visits::Visit;
use super::{Ended, Try, cpu_time};

/// Replays clips with the templates of all cards.
pub struct Replay {
    analyzer: Analyzer,
    rule: Rule,
    rate: u32,
    /// How long a frame is worked on.
    frame_time: Duration,
    tries: u8,
    /// Templates of the cards seen so far.
    templates: Vec<(std::path::PathBuf, Embedding)>,
}

/// How one card fares in one try.
struct Course {
    template: Embedding,
    end: Option<(Evidence, Signs, Duration)>,
}

impl Replay {
    pub fn new(models: &ModelsArg, threads: u8, (rate, frame_time): (u32, Duration), tries: u8) -> Result<Self, Stop> {
        let analyzer = Analyzer::with_threads(&models.load()?, usize::from(threads)).map_err(network_failed)?;
        let rule = models.pack()?.rule(Rule::default());
        Ok(Self { analyzer, rule, rate, frame_time, tries, templates: Vec::new() })
    }

    /// All visits of one clip.
    pub fn visits(&mut self, visits: &[Visit]) -> Result<Vec<Ended>, Stop> {
        let Some(first) = visits.first() else { return Ok(Vec::new()) };
        let frames = Clip::read(&first.clip)?.frames()?;
        let mut ended: Vec<_> =
            visits.iter().map(|visit| Ended { visit: visit.clone(), tries: Vec::new(), replayed: true }).collect();
        for number in 0..self.tries {
            let open: Vec<&mut Ended> = ended.iter_mut().filter(|one| !one.matched()).collect();
            if open.is_empty() {
                break;
            }
            let cards = open.iter().map(|one| self.template(&one.visit)).collect::<Result<Vec<_>, _>>()?;
            for (one, tried) in open.into_iter().zip(self.attempt(&frames, number, cards)?) {
                one.tries.push(tried);
            }
        }
        Ok(ended)
    }

    fn template(&mut self, visit: &Visit) -> Result<Embedding, Stop> {
        if let Some((_, known)) = self.templates.iter().find(|(card, _)| *card == visit.card) {
            return Ok(known.clone());
        }
        let made = embed_file(&mut self.analyzer, &visit.card)?.ok_or_else(|| no_face(&visit.card))?;
        self.templates.push((visit.card.clone(), made.clone()));
        Ok(made)
    }

    fn attempt(&mut self, frames: &[Arc<Frame>], number: u8, cards: Vec<Embedding>) -> Result<Vec<Try>, Stop> {
        let side = if number.is_multiple_of(2) { Side::Left } else { Side::Right };
        let mut attempt = Attempt::new(self.rule, self.analyzer.empty_embedding(), side, &self.analyzer);
        let mut courses: Vec<_> = cards.into_iter().map(|template| Course { template, end: None }).collect();
        let mut words = None;
        let mut now = Duration::ZERO;
        let spent = cpu_time();
        while now < self.rule.budget && courses.iter().any(|course| course.end.is_none()) {
            // The newest frame at this time; a machine that is quicker than the camera waits for the next.
            let newest = (now.as_secs_f64() * f64::from(self.rate) + 1e-6) as usize;
            let Some(frame) = super::clip::nth(frames, number, newest) else { break };
            let told = now + self.frame_time;
            let step = attempt.step(&mut self.analyzer, frame, now.as_millis() as u64).map_err(network_failed)?;
            if step.hint.is_some_and(|hint| hint != Hint::KeepLooking) {
                words.get_or_insert(told);
            }
            for course in courses.iter_mut().filter(|course| course.end.is_none()) {
                let outcome = attempt.outcome(&course.template, now.as_millis() as u64);
                course.end = outcome.map(|evidence| (evidence, attempt.signs(), told));
            }
            let next = Duration::from_secs_f64((newest + 1) as f64 / f64::from(self.rate));
            now = next.max(told);
        }
        let cpu = cpu_time().zip(spent).map(|(now, then)| now.saturating_sub(then));
        Ok(courses
            .into_iter()
            .map(|course| {
                let (evidence, signs, took) = course.end.unwrap_or((attempt.evidence(), attempt.signs(), now));
                let words = words.filter(|words| *words < took);
                Try { judgement: judge(&evidence, &self.rule), took, cpu, signs: Some(signs), words }
            })
            .collect())
    }
}
