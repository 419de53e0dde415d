//! Code B port: typed by the patient, or known (demo).
