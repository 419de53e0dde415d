# 简体中文. "|" marks the end of a phrase, as in Japanese. Japanese terms stay where the patient meets them on paper.

# Around every screen
app-title = 就诊报到
app-subtitle = 用个人编号卡|代替保险证|报到
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
cancel-reception = 退出报到
step-card = 卡片
step-identity = 身份确认
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
back = 返回
yes = 是
no = 否
date = { $year }年{ $month }月{ $day }日

# Keypad
keypad-erase = 删1位
keypad-clear = 全部删除
keypad-confirm = 确认
keypad-show = 显示
keypad-hide = 隐藏
keypad-shuffle = 打乱顺序
keypad-order = 恢复顺序
keypad-back = 返回
keypad-machine = 输入太快，|没有使用。|请重新输入
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
sound-on = 朗读
sound-off = 不朗读
sound-volume = 音量 { $count }
sound-softer = 小声
sound-louder = 大声
sound-repeat = 再听|一次
sound-other-language = 只有|日语和英语|可以朗读
sound-no-device = 本机|目前|没有声音

# Idle
idle-title = 请将|个人编号卡|放在读卡器上
idle-touch = 也可以|触摸屏幕|开始
idle-inquire = 查询登记情况、|办理登记

# PlaceCard
place-title = 请将|个人编号卡|放在读卡器上
place-side = 照片面朝上，|竖着放
place-no-cover = 卡套
place-no-back = 背面
place-no-two = 两张

# ReadingCard
reading-title = 正在读卡
reading-text = 请不要|移动卡片
already-title = 今天|已经报到
already-at = 报到时间：|{ $time }
already-text = 请取走卡片，|稍候
already-renew = 重新选择同意
already-end = 结束

# WrongCard
wrong-remove = 请拿走|现在放着的卡
wrong-place = 请只放|1张|个人编号卡

# ChooseMethod
choose-title = 请选择|身份确认的方式
choose-face = 人脸识别
choose-face-text = 用摄像头|确认面部
choose-pin = 密码
choose-pin-text = 输入|4位数字
choose-help = 如果都有困难，|工作人员|会帮助您
choose-face-only = 这是人脸识别专用卡。|没有密码
choose-staff = 工作人员确认
choose-staff-text = 工作人员|对照卡上的照片
staff-coming-title = 工作人员|正在过来
staff-go-on = 不等了，|继续
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
era-gregorian = 公历|（西暦）

# OpeningCardFace
opening-title = 正在读取|卡上的照片
opening-text = 请不要|移动卡片

# ShowCard
show-title = 请将卡片正面|对着摄像头
show-take = 请从读卡器上|取下卡片，|将正面|对着摄像头
show-front = 请将有照片的一面|放入框内
show-other-side = 好像是背面，|或上下不对。|请出示|有照片的一面
show-nearer = 请将卡片|再靠近|摄像头一点
show-farther = 请将卡片|稍微|离摄像头远一点
show-straighter = 请将卡片|拿正
show-glare = 卡片反光。|请稍微|转动卡片
show-finger-away = 请不要用手|按住|照片下面的数字
show-hold-still = 正在读取，|请保持不动
show-privacy = 卡片的图像|不会保存
show-type = 输入|卡上的号码
show-read = 已读取|卡上的号码


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
hint-blurred = 请不要|移动太快
hint-mask = 请把口罩|拉到下巴
hint-brow-hidden = 请抬高帽子|或刘海，|露出眉毛
hint-glasses-glare = 眼镜反光。|请暂时|摘下
hint-eyes-closed = 请睁开眼睛
hint-turn-right = 请将脸|稍微|转向右边
hint-turn-left = 请将脸|稍微|转向左边
hint-move-a-little = 请将头|稍微|左右转动
hint-keep-looking = 很好，|请继续|看摄像头

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
pin-by-carer = 由陪护人员|输入

# TypeOnReader
reader-pin-title = 请在|读卡器上|输入密码
reader-pin-digits = 按|4位数字
reader-pin-enter = 按“确认”
reader-pin-cancel = 要停止，|请按“取消”

# PinLastTry
last-try-title = 要问工作人员吗？
last-try-wrong = 密码不符
last-try-left = 只能再输入1次
last-try-warning = 再输错|将被锁定。|解锁需要到|市区町村窗口等处|办理手续
last-try-staff = 问工作人员
last-try-anyway = 继续输入

# AskWhoEnters
who-title = 由谁输入？
who-text = 请不要|说出密码
who-patient = 本人
who-family = 家人
who-carer = 陪护人员

# PinLocked
locked-face = 可以用|人脸识别报到
locked-staff = 可以由|工作人员确认后|报到
locked-reset = 重新设定密码
locked-reset-text = 请到|住民票所在的|市区町村窗口|办理
locked-now-title = 密码已被锁定
locked-before = 因为之前|连续输错
locked-everywhere = 在其他医疗机构|和药房|也不能使用密码

# VisualCheck
visual-here-title = 请对照|卡上的照片|和本人
visual-here-text = 请由|工作人员|确认
visual-same = 是本人
visual-not-same = 无法确认

# Checking
checking-title = 正在确认|保险资格
checking-challenge = 正在准备
checking-proof = 请不要|移动卡片
checking-asking = 正在查询|健康保险资格。|请稍候
checking-still = 仍在查询。|请再|稍等片刻
confirm-question = 这是患者本人的|姓名吗？
confirm-yes = 是，|姓名正确

# Renewal
renewal-title = 电子证书|即将到期
renewal-text = 请尽早到|居住地的|市区町村窗口|更新
renewal-until = 有效期至|{ $date }
renewal-usable-until = 作为保险证|可用至|{ $date }
renewal-today = 今天可以|照常报到
renewal-grace-title = 电子证书|已过有效期
renewal-grace-text = 请马上到|市区町村窗口|更新
renewal-grace-limit = 过去的诊疗、|用药和体检信息|不会提供给|医疗机构

# RegistrationStatus: words of マイナポータル where it has them
status-title-completed = 已登记为|保险证
status-title-preparing = 登记|正在准备
status-title-none = 尚未登记为|保险证
status-title-unclear = 无法确认|登记情况
status-application-none = 申请情况：|没有申请
status-application-accepted = 申请情况：|已正常受理
status-application-unclear = 申请情况：|请询问|工作人员
status-linkage-none = 登记情况：|未登记
status-linkage-preparing = 登记情况：|系统准备中，|请稍候
status-linkage-completed = 登记情况：|登记完成
status-linkage-unclear = 登记情况：|请询问|工作人员
status-registered-at = 登记时间：|{ $date }|{ $time }
status-end = 结束
status-apply = 申请使用

# RegisterOffer
register-title = 要将|个人编号卡|用作保险证，|需要先登记
register-question = 要继续吗？
register-time = （需要一点时间）

# RegisterTerms
terms-title = マイナポータル|使用条款
terms-apply = 通过|マイナポータル|系统，|申请将|个人编号卡|用作|健康保险证
terms-page = 第{ $page }页 / 共{ $pages }页
terms-sample = 样本，|不是正式条款
terms-next = 下一页
terms-previous = 上一页
terms-agree = 同意并继续

# Registering
registering-title = 正在登记|作为保险证使用
registering-text = 需要一点时间。|请将卡|留在原处

# Registered
registered-title = 个人编号卡的|保险证|使用登记|已完成
registered-next = 获取保险资格信息
refused-from = { $date }|{ $time }起|可以登记

# RegisterRefused
refused-today = 今天的|报到方式|由工作人员|为您说明

# Consenting
consent-title = 使用您|过去的信息
consent-statement-all = 我同意|向本机构|提供以下信息。|这些信息|用于您的|诊察和健康管理
consent-question-all = 您是否同意|向本机构|提供以下信息？|这些信息|用于您的|诊疗和健康管理
consent-statement-records = 我同意|向本机构提供|过去的诊疗|和用药信息|（手术除外）
consent-statement-surgery = 我同意|向本机构提供|过去的手术信息
consent-statement-checkup = 我同意|向本机构提供|过去的健康信息|（体检结果）
consent-statement-use = 这些信息|用于您的|诊察和健康管理
consent-question-records = 您是否同意|向本机构提供|过去的诊疗|和用药信息|（手术除外）？
consent-question-surgery = 您是否同意|向本机构提供|过去的手术信息？
consent-question-checkup = 您是否同意|向本机构提供|特定体检|（特定健診）信息？
consent-question-use = 这些信息|用于您的|诊疗和健康管理
consent-over-40 = （40岁以上者）
consent-number = { $number } / { $of }
consent-chosen = 现在的回答：|{ $answer }
consent-records = 诊疗和用药信息
consent-given = 同意
consent-refused = 不同意
consent-one-by-one = 逐项选择
consent-refuse-under-40 = 不同意／|未满40岁
consent-summary-title = 这样可以吗？
consent-summary-line = { $what }：|{ $answer }
consent-change = 重新选择
consent-send = 就这样继续
consent-lasts = 同意|自现在起|24小时|有效
consent-visits = 诊疗信息
consent-medicine = 用药信息
consent-surgery = 手术信息
consent-checkup = 体检信息
consent-checkup-age = 40岁以上
consent-refuse-fine = 即使不同意，|也可以|报到和就诊
consent-refuse = 不同意
consent-give = 同意
limit-title = 提供|限额信息|（限度額情報）吗？
limit-text = 使用高额疗养费制度|（高額療養費）的人，|请按“提供”。|窗口付款|不会超过限额
limit-keep-card = 请先|不要取卡
limit-give = 提供
limit-refuse = 不提供
prescription-title = 请选择|处方的形式
prescription-electronic = 电子处方
prescription-electronic-text = 电子：|仅限支持的药房。|出示卡片|或引换编号|（引換番号）
prescription-paper = 纸质处方
prescription-paper-text = 纸质：|在药房|提交纸质处方
subsidy-title = 使用医疗费补助的|各种受给者证|（受給者証）吗？
subsidy-text = 仅限参与的市区町村|发放的证件。|纸质证件|请交到窗口
subsidy-use = 使用
subsidy-not = 不使用

# Delivering
delivering-title = 正在报到
delivering-text = 请将卡|留在原处，|稍候片刻

# Done
done-name = { $name }
done-title = 确认已完成
done-kana-note = ●是本机|无法显示的文字，|不是错误
done-print-note = ●是|本机无法显示的|文字。|图像是|卡片上印的|姓名
done-take = 请勿忘记取卡！
done-take-text = 请取出|个人编号卡
done-wait = 请稍候，|等待叫您
done-counter = 请到接待窗口
done-number = 请取号码牌
done-not-me = 这是别人的姓名
done-left = 您的卡|还在这里

# Fallback
fallback-at-the-counter = 可以在窗口报到
fallback-fee = 不会让您|负担全额。|负担额|与平时相同
fallback-fee-desk = 费用|由窗口|为您说明
fallback-led = 接下来|为您说明|今天的办理方法
fallback-ask-certificate = 您有|资格确认书|（資格確認書）吗？
fallback-ask-certificate-text = 健康保险机构|寄来的|卡片或文件
fallback-ask-phone = 您有能打开|マイナポータル的|手机吗？
fallback-ask-phone-text = 保存的PDF|也可以
fallback-ask-notice = 您有资格信息通知|（資格情報の|お知らせ）吗？
fallback-ask-notice-text = 健康保险机构|寄来的纸
fallback-ask-been-here = 您用现在的|健康保险|在这里|看过病吗？
fallback-ask-been-here-text = 换了保险以后|第一次来的人，|请按“否”
fallback-show-portal = 请出示|マイナポータル|的画面
fallback-show-portal-text = 请在窗口出示|个人编号卡|和マイナポータル的|“資格情報”画面
fallback-show-notice = 请出示资格信息通知|（資格情報の|お知らせ）
fallback-show-notice-text = 请与个人编号卡|一起|在窗口出示
fallback-show-spoken = 由工作人员|口头确认
fallback-show-spoken-text = 请向窗口工作人员|出示个人编号卡，|并回答提问
fallback-show-form = 请填写资格申报书|（被保険者|資格申立書）
fallback-show-form-text = 表格由窗口工作人员|交给您。|请同时出示|个人编号卡
fallback-show-certificate = 请出示资格确认书|（資格確認書）
fallback-show-certificate-text = 请出示给|窗口工作人员。|如有医疗费受给者证等，|请一并出示
fallback-show-staff = 请咨询|窗口工作人员
fallback-show-staff-text = 如知道|健康保险的名称，|会更快
fallback-desk = 去窗口

# CallStaff
staff-title = 工作人员|马上就来
staff-text = 请在此稍候
staff-here = 我是|工作人员
staff-entry-title = 请输入|工作人员号码|（6位）
staff-entry-wrong = 号码不对
staff-entry-closed = 现在|不能输入号码。|请在窗口|办理
staff-entry-training = 练习号码是|847316
still-title = 您还在使用吗？
still-text = { $seconds }秒后|将结束，|并删除|您输入的内容
still-more = 需要更多时间
away-title = 请将卡片|放回原处
away-text = 放回后|从中断处继续。|还会等|{ $seconds }秒
away-reading = 正在核对卡片

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
failure-card-gone = 卡片被移开，|办理已中止。|报到|尚未完成
    .title = 卡片|被移开了
failure-card-unreadable = 请取下卡套，|放好卡后|不要移动
    .title = 无法读卡
failure-not-my-number-card = 请只放|1张|个人编号卡
    .title = 这似乎不是|个人编号卡
failure-phone-placed = 本机|请使用|个人编号卡
    .title = 不能使用手机
failure-no-certificate = 卡内没有|电子证书，|不能用作保险证。|请到窗口咨询
    .title = 用这张卡|无法确认|保险资格
failure-certificate-unusable = 无法确认|电子证书。|请到居住地的|市区町村窗口|咨询
    .title = 用这张卡|无法确认|保险资格
failure-card-swapped = 放上的是|另一张卡。|请从头|重新开始
    .title = 不是|刚才的卡
failure-certificate-ended = 电子证书到期|已超过3个月。|可以在居住地的|市区町村窗口更新
    .title = 这张卡|不能用作保险证
failure-certificate-revoked = 搬家或挂失后|可能会失效。|请到居住地的|市区町村窗口确认
    .title = 这张卡|现在不能使用
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
failure-camera-private = 请使用密码
    .title = 摄像头|现在不能使用
failure-camera-format = 请使用密码
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
failure-clock-wrong = 可以在窗口报到
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
failure-timed-out = 因一段时间|没有操作，|办理已中止。|报到|尚未完成
    .title = 操作超时
failure-cancelled = 报到已中止
    .title = 已中止
failure-step-timed-out = 由工作人员|为您服务
    .title = 未能顺利进行
