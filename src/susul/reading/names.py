"""How a writer signs: "Best, Anna", "Salam,\\nBudi Santoso", "/ Rina"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from susul.model import Address
    from susul.reading.quote_words import QuoteWords

LONGEST_NAME = 48
MOST_WORDS = 5
PARTICLES = frozenset(
    {"bin", "binti", "van", "de", "der", "den", "von", "al", "el", "da", "di", "dos", "la", "le", "ibn", "of"}
)

_EDGES = " \t*_,.;:!~-–—/\\|•·()[]\"'’“”…"
_NAME_WORD = re.compile(r"[^\W\d_]+(?:[.'’-]{0,2}[^\W\d_]+){0,4}\.?")
_LETTERS = re.compile(r"[^\W\d_]+")
_SAME_LINE = re.compile(r"^(.{1,60}?)(?:[,!.]| [-–—])[ ]*(?=\S)(.{2,48})$")


def _tokens(name: str) -> set[str]:
    return {token.lower() for token in _LETTERS.findall(name[:200]) if len(token) > 1}


def bare(line: str) -> str:
    return line.strip(_EDGES)


class Names:
    """Reads the names of one message. ``sender`` signs it, ``recipients`` do not: "Thanks, Budi" may be to Budi."""

    def __init__(self, sender: Address, recipients: Iterable[Address], words: QuoteWords) -> None:
        self._words = words
        self._tokens = _tokens(sender.name) or _tokens(sender.email.partition("@")[0])
        self._others = {token for other in recipients for token in _tokens(other.name)} - self._tokens

    def closing(self, line: str) -> tuple[bool, str]:
        """Whether ``line`` is closing words, and the name where it stands on the same line."""
        if len(line) > 120:
            return False, ""
        if self._is_closing(line):
            return True, ""
        found = _SAME_LINE.match(line.strip())
        if found and self._is_closing(found.group(1)):
            name = self.own(found.group(2))
            return bool(name), name
        return False, ""

    def _is_closing(self, line: str) -> bool:
        low = " ".join(line.lower().replace("’", "'").split())
        low = "".join(char for char in low if char.isalnum() or char in " &'/.,").strip(" &/.,")
        return low in self._words.closings or low.replace(",", "") in self._words.closings

    def read(self, line: str) -> str:
        """The name that ``line`` is, without titles behind a comma; empty when it is something else."""
        name = bare(bare(line[: LONGEST_NAME * 2]).split("(")[0].split(",")[0].split("|")[0])
        parts = name.split()
        if not 1 <= len(parts) <= MOST_WORDS or len(name) > LONGEST_NAME or len(name) < 2:
            return ""
        if not all(_NAME_WORD.fullmatch(part) for part in parts) or self.is_group(name) or self._is_closing(name):
            return ""
        if self._others.intersection(part.lower() for part in parts):
            return ""
        return self._spelled(parts)

    def _spelled(self, parts: Sequence[str]) -> str:
        known = any(part.lower().strip(".") in self._tokens for part in parts)
        shouted = len(parts) > 1 or len(parts[0]) > 3
        if all(part[0].isupper() or part.lower() in PARTICLES for part in parts):
            shout = shouted and all(part.isupper() for part in parts)
            return " ".join(part.title() if shout else part for part in parts)
        if known or (len(parts) == 1 and parts[0].islower() and len(parts[0]) > 2 and not self._tokens):
            return " ".join(part if part in PARTICLES else part[:1].upper() + part[1:] for part in parts)
        return ""

    def own(self, line: str) -> str:
        """The name on ``line`` when it is the sender's own."""
        if len(line) > LONGEST_NAME:
            return ""
        name = self.read(line)
        return name if {part.lower().strip(".") for part in name.split()} & self._tokens else ""

    def is_group(self, line: str) -> bool:
        """Whether ``line`` names a team, a department or a company."""
        spoken = _LETTERS.findall(line[: LONGEST_NAME * 2].lower())
        return 0 < len(spoken) <= 8 and bool(self._words.group_words.intersection(spoken))

    def in_signature(self, signature: Sequence[str]) -> str:
        """The name that a signature below "--" begins with: the sender's own, or any where the sender has none."""
        for line in signature[:3]:
            name = self.own(line)
            if name:
                return name
        return self.read(signature[0]) if signature and not self._tokens else ""
