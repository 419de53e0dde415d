# नेपाली. Digits are the ones of the keypad. Japanese terms stay where the patient meets them on paper.

# Around every screen
app-title = चेक-इन
app-subtitle = बीमा कार्डको सट्टा माइ{"\u00A0"}नम्बर कार्ड
training = अभ्यास – साँचो चेक-इन होइन
language-name = नेपाली
tool-language = भाषा
    .title = भाषा – Language
tool-display = अक्षर, रङ
    .title = अक्षर र रङ
tool-sound = आवाज
    .title = आवाज
tool-menu = भाषा, अक्षर
    .title = भाषा, अक्षर, रङ, आवाज
call-staff = कर्मचारी बोलाउने
cancel = रद्द गर्ने
cancel-reception = चेक-इन रोक्ने
step-card = कार्ड
step-identity = पहिचान
step-check = बीमा
step-consent = सहमति
step-done = सकियो
staff-code = कर्मचारीको कोड { $code }

# Buttons used on several screens
continue = अगाडि बढ्ने
close = बन्द
retry = फेरि प्रयास
use-face = अनुहार प्रयोग गर्ने
use-pin = पिन प्रयोग गर्ने
back-to-start = सुरुमा फर्कने
back = फर्कने
yes = छ
no = छैन
date = { $year }{"\u00A0"}{ $month ->
        [1] जनवरी
        [2] फेब्रुअरी
        [3] मार्च
        [4] अप्रिल
        [5] मे
        [6] जुन
        [7] जुलाई
        [8] अगस्ट
        [9] सेप्टेम्बर
        [10] अक्टोबर
        [11] नोभेम्बर
       *[other] डिसेम्बर
    }{"\u00A0"}{ $day }

# Keypad
keypad-erase = 1 मेट्ने
keypad-clear = सबै मेट्ने
keypad-confirm = ठीक छ
keypad-show = देखाउने
keypad-hide = लुकाउने
keypad-shuffle = फेरबदल
keypad-order = क्रममा
keypad-back = फर्कने
keypad-machine = धेरै छिटो भएकाले प्रयोग गरिएन। फेरि हाल्नुहोस्
display-text = अक्षरको आकार
display-text-100 = सामान्य
display-text-125 = ठूलो
display-text-150 = अझ ठूलो
display-text-200 = सबैभन्दा ठूलो
display-theme = रङ
display-theme-light = उज्यालो
display-theme-dark = अँध्यारो
display-theme-high = प्रस्ट
display-theme-grey = खरानी
display-letter = अ
display-comfort = प्रयोग तरिका
display-seated = बसेर प्रयोग गर्ने
display-calm = एनिमेसन रोक्ने
sound-on = पढेर सुनाउने
sound-off = नसुनाउने
sound-volume = आवाज { $count }
sound-softer = सानो
sound-louder = ठूलो
sound-repeat = फेरि सुन्ने
sound-other-language = जापानी र अंग्रेजीमा मात्र पढेर सुनाइन्छ
sound-no-device = अहिले यो मेसिनमा आवाज आउँदैन

# Idle
idle-title = कार्ड रिडरमा माइ{"\u00A0"}नम्बर कार्ड राख्नुहोस्
idle-touch = वा स्क्रिन छोएर सुरु गर्नुहोस्
idle-inquire = दर्ता अवस्था हेर्ने र दर्ता गर्ने

# PlaceCard
place-title = कार्ड रिडरमा माइ{"\u00A0"}नम्बर कार्ड राख्नुहोस्
place-side = फोटो माथि पारी ठाडो राख्नुहोस्
place-no-cover = खोल
place-no-back = पछाडि
place-no-two = दुई वटा

# ReadingCard
reading-title = कार्ड पढिँदै छ
reading-text = कार्ड नहटाउनुहोस्
already-title = आज चेक-इन भइसकेको छ
already-at = { $time } मा चेक-इन भयो
already-text = कार्ड लिएर पर्खनुहोस्
already-renew = सहमति फेरि छान्ने
already-end = सक्ने

# WrongCard
wrong-remove = अहिलेको कार्ड हटाउनुहोस्
wrong-place = माइ{"\u00A0"}नम्बर कार्ड मात्र राख्नुहोस्

# ChooseMethod
choose-title = पहिचान गर्ने तरिका छान्नुहोस्
choose-face = अनुहार
choose-face-text = क्यामेराले अनुहार हेर्छ
choose-pin = पिन
choose-pin-text = 4 अङ्क हाल्नुहोस्
choose-help = दुवै गाह्रो भए कर्मचारीले मद्दत गर्नुहुन्छ
choose-face-only = यो अनुहार मात्र चल्ने कार्ड हो। पिन छैन
choose-staff = कर्मचारीले हेर्ने
choose-staff-text = कर्मचारीले फोटोसँग दाँज्नुहुन्छ
staff-coming-title = कर्मचारी बाटोमा हुनुहुन्छ
staff-go-on = नपर्खी अघि बढ्ने
choose-guardian = बच्चाको पिन अभिभावकले हाल्न सक्नुहुन्छ

# EnterCodeB
code-b-step = { $step } / { $steps }
code-b-birth-title = कार्डको जन्म मिति
code-b-birth-hint = वर्ष, महिना, तारिख 2-2 अङ्क। फेब्रुअरी भए 02
code-b-expiry-title = कार्डको म्याद सकिने वर्ष
code-b-expiry-hint = “まで有効” अगाडिको 4 अङ्क
code-b-security-title = सुरक्षा कोड
code-b-security-hint = फोटोमुनिको 4 अङ्क
code-b-year = वर्ष
code-b-month = महिना
code-b-day = तारिख
code-b-tries = अझै { $count } पटक हाल्न मिल्छ
code-b-no-try-used = पटक घटेको छैन
code-b-wrong = अङ्क मिलेन। सुरुदेखि फेरि हाल्नुहोस्
code-b-check-again = कार्ड हेरेर फेरि हाल्नुहोस्
code-b-no-such-day = यस्तो मिति छैन। कार्ड हेर्नुहोस्
code-b-outside-era = { $era } मा यस्तो मिति छैन। वर्ष र युग हेर्नुहोस्
code-b-future = यो मिति आएको छैन। कार्ड हेर्नुहोस्
code-b-expiry-past = यो वर्ष बितिसक्यो। कार्ड हेर्नुहोस्
code-b-expiry-far = यो वर्ष धेरै टाढा छ। कार्ड हेर्नुहोस्
era-meiji = मेइजी (明治)
era-taisho = ताइशो (大正)
era-showa = शोवा (昭和)
era-heisei = हेइसेइ (平成)
era-reiwa = रेइवा (令和)
era-gregorian = ईस्वी (西暦)

# OpeningCardFace
opening-title = कार्डको फोटो पढिँदै छ
opening-text = कार्ड नहटाउनुहोस्

# ShowCard
show-title = कार्डको अगाडिको भाग क्यामेरालाई देखाउनुहोस्
show-take = कार्ड झिकेर अगाडि देखाउनुहोस्
show-front = फोटो भएको भाग घेराभित्र राख्नुहोस्
show-other-side = फोटो भएको भाग सीधा देखाउनुहोस्
show-nearer = कार्ड क्यामेराको अलि नजिक ल्याउनुहोस्
show-farther = कार्ड क्यामेराबाट अलि टाढा लैजानुहोस्
show-straighter = कार्ड सीधा समात्नुहोस्
show-glare = उज्यालो टल्किएको छ। कार्ड अलि ढल्काउनुहोस्
show-finger-away = फोटोमुनिका अङ्कबाट औँला हटाउनुहोस्
show-hold-still = पढिँदै छ। नहल्लाई समात्नुहोस्
show-privacy = कार्डको तस्बिर राखिँदैन
show-type = कार्डका अङ्क हाल्ने
show-read = कार्ड पढियो


# FaceCapture
face-title = अनुहार घेराभित्र मिलाउनुहोस्
face-text = फोटो आफैँ खिचिन्छ
face-privacy = अनुहारको तस्बिर राखिँदैन
face-attempt = { $count } औँ पटक
hint-none = क्यामेरामा हेर्नुहोस्
hint-no-face = अनुहार घेराभित्र ल्याउनुहोस्
hint-two-faces = एक जना मात्र देखिनुहोस्
hint-too-near = अलि पछाडि सर्नुहोस्
hint-too-far = अलि नजिक आउनुहोस्
hint-off-centre = अनुहार बीचमा मिलाउनुहोस्
hint-look-here = सिधा क्यामेरामा हेर्नुहोस्
hint-tilted = टाउको सिधा राख्नुहोस्
hint-too-dark = अँध्यारो छ। उज्यालोतिर फर्कनुहोस्
hint-too-bright = उज्यालो धेरै छ। अलि घुम्नुहोस्
hint-backlit = पछाडि उज्यालो छ। अलि घुम्नुहोस्
hint-blurred = तस्बिर धमिलो छ। बिस्तारै चल्नुहोस्
hint-mask = मास्क चिउँडोसम्म तल सार्नुहोस्
hint-brow-hidden = टोपी वा कपाल उठाएर आँखीभौँ देखाउनुहोस्
hint-glasses-glare = चस्मा टल्किएको छ। एकछिन खोल्नुहोस्
hint-eyes-closed = आँखा खोल्नुहोस्
hint-turn-right = अनुहार अलि दायाँ घुमाउनुहोस्
hint-turn-left = अनुहार अलि बायाँ घुमाउनुहोस्
hint-move-a-little = अनुहार अलि दायाँ-बायाँ घुमाउनुहोस्
hint-keep-looking = राम्रो। क्यामेरामा हेरिरहनुहोस्

# FaceHelp
face-help-retry-title = फेरि एक पटक गरौँ
face-help-other-title = अर्को तरिकाले गरौँ
face-help-distance = क्यामेराको धेरै नजिक नजाने
face-help-hair = निधारको कपाल हटाउने
face-help-mask = मास्क तल सार्ने, खोल्ने
face-help-hat = टोपी खोल्ने
face-help-glasses = चस्मा खोल्ने
face-help-refused = आज अनुहार पहिचान हुन सकेन। अर्को तरिकाले चेक-इन गर्न सकिन्छ

# EnterPin
pin-title = पिन हाल्नुहोस्
pin-text = कार्ड बनाउँदा राखेको 4 अङ्क
pin-tries = अझै { $count } पटक हाल्न मिल्छ
pin-wrong = पिन मिलेन। अझै { $count } पटक हाल्न मिल्छ
pin-last = अन्तिम पटक हो। गलत भए पिन लक हुन्छ। यकिन नभए कर्मचारी बोलाउनुहोस्
pin-proxy = अरूले हाल्ने
pin-guardian = बच्चाको पिन अभिभावकले हाल्न सक्नुहुन्छ
pin-by-family = परिवारले हाल्दै हुनुहुन्छ
pin-by-carer = हेरचाहकर्ताले हाल्दै हुनुहुन्छ

# TypeOnReader
reader-pin-title = कार्ड रिडरका बटनबाट पिन हाल्नुहोस्
reader-pin-digits = 4 अङ्क थिच्नुहोस्
reader-pin-enter = पुष्टि बटन थिच्नुहोस्
reader-pin-cancel = रोक्न रद्द बटन थिच्नुहोस्

# PinLastTry
last-try-title = कर्मचारीलाई सोध्ने?
last-try-wrong = पिन मिलेन
last-try-left = 1 पटक मात्र बाँकी छ
last-try-warning = फेरि गलत भए पिन लक हुन्छ। खोल्न नगरपालिका कार्यालय (市区町村) आदिमा प्रक्रिया गर्नुपर्छ
last-try-staff = कर्मचारीलाई सोध्ने
last-try-anyway = तैपनि हाल्ने

# AskWhoEnters
who-title = कसले हाल्ने?
who-text = पिन ठूलो स्वरमा नभन्नुहोस्
who-patient = आफैँ
who-family = परिवार
who-carer = हेरचाहकर्ता

# PinLocked
locked-face = अनुहार पहिचानले चेक-इन गर्न सकिन्छ
locked-staff = कर्मचारीले हेरेर चेक-इन गर्न सकिन्छ
locked-reset = पिन फेरि राख्न
locked-reset-text = बसोबास दर्ता भएको नगरपालिका कार्यालय (市区町村) मा सकिन्छ
locked-now-title = पिन लक भयो
locked-before = पहिले धेरै पटक गलत भएकाले
locked-everywhere = अरू अस्पताल र औषधि पसलमा पनि यो पिन चल्दैन

# VisualCheck
visual-here-title = कार्डको फोटो र बिरामी दाँज्नुहोस्
visual-here-text = कर्मचारीले थिच्नुहोस्
visual-same = उही व्यक्ति
visual-not-same = पक्का भएन

# Checking
checking-title = बीमा जाँचिँदै छ
checking-challenge = तयारी हुँदै छ
checking-proof = कार्ड नहटाउनुहोस्
checking-asking = स्वास्थ्य बीमाको विवरण सोधिँदै छ। एकछिन पर्खनुहोस्
checking-still = अझै सोधिँदै छ। अलि बेर पर्खनुहोस्
confirm-question = यो बिरामीको नाम हो?
confirm-yes = हो, मिल्यो

# Renewal
renewal-title = इलेक्ट्रोनिक प्रमाणपत्र (電子証明書) को म्याद सकिँदै छ
renewal-text = नगरपालिका कार्यालय (市区町村) मा चाँडै नवीकरण गर्नुहोस्
renewal-until = म्याद { $date } मा सकिन्छ
renewal-usable-until = बीमा कार्डका रूपमा { $date } सम्म चल्छ
renewal-today = आज यसरी नै चेक-इन गर्न सकिन्छ
renewal-grace-title = इलेक्ट्रोनिक प्रमाणपत्र (電子証明書) को म्याद सकियो
renewal-grace-text = नगरपालिका कार्यालय (市区町村) मा तुरुन्तै नवीकरण गर्नुहोस्
renewal-grace-limit = यहाँ तपाईंको पहिलेको उपचार, औषधि र स्वास्थ्य जाँचको जानकारी हेर्न सकिँदैन

# RegistrationStatus: words of マイナポータル where it has them
status-title-completed = बीमा कार्डका रूपमा दर्ता भएको छ
status-title-preparing = दर्ता तयारी हुँदै छ
status-title-none = बीमा कार्डका रूपमा अझै दर्ता छैन
status-title-unclear = दर्ता अवस्था थाहा भएन
status-application-none = आवेदन: छैन
status-application-accepted = आवेदन: स्वीकार भयो
status-application-unclear = आवेदन: कर्मचारीलाई सोध्नुहोस्
status-linkage-none = दर्ता: भएको छैन
status-linkage-preparing = दर्ता: तयारी हुँदै छ, पर्खनुहोस्
status-linkage-completed = दर्ता: पूरा भयो
status-linkage-unclear = दर्ता: कर्मचारीलाई सोध्नुहोस्
status-registered-at = { $date } { $time } मा दर्ता भयो
status-end = सक्ने
status-apply = आवेदन दिने

# RegisterOffer
register-title = माइ{"\u00A0"}नम्बर कार्डलाई बीमा कार्ड बनाउन दर्ता चाहिन्छ
register-question = अगाडि बढ्ने?
register-time = (अलि समय लाग्छ)

# RegisterTerms
terms-title = माइनापोर्टल (マイナポータル) का प्रयोग सर्तहरू
terms-apply = माइनापोर्टल (マイナポータル) बाट माइ{"\u00A0"}नम्बर कार्डलाई स्वास्थ्य बीमा कार्डका रूपमा प्रयोग गर्न आवेदन दिइन्छ
terms-page = पाना { $page } / { $pages }
terms-sample = नमुना, साँचो सर्त होइन
terms-next = अर्को पाना
terms-previous = अघिल्लो पाना
terms-agree = सहमत भई अगाडि

# Registering
registering-title = बीमा कार्डका रूपमा दर्ता हुँदै छ
registering-text = अलि समय लाग्छ। कार्ड त्यहीँ राख्नुहोस्

# Registered
registered-title = माइ{"\u00A0"}नम्बर कार्ड बीमा कार्डका रूपमा दर्ता भयो
registered-next = बीमाको जानकारी लिने
refused-from = { $date } { $time } देखि दर्ता गर्न सकिन्छ

# RegisterRefused
refused-today = आज कसरी चेक-इन गर्ने कर्मचारीले भन्नुहुन्छ

# Consenting
consent-title = तपाईंको पहिलेको जानकारी प्रयोग
consent-statement-all = तलको जानकारी यस चिकित्सा संस्थालाई दिन सहमत छु। यो मेरो उपचार र स्वास्थ्यका लागि प्रयोग हुन्छ
consent-question-all = तलको जानकारी यस चिकित्सा संस्थालाई दिन सहमत हुनुहुन्छ? यो तपाईंको उपचार र स्वास्थ्यका लागि प्रयोग हुन्छ
consent-statement-records = शल्यक्रियाबाहेक पहिलेको उपचार र औषधिको जानकारी यस चिकित्सा संस्थालाई दिन सहमत छु
consent-statement-surgery = पहिलेको शल्यक्रियाको जानकारी यस चिकित्सा संस्थालाई दिन सहमत छु
consent-statement-checkup = पहिलेको स्वास्थ्य जाँचको जानकारी यस चिकित्सा संस्थालाई दिन सहमत छु
consent-statement-use = यो मेरो उपचार र स्वास्थ्यका लागि प्रयोग हुन्छ
consent-question-records = शल्यक्रियाबाहेक पहिलेको उपचार र औषधिको जानकारी यस चिकित्सा संस्थालाई दिन सहमत हुनुहुन्छ?
consent-question-surgery = पहिलेको शल्यक्रियाको जानकारी यस चिकित्सा संस्थालाई दिन सहमत हुनुहुन्छ?
consent-question-checkup = स्वास्थ्य जाँच (特定健診) को जानकारी यस चिकित्सा संस्थालाई दिन सहमत हुनुहुन्छ?
consent-question-use = यो तपाईंको उपचार र स्वास्थ्यका लागि प्रयोग हुन्छ
consent-over-40 = (40 वर्ष र माथि)
consent-number = { $number } / { $of }
consent-chosen = अहिलेको उत्तर: { $answer }
consent-records = उपचार र औषधि
consent-given = सहमत छु
consent-refused = सहमत छैनँ
consent-one-by-one = एक-एक गरी छान्ने
consent-refuse-under-40 = सहमत छैनँ वा 40{"\u00A0"}वर्षमुनि
consent-summary-title = यो ठीक छ?
consent-summary-line = { $what }: { $answer }
consent-change = फेरि छान्ने
consent-send = यसै गरी अगाडि बढ्ने
consent-lasts = सहमति अहिलेदेखि 24 घण्टासम्म मान्य हुन्छ
consent-visits = उपचार
consent-medicine = औषधि
consent-surgery = शल्यक्रिया
consent-checkup = स्वास्थ्य जाँच
consent-checkup-age = 40 वर्ष वा माथि
consent-refuse-fine = सहमत नभए पनि चेक-इन र उपचार गराउन सकिन्छ
consent-refuse = सहमत छैनँ
consent-give = सहमत छु
limit-title = तिर्ने सीमा (限度額) को जानकारी दिने?
limit-text = उच्च चिकित्सा खर्च सुविधा (高額療養費) प्रयोग गर्नेले “दिने” थिच्नुहोस्। काउन्टरमा सीमाभन्दा बढी तिर्नु पर्दैन
limit-keep-card = अहिले कार्ड नलिनुहोस्
limit-give = दिने
limit-refuse = नदिने
prescription-title = औषधिको पुर्जा कस्तो चाहिन्छ?
prescription-electronic = इलेक्ट्रोनिक पुर्जा
prescription-electronic-text = इलेक्ट्रोनिक: लिने औषधि पसलमा मात्र। कार्ड वा पुर्जा नम्बर (引換番号) देखाउने
prescription-paper = कागजको पुर्जा
prescription-paper-text = कागज: औषधि पसलमा कागज दिने
subsidy-title = उपचार खर्च अनुदानको प्रमाणपत्र (受給者証) प्रयोग गर्ने?
subsidy-text = सहभागी नगरको मात्र चल्छ। कागजको भए काउन्टरमा देखाउनुहोस्
subsidy-use = प्रयोग गर्ने
subsidy-not = प्रयोग नगर्ने

# Delivering
delivering-title = चेक-इन हुँदै छ
delivering-text = कार्ड त्यहीँ राखी एकछिन पर्खनुहोस्

# Done
done-name = { $name }
done-title = चेक-इन पूरा भयो
done-kana-note = ● यो मेसिनले देखाउन नसक्ने अक्षर हो, गल्ती होइन
done-print-note = ● यो मेसिनले देखाउन नसक्ने अक्षर हो। चित्र कार्डको नाम हो
done-take = कार्ड नबिर्सनुहोस्!
done-take-text = माइ{"\u00A0"}नम्बर कार्ड लिनुहोस्
done-wait = नबोलाउन्जेल पर्खनुहोस्
done-counter = रिसेप्सन काउन्टरमा जानुहोस्
done-number = पालो नम्बर लिनुहोस्
done-not-me = यो अर्कै व्यक्तिको नाम हो
done-left = कार्ड अझै यहीँ छ

# Fallback
fallback-at-the-counter = काउन्टरमा चेक-इन गर्न सकिन्छ
fallback-fee = पूरै पैसा तिर्नु पर्दैन। पहिले जति नै तिर्नुहुन्छ
fallback-fee-desk = तिर्नुपर्ने रकमबारे काउन्टरमा बताइन्छ
fallback-led = आज कसरी चेक-इन गर्ने, अब बताउँछौँ
fallback-ask-certificate = बीमा योग्यता पत्र (資格確認書) साथमा छ?
fallback-ask-certificate-text = स्वास्थ्य बीमाले पठाएको कार्ड वा कागज
fallback-ask-phone = माइनापोर्टल (マイナポータル) खुल्ने फोन साथमा छ?
fallback-ask-phone-text = सेभ गरेको PDF पनि हुन्छ
fallback-ask-notice = बीमा योग्यताको सूचना (資格情報のお知らせ) साथमा छ?
fallback-ask-notice-text = स्वास्थ्य बीमाले पठाएको कागज
fallback-ask-been-here = अहिलेको स्वास्थ्य बीमा लिएपछि यहाँ जँचाउनुभएको छ?
fallback-ask-been-here-text = बीमा फेरिएपछि पहिलो पटक भए “छैन” थिच्नुहोस्
fallback-show-portal = माइनापोर्टल (マイナポータル) को स्क्रिन देखाउनुहोस्
fallback-show-portal-text = काउन्टरमा माइ{"\u00A0"}नम्बर कार्ड र माइनापोर्टलको “資格情報” स्क्रिन देखाउनुहोस्
fallback-show-notice = बीमा योग्यताको सूचना (資格情報のお知らせ) देखाउनुहोस्
fallback-show-notice-text = माइ{"\u00A0"}नम्बर कार्डसँगै काउन्टरमा देखाउनुहोस्
fallback-show-spoken = कर्मचारीले सोध्नुहुन्छ
fallback-show-spoken-text = काउन्टरमा माइ{"\u00A0"}नम्बर कार्ड देखाएर प्रश्नको उत्तर दिनुहोस्
fallback-show-form = घोषणापत्र (被保険者資格申立書) भर्नुहोस्
fallback-show-form-text = फाराम काउन्टरका कर्मचारीले दिनुहुन्छ। माइ{"\u00A0"}नम्बर कार्ड पनि देखाउनुहोस्
fallback-show-certificate = बीमा योग्यता पत्र (資格確認書) देखाउनुहोस्
fallback-show-certificate-text = काउन्टरमा देखाउनुहोस्। उपचार खर्च अनुदानको प्रमाणपत्र (受給者証) भए सँगै देखाउनुहोस्
fallback-show-staff = काउन्टरका कर्मचारीसँग कुरा गर्नुहोस्
fallback-show-staff-text = स्वास्थ्य बीमाको नाम थाहा भए छिटो हुन्छ
fallback-desk = काउन्टरमा जाने

# CallStaff
staff-title = कर्मचारी आउँदै हुनुहुन्छ
staff-text = यहीँ पर्खनुहोस्
staff-here = म कर्मचारी हुँ
staff-entry-title = कर्मचारीको 6 अङ्क हाल्नुहोस्
staff-entry-wrong = अङ्क मिलेन
staff-entry-closed = अहिले अङ्क लिइँदैन। बिरामीलाई काउन्टरमा सघाउनुहोस्
staff-entry-training = अभ्यासको अङ्क 847316 हो
still-title = अझै प्रयोग गर्दै हुनुहुन्छ?
still-text = { $seconds } सेकेन्डमा सकिन्छ र हालिएको मेटिन्छ
still-more = थप समय चाहियो
away-title = कार्ड फेरि रिडरमा राख्नुहोस्
away-text = त्यहीँबाट सुरु हुन्छ। { $seconds } सेकेन्ड पर्खन्छौँ
away-reading = कार्ड जाँचिँदै छ

# Stopped
stopped-nothing-kept = हालिएको सबै कुरा मेटियो
stopped-take = कार्ड लिनुहोस्

# OutOfOrder
out-title = यो मेसिन अहिले चल्दैन
out-text = माफ गर्नुहोस्, रिसेप्सन काउन्टरमा जानुहोस्

# CleaningUp
cleaning-title = सक्दै छ
cleaning-text = हालिएको कुरा मेटिँदै छ

# Failures
failure-card-service-stopped = रिसेप्सन काउन्टरमा जानुहोस्
    .title = यो मेसिन अहिले चल्दैन
failure-reader-gone = रिसेप्सन काउन्टरमा जानुहोस्
    .title = यो मेसिन अहिले चल्दैन
failure-card-gone = कार्ड हटेकाले चेक-इन रोकियो। चेक-इन अझै भएको छैन
    .title = कार्ड हट्यो
failure-card-unreadable = खोलबाट निकाली राख्नुहोस् र नहटाउनुहोस्
    .title = कार्ड पढ्न सकिएन
failure-not-my-number-card = माइ{"\u00A0"}नम्बर कार्ड मात्र राख्नुहोस्
    .title = यो माइ{"\u00A0"}नम्बर कार्ड होइन जस्तो छ
failure-phone-placed = यहाँ माइ{"\u00A0"}नम्बर कार्ड राख्नुहोस्
    .title = यहाँ फोन चल्दैन
failure-no-certificate = इलेक्ट्रोनिक प्रमाणपत्र नभएकाले बीमा कार्डका रूपमा चल्दैन। काउन्टरमा जानुहोस्
    .title = यो कार्डले बीमा जाँच्न सकिएन
failure-certificate-unusable = इलेक्ट्रोनिक प्रमाणपत्र पक्का गर्न सकिएन। नगरपालिका कार्यालय (市区町村) मा सोध्नुहोस्
    .title = यो कार्डले बीमा जाँच्न सकिएन
failure-card-swapped = पहिलेभन्दा अर्कै कार्ड राखियो। सुरुदेखि गर्नुहोस्
    .title = कार्ड फेरियो
failure-certificate-ended = इलेक्ट्रोनिक प्रमाणपत्रको म्याद सकिएको 3 महिना नाघ्यो। नगरपालिका कार्यालय (市区町村) मा नवीकरण हुन्छ
    .title = यो कार्ड बीमा कार्डका रूपमा चल्दैन
failure-certificate-revoked = बसाइँ सरेपछि वा कार्ड हराएको सूचना दिएपछि यस्तो हुन सक्छ। नगरपालिका कार्यालय (市区町村) मा सोध्नुहोस्
    .title = यो कार्ड अहिले चल्दैन
failure-pin-wrong = पिन हेरेर फेरि हाल्नुहोस्
    .title = पिन मिलेन
failure-pin-blocked = धेरै पटक गलत भएकाले चल्दैन
    .title = पिन लक भएको छ
failure-pin-absent = यो कार्डमा पिन छैन
    .title = पिन चल्दैन
failure-code-b-implausible = जन्म मिति र म्याद सकिने वर्ष फेरि हेर्नुहोस्
    .title = अङ्क हेर्नुहोस्
failure-code-b-wrong = कार्डका अङ्क फेरि हेर्नुहोस्
    .title = अङ्क मिलेन
failure-code-b-blocked = पिन प्रयोग गर्नुहोस्
    .title = अनुहार पहिचान गर्न मिल्दैन
failure-no-portrait = कार्डमा फोटो छैन। पिन प्रयोग गर्नुहोस्
    .title = अनुहार पहिचान गर्न मिल्दैन
failure-card-face-invalid = कर्मचारीले मद्दत गर्नुहुन्छ
    .title = कार्डको फोटो जाँच्न सकिएन
failure-face-not-confirmed = अर्को तरिकाले पनि चेक-इन हुन्छ
    .title = अनुहार राम्ररी देखिएन
failure-face-not-live = कर्मचारीले मद्दत गर्नुहुन्छ
    .title = अनुहार राम्ररी देखिएन
failure-camera-gone = पिन प्रयोग गर्नुहोस्
    .title = अहिले क्यामेरा चल्दैन
failure-camera-no-picture = पिन प्रयोग गर्नुहोस्
    .title = अहिले क्यामेरा चल्दैन
failure-camera-busy = पिन प्रयोग गर्नुहोस्
    .title = अहिले क्यामेरा चल्दैन
failure-camera-private = पिन प्रयोग गर्नुहोस्
    .title = अहिले क्यामेरा चल्दैन
failure-camera-format = पिन प्रयोग गर्नुहोस्
    .title = अहिले क्यामेरा चल्दैन
failure-face-models-invalid = पिन प्रयोग गर्नुहोस्
    .title = अहिले अनुहार पहिचान मिल्दैन
failure-gateway-unreachable = काउन्टरमा चेक-इन गर्न सकिन्छ
    .title = अहिले बीमा जाँच्न सकिएन
failure-gateway-timeout = काउन्टरमा चेक-इन गर्न सकिन्छ
    .title = अहिले बीमा जाँच्न सकिएन
failure-gateway-tls = काउन्टरमा चेक-इन गर्न सकिन्छ
    .title = अहिले बीमा जाँच्न सकिएन
failure-terminal-refused = काउन्टरमा चेक-इन गर्न सकिन्छ
    .title = अहिले बीमा जाँच्न सकिएन
failure-check-refused = काउन्टरमा चेक-इन गर्न सकिन्छ
    .title = अहिले बीमा जाँच्न सकिएन
failure-gateway-fault = काउन्टरमा चेक-इन गर्न सकिन्छ
    .title = अहिले बीमा जाँच्न सकिएन
failure-gateway-answer-invalid = काउन्टरमा चेक-इन गर्न सकिन्छ
    .title = अहिले बीमा जाँच्न सकिएन
failure-clock-wrong = काउन्टरमा चेक-इन गर्न सकिन्छ
    .title = अहिले बीमा जाँच्न सकिएन
failure-not-registered = बीमा कार्डका रूपमा दर्ता छैन। तर काउन्टरमा चेक-इन गर्न सकिन्छ
    .title = अहिले बीमा जाँच्न सकिएन
failure-registration-not-yet = नगरपालिका कार्यालय (市区町村) को काम सकेपछि अर्को कार्यदिनको दिउँसोदेखि दर्ता हुन्छ
    .title = आज अझै दर्ता गर्न मिल्दैन
failure-not-confirmed = काउन्टरमा कर्मचारीले मद्दत गर्नुहुन्छ
    .title = बीमा पक्का गर्न सकिएन
failure-journal-unwritable = काउन्टरमा चेक-इन गर्न सकिन्छ
    .title = अहिले बीमा जाँच्न सकिएन
failure-handoff-unwritable = कर्मचारीले चेक-इन पूरा गर्नुहुन्छ
    .title = चेक-इन अझै बाँकी छ
failure-wrong-name = देखाइएको सबै कुरा मेटियो। कर्मचारी आउँदै हुनुहुन्छ
    .title = बताउनुभएकोमा धन्यवाद
failure-timed-out = धेरै बेर नछोएकाले चेक-इन रोकियो। चेक-इन अझै भएको छैन
    .title = चेक-इन रोकियो
failure-cancelled = चेक-इन रोकियो
    .title = रोकियो
failure-step-timed-out = कर्मचारीले मद्दत गर्नुहुन्छ
    .title = राम्ररी अघि बढेन
