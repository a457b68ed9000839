"""Mail that a person wrote, also where machines had a hand in it. All people are invented."""

from __future__ import annotations

from mails import mail

BULK = ("List-Unsubscribe: <https://u.example/1>", "Feedback-ID: 1:2:mailer")
ANSWER = "In-Reply-To: <a@example.com>"
SUPPRESS = "X-Auto-Response-Suppress: All"

ENGLISH = {
    "short thanks": mail("Omar Vance <omar@studio.example>", "Re: Plan", "ok thanks", ANSWER),
    "one word": mail("Claire Tan <claire@studio.example>", "Re: Friday?", "Yes.", ANSWER),
    "thumbs": mail("claire@studio.example", "Re: Friday?", "👍", ANSWER),
    "empty with attachment": mail("Claire Tan <claire@studio.example>", "The contract", ""),
    "exchange asks others not to answer": mail(
        "Omar Vance <omar@studio.example>", "Budget", "Could you check it?", SUPPRESS
    ),
    "auto-submitted no": mail("Omar Vance <omar@studio.example>", "Budget", "Please check.", "Auto-Submitted: no"),
    "automatic in the text": mail(
        "Omar Vance <omar@studio.example>", "Demo", "The automatic reply in your demo did not work for me."
    ),
    "asks about an automatic reply": mail(
        "Omar Vance <omar@studio.example>", "Re: Automatic reply: Budget", "Got your note, talk then.", ANSWER
    ),
    "is out next week": mail(
        "Claire Tan <claire@studio.example>", "Out of office next week", "I will be out next week, can we meet before?"
    ),
    "mentions out of office": mail(
        "Claire Tan <claire@studio.example>",
        "Re: Call",
        "I'm out of the office until Monday, so let us talk on Tuesday.",
        ANSWER,
    ),
    "thanks for the mail": mail(
        "Claire Tan <claire@studio.example>",
        "Re: Proposal",
        "Thank you for your email. We are interested, please call us.",
        ANSWER,
    ),
    "back from leave": mail(
        "Omar Vance <omar@studio.example>", "Re: Proposal", "I was on leave and am back now. Let us go ahead.", ANSWER
    ),
    "holiday in the subject": mail(
        "Omar Vance <omar@studio.example>", "Vacation photos", "Could you send them as soon as you are back?"
    ),
    "recruiter by greenhouse": mail(
        "Sari Lim <no-reply@greenhouse.io>",
        "Interview",
        "Hi Rina, could we talk on Friday?",
        *BULK,
        "Reply-To: Sari Lim <sari@studio.example>",
    ),
    "recruiter by lever answers": mail(
        "Sari Lim <sari@hire.lever.co>",
        "Re: Interview",
        "Friday at ten works.",
        *BULK,
        ANSWER,
        "Reply-To: sari+1@hire.lever.co",
    ),
    "recruiter by ashby": mail(
        "Sari Lim <no-reply@ashbyhq.com>", "Re: Data Analyst", "We'd like to move ahead.", ANSWER, *BULK
    ),
    "recruiter by workable": mail(
        "Sari Lim <sari.lim@workablemail.com>", "Next steps", "Are you free on Monday?", *BULK
    ),
    "rejection by a person on an ats": mail(
        "Sari Lim <sari@greenhouse-mail.io>",
        "Your application",
        "We decided to go on with others.",
        "Reply-To: sari@studio.example",
        *BULK,
    ),
    "a person thanks for applying": mail(
        "Sari Lim <sari@studio.example>", "Your application", "Thank you for applying! When could we talk?"
    ),
    "received by hand": mail(
        "HR <hr@studio.example>",
        "Re: Application",
        "We received your application, Rina, and would like to meet you.",
        ANSWER,
    ),
    "crm": mail(
        "Omar Vance <omar.vance@studio.example>", "Your question", "Hi Rina, here is the price you asked for.", *BULK
    ),
    "crm answers": mail(
        "Studio Seven <sales@studio.example>", "Re: Your question", "The price is below.", *BULK, ANSWER
    ),
    "initials": mail("Omar K Vance <okv@studio.example>", "Hello", "Can we meet?", "Feedback-ID: 1:2:crm"),
    "role desk": mail("info@studio.example", "Your visit", "We look forward to seeing you. Anna from the front desk"),
    "support desk": mail(
        "Support <support@studio.example>", "Re: Help", "I looked into it myself and found the cause.", ANSWER
    ),
    "your order in a talk": mail(
        "Omar Vance <omar@studio.example>", "Your order", "Your order came up in our meeting. Shall we double it?"
    ),
    "your invoice": mail(
        "Omar Vance <omar@studio.example>", "Your invoice", "Your invoice has a wrong number, could you fix it?"
    ),
    "delivery as a word": mail(
        "Omar Vance <omar@studio.example>",
        "Delivery failure of the chairs",
        "The chairs could not be delivered to us. What now?",
    ),
    "undeliverable as a word": mail(
        "Claire Tan <claire@studio.example>", "Undeliverable promises", "I find some of these undeliverable."
    ),
    "mail bounced, says a person": mail(
        "Claire Tan <claire@studio.example>",
        "Your mail bounced",
        "Your mail to Omar bounced: user unknown. Use omar@example.com.",
    ),
    "read": mail("Claire Tan <claire@studio.example>", "Read: chapter two", "Have you read it?"),
    "unsubscribe in a signature": mail(
        "Claire Tan <claire@studio.example>", "Hi", "Are you in town?", "List-Unsubscribe: <mailto:x@studio.example>"
    ),
    "precedence normal": mail("Claire Tan <claire@studio.example>", "Hi", "Are you in town?", "Precedence: normal"),
    "return path as usual": mail(
        "Claire Tan <claire@studio.example>", "Hi", "It wasn't found anywhere.", "Return-Path: <claire@studio.example>"
    ),
}

INDONESIAN = {
    "ok": mail("Budi Santoso <budi@arunika.example>", "Re: Rencana", "oke makasih", ANSWER),
    "siap": mail("Budi Santoso <budi@arunika.example>", "Re: Jumat", "Siap, Bu.", ANSWER),
    "noted": mail("budi@arunika.example", "Bls: Jumat", "noted ya mbak", ANSWER),
    "suppress": mail("Dewi Lestari <dewi@arunika.example>", "Anggaran", "Mohon dicek ya.", SUPPRESS),
    "kata otomatis": mail(
        "Dewi Lestari <dewi@arunika.example>", "Demo", "Balasan otomatis di demo kemarin belum jalan di saya."
    ),
    "tanya balasan otomatis": mail(
        "Dewi Lestari <dewi@arunika.example>", "Re: Balasan otomatis: Anggaran", "Baik, nanti kita bicara.", ANSWER
    ),
    "cuti pekan depan": mail(
        "Dewi Lestari <dewi@arunika.example>", "Cuti pekan depan", "Saya cuti pekan depan, bisa bertemu sebelumnya?"
    ),
    "sedang cuti tetapi menjawab": mail(
        "Dewi Lestari <dewi@arunika.example>",
        "Re: Telepon",
        "Saya sedang cuti sampai Senin, jadi kita bicara Selasa ya.",
        ANSWER,
    ),
    "di luar kantor": mail(
        "Budi Santoso <budi@arunika.example>",
        "Re: Rapat",
        "Hari ini saya di luar kantor, bagaimana kalau besok?",
        ANSWER,
    ),
    "terima kasih atas emailnya": mail(
        "Budi Santoso <budi@arunika.example>",
        "Re: Penawaran",
        "Terima kasih atas emailnya. Kami tertarik, silakan hubungi kami.",
        ANSWER,
    ),
    "sudah kembali": mail(
        "Budi Santoso <budi@arunika.example>",
        "Re: Penawaran",
        "Maaf kemarin cuti, sekarang sudah kembali. Kita lanjutkan.",
        ANSWER,
    ),
    "libur": mail("Dewi Lestari <dewi@arunika.example>", "Libur Lebaran", "Apakah kantor Ibu libur tanggal 20?"),
    "rekruter greenhouse": mail(
        "Dewi Lestari <no-reply@greenhouse.io>",
        "Wawancara",
        "Halo Rina, bisa bicara hari Jumat?",
        *BULK,
        "Reply-To: Dewi <dewi@arunika.example>",
    ),
    "rekruter glints menjawab": mail(
        "Dewi Lestari <dewi@glints.com>", "Re: Wawancara", "Jumat jam sepuluh bisa.", *BULK, ANSWER
    ),
    "rekruter kalibrr": mail(
        "Dewi Lestari <dewi.lestari@kalibrr.com>", "Tahap berikutnya", "Apakah Senin bisa?", *BULK
    ),
    "rekruter jobstreet": mail(
        "Arunika <no-reply@jobstreet.co.id>",
        "Wawancara",
        "Kami ingin mengundang Ibu.",
        *BULK,
        "Reply-To: hrd@arunika.example",
    ),
    "penolakan dari orang": mail(
        "Dewi Lestari <dewi@glints.com>",
        "Lamaran Anda",
        "Kami memilih kandidat lain.",
        "Reply-To: dewi@arunika.example",
        *BULK,
    ),
    "terima kasih telah melamar": mail(
        "Dewi Lestari <dewi@arunika.example>", "Lamaran", "Terima kasih telah melamar! Kapan bisa bicara?"
    ),
    "lamaran diterima, dari hrd": mail(
        "HRD <hrd@arunika.example>", "Re: Lamaran", "Lamaran Anda telah kami terima, kami ingin bertemu.", ANSWER
    ),
    "crm": mail(
        "Budi Santoso <budi.santoso@arunika.example>",
        "Pertanyaan Ibu",
        "Halo Bu Rina, ini harga yang Ibu tanyakan.",
        *BULK,
    ),
    "crm menjawab": mail("Arunika <sales@arunika.example>", "Re: Pertanyaan", "Harganya di bawah ini.", *BULK, ANSWER),
    "meja info": mail("info@arunika.example", "Kunjungan", "Kami tunggu kedatangannya. Salam, Ani"),
    "pesanan dalam obrolan": mail(
        "Budi Santoso <budi@arunika.example>", "Pesanan Anda", "Pesanan Anda kami bahas tadi. Mau ditambah?"
    ),
    "pembayaran": mail(
        "Dewi Lestari <dewi@arunika.example>", "Pembayaran Anda", "Pembayaran Anda kurang dua ribu, mohon dicek."
    ),
    "gagal terkirim, kata orang": mail(
        "Budi Santoso <budi@arunika.example>",
        "Email tidak terkirim",
        "Email saya ke Ibu gagal dikirim ke alamat lama. Ini saya kirim lagi.",
    ),
    "tertunda": mail(
        "Budi Santoso <budi@arunika.example>", "Pengiriman tertunda", "Barangnya belum terkirim karena hujan. Besok ya."
    ),
    "dibaca": mail("Dewi Lestari <dewi@arunika.example>", "Dibaca: bab dua", "Sudah dibaca belum?"),
    "kosong": mail("Dewi Lestari <dewi@arunika.example>", "Kontrak", ""),
    "gmail pribadi": mail("budi santoso <bsantoso88@gmail.com>", "tanya", "kak, lowongannya masih ada?"),
    "auto-submitted no": mail("Budi Santoso <budi@arunika.example>", "Anggaran", "Mohon dicek.", "Auto-Submitted: no"),
    "unsubscribe saja": mail(
        "Budi Santoso <budi@arunika.example>", "Halo", "Apa kabar?", "List-Unsubscribe: <mailto:x@arunika.example>"
    ),
    "untuk hal mendesak": mail(
        "Budi Santoso <budi@arunika.example>",
        "Re: Proyek",
        "Untuk hal mendesak silakan telepon saya. Revisinya terlampir.",
        ANSWER,
    ),
}
