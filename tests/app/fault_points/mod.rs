//! The program is killed at every step of a check and of its handoff and started again: the check is counted once, its
//! file is there once, and staff hear of it once. Real pcscd, `uketsuke vcard`, `uketsuke gateway serve`, `uketsuke checkin`.

mod killed;
