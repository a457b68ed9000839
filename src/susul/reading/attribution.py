"""The lines that mail programs put above a quote: attributions, separators, blocks of copied headers.

Every check looks at a bounded number of short lines, so a whole message is read in linear time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from susul.reading.quote_words import QuoteWords

LONGEST_LINE = 400
LINES_OF_ATTRIBUTION = 5
LINES_OF_HEADERS = 16

_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?!\d)")
# Every date begins at a figure ("June 12, 2026" at the 12), so that stretches of letters are passed over fast.
_FULL_DATE = re.compile(
    r"\d(?:\d?[/.-]\d{1,2}[/.-]\d{2,4}|\d{3}[/.-]\d{1,2}[/.-]\d{1,2}|\d{3}年"
    r"|\d?\.? (?:de )?[^\W\d_]{3,10}+\.?,? (?:de )?\d{4}"
    r"|(?:(?<=[^\W\d_]{3} \d)|(?<=[^\W\d_]{3}\. \d))\d?,? \d{4})"
)
_LONGEST_DATE = 40
# "2026-03-03 17:21 GMT+07:00 Rina Wati", with or without an address and colon.
_GMT_ATTRIBUTION = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2} \d{1,2}:\d{2} GMT[+-]\d{1,2}:?\d{2} ")
_DATE_FIRST = re.compile(r"\d{1,4}(?:[./年-]|\.? )")
_RULE = re.compile(r"[\s*>]*[-_—–=*~]{3,}[\s*]*")
_DASHED_WORDS = re.compile(r"[\s*]*[-_—–=]{3,}\s*(?P<words>[^-_—–=\s].{1,80}?)\s*[-_—–=]{2,}[\s*]*")


def is_rule(line: str) -> bool:
    """Whether ``line`` is nothing but dashes, underscores or the like."""
    return len(line) <= LONGEST_LINE and _RULE.fullmatch(line) is not None


def is_separator(line: str, words: QuoteWords) -> bool:
    """Whether ``line`` says that an older message begins: "-----Original Message-----", "Begin forwarded message:"."""
    if len(line) > LONGEST_LINE:
        return False
    bare = line.strip(" *-_—–=>").lower()
    if not bare.startswith(words.separators):
        return False
    dashes = line.lstrip(" *>")[:3]
    return dashes in {"---", "___", "———", "–––", "==="} or (
        bare.rstrip(" :") in words.separators and bare.endswith(":")
    )


def looks_like_separator(line: str) -> bool:
    """Whether ``line`` is words between dashes, in whatever tongue."""
    return len(line) <= LONGEST_LINE and _DASHED_WORDS.fullmatch(line) is not None


def label_of(line: str, words: QuoteWords) -> str:
    """The role of the mail header that ``line`` shows ("Dari: …" is ``from``), or an empty string."""
    head, colon, _ = line[:40].replace("：", ":").partition(":")
    return words.labels.get(head.strip(" *>_\t").lower(), "") if colon else ""


def headers_at(lines: Sequence[str], start: int, words: QuoteWords, *, introduced: bool) -> tuple[bool, int]:
    """Whether the copied headers of an older message begin at ``lines[start]``, and the line after those looked at.

    ``introduced``: words of the writer's own or a separator stand above. Without them "Dari: … Kepada: … Perihal: …"
    may head the writer's own letter, and only an address makes it a mail's headers. Below a drawn line two will do.
    """
    drawn = any(is_rule(line) for line in lines[max(0, start - 2) : start])
    roles: set[str] = set()
    addressed = False
    end = start
    for line in lines[start : start + LINES_OF_HEADERS]:
        role = label_of(line, words)
        if role:
            roles |= {role} | _roles_on_one_line(line, words)
        elif not roles or (end - start > 2 and not any(label_of(near, words) for near in lines[end - 2 : end])):
            break
        beside_label = bool(role) or bool(label_of(lines[end - 1], words))
        addressed = addressed or (beside_label and "@" in line[:LONGEST_LINE])
        end += 1
    known = addressed or (introduced and ("subject" in roles or drawn))
    are_headers = "from" in roles and known and len(roles) >= (2 if drawn else 3)
    return are_headers, max(end, start + 1)


def _roles_on_one_line(line: str, words: QuoteWords) -> set[str]:
    """Some programs flatten the block: "From: … Sent: … To: … Subject: …"."""
    if line.count(":") < 3 or len(line) > LONGEST_LINE * 2:
        return set()
    labels = (token.strip("*:").lower() for token in line.split() if token.endswith((":", ":*")))
    return {words.labels[label] for label in labels if label in words.labels}


def attribution_start(lines: Sequence[str], end: int, words: QuoteWords, *, before_quote: bool) -> int | None:
    """Where the attribution that ends at ``lines[end]`` begins; None when none ends there.

    ``before_quote``: the next words are marked as a quote, which confirms what would be too little by itself.
    """
    if not _may_end(lines[end], words, before_quote=before_quote):
        return None
    joined = ""
    seen = _Seen()
    verb = None
    wordless: int | None = None
    for start in range(end, max(-1, end - LINES_OF_ATTRIBUTION), -1):
        line = lines[start].strip(" *")
        if not line or len(line) > LONGEST_LINE or line.startswith(">"):
            break
        seen.add(f"{line} {joined[:_LONGEST_DATE]}")
        joined = f"{line} {joined}" if joined else line
        verb = verb or words.verbs.search(line.lower())
        if verb and _is_attribution(joined, seen, verb.group(), words, before_quote=before_quote):
            return _opening_line(lines, start, words)
        if not verb and wordless is None and _is_wordless(joined, seen, before_quote=before_quote):
            wordless = start
    return None if wordless is None else _opening_line(lines, wordless, words)


def _may_end(line: str, words: QuoteWords, *, before_quote: bool) -> bool:
    last = line[-1:]
    if not (last in ":：>-*_" or before_quote or "@" in line or " GMT" in line[:24]) or len(line) > LONGEST_LINE:
        return False
    low = line.rstrip(" *_-").lower()
    if low.endswith((":", "：", *words.verb_endings)):
        return True
    return (low.endswith(">") and (before_quote or low[:1].isdigit())) or _GMT_ATTRIBUTION.match(line) is not None


@dataclass(slots=True)
class _Seen:
    """What the lines of an attribution hold so far."""

    addressed: bool = False
    timed: bool = False
    dated: bool = False

    def add(self, line: str) -> None:
        timed, dated = _times_in(line)
        self.addressed = self.addressed or "@" in line
        self.timed = self.timed or timed
        self.dated = self.dated or dated


# A line is asked about again for each line below it that may end an attribution.
@lru_cache(maxsize=32)
def _times_in(line: str) -> tuple[bool, bool]:
    """Whether ``line`` names an hour, and whether it names a whole date."""
    return _TIME.search(line) is not None, _FULL_DATE.search(line) is not None


def _is_attribution(text: str, seen: _Seen, verb: str, words: QuoteWords, *, before_quote: bool) -> bool:
    """Whether ``text`` with its ``verb`` ("wrote") says who wrote and when."""
    text = text.rstrip(" -*_")
    if text.lower().partition(verb)[0].rstrip(" *").rpartition(" ")[2] in words.pronouns:
        return before_quote and seen.addressed
    if before_quote:
        return seen.addressed or seen.timed or seen.dated or len(text.split()) <= 8
    if _opens(text, words):
        return seen.addressed or seen.timed or seen.dated
    return text.endswith((":", "：")) and (seen.addressed or (seen.timed and seen.dated))


def _is_wordless(text: str, seen: _Seen, *, before_quote: bool) -> bool:
    """A date and an address right above a quote are an attribution in every tongue."""
    text = text.strip(" -*_")
    if not text or _GMT_ATTRIBUTION.match(text):
        return bool(text)
    timed = seen.timed or seen.dated
    if before_quote:
        return (seen.addressed and timed) or (text.endswith((":", "：")) and (timed or seen.addressed))
    return text[0].isdigit() and timed and seen.addressed and text.endswith((">", ">:", "> :"))


def _opens(text: str, words: QuoteWords) -> bool:
    text = text.lstrip(" -*\"'")
    first = text.partition(" ")[0].lower().rstrip(",")
    return first in words.openers or _DATE_FIRST.match(text) is not None or _two_words(text) in words.openers


def _two_words(text: str) -> str:
    return " ".join(text.lower().split(None, 2)[:2])


def _opening_line(lines: Sequence[str], start: int, words: QuoteWords) -> int:
    """The line with "On Mon, …" when the program wrapped it away from the name."""
    if _opens(lines[start], words):
        return start
    for above in range(start - 1, max(-1, start - LINES_OF_ATTRIBUTION), -1):
        line = lines[above].strip()
        if not line or len(line) > LONGEST_LINE or line.startswith(">"):
            break
        if _opens(line, words) and (_TIME.search(line) or _FULL_DATE.search(line)):
            return above
    return start
