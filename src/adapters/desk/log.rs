//! One line of the log for each notice: whoever looks after the kiosk finds it by its code.
//!
//! The words are those of the desk in English, given from outside, so that log and desk never say two things; code,
//! severity and values stand beside them as fields that do not change with the wording.

use crate::domain::staff_news::{Severity, StaffNews};
use crate::domain::staff_order::{OrderId, Refusal};
use crate::ports::{Diagnose, Finding, StaffDesk, StaffNotice};

/// What happened and what to do, in words.
pub type Words = fn(&StaffNews) -> [String; 2];

/// Tells staff in the log.
pub struct LogDesk {
    words: Words,
}

impl LogDesk {
    /// Says it in those words.
    pub fn new(words: Words) -> Self {
        Self { words }
    }
}

/// The level of a severity is that of the line, which the macro wants to know beforehand.
macro_rules! line {
    ($level:ident, $notice:ident, $words:ident) => {{
        let StaffNotice { reception, news, .. } = &$notice;
        let [what, todo] = $words;
        let (code, severity) = (news.kind().code, format!("{:?}", news.kind().severity).to_lowercase());
        let (reception, values) = (reception.map(|reception| reception.0), values(news));
        tracing::$level!(code, severity, reception, values, remedy = todo, "{what}")
    }};
}

impl StaffDesk for LogDesk {
    fn tell(&self, notice: StaffNotice) {
        let words = (self.words)(&notice.news);
        match notice.news.kind().severity {
            Severity::Note => line!(info, notice, words),
            Severity::Task | Severity::Call => line!(warn, notice, words),
            Severity::Alarm => line!(error, notice, words),
        }
    }

    /// Nobody orders anything through a log.
    fn answer(&self, _: OrderId, _: Result<(), Refusal>) {}
}

/// `check_id=c-1 waiting=3`.
fn values(news: &StaffNews) -> String {
    let values = news.values().into_iter().map(|(name, value)| format!("{name}={value}"));
    values.collect::<Vec<_>>().join(" ")
}

impl Diagnose for LogDesk {
    fn diagnose(&self) -> Vec<Finding> {
        vec![Finding::good("desk", "staff are told in the log")]
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::Arc;

    use jiff::Timestamp;
    use parking_lot::Mutex;

    use super::*;
    use crate::domain::failure::Failure;
    use crate::domain::ids::ReceptionId;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    /// What the log says of it.
    fn logged(reception: Option<u64>, news: StaffNews) -> String {
        let lines = Lines::default();
        let writer = lines.clone();
        let log = tracing_subscriber::fmt().with_ansi(false).without_time().with_writer(move || writer.clone());
        tracing::subscriber::with_default(log.finish(), || {
            let desk = LogDesk::new(|_| ["The words.".into(), "To do.".into()]);
            let (at, reception) = (Timestamp::UNIX_EPOCH, reception.map(ReceptionId));
            desk.tell(StaffNotice { at, reception, news });
        });
        let bytes = lines.0.lock().clone();
        String::from_utf8(bytes).expect("text")
    }

    #[test]
    fn a_line_has_level_words_code_and_values() {
        let line =
            logged(None, StaffNews::BrokenOffUndelivered { check_id: "c\n1".into(), failure: Failure::GatewayFault });
        let fields = r#"The words. code="S-403" severity="alarm" values="check_id=c?1 failure=U-406" remedy="To do.""#;
        assert_eq!(line, format!("ERROR uketsuke::adapters::desk::log: {fields}\n"));
        let line = logged(Some(7), StaffNews::CardLeft);
        assert!(
            line.starts_with(" WARN ") && line.contains(r#"code="S-103" severity="call" reception=7 values="""#),
            "{line}"
        );
        assert!(logged(None, StaffNews::AuditWrittenAgain).starts_with(" INFO "));
        assert!(logged(None, StaffNews::FilesWait { waiting: 1 }).starts_with(" WARN "));
    }
}
