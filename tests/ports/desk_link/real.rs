//! The kiosk's link and the desk's own server, over real TLS.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use uketsuke::adapters::qualification::contract::WireTime;
use uketsuke::desk::board::Board;
use uketsuke::desk::contract::{Approval, Command, CommandName, CommandOutcome};
use uketsuke::desk::record::Record;
use uketsuke::desk::{self, DeskConfig, RunningDesk};
use uketsuke::domain::session::SituationName;
use uketsuke::domain::staff_order::Refusal;
use uketsuke::listening::tls::TlsFiles;

use super::scripted::{PATIENCE, Site};
use super::{checked, listening, ordered, shown, stands};
use crate::desk_server::support::Acts;
use uketsuke::ports::StaffDesk;

fn serve(site: &Site) -> RunningDesk {
    let (listen, state) = (SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), site.folder().join("desk"));
    let config = DeskConfig::usual(listen, TlsFiles::in_folder(&site.identity()), state, Arc::new(Acts::default()));
    site.runtime.block_on(desk::serve(config)).unwrap()
}

/// What the board says once it does.
fn once<T>(site: &Site, desk: &RunningDesk, look: impl Fn(&Board) -> Option<T>) -> T {
    let mut news = desk.desk.news();
    site.runtime.block_on(async {
        loop {
            news.borrow_and_update();
            if let Some(found) = desk.desk.look(&look) {
                return found;
            }
            tokio::time::timeout(PATIENCE, news.changed()).await.expect("the desk hears it").unwrap();
        }
    })
}

#[test]
fn a_call_is_answered_from_the_desk() {
    let site = Site::new();
    let desk = serve(&site);
    site.is_at(desk.addr);
    let (link, reports) = listening(&site);
    link.show(shown(4, stands(SituationName::CallStaff)));
    link.show(shown(4, checked("見本　花子", "ミホン　ハナコ", jiff::civil::date(1956, 1, 25))));
    let kiosk = |board: &Board| board.kiosks().next().map(|(terminal, _)| terminal.to_owned());
    let terminal = once(&site, &desk, kiosk);
    let visit = once(&site, &desk, |board| board.kiosk_named(&terminal)?.reception.clone());
    once(&site, &desk, |board| board.kiosk_named(&terminal)?.call.as_ref().map(|_| ()));
    once(&site, &desk, |board| board.patient_of(&terminal, &visit).map(|_| ()));
    let id = |n: u8| format!("00000000-0000-4000-8000-0000000000{n:02}");
    let eye = CommandName::SeenByEye(Approval { person_and_card_here: true, reason: "no-pin".into() });
    for (n, (name, said)) in (1..).zip([(eye, Ok(())), (CommandName::AnotherTry, Err(Refusal::NotHere))]) {
        let at = WireTime(desk.desk.now());
        let command =
            Command { id: id(n), reception: Some(visit.clone()), by: "hanada".into(), at, valid_seconds: 60, name };
        desk.desk.act(&terminal, &Record::Command { command: Box::new(command) }).unwrap();
        link.answer(ordered(&reports).id, said);
        let outcome = once(&site, &desk, |board| {
            let given = board.kiosk_named(&terminal)?.commands.iter().find(|given| given.command.id == id(n))?;
            given.outcome.clone()
        });
        let expected = match said {
            Ok(()) => CommandOutcome::Done,
            Err(refusal) => CommandOutcome::Refused { reason: refusal.slug().into() },
        };
        assert_eq!(outcome, expected);
    }
    drop(link);
    site.runtime.block_on(desk.stop(PATIENCE));
}
