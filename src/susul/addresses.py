"""Mail addresses out of header values (RFC 5322, 3.4), safely and the same on every Python.

The address of a mailbox is what stands in the last ``<…>`` of each comma- or semicolon-separated entry, outside quotes
and comments; without ``<…>`` it is the entry itself. The standard library takes ``a@evil.example <b@good.example>`` for
``a@evil.example`` in some versions, which would write to the wrong person. Anything doubtful is no address at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from susul.charsets import decode_words, one_line
from susul.model import Address

if TYPE_CHECKING:
    from collections.abc import Iterator

# An encoded word is one mark: writers leave commas and quotes bare inside it.
_SPECIAL = re.compile(r'=\?[^?\s]{1,60}\?[bBqQ]\?[^?\s]*\?=|[\\",;:<>()]')
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+")
_DOMAIN = re.compile(
    r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?|\[[0-9A-Fa-f.:]{3,45}\]|\[IPv6:[0-9A-Fa-f.:]{2,45}\]"
)
_INVISIBLE = re.compile("[\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f]")
_LONGEST = 320
_LONGEST_NAME = 200
_LONGEST_HEADER = 200_000  # some 4,000 mailboxes; nobody writes to more


@dataclass(slots=True)
class _Entry:
    """One entry as far as it was read: raw text outside ``<…>``, the last ``<…>``, and comments."""

    text: list[str] = field(default_factory=list)
    angle: str | None = None
    comments: list[str] = field(default_factory=list)
    addressed: bool = False  # whether an address began already, so that a colon can't name a group

    @property
    def raw(self) -> str:
        return "".join(self.text).strip()


@dataclass(slots=True)
class _Scanner:
    """Reads one header value into entries. ``literal`` takes quotes and brackets of comments for plain text."""

    value: str
    literal: bool = False
    entry: _Entry = field(default_factory=_Entry)
    angle: list[str] | None = None
    comment: list[str] = field(default_factory=list)
    depth: int = 0
    quoted: bool = False

    @property
    def unfinished(self) -> bool:
        return self.quoted or self.depth > 0

    def entries(self) -> Iterator[tuple[_Entry, str]]:
        """Each entry with the separator that ended it."""
        last_semicolon = self.value.rfind(";")
        end = skip_at = 0
        for special in _SPECIAL.finditer(self.value):
            self._add(self.value[end : special.start()])
            end = special.end()
            mark = special[0]
            escaped = special.start() < skip_at
            if escaped or not self._separates(mark):
                if mark == "\\" and not escaped:
                    skip_at = end + 1
                self._take(mark, plain=escaped)
            elif mark == ":" and (self.entry.addressed or special.start() > last_semicolon):
                self._add(mark)
            else:
                yield self._ended(), mark
        self._add(self.value[end:])
        yield self._ended(), ""

    def _separates(self, mark: str) -> bool:
        if self.unfinished or mark not in ",;:":
            return False
        if self.angle is None:
            return True
        # An unclosed "<a@x, B <b@y>" ends at the comma; the commas of a source route "<@a,@b:c@d>" do not end it.
        return mark != ":" and not (self.angle and self.angle[0].lstrip().startswith("@"))

    def _add(self, text: str) -> None:
        if not text:
            return
        if self.depth:
            self.comment.append(text)
        elif self.angle is not None:
            self.angle.append(text)
        else:
            self.entry.text.append(text)
            self.entry.addressed = self.entry.addressed or "@" in text

    def _take(self, mark: str, *, plain: bool) -> None:
        if plain or len(mark) > 1 or mark in "\\,;:":
            self._add(mark)
        elif mark == '"':
            self._add(mark)
            self.quoted = not self.quoted and not self.depth and not self.literal
        elif self.quoted:
            self._add(mark)
        elif mark in "()":
            self._bracket(mark)
        elif not self.depth:
            self._angle(mark)
        else:
            self._add(mark)

    def _bracket(self, mark: str) -> None:
        if self.literal or self.angle is not None or (mark == ")" and not self.depth):
            self._add(mark)
            return
        self.depth += 1 if mark == "(" else -1
        if not self.depth:
            self.entry.comments.append("".join(self.comment))
            self.comment = []

    def _angle(self, mark: str) -> None:
        if mark == "<":
            self.angle = []
            self.entry.addressed = True
        elif self.angle is not None:
            self.entry.angle = "".join(self.angle)
            self.angle = None

    def _ended(self) -> _Entry:
        if self.angle is not None:
            self.entry.angle = "".join(self.angle)
            self.angle = None
        entry, self.entry = self.entry, _Entry()
        return entry


def parse_addresses(header_value: str) -> tuple[Address, ...]:
    """The mailboxes of a From, To, Cc, Bcc, Sender or Reply-To value, in order; groups are opened.

    Encoded words may be decoded already or not. Names are decoded, on one line, without quotes and without invisible
    characters; a name that only repeats the address is empty. Entries without a usable address are left out.
    """
    if len(header_value) > _LONGEST_HEADER:
        header_value = header_value[:_LONGEST_HEADER].rpartition(",")[0]  # never half an address
    found = _parsed(header_value)
    if not found and "=?" in header_value:
        # Some writers encode the whole mailbox, address and all.
        found = _parsed(decode_words(header_value))
    return found


def _parsed(value: str) -> tuple[Address, ...]:
    if "@" not in value:
        return ()
    scanner = _Scanner(value)
    entries = list(scanner.entries())
    if scanner.unfinished:
        # A quote or comment that never ends would swallow everything after it.
        entries = list(_Scanner(value, literal=True).entries())
    return tuple(_mailboxes(entries))


def _mailboxes(entries: list[tuple[_Entry, str]]) -> Iterator[Address]:
    before: list[str] = []
    for entry, separator in entries:
        if entry.angle is None and "@" not in entry.raw:
            # "Tan, Mei Ling <t@x>": a comma inside an unquoted name.
            before = [*before, entry.raw] if separator == "," and entry.raw and len(before) < 3 else []
            continue
        email = plain_email(entry.raw if entry.angle is None else entry.angle)
        if email:
            names = [*before, entry.raw] if entry.angle is not None else entry.comments
            yield Address(_name(", ".join(names) or " ".join(entry.comments), email), email)
        before = []


def _name(raw: str, email: str) -> str:
    name = decode_words(raw[: 20 * _LONGEST_NAME]).replace("\\", "").replace('"', "")
    name = one_line(_INVISIBLE.sub("", name))[:_LONGEST_NAME].strip()
    if len(name) > 1 and name[0] == name[-1] == "'":
        name = name[1:-1].strip()
    return "" if name.lower() in (email, f"<{email}>") else name


def plain_email(text: str) -> str:
    """``text`` as a lower-cased addr-spec, or the empty string if it is not safely one (RFC 5322, 3.4.1).

    Refused: no or two ``@``, blanks, controls, a local part beyond ASCII (RFC 6531 needs servers that agree).
    An internationalised domain comes back in its ASCII form (RFC 3490).
    """
    text = text.strip()
    if text[:7].lower() == "mailto:":
        text = text[7:]
    if text.startswith("@"):
        text = text.rpartition(":")[2]  # an obsolete source route, RFC 5322, 4.4
    local, at, domain = text.rpartition("@")
    if not at or len(text) > _LONGEST or not local:
        return ""
    domain = _ascii_domain(domain.rstrip("."))
    if not _DOMAIN.fullmatch(domain) or ".." in domain:
        return ""
    local = _local_part(local)
    return f"{local}@{domain}".lower() if local else ""


def _local_part(text: str) -> str:
    """``text`` if it is a local part; quotes stay only where dots need them (``"a..b"``), other needs are refused."""
    inner = text[1:-1] if len(text) > 2 and text[0] == text[-1] == '"' else text
    if not _LOCAL.fullmatch(inner):
        return ""
    return inner if all(inner.split(".")) else text


def _ascii_domain(domain: str) -> str:
    if domain.isascii():
        return domain
    if not all(character.isalnum() or character in ".-" for character in domain):
        return ""
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
