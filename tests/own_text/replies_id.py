"""Indonesian mails with what their writer wrote: name → (whole text, own words, sign-off). All people are invented."""

from __future__ import annotations

REPLIES: dict[str, tuple[str, str, str]] = {
    "gmail pada tanggal": (
        "Baik, Jumat jam sepuluh bisa.\n\nBudi\n\nPada tanggal Sen, 1 Jun 2026 09.12 Rina Wati <rina@example.com> menulis:\n\n"
        "> Pak Budi, apakah Jumat bisa?\n>\n> Rina\n",
        "Baik, Jumat jam sepuluh bisa.\n\nBudi",
        "Budi",
    ),
    "gmail pukul, dilipat": (
        "Siap, Bu.\n\nPada Sen, 1 Jun 2026 pukul 09.12 Rina Wati <rina@example.com>\nmenulis:\n\n> Mohon dicek.\n",
        "Siap, Bu.",
        "",
    ),
    "gmail pada tanggal pukul": (
        "Terlampir revisinya.\n\nPada tanggal Sen, 1 Jun 2026 pukul 09.12 Rina Wati <rina@example.com> menulis:\n> revisi?\n",
        "Terlampir revisinya.",
        "",
    ),
    "gmail terlipat di dalam kutipan": (
        "Setuju.\n\nPada Sel, 2 Jun 2026 pukul 10.00 Budi <budi@example.com> menulis:\n> Oke.\n>\n"
        "> Pada Sen, 1 Jun 2026 pukul 09.12 Rina Wati <rina@example.com>\n> menulis:\n>> Bagaimana?\n>>> Ya?\n",
        "Setuju.",
        "",
    ),
    "nama panjang, tiga baris": (
        "Noted Mbak, terima kasih.\n\nPada Sen, 1 Jun 2026 pukul 09.12 Rina Wati - HRD PT Arunika Sejahtera Abadi <\n"
        "rina.wati@arunika.example>\nmenulis:\n\n> Mohon konfirmasinya.\n",
        "Noted Mbak, terima kasih.",
        "",
    ),
    "atribusi tanpa tanda kutip": (
        "Bisa, Pak.\n\nPada Senin, 1 Juni 2026 pukul 09.12.41 WIB, Rina Wati <rina@example.com> menulis:\n\nApakah bisa?\n",
        "Bisa, Pak.",
        "",
    ),
    "outlook dari terkirim kepada perihal": (
        "Kami tertarik dengan penawarannya.\n\nSalam,\nBudi\n________________________________\nDari: Rina Wati <rina@example.com>\n"
        "Terkirim: Senin, 01 Juni 2026 09.12\nKepada: Budi Santoso <budi@example.com>\nPerihal: Penawaran\n\nYth. Pak Budi",
        "Kami tertarik dengan penawarannya.\n\nSalam,\nBudi",
        "Budi",
    ),
    "outlook dikirim ke subjek tanpa alamat": (
        "Sudah saya cek, Bu.\n\nDari: Rina Wati\nDikirim: 01 Juni 2026 09.12\nKe: Budi Santoso\nSubjek: RE: Anggaran\n\nMohon dicek.\n",
        "Sudah saya cek, Bu.",
        "",
    ),
    "pesan asli": (
        "Sudah selesai.\n\n-----Pesan Asli-----\nDari: Rina\nDikirim: Senin\nKepada: Budi\nPerihal: Tugas\n\nTolong dikerjakan.\n",
        "Sudah selesai.",
        "",
    ),
    "samsung pesan asli": (
        "Nanti saya telepon jam 3.\n\nDikirim dari Galaxy saya\n\n-------- Pesan asli --------\nDari: Rina <rina@example.com>\n"
        "Tanggal: 01/06/26 09.12 (GMT+07:00)\nKepada: budi@example.com\nSubjek: Telepon\n\nBisa bicara?",
        "Nanti saya telepon jam 3.",
        "",
    ),
    "iphone": (
        "Masih di jalan, sepuluh menit lagi.\n\nDikirim dari iPhone saya\n\nPada 1 Jun 2026, pukul 09.12, Rina Wati"
        " <rina@example.com> menulis:\n\n> Kami di ruang 3.\n",
        "Masih di jalan, sepuluh menit lagi.",
        "",
    ),
    "terkirim dari ponsel": (
        "Oke siap.\n\nTerkirim dari ponsel Xiaomi saya",
        "Oke siap.",
        "",
    ),
    "yahoo mail di android": (
        "Baik, Bu.\n\nDikirim dari Yahoo Mail di Android\n\nPada Sen, 1 Jun 2026 pada 09.12, Rina<rina@example.com> menulis: \n\n"
        "Mohon kabarnya.",
        "Baik, Bu.",
        "",
    ),
    "dapatkan outlook": (
        "Disetujui.\n\nDapatkan Outlook untuk iOS<https://aka.example/x>\n________________________________\nDari: Rina\n"
        "Dikirim: Senin\nKepada: Budi\nPerihal: Cuti\n\nBolehkah?",
        "Disetujui.",
        "",
    ),
    "balasan di bawah": (
        "Pada tanggal 01/06/2026 09.12, Rina Wati menulis:\n> Apakah Jumat bisa?\n> Atau Senin?\n\nJumat bisa, Senin juga bisa.\n",
        "Jumat bisa, Senin juga bisa.",
        "",
    ),
    "balasan di sela-sela": (
        "Halo Bu Rina,\n\nPada Sen, 1 Jun 2026 pukul 09.12 Rina Wati <rina@example.com> menulis:\n> Berapa biayanya?\n\n"
        "Tiga juta sehari.\n\n> Kapan bisa mulai?\n\nMinggu kedua.\n\n> Terima kasih\n> Rina\n",
        "Halo Bu Rina,\n\nTiga juta sehari.\n\nMinggu kedua.",
        "",
    ),
    "pesan terusan": (
        "Mohon pendapatnya, Pak.\n\n---------- Pesan terusan ----------\nDari: Rina <rina@example.com>\n"
        "Tanggal: Sen, 1 Jun 2026\nSubjek: Lamaran\n\nMohon maaf, kami memilih kandidat lain.\n",
        "Mohon pendapatnya, Pak.",
        "",
    ),
    "pesan terusan tanpa kata": (
        "---------- Pesan terusan ---------\nDari: Rina <rina@example.com>\nDate: Sen, 1 Jun 2026\nSubject: Lamaran\n"
        "To: <budi@example.com>\n\nKami tertarik.\n",
        "",
        "",
    ),
    "apple pesan yang diteruskan": (
        "Lihat di bawah ya.\n\nMulai pesan yang diteruskan:\n\nDari: Rina <rina@example.com>\nPerihal: Lamaran\n"
        "Tanggal: 1 Juni 2026\nKepada: budi@example.com\n\nKami tertarik.\n",
        "Lihat di bawah ya.",
        "",
    ),
    "tanda tangan dengan dua garis": (
        "Laporannya sudah siap.\n\nBudi\n\n-- \nBudi Santoso\nAnalis, PT Arunika\n0812-3456-7890\n",
        "Laporannya sudah siap.\n\nBudi",
        "Budi",
    ),
    "blok tanda tangan": (
        "Mohon dikirim angkanya sebelum Kamis.\n\nHormat saya,\n\n\nBudi Santoso, S.E.\nManajer Pemasaran\nPT Arunika Sejahtera\n"
        "Jl. Melati No. 5, Jakarta\nHP: 0812-3456-7890\n",
        "Mohon dikirim angkanya sebelum Kamis.",
        "Budi Santoso",
    ),
    "salam dan nama saja tetap": (
        "Mohon dikirim angkanya sebelum Kamis.\n\nSalam hangat,\nBudi\n",
        "Mohon dikirim angkanya sebelum Kamis.\n\nSalam hangat,\nBudi",
        "Budi",
    ),
    "salam dan nama sebaris": (
        "Dari kami sudah aman semua.\n\nSalam, Budi",
        "Dari kami sudah aman semua.\n\nSalam, Budi",
        "Budi",
    ),
    "terima kasih lalu hormat kami": (
        "Demikian undangan ini kami sampaikan.\n\nTerima kasih.\n\nHormat kami,\nTim Rekrutmen\nPT Arunika Sejahtera\n"
        "rekrutmen@arunika.example\n",
        "Demikian undangan ini kami sampaikan.",
        "",
    ),
    "terima kasih kepada seseorang": (
        "Terima kasih, Rina.\n\nKami pelajari dulu sampai Senin.\n",
        "Terima kasih, Rina.\n\nKami pelajari dulu sampai Senin.",
        "",
    ),
    "catatan di bawah tanda tangan": (
        "Berkasnya sudah saya kirim.\n\nSalam,\nBudi Santoso\nPT Arunika\n\nNB: halaman dua yang baru.\n",
        "Berkasnya sudah saya kirim.\n\nNB: halaman dua yang baru.",
        "Budi Santoso",
    ),
    "wassalam": (
        "InsyaAllah kami hadir.\n\nWassalamu'alaikum Wr. Wb.\n\nBudi Santoso\nKetua Panitia, 0812 3456 7890\n",
        "InsyaAllah kami hadir.",
        "Budi Santoso",
    ),
    "email ini beserta lampirannya": (
        "Kita bisa bertemu hari Senin.\n\nBudi\n\nEmail ini beserta lampirannya bersifat rahasia dan hanya ditujukan kepada penerima"
        " yang\ndimaksud. Apabila Anda bukan penerima, mohon segera hapus.\n",
        "Kita bisa bertemu hari Senin.\n\nBudi",
        "Budi",
    ),
    "peringatan di atas": (
        "PERHATIAN: Email ini berasal dari luar perusahaan. Jangan klik tautan atau membuka lampiran jika tidak mengenal pengirim.\n"
        "\nHalo Bu Rina,\nkita bisa bertemu Senin.\n",
        "Halo Bu Rina,\nkita bisa bertemu Senin.",
        "",
    ),
    "rahasia dalam kalimat": (
        "Pesan ini rahasia di antara kita: saya pindah bulan Juni.\n\nBudi\n",
        "Pesan ini rahasia di antara kita: saya pindah bulan Juni.\n\nBudi",
        "Budi",
    ),
    "kaki milis": (
        "Rapat pindah ke Jumat.\n\n-- \nAnda menerima pesan ini karena berlangganan grup Google \"warga\".\n"
        "Untuk berhenti berlangganan, kirim email.\n",
        "Rapat pindah ke Jumat.",
        "",
    ),
    "dikirim dari dalam kalimat": (
        "Paketnya sudah sampai.\n\nDikirim dari gudang kemarin, jadi cepat.\n",
        "Paketnya sudah sampai.\n\nDikirim dari gudang kemarin, jadi cepat.",
        "",
    ),
    "kepala surat sendiri": (
        "Dari: Budi Santoso\nKepada: Rina Wati\nTanggal: 1 Juni 2026\nPerihal: Undangan rapat\n\nDengan hormat,\nkami mengundang Ibu.\n",
        "Dari: Budi Santoso\nKepada: Rina Wati\nTanggal: 1 Juni 2026\nPerihal: Undangan rapat\n\nDengan hormat,\nkami mengundang Ibu.",
        "",
    ),
    "pada tanggal … Ibu menulis": (
        "Pada 1 Juni 2026 pukul 09.12 Ibu menulis:\nharganya sudah final. Apakah masih begitu?\n",
        "Pada 1 Juni 2026 pukul 09.12 Ibu menulis:\nharganya sudah final. Apakah masih begitu?",
        "",
    ),
    "rincian wawancara": (
        "Yth. Ibu Rina,\n\nHari: Jumat\nTanggal: 5 Juni 2026\nWaktu: 10.00 WIB\nPerihal: Wawancara\n\nSampai jumpa.\n",
        "Yth. Ibu Rina,\n\nHari: Jumat\nTanggal: 5 Juni 2026\nWaktu: 10.00 WIB\nPerihal: Wawancara\n\nSampai jumpa.",
        "",
    ),
    "outlook inggris, jawaban indonesia": (
        "Baik, kami tunggu.\n\nFrom: Rina Wati <rina@example.com>\nSent: Monday, June 1, 2026 9:12 AM\nTo: Budi\nSubject: Dokumen\n\nBesok.",
        "Baik, kami tunggu.",
        "",
    ),
}
