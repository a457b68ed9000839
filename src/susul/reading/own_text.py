"""The writer's own words: a message without quotes, forwarded mail, signatures, legal text and footers.

Quotes are found by the structure of HTML where that is read, and by lines otherwise; see ``quotes``, ``attribution``,
``signature`` and ``html_quotes``. Everything runs in time linear in the size of the message.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from susul.reading.characters import visible
from susul.reading.names import Names
from susul.reading.quote_words import quote_words
from susul.reading.quotes import part
from susul.reading.signature import signed, unsigned

if TYPE_CHECKING:
    from susul.model import Message

POOR_TEXT = 200  # characters; a plain text shorter than this may only stand in for the HTML
RICHER_BY = 2  # times as many words
SIGNED_RUNS = 8  # from either end; lines between quotes further inside are answers, and nobody signs those

# What tells, without a parser, that an HTML body marks its quotes.
STRUCTURAL_QUOTES = (
    "gmail_quote", "divrplyfwdmsg", "yahoo_quoted", 'type="cite"', "moz-cite-prefix", "moz-forward-container",
    "protonmail_quote", "mail-editor-reference-message-container", "ms-outlook-mobile-reference-message",
)  # fmt: skip

_TAG = re.compile(r"<[a-z/!?][^<>]*>")
# What may stand for a word more in the text of HTML: spaces, addresses in brackets, bullets; and what for a line of two
# that marks a quote.
_ADDED, _MARKED = ("&", "@", "<li"), ("blockquote", "border-top", "class", "id")
_BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class OwnText:
    """What one person wrote in one message.

    ``text`` holds the writer's own words; closing words and name stay in it unless a signature block follows them.
    ``sign_off`` is how they sign ("Budi", "Budi Santoso"), empty when unsure. ``signature`` is what was cut as
    signature, legal text or footer. ``quoted``: an older or forwarded message was left out.
    """

    text: str
    sign_off: str
    signature: str
    quoted: bool


def own_text(message: Message) -> OwnText:
    """The own words of ``message``, from its plain text unless that is missing, poorer than the HTML or unmarked."""
    plain = visible(message.text)
    names = Names(message.sender, (*message.to, *message.cc), quote_words())
    may_stand_in = len(plain.strip()) < POOR_TEXT and len(message.html) > 4 * len(plain)
    enough = RICHER_BY * len(plain.split()) + 20
    if plain.strip() and may_stand_in and _most_words(message.html) <= enough:
        return _of_plain(plain, names)
    if not message.html or (plain.strip() and not may_stand_in):
        own = _of_plain(plain, names)
        if own.quoted or not _marks_quotes(message.html):
            return own
    # Beautiful Soup takes a tenth of a second to load, and most mail is read without it.
    from susul.reading.html_quotes import marked_text

    marked = marked_text(message.html)
    rich = visible(marked.text)
    if plain.strip() and may_stand_in and len(rich.split()) <= enough:
        return _of_plain(plain, names)
    return _of_plain(rich, names, signature=marked.signature)


def _most_words(html: str) -> int:
    """At least as many words as the HTML shows, counted without a parser: most short mail needs none then."""
    low = html.lower()
    added = sum(map(low.count, _ADDED)) + 2 * sum(map(low.count, _MARKED))
    return len(_TAG.sub(" ", low).split()) + added


def _marks_quotes(html: str) -> bool:
    low = html.lower()
    return any(mark in low for mark in STRUCTURAL_QUOTES)


def _of_plain(text: str, names: Names, signature: str = "") -> OwnText:
    words = quote_words()
    parted = part([line.rstrip() for line in text.split("\n")], words)
    last = len(parted.runs) - 1
    read = [
        signed(run, names, words, first=at == 0) if at < SIGNED_RUNS or last - at < SIGNED_RUNS else unsigned(run)
        for at, run in enumerate(parted.runs)
    ]
    own = "\n\n".join("\n".join(run.words) for run in read if run.words)
    cut = [signature, *("\n".join(run.signature) for run in read)]
    sign_off = next((run.sign_off for run in reversed(read) if run.sign_off), "")
    return OwnText(
        text=_BLANK_LINES.sub("\n\n", own).strip() if "\n\n\n" in own else own,
        sign_off=sign_off or names.in_signature(signature.splitlines()),
        signature="\n\n".join(block for block in cut if block),
        quoted=parted.quoted,
    )
