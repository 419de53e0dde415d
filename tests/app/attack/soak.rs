//! Two hundred receptions in one kiosk, which begins with thousands of leftovers in its stores.

use std::time::{Duration, Instant};

use uketsuke::adapters::fake::valid_answer;
use uketsuke::adapters::handoff::{DropConfig, DropFolder, SpoolConfig};
use uketsuke::domain::consent::Choices;
use uketsuke::domain::ids::{EffectId, ReceptionId, Ticket};
use uketsuke::ports::{DeliveryOrder, Handoff, Outbox, Report};

use super::kills::Running;
use super::report::Report as Table;
use super::victim::Ground;
use crate::service::{Pcscd, isolated, wait_until_empty};
use crate::site::Site;

/// Visits before the first measurement.
const WARM_UP: u32 = 40;

/// Leaves so many files in the spool and the list of remembered deliveries, by the program's own parts: first delivered, then
/// kept while the folder is away.
fn leftovers(ground: &Ground, remembered: usize, kept: usize) {
    let (tell, reports) = std::sync::mpsc::channel();
    let spool = SpoolConfig::new(ground.path("state/spool"));
    let config = DropConfig {
        spool: Some(spool),
        ..DropConfig::new(ground.path("drop"), ground.path("state/handoff"), "T001", "1310000001")
    };
    let port = DropFolder::start(config, Outbox::new(move |report| drop(tell.send(report)))).unwrap();
    let deliver = |n: usize| {
        let mut answer = valid_answer();
        answer.check_id = format!("00000000-0000-4000-8000-{n:012}");
        let order = DeliveryOrder {
            answer,
            choices: Choices::of(Vec::new()),
            consented_at: None,
            entered_by: None,
            replaces: None,
        };
        port.submit(Ticket { reception: ReceptionId(1), effect: EffectId(1) }, order);
        loop {
            match reports.recv_timeout(Duration::from_secs(60)).expect("an answer") {
                Report::Answered(_, outcome) => break assert!(outcome.is_ok()),
                _ => continue,
            }
        }
    };
    (0..remembered).for_each(deliver);
    let (drop_folder, away) = (ground.path("drop"), ground.path("away"));
    std::fs::rename(&drop_folder, &away).unwrap();
    (remembered..remembered + kept).for_each(deliver);
    drop(port);
    std::fs::rename(away, drop_folder).unwrap();
}

fn resident_kib(id: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// From the start of the program to its first state, over a kiosk that has what `ground` has.
fn start_time(ground: &Ground, site: &Site) -> Duration {
    let begun = Instant::now();
    let mut kiosk = Running::start(ground, &site.gateway.url(), 1);
    kiosk.types_pin();
    assert!(kiosk.says(&["\"state\":"]));
    let took = begun.elapsed();
    kiosk.killed();
    took
}

fn visits(site: &Site, count: u32, remembered: usize, kept: usize) -> String {
    let ground = Ground::new(site);
    let empty = start_time(&Ground::new(site), site);
    leftovers(&ground, remembered, kept);
    let full = start_time(&ground, site);
    // One more than come: it goes on while its files are delivered.
    let mut kiosk = Running::start(&ground, &site.gateway.url(), count + 1);
    let (mut early, mut late) = (0, 0);
    for n in 0..count {
        let card = site.place("p01", &[]);
        kiosk.types_pin();
        assert!(kiosk.says(&["\"Done\""]), "visit {n}");
        assert!(kiosk.says(&["\"CardLeft\"", "\"Idle\""]), "visit {n}");
        if n == WARM_UP.min(count / 2) {
            early = resident_kib(kiosk.id());
        }
        late = resident_kib(kiosk.id());
        card.pull();
        wait_until_empty();
    }
    let expected = site.gateway.counts().checks as usize + remembered + kept;
    let xml = || ground.files().iter().filter(|name| name.ends_with(".xml")).count();
    let patience = Instant::now() + Duration::from_secs(120);
    while xml() < expected && Instant::now() < patience {
        std::thread::sleep(Duration::from_millis(100));
    }
    let said = kiosk.ends();
    let again = start_time(&ground, site);
    let mut ids: Vec<_> = ground.handed_over().into_iter().map(|file| file.check_id).collect();
    let files = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(
        (files, ids.len()),
        (expected, expected),
        "{:#?}",
        said.iter().filter(|l| l.contains("S-")).collect::<Vec<_>>()
    );
    // The allocator keeps pages of its own; a leak of one visit's data each would be far more.
    assert!(late < early + 24 * 1024, "{early} KiB, then {late}");
    let ms = |time: Duration| time.as_millis();
    format!(
        "{count} receptions beside {remembered} remembered and {kept} spooled: {files} files, each once; {} MiB after {} visits, \
         {} at the end; start {} ms empty, {} full, {} afterwards",
        early / 1024,
        WARM_UP.min(count / 2),
        late / 1024,
        ms(empty),
        ms(full),
        ms(again)
    )
}

#[test]
fn a_long_day() {
    if !isolated() {
        return;
    }
    let (_pcscd, site) = (Pcscd::start(), Site::new());
    let mut table = Table::of("long day");
    let (count, remembered, kept) = (200, 3_000, 2_000);
    table.long_attack("receptions in one process over full stores", || visits(&site, count, remembered, kept));
    table.ends();
}
