//! Card readers as the USB bus sees them, to tell "plugged in, but no driver" from "none is plugged in".

use std::path::Path;

/// Readers by USB number, with the driver each needs on Linux.
const KNOWN: &str = include_str!("../../../../assets/readers/usb.toml");
/// The interface class of card readers that follow the common standard (CCID).
const SMART_CARD: &str = "0b";

/// A card reader on the bus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsbReader {
    /// What it is called.
    pub name: String,
    /// What makes it work.
    pub driver: String,
}

#[derive(serde::Deserialize)]
struct List {
    reader: Vec<Entry>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    vendor: String,
    product: String,
    name: String,
    driver: String,
}

fn known() -> Vec<Entry> {
    match toml::from_str::<List>(KNOWN) {
        Ok(list) => list.reader,
        Err(error) => {
            tracing::error!(%error, "the list of USB readers");
            Vec::new()
        }
    }
}

/// The card readers on this PC's bus; `None` where the system does not show them to a program.
pub fn plugged() -> Option<Vec<UsbReader>> {
    if cfg!(target_os = "linux") { below(Path::new("/sys/bus/usb/devices")) } else { None }
}

/// The card readers below a folder of the kernel's form: devices with their numbers, interfaces with their class.
fn below(devices: &Path) -> Option<Vec<UsbReader>> {
    let (mut found, known) = (Vec::new(), known());
    for device in std::fs::read_dir(devices).ok()?.flatten() {
        let text =
            |file: &str| std::fs::read_to_string(device.path().join(file)).map(|text| text.trim().to_lowercase());
        let (Ok(vendor), Ok(product)) = (text("idVendor"), text("idProduct")) else { continue };
        let listed = known.iter().find(|entry| entry.vendor == vendor && entry.product == product);
        found.extend(match listed {
            Some(entry) => Some(UsbReader { name: entry.name.clone(), driver: entry.driver.clone() }),
            None if has_smart_card_interface(&device.path()) => Some(UsbReader {
                name: format!("card reader {vendor}:{product}"),
                driver: "libccid (Debian: apt install libccid)".into(),
            }),
            None => None,
        });
    }
    found.sort_by(|one, other| one.name.cmp(&other.name));
    Some(found)
}

fn has_smart_card_interface(device: &Path) -> bool {
    let interfaces = std::fs::read_dir(device).into_iter().flatten().flatten();
    interfaces
        .filter_map(|interface| std::fs::read_to_string(interface.path().join("bInterfaceClass")).ok())
        .any(|class| class.trim() == SMART_CARD)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bus(devices: &[(&str, &str, Option<&str>)]) -> tempfile::TempDir {
        let bus = tempfile::tempdir().unwrap();
        for (number, (vendor, product, class)) in devices.iter().enumerate() {
            let device = bus.path().join(format!("1-{number}"));
            let interface = device.join(format!("1-{number}:1.0"));
            std::fs::create_dir_all(&interface).unwrap();
            std::fs::write(device.join("idVendor"), format!("{vendor}\n")).unwrap();
            std::fs::write(device.join("idProduct"), format!("{product}\n")).unwrap();
            if let Some(class) = class {
                std::fs::write(interface.join("bInterfaceClass"), format!("{class}\n")).unwrap();
            }
        }
        std::fs::create_dir_all(bus.path().join("1-0:1.0")).unwrap();
        bus
    }

    #[test]
    fn readers_are_known_by_number_or_by_class() {
        let bus = bus(&[("054c", "06c3", Some("ff")), ("1234", "5678", Some("0b")), ("046d", "082d", Some("0e"))]);
        let found = below(bus.path()).unwrap();
        let names: Vec<&str> = found.iter().map(|reader| reader.name.as_str()).collect();
        assert_eq!(names, ["Sony RC-S380", "card reader 1234:5678"]);
        assert!(found[1].driver.contains("libccid"));
        assert_eq!(below(&bus.path().join("nothing")), None);
    }

    #[test]
    fn the_list_has_the_form_of_usb_numbers() {
        let known = known();
        assert!(known.len() >= 8);
        for entry in known {
            let digits =
                |text: &str| text.len() == 4 && text.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c));
            assert!(digits(&entry.vendor) && digits(&entry.product), "{}", entry.name);
        }
    }
}
