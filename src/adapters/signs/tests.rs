use super::*;

fn words(text: &str, repertoire: Repertoire) -> (String, String) {
    let Fitted { text, lost } = fit(text, repertoire, Width::Words);
    (text, lost.iter().map(|sign| format!("{:X} ", u32::from(*sign))).collect::<String>().trim().to_owned())
}

/// What is written of a text in CP932, with what was lost of it.
fn cp932(text: &str) -> (String, String) {
    words(text, Repertoire::Cp932)
}

fn kept(text: &str) -> (String, String) {
    (text.to_owned(), String::new())
}

#[test]
fn marks_are_composed_and_what_stays_over_stands_beside() {
    assert_eq!(cp932("か\u{3099}ハ\u{309a}"), kept("がパ"));
    assert_eq!(cp932("ｶﾞｷﾞﾊﾟ"), kept("ガギパ"));
    assert_eq!(cp932("か\u{309a}"), kept("か゜"));
    assert_eq!(cp932("e\u{301}"), ("e".into(), "E9".into()));
    assert_eq!(words("e\u{301}か\u{3099}", Repertoire::Unicode), kept("éが"));
    assert_eq!(words("\u{1100}\u{1161}\u{11a8}", Repertoire::Unicode), kept("각"));
    assert_eq!(fit("ｱ-12", Repertoire::Cp932, Width::Printed).text, "ｱ-12", "as it is printed");
}

#[test]
fn dashes_are_written_with_the_sign_that_is_there() {
    // En dash, figure dash, minus, non-breaking hyphen, small hyphen, swung and wavy dash.
    assert_eq!(cp932("1\u{2013}2\u{2013}3"), kept("1－2－3"));
    assert_eq!(cp932("1\u{2012}2\u{2212}3\u{2011}4\u{fe63}5"), kept("1－2－3‐4-5"));
    assert_eq!(cp932("\u{301c}\u{3030}\u{2014}\u{2e3a}\u{2015}"), kept("～～―――"));
    assert_eq!(cp932("ジャン\u{30a0}リュック\u{b7}ピカール"), kept("ジャン＝リュック・ピカール"));
    assert_eq!(words("1\u{2013}2", Repertoire::Unicode), kept("1\u{2013}2"), "where it can be written");
    assert_eq!(words("A\\B~C", Repertoire::Jis0208), kept("A＼B～C"));
}

#[test]
fn what_is_not_seen_is_not_there() {
    let unseen =
        "佐\u{200b}\u{200d}\u{feff}\u{202e}\u{2066}\u{61c}\u{ad}\u{34f}\u{e0041}\u{3164}\u{115f}\u{1}\u{7f}\u{9f}倉";
    for repertoire in [Repertoire::Jis0208, Repertoire::Cp932, Repertoire::Unicode] {
        assert_eq!(words(unseen, repertoire), kept("佐倉"), "{repertoire:?}");
        assert_eq!(words("佐\t倉\r\n花\u{2028}子\u{a0}\u{2003}\u{3000}", repertoire), kept("佐 倉  花 子  　"));
    }
}

#[test]
fn shapes_are_kept_where_they_can_be_and_said_where_not() {
    // 葛 and 辻 of another form, and a selector that stands on nothing.
    assert_eq!(cp932("葛\u{e0100}飾"), ("葛飾".into(), "E0100".into()));
    assert_eq!(words("葛\u{e0100}飾", Repertoire::Unicode), kept("葛\u{e0100}飾"));
    assert_eq!(words("A\u{fe0f}\u{e0100}", Repertoire::Unicode), kept("A"));
    // 神 and 塚 of IBM are in CP932, 神 of JIS X 0213's compatibility in neither.
    assert_eq!(cp932("\u{fa19}\u{fa10}﨑髙德"), kept("\u{fa19}\u{fa10}﨑髙德"));
    assert_eq!(words("\u{fa19}", Repertoire::Jis0208), ("神".into(), "FA19".into()));
    assert_eq!(cp932("\u{fa30}"), ("侮".into(), "FA30".into()));
    assert_eq!(words("髙﨑德①㈱", Repertoire::Jis0208).0, "●●●1(株)");
    assert_eq!(cp932("\u{2f2d}\u{2ed1}"), kept("山長"));
}

#[test]
fn one_bullet_for_one_character_where_nothing_stands_for_it() {
    assert_eq!(cp932("𠮷野"), ("●野".into(), "20BB7".into()));
    assert_eq!(cp932("\u{e000}\u{fffd}\u{fffe}\u{10ffff}"), ("●●●●".into(), "E000 FFFD FFFE 10FFFF".into()));
    assert_eq!(words("\u{e000}𠮷", Repertoire::Unicode), ("●𠮷".into(), "E000".into()));
    assert_eq!(cp932("한국"), ("●●".into(), "D55C AD6D".into()));
    assert_eq!(cp932("\u{928}\u{940}"), ("●".into(), "928 940".into()));
    assert_eq!(cp932("●"), kept("●"), "the insurer's own");
    assert_eq!(cp932("㋿"), kept("令和"));
}

/// Every character of JIS X 0213, by its row; made by `tests/fixtures/handoff/jisx0213.py`.
const JIS_X_0213: &str = include_str!("../../../tests/fixtures/handoff/jisx0213.tsv");

#[test]
fn every_character_of_jis_x_0213_is_written_or_said() {
    let characters = || JIS_X_0213.lines().flat_map(|row| row.split('\t').skip(1));
    assert_eq!(characters().count(), 11_233);
    for repertoire in [Repertoire::Jis0208, Repertoire::Cp932, Repertoire::Unicode] {
        let mut counts = [0; 4];
        for character in characters() {
            let Fitted { text, lost } = fit(character, repertoire, Width::Words);
            // A mark on its own stands on nothing, and a soft hyphen is not seen.
            let nothing = character == "\u{ad}" || (character.chars().all(is_mark) && !lost.is_empty());
            assert!((!text.is_empty() || nothing) && text.chars().all(|sign| repertoire.holds(sign)), "{character}");
            let again = fit(&text, repertoire, Width::Words);
            assert!(again.text == text && again.lost.is_empty(), "{character}: what is fit stays");
            let bullet = text.contains(UNWRITABLE) && character != "●";
            assert!(!bullet || !lost.is_empty(), "{character} is lost without a word");
            let stands = character.chars().all(|sign| repertoire.holds(sign));
            let unseen = character == "\u{ad}" || character == "\u{a0}";
            assert!(
                !stands || unseen || (text == character && lost.is_empty()) || is_half(character),
                "{character} could stay"
            );
            counts[match (text == character, lost.is_empty(), bullet) {
                (true, ..) => 0,
                (_, true, _) => 1,
                (.., false) => 2,
                (.., true) => 3,
            }] += 1;
        }
        let [same, other, plainer, bullets] = counts;
        println!(
            "JIS X 0213 in {repertoire:?}: {same} as they are, {other} by another sign, {plainer} plainer, {bullets} ●"
        );
        assert_eq!(same + other + plainer + bullets, 11_233);
        assert!(repertoire != Repertoire::Unicode || bullets == 0);
    }
}

fn is_half(character: &str) -> bool {
    character.chars().all(|sign| matches!(sign, '\u{ff61}'..='\u{ff9f}'))
}

/// The first two levels are what insurers' systems have had for forty years.
#[test]
fn nothing_of_jis_x_0208_is_lost() {
    let mut seen = 0;
    for lead in (0x81..=0x84).chain(0x88..=0x9F).chain(0xE0..=0xEA) {
        for trail in (0x40..=0xFC).filter(|trail| *trail != 0x7F) {
            let bytes = [lead, trail];
            let Some(text) = encoding_rs::SHIFT_JIS.decode_without_bom_handling_and_without_replacement(&bytes) else {
                continue;
            };
            for repertoire in [Repertoire::Jis0208, Repertoire::Cp932, Repertoire::Unicode] {
                assert_eq!(fit(&text, repertoire, Width::Words), Fitted { text: text.to_string(), lost: Vec::new() });
            }
            seen += 1;
        }
    }
    assert_eq!(seen, 6_879);
}

proptest::proptest! {
    #[test]
    fn any_text_becomes_one_that_can_be_written(text: String) {
        for repertoire in [Repertoire::Jis0208, Repertoire::Cp932, Repertoire::Unicode] {
            let Fitted { text, .. } = fit(&text, repertoire, Width::Words);
            proptest::prop_assert!(text.chars().all(|sign| repertoire.holds(sign)));
            let again = fit(&text, repertoire, Width::Words);
            proptest::prop_assert_eq!(again, Fitted { text, lost: Vec::new() });
        }
    }
}
