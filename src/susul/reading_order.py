"""What is read of a mailbox first, what last, and how each conversation is read at the least cost. Pure.

Lists of ids are cheap (5 units for 500), mail is dear (20 a message, 40 a conversation whatever its length). So the
window is listed a few times over, with different search words, and the lists are joined here: which conversations the
owner wrote in, which hold a word of one of our matters, which are advertising. Words set the order, never what is read.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from susul import languages
from susul.sources.google.gmail import Listing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from susul.sources.google.gmail import MessageRef

# Drafts are no mail, and a chat is no conversation of ours.
MAIL = "-in:chats -in:drafts"
BULK = "{category:promotions category:social category:forums in:spam}"
LONGEST_QUERY = 1200  # characters of search words in one list


class Rank(IntEnum):
    """How soon a conversation is read; the smaller the sooner."""

    NEWS = 0  # something happened in it since the last run, or a draft waits for it
    SENT_AND_WORDS = 1
    SENT = 2
    WORDS = 3
    WORDS_IN_BULK = 4  # a tracking system's rejection may lie among the advertising
    REST = 5
    IN_BULK = 6


# Conversations up to this rank may bear on any case: while one of them is unread, nothing new is written. An answer may
# come from an address that no search around the case would find, so only advertising and spam can wait.
MATTERS = Rank.REST


@dataclass(frozen=True, slots=True)
class Owed:
    """A conversation that is to be read: the whole of it, or the one ``message`` that is all there is to read."""

    thread: str
    message: str = ""
    rank: Rank = Rank.NEWS


@dataclass(frozen=True, slots=True)
class Lists:
    """The messages of a window, and which of them the owner sent, hold a word of ours, are advertising or spam."""

    window: tuple[MessageRef, ...]
    sent: frozenset[str]
    worded: frozenset[str]
    bulk: frozenset[str]

    @property
    def threads(self) -> frozenset[str]:
        return frozenset(ref.thread_id for ref in self.window)


def listings(since: datetime, before: datetime | None = None) -> tuple[Listing, ...]:
    """The lists that ``joined`` takes: the window, what was sent, bulk, and as many as it takes for all words."""
    when = f"after:{int(since.timestamp())} " + (f"before:{int(before.timestamp()) + 1} " if before else "")
    queries = ["", "in:sent", BULK, *_words()]
    return tuple(Listing(f"{when}{MAIL} {query}".strip()) for query in queries)


def joined(lists: Sequence[Sequence[MessageRef]]) -> Lists:
    """The answers to ``listings``, in their order."""
    window, sent, bulk, *worded = lists
    return Lists(
        window=tuple(dict.fromkeys((*window, *(ref for one in (sent, bulk, *worded) for ref in one)))),
        sent=frozenset(ref.message_id for ref in sent),
        worded=frozenset(ref.message_id for one in worded for ref in one),
        bulk=frozenset(ref.message_id for ref in bulk),
    )


def to_read(lists: Lists, held: Mapping[str, str]) -> tuple[Owed, ...]:
    """What of the window isn't ``held`` (message id to thread), the most promising first, then the newest."""
    threads: defaultdict[str, list[MessageRef]] = defaultdict(list)
    for ref in lists.window:
        threads[ref.thread_id].append(ref)
    known = frozenset(held.values())
    owed = [_owed(thread, refs, lists, held, known) for thread, refs in threads.items()]
    return tuple(sorted((one for one in owed if one), key=lambda one: (one.rank, _newest_first(one.thread))))


def arrived(refs: Iterable[MessageRef], known: Collection[str]) -> tuple[Owed, ...]:
    """The mail that came since the last run. ``known``: threads of which everything before is held."""
    threads: defaultdict[str, list[MessageRef]] = defaultdict(list)
    for ref in refs:
        threads[ref.thread_id].append(ref)
    return tuple(Owed(thread, _only(refs, thread in known), Rank.NEWS) for thread, refs in threads.items())


def _owed(
    thread: str, refs: Sequence[MessageRef], lists: Lists, held: Mapping[str, str], known: Collection[str]
) -> Owed | None:
    new = [ref for ref in refs if ref.message_id not in held]
    if not new:
        return None
    rank = _rank({ref.message_id for ref in refs}, lists)
    return Owed(thread, _only(new, thread in known), rank)


def _only(new: Sequence[MessageRef], rest_is_known: bool) -> str:
    """The one message that will do. A conversation is read whole where it began earlier, or for two of its messages."""
    return new[0].message_id if len(new) == 1 and (rest_is_known or new[0].opens_thread) else ""


def _rank(ids: set[str], lists: Lists) -> Rank:
    worded = not ids.isdisjoint(lists.worded)
    if not ids.isdisjoint(lists.sent):
        return Rank.SENT_AND_WORDS if worded else Rank.SENT
    if ids <= lists.bulk:
        return Rank.WORDS_IN_BULK if worded else Rank.IN_BULK
    return Rank.WORDS if worded else Rank.REST


def _newest_first(thread: str) -> tuple[int, str]:
    """Ids grow with time; they are hexadecimal numbers."""
    try:
        return -int(thread, 16), thread
    except ValueError:
        return 0, thread


def _words() -> list[str]:
    """The words of all languages as alternatives, in as few queries as they fit into."""
    words = dict.fromkeys(w for code in languages.codes() for w in languages.table(code, "keywords").get("words", ()))
    queries: list[list[str]] = [[]]
    for word in (f'"{word}"' if " " in word else word for word in words):
        if sum(len(one) + 1 for one in (*queries[-1], word)) > LONGEST_QUERY:
            queries.append([])
        queries[-1].append(word)
    return [f"{{{' '.join(query)}}}" for query in queries if query]
