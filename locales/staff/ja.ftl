# 職員へのお知らせ: what only staff read, in Japanese and English alone. One message and one with `-do` for each entry of
# crates/core/src/domain/staff_news.rs: what happened, and what to do.

# Parts of the messages
staff-news-failure = { $title }（{ $code }）
staff-news-request = { $request ->
    [registration] 利用登録
    [consents] 同意の登録
   *[check] 資格確認
 }
staff-news-validity = { $validity ->
    [invalid] 無効
    [superseded] 無効・新しい資格あり
    [notfound] 該当なし
    [multiple] 複数該当
   *[unknown] 不明な結果
 }
staff-news-certificate = { $certificate ->
    [root] 照会先のルート証明書
   *[terminal] この受付機の証明書
 }
staff-news-store = { $store ->
    [queue] 障害時の控え
    [spool] レセコンへのファイルの置き場
    [desk] 窓口の画面へ送る前の記録
   *[journal] 照会の控え
 }

# Somebody is needed at the kiosk
staff-news-called-by-patient = 患者さんが「職員を呼ぶ」を押しました。
staff-news-called-by-patient-do = 受付機まで行って、お声がけください。
staff-news-help-needed = 受付機の患者さんがお困りです：{ $failure }
staff-news-help-needed-do = { $remedy }
staff-news-card-left = 受付機にカードが置き忘れられています。
staff-news-card-left-do = カードを預かり、持ち主の患者さんにお返しください。
staff-news-machine-typed = 受付機に、人の手では打てない速さの入力がありました（バーコードリーダーなど）。入力は使っていません。
staff-news-machine-typed-do = 受付機につながっているバーコードリーダーやキーボードを外してください。画面のぬれや汚れも、ふき取ってください。
staff-news-card-on-other-reader = 患者さん用ではないカードリーダー（{ $reader }）にカードが置かれました。
staff-news-card-on-other-reader-do = 受付機のカードリーダーに置くようご案内ください。そのリーダーが患者さん用なら、保守担当へ連絡し、設定でリーダーの名前を指定してください。
staff-news-card-service-refuses = カードサービス（PC/SC）は動いていますが、受付機のアカウントには使用が許可されていません。
staff-news-card-service-refuses-do = 保守担当へ連絡し、受付機のアカウントにカードリーダーの使用を許可してください（uketsuke doctor に方法が出ます）。
staff-news-card-holds-reader = 受付機のリーダーに置かれたカードが応答せず、リーダーが使用中のままです。取り除くまで、だれも受付できません。
staff-news-card-holds-reader-do = カードをリーダーから取ってください。それでも使用中のままなら、リーダーを抜き差ししてください。

# This visit
staff-news-visit-ended = 受付が途中で終わりました：{ $failure }
staff-news-visit-ended-do = { $remedy }
staff-news-counted-without-file = 資格確認は済みましたが、レセコンへのファイルは作られていません（確認番号 { $check_id }）。
staff-news-counted-without-file-do = この結果は使わず、患者さんにもう一度カードを置いてもらうか、窓口で資格を確認してください。
staff-news-consents-unsaved = 同意の回答を登録できませんでした：{ $failure }。受付は済み、同意は未回答の扱いです。
staff-news-consents-unsaved-do = 薬や健診の情報を見る必要があるときは、患者さんにもう一度カードで同意してもらってください。
staff-news-member-left-out = 保険者からの回答に読み取れない項目があり、省きました：{ $member }（確認番号 { $check_id }）。
staff-news-member-left-out-do = この項目はレセコンのファイルに入っていません。必要なとき（日のわからない生年月日、住所など）は、カードの券面を見て入力するか、保険者にお問い合わせください。
staff-news-signs-lost = 保険者からの回答に、レセコンのファイルで使えない文字があります：{ $member } の { $signs }（確認番号 { $check_id }）。
staff-news-signs-lost-do = 画面とファイルでは●か、略した字体になっています。必要なときは、レセコンに手で入力してください。

# Files for the receipt computer
staff-news-files-wait = レセコンへファイルを渡せません。{ $waiting }件が受付機の中で待っています。
staff-news-files-wait-do = 共有フォルダーの接続と空きを確かめてください。直れば自動で渡ります。それまで、その患者さんはレセコンに出ません。
staff-news-file-came-late = 待っていたファイルをレセコンへ渡しました（確認番号 { $check_id }、残り{ $waiting }件）。
staff-news-file-came-late-do = 先に手で入力した患者さんなら、二重になっていないか確かめてください。
staff-news-file-given-up = { $since }から待っていたファイルは、レセコンへ渡せない日が続いたため、別に取り置きました（確認番号 { $check_id }）。
staff-news-file-given-up-do = この患者さんの保険の情報を手で入力し、uketsuke queue discard で消してください。送り直すときは uketsuke queue retry です。
staff-news-kept-file-unreadable = { $since }から待っていたファイルを開けないため、別の場所に移しました。
staff-news-kept-file-unreadable-do = その時刻に受付した患者さんの保険の情報を手で入力し、保守担当へ連絡してください。消すときは uketsuke queue discard です。
staff-news-files-not-taken = レセコンがまだ受け取っていないファイルが{ $files }件あります（起動後に受け取られたもの{ $taken }件）。
staff-news-files-not-taken-do = レセコンの電源と取り込みが動いているか確かめてください。それまで、その患者さんはレセコンに出ません。
staff-news-file-removed = レセコンが受け取らないまま期限を過ぎたファイルを、共有フォルダーから消しました（確認番号 { $check_id }）。
staff-news-file-removed-do = この患者さんの保険の情報をレセコンに手で入力し、ファイルが受け取られない原因を確かめてください。
staff-news-not-announced = 患者番号（照会番号）が登録されていないため、受付をレセコンに知らせられません（確認番号 { $check_id }）。
staff-news-not-announced-do = 来院の受付を手で入力し、この患者さんの照会番号を登録してください。次回からカードで番号が届きます。
staff-news-number-not-registered = 患者番号（照会番号）を登録できませんでした（依頼ファイル { $request }、回答コード { $answer }）。
staff-news-number-not-registered-do = 回答コードが「-」のときは回答が届いていません。オンライン資格確認の端末が動いているか確かめ、照会番号をレセコンから登録してください。

# Visits that broke off with the program
staff-news-broken-off-delivered = 受付機が止まって途切れた受付を済ませ、ファイルをレセコンへ渡しました（確認番号 { $check_id }）。
staff-news-broken-off-delivered-do = 患者さんは完了の画面を見ていません。受付が済んだことをお伝えください。
staff-news-broken-off-waits = 受付機が止まって途切れた受付を済ませましたが、ファイルはまだレセコンへ渡せません（確認番号 { $check_id }、{ $waiting }件待ち）。
staff-news-broken-off-waits-do = 共有フォルダーの接続と空きを確かめてください。患者さんには受付が済んだことをお伝えください。
staff-news-broken-off-undelivered = 受付機が止まって途切れた受付のファイルを書けません（確認番号 { $check_id }）：{ $failure }
staff-news-broken-off-undelivered-do = { $remedy }直したら受付機を再起動してください。もう一度試します。
staff-news-broken-off-registered = 受付機が止まって途切れましたが、カードの利用登録は済んでいます。
staff-news-broken-off-registered-do = 患者さんに登録が済んだことをお伝えし、受付がまだなら、もう一度カードを置いてもらってください。
staff-news-broken-off-unconfirmed = 受付機が止まって途切れた受付では、有効な資格を確認できませんでした（{ staff-news-validity }、確認番号 { $check_id }）。
staff-news-broken-off-unconfirmed-do = 患者さんにお声がけし、窓口で資格を確認してください。
staff-news-broken-off-unusable = 受付機が止まって途切れた{ staff-news-request }の返事を読み取れません（キー { $key }）。
staff-news-broken-off-unusable-do = 患者さんにもう一度カードを置いてもらい、続くときは保守担当へ連絡してください。

# Requests whose visit is over
staff-news-answered-not-delivered = 資格確認は済みましたが、受付機が止まったため、レセコンへ渡していません（確認番号 { $check_id }）。
staff-news-answered-not-delivered-do = その患者さんの保険の情報がレセコンになければ、手で入力してください。控えは uketsuke queue discard で消すまで取り置かれます。
staff-news-counted-unseen = 返事を待てずに終わった{ staff-news-request }が、あとで成立していました（確認番号 { $check_id }）。
staff-news-counted-unseen-do = 患者さんは結果を見ていません。窓口で受付した内容と違わないか確かめてください。
staff-news-refused-uncounted = 返事を待てずに終わった{ staff-news-request }は、成立していませんでした：{ $failure }
staff-news-refused-uncounted-do = 窓口で受付が済んでいれば、することはありません。
staff-news-outcome-too-old = { $sent_at }に送った{ staff-news-request }が成立したか、分からないまま期限を過ぎました（キー { $key }）。
staff-news-outcome-too-old-do = 保守担当へ連絡し、照会先の記録でこのキーを調べてもらってください。控えは uketsuke queue discard で消すまで取り置かれます。
staff-news-outcome-unreadable = { $sent_at }に送った{ staff-news-request }の控えを開けず、成立したか分かりません（キー { $key }）。
staff-news-outcome-unreadable-do = 保守担当へ連絡し、照会先の記録でこのキーを調べてもらってください。控えは uketsuke queue discard で消すまで取り置かれます。
staff-news-outcome-given-up = { staff-news-request }が成立したか、何度尋ねても分かりませんでした（キー { $key }）：{ $failure }
staff-news-outcome-given-up-do = 保守担当へ連絡し、照会先の記録でこのキーを調べてもらってください。控えは uketsuke queue discard で消すまで取り置かれます。

# Patients who were taken in while the service was down
staff-news-queued-delivered = 障害のときに控えた患者さんの資格を確認し、ファイルをレセコンへ渡しました（確認番号 { $check_id }）。
staff-news-queued-delivered-do = 当日に仮の割合で会計したときは、結果と照らし合わせてください。
staff-news-queued-waits = 障害のときに控えた患者さんの資格を確認しましたが、ファイルはまだレセコンへ渡せません（確認番号 { $check_id }、{ $waiting }件待ち）。
staff-news-queued-waits-do = 共有フォルダーの接続と空きを確かめてください。直れば自動で渡ります。
staff-news-queued-undelivered = 障害のときに控えた患者さんのファイルを書けません（確認番号 { $check_id }）：{ $failure }
staff-news-queued-undelivered-do = { $remedy }直したら受付機を再起動してください。もう一度試します。
staff-news-queued-unconfirmed = 障害のときに控えた患者さんの資格を確認できませんでした（{ staff-news-validity }、控え { $entry }）。
staff-news-queued-unconfirmed-do = uketsuke queue list で控えを確かめ、保険が変わっていないか患者さんにうかがってください。
staff-news-queued-given-up = 障害のときに控えた患者さんを照会できません（控え { $entry }）。
staff-news-queued-given-up-do = uketsuke queue list で理由を確かめ、直してからもう一度照会してください。
staff-news-queued-set-aside = 障害のときに控えた患者さんを照会できない日が続いたため、照会をやめ、控えを取り置きました（控え { $entry }）。
staff-news-queued-set-aside-do = 窓口の記録からその患者さんを探して保険者へ問い合わせ、済んだら uketsuke queue discard で消してください。もう一度照会するときは uketsuke queue retry です。

# Certificates
staff-news-certificate-to-order = { staff-news-certificate }の期限まで60日を切りました（{ $until }まで）。
staff-news-certificate-to-order-do = 新しい証明書を申し込んでください。
staff-news-certificate-to-change = { staff-news-certificate }の期限まで30日を切りました（{ $until }まで）。
staff-news-certificate-to-change-do = 今月のうちに、新しい証明書に入れ替えてください。
staff-news-certificate-in-last-days = { staff-news-certificate }の期限まで7日を切りました（{ $until }まで）。
staff-news-certificate-in-last-days-do = すぐに入れ替えてください。期限を過ぎると、資格確認ができなくなります。
staff-news-certificate-ended = { staff-news-certificate }の期限が切れ、資格確認ができません（{ $until }まで）。
staff-news-certificate-ended-do = まず受付機の日付が正しいか確かめてください。正しければ保守担当へ連絡して証明書を入れ替え、それまでは窓口で資格を確認してください。

# The audit log
staff-news-audit-unwritable = 監査記録を書けません。受付は続けられ、記録は受付機の中で待っています。
staff-news-audit-unwritable-do = ディスクの空きと権限を確かめてください。uketsuke doctor で原因が分かります。
staff-news-audit-written-again = 監査記録をまた書けるようになりました。
staff-news-audit-written-again-do = することはありません。
staff-news-audit-damaged = 監査記録に欠けたところがありました。
staff-news-audit-damaged-do = 記録のフォルダーの写しを取り、uketsuke audit verify の結果を添えて保守担当へ連絡してください。

# The kiosk itself
staff-news-clock-wrong = 受付機の時計が合っていません。{ $shown }を示していますが、{ $known }より前ではありません。
staff-news-clock-wrong-do = 受付機の日付と時刻を直し、時刻サーバーに合わせてください。それまで、受付機が示す日付や期限は信じないでください。カードの期限のせいではありません。
staff-news-store-key-lost = 受付機の「{ staff-news-store }」の鍵がなくなり、新しい鍵を作りました。前の鍵で封じたものは残っていますが、開けません。
staff-news-store-key-lost-do = 保守担当へ連絡してください。鍵の控えがあれば元に戻せます。だれが鍵を消せたかも調べてください。
staff-news-store-set-aside = 受付機の「{ staff-news-store }」が壊れていました。{ $file }として取り置き、新しいものを始めました。受付は続けられます。
staff-news-store-set-aside-do = 保守担当へ連絡してください。今日の患者さんとレセコンの内容を見比べてください。

# Reading code B from the card's print
staff-news-print-reading-off = カードの印字を読み違えることが続いたため、今日は読み取りを止めました。患者さんは番号を入力します。
staff-news-print-reading-off-do = カードを写すカメラのレンズの汚れ、明るさ、向きを確かめてください。明日また読み取ります。
staff-news-card-camera-out = カードを写すカメラが使えません（{ $failure }）。患者さんは番号を入力します。
staff-news-card-camera-out-do = { $remedy }
staff-news-print-differs = カードに印字された日付が、ICチップの内容と違います。受付はICチップの内容で進んでいます。
staff-news-print-differs-do = この患者さんのカードの表をご確認ください。印字が書き換えられたか、カメラが読み違えた可能性があります。書き換えられたカードは市区町村へご連絡ください。

# The staff's panel on the kiosk
staff-panel-title = 職員用
staff-panel-no-card = カードは|まだ読んで|いません
staff-panel-method-none = 確認方法：|まだ選ばれて|いません
staff-panel-method-face = 確認方法：|顔認証
staff-panel-method-pin = 確認方法：|暗証番号
staff-panel-face-tries = 顔認証の失敗：|{ $count }回
staff-panel-pin-tries = 暗証番号：|あと{ $count }回
staff-panel-by-eye = 目視|確認
staff-panel-another-try = 顔認証を|もう一度
staff-panel-by-pin = 暗証番号|で進む
staff-panel-back = 前の|質問へ
staff-panel-finish = 終了して|消去
staff-panel-close = 閉じる

# Why an order of staff is not done: one for each entry of `Refusal`
refusal-nobody-here = いま受付中の方はいません。
refusal-other-visit = 別の方の受付に変わっています。
refusal-not-opened = 職員の番号を入力してください。
refusal-not-here = この画面では使えません。
refusal-at-work = 処理中です。数秒待ってからもう一度。
refusal-card-away = カードが読み取り機にありません。
refusal-not-before-me = ご本人とカードが目の前にあることを確かめてください。
refusal-nothing-to-compare = このカードは目視確認に使えません。
refusal-face-closed = このカードは顔認証に使えません。
refusal-not-seen-alive = 顔認証はできません。目視で確認してください。
refusal-no-try-left = 顔認証の追加はもうできません。目視か暗証番号で。
refusal-pin-closed = このカードの暗証番号は使えません。
refusal-nothing-before = これより前の質問はありません。
refusal-nobody-calls = 呼び出しはありません。
refusal-no-such-patient = この受付の患者番号は登録できません。番号の形を確かめてください。
refusal-not-reached = 資格確認のサーバーにつながらず、登録できませんでした。少し待ってもう一度。
