# Tiếng Việt. Japanese terms stay where the patient meets them on paper.

# Around every screen
app-title = Tiếp nhận
app-subtitle = Dùng thẻ My{"\u00A0"}Number thay thẻ bảo hiểm
training = Đang luyện tập – không phải thủ tục thật
language-name = Tiếng Việt
tool-language = Ngôn ngữ
    .title = Ngôn ngữ – Language
tool-display = Chữ, màu
    .title = Chữ và màu
tool-sound = Âm thanh
    .title = Âm thanh
tool-menu = Ngôn ngữ, chữ
    .title = Ngôn ngữ, chữ, màu, âm thanh
call-staff = Gọi nhân viên
cancel = Hủy
cancel-reception = Dừng thủ tục
step-card = Thẻ
step-identity = Danh tính
step-check = Bảo hiểm
step-consent = Đồng ý
step-done = Xong
staff-code = Mã cho nhân viên { $code }

# Buttons used on several screens
continue = Tiếp tục
close = Đóng
retry = Thử lại
use-face = Dùng khuôn mặt
use-pin = Dùng mã PIN
back-to-start = Về đầu
back = Quay lại
yes = Có
no = Không
date = ngày{"\u00A0"}{ $day } tháng{"\u00A0"}{ $month } năm{"\u00A0"}{ $year }

# Keypad
keypad-erase = Xóa 1 số
keypad-clear = Xóa hết
keypad-confirm = Xác nhận
keypad-show = Hiện
keypad-hide = Ẩn
keypad-shuffle = Xáo trộn
keypad-order = Theo thứ tự
keypad-back = Quay lại
keypad-machine = Nhập quá nhanh nên không được dùng. Vui lòng nhập lại
display-text = Cỡ chữ
display-text-100 = Thường
display-text-125 = To
display-text-150 = To hơn
display-text-200 = To nhất
display-theme = Màu
display-theme-light = Sáng
display-theme-dark = Tối
display-theme-high = Rõ nét
display-theme-grey = Xám
display-letter = A
display-comfort = Cách dùng
display-seated = Ngồi để dùng
display-calm = Tắt chuyển động
sound-on = Đọc thành tiếng
sound-off = Không đọc
sound-volume = Âm lượng { $count }
sound-softer = Nhỏ hơn
sound-louder = To hơn
sound-repeat = Nghe lại
sound-other-language = Chỉ đọc bằng tiếng Nhật và tiếng Anh
sound-no-device = Hiện máy này không có tiếng

# Idle
idle-title = Xin đặt thẻ My{"\u00A0"}Number lên đầu đọc thẻ
idle-touch = Hoặc chạm màn hình để bắt đầu
idle-inquire = Xem tình trạng và đăng ký làm thẻ bảo hiểm

# PlaceCard
place-title = Xin đặt thẻ My{"\u00A0"}Number lên đầu đọc thẻ
place-side = Mặt có ảnh lên trên, đặt dọc
place-no-cover = Bao thẻ
place-no-back = Mặt sau
place-no-two = Hai thẻ

# ReadingCard
reading-title = Đang đọc thẻ
reading-text = Xin đừng di chuyển thẻ
already-title = Hôm nay quý vị đã làm thủ tục rồi
already-at = Đã làm thủ tục lúc { $time }
already-text = Xin lấy thẻ và chờ
already-renew = Thay đổi lựa chọn đồng ý
already-end = Kết thúc

# WrongCard
wrong-remove = Xin lấy thẻ đang nằm trên đầu đọc ra
wrong-place = Chỉ đặt một thẻ My{"\u00A0"}Number

# ChooseMethod
choose-title = Xin chọn cách xác nhận danh{"\u00A0"}tính
choose-face = Khuôn mặt
choose-face-text = Xác nhận bằng camera
choose-pin = Mã PIN
choose-pin-text = Nhập 4 chữ số
choose-help = Nếu cả hai đều khó, nhân viên sẽ giúp
choose-face-only = Thẻ này chỉ xác nhận bằng khuôn mặt, không có mã PIN
choose-staff = Nhân viên xác nhận
choose-staff-text = Nhân viên so với ảnh trên thẻ
staff-coming-title = Nhân viên đang trên đường đến
staff-go-on = Tiếp tục, không chờ
choose-guardian = Phụ huynh hoặc người giám hộ có thể nhập mã PIN cho trẻ

# EnterCodeB
code-b-step = { $step } / { $steps }
code-b-birth-title = Ngày sinh trên thẻ
code-b-birth-hint = Năm, tháng, ngày: mỗi phần 2 số. Tháng 2 là 02
code-b-expiry-title = Năm hết hạn trên thẻ
code-b-expiry-hint = 4 chữ số trước “まで有効”
code-b-security-title = Mã bảo mật
code-b-security-hint = 4 chữ số dưới ảnh
code-b-year = Năm
code-b-month = Tháng
code-b-day = Ngày
code-b-tries = Còn được nhập { $count } lần
code-b-no-try-used = Số lần còn lại không đổi
code-b-wrong = Số không đúng. Xin nhập lại từ đầu
code-b-check-again = Xin xem thẻ và nhập lại
code-b-no-such-day = Không có ngày này. Xin xem lại thẻ
code-b-outside-era = { $era } không có ngày này. Xin xem lại năm và niên hiệu
code-b-future = Ngày này chưa tới. Xin xem lại thẻ
code-b-expiry-past = Năm này đã qua. Xin xem lại thẻ
code-b-expiry-far = Năm này quá xa. Xin xem lại thẻ
era-meiji = Meiji (明治)
era-taisho = Taisho (大正)
era-showa = Showa (昭和)
era-heisei = Heisei (平成)
era-reiwa = Reiwa (令和)
era-gregorian = Dương lịch (西暦)

# OpeningCardFace
opening-title = Đang đọc ảnh trên thẻ
opening-text = Xin đừng di chuyển thẻ

# ShowCard
show-title = Xin đưa mặt trước của thẻ trước camera
show-take = Xin lấy thẻ và đưa mặt trước
show-front = Xin đưa mặt có ảnh vào khung
show-other-side = Xin đưa mặt có ảnh, đúng chiều
show-nearer = Xin đưa thẻ lại gần camera một chút
show-farther = Xin đưa thẻ ra xa camera một chút
show-straighter = Xin giữ thẻ cho thẳng
show-glare = Thẻ bị chói sáng. Xin nghiêng thẻ một chút
show-finger-away = Xin bỏ ngón tay khỏi các số dưới ảnh
show-hold-still = Đang đọc. Xin giữ yên
show-privacy = Không lưu hình thẻ
show-type = Nhập số trên thẻ
show-read = Đã đọc xong thẻ


# FaceCapture
face-title = Đưa khuôn mặt vào khung
face-text = Máy sẽ tự động chụp
face-privacy = Không lưu hình khuôn mặt
face-attempt = Lần { $count }
hint-none = Xin nhìn vào camera
hint-no-face = Xin đưa mặt vào khung
hint-two-faces = Chỉ một người trong khung
hint-too-near = Xin lùi lại một chút
hint-too-far = Xin lại gần một chút
hint-off-centre = Xin đưa mặt vào giữa
hint-look-here = Xin nhìn thẳng vào camera
hint-tilted = Xin giữ đầu thẳng
hint-too-dark = Hơi tối. Xin quay về phía sáng
hint-too-bright = Ánh sáng mạnh. Xin đổi hướng một chút
hint-backlit = Phía sau quá sáng. Xin đổi hướng một chút
hint-blurred = Hình bị nhòe. Xin cử động chậm lại
hint-mask = Xin kéo khẩu trang xuống cằm
hint-brow-hidden = Xin nâng mũ hoặc tóc để thấy lông mày
hint-glasses-glare = Kính bị lóa. Xin tháo ra một lát
hint-eyes-closed = Xin mở mắt
hint-turn-right = Xin quay mặt nhẹ sang phải
hint-turn-left = Xin quay mặt nhẹ sang trái
hint-move-a-little = Xin quay mặt nhẹ sang hai bên
hint-keep-looking = Tốt. Xin tiếp tục nhìn vào camera

# FaceHelp
face-help-retry-title = Xin thử lại một lần nữa
face-help-other-title = Hãy xác nhận bằng cách khác
face-help-distance = Không quá gần
face-help-hair = Vén tóc mái
face-help-mask = Bỏ khẩu trang
face-help-hat = Bỏ mũ
face-help-glasses = Bỏ kính
face-help-refused = Hôm nay không xác nhận được bằng khuôn mặt. Quý vị có thể dùng cách khác

# EnterPin
pin-title = Nhập mã PIN
pin-text = 4 chữ số đã đặt khi làm thẻ
pin-tries = Còn được nhập { $count } lần
pin-wrong = Mã PIN không đúng. Còn được nhập { $count } lần
pin-last = Còn 1 lần. Sai nữa mã PIN sẽ bị khóa. Nếu không chắc, xin gọi nhân viên
pin-proxy = Người khác nhập
pin-guardian = Phụ huynh hoặc người giám hộ có thể nhập mã PIN cho trẻ
pin-by-family = Gia đình đang nhập
pin-by-carer = Người chăm sóc đang nhập

# TypeOnReader
reader-pin-title = Hãy nhập mã PIN bằng phím trên đầu đọc thẻ
reader-pin-digits = Bấm 4 chữ số
reader-pin-enter = Bấm phím xác nhận
reader-pin-cancel = Muốn dừng, bấm phím hủy

# PinLastTry
last-try-title = Hỏi nhân viên nhé?
last-try-wrong = Mã PIN không đúng
last-try-left = Chỉ còn được nhập 1 lần
last-try-warning = Sai nữa mã PIN sẽ bị khóa. Muốn mở khóa phải làm thủ tục, ví dụ tại tòa thị chính (市区町村)
last-try-staff = Hỏi nhân viên
last-try-anyway = Vẫn nhập

# AskWhoEnters
who-title = Ai sẽ nhập?
who-text = Xin đừng nói to mã PIN
who-patient = Chủ thẻ
who-family = Gia đình
who-carer = Người chăm sóc

# PinLocked
locked-face = Có thể xác nhận bằng khuôn mặt
locked-staff = Nhân viên có thể xác nhận
locked-reset = Đặt lại mã PIN
locked-reset-text = Tại tòa thị chính (市区町村) nơi đăng ký cư trú
locked-now-title = Mã PIN đã bị khóa
locked-before = Do trước đây đã sai nhiều lần
locked-everywhere = Mã PIN này cũng không dùng được ở bệnh viện hay nhà thuốc khác

# VisualCheck
visual-here-title = Hãy so ảnh trên thẻ với bệnh nhân
visual-here-text = Nhân viên bấm
visual-same = Đúng người
visual-not-same = Không rõ

# Checking
checking-title = Đang kiểm tra bảo{"\u00A0"}hiểm
checking-challenge = Đang chuẩn bị
checking-proof = Xin đừng di chuyển thẻ
checking-asking = Đang tra cứu bảo hiểm y tế. Xin chờ một lát
checking-still = Vẫn đang tra cứu. Xin chờ thêm một chút
confirm-question = Đây có phải tên của bệnh nhân không?
confirm-yes = Vâng, đúng tên

# Renewal
renewal-title = Chứng thư điện tử sắp hết hạn
renewal-text = Xin sớm gia hạn tại tòa thị chính (市区町村) nơi cư trú
renewal-until = Hết hạn { $date }
renewal-usable-until = Dùng làm thẻ bảo hiểm được đến { $date }
renewal-today = Hôm nay quý vị vẫn làm thủ tục được
renewal-grace-title = Chứng thư điện tử đã hết hạn
renewal-grace-text = Xin gia hạn ngay tại tòa thị chính (市区町村)
renewal-grace-limit = Nơi khám không xem được thông tin khám, thuốc và khám sức khỏe trước đây của quý vị

# RegistrationStatus: words of マイナポータル where it has them
status-title-completed = Đã đăng ký làm thẻ bảo hiểm
status-title-preparing = Đang chuẩn bị đăng ký
status-title-none = Chưa đăng ký làm thẻ bảo hiểm
status-title-unclear = Không rõ tình trạng đăng ký
status-application-none = Đơn: chưa có
status-application-accepted = Đơn: đã nhận
status-application-unclear = Đơn: hãy hỏi nhân viên
status-linkage-none = Đăng ký: chưa đăng ký
status-linkage-preparing = Đăng ký: đang chuẩn bị, xin chờ
status-linkage-completed = Đăng ký: đã xong
status-linkage-unclear = Đăng ký: hãy hỏi nhân viên
status-registered-at = Đã đăng ký lúc { $time } { $date }
status-end = Kết thúc
status-apply = Đăng ký sử dụng

# RegisterOffer
register-title = Cần đăng ký để dùng thẻ My{"\u00A0"}Number làm thẻ bảo hiểm
register-question = Quý vị có muốn tiếp tục không?
register-time = (Mất một chút thời gian)

# RegisterTerms
terms-title = Điều khoản sử dụng Mynaportal (マイナポータル)
terms-apply = Đăng ký dùng thẻ My{"\u00A0"}Number làm thẻ bảo hiểm y tế qua hệ thống Mynaportal (マイナポータル)
terms-page = Trang { $page } / { $pages }
terms-sample = Bản mẫu, không phải điều khoản thật
terms-next = Trang sau
terms-previous = Trang trước
terms-agree = Đồng ý và tiếp tục

# Registering
registering-title = Đang đăng ký làm thẻ bảo hiểm
registering-text = Mất một chút thời gian. Xin để nguyên thẻ

# Registered
registered-title = Đã đăng ký xong thẻ My{"\u00A0"}Number làm thẻ bảo hiểm
registered-next = Lấy thông tin bảo hiểm
refused-from = Đăng ký được từ { $time } { $date }

# RegisterRefused
refused-today = Nhân viên sẽ hướng dẫn cách làm thủ tục hôm nay

# Consenting
consent-title = Sử dụng thông tin trước đây
consent-statement-all = Tôi đồng ý cung cấp thông tin sau cho cơ sở y tế này. Thông tin được dùng để khám và quản lý sức khỏe của tôi
consent-question-all = Quý vị có đồng ý cung cấp thông tin sau cho cơ sở y tế này không? Thông tin được dùng để khám và quản lý sức khỏe của quý vị
consent-statement-records = Tôi đồng ý cung cấp cho cơ sở y tế này thông tin khám và thuốc trước đây, trừ phẫu thuật
consent-statement-surgery = Tôi đồng ý cung cấp cho cơ sở y tế này thông tin phẫu thuật trước đây
consent-statement-checkup = Tôi đồng ý cung cấp cho cơ sở y tế này kết quả khám sức khỏe trước đây
consent-statement-use = Thông tin được dùng để khám và quản lý sức khỏe của tôi
consent-question-records = Quý vị có đồng ý cung cấp cho cơ sở y tế này thông tin khám và thuốc trước đây (trừ phẫu thuật) không?
consent-question-surgery = Quý vị có đồng ý cung cấp cho cơ sở y tế này thông tin phẫu thuật trước đây không?
consent-question-checkup = Quý vị có đồng ý cung cấp cho cơ sở y tế này kết quả khám sức khỏe (特定健診) không?
consent-question-use = Thông tin được dùng để khám và quản lý sức khỏe của quý vị
consent-over-40 = (Từ 40 tuổi trở lên)
consent-number = { $number } / { $of }
consent-chosen = Trả lời hiện tại: { $answer }
consent-records = Khám chữa bệnh và thuốc
consent-given = Đồng ý
consent-refused = Không đồng{"\u00A0"}ý
consent-one-by-one = Chọn từng mục
consent-refuse-under-40 = Không, hoặc dưới 40 tuổi
consent-summary-title = Như vậy có đúng không?
consent-summary-line = { $what }: { $answer }
consent-change = Chọn lại
consent-send = Tiếp tục
consent-lasts = Sự đồng ý có hiệu lực 24 giờ kể từ bây giờ
consent-visits = Khám chữa bệnh
consent-medicine = Thuốc
consent-surgery = Phẫu thuật
consent-checkup = Khám sức khỏe
consent-checkup-age = Từ 40 tuổi
consent-refuse-fine = Dù không đồng ý, quý vị vẫn làm thủ tục và khám được
consent-refuse = Không đồng{"\u00A0"}ý
consent-give = Đồng ý
limit-title = Cung cấp thông tin mức tự trả tối đa (限度額)?
limit-text = Nếu dùng chế độ chi phí điều trị cao (高額療養費), xin bấm “Cung cấp”. Tại quầy sẽ không phải trả quá mức tối đa
limit-keep-card = Xin chưa lấy thẻ ra
limit-give = Cung cấp
limit-refuse = Không cung cấp
prescription-title = Xin chọn loại đơn thuốc
prescription-electronic = Đơn điện tử
prescription-electronic-text = Điện tử: chỉ ở nhà thuốc có nhận. Đưa thẻ hoặc số đổi thuốc (引換番号)
prescription-paper = Đơn giấy
prescription-paper-text = Giấy: nộp đơn giấy tại nhà thuốc
subsidy-title = Dùng giấy chứng nhận hỗ trợ chi phí y tế (受給者証)?
subsidy-text = Chỉ dùng được ở địa phương có tham gia. Nếu là bản giấy, xin đưa tại quầy
subsidy-use = Dùng
subsidy-not = Không dùng

# Delivering
delivering-title = Đang làm thủ tục
delivering-text = Xin để nguyên thẻ và chờ một lát

# Done
done-name = { $name }
done-title = Đã xác nhận xong
done-kana-note = ● là chữ máy không hiển thị được, không phải lỗi
done-print-note = ● là chữ máy không hiển thị được. Hình là tên trên thẻ
done-take = Đừng quên thẻ!
done-take-text = Xin lấy thẻ My{"\u00A0"}Number ra
done-wait = Xin chờ đến khi được gọi
done-counter = Xin đến quầy tiếp nhận
done-number = Xin lấy số thứ tự
done-not-me = Đây là tên người khác
done-left = Thẻ vẫn còn ở đây

# Fallback
fallback-at-the-counter = Quý vị có thể làm thủ tục tại quầy
fallback-fee = Quý vị không phải trả 100% chi phí. Số tiền phải trả vẫn như trước
fallback-fee-desk = Nhân viên tại quầy sẽ giải thích về chi phí
fallback-led = Vài câu hỏi sau đây sẽ cho biết cách làm thủ tục hôm nay
fallback-ask-certificate = Quý vị có mang theo giấy xác nhận tư cách (資格確認書) không?
fallback-ask-certificate-text = Thẻ hoặc giấy do bảo hiểm y tế gửi
fallback-ask-phone = Quý vị có mang điện thoại mở được Mynaportal (マイナポータル) không?
fallback-ask-phone-text = PDF đã lưu cũng được
fallback-ask-notice = Quý vị có mang theo thông báo thông tin tư cách (資格情報のお知らせ) không?
fallback-ask-notice-text = Giấy do bảo hiểm y tế gửi
fallback-ask-been-here = Với bảo hiểm y tế hiện nay, quý vị có từng khám ở đây không?
fallback-ask-been-here-text = Nếu đã đổi bảo hiểm và nay là lần đầu, xin bấm “Không”
fallback-show-portal = Xin cho xem màn hình Mynaportal (マイナポータル)
fallback-show-portal-text = Xin đưa nhân viên xem thẻ My{"\u00A0"}Number và màn hình thông tin tư cách (資格情報) trên Mynaportal
fallback-show-notice = Xin cho xem thông báo thông tin tư cách (資格情報のお知らせ)
fallback-show-notice-text = Xin đưa nhân viên tại quầy xem cùng thẻ My{"\u00A0"}Number
fallback-show-spoken = Nhân viên sẽ hỏi
fallback-show-spoken-text = Xin đưa nhân viên xem thẻ My{"\u00A0"}Number và trả lời câu hỏi
fallback-show-form = Xin điền tờ khai (被保険者資格申立書)
fallback-show-form-text = Nhân viên tại quầy sẽ đưa mẫu. Xin cho xem cả thẻ My{"\u00A0"}Number
fallback-show-certificate = Xin cho xem giấy xác nhận tư cách (資格確認書)
fallback-show-certificate-text = Xin đưa nhân viên tại quầy, cùng giấy chứng nhận hỗ trợ chi phí y tế (受給者証) nếu có
fallback-show-staff = Xin hỏi nhân viên tại quầy
fallback-show-staff-text = Biết tên bảo hiểm y tế thì sẽ nhanh hơn
fallback-desk = Đến quầy

# CallStaff
staff-title = Nhân viên đang đến
staff-text = Xin chờ tại đây
staff-here = Tôi là nhân viên
staff-entry-title = Nhập 6 số của nhân viên
staff-entry-wrong = Mã không đúng
staff-entry-closed = Hiện không nhận mã. Xin hỗ trợ bệnh nhân tại quầy
staff-entry-training = Mã luyện tập là 847316
still-title = Quý vị còn đang dùng không?
still-text = Sau { $seconds } giây sẽ kết thúc và xóa nội dung đã nhập
still-more = Cần thêm thời gian
away-title = Xin đặt thẻ lại chỗ cũ
away-text = Sẽ tiếp tục từ chỗ đang làm. Máy chờ { $seconds } giây
away-reading = Đang kiểm tra thẻ

# Stopped
stopped-nothing-kept = Mọi nội dung đã nhập đều đã xóa
stopped-take = Xin lấy thẻ

# OutOfOrder
out-title = Máy này hiện không dùng được
out-text = Xin lỗi, xin đến quầy tiếp nhận

# CleaningUp
cleaning-title = Đang kết thúc
cleaning-text = Đang xóa nội dung đã nhập

# Failures
failure-card-service-stopped = Xin đến quầy tiếp nhận
    .title = Máy này hiện không dùng được
failure-reader-gone = Xin đến quầy tiếp nhận
    .title = Máy này hiện không dùng được
failure-card-gone = Thẻ đã bị lấy ra nên thủ tục đã dừng. Quý vị chưa làm xong thủ tục
    .title = Thẻ đã bị lấy ra
failure-card-unreadable = Xin lấy thẻ ra khỏi bao, đặt lên và để yên
    .title = Không đọc được thẻ
failure-not-my-number-card = Chỉ đặt một thẻ My{"\u00A0"}Number
    .title = Có vẻ đây không phải thẻ My{"\u00A0"}Number
failure-phone-placed = Máy này chỉ dùng thẻ My{"\u00A0"}Number
    .title = Không dùng được điện thoại
failure-no-certificate = Thẻ không có chứng thư điện tử nên không dùng làm thẻ bảo hiểm được. Xin đến quầy
    .title = Thẻ này không kiểm tra được bảo{"\u00A0"}hiểm
failure-certificate-unusable = Không xác nhận được chứng thư điện tử. Xin hỏi tại tòa thị chính (市区町村) nơi cư trú
    .title = Thẻ này không kiểm tra được bảo{"\u00A0"}hiểm
failure-card-swapped = Thẻ khác với lúc trước. Xin bắt đầu lại
    .title = Thẻ đã bị đổi
failure-certificate-ended = Chứng thư điện tử hết hạn đã quá 3 tháng. Có thể gia hạn tại tòa thị chính (市区町村)
    .title = Thẻ này không dùng làm thẻ bảo hiểm được
failure-certificate-revoked = Có thể do chuyển nhà hoặc báo mất thẻ. Xin hỏi tại tòa thị chính (市区町村)
    .title = Thẻ này hiện không dùng được
failure-pin-wrong = Xin kiểm tra và nhập lại
    .title = Mã PIN không đúng
failure-pin-blocked = Không dùng được vì đã sai nhiều lần
    .title = Mã PIN đã bị khóa
failure-pin-absent = Thẻ này không có mã PIN
    .title = Không dùng được mã PIN
failure-code-b-implausible = Xin xem lại ngày sinh và năm hết hạn
    .title = Xin kiểm tra số
failure-code-b-wrong = Xin xem lại các số trên thẻ
    .title = Số không đúng
failure-code-b-blocked = Xin dùng mã PIN
    .title = Không dùng được nhận diện khuôn mặt
failure-no-portrait = Thẻ không có ảnh. Xin dùng mã PIN
    .title = Không dùng được nhận diện khuôn mặt
failure-card-face-invalid = Nhân viên sẽ hướng dẫn
    .title = Không xác nhận được ảnh trên thẻ
failure-face-not-confirmed = Có thể dùng cách khác
    .title = Chưa xác nhận rõ khuôn mặt
failure-face-not-live = Nhân viên sẽ giúp
    .title = Chưa xác nhận rõ khuôn mặt
failure-camera-gone = Xin dùng mã PIN
    .title = Camera hiện không dùng được
failure-camera-no-picture = Xin dùng mã PIN
    .title = Camera hiện không dùng được
failure-camera-busy = Xin dùng mã PIN
    .title = Camera hiện không dùng được
failure-camera-private = Xin dùng mã PIN
    .title = Camera hiện không dùng được
failure-camera-format = Xin dùng mã PIN
    .title = Camera hiện không dùng được
failure-face-models-invalid = Xin dùng mã PIN
    .title = Hiện không dùng được nhận diện khuôn mặt
failure-gateway-unreachable = Quý vị có thể làm thủ tục tại quầy
    .title = Hiện không kiểm tra được bảo{"\u00A0"}hiểm
failure-gateway-timeout = Quý vị có thể làm thủ tục tại quầy
    .title = Hiện không kiểm tra được bảo{"\u00A0"}hiểm
failure-gateway-tls = Quý vị có thể làm thủ tục tại quầy
    .title = Hiện không kiểm tra được bảo{"\u00A0"}hiểm
failure-terminal-refused = Quý vị có thể làm thủ tục tại quầy
    .title = Hiện không kiểm tra được bảo{"\u00A0"}hiểm
failure-check-refused = Quý vị có thể làm thủ tục tại quầy
    .title = Hiện không kiểm tra được bảo{"\u00A0"}hiểm
failure-gateway-fault = Quý vị có thể làm thủ tục tại quầy
    .title = Hiện không kiểm tra được bảo{"\u00A0"}hiểm
failure-gateway-answer-invalid = Quý vị có thể làm thủ tục tại quầy
    .title = Hiện không kiểm tra được bảo{"\u00A0"}hiểm
failure-clock-wrong = Quý vị có thể làm thủ tục tại quầy
    .title = Hiện không kiểm tra được bảo{"\u00A0"}hiểm
failure-not-registered = Thẻ chưa đăng ký làm thẻ bảo hiểm. Quý vị vẫn làm thủ tục được tại quầy
    .title = Hiện không kiểm tra được bảo{"\u00A0"}hiểm
failure-registration-not-yet = Sau thủ tục tại tòa thị chính (市区町村), đăng ký được từ chiều ngày làm việc tiếp theo
    .title = Hôm nay chưa đăng ký được
failure-not-confirmed = Nhân viên tại quầy sẽ hướng dẫn
    .title = Không xác nhận được bảo{"\u00A0"}hiểm
failure-journal-unwritable = Quý vị có thể làm thủ tục tại quầy
    .title = Hiện không kiểm tra được bảo{"\u00A0"}hiểm
failure-handoff-unwritable = Nhân viên sẽ hoàn tất thủ tục
    .title = Chưa xong thủ tục
failure-wrong-name = Nội dung hiển thị đã xóa hết. Nhân viên đang đến
    .title = Cảm ơn quý vị đã cho biết
failure-timed-out = Lâu không thao tác nên thủ tục đã dừng. Quý vị chưa làm xong thủ tục
    .title = Thủ tục đã dừng
failure-cancelled = Thủ tục đã dừng
    .title = Đã dừng
failure-step-timed-out = Nhân viên sẽ hướng dẫn
    .title = Có lỗi xảy ra
