//! An installer's slip: a key, a password or a code where an error would show it.

use super::report::Report;

#[test]
fn secrets_in_wrong_places() {
    let mut report = Report::of("slip");
    // The suite has this as a test of its own.
    report.long_attack("a secret in every place where one can be wrong", || {
        format!("{} places; what is wrong is said each time, and no piece of the secret", crate::planted::places())
    });
    report.ends();
}
