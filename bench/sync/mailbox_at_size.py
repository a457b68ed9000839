"""A mailbox of any size whose last 90 days are always the same: what a sync has to read must not grow with the rest.

In the window lie the sample's matters and, around them, what fills a mailbox: advertising, notices, mail from people
that asks nothing, talk with friends. Before it lies the same mixture over ten years. All people are invented.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

from susul.sample import sample_mailbox
from susul.sample.persona import ADDRESS, NAME
from susul.sandbox import Mailbox
from susul.sandbox.search import compile_query
from susul.sandbox.seed import add_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WINDOW = timedelta(days=89)
OLDEST = timedelta(days=3650)
FULL_SIZED = 2_000  # so many have the size of real mail; all before them are short, or 100,000 would fill the memory
# How many of each there are around the sample's matters in the window.
ADVERTS, NOTICES, NOTES, TALKS = 150, 100, 60, 18
LOREM = (
    "The morning was quiet, the market opened late and the baker had bread with sesame again. We walked along the "
    "river as far as the second bridge, where somebody plays the violin on Sundays. "
)
SHOPS = ("Toko Lampu", "Bookshelf Weekly", "Rumah Kopi", "Trail & Tent", "Kebun Kota", "Pixel Market")
SERVICES = ("Parcel Post", "City Library", "Kereta Cepat", "Bank Sentosa", "Cloud Disk", "Water Works")
FRIENDS = ("Ayu Lestari", "Tom Becker", "Nadia Rahma", "Grace Hill", "Bagus Putra", "Emma Stone-Hale")
TOPICS = ("Sunday", "the photos", "resep rendang", "that film", "the garden", "kabar", "football")
# Words that stand in much advertising, too.
ADVERT_WORDS = ("a meeting place", "project of the week", "offers", "news", "sale", "your next interview", "colours")
SEALS = {
    "DKIM-Signature": "v=1; a=rsa-sha256; c=relaxed/relaxed; b=" + "Qx7Zr2Lm" * 42,
    "ARC-Seal": "i=1; a=rsa-sha256; t=1780000000; cv=none; b=" + "Vh3Kp9Wd" * 42,
    "ARC-Message-Signature": "i=1; a=rsa-sha256; c=relaxed/relaxed; b=" + "Ty5Nc8Jf" * 42,
    "Received": "from mail.example (mail.example. [192.0.2.10]) by mx.example with ESMTPS id k7-20 (version=TLS1_3)",
    "Authentication-Results": "mx.example; dkim=pass header.i=@mail.example; spf=pass; dmarc=pass (p=REJECT)",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A message before it is in the mailbox."""

    at: datetime
    thread: str
    raw: bytes
    labels: tuple[str, ...]


def mailbox_of(count: int, now: datetime, seed: int = 1) -> Mailbox:
    """A mailbox of ``count`` messages as it lies at ``now`` (aware), ready to be searched."""
    chance = random.Random(seed)
    sample = sample_mailbox(now)
    box = Mailbox.from_json({**sample, "messages": []})
    recent: list[Piece | dict[str, Any]] = [*_window(now, chance), *(_sealed(record) for record in sample["messages"])]
    older = count - len(recent)
    for piece in _older(older, now, chance):
        box.add_message(piece.raw, piece.labels, piece.thread, piece.at)
    for one in sorted(recent, key=_at):
        if isinstance(one, Piece):
            box.add_message(one.raw, one.labels, one.thread, one.at)
        else:
            add_record(box, one)
    _make_searchable(box, now)
    return box


def in_window(box: Mailbox, now: datetime, days: int = 90) -> int:
    """The messages that a complete copy of the window holds: no drafts."""
    since = int((now - timedelta(days=days)).timestamp() * 1000)
    return sum(m.internal_ms >= since and "DRAFT" not in m.labels for m in box.messages.values())


def news(count: int, now: datetime, seed: int) -> list[str]:
    """Mail that comes in after a sync: a mixture of all kinds, as RFC 5322 text."""
    chance = random.Random(seed)
    kinds = (_advert, _notice, _note)
    return [kinds[number % 3](chance, now, f"news{seed}-{number}").raw.decode() for number in range(count)]


def _at(one: Piece | dict[str, Any]) -> datetime:
    return one.at if isinstance(one, Piece) else datetime.fromisoformat(one["date"])


def _sealed(record: dict[str, Any]) -> dict[str, Any]:
    """The sample's mail with the headers that mail servers add."""
    incoming = ADDRESS not in record["from"] and not record.get("labels")
    return {**record, "headers": {**SEALS, **record.get("headers", {})}} if incoming else record


def _window(now: datetime, chance: random.Random) -> Iterator[Piece]:
    def some(count: int) -> Iterator[datetime]:
        return (now - timedelta(minutes=30) - WINDOW * chance.random() * 0.99 for _ in range(count))

    for kind, count in ((_advert, ADVERTS), (_notice, NOTICES), (_note, NOTES)):
        for number, at in enumerate(some(count)):
            yield kind(chance, at, f"{kind.__name__}{number}")
    for number, at in enumerate(some(TALKS)):
        yield from _talk(chance, at, f"talk{number}")


def _older(count: int, now: datetime, chance: random.Random) -> Iterator[Piece]:
    """Oldest first; the nearest ``FULL_SIZED`` in full size, all others short."""
    end, step = now - timedelta(days=92), (OLDEST - timedelta(days=92)) / max(count, 1)
    for number in range(count, 0, -1):
        at, name = end - step * number, f"old{number}"
        if number > FULL_SIZED:
            yield _piece(at, name, "Cloud Disk <no-reply@disk.example>", "Your weekly notice", LOREM, ("INBOX",))
        else:
            yield (_advert, _notice, _advert, _note)[number % 4](chance, at, name)


def _advert(chance: random.Random, at: datetime, name: str) -> Piece:
    shop, word = chance.choice(SHOPS), chance.choice(ADVERT_WORDS)
    sender = f"{shop} <news@{shop.split()[0].lower()}.example>"
    markup = _markup(chance, 60, word)
    extra = {"List-Unsubscribe": f"<https://{shop.split()[0].lower()}.example/u>", "Precedence": "bulk"}
    labels = ("INBOX", "CATEGORY_PROMOTIONS")
    return _piece(at, name, sender, f"{shop}: {word}", LOREM * 2, labels, markup=markup, extra=extra)


def _notice(chance: random.Random, at: datetime, name: str) -> Piece:
    service = chance.choice(SERVICES)
    sender = f"{service} <no-reply@{service.split()[0].lower()}.example>"
    subject = f"{service}: notice {chance.randrange(10_000)}"
    return _piece(at, name, sender, subject, LOREM, ("INBOX", "CATEGORY_UPDATES"), markup=_markup(chance, 12, "notice"))


def _note(chance: random.Random, at: datetime, name: str) -> Piece:
    friend = chance.choice(FRIENDS)
    subject = f"{chance.choice(TOPICS)} {chance.randrange(1000)}"
    return _piece(at, name, _person(friend), subject, LOREM, ("INBOX",), markup=_markup(chance, 4, subject))


def _talk(chance: random.Random, at: datetime, name: str) -> Iterator[Piece]:
    """A friend writes, the owner answers: no matter of ours."""
    friend, subject = chance.choice(FRIENDS), f"{chance.choice(TOPICS)} {chance.randrange(1000)}"
    yield _piece(at, name, _person(friend), subject, LOREM, ("INBOX",))
    extra = {"In-Reply-To": f"<{name}-1@mail.example>", "References": f"<{name}-1@mail.example>"}
    own, later = f"{NAME} <{ADDRESS}>", at + timedelta(minutes=20)
    yield _piece(later, name, own, f"Re: {subject}", LOREM, ("SENT",), to=_person(friend), extra=extra, number=2)


def _person(name: str) -> str:
    return f"{name} <{name.split(maxsplit=1)[0].lower()}@friends.example>"


def _markup(chance: random.Random, paragraphs: int, word: str) -> str:
    cell = '<tr><td style="padding:8px 12px;font-family:Arial,sans-serif;font-size:14px;color:#333">{}</td></tr>\n'
    rows = (cell.format(f"{chance.randrange(10**9)} {LOREM}{word}.") for _ in range(paragraphs))
    return f'<html><body><table width="600">{"".join(rows)}</table></body></html>'


def _piece(
    at: datetime,
    name: str,
    sender: str,
    subject: str,
    text: str,
    labels: Sequence[str],
    *,
    to: str = f"{NAME} <{ADDRESS}>",
    markup: str = "",
    extra: dict[str, str] | None = None,
    number: int = 1,
) -> Piece:
    fields = {"From": sender, "To": to, "Date": format_datetime(at), "Subject": subject}
    fields |= {"Message-ID": f"<{name}-{number}@mail.example>", "MIME-Version": "1.0", **(extra or {})}
    if ADDRESS not in sender and (markup or extra):
        fields |= SEALS
    body = f"{text}\r\n"
    if markup:
        fields["Content-Type"] = 'multipart/alternative; boundary="=-part"'
        parts = ((kind, part) for kind, part in (("plain", text), ("html", markup)))
        body = "".join(
            f"--=-part\r\nContent-Type: text/{kind}; charset=utf-8\r\n\r\n{part}\r\n" for kind, part in parts
        )
        body += "--=-part--\r\n"
    head = "".join(f"{field}: {value}\r\n" for field, value in fields.items())
    return Piece(at, name, f"{head}\r\n{body}".encode(), tuple(labels))


def _make_searchable(box: Mailbox, now: datetime) -> None:
    """Gmail has its index before anybody asks: the words of the window are read now, not in the first search."""
    test = compile_query('{interview "no such words"} larger:1', box)
    since = int((now - timedelta(days=100)).timestamp() * 1000)
    for message in box.newest_first(since, 1 << 62):
        test.accepts(message)
