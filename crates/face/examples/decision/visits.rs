//! Who comes with which card.

use std::path::{Path, PathBuf};

use crate::lab::{Outcome, Stop, entries, own_name};

/// What a visit is to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Kind {
    /// The card's owner: should match
    Live,
    /// A printed photograph of the card's owner: must be refused
    Print,
    /// An attack that was made from the card's owner's pictures: must be refused
    Made,
    /// Somebody else than the card's owner: must be refused
    Stranger,
}

/// One clip against one card.
#[derive(Debug, Clone)]
pub struct Visit {
    pub kind: Kind,
    /// What a made attack is, else empty.
    pub way: String,
    /// Who is seen.
    pub person: String,
    pub clip: PathBuf,
    pub card: PathBuf,
}

impl Visit {
    pub fn clip_name(&self) -> String {
        format!("{}/{}", self.person, own_name(&self.clip))
    }

    pub fn card_name(&self) -> String {
        self.card.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }
}

/// The visits that a folder of one person or of a set makes possible.
pub fn in_folder(folder: &Path) -> Result<Vec<Visit>, Stop> {
    let person = folder.join("portrait.jp2");
    if person.is_file() {
        let name = own_name(folder);
        let (kind, way) = (Kind::Live, String::new());
        return Ok(vec![Visit { kind, way, person: name, clip: folder.join("clip"), card: person }]);
    }
    if !folder.join("cards").is_dir() {
        let cause = format!("{} has neither portrait.jp2 nor cards", folder.display());
        return Err(Stop::new(cause, "give a folder of one person or of a set"));
    }
    let cards = entries(&folder.join("cards"))?;
    let mut visits = Vec::new();
    for (person, clip) in clips(&folder.join("live"))? {
        let visit = |kind, card: &PathBuf| Visit {
            kind,
            way: String::new(),
            person: person.clone(),
            clip: clip.clone(),
            card: card.clone(),
        };
        let own =
            cards.iter().filter(|card| owner(card).is_some_and(|(who, of)| who == person && of == session(&clip)));
        visits.extend(own.map(|card| visit(Kind::Live, card)));
        let others = cards.iter().filter(|card| owner(card).is_some_and(|(who, _)| who != person));
        visits.extend(others.map(|card| visit(Kind::Stranger, card)));
    }
    let mut attacks = |kind, way: &str, folder: &Path| {
        for (person, clip) in clips(folder)? {
            let own: Vec<_> =
                cards.iter().filter_map(|card| Some((card, owner(card).filter(|o| o.0 == person)?))).collect();
            let same = own.iter().find(|(_, (_, of))| *of == session(&clip));
            let visit = |card: &PathBuf| Visit { kind, way: way.into(), person, clip, card: card.clone() };
            visits.extend(same.or(own.first()).map(|(card, _)| visit(card)));
        }
        Outcome::Ok(())
    };
    attacks(Kind::Print, "", &folder.join("print"))?;
    for way in at(&folder.join("made"))? {
        attacks(Kind::Made, &own_name(&way), &way)?;
    }
    visits.sort_by_key(|visit| visit.kind);
    Ok(visits)
}

/// Person and session that a card is for.
fn owner(card: &Path) -> Option<(String, String)> {
    let name = card.file_stem()?.to_string_lossy().into_owned();
    name.split_once('_').map(|(person, session)| (person.to_owned(), session.to_owned()))
}

/// The number of a clip's session, before what else its folder says.
fn session(clip: &Path) -> String {
    own_name(clip).split('_').next().unwrap_or_default().to_owned()
}

/// What a folder holds that a set may have or not.
fn at(folder: &Path) -> Result<Vec<PathBuf>, Stop> {
    if folder.is_dir() { entries(folder) } else { Ok(Vec::new()) }
}

/// Every clip with its person.
fn clips(folder: &Path) -> Result<Vec<(String, PathBuf)>, Stop> {
    let mut clips = Vec::new();
    for person in at(folder)? {
        clips.extend(entries(&person)?.into_iter().map(|clip| (own_name(&person), clip)));
    }
    Ok(clips)
}
