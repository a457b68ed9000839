"""What the owner types or pastes to name a thread, an appointment, a case, a person or an organisation."""

from __future__ import annotations

import hashlib
import re
import string
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from susul.addresses import parse_addresses, plain_email
from susul.cases.people import mailbox_of
from susul.domains import is_free_mail, registrable_domain
from susul.errors import UsageError
from susul.owners_word import About, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from susul.model import Case, Event, Message

LONGEST = 2_000  # characters; a link is far shorter
LONGEST_IN_LINK = 64
LONGEST_SHOWN = 60
SHORTEST_WORDS = 3  # characters of a subject by which a conversation may be named
MOST_NAMED = 5
HIDDEN = frozenset({"SPAM", "TRASH", "DRAFT"})  # labels of mail that nobody means by its subject
LENGTHS_OF_ID = (15, 16)  # hexadecimal digits; ids grow with time
IN_OLD_LINK = re.compile(r"(?:thread|msg)-f(?::|%3a)([0-9]{1,20})", re.IGNORECASE)
LINK_LETTERS = "BCDFGHJKLMNPQRSTVWXZbcdfghjklmnpqrstvwxz"
BASE64_BITS, BYTE = 6, 8
LISTED = "susul scan --all --json lists every case with its id and threads; susul scan also reads what is new."
BEGUN_BY_OWNER = "Gmail's link hides the id of a thread that you began. Take the Message ID under ⋮ > Show original."


def case_id_of(first: str) -> str:
    """The short name of the case whose first thread, or else first event, has the id ``first``."""
    return hashlib.sha256(first.encode()).hexdigest()[:10]


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text that names something: the ids of Gmail's API that it can stand for, and the Message-ID (in ``<>``)."""

    ids: frozenset[str]
    message_id: str = ""
    hint: str = LISTED  # what to do where nothing is found

    def names(self, first: str) -> bool:
        """Whether it is the thread or event ``first``, or the case that begins with it."""
        return first in self.ids or case_id_of(first) in self.ids

    def names_mail(self, message: Message) -> bool:
        known_by = {message.id, *([message.message_id] if message.message_id else [])}
        return self.names(message.thread_id) or not known_by.isdisjoint({*self.ids, self.message_id})

    def names_event(self, event: Event) -> bool:
        return self.names(event.id or event.uid) or event.uid in self.ids

    def names_case(self, case: Case) -> bool:
        mail, events = (t.message for t in case.told), case.events
        return case.id in self.ids or any(map(self.names_mail, mail)) or any(map(self.names_event, events))


def pasted(text: str) -> Pasted:
    """``text`` as a thread, message, event or case id, a link of Gmail's, or a Message-ID with or without ``<>``."""
    text = text.strip()[:LONGEST]
    if text.startswith("[") and text.endswith("]"):
        text = text[1:-1]  # as scan prints a case id
    if text.startswith("<") or ("@" in text and "/" not in text):
        return Pasted(frozenset({text}), text if text.startswith("<") else f"<{text}>")
    old = IN_OLD_LINK.search(text)
    if old:
        return Pasted(_spellings(f"{int(old[1]):x}"))
    last = text.partition("?compose=")[0].rstrip("/").rpartition("/")[2] if "#" in text else text
    spelt = _spelt_in_link(last)
    number = spelt.removeprefix("f:")
    if spelt.startswith("f:") and number.isdecimal():
        return Pasted(_spellings(f"{int(number):x}"))
    return Pasted(_spellings(last), hint=BEGUN_BY_OWNER if spelt.startswith("a:") else LISTED)


def _spellings(thread: str) -> frozenset[str]:
    """A thread id as the API writes it, in hexadecimal, and as Takeout does, in decimal; anything else by itself."""
    is_id = len(thread) in LENGTHS_OF_ID and set(thread) <= set("0123456789abcdef")
    return frozenset({thread, str(int(thread, 16))} if is_id else {thread})


def _spelt_in_link(token: str) -> str:
    """``f:1670341738338456798`` or ``a:r…`` out of the last part of a link as Gmail's pages show it today.

    Google documents it nowhere: the token is a number in base 40, and its digits in base 64 are Base64 (RFC 4648) of
    the text. After ``f:`` stands the API's thread id in decimal, after ``a:`` one that the API doesn't know.
    """
    if not token or len(token) > LONGEST_IN_LINK or any(letter not in LINK_LETTERS for letter in token):
        return ""
    number = 0
    for letter in token:
        number = number * len(LINK_LETTERS) + LINK_LETTERS.index(letter)
    bits = -(-number.bit_length() // BASE64_BITS) * BASE64_BITS
    text = (number >> bits % BYTE).to_bytes(bits // BYTE, "big").decode("ascii", "replace")
    return text if text[:2] in ("f:", "a:") else ""


def find_target(
    text: str, messages: Iterable[Message], events: Iterable[Event], own: Iterable[str]
) -> tuple[About, str]:
    """What ``text`` names: mail or an event that is known, an address or a domain, else words of one subject.

    A bare domain that no known mail is from or to is no domain where a subject has it as words ("Node.js"); with an @
    before it, it is one always. ``own`` are the owner's addresses. Raises UsageError, also where the words are in
    several subjects: nothing is guessed.
    """
    messages, events = tuple(messages), tuple(events)
    named = named_exactly(text, messages, events, own)
    if named is None or may_be_words(text, named, messages):
        named = named_by_words(text, messages, events) or named
    if named is None:
        raise UsageError(f"No thread, case or person is known here as {_short(text)}.", hint=pasted(text).hint)
    return named


def named_exactly(text: str, messages: Iterable[Message], events: Iterable[Event], own: Iterable[str]) -> Target | None:
    """What ``text`` names by an id, as an address or as a domain. Raises UsageError for what can't be meant."""
    meant = pasted(text)
    thread = next((message.thread_id for message in messages if meant.names_mail(message)), None)
    if thread is not None:
        return About.THREAD, thread
    event = next((event for event in events if meant.names_event(event)), None)
    if event:
        return About.EVENT, event.uid if event.uid in meant.ids else event.id or event.uid
    return _address(text, own) or _domain(text)


def may_be_words(text: str, named: Target, messages: Iterable[Message]) -> bool:
    """Whether ``text``, which can be read as ``named``, is a bare domain that none of the mail is from or to."""
    about, domain = named
    if about is not About.DOMAIN or text.strip().startswith("@"):
        return False
    people = (a for m in messages for a in (m.sender, *m.reply_to, *m.to, *m.cc, *m.bcc))
    return not any(f".{address.email.rpartition('@')[2]}".endswith(f".{domain}") for address in people)


def named_by_words(text: str, messages: Iterable[Message], events: Iterable[Event]) -> Target | None:
    """The one thread or appointment with ``text`` in its subject. Raises UsageError for several."""
    return _only_one(dict(_with_words(text, messages, events)))


def said_by_words(
    text: str, said: Iterable[Target], messages: Iterable[Message], events: Iterable[Event]
) -> Target | None:
    """The one of ``said``, threads and appointments, with ``text`` in its subject. Raises UsageError for several.

    It comes back as it was said: of a series, the window may hold one date by now.
    """
    subjects = [((About.THREAD, m.thread_id), m.subject) for m in sorted(messages, key=lambda m: m.sent_at)]
    subjects += [((About.EVENT, name), e.summary) for e in events for name in (e.id, e.uid)]
    wanted = frozenset(said)
    return _only_one({named: subject for named, subject in subjects if named in wanted and has_words(subject, text)})


def _only_one(found: dict[Target, str]) -> Target | None:
    """The one that was found, with its subject, the newest last. Raises UsageError for several."""
    if len(found) > 1:
        newest = list(reversed(found.items()))[:MOST_NAMED]
        names = ", ".join(f"{target} ({_short(subject)})" for (_, target), subject in newest)
        names += ", …" if len(found) > len(newest) else ""
        raise UsageError(f"{len(found)} conversations or appointments match that.", hint=f"Name one of them: {names}")
    return next(iter(found), None)


def has_words(subject: str, words: str) -> bool:
    """Whether ``words`` are in ``subject`` as whole words, in upper or lower case: "ann" is not in "Planning"."""
    if len(words) > LONGEST:
        return False
    wanted, there = _folded(words), _folded(subject)
    if len(wanted) < SHORTEST_WORDS:
        return False
    at = there.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if not _within_word(there, at) and not _within_word(there, end):
            return True
        at = there.find(wanted, at + 1)
    return False


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _within_word(text: str, place: int) -> bool:
    """Whether a word goes on from the letter before ``place`` to the one at it."""
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()


def _with_words(words: str, messages: Iterable[Message], events: Iterable[Event]) -> Iterator[tuple[Target, str]]:
    """Threads and appointments with their subject, the newest last; a series is one."""
    for message in sorted(messages, key=lambda message: message.sent_at):
        if HIDDEN.isdisjoint(message.labels) and has_words(message.subject, words):
            yield (About.THREAD, message.thread_id), message.subject
    named = [event for event in events if has_words(event.summary, words)]
    times = Counter(event.uid for event in named)
    for event in sorted(named, key=lambda event: event.starts_at):
        is_series = event.recurring or times[event.uid] > 1
        yield (About.EVENT, event.uid if is_series else event.id or event.uid), event.summary


def _address(text: str, own: Iterable[str]) -> Target | None:
    text = text.strip()
    if text.startswith(("<", "@")):
        return None  # a Message-ID that nothing here has, or a domain
    found = [address.email for address in parse_addresses(text)]
    if len(found) != 1:
        return None
    email = mailbox_of(found[0])
    if email in {mailbox_of(address) for address in own}:
        raise UsageError(f"{email} is your own address.", hint="Name the person or the thread that it is about.")
    return About.ADDRESS, email


def _domain(text: str) -> Target | None:
    """``acme.example`` or ``@acme.example``, with all that lies below it. Raises UsageError for one that many share."""
    domain = plain_email(f"x@{text.strip().removeprefix('@')}").rpartition("@")[2]
    if "." not in domain or not set(domain) <= {*string.ascii_lowercase, *string.digits, ".", "-", "_"}:
        return None
    if is_free_mail(registrable_domain(domain)) or _is_nobodys(domain):
        sentence = f"Anybody can have an address at {domain}: that would silence everybody there."
        raise UsageError(sentence, hint="Name one person's address instead.")
    return About.DOMAIN, domain


def _is_nobodys(domain: str) -> bool:
    """Whether it is a public suffix, under which anybody registers a name (publicsuffix.org)."""
    return registrable_domain(f"x.{domain}") == f"x.{domain}"


def _short(text: str) -> str:
    clean = " ".join(text.split())
    return f"“{clean}”" if len(clean) <= LONGEST_SHOWN else f"“{clean[:LONGEST_SHOWN]}…”"
