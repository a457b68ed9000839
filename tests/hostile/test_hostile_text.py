"""What broken or steep texts did to reading; each was slow or raised once."""

from __future__ import annotations

import encodings

import pytest
from hostile_mail import FROM
from hostile_readers import MAIL, OWNER, read_mail

from susul.charsets import codec_of
from susul.model import Message
from susul.reading import read
from susul.reading.characters import visible
from susul.reading.html_quotes import marked_text


def test_a_made_up_charset_is_not_looked_up_and_remembered() -> None:
    # The dictionary that used to grow with each mail.
    remembered = set(encodings._cache)
    for number in range(50):
        assert codec_of(f"x-made-up-{number}") is None
        read_mail(f"{FROM}Subject: =?x-made-up-{number}?q?a?=\n\nx".encode())
    grown = set(encodings._cache) - remembered
    assert not [name for name in grown if "made" in name]


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("UTF-8", "utf-8"),
        ("iso-8859-1", "cp1252"),
        ("ANSI_X3.4-1968", "ascii"),
        ("windows-874", "cp874"),
        ("Big5-HKSCS", "big5hkscs"),
        ("koi8-r", "koi8-r"),
        ("zlib", None),
        ("x" * 1_000_000, None),
        ("utf-8" + " " * 1_000_000, "utf-8"),
        ("", None),
        ("\0", None),
    ],
)
def test_every_charset_that_python_knows_is_known(label: str, codec: str | None) -> None:
    assert codec_of(label) == codec


def test_every_character_that_only_steers_is_taken_out() -> None:
    steering = "\u200b\u202e\u2066\u00ad\ufeff\U000e0041\U000e0fff\ufe0f\u115f\x00\x1b\x7f"
    assert visible(f"a{steering}b\u00a0c\u2003d\u2028e\r\nf") == "ab c d\ne\nf"


def test_quotes_beside_quotes_are_marked_one_by_one() -> None:
    quotes = "<p>yes</p><blockquote>a</blockquote><p>no</p><blockquote>b</blockquote>"
    marked = marked_text(f"{quotes}<i id=signature>Anna</i>")
    assert marked.text.split() == ["yes", ">", "no", ">"]
    assert marked.signature == "Anna"


def test_a_signature_inside_a_quote_is_no_signature() -> None:
    marked = marked_text("<p>yes</p><blockquote>a<div class=gmail_signature>Anna</div></blockquote>")
    assert (marked.text.split(), marked.signature) == (["yes", ">"], "")


def own(text: str) -> str:
    message = Message(**{name: getattr(MAIL, name) for name in Message.__slots__} | {"text": text})
    return read(message, OWNER).text


@pytest.mark.parametrize(
    "attribution",
    [
        "On June 12,\n2026 Rina Wijaya wrote:",
        "12 June 2026 10:00,\nRina Wijaya <rina@rinawijaya.example>:",
        "On 12. de Juni de 2026 Rina Wijaya wrote:",
        "On 12 Oktober 2026\nat noon, Rina Wijaya\nwrote:",
    ],
)
def test_a_date_is_seen_in_an_attribution_across_its_lines(attribution: str) -> None:
    assert own(f"Yes, please.\n\n{attribution}\n\nShall we meet?") == "Yes, please."
