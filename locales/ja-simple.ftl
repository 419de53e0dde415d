# やさしい日本語: short sentences, kana, spaces between the words; a line breaks there. A term in kanji is one that the
# patient meets on paper or on the card, and its reading stands beside it.

# Around every screen
app-title = うけつけ
app-subtitle = ほけんしょうの かわりに マイナンバーカードを つかいます
training = れんしゅうちゅう ほんとうの うけつけでは ありません
language-name = やさしい にほんご
tool-language = ことば
    .title = ことば　Language
tool-display = もじ・いろ
    .title = もじと いろ
tool-sound = こえ
    .title = こえ
tool-menu = ことば|もじ・こえ
    .title = ことば・もじ・|いろ・こえ
call-staff = スタッフを よぶ
cancel = やめる
cancel-reception = うけつけを やめる
step-card = カード
step-identity = あなた
step-check = ほけん
step-consent = どうい
step-done = おわり
staff-code = スタッフの コード { $code }

# Buttons used on several screens
continue = つづける
close = とじる
retry = もう いちど
use-face = かおで する
use-pin = ばんごうで する
back-to-start = はじめに もどる
back = もどる
yes = はい
no = いいえ
date = { $year }ねん { $month }がつ { $day }にち

# Keypad
keypad-erase = 1つ けす
keypad-clear = ぜんぶ けす
keypad-confirm = きめる
keypad-show = みせる
keypad-hide = かくす
keypad-shuffle = まぜる
keypad-order = もとの じゅん
keypad-back = もどる
keypad-machine = はやすぎたので つかって いません。 もう いちど おして ください
display-text = もじの おおきさ
display-text-100 = ふつう
display-text-125 = おおきい
display-text-150 = もっと おおきい
display-text-200 = いちばん おおきい
display-theme = いろ
display-theme-light = あかるい
display-theme-dark = くらい
display-theme-high = はっきり
display-theme-grey = はいいろ
display-letter = あ
display-comfort = つかいかた
display-seated = すわって つかう
display-calm = うごきを とめる
sound-on = こえで よみます
sound-off = こえで よみません
sound-volume = おとの おおきさ { $count }
sound-softer = ちいさく
sound-louder = おおきく
sound-repeat = もう いちど ききます
sound-other-language = こえで よむのは、|にほんごと えいご だけです
sound-no-device = いま この きかいは おとが でません

# Idle
idle-title = カードリーダーに マイナンバーカードを おいて ください
idle-touch = がめんに さわって はじめる ことも できます
idle-inquire = とうろくの かくにん・ りようとうろく

# PlaceCard
place-title = カードリーダーに マイナンバーカードを おいて ください
place-side = しゃしんを うえに して たてに おいて ください
place-no-cover = カバー
place-no-back = うら
place-no-two = 2まい

# ReadingCard
reading-title = カードを よんで います
reading-text = カードを うごかさないで ください
already-title = きょうは もう うけつけが できて います
already-at = { $time }に うけつけました
already-text = カードを とって、 まって ください
already-renew = どういを えらびなおす
already-end = おわる

# WrongCard
wrong-remove = いま ある カードを とって ください
wrong-place = マイナンバーカードを 1まいだけ おいて ください

# ChooseMethod
choose-title = どうやって あなたを たしかめますか
choose-face = かお
choose-face-text = カメラで かおを みます
choose-pin = あんしょう ばんごう
choose-pin-text = 4つの すうじを いれます
choose-help = むずかしい ときは、 スタッフが てつだいます
choose-face-only = かおだけの カードです。 ばんごうは ありません
choose-staff = スタッフが みる
choose-staff-text = スタッフが カードの しゃしんと くらべます
staff-coming-title = スタッフが こちらへ きて います
staff-go-on = またないで つづける
choose-guardian = こどもの ばんごうは、 おとうさん、 おかあさんなどが いれても いいです

# EnterCodeB
code-b-step = { $step } / { $steps }
code-b-birth-title = カードに ある うまれた ひ
code-b-birth-hint = ねん・つき・ひを 2つずつ。 2がつは 02です
code-b-expiry-title = カードが おわる とし
code-b-expiry-hint = 「まで有効（ゆうこう）」の まえの 4つの すうじです
code-b-security-title = セキュリティ|コード
code-b-security-hint = しゃしんの したの 4つの すうじです
code-b-year = ねん
code-b-month = つき
code-b-day = ひ
code-b-tries = あと { $count }かい できます
code-b-no-try-used = かいすうは へって いません
code-b-wrong = すうじが ちがいます。 はじめから もう いちど いれて ください
code-b-check-again = カードを みて、 もう いちど いれて ください
code-b-no-such-day = その ひは ありません。 カードを みて ください
code-b-outside-era = { $era }に その ひは ありません。 ねんを たしかめて ください
code-b-future = まだ きて いない ひです。 カードを みて ください
code-b-expiry-past = その としは もう おわりました。 カードを みて ください
code-b-expiry-far = その としは さきすぎます。 カードを みて ください
era-meiji = 明治（めいじ）
era-taisho = 大正（たいしょう）
era-showa = 昭和（しょうわ）
era-heisei = 平成（へいせい）
era-reiwa = 令和（れいわ）
era-gregorian = 西暦（せいれき）

# OpeningCardFace
opening-title = カードの しゃしんを よんで います
opening-text = カードを うごかさないで ください

# ShowCard
show-title = カードの おもてを カメラに みせて ください
show-take = カードを とって、 おもてを カメラに みせて ください
show-front = しゃしんの ある ほうを わくの なかに いれて ください
show-other-side = うらか さかさまです。 しゃしんの ある ほうを みせて ください
show-nearer = カードを もう すこし カメラに ちかづけて ください
show-farther = カードを すこし カメラから はなして ください
show-straighter = カードを まっすぐに して ください
show-glare = カードが ひかって います。 すこし かたむけて ください
show-finger-away = しゃしんの したの すうじから ゆびを はなして ください
show-hold-still = よんで います。 そのまま まって ください
show-privacy = カードの しゃしんは のこしません
show-type = カードの すうじを いれる
show-read = カードの すうじを よみました


# FaceCapture
face-title = かおを わくの なかに いれて ください
face-text = しゃしんは じどうで とります
face-privacy = かおの しゃしんは のこしません
face-attempt = { $count }かいめ
hint-none = カメラを みて ください
hint-no-face = わくの なかに かおを いれて ください
hint-two-faces = ひとりだけに して ください
hint-too-near = すこし はなれて ください
hint-too-far = もう すこし ちかづいて ください
hint-off-centre = かおを まんなかに して ください
hint-look-here = まっすぐ カメラを みて ください
hint-tilted = くびを まっすぐに して ください
hint-too-dark = くらいです。 あかるい ほうを むいて ください
hint-too-bright = ひかりが つよいです。 すこし むきを かえて ください
hint-backlit = うしろが あかるいです。 すこし むきを かえて ください
hint-blurred = ゆっくり うごいて ください
hint-mask = マスクを あごまで さげて ください
hint-brow-hidden = ぼうしや まえがみを あげて、 まゆを みせて ください
hint-glasses-glare = めがねが ひかって います。 すこしの あいだ とって ください
hint-eyes-closed = めを あけて ください
hint-turn-right = かおを すこし みぎに むけて ください
hint-turn-left = かおを すこし ひだりに むけて ください
hint-move-a-little = かおを すこし みぎと ひだりに うごかして ください
hint-keep-looking = そのまま カメラを みて ください

# FaceHelp
face-help-retry-title = もう いちど やって みましょう
face-help-other-title = ほかの やりかたに しましょう
face-help-distance = カメラに ちかすぎない
face-help-hair = まえがみを あげる
face-help-mask = マスクを とる
face-help-hat = ぼうしを とる
face-help-glasses = めがねを とる
face-help-refused = きょうは かおでは できませんでした。 ほかの やりかたで できます

# EnterPin
pin-title = 暗証番号|（あんしょう ばんごう）
pin-text = カードを つくった ときに、 じぶんで きめた 4つの すうじです
pin-tries = あと { $count }かい できます
pin-wrong = すうじが ちがいます。 あと { $count }かい できます
pin-last = あと 1かいです。 つぎに まちがえると ばんごうが つかえなく なります。 わからない ときは スタッフを よんで ください
pin-proxy = かわりの ひとが いれる
pin-guardian = こどもの ばんごうは、 おとうさん、 おかあさんなどが いれても いいです
pin-by-family = かぞくが いれて います
pin-by-carer = てつだう ひとが いれて います

# TypeOnReader
reader-pin-title = カードリーダーの ボタンで 暗証番号|（あんしょう ばんごう）を おして ください
reader-pin-digits = 4つの すうじを おします
reader-pin-enter = 「かくてい」を おします
reader-pin-cancel = やめる ときは 「とりけし」を おします

# PinLastTry
last-try-title = スタッフに ききますか
last-try-wrong = すうじが ちがいます
last-try-left = あと 1かいだけ できます
last-try-warning = つぎに まちがえると、 ばんごうが つかえなく なります。 まちの 役所（やくしょ）などで てつづきが いります
last-try-staff = スタッフに きく
last-try-anyway = このまま いれる

# AskWhoEnters
who-title = だれが いれますか
who-text = ばんごうを こえに ださないで ください
who-patient = わたし
who-family = かぞく
who-carer = てつだう ひと

# PinLocked
locked-face = かおで うけつけが できます
locked-staff = スタッフが みて うけつけが できます
locked-reset = あたらしい ばんごう
locked-reset-text = すんで いる まちの 役所（やくしょ）で きめる ことが できます
locked-now-title = ばんごうが つかえなく なりました
locked-before = まえに なんども まちがえた ためです
locked-everywhere = この ばんごうは ほかの びょういんや くすりやでも つかえません

# VisualCheck
visual-here-title = カードの しゃしんと ひとを くらべて ください
visual-here-text = スタッフが おします
visual-same = ほんにんです
visual-not-same = わかりません

# Checking
checking-title = ほけんを しらべて います
checking-challenge = じゅんびを して います
checking-proof = カードを うごかさないで ください
checking-asking = 健康保険|（けんこう ほけん）を しらべて います。 すこし まって ください
checking-still = まだ しらべて います。 もう すこし まって ください
confirm-question = しんさつを うける ひとの なまえですか
confirm-yes = はい、 あって います

# Renewal
renewal-title = 電子証明書|（でんし|しょうめいしょ）が もうすぐ おわります
renewal-text = すんで いる まちの 役所（やくしょ）で はやく あたらしく して ください
renewal-until = { $date }に おわります
renewal-usable-until = ほけんしょうとして { $date }まで つかえます
renewal-today = きょうは このまま うけつけが できます
renewal-grace-title = 電子証明書|（でんし|しょうめいしょ）が おわりました
renewal-grace-text = まちの 役所（やくしょ）で すぐに あたらしく して ください
renewal-grace-limit = まえの しんさつ・ くすり・ けんこうしんだんの じょうほうは、 びょういんに みせません

# RegistrationStatus: words of マイナポータル where it has them
status-title-completed = ほけんしょうとして とうろくが できて います
status-title-preparing = とうろくの じゅんびちゅうです
status-title-none = まだ ほけんしょうとして とうろくが ありません
status-title-unclear = とうろくが わかりません
status-application-none = もうしこみ： まだです
status-application-accepted = もうしこみ： うけつけました
status-application-unclear = もうしこみ： スタッフに きいて ください
status-linkage-none = とうろく： まだです
status-linkage-preparing = とうろく： じゅんびちゅうです。 しばらく まって ください
status-linkage-completed = とうろく： できました
status-linkage-unclear = とうろく： スタッフに きいて ください
status-registered-at = { $date }の { $time }に とうろくしました
status-end = おわる
status-apply = もうしこむ

# RegisterOffer
register-title = マイナンバーカードを ほけんしょうに する とうろくが ひつようです
register-question = つづけますか
register-time = （すこし じかんが かかります）

# RegisterTerms
terms-title = マイナポータルの きまり 利用規約|（りようきやく）
terms-apply = マイナポータルを つかって、 マイナンバーカードを けんこうほけんしょうとして つかう ことを もうしこみます
terms-page = { $page } / { $pages } ページ
terms-sample = 見本（みほん）です。 ほんとうの きまりでは ありません
terms-next = つぎの ページ
terms-previous = まえの ページ
terms-agree = どうい して すすむ

# Registering
registering-title = ほけんしょうとして とうろくして います
registering-text = すこし じかんが かかります。 カードは そのままに して ください

# Registered
registered-title = マイナンバーカードを ほけんしょうとして とうろくしました
registered-next = ほけんを しらべる
refused-from = { $date }の { $time }から とうろく できます

# RegisterRefused
refused-today = きょうの うけつけの しかたを スタッフが おしえます

# Consenting
consent-title = まえの じょうほうを つかいます
consent-statement-all = つぎの じょうほうを この びょういんに みせる ことに 同意（どうい）しますか。 あなたの しんさつや けんこうの ために つかいます
consent-question-all = つぎの じょうほうを この びょういんに みせても いいですか。 あなたの しんさつや けんこうの ために つかいます
consent-statement-records = まえの しんさつと くすりの じょうほう（しゅじゅつは いれません）を この びょういんに みせる ことに 同意（どうい）しますか
consent-statement-surgery = まえの しゅじゅつの じょうほうを この びょういんに みせる ことに 同意（どうい）しますか
consent-statement-checkup = まえの けんこうしんだんの じょうほうを この びょういんに みせる ことに 同意（どうい）しますか
consent-statement-use = この じょうほうは あなたの しんさつや けんこうの ために つかいます
consent-question-records = まえの しんさつと くすりの じょうほう（しゅじゅつは いれません）を この びょういんに みせても いいですか
consent-question-surgery = まえの しゅじゅつの じょうほうを この びょういんに みせても いいですか
consent-question-checkup = 特定健診（とくていけんしん）の けっかを この びょういんに みせても いいですか
consent-question-use = この じょうほうは あなたの しんさつや けんこうの ために つかいます
consent-over-40 = （40さいからの ひと）
consent-number = { $number } / { $of }
consent-chosen = いまの こたえ： { $answer }
consent-records = しんさつと くすり
consent-given = はい、 どうい します
consent-refused = いいえ、 どうい しません
consent-one-by-one = 1つずつ えらぶ
consent-refuse-under-40 = いいえ・ 39さいまで
consent-summary-title = これで いいですか
consent-summary-line = { $what }： { $answer }
consent-change = えらびなおす
consent-send = これで すすむ
consent-lasts = 同意（どうい）は いまから 24じかんです
consent-visits = しんさつ
consent-medicine = くすり
consent-surgery = しゅじゅつ
consent-checkup = けんこうしんだん
consent-checkup-age = 40さいから
consent-refuse-fine = 「いいえ」でも、 うけつけと しんさつが できます
consent-refuse = いいえ|（どうい しない）
consent-give = はい|（どうい する）
limit-title = 限度額|（げんどがく）の じょうほうを わたしますか
limit-text = 高額療養費|（こうがく|りょうようひ）を つかう ひとは、「わたす」を おして ください。 まどぐちで、 きまった おかねより おおく はらいません
limit-keep-card = カードは まだ とらないで ください
limit-give = わたす
limit-refuse = わたさない
prescription-title = 処方箋|（しょほうせん）を どうしますか
prescription-electronic = 電子|（でんし）
prescription-electronic-text = 電子|（でんし）： つかえない くすりやも あります。 カードか 引換番号|（ひきかえ ばんごう）を みせます
prescription-paper = かみ
prescription-paper-text = かみ： くすりやに かみを わたします
subsidy-title = びょういんの おかねが やすく なる 受給者証|（じゅきゅうしゃしょう）を つかいますか
subsidy-text = つかえない まちも あります。 かみの 受給者証|（じゅきゅうしゃしょう）は まどぐちに だして ください
subsidy-use = つかう
subsidy-not = つかわない

# Delivering
delivering-title = うけつけを して います
delivering-text = カードは そのままで、 すこし まって ください

# Done
done-name = { $name }{"\u00A0"}さま
done-title = うけつけが できました
done-kana-note = ●は がめんに だせない もじです。 まちがいでは ありません
done-print-note = ●は がめんに だせない もじです。 がぞうは カードの なまえです
done-take = カードを わすれないで！
done-take-text = カードを とって ください
done-wait = よびます。 それまで まって ください
done-counter = うけつけの まどぐちに きて ください
done-number = 番号札|（ばんごうふだ）を とって ください
done-not-me = なまえが ちがいます
done-left = カードが まだ あります

# Fallback
fallback-at-the-counter = まどぐちで うけつけが できます
fallback-fee = ぜんぶの おかねを はらう ことは ありません。 いつもと おなじです
fallback-fee-desk = おかねの ことは、 まどぐちで はなします
fallback-led = きょうの うけつけの しかたを おしえます
fallback-ask-certificate = 資格確認書|（しかく|かくにんしょ）が ありますか
fallback-ask-certificate-text = あなたの ほけんの ことが かいて ある カードか かみです
fallback-ask-phone = マイナポータルが つかえる スマートフォンが ありますか
fallback-ask-phone-text = PDFでも いいです
fallback-ask-notice = 資格情報|（しかく|じょうほう）の おしらせが ありますか
fallback-ask-notice-text = 健康保険|（けんこう ほけん）の ところから きた かみです
fallback-ask-been-here = いまの 健康保険|（けんこう ほけん）で、 ここに きた ことが ありますか
fallback-ask-been-here-text = ほけんが かわってから はじめての ひとは 「いいえ」です
fallback-show-portal = マイナポータルの がめんを みせて ください
fallback-show-portal-text = マイナンバーカードと マイナポータルの 資格情報|（しかく|じょうほう）の がめんを まどぐちで みせて ください
fallback-show-notice = 資格情報|（しかく|じょうほう）の おしらせを みせて ください
fallback-show-notice-text = マイナンバーカードと いっしょに まどぐちで みせて ください
fallback-show-spoken = スタッフが しつもんします
fallback-show-spoken-text = マイナンバーカードを まどぐちで みせて、 しつもんに こたえて ください
fallback-show-form = 被保険者資格申立書|（ひほけんしゃ しかく もうしたてしょ）を かいて ください
fallback-show-form-text = かみは まどぐちの スタッフが わたします。 マイナンバーカードも みせて ください
fallback-show-certificate = 資格確認書|（しかく|かくにんしょ）を みせて ください
fallback-show-certificate-text = まどぐちで みせて ください。 受給者証|（じゅきゅうしゃしょう）も あれば、 いっしょに みせて ください
fallback-show-staff = まどぐちの スタッフに きいて ください
fallback-show-staff-text = 健康保険|（けんこう ほけん）の なまえが わかると はやいです
fallback-desk = まどぐちへ

# CallStaff
staff-title = スタッフが いきます
staff-text = そのまま まって ください
staff-here = スタッフは こちら
staff-entry-title = スタッフ だけの すうじを いれて ください
staff-entry-wrong = ばんごうが ちがいます
staff-entry-closed = いまは ばんごうを いれられません。 まどぐちで あんない して ください
staff-entry-training = れんしゅうの ばんごうは 847316です
still-title = まだ つかって いますか
still-text = あと { $seconds }びょうで おわって、 いれた ものを けします
still-more = もっと じかんが ほしい
away-title = カードを もとの ところに おいて ください
away-text = つづきから はじまります。 あと { $seconds }びょう まちます
away-reading = カードを たしかめて います

# Stopped
stopped-nothing-kept = いれた ものは ぜんぶ けしました
stopped-take = カードを とって ください

# OutOfOrder
out-title = いま この きかいは つかえません
out-text = すみません。 うけつけの まどぐちに きて ください

# CleaningUp
cleaning-title = おわりに して います
cleaning-text = いれた ものを けして います

# Failures
failure-card-service-stopped = うけつけの まどぐちに きて ください
    .title = いま この きかいは つかえません
failure-reader-gone = うけつけの まどぐちに きて ください
    .title = いま この きかいは つかえません
failure-card-gone = カードが はなれたので、 とめました。 うけつけは まだです
    .title = カードが はなれました
failure-card-unreadable = カバーを とって カードを おいて、 うごかさないで ください
    .title = カードを よめませんでした
failure-not-my-number-card = マイナンバーカードを 1まいだけ おいて ください
    .title = マイナンバーカードでは ないようです
failure-phone-placed = ここでは マイナンバーカードを つかって ください
    .title = スマートフォンは つかえません
failure-no-certificate = 電子証明書|（でんし|しょうめいしょ）が ないので、 ほけんしょうに つかえません。 まどぐちに きて ください
    .title = この カードでは ほけんを しらべられません
failure-certificate-unusable = 電子証明書|（でんし|しょうめいしょ）が よめません。 まちの 役所（やくしょ）で きいて ください
    .title = この カードでは ほけんを しらべられません
failure-card-swapped = まえと ちがう カードが あります。 はじめから もう いちど して ください
    .title = カードが かわりました
failure-certificate-ended = 電子証明書|（でんし|しょうめいしょ）が おわって 3かげつ すぎました。 まちの 役所（やくしょ）で あたらしく できます
    .title = この カードは ほけんしょうに つかえません
failure-certificate-revoked = ひっこしや、 カードを なくした とどけの あとに つかえなく なる ことが あります。 まちの 役所（やくしょ）で きいて ください
    .title = この カードは いま つかえません
failure-pin-wrong = すうじを たしかめて、 もう いちど いれて ください
    .title = すうじが ちがいます
failure-pin-blocked = なんども まちがえたので つかえません
    .title = ばんごうが つかえません
failure-pin-absent = この カードには ばんごうが ありません
    .title = ばんごうは つかえません
failure-code-b-implausible = うまれた ひ、 カードが おわる としを もう いちど みて ください
    .title = すうじを たしかめて ください
failure-code-b-wrong = カードの すうじを もう いちど みて ください
    .title = すうじが ちがいます
failure-code-b-blocked = 暗証番号|（あんしょう ばんごう）を つかって ください
    .title = かおは つかえません
failure-no-portrait = しゃしんが ありません。 暗証番号|（あんしょう ばんごう）を つかって ください
    .title = かおは つかえません
failure-card-face-invalid = スタッフが てつだいます
    .title = カードの しゃしんを たしかめられませんでした
failure-face-not-confirmed = ほかの やりかたでも できます
    .title = かおが うまく わかりませんでした
failure-face-not-live = スタッフが てつだいます
    .title = かおが うまく わかりませんでした
failure-camera-gone = 暗証番号|（あんしょう ばんごう）を つかって ください
    .title = いま カメラが つかえません
failure-camera-no-picture = 暗証番号|（あんしょう ばんごう）を つかって ください
    .title = いま カメラが つかえません
failure-camera-busy = 暗証番号|（あんしょう ばんごう）を つかって ください
    .title = いま カメラが つかえません
failure-camera-private = 暗証番号|（あんしょう ばんごう）を つかって ください
    .title = いま カメラが つかえません
failure-camera-format = 暗証番号|（あんしょう ばんごう）を つかって ください
    .title = いま カメラが つかえません
failure-face-models-invalid = 暗証番号|（あんしょう ばんごう）を つかって ください
    .title = いま かおは つかえません
failure-gateway-unreachable = まどぐちで うけつけが できます
    .title = いま ほけんを しらべる ことが できません
failure-gateway-timeout = まどぐちで うけつけが できます
    .title = いま ほけんを しらべる ことが できません
failure-gateway-tls = まどぐちで うけつけが できます
    .title = いま ほけんを しらべる ことが できません
failure-terminal-refused = まどぐちで うけつけが できます
    .title = いま ほけんを しらべる ことが できません
failure-check-refused = まどぐちで うけつけが できます
    .title = いま ほけんを しらべる ことが できません
failure-gateway-fault = まどぐちで うけつけが できます
    .title = いま ほけんを しらべる ことが できません
failure-gateway-answer-invalid = まどぐちで うけつけが できます
    .title = いま ほけんを しらべる ことが できません
failure-clock-wrong = まどぐちで うけつけが できます
    .title = いま ほけんを しらべる ことが できません
failure-not-registered = ほけんしょうの とうろくが まだです。 まどぐちで うけつけが できます
    .title = いま ほけんを しらべる ことが できません
failure-registration-not-yet = まちの 役所（やくしょ）に いった つぎの ひ（やすみの ひは いれません）の ごごから とうろく できます
    .title = きょうは まだ とうろく できません
failure-not-confirmed = まどぐちで スタッフが てつだいます
    .title = ほけんを たしかめる ことが できませんでした
failure-journal-unwritable = まどぐちで うけつけが できます
    .title = いま ほけんを しらべる ことが できません
failure-handoff-unwritable = スタッフが つづきを します
    .title = うけつけの とちゅうです
failure-wrong-name = がめんに でた ものは ぜんぶ けしました。 スタッフが すぐに いきます
    .title = おしえて くれて ありがとうございます
failure-timed-out = しばらく なにも しなかったので、 とめました。 うけつけは まだです
    .title = うけつけを とめました
failure-cancelled = うけつけを やめました
    .title = やめました
failure-step-timed-out = スタッフが てつだいます
    .title = うまく すすみませんでした
