//! The same visit read back by programs that nobody here wrote: libxml2, Java, Python, Node, and Mono's .NET.
//!
//! `./x test` installs them. Each says what it read, element by element, in UTF-8.

use std::path::{Path, PathBuf};
use std::process::Command;

use quick_xml::escape::resolve_predefined_entity;
use uketsuke::adapters::handoff::Encoding;
use uketsuke::domain::qualification::Qualification;
use uketsuke::domain::secret::Personal;
use uketsuke::ports::DeliveryOrder;

use super::forms::{repertoire, xml_of};
use super::order;

/// Elements without elements, in the order of the file: name and text.
type Leaves = Vec<(String, String)>;

/// A foreign program that reads a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reader {
    Libxml2,
    Java,
    Python,
    Node,
    Mono,
}

const READERS: [Reader; 5] = [Reader::Libxml2, Reader::Java, Reader::Python, Reader::Node, Reader::Mono];

fn source(name: &str) -> PathBuf {
    crate::repository("tests/ports/handoff_drop_folder/readers").join(name)
}

/// Runs a program; what it wrote, or what it complained of.
fn run(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr) + &text(&output.stdout)) }
}

/// Where the compiled readers lie; compiled once for each test.
struct Bench(tempfile::TempDir);

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        run(Command::new("ecj").args(["-17", "-proc:none", "-d"]).arg(folder.path()).arg(source("Read.java")))
            .expect("compiled by ecj");
        run(Command::new("mcs")
            .arg(format!("-out:{}", folder.path().join("Read.exe").display()))
            .arg(source("Read.cs")))
        .expect("compiled by mcs");
        Self(folder)
    }

    /// What `reader` finds in these bytes; an error when it refuses them.
    fn read(&self, reader: Reader, bytes: &[u8]) -> Result<Leaves, String> {
        let file = self.0.path().join(format!("{reader:?}.xml"));
        std::fs::write(&file, bytes).expect("written");
        let with = |program: &str, first: &Path| run(Command::new(program).arg(first).arg(&file));
        let text = match reader {
            Reader::Libxml2 => {
                let xml = run(Command::new("xmllint").args(["--nonet", "--encode", "UTF-8"]).arg(&file))?;
                return Ok(leaves_of(&xml));
            }
            Reader::Java => run(Command::new("java").arg("-cp").arg(self.0.path()).arg("Read").arg(&file)),
            Reader::Python => with("python3", &source("read.py")),
            Reader::Node => with("node", &source("read.js")),
            Reader::Mono => with("mono", &self.0.path().join("Read.exe")),
        }?;
        let pair = |line: &str| line.split_once('\t').map(|(name, text)| (name.to_owned(), text.to_owned()));
        Ok(text.lines().map(|line| pair(line).unwrap_or_else(|| panic!("{reader:?}: {line}"))).collect())
    }
}

/// The elements without elements of a text in UTF-8, which libxml2 wrote.
fn leaves_of(xml: &str) -> Leaves {
    use quick_xml::events::Event;
    let (mut reader, mut leaves, mut name, mut text) =
        (quick_xml::Reader::from_str(xml), Leaves::new(), String::new(), String::new());
    loop {
        match reader.read_event().expect("what libxml2 writes") {
            Event::Start(start) => {
                name = start.name().as_ref().to_owned();
                text.clear();
            }
            Event::Text(part) => text.push_str(&part.xml10_content()),
            Event::GeneralRef(sign) => text.push_str(resolve_predefined_entity(&sign).expect("a known sign")),
            Event::End(end) => {
                if end.name().as_ref() == name && !name.is_empty() {
                    leaves.push((std::mem::take(&mut name), std::mem::take(&mut text)));
                }
                name.clear();
            }
            Event::Eof => return leaves,
            _ => {}
        }
    }
}

/// Characters that JIS has once and Unicode twice: which of the two a reader gives is its own affair.
const TWICE: [(char, char); 9] = [
    ('―', '—'),
    ('～', '\u{301c}'),
    ('∥', '‖'),
    ('－', '−'),
    ('￠', '¢'),
    ('￡', '£'),
    ('￢', '¬'),
    ('￥', '¥'),
    ('￣', '‾'),
];

fn folded(leaves: Leaves) -> Leaves {
    let fold = |c| TWICE.iter().find(|(_, other)| *other == c).map_or(c, |(one, _)| *one);
    leaves.into_iter().map(|(name, text)| (name, text.chars().map(fold).collect())).collect()
}

/// What stands in a file of ours, by the test's own reading of its bytes.
fn written(bytes: &[u8], encoding: Encoding) -> Leaves {
    let text = match encoding {
        Encoding::Utf8 => String::from_utf8(bytes.to_vec()).expect("UTF-8"),
        _ => encoding_rs::SHIFT_JIS.decode(bytes).0.into_owned(),
    };
    let (_, body) = text.split_once("?>").expect("a declaration");
    folded(leaves_of(body))
}

fn of_name(name: &str) -> DeliveryOrder {
    let mut order = order();
    for qualification in &mut order.answer.qualifications {
        qualification.name = Personal(name.into());
    }
    order
}

/// Names out of reports: 髙 and 﨑 of the vendors, 𠮷 and 葛 with a variant, which no Shift_JIS holds.
const NAMES: [&str; 7] =
    ["髙橋　花子", "山﨑　德子", "𠮷野　葛\u{e0100}", "渡邉　①", "㈱見本", "はしご髙～－‖", "A\\B~C"];

/// A file of the program as it was: labelled `Shift_JIS`, with 髙 in the vendors' bytes.
#[test]
fn what_the_label_does_not_mean_is_refused_or_garbled_by_strict_readers() {
    let (bench, bytes) = (Bench::new(), xml_of(&of_name("髙橋　花子"), Encoding::ShiftJisOfWindows));
    let right = written(&bytes, Encoding::ShiftJisOfWindows);
    let reads = |reader| bench.read(reader, &bytes).is_ok_and(|found| folded(found) == right);
    assert_eq!(READERS.map(reads), [false, false, false, true, false], "Node takes the label as Windows does");
}

/// Which reader knows the name `Windows-31J`: .NET has no such name for its code page 932 and Python 3.11 none either.
#[test]
fn the_vendors_characters_are_read_where_their_label_is_known() {
    let bench = Bench::new();
    let known = READERS.map(|reader| {
        NAMES.iter().all(|name| {
            let bytes = xml_of(&of_name(name), Encoding::Windows31J);
            bench.read(reader, &bytes).is_ok_and(|found| folded(found) == written(&bytes, Encoding::Windows31J))
        })
    });
    let [libxml2, java, python, node, mono] = known;
    println!("windows-31j is read by libxml2 {libxml2}, Java {java}, Python {python}, Node {node}, Mono {mono}");
    assert!(libxml2 && java && node && !mono);
}

/// Every character that a label promises, in one file, as each reader gives it back.
#[test]
fn every_character_of_a_repertoire_comes_back_from_every_reader() {
    let bench = Bench::new();
    for (encoding, readers) in
        [(Encoding::ShiftJis, &READERS[..]), (Encoding::Windows31J, &[Reader::Libxml2, Reader::Java, Reader::Node][..])]
    {
        let all = held(encoding);
        let mut order = order();
        let part = |chars: &[char]| Personal(chars.iter().collect::<String>());
        let usual = order.answer.qualifications.remove(0);
        order.answer.qualifications.clear();
        for chars in all.chunks(500) {
            order.answer.qualifications.push(Qualification { name: part(chars), ..usual.clone() });
        }
        let bytes = xml_of(&order, encoding);
        let expected = written(&bytes, encoding);
        let names = |leaves: &Leaves| {
            leaves.iter().filter(|(name, _)| name == "Name").map(|(_, t)| t.clone()).collect::<String>()
        };
        assert_eq!(names(&expected).chars().count(), all.len());
        for reader in readers {
            let found = folded(bench.read(*reader, &bytes).unwrap_or_else(|error| panic!("{reader:?}: {error}")));
            let same = names(&found).chars().zip(names(&expected).chars()).filter(|(a, b)| a == b).count();
            println!("{:<11} {reader:?}: {same} of {} characters come back", encoding.label(), all.len());
            assert_eq!(same, all.len(), "{reader:?}");
        }
    }
}

/// The characters of CP932 that stand in a file of that code as themselves.
fn held(encoding: Encoding) -> Vec<char> {
    let all: Vec<char> = repertoire().into_iter().filter(|c| !"|<>&".contains(*c)).collect();
    let name: String = all.iter().flat_map(|c| [*c, '|']).collect();
    let bytes = xml_of(&of_name(&name), encoding);
    let text = encoding_rs::SHIFT_JIS.decode(&bytes).0.into_owned();
    let (_, text) = text.split_once("<Name>").expect("a name");
    let written: Vec<&str> = text.split_once("</Name>").expect("its end").0.split('|').collect();
    all.iter().zip(written).filter(|(c, written)| c.to_string() == **written).map(|(c, _)| *c).collect()
}

#[test]
fn one_visit_is_read_by_all_with_the_usual_label() {
    let bench = Bench::new();
    for name in NAMES {
        let bytes = xml_of(&of_name(name), Encoding::default());
        let expected = written(&bytes, Encoding::default());
        for reader in READERS {
            let found = bench.read(reader, &bytes).unwrap_or_else(|error| panic!("{reader:?} on {name}: {error}"));
            assert_eq!(folded(found), expected, "{reader:?} on {name}");
        }
    }
    for encoding in [Encoding::Utf8, Encoding::default()] {
        let bytes = xml_of(&of_name(NAMES[0]), encoding);
        for reader in READERS {
            let found = bench.read(reader, &bytes).unwrap_or_else(|error| panic!("{reader:?}: {error}"));
            assert_eq!(folded(found), written(&bytes, encoding), "{reader:?} on {encoding:?}");
        }
    }
    println!("{} visits with the usual label, each read alike by {} foreign readers", NAMES.len(), READERS.len());
}
