"""What a writer wrote, kept apart from what they quoted, forwarded or signed with."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from susul.model import Address, Message
from susul.reading.characters import visible
from susul.reading.html_quotes import marked_text
from susul.reading.own_text import OwnText, _most_words, own_text

HERE = Path(__file__).parent


def replies(code: str) -> dict[str, tuple[str, str, str]]:
    """Name → (whole text, own words, sign-off), from ``replies_<code>.txt``."""
    blocks = (HERE / f"replies_{code}.txt").read_text("utf-8").split("@@@ ")[1:]
    parts = [block.split("\n", 1) for block in blocks]
    triples = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    return {f"{code}: {name}": (text, own, sign_off.strip()) for (name, text), (_, own), (_, sign_off) in triples}


ENGLISH = replies("en")
INDONESIAN = replies("id")
REPLIES = ENGLISH | INDONESIAN
SENT_AT = datetime(2026, 6, 2, 3, 0, tzinfo=UTC)
HTML_PIECES = (
    "<p>", "</p>", "<br>", "<div>", "</div>", "<li>", "<ul>", "<b>", "</b>", "yes", " no", "a&nbsp;b", "&lt;x y&gt;",
    "<jane@example.com>", "<blockquote>", "</blockquote>", '<div class="gmail_quote">', '<div id="divRplyFwdMsg">',
    "<td>", "<!-- so < or > it is -->", "<style>a b</style>", "< p>", "<p title='a > b'>", "<x", "\n", "&#32;", "<pre>",
)  # fmt: skip


def read(text: str = "", html: str = "", name: str = "", to: str = "") -> OwnText:
    sender = Address(name, "writer@example.com")
    recipients = (Address(to, "reader@example.com"),)
    return own_text(Message("m", "t", "<m@example.com>", SENT_AT, sender, to=recipients, text=text, html=html))


@pytest.mark.parametrize("name", REPLIES)
def test_only_the_writers_own_words_are_kept(name: str) -> None:
    text, own, sign_off = REPLIES[name]
    read_as = read(text, name="Budi Santoso" if name.startswith("id") else sender_of(text), to="Rina Wati")
    assert read_as.text.split() == own.split()
    assert read_as.sign_off == sign_off


def sender_of(text: str) -> str:
    return "Claire Tan" if "Claire\n" in text else "Omar Vance"


@pytest.mark.parametrize("name", REPLIES)
def test_windows_line_endings_and_hard_spaces_make_no_difference(name: str) -> None:
    text, own, _ = REPLIES[name]
    text = text.replace(" ", "\u00a0").replace("\n", "\r\n")
    assert (
        read(text, name="Budi Santoso" if name.startswith("id") else sender_of(text), to="Rina").text.split()
        == own.split()
    )


def test_there_are_as_many_indonesian_replies_as_english_ones() -> None:
    assert len(INDONESIAN) >= 20
    assert abs(len(INDONESIAN) - len(ENGLISH)) <= 12


def test_invisible_characters_are_taken_out() -> None:
    assert read("Ka\u200bmi \u202eter\u2066tarik\ufeff\u00ad.").text == "Kami tertarik."


def test_a_message_without_text_has_no_own_words() -> None:
    assert read("") == OwnText("", "", "", quoted=False)


GMAIL = """<div dir="ltr">Jumat bisa.<div><br></div><div>Budi</div></div><br>
<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">Pada Sen, 1 Jun 2026 pukul 09.12 Rina
&lt;<a href="mailto:r@example.com">r@example.com</a>&gt; menulis:<br></div>
<blockquote class="gmail_quote" style="border-left:1px solid #ccc">Jumat bisa?</blockquote></div>"""
INLINE = """<div dir="ltr"><div class="gmail_quote">
<div class="gmail_attr">On Mon, 1 Jun 2026 at 09:12 Rina wrote:</div>
<blockquote class="gmail_quote">What does it cost?</blockquote><div>Three hundred.</div>
<blockquote class="gmail_quote">And when?</blockquote><div>In July.</div></div></div>"""
OUTLOOK = """<body><div>Kami setuju.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg" dir="ltr">
<b>Lähettäjä:</b> Rina &lt;r@example.com&gt;<br><b>Aihe:</b> Harga</div><div>Bagaimana harganya?</div></body>"""
OUTLOOK_BORDER = """<div class=WordSection1><p>We agree.</p>
<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0 0 0"><p>
<b>Frá:</b> Rina &lt;r@example.com&gt;<br>
<b>Sent:</b> Mon<br><b>Til:</b> Omar</p></div><p>Do you agree?</p></div>"""
APPLE = """<body>See you at two.<br><div><br><blockquote type="cite"><div>On 1 Jun 2026, at 09:12, Rina
&lt;r@example.com&gt; wrote:</div><div>At two?</div></blockquote></div></body>"""
THUNDERBIRD = """<p>It is done.</p><div class="moz-cite-prefix">On 01.06.2026 09:12, Rina wrote:<br></div>
<blockquote type="cite" cite="mid:x@example.com"><p>Is it done?</p></blockquote>"""
YAHOO = """<div>Saya bisa mulai Juli.</div><div id="ydp1yahoo_quoted_2" class="ydp1yahoo_quoted">
<div>Pada Senin, Rina menulis:</div><div>Kapan bisa mulai?</div></div>"""
FORWARDED = """<div dir="ltr">Mohon pendapatnya.<br><div class="gmail_quote"><div class="gmail_attr">
---------- Pesan terusan ---------<br>Dari: <b>Rina</b> &lt;r@example.com&gt;<br>Date: Sen, 1 Jun 2026</div><br>
Kami tertarik.</div></div>"""
UNESCAPED = """<div>Deal.</div><div>On Sep 4, 2026, at 11:30 AM, Rina <rina@example.com> wrote:</div>
<blockquote type=cite>Deal?</blockquote>"""
SIGNATURE = """<div dir="ltr">Terlampir CV saya.<br clear="all"><br><span>-- </span><br>
<div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature">Budi Santoso<br>Analis Data</div></div>"""
INDENTED = """<div>Rencananya:<blockquote style="margin:0 0 0 40px;border:none;padding:0px">mulai Senin</blockquote>
Cocok?</div>"""


@pytest.mark.parametrize(
    ("html", "own"),
    [
        (GMAIL, "Jumat bisa. Budi"),
        (INLINE, "Three hundred. In July."),
        (OUTLOOK, "Kami setuju."),
        (OUTLOOK_BORDER, "We agree."),
        (APPLE, "See you at two."),
        (THUNDERBIRD, "It is done."),
        (YAHOO, "Saya bisa mulai Juli."),
        (FORWARDED, "Mohon pendapatnya."),
        (UNESCAPED, "Deal."),
        (SIGNATURE, "Terlampir CV saya."),
        (INDENTED, "Rencananya: mulai Senin Cocok?"),
    ],
)
def test_html_is_read_by_its_structure(html: str, own: str) -> None:
    assert read(html=html).text.split() == own.split()


def test_the_structural_signature_gives_the_sign_off() -> None:
    own = read(html=SIGNATURE, name="Budi S")
    assert own.sign_off == "Budi Santoso"
    assert own.signature == "Budi Santoso\nAnalis Data"


def test_html_is_read_where_the_plain_text_only_stands_in_for_it() -> None:
    html = "<p>" + "We would like to invite you to an interview on Friday. " * 6 + "</p>"
    assert "interview" in read("Please view this message in an HTML capable program.", html).text


def test_plain_text_is_read_where_it_says_as_much() -> None:
    assert (
        read("Baik, siap.", f'<html><body style="{"x" * 200}"><p>Baik, siap (HTML).</p></body></html>').text
        == "Baik, siap."
    )


def test_html_is_read_where_only_it_marks_the_quote() -> None:
    plain = "Kami setuju dengan harganya. " * 10 + "\n\n1 Haziran 2026 Rina:\nBagaimana harganya?"
    html = f'<div>{"Kami setuju dengan harganya. " * 10}</div><blockquote type="cite">Bagaimana harganya?</blockquote>'
    assert "Bagaimana" not in read(plain, html).text


def test_the_addressee_is_never_taken_for_the_writer() -> None:
    assert read("Noted.\n\nThanks,\nRina", name="Omar Vance", to="Rina Wati").sign_off == ""
    assert read("Sudah saya terima.\n\nTerima kasih, Rina", name="Budi Santoso", to="Rina Wati").sign_off == ""


@pytest.mark.parametrize(
    ("text", "sender", "sign_off"),
    [
        ("Fine.\n\nBest,\nBob", "Robert Vance", "Bob"),
        ("Fine.\n\nBest,\nHR Team", "Studio Seven", ""),
        ("Fine.\n\n/ omar", "Omar Vance", "Omar"),
        ("Fine.\n\n- Omar", "Omar Vance", "Omar"),
        ("Fine.\n\nRegards,\nOMAR VANCE", "", "Omar Vance"),
        ("Baik.\n\nHormat saya,\n\n(Budi Santoso)", "Budi Santoso", "Budi Santoso"),
        ("Baik.\n\nSalam,\nDr. Budi Santoso, M.M.", "Budi Santoso", "Dr. Budi Santoso"),
        ("Baik.\n\nSalam,\nHRD PT Arunika", "HRD Arunika", ""),
        ("Baik.\n\nTerima kasih,\nsampai jumpa hari Senin", "Budi", ""),
        ("Just a line", "Omar Vance", ""),
    ],
)
def test_the_sign_off_is_a_persons_name_or_empty(text: str, sender: str, sign_off: str) -> None:
    assert read(text, name=sender).sign_off == sign_off


HOSTILE = {
    "on": "On " * 7000,
    "on mon wrote": "On Mon wrote " * 1600,
    "on a b lines": "On a b\n" * 2000,
    "spaces": " " * 20_000,
    "one line": "a b c " * 170_000,
    "no space": "x" * 1_000_000,
    "nested marks": "\n".join(">" * depth + " x" for depth in range(2000)),
    "marks": ">" * 1_000_000,
    "dashes": "-" * 1_000_000,
    "rules": "---\n" * 50_000,
    "labels": "From: x\n" * 50_000,
    "spaced labels": "From: a\nSent: b\n\n" * 20_000,
    "times": "a b c d 10:00:\n" * 30_000,
    "closings": "Best, Anna Anna\n" * 30_000,
    "names": "A.B.C.D.E.F.G.H.I.J.K.L.M.N.\n" * 20_000,
    "legal": ("this email is confidential " * 2000 + "\n\n") * 20,
    "addresses": "a@" * 300_000,
    "digits": ("1 " * 90 + "\n") * 5000,
    "invisible": "\u202e\u200bx" * 200_000,
    "alternating": "> a\nb\n" * 50_000,
    "initials": "A> b\n" * 50_000,
    "wrapped": ("On Mon 10:00 a@b <c>\n" * 4 + "\n") * 10_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_within_a_second_a_megabyte(name: str) -> None:
    text = HOSTILE[name]
    started = time.process_time()
    read(text)
    assert (
        time.process_time() - started < max(1.0, len(text) / 1_000_000) * 4
    )  # a guard against blow-ups, not a measurement


@pytest.mark.parametrize(
    "html",
    [
        "<blockquote>" * 10_000 + "x",
        '<div style="border-top:1px">' * 3000 + "a:b@c:d:",
        "<" * 100_000,
        "<i class=gmail_signature>" * 5000,
    ],
)
def test_hostile_html_is_read_in_bounded_time(html: str) -> None:
    started = time.process_time()
    read(html=html)
    assert time.process_time() - started < 5


MARKS = """> |>> x|-- |---|____|From: a@b|Dari: x|Subject: y|Perihal: z|Thanks,|Salam,|Budi||menulis:|PS
Sent from my iPhone|On Mon, 1 Jun 2026 Rina <r@x> wrote:|-----Original Message-----""".replace("\n", "|").split("|")
MAILISH = st.lists(st.one_of(st.text(max_size=30), st.sampled_from(MARKS)), max_size=25)


@given(MAILISH)
def test_any_text_is_read_and_adds_no_words(lines: list[str]) -> None:
    text = "\n".join(lines)
    own = read(text)
    assert set(own.text) <= set(text) | {"\n", " "}
    assert own == read(text)


@given(MAILISH)
def test_words_above_a_forward_are_kept_and_those_below_are_not(lines: list[str]) -> None:
    above = "Please have a look at this one."
    text = f"{above}\n\n---------- Forwarded message ---------\n" + "\n".join(lines)
    assert read(text).text == above


@given(st.text(alphabet="<>/abdivblockquote =\"'&;", max_size=300))
def test_any_html_is_read(html: str) -> None:
    read(html=html)


@given(st.lists(st.sampled_from(HTML_PIECES), max_size=30).map("".join))
def test_the_words_of_html_are_never_counted_as_fewer(html: str) -> None:
    assert len(visible(marked_text(html).text).split()) <= _most_words(html)


def test_short_plain_text_is_read_without_a_parser_where_the_html_says_no_more() -> None:
    html = '<div dir="ltr">Yes, Friday works.<div><br></div><div>Helen</div></div>'
    code = f"""
import sys
from datetime import UTC, datetime
from susul.model import Address, Message
from susul.reading.own_text import own_text
sent_at, helen = datetime(2026, 6, 10, tzinfo=UTC), Address("Helen", "helen@mosaic.example")
mail = Message("m1", "t1", "", sent_at, helen, text="Yes, Friday works.\\n\\nHelen\\n", html={html!r})
assert own_text(mail).text.startswith("Yes, Friday works.")
assert "bs4" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)
