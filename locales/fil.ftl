# Filipino. Japanese terms stay where the patient meets them on paper.

# Around every screen
app-title = Check-in
app-subtitle = Gamitin ang My{"\u00A0"}Number Card bilang insurance card
training = Pagsasanay – hindi totoong check-in
language-name = Filipino
tool-language = Wika
    .title = Wika – Language
tool-display = Titik
    .title = Titik at kulay
tool-sound = Tunog
    .title = Tunog
tool-menu = Wika, titik
    .title = Wika, titik, kulay, tunog
call-staff = Tumawag ng staff
cancel = Itigil
cancel-reception = Itigil ang check-in
step-card = Card
step-identity = Identidad
step-check = Insurance
step-consent = Pahintulot
step-done = Tapos
staff-code = Code para sa staff { $code }

# Buttons used on several screens
continue = Ituloy
close = Isara
retry = Ulitin
use-face = Gamitin ang mukha
use-pin = Gamitin ang PIN
back-to-start = Bumalik sa simula
back = Bumalik
yes = Oo
no = Hindi
date = { $month ->
        [1] Enero
        [2] Pebrero
        [3] Marso
        [4] Abril
        [5] Mayo
        [6] Hunyo
        [7] Hulyo
        [8] Agosto
        [9] Setyembre
        [10] Oktubre
        [11] Nobyembre
       *[other] Disyembre
    }{"\u00A0"}{ $day },{"\u00A0"}{ $year }

# Keypad
keypad-erase = Burahin
keypad-clear = Burahin lahat
keypad-confirm = OK
keypad-show = Ipakita
keypad-hide = Itago
keypad-shuffle = I-shuffle
keypad-order = Ihanay
keypad-back = Bumalik
keypad-machine = Masyadong mabilis kaya hindi ginamit. Pakilagay ulit
display-text = Laki ng titik
display-text-100 = Normal
display-text-125 = Malaki
display-text-150 = Mas malaki
display-text-200 = Pinakamalaki
display-theme = Kulay
display-theme-light = Maliwanag
display-theme-dark = Madilim
display-theme-high = Matingkad
display-theme-grey = Abuhin
display-letter = A
display-comfort = Ginhawa
display-seated = Nakaupo
display-calm = Walang galaw
sound-on = May pagbasa
sound-off = Walang pagbasa
sound-volume = Lakas ng tunog { $count }
sound-softer = Hinaan
sound-louder = Lakasan
sound-repeat = Ulitin
sound-other-language = Sa wikang Hapon at Ingles lang ang boses
sound-no-device = Walang tunog ang makinang ito ngayon

# Idle
idle-title = Ilagay ang My{"\u00A0"}Number Card sa card reader
idle-touch = O pindutin ang screen para magsimula
idle-inquire = Tingnan ang rehistro at magparehistro

# PlaceCard
place-title = Ilagay ang My{"\u00A0"}Number Card sa card reader
place-side = Nasa ibabaw ang litrato, patayo
place-no-cover = May cover
place-no-back = Likod
place-no-two = Dalawa

# ReadingCard
reading-title = Binabasa ang card
reading-text = Huwag galawin ang card
already-title = Naka-check in na kayo ngayong araw
already-at = Naka-check in nang { $time }
already-text = Kunin ang card at maghintay
already-renew = Baguhin ang pahintulot
already-end = Tapusin

# WrongCard
wrong-remove = Alisin ang nasa reader
wrong-place = Isang My{"\u00A0"}Number Card lang ang ilagay

# ChooseMethod
choose-title = Piliin kung paano kukumpirmahin ang pagkakakilanlan
choose-face = Mukha
choose-face-text = Titingnan ng camera ang mukha
choose-pin = PIN
choose-pin-text = Maglagay ng 4 na numero
choose-help = Kung mahirap ang dalawa, tutulong ang staff
choose-face-only = Face recognition lang ang puwede sa card na ito. Wala itong PIN
choose-staff = Titingnan ng staff
choose-staff-text = Ihahambing kayo ng staff sa litrato sa card
staff-coming-title = Papunta na ang staff sa inyo
staff-go-on = Magpatuloy na
choose-guardian = Para sa bata, puwedeng magulang o guardian ang maglagay ng PIN

# EnterCodeB
code-b-step = { $step } / { $steps }
code-b-birth-title = Petsa ng kapanganakan sa card
code-b-birth-hint = Tig-2 na numero ang taon, buwan, araw. Pebrero ay 02
code-b-expiry-title = Taon ng expiry sa card
code-b-expiry-hint = 4 na numero bago ang “まで有効”
code-b-security-title = Security code
code-b-security-hint = 4 na numero sa ilalim ng litrato
code-b-year = Taon
code-b-month = Buwan
code-b-day = Araw
code-b-tries = Natitirang subok: { $count }
code-b-no-try-used = Walang nabawas na pagkakataon
code-b-wrong = Mukhang mali ang numero. Ilagay muli mula sa simula
code-b-check-again = Ihambing sa card at ilagay muli
code-b-no-such-day = Walang ganitong petsa. Ihambing sa card
code-b-outside-era = Walang ganitong petsa sa { $era }. Tingnan ang taon at era
code-b-future = Hindi pa dumarating ang petsang ito. Ihambing sa card
code-b-expiry-past = Tapos na ang taong ito. Ihambing sa card
code-b-expiry-far = Masyadong malayo ang taong ito. Ihambing sa card
era-meiji = Meiji (明治)
era-taisho = Taisho (大正)
era-showa = Showa (昭和)
era-heisei = Heisei (平成)
era-reiwa = Reiwa (令和)
era-gregorian = Kanluranin (西暦)

# OpeningCardFace
opening-title = Binabasa ang litrato sa card
opening-text = Huwag galawin ang card

# ShowCard
show-title = Ipakita ang harap ng card sa camera
show-take = Kunin ang card at ipakita ang harap
show-front = Itapat sa frame ang panig na may litrato
show-other-side = Ipakita nang tuwid ang may litrato
show-nearer = Ilapit nang kaunti ang card sa camera
show-farther = Ilayo nang kaunti ang card sa camera
show-straighter = Hawakan nang tuwid ang card
show-glare = May silaw ng ilaw. Itagilid nang kaunti ang card
show-finger-away = Alisin ang daliri sa mga numero sa ilalim ng litrato
show-hold-still = Binabasa. Huwag pong igalaw
show-privacy = Hindi ise-save ang larawan ng card
show-type = Ilagay ang numero ng card
show-read = Nabasa na ang card


# FaceCapture
face-title = Itapat ang mukha sa frame
face-text = Kusang kukuha ng litrato
face-privacy = Hindi ise-save ang larawan ng mukha
face-attempt = Ika-{ $count } subok
hint-none = Tumingin sa camera
hint-no-face = Ipasok ang mukha sa frame
hint-two-faces = Isang tao lang po
hint-too-near = Lumayo nang kaunti
hint-too-far = Lumapit nang kaunti
hint-off-centre = Igitna ang mukha
hint-look-here = Tumingin nang diretso sa camera
hint-tilted = Ituwid ang ulo
hint-too-dark = Madilim. Humarap sa maliwanag
hint-too-bright = Masyadong maliwanag. Pumihit nang kaunti
hint-backlit = Maliwanag sa likod. Pumihit nang kaunti
hint-blurred = Malabo ang larawan. Dahan-dahan ang galaw
hint-mask = Ibaba ang mask hanggang baba
hint-brow-hidden = Itaas ang sombrero o buhok para makita ang kilay
hint-glasses-glare = Kumikislap ang salamin. Alisin muna sandali
hint-eyes-closed = Imulat ang mga mata
hint-turn-right = Ibaling nang kaunti ang mukha sa kanan
hint-turn-left = Ibaling nang kaunti ang mukha sa kaliwa
hint-move-a-little = Ibaling nang kaunti ang mukha pakaliwa at pakanan
hint-keep-looking = Ganyan nga. Patuloy na tumingin sa camera

# FaceHelp
face-help-retry-title = Subukan natin muli
face-help-other-title = Subukan ang ibang paraan
face-help-distance = Huwag masyadong lapit
face-help-hair = Itaas ang buhok
face-help-mask = Ibaba ang mask
face-help-hat = Tanggal sombrero
face-help-glasses = Tanggal salamin
face-help-refused = Hindi magamit ang face recognition ngayon. May ibang paraan para mag-check in

# EnterPin
pin-title = Ilagay ang PIN
pin-text = Ang 4 na numerong pinili ninyo noong kinuha ang card
pin-tries = Natitirang subok: { $count }
pin-wrong = Maling PIN. Natitirang subok: { $count }
pin-last = Isang pagkakataon na lang. Kapag mali, mala-lock ang PIN. Kung hindi sigurado, tumawag ng staff
pin-proxy = Ibang tao
pin-guardian = Para sa bata, puwedeng magulang o guardian ang maglagay ng PIN
pin-by-family = Kapamilya ang naglalagay
pin-by-carer = Tagapag-alaga ang naglalagay

# TypeOnReader
reader-pin-title = Ilagay ang PIN gamit ang mga pindutan ng card reader
reader-pin-digits = Pindutin ang 4 na numero
reader-pin-enter = Pindutin ang kumpirma
reader-pin-cancel = Para huminto, pindutin ang kanselahin

# PinLastTry
last-try-title = Magtanong sa staff?
last-try-wrong = Mukhang mali ang PIN
last-try-left = Isang subok na lang ang natitira
last-try-warning = Kapag mali, mala-lock ang PIN. Para ma-unlock, may proseso, halimbawa sa city hall (市区町村)
last-try-staff = Magtanong sa staff
last-try-anyway = Ilagay pa rin

# AskWhoEnters
who-title = Sino ang maglalagay?
who-text = Huwag sabihin nang malakas ang PIN
who-patient = May-ari
who-family = Pamilya
who-carer = Tagapag-alaga

# PinLocked
locked-face = Puwede ang face recognition
locked-staff = Puwedeng kumpirmahin ng staff
locked-reset = Para i-reset ang PIN
locked-reset-text = Sa city hall (市区町村) kung saan kayo naka-register bilang residente
locked-now-title = Na-lock ang PIN
locked-before = Maraming beses na mali noon
locked-everywhere = Hindi rin magagamit ang PIN sa ibang klinika at botika

# VisualCheck
visual-here-title = Ikumpara ang pasyente sa litrato ng card
visual-here-text = Staff ang pipindot
visual-same = Siya nga
visual-not-same = Hindi tiyak

# Checking
checking-title = Tinitingnan ang inyong insurance
checking-challenge = Inihahanda
checking-proof = Huwag galawin ang card
checking-asking = Nagtatanong sa health insurance. Sandali lang
checking-still = Nagtatanong pa rin. Sandali pa po
confirm-question = Ito ba ang pangalan ng pasyente?
confirm-yes = Oo, tama

# Renewal
renewal-title = Malapit nang mag-expire ang electronic certificate
renewal-text = I-renew agad sa city hall (市区町村) ninyo
renewal-until = Mag-e-expire sa { $date }
renewal-usable-until = Magagamit bilang insurance card hanggang { $date }
renewal-today = Makakapag-check in pa rin kayo ngayon
renewal-grace-title = Expired na ang electronic certificate
renewal-grace-text = I-renew na sa city hall (市区町村)
renewal-grace-limit = Hindi makikita rito ang dati ninyong tala ng pagpapagamot, gamot at check-up

# RegistrationStatus: words of マイナポータル where it has them
status-title-completed = Nakarehistro bilang insurance card
status-title-preparing = Inihahanda ang rehistro
status-title-none = Hindi pa nakarehistro bilang insurance card
status-title-unclear = Hindi malinaw ang rehistro
status-application-none = Aplikasyon: wala pa
status-application-accepted = Aplikasyon: natanggap na
status-application-unclear = Aplikasyon: magtanong sa staff
status-linkage-none = Rehistro: hindi pa
status-linkage-preparing = Rehistro: inihahanda, maghintay po
status-linkage-completed = Rehistro: tapos na
status-linkage-unclear = Rehistro: magtanong sa staff
status-registered-at = Nairehistro noong { $date }, { $time }
status-end = Tapusin
status-apply = Mag-apply

# RegisterOffer
register-title = Kailangang irehistro ang My{"\u00A0"}Number Card bilang insurance card
register-question = Itutuloy ba?
register-time = (Matatagalan nang kaunti)

# RegisterTerms
terms-title = Mga tuntunin ng Mynaportal (マイナポータル)
terms-apply = Sa Mynaportal (マイナポータル), mag-a-apply na gamitin ang My{"\u00A0"}Number Card bilang health insurance card
terms-page = Pahina { $page } ng { $pages }
terms-sample = Halimbawa, hindi totoong tuntunin
terms-next = Susunod
terms-previous = Nakaraan
terms-agree = Payag ako, ituloy

# Registering
registering-title = Inirerehistro ang card
registering-text = Matatagalan nang kaunti. Huwag alisin ang card

# Registered
registered-title = Nairehistro na ang My{"\u00A0"}Number Card bilang insurance card
registered-next = Kunin ang detalye ng insurance
refused-from = Puwedeng irehistro mula { $date }, { $time }

# RegisterRefused
refused-today = Ipapaliwanag ng staff ang gagawin ngayon

# Consenting
consent-title = Paggamit ng dati ninyong impormasyon
consent-statement-all = Pumapayag akong ibigay ang mga ito sa klinikang ito para sa aking gamutan at kalusugan
consent-question-all = Pumapayag ba kayong ibigay ang mga ito sa klinikang ito para sa inyong gamutan at kalusugan?
consent-statement-records = Pumapayag akong ibigay sa klinikang ito ang dati kong tala ng pagpapagamot at gamot, maliban sa operasyon
consent-statement-surgery = Pumapayag akong ibigay sa klinikang ito ang dati kong tala ng operasyon
consent-statement-checkup = Pumapayag akong ibigay sa klinikang ito ang dati kong resulta ng check-up
consent-statement-use = Gagamitin ito sa aking pagpapagamot at kalusugan
consent-question-records = Pumapayag ba kayong ibigay sa klinikang ito ang dati ninyong tala ng pagpapagamot at gamot, maliban sa operasyon?
consent-question-surgery = Pumapayag ba kayong ibigay sa klinikang ito ang dati ninyong tala ng operasyon?
consent-question-checkup = Pumapayag ba kayong ibigay sa klinikang ito ang resulta ng check-up (特定健診)?
consent-question-use = Gagamitin ito sa inyong pagpapagamot at kalusugan
consent-over-40 = (Edad 40 pataas)
consent-number = { $number } ng { $of }
consent-chosen = Sagot ninyo ngayon: { $answer }
consent-records = Pagpapagamot at gamot
consent-given = Payag ako
consent-refused = Hindi ako payag
consent-one-by-one = Isa-isa
consent-refuse-under-40 = Hindi, o wala pang 40{"\u00A0"}taon
consent-summary-title = Tama ba ito?
consent-summary-line = { $what }: { $answer }
consent-change = Baguhin
consent-send = Ituloy
consent-lasts = May bisa ang pahintulot nang 24 oras mula ngayon
consent-visits = Pagpapagamot
consent-medicine = Gamot
consent-surgery = Operasyon
consent-checkup = Check-up
consent-checkup-age = Edad 40 pataas
consent-refuse-fine = Kahit tumanggi, puwedeng magpatingin
consent-refuse = Hindi payag
consent-give = Payag
limit-title = Ibahagi ang impormasyon ng limit ng babayaran (限度額)?
limit-text = Kung gumagamit ng high-cost medical expense benefit (高額療養費), pindutin ang “Ibahagi”. Sa counter, hindi lalampas sa limit ang babayaran
limit-keep-card = Huwag munang kunin ang card
limit-give = Ibahagi
limit-refuse = Huwag ibahagi
prescription-title = Anong uri ng reseta?
prescription-electronic = Electronic na reseta
prescription-electronic-text = Electronic: sa botikang tumatanggap lang. Ipakita ang card o ang numero ng reseta (引換番号)
prescription-paper = Papel na reseta
prescription-paper-text = Papel: ibigay sa botika
subsidy-title = Gamitin ang medical subsidy certificate (受給者証)?
subsidy-text = Para lang sa mga kasaling munisipyo. Kung papel ang certificate, ipakita sa counter
subsidy-use = Gamitin
subsidy-not = Huwag gamitin

# Delivering
delivering-title = Tinatapos ang check-in
delivering-text = Huwag alisin ang card, sandali lang

# Done
done-name = { $name }
done-title = Tapos na ang check-in
done-kana-note = ●: letrang hindi maipakita. Hindi mali ang pangalan ninyo
done-print-note = ●: letrang hindi maipakita. Nasa larawan ang pangalan sa card
done-take = Huwag kalimutan ang card!
done-take-text = Kunin ang card
done-wait = Hintaying tawagin kayo
done-counter = Pumunta sa reception
done-number = Kumuha ng numero
done-not-me = Pangalan ito ng iba
done-left = Nandito pa ang card

# Fallback
fallback-at-the-counter = Puwedeng mag-check in sa counter
fallback-fee = Hindi ninyo babayaran ang buong halaga. Kapareho pa rin ng dati ang bayad
fallback-fee-desk = Ipapaliwanag ng staff sa counter ang babayaran ninyo
fallback-led = Gagabayan namin kayo ngayon
fallback-ask-certificate = Dala ba ninyo ang eligibility certificate (Shikaku Kakuninsho, 資格確認書)?
fallback-ask-certificate-text = Card o papel mula sa health insurance
fallback-ask-phone = May dala ba kayong phone na nabubuksan ang Mynaportal (マイナポータル)?
fallback-ask-phone-text = Puwede rin ang naka-save na PDF
fallback-ask-notice = Dala ba ninyo ang eligibility notice (Shikaku Joho no Oshirase, 資格情報のお知らせ)?
fallback-ask-notice-text = Papel mula sa health insurance
fallback-ask-been-here = Nakapagpatingin na ba kayo rito gamit ang kasalukuyang health insurance?
fallback-ask-been-here-text = Kung nagpalit ng insurance at unang beses ngayon, pindutin ang “Hindi”
fallback-show-portal = Ipakita ang screen ng Mynaportal (マイナポータル)
fallback-show-portal-text = Sa counter, ipakita ang My{"\u00A0"}Number Card at ang “資格情報” na screen ng Mynaportal
fallback-show-notice = Ipakita ang eligibility notice (資格情報のお知らせ)
fallback-show-notice-text = Sa counter, kasama ang My{"\u00A0"}Number Card
fallback-show-spoken = Magtatanong ang staff
fallback-show-spoken-text = Sa counter, ipakita ang My{"\u00A0"}Number Card at sagutin ang tanong
fallback-show-form = Sagutan ang form (被保険者資格申立書)
fallback-show-form-text = Ibibigay ng staff ang form. Ipakita rin ang My{"\u00A0"}Number Card
fallback-show-certificate = Ipakita ang eligibility certificate (資格確認書)
fallback-show-certificate-text = Ipakita sa counter, kasama ang medical subsidy certificate (受給者証) kung mayroon
fallback-show-staff = Makipag-usap sa staff sa counter
fallback-show-staff-text = Mas mabilis kung alam ang pangalan ng health insurance
fallback-desk = Sa counter

# CallStaff
staff-title = Parating na ang staff
staff-text = Maghintay dito
staff-here = Staff ako
staff-entry-title = Ilagay ang 6 na numero ng staff
staff-entry-wrong = Mali ang code
staff-entry-closed = Hindi tinatanggap ang code ngayon. Tulungan ang pasyente sa counter
staff-entry-training = Sa pagsasanay, 847316 ang code
still-title = Nandiyan pa ba kayo?
still-text = Sa { $seconds } segundo, matatapos ito at buburahin ang lahat
still-more = Dagdagan ang oras
away-title = Ibalik ang card sa reader
away-text = Itutuloy kung saan tumigil. Maghihintay kami ng { $seconds } segundo
away-reading = Tinitingnan ang card

# Stopped
stopped-nothing-kept = Nabura na ang lahat ng inilagay ninyo
stopped-take = Kunin ang card

# OutOfOrder
out-title = Hindi magamit ang makinang ito
out-text = Paumanhin. Pumunta sa reception

# CleaningUp
cleaning-title = Tinatapos
cleaning-text = Binubura ang inilagay ninyo

# Failures
failure-card-service-stopped = Pumunta sa reception
    .title = Hindi magamit ang makinang ito
failure-reader-gone = Pumunta sa reception
    .title = Hindi magamit ang makinang ito
failure-card-gone = Naalis ang card kaya itinigil ang check-in. Hindi pa kayo naka-check in
    .title = Naalis ang card
failure-card-unreadable = Alisin sa lalagyan, ilagay at huwag galawin
    .title = Hindi mabasa ang card
failure-not-my-number-card = Isang My{"\u00A0"}Number Card lang ang ilagay
    .title = Mukhang hindi ito My{"\u00A0"}Number Card
failure-phone-placed = My{"\u00A0"}Number Card ang gamitin dito
    .title = Hindi puwede ang phone dito
failure-no-certificate = Walang electronic certificate, kaya hindi magagamit na insurance card. Pumunta sa counter
    .title = Hindi magamit ang card na ito
failure-certificate-unusable = Hindi makumpirma ang electronic certificate. Magtanong sa city hall (市区町村) ninyo
    .title = Hindi magamit ang card na ito
failure-card-swapped = Ibang card ang inilagay. Magsimula muli
    .title = Ibang card na ito
failure-certificate-ended = Mahigit 3 buwan nang expired ang electronic certificate. Puwedeng i-renew sa city hall (市区町村)
    .title = Hindi magamit ang card bilang insurance card
failure-certificate-revoked = Maaaring dahil sa paglipat o pagkawala. Itanong sa city hall (市区町村)
    .title = Hindi magamit ang card ngayon
failure-pin-wrong = Tingnan ang PIN at ilagay muli
    .title = Hindi tugma ang PIN
failure-pin-blocked = Sunod-sunod ang mali
    .title = Naka-lock ang PIN
failure-pin-absent = Walang PIN ang card na ito
    .title = Hindi magamit ang PIN
failure-code-b-implausible = Tingnan muli ang petsa ng kapanganakan at taon ng expiry
    .title = Tingnan ang mga numero
failure-code-b-wrong = Tingnan muli ang mga numero sa card
    .title = Hindi tugma ang mga numero
failure-code-b-blocked = Gamitin ang PIN
    .title = Hindi magamit ang face recognition
failure-no-portrait = Walang litrato ang card. Gamitin ang PIN
    .title = Hindi magamit ang face recognition
failure-card-face-invalid = Tutulungan kayo ng staff
    .title = Hindi makumpirma ang litrato sa card
failure-face-not-confirmed = May iba pang paraan
    .title = Hindi malinaw ang mukha
failure-face-not-live = Tutulungan kayo ng staff
    .title = Hindi malinaw ang mukha
failure-camera-gone = Gamitin ang PIN
    .title = Hindi gumagana ang camera ngayon
failure-camera-no-picture = Gamitin ang PIN
    .title = Hindi gumagana ang camera ngayon
failure-camera-busy = Gamitin ang PIN
    .title = Hindi gumagana ang camera ngayon
failure-camera-private = Gamitin ang PIN
    .title = Hindi gumagana ang camera ngayon
failure-camera-format = Gamitin ang PIN
    .title = Hindi gumagana ang camera ngayon
failure-face-models-invalid = Gamitin ang PIN
    .title = Hindi magamit ang face recognition ngayon
failure-gateway-unreachable = Puwedeng mag-check in sa counter
    .title = Hindi matingnan ang insurance ngayon
failure-gateway-timeout = Puwedeng mag-check in sa counter
    .title = Hindi matingnan ang insurance ngayon
failure-gateway-tls = Puwedeng mag-check in sa counter
    .title = Hindi matingnan ang insurance ngayon
failure-terminal-refused = Puwedeng mag-check in sa counter
    .title = Hindi matingnan ang insurance ngayon
failure-check-refused = Puwedeng mag-check in sa counter
    .title = Hindi matingnan ang insurance ngayon
failure-gateway-fault = Puwedeng mag-check in sa counter
    .title = Hindi matingnan ang insurance ngayon
failure-gateway-answer-invalid = Puwedeng mag-check in sa counter
    .title = Hindi matingnan ang insurance ngayon
failure-clock-wrong = Puwedeng mag-check in sa counter
    .title = Hindi matingnan ang insurance ngayon
failure-not-registered = Hindi pa rehistrado bilang insurance card. Puwede pa ring mag-check in sa counter
    .title = Hindi matingnan ang insurance ngayon
failure-registration-not-yet = Matapos ang proseso sa city hall (市区町村), puwedeng irehistro mula hapon ng susunod na araw na may pasok
    .title = Hindi pa maaaring irehistro ngayon
failure-not-confirmed = Tutulungan kayo ng staff sa counter
    .title = Hindi makumpirma ang insurance
failure-journal-unwritable = Puwedeng mag-check in sa counter
    .title = Hindi matingnan ang insurance ngayon
failure-handoff-unwritable = Ipagpapatuloy ito ng staff
    .title = Hindi pa tapos ang check-in
failure-wrong-name = Nabura na ang lahat ng ipinakita. Parating na ang staff
    .title = Salamat sa pagsabi
failure-timed-out = Matagal na walang pumindot kaya itinigil ang check-in. Hindi pa kayo naka-check in
    .title = Itinigil ang check-in
failure-cancelled = Itinigil ang check-in
    .title = Itinigil
failure-step-timed-out = Tutulungan kayo ng staff
    .title = May hindi gumana
