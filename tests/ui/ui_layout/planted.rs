//! Each detector finds the fault it is for, planted here, and says nothing of the same thing done right.

use iced::Length;
use iced::widget::{column, container, row, space, stack};
use uketsuke::i18n::Language;
use uketsuke::ui::headless::Shot;
use uketsuke::ui::look::Look;
use uketsuke::ui::message::{Element, Message};
use uketsuke::ui::metrics::Role;
use uketsuke::ui::widget::button::{Weight, face};
use uketsuke::ui::widget::pressable::{Pressable, Target};

use super::faults;
use super::survey::Survey;
use super::words::{Texts, untranslated};

fn shot() -> Shot {
    Shot::new((1080, 1920), Language::En)
}

fn survey(build: impl FnOnce(Look) -> Element) -> (Survey, uketsuke::ui::metrics::Metrics) {
    let look = shot().look();
    (Survey::of_element(build(look), shot()), look.metrics)
}

fn key(id: &'static str, mm: f32, look: Look) -> Pressable {
    let content = look.text(Role::Digit, "1");
    let key = Pressable::new(id, face(Weight::Quiet, true, look), content, Some(Message::Digit(1)));
    key.target(Target::Key).size(look.mm(mm), look.mm(mm), 0.0)
}

#[test]
fn a_key_of_nineteen_millimetres() {
    let (bad, metrics) = survey(|look| key("key-1", 19.0, look).into());
    assert!(faults::small(&bad, &metrics).concat().contains("must be 22"));
    let (good, metrics) = survey(|look| key("key-1", 22.0, look).into());
    assert!(faults::all(&good, &metrics).is_empty(), "{:?}", faults::all(&good, &metrics));
}

#[test]
fn keys_three_millimetres_apart() {
    let two =
        |gap: f32| survey(move |look| row![key("a", 22.0, look), key("b", 22.0, look)].spacing(look.mm(gap)).into());
    let (bad, metrics) = two(3.0);
    assert!(faults::close(&bad, &metrics).concat().contains("a and b"));
    let (good, metrics) = two(4.0);
    assert!(faults::close(&good, &metrics).is_empty());
}

#[test]
fn a_cut_line() {
    let text = "two lines of text that need their room";
    let boxed = |height: f32| {
        survey(move |look| {
            let label = look.text(Role::Body, text).width(Length::Fill);
            container(label).width(look.mm(60.0)).height(look.mm(height)).into()
        })
    };
    assert!(faults::cut(&boxed(8.0).0).concat().contains("needs"));
    assert!(faults::cut(&boxed(40.0).0).is_empty());
}

#[test]
fn a_label_that_touches_its_border() {
    let button = |padding: f32| {
        survey(move |look| {
            let content = look.text(Role::Body, "Language").width(Length::Shrink);
            let button = Pressable::new("tool", face(Weight::Quiet, true, look), content, None);
            button.size(Length::Shrink, look.mm(20.0), 0.0).padding(look.mm(padding)).into()
        })
    };
    let (bad, metrics) = button(0.2);
    assert!(faults::tight(&bad, &metrics).concat().contains("from the border of tool"));
    let (good, metrics) = button(0.8);
    assert!(faults::tight(&good, &metrics).is_empty(), "{:?}", faults::tight(&good, &metrics));
}

#[test]
fn a_word_that_is_broken_or_leaves_its_button() {
    let (bad, _) = survey(|look| container(look.text(Role::Body, "Qualifikationsprüfung")).width(look.mm(30.0)).into());
    assert!(faults::cut(&bad).concat().contains("a line breaks inside"));
    let (bad, _) = survey(|look| {
        let content =
            column![look.text(Role::Title, "one"), look.text(Role::Title, "two"), look.text(Role::Title, "three")];
        Pressable::new("low", face(Weight::Quiet, true, look), content, None).size(400.0, look.mm(20.0), 0.0).into()
    });
    assert!(faults::cut(&bad).concat().contains("needs"), "{:?}", faults::cut(&bad));
}

#[test]
fn a_text_outside_the_panel() {
    // Layout never gives a widget more than the panel: the text is moved out afterwards.
    let (mut survey, metrics) = survey(|look| look.text(Role::Body, "some words").into());
    assert!(faults::outside(&survey, &metrics).is_empty());
    survey.texts.iter_mut().for_each(|text| text.bounds.x = 1000.0);
    assert!(faults::outside(&survey, &metrics).concat().contains("some words is outside"));
}

#[test]
fn a_text_over_another() {
    let (bad, _) = survey(|look| stack![look.text(Role::Body, "below"), look.text(Role::Body, "above")].into());
    assert!(faults::overlapping(&bad).concat().contains("lies over"));
    let (good, _) = survey(|look| column![look.text(Role::Body, "below"), look.text(Role::Body, "above")].into());
    assert!(faults::overlapping(&good).is_empty());
}

#[test]
fn a_character_without_a_glyph() {
    for text in ["\u{E123}", "a\u{10FFFD}b", "⟦no-such-key⟧"] {
        let (bad, _) = survey(|look| look.text(Role::Body, text).into());
        assert!(!faults::missing(&bad).is_empty(), "{text:?}");
    }
}

#[test]
fn a_text_too_small_to_read() {
    let of = |mm: f32| survey(move |look| look.text(Role::Body, "small print").size(look.mm(mm)).into());
    assert!(faults::tiny(&of(3.0).0, &of(3.0).1).concat().contains("mm small"));
    assert!(faults::tiny(&of(4.0).0, &of(4.0).1).is_empty());
}

#[test]
fn a_text_that_shrank() {
    let room = |mm: f32| {
        survey(move |look| {
            let build = |look: Look| look.text(Role::Title, "Put your card on the card reader and wait").into();
            let fitted = uketsuke::ui::widget::fit(look, iced::alignment::Vertical::Top, build);
            container(fitted).width(look.mm(70.0)).height(look.mm(mm)).into()
        })
    };
    assert!(faults::shrunk(&room(35.0).0, 1.0).concat().contains("shrinks"));
    assert!(faults::shrunk(&room(90.0).0, 1.0).is_empty());
}

#[test]
fn something_out_of_reach() {
    let (bad, metrics) = survey(|look| key("up", 22.0, look).into());
    assert!(!faults::high(&bad, &metrics).is_empty());
    let (good, metrics) = survey(|look| column![space().height(1000.0), key("low", 22.0, look)].into());
    assert!(faults::high(&good, &metrics).is_empty());
}

#[test]
fn words_of_another_language() {
    let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect::<Texts>();
    let (ja, en) = (texts(&["職員を呼ぶ"]), texts(&["Call staff"]));
    let find = |text: &str, tag: &str| untranslated(&texts(&[text]), tag, &ja, &en);
    for tag in ["ja", "ja-simple", "zh-Hans", "vi", "ko", "pt-BR", "fil", "ne", "id"] {
        assert!(!find("Call staff", tag).is_empty(), "English in {tag}");
    }
    for tag in ["en", "zh-Hans", "vi", "ko", "pt-BR", "fil", "ne", "id"] {
        assert!(!find("職員を呼ぶ", tag).is_empty(), "Japanese in {tag}");
        assert!(!find("カードを置いて", tag).is_empty(), "kana in {tag}");
    }
    assert!(!find("Some hard-coded words", "ko").is_empty() && !find("Some hard-coded words", "ja").is_empty());
    assert!(find("직원을 부르기", "ko").is_empty() && find("Chamar funcionário", "pt-BR").is_empty());
    assert!(find("1234", "ne").is_empty() && find("Call staff", "en").is_empty());
}
