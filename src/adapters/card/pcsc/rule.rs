//! Which of several readers is ours, and why the others are not.

use std::ffi::CString;

/// What a reader is for, as far as its name tells; the earlier, the rather it is the patients'.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// The contactless half of a reader with two, or one that has no other.
    Contactless,
    /// A reader like any other.
    Plain,
    /// Built into the PC's case or keyboard: used where nothing else is there.
    BuiltIn,
    /// Made by a driver for tests: the same.
    Virtual,
    /// A key, the PC's own chip or its sign-in: no patient's card goes into it.
    Token,
    /// A slot for secure modules or SIM cards: the same.
    Module,
}

impl Purpose {
    /// What `doctor` says of it.
    fn reason(self) -> &'static str {
        match self {
            Purpose::Contactless => "contactless",
            Purpose::Plain => "a reader",
            Purpose::BuiltIn => "built into the PC, so the last choice",
            Purpose::Virtual => "virtual, so the last choice",
            Purpose::Token => "a security key or the PC's own sign-in, never a patient's",
            Purpose::Module => "a slot for secure modules or SIM cards, never a patient's",
        }
    }

    /// Whether a patient's card can lie on it.
    pub fn takes_cards(self) -> bool {
        self < Purpose::Token
    }
}

/// Rows of words that stand in a name one after the other, and what they make of it; the first row that fits counts.
const WORDS: [(Purpose, &[&str]); 6] = [
    (Purpose::Module, &["SAM", "UICC", "SIM", "ESE", "EUICC", "WWAN"]),
    (
        Purpose::Token,
        &[
            "WINDOWS HELLO",
            "YUBIKEY",
            "YUBICO",
            "TPM",
            "VIRTUAL SMART CARD",
            "TOKEN",
            "ETOKEN",
            "EPASS2003",
            "EPASS",
            "NITROKEY",
            "SOLOKEYS",
            "SOLO",
            "CANOKEY",
            "CANOKEYS",
            "GNUK",
            "CRYPTO STICK",
            "CRYPTOSTICK",
            "LEDGER",
            "TREZOR",
            "ONLYKEY",
            "RUTOKEN",
            "JACARTA",
            "IKEYVIRTUALREADER",
            "IKEY",
            "IDPRIME",
            "STARSIGN",
            "FIDO",
            "FIDO2",
            "HYPERFIDO",
            "CRYPTOMATE",
            "CRYPTOMATE64",
            "IFDH",
        ],
    ),
    (Purpose::Virtual, &["VIRTUAL", "VPCD", "VSMARTCARD", "BIXVREADER", "REMOTE"]),
    (
        Purpose::BuiltIn,
        &[
            "BROADCOM",
            "REALTEK",
            "O2MICRO",
            "KEYBOARD",
            "CONTACTED",
            "TEXAS INSTRUMENTS",
            "LENOVO INTEGRATED",
            "INTEGRATED",
        ],
    ),
    (Purpose::Contactless, &["PICC", "CL", "CONTACTLESS", "NFC", "RC-S300", "RC-S380", "PASORI"]),
    (Purpose::Plain, &[""]),
];

/// What that reader is for.
pub fn purpose(name: &str) -> Purpose {
    let row = WORDS.into_iter().find(|(_, words)| words.iter().any(|word| has_words(name, word)));
    row.map_or(Purpose::Plain, |(purpose, _)| purpose)
}

/// The rule of a site for its reader.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReaderRule {
    /// The reader's whole name; or a part of it, in which `*` stands for anything. Capitals do not matter.
    pub name: Option<String>,
}

impl ReaderRule {
    /// The rule for that name.
    pub fn named(name: Option<&str>) -> Self {
        Self { name: name.map(str::to_owned) }
    }

    /// The reader of that exact name; else the first that fits, the likeliest purpose before others. Without a name no key
    /// and no sign-in of the PC is taken; a slot for secure modules only by its whole name.
    pub fn choose<'a>(&self, readers: &'a [CString]) -> Option<&'a CString> {
        let exact = self.name.as_deref().and_then(|name| readers.iter().find(|r| r.to_bytes() == name.as_bytes()));
        let fits = |reader: &&CString| self.fits(&reader.to_string_lossy());
        exact.or_else(|| readers.iter().filter(fits).min_by_key(|reader| purpose(&reader.to_string_lossy())))
    }

    fn fits(&self, reader: &str) -> bool {
        match &self.name {
            Some(name) => purpose(reader) != Purpose::Module && matches(reader, name),
            None => purpose(reader).takes_cards(),
        }
    }

    /// Every reader with the reason why it is ours or not, one line each.
    pub fn explain(&self, readers: &[CString]) -> Vec<String> {
        let chosen = self.choose(readers);
        let of = |reader: &CString| {
            let name = reader.to_string_lossy();
            let what = purpose(&name).reason();
            let why = match (&self.name, Some(reader) == chosen) {
                (Some(_), true) => "used: it has the name of the settings",
                (None, true) => "used",
                (Some(_), false) if !self.fits(&name) => "not used: the settings name another",
                (_, false) => "not used",
            };
            format!("{name} ({why}; {what})")
        };
        readers.iter().map(of).collect()
    }

    /// Whether another reader could have been meant as well: equally likely, and the settings do not say which.
    pub fn is_a_guess(&self, readers: &[CString]) -> bool {
        let Some(chosen) = self.choose(readers).map(|reader| purpose(&reader.to_string_lossy())) else { return false };
        let alike = readers.iter().map(|reader| reader.to_string_lossy()).filter(|name| purpose(name) == chosen);
        self.name.is_none() && alike.count() > 1
    }
}

/// Whether these words stand in the name, one after the other; capitals do not matter.
fn has_words(name: &str, words: &str) -> bool {
    let split = |text: &str| -> Vec<String> {
        let own = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
        own.filter(|own| !own.is_empty()).map(str::to_ascii_uppercase).collect()
    };
    let (own, words) = (split(name), split(words));
    words.is_empty() || own.windows(words.len()).any(|row| row == words)
}

/// Whether the pieces between the stars occur in the name in that order.
fn matches(name: &str, pattern: &str) -> bool {
    let name = name.to_lowercase();
    let mut rest = name.as_str();
    pattern.to_lowercase().split('*').all(|piece| match rest.find(piece) {
        Some(at) => {
            rest = rest.get(at + piece.len()..).unwrap_or_default();
            true
        }
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(readers: &[&str], name: Option<&str>) -> Option<String> {
        let readers: Vec<CString> = readers.iter().map(|name| CString::new(*name).unwrap()).collect();
        ReaderRule::named(name).choose(&readers).map(|reader| reader.to_string_lossy().into_owned())
    }

    #[test]
    fn a_reader_is_chosen_by_name_pattern_or_order() {
        let readers = ["Virtual PCD 00 00", "Virtual PCD 00 01", "Virtual PCD"];
        for (name, wanted) in [
            (None, Some(readers[0])),
            (Some("00 01"), Some(readers[1])),
            (Some("Virtual PCD"), Some(readers[2])),
            (Some("virtual*01"), Some(readers[1])),
            (Some("*PCD*"), Some(readers[0])),
            (Some("01*Virtual"), None),
            (Some("Sony"), None),
        ] {
            assert_eq!(chosen(&readers, name).as_deref(), wanted, "{name:?}");
        }
        assert_eq!(chosen(&[], None), None);
    }

    #[test]
    fn slots_for_secure_modules_are_nobodys_reader() {
        let acr = ["ACS ACR1252 Dual Reader SAM 0", "ACS ACR1252 Dual Reader ICC 0", "ACS ACR1252 Dual Reader PICC 0"];
        assert_eq!(chosen(&acr, None).as_deref(), Some(acr[2]), "contactless before contact");
        assert_eq!(chosen(&acr, Some("Reader ICC")).as_deref(), Some(acr[1]));
        assert_eq!(chosen(&acr[..1], None), None);
        assert_eq!(chosen(&acr, Some("SAM")), None);
        assert_eq!(chosen(&acr, Some(acr[0])).as_deref(), Some(acr[0]), "unless its whole name asks for it");
        assert!(chosen(&["SAMSUNG reader"], None).is_some(), "a word, not letters");
    }

    /// As their drivers name them.
    const NO_PATIENTS: [&str; 24] = [
        "Windows Hello for Business 1",
        "Microsoft Virtual Smart Card 0",
        "Microsoft UICC ISO Reader e5d6ee76 0",
        "TPM Virtual Smart Card 0",
        "Yubico YubiKey OTP+FIDO+CCID 00 00",
        "Yubico YubiKey CCID 01 00",
        "Gemalto USB Shell Token V2 (ED9EC0F1) 00 00",
        "Gemalto Smart Enterprise Guardian Secure USB Device IDPrime 0",
        "SafeNet eToken 5100 [eToken 5110 SC] 00 00",
        "SafeNet Token JC 0",
        "AKS ifdh 0",
        "Aladdin Token JC 0",
        "Feitian ePass2003 00 00",
        "FT ePass2003Auto 00 00 Token",
        "Nitrokey Nitrokey Pro (0000) 00 00",
        "Nitrokey Nitrokey Start 00 00",
        "SoloKeys Solo 2 [CCID/ICCD Interface] 00 00",
        "canokeys.org CanoKey 00 00",
        "Rainbow Technologies iKeyVirtualReader 0",
        "Aktiv Rutoken ECP 00 00",
        "ACS CryptoMate64 00 00",
        "Free Software Initiative of Japan Gnuk 00 00",
        "ACS ACR1252 Dual Reader SAM 0",
        "ACS ACR1281 1S Dual Reader SAM 0",
    ];

    /// The kind that clinics buy, and what else lies on a desk.
    const PATIENTS: [&str; 14] = [
        "Sony FeliCa Port/PaSoRi 4.0 0",
        "SONY RC-S300/P 00 00",
        "Circle CIR315 CL 0",
        "ACS ACR122U PICC Interface 00 00",
        "ACS ACR1252 Dual Reader PICC 0",
        "ACS ACR39U ICC Reader 00 00",
        "SCM Microsystems Inc. SCR3310v2.0 USB SC Reader 00 00",
        "Identive CLOUD 3700 F Contactless Reader 00 00",
        "HID Global OMNIKEY 5022 Smart Card Reader 0",
        "NTT Communications Corp. SCR3310-NTTCom USB SmartCard Reader 00 00",
        "Gemalto PC Twin Reader 00 00",
        "IODATA USB-NFC4 0",
        "Hitachi M-520U 0",
        "Panasonic BN-R600 0",
    ];

    #[test]
    fn keys_and_sign_ins_are_nobodys_reader_and_every_other_goes_before_the_last_choices() {
        let last =
            ["Virtual PCD 00 00", "Broadcom Corp Contacted SmartCard 0", "Realtek USB2.0 Smart Card Reader 00 00"];
        let mut tried = 0;
        for other in NO_PATIENTS {
            assert_eq!(chosen(&[other], None), None, "{other} alone");
            for ours in PATIENTS.into_iter().chain(last) {
                for both in [[other, ours], [ours, other]] {
                    assert_eq!(chosen(&both, None).as_deref(), Some(ours), "{both:?}");
                    tried += 1;
                }
            }
        }
        for other in last {
            assert_eq!(chosen(&[other], None).as_deref(), Some(other), "alone");
            for ours in PATIENTS {
                assert_eq!(chosen(&[other, ours], None).as_deref(), Some(ours));
                tried += 1;
            }
        }
        println!("{tried} desks");
        assert!(tried >= 200, "{tried}");
        // Named, a key is taken: the site knows what it is.
        assert_eq!(chosen(&NO_PATIENTS, Some("YubiKey OTP")).as_deref(), Some(NO_PATIENTS[4]));
    }

    #[test]
    fn each_reader_has_its_reason() {
        let names = ["Windows Hello for Business 1", "ACS ACR122U PICC Interface 00 00", "ACS ACR39U ICC Reader 00 00"];
        let readers: Vec<CString> = names.iter().map(|name| CString::new(*name).unwrap()).collect();
        assert_eq!(
            ReaderRule::default().explain(&readers),
            [
                "Windows Hello for Business 1 (not used; a security key or the PC's own sign-in, never a patient's)",
                "ACS ACR122U PICC Interface 00 00 (used; contactless)",
                "ACS ACR39U ICC Reader 00 00 (not used; a reader)",
            ]
        );
        let named = ReaderRule::named(Some("ACR39U")).explain(&readers);
        assert!(named[2].contains("used: it has the name") && named[1].contains("name another"), "{named:?}");
        assert!(!ReaderRule::default().is_a_guess(&readers));
        let twice = [readers[2].clone(), CString::new("ACS ACR39U ICC Reader 01 00").unwrap()];
        assert!(ReaderRule::default().is_a_guess(&twice) && !ReaderRule::named(Some("ACR39U")).is_a_guess(&twice));
    }
}
