# English: plain, short sentences.

# Around every screen
app-title = Check-in
app-subtitle = Use your My Number Card as your health insurance card
training = Training – not a real check-in
language-name = English
tool-language = Language|言語
    .title = Language　言語
tool-display = Text, colour
    .title = Text and colour
tool-sound = Sound
    .title = Sound
tool-menu = Language, display
    .title = Language, display, sound
call-staff = Call staff
cancel = Cancel
cancel-reception = Stop check-in
step-card = Card
step-identity = Identity
step-check = Insurance
step-consent = Consent
step-done = Done
staff-code = Code for staff { $code }

# Buttons used on several screens
continue = Continue
close = Close
retry = Try again
use-face = Use face
use-pin = Use PIN
back-to-start = Back to start
back = Back
yes = Yes
no = No

# A date, put into other texts
date = { $day }{"\u00A0"}{ $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[other] December
 }{"\u00A0"}{ $year }

# Keypad
keypad-erase = Delete
keypad-clear = Clear all
keypad-confirm = OK
keypad-show = Show
keypad-hide = Hide
keypad-shuffle = Shuffle
keypad-order = In order
keypad-back = Back
keypad-machine = That came too fast, so it was not used. Please enter it again

# Display panel (ours)
display-text = Text size
display-text-100 = Normal
display-text-125 = Large
display-text-150 = Larger
display-text-200 = Largest
display-theme = Colours
display-theme-light = Light
display-theme-dark = Dark
display-theme-high = High contrast
display-theme-grey = Grey
display-letter = A
display-comfort = Ease of use
display-seated = Seated use
display-calm = Reduce motion

# Sound panel
sound-on = Speech on
sound-off = Speech off
sound-volume = Volume { $count }
sound-softer = Softer
sound-louder = Louder
sound-repeat = Say again
sound-other-language = Speech is in Japanese and English only
sound-no-device = Sound is not available on this machine now

# Idle
idle-title = Place your My Number Card on the card reader
idle-touch = Or touch the screen to start
idle-inquire = Registration status and registration

# PlaceCard
place-title = Place your My Number Card on the card reader
place-side = Photo side up, lengthwise
place-no-cover = Cover
place-no-back = Back side
place-no-two = Two cards

# ReadingCard
reading-title = Reading your card
reading-text = Please leave the card where it is

# AlreadyReceived (ours)
already-title = You are already checked in today
already-at = You checked in at { $time }
already-text = Please take your card and wait
already-renew = Choose consents again
already-end = Finish

# WrongCard
wrong-remove = Please remove what is on the reader
wrong-place = Place only your My Number Card

# ChooseMethod
choose-title = Choose how to identify yourself
choose-face = Face
choose-face-text = The camera looks at your face
choose-pin = PIN
choose-pin-text = You enter four digits
choose-help = If neither works, our staff will help
choose-face-only = This card is for face check only. It has no PIN
choose-staff = Staff check
choose-staff-text = Staff compare you with the photo on the card
staff-coming-title = Our staff are on their way
staff-go-on = Go on without waiting
choose-guardian = For a child, the guardian may enter the PIN

# EnterCodeB
code-b-step = { $step } / { $steps }
code-b-birth-title = Birth date on the card
code-b-birth-hint = Two digits each for year, month and day. February is 02
code-b-expiry-title = Expiry year on the card
code-b-expiry-hint = The four-digit year, before “まで有効”
code-b-security-title = Security code
code-b-security-hint = Four digits below the photo
code-b-year = Year
code-b-month = Month
code-b-day = Day
code-b-tries = { $count ->
    [one] 1 try left
   *[other] { $count } tries left
 }
code-b-no-try-used = No try was used
code-b-wrong = The number does not seem right. Please enter it again from the start
code-b-check-again = Please compare with the card and enter it again
code-b-no-such-day = There is no such date. Please compare with the card
code-b-outside-era = { $era } has no such date. Please check year and era
code-b-future = This date has not come yet. Please compare with the card
code-b-expiry-past = This year is already over. Please compare with the card
code-b-expiry-far = This year is too far away. Please compare with the card
era-meiji = Meiji (明治)
era-taisho = Taisho (大正)
era-showa = Showa (昭和)
era-heisei = Heisei (平成)
era-reiwa = Reiwa (令和)
era-gregorian = Western (西暦)

# OpeningCardFace
opening-title = Reading the photo on your card
opening-text = Please leave the card where it is

# ShowCard
show-title = Show the front of your card to the camera
show-take = Take your card and show its front
show-front = Bring the side with the photo into the frame
show-other-side = Show the side with the photo, upright
show-nearer = Bring the card a little closer to the camera
show-farther = Move the card a little away from the camera
show-straighter = Hold the card straight
show-glare = The light is reflected. Tilt the card a little
show-finger-away = Take your finger off the digits below the photo
show-hold-still = Reading. Please hold it still
show-privacy = The picture of your card is not kept
show-type = Enter the card's numbers
show-read = Your card has been read


# FaceCapture
face-title = Place your face in the frame
face-text = The picture is taken automatically
face-privacy = Your picture is not kept
face-attempt = Try { $count }
hint-none = Look at the camera
hint-no-face = Move your face into the frame
hint-two-faces = One person only, please
hint-too-near = Move back a little
hint-too-far = Come a little closer
hint-off-centre = Move to the middle of the frame
hint-look-here = Look straight at the camera
hint-tilted = Hold your head upright
hint-too-dark = It is too dark. Turn towards the light
hint-too-bright = The light is too strong. Turn a little
hint-backlit = It is bright behind you. Turn a little
hint-blurred = Your picture is blurred. Please move slowly
hint-mask = Please lower your mask to your chin for a moment
hint-brow-hidden = Lift your hat or hair so that your brows show
hint-glasses-glare = Light shines on your glasses. Please take them off for a moment
hint-eyes-closed = Please open your eyes
hint-turn-right = Turn your head a little to the right
hint-turn-left = Turn your head a little to the left
hint-move-a-little = Turn your head a little to each side
hint-keep-looking = Good. Keep looking at the camera

# FaceHelp
face-help-retry-title = Let us try once more
face-help-other-title = Let us use another way
face-help-distance = Not too close
face-help-hair = Hair off your forehead
face-help-mask = Mask down or off
face-help-hat = Hat off
face-help-glasses = Glasses off
face-help-refused = Today the face check cannot be used. You can check in another way

# EnterPin
pin-title = Enter your PIN
pin-text = The four digits you chose for your card
pin-tries = { $count ->
    [one] 1 try left
   *[other] { $count } tries left
 }
pin-wrong = That PIN did not match. Tries left: { $count }
pin-last = Last try. A wrong PIN locks it. Unsure? Call our staff
pin-proxy = Someone else enters
pin-guardian = For a child, the guardian may enter the PIN
pin-by-family = A family member is entering
pin-by-carer = A carer is entering

# TypeOnReader
reader-pin-title = Enter your PIN on the card reader’s keys
reader-pin-digits = Press the four digits
reader-pin-enter = Press the confirm key
reader-pin-cancel = To stop, press the cancel key

# PinLastTry
last-try-title = Ask the staff instead?
last-try-wrong = The PIN does not seem right
last-try-left = Only one try is left
last-try-warning = One more wrong PIN locks it. Unlocking it takes a procedure, for example at your city, ward or town office
last-try-staff = Ask the staff
last-try-anyway = Enter it anyway

# AskWhoEnters
who-title = Who enters the PIN?
who-text = Please do not say the PIN aloud
who-patient = Cardholder
who-family = Family
who-carer = Carer

# PinLocked
locked-face = You can check in with your face
locked-staff = Our staff can compare you with your photo
locked-reset = To reset your PIN
locked-reset-text = Go to your city, ward or town office
locked-now-title = The PIN is now locked
locked-before = It was entered incorrectly too many times before
locked-everywhere = The PIN cannot be used at other clinics or pharmacies either

# VisualCheck
visual-here-title = Compare the patient with the photo on the card
visual-here-text = For staff to answer
visual-same = Same person
visual-not-same = Cannot confirm

# Checking
checking-title = Checking your insurance
checking-challenge = Getting ready
checking-proof = Please leave the card where it is
checking-asking = Looking up your health insurance. This takes a few seconds
checking-still = Still looking up. Please wait a little longer

# ConfirmName (ours)
confirm-question = Is this the patient’s name?
confirm-yes = Yes, it is

# Renewal
renewal-title = The certificate on your card expires soon
renewal-text = Please renew it soon at your city, ward or town office
renewal-until = It expires on { $date }
renewal-usable-until = As an insurance card it works until { $date }
renewal-today = You can check in as usual today
renewal-grace-title = The certificate on your card has expired
renewal-grace-text = Please renew it now at your city, ward or town office
renewal-grace-limit = Your past treatment, medicine and check-up records are not shared with this clinic

# RegistrationStatus: words of マイナポータル where it has them
status-title-completed = Registered as your insurance card
status-title-preparing = Registration is being prepared
status-title-none = Not registered as an insurance card yet
status-title-unclear = The status is not clear
status-application-none = Application: none
status-application-accepted = Application: accepted
status-application-unclear = Application: please ask our staff
status-linkage-none = Registration: not registered
status-linkage-preparing = Registration: being prepared, please wait
status-linkage-completed = Registration: completed
status-linkage-unclear = Registration: please ask our staff
status-registered-at = Registered on { $date }, { $time }
status-end = Finish
status-apply = Apply

# RegisterOffer
register-title = Your card must be registered for use as a health insurance card
register-question = Continue?
register-time = (This takes a little time)

# RegisterTerms
terms-title = Mynaportal terms of use
terms-apply = You apply through Mynaportal to use your My Number Card as your health insurance card
terms-page = Page { $page } of { $pages }
terms-sample = A sample, not the real terms
terms-next = Next page
terms-previous = Previous page
terms-agree = Agree and continue

# Registering
registering-title = Registering your card
registering-text = This takes a little time. Please leave the card where it is

# Registered
registered-title = Your card is now registered as your health insurance card
registered-next = Get insurance details

# RegisterRefused
refused-from = You can register from { $date }, { $time }
refused-today = Our staff will tell you how to check in today

# Consenting
consent-title = Use of your past records
consent-statement-all = I agree to share these records with this clinic for my treatment and health care
consent-question-all = Do you agree to share these with this clinic for your treatment and health care?
consent-statement-records = I agree to share my past treatment and medicine records, except surgery, with this clinic
consent-statement-surgery = I agree to share my past surgery records with this clinic
consent-statement-checkup = I agree to share my past health check-up records with this clinic
consent-statement-use = They are used for my treatment and health care
consent-question-records = Do you agree to share your past treatment and medicine records, except surgery, with this clinic?
consent-question-surgery = Do you agree to share your past surgery records with this clinic?
consent-question-checkup = Do you agree to share your health check-up results with this clinic?
consent-question-use = They are used for your treatment and health care
consent-over-40 = (Age 40 and over)
consent-number = { $number } of { $of }
consent-chosen = Your current answer: { $answer }
consent-records = Treatment and medicine
consent-given = I agree
consent-refused = I do not agree
consent-one-by-one = Choose one by one
consent-refuse-under-40 = I do not agree, or under 40
consent-summary-title = Is this right?
consent-summary-line = { $what }: { $answer }
consent-change = Choose again
consent-send = Continue with this
consent-lasts = Your consent is valid for 24 hours from now
consent-visits = Treatment
consent-medicine = Medicine
consent-surgery = Surgery
consent-checkup = Check-ups
consent-checkup-age = Age 40 and over
consent-refuse-fine = If you do not agree, you can still check in and see the doctor
consent-refuse = I do not agree
consent-give = I agree

# ConsentLimit
limit-title = Share your payment limit (限度額)?
limit-text = If you use the high-cost medical care benefit (高額療養費), press “Share”. You then pay no more than your limit at the counter
limit-keep-card = Please do not take your card yet
limit-give = Share
limit-refuse = Do not share

# ChoosePrescription (ours)
prescription-title = How would you like your prescription?
prescription-electronic = Electronic
prescription-electronic-text = Electronic: only at pharmacies that accept it. Show your card or the exchange number (引換番号)
prescription-paper = On paper
prescription-paper-text = Paper: hand it in at the pharmacy

# ChooseSubsidy
subsidy-title = Use your medical subsidy certificates (受給者証)?
subsidy-text = It works only for municipalities that take part. Please show paper certificates at the counter
subsidy-use = Use them
subsidy-not = Do not use

# Delivering
delivering-title = Completing your check-in
delivering-text = Please leave the card where it is for a moment

# Done
done-name = { $name }
done-title = You are checked in
done-kana-note = ● is a character this machine cannot show. Your name is not wrong
done-print-note = ● is a character this machine cannot show. The picture is your name on the card
done-take = Do not forget your card!
done-take-text = Take your card from the reader
done-wait = Please wait until you are called
done-counter = Please go to the reception counter
done-number = Please take a number
done-not-me = No, this is another person
done-left = Your card is still here

# Fallback
fallback-at-the-counter = You can check in at the counter
fallback-fee = You pay your usual share, not the full cost
fallback-fee-desk = Our staff will explain what you pay
fallback-led = A few questions will show you how to check in today
fallback-ask-certificate = Do you have a Health Insurance Eligibility Certificate (資格確認書) with you?
fallback-ask-certificate-text = A card or paper from your health insurer
fallback-ask-phone = Do you have a phone with Mynaportal with you?
fallback-ask-phone-text = A saved PDF works too
fallback-ask-notice = Do you have a Notice of Eligibility Information (資格情報のお知らせ) with you?
fallback-ask-notice-text = A paper from your health insurer
fallback-ask-been-here = Have you been treated here with your current health insurance?
fallback-ask-been-here-text = If your insurance has changed since then, press “No”
fallback-show-portal = Please show the Mynaportal screen
fallback-show-portal-text = Show our staff your My Number Card and the Mynaportal screen with your insurance details
fallback-show-notice = Please show the Notice of Eligibility Information (資格情報のお知らせ)
fallback-show-notice-text = Show it to our staff together with your My Number Card
fallback-show-spoken = Our staff will ask you
fallback-show-spoken-text = Show our staff your My Number Card and answer a few questions
fallback-show-form = Please fill in a declaration
fallback-show-form-text = Our staff give you the form (被保険者資格申立書). Show them your My Number Card too
fallback-show-certificate = Please show the Health Insurance Eligibility Certificate (資格確認書)
fallback-show-certificate-text = Show it to our staff, with any medical subsidy certificates you have
fallback-show-staff = Please talk to our staff
fallback-show-staff-text = It helps to know the name of your health insurer
fallback-desk = To the counter

# CallStaff
staff-title = Our staff are coming
staff-text = Please wait here
staff-here = I am staff
staff-entry-title = Enter your 6-digit staff code
staff-entry-wrong = This code is wrong
staff-entry-closed = No code is accepted now. Please help the patient at the counter
staff-entry-training = In training the code is 847316

# StillThere
still-title = Are you still there?
still-text = { $seconds ->
    [one] In 1 second
   *[other] In { $seconds } seconds
 } this ends and everything you entered is erased
still-more = I need more time

# CardAway
away-title = Put your card back on the reader
away-text = Then you go on where you were. { $seconds ->
    [one] We wait 1 second
   *[other] We wait { $seconds } seconds
 }
away-reading = Checking the card

# Stopped
stopped-nothing-kept = Everything you entered has been erased
stopped-take = Please take your card

# OutOfOrder
out-title = This machine is out of service
out-text = Please go to the reception counter

# CleaningUp
cleaning-title = Finishing
cleaning-text = Everything you entered is being erased

# Failures: value and title for the patient, remedy for staff.
failure-card-service-stopped = Please go to the reception counter
    .title = This machine is out of service
remedy-card-service-stopped = The card service (PC/SC) has stopped. Restart the PC; if it happens again call maintenance.
failure-reader-gone = Please go to the reception counter
    .title = This machine is out of service
remedy-reader-gone = Unplug the card reader's USB cable and plug it in again. If that does not help restart the PC.
failure-card-gone = Your card was taken away, so the check-in stopped. You are not checked in yet
    .title = The card was moved
remedy-card-gone = The card was taken during the check-in. Ask the patient to place it again.
failure-card-unreadable = Take it out of its cover and leave it still on the reader
    .title = We could not read the card
remedy-card-unreadable = Try another card. If that one works the card is broken, if not the reader is.
failure-not-my-number-card = Place only your My Number Card
    .title = This does not seem to be a My Number Card
remedy-not-my-number-card = Another card, or several cards, lie on the reader. Take everything off.
failure-phone-placed = Please use your My Number Card here
    .title = Phones do not work here
remedy-phone-placed = A phone was placed. This kiosk reads cards only.
failure-no-certificate = It has no certificate, so it cannot be used as an insurance card. Please go to the counter
    .title = We cannot use this card
remedy-no-certificate = No user-authentication certificate on the card. Check the insurance another way; the municipal office can issue one.
failure-certificate-unusable = Its certificate could not be verified. Please ask at your city, ward or town office
    .title = We cannot use this card
remedy-certificate-unusable = Certificate expired, revoked or of an unknown issuer. Check the insurance another way.
failure-card-swapped = Another card was placed than before. Please start again
    .title = The card has changed
remedy-card-swapped = The card was exchanged during the check-in, which was cancelled. Check card and patient.
failure-certificate-ended = Its certificate expired more than three months ago. Your city, ward or town office can renew it
    .title = This card cannot be used as an insurance card
remedy-certificate-ended = The certificate and its grace months are over. Check the insurance another way today and advise renewal.
failure-certificate-revoked = This can happen after a move or a report of loss. Please ask at your city, ward or town office
    .title = This card cannot be used now
remedy-certificate-revoked = The certificate is revoked (a move, a loss report, a newer card). Check the insurance another way.
failure-pin-wrong = Please check the PIN and enter it again
    .title = That PIN did not match
remedy-pin-wrong = Wrong PIN; tries are left.
failure-pin-blocked = It was entered incorrectly too many times
    .title = Your PIN is locked
remedy-pin-blocked = The PIN is locked. Use face recognition or a visual check; the municipal office resets the PIN.
failure-pin-absent = This card has no PIN
    .title = PIN cannot be used
remedy-pin-absent = A card issued without PIN. Use face recognition or a visual check.
failure-code-b-implausible = Please check the date of birth and the expiry year
    .title = Please check the numbers
remedy-code-b-implausible = The numbers cannot be right. No try was used on the card.
failure-code-b-wrong = Please compare them with your card
    .title = The numbers did not match
remedy-code-b-wrong = The card refused the numbers; tries are left.
failure-code-b-blocked = Please use your PIN
    .title = Face recognition cannot be used
remedy-code-b-blocked = Few or no tries are left for code B. Use PIN or a visual check.
failure-no-portrait = The card has no photo. Please use your PIN
    .title = Face recognition cannot be used
remedy-no-portrait = A card without photo (small children). A guardian's PIN entry or a visual check works.
failure-card-face-invalid = Our staff will help you
    .title = We could not check the photo on the card
remedy-card-face-invalid = Signature or photo on the card is not valid. Look at the card itself to see whether it is genuine.
failure-face-not-confirmed = You can use another way
    .title = We could not see your face well enough
remedy-face-not-confirmed = The face could not be matched. Use PIN or a visual check. This does not mean it is another person.
failure-face-not-live = Our staff will help you
    .title = We could not see your face well enough
remedy-face-not-live = No live face could be confirmed. Look at what is before the camera and check by eye.
failure-camera-gone = Please use your PIN
    .title = The camera does not work now
remedy-camera-gone = No camera found. Unplug its USB cable and plug it in again.
failure-camera-no-picture = Please use your PIN
    .title = The camera does not work now
remedy-camera-no-picture = The camera gives no picture. Check cover, privacy setting and cable.
failure-camera-busy = Please use your PIN
    .title = The camera does not work now
failure-camera-private = Please use your PIN
    .title = The camera does not work now
failure-camera-format = Please use your PIN
    .title = The camera does not work now
remedy-camera-busy = Another program uses the camera. Close that program.
remedy-camera-private = The camera is switched off by its privacy switch or setting. Open the switch; on Windows, allow the camera.
remedy-camera-format = The camera offers no format the kiosk can use. Use one that offers MJPEG, YUYV, NV12 or grey; doctor lists what it offers.
failure-face-models-invalid = Please use your PIN
    .title = Face recognition does not work now
remedy-face-models-invalid = The face models are missing or not the right ones. Run doctor and install them again.
failure-gateway-unreachable = You can check in at the counter
    .title = We cannot check your insurance now
remedy-gateway-unreachable = The gateway cannot be reached. Check line, router and address.
failure-gateway-timeout = You can check in at the counter
    .title = We cannot check your insurance now
remedy-gateway-timeout = No answer in time: busy or out of order. Ask again a little later.
failure-gateway-tls = You can check in at the counter
    .title = We cannot check your insurance now
remedy-gateway-tls = A certificate of the connection does not fit. Check the clock and the certificates' dates.
failure-terminal-refused = You can check in at the counter
    .title = We cannot check your insurance now
remedy-terminal-refused = The gateway does not accept this terminal. Check its registration and certificate.
failure-check-refused = You can check in at the counter
    .title = We cannot check your insurance now
remedy-check-refused = The gateway refused the request as wrong. Send the log to maintenance.
failure-gateway-fault = You can check in at the counter
    .title = We cannot check your insurance now
remedy-gateway-fault = Fault or maintenance at the gateway. See its notices.
failure-gateway-answer-invalid = You can check in at the counter
    .title = We cannot check your insurance now
remedy-gateway-answer-invalid = The gateway's answer is not in the agreed form. Send the log to maintenance.
failure-clock-wrong = You can check in at the counter
    .title = We cannot check your insurance now
remedy-clock-wrong = The clock of this kiosk is wrong, so the connection's certificates look out of date. Set date and time.
failure-not-registered = The card is not registered as an insurance card. You can check in at the counter
    .title = We cannot check your insurance now
remedy-not-registered = The card is not registered yet. Check the insurance another way.
failure-registration-not-yet = After your visit to the city, ward or town office, you can register from the afternoon of the next weekday
    .title = Registration is not possible yet
remedy-registration-not-yet = The certificate was renewed or unblocked just now. Registration works from the next weekday's afternoon; use another way today.
failure-not-confirmed = Our staff at the counter will help you
    .title = We could not confirm your insurance
remedy-not-confirmed = No single valid insurance (invalid, none, several). See the result and ask the insurer.
failure-journal-unwritable = You can check in at the counter
    .title = We cannot check your insurance now
remedy-journal-unwritable = The journal cannot be written, so nothing was sent. Check free space and rights of the disk.
failure-handoff-unwritable = Our staff will complete your check-in
    .title = Not finished yet
remedy-handoff-unwritable = The file for the receipt computer cannot be written. Check the shared folder and its free space.
failure-wrong-name = Everything shown has been erased. Our staff are coming
    .title = Thank you for telling us
remedy-wrong-name = The patient says another person's name was shown. Do not use this result; check card and person.
failure-timed-out = The screen was not touched for a while, so the check-in stopped. You are not checked in yet
    .title = The check-in was stopped
remedy-timed-out = Nothing was touched until time ran out.
failure-cancelled = The check-in was stopped
    .title = Stopped
remedy-cancelled = The patient stopped. Offer another way.
failure-step-timed-out = Our staff will help you
    .title = Something did not work
remedy-step-timed-out = A step inside the kiosk did not finish in time. If it happens again restart.

# The trainer’s controls (ours)
dock-training = Training
dock-scenario = Exercise
dock-place-card = Put card
dock-take-card = Take card
scenario-by-pin = Check-in by PIN
scenario-by-face = Check-in by face
scenario-wrong-pin = One wrong PIN
scenario-other-face = Face with somebody else’s card
scenario-pin-blocked = The PIN is blocked
scenario-not-registered = Card not registered yet
scenario-not-my-card-kind = A phone on the reader
scenario-gateway-down = No online check possible
scenario-not-confirmed = Insurance not confirmed
scenario-card-expiring = Certificate ends soon
scenario-typed-code-b = Typing code B
scenario-card-shown = Card shown to the camera
scenario-other-card-shown = Another person's card shown
scenario-consent-refused = Consent refused
scenario-call-staff = Calling staff midway
scenario-wrong-name = Somebody else’s name shown
scenario-consents-one-by-one = Consents one by one
scenario-every-question = A site that asks everything
scenario-terms-declined = Terms declined
scenario-not-yet = Registration not yet possible
scenario-card-in-grace = Expired, within grace
scenario-card-past-grace = Past the grace months
scenario-card-revoked = Certificate revoked
scenario-fallback-form = Fallback: the form
scenario-card-put-back = Card put back
scenario-card-swapped = Card swapped
scenario-still-there = Idle, then more time
scenario-walked-away = Walked away
scenario-received-today = The same day again
scenario-registration-status = Asking about the registration
scenario-registration-asked-for = From asking to registering

# uketsuke setup: what whoever sets a kiosk up is asked at a terminal
setup-language = 言語 / Language: 1 日本語 2 English
setup-begins = This makes the settings { $file }. Nothing is written before the last question.
setup-changes-present = There are settings already: { $file }. Only what you answer differently is changed, and nothing before the last question.
setup-enter-for = (Enter: { $usual })
setup-facility-code = Medical institution code (ten digits)
setup-facility-code-wrong = It has ten digits.
setup-terminal-id = Name of this kiosk, unique at the site (letters, digits, hyphens; 32 at most)
setup-terminal-id-wrong = Use 1 to 32 letters, digits or hyphens.
setup-screen-language = Language of the idle screen (ja, en, zh-Hans …)
setup-screen-language-wrong = There is no such language. Choose one of ja, ja-simple, en, zh-Hans, vi, ko, pt-BR, fil, ne, id.
setup-screen = Pixels of the panel (such as 1080x1920; auto follows the panel)
setup-screen-wrong = Write it as 1080x1920.
setup-reader = Number of the patients' card reader (Enter: chosen by itself)
setup-no-readers = No card reader was found. Once connected, it is chosen by itself.
setup-camera = Number of the camera that looks at patients (Enter: the first). One picture is taken to try it, and kept nowhere.
setup-no-cameras = No camera was found. Once connected, the first one is used.
setup-choose-wrong = Give a number of the list.
setup-gateway = Address of the gateway (https://…)
setup-gateway-wrong = Give an address that begins with https:// and has no path.
setup-identity = Folder of the certificates (ca.pem, terminal.pem, terminal.key.pem)
setup-identity-wrong = Give the whole path, from / on.
setup-folder = Folder from which the receipt computer takes its files
setup-folder-wrong = Give the whole path, from / on.
setup-keep-failed = Something does not work. Go on all the same (y/n)? With n you answer again.
setup-former-kept = { $file } is changed as above. What it says now is kept with .before behind its name.
setup-new-file = { $file } is made with the above.
setup-write = Write it (y/n)?
setup-yes-or-no = Answer y or n.
# The desk's page: only staff read it.
desk-name = Reception desk
desk-now = Now
desk-today = Today
desk-lamps = Check
desk-skip = To the content
desk-covered = The page is covered. Press a key or touch it
desk-user = Your name
desk-password = Password
desk-log-in = Log in
desk-log-out = Log out
desk-log-in-wrong = Name or password is wrong.
desk-log-in-wait = Too many wrong passwords. Wait { $seconds } seconds.
desk-log-in-fails = Log-ins cannot be judged now. See the desk's log.
desk-sound-on = Turn the ringing off
desk-sound-off = Let calls ring
desk-day = { $year }-{ $month }-{ $day }
desk-no-kiosk = No kiosk has told anything yet. See whether the kiosk's settings name this desk.
desk-silent = The kiosk has been silent since { $since }. See to its power and cable.
desk-say = Say:
desk-calls = Staff are called
desk-taken-by = { $who } is on the way
desk-training = training
desk-face-tries = { $count } face tries
desk-pin-tries = { $count } PIN tries left
desk-method-face = face
desk-method-pin = PIN
desk-method-eye = by eye
desk-language-ja = Japanese
desk-language-ja-simple = Easy Japanese
desk-language-en = English
desk-language-zh-Hans = Chinese
desk-language-vi = Vietnamese
desk-language-ko = Korean
desk-language-pt-BR = Portuguese
desk-language-fil = Filipino
desk-language-ne = Nepali
desk-language-id = Indonesian
desk-at-idle = Nobody is here
desk-at-outOfOrder = The kiosk is out of order
desk-at-cardLeft = A card was left
desk-at-placeCard = Placing the card
desk-at-readingCard = Reading the card
desk-at-alreadyReceived = Was received today already
desk-at-wrongCard = What lies there cannot be used
desk-at-chooseMethod = Choosing face or PIN
desk-at-enterCodeB = Typing the card's digits
desk-at-openingCardFace = Reading the portrait
desk-at-faceCapture = Before the camera
desk-at-faceHelp = The face was not recognised
desk-at-enterPin = Typing the PIN
desk-at-typeOnReader = Typing the PIN on the reader
desk-at-pinLastTry = One PIN try is left
desk-at-askWhoEnters = Choosing who types the PIN
desk-at-pinLocked = The PIN cannot be used
desk-at-enterStaffCode = Staff type their code
desk-at-visualCheck = Waiting for a check by eye
desk-at-checking = Asking the insurer's side
desk-at-confirmName = Confirming the name
desk-at-renewal = Reading about renewal
desk-at-registrationStatus = Looking at the registration
desk-at-registerOffer = Deciding about registration
desk-at-registerTerms = Reading the terms
desk-at-registering = Registering
desk-at-registered = Registered
desk-at-registerRefused = Cannot be registered now
desk-at-consenting = Consents
desk-at-consentOneByOne = Consents one by one
desk-at-consentSummary = Confirming the consents
desk-at-consentLimit = Ceiling of costs
desk-at-choosePrescription = Form of prescription
desk-at-chooseSubsidy = Subsidies
desk-at-delivering = Handing the result over
desk-at-done = Received
desk-at-fallback = Cannot be checked online
desk-at-fallbackAsk = Choosing another paper
desk-at-fallbackShow = What to show at the counter
desk-at-callStaff = Waiting for staff
desk-at-stopped = Stopped
desk-at-cleaningUp = Cleaning up
desk-at-stillThere = Nobody has touched it for a while
desk-at-cardAway = The card was taken away
desk-say-placeCard = “Please lay the card down and leave it there.”
desk-say-wrongCard = “Please lay down your My Number Card alone.”
desk-say-faceHelp = “Would you like to try again? A PIN works too.”
desk-say-pinLastTry = “If you are not sure of the number, we check it here.”
desk-say-pinLocked = “The number cannot be used, but we can receive you.”
desk-say-callStaff = “Thank you for waiting. How can I help?”
desk-say-fallback = “We check your insurance here. Your fee stays the same.”
desk-say-cardLeft = “Has anybody left a card?”
desk-say-cardAway = “Please lay the card down again.”
desk-say-stillThere = “May I help you?”
desk-say-registerRefused = “It can be registered another day. We check in another way today.”
desk-paper-fallback = Ask for the eligibility certificate, the notice of eligibility or the portal on the phone.
desk-paper-fallbackAsk = Ask for the eligibility certificate, the notice of eligibility or the portal on the phone.
desk-paper-fallbackShow = Look at what the screen asked for, and write it down.
desk-paper-registerRefused = Ask for the eligibility certificate.
desk-paper-chooseSubsidy = Ask for the subsidy paper, if there is one.
desk-do-coming = I am coming
desk-do-anotherTry = Face again
desk-do-goOnByPin = To the PIN
desk-do-oneStepBack = One step back
desk-do-finishAndWipe = Finish and wipe
desk-do-seenByEye = Seen by eye…
desk-do-registerReference = Register the chart number
desk-do-askQueueAgain = Ask the queue again
desk-outcome-done = done
desk-outcome-stale = too late; press again
desk-outcome-refused = refused: { $why }
desk-outcome-unheard = no answer from the kiosk; please walk there
desk-outcome-waits = waiting for the kiosk
desk-refused-other = not possible on this screen
desk-eye-how = Go to the kiosk and compare the portrait with the person. It counts for this visit alone. Your name and the reason are recorded.
desk-eye-here = Person and card are before me
desk-eye-why = Why by eye
desk-eye-face-not-taken = The camera does not take the face (mask, light, changed looks)
desk-eye-no-portrait = The card has no portrait to compare with
desk-eye-no-pin = The PIN is forgotten, blocked or absent
desk-eye-cannot-operate = Cannot use the screen alone
desk-eye-device-fault = A device of the kiosk does not work
desk-eye-yes = The same person: go on
desk-back = Back
desk-search = Search (kana, chart)
desk-csv = Save as CSV
desk-print = For paper
desk-count = { $open } need somebody, { $all } in all
desk-folded = { $count } with nothing left to do
desk-column-time = Time
desk-column-name = Name
desk-column-kana = Kana
desk-column-age = Age
desk-column-chart = Chart
desk-column-do = To do
desk-column-insurance = Insurance
desk-column-share = Share
desk-column-file = Receipt computer
desk-copy = Press to copy
desk-nobody = No name was read
desk-age = { $years } years
desk-sex-male = male
desk-sex-female = female
desk-sex-unknown = sex unknown
desk-settle = Mark as done
desk-unsettle = Not done after all
desk-settled-by = Marked as done by { $who }
desk-copayment = { $tenths }0 %
desk-validity-valid = valid
desk-validity-invalid = invalid
desk-validity-superseded = invalid, a newer one exists
desk-validity-notFound = not found
desk-validity-multiple = several found
desk-validity-unknown = unknown result
desk-file-waits = waits in the kiosk
desk-file-written = handed over
desk-file-taken = taken by the receipt computer
desk-file-not-taken = not taken by the receipt computer
desk-file-given-up = not handed over
desk-ended-early = The visit ended early
desk-ended-early-do = See whether the patient is still here, and help once more.
desk-reason-not-confirmed = Insurance not confirmed ({ $validity })
desk-reason-not-confirmed-do = Ask for the eligibility certificate or notice and ask the insurer. Do not charge the full price.
desk-reason-file-given-up = Not handed to the receipt computer
desk-reason-file-given-up-do = Type it in by hand and call support.
desk-reason-file-not-taken = Not taken for { $minutes } minutes
desk-reason-file-not-taken-do = Look at the receipt computer's power and its import.
desk-reason-file-waits = The file waits in the kiosk
desk-reason-file-waits-do = Look at the shared folder; it goes by itself when that is back.
desk-reason-lost-signs = Signs of the name are missing ({ $signs })
desk-reason-lost-signs-do = Find the chart by kana and birth date; type the sign from the card.
desk-reason-grace = The certificate has ended; it serves until { $day }
desk-reason-grace-do = Tell about the renewal at the municipality.
desk-reason-certificate-ends = The certificate ends on { $day }
desk-reason-certificate-ends-do = Hand out the note about renewal.
desk-reason-insurance-ends = The insurance ends on { $day }
desk-reason-insurance-ends-do = Ask which insurance follows.
desk-reason-consents-unanswered = { $count } consents not answered
desk-reason-consents-unanswered-do = They were not refused; the doctor may ask.
desk-reason-registered-now = Registered as insurance card today
desk-reason-registered-now-do = See whether there is a chart.
desk-all-good = All is well. You can open.
desk-no-lamps = The kiosk has not told how it does.
desk-lamp-good = good
desk-lamp-doubtful = look
desk-lamp-bad = bad
desk-chart-not-in-list = not in the list of charts
desk-chart-nobody = no chart found
desk-chart-candidates = { $count } candidates; choose:
desk-answers = Answers
