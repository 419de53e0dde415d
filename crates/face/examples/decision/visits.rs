//! Who comes with which card.

use std::path::{Path, PathBuf};

use crate::lab::{Stop, entries, own_name};

/// What a visit is to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Kind {
    /// The card's owner: should match
    Live,
    /// A printed photograph of the card's owner: must be refused
    Print,
    /// Somebody else than the card's owner: must be refused
    Stranger,
}

/// One clip against one card.
#[derive(Debug, Clone)]
pub struct Visit {
    pub kind: Kind,
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
        return Ok(vec![Visit { kind: Kind::Live, person: name, clip: folder.join("clip"), card: person }]);
    }
    if !folder.join("cards").is_dir() {
        let cause = format!("{} has neither portrait.jp2 nor cards", folder.display());
        return Err(Stop::new(cause, "give a folder of one person or of a set"));
    }
    let cards = entries(&folder.join("cards"))?;
    let (live, prints) = (clips(&folder.join("live"))?, clips(&folder.join("print"))?);
    let mut visits = Vec::new();
    for (person, clip) in &live {
        let visit =
            |kind, card: &PathBuf| Visit { kind, person: person.clone(), clip: clip.clone(), card: card.clone() };
        let own =
            cards.iter().filter(|card| owner(card).is_some_and(|(who, of)| who == *person && of == session(clip)));
        visits.extend(own.map(|card| visit(Kind::Live, card)));
        let others = cards.iter().filter(|card| owner(card).is_some_and(|(who, _)| who != *person));
        visits.extend(others.map(|card| visit(Kind::Stranger, card)));
    }
    for (person, clip) in prints {
        let own = cards.iter().find(|card| owner(card).is_some_and(|(who, _)| who == person));
        visits.extend(own.map(|card| Visit { kind: Kind::Print, person, clip, card: card.clone() }));
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

/// Every clip with its person.
fn clips(folder: &Path) -> Result<Vec<(String, PathBuf)>, Stop> {
    let mut clips = Vec::new();
    for person in entries(folder)? {
        clips.extend(entries(&person)?.into_iter().map(|clip| (own_name(&person), clip)));
    }
    Ok(clips)
}
