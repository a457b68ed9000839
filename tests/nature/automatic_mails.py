"""Mail that no person wrote, or not now: name → (expected nature, mail). All senders are invented."""

from __future__ import annotations

from mails import mail

from susul.model import Nature

BULK = ("List-Unsubscribe: <https://u.example/1>", "Feedback-ID: 1:2:mailer")
ANSWER = "In-Reply-To: <a@example.com>"
DAEMON = "Mail Delivery Subsystem <mailer-daemon@googlemail.com>"
REPORT = "Content-Type: multipart/report; report-type=delivery-status; boundary=x"

_REPLY, _BOUNCE, _DELAY = Nature.AUTO_REPLY, Nature.BOUNCE, Nature.DELAY
_LIST, _RECEIPT, _AUTOMATED = Nature.LIST, Nature.RECEIPT, Nature.AUTOMATED

ENGLISH = {
    "rfc 3834": (
        _REPLY,
        mail("Omar Vance <omar@studio.example>", "Re: Budget", "I am away.", ANSWER, "Auto-Submitted: auto-replied"),
    ),
    "vacation with parameters": (
        _REPLY,
        mail("omar@studio.example", "Away", "Back on Monday.", "Auto-Submitted: auto-replied (vacation)"),
    ),
    "x-autoreply": (_REPLY, mail("omar@studio.example", "Re: Hi", "I am away.", "X-Autoreply: yes")),
    "x-autorespond": (_REPLY, mail("omar@studio.example", "Re: Hi", "I am away.", "X-Autorespond: Budget")),
    "precedence auto_reply": (_REPLY, mail("omar@studio.example", "Re: Hi", "I am away.", "Precedence: auto_reply")),
    "exchange": (
        _REPLY,
        mail(
            "Omar Vance <omar@studio.example>",
            "Automatic reply: Budget",
            "Away until 22 June.",
            "Auto-Submitted: auto-generated",
            ANSWER,
        ),
    ),
    "prefix only": (_REPLY, mail("Omar Vance <omar@studio.example>", "Out of Office: Budget", "Away until 22 June.")),
    "rule of outlook.com": (
        _REPLY,
        mail(
            "Omar Vance <omar@studio.example>",
            "Re: Budget",
            (
                "Thank you for your email. I am currently out of the office and will be back on 22 June. "
                "For urgent matters please call Claire."
            ),
            ANSWER,
        ),
    ),
    "out of office without a header": (
        _REPLY,
        mail(
            "Omar Vance <omar@studio.example>",
            "Out of office",
            "I'm on leave until 22 June. If urgent, write to Claire. I will reply when I return.",
        ),
    ),
    "generated note": (
        _REPLY,
        mail(
            "Omar Vance <omar@studio.example>",
            "Re: Budget",
            "I am on annual leave until 22 June.",
            "Auto-Submitted: auto-generated",
        ),
    ),
    "gmail failure": (
        _BOUNCE,
        mail(
            DAEMON,
            "Delivery Status Notification (Failure)",
            "Address not found. Your message wasn't delivered to omar@nowhere.example.",
            "X-Failed-Recipients: omar@nowhere.example",
            "Auto-Submitted: auto-replied",
        ),
    ),
    "qmail": (
        _BOUNCE,
        mail(
            "MAILER-DAEMON@mx.example",
            "failure notice",
            (
                "Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver "
                "your message.\n\n<omar@nowhere.example>:\n550 no such user\n\n--- Below this line is a "
                "copy of the message.\nFrom: rina@example.com"
            ),
        ),
    ),
    "exim": (
        _BOUNCE,
        mail(
            "Mail Delivery System <Mailer-Daemon@mx.example>",
            "Mail delivery failed: returning message to sender",
            (
                "A message that you sent could not be delivered to one or more of its recipients.\n\n  "
                "omar@nowhere.example\n    550 unknown user"
            ),
            "Return-Path: <>",
        ),
    ),
    "sendmail": (
        _BOUNCE,
        mail(
            "MAILER-DAEMON@mx.example",
            "Returned mail: see transcript for details",
            (
                "   ----- The following addresses had permanent fatal errors -----\n"
                "<omar@nowhere.example>\n   ----- Transcript of session follows -----\n550 5.1.1 User "
                "unknown"
            ),
        ),
    ),
    "postfix text": (
        _BOUNCE,
        mail(
            "MAILER-DAEMON (Mail Delivery System) <mailer-daemon@mx.example>",
            "Undelivered Mail Returned to Sender",
            (
                "I'm sorry to have to inform you that your message could not be delivered to one or more "
                "recipients.\n<omar@nowhere.example>: host said: 550"
            ),
        ),
    ),
    "exchange ndr": (
        _BOUNCE,
        mail(
            "Microsoft Outlook <postmaster@studio.example>",
            "Undeliverable: Budget",
            "Delivery has failed to these recipients or groups:\nomar@nowhere.example",
            REPORT,
        ),
    ),
    "no sender": (
        _BOUNCE,
        mail("", "Mail delivery failed", "There was an error delivering your mail to <omar@nowhere.example>."),
    ),
    "gmail delay": (
        _DELAY,
        mail(
            DAEMON,
            "Delivery Status Notification (Delay)",
            "Delivery incomplete. Gmail will retry for 47 more hours.",
            REPORT,
        ),
    ),
    "exim warning": (
        _DELAY,
        mail(
            "Mailer-Daemon@mx.example",
            "Warning: message 1x delayed 24 hours",
            "A message that you sent has not yet been delivered to one or more of its recipients.",
            "Return-Path: <>",
        ),
    ),
    "sendmail warning": (
        _DELAY,
        mail(
            "MAILER-DAEMON@mx.example",
            "Warning: could not send message for past 4 hours",
            "THIS IS A WARNING MESSAGE ONLY. YOU DO NOT NEED TO RESEND YOUR MESSAGE.",
        ),
    ),
    "abuse report": (
        _AUTOMATED,
        mail(
            "feedbackloop@mail.example",
            "Abuse report",
            "This is an email abuse report.",
            "Content-Type: multipart/report; report-type=feedback-report",
        ),
    ),
    "read receipt": (
        _AUTOMATED,
        mail(
            "Omar Vance <omar@studio.example>",
            "Read: Budget",
            "Your message was read.",
            "Content-Type: multipart/report; report-type=disposition-notification",
        ),
    ),
    "google group": (
        _LIST,
        mail(
            "Omar Vance <omar@studio.example>",
            "[board] Vote",
            "I vote yes.",
            "List-ID: <board.groups.example>",
            "List-Post: <mailto:board@groups.example>",
            "Precedence: list",
        ),
    ),
    "mailman": (
        _LIST,
        mail("Omar Vance <omar@studio.example>", "[dev] Bug", "It is fixed.", "Precedence: list", ANSWER),
    ),
    "list-id only": (
        _LIST,
        mail("Omar Vance <omar@studio.example>", "[dev] Bug", "It is fixed.", "List-Id: dev <dev.lists.example>"),
    ),
    "application received": (
        _RECEIPT,
        mail(
            "Studio Seven <no-reply@greenhouse.io>",
            "Your application",
            "Thank you for applying to Studio Seven. We received your application.",
        ),
    ),
    "application received, ats with bulk headers": (
        _RECEIPT,
        mail(
            "Studio Seven Hiring Team <hiring@workablemail.com>",
            "Thanks for applying",
            "We have received your application and will review it.",
            *BULK,
        ),
    ),
    "generated receipt": (
        _RECEIPT,
        mail(
            "Careers <careers@studio.example>",
            "Application received",
            "Thank you for your application.",
            "Auto-Submitted: auto-generated",
        ),
    ),
    "order": (_RECEIPT, mail("Shop <noreply@shop.example>", "Order confirmation 12", "Your order has been placed.")),
    "payment": (_RECEIPT, mail("Pay <receipts@pay.example>", "Your receipt from Studio", "Payment received.", *BULK)),
    "rejection from no-reply": (
        _AUTOMATED,
        mail("Studio Seven <no-reply@studio.example>", "Your candidacy", "We will not move forward at this time."),
    ),
    "newsletter": (_AUTOMATED, mail("Studio News <news@studio.example>", "June news", "What we did in June.", *BULK)),
    "newsletter with a first name": (
        _AUTOMATED,
        mail("Anna from Studio <anna@studio.example>", "June news", "Hi there!", *BULK),
    ),
    "newsletter with a list id": (
        _AUTOMATED,
        mail("Studio <hello@studio.example>", "June", "News.", "List-Id: <1.list.example>", *BULK),
    ),
    "precedence bulk": (_AUTOMATED, mail("Studio <hello@studio.example>", "June", "News.", "Precedence: bulk")),
    "job alert": (
        _AUTOMATED,
        mail("LinkedIn Job Alerts <jobalerts-noreply@linkedin.com>", "30 new jobs", "Data Analyst and more", *BULK),
    ),
    "notification": (
        _AUTOMATED,
        mail("Tracker <notifications@tracker.example>", "Issue closed", "Omar closed the issue."),
    ),
    "calendar reminder": (
        _AUTOMATED,
        mail("Google Calendar <calendar-notification@google.com>", "Notification: Standup", "Standup at 9."),
    ),
    "cron": (_AUTOMATED, mail("Cron Daemon <root@host.example>", "Cron job", "done", "Auto-Submitted: auto-generated")),
    "do not reply": (_AUTOMATED, mail("Bank <do-not-reply@bank.example>", "Statement", "It is ready.")),
}

INDONESIAN = {
    "rfc 3834": (
        _REPLY,
        mail(
            "Budi Santoso <budi@arunika.example>",
            "Re: Anggaran",
            "Saya sedang cuti.",
            ANSWER,
            "Auto-Submitted: auto-replied",
        ),
    ),
    "balasan otomatis": (
        _REPLY,
        mail(
            "Budi Santoso <budi@arunika.example>",
            "Balasan otomatis: Anggaran",
            "Kembali 22 Juni.",
            "X-Auto-Response-Suppress: All",
        ),
    ),
    "jawaban otomatis": (
        _REPLY,
        mail("Budi Santoso <budi@arunika.example>", "Jawaban otomatis: Anggaran", "Saya cuti."),
    ),
    "di luar kantor": (
        _REPLY,
        mail("Budi Santoso <budi@arunika.example>", "Di luar kantor: Anggaran", "Sampai 19 Juni."),
    ),
    "sedang cuti dengan dukungan": (
        _REPLY,
        mail(
            "Budi Santoso <budi@arunika.example>",
            "Sedang cuti",
            "Saya sedang cuti sampai dengan 19 Juni. Untuk hal mendesak hubungi Dewi.",
        ),
    ),
    "aturan outlook.com": (
        _REPLY,
        mail(
            "Budi Santoso <budi@arunika.example>",
            "Re: Anggaran",
            (
                "Terima kasih atas email Anda. Saat ini saya sedang tidak berada di kantor dan kembali "
                "pada 22 Juni. Jika mendesak silakan hubungi Dewi."
            ),
            ANSWER,
        ),
    ),
    "auto-generated": (
        _REPLY,
        mail(
            "Budi Santoso <budi@arunika.example>",
            "Re: Anggaran",
            "Saya sedang cuti melahirkan.",
            "Auto-Submitted: auto-generated",
        ),
    ),
    "x-autoreply": (_REPLY, mail("budi@arunika.example", "Re: Halo", "Saya tidak di tempat.", "X-Autoreply: yes")),
    "gmail tidak terkirim": (
        _BOUNCE,
        mail(
            DAEMON,
            "Pemberitahuan Status Pengiriman (Gagal)",
            "Alamat tidak ditemukan. Pesan Anda tidak terkirim ke omar@nowhere.example karena alamat tidak ada.",
            "X-Failed-Recipients: omar@nowhere.example",
        ),
    ),
    "pesan tidak terkirim": (
        _BOUNCE,
        mail(
            DAEMON, "Pesan tidak terkirim", "Pesan Anda tidak dapat dikirim ke omar@nowhere.example.", "Return-Path: <>"
        ),
    ),
    "postmaster": (
        _BOUNCE,
        mail(
            "postmaster@arunika.example",
            "Tidak terkirim: Anggaran",
            "Pengiriman ke penerima berikut gagal: omar@nowhere.example",
            REPORT,
        ),
    ),
    "kotak surat penuh": (
        _BOUNCE,
        mail("MAILER-DAEMON@mx.example", "Kegagalan pengiriman", "<omar@nowhere.example>: kotak surat penuh"),
    ),
    "gmail tertunda": (
        _DELAY,
        mail(
            DAEMON,
            "Pemberitahuan Status Pengiriman (Tertunda)",
            "Pengiriman belum selesai. Gmail akan mencoba lagi.",
            REPORT,
        ),
    ),
    "peringatan": (
        _DELAY,
        mail(
            "MAILER-DAEMON@mx.example",
            "Pengiriman tertunda",
            "Pesan Anda belum terkirim, Anda tidak perlu mengirim ulang.",
        ),
    ),
    "grup google": (
        _LIST,
        mail(
            "Budi Santoso <budi@arunika.example>",
            "[warga] Rapat",
            "Saya setuju.",
            "List-ID: <warga.groups.example>",
            "List-Post: <mailto:warga@groups.example>",
        ),
    ),
    "milis": (_LIST, mail("Dewi <dewi@arunika.example>", "[warga] Iuran", "Sudah saya bayar.", "Precedence: list")),
    "lamaran diterima": (
        _RECEIPT,
        mail("Arunika <no-reply@arunika.example>", "Lamaran Anda", "Lamaran Anda telah kami terima."),
    ),
    "lamaran terkirim": (
        _RECEIPT,
        mail(
            "Jobstreet <noreply@jobstreet.co.id>", "Lamaran terkirim", "Lamaran kamu telah dikirim ke Arunika.", *BULK
        ),
    ),
    "kalibrr": (
        _RECEIPT,
        mail("Kalibrr <hello@kalibrr.com>", "Terima kasih telah melamar", "Kami telah menerima lamaran Anda.", *BULK),
    ),
    "glints": (
        _RECEIPT,
        mail("Glints <no-reply@glints.com>", "Kami sudah menerima lamaran Anda", "Tim rekrutmen akan meninjau."),
    ),
    "tim rekrutmen, otomatis": (
        _RECEIPT,
        mail(
            "Rekrutmen <rekrutmen@arunika.example>",
            "Konfirmasi lamaran",
            "Terima kasih atas lamaran Anda.",
            "Auto-Submitted: auto-generated",
        ),
    ),
    "pesanan": (_RECEIPT, mail("Toko <noreply@toko.example>", "Konfirmasi pesanan", "Pesanan Anda sedang diproses.")),
    "pembayaran": (
        _RECEIPT,
        mail("Bayar <notifikasi@bayar.example>", "Pembayaran berhasil", "Pembayaran Anda kami terima."),
    ),
    "tiket": (_RECEIPT, mail("Bantuan <no-reply@bantuan.example>", "Tiket 12", "Tiket Anda telah dibuat.")),
    "penolakan dari no-reply": (
        _AUTOMATED,
        mail("Arunika <no-reply@arunika.example>", "Hasil seleksi", "Kami belum dapat melanjutkan proses Anda."),
    ),
    "buletin": (_AUTOMATED, mail("Kabar Arunika <kabar@arunika.example>", "Kabar Juni", "Kegiatan kami.", *BULK)),
    "dewi dari arunika": (_AUTOMATED, mail("Dewi dari Arunika <dewi@arunika.example>", "Promo Juni", "Halo!", *BULK)),
    "lowongan baru": (
        _AUTOMATED,
        mail("Jobstreet <jobalerts@jobstreet.co.id>", "12 lowongan baru", "Data Analyst", *BULK),
    ),
    "notifikasi": (_AUTOMATED, mail("Papan <notifikasi@papan.example>", "Tugas selesai", "Budi menutup tugas.")),
    "jangan balas": (_AUTOMATED, mail("Bank <jangan-balas@bank.example>", "Laporan rekening", "Sudah tersedia.")),
    "precedence bulk": (_AUTOMATED, mail("Toko <halo@toko.example>", "Promo", "Diskon.", "Precedence: bulk")),
}
