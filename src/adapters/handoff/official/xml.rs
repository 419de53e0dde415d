//! The document as bytes: tab indent, CRLF, Shift_JIS or UTF-8.

use std::borrow::Cow;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::document::Node;
use super::{Encoding, cp932};

/// The bytes of the file.
///
/// # Errors
/// Only when the encoder refuses what was made fit for it, which is a defect.
pub fn bytes(document: &Node, encoding: Encoding) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new_with_indent(Vec::new(), b'\t', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some(encoding.label()), Some("no"))))?;
    write(&mut writer, document, encoding)?;
    // Values hold no line break (see `clean`), so each one here is between elements.
    let text = String::from_utf8(writer.into_inner()).map_err(io::Error::other)?.replace('\n', "\r\n");
    match encoding {
        Encoding::Utf8 => Ok(text.into_bytes()),
        _ => cp932::encode(&text).ok_or_else(|| io::Error::other("a character is not in CP932")),
    }
}

fn write(writer: &mut Writer<Vec<u8>>, node: &Node, encoding: Encoding) -> io::Result<()> {
    let name: Cow<'static, str> = match node {
        Node::Leaf(name, _) | Node::Branch(name, _) => (*name).into(),
        Node::Joined(prefix, suffix, _) => format!("{prefix}{suffix}").into(),
    };
    writer.write_event(Event::Start(BytesStart::new(name.as_ref())))?;
    match node {
        Node::Branch(_, inner) => inner.iter().try_for_each(|node| write(writer, node, encoding))?,
        Node::Leaf(_, value) | Node::Joined(_, _, value) => {
            let value = clean(value);
            let value = if encoding == Encoding::Utf8 { value } else { cp932::fit(&value, encoding) };
            writer.write_event(Event::Text(BytesText::new(&value)))?;
        }
    }
    writer.write_event(Event::End(BytesEnd::new(name)))
}

/// Line breaks and tabs become spaces; what XML 1.0 forbids becomes ●.
fn clean(value: &str) -> String {
    let one = |c: char| match c {
        '\t' | '\n' | '\r' => ' ',
        '\u{fffe}' | '\u{ffff}' => cp932::UNPRINTABLE,
        c if c.is_control() => cp932::UNPRINTABLE,
        c => c,
    };
    value.chars().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_control_characters_do_no_harm() {
        let node = Node::Branch("A", vec![Node::Leaf("B", "<x>&\u{1}\r\n\u{85}".into())]);
        let text = String::from_utf8(bytes(&node, Encoding::Utf8).expect("bytes")).expect("UTF-8");
        let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\r\n<A>\r\n\t<B>&lt;x&gt;&amp;●  ●</B>\r\n</A>";
        assert_eq!(text, expected);
    }
}
