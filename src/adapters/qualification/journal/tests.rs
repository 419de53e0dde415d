use super::*;

const BODY: &[u8] = "{\"name\":\"佐倉\"}".as_bytes();

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn open(&self) -> Result<Journal, JournalError> {
        self.look().map(|(journal, _)| journal)
    }

    fn look(&self) -> Result<(Journal, Found), JournalError> {
        Journal::open(&self.0.path().join("state.sqlite"), &self.0.path().join("journal.key"))
    }

    fn bytes_on_disk(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self.0.path()).unwrap();
        files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
    }
}

#[test]
fn a_row_survives_a_restart_sealed() {
    let place = Place::new();
    let at = Timestamp::from_second(1_800_000_000).unwrap();
    place.open().unwrap().begin("k1", Kind::Check, "/v1/qualification-checks", BODY, at, None).unwrap();
    assert!(!place.bytes_on_disk().windows(6).any(|w| w == "佐倉".as_bytes()));
    let rows = place.open().unwrap().leftovers().unwrap();
    let row = rows.first().unwrap();
    assert_eq!((row.key.as_str(), row.kind, &row.stage, row.created_at), ("k1", Kind::Check, &Stage::Sent, at));
    assert_eq!(row.payload.as_ref().unwrap().as_slice(), BODY);
}

#[test]
fn an_answered_row_keeps_only_the_check_id() {
    let place = Place::new();
    let journal = place.open().unwrap();
    journal.begin("k1", Kind::Check, "/p", BODY, Timestamp::UNIX_EPOCH, None).unwrap();
    journal.answered("k1", "c-1").unwrap();
    let rows = journal.leftovers().unwrap();
    assert_eq!(rows[0].stage, Stage::Answered { check_id: "c-1".into() });
    assert!(rows[0].payload.is_none());
    assert_eq!((journal.settle("c-2").unwrap(), journal.settle("c-1").unwrap()), (0, 1));
    assert!(journal.leftovers().unwrap().is_empty());
}

#[test]
fn a_changed_or_swapped_row_is_noticed() {
    let place = Place::new();
    let journal = place.open().unwrap();
    journal.begin("k1", Kind::Check, "/p", BODY, Timestamp::UNIX_EPOCH, None).unwrap();
    journal.begin("k2", Kind::Check, "/p", b"other", Timestamp::UNIX_EPOCH, None).unwrap();
    let swap = "UPDATE qualification_journal SET sealed = (SELECT sealed FROM qualification_journal WHERE key = 'k2') WHERE key = 'k1'";
    journal.database.execute_batch(swap).unwrap();
    let rows = journal.leftovers().unwrap();
    assert!(rows[0].payload.is_none());
    assert_eq!(rows[1].payload.as_ref().unwrap().as_slice(), b"other");
}

#[test]
fn what_is_set_aside_stays_sealed_until_it_is_discarded() {
    let place = Place::new();
    let journal = place.open().unwrap();
    journal.begin("k1", Kind::Check, "/p", BODY, Timestamp::UNIX_EPOCH, None).unwrap();
    journal.set_aside("k1", "S-504").unwrap();
    journal.set_aside("k9", "S-504").unwrap();
    drop(journal);
    let journal = place.open().unwrap();
    let aside = journal.aside().unwrap();
    assert_eq!((aside.len(), aside[0].key.as_str(), aside[0].why.as_str()), (1, "k1", "S-504"));
    assert!(journal.leftovers().unwrap().is_empty());
    assert_eq!((journal.discard("k1").unwrap(), journal.discard("k1").unwrap()), (true, false));
}

#[test]
fn a_lost_key_is_seen_where_sealed_rows_are_and_nowhere_else() {
    let place = Place::new();
    let lose = || std::fs::remove_file(place.0.path().join("journal.key")).unwrap();
    let (journal, found) = place.look().unwrap();
    assert_eq!(found, Found::default(), "a new one");
    drop(journal);
    lose();
    let (journal, found) = place.look().unwrap();
    assert!(!found.key_lost, "nothing is sealed");
    journal.begin("k1", Kind::Check, "/p", BODY, Timestamp::UNIX_EPOCH, None).unwrap();
    drop(journal);
    lose();
    let at = |name: &str| place.0.path().join(name);
    assert!(matches!(Journal::look(&at("state.sqlite"), &at("journal.key")), Err(JournalError::KeyLost)));
    let (journal, found) = place.look().unwrap();
    assert!(found.key_lost && journal.leftovers().unwrap()[0].payload.is_none());
    assert!(!place.look().unwrap().1.key_lost, "told once");
}

#[test]
fn the_same_key_cannot_begin_twice() {
    let place = Place::new();
    let journal = place.open().unwrap();
    journal.begin("k1", Kind::Check, "/p", BODY, Timestamp::UNIX_EPOCH, None).unwrap();
    assert!(journal.begin("k1", Kind::Check, "/p", BODY, Timestamp::UNIX_EPOCH, None).is_err());
}

#[test]
fn tries_are_counted_and_a_probe_leaves_nothing() {
    let place = Place::new();
    let journal = place.open().unwrap();
    journal.begin("k1", Kind::Consents, "/p", BODY, Timestamp::UNIX_EPOCH, None).unwrap();
    assert_eq!(journal.count_try("k1").unwrap(), 1);
    assert_eq!(journal.count_try("k1").unwrap(), 2);
    assert!(journal.count_try("k9").is_err());
    journal.probe().unwrap();
    assert_eq!(journal.leftovers().unwrap().len(), 1);
}

#[test]
fn a_wrong_key_file_is_refused_and_a_new_one_is_private() {
    let place = Place::new();
    place.open().unwrap();
    let file = place.0.path().join("journal.key");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    std::fs::write(&file, b"short").unwrap();
    assert!(matches!(place.open(), Err(JournalError::Seal(SealError::KeyLength))));
}
