//! Keyboards that nobody types on, and hands that mean nothing: whatever comes at whatever screen, no try is spent,
//! nothing is confirmed, and the visit goes on where it stood.

use std::time::{Duration, Instant};

use iced::Event;
use iced::keyboard::key::{Code, Named, Physical};
use iced::keyboard::{Event as Keyboard, Key, Location, Modifiers};
use uketsuke::adapters::card::virtual_card::Fault;
use uketsuke::adapters::fake::STAFF_CODE;
use uketsuke::domain::staff::CodeEntry;
use uketsuke::domain::staff_news::StaffNews;
use uketsuke::runtime::Screen;
use uketsuke::runtime::view::EnterStaffCode;
use uketsuke::ui::app::GUARD;
use uketsuke::ui::pace::TOGETHER;

use super::Panel;
use super::kiosk::{Kiosk, PATIENCE, ms};
use crate::finger;

on_both_panels!(
    four_scans,
    a_code_with_stars_and_signs,
    a_link_and_a_tab,
    a_code_all_at_once,
    a_code_as_long_as_a_pin,
    two_keys_at_once,
    fingers_by_the_handful,
    enter_again_and_again,
    enter_held_down,
    a_slow_machine,
    escape_again_and_again,
    keys_before_the_last_try,
    a_machine_at_the_staff_code,
);

/// One key that goes down.
pub fn down(key: Key, code: Code, modifiers: Modifiers, repeat: bool) -> Event {
    Event::Keyboard(Keyboard::KeyPressed {
        modified_key: key.clone(),
        key,
        physical_key: Physical::Code(code),
        location: Location::Standard,
        modifiers,
        text: None,
        repeat,
    })
}

pub fn plain(key: Key) -> Event {
    down(key, Code::Fn, Modifiers::empty(), false)
}

pub fn named(name: Named) -> Event {
    plain(Key::Named(name))
}

/// What a reader of codes types.
fn scanned(code: &str) -> Vec<Event> {
    let key = |sign| match sign {
        '\n' => Key::Named(Named::Enter),
        '\t' => Key::Named(Named::Tab),
        sign => Key::Character(sign.to_string().into()),
    };
    code.chars().map(|sign| plain(key(sign))).collect()
}

impl Kiosk {
    /// A new screen is no longer deaf.
    fn listens(&mut self) {
        while std::mem::take(&mut self.deaf) {
            self.clock.advance(GUARD);
            while self.shows_next(Instant::now()) {}
        }
    }

    /// All of them between two pictures of the window, so long apart; then nothing for a second.
    pub fn burst(&mut self, events: Vec<Event>, apart: Duration) {
        self.listens();
        let mut window = finger::window(&self.app, self.size);
        for event in events {
            let _ = window.simulate([event]);
            self.clock.advance(apart);
        }
        self.clock.advance(TOGETHER);
        finger::redraw(&mut window);
        let messages: Vec<_> = window.into_messages().collect();
        messages.into_iter().for_each(|message| drop(self.app.update(message)));
        self.clock.advance(ms(1_000));
    }

    /// One after the other, each looked at before the next.
    pub fn one_by_one(&mut self, events: Vec<Event>, apart: Duration) {
        self.listens();
        for event in events {
            let mut window = finger::window(&self.app, self.size);
            let _ = window.simulate([event]);
            self.clock.advance(TOGETHER);
            finger::redraw(&mut window);
            let messages: Vec<_> = window.into_messages().collect();
            messages.into_iter().for_each(|message| drop(self.app.update(message)));
            self.clock.advance(apart.saturating_sub(TOGETHER));
        }
    }

    pub fn machines(&self) -> usize {
        self.desk.news().into_iter().filter(|news| *news == StaffNews::MachineTyped).count()
    }

    /// To the keypad of the PIN with such a card.
    pub fn is_at_the_pin(&mut self, faults: &[Fault]) {
        self.comes_to("idle");
        self.place_card_with(faults);
        self.comes_to("choose_method");
        self.touch("choose-pin");
    }
}

/// A whole visit, with `act` on its screens; what it did must be nothing. On how many screens it was played.
pub fn endures(panel: Panel, machine: bool, firm_only: bool, act: impl Fn(&mut Kiosk)) {
    let mut kiosk: Kiosk = panel.into();
    let mut played = 0;
    let mut act = |kiosk: &mut Kiosk| {
        let before = kiosk.screen();
        act(kiosk);
        played += 1;
        assert_eq!(kiosk.screen(), before);
        assert_eq!(kiosk.has("keypad-machine"), machine && before == "enter_pin", "{}", kiosk.place());
    };
    kiosk.comes_to("idle");
    if !firm_only {
        act(&mut kiosk);
    }
    kiosk.touch("start");
    kiosk.comes_to("place_card");
    if !firm_only {
        act(&mut kiosk);
    }
    kiosk.place_card();
    kiosk.comes_to("choose_method");
    if !firm_only {
        act(&mut kiosk);
    }
    kiosk.touch("choose-pin");
    kiosk.comes_to("enter_pin");
    act(&mut kiosk);
    kiosk.types("12");
    assert!(!kiosk.has("keypad-machine"), "the note ends with the next digit of a hand");
    act(&mut kiosk);
    if !machine {
        kiosk.touch("key-clear");
    }
    kiosk.typed(0);
    kiosk.types("1234");
    assert_eq!(kiosk.pins_sent(), 0, "a try was spent");
    kiosk.touch("key-confirm");
    kiosk.comes_to("confirm_name");
    act(&mut kiosk);
    kiosk.touch("continue");
    kiosk.comes_to("consenting");
    act(&mut kiosk);
    assert_eq!(kiosk.delivered().len(), 0);
    kiosk.consents("consent-give");
    assert_eq!((kiosk.pins_sent(), kiosk.delivered().len()), (1, 1));
    assert_eq!(kiosk.machines() > 0, machine);
    println!("{played} flows");
}

/// What was seen to lock a card: four times a code of a box, some seconds apart, each with Enter.
fn four_scans(panel: Panel) {
    endures(panel, true, false, |kiosk| {
        for _ in 0..4 {
            kiosk.burst(scanned("4901234567894\n"), ms(4));
            kiosk.clock.advance(ms(3_500));
        }
    });
}

fn a_code_with_stars_and_signs(panel: Panel) {
    endures(panel, true, false, |kiosk| kiosk.burst(scanned("*KARTE-0012+/.*\n"), ms(10)));
}

fn a_link_and_a_tab(panel: Panel) {
    endures(panel, true, false, |kiosk| kiosk.burst(scanned("https://example.jp/?q=1234\t\n"), ms(1)));
}

fn a_code_all_at_once(panel: Panel) {
    endures(panel, true, false, |kiosk| kiosk.burst(scanned("1234\n1234\n1234\n"), ms(0)));
}

fn a_code_as_long_as_a_pin(panel: Panel) {
    endures(panel, true, false, |kiosk| kiosk.burst(scanned("1234\n"), ms(33)));
}

fn two_keys_at_once(panel: Panel) {
    endures(panel, false, false, |kiosk| {
        kiosk.burst(scanned("45"), ms(6));
        kiosk.burst(scanned("8\n"), ms(0));
        kiosk.burst(scanned("*\n"), ms(20));
    });
}

/// A palm, and a panel that bounces.
fn fingers_by_the_handful(panel: Panel) {
    endures(panel, false, false, |kiosk| {
        let at = |x: f32| iced::Point::new(kiosk.size.width * x, 4.0);
        let palm = (1..=5).map(|finger| finger::press(finger, at(0.1 * finger as f32)));
        let off = (1..=5).map(|finger| finger::lift(finger, at(0.1 * finger as f32)));
        kiosk.burst(palm.chain(off).collect(), ms(1));
    });
}

fn enter_again_and_again(panel: Panel) {
    endures(panel, false, true, |kiosk| kiosk.one_by_one(vec![named(Named::Enter); 12], ms(90)));
}

fn enter_held_down(panel: Panel) {
    endures(panel, false, true, |kiosk| {
        let held = |repeat| down(Key::Named(Named::Enter), Code::Enter, Modifiers::empty(), repeat);
        kiosk.burst([false].into_iter().chain([true; 60]).map(held).collect(), ms(30));
    });
}

/// A reader that waits between the signs types like a hand until the field is full; more shows it.
fn a_slow_machine(panel: Panel) {
    let mut kiosk: Kiosk = panel.into();
    kiosk.is_at_the_pin(&[]);
    kiosk.comes_to("enter_pin");
    for (count, digit) in (1..=4).zip(scanned("4901")) {
        kiosk.one_by_one(vec![digit], ms(100));
        kiosk.typed(count);
    }
    kiosk.one_by_one(scanned("234567894\n"), ms(100));
    kiosk.typed(0);
    kiosk.says("keypad-machine", &[]);
    kiosk.clock.advance(ms(1_000));
    kiosk.types("1234");
    assert_eq!((kiosk.pins_sent(), kiosk.machines()), (0, 1));
}

fn escape_again_and_again(panel: Panel) {
    let mut kiosk: Kiosk = panel.into();
    kiosk.is_at_the_pin(&[]);
    kiosk.comes_to("enter_pin");
    kiosk.types("1234");
    kiosk.one_by_one(vec![named(Named::Escape); 12], ms(90));
    let until = Instant::now() + PATIENCE;
    while kiosk.screen() != "card_left" {
        assert!(kiosk.shows_next(until), "the visit does not end {}", kiosk.place());
    }
    assert_eq!((kiosk.pins_sent(), kiosk.delivered().len()), (0, 0));
}

/// One more wrong entry would lock the card: keys alone lead to staff.
fn keys_before_the_last_try(panel: Panel) {
    let mut kiosk: Kiosk = panel.into();
    kiosk.is_at_the_pin(&[Fault::PinTries(1)]);
    kiosk.comes_to("pin_last_try");
    kiosk.clock.advance(ms(1_000));
    kiosk.burst(scanned("1234\n"), ms(4));
    kiosk.burst(scanned("1234\n"), ms(4));
    assert_eq!(kiosk.screen(), "pin_last_try");
    kiosk.one_by_one(vec![named(Named::Enter); 5], ms(90));
    kiosk.comes_to("call_staff");
    assert_eq!(kiosk.pins_sent(), 0);
}

fn a_machine_at_the_staff_code(panel: Panel) {
    let mut kiosk = panel.at_site(None, |settings| settings.staff_codes = true);
    kiosk.comes_to("idle");
    kiosk.place_card();
    kiosk.comes_to("choose_method");
    kiosk.touch("call-staff");
    kiosk.comes_to("call_staff");
    kiosk.touch("staff-here");
    kiosk.comes_to("enter_staff_code");
    kiosk.clock.advance(ms(1_000));
    for _ in 0..6 {
        kiosk.burst(scanned("123456\n"), ms(4));
        kiosk.says("keypad-machine", &[]);
    }
    let code: String = STAFF_CODE.iter().map(|digit| char::from(*digit)).collect();
    kiosk.types(&code);
    let open =
        |screen: &Screen| matches!(screen, Screen::EnterStaffCode(EnterStaffCode { entry: CodeEntry::Open, .. }));
    assert!(open(&kiosk.view_of_the_window().screen), "six codes of a machine are no wrong codes");
    kiosk.touch("key-confirm");
    kiosk.comes_to("staff_panel");
    kiosk.touch("staff-panel-by-eye");
    kiosk.comes_to("visual_check");
    kiosk.clock.advance(ms(1_000));
    kiosk.one_by_one(vec![named(Named::Enter); 5], ms(90));
    kiosk.burst(scanned("1234\n"), ms(4));
    assert_eq!((kiosk.screen(), kiosk.machines()), ("visual_check", 1), "once a minute");
    kiosk.touch("visual-not-same");
    kiosk.comes_to("fallback");
}
