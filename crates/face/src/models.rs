//! The networks of a pack, read, checked and made ready once.

use uketsuke_nets::{Instructions, ModelError, Network};

use super::detect::ROUGH_SIDE;
use super::pack::{Entry, Input, Pack, Role};
use super::sample::Planes;

/// Kinds of operators and their milliseconds per run.
pub type OperatorTimes = Vec<(String, f64)>;

/// One recogniser: its network, what its input looks like, and its share in the score.
pub(super) struct Recogniser {
    pub(super) network: Network,
    pub(super) planes: Planes,
    pub(super) mean: f32,
    pub(super) scale: f32,
    pub(super) weight: f32,
}

/// All networks of the engine.
pub struct Models {
    pub(super) detect_coarse: Network,
    pub(super) detect_fine: Network,
    pub(super) detect_rough: Network,
    pub(super) recognisers: Vec<Recogniser>,
    pub(super) live_near: Network,
    pub(super) live_far: Network,
    pub(super) landmarks: Network,
}

impl Models {
    /// Reads, checks and prepares every network of `pack`. Takes about half a second.
    ///
    /// # Errors
    /// When a file cannot be read, is not the pinned one or is no network for its role.
    pub fn load(pack: &Pack) -> Result<Self, ModelError> {
        Self::load_with(pack, Instructions::best())
    }

    /// The same, with lesser instructions than the best that the machine has.
    ///
    /// # Errors
    /// The same.
    pub fn load_with(pack: &Pack, instructions: Instructions) -> Result<Self, ModelError> {
        let load = |entry: &Entry| entry.network(entry.more.input, instructions);
        let one = |role| pack.one(role).and_then(load);
        let total: f32 = pack.of(Role::Embed).map(|entry| entry.more.weight).sum();
        let recogniser = |entry: &Entry| {
            let Input { planes, mean, scale, weight, .. } = entry.more;
            Ok(Recogniser { network: load(entry)?, planes, mean, scale, weight: weight / total })
        };
        Ok(Self {
            detect_coarse: one(Role::DetectCoarse)?,
            detect_fine: one(Role::DetectFine)?,
            detect_rough: pack
                .one(Role::DetectFine)
                .and_then(|entry| entry.network([1, 3, ROUGH_SIDE, ROUGH_SIDE], instructions))?,
            recognisers: pack.of(Role::Embed).map(recogniser).collect::<Result<_, ModelError>>()?,
            live_near: one(Role::LiveNear)?,
            live_far: one(Role::LiveFar)?,
            landmarks: one(Role::Landmarks)?,
        })
    }

    fn networks(&self) -> impl Iterator<Item = (&'static str, &Network)> {
        let recognisers = self.recognisers.iter().map(|recogniser| (Role::Embed.name(), &recogniser.network));
        [
            (Role::DetectCoarse.name(), &self.detect_coarse),
            (Role::DetectFine.name(), &self.detect_fine),
            ("detect-rough", &self.detect_rough),
            (Role::LiveNear.name(), &self.live_near),
            (Role::LiveFar.name(), &self.live_far),
            (Role::Landmarks.name(), &self.landmarks),
        ]
        .into_iter()
        .chain(recognisers)
    }

    /// For each network the milliseconds by kind of operator, slowest first; for benches.
    ///
    /// # Errors
    /// When the network runtime fails.
    pub fn operators(&self, rounds: u32) -> Result<Vec<(&'static str, OperatorTimes)>, String> {
        let times =
            |(role, network): (_, &Network)| Ok((role, network.operators(rounds).map_err(|e| format!("{e:#}"))?));
        self.networks().map(times).collect()
    }
}

/// The numbers of every output of the network `entry` for the numbers of one input: for comparing runtimes.
///
/// # Errors
/// When the file is not usable, or the numbers are not as many as the network takes.
pub fn network_outputs(entry: &Entry, input: &[f32], instructions: Instructions) -> Result<Vec<Vec<f32>>, ModelError> {
    let network = entry.network(entry.more.input, instructions)?;
    network.outputs(input).map_err(|error| entry.not_loadable(format!("{error:#}")))
}
