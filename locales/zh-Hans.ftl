# 简体中文. "|" marks the end of a phrase, as in Japanese. Japanese terms stay where the patient meets them on paper.

# Around every screen
app-title = 就诊报到
app-subtitle = 请用|个人编号卡|代替保险证
training = 练习中　这不是正式报到
language-name = 简体中文
tool-language = 语言
    .title = 语言　Language
tool-display = 文字和颜色
    .title = 文字和颜色
tool-sound = 声音
    .title = 声音
tool-menu = 语言、文字、|声音
    .title = 语言、文字、|颜色、声音
call-staff = 呼叫工作人员
cancel = 取消
step-card = 卡片
step-identity = 本人确认
step-check = 保险确认
step-consent = 同意
step-done = 完成
staff-code = 工作人员用代码 { $code }

# Buttons used on several screens
continue = 继续
close = 关闭
retry = 再试一次
use-face = 改用人脸识别
use-pin = 改用密码
back-to-start = 返回首页

# Keypad
keypad-erase = 删1位
keypad-clear = 全部删除
keypad-confirm = 确认
keypad-show = 显示
keypad-hide = 隐藏
keypad-shuffle = 打乱顺序
keypad-order = 恢复顺序
keypad-back = 返回
display-text = 文字大小
display-text-100 = 普通
display-text-125 = 大
display-text-150 = 更大
display-text-200 = 最大
display-theme = 颜色
display-theme-light = 明亮
display-theme-dark = 暗色
display-theme-high = 高对比度
display-theme-grey = 灰色调
display-letter = 文
display-comfort = 使用方式
display-seated = 坐着使用
display-calm = 停止动画
sound-none = 本画面|不使用声音

# Idle
idle-title = 请将|个人编号卡|放在读卡器上
idle-touch = 也可以|触摸屏幕|开始

# PlaceCard
place-title = 请将|个人编号卡|放在读卡器上
place-cover = 请取下|卡套
place-side = 照片面朝上，|竖着放
place-no-cover = 卡套
place-no-back = 背面
place-no-two = 两张

# ReadingCard
reading-title = 正在读卡
reading-text = 请不要|移动卡片

# WrongCard
wrong-remove = 请拿走|现在放着的卡
wrong-place = 请只放|1张|个人编号卡

# ChooseMethod
choose-title = 请选择|本人确认的方式
choose-face = 人脸识别
choose-face-text = 用摄像头|确认面部
choose-pin = 密码
choose-pin-text = 输入|4位数字
choose-help = 如果都有困难，|工作人员|会帮助您
choose-face-only = 这是人脸识别专用卡。|没有密码
choose-staff = 工作人员确认
choose-staff-text = 工作人员|对照卡上的照片
choose-guardian = 儿童的密码|可由监护人输入

# EnterCodeB
code-b-step = { $step } / { $steps }
code-b-birth-title = 卡上的|出生日期
code-b-birth-hint = 年、月、日|各两位。|2月是02
code-b-expiry-title = 卡上的|有效期年份
code-b-expiry-hint = “まで有効”前面的|4位数字
code-b-security-title = 安全码
code-b-security-hint = 照片下面的|4位数字
code-b-year = 年
code-b-month = 月
code-b-day = 日
code-b-tries = 还可以|输入{ $count }次
code-b-no-try-used = 次数没有减少
code-b-wrong = 号码不符。|请从头|再输入一次
code-b-check-again = 请对照卡片，|再输入一次
code-b-no-such-day = 没有这个日期。|请对照卡片
code-b-outside-era = { $era }没有|这个日期。|请核对年份和年号
code-b-future = 这是将来的日期。|请对照卡片
code-b-expiry-past = 这一年已过。|请对照卡片
code-b-expiry-far = 这一年太远。|请对照卡片
era-meiji = 明治
era-taisho = 大正
era-showa = 昭和
era-heisei = 平成
era-reiwa = 令和
era-gregorian = 西历 西暦

# OpeningCardFace
opening-title = 正在读取|卡上的照片
opening-text = 请不要|移动卡片

# FaceCapture
face-title = 请将脸|对准框内
face-text = 脸在框内时|会自动拍摄
face-privacy = 面部图像|不会保存
face-attempt = 第{ $count }次
hint-none = 请看摄像头
hint-no-face = 请将脸|放入框内
hint-two-faces = 画面中|请只有您一人
hint-too-near = 请稍微|离远一点
hint-too-far = 请稍微|靠近一点
hint-off-centre = 请将脸|移到正中
hint-look-here = 请正对着|看摄像头
hint-tilted = 请把头|摆正
hint-too-dark = 光线太暗。|请朝向|明亮的地方
hint-too-bright = 光线太强。|请稍微|转换方向
hint-backlit = 背后太亮。|请稍微|转换方向
hint-blurred = 请暂时|不要动
hint-mask = 请把口罩|拉到下巴
hint-brow-hidden = 请抬高帽子|或刘海，|露出眉毛
hint-glasses-glare = 眼镜反光。|请暂时|摘下
hint-eyes-closed = 请睁开眼睛
hint-turn-right = 请将脸|稍微|转向右边
hint-turn-left = 请将脸|稍微|转向左边
hint-move-a-little = 请将头|稍微|左右转动
hint-hold-still = 请保持|不要动

# FaceHelp
face-help-retry-title = 请再试一次
face-help-other-title = 请用|别的方式确认
face-help-distance = 不要离|摄像头太近
face-help-hair = 撩起刘海
face-help-mask = 拉下或|摘下口罩
face-help-hat = 摘下帽子
face-help-glasses = 摘下眼镜
face-help-refused = 今天|人脸识别未成功。|可以用|别的方式报到

# EnterPin
pin-title = 输入密码
pin-text = 领卡时|您设定的|4位数字
pin-tries = 还可以|输入{ $count }次
pin-wrong = 密码不符。|还可以|输入{ $count }次
pin-last = 只剩1次。|再输错|密码将被锁定。|没有把握时|请呼叫|工作人员
pin-proxy = 由他人输入
pin-guardian = 儿童的密码|可由监护人输入
pin-by-family = 由家人输入
pin-by-carer = 由护理人员输入
pin-by-staff = 由工作人员输入

# PinLastTry
last-try-title = 要问工作人员吗？
last-try-wrong = 密码不符
last-try-left = 只能再输入1次
last-try-warning = 再输错|将被锁定。|只有|市区町村窗口|能解锁
last-try-staff = 问工作人员
last-try-anyway = 继续输入

# AskWhoEnters
who-title = 由谁输入？
who-text = 请不要|说出密码
who-patient = 本人
who-family = 家人
who-carer = 护理人员
who-staff = 工作人员

# PinLocked
locked-face = 可以用|人脸识别报到
locked-staff = 可以由|工作人员确认后|报到
locked-reset = 重新设定密码
locked-reset-text = 请到|住民票所在的|市区町村窗口|办理
locked-now-title = 密码已被锁定
locked-before = 因为之前|连续输错
locked-everywhere = 在其他医疗机构|和药房|也不能使用密码

# VisualCheck
visual-title = 工作人员|正在确认
visual-text = 正在对照|卡上的照片|和您本人。|请稍候

# Checking
checking-title = 正在确认|保险资格
checking-challenge = 正在准备
checking-proof = 请不要|移动卡片
checking-asking = 正在查询|健康保险资格。|请稍候

# Renewal
renewal-title = 电子证书的|有效期|即将到期
renewal-text = 请尽早到|居住地的|市区町村窗口|更新
renewal-today = 今天可以|照常报到
renewal-grace-title = 电子证书|已过有效期
renewal-grace-text = 作为保险证，|到期后|只能再用|3个月。|请马上到|市区町村窗口|更新
renewal-grace-limit = 不会提供|诊疗和用药信息

# RegisterOffer
register-title = 要将|个人编号卡|用作保险证，|需要先登记
register-question = 要继续吗？
register-time = （需要一点时间）

# RegisterTerms
terms-title = マイナポータル|使用条款
terms-apply = 通过|マイナポータル|系统，|申请将|个人编号卡|用作|健康保险证
terms-accept = 使用者|即视为|已同意|使用条款
terms-full = 条款全文|（日文）|请向|工作人员索取
terms-agree = 同意并继续

# Registering
registering-title = 正在登记|作为保险证使用
registering-text = 需要一点时间。|请将卡|留在原处

# Registered
registered-title = 个人编号卡的|保险证|使用登记|已完成
registered-next = 获取保险资格信息

# RegisterRefused
refused-today = 今天的|报到方式|由工作人员|为您说明

# Consenting
consent-title = 使用您|过去的信息
consent-text = 您是否同意|向本院|提供以下信息？|这些信息|用于您的|诊察和健康管理
consent-visits = 诊疗信息
consent-medicine = 用药信息
consent-surgery = 手术信息
consent-checkup = 体检信息
consent-checkup-age = 40岁以上
consent-refuse-fine = 即使不同意，|报到和诊察|也不受影响
consent-refuse = 不同意
consent-give = 同意

# Delivering
delivering-title = 正在报到
delivering-text = 请将卡|留在原处，|稍候片刻

# Done
done-name = { $name }
done-title = 确认已完成
done-kana-note = ●是本画面|无法显示的|文字
done-take = 别忘了您的卡！
done-take-text = 请取出|个人编号卡
done-wait = 叫到您之前|请稍候
done-not-me = 这不是我的名字
done-left = 您的卡|还在这里

# Fallback
fallback-fee = 不会让您|负担全额。|负担额|与平时相同
fallback-how = 请到窗口|办理以下|其中一项
fallback-portal = マイナポータル|的画面
fallback-portal-text = 手机画面|或PDF
fallback-paper = 资格信息通知|（資格情報のお知らせ）
fallback-paper-text = 与卡|一起出示
fallback-spoken = 口头确认
fallback-spoken-text = 复诊的人
fallback-form = 资格申报书|（被保険者資格申立書）
fallback-form-text = 初诊的人填写
fallback-desk = 去窗口

# CallStaff
staff-title = 工作人员|马上就来
staff-text = 请在此稍候
staff-card-left-title = 请取走|您的卡
staff-card-left-text = 您的卡|还在读卡器上

# Stopped
stopped-nothing-kept = 您输入的内容|已全部删除
stopped-take = 请取走|您的卡

# OutOfOrder
out-title = 本机|现在不能使用
out-text = 很抱歉，|请到接待窗口

# CleaningUp
cleaning-title = 正在结束
cleaning-text = 正在删除|您输入的内容

# Failures
failure-card-service-stopped = 请到接待窗口
    .title = 本机|现在不能使用
failure-reader-gone = 请到接待窗口
    .title = 本机|现在不能使用
failure-card-gone = 卡片离开了，|报到已结束。|请重新放卡
    .title = 卡片离开了
failure-card-unreadable = 请取下卡套，|放好卡后|不要移动
    .title = 无法读卡
failure-not-my-number-card = 请只放|1张|个人编号卡
    .title = 这似乎不是|个人编号卡
failure-phone-placed = 本机|请使用|个人编号卡
    .title = 不能使用手机
failure-no-certificate = 卡内没有|电子证书，|不能用作保险证。|请到窗口咨询
    .title = 用这张卡|无法确认|保险资格
failure-certificate-unusable = 电子证书|不能使用。|请到|市区町村窗口|更新
    .title = 用这张卡|无法确认|保险资格
failure-pin-wrong = 请核对密码，|再输入一次
    .title = 密码不符
failure-pin-blocked = 因连续输错，|不能使用
    .title = 密码已锁定
failure-pin-absent = 这张卡|没有密码
    .title = 不能使用密码
failure-code-b-implausible = 请再核对|出生日期和|有效期的年份
    .title = 请核对号码
failure-code-b-wrong = 请再核对|卡上的数字
    .title = 号码不符
failure-code-b-blocked = 请使用密码
    .title = 不能使用|人脸识别
failure-no-portrait = 这张卡|没有照片。|请使用密码
    .title = 不能使用|人脸识别
failure-card-face-invalid = 由工作人员|为您服务
    .title = 无法确认|卡上的照片
failure-face-not-confirmed = 也可以用|别的方式报到
    .title = 未能顺利|确认面部
failure-face-not-live = 工作人员|会帮助您
    .title = 未能顺利|确认面部
failure-camera-gone = 请使用密码
    .title = 摄像头|现在不能使用
failure-camera-no-picture = 请使用密码
    .title = 摄像头|现在不能使用
failure-camera-busy = 请使用密码
    .title = 摄像头|现在不能使用
failure-face-models-invalid = 请使用密码
    .title = 人脸识别|现在不能使用
failure-gateway-unreachable = 可以在窗口报到
    .title = 现在无法|确认保险资格
failure-gateway-timeout = 可以在窗口报到
    .title = 现在无法|确认保险资格
failure-gateway-tls = 可以在窗口报到
    .title = 现在无法|确认保险资格
failure-terminal-refused = 可以在窗口报到
    .title = 现在无法|确认保险资格
failure-check-refused = 可以在窗口报到
    .title = 现在无法|确认保险资格
failure-gateway-fault = 可以在窗口报到
    .title = 现在无法|确认保险资格
failure-gateway-answer-invalid = 可以在窗口报到
    .title = 现在无法|确认保险资格
failure-not-registered = 尚未登记为保险证。|可以在窗口报到
    .title = 现在无法|确认保险资格
failure-registration-not-yet = 在市区町村|办理手续后，|下一个工作日的|下午起|可以登记
    .title = 今天还|不能登记
failure-not-confirmed = 请到窗口，|由工作人员|为您说明
    .title = 未能确认|保险资格
failure-journal-unwritable = 可以在窗口报到
    .title = 现在无法|确认保险资格
failure-handoff-unwritable = 由工作人员|继续为您办理
    .title = 报到|还未完成
failure-wrong-name = 显示的内容|已全部删除。|工作人员|马上就来
    .title = 谢谢您|告诉我们
failure-timed-out = 因一段时间|没有操作，|报到已结束
    .title = 时间到了
failure-cancelled = 报到已取消
    .title = 已取消
failure-staff-ended = 由工作人员|为您服务
    .title = 报到已结束
failure-step-timed-out = 由工作人员|为您服务
    .title = 未能顺利进行
