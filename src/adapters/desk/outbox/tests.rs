use super::*;

const NAME: &str = "佐倉　花子";

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn file(&self) -> std::path::PathBuf {
        self.0.path().join("desk.sqlite")
    }

    fn open(&self) -> Outbox {
        self.find().0
    }

    fn find(&self) -> (Outbox, Found) {
        Outbox::open(&self.file(), Timestamp::from_second(1_800_000_000).expect("a time")).expect("opened")
    }

    /// Everything on the disk that is no key.
    fn bytes(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self.0.path()).expect("listed").map(|file| file.expect("a file").path());
        let files = files.filter(|file| file.extension().is_none_or(|ending| ending != "key"));
        files.flat_map(|file| std::fs::read(file).expect("read")).collect()
    }
}

fn item(rank: Rank, text: &str) -> Item {
    let text = Zeroizing::new(text.as_bytes().to_vec());
    Item {
        rank,
        replaces: (rank == Rank::Stage).then(|| "stage".into()),
        at: Timestamp::UNIX_EPOCH,
        answers: None,
        text,
    }
}

fn texts(batch: &[Waiting]) -> Vec<&str> {
    batch.iter().map(|waiting| std::str::from_utf8(&waiting.text).expect("text")).collect()
}

#[test]
fn what_waits_survives_restarts_sealed_and_in_order() {
    let place = Place::new();
    let mut outbox = place.open();
    outbox.put(&[item(Rank::Patient, NAME), item(Rank::News, "b")]).expect("kept");
    let first = outbox.batch(1, 1_000).expect("a batch");
    let number = first[0].number;
    assert_eq!((texts(&first), number > 1_700_000_000_000), (vec![NAME], true));
    assert!(!place.bytes().windows(6).any(|w| w == "佐倉".as_bytes()), "readable while it is open");
    drop(outbox);
    let mut again = place.open();
    again.put(&[item(Rank::Patient, "c")]).expect("kept");
    let batch = again.batch(200, 1_000).expect("a batch");
    let numbers: Vec<_> = batch.iter().map(|waiting| waiting.number - number).collect();
    assert_eq!((texts(&batch), numbers), (vec![NAME, "b", "c"], vec![0, 1, 2]));
    assert_eq!(again.forget(number + 1).expect("forgotten"), 2);
    assert_eq!(texts(&again.batch(200, 1_000).expect("a batch")), ["c"]);
    again.forget(number + 2).expect("forgotten");
    assert_eq!((again.load().expect("a load").waiting, again.highest().expect("a number")), (0, number + 2));
    assert!(!place.bytes().windows(6).any(|w| w == "佐倉".as_bytes()));
}

#[test]
fn stages_go_before_news_and_news_before_patients_and_numbers_have_no_gap() {
    let place = Place::new();
    let mut outbox = place.open().with_room_for(6);
    let sent = |outbox: &mut Outbox| {
        let batch = outbox.batch(200, 10_000).expect("a batch");
        let first = batch[0].number;
        assert!((first..).zip(&batch).all(|(number, waiting)| number == waiting.number), "a gap");
        texts(&batch).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let all = [
        item(Rank::Patient, "p1"),
        item(Rank::Stage, "s1"),
        item(Rank::News, "n1"),
        item(Rank::Stage, "s2"),
        item(Rank::Patient, "p2"),
        item(Rank::News, "n2"),
    ];
    assert_eq!(outbox.put(&all).expect("kept"), 0);
    assert_eq!(outbox.put(&[item(Rank::Patient, "p3")]).expect("kept"), 1);
    assert_eq!(outbox.put(&[item(Rank::Patient, "p4"), item(Rank::Patient, "p5")]).expect("kept"), 2);
    assert_eq!(outbox.load().expect("a load").dropped, 3);
    assert_eq!(sent(&mut outbox), ["p1", "p2", "n2", "p3", "p4", "p5"]);
    // What may be at the desk already stays, whatever it is.
    assert_eq!(outbox.put(&[item(Rank::Patient, "p6")]).expect("kept"), 1);
    assert_eq!(sent(&mut outbox), ["p1", "p2", "n2", "p3", "p4", "p5"]);
}

#[test]
fn a_stage_that_was_not_sent_gives_way_to_the_next_of_its_situation() {
    let place = Place::new();
    let mut outbox = place.open();
    outbox.put(&[item(Rank::Stage, "1"), item(Rank::Stage, "2")]).expect("kept");
    assert_eq!(texts(&outbox.batch(9, 999).expect("a batch")), ["2"]);
    outbox.put(&[item(Rank::Stage, "3"), item(Rank::News, "n"), item(Rank::Stage, "4")]).expect("kept");
    assert_eq!(texts(&outbox.batch(9, 999).expect("a batch")), ["2", "3", "n", "4"]);
}

#[test]
fn a_batch_has_its_bounds_and_always_something() {
    let place = Place::new();
    let mut outbox = place.open();
    let long = "x".repeat(400);
    outbox.put(&[item(Rank::News, &long), item(Rank::News, &long), item(Rank::News, "y")]).expect("kept");
    assert_eq!(outbox.batch(200, 100).expect("a batch").len(), 1);
    assert_eq!(outbox.batch(200, 880).expect("a batch").len(), 2);
    assert_eq!(outbox.batch(2, 9_000).expect("a batch").len(), 2);
}

#[test]
fn a_command_is_new_once_over_restarts() {
    let place = Place::new();
    let mut outbox = place.open();
    assert_eq!([outbox.take("a").ok(), outbox.take("a").ok()], [Some(Taken::New), Some(Taken::UnderWay)]);
    drop(outbox);
    let mut again = place.open();
    assert_eq!(again.unanswered().expect("read"), ["a"]);
    assert_eq!(again.take("a").expect("taken"), Taken::UnderWay);
    again.put(&[Item { answers: Some("a".into()), ..item(Rank::Patient, "stale") }]).expect("answered");
    assert_eq!((again.take("a").expect("taken"), again.unanswered().expect("read").len()), (Taken::Answered, 0));
}

#[test]
fn an_outbox_that_was_lost_goes_on_above_what_the_desk_knows() {
    let place = Place::new();
    let mut outbox = place.open();
    outbox.put(&[item(Rank::News, "a"), item(Rank::News, "b")]).expect("kept");
    let before = outbox.batch(9, 999).expect("a batch")[1].number;
    outbox.go_on_above(before + 1_000).expect("renumbered");
    let numbers: Vec<_> = outbox.batch(9, 999).expect("a batch").iter().map(|waiting| waiting.number).collect();
    assert_eq!(numbers, [before + 1_001, before + 1_002]);
}

#[test]
fn a_lost_key_is_told_and_what_it_sealed_is_dropped() {
    let place = Place::new();
    place.open().put(&[item(Rank::Patient, NAME)]).expect("kept");
    std::fs::remove_file(place.file().with_extension("key")).expect("removed");
    assert!(matches!(Outbox::look(&place.file(), Timestamp::UNIX_EPOCH), Err(OutboxError::KeyLost)));
    let (mut outbox, found) = place.find();
    assert!(found.key_lost && outbox.batch(9, 999).expect("a batch").is_empty());
    assert_eq!(outbox.load().expect("a load"), Load { waiting: 0, oldest: None, dropped: 1 });
}
