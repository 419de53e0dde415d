//! The words of the page, in the two languages of staff.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use fluent_bundle::FluentValue;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::desk::board::{Reason, Told};
use crate::domain::failure::Failure;
use crate::domain::japan;
use crate::i18n::{Language, Words, readable};

/// The language of one visitor.
#[derive(Clone, Copy)]
pub struct Speech(Language);

impl Speech {
    /// What the browser asks for, as far as staff have it.
    pub fn asked(fields: &HeaderMap) -> Self {
        let asked = fields.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let first = asked.split(',').next().unwrap_or_default().trim();
        Self(if first.starts_with("en") { Language::En } else { Language::Ja })
    }

    /// The tag for `lang`.
    pub fn tag(self) -> &'static str {
        self.0.tag()
    }

    /// The text of a key.
    pub fn say(self, key: &str) -> String {
        readable(&Words::of(self.0).get(key))
    }

    /// The text of a key with values.
    pub fn with(self, key: &str, values: &[(&'static str, FluentValue<'_>)]) -> String {
        readable(&Words::of(self.0).with(key, values))
    }

    /// The text of a key that a kiosk named, if there is one; a kiosk may be of another version.
    pub fn maybe(self, key: &str) -> Option<String> {
        let plain = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        (plain && Words::of(self.0).has(key)).then(|| self.say(key))
    }

    /// A time of the day.
    pub fn clock(self, at: Timestamp) -> String {
        japan::civil(at).strftime("%H:%M").to_string()
    }

    /// A day.
    pub fn day(self, day: Date) -> String {
        self.with(
            "desk-day",
            &[("year", number(day.year())), ("month", number(day.month())), ("day", number(day.day()))],
        )
    }

    /// What a failure means and what staff do about it.
    pub fn failure(self, code: &str) -> Option<(String, String)> {
        let failure = Failure::ALL.iter().find(|failure| failure.code() == code)?;
        let slug = failure.slug();
        Some((self.say(&format!("failure-{slug}.title")), self.say(&format!("remedy-{slug}"))))
    }

    /// What some news say, and what to do.
    pub fn news(self, told: &Told) -> Option<[String; 2]> {
        let kind = told.kind()?;
        let values = |name: &&'static str| {
            let value = told.notice.values.get(*name).map(String::as_str).unwrap_or_default();
            (*name, FluentValue::from(value.to_owned()))
        };
        let values: Vec<_> = kind.values.iter().map(values).collect();
        let slug = kind.slug;
        Some([format!("staff-news-{slug}"), format!("staff-news-{slug}-do")].map(|key| self.with(&key, &values)))
    }

    /// The words the patient hears for a hint, to be said aloud.
    pub fn hint(self, hint: &str) -> Option<String> {
        self.maybe(&format!("hint-{}", kebab(hint)))
    }

    /// What a reason says, and what to do.
    pub fn reason(self, reason: &Reason) -> [String; 2] {
        let mut values: Vec<(&'static str, FluentValue<'_>)> = Vec::new();
        match reason {
            Reason::Grace(day) | Reason::CertificateEnds(day) | Reason::InsuranceEnds(day) => {
                values.push(("day", FluentValue::from(self.day(*day))));
            }
            Reason::FileNotTaken(minutes) => values.push(("minutes", FluentValue::from(*minutes))),
            Reason::LostSigns(signs) => values.push(("signs", FluentValue::from(signs.join(" ")))),
            Reason::ConsentsUnanswered(count) => values.push(("count", FluentValue::from(*count))),
            Reason::NotConfirmed(validity) => {
                let said = self.maybe(&format!("desk-validity-{validity}")).unwrap_or_else(|| validity.clone());
                values.push(("validity", FluentValue::from(said)));
            }
            Reason::NotReceived(code) => {
                let said = code.as_deref().and_then(|code| self.failure(code));
                let [title, remedy] =
                    said.map_or([self.say("desk-ended-early"), self.say("desk-ended-early-do")], <[_; 2]>::from);
                return [title, remedy];
            }
            Reason::FileGivenUp | Reason::FileWaits | Reason::RegisteredNow => {}
        }
        let slug = reason.slug();
        [format!("desk-reason-{slug}"), format!("desk-reason-{slug}-do")].map(|key| self.with(&key, &values))
    }
}

fn number(value: impl Into<i64>) -> FluentValue<'static> {
    // Without separators between thousands.
    FluentValue::from(value.into().to_string())
}

/// `tooDark` as `too-dark`.
pub fn kebab(camel: &str) -> String {
    let mut out = String::new();
    for c in camel.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}
