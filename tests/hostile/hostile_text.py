"""Texts made to be slow to read or to break a reader: one unit over and over, or a ramp, at any size."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Maker = Callable[[int], str]


def repeated(unit: str, start: str = "", end: str = "") -> Maker:
    """``unit`` again and again; a ``#`` in it is a number that grows, so that no two are alike."""

    def made(size: int) -> str:
        if "#" in unit:
            return start + joined((unit.replace("#", str(number)) for number in count()), size) + end
        return (start + unit * (size // len(unit) + 1))[:size] + end

    return made


def joined(pieces: Iterator[str], size: int) -> str:
    """As many of the pieces as fit ``size``."""
    out: list[str] = []
    length = 0
    for piece in pieces:
        if length >= size:
            break
        out.append(piece)
        length += len(piece)
    return "".join(out)[:size]


def ramp(mark: str, behind: str, deepest: int) -> Maker:
    """Lines with one more mark each, up to ``deepest``, and down again."""
    levels = [*range(1, deepest), *range(deepest, 0, -1)]
    return lambda size: joined((mark * level + behind for _ in count() for level in levels), size)


def cycled(*units: str) -> Maker:
    return lambda size: joined(chain.from_iterable(units for _ in count()), size)


def long_lines(width: int, end: str) -> Maker:
    """Lines as long as a check on single lines still looks at, each with what such a check hopes for at its end."""
    return repeated("a" * 3 + " " + "b c " * ((width - len(end) - 4) // 4) + end + "\n")


_ATTRIBUTION = "On Mon, 1 Jun 2026 at 10:00, Rina Wijaya <rina@rinawijaya.example> wrote:\n"
_INDONESIAN = "Pada tanggal Sen, 1 Jun 2026 pukul 10.00 Rina Wijaya <rina@rinawijaya.example> menulis:\n"

TEXTS: dict[str, Maker] = {
    # one line
    "words on one line": repeated("thank you for the proposal, we will look at it "),
    "letters without a space": repeated("x"),
    "numbered words on one line": repeated("word# "),
    "spaces": repeated(" ", end="x"),
    "tabs and no-break spaces": repeated("\t\u00a0\u2003"),
    "stops": repeated(".", end="a"),
    "stops before letters": repeated("." * 19_990 + "a "),
    "stops with closing quotes": repeated(".'" * 300 + "a "),
    "question marks": repeated("?", end="b"),
    "question marks before letters": repeated("?" * 5000 + "b "),
    "single letters": repeated("a. "),
    "apostrophes": repeated("'"),
    "it's": repeated("I'll we'll it's you've o'clock# "),
    "digits": repeated("9"),
    "at signs": repeated("@"),
    "a at a": repeated("a@"),
    "angle brackets": repeated("<"),
    "closing angle brackets": repeated(">"),
    "quotation marks": repeated('"'),
    "encoded words without an end": repeated("=?"),
    "soft line breaks": repeated("=\n"),
    "brackets": repeated("([{"),
    "hyphens": repeated("a-"),
    "links": repeated("https://a.example/?q=#&"),
    "data links": repeated("data:a/b;base64,AAAA"),
    # line ends
    "newlines": repeated("\n"),
    "newlines and spaces": repeated("\n "),
    "carriage returns": repeated("\r"),
    "line separators": repeated("\u2028\u2029\x85\x0b\x0c"),
    "short lines": repeated("a\n"),
    "paragraphs": repeated("a# b\n\n"),
    # characters
    "bidirectional controls": repeated("\u202e\u2066a\u2069\u202c"),
    "zero width": repeated("w\u200be\u200c \u200dw\u2060i\ufeffll "),
    "soft hyphens in words": repeated("Fri\u00adday "),
    "combining marks": repeated("a" + "\u0301" * 500),
    "capitals that grow": repeated("\u0130"),
    "ligatures and sharps": repeated("\ufb03\u00df\u1e9e "),
    "alternating scripts": repeated("a\u0430\u03b1\u0627\u05d0\u4e2d"),
    "look-alike date": repeated("Fr\u0456day 1\u0665 \u0408uly "),
    "figures of other scripts": repeated("\u0661\u0665/\u0660\u0666/\u0662\u0660\u0662\u0666 "),
    "fullwidth": repeated("\uff26\uff52\uff49\uff44\uff41\uff59 \uff11\uff15\uff1a\uff10\uff10 "),
    "astral": repeated("\U0001f600"),
    "tags and variation selectors": repeated("\U000e0041\ufe0f"),
    "lone surrogates": repeated("\ud800 Friday \udfff "),
    "zeros": repeated("\0"),
    "controls": repeated("\x01\x1b[31m\x7f\x9b"),
    "private use and non-characters": repeated("\ue000\ufdd0\uffff"),
    # quotes
    "quote levels": ramp(">", " x\n", 1500),
    "quote levels with spaces": ramp("> ", "x\n", 300),
    "quoted and own lines in turn": repeated("> a#\nb#\n"),
    "initials": repeated("RW> b#\n"),
    "attributions": repeated(_ATTRIBUTION),
    "attributions before quotes": cycled(_ATTRIBUTION, "> yes\n\n", _INDONESIAN, "> ya\n\n"),
    "attributions on one line": repeated(_ATTRIBUTION.rstrip("\n") + " "),
    "attribution beginnings": repeated("On Mon, 1 Jun 2026 at 10:00, "),
    "attribution lines without an end": repeated("On Mon, 1 Jun 2026 at 10:00, Rina\n"),
    "wrote": repeated("wrote: "),
    "long lines that end in wrote": long_lines(396, "wrote:"),
    "long lines before quotes": repeated(long_lines(396, "wrote:")(390) + "\n" + "> x\n"),
    "long lines of figures and a colon": repeated("12 Junij 20x " * 30 + ":\n"),
    "separators": repeated("-----Original Message-----\n"),
    "dashed words": repeated("--- a ---\n"),
    "drawn lines": repeated("_" * 40 + "\n"),
    "dashes": repeated("-"),
    "copied headers": repeated("From: a\nSent: b\n\n"),
    "copied headers on one line": repeated("From: a Sent: b To: c Subject: d "),
    "labels": repeated("Dari: x\n"),
    "forwarded in forwarded": repeated("---------- Forwarded message ---------\nFrom: Budi <b@x.example>\nDate: x\n\n"),
    # signatures
    "delimiters": repeated("-- \n"),
    "closings and names": repeated("Best regards,\nAnna Maria\n"),
    "closings on one line": repeated("Salam, Budi Santoso - "),
    "names": repeated("A.B.C.D.E.F.G.H.I.J.K.L.M.N.\n"),
    "devices": repeated("Sent from my iPhone\n"),
    "images": repeated("[cid:" + "a" * 290 + "\n"),
    "legal text": repeated("This email and any files are confidential and intended for the recipient. " * 3 + "\n\n"),
    "contacts": repeated("+62 21 555 0100 | www.a.example | a@b.example\n"),
    # days
    "weekdays": repeated("Friday "),
    "weekdays with openings": repeated("Friday ("),
    "next of next": repeated("next week on next Monday or the next "),
    "dates": repeated("1/2/2026 "),
    "dotted figures": repeated("1.1."),
    "ranges": repeated("1-"),
    "numbered dates": repeated("by # June 2026, "),
    "every word a date word": repeated("in 3 weeks by 3 pm on Monday or the 15th of July and within "),
    "kata tanggal": repeated("paling lambat hari Jumat tanggal 12 Juni pukul 10.00 WIB atau minggu depan "),
    "huge numbers": repeated("in 99999999999999999999 weeks "),
    "deadlines and promises": repeated("We will let you know # by Friday. "),
    "promises without a stop": repeated("we will let you know # by Friday "),
    "janji": repeated("Kami kabari # paling lambat hari Jumat. "),
    "quotes before a question mark": repeated("#" + "'" * 590 + "?\n"),
    "words with all that may stand between": repeated(
        "menurut, \"'( " * 38 + "lolo lolos, jadi # tidak akan masuk ke tahap berikutnya.\n"
    ),
    "questions": repeated("Could you send me #? "),
    "one sentence of everything": cycled(
        "we will let you know by Friday unfortunately please do not follow up if you have not heard by Monday "
        "we are pleased to offer you the position could you send me the contract interview on Tuesday at 10:00 "
    ),
    "one letter after another": lambda size: joined((chr(0x20 + n % 0x2FE0) for n in count()), size),
}
