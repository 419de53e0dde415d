//! Screens and panels style nothing by hand: colours come from the palette by use, sizes from the look in millimetres.

use super::source::{File, Finding};

/// What only the design system may say.
const BY_HAND: [&str; 9] =
    ["Color::", "rgb(", "rgb8(", "rgba(", ".style(", "border::", "Background", "Pixels(", "Quad"];
/// Methods that take a length.
const LENGTHS: [&str; 6] = [".width(", ".height(", ".padding(", ".spacing(", ".size(", ".radius("];

/// What is wrong with one line of a screen.
fn fault(line: &str) -> Option<String> {
    let code = line.split("//").next().unwrap_or_default();
    let raw = BY_HAND.iter().find(|what| code.contains(**what)).map(|what| format!("`{what}` belongs to ui/widget"));
    raw.or_else(|| {
        let pixels = LENGTHS.iter().find(|method| {
            let after = code.split(*method).nth(1).unwrap_or_default();
            after.starts_with(|c: char| c.is_ascii_digit()) && !after.starts_with("0.0")
        });
        pixels.map(|method| format!("`{method}…)` in pixels; ask the look for millimetres"))
    })
}

/// Lines of screens and panels that style by hand.
pub fn by_hand(files: &[File]) -> Vec<Finding> {
    let screens = files.iter().filter(|file| {
        file.is("rs") && (file.path.starts_with("src/ui/screen/") || file.path.starts_with("src/ui/overlay"))
    });
    let faults = |file: &File| -> Vec<Finding> {
        let lines = (1..).zip(file.text.lines());
        lines.filter_map(|(number, line)| Some(Finding::at(&file.path, number, fault(line)?))).collect()
    };
    screens.flat_map(faults).collect()
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn what_is_styled_by_hand_is_found() {
        for line in [
            "let c = Color::from_rgb8(1, 2, 3);",
            "container(x).style(move |_| y)",
            "row![].spacing(12.0)",
            "text.size(20)",
            "border: border::rounded(4.0)",
        ] {
            assert!(fault(line).is_some(), "{line}");
        }
        for line in ["row![].spacing(look.mm(4.0))", ".width(Length::Fill)", "// Color::BLACK", ".padding(0.0)"] {
            assert_eq!(fault(line), None, "{line}");
        }
    }
}
