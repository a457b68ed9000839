"""Makes words that strangers wrote safe to stand in a draft: in a header, in a sentence, in a quote.

A header value can hide a line break inside an RFC 2047 encoded word, and the email package decodes such words again
when a header is set. So words are decoded until nothing changes, and only then are the control characters taken out.
"""

from __future__ import annotations

import unicodedata
from email.errors import MessageError
from email.header import decode_header, make_header

LONGEST_HEADER = 900  # characters: below the 998 octets of a line (RFC 5322, 2.1.1) for plain text
ROUNDS_OF_DECODING = 5
# Marks that turn the direction of the text around them, and so can make a name read as another.
DIRECTION_MARKS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# What templates, markup and shells are written with. Nobody's role or project is named with them.
SYNTAX = frozenset('{}<>[]$\\`|^~=@#*_"')

# What programs write where they have nothing to say.
FILLERS = frozenset({"none", "nan", "null", "undefined", "n/a"})


def header_words(value: str) -> str:
    """``value`` as one decoded line without control characters; what is too long for a header is cut."""
    words = value[:LONGEST_HEADER]
    for _ in range(ROUNDS_OF_DECODING):
        decoded = _decoded(words)[:LONGEST_HEADER]
        if decoded == words:
            break
        words = decoded
    words = one_line(words)
    while "=?" in words:  # still looks like an encoded word: would be decoded once more by whoever reads the header
        words = words.replace("=?", "= ?")
    return words


def _decoded(words: str) -> str:
    if "=?" not in words:
        return words
    try:
        return str(make_header(decode_header(words)))
    except (MessageError, LookupError, ValueError):  # an unknown charset or broken base64: the words stay as they are
        return words


def one_line(text: str) -> str:
    """``text`` with every run of white space and control characters made one space."""
    return " ".join("".join(" " if _breaks(char) else char for char in text if not _hides(char)).split())


def many_lines(text: str) -> str:
    """``text`` with plain line ends, and without the control characters that a mail can't carry."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in plain if char in "\n\t" or not (_breaks(char) or _hides(char)))


def is_plain(text: str) -> bool:
    """Whether ``text`` holds nothing that templates, markup or links are written with."""
    return not SYNTAX.intersection(text) and "%}" not in text and "://" not in text


def is_filler(text: str) -> bool:
    """Whether a word of ``text`` is what a program writes for nothing ("None", "null")."""
    return not FILLERS.isdisjoint(text.lower().split())


def _breaks(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Zl", "Zp")


def _hides(char: str) -> bool:
    return char in DIRECTION_MARKS or unicodedata.category(char) == "Cs"
