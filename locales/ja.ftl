# 日本語: the language every other one falls back to.
# "|" marks the end of a phrase: a line may break there and nowhere else in that text.
# Wording follows the public leaflets where they give one; "(ours)" marks words that no leaflet gives.

# Around every screen
app-title = マイナ受付
app-subtitle = 保険証に代わって|マイナンバーカードで
training = 練習中　本当の受付ではありません
language-name = 日本語
tool-language = Language|言語
    .title = 言語　Language
tool-display = 文字・色
    .title = 文字と|色
tool-sound = 音声
    .title = 音声
tool-menu = 言語・文字・|音声
    .title = 言語・文字・色・|音声
call-staff = 職員を呼ぶ
cancel = やめる
cancel-reception = 受付を|やめる
step-card = カード
step-identity = 本人確認
step-check = 資格の確認
step-consent = 同意
step-done = 完了
staff-code = 職員用コード { $code }

# Buttons used on several screens
continue = 続ける
close = 閉じる
retry = もう一度
use-face = 顔認証に|する
use-pin = 暗証番号に|する
back-to-start = はじめに戻る
back = 戻る
yes = はい
no = いいえ

# A date, put into other texts
date = { $year }年{ $month }月{ $day }日

# Keypad
keypad-erase = 1字消す
keypad-clear = 全部消す
keypad-confirm = 確認
keypad-show = 見せる
keypad-hide = 隠す
keypad-shuffle = 並べ替え
keypad-order = 元の並び
keypad-back = 戻る
keypad-machine = 入力が|速すぎたため|使いませんでした。|もう一度|入力してください

# Display panel (ours)
display-text = 文字の|大きさ
display-text-100 = ふつう
display-text-125 = 大きい
display-text-150 = もっと|大きい
display-text-200 = いちばん|大きい
display-theme = 色
display-theme-light = 明るい
display-theme-dark = 暗い
display-theme-high = くっきり
display-theme-grey = 灰色
display-letter = あ
display-comfort = 使い方
display-seated = 座って使う
display-calm = 動きを|止める

# Sound panel (ours)
sound-on = 読み上げる
sound-off = 読み|上げない
sound-volume = 音の大きさ　{ $count }
sound-softer = 小さく
sound-louder = 大きく
sound-repeat = もう一度|聞く
sound-other-language = 読み上げは|日本語と|英語だけです
sound-no-device = ただいま|この機械は|音が|出ません

# Idle
idle-title = カードリーダーに|マイナンバーカードを|置いてください
idle-touch = 画面に|ふれて|始めることも|できます
idle-inquire = 登録状況の確認・|利用登録

# PlaceCard
place-title = カードリーダーに|マイナンバーカードを|置いてください
place-side = 顔写真を表にして|縦向きに|置いてください
place-no-cover = カバーあり
place-no-back = うら面
place-no-two = 2枚

# ReadingCard
reading-title = カードを|読み取っています
reading-text = カードを|動かさずに|お待ちください

# AlreadyReceived (ours)
already-title = 本日は|受付済みです
already-at = { $time }に|受付しました
already-text = カードを|お取りになり、|お待ちください
already-renew = 同意を選び直す
already-end = このまま終わる

# WrongCard
wrong-remove = 今あるカードを|取ってください
wrong-place = マイナンバーカードを|1枚だけ|置いてください

# ChooseMethod
choose-title = 本人確認の方法を|選んでください
choose-face = 顔認証
choose-face-text = カメラで|お顔を|確認します
choose-pin = 暗証番号
choose-pin-text = 4桁の番号を|入力します
choose-help = どちらも|難しい方は、|職員が|お手伝いします
choose-face-only = 顔認証マイナンバーカードです。|暗証番号は|ありません
choose-staff = 職員の確認
choose-staff-text = 職員が|カードのお写真と|見くらべます
staff-coming-title = 職員が|こちらへ|向かっています
staff-go-on = 待たずに|続ける
choose-guardian = お子さまの|番号は、|保護者の方が|入力できます

# EnterCodeB
code-b-step = { $step } / { $steps }
code-b-birth-title = カードの|生年月日
code-b-birth-hint = 年・月・日を|2桁ずつ。|2月なら|02です
code-b-expiry-title = カードの|有効期限の年
code-b-expiry-hint = 「まで有効」の前の|西暦4桁です
code-b-security-title = セキュリティ|コード
code-b-security-hint = 顔写真の下の|4桁の|数字です
code-b-year = 年
code-b-month = 月
code-b-day = 日
code-b-tries = あと{ $count }回|入力できます
code-b-no-try-used = 回数は|減っていません
code-b-wrong = 番号が|違うようです。|はじめから|もう一度|入力してください
code-b-check-again = カードと|見くらべて、|もう一度|入力してください
code-b-no-such-day = その日付は|ありません。|カードと|見くらべてください
code-b-outside-era = { $era }に|その日付は|ありません。|年と元号を|お確かめください
code-b-future = まだ来ていない|日付です。|カードと|見くらべてください
code-b-expiry-past = その年は|もう過ぎています。|カードと|見くらべてください
code-b-expiry-far = その年は|先すぎます。|カードと|見くらべてください
era-meiji = 明治
era-taisho = 大正
era-showa = 昭和
era-heisei = 平成
era-reiwa = 令和
era-gregorian = 西暦

# OpeningCardFace
opening-title = カードの|顔写真を|読み取っています
opening-text = カードを|動かさずに|お待ちください

# ShowCard
show-title = カードの表を|カメラに|見せてください
show-take = カードを|読み取り機から|取って、|表を|カメラに|向けてください
show-front = 顔写真のある面を|枠の中に|入れてください
show-other-side = 裏か、|上下が|逆のようです。|顔写真のある面を|向けてください
show-nearer = カードを|もう少し|カメラに|近づけてください
show-farther = カードを|少し|カメラから|離してください
show-straighter = カードを|まっすぐに|してください
show-glare = 光が|反射しています。|カードを|少し|傾けてください
show-finger-away = 顔写真の下の|数字から|指を|離してください
show-hold-still = 読み取っています。|そのまま|お待ちください
show-privacy = カードの画像は|保存しません
show-type = カードの番号を|入力する
show-read = カードの番号を|読み取りました


# FaceCapture
face-title = お顔を|枠に|合わせてください
face-text = 枠に収まると、|自動的に|撮影します
face-privacy = お顔の画像は|保存しません
face-attempt = { $count }回目
hint-none = カメラを|見てください
hint-no-face = 枠の中に|お顔を|入れてください
hint-two-faces = お一人だけで|映ってください
hint-too-near = 少し|離れてください
hint-too-far = もう少し|近づいてください
hint-off-centre = お顔を|真ん中に|合わせてください
hint-look-here = まっすぐ|カメラを|見てください
hint-tilted = 首を|かしげずに|まっすぐ|見てください
hint-too-dark = 暗いようです。|明るいほうを|向いてください
hint-too-bright = 光が|強いようです。|少し|向きを変えてください
hint-backlit = 後ろが|明るいようです。|少し|向きを変えてください
hint-blurred = お顔が|ぶれています。|ゆっくり|動いてください
hint-mask = マスクを|あごまで|下げてください
hint-brow-hidden = 帽子や|前髪を上げて|まゆを|見せてください
hint-glasses-glare = 眼鏡が|光っています。|少しのあいだ|外してください
hint-eyes-closed = 目を|開けてください
hint-turn-right = お顔を|少し|右へ|向けてください
hint-turn-left = お顔を|少し|左へ|向けてください
hint-move-a-little = お顔を|少しだけ|左右に|動かしてください
hint-keep-looking = そのまま|カメラを|見てください

# FaceHelp
face-help-retry-title = もう一度|お試しください
face-help-other-title = 別の方法で|確認しましょう
face-help-distance = カメラに|近づきすぎない
face-help-hair = 前髪を上げる
face-help-mask = マスクを|下げる、外す
face-help-hat = 帽子を外す
face-help-glasses = 眼鏡を外す
face-help-refused = 今日は|顔認証では|受付できませんでした。|別の方法で|受付できます

# EnterPin
pin-title = 暗証番号の入力
pin-text = カードを作ったときに|決めた|4桁の番号です
pin-tries = あと{ $count }回|入力できます
pin-wrong = 番号が|違うようです。|あと{ $count }回|入力できます
pin-last = あと1回です。|間違えると|ロックされます。|不安な方は|職員を|お呼びください
pin-proxy = 代わりの|方が入力
pin-guardian = お子さまの|番号は、|保護者の方が|入力できます
pin-by-family = ご家族が|入力しています
pin-by-carer = 介助の方が|入力しています

# TypeOnReader
reader-pin-title = カードリーダーの|ボタンで|暗証番号を|入力してください
reader-pin-digits = 4桁の番号を|押します
reader-pin-enter = 確定ボタンを|押します
reader-pin-cancel = やめるときは|取消ボタンを|押します

# PinLastTry
last-try-title = 職員に|聞きますか
last-try-wrong = 番号が|違うようです
last-try-left = あと1回だけ|入力できます
last-try-warning = 次に|間違えると|ロックされます。|解除には|市区町村の窓口などで|手続きが|必要です
last-try-staff = 職員に聞く
last-try-anyway = このまま|入力する

# AskWhoEnters
who-title = どなたが|入力しますか
who-text = 暗証番号は|声に出さないでください
who-patient = ご本人
who-family = ご家族
who-carer = 介助の方

# PinLocked
locked-face = 顔認証で|受付できます
locked-staff = 職員の|確認で|受付できます
locked-reset = 暗証番号の|再設定
locked-reset-text = 住民票のある|市区町村の窓口で|できます
locked-now-title = 暗証番号が|ロックされました
locked-before = 以前の|間違いが|続いたためです
locked-everywhere = ほかの|医療機関や|薬局でも、|暗証番号は|使えません

# VisualCheck
visual-here-title = カードのお写真と|ご本人を|見くらべてください
visual-here-text = 職員の方が|押してください
visual-same = ご本人です
visual-not-same = 確認できません

# Checking
checking-title = 資格を|確認しています
checking-challenge = 準備しています
checking-proof = カードを|動かさずに|お待ちください
checking-asking = 健康保険の資格を|照会しています。|少し|お待ちください
checking-still = まだ|照会しています。|もう少し|お待ちください

# ConfirmName (ours)
confirm-question = ご本人の|お名前ですか
confirm-yes = はい、|合っています

# Renewal
renewal-title = 電子証明書の|有効期限が|近づいています
renewal-text = お住まいの|市区町村の窓口で、|早めに|更新してください
renewal-until = 有効期限は|{ $date }です
renewal-usable-until = 保険証として|使えるのは|{ $date }までです
renewal-today = 今日は|このまま|受付できます
renewal-grace-title = 電子証明書の|有効期限が|切れています
renewal-grace-text = 市区町村の窓口で|すぐに|更新してください
renewal-grace-limit = 過去の|診療・お薬・健診の|情報は、|医療機関に|提供されません

# RegistrationStatus: words of マイナポータル where it has them
status-title-completed = 保険証として|登録されています
status-title-preparing = 登録の|準備中です
status-title-none = 保険証としての|利用登録が|まだです
status-title-unclear = 登録の状況を|確認できません
status-application-none = 申込状況：|お申し込みは|ありません
status-application-accepted = 申込状況：|正常に|受け付けました
status-application-unclear = 申込状況：|職員に|お尋ねください
status-linkage-none = 登録状況：|登録されていません
status-linkage-preparing = 登録状況：|システム準備中のため、|しばらく|お待ちください
status-linkage-completed = 登録状況：|登録完了
status-linkage-unclear = 登録状況：|職員に|お尋ねください
status-registered-at = { $date }の|{ $time }に|登録されました
status-end = 終了
status-apply = 利用を申し込む

# RegisterOffer
register-title = マイナンバーカードを|保険証として|利用するための|登録が|必要です
register-question = 継続しますか
register-time = （少しお時間をいただきます）

# RegisterTerms
terms-title = マイナポータル利用規約
terms-apply = マイナポータルのシステムを|利用して、|マイナンバーカードを|健康保険証として|利用するための|申し込みをします
terms-page = { $page } / { $pages } ページ
terms-sample = 見本です。|本当の規約では|ありません
terms-next = 次のページ
terms-previous = 前のページ
terms-agree = 同意して進む

# Registering
registering-title = 保険証としての|利用を|登録しています
registering-text = 少しお時間を|いただきます。|カードは|置いたままに|してください

# Registered
registered-title = マイナンバーカードの|保険証利用登録が|完了しました
registered-next = 資格情報を取得する

# RegisterRefused
refused-from = { $date }の|{ $time }から|登録できます
refused-today = 今日の|受付方法は|職員が|ご案内します

# Consents. "statement" follows the leaflet of January 2025, "question" the ones before. What no leaflet words, 手術
# and the comprehensive question, and the remark on refusing, are (ours).
consent-title = 過去の情報を|利用いたします
consent-statement-all = 次の情報を|当機関に|提供することに|同意します。|この情報は|あなたの診察や|健康管理のために|使用します
consent-question-all = 次の情報を|当機関に|提供することに|同意しますか。|この情報は、|あなたの診療や|健康管理のために|使用します
consent-statement-records = 過去の|手術以外の|診療・お薬情報を|当機関に|提供することに|同意します
consent-statement-surgery = 過去の|手術の情報を|当機関に|提供することに|同意します
consent-statement-checkup = 過去の|健康情報を|当機関に|提供することに|同意します
consent-statement-use = この情報は|あなたの診察や|健康管理のために|使用します
consent-question-records = 過去の|手術以外の|診療・お薬情報を|当機関に|提供することに|同意しますか
consent-question-surgery = 過去の|手術の情報を|当機関に|提供することに|同意しますか
consent-question-checkup = 特定健診情報を|当機関に|提供することに|同意しますか
consent-question-use = この情報は、|あなたの診療や|健康管理のために|使用します
consent-over-40 = （40歳以上対象・|健診の結果）
consent-number = { $number } / { $of }
consent-chosen = 今の答え：{ $answer }
consent-records = 診療・お薬の情報
consent-given = 同意します
consent-refused = 同意しません
consent-one-by-one = 一つずつ|選ぶ
consent-refuse-under-40 = 同意しない・|40歳未満
consent-summary-title = この内容で|よろしいですか
consent-summary-line = { $what }：|{ $answer }
consent-change = 選び直す
consent-send = この内容で進む
consent-lasts = 同意は、|今から|24時間|有効です
consent-visits = 診療の情報
consent-medicine = お薬の情報
consent-surgery = 手術の情報
consent-checkup = 健診の情報
consent-checkup-age = 40歳以上の方
consent-refuse-fine = 同意しなくても、|受診できます
consent-refuse = 同意しない
consent-give = 同意する

# ConsentLimit: the words of before October 2024
limit-title = 限度額情報を|提供しますか
limit-text = 高額療養費制度を|ご利用の方は|「提供する」を|押してください。|窓口で|限度額以上の|支払いが|不要になります
limit-keep-card = カードは|まだ|取らないでください
limit-give = 提供する
limit-refuse = 提供しない

# ChoosePrescription (ours)
prescription-title = 処方箋の|発行形態を|選んでください
prescription-electronic = 電子処方箋
prescription-electronic-text = 電子：|対応する薬局だけで|使えます。|カードか|引換番号を|見せます
prescription-paper = 紙の処方箋
prescription-paper-text = 紙：|薬局に|紙の処方箋を|渡します

# ChooseSubsidy: the question of the subsidy sites
subsidy-title = 医療費助成の|各種受給者証を|利用しますか
subsidy-text = 対応する|自治体の|受給者証だけが|使えます。|紙の受給者証は|窓口に|お出しください
subsidy-use = 利用する
subsidy-not = 利用しない

# Delivering
delivering-title = 受付を|しています
delivering-text = カードは|置いたままで、|少し|お待ちください

# Done
done-name = { $name }{"\u00A0"}様
done-title = 確認が完了しました
done-kana-note = ●は|この機械で|表せない|文字です。|お名前の|誤りではありません
done-print-note = ●は|この機械で|表せない|文字です。|画像は|カードに|印刷された|お名前です
done-take = カードを忘れずに！
done-take-text = マイナンバーカードを|取り出してください
done-wait = お呼びするまで|お待ちください
done-counter = 受付窓口へ|お越しください
done-number = 番号札を|お取りください
done-not-me = 違う人の名前です
done-left = カードが|残っています

# Fallback
fallback-at-the-counter = 窓口で|受付できます
fallback-fee = 10割負担にはなりません。|これまで通りの|負担額です
fallback-fee-desk = お支払いに|ついては、|窓口で|ご説明します
fallback-led = 今日の|受付方法を|これから|ご案内します
fallback-ask-certificate = 「資格確認書」を|お持ちですか
fallback-ask-certificate-text = 健康保険の|加入先や|勤め先から|届いた|カードか|書類です
fallback-ask-phone = マイナポータルを|開ける|スマートフォンを|お持ちですか
fallback-ask-phone-text = 保存した|PDFでも|かまいません
fallback-ask-notice = 「資格情報の|お知らせ」を|お持ちですか
fallback-ask-notice-text = 健康保険の|加入先や|勤め先から|届いた|紙です
fallback-ask-been-here = 今の健康保険で、|ここに|かかったことが|ありますか
fallback-ask-been-here-text = 健康保険が|変わってから|初めての方は、|「いいえ」を|押してください
fallback-show-portal = マイナポータルの|画面を|見せてください
fallback-show-portal-text = マイナンバーカードと、|マイナポータルの|「資格情報」の画面を、|窓口の職員に|見せてください
fallback-show-notice = 「資格情報の|お知らせ」を|見せてください
fallback-show-notice-text = マイナンバーカードと|一緒に、|窓口の職員に|見せてください
fallback-show-spoken = 職員が|口頭で|確認します
fallback-show-spoken-text = マイナンバーカードを|窓口の職員に|見せ、|質問に|お答えください
fallback-show-form = 「被保険者|資格申立書」を|書いてください
fallback-show-form-text = 用紙は|窓口の職員が|お渡しします。|マイナンバーカードも|見せてください
fallback-show-certificate = 「資格確認書」を|見せてください
fallback-show-certificate-text = 窓口の職員に|見せてください。|医療費の受給者証などが|あれば、|一緒に|お出しください
fallback-show-staff = 窓口の職員に|ご相談ください
fallback-show-staff-text = 加入している|健康保険の|名前が|わかると|早く進みます
fallback-desk = 窓口へ

# CallStaff
staff-title = 職員が|まいります
staff-text = このまま|お待ちください
staff-here = 職員の方は|こちら
staff-entry-title = 職員の番号|（6桁）を|入力してください
staff-entry-wrong = 番号が|違います
staff-entry-closed = 今は|番号を|受け付けて|いません。|窓口で|ご案内|ください
staff-entry-training = 練習の|番号は|847316です

# StillThere
still-title = まだ|ご利用中ですか
still-text = あと{ $seconds }秒で|終了し、|入力された内容を|消します
still-more = もっと時間がほしい

# CardAway
away-title = カードを|元の場所に|置いてください
away-text = 置くと|続きから|始まります。|あと{ $seconds }秒|お待ちします
away-reading = カードを|確かめています

# Stopped
stopped-nothing-kept = 入力された内容は|すべて|消しました
stopped-take = カードを|お取りください

# OutOfOrder
out-title = ただいま|この機械は|ご利用に|なれません
out-text = おそれいりますが、|受付窓口へ|お越しください

# CleaningUp
cleaning-title = 終了しています
cleaning-text = 入力された内容を|消しています

# Failures. The value and the title are for the patient: what happened and what to do, no blame, no code.
# The remedy is for staff.
failure-card-service-stopped = 受付窓口へ|お越しください
    .title = ただいま|この機械は|ご利用に|なれません
remedy-card-service-stopped = カードサービス（PC/SC）が止まっています。パソコンを再起動してください。続くときは保守担当へ。
failure-reader-gone = 受付窓口へ|お越しください
    .title = ただいま|この機械は|ご利用に|なれません
remedy-reader-gone = カードリーダーのUSBケーブルを抜き差ししてください。それでも戻らないときはパソコンを再起動してください。
failure-card-gone = カードが|離れたので、|受付を|中止しました。|受付は|まだ|済んでいません
    .title = カードが|離れました
remedy-card-gone = 受付の途中でカードが取られました。患者さんにもう一度置いてもらってください。
failure-card-unreadable = カバーを外し、|カードを置いたら|動かさないでください
    .title = カードを|読み取れませんでした
remedy-card-unreadable = 別のカードが読めるか試してください。読めればカードの故障、読めなければリーダーの故障です。
failure-not-my-number-card = マイナンバーカードを|1枚だけ|置いてください
    .title = マイナンバーカードでは|ないようです
remedy-not-my-number-card = 別のICカード、または複数のカードが置かれています。すべて取り除いてください。
failure-phone-placed = この機械では|マイナンバーカードを|お使いください
    .title = スマートフォンは|使えません
remedy-phone-placed = スマートフォンが置かれました。この端末はカードだけに対応しています。
failure-no-certificate = 電子証明書が|入っていないため、|保険証として|使えません。|窓口で|ご案内します
    .title = このカードでは|資格を|確認できません
remedy-no-certificate = 利用者証明用電子証明書がありません。資格確認書などで確認し、市区町村での発行を案内してください。
failure-certificate-unusable = 電子証明書を|確認できません。|お住まいの|市区町村の窓口で|お確かめください
    .title = このカードでは|資格を|確認できません
remedy-certificate-unusable = 証明書の期限切れ、失効、または発行者が不明です。ほかの方法で資格を確認してください。
failure-card-swapped = 先ほどとは|別のカードが|置かれました。|もう一度|はじめから|お願いします
    .title = カードが|かわりました
remedy-card-swapped = 受付の途中でカードが入れ替わりました。その受付は取り消しました。カードと患者さんを確かめてください。
failure-certificate-ended = 電子証明書の|期限から|3か月が|過ぎました。|お住まいの|市区町村の窓口で|更新できます
    .title = このカードは|保険証として|使えません
remedy-certificate-ended = 証明書の期限と猶予期間が過ぎています。今日はほかの方法で確認し、市区町村での更新を案内してください。
failure-certificate-revoked = 引っ越しや|紛失の届けのあとに|使えなく|なることが|あります。|お住まいの|市区町村の窓口で|確かめてください
    .title = このカードは|今|使えません
remedy-certificate-revoked = 証明書が失効しています（転居の届出、紛失の届出、新しいカードなど）。ほかの方法で確認してください。
failure-pin-wrong = 番号を|お確かめのうえ、|もう一度|入力してください
    .title = 番号が|違うようです
remedy-pin-wrong = 暗証番号が違いました。回数が残っています。
failure-pin-blocked = 間違いが|続いたため|使えません
    .title = 暗証番号が|ロックされています
remedy-pin-blocked = 暗証番号がロックされています。顔認証か目視で受付し、再設定は住民票のある市区町村を案内してください。
failure-pin-absent = このカードには|暗証番号が|ありません
    .title = 暗証番号は|使えません
remedy-pin-absent = 暗証番号の設定がないカードです（顔認証マイナンバーカード）。顔認証か目視で受付してください。
failure-code-b-implausible = 生年月日、|有効期限の年を|もう一度|お確かめください
    .title = 番号を|お確かめください
remedy-code-b-implausible = カードの番号の形が正しくありません。カードの回数は減っていません。
failure-code-b-wrong = カードの数字を|もう一度|お確かめください
    .title = 番号が|違うようです
remedy-code-b-wrong = カードが番号を受け付けませんでした。回数が残っています。
failure-code-b-blocked = 暗証番号を|お使いください
    .title = 顔認証は|使えません
remedy-code-b-blocked = 照合番号Bの残り回数が少ないか、ロックされています。暗証番号か目視で受付してください。
failure-no-portrait = 顔写真の|ないカードです。|暗証番号を|お使いください
    .title = 顔認証は|使えません
remedy-no-portrait = 顔写真のないカードです（乳幼児など）。保護者の暗証番号入力か目視で受付してください。
failure-card-face-invalid = 職員が|ご案内します
    .title = カードの顔写真を|確認できませんでした
remedy-card-face-invalid = 券面データの署名か写真に異常があります。カードの真偽を目視で確かめてください。
failure-face-not-confirmed = 受付は|続けられます
    .title = お顔を|うまく|確認できませんでした
remedy-face-not-confirmed = 顔の照合ができませんでした。暗証番号か目視で受付してください。本人ではないとは言えません。
failure-face-not-live = 職員が|お手伝いします
    .title = お顔を|うまく|確認できませんでした
remedy-face-not-live = 実在する人の顔と判定できませんでした。カメラの前を確かめ、目視で確認してください。
failure-camera-gone = 暗証番号を|お使いください
    .title = 今は|カメラが|使えません
remedy-camera-gone = カメラが見つかりません。USBケーブルを抜き差ししてください。
failure-camera-no-picture = 暗証番号を|お使いください
    .title = 今は|カメラが|使えません
remedy-camera-no-picture = カメラの映像がありません。カバー、プライバシー設定、ケーブルを確かめてください。
failure-camera-busy = 暗証番号を|お使いください
    .title = 今は|カメラが|使えません
failure-camera-private = 暗証番号を|お使いください
    .title = 今は|カメラが|使えません
failure-camera-format = 暗証番号を|お使いください
    .title = 今は|カメラが|使えません
remedy-camera-busy = 別のソフトがカメラを使っています。そのソフトを閉じてください。
remedy-camera-private = カメラがプライバシースイッチか設定で切られています。スイッチを開け、Windowsではカメラの使用を許可してください。
remedy-camera-format = カメラに使える映像形式がありません。MJPEG、YUYV、NV12、グレースケールのどれかを出すカメラに替えてください。形式は doctor に出ます。
failure-face-models-invalid = 暗証番号を|お使いください
    .title = 今は|顔認証が|使えません
remedy-face-models-invalid = 顔認証のモデルがないか、正しいものではありません。doctor で確認し、入れ直してください。
failure-gateway-unreachable = 窓口で|受付できます
    .title = ただいま|資格を|確認できません
remedy-gateway-unreachable = 照会先につながりません。回線、ルーター、接続先の設定を確かめてください。
failure-gateway-timeout = 窓口で|受付できます
    .title = ただいま|資格を|確認できません
remedy-gateway-timeout = 時間内に返事がありませんでした。混雑か障害です。少しおいて、もう一度照会してください。
failure-gateway-tls = 窓口で|受付できます
    .title = ただいま|資格を|確認できません
remedy-gateway-tls = 通信の証明書が合いません。時計と証明書の期限を確かめてください。
failure-terminal-refused = 窓口で|受付できます
    .title = ただいま|資格を|確認できません
remedy-terminal-refused = 照会先がこの端末を認めていません。端末の登録と証明書を確かめてください。
failure-check-refused = 窓口で|受付できます
    .title = ただいま|資格を|確認できません
remedy-check-refused = 照会先が要求を誤りとして断りました。記録を添えて保守担当へ連絡してください。
failure-gateway-fault = 窓口で|受付できます
    .title = ただいま|資格を|確認できません
remedy-gateway-fault = 照会先の障害またはメンテナンスです。お知らせを確かめてください。
failure-gateway-answer-invalid = 窓口で|受付できます
    .title = ただいま|資格を|確認できません
remedy-gateway-answer-invalid = 照会先の返事の形が正しくありません。記録を添えて保守担当へ連絡してください。
failure-clock-wrong = 窓口で|受付できます
    .title = ただいま|資格を|確認できません
remedy-clock-wrong = この受付機の時計が合っていないため、通信の証明書が期限外に見えます。日付と時刻を合わせてください。
failure-not-registered = 保険証として|登録されていません。|窓口で|受付できます
    .title = ただいま|資格を|確認できません
remedy-not-registered = 利用登録がまだのカードです。資格確認書などで確認してください。
failure-registration-not-yet = 市区町村での|手続きのあと、|次の平日の午後から|登録できます
    .title = 今日は|まだ|登録できません
remedy-registration-not-yet = 証明書の更新や一時停止の解除の直後です。次の平日の午後に登録できます。今日は別の方法で確認してください。
failure-not-confirmed = 窓口で|職員が|ご案内します
    .title = 保険の資格を|確認できませんでした
remedy-not-confirmed = 有効な資格が一つに決まりません（無効、該当なし、複数など）。結果の欄を見て、保険者へ照会してください。
failure-journal-unwritable = 窓口で|受付できます
    .title = ただいま|資格を|確認できません
remedy-journal-unwritable = 記録を書けないため、照会を送っていません。ディスクの空きと権限を確かめてください。
failure-handoff-unwritable = 職員が|受付を|引き継ぎます
    .title = 受付の|途中です
remedy-handoff-unwritable = レセコンへの受け渡しファイルを書けません。共有フォルダーの接続と空きを確かめてください。
failure-wrong-name = 表示された内容は|すべて|消しました。|職員が|すぐにまいります
    .title = お知らせ|ありがとうございます
remedy-wrong-name = 別人の名前が表示されたと申し出がありました。この受付の結果は使わず、カードと本人を確認してください。
failure-timed-out = しばらく|操作が|なかったため、|中止しました。|受付は|まだ|済んでいません
    .title = 受付を|中止しました
remedy-timed-out = 操作がないまま時間切れになりました。
failure-cancelled = 受付を|中止しました
    .title = 中止しました
remedy-cancelled = 患者さんが受付をやめました。ほかの方法を案内してください。
failure-step-timed-out = 職員が|ご案内します
    .title = うまく|進みませんでした
remedy-step-timed-out = 端末の中の処理が時間内に終わりませんでした。続くときは再起動してください。

# The trainer’s controls (ours)
dock-training = 練習中
dock-scenario = 次の練習
dock-place-card = カードを|置く
dock-take-card = カードを|取る
scenario-by-pin = 暗証番号で受付
scenario-by-face = 顔認証で受付
scenario-wrong-pin = 暗証番号を1回間違える
scenario-other-face = 別の人のカードで顔認証
scenario-pin-blocked = 暗証番号がロックされている
scenario-not-registered = 保険証利用の登録がまだ
scenario-not-my-card-kind = スマートフォンを置く
scenario-gateway-down = オンラインで確認できない
scenario-not-confirmed = 資格を確認できない
scenario-card-expiring = 有効期限が近い
scenario-typed-code-b = 照合番号Bを入力する
scenario-card-shown = カードの表をカメラに見せる
scenario-other-card-shown = 別の人のカードを見せる
scenario-consent-refused = 同意しない
scenario-call-staff = 途中で職員を呼ぶ
scenario-wrong-name = 違う人の名前が出た
scenario-consents-one-by-one = 一つずつ同意を選ぶ
scenario-every-question = すべてをたずねる施設
scenario-terms-declined = 規約に同意しない
scenario-not-yet = まだ登録できない
scenario-card-in-grace = 期限切れから3か月以内
scenario-card-past-grace = 期限切れから3か月を過ぎた
scenario-card-revoked = 電子証明書が失効している
scenario-fallback-form = 確認できず申立書を書く
scenario-card-put-back = 途中でカードを取って戻す
scenario-card-swapped = 途中で別のカードになる
scenario-still-there = しばらく操作しない
scenario-walked-away = 途中でいなくなる
scenario-received-today = 同じ日にもう一度
scenario-registration-status = 登録の状況を確認する
scenario-registration-asked-for = 確認から利用登録まで

# uketsuke setup: what whoever sets a kiosk up is asked at a terminal
setup-language = 言語 / Language: 1 日本語 2 English
setup-begins = 設定ファイル { $file } を作ります。最後に確認するまで、何も書き込みません。
setup-changes-present = 設定ファイル { $file } があります。答えが異なる項目だけを変えます。最後に確認するまで、何も書き込みません。
setup-enter-for = （Enter：{ $usual }）
setup-facility-code = 医療機関コード（数字10桁）
setup-facility-code-wrong = 数字10桁で入力してください。
setup-terminal-id = 端末名（施設内で重ならないもの。英数字とハイフン、32文字まで）
setup-terminal-id-wrong = 英数字とハイフンで、1～32文字にしてください。
setup-screen-language = 待受画面の言語（ja、en、zh-Hans など）
setup-screen-language-wrong = その言語はありません。ja、ja-simple、en、zh-Hans、vi、ko、pt-BR、fil、ne、id から選んでください。
setup-screen = 画面の画素数（例：1080x1920。auto は画面に合わせます）
setup-screen-wrong = 1080x1920 の形で入力してください。
setup-reader = 患者さん用のカードリーダーの番号（Enter：自動で選ぶ）
setup-no-readers = 使えるカードリーダーが見つかりません。接続すると、自動で選ばれます。
setup-camera = 患者さんを写すカメラの番号（Enter：最初のもの）。1枚撮って確かめます。写真は残しません。
setup-no-cameras = カメラが見つかりません。接続すると、最初のものが使われます。
setup-choose-wrong = 一覧の番号を入力してください。
setup-gateway = ゲートウェイのアドレス（https://…）
setup-gateway-wrong = https:// で始まるアドレスを、パスなしで入力してください。
setup-identity = 証明書のフォルダー（ca.pem、terminal.pem、terminal.key.pem）
setup-identity-wrong = / から始まる場所を入力してください。
setup-folder = レセコンへ渡すフォルダー
setup-folder-wrong = / から始まる場所を入力してください。
setup-keep-failed = うまくいかないものがあります。このまま進みますか（y/n）。n で入力し直します。
setup-former-kept = { $file } を上のとおりに変えます。今のものは .before を付けて残します。
setup-new-file = 上の内容で { $file } を作ります。
setup-write = 書き込みますか（y/n）。
setup-yes-or-no = y か n で答えてください。
# 窓口（受付デスク）の画面: 職員だけが読む。
desk-name = 受付デスク
desk-now = いま
desk-today = 本日
desk-lamps = 点検
desk-skip = 本文へ
desk-covered = 画面を隠しています。キーを押すか触れると戻ります
desk-user = お名前
desk-password = パスワード
desk-log-in = ログイン
desk-log-out = ログアウト
desk-log-in-wrong = お名前かパスワードが違います。
desk-log-in-wait = 間違いが続いたため、{ $seconds }秒お待ちください。
desk-log-in-fails = いまログインを確かめられません。デスクの記録を見てください。
desk-sound-on = 呼び出し音を消す
desk-sound-off = 呼び出し音を鳴らす
desk-day = { $year }年{ $month }月{ $day }日
desk-no-kiosk = 受付機からの知らせはまだありません。受付機の設定に、このデスクのアドレスがあるか確かめてください。
desk-silent = { $since }から受付機の応答がありません。受付機の電源と配線を確かめてください。
desk-say = お声がけ:
desk-calls = 職員を呼んでいます
desk-taken-by = { $who }さんが向かっています
desk-training = 練習中
desk-face-tries = 顔認証{ $count }回
desk-pin-tries = 暗証番号の残り{ $count }回
desk-method-face = 方法: 顔認証
desk-method-pin = 方法: 暗証番号
desk-method-eye = 方法: 目視
desk-language-ja = 日本語
desk-language-ja-simple = やさしい日本語
desk-language-en = 英語
desk-language-zh-Hans = 中国語
desk-language-vi = ベトナム語
desk-language-ko = 韓国語
desk-language-pt-BR = ポルトガル語
desk-language-fil = フィリピン語
desk-language-ne = ネパール語
desk-language-id = インドネシア語
desk-at-idle = 待機中です
desk-at-outOfOrder = 受付機が使えません
desk-at-cardLeft = カードが置き忘れられています
desk-at-placeCard = カードを置くところです
desk-at-readingCard = カードを読んでいます
desk-at-alreadyReceived = 本日すでに受付済みの方です
desk-at-wrongCard = 使えないカードが置かれています
desk-at-chooseMethod = 本人確認の方法を選んでいます
desk-at-enterCodeB = カードの数字を入力しています
desk-at-openingCardFace = カードの写真を読んでいます
desk-at-faceCapture = 顔認証の途中です
desk-at-faceHelp = 顔認証ができませんでした
desk-at-enterPin = 暗証番号を入力しています
desk-at-typeOnReader = リーダーで暗証番号を入力しています
desk-at-pinLastTry = 暗証番号の残りがあと1回です
desk-at-askWhoEnters = 暗証番号を押すのが誰かを選んでいます
desk-at-pinLocked = 暗証番号が使えません
desk-at-enterStaffCode = 職員がコードを入力しています
desk-at-visualCheck = 目視の確認を待っています
desk-at-checking = 資格を照会しています
desk-at-confirmName = お名前を確かめています
desk-at-renewal = 証明書の更新の案内を読んでいます
desk-at-registrationStatus = 登録の状況を見ています
desk-at-registerOffer = 保険証の利用登録をするか選んでいます
desk-at-registerTerms = 利用規約を読んでいます
desk-at-registering = 利用登録をしています
desk-at-registered = 利用登録が終わりました
desk-at-registerRefused = いまは利用登録ができません
desk-at-consenting = 同意の画面です
desk-at-consentOneByOne = 同意を一つずつ選んでいます
desk-at-consentSummary = 同意の内容を確かめています
desk-at-consentLimit = 限度額の情報の提供を選んでいます
desk-at-choosePrescription = 処方箋の形を選んでいます
desk-at-chooseSubsidy = 医療費助成を選んでいます
desk-at-delivering = 受付の結果を渡しています
desk-at-done = 受付が終わりました
desk-at-fallback = オンラインで確認できません
desk-at-fallbackAsk = 代わりの書類を選んでいます
desk-at-fallbackShow = 窓口で見せるものを案内しています
desk-at-callStaff = 職員を待っています
desk-at-stopped = 受付を中止しました
desk-at-cleaningUp = 片付けています
desk-at-stillThere = しばらく操作がありません
desk-at-cardAway = 途中でカードが離れました
desk-say-placeCard = 「カードを置いて、そのままお待ちください」
desk-say-wrongCard = 「マイナンバーカードを1枚だけ置いていただけますか」
desk-say-faceHelp = 「もう一度試しますか。暗証番号でも受付できます」
desk-say-pinLastTry = 「番号に心当たりがなければ、こちらで確認します」
desk-say-pinLocked = 「番号は使えませんが、受付はできます」
desk-say-callStaff = 「お待たせしました。どうなさいましたか」
desk-say-fallback = 「保険証の確認は窓口でいたします。お支払いは変わりません」
desk-say-cardLeft = 「カードをお忘れの方はいらっしゃいませんか」
desk-say-cardAway = 「カードをもう一度置いていただけますか」
desk-say-stillThere = 「お手伝いしましょうか」
desk-say-registerRefused = 「登録は後日できます。今日は別の方法で確認します」
desk-paper-fallback = 資格確認書、「資格情報のお知らせ」、マイナポータルの画面のどれかを見せてもらいます。
desk-paper-fallbackAsk = 資格確認書、「資格情報のお知らせ」、マイナポータルの画面のどれかを見せてもらいます。
desk-paper-fallbackShow = 画面で案内した書類を見せてもらい、控えます。
desk-paper-registerRefused = 資格確認書を見せてもらいます。
desk-paper-chooseSubsidy = 医療証をお持ちなら見せてもらいます。
desk-do-coming = いま行きます
desk-do-anotherTry = もう一度 顔認証
desk-do-goOnByPin = 暗証番号へ
desk-do-oneStepBack = 一つ戻す
desk-do-finishAndWipe = 終了して消去
desk-do-seenByEye = 目視で確認…
desk-do-registerReference = 患者番号の登録
desk-do-askQueueAgain = 控えの再照会
desk-outcome-done = できました
desk-outcome-stale = 間に合いませんでした。もう一度押してください
desk-outcome-refused = できません: { $why }
desk-outcome-unheard = 受付機から返事がありません。受付機まで行ってください
desk-outcome-waits = 受付機の返事を待っています
desk-refused-other = いまの画面ではできません
desk-eye-how = 受付機まで行き、カードの写真とご本人の顔を見比べてください。この受付に限り、目視で確認したことになります。あなたの名前と理由が記録されます。
desk-eye-here = ご本人とカードが目の前にあります
desk-eye-why = 目視で確認する理由
desk-eye-face-not-taken = カメラで顔を確認できない（マスク、明るさ、見た目の変化など）
desk-eye-no-portrait = カードに比べられる顔写真がない
desk-eye-no-pin = 暗証番号を忘れた、使えない、ない
desk-eye-cannot-operate = ご自身で操作できない
desk-eye-device-fault = 受付機の機器が動かない
desk-eye-yes = 同じ人です。受付を進める
desk-back = 戻る
desk-search = さがす（カナ・患者番号）
desk-csv = CSVで保存
desk-print = 印刷用
desk-count = 要対応 { $open }人・全体 { $all }人
desk-folded = 手続きが残っていない方 { $count }人
desk-column-time = 時刻
desk-column-name = お名前
desk-column-kana = カナ
desk-column-age = 年齢
desk-column-chart = 患者番号
desk-column-do = すること
desk-column-insurance = 保険
desk-column-share = 負担割合
desk-column-file = レセコン
desk-copy = 押すとコピーします
desk-nobody = お名前は読めていません
desk-age = { $years }歳
desk-sex-male = 男
desk-sex-female = 女
desk-sex-unknown = 性別不明
desk-settle = 済みにする
desk-unsettle = 済みを取り消す
desk-settled-by = { $who }さんが済みにしました
desk-copayment = { $tenths }割
desk-validity-valid = 有効
desk-validity-invalid = 無効
desk-validity-superseded = 無効・新しい資格あり
desk-validity-notFound = 該当なし
desk-validity-multiple = 複数該当
desk-validity-unknown = 不明な結果
desk-file-waits = 受付機で待っています
desk-file-written = レセコンへ渡しました
desk-file-taken = レセコンに取り込み済み
desk-file-not-taken = レセコンに未取込
desk-file-given-up = 渡せませんでした
desk-ended-early = 受付が途中で終わりました
desk-ended-early-do = お席にいらっしゃるか確かめ、もう一度ご案内してください。
desk-reason-not-confirmed = 資格が確認できません（{ $validity }）
desk-reason-not-confirmed-do = 資格確認書か「資格情報のお知らせ」を見せてもらい、保険者へ確かめます。10割はいただきません。
desk-reason-file-given-up = レセコンへ渡せませんでした
desk-reason-file-given-up-do = レセコンに手で入力し、保守担当へ連絡してください。
desk-reason-file-not-taken = レセコンに未取込 { $minutes }分
desk-reason-file-not-taken-do = レセコンの電源と、取込の設定を見てください。
desk-reason-file-waits = レセコンへのファイルが待っています
desk-reason-file-waits-do = 共有フォルダーの接続を確かめてください。つながれば自動で渡ります。
desk-reason-lost-signs = お名前に使えない文字（{ $signs }）
desk-reason-lost-signs-do = カルテはカナと生年月日でさがし、文字はカードを見て入力します。
desk-reason-grace = 証明書の期限切れ。{ $day }まで使えます
desk-reason-grace-do = 市区町村での更新を案内してください。
desk-reason-certificate-ends = 証明書の期限 { $day }
desk-reason-certificate-ends-do = 更新の案内を渡してください。
desk-reason-insurance-ends = 保険の資格は { $day }まで
desk-reason-insurance-ends-do = 次の保険が決まっているかうかがってください。
desk-reason-consents-unanswered = 同意の未回答 { $count }件
desk-reason-consents-unanswered-do = 断ったのではありません。要るときは診察でうかがいます。
desk-reason-registered-now = 本日、保険証の利用登録をしました
desk-reason-registered-now-do = カルテがあるか確かめてください。
desk-all-good = すべて正常です。開院できます。
desk-no-lamps = 受付機から点検の結果がまだ届いていません。
desk-lamp-good = 正常
desk-lamp-doubtful = 確認
desk-lamp-bad = 異常
desk-chart-not-in-list = カルテの一覧にない番号です
desk-chart-nobody = カルテの候補なし
desk-chart-candidates = カルテの候補{ $count }件。どれか選ぶ:
desk-answers = 操作
