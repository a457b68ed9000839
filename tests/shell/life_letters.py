"""What the owner and the others write in the life of drafts, in both languages."""

from __future__ import annotations

from dataclasses import dataclass

FIRST_NAMES = ("Helen", "Agung", "Odette", "Wulan", "Rupert", "Sari", "Edgar", "Dian", "Margaret", "Reza")
LAST_NAMES = ("Park", "Wicaksono", "Fairweather", "Setyorini", "Haldane", "Lestari", "Winslow", "Permata", "Ellison")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail without its addresses. ``{name}`` is the first name of whom it goes to."""

    subject: str
    text: str
    attachments: tuple[str, ...] = ()

    def to(self, name: str, number: int) -> Letter:
        fields = {"name": name, "number": number}
        return Letter(self.subject.format(**fields), self.text.format(**fields), self.attachments)


OPENINGS = {
    ("en", "proposal"): Letter(
        "Proposal: reading room {number}",
        "Dear {name},\n\nAttached is my proposal for reading room {number}. I would be glad to hear what you think.\n\n"
        "Best regards,\nRina\n",
        ("Proposal.pdf",),
    ),
    ("id", "proposal"): Letter(
        "Penawaran katalog mebel {number}",
        "Selamat pagi {name},\n\nTerlampir penawaran untuk desain katalog mebel {number}. Mohon kabarnya apabila ada "
        "yang ingin disesuaikan.\n\nSalam,\nRina\n",
        ("Penawaran.pdf",),
    ),
    ("en", "application"): Letter(
        "Application for Packaging Designer {number}",
        "Dear {name},\n\nI would like to apply for the position of Packaging Designer. My CV is attached.\n\n"
        "Best regards,\nRina\n",
        ("cv-rina-wijaya.pdf",),
    ),
    ("id", "application"): Letter(
        "Lamaran Penata Arsip {number}",
        "Yth. {name},\n\nSaya melamar untuk posisi Penata Arsip. CV saya terlampir.\n\nHormat saya,\nRina\n",
        ("CV-Rina-Wijaya.pdf",),
    ),
    ("en", "request"): Letter(
        "Meeting about the label set {number}",
        "Dear {name},\n\nCould we meet next week to go through the label set? Would Tuesday at 10:00 suit you?\n\n"
        "Best regards,\nRina\n",
    ),
    ("id", "request"): Letter(
        "Pertemuan desain label {number}",
        "Selamat pagi {name},\n\nApakah bisa bertemu minggu depan untuk membahas desain label? Apakah hari Selasa "
        "pukul 10.00 cocok?\n\nSalam,\nRina\n",
    ),
    ("en", "project"): Letter(
        "Photos for the brochure {number}",
        "Dear {name},\n\nFor the layout of your brochure I still need the final product photos. Could you send them to "
        "me by Wednesday?\n\nBest regards,\nRina\n",
    ),
    ("id", "project"): Letter(
        "Foto untuk brosur {number}",
        "Selamat pagi {name},\n\nUntuk tata letak brosur saya masih membutuhkan foto produk final. Bisakah dikirim "
        "paling lambat hari Rabu?\n\nSalam,\nRina\n",
    ),
}

# Those that end a wait for good, until somebody begins something anew.
ANSWERS = {
    ("en", "answer"): "Dear Rina,\n\nThis looks right. Could you add the price for two more rooms?\n\n{name}\n",
    ("id", "answer"): "Selamat siang Rina,\n\nSudah kami baca. Boleh minta rincian harga per halaman?\n\n{name}\n",
    ("en", "acceptance"): "Dear Rina,\n\nWe accept, please go ahead. When can you start?\n\n{name}\n",
    ("id", "acceptance"): "Selamat siang Rina,\n\nKami setuju, silakan dimulai. Kapan bisa dikerjakan?\n\n{name}\n",
    ("en", "rejection"): "Dear Rina,\n\nThank you for your interest. Unfortunately we have decided to go with another "
    "candidate.\n\n{name}\n",
    ("id", "rejection"): "Yth. Rina,\n\nTerima kasih atas minatnya. Mohon maaf, kami belum dapat melanjutkan ke tahap "
    "berikutnya dan memilih kandidat lain.\n\n{name}\n",
}
# Those that leave it open, or open it again.
HALF_ANSWERS = {
    ("en", "promise"): "Dear Rina,\n\nThank you. We will let you know by Friday.\n\n{name}\n",
    ("id", "promise"): "Selamat siang Rina,\n\nTerima kasih. Kami akan memberi kabar paling lambat hari Jumat.\n\n"
    "{name}\n",
    ("en", "holding"): "Dear Rina,\n\nInteresting. Let us look at it first.\n\n{name}\n",
    ("id", "holding"): "Selamat siang Rina,\n\nMenarik. Kami pelajari dulu.\n\n{name}\n",
    ("en", "check_back"): "Dear Rina,\n\nIf you don't hear from me by Thursday, please follow up.\n\n{name}\n",
    ("id", "check_back"): "Selamat siang Rina,\n\nApabila sampai hari Kamis belum mendapat kabar, silakan hubungi saya "
    "lagi.\n\n{name}\n",
    ("en", "thanks"): "Dear Rina,\n\nThank you!\n\n{name}\n",
    ("id", "thanks"): "Terima kasih, Rina.\n\n{name}\n",
}
REPLIES = {**ANSWERS, **HALF_ANSWERS}
SETTLES = frozenset(manner for _, manner in ANSWERS)
MANNERS = tuple(dict.fromkeys(manner for _, manner in REPLIES))

NUDGES = {
    "en": "Dear {name},\n\nDid you have time to look at it? I would be glad to hear from you.\n\nBest regards,\nRina\n",
    "id": "Selamat pagi {name},\n\nApakah sudah sempat dilihat? Saya tunggu kabarnya.\n\nSalam,\nRina\n",
}
AWAY = {
    "en": ("Automatic reply", "I am out of the office and back on 22 March.\n"),
    "id": ("Balasan otomatis", "Saya sedang cuti dan kembali pada 22 Maret.\n"),
}
BOUNCE = "Address not found\n\nYour message wasn't delivered to {email} because the address couldn't be found.\n"
OWN_WORDS = "These are my own words, the {number}th, and nobody else's.\n"
