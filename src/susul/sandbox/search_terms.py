"""The single terms of a search: what ``from:``, ``after:`` or a bare word accept."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from susul.sandbox.labels import TAKEOUT_NAMES
from susul.sandbox.message import StoredMessage, milliseconds
from susul.sandbox.search_text import body_text, header_text, words

if TYPE_CHECKING:
    from susul.sandbox.mailbox import Mailbox

Test = Callable[[StoredMessage], bool]

FOREVER = 1 << 62

# "All dates used in the search query are interpreted as midnight on that date in the PST timezone" (filtering guide).
PST = timezone(timedelta(hours=-8))
DATE = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})")
AGE = re.compile(r"(\d{1,5})([dmy])")
SIZE = re.compile(r"(\d{1,12})([kmKM]?)")
DAYS = {"d": 1, "m": 30, "y": 365}

PLACES = {
    "inbox": "INBOX", "sent": "SENT", "draft": "DRAFT", "drafts": "DRAFT", "spam": "SPAM", "trash": "TRASH",
    "chats": "CHAT", "chat": "CHAT", "starred": "STARRED", "important": "IMPORTANT", "unread": "UNREAD",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """A test with the times it can't match outside of; ``hidden_too`` when it asks for spam or trash."""

    accepts: Test
    after_ms: int = -FOREVER
    before_ms: int = FOREVER
    hidden_too: bool = False


def term(operator: str, value: str, mailbox: Mailbox) -> Term | None:
    """The test for ``operator:value``, or for words if ``operator`` is empty; ``None`` if there is nothing to ask."""
    if operator in _BUILDERS:
        return _BUILDERS[operator](value, mailbox)
    return _text(value, mailbox)


def _nothing(_: StoredMessage) -> bool:
    return False


def _text(value: str, _: Mailbox) -> Term | None:
    phrase = words(value)
    if not phrase.strip():
        return None

    def accepts(message: StoredMessage) -> bool:
        head = header_text(message)
        if any(phrase in text for text in (head.subject, head.sender, head.to, head.cc, head.bcc)):
            return True
        body = body_text(message)
        return phrase in body.text or any(phrase in words(name) for name in body.files)

    return Term(accepts)


def _people(*names: str) -> Callable[[str, Mailbox], Term | None]:
    """``from:`` and its like: words of a name or address, a domain, or ``me``."""

    def build(value: str, mailbox: Mailbox) -> Term | None:
        own = mailbox.own_addresses
        if value.lower() == "me":
            if names == ("sender",):
                return Term(lambda message: not own.isdisjoint(header_text(message).senders))
            return Term(lambda message: not own.isdisjoint(header_text(message).receivers))
        phrase = words(value)
        if not phrase.strip():
            return None
        return Term(lambda message: any(phrase in getattr(header_text(message), name) for name in names))

    return build


def _subject(value: str, _: Mailbox) -> Term | None:
    phrase = words(value)
    return Term(lambda message: phrase in header_text(message).subject) if phrase.strip() else None


def _list(value: str, _: Mailbox) -> Term | None:
    phrase = words(value)
    return Term(lambda message: phrase in header_text(message).list_id) if phrase.strip() else None


def _has_label(label_id: str) -> Term:
    hidden = label_id in {"SPAM", "TRASH"}
    return Term(lambda message: label_id in message.labels, hidden_too=hidden)


def _in(value: str, mailbox: Mailbox) -> Term:
    if value.lower() == "anywhere":
        return Term(lambda _: True, hidden_too=True)
    return _label(value, mailbox)


def _label(value: str, mailbox: Mailbox) -> Term:
    """By name; spaces and slashes of a label's name are written as hyphens."""
    wanted = value.lower()
    if wanted in PLACES:
        return _has_label(PLACES[wanted])
    for label in mailbox.labels.all():
        if wanted in {label.name.lower(), label.id.lower(), _hyphened(label.name)}:
            return _has_label(label.id)
    return _has_label(TAKEOUT_NAMES[wanted]) if wanted in TAKEOUT_NAMES else Term(_nothing)


def _hyphened(name: str) -> str:
    return name.lower().replace(" ", "-").replace("/", "-")


def _is(value: str, _: Mailbox) -> Term:
    if value.lower() == "read":
        return Term(lambda message: "UNREAD" not in message.labels)
    return _has_label(PLACES[value.lower()]) if value.lower() in PLACES else Term(_nothing)


def _category(value: str, _: Mailbox) -> Term:
    name = "personal" if value.lower() == "primary" else value.lower()
    return _has_label(f"CATEGORY_{name.upper()}")


def _has(value: str, _: Mailbox) -> Term:
    if value.lower() != "attachment":
        return Term(_nothing)
    return Term(lambda message: bool(body_text(message).files))


def _filename(value: str, _: Mailbox) -> Term:
    """A whole name, a word of it, or its extension."""
    wanted = value.lower()
    phrase = words(value)

    def accepts(message: StoredMessage) -> bool:
        names = body_text(message).files
        return any(name == wanted or name.endswith(f".{wanted}") or phrase in words(name) for name in names)

    return Term(accepts)


def _rfc822msgid(value: str, _: Mailbox) -> Term:
    wanted = f"<{value.strip('<>')}>"
    return Term(lambda message: message.rfc_id == wanted)


def instant_ms(value: str) -> int | None:
    """Epoch seconds, or a date as its midnight PST."""
    if value.isascii() and value.isdigit():
        return int(value[:14]) * 1000
    found = DATE.fullmatch(value)
    if not found:
        return None
    year, month, day = map(int, found.groups())
    try:
        return milliseconds(datetime(year, month, day, tzinfo=PST))
    except ValueError:
        return None


def _since(moment_ms: int) -> Term:
    return Term(lambda message: message.internal_ms >= moment_ms, after_ms=moment_ms)


def _until(moment_ms: int) -> Term:
    return Term(lambda message: message.internal_ms < moment_ms, before_ms=moment_ms)


def _after(value: str, _: Mailbox) -> Term:
    moment = instant_ms(value)
    return Term(_nothing) if moment is None else _since(moment)


def _before(value: str, _: Mailbox) -> Term:
    moment = instant_ms(value)
    return Term(_nothing) if moment is None else _until(moment)


def _age_ms(value: str, mailbox: Mailbox) -> int | None:
    found = AGE.fullmatch(value.lower())
    if not found:
        return None
    moment = mailbox.now().astimezone(UTC).timestamp() - int(found[1]) * DAYS[found[2]] * 86_400
    return int(moment * 1000)


def _newer_than(value: str, mailbox: Mailbox) -> Term:
    moment = _age_ms(value, mailbox)
    return Term(_nothing) if moment is None else _since(moment)


def _older_than(value: str, mailbox: Mailbox) -> Term:
    moment = _age_ms(value, mailbox)
    return Term(_nothing) if moment is None else _until(moment)


def _bytes(value: str) -> int | None:
    found = SIZE.fullmatch(value)
    return int(found[1]) * {"": 1, "k": 1024, "m": 1024 * 1024}[found[2].lower()] if found else None


def _larger(value: str, _: Mailbox) -> Term:
    size = _bytes(value)
    return Term(lambda message: size is not None and len(message.raw) > size)


def _smaller(value: str, _: Mailbox) -> Term:
    size = _bytes(value)
    return Term(lambda message: size is not None and len(message.raw) < size)


_BUILDERS: dict[str, Callable[[str, Mailbox], Term | None]] = {
    "from": _people("sender"),
    "to": _people("to", "cc", "bcc"),
    "cc": _people("cc"),
    "bcc": _people("bcc"),
    "subject": _subject,
    "list": _list,
    "in": _in,
    "label": _label,
    "is": _is,
    "category": _category,
    "has": _has,
    "filename": _filename,
    "rfc822msgid": _rfc822msgid,
    "after": _after,
    "newer": _after,
    "before": _before,
    "older": _before,
    "newer_than": _newer_than,
    "older_than": _older_than,
    "larger": _larger,
    "smaller": _smaller,
}
