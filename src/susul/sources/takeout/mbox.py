"""Mail out of mbox files: Google Takeout's, or any program's (RFC 4155; mboxrd and mboxo quoting).

A file is read line by line and one message at a time is in memory beside the ``Message`` values that are kept.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, BinaryIO

from susul.errors import UsageError
from susul.reading.header_fields import Fields, split_header
from susul.reading.mime import EPOCH, from_rfc5322, parsed_date
from susul.sources.takeout.labels import labels_of, labels_without_header
from susul.sources.takeout.threads import into_threads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from susul.model import Message

LARGEST_MESSAGE = 100_000_000  # Gmail takes mails of up to 50 MB in
_LONGEST_LINE = 1_000_000

_BOUNDARY = re.compile(rb"""(?i)^content-type:[^\n]*(?:\n[ \t][^\n]*)*?boundary="?([^"\s;]{1,200})""", re.MULTILINE)
_QUOTED = re.compile(rb">+From ")
_FIELD = re.compile(rb">?From |[!-9;-~]{1,100}[ \t]?:")
# "From x@y Thu Jan 01 10:00:00 +0000 2026", in the order that the writer liked.
_STAMPED = re.compile(rb"From \S{1,320} [^\n]{0,60}\b\d{1,2}:\d\d[^\n]{0,60}")
_BARE = re.compile(rb"From \S{1,320}\s*")
_ENVELOPE_FIELDS = ("from", "date", "message-id", "subject", "to", "received")


@dataclass(frozen=True, slots=True)
class Takeout:
    """The mail of some mbox files. ``skipped`` counts the items that could not be read, by reason."""

    messages: tuple[Message, ...]
    skipped: Mapping[str, int] = field(default_factory=dict)


def read_mbox(path: Path, owner_addresses: tuple[str, ...], *, since: datetime | None) -> Takeout:
    """The mail of one file, sent at or after ``since`` (aware; None: all); see ``read_mailboxes``."""
    return read_mailboxes((path,), owner_addresses, since=since)


def _nobody_watches(size: int) -> None:
    """Nothing is told."""


def read_mailboxes(
    paths: Sequence[Path],
    owner_addresses: tuple[str, ...],
    *,
    since: datetime | None,
    told: Callable[[int], None] = _nobody_watches,
) -> Takeout:
    """The mail of several files as one mailbox, in time order; the same mail in two places is taken once.

    ``told`` is given the size in bytes of each mail that was read.
    Raises UsageError for a file that is missing, can't be read or isn't an mbox. An empty file is an empty mailbox.
    """
    skipped: Counter[str] = Counter()
    found: dict[str, Message] = {}
    for path in paths:
        for envelope, raw in _items(path, skipped):
            told(len(envelope) + len(raw))
            message = _message(envelope, raw, owner_addresses)
            if message is None:
                skipped["mail without a header"] += 1
            elif since is None or message.sent_at >= since:
                _keep(message, found)
    return Takeout(into_threads(list(found.values()), owner_addresses), dict(skipped))


def _keep(message: Message, found: dict[str, Message]) -> None:
    """Adds ``message`` unless it is there; another mail under the same Message-ID gets an id of its own."""
    same = found.get(message.id)
    if same is not None and not _same_mail(same, message):
        message = replace(
            message, id=_short_hash(f"{message.id} {message.sent_at} {message.sender.email} {message.text}")
        )
        same = found.get(message.id)
    if same is None:
        found[message.id] = message
    elif not message.labels <= same.labels:
        found[message.id] = replace(same, labels=same.labels | message.labels)


def _same_mail(one: Message, other: Message) -> bool:
    return (one.sent_at, one.sender, one.subject, one.text.strip()) == (
        other.sent_at,
        other.sender,
        other.subject,
        other.text.strip(),
    )


def _message(envelope: bytes, raw: bytes, owner_addresses: tuple[str, ...]) -> Message | None:
    header, _ = split_header(raw, 0)
    if not any(name in header for name in _ENVELOPE_FIELDS):
        return None
    message = from_rfc5322(raw, id="", thread_id=_thread_number(header), labels=frozenset())
    listed = " ".join(header.all("x-gmail-labels"))
    return replace(
        message,
        id=_short_hash(message.message_id or raw),
        labels=labels_of(listed) if listed else labels_without_header(message.sender.email, owner_addresses),
        sent_at=message.sent_at if message.sent_at > EPOCH else _stamp(envelope),
    )


def _thread_number(header: Fields) -> str:
    return header.first("x-gm-thrid")


def _short_hash(value: str | bytes) -> str:
    data = value if isinstance(value, bytes) else value.encode("utf-8", "replace")
    return hashlib.sha256(data).hexdigest()[:16]


def _stamp(envelope: bytes) -> datetime:
    """When the mailbox took the mail, from its "From " line."""
    words = envelope.decode("ascii", "replace").split()[2:]
    zones = [word for word in words if re.fullmatch(r"[+-]\d{4}", word)]
    return parsed_date(" ".join([word for word in words if word not in zones] + zones)) or EPOCH


def _items(path: Path, skipped: Counter[str]) -> Iterator[tuple[bytes, bytes]]:
    try:
        with path.open("rb") as file:
            yield from _split(file, path, skipped)
    except OSError as error:
        raise UsageError(f"The mailbox file {path} can't be read: {error.strerror or error}.") from error


def _split(file: BinaryIO, path: Path, skipped: Counter[str]) -> Iterator[tuple[bytes, bytes]]:
    """Each message's "From " line and its bytes, unquoted."""
    lines = _lines(file)
    envelope = next((line for line, _ in lines if line.strip()), None)
    if envelope is None:
        return
    if not envelope.startswith(b"From "):
        raise UsageError(
            f'{path} is not an mbox file: it does not begin with "From ".',
            hint="Google Takeout packs its mail as a zip or tgz file; unpack it and name the .mbox file inside.",
        )
    body: list[bytes] = []
    size = 0
    blank = False
    for line, following in lines:
        if line.startswith(b"From ") and _separates(line, following, after_blank=blank):
            yield from _whole(envelope, body, size, skipped)
            envelope, body, size = line, [], 0
            continue
        blank = line in (b"\n", b"\r\n")
        size += len(line)
        if size <= LARGEST_MESSAGE:
            body.append(line[1:] if line.startswith(b">") and _QUOTED.match(line) else line)
    if _is_cut_off(b"".join(body)):
        skipped["mail cut off at the end of the file"] += 1  # it is read as far as it goes
    yield from _whole(envelope, body, size, skipped)


def _is_cut_off(raw: bytes) -> bool:
    """Whether the last mail of a file ends in its header or inside a part (RFC 2046, 5.1.1: the closing boundary)."""
    header, gap, _ = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    boundary = _BOUNDARY.search(header)
    return bool(raw) and (not gap or (boundary is not None and b"--" + boundary[1] + b"--" not in raw))


def _whole(envelope: bytes, body: list[bytes], size: int, skipped: Counter[str]) -> Iterator[tuple[bytes, bytes]]:
    if size > LARGEST_MESSAGE:
        skipped["mail larger than any mail"] += 1
        return
    if body and not body[-1].strip():
        del body[-1]  # the blank line that belongs to the next separator
    raw = b"".join(body)
    if raw.strip():
        yield envelope, raw
    else:
        skipped["empty mail"] += 1


def _lines(file: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """Each line with the one that follows it; a line longer than anything real comes in pieces."""
    line = file.readline(_LONGEST_LINE).removeprefix(b"\xef\xbb\xbf")
    while line:
        following = file.readline(_LONGEST_LINE)
        yield line, following
        line = following


def _separates(line: bytes, following: bytes, *, after_blank: bool) -> bool:
    """Whether a "From " line begins a message. Not all writers quote such lines in the text."""
    header_follows = _FIELD.match(following) is not None
    if _STAMPED.match(line):
        return after_blank or header_follows
    return after_blank and header_follows and _BARE.fullmatch(line) is not None
