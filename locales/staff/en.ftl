# Staff news: what only staff read, in Japanese and English alone. One message and one with `-do` for each entry of
# crates/core/src/domain/staff_news.rs: what happened, and what to do. The log says it with these English words.

# Parts of the messages
staff-news-failure = { $title } ({ $code })
staff-news-request = { $request ->
    [registration] registration
    [consents] recording of consents
   *[check] check
 }
staff-news-validity = { $validity ->
    [invalid] invalid
    [superseded] invalid, a newer one exists
    [notfound] none found
    [multiple] several found
   *[unknown] an unknown result
 }
staff-news-certificate = { $certificate ->
    [root] The gateway's root certificate
   *[terminal] This kiosk's certificate
 }
staff-news-store = { $store ->
    [queue] list of patients received while the service was down
    [spool] store of files for the receipt computer
    [desk] list of what the desk has not heard yet
   *[journal] journal of insurance checks
 }

# Somebody is needed at the kiosk
staff-news-called-by-patient = The patient at the kiosk pressed "Call staff".
staff-news-called-by-patient-do = Go to the kiosk and offer help.
staff-news-help-needed = The patient at the kiosk needs help: { $failure }
staff-news-help-needed-do = { $remedy }
staff-news-card-left = A card was left on the kiosk.
staff-news-card-left-do = Take it and give it back to its owner.
staff-news-machine-typed = Something typed at the kiosk faster than a hand can, such as a barcode reader. None of it was used.
staff-news-machine-typed-do = Unplug barcode readers and keyboards from the kiosk, and wipe its screen dry and clean.
staff-news-card-on-other-reader = A card was put on a reader that is not the patients' one ({ $reader }).
staff-news-card-on-other-reader-do = Show the patient the kiosk's reader. If that one is meant for patients, call maintenance to name it in the settings.
staff-news-card-service-refuses = The card service (PC/SC) runs, but does not let the kiosk's account use it.
staff-news-card-service-refuses-do = Call maintenance to let the kiosk's account use card readers; uketsuke doctor says how.
staff-news-card-holds-reader = A card on the kiosk's reader keeps it busy without an answer; nobody can check in until it is taken off.
staff-news-card-holds-reader-do = Take the card off the reader. If the reader stays busy, unplug it and plug it in again.

# This visit
staff-news-visit-ended = A check-in ended early: { $failure }
staff-news-visit-ended-do = { $remedy }
staff-news-counted-without-file = An insurance check is done, but no file follows for the receipt computer (check { $check_id }).
staff-news-counted-without-file-do = Do not use its result. Ask the patient to place the card again, or check the insurance at the counter.
staff-news-consents-unsaved = The consents could not be recorded: { $failure }. The check-in is done, its consents count as not answered.
staff-news-consents-unsaved-do = If medicine or check-up records are needed, ask the patient to consent again with the card.
staff-news-member-left-out = A part of the insurer's answer cannot be read and was left out: { $member } (check { $check_id }).
staff-news-member-left-out-do = It is not in the file for the receipt computer. If it is needed (a date of birth without day, an address), enter it from the card or ask the insurer.
staff-news-signs-lost = A text of the insurer's answer holds characters that the file cannot hold: { $signs } in { $member } (check { $check_id }).
staff-news-signs-lost-do = A black circle or a plainer form stands for them, on the screen too. Enter them into the receipt computer by hand where it matters.

# Files for the receipt computer
staff-news-files-wait = The receipt computer takes no files; { $waiting } wait in the kiosk.
staff-news-files-wait-do = Check the shared folder's connection and free space. They go by themselves then; until then these patients are not on the receipt computer.
staff-news-file-came-late = A file that had to wait was handed over (check { $check_id }, { $waiting } still wait).
staff-news-file-came-late-do = If that patient was entered by hand meanwhile, see that there are not two entries.
staff-news-file-given-up = The file that waited since { $since } could not be handed over for too many days and was set aside (check { $check_id }).
staff-news-file-given-up-do = Enter that patient's insurance by hand, then uketsuke queue discard; or send the file again with uketsuke queue retry.
staff-news-kept-file-unreadable = The file that waited since { $since } cannot be opened and was set aside.
staff-news-kept-file-unreadable-do = Enter the insurance of the patient received at that time by hand, and call maintenance; uketsuke queue discard removes it.
staff-news-files-not-taken = The receipt computer has not taken { $files } files ({ $taken } were taken since the kiosk started).
staff-news-files-not-taken-do = See whether the receipt computer is on and its import runs. Until then these patients are not on it.
staff-news-file-removed = Nobody took a file for the receipt computer in time; it was removed from the shared folder (check { $check_id }).
staff-news-file-removed-do = Enter that patient's insurance into the receipt computer by hand, and see why files are not taken.
staff-news-not-announced = A reception could not be announced to the receipt computer, because the chart number of the patient is not known there (check { $check_id }).
staff-news-not-announced-do = Enter the arrival by hand, and register the patient's chart number so that the next card brings it along.
staff-news-number-not-registered = A chart number could not be registered (request { $request }, code of the answer { $answer }).
staff-news-number-not-registered-do = Where the code is "-", no answer came: see that the official software runs. Register the number from the receipt computer.

# Visits that broke off with the program
staff-news-broken-off-delivered = A check-in that broke off when the kiosk stopped was finished; its file was handed over (check { $check_id }).
staff-news-broken-off-delivered-do = The patient did not see that. Tell them that they are checked in.
staff-news-broken-off-waits = A check-in that broke off when the kiosk stopped was finished; its file waits in the kiosk (check { $check_id }, { $waiting } wait).
staff-news-broken-off-waits-do = Check the shared folder's connection and free space, and tell the patient that they are checked in.
staff-news-broken-off-undelivered = The file of a check-in that broke off when the kiosk stopped cannot be written (check { $check_id }): { $failure }
staff-news-broken-off-undelivered-do = { $remedy } Then restart the kiosk: it tries again.
staff-news-broken-off-registered = A visit broke off when the kiosk stopped, but its card is registered.
staff-news-broken-off-registered-do = Tell the patient that the card is registered. If they are not checked in yet, ask them to place it again.
staff-news-broken-off-unconfirmed = A check-in that broke off when the kiosk stopped confirms no valid insurance ({ staff-news-validity }, check { $check_id }).
staff-news-broken-off-unconfirmed-do = Speak to the patient and check the insurance at the counter.
staff-news-broken-off-unusable = The answer to a { staff-news-request } that broke off when the kiosk stopped cannot be read (key { $key }).
staff-news-broken-off-unusable-do = Ask the patient to place the card again; if it stays, call maintenance.

# Requests whose visit is over
staff-news-answered-not-delivered = An insurance check is done, but was not handed over before the kiosk stopped (check { $check_id }).
staff-news-answered-not-delivered-do = If that patient's insurance is not on the receipt computer, enter it by hand; the record is set aside until uketsuke queue discard.
staff-news-counted-unseen = A { staff-news-request } whose answer nobody waited for was counted after all (check { $check_id }).
staff-news-counted-unseen-do = The patient did not see the result. Compare it with what was received at the counter.
staff-news-refused-uncounted = A { staff-news-request } whose answer nobody waited for was refused and not counted: { $failure }
staff-news-refused-uncounted-do = Nothing, if the patient was received at the counter.
staff-news-outcome-too-old = Whether the { staff-news-request } sent at { $sent_at } was counted is unknown, and it is too late to ask (key { $key }).
staff-news-outcome-too-old-do = Call maintenance to look this key up at the gateway; the record is set aside until uketsuke queue discard.
staff-news-outcome-unreadable = Whether the { staff-news-request } sent at { $sent_at } was counted is unknown: its record cannot be opened (key { $key }).
staff-news-outcome-unreadable-do = Call maintenance to look this key up at the gateway; the record is set aside until uketsuke queue discard.
staff-news-outcome-given-up = Whether a { staff-news-request } was counted is unknown although it was asked for again and again (key { $key }): { $failure }
staff-news-outcome-given-up-do = Call maintenance to look this key up at the gateway; the record is set aside until uketsuke queue discard.

# Patients who were taken in while the service was down
staff-news-queued-delivered = The insurance of a queued patient is confirmed and the file was handed over (check { $check_id }).
staff-news-queued-delivered-do = If a provisional share was paid, compare it with the result.
staff-news-queued-waits = The insurance of a queued patient is confirmed; the file waits in the kiosk (check { $check_id }, { $waiting } wait).
staff-news-queued-waits-do = Check the shared folder's connection and free space. The file goes by itself then.
staff-news-queued-undelivered = The file of a queued patient cannot be written (check { $check_id }): { $failure }
staff-news-queued-undelivered-do = { $remedy } Then restart the kiosk: it tries again.
staff-news-queued-unconfirmed = The insurance of a queued patient is not confirmed ({ staff-news-validity }, entry { $entry }).
staff-news-queued-unconfirmed-do = See uketsuke queue list, and ask the patient whether the insurance has changed.
staff-news-queued-given-up = A queued patient cannot be checked (entry { $entry }).
staff-news-queued-given-up-do = See uketsuke queue list for the reason, correct it and check again.
staff-news-queued-set-aside = A queued patient could not be checked for too many days; the entry is kept, but no longer asked for (entry { $entry }).
staff-news-queued-set-aside-do = Find the patient in the counter's own records and ask the insurer, then uketsuke queue discard; or ask again with uketsuke queue retry.

# Certificates
staff-news-certificate-to-order = { staff-news-certificate } ends in at most 60 days (valid until { $until }).
staff-news-certificate-to-order-do = Order a new certificate.
staff-news-certificate-to-change = { staff-news-certificate } ends in at most 30 days (valid until { $until }).
staff-news-certificate-to-change-do = Put the new certificate in this month.
staff-news-certificate-in-last-days = { staff-news-certificate } ends in at most 7 days (valid until { $until }).
staff-news-certificate-in-last-days-do = Put the new one in at once. After that day no check works.
staff-news-certificate-ended = { staff-news-certificate } has ended; no check works (valid until { $until }).
staff-news-certificate-ended-do = See that the date of the kiosk's PC is right. If it is, call maintenance to put a new one in; until then check insurances at the counter.

# The audit log
staff-news-audit-unwritable = The audit log cannot be written. Check-ins go on; its entries wait in the kiosk.
staff-news-audit-unwritable-do = Check the disk's free space and rights; uketsuke doctor names the cause.
staff-news-audit-written-again = The audit log is written again.
staff-news-audit-written-again-do = Nothing.
staff-news-audit-damaged = The audit log was not whole.
staff-news-audit-damaged-do = Keep a copy of its folder and send it to maintenance with what uketsuke audit verify says.

# The kiosk itself
staff-news-clock-wrong = The kiosk's clock is wrong: it shows { $shown }, and it is { $known } or later.
staff-news-clock-wrong-do = Set the date and time of the kiosk's PC and let it follow a time server. Until then believe nothing that it says of dates: no card is too old because of it.
staff-news-store-key-lost = The key of the kiosk's { staff-news-store } is gone; a new one was made. What the old one sealed is kept, but cannot be opened.
staff-news-store-key-lost-do = Call maintenance: a backup of the key brings it back. Find out who could remove it.
staff-news-store-set-aside = The kiosk's { staff-news-store } was damaged. It was set aside as { $file } and a new one begun; check-ins go on.
staff-news-store-set-aside-do = Call maintenance to look at it, and compare today's patients with the receipt computer.

# Reading code B from the card's print
staff-news-print-reading-off = The card's print was misread twice; it is not read any more today. Patients type the number.
staff-news-print-reading-off-do = Look after lens, light and direction of the camera above the card. It reads again tomorrow.
staff-news-card-camera-out = The camera above the card does not work ({ $failure }). Patients type the number.
staff-news-card-camera-out-do = { $remedy }
staff-news-print-differs = The dates printed on a card are not those of its chip. The visit goes on by the chip.
staff-news-print-differs-do = Look at the front of this patient's card: the print was altered, or misread by the camera. Tell the municipality of an altered card.

# The staff's panel on the kiosk
staff-panel-title = For staff
staff-panel-no-card = No card has been read
staff-panel-method-none = Method: not chosen yet
staff-panel-method-face = Method: face
staff-panel-method-pin = Method: PIN
staff-panel-face-tries = Failed face tries: { $count }
staff-panel-pin-tries = PIN tries left: { $count }
staff-panel-by-eye = Check by eye
staff-panel-another-try = Face once more
staff-panel-by-pin = Go on by PIN
staff-panel-back = One step back
staff-panel-finish = End and wipe
staff-panel-close = Close

# Why an order of staff is not done: one for each entry of `Refusal`
refusal-nobody-here = Nobody is being received now.
refusal-other-visit = Another patient is being received now.
refusal-not-opened = Enter your staff code first.
refusal-not-here = This cannot be done on this screen.
refusal-at-work = The kiosk is at work. Wait a few seconds and try again.
refusal-card-away = The card is not on the reader.
refusal-not-before-me = Make sure that the person and the card are before you.
refusal-nothing-to-compare = This card cannot be used for a check by eye.
refusal-face-closed = This card cannot be used with the face.
refusal-not-seen-alive = The face cannot be used. Check by eye.
refusal-no-try-left = No more face tries. Check by eye or use the PIN.
refusal-pin-closed = The PIN of this card cannot be used.
refusal-nothing-before = There is no question before this one.
refusal-nobody-calls = Nobody has called.
refusal-no-such-patient = No chart number can be registered for this visit. Check the form of the number.
refusal-not-reached = The insurance service was not reached, so nothing was registered. Wait a little and try again.
