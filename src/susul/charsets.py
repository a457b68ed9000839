"""Bytes and encoded words (RFC 2047) to text, whatever the sender claims about them. Linear; nothing here raises.

Declared character sets are often wrong, so UTF-8 is tried first: text of another encoding is hardly ever valid UTF-8.
Labels mean what browsers take them to mean (WHATWG Encoding Standard, 4.2): ``iso-8859-1`` is windows-1252.
"""

from __future__ import annotations

import binascii
import codecs
import encodings
import pkgutil
import re
from encodings.aliases import aliases
from functools import cache, lru_cache

# Labels that mail carries and Python has no codec for, or has a narrower one than the writers used.
_MEANT = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "x-user-defined": "cp1252",
    "unknown-8bit": "cp1252",
    "default": "cp1252",
    "ansi": "cp1252",
    "utf8mb4": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
}
# Codecs of Python that no mail means: quadratic (punycode, idna), or interpreting escapes.
_REFUSED = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"}
# Their text is plain ASCII bytes and so valid UTF-8 that says something else.
_SEVEN_BIT = ("iso2022", "utf-7", "hz")
_WIDE = ("utf-16", "utf-32")
_LONGEST_LABEL = 60

_ENCODED_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]")


@lru_cache(maxsize=256)
def codec_of(label: str) -> str | None:
    """The name of the Python text codec that ``label`` means; None for one that does not exist or must not be used."""
    plain = label[: 2 * _LONGEST_LABEL].strip(" \t\"'").lower()
    if len(plain) > _LONGEST_LABEL:
        return None
    plain = _MEANT.get(plain, plain)
    for candidate in (plain, plain.replace("cp-", "cp"), plain.replace("windows-", "cp")):
        if encodings.normalize_encoding(candidate).replace(".", "_") not in _python_codecs():
            continue
        try:
            found = codecs.lookup(candidate)
        except (LookupError, ValueError):
            continue
        known_text = getattr(found, "_is_text_encoding", True)
        return found.name if known_text and found.name not in _REFUSED else None
    return None


@cache
def _python_codecs() -> frozenset[str]:
    """The names that Python's codecs go by. Looking up any other one searches the disk, and is remembered for ever."""
    modules = (module.name for module in pkgutil.iter_modules(encodings.__path__))
    return frozenset(name.replace(".", "_") for name in (*aliases, *aliases.values(), *modules))


def decode_text(data: bytes, declared: str = "") -> str:
    """``data`` as text: UTF-8 if it is that, else as declared, else windows-1252 with U+FFFD for what that lacks."""
    codec = codec_of(declared) if declared else None
    order = ["utf-8", codec]
    if codec and (codec.startswith(_SEVEN_BIT) or (codec.startswith(_WIDE) and b"\0" in data)):
        order = [codec, "utf-8"]
    for name in order:
        text = _decoded(data, name) if name else None
        if text is not None:
            return whole(text.removeprefix("\ufeff"))
    return data.decode("cp1252", "replace")


def _decoded(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (LookupError, ValueError):
        return None


def whole(text: str) -> str:
    """``text`` without lone surrogates, which no file, database or terminal takes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text


def decode_words(value: str) -> str:
    """A header value with its encoded words decoded (RFC 2047); doing it twice changes nothing.

    The blanks between two encoded words are dropped (section 6.2), and neighbours of one charset are joined before
    decoding, because many writers split characters between words.
    """
    if "=?" not in value:
        return value
    out: list[str] = []
    pending: list[tuple[str, bytes]] = []
    end = 0
    for word in _ENCODED_WORD.finditer(value):
        between = value[end : word.start()]
        if not pending or between.strip():
            out += [_joined(pending), between]
            pending = []
        pending.append((word[1].partition("*")[0].lower(), _word_bytes(word[2], word[3])))
        end = word.end()
    return "".join([*out, _joined(pending), value[end:]])


def _joined(words: list[tuple[str, bytes]]) -> str:
    out: list[str] = []
    start = 0
    for index in range(1, len(words) + 1):
        if index == len(words) or words[index][0] != words[start][0]:
            data = b"".join(part for _, part in words[start:index])
            out.append(decode_text(data, words[start][0]))
            start = index
    return "".join(out)


def _word_bytes(encoding: str, encoded: str) -> bytes:
    raw = encoded.encode("utf-8", "replace")
    return from_base64(raw) if encoding in "bB" else binascii.a2b_qp(raw, header=True)


def from_base64(data: bytes) -> bytes:
    """The bytes in ``data``, base64 of either alphabet (RFC 4648); padding may be missing, rubbish is passed over."""
    data = data.replace(b"-", b"+").replace(b"_", b"/")
    for padded in (data, data + b"==", data.rstrip(b"=\r\n \t")[:-1] + b"=="):
        try:
            return binascii.a2b_base64(padded)
        except binascii.Error:
            continue
    return b""


def one_line(value: str) -> str:
    """A decoded header value on one line: no controls, no bidirectional marks, single blanks."""
    if not value.isprintable():
        value = _BIDI.sub("", _CONTROLS.sub(" ", whole(value)))
    return " ".join(value.split())
