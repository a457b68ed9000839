"""Ordinary Indonesian sentences that only sound like a signal, each beside a near twin that is one."""

from __future__ import annotations

# The fact; a sentence that does not say it; one that nearly reads the same and does.
PAIRS = [
    # Reports of what is done, habits and timetables promise nothing.
    (
        "promise",
        "Minggu ini kami sudah mengirim 40 karton ke gudang.",
        "Minggu ini kami akan mengirim revisi kontraknya.",
    ),
    ("promise", "Kami kirim barang tiap Selasa dan Jumat.", "Drafnya kami kirim Jumat ini."),
    ("promise", "Biasanya kami balas email dalam satu hari kerja.", "Kami balas paling lambat besok, Bu."),
    ("promise", "Direksi rapat setiap awal bulan.", "Direksi akan memutuskan awal bulan depan."),
    ("promise", "Hasil panen tahun ini lebih bagus dari tahun lalu.", "Hasil seleksinya keluar hari Jumat."),
    ("promise", "Perjalanan ke Bogor agak lama karena macet.", "Prosesnya agak lama karena ada audit."),
    ("promise", "Tim sedang mengumpulkan donasi untuk korban banjir.", "Penawaran Bapak masih kami pelajari."),
    ("promise", "Tadi Bu Farah bertanya soal itu, ya saya jawab apa adanya.", "Soal itu besok saya jawab ya, Bu."),
    ("promise", "Klien mereka minta waktu sampai Senin.", "Kami minta waktu sampai Senin ya, Pak."),
    # Couriers, technicians and raffles call about other things.
    ("hold_off", "Kurir akan menghubungi Anda sebelum datang.", "Tim rekrutmen kami yang akan menghubungi Anda."),
    ("hold_off", "Jangan telepon saya di atas jam 10 malam ya.", "Tidak perlu telepon panitia untuk menanyakan hasil."),
    ("hold_off", "Kami hanya memproses pesanan yang sudah dibayar.", "Kami hanya menghubungi pelamar yang lolos."),
    (
        "hold_off",
        "Kalau tidak ada materai, suratnya dianggap tidak sah.",
        "Kalau tidak ada kabar sampai Jumat, berarti belum lolos.",
    ),
    # Help desks and conditions of another kind.
    (
        "check_back",
        "Kalau barang belum datang sampai sore, tanyakan ke bagian penerimaan.",
        "Kalau sampai Kamis belum ada kabar, tanya saya lagi ya.",
    ),
    ("check_back", "Telepon saya tadi tidak aktif, baterainya habis.", "Telepon saya lagi hari Rabu ya."),
    # Praise of films, food and weather.
    ("interest", "Film yang kami tonton semalam bagus banget.", "Portofolionya bagus banget, Mbak."),
    ("interest", "Saya suka kopi di kantin itu.", "Kami suka sekali dengan konsep yang Kakak kirim."),
    ("interest", "Produk kami cocok untuk kulit sensitif.", "Profil Bapak cocok dengan kebutuhan kami."),
    (
        "interest",
        "Kandidat terkuat pemilihan ketua RT adalah Pak Darmo.",
        "Kakak termasuk kandidat terkuat kami sejauh ini.",
    ),
    # Not received, not fitting, not working: no answer to an offer.
    ("rejection", "Kami belum menerima barangnya sampai sekarang.", "Kami belum bisa menerima tawaran kerja samanya."),
    ("rejection", "Kurirnya tidak menerima pembayaran tunai.", "Kami tidak dapat menerima proposal Bapak."),
    ("rejection", "Barangnya tidak sesuai foto, saya kecewa.", "Profilnya tidak sesuai dengan kriteria kami."),
    ("rejection", "Adik saya tidak lolos seleksi polisi.", "Kakak tidak lolos ke tahap berikutnya."),
    ("rejection", "Posisi parkir sudah penuh sejak jam tujuh.", "Posisi yang Mas lamar sudah terisi."),
    ("rejection", "Kami ambil jalan lain karena ada perbaikan jembatan.", "Kami akhirnya pakai vendor lain, Mas."),
    ("rejection", "Artikel kami ditolak jurnalnya, namanya juga usaha.", "Penawaran Saudara ditolak panitia."),
    # Somebody else's projects.
    ("on_hold", "Posisi kamera digeser sedikit ke kiri.", "Posisi ini di-hold dulu oleh manajemen."),
    ("on_hold", "Pekerjaan rumah ditunda dulu, sekarang istirahat.", "Proyeknya ditunda dulu sampai tahun depan."),
    ("on_hold", "Anggaran dapur sudah habis sebelum tanggal tua.", "Anggaran pelatihan kami sudah dipotong."),
    # Parcels, leave, other people's luck.
    ("offer", "Paket sudah diterima resepsionis.", "Proposalnya sudah disetujui direksi."),
    ("offer", "Kontraknya sudah ditandatangani bulan Maret.", "Kontrak kerjanya siap ditandatangani, Mas."),
    ("offer", "Pengajuan cuti saya disetujui.", "Pengajuan Ibu disetujui komite."),
    ("offer", "Katanya Mas Rian sudah diterima di tambang.", "Selamat, Kakak diterima sebagai staf keuangan."),
    ("offer", "Oke jadi begini ceritanya.", "Oke deal, kami ambil paket itu."),
    ("offer", "Selamat bergabung di grup alumni!", "Selamat bergabung dengan tim kami!"),
    # A day and an hour alone make no appointment.
    ("schedule", "Jumat jam 3 kantor sudah sepi.", "Jumat jam 3 saya bisa, Pak."),
    ("schedule", "Rapat mingguan kami selalu hari Senin jam 9.", "Rapat evaluasi kita hari Senin jam 9."),
    ("schedule", "Waktu itu saya masih kuliah di Bandung.", "Jam segitu cocok untuk saya, Bu."),
    ("schedule", "Kemarin rapatnya molor sampai jam 6.", "Rapatnya diundur ke hari Selasa jam 6."),
    ("schedule", "Reschedule hanya boleh sekali menurut kebijakan kami.", "Bisa reschedule interview-nya ke Kamis?"),
    ("schedule", "Sampai jumpa lagi di kesempatan lain.", "Sampai jumpa hari Selasa di kantor."),
    ("schedule", "Rapat tadi tidak jadi membahas bonus.", "Rapat besok tidak jadi ya, Pak."),
    # Rhetoric, small talk and adverts ask nothing.
    ("question", "Siapa yang tidak mau liburan gratis?", "Siapa yang akan hadir dari pihak Bapak?"),
    ("question", "Mau cepat sampai? Naik kereta saja.", "Mau dikirim ke alamat mana?"),
    ("question", "Seru banget ya acaranya kemarin?", "Jadi acaranya hari apa ya, Bu?"),
    # Nouns that look like imperatives, general rules, what third parties want.
    ("request", "Isi kardusnya 24 botol.", "Mohon isi formulirnya sebelum Jumat."),
    ("request", "Cek tiket bisa di aplikasi atau di loket.", "Tolong cek tiket nomor 12 ya."),
    ("request", "Auditor minta salinan kontrak dan sudah kami berikan.", "Kami minta salinan kontraknya, Pak."),
    ("request", "Klien sebelah minta revisi terus.", "Mohon revisi halaman dua ya, Mas."),
    ("request", "Silakan ambil nasi kotak di pantry.", "Silakan unggah dokumennya di portal."),
    ("request", "Harap tenang, ada ujian.", "Harap melengkapi berkas yang kurang."),
    # Prices of cabbages, costs already paid.
    ("proposal", "Harga cabai di pasar 90 ribu sekilo.", "Penawaran kami 90 ribu per porsi."),
    ("proposal", "Biaya parkir di gedung itu 5 ribu per jam.", "Berikut penawaran jasa parkir dari kami."),
    ("proposal", "Mahasiswa saya semester ini sudah seminar proposal.", "Bersama ini saya kirimkan proposalnya."),
    ("application", "Saya ingin daftar kursus jahit di balai.", "Saya ingin melamar sebagai penjahit."),
    ("application", "Tetangga saya melamar anak Pak RT.", "Saya melamar untuk posisi kasir."),
    # Closing lines and announcements are no thanks.
    ("thanks", "Terima kasih telah berbelanja di toko kami.", "Terima kasih atas waktunya kemarin, Bu."),
    ("thanks", "Terima kasih atas perhatian dan kerja samanya.", "Terima kasih atas bantuannya selama pameran."),
    ("closing", "Tiket nomor 8812 sudah ditutup oleh teknisi.", "Berarti urusan kita sudah selesai ya, Bu."),
    ("withdrawal", "Pendaftaran lomba dibatalkan karena peserta kurang.", "Lamaran saya mohon dibatalkan."),
    ("withdrawal", "Saya mundur dari grup itu karena terlalu ramai.", "Saya mundur dari proses seleksi."),
    # A choice among things, somebody else's bid, nobody chosen yet: no answer to this one.
    ("rejection", "We decided to go with another colour for the logo.", "Kami akhirnya pakai desainer lain, Mbak."),
    ("rejection", "Lamaran Budi ditolak, lamaran Mbak masih kami proses.", "Lamaran Mbak ditolak panitia."),
    ("rejection", "Kami menolak tawaran pemasok yang lain karena mahal.", "Kami menolak tawaran Mbak karena mahal."),
    ("rejection", "Belum ada yang terpilih, pengumuman 19 Juni.", "Nama Mbak tidak ada di daftar yang lolos."),
    ("rejection", "Tidak dulu kami bahas soal warna, Mbak.", "Tidak dulu ya Mbak."),
    ("rejection", "Belum, dulu saya tinggal di Solo.", "Belum dulu ya Mbak"),
    (
        "rejection",
        "Untuk sementara tidak ada perubahan, Mbak.",
        "Untuk sementara tidak dulu Mbak, terima kasih penawarannya.",
    ),
    ("rejection", "Mbak, proyeknya tidak batal.", "Mbak, proyeknya batal."),
    (
        "rejection",
        "Arisan RT dibatalkan karena dana tidak turun.",
        "Proyeknya dibatalkan karena dana tidak turun.",
    ),
    (
        "offer",
        "Kami sudah pilih warna biru untuk kampanye ini.",
        "Kami sudah pilih Mbak Rina untuk mengerjakan kampanye ini.",
    ),
    ("request", "Ditunggu kabarnya ya.", "Ditunggu kabarnya sebelum Jumat depan ya."),
    ("promise", "Senin saya tanyakan lagi, tapi dia lupa, kan?", "Senin saya tanyakan lagi."),
    ("promise", "Pengumuman 19 halaman itu panjang.", "Belum ada yang terpilih, pengumuman 19 Juni."),
    ("promise", "Kami putuskan pakai hotel lain untuk acara Jumat.", "Kami putuskan hari Jumat."),
    # A day given up, another one named.
    ("schedule", "Kamis saya tidak bisa tidur karena hujan.", "Maaf, Kamis saya tidak bisa."),
    ("schedule", "Bagaimana kalau besok hujan?", "Bagaimana kalau Senin jam 2 siang?"),
    ("schedule", "Gimana kalau Jumat drafnya belum jadi?", "Gimana kalau Jumat saja, Mbak?"),
    ("schedule", "Bagaimana kalau diganti warnanya?", "Bagaimana kalau diganti ke Selasa?"),
    (
        "closing",
        (
            "Kita sama-sama tahu anggarannya kecil, jadi semua orang dalam rapat itu memilih diam dan pulang awal "
            "sambil menunggu pengumuman berikutnya dari kantor pusat di Surabaya minggu ini."
        ),
        (
            "Sama-sama, Mbak Rina, semoga acara keluarga di Bandung kemarin lancar, anak-anak sehat semua dan hujannya "
            "tidak sampai membanjiri jalan depan rumah seperti tahun lalu, salam untuk Ibu di rumah."
        ),
    ),
    # Yang diteruskan kepada orang lain tidak ditolak.
    (
        "rejection",
        "Mohon maaf, Bu Hesti tidak bisa melanjutkan pembahasan ini, jadi saya yang meneruskan.",
        "Mohon maaf, kami tidak bisa melanjutkan pembahasan ini.",
    ),
    (
        "rejection",
        "Penawaran Bapak belum bisa kami teruskan ke direksi karena belum lengkap.",
        "Lamaran Bapak belum bisa kami teruskan ke tahap berikutnya.",
    ),
    # Kata orang lain dalam tanda kutip.
    (
        "rejection",
        'Pernah dapat kabar "mohon maaf, lamaran Anda belum dapat kami lanjutkan"? Tenang saja.',
        "Mohon maaf, lamaran Anda belum dapat kami lanjutkan.",
    ),
    # Vendor mana yang dipakai.
    ("offer", "Kami memutuskan pakai vendor yang lama saja.", "Kami memutuskan pakai jasa Bapak."),
    ("rejection", "Kontrak dengan vendor lama sudah habis.", "Bos sudah tanda tangan dengan vendor lain."),
    ("schedule", "Meja rapatnya geser sedikit ke kiri ya.", "Rapatnya geser ke Kamis jam dua ya."),
    (
        "rejection",
        "Kami belum bisa lanjut sebelum NDA-nya ditandatangani.",
        "Kami belum bisa lanjut dengan penawaran Bapak.",
    ),
    ("rejection", "Direksi belum acc, ditunggu ya Pak.", "Maaf Pak, direksi tidak acc."),
    ("rejection", "Usernya cocok sekali dengan Mbak.", "Dari user belum cocok Kak, mohon maaf ya."),
]
