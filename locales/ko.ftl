# 한국어. Words stay whole: a line breaks at spaces only. Japanese terms stay where the patient meets them on paper.

# Around every screen
app-title = 마이나 접수
app-subtitle = 보험증 대신 마이넘버카드로
training = 연습 중 – 실제 접수가 아닙니다
language-name = 한국어
tool-language = 언어
    .title = 언어　Language
tool-display = 글자·색
    .title = 글자와 색
tool-sound = 소리
    .title = 소리
tool-menu = 언어|글자·소리
    .title = 언어, 글자, 색, 소리
call-staff = 직원 호출
cancel = 취소
cancel-reception = 접수 중단
step-card = 카드
step-identity = 본인 확인
step-check = 자격 확인
step-consent = 동의
step-done = 완료
staff-code = 직원용 코드 { $code }

# Buttons used on several screens
continue = 계속
close = 닫기
retry = 다시 하기
use-face = 얼굴 인증 사용
use-pin = 비밀번호 사용
back-to-start = 처음으로
back = 뒤로
yes = 예
no = 아니요
date = { $year }년 { $month }월 { $day }일

# Keypad
keypad-erase = 1자 삭제
keypad-clear = 모두 삭제
keypad-confirm = 확인
keypad-show = 보기
keypad-hide = 숨기기
keypad-shuffle = 섞기
keypad-order = 원래대로
keypad-back = 뒤로
keypad-machine = 입력이 너무 빨라 사용하지 않았습니다. 다시 입력해 주세요
display-text = 글자 크기
display-text-100 = 보통
display-text-125 = 크게
display-text-150 = 더 크게
display-text-200 = 가장 크게
display-theme = 색
display-theme-light = 밝게
display-theme-dark = 어둡게
display-theme-high = 선명하게
display-theme-grey = 회색
display-letter = 가
display-comfort = 사용 방법
display-seated = 앉아서 사용
display-calm = 움직임 멈춤
sound-on = 읽어 주기
sound-off = 읽지 않기
sound-volume = 소리 크기 { $count }
sound-softer = 작게
sound-louder = 크게
sound-repeat = 다시 듣기
sound-other-language = 일본어와 영어만 읽어 드립니다
sound-no-device = 지금 이 기계는 소리가 나지 않습니다

# Idle
idle-title = 카드 리더기에 마이넘버카드를 올려 주세요
idle-touch = 화면을 터치해도 시작됩니다
idle-inquire = 등록 상황 확인 · 이용 등록

# PlaceCard
place-title = 카드 리더기에 마이넘버카드를 올려 주세요
place-side = 사진이 위로 오게 세로로 놓아 주세요
place-no-cover = 커버
place-no-back = 뒷면
place-no-two = 2장

# ReadingCard
reading-title = 카드를 읽고 있습니다
reading-text = 카드를 움직이지 마세요
already-title = 오늘은 이미 접수되었습니다
already-at = { $time }에 접수했습니다
already-text = 카드를 가지고 기다려 주세요
already-renew = 동의 다시 선택
already-end = 마치기

# WrongCard
wrong-remove = 지금 있는 카드를 치워 주세요
wrong-place = 마이넘버카드 1장만 올려 주세요

# ChooseMethod
choose-title = 본인 확인 방법을 선택하세요
choose-face = 얼굴 인증
choose-face-text = 카메라로 얼굴을 확인합니다
choose-pin = 비밀번호
choose-pin-text = 숫자 4자리를 입력합니다
choose-help = 둘 다 어려우시면 직원이 도와드립니다
choose-face-only = 얼굴 인증 전용 카드입니다. 비밀번호가 없습니다
choose-staff = 직원 확인
choose-staff-text = 직원이 카드 사진과 비교합니다
staff-coming-title = 직원이 오고 있습니다
staff-go-on = 기다리지 않고 계속
choose-guardian = 자녀의 비밀번호는 보호자가 입력할 수 있습니다

# EnterCodeB
code-b-step = { $step } / { $steps }
code-b-birth-title = 카드의 생년월일
code-b-birth-hint = 년·월·일을 2자리씩. 2월은 02입니다
code-b-expiry-title = 카드 유효기간 연도
code-b-expiry-hint = “まで有効” 앞의 4자리입니다
code-b-security-title = 보안 코드
code-b-security-hint = 사진 아래의 숫자 4자리입니다
code-b-year = 년
code-b-month = 월
code-b-day = 일
code-b-tries = 남은 횟수: { $count }회
code-b-no-try-used = 횟수는 줄지 않았습니다
code-b-wrong = 번호가 맞지 않는 것 같습니다. 처음부터 다시 입력해 주세요
code-b-check-again = 카드와 비교하여 다시 입력해 주세요
code-b-no-such-day = 그런 날짜는 없습니다. 카드와 비교해 주세요
code-b-outside-era = { $era }에는 그 날짜가 없습니다. 연도와 연호를 확인해 주세요
code-b-future = 아직 오지 않은 날짜입니다. 카드와 비교해 주세요
code-b-expiry-past = 이미 지난 연도입니다. 카드와 비교해 주세요
code-b-expiry-far = 너무 먼 연도입니다. 카드와 비교해 주세요
era-meiji = 메이지(明治)
era-taisho = 다이쇼(大正)
era-showa = 쇼와(昭和)
era-heisei = 헤이세이(平成)
era-reiwa = 레이와(令和)
era-gregorian = 서기(西暦)

# OpeningCardFace
opening-title = 카드의 얼굴 사진을 읽고 있습니다
opening-text = 카드를 움직이지 마세요

# ShowCard
show-title = 카드 앞면을 카메라에 보여 주세요
show-take = 카드를 들어 앞면을 보여 주세요
show-front = 사진이 있는 면을 틀에 맞춰 주세요
show-other-side = 사진이 있는 면을 바로 보여 주세요
show-nearer = 카드를 카메라에 조금 더 가까이 해 주세요
show-farther = 카드를 카메라에서 조금 멀리 해 주세요
show-straighter = 카드를 똑바로 들어 주세요
show-glare = 빛이 반사됩니다. 카드를 조금 기울여 주세요
show-finger-away = 사진 아래 숫자에서 손가락을 떼 주세요
show-hold-still = 읽고 있습니다. 그대로 기다려 주세요
show-privacy = 카드 영상은 저장하지 않습니다
show-type = 카드 번호 입력
show-read = 카드를 읽었습니다


# FaceCapture
face-title = 얼굴을 틀에 맞춰 주세요
face-text = 틀에 들어오면 자동으로 촬영됩니다
face-privacy = 얼굴 영상은 저장하지 않습니다
face-attempt = { $count }번째
hint-none = 카메라를 봐 주세요
hint-no-face = 틀 안에 얼굴을 넣어 주세요
hint-two-faces = 화면에 한 분만 나오게 해 주세요
hint-too-near = 조금 뒤로 물러나 주세요
hint-too-far = 조금 더 가까이 와 주세요
hint-off-centre = 얼굴을 가운데로 맞춰 주세요
hint-look-here = 카메라를 똑바로 봐 주세요
hint-tilted = 고개를 똑바로 해 주세요
hint-too-dark = 어둡습니다. 밝은 쪽을 향해 주세요
hint-too-bright = 빛이 강합니다. 방향을 조금 바꿔 주세요
hint-backlit = 뒤가 밝습니다. 방향을 조금 바꿔 주세요
hint-blurred = 너무 빨리 움직이지 마세요
hint-mask = 마스크를 턱까지 내려 주세요
hint-brow-hidden = 모자나 앞머리를 올려 눈썹을 보여 주세요
hint-glasses-glare = 안경에 빛이 반사됩니다. 잠시 벗어 주세요
hint-eyes-closed = 눈을 떠 주세요
hint-turn-right = 얼굴을 조금 오른쪽으로 돌려 주세요
hint-turn-left = 얼굴을 조금 왼쪽으로 돌려 주세요
hint-move-a-little = 얼굴을 좌우로 조금 움직여 주세요
hint-keep-looking = 그대로 카메라를 봐 주세요

# FaceHelp
face-help-retry-title = 다시 한번 해 주세요
face-help-other-title = 다른 방법으로 확인해 주세요
face-help-distance = 카메라에 너무 가깝지 않게
face-help-hair = 앞머리 올리기
face-help-mask = 마스크 내리기, 벗기
face-help-hat = 모자 벗기
face-help-glasses = 안경 벗기
face-help-refused = 오늘은 얼굴 인증을 쓸 수 없었습니다. 다른 방법으로 접수할 수 있습니다

# EnterPin
pin-title = 비밀번호 입력
pin-text = 카드를 만들 때 정한 4자리 숫자입니다
pin-tries = 남은 횟수: { $count }회
pin-wrong = 비밀번호가 맞지 않습니다. 남은 횟수: { $count }회
pin-last = 1회 남았습니다. 틀리면 잠깁니다. 확실하지 않으면 직원을 불러 주세요
pin-proxy = 대신 입력
pin-guardian = 자녀의 비밀번호는 보호자가 입력할 수 있습니다
pin-by-family = 가족이 입력 중입니다
pin-by-carer = 도와주시는 분이 입력 중입니다

# TypeOnReader
reader-pin-title = 카드 리더기의 버튼으로 비밀번호를 입력하세요
reader-pin-digits = 4자리 숫자를 누릅니다
reader-pin-enter = 확인 버튼을 누릅니다
reader-pin-cancel = 그만두려면 취소 버튼을 누릅니다

# PinLastTry
last-try-title = 직원에게 물어보시겠습니까?
last-try-wrong = 비밀번호가 맞지 않는 것 같습니다
last-try-left = 1회만 더 입력할 수 있습니다
last-try-warning = 한 번 더 틀리면 잠깁니다. 해제하려면 시구정촌 창구 등에서 절차가 필요합니다
last-try-staff = 직원에게 묻기
last-try-anyway = 그대로 입력

# AskWhoEnters
who-title = 어느 분이 입력하십니까?
who-text = 비밀번호를 소리 내어 말하지 마세요
who-patient = 본인
who-family = 가족
who-carer = 도와주시는 분

# PinLocked
locked-face = 얼굴 인증으로 접수할 수 있습니다
locked-staff = 직원 확인으로 접수할 수 있습니다
locked-reset = 비밀번호 재설정
locked-reset-text = 주민표가 있는 시구정촌 창구에서 할 수 있습니다
locked-now-title = 비밀번호가 잠겼습니다
locked-before = 이전에 여러 번 틀렸기 때문입니다
locked-everywhere = 비밀번호는 다른 병원이나 약국에서도 쓸 수 없습니다

# VisualCheck
visual-here-title = 카드 사진과 환자분을 비교해 주세요
visual-here-text = 직원이 눌러 주세요
visual-same = 본인입니다
visual-not-same = 확인할 수 없음

# Checking
checking-title = 보험 자격을 확인하고 있습니다
checking-challenge = 준비하고 있습니다
checking-proof = 카드를 움직이지 마세요
checking-asking = 건강보험 자격을 조회하고 있습니다. 잠시 기다려 주세요
checking-still = 아직 조회 중입니다. 조금 더 기다려 주세요
confirm-question = 환자 본인의 성함이 맞습니까?
confirm-yes = 예, 맞습니다

# Renewal
renewal-title = 전자증명서의 유효기간이 곧 끝납니다
renewal-text = 사시는 시구정촌 창구에서 미리 갱신해 주세요
renewal-until = 유효기간: { $date }
renewal-usable-until = 보험증으로는 { $date }까지 쓸 수 있습니다
renewal-today = 오늘은 그대로 접수할 수 있습니다
renewal-grace-title = 전자증명서의 유효기간이 지났습니다
renewal-grace-text = 시구정촌 창구에서 바로 갱신해 주세요
renewal-grace-limit = 과거의 진료·약·건강검진 정보는 의료기관에 제공되지 않습니다

# RegistrationStatus: words of マイナポータル where it has them
status-title-completed = 보험증으로 등록되어 있습니다
status-title-preparing = 등록 준비 중입니다
status-title-none = 아직 보험증으로 등록되지 않았습니다
status-title-unclear = 등록 상황을 확인할 수 없습니다
status-application-none = 신청 상황: 신청하지 않음
status-application-accepted = 신청 상황: 정상 접수
status-application-unclear = 신청 상황: 직원에게 문의하세요
status-linkage-none = 등록 상황: 등록되지 않음
status-linkage-preparing = 등록 상황: 시스템 준비 중이니 잠시 기다려 주세요
status-linkage-completed = 등록 상황: 등록 완료
status-linkage-unclear = 등록 상황: 직원에게 문의하세요
status-registered-at = { $date } { $time }에 등록되었습니다
status-end = 종료
status-apply = 이용 신청

# RegisterOffer
register-title = 마이넘버카드를 보험증으로 쓰려면 등록이 필요합니다
register-question = 계속하시겠습니까?
register-time = (시간이 조금 걸립니다)

# RegisterTerms
terms-title = 마이나포털(マイナポータル) 이용약관
terms-apply = 마이나포털 시스템으로 마이넘버카드를 건강보험증으로 쓰기 위한 신청을 합니다
terms-page = { $page } / { $pages } 쪽
terms-sample = 견본입니다. 실제 약관이 아닙니다
terms-next = 다음 쪽
terms-previous = 이전 쪽
terms-agree = 동의하고 계속

# Registering
registering-title = 보험증 이용을 등록하고 있습니다
registering-text = 시간이 조금 걸립니다. 카드는 그대로 두세요

# Registered
registered-title = 마이넘버카드의 보험증 이용 등록이 완료되었습니다
registered-next = 자격 정보 받기
refused-from = { $date } { $time }부터 등록할 수 있습니다

# RegisterRefused
refused-today = 오늘의 접수 방법은 직원이 안내합니다

# Consenting
consent-title = 과거 정보를 이용합니다
consent-statement-all = 다음 정보를 이 의료기관에 제공하는 데 동의합니다. 이 정보는 진찰과 건강 관리에 사용합니다
consent-question-all = 다음 정보를 이 의료기관에 제공하는 데 동의하십니까? 이 정보는 진료와 건강 관리에 사용합니다
consent-statement-records = 과거의 진료·약 정보(수술 제외)를 이 의료기관에 제공하는 데 동의합니다
consent-statement-surgery = 과거의 수술 정보를 이 의료기관에 제공하는 데 동의합니다
consent-statement-checkup = 과거의 건강 정보(건강검진 결과)를 이 의료기관에 제공하는 데 동의합니다
consent-statement-use = 이 정보는 진찰과 건강 관리에 사용합니다
consent-question-records = 과거의 진료·약 정보(수술 제외)를 이 의료기관에 제공하는 데 동의하십니까?
consent-question-surgery = 과거의 수술 정보를 이 의료기관에 제공하는 데 동의하십니까?
consent-question-checkup = 특정 건강검진(特定健診) 정보를 이 의료기관에 제공하는 데 동의하십니까?
consent-question-use = 이 정보는 진료와 건강 관리에 사용합니다
consent-over-40 = (40세 이상 대상)
consent-number = { $number } / { $of }
consent-chosen = 지금 답: { $answer }
consent-records = 진료·약 정보
consent-given = 동의함
consent-refused = 동의하지 않음
consent-one-by-one = 하나씩 선택
consent-refuse-under-40 = 동의하지 않음{"\u00A0"}· 40세{"\u00A0"}미만
consent-summary-title = 이 내용이 맞습니까?
consent-summary-line = { $what }: { $answer }
consent-change = 다시 선택
consent-send = 이대로 계속
consent-lasts = 동의는 지금부터 24시간 유효합니다
consent-visits = 진료 정보
consent-medicine = 약 정보
consent-surgery = 수술 정보
consent-checkup = 건강검진 정보
consent-checkup-age = 40세 이상
consent-refuse-fine = 동의하지 않아도 접수와 진료를 받으실 수 있습니다
consent-refuse = 동의하지 않음
consent-give = 동의함
limit-title = 한도액(限度額) 정보를 제공하시겠습니까?
limit-text = 고액 요양비 제도(高額療養費)를 이용하시면 ‘제공’을 눌러 주세요. 창구에서 한도액까지만 내면 됩니다
limit-keep-card = 아직 카드를 빼지 마세요
limit-give = 제공
limit-refuse = 제공 안 함
prescription-title = 처방전 형태를 선택하세요
prescription-electronic = 전자 처방전
prescription-electronic-text = 전자: 전자 처방전을 받는 약국만 가능합니다. 카드나 교환 번호(引換番号)를 보여 주세요
prescription-paper = 종이 처방전
prescription-paper-text = 종이: 약국에 종이를 냅니다
subsidy-title = 의료비 지원 수급자증(受給者証)을 이용하시겠습니까?
subsidy-text = 참여하는 지자체의 것만 쓸 수 있습니다. 종이 수급자증은 창구에 내 주세요
subsidy-use = 이용함
subsidy-not = 이용 안 함

# Delivering
delivering-title = 접수하고 있습니다
delivering-text = 카드는 그대로 두고 잠시 기다려 주세요

# Done
done-name = { $name }{"\u00A0"}님
done-title = 확인이 완료되었습니다
done-kana-note = ●는 이 기계에 표시할 수 없는 글자이며 오류가 아닙니다
done-print-note = ●는 이 기계에 표시할 수 없는 글자입니다. 그림은 카드의 이름입니다
done-take = 카드를 잊지 마세요!
done-take-text = 카드 리더기에서 마이넘버카드를 빼 주세요
done-wait = 불러 드릴 때까지 기다려 주세요
done-counter = 접수 창구로 와 주세요
done-number = 번호표를 뽑아 주세요
done-not-me = 다른 사람의 이름입니다
done-left = 카드가 남아 있습니다

# Fallback
fallback-at-the-counter = 창구에서 접수할 수 있습니다
fallback-fee = 전액 부담이 되지 않습니다. 부담액은 평소와 같습니다
fallback-fee-desk = 비용은 창구에서 안내해 드립니다
fallback-led = 오늘 접수 방법을 안내합니다
fallback-ask-certificate = 자격확인서를 가지고 계십니까?
fallback-ask-certificate-text = 건강보험에서 받은 카드나 서류입니다 (資格確認書)
fallback-ask-phone = 마이나포털을 열 수 있는 스마트폰을 가지고 계십니까?
fallback-ask-phone-text = 저장한 PDF도 됩니다 (マイナポータル)
fallback-ask-notice = 자격 정보 통지서를 가지고 계십니까?
fallback-ask-notice-text = 건강보험에서 받은 종이입니다 (資格情報のお知らせ)
fallback-ask-been-here = 지금의 건강보험으로 여기서 진료받은 적이 있습니까?
fallback-ask-been-here-text = 건강보험이 바뀐 뒤 처음이면 ‘아니요’를 눌러 주세요
fallback-show-portal = 마이나포털 화면을 보여 주세요
fallback-show-portal-text = 마이넘버카드와 마이나포털(マイナポータル)의 ‘資格情報’ 화면을 창구 직원에게 보여 주세요
fallback-show-notice = 자격 정보 통지서를 보여 주세요
fallback-show-notice-text = 자격 정보 통지서(資格情報のお知らせ)를 마이넘버카드와 함께 창구 직원에게 보여 주세요
fallback-show-spoken = 직원이 구두로 확인합니다
fallback-show-spoken-text = 마이넘버카드를 창구 직원에게 보여 주시고 질문에 답해 주세요
fallback-show-form = 자격 신고서를 작성해 주세요
fallback-show-form-text = 용지(被保険者資格申立書)는 창구 직원이 드립니다. 마이넘버카드도 보여 주세요
fallback-show-certificate = 자격확인서(資格確認書)를 보여 주세요
fallback-show-certificate-text = 창구 직원에게 보여 주세요. 의료비 수급자증 등이 있으면 함께 내 주세요
fallback-show-staff = 창구 직원과 상담해 주세요
fallback-show-staff-text = 가입한 건강보험의 이름을 알면 빨라집니다
fallback-desk = 창구로

# CallStaff
staff-title = 직원이 곧 갑니다
staff-text = 그대로 기다려 주세요
staff-here = 직원입니다
staff-entry-title = 직원 번호 6자리를 입력해 주세요
staff-entry-wrong = 번호가 맞지 않습니다
staff-entry-closed = 지금은 번호를 받지 않습니다. 창구에서 안내해 주세요
staff-entry-training = 연습 번호는 847316입니다
still-title = 아직 사용 중이십니까?
still-text = { $seconds }초 후에 종료하고 입력 내용을 지웁니다
still-more = 시간이 더 필요합니다
away-title = 카드를 원래 자리에 올려 주세요
away-text = 올리면 이어서 진행됩니다. { $seconds }초 기다립니다
away-reading = 카드를 확인하고 있습니다

# Stopped
stopped-nothing-kept = 입력하신 내용은 모두 지웠습니다
stopped-take = 카드를 가져가 주세요

# OutOfOrder
out-title = 지금 이 기계는 쓸 수 없습니다
out-text = 죄송합니다. 접수 창구로 와 주세요

# CleaningUp
cleaning-title = 종료하고 있습니다
cleaning-text = 입력하신 내용을 지우고 있습니다

# Failures
failure-card-service-stopped = 접수 창구로 와 주세요
    .title = 지금 이 기계는 쓸 수 없습니다
failure-reader-gone = 접수 창구로 와 주세요
    .title = 지금 이 기계는 쓸 수 없습니다
failure-card-gone = 카드가 치워져 접수가 중단되었습니다. 아직 접수되지 않았습니다
    .title = 카드가 치워졌습니다
failure-card-unreadable = 커버를 벗기고 카드를 올린 뒤 움직이지 마세요
    .title = 카드를 읽지 못했습니다
failure-not-my-number-card = 마이넘버카드 1장만 올려 주세요
    .title = 마이넘버카드가 아닌 것 같습니다
failure-phone-placed = 이 기계에서는 마이넘버카드를 사용해 주세요
    .title = 스마트폰은 쓸 수 없습니다
failure-no-certificate = 전자증명서가 없어 보험증으로 쓸 수 없습니다. 창구에서 안내합니다
    .title = 이 카드로는 보험 자격을 확인할 수 없습니다
failure-certificate-unusable = 전자증명서를 확인할 수 없습니다. 사시는 시구정촌 창구에 문의해 주세요
    .title = 이 카드로는 보험 자격을 확인할 수 없습니다
failure-card-swapped = 처음과 다른 카드가 놓여 있습니다. 처음부터 다시 해 주세요
    .title = 카드가 바뀌었습니다
failure-certificate-ended = 전자증명서 기한에서 3개월이 지났습니다. 사시는 시구정촌 창구에서 갱신할 수 있습니다
    .title = 이 카드는 보험증으로 쓸 수 없습니다
failure-certificate-revoked = 이사나 분실 신고 후에 쓸 수 없게 될 수 있습니다. 시구정촌 창구에서 확인해 주세요
    .title = 이 카드는 지금 쓸 수 없습니다
failure-pin-wrong = 비밀번호를 확인하고 다시 입력해 주세요
    .title = 비밀번호가 맞지 않습니다
failure-pin-blocked = 여러 번 틀려서 쓸 수 없습니다
    .title = 비밀번호가 잠겨 있습니다
failure-pin-absent = 이 카드에는 비밀번호가 없습니다
    .title = 비밀번호는 쓸 수 없습니다
failure-code-b-implausible = 생년월일과 유효기간 연도를 다시 확인해 주세요
    .title = 번호를 확인해 주세요
failure-code-b-wrong = 카드의 숫자를 다시 확인해 주세요
    .title = 번호가 맞지 않습니다
failure-code-b-blocked = 비밀번호를 사용해 주세요
    .title = 얼굴 인증은 쓸 수 없습니다
failure-no-portrait = 얼굴 사진이 없는 카드입니다. 비밀번호를 사용해 주세요
    .title = 얼굴 인증은 쓸 수 없습니다
failure-card-face-invalid = 직원이 안내합니다
    .title = 카드의 얼굴 사진을 확인하지 못했습니다
failure-face-not-confirmed = 다른 방법으로도 접수할 수 있습니다
    .title = 얼굴을 잘 확인하지 못했습니다
failure-face-not-live = 직원이 도와드립니다
    .title = 얼굴을 잘 확인하지 못했습니다
failure-camera-gone = 비밀번호를 사용해 주세요
    .title = 지금 카메라를 쓸 수 없습니다
failure-camera-no-picture = 비밀번호를 사용해 주세요
    .title = 지금 카메라를 쓸 수 없습니다
failure-camera-busy = 비밀번호를 사용해 주세요
    .title = 지금 카메라를 쓸 수 없습니다
failure-camera-private = 비밀번호를 사용해 주세요
    .title = 지금 카메라를 쓸 수 없습니다
failure-camera-format = 비밀번호를 사용해 주세요
    .title = 지금 카메라를 쓸 수 없습니다
failure-face-models-invalid = 비밀번호를 사용해 주세요
    .title = 지금 얼굴 인증을 쓸 수 없습니다
failure-gateway-unreachable = 창구에서 접수할 수 있습니다
    .title = 지금은 보험 자격을 확인할 수 없습니다
failure-gateway-timeout = 창구에서 접수할 수 있습니다
    .title = 지금은 보험 자격을 확인할 수 없습니다
failure-gateway-tls = 창구에서 접수할 수 있습니다
    .title = 지금은 보험 자격을 확인할 수 없습니다
failure-terminal-refused = 창구에서 접수할 수 있습니다
    .title = 지금은 보험 자격을 확인할 수 없습니다
failure-check-refused = 창구에서 접수할 수 있습니다
    .title = 지금은 보험 자격을 확인할 수 없습니다
failure-gateway-fault = 창구에서 접수할 수 있습니다
    .title = 지금은 보험 자격을 확인할 수 없습니다
failure-gateway-answer-invalid = 창구에서 접수할 수 있습니다
    .title = 지금은 보험 자격을 확인할 수 없습니다
failure-clock-wrong = 창구에서 접수할 수 있습니다
    .title = 지금은 보험 자격을 확인할 수 없습니다
failure-not-registered = 보험증으로 등록되지 않았습니다. 창구에서 접수할 수 있습니다
    .title = 지금은 보험 자격을 확인할 수 없습니다
failure-registration-not-yet = 시구정촌에서 절차를 마친 뒤 다음 평일 오후부터 등록할 수 있습니다
    .title = 오늘은 아직 등록할 수 없습니다
failure-not-confirmed = 창구에서 직원이 안내합니다
    .title = 보험 자격을 확인하지 못했습니다
failure-journal-unwritable = 창구에서 접수할 수 있습니다
    .title = 지금은 보험 자격을 확인할 수 없습니다
failure-handoff-unwritable = 직원이 접수를 이어서 합니다
    .title = 접수가 아직 끝나지 않았습니다
failure-wrong-name = 표시된 내용은 모두 지웠습니다. 직원이 곧 갑니다
    .title = 알려 주셔서 감사합니다
failure-timed-out = 한동안 조작이 없어 접수가 중단되었습니다. 아직 접수되지 않았습니다
    .title = 시간이 초과되었습니다
failure-cancelled = 접수가 중단되었습니다
    .title = 중단되었습니다
failure-step-timed-out = 직원이 안내합니다
    .title = 잘 진행되지 않았습니다
