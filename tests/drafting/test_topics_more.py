"""Topics of mails as they come: job portals, agencies, short and chatty ones, in both languages.

Every mail here stands alone; only the fields that are named are compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from draft_cases import ME, OWNER, START, written

from susul.cases.topics import topic_of
from susul.model import Address, Attendee, Event, Topic

VERA = Address("Vera Lindqvist", "vera@fjordpay.example")
DEWI = Address("Dewi Lestari", "dewi@sinarpangan.example")
COUNTERPARTS = {"en": VERA, "id": DEWI}


@dataclass(frozen=True)
class Mail:
    """One mail between the owner (``mine``: by her) and ``who``, with an event of theirs where ``event`` names one."""

    subject: str
    text: str = ""
    mine: bool = False
    event: str = ""
    who: Address | None = None


def topic(mail: Mail, language: str) -> Topic:
    who = mail.who or COUNTERPARTS[language]
    told = written(1, ME if mail.mine else who, (who if mail.mine else ME,), mail.subject, mail.text)
    guests = (Attendee(ME.email), Attendee(who.email, who.name))
    event = Event("e1", mail.event, START, START + timedelta(hours=1), organizer=who.email, attendees=guests)
    return topic_of((told,), (event,) if mail.event else (), OWNER, language)


def said(found: Topic, expected: dict[str, str]) -> dict[str, str]:
    return {name: getattr(found, name) for name in expected}


ENGLISH: list[tuple[Mail, dict[str, str]]] = [
    (
        Mail(
            "Application – Senior QA Engineer (Remote) – Rina Wijaya", "Please find my application attached.", mine=True
        ),
        {"role": "Senior QA Engineer", "about": ""},
    ),
    (
        Mail("Your application to Fjordpay", "Thanks for applying. We are reviewing your profile."),
        {"role": "", "about": ""},
    ),
    (
        Mail(
            "Thank you for your application to Northwind Traders",
            "Hi Rina, we have received your application for Warehouse Shift Lead and will be in touch.",
            who=Address("Northwind Recruiting", "no-reply@northwindtraders.example"),
        ),
        {"role": "Warehouse Shift Lead", "company": "Northwind Traders", "about": ""},
    ),
    (
        Mail(
            "Next steps",
            "It was great to talk. The team would like to meet you for the product marketing manager role next week.",
        ),
        {"role": "product marketing manager", "about": ""},
    ),
    (
        Mail(
            "the venue coordinator job",
            "Hi! Saw your ad for the venue coordinator job, is it still open? CV attached.",
            mine=True,
        ),
        {"role": "venue coordinator", "about": ""},
    ),
    (
        Mail("Interview Confirmation | Customer Success Manager | Fjordpay", "See you on Tuesday."),
        {"role": "Customer Success Manager", "company": "Fjordpay", "about": ""},
    ),
    (Mail("Fjordpay <> Rina - chat about the Platform Engineer opening", ""), {"role": "Platform Engineer"}),
    (
        Mail(
            "Invitation to interview: Payroll Officer (Ref. 4471)",
            "Dear Rina, we would like to invite you to interview.",
        ),
        {"role": "Payroll Officer", "about": ""},
    ),
    (
        Mail(
            "Update on your candidacy",
            "Following your interview for the position of Head of Design at Fjordpay, we are finalising our decision.",
        ),
        {"role": "Head of Design", "company": "Fjordpay", "about": ""},
    ),
    (
        Mail("CV - Junior Accountant", "Hello, please find my CV for the role attached.", mine=True),
        {"role": "Junior Accountant", "about": ""},
    ),
    (
        Mail(
            "Contract Web Developer needed (6 months, Leeds)",
            "Hi Rina, would you be interested in interviewing for this? My client needs a web developer.",
            who=Address("Sam Pike", "sam@pikeandco.example"),
        ),
        {"role": "Contract Web Developer", "about": ""},
    ),
    (
        Mail(
            "Re: Vacancy: School Business Manager",
            "I applied last week and wondered how the shortlisting is going.",
            mine=True,
        ),
        {"role": "School Business Manager", "about": ""},
    ),
    (
        Mail(
            "Interview with Vera Lindqvist",
            "Confirmed for Monday at 10.",
            event="Interview - Rina Wijaya / Vera Lindqvist",
        ),
        {"role": "", "about": ""},
    ),
    (
        Mail(
            "Job application: Dental Nurse, Elm Street practice",
            "I am applying for the dental nurse position.",
            mine=True,
        ),
        {"role": "Dental Nurse", "about": ""},
    ),
    (
        Mail(
            "You applied to: Night Auditor at Harbour Inn",
            "Good luck! The employer will contact you if interested.",
            who=Address("JobsNow", "alerts@jobsnow.example"),
        ),
        {"role": "Night Auditor", "company": "Harbour Inn", "about": ""},
    ),
    (
        Mail("Screening call - Fjordpay", "Let's talk about the Growth Marketing Lead position we have open."),
        {"role": "Growth Marketing Lead", "about": ""},
    ),
    (
        Mail("Application Status Update", "Thank you for your interest in the Electrical Technician II position."),
        {"role": "Electrical Technician II", "about": ""},
    ),
    (Mail("Application Received", "We got it. Thank you."), {"role": "", "about": ""}),
    (Mail("Application for leave", "Could you please approve my leave from 3 to 7 August?", mine=True), {"role": ""}),
    (
        Mail("Interview request for our podcast", "Would you like to be our guest? We would talk about typefaces."),
        {"role": ""},
    ),
    (Mail("Regarding the Sommelier position", "I would like to apply.", mine=True), {"role": "Sommelier", "about": ""}),
    (
        Mail("Hiring: Data Scientist", "Would you be free for an interview on Thursday?"),
        {"role": "Data Scientist", "about": ""},
    ),
    (
        Mail(
            "Rina - Procurement Specialist - 2nd stage",
            "We would like you to come to the office for a second interview.",
        ),
        {"role": "Procurement Specialist", "about": ""},
    ),
    (
        Mail("Offer: Studio Assistant", "We are delighted to offer you the position of Studio Assistant."),
        {"role": "Studio Assistant"},
    ),
    (
        Mail(
            "Hi from Fjordpay",
            "You would be a great fit for our Vice President of Operations search.",
        ),
        {"role": "Vice President of Operations", "about": ""},
    ),
    (
        Mail("unfortunately", "we have decided to go with another candidate for the copy editor job. sorry!"),
        {"role": "copy editor", "about": ""},
    ),
    (
        Mail("Re: Fwd: [EXT] Interview feedback - Brand Strategist", "We will let you know by Friday."),
        {"role": "Brand Strategist", "about": ""},
    ),
    (
        Mail("Quick call tomorrow?", "Our Head of Sales would like to join the call. Does 10 work?"),
        {"role": "", "about": ""},
    ),
    (
        Mail("Quotation #2231 office chairs", "Please find attached our quotation.", mine=True),
        {"about": "office chairs", "role": ""},
    ),
    (
        Mail("Follow up: contract renewal", "Any thoughts on the renewal?", mine=True),
        {"about": "contract renewal", "role": ""},
    ),
    (
        Mail("Proposal for a loyalty programme - v2", "Attached is the updated version.", mine=True),
        {"about": "loyalty programme"},
    ),
    (
        Mail(
            "Great meeting you yesterday!",
            "It was a pleasure. I am sending the proposal for the rooftop garden as promised.",
            mine=True,
        ),
        {"about": "rooftop garden"},
    ),
    (
        Mail("Quick question", "Could you send me your bank details by Friday?", mine=True),
        {"about": "", "asked": "your bank details"},
    ),
    (
        Mail("Meeting request: Q3 budget review", "Could we meet on Tuesday at 10?", mine=True),
        {"about": "Q3 budget review"},
    ),
    (
        Mail("Estimate – kitchen extension at 14 Mill Lane", "Here is the estimate.", mine=True),
        {"about": "kitchen extension"},
    ),
    (Mail("Invoice 1043 and next steps", "When can we expect the payment?", mine=True), {"role": ""}),
    (
        Mail("Hello", "I wanted to ask if you got my proposal for the school mural.", mine=True),
        {"about": "school mural"},
    ),
    (Mail("Catch up next week?", "Are you free for a coffee on Thursday?", mine=True), {"about": ""}),
    (
        Mail(
            "Our call today",
            "Thanks for the call. As discussed, could you share the brand guidelines and the logo files?",
            mine=True,
        ),
        {"about": "", "asked": "the brand guidelines and the logo files"},
    ),
    (
        Mail(
            "Website redesign: waiting for copy",
            "We still need your final copy for the About page to move on.",
            mine=True,
        ),
        {"about": "website redesign", "asked": "your final copy for the About page"},
    ),
    (
        Mail("Partnership proposal Fjordpay x Studio Rina", "Please find the proposal attached.", mine=True),
        {"role": ""},
    ),
    (Mail("Tender: cleaning services, Lot 3", "Our bid is attached.", mine=True), {"about": "cleaning services"}),
    (
        Mail("[Project Lighthouse] sign-off", "Can you please confirm the final floor plan by Wednesday?", mine=True),
        {"asked": "the final floor plan"},
    ),
    (
        Mail("Photos", "Could I get the high-resolution photos of the stand when you have a minute?", mine=True),
        {"asked": "the high-resolution photos of the stand"},
    ),
    (
        Mail("Invitation: Onboarding workshop @ Mon Jul 20, 2026 9am - 10am (WIB)", "", event="Onboarding workshop"),
        {"about": "onboarding workshop", "role": ""},
    ),
    (
        Mail("Thanks for your time", "Here is my offer for the annual report layout.", mine=True),
        {"about": "annual report layout"},
    ),
    (Mail("PROPOSAL: OFFICE RELOCATION", "Please see attached.", mine=True), {"about": "office relocation"}),
    (
        Mail("can you help?", "pls send me the sales numbers for june", mine=True),
        {"about": "", "asked": "the sales numbers for june"},
    ),
    (
        Mail("Tuesday", "Can we meet to discuss the exhibition catalogue on Tuesday at 3?", mine=True),
        {"about": "exhibition catalogue"},
    ),
    (Mail("Re: your message", "Sure, let's do that."), {"about": "", "role": ""}),
    (Mail("Checking in", "Just checking in on this. Let me know!", mine=True), {"about": "", "asked": ""}),
    (Mail("Fw: Minutes", "I'll send you the minutes tomorrow.", mine=True), {"asked": ""}),
    (
        Mail("Logo files", "Would you mind sending the vector files? I need them for the banner.", mine=True),
        {"asked": "the vector files"},
    ),
    (
        Mail("Offer for maintenance contract 2026/27", "Find our offer attached.", mine=True),
        {"about": "maintenance contract 2026/27"},
    ),
    (Mail("Kick-off: Harbour Trail app", "", event="Kick-off: Harbour Trail app"), {"about": "Harbour Trail app"}),
    (
        Mail(
            "Re: Contract",
            "Did you have a chance to look at the contract? Please return the signed copy by Monday.",
            mine=True,
        ),
        {"asked": "the signed copy"},
    ),
    (
        Mail("Board meeting minutes", "Please review these minutes and let me know.", mine=True),
        {"about": "board meeting minutes", "role": ""},
    ),
    (
        Mail("Workshop dates", "Which of the dates suits you?", mine=True),
        {"about": "workshop dates", "asked": "", "role": ""},
    ),
    (
        Mail("Assistant Stage Manager role at The Globe Loft", "I saw the advert and would love to apply.", mine=True),
        {"role": "Assistant Stage Manager", "about": ""},
    ),
    (
        Mail("Interview slot", "We have shortlisted you for the community nurse post. Could you come in on Monday?"),
        {"role": "community nurse", "about": ""},
    ),
    (
        Mail("Re: Junior Content Designer (FTC)", "I applied for this two weeks ago.", mine=True),
        {"role": "Junior Content Designer", "about": ""},
    ),
    (
        Mail("Phone screen: Infrastructure Engineer, Fjordpay", "Are you free on Thursday?"),
        {"role": "Infrastructure Engineer", "about": ""},
    ),
    (
        Mail(
            "Your CV",
            "Hi Rina, I came across your CV. My client is looking for a finance business partner in Leeds.",
            who=Address("Tom Reed", "tom@reedhunt.example"),
        ),
        {"role": "finance business partner", "company": "", "about": ""},
    ),
    (
        Mail(
            "Final round | Director of Partnerships", "Vera and I look forward to seeing you for the final interview."
        ),
        {"role": "Director of Partnerships", "about": ""},
    ),
    (
        Mail("Application for Research Fellow in Soil Science", "Please find my application attached.", mine=True),
        {"role": "Research Fellow", "about": ""},
    ),
    (
        Mail("Job ref 8812 - Forklift Driver - nights", "Thank you for applying. We will review your application."),
        {"role": "Forklift Driver", "about": ""},
    ),
    (Mail("Coffee?", "I'd love to hear about your move into the editor role. Thursday?", mine=True), {}),
    (
        Mail("We're hiring!", "Know anyone who would suit our Community Manager vacancy?"),
        {"role": "Community Manager", "about": ""},
    ),
    (
        Mail(
            "Thanks for coming in today",
            "It was lovely to meet you. We'll decide on the Front of House Supervisor position by Friday.",
        ),
        {"role": "Front of House Supervisor", "about": ""},
    ),
    (
        Mail(
            "Interview - Anna Holm (HR Manager)",
            "Rina, your interview is on Tuesday.",
            event="Interview - Anna Holm (HR Manager)",
            who=Address("Anna Holm", "anna@fjordpay.example"),
        ),
        {"role": "", "about": ""},
    ),
    (
        Mail("UX Writer", "Hi, here's my portfolio and CV for the UX Writer gig.", mine=True),
        {"role": "UX Writer", "about": ""},
    ),
    (
        Mail("Graduate scheme application", "I would like to apply for the graduate scheme.", mine=True),
        {"role": "", "about": ""},
    ),
    (
        Mail("Offer letter", "Please find attached the offer letter for the position of Warehouse Associate."),
        {"role": "Warehouse Associate"},
    ),
    (
        Mail("Proposal - bike storage for the east car park", "Attached.", mine=True),
        {"about": "bike storage for the east car park"},
    ),
    (Mail("Revised quote for 40 banners", "Here it is.", mine=True), {"about": "40 banners"}),
    (Mail("Discussion: pricing model 2027", "Can we talk on Monday?", mine=True), {"about": "pricing model 2027"}),
    (Mail("Just following up", "Any news on my quote for the garden wall?", mine=True), {"about": "garden wall"}),
    (
        Mail("RE: RE: Staff training day", "Please confirm the number of participants by Wednesday.", mine=True),
        {"asked": "the number of participants", "role": ""},
    ),
    (Mail("Lunch on Friday", "Does 12.30 work?", mine=True), {"about": "Lunch", "role": ""}),
    (
        Mail("Access", "Can I get the login details for the staging site, please?", mine=True),
        {"asked": "the login details for the staging site"},
    ),
    (Mail("Draft contract attached", "Please sign and return the contract.", mine=True), {"role": ""}),
    (
        Mail("hey", "are you around this week? would like to talk about the mural project", mine=True),
        {"about": "mural project"},
    ),
    (Mail("Minutes of 3 July", "Thanks all.", mine=True), {"asked": "", "role": ""}),
    (Mail("Video call: rebrand feedback", "", event="Video call: rebrand feedback"), {"about": "rebrand feedback"}),
    (Mail("A small favour", "Please forward me your tax form when convenient.", mine=True), {"asked": "your tax form"}),
    (Mail("Artwork", "We are still waiting for the artwork.", mine=True), {"asked": "the artwork", "about": "Artwork"}),
]

INDONESIAN: list[tuple[Mail, dict[str, str]]] = [
    (
        Mail("RE: [External] Loker Staff Gudang", "Selamat siang, saya lampirkan CV saya.", mine=True),
        {"role": "Staff Gudang", "about": ""},
    ),
    (
        Mail("Wawancara User - Finance Supervisor", "Kami tunggu kehadirannya."),
        {"role": "Finance Supervisor", "about": ""},
    ),
    (
        Mail("Lamaran kerja", "Saya tertarik dengan posisi data analyst di perusahaan Bapak.", mine=True),
        {"role": "data analyst", "about": ""},
    ),
    (
        Mail("lamaran admin toko", "halo kak, saya mau melamar jadi admin toko, masih buka?", mine=True),
        {"role": "admin toko", "about": ""},
    ),
    (
        Mail("Undangan Psikotes & Interview HRD – Marketing Communication Officer", "Mohon hadir tepat waktu."),
        {"role": "Marketing Communication Officer", "about": ""},
    ),
    (
        Mail(
            "Lamaran Anda telah terkirim",
            "Lamaran Anda untuk posisi Digital Marketing Specialist di PT Sinar Pangan telah dikirim.",
            who=Address("KerjaYuk", "noreply@kerjayuk.example"),
        ),
        {"role": "Digital Marketing Specialist", "company": "PT Sinar Pangan", "about": ""},
    ),
    (Mail("Panggilan Tes Tertulis - Operator Produksi", ""), {"role": "Operator Produksi", "about": ""}),
    (
        Mail("Terima kasih telah melamar di Sinar Pangan", "Berkas Anda sedang kami proses."),
        {"role": "", "company": "Sinar Pangan", "about": ""},
    ),
    (
        Mail("Hasil Interview", "Mohon maaf, untuk posisi Quality Control Staff kami memilih kandidat lain."),
        {"role": "Quality Control Staff", "about": ""},
    ),
    (Mail("Tanya lowongan", "Apakah lowongan kasir masih tersedia, Kak?", mine=True), {"role": "kasir", "about": ""}),
    (
        Mail("Lowongan Guru Matematika SMP", "Saya ingin mengirimkan lamaran.", mine=True),
        {"role": "Guru Matematika SMP", "about": ""},
    ),
    (Mail("Interview Online: HR Generalist (Rina Wijaya)", ""), {"role": "HR Generalist", "about": ""}),
    (
        Mail(
            "Konfirmasi Kehadiran Wawancara",
            "Yth. Sdri. Rina, wawancara untuk posisi Asisten Apoteker dilaksanakan hari Rabu.",
        ),
        {"role": "Asisten Apoteker", "about": ""},
    ),
    (
        Mail(
            "Surat Lamaran Pekerjaan a.n. Rina Wijaya",
            "Dengan hormat, saya bermaksud melamar sebagai Staf Administrasi di perusahaan yang Bapak pimpin.",
            mine=True,
        ),
        {"role": "Staf Administrasi", "about": ""},
    ),
    (Mail("Lamaran Beasiswa Bakti Negeri", "Terlampir berkas saya.", mine=True), {"role": ""}),
    (
        Mail("Lamaran PT Sinar Pangan", "Terlampir CV saya.", mine=True),
        {"role": "", "company": "PT Sinar Pangan", "about": ""},
    ),
    (
        Mail("Kabar dari Sinar Pangan", "Halo Rina, kami lagi cari Social Media Specialist, kira-kira tertarik?"),
        {"role": ""},
    ),
    (
        Mail("Jadwal interview besok", "Interview untuk Sales Executive jam 10 ya."),
        {"role": "Sales Executive", "about": ""},
    ),
    (
        Mail("Rekrutmen Sinar Pangan 2026 – Management Trainee", "Selamat, Anda lolos tahap administrasi."),
        {"role": "Management Trainee", "about": ""},
    ),
    (
        Mail("Apply: UI/UX Designer", "Halo tim, berikut portofolio saya.", mine=True),
        {"role": "UI/UX Designer", "about": ""},
    ),
    (
        Mail("Wawancara", "Saya Mutia sebagai HR Manager Sinar Pangan ingin mengundang Anda wawancara."),
        {"role": "", "about": ""},
    ),
    (
        Mail("Penawaran Kerja - Junior Engineer", "Kami menawarkan posisi Junior Engineer kepada Anda."),
        {"role": "Junior Engineer"},
    ),
    (Mail("INTERVIEW STAFF ACCOUNTING", "Mohon hadir hari Senin."), {"role": "Staff Accounting", "about": ""}),
    (
        Mail("Tindak lanjut lamaran – Kepala Cabang", "Saya ingin menanyakan kabar lamaran saya.", mine=True),
        {"role": "Kepala Cabang", "about": ""},
    ),
    (
        Mail(
            "Mengundurkan diri dari proses seleksi",
            "Saya mohon maaf tidak dapat melanjutkan seleksi Staf Legal.",
            mine=True,
        ),
        {"role": "Staf Legal", "about": ""},
    ),
    (Mail("wawancara radio", "Kami ingin mewawancarai Ibu soal tipografi."), {"role": ""}),
    (
        Mail("Interview - Rina", "Wawancara dengan user minggu depan ya untuk role content writer."),
        {"role": "content writer", "about": ""},
    ),
    (Mail("Lamaran Perawat IGD RS Sinar Pangan", "", mine=True), {"role": "Perawat IGD", "about": ""}),
    (
        Mail("Undangan Wawancara - Sdr. Rina Wijaya", "Posisi: Sekretaris Direksi\nHari: Senin\nPukul: 10.00"),
        {"role": "Sekretaris Direksi", "about": ""},
    ),
    (
        Mail("Re: Magang desain grafis", "Saya ingin melamar posisi magang desain grafis.", mine=True),
        {"role": "magang desain grafis", "about": ""},
    ),
    (
        Mail("Proposal Kerjasama Media Partner Festival X", "Terlampir proposal kami.", mine=True),
        {"about": "Kerjasama Media Partner Festival X", "role": ""},
    ),
    (
        Mail("Minta data penjualan Q2", "Pak, boleh minta data penjualan Q2?", mine=True),
        {"about": "data penjualan Q2", "asked": "data penjualan Q2", "role": ""},
    ),
    (Mail("RAB renovasi kantor", "Berikut RAB-nya.", mine=True), {"about": "renovasi kantor", "role": ""}),
    (
        Mail("Penawaran Harga Sewa Genset", "Terlampir penawaran harga dari kami.", mine=True),
        {"about": "Sewa Genset", "role": ""},
    ),
    (Mail("Penawaran No. 021/SPH/VI/2026 - Seragam Kantor", "Terlampir.", mine=True), {"about": "Seragam Kantor"}),
    (Mail("Follow up penawaran catering", "Bagaimana Bu, apakah ada pertanyaan?", mine=True), {"about": "catering"}),
    (Mail("Undangan Rapat Evaluasi Semester", "Mohon kehadirannya."), {"about": "Evaluasi Semester", "role": ""}),
    (
        Mail("Halo", "Bu, saya sudah kirim proposal untuk pelatihan barista minggu lalu.", mine=True),
        {"about": "pelatihan barista"},
    ),
    (
        Mail("Tanya", "Bisa tolong kirim foto produk terbaru sebelum Jumat?", mine=True),
        {"about": "", "asked": "foto produk terbaru"},
    ),
    (
        Mail(
            "Terima kasih atas waktunya",
            "Senang bertemu tadi. Berikut penawaran untuk desain interior kafe.",
            mine=True,
        ),
        {"about": "desain interior kafe"},
    ),
    (
        Mail("Pertemuan hari Kamis", "Bisa kita bertemu untuk membahas kontrak sewa gudang?", mine=True),
        {"about": "kontrak sewa gudang"},
    ),
    (
        Mail("Revisi desain undangan pernikahan", "Mohon konfirmasi warna akhirnya sebelum hari Sabtu.", mine=True),
        {"about": "desain undangan pernikahan", "asked": "warna akhirnya"},
    ),
    (Mail("Bisa ketemu Selasa?", "Kak, bisa ketemu hari Selasa jam 2?", mine=True), {"about": "", "role": ""}),
    (
        Mail("Proyek aplikasi kasir", "Kami masih menunggu daftar menu dan logo dari Ibu.", mine=True),
        {"about": "aplikasi kasir", "asked": "daftar menu dan logo", "role": ""},
    ),
    (Mail("Invoice Juni", "Mohon info pembayarannya ya Bu.", mine=True), {"role": ""}),
    (Mail("PENAWARAN JASA KEBERSIHAN GEDUNG", "Terlampir.", mine=True), {"about": "jasa kebersihan gedung"}),
    (
        Mail("Kunjungan ke pabrik", "Apakah Bapak berkenan menerima kunjungan kami?", mine=True),
        {"about": "kunjungan ke pabrik"},
    ),
    (
        Mail("Re: Kerja sama pengadaan alat tulis", "Mohon dikirimkan surat pesanan dan NPWP perusahaan.", mine=True),
        {"about": "kerja sama pengadaan alat tulis", "asked": "surat pesanan dan NPWP perusahaan"},
    ),
    (
        Mail("Laporan bulanan", "Tolong laporannya dikirim paling lambat Senin ya.", mine=True),
        {"about": "laporan bulanan"},
    ),
    (
        Mail(
            "Undangan: Kickoff Meeting Proyek Tirta @ Sen 20 Jul 2026 09.00 - 10.00 (WIB)",
            "",
            event="Kickoff Meeting Proyek Tirta",
        ),
        {"role": ""},
    ),
    (
        Mail("Mohon bantuan", "Boleh minta nomor rekening perusahaan?", mine=True),
        {"about": "", "asked": "nomor rekening perusahaan"},
    ),
    (Mail("Kontrak kerja sama 2026", "Saya kirimkan besok ya Pak.", mine=True), {"asked": "", "role": ""}),
    (Mail("Diskusi kampanye Ramadan", "", event="Diskusi kampanye Ramadan"), {"about": "kampanye Ramadan"}),
    (
        Mail("Proposal sponsorship Jakarta Run 2026", "Kami lampirkan proposalnya.", mine=True),
        {"about": "sponsorship Jakarta Run 2026"},
    ),
    (
        Mail("Menanyakan kabar", "Saya ingin menanyakan kabar penawaran untuk papan nama toko.", mine=True),
        {"about": "papan nama toko"},
    ),
    (
        Mail("Permintaan dokumen", "Mohon kirimkan akta perusahaan dan SIUP.", mine=True),
        {"asked": "akta perusahaan dan SIUP"},
    ),
    (Mail("Re: Pesan Bapak", "Baik Pak, siap.", mine=True), {"about": "", "asked": "", "role": ""}),
    (
        Mail("Penawaran", "Dengan hormat, bersama ini kami sampaikan penawaran harga cetak kalender.", mine=True),
        {"about": "cetak kalender"},
    ),
    (Mail("tagihan", "kak minta tolong bukti transfernya dong", mine=True), {"asked": "bukti transfernya"}),
    (
        Mail("Jadwal pelatihan Excel", "Tanggal berapa yang cocok untuk tim Ibu?", mine=True),
        {"about": "pelatihan Excel", "asked": "", "role": ""},
    ),
    (
        Mail("Lamaran Kerja_Staf Purchasing_Rina Wijaya", "Terlampir CV saya.", mine=True),
        {"role": "Staf Purchasing", "about": ""},
    ),
    (
        Mail(
            "Undangan Interview PT Sinar Pangan", "Selamat, Anda diundang interview untuk posisi Sales Representative."
        ),
        {"role": "Sales Representative", "company": "PT Sinar Pangan", "about": ""},
    ),
    (Mail("Info loker", "Kak, untuk loker barista masih ada?", mine=True), {"role": "barista", "about": ""}),
    (Mail("Hasil Seleksi Tahap 2 - Brand Executive", "Selamat, Anda lolos."), {"role": "Brand Executive", "about": ""}),
    (Mail("Jadwal Wawancara Calon Guru TK", "Mohon hadir Senin."), {"role": "Guru TK", "about": ""}),
    (Mail("Re: Lamaran", "Mohon maaf posisi teknisi AC sudah terisi."), {"role": "teknisi AC", "about": ""}),
    (Mail("Rina - Interview 2 (User) - Product Manager", ""), {"role": "Product Manager", "about": ""}),
    (
        Mail("Kerja sama rekrutmen kampus", "Kami menawarkan kerja sama rekrutmen untuk lulusan.", mine=True),
        {"role": ""},
    ),
    (
        Mail(
            "Terima kasih atas interviewnya",
            "Terima kasih atas kesempatan interview posisi Supply Chain Planner tadi pagi.",
            mine=True,
        ),
        {"role": "Supply Chain Planner", "about": ""},
    ),
    (
        Mail("Lamaran: Customer Service (Bandung)", "Saya tertarik melamar.", mine=True),
        {"role": "Customer Service", "about": ""},
    ),
    (
        Mail("Pendaftaran magang", "Saya mahasiswa semester 6 dan ingin melamar magang di bagian desain.", mine=True),
        {"about": "pendaftaran magang"},
    ),
    (Mail("Undangan tes - Staf IT", "Mohon membawa laptop."), {"role": "Staf IT", "about": ""}),
    (
        Mail("Wawancara Kepala Sekolah SD Pelita", "Kami mengundang Ibu untuk wawancara calon kepala sekolah."),
        {"role": "kepala sekolah", "about": ""},
    ),
    (Mail("Lowongan akuntan", "Saya ingin melamar sebagai akuntan.", mine=True), {"role": "akuntan", "about": ""}),
    (Mail("Tes", "coba kirim ya"), {"role": ""}),
    (
        Mail("Penawaran jasa fotografi pernikahan", "Terlampir penawaran kami.", mine=True),
        {"about": "jasa fotografi pernikahan", "role": ""},
    ),
    (
        Mail("Proposal Kegiatan Bakti Sosial RW 05", "Mohon dukungannya.", mine=True),
        {"about": "Kegiatan Bakti Sosial RW 05"},
    ),
    (
        Mail("Permintaan sampel kain", "Mohon dikirimkan sampel kain katun dan linen ke alamat kami.", mine=True),
        {"asked": "sampel kain katun dan linen"},
    ),
    (Mail("Rapat koordinasi panitia", "", event="Rapat koordinasi panitia"), {"about": "panitia"}),
    (
        Mail("Konfirmasi pesanan", "Boleh minta alamat pengirimannya Kak?", mine=True),
        {"asked": "alamat pengirimannya", "about": "pesanan"},
    ),
    (
        Mail("Update progres website", "Kami masih menunggu materi teks dari tim Bapak.", mine=True),
        {"about": "website", "asked": "materi teks"},
    ),
    (Mail("Halo Kak", "Mau tanya harga cetak brosur 500 lembar.", mine=True), {"about": "", "role": ""}),
    (Mail("Kontrak", "Pak, tolong kontraknya ditandatangani ya.", mine=True), {"asked": "kontraknya"}),
    (
        Mail("Re: Desain kemasan", "Tolong kabari saya kalau sudah oke.", mine=True),
        {"asked": "", "about": "desain kemasan"},
    ),
    (
        Mail("Ngopi yuk", "Kapan ada waktu buat ngobrol soal kolaborasi konten?", mine=True),
        {"about": "kolaborasi konten"},
    ),
    (Mail("Ajakan rapat: anggaran 2027", "Apakah Selasa bisa?", mine=True), {"about": "anggaran 2027"}),
    (
        Mail("Pembayaran termin 2", "Mohon bukti transfernya segera dikirim.", mine=True),
        {"asked": "bukti transfernya", "about": "pembayaran termin 2"},
    ),
    (
        Mail("Undangan Presentasi Produk", "Kami ingin mempresentasikan produk kami.", mine=True),
        {"about": "Presentasi Produk", "role": ""},
    ),
    (Mail("Minta tolong", "Bisa bantu cek ukuran spanduknya?", mine=True), {"about": "", "asked": "ukuran spanduknya"}),
    (
        Mail("Laporan keuangan Juni", "Bu, laporan keuangannya kapan bisa saya terima?", mine=True),
        {"about": "Laporan keuangan Juni"},
    ),
]

# Known misses. A test that begins to hold fails here, so that its mail moves up.
MISSED: list[tuple[Mail, dict[str, str]]] = [
    (
        Mail("Rina x Fjordpay: Backend Engineer - technical round", "Looking forward to the technical round."),
        {"role": "Backend Engineer", "about": ""},
    ),
    (
        Mail("Speculative application", "I admire your magazine and would love to write for you.", mine=True),
        {"role": "", "about": ""},
    ),
    (
        Mail("Help with the grant report", "Could you please review the draft budget and the timeline?", mine=True),
        {"about": "grant report", "asked": "the draft budget and the timeline"},
    ),
    (
        Mail(
            "Team building proposal for Fjordpay",
            "Hi Vera, our offer for a team building day in the forest is attached.",
            mine=True,
        ),
        {"about": "team building day in the forest", "role": ""},
    ),
]


@pytest.mark.parametrize(("mail", "expected"), ENGLISH, ids=lambda value: getattr(value, "subject", ""))
def test_an_english_mail_says_what_it_is_about(mail: Mail, expected: dict[str, str]) -> None:
    assert said(topic(mail, "en"), expected) == expected


@pytest.mark.parametrize(("mail", "expected"), INDONESIAN, ids=lambda value: getattr(value, "subject", ""))
def test_an_indonesian_mail_says_what_it_is_about(mail: Mail, expected: dict[str, str]) -> None:
    assert said(topic(mail, "id"), expected) == expected


@pytest.mark.xfail(strict=True, reason="a role or topic worded in a way that no rule reads yet")
@pytest.mark.parametrize(("mail", "expected"), MISSED, ids=lambda value: getattr(value, "subject", ""))
def test_a_mail_that_is_still_misread(mail: Mail, expected: dict[str, str]) -> None:
    assert said(topic(mail, "en"), expected) == expected


@pytest.mark.parametrize(
    "mail",
    [
        Mail("Staff meeting", "Please apply the changes we discussed.", mine=True),
        Mail("Interview with our Head of Sales", "Our Head of Sales, Anna, will interview you on Monday."),
        Mail("Your interview", "You will meet the Engineering Manager and the Team Lead."),
        Mail("Application deadline for the arts grant", "Could you review the application?", mine=True),
        Mail("Print job for Friday", "The job at the printer is done.", mine=True),
        Mail("Re: Your role in the project", "Could you take the lead role in this?", mine=True),
        Mail("Thank you for applying", "Our Recruiting Manager will contact you."),
        Mail("Interview", "The Hiring Manager will call you."),
        Mail("Undangan wawancara", "Kami mengundang Ibu untuk wawancara di kantor kami, bertemu Manajer HRD."),
        Mail("Lamaran", "Surat lamaran Saudara telah kami terima."),
        Mail("Rapat dengan Kepala Dinas", "Kami mohon kehadiran Bapak Kepala Dinas.", mine=True),
        Mail("Wawancara - Bapak Hendra Gunawan", "Sampai jumpa."),
    ],
    ids=lambda mail: mail.subject,
)
def test_what_is_no_role_is_not_taken_for_one(mail: Mail) -> None:
    assert topic(mail, "en").role == topic(mail, "id").role == ""
