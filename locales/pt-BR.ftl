# Português (Brasil). Japanese terms stay where the patient meets them on paper.

# Around every screen
app-title = Recepção
app-subtitle = Use o cartão My{"\u00A0"}Number como cartão do seguro de saúde
training = Treinamento – não é um check-in real
language-name = Português
tool-language = Idioma
    .title = Idioma – Language
tool-display = Letra, cor
    .title = Letra e cor
tool-sound = Som
    .title = Som
tool-menu = Idioma, letra
    .title = Idioma, letra, cor, som
call-staff = Chamar equipe
cancel = Cancelar
cancel-reception = Sair do check-in
step-card = Cartão
step-identity = Identidade
step-check = Seguro
step-consent = Permissão
step-done = Fim
staff-code = Código para a equipe { $code }

# Buttons used on several screens
continue = Continuar
close = Fechar
retry = Tentar de novo
use-face = Usar o rosto
use-pin = Usar a senha
back-to-start = Voltar ao início
back = Voltar
yes = Sim
no = Não
date = { $day }{"\u00A0"}de{"\u00A0"}{ $month ->
        [1] janeiro
        [2] fevereiro
        [3] março
        [4] abril
        [5] maio
        [6] junho
        [7] julho
        [8] agosto
        [9] setembro
        [10] outubro
        [11] novembro
       *[other] dezembro
    }{"\u00A0"}de{"\u00A0"}{ $year }

# Keypad
keypad-erase = Apagar 1
keypad-clear = Limpar
keypad-confirm = OK
keypad-show = Mostrar
keypad-hide = Ocultar
keypad-shuffle = Misturar
keypad-order = Em ordem
keypad-back = Voltar
keypad-machine = A digitação foi rápida demais e não foi usada. Digite de novo
display-text = Tamanho da letra
display-text-100 = Normal
display-text-125 = Grande
display-text-150 = Maior
display-text-200 = Máxima
display-theme = Cores
display-theme-light = Claro
display-theme-dark = Escuro
display-theme-high = Contraste
display-theme-grey = Cinza
display-letter = A
display-comfort = Conforto
display-seated = Usar na cadeira
display-calm = Parar animação
sound-on = Com leitura
sound-off = Sem leitura
sound-volume = Volume { $count }
sound-softer = Mais baixo
sound-louder = Mais alto
sound-repeat = Ouvir de novo
sound-other-language = A leitura é só em japonês e inglês
sound-no-device = Esta máquina está sem som agora

# Idle
idle-title = Coloque o cartão My{"\u00A0"}Number no leitor
idle-touch = Ou toque na tela para começar
idle-inquire = Ver ou fazer o registro do cartão

# PlaceCard
place-title = Coloque o cartão My{"\u00A0"}Number no leitor
place-side = Foto para cima, na vertical
place-no-cover = Com capa
place-no-back = Verso
place-no-two = Dois

# ReadingCard
reading-title = Lendo o cartão
reading-text = Não mexa no cartão
already-title = Você já fez o check-in hoje
already-at = Check-in feito às { $time }
already-text = Retire o cartão e aguarde
already-renew = Mudar a permissão
already-end = Terminar

# WrongCard
wrong-remove = Retire o que está no leitor
wrong-place = Coloque só o cartão My{"\u00A0"}Number

# ChooseMethod
choose-title = Escolha como confirmar sua identidade
choose-face = Rosto
choose-face-text = A câmera confirma o seu rosto
choose-pin = Senha
choose-pin-text = Digite 4 números
choose-help = Se as duas forem difíceis, a equipe ajuda
choose-face-only = Este cartão só permite reconhecimento facial. Não tem senha
choose-staff = Com a equipe
choose-staff-text = A equipe compara você com a foto do cartão
staff-coming-title = A equipe está a caminho
staff-go-on = Continuar sem esperar
choose-guardian = Responsáveis podem digitar a senha pela criança

# EnterCodeB
code-b-step = { $step } / { $steps }
code-b-birth-title = Data de nascimento no cartão
code-b-birth-hint = Ano, mês e dia com 2 números. Fevereiro é 02
code-b-expiry-title = Ano de validade no cartão
code-b-expiry-hint = 4 números antes de “まで有効”
code-b-security-title = Código de segurança
code-b-security-hint = 4 números abaixo da foto
code-b-year = Ano
code-b-month = Mês
code-b-day = Dia
code-b-tries = Tentativas restantes: { $count }
code-b-no-try-used = Nenhuma tentativa foi usada
code-b-wrong = Número incorreto. Digite de novo desde o início
code-b-check-again = Compare com o cartão e digite de novo
code-b-no-such-day = Essa data não existe. Confira o cartão
code-b-outside-era = { $era } não tem essa data. Confira o ano e a era
code-b-future = Essa data ainda não chegou. Confira o cartão
code-b-expiry-past = Esse ano já passou. Confira o cartão
code-b-expiry-far = Esse ano está longe demais. Confira o cartão
era-meiji = Meiji (明治)
era-taisho = Taisho (大正)
era-showa = Showa (昭和)
era-heisei = Heisei (平成)
era-reiwa = Reiwa (令和)
era-gregorian = Ocidental (西暦)

# OpeningCardFace
opening-title = Lendo a foto do cartão
opening-text = Não mexa no cartão

# ShowCard
show-title = Mostre a frente do cartão para a câmera
show-take = Tire o cartão e mostre a frente
show-front = Coloque o lado com a foto no contorno
show-other-side = Mostre o lado com a foto, na posição certa
show-nearer = Aproxime um pouco o cartão da câmera
show-farther = Afaste um pouco o cartão da câmera
show-straighter = Segure o cartão reto
show-glare = Há reflexo. Incline um pouco o cartão
show-finger-away = Tire o dedo dos números abaixo da foto
show-hold-still = Lendo. Não mova o cartão
show-privacy = A imagem do cartão não é salva
show-type = Digitar os números do cartão
show-read = O cartão foi lido


# FaceCapture
face-title = Posicione o rosto no contorno
face-text = A foto é tirada automaticamente
face-privacy = A imagem não é salva
face-attempt = Tentativa { $count }
hint-none = Olhe para a câmera
hint-no-face = Ponha o rosto no contorno
hint-two-faces = Só uma pessoa, por favor
hint-too-near = Afaste-se um pouco
hint-too-far = Chegue um pouco mais perto
hint-off-centre = Ponha o rosto no centro
hint-look-here = Olhe direto para a câmera
hint-tilted = Deixe a cabeça reta
hint-too-dark = Está escuro. Vire para a luz
hint-too-bright = Luz forte demais. Vire um pouco
hint-backlit = Muita luz atrás. Vire um pouco
hint-blurred = A imagem está tremida. Mova-se devagar
hint-mask = Abaixe a máscara até o queixo
hint-brow-hidden = Levante o chapéu ou a franja e mostre as sobrancelhas
hint-glasses-glare = Os óculos refletem luz. Tire-os um momento
hint-eyes-closed = Abra os olhos
hint-turn-right = Vire o rosto um pouco para a direita
hint-turn-left = Vire o rosto um pouco para a esquerda
hint-move-a-little = Vire o rosto um pouco para os lados
hint-keep-looking = Muito bem. Continue olhando para a câmera

# FaceHelp
face-help-retry-title = Tente mais uma vez
face-help-other-title = Vamos usar outra forma
face-help-distance = Não muito perto
face-help-hair = Levante a franja
face-help-mask = Abaixe a máscara
face-help-hat = Tire o chapéu
face-help-glasses = Tire os óculos
face-help-refused = Hoje não foi possível o reconhecimento facial. Há outra forma

# EnterPin
pin-title = Digite a senha
pin-text = Os 4 números que você escolheu ao receber o cartão
pin-tries = Tentativas restantes: { $count }
pin-wrong = Senha errada. Tentativas restantes: { $count }
pin-last = Última tentativa. Se errar, a senha bloqueia. Na dúvida, chame a equipe
pin-proxy = Outra pessoa
pin-guardian = Responsáveis podem digitar a senha pela criança
pin-by-family = Um familiar está digitando
pin-by-carer = Acompanhante está digitando

# TypeOnReader
reader-pin-title = Digite a senha nas teclas do leitor de cartão
reader-pin-digits = Aperte os 4 números
reader-pin-enter = Aperte a tecla de confirmar
reader-pin-cancel = Para parar, aperte a tecla de cancelar

# PinLastTry
last-try-title = Falar com a equipe?
last-try-wrong = Senha incorreta
last-try-left = Resta só 1 tentativa
last-try-warning = Outro erro bloqueia a senha. Para desbloquear é preciso um trâmite, por exemplo na prefeitura (市区町村)
last-try-staff = Falar com a equipe
last-try-anyway = Digitar mesmo assim

# AskWhoEnters
who-title = Quem vai digitar?
who-text = Não diga a senha em voz alta
who-patient = Titular
who-family = Família
who-carer = Acompanhante

# PinLocked
locked-face = Você pode usar o reconhecimento facial
locked-staff = A equipe pode confirmar
locked-reset = Para redefinir a senha
locked-reset-text = Na prefeitura (市区町村) onde você tem registro de residência
locked-now-title = A senha foi bloqueada
locked-before = Houve erros seguidos anteriormente
locked-everywhere = A senha também não funciona em outras clínicas e farmácias

# VisualCheck
visual-here-title = Compare o paciente com a foto do cartão
visual-here-text = Só a equipe responde
visual-same = É a pessoa
visual-not-same = Não confirmo

# Checking
checking-title = Verificando o seguro
checking-challenge = Preparando
checking-proof = Não mexa no cartão
checking-asking = Consultando o seguro de saúde. Aguarde um momento
checking-still = Ainda consultando. Aguarde mais um pouco
confirm-question = Este é o nome de quem vai consultar?
confirm-yes = Sim, está certo

# Renewal
renewal-title = O certificado eletrônico do cartão vai vencer
renewal-text = Renove logo na prefeitura (市区町村) da sua cidade
renewal-until = Vence em { $date }
renewal-usable-until = Como cartão do seguro, vale até { $date }
renewal-today = Hoje você pode fazer o check-in normalmente
renewal-grace-title = O certificado eletrônico do cartão venceu
renewal-grace-text = Renove já na prefeitura (市区町村)
renewal-grace-limit = Aqui não será possível ver seu histórico de consultas, remédios e check-up

# RegistrationStatus: words of マイナポータル where it has them
status-title-completed = Registrado como cartão do seguro
status-title-preparing = Registro em preparação
status-title-none = Ainda não registrado como cartão do seguro
status-title-unclear = Situação do registro incerta
status-application-none = Pedido: nenhum
status-application-accepted = Pedido: aceito
status-application-unclear = Pedido: pergunte à equipe
status-linkage-none = Registro: não registrado
status-linkage-preparing = Registro: em preparação, aguarde
status-linkage-completed = Registro: concluído
status-linkage-unclear = Registro: pergunte à equipe
status-registered-at = Registrado em { $date }, { $time }
status-end = Terminar
status-apply = Solicitar

# RegisterOffer
register-title = É preciso registrar o cartão My{"\u00A0"}Number como cartão do seguro de saúde
register-question = Deseja continuar?
register-time = (Demora um pouco)

# RegisterTerms
terms-title = Termos de uso do Mynaportal (マイナポータル)
terms-apply = Pelo sistema Mynaportal (マイナポータル), você solicita o uso do cartão My{"\u00A0"}Number como cartão do seguro de saúde
terms-page = Página { $page } de { $pages }
terms-sample = Amostra, não são os termos reais
terms-next = Próxima página
terms-previous = Página anterior
terms-agree = Concordar e continuar

# Registering
registering-title = Registrando o cartão
registering-text = Demora um pouco. Deixe o cartão no lugar

# Registered
registered-title = O cartão My{"\u00A0"}Number foi registrado como cartão do seguro
registered-next = Obter dados do seguro
refused-from = É possível a partir de { $date }, { $time }

# RegisterRefused
refused-today = A equipe explica como fazer o check-in hoje

# Consenting
consent-title = Uso do seu histórico médico
consent-statement-all = Concordo em fornecer estes dados a esta instituição de saúde. São usados na minha consulta e nos cuidados da minha saúde
consent-question-all = Você concorda em fornecer estes dados a esta instituição de saúde? São usados no seu tratamento e nos cuidados da sua saúde
consent-statement-records = Concordo em fornecer a esta instituição de saúde meu histórico de consultas e remédios, exceto cirurgias
consent-statement-surgery = Concordo em fornecer a esta instituição de saúde meu histórico de cirurgias
consent-statement-checkup = Concordo em fornecer a esta instituição de saúde meu histórico de check-up
consent-statement-use = São usados na minha consulta e nos cuidados da minha saúde
consent-question-records = Você concorda em fornecer a esta instituição de saúde seu histórico de consultas e remédios, exceto cirurgias?
consent-question-surgery = Você concorda em fornecer a esta instituição de saúde seu histórico de cirurgias?
consent-question-checkup = Você concorda em fornecer a esta instituição de saúde o resultado do check-up (特定健診)?
consent-question-use = São usados no seu tratamento e nos cuidados da sua saúde
consent-over-40 = (A partir de 40 anos)
consent-number = { $number } de { $of }
consent-chosen = Sua resposta agora: { $answer }
consent-records = Consultas e remédios
consent-given = Concordo
consent-refused = Não concordo
consent-one-by-one = Um por um
consent-refuse-under-40 = Não, ou menos de 40 anos
consent-summary-title = Está certo assim?
consent-summary-line = { $what }: { $answer }
consent-change = Mudar
consent-send = Continuar assim
consent-lasts = Sua permissão vale por 24 horas a partir de agora
consent-visits = Consultas
consent-medicine = Remédios
consent-surgery = Cirurgias
consent-checkup = Check-up de saúde
consent-checkup-age = A partir de 40 anos
consent-refuse-fine = Se não concordar, você ainda pode fazer o check-in e a consulta
consent-refuse = Não concordo
consent-give = Concordo
limit-title = Fornecer os dados do limite de pagamento (限度額)?
limit-text = Se usa o sistema de despesas médicas de alto custo (高額療養費), toque em “Fornecer”. No balcão você não paga acima do limite
limit-keep-card = Ainda não retire o cartão
limit-give = Fornecer
limit-refuse = Não fornecer
prescription-title = Como quer a receita médica?
prescription-electronic = Eletrônica
prescription-electronic-text = Eletrônica: só em farmácias que aceitam. Mostre o cartão ou o número da receita (引換番号)
prescription-paper = Em papel
prescription-paper-text = Papel: entregue na farmácia
subsidy-title = Usar certificado de assistência às despesas médicas (受給者証)?
subsidy-text = Só de municípios participantes. Se for de papel, mostre no balcão
subsidy-use = Usar
subsidy-not = Não usar

# Delivering
delivering-title = Concluindo o check-in
delivering-text = Deixe o cartão no lugar e aguarde um momento

# Done
done-name = { $name }
done-title = Confirmação concluída
done-kana-note = ● é uma letra que a máquina não mostra. Seu nome não está errado
done-print-note = ● é uma letra que a máquina não mostra. A imagem é o nome no cartão
done-take = Não esqueça o cartão!
done-take-text = Retire o cartão My{"\u00A0"}Number
done-wait = Aguarde até chamarem você
done-counter = Vá ao balcão da recepção
done-number = Pegue um número de espera
done-not-me = É o nome de outra pessoa
done-left = O cartão ainda está aqui

# Fallback
fallback-at-the-counter = Você pode fazer o check-in no balcão
fallback-fee = Você não paga o valor total. Paga a mesma parte de sempre
fallback-fee-desk = No balcão, a equipe explica quanto você paga
fallback-led = Algumas perguntas mostram como fazer o check-in hoje
fallback-ask-certificate = Você está com o certificado de elegibilidade (Shikaku Kakuninsho, 資格確認書)?
fallback-ask-certificate-text = Cartão ou papel enviado pelo seu seguro de saúde
fallback-ask-phone = Você está com um celular que abre o Mynaportal (マイナポータル)?
fallback-ask-phone-text = Pode ser um PDF salvo
fallback-ask-notice = Você está com o aviso de elegibilidade (Shikaku Joho no Oshirase, 資格情報のお知らせ)?
fallback-ask-notice-text = Papel enviado pelo seu seguro de saúde
fallback-ask-been-here = Com o seguro de saúde atual, você já fez consulta aqui?
fallback-ask-been-here-text = Se o seguro mudou e é a primeira vez, toque em “Não”
fallback-show-portal = Mostre a tela do Mynaportal (マイナポータル)
fallback-show-portal-text = No balcão, mostre o cartão My{"\u00A0"}Number e a tela “資格情報” do Mynaportal
fallback-show-notice = Mostre o aviso de elegibilidade (資格情報のお知らせ)
fallback-show-notice-text = No balcão, junto com o cartão My{"\u00A0"}Number
fallback-show-spoken = A equipe fará perguntas
fallback-show-spoken-text = No balcão, mostre o cartão My{"\u00A0"}Number e responda
fallback-show-form = Preencha a declaração (被保険者資格申立書)
fallback-show-form-text = A equipe do balcão entrega o formulário. Mostre também o cartão My{"\u00A0"}Number
fallback-show-certificate = Mostre o certificado de elegibilidade (資格確認書)
fallback-show-certificate-text = Mostre no balcão, com o certificado de assistência às despesas médicas (受給者証), se tiver
fallback-show-staff = Fale com a equipe no balcão
fallback-show-staff-text = Ajuda saber o nome do seu seguro de saúde
fallback-desk = Ir ao balcão

# CallStaff
staff-title = A equipe já vem
staff-text = Aguarde aqui
staff-here = Sou da equipe
staff-entry-title = Digite os 6 dígitos da equipe
staff-entry-wrong = Código incorreto
staff-entry-closed = Nenhum código é aceito agora. Atenda o paciente no balcão
staff-entry-training = No treino o código é 847316
still-title = Você ainda está aí?
still-text = Em { $seconds } segundos o check-in termina e tudo o que foi digitado é apagado
still-more = Preciso de mais tempo
away-title = Coloque o cartão de volta no leitor
away-text = Continua de onde parou. Esperamos { $seconds } segundos
away-reading = Conferindo o cartão

# Stopped
stopped-nothing-kept = Tudo o que foi digitado foi apagado
stopped-take = Retire o cartão

# OutOfOrder
out-title = Esta máquina não está funcionando
out-text = Desculpe. Vá ao balcão da recepção

# CleaningUp
cleaning-title = Encerrando
cleaning-text = Apagando o que foi digitado

# Failures
failure-card-service-stopped = Vá ao balcão da recepção
    .title = Esta máquina não está funcionando
failure-reader-gone = Vá ao balcão da recepção
    .title = Esta máquina não está funcionando
failure-card-gone = O cartão foi retirado e o check-in foi interrompido. Você ainda não fez o check-in
    .title = O cartão foi retirado
failure-card-unreadable = Tire o cartão da capa, coloque-o e não mexa
    .title = Não foi possível ler o cartão
failure-not-my-number-card = Coloque só o cartão My{"\u00A0"}Number
    .title = Não parece ser um cartão My{"\u00A0"}Number
failure-phone-placed = Use o cartão My{"\u00A0"}Number nesta máquina
    .title = Celular não funciona aqui
failure-no-certificate = O cartão não tem certificado eletrônico e não serve como cartão do seguro. Vá ao balcão
    .title = Este cartão não permite verificar o seguro
failure-certificate-unusable = Não foi possível confirmar o certificado eletrônico. Pergunte na prefeitura (市区町村) da sua cidade
    .title = Este cartão não permite verificar o seguro
failure-card-swapped = Foi colocado outro cartão. Comece de novo
    .title = O cartão mudou
failure-certificate-ended = O certificado eletrônico venceu há mais de 3 meses. Renove na prefeitura (市区町村)
    .title = Este cartão não serve como cartão do seguro
failure-certificate-revoked = Pode ocorrer após mudança ou aviso de perda. Pergunte na prefeitura (市区町村)
    .title = Este cartão não pode ser usado agora
failure-pin-wrong = Confira a senha e digite de novo
    .title = Senha incorreta
failure-pin-blocked = Houve erros seguidos
    .title = A senha está bloqueada
failure-pin-absent = Este cartão não tem senha
    .title = Não é possível usar a senha
failure-code-b-implausible = Confira a data de nascimento e o ano de validade
    .title = Confira os números
failure-code-b-wrong = Confira os números do cartão
    .title = Números incorretos
failure-code-b-blocked = Use a senha
    .title = Não é possível usar o reconhecimento facial
failure-no-portrait = O cartão não tem foto. Use a senha
    .title = Não é possível usar o reconhecimento facial
failure-card-face-invalid = A equipe vai atender você
    .title = Não foi possível confirmar a foto do cartão
failure-face-not-confirmed = Há outra forma de fazer o check-in
    .title = Não foi possível ver bem o rosto
failure-face-not-live = A equipe vai ajudar
    .title = Não foi possível ver bem o rosto
failure-camera-gone = Use a senha
    .title = A câmera não funciona agora
failure-camera-no-picture = Use a senha
    .title = A câmera não funciona agora
failure-camera-busy = Use a senha
    .title = A câmera não funciona agora
failure-camera-private = Use a senha
    .title = A câmera não funciona agora
failure-camera-format = Use a senha
    .title = A câmera não funciona agora
failure-face-models-invalid = Use a senha
    .title = O reconhecimento facial não funciona agora
failure-gateway-unreachable = Você pode fazer o check-in no balcão
    .title = Não é possível verificar o seguro agora
failure-gateway-timeout = Você pode fazer o check-in no balcão
    .title = Não é possível verificar o seguro agora
failure-gateway-tls = Você pode fazer o check-in no balcão
    .title = Não é possível verificar o seguro agora
failure-terminal-refused = Você pode fazer o check-in no balcão
    .title = Não é possível verificar o seguro agora
failure-check-refused = Você pode fazer o check-in no balcão
    .title = Não é possível verificar o seguro agora
failure-gateway-fault = Você pode fazer o check-in no balcão
    .title = Não é possível verificar o seguro agora
failure-gateway-answer-invalid = Você pode fazer o check-in no balcão
    .title = Não é possível verificar o seguro agora
failure-clock-wrong = Você pode fazer o check-in no balcão
    .title = Não é possível verificar o seguro agora
failure-not-registered = O cartão não está registrado como cartão do seguro. Você pode fazer o check-in no balcão
    .title = Não é possível verificar o seguro agora
failure-registration-not-yet = Depois do trâmite na prefeitura (市区町村), o registro é possível a partir da tarde do próximo dia útil
    .title = Hoje ainda não é possível registrar
failure-not-confirmed = A equipe atende você no balcão
    .title = Não foi possível confirmar o seguro
failure-journal-unwritable = Você pode fazer o check-in no balcão
    .title = Não é possível verificar o seguro agora
failure-handoff-unwritable = A equipe vai concluir o check-in
    .title = O check-in ainda não terminou
failure-wrong-name = Tudo o que foi mostrado foi apagado. A equipe já vem
    .title = Agradecemos o aviso
failure-timed-out = A tela ficou um tempo sem toque e o check-in foi interrompido. Você ainda não fez o check-in
    .title = Check-in interrompido
failure-cancelled = O check-in foi cancelado
    .title = Cancelado
failure-step-timed-out = A equipe vai atender você
    .title = Algo não funcionou
