"""The header of a message or part: fields split, unfolded, decoded, and their parameters. Linear, never raises."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from susul.charsets import decode_text, decode_words, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# One field with its folded lines (RFC 5322, 2.2.3). A name that begins with "--" is a MIME delimiter.
_FIELD = re.compile(rb"(?!--)([!-9;-~]{1,200})[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)(?:\n|$)")
_ENVELOPE = re.compile(rb">?From [^\n]*\n")
_BLANK = re.compile(rb"\r?\n")
_PARAMETER = re.compile(r'[;"\\]')
_EXTENDED = re.compile(r"([^*\s]+)(?:\*(\d{1,4}))?(\*)?")


class Fields:
    """Header fields by lower-case name; a field may occur more than once. Values come as bytes or as text."""

    __slots__ = ("_values",)

    def __init__(self, fields: Iterable[tuple[str, bytes | str]]) -> None:
        self._values: dict[str, list[bytes | str]] = {}
        for name, value in fields:
            self._values.setdefault(name, []).append(value)

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def all(self, name: str) -> Iterator[str]:
        """Every value of ``name``, unfolded, encoded words as they are."""
        for value in self._values.get(name, ()):
            text = decode_text(value) if isinstance(value, bytes) else value
            yield text.replace("\r", "").replace("\n", "").strip()

    def first(self, name: str) -> str:
        return next(self.all(name), "")

    def line(self, name: str) -> str:
        """The first value of ``name`` as people read it: decoded, on one line."""
        return one_line(decode_words(self.first(name)))


def split_header(raw: bytes, start: int) -> tuple[Fields, int]:
    """The fields from ``start`` on, and where the body begins. A line that is no field begins the body."""
    fields: list[tuple[str, bytes | str]] = []
    envelope = _ENVELOPE.match(raw, start)
    at = envelope.end() if envelope else start
    while field := _FIELD.match(raw, at):
        fields.append((field[1].decode("ascii").lower(), field[2]))
        at = field.end()
    blank = _BLANK.match(raw, at)
    return Fields(fields), blank.end() if blank else at


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """``text/plain; charset=utf-8`` as its lower-case main value and its parameters by lower-case name.

    Values split or encoded by RFC 2231 are put together; encoded words, which writers use against the rules, decoded.
    """
    first, *rest = _split_parameters(value)
    main, _, stray = first.strip().partition(" ")
    if stray:
        rest.insert(0, stray)  # "text/plain charset=utf-8": the semicolon was forgotten
    plain: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for parameter in rest:
        name, equals, text = parameter.partition("=")
        extended = _EXTENDED.fullmatch(name.strip().lower())
        if not equals or not extended:
            continue
        if extended[2] is None and extended[3] is None:
            plain.setdefault(extended[1], one_line(decode_words(_unquoted(text))))
        else:
            pieces.setdefault(extended[1], []).append((int(extended[2] or 0), bool(extended[3]), _unquoted(text)))
    return main.lower(), plain | {name: _assembled(found) for name, found in pieces.items()}


def _split_parameters(value: str) -> list[str]:
    parts: list[str] = []
    start = skip_at = 0
    quoted = False
    for special in _PARAMETER.finditer(value):
        if special.start() < skip_at:
            continue
        if special[0] == "\\":
            skip_at = special.end() + 1
        elif special[0] == '"':
            quoted = not quoted
        elif not quoted:
            parts.append(value[start : special.start()])
            start = special.end()
    return [*parts, value[start:]]


def _unquoted(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    return text.strip('"')


def _assembled(pieces: list[tuple[int, bool, str]]) -> str:
    """RFC 2231: numbered pieces in order, the percent-encoded ones behind ``charset'language'``."""
    charset = ""
    ordered = sorted(pieces, key=lambda piece: piece[0])
    if ordered[0][1] and ordered[0][2].count("'") > 1:
        charset, _, rest = ordered[0][2].split("'", 2)
        ordered[0] = (0, True, rest)
    data = b"".join(
        unquote_to_bytes(text) if encoded else text.encode("utf-8", "replace") for _, encoded, text in ordered
    )
    return one_line(decode_text(data, charset))
