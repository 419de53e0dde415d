//! How visits end, and what may come after or in between: cards left behind, silence, files, a reader that goes.

use uketsuke::adapters::fake::{HandoffRequest, Play, QualificationRequest};
use uketsuke::domain::consent::ConsentAnswer;
use uketsuke::domain::failure::Failure;
use uketsuke::domain::session::StaffReason;
use uketsuke::ports::{AuditEvent, Delivery};
use uketsuke::runtime::Screen;
use uketsuke::runtime::view::{AlreadyReceived, CallStaff, CardLeft, OutOfOrder, Stopped};

use super::kiosk::ms;
use super::{Kiosk, Panel, name};

flows!(
    the_card_is_left_behind,
    nobody_answers_the_consent,
    received_today_and_left_as_it_is,
    received_today_and_the_card_is_taken,
    the_reader_goes_in_the_middle,
    the_reader_goes_while_nobody_is_there,
    the_file_has_to_wait,
    the_file_cannot_be_written,
    the_consents_cannot_be_saved,
);

impl Kiosk {
    fn staff_calls(&self) -> usize {
        self.noted().iter().filter(|event| **event == AuditEvent::StaffCalled).count()
    }

    /// Waits for so many alarms, or more where this machine is slow.
    fn hears_alarms(&mut self, wanted: u8) {
        let rung = move |screen: &Screen| matches!(screen, Screen::CardLeft(CardLeft { alarms }) if *alarms >= wanted);
        self.comes_to_one("card_left", &format!("alarm {wanted}"), rung);
        self.says("done-take", &[]);
        self.says_nothing_of(&name());
    }

    fn is_out_of_order(&mut self) {
        let closed = Screen::OutOfOrder(OutOfOrder { failure: Failure::ReaderGone });
        self.comes_to_one("out_of_order", "no reader", move |screen| *screen == closed);
        self.says("out-title", &[]);
        self.says("out-text", &[]);
        assert!(!self.can_press("start") && !self.can_press("call-staff"));
    }

    fn a_whole_visit(&mut self) {
        self.begins();
        self.identifies_by_pin();
        self.consents("consent-give");
        assert_eq!(self.delivered().len(), 1);
    }
}

fn the_card_is_left_behind(panel: Panel) {
    let mut kiosk =
        panel.at_site(None, |settings| (settings.timing.done, settings.timing.card_alarm) = (ms(300), ms(300)));
    kiosk.a_whole_visit();
    kiosk.hears_alarms(0);
    for alarm in 1..=3 {
        kiosk.hears_alarms(alarm);
        kiosk.says("done-left", &[]);
    }
    kiosk.says("staff-title", &[]);
    // Staff are called once, whatever comes after.
    kiosk.hears_alarms(5);
    assert_eq!(kiosk.staff_calls(), 1);
    kiosk.take_card();
    kiosk.comes_to("idle");
    kiosk.rests_after(1);
}

/// The name is confirmed, so the qualification counts; silence is neither yes nor no.
fn nobody_answers_the_consent(panel: Panel) {
    let mut kiosk = panel.at_site(None, |settings| {
        (settings.timing.idle, settings.timing.still_there) = (ms(6_000), ms(1_000));
    });
    kiosk.begins();
    kiosk.identifies_by_pin();
    kiosk.comes_to("still_there");
    kiosk.says("still-title", &[]);
    kiosk.says_nothing_of(&name());
    kiosk.comes_to("done");
    let answers = kiosk.answers_of_the_last_file();
    assert!(!answers.is_empty() && answers.iter().all(|a| *a == ConsentAnswer::NotAnswered), "{answers:?}");
    assert_eq!(kiosk.qualification.count(QualificationRequest::SaveConsents), 0);
    kiosk.take_card();
    kiosk.comes_to("idle");
    kiosk.rests_after(1);
}

impl Kiosk {
    /// The same card again on the same day.
    fn comes_again(&mut self) {
        self.a_whole_visit();
        self.take_card();
        self.comes_to("idle");
        self.place_card();
        self.comes_to("already_received");
        let Screen::AlreadyReceived(AlreadyReceived { at }) = self.view_of_the_window().screen else {
            panic!("received today")
        };
        let time = format!("{}:{:02}", at.hour(), at.minute());
        self.says("already-at", &[("time", time.into())]);
        self.says_nothing_of(&name());
    }
}

fn received_today_and_left_as_it_is(mut kiosk: Kiosk) {
    kiosk.comes_again();
    kiosk.touch("end");
    kiosk.leaves_the_card();
    kiosk.ends_after(1);
}

fn received_today_and_the_card_is_taken(mut kiosk: Kiosk) {
    kiosk.comes_again();
    kiosk.take_card();
    kiosk.comes_to("idle");
    kiosk.rests_after(2);
    assert_eq!(kiosk.delivered().len(), 1);
}

fn the_reader_goes_in_the_middle(mut kiosk: Kiosk) {
    kiosk.begins();
    kiosk.identifies_by_pin();
    kiosk.unplugs_the_reader();
    let gone = Screen::Stopped(Stopped { failure: Failure::ReaderGone, card: false });
    kiosk.comes_to_one("stopped", "no reader", move |screen| *screen == gone);
    kiosk.says("failure-reader-gone", &[]);
    kiosk.says_nothing_of(&name());
    kiosk.touch("back-to-start");
    kiosk.is_out_of_order();
    kiosk.rests_after(1);
    // The card still lies there and begins a new visit: nothing of the old one is left.
    kiosk.plugs_the_reader_in();
    kiosk.waits_for_the_words("choose-title");
    assert_eq!(kiosk.delivered().len(), 0);
    kiosk.identifies_by_pin();
    kiosk.consents("consent-give");
    kiosk.ends_after(1);
}

fn the_reader_goes_while_nobody_is_there(mut kiosk: Kiosk) {
    kiosk.comes_to("idle");
    kiosk.unplugs_the_reader();
    kiosk.is_out_of_order();
    kiosk.plugs_the_reader_in();
    kiosk.comes_to("idle");
    kiosk.begins();
    kiosk.identifies_by_pin();
    kiosk.consents("consent-give");
    kiosk.is_over_with(1);
}

/// The drop folder is away: the file waits in the kiosk, and the patient is received all the same.
fn the_file_has_to_wait(mut kiosk: Kiosk) {
    kiosk.handoff.on(HandoffRequest::Deliver, Play::reply(|_| Delivery::Kept { waiting: 1 }));
    kiosk.begins();
    kiosk.identifies_by_pin();
    kiosk.consents("consent-give");
    kiosk.take_card();
    kiosk.comes_to("idle");
    kiosk.rests_after(1);
    assert!(kiosk.noted().iter().any(|event| matches!(event, AuditEvent::Spooled { waiting: 1, .. })));
}

fn the_file_cannot_be_written(mut kiosk: Kiosk) {
    kiosk.handoff.on(HandoffRequest::Deliver, Play::fail(Failure::HandoffUnwritable));
    kiosk.begins();
    kiosk.identifies_by_pin();
    kiosk.touch("consent-give");
    let told = Screen::CallStaff(CallStaff {
        reason: StaffReason::Failure(Failure::HandoffUnwritable),
        staff_entry: false,
        coming: false,
        go_on: false,
    });
    kiosk.comes_to_one("call_staff", "for the file", move |screen| *screen == told);
    kiosk.says("failure-handoff-unwritable", &[]);
    kiosk.says("staff-text", &[]);
    kiosk.touch("cancel");
    kiosk.leaves_the_card();
    kiosk.ends_after(0);
}

/// Consents that the gateway does not hold count for nobody, and do not hold up the visit.
fn the_consents_cannot_be_saved(mut kiosk: Kiosk) {
    kiosk.qualification.on(QualificationRequest::SaveConsents, Play::fail(Failure::GatewayFault));
    kiosk.begins();
    kiosk.identifies_by_pin();
    kiosk.consents("consent-give");
    let answers = kiosk.answers_of_the_last_file();
    assert!(answers.iter().all(|answer| *answer == ConsentAnswer::NotAnswered), "{answers:?}");
    kiosk.ends_after(1);
}
