# Bahasa Indonesia. Japanese terms stay where the patient meets them on paper.

# Around every screen
app-title = Check-in
app-subtitle = Gunakan Kartu My{"\u00A0"}Number sebagai kartu asuransi
training = Latihan – bukan check-in sebenarnya
language-name = Bahasa Indonesia
tool-language = Bahasa
    .title = Bahasa – Language
tool-display = Tampilan
    .title = Huruf dan warna
tool-sound = Suara
    .title = Suara
tool-menu = Bahasa, huruf
    .title = Bahasa, huruf, warna, suara
call-staff = Panggil petugas
cancel = Batal
cancel-reception = Hentikan check-in
step-card = Kartu
step-identity = Identitas
step-check = Asuransi
step-consent = Izin
step-done = Selesai
staff-code = Kode untuk petugas { $code }

# Buttons used on several screens
continue = Lanjut
close = Tutup
retry = Coba lagi
use-face = Pakai wajah
use-pin = Pakai PIN
back-to-start = Kembali ke awal
back = Kembali
yes = Ya
no = Tidak
date = { $day }{"\u00A0"}{ $month ->
        [1] Januari
        [2] Februari
        [3] Maret
        [4] April
        [5] Mei
        [6] Juni
        [7] Juli
        [8] Agustus
        [9] September
        [10] Oktober
        [11] November
       *[other] Desember
    }{"\u00A0"}{ $year }

# Keypad
keypad-erase = Hapus 1
keypad-clear = Hapus semua
keypad-confirm = OK
keypad-show = Lihat
keypad-hide = Samarkan
keypad-shuffle = Acak
keypad-order = Urutkan
keypad-back = Kembali
keypad-machine = Terlalu cepat, jadi tidak dipakai. Silakan masukkan lagi
display-text = Ukuran huruf
display-text-100 = Biasa
display-text-125 = Besar
display-text-150 = Lebih besar
display-text-200 = Terbesar
display-theme = Warna
display-theme-light = Terang
display-theme-dark = Gelap
display-theme-high = Kontras
display-theme-grey = Abu-abu
display-letter = A
display-comfort = Kenyamanan
display-seated = Pakai sambil duduk
display-calm = Hentikan gerak
sound-on = Dibacakan
sound-off = Tidak dibacakan
sound-volume = Volume { $count }
sound-softer = Lebih pelan
sound-louder = Lebih keras
sound-repeat = Dengar lagi
sound-other-language = Hanya bahasa Jepang dan Inggris yang dibacakan
sound-no-device = Mesin ini sedang tidak bersuara

# Idle
idle-title = Letakkan Kartu My{"\u00A0"}Number di alat pembaca kartu
idle-touch = Atau sentuh layar untuk mulai
idle-inquire = Cek status atau daftarkan kartu

# PlaceCard
place-title = Letakkan Kartu My{"\u00A0"}Number di alat pembaca kartu
place-side = Sisi foto di atas, posisi tegak
place-no-cover = Sampul
place-no-back = Belakang
place-no-two = Dua

# ReadingCard
reading-title = Sedang membaca kartu
reading-text = Jangan gerakkan kartu
already-title = Hari ini Anda sudah check-in
already-at = Check-in pukul { $time }
already-text = Ambil kartu dan mohon tunggu
already-renew = Ubah izin
already-end = Selesai

# WrongCard
wrong-remove = Ambil kartu yang ada sekarang
wrong-place = Letakkan satu Kartu My{"\u00A0"}Number saja

# ChooseMethod
choose-title = Pilih cara memastikan identitas
choose-face = Wajah
choose-face-text = Kamera memeriksa wajah Anda
choose-pin = PIN
choose-pin-text = Masukkan 4 angka
choose-help = Jika keduanya sulit, petugas akan membantu
choose-face-only = Kartu ini hanya untuk pengenalan wajah, tanpa PIN
choose-staff = Oleh petugas
choose-staff-text = Petugas membandingkan foto kartu
staff-coming-title = Petugas sedang menuju ke sini
staff-go-on = Lanjut tanpa menunggu
choose-guardian = Wali boleh memasukkan PIN untuk anak

# EnterCodeB
code-b-step = { $step } / { $steps }
code-b-birth-title = Tanggal lahir di kartu
code-b-birth-hint = Tahun, bulan, tanggal masing-masing 2 angka. Februari 02
code-b-expiry-title = Tahun habis masa berlaku di kartu
code-b-expiry-hint = 4 angka sebelum “まで有効”
code-b-security-title = Kode keamanan
code-b-security-hint = 4 angka di bawah foto
code-b-year = Thn
code-b-month = Bln
code-b-day = Tgl
code-b-tries = Sisa kesempatan: { $count }
code-b-no-try-used = Kesempatan tidak berkurang
code-b-wrong = Nomor tidak cocok. Masukkan lagi dari awal
code-b-check-again = Cocokkan dengan kartu, masukkan lagi
code-b-no-such-day = Tanggal ini tidak ada. Cocokkan dengan kartu
code-b-outside-era = { $era } tidak punya tanggal ini. Periksa tahun dan era
code-b-future = Tanggal ini belum tiba. Cocokkan dengan kartu
code-b-expiry-past = Tahun ini sudah lewat. Cocokkan dengan kartu
code-b-expiry-far = Tahun ini terlalu jauh. Cocokkan dengan kartu
era-meiji = Meiji (明治)
era-taisho = Taisho (大正)
era-showa = Showa (昭和)
era-heisei = Heisei (平成)
era-reiwa = Reiwa (令和)
era-gregorian = Masehi (西暦)

# OpeningCardFace
opening-title = Sedang membaca foto di kartu
opening-text = Jangan gerakkan kartu

# ShowCard
show-title = Tunjukkan bagian depan kartu ke kamera
show-take = Ambil kartu, tunjukkan bagian depan
show-front = Paskan sisi yang ada fotonya ke dalam bingkai
show-other-side = Tunjukkan sisi foto dengan tegak
show-nearer = Dekatkan kartu sedikit ke kamera
show-farther = Jauhkan kartu sedikit dari kamera
show-straighter = Pegang kartu dengan lurus
show-glare = Kartu memantul. Miringkan sedikit
show-finger-away = Angkat jari dari angka di bawah foto
show-hold-still = Sedang dibaca. Jangan digerakkan
show-privacy = Gambar kartu tidak disimpan
show-type = Masukkan angka kartu
show-read = Kartu sudah dibaca


# FaceCapture
face-title = Paskan wajah ke dalam bingkai
face-text = Foto diambil otomatis
face-privacy = Gambar wajah tidak disimpan
face-attempt = Percobaan ke-{ $count }
hint-none = Lihat ke kamera
hint-no-face = Masukkan wajah ke bingkai
hint-two-faces = Satu orang saja
hint-too-near = Mundur sedikit
hint-too-far = Maju sedikit
hint-off-centre = Wajah ke tengah bingkai
hint-look-here = Lihat lurus ke kamera
hint-tilted = Tegakkan kepala
hint-too-dark = Agak gelap. Hadap ke arah terang
hint-too-bright = Cahaya terlalu kuat. Ubah arah sedikit
hint-backlit = Belakang terlalu terang. Ubah arah sedikit
hint-blurred = Gambar kabur. Bergeraklah pelan-pelan
hint-mask = Turunkan masker sampai dagu
hint-brow-hidden = Angkat topi atau poni agar alis terlihat
hint-glasses-glare = Kacamata memantulkan cahaya. Lepas sebentar
hint-eyes-closed = Buka mata Anda
hint-turn-right = Palingkan wajah sedikit ke kanan
hint-turn-left = Palingkan wajah sedikit ke kiri
hint-move-a-little = Gerakkan wajah sedikit ke kiri dan kanan
hint-keep-looking = Bagus. Tetap lihat ke kamera

# FaceHelp
face-help-retry-title = Silakan coba sekali lagi
face-help-other-title = Mari pakai cara lain
face-help-distance = Jangan terlalu dekat
face-help-hair = Singkap poni
face-help-mask = Turunkan masker
face-help-hat = Lepas topi
face-help-glasses = Lepas kacamata
face-help-refused = Hari ini tidak bisa dengan pengenalan wajah. Ada cara lain

# EnterPin
pin-title = Masukkan PIN
pin-text = 4 angka yang Anda pilih saat mengambil kartu
pin-tries = Sisa kesempatan: { $count }
pin-wrong = PIN tidak cocok. Sisa kesempatan: { $count }
pin-last = Tinggal 1 kali. Jika salah, PIN akan terkunci. Jika ragu, panggil petugas
pin-proxy = Orang lain
pin-guardian = Wali boleh memasukkan PIN untuk anak
pin-by-family = Sedang dimasukkan oleh keluarga
pin-by-carer = Sedang dimasukkan oleh pendamping

# TypeOnReader
reader-pin-title = Masukkan PIN dengan tombol pembaca kartu
reader-pin-digits = Tekan 4 angka
reader-pin-enter = Tekan tombol konfirmasi
reader-pin-cancel = Untuk berhenti, tekan tombol batal

# PinLastTry
last-try-title = Mau bertanya kepada petugas?
last-try-wrong = PIN tidak cocok
last-try-left = Tinggal 1 kali
last-try-warning = Jika salah lagi, PIN akan terkunci. Membukanya perlu proses, misalnya di kantor kota (市区町村)
last-try-staff = Tanya petugas
last-try-anyway = Tetap masukkan

# AskWhoEnters
who-title = Siapa yang memasukkan?
who-text = Jangan ucapkan PIN keras-keras
who-patient = Pemilik kartu
who-family = Keluarga
who-carer = Pendamping

# PinLocked
locked-face = Anda bisa memakai pengenalan wajah
locked-staff = Bisa lewat petugas
locked-reset = Mengatur ulang PIN
locked-reset-text = Di kantor kota (市区町村) tempat Anda terdaftar sebagai penduduk
locked-now-title = PIN terkunci
locked-before = Karena salah berkali-kali sebelumnya
locked-everywhere = PIN juga tidak bisa dipakai di klinik atau apotek lain

# VisualCheck
visual-here-title = Bandingkan foto kartu dengan pasien
visual-here-text = Diisi oleh petugas
visual-same = Orang yang sama
visual-not-same = Tidak yakin

# Checking
checking-title = Sedang memeriksa asuransi
checking-challenge = Sedang menyiapkan
checking-proof = Jangan gerakkan kartu
checking-asking = Sedang menanyakan asuransi kesehatan. Mohon tunggu sebentar
checking-still = Masih menanyakan. Mohon tunggu sebentar lagi
confirm-question = Apakah ini nama pasien?
confirm-yes = Ya, benar

# Renewal
renewal-title = Sertifikat elektronik kartu segera habis masa berlakunya
renewal-text = Segera perpanjang di kantor kota (市区町村) tempat tinggal Anda
renewal-until = Berlaku sampai { $date }
renewal-usable-until = Bisa dipakai sebagai kartu asuransi sampai { $date }
renewal-today = Hari ini Anda tetap bisa check-in
renewal-grace-title = Masa berlaku sertifikat elektronik sudah habis
renewal-grace-text = Segera perpanjang di kantor kota (市区町村)
renewal-grace-limit = Riwayat perawatan, obat, dan cek kesehatan Anda tidak bisa dilihat di sini

# RegistrationStatus: words of マイナポータル where it has them
status-title-completed = Terdaftar sebagai kartu asuransi
status-title-preparing = Pendaftaran sedang disiapkan
status-title-none = Belum terdaftar sebagai kartu asuransi
status-title-unclear = Status pendaftaran tidak jelas
status-application-none = Permohonan: belum ada
status-application-accepted = Permohonan: diterima
status-application-unclear = Permohonan: tanyakan kepada petugas
status-linkage-none = Pendaftaran: belum
status-linkage-preparing = Pendaftaran: disiapkan, mohon tunggu
status-linkage-completed = Pendaftaran: selesai
status-linkage-unclear = Pendaftaran: tanyakan kepada petugas
status-registered-at = Terdaftar pada { $date }, { $time }
status-end = Selesai
status-apply = Ajukan

# RegisterOffer
register-title = Kartu My{"\u00A0"}Number perlu didaftarkan sebagai kartu asuransi
register-question = Lanjutkan?
register-time = (Perlu sedikit waktu)

# RegisterTerms
terms-title = Ketentuan Mynaportal (マイナポータル)
terms-apply = Melalui sistem Mynaportal (マイナポータル), Anda mengajukan pemakaian Kartu My{"\u00A0"}Number sebagai kartu asuransi kesehatan
terms-page = Halaman { $page } dari { $pages }
terms-sample = Contoh, bukan ketentuan asli
terms-next = Berikutnya
terms-previous = Sebelumnya
terms-agree = Setuju dan lanjut

# Registering
registering-title = Sedang mendaftarkan kartu
registering-text = Perlu sedikit waktu. Biarkan kartu di tempatnya

# Registered
registered-title = Kartu My{"\u00A0"}Number sudah terdaftar sebagai kartu asuransi
registered-next = Ambil data asuransi
refused-from = Bisa didaftarkan mulai { $date }, { $time }

# RegisterRefused
refused-today = Petugas akan memberi tahu cara check-in hari ini

# Consenting
consent-title = Penggunaan data terdahulu
consent-statement-all = Saya setuju memberikan data berikut kepada fasilitas kesehatan ini untuk pemeriksaan dan kesehatan saya
consent-question-all = Apakah Anda setuju memberikan data berikut kepada fasilitas kesehatan ini untuk perawatan dan kesehatan Anda?
consent-statement-records = Saya setuju memberikan data perawatan dan obat terdahulu, selain operasi, kepada fasilitas kesehatan ini
consent-statement-surgery = Saya setuju memberikan data operasi terdahulu kepada fasilitas kesehatan ini
consent-statement-checkup = Saya setuju memberikan data cek kesehatan terdahulu kepada fasilitas kesehatan ini
consent-statement-use = Data dipakai untuk pemeriksaan dan kesehatan saya
consent-question-records = Apakah Anda setuju memberikan data perawatan dan obat terdahulu, selain operasi, kepada fasilitas kesehatan ini?
consent-question-surgery = Apakah Anda setuju memberikan data operasi terdahulu kepada fasilitas kesehatan ini?
consent-question-checkup = Apakah Anda setuju memberikan hasil cek kesehatan (特定健診) kepada fasilitas kesehatan ini?
consent-question-use = Data dipakai untuk perawatan dan kesehatan Anda
consent-over-40 = (Usia 40 ke atas)
consent-number = { $number } dari { $of }
consent-chosen = Jawaban sekarang: { $answer }
consent-records = Perawatan dan obat
consent-given = Setuju
consent-refused = Tidak setuju
consent-one-by-one = Satu per satu
consent-refuse-under-40 = Tidak, atau di bawah 40 tahun
consent-summary-title = Apakah sudah benar?
consent-summary-line = { $what }: { $answer }
consent-change = Ubah
consent-send = Lanjutkan
consent-lasts = Izin berlaku 24 jam mulai sekarang
consent-visits = Data perawatan
consent-medicine = Data obat
consent-surgery = Data operasi
consent-checkup = Data cek kesehatan
consent-checkup-age = Usia 40 ke atas
consent-refuse-fine = Jika tidak setuju, Anda tetap bisa check-in dan berobat
consent-refuse = Tidak setuju
consent-give = Setuju
limit-title = Berikan data batas pembayaran (限度額)?
limit-text = Bila Anda memakai sistem biaya medis tinggi (高額療養費), tekan “Berikan”. Di loket Anda tidak membayar melebihi batas
limit-keep-card = Jangan ambil kartu dulu
limit-give = Berikan
limit-refuse = Jangan berikan
prescription-title = Pilih bentuk resep
prescription-electronic = Resep elektronik
prescription-electronic-text = Elektronik: hanya di apotek yang menerimanya. Tunjukkan kartu atau nomor resep (引換番号)
prescription-paper = Resep kertas
prescription-paper-text = Kertas: serahkan di apotek
subsidy-title = Pakai kartu penerima bantuan biaya medis (受給者証)?
subsidy-text = Hanya dari daerah yang ikut serta. Jika berupa kertas, tunjukkan di loket
subsidy-use = Pakai
subsidy-not = Tidak pakai

# Delivering
delivering-title = Check-in sedang diproses
delivering-text = Biarkan kartu di tempatnya, mohon tunggu

# Done
done-name = { $name }
done-title = Konfirmasi selesai
done-kana-note = ● adalah huruf yang tidak bisa ditampilkan, bukan kesalahan nama
done-print-note = ● adalah huruf yang tidak bisa ditampilkan. Gambar: nama di kartu
done-take = Jangan lupa kartu Anda!
done-take-text = Silakan ambil Kartu My{"\u00A0"}Number
done-wait = Mohon tunggu sampai dipanggil
done-counter = Silakan ke resepsionis
done-number = Silakan ambil nomor antrean
done-not-me = Ini nama orang lain
done-left = Kartu masih ada di sini

# Fallback
fallback-at-the-counter = Anda bisa check-in di loket
fallback-fee = Anda tidak perlu membayar penuh. Biaya Anda tetap seperti biasa
fallback-fee-desk = Petugas di loket akan menjelaskan biaya Anda
fallback-led = Kami pandu cara check-in hari ini
fallback-ask-certificate = Apakah Anda membawa surat bukti kepesertaan asuransi (資格確認書)?
fallback-ask-certificate-text = Kartu atau surat dari asuransi kesehatan
fallback-ask-phone = Apakah Anda membawa ponsel yang bisa membuka Mynaportal (マイナポータル)?
fallback-ask-phone-text = PDF tersimpan juga boleh
fallback-ask-notice = Apakah Anda membawa pemberitahuan kepesertaan (資格情報のお知らせ)?
fallback-ask-notice-text = Surat dari asuransi kesehatan
fallback-ask-been-here = Dengan asuransi kesehatan yang sekarang, apakah Anda pernah berobat di sini?
fallback-ask-been-here-text = Jika asuransi berganti dan ini pertama kali, tekan “Tidak”
fallback-show-portal = Tunjukkan layar Mynaportal (マイナポータル)
fallback-show-portal-text = Di loket, tunjukkan Kartu My{"\u00A0"}Number dan layar “資格情報” di Mynaportal
fallback-show-notice = Tunjukkan pemberitahuan kepesertaan (資格情報のお知らせ)
fallback-show-notice-text = Di loket, bersama Kartu My{"\u00A0"}Number
fallback-show-spoken = Petugas akan bertanya
fallback-show-spoken-text = Di loket, tunjukkan Kartu My{"\u00A0"}Number dan jawab pertanyaan
fallback-show-form = Silakan isi surat pernyataan (被保険者資格申立書)
fallback-show-form-text = Petugas loket memberi formulir. Tunjukkan juga Kartu My{"\u00A0"}Number
fallback-show-certificate = Tunjukkan surat bukti kepesertaan asuransi (資格確認書)
fallback-show-certificate-text = Tunjukkan di loket, bersama kartu penerima bantuan biaya medis (受給者証) jika ada
fallback-show-staff = Silakan bicara dengan petugas loket
fallback-show-staff-text = Lebih cepat bila tahu nama asuransi kesehatan Anda
fallback-desk = Ke loket

# CallStaff
staff-title = Petugas segera datang
staff-text = Mohon tunggu di sini
staff-here = Saya petugas
staff-entry-title = Masukkan 6 angka petugas
staff-entry-wrong = Kode salah
staff-entry-closed = Kode tidak diterima sekarang. Bantu pasien di loket
staff-entry-training = Kode latihan adalah 847316
still-title = Apakah Anda masih memakai mesin ini?
still-text = Dalam { $seconds } detik proses berakhir dan isian dihapus
still-more = Perlu waktu lagi
away-title = Letakkan lagi kartu di alat pembaca
away-text = Lanjut dari posisi tadi. Kami tunggu { $seconds } detik
away-reading = Sedang memeriksa kartu

# Stopped
stopped-nothing-kept = Semua yang dimasukkan sudah dihapus
stopped-take = Silakan ambil kartu

# OutOfOrder
out-title = Mesin ini sedang tidak bisa dipakai
out-text = Maaf, silakan ke resepsionis

# CleaningUp
cleaning-title = Sedang mengakhiri
cleaning-text = Sedang menghapus yang dimasukkan

# Failures
failure-card-service-stopped = Silakan ke resepsionis
    .title = Mesin ini sedang tidak bisa dipakai
failure-reader-gone = Silakan ke resepsionis
    .title = Mesin ini sedang tidak bisa dipakai
failure-card-gone = Kartu terangkat, jadi check-in dihentikan. Anda belum check-in
    .title = Kartu terangkat
failure-card-unreadable = Lepas sampul, letakkan kartu, jangan digerakkan
    .title = Kartu tidak terbaca
failure-not-my-number-card = Letakkan satu Kartu My{"\u00A0"}Number saja
    .title = Sepertinya bukan Kartu My{"\u00A0"}Number
failure-phone-placed = Di mesin ini pakai Kartu My{"\u00A0"}Number
    .title = Ponsel tidak bisa dipakai
failure-no-certificate = Kartu tidak memiliki sertifikat elektronik, jadi tidak bisa dipakai sebagai kartu asuransi. Silakan ke loket
    .title = Kartu ini tidak bisa dipakai
failure-certificate-unusable = Sertifikat elektronik tidak dapat dipastikan. Tanyakan di kantor kota (市区町村) tempat tinggal Anda
    .title = Kartu ini tidak bisa dipakai
failure-card-swapped = Kartu berbeda dari tadi. Silakan mulai lagi
    .title = Kartu berganti
failure-certificate-ended = Masa berlaku sertifikat elektronik sudah habis lebih dari 3 bulan lalu. Bisa diperpanjang di kantor kota (市区町村)
    .title = Kartu ini tidak bisa dipakai sebagai kartu asuransi
failure-certificate-revoked = Bisa terjadi setelah pindah atau lapor hilang. Tanyakan di kantor kota (市区町村)
    .title = Kartu ini sedang tidak bisa dipakai
failure-pin-wrong = Periksa lalu masukkan sekali lagi
    .title = PIN tidak cocok
failure-pin-blocked = Karena salah berkali-kali
    .title = PIN terkunci
failure-pin-absent = Kartu ini tidak punya PIN
    .title = PIN tidak bisa dipakai
failure-code-b-implausible = Periksa lagi tanggal lahir dan tahun habis masa berlaku
    .title = Periksa nomornya
failure-code-b-wrong = Periksa lagi angka di kartu
    .title = Nomor tidak cocok
failure-code-b-blocked = Silakan pakai PIN
    .title = Pengenalan wajah tidak bisa dipakai
failure-no-portrait = Kartu tidak punya foto. Silakan pakai PIN
    .title = Pengenalan wajah tidak bisa dipakai
failure-card-face-invalid = Petugas akan membantu Anda
    .title = Foto di kartu tidak dapat dipastikan
failure-face-not-confirmed = Anda bisa check-in dengan cara lain
    .title = Wajah belum dapat dipastikan
failure-face-not-live = Petugas akan membantu
    .title = Wajah belum dapat dipastikan
failure-camera-gone = Silakan pakai PIN
    .title = Kamera sedang tidak bisa dipakai
failure-camera-no-picture = Silakan pakai PIN
    .title = Kamera sedang tidak bisa dipakai
failure-camera-busy = Silakan pakai PIN
    .title = Kamera sedang tidak bisa dipakai
failure-camera-private = Silakan pakai PIN
    .title = Kamera sedang tidak bisa dipakai
failure-camera-format = Silakan pakai PIN
    .title = Kamera sedang tidak bisa dipakai
failure-face-models-invalid = Silakan pakai PIN
    .title = Pengenalan wajah sedang tidak bisa dipakai
failure-gateway-unreachable = Anda bisa check-in di loket
    .title = Saat ini asuransi tidak bisa diperiksa
failure-gateway-timeout = Anda bisa check-in di loket
    .title = Saat ini asuransi tidak bisa diperiksa
failure-gateway-tls = Anda bisa check-in di loket
    .title = Saat ini asuransi tidak bisa diperiksa
failure-terminal-refused = Anda bisa check-in di loket
    .title = Saat ini asuransi tidak bisa diperiksa
failure-check-refused = Anda bisa check-in di loket
    .title = Saat ini asuransi tidak bisa diperiksa
failure-gateway-fault = Anda bisa check-in di loket
    .title = Saat ini asuransi tidak bisa diperiksa
failure-gateway-answer-invalid = Anda bisa check-in di loket
    .title = Saat ini asuransi tidak bisa diperiksa
failure-clock-wrong = Anda bisa check-in di loket
    .title = Saat ini asuransi tidak bisa diperiksa
failure-not-registered = Belum terdaftar sebagai kartu asuransi. Anda tetap bisa check-in di loket
    .title = Saat ini asuransi tidak bisa diperiksa
failure-registration-not-yet = Setelah urusan di kantor kota (市区町村), bisa didaftarkan mulai siang pada hari kerja berikutnya
    .title = Hari ini belum bisa didaftarkan
failure-not-confirmed = Petugas di loket akan membantu
    .title = Asuransi tidak dapat dipastikan
failure-journal-unwritable = Anda bisa check-in di loket
    .title = Saat ini asuransi tidak bisa diperiksa
failure-handoff-unwritable = Petugas akan meneruskan check-in
    .title = Check-in belum selesai
failure-wrong-name = Semua yang tampil sudah dihapus. Petugas segera datang
    .title = Terima kasih sudah memberi tahu
failure-timed-out = Layar lama tidak disentuh, jadi check-in dihentikan. Anda belum check-in
    .title = Check-in dihentikan
failure-cancelled = Check-in dibatalkan
    .title = Dibatalkan
failure-step-timed-out = Petugas akan membantu Anda
    .title = Ada yang tidak berjalan
