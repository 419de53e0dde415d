//! Everybody in one TOML file, people and their insurances: the built-in file, or one named with `--people`.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;

use super::insurance::{Insurance, insurer_number_holds};
use super::person::Person;
use super::{PeopleError, person};

const BUILT_IN: &str = include_str!("../../assets/people/people.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    person: Vec<Person>,
    #[serde(default)]
    insurance: Vec<Insurance>,
}

/// The people of one file and what their insurers know of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct People {
    people: Vec<Person>,
    insurances: Vec<Insurance>,
}

impl People {
    /// The eight built-in people.
    ///
    /// # Errors
    /// When the compiled-in facts are not valid.
    pub fn built_in() -> Result<Self, PeopleError> {
        Self::parse(BUILT_IN, Path::new(""))
    }

    /// The people of that file; portraits are looked for beside it.
    ///
    /// # Errors
    /// When it cannot be read, or a fact in it is wrong.
    pub fn load(file: &Path) -> Result<Self, PeopleError> {
        let text = std::fs::read_to_string(file).map_err(|error| PeopleError::Read(file.to_owned(), error))?;
        Self::parse(&text, file.parent().unwrap_or(Path::new("")))
    }

    /// Those of `file`, or the built-in ones without it.
    ///
    /// # Errors
    /// As [`People::load`] and [`People::built_in`].
    pub fn of(file: Option<&Path>) -> Result<Self, PeopleError> {
        file.map_or_else(Self::built_in, Self::load)
    }

    fn parse(text: &str, beside: &Path) -> Result<Self, PeopleError> {
        let facts: Facts = toml::from_str(text)?;
        let mut people = Vec::with_capacity(facts.person.len());
        for mut person in facts.person {
            person.own_portrait = person.portrait.as_deref().map(|file| portrait(&beside.join(file))).transpose()?;
            people.push(person.checked()?);
        }
        let known = Self { people, insurances: facts.insurance };
        known.each_once()?;
        Ok(known)
    }

    /// Ids and keys tell people apart, and an insurance is somebody's.
    fn each_once(&self) -> Result<(), PeopleError> {
        let wrong = |person: &str, what| PeopleError::Fact { person: person.to_owned(), what };
        let (mut ids, mut keys) = (BTreeSet::new(), BTreeSet::new());
        for person in &self.people {
            if !ids.insert(person.id.as_str()) {
                return Err(wrong(&person.id, "there are two of that id"));
            }
            if !keys.insert(person.model()) {
                return Err(wrong(&person.id, "another person has the same keys: name another one with `like`"));
            }
        }
        for insurance in &self.insurances {
            if !ids.contains(insurance.person.as_str()) {
                return Err(wrong(&insurance.person, "an insurance of nobody"));
            }
            if !insurer_number_holds(&insurance.insurer_number) {
                return Err(wrong(&insurance.person, "insurer_number has a wrong check digit"));
            }
        }
        Ok(())
    }

    /// Everybody, in the order of the file.
    pub fn all(&self) -> &[Person] {
        &self.people
    }

    /// Every insurance, in the order of the file.
    pub fn insurances(&self) -> &[Insurance] {
        &self.insurances
    }

    /// The person of that id.
    ///
    /// # Errors
    /// When there is none.
    pub fn by_id(&self, id: &str) -> Result<&Person, PeopleError> {
        self.people.iter().find(|person| person.id == id).ok_or_else(|| PeopleError::Unknown(id.to_owned()))
    }
}

fn portrait(file: &Path) -> Result<std::sync::Arc<[u8]>, PeopleError> {
    let bytes = std::fs::read(file).map_err(|error| PeopleError::Read(file.to_owned(), error))?;
    Ok(bytes.into())
}

/// Everybody built in, in the order of their ids.
///
/// # Errors
/// When the compiled-in facts are not valid.
pub fn all() -> Result<Vec<person::Person>, PeopleError> {
    Ok(People::built_in()?.people)
}

/// The built-in person of that id.
///
/// # Errors
/// When there is none, or the compiled-in facts are not valid.
pub fn by_id(id: &str) -> Result<person::Person, PeopleError> {
    People::built_in()?.by_id(id).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with `text` beside a portrait, and what comes of loading it.
    fn loaded(text: &str) -> Result<People, String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("face.jp2"), by_id("p02").unwrap().portrait()).unwrap();
        let file = folder.path().join("people.toml");
        std::fs::write(&file, text).unwrap();
        People::load(&file).map_err(|error| error.to_string())
    }

    fn one(id: &str, more: &str) -> String {
        format!(
            "[[person]]\nid = \"{id}\"\n{more}\nname = \"見本　太郎\"\nkana = \"ミホン　タロウ\"\nbirth = \"1990-01-02\"\n\
             sex = \"male\"\npostal_code = \"1000000\"\naddress = \"見本市\"\nmunicipality = \"99131\"\npin = \"4321\"\n\
             security_code = \"1111\"\ncard_until = \"2033-01-02\"\nserial = \"100000000000099\"\n"
        )
    }

    #[test]
    fn a_site_brings_its_own_people_in_one_file() {
        let insured = "[[insurance]]\nperson = \"taro\"\ncard_classification = \"01\"\ninsurer_number = \"01999911\"\n\
                       insurer_name = \"見本\"\nnumber = \"1\"\nrelationship = \"self\"\nqualified_on = \"2024-04-01\"\n";
        let people = loaded(&(one("taro", "like = \"p03\"\nportrait = \"face.jp2\"") + insured)).unwrap();
        let taro = people.by_id("taro").unwrap();
        assert_eq!(taro.model(), "p03");
        assert!(taro.portrait() == by_id("p02").unwrap().portrait());
        assert_eq!(people.insurances().len(), 1);
        assert!(matches!(people.by_id("p01"), Err(PeopleError::Unknown(_))));
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, wanted) in [
            (one("taro", ""), "like"),
            (one("Taro 1", "like = \"p03\""), "a-z"),
            (one("p01", "") + &one("p01", ""), "two of that id"),
            (one("p01", "") + &one("taro", "like = \"p01\""), "same keys"),
            (one("taro", "like = \"p03\"\nportrait = \"nobody.jp2\""), "nobody.jp2"),
            (one("p01", "colour = \"red\""), "colour"),
            (one("p08", "signing_password = \"TEST08\""), "signing key"),
        ] {
            let error = loaded(&text).unwrap_err();
            assert!(error.contains(wanted), "{error}");
        }
    }
}
