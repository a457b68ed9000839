"""What a terminal was given, and what a person sees of it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass

SEQUENCE = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;;[^\x1b]*\x1b\\")
LINK = re.compile(r"\x1b\]8;;([^\x1b]+)\x1b\\([^\x1b]*)\x1b\]8;;\x1b\\")
MOST_WORDS = 3  # beside a word that can't be cut: "In Gmail: https://…"


class Screen(io.StringIO):
    """What was written to a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@dataclass(frozen=True)
class Shown:
    """How a command ended, and what a terminal was given."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """The lines as one sees them."""
        return SEQUENCE.sub("", self.out).splitlines()

    def too_wide(self, columns: int) -> list[str]:
        """The lines that don't fit, but for one word that can't be cut, such as an address or a path."""
        said = [*self.lines, *SEQUENCE.sub("", self.err).splitlines()]
        return [line for line in said if len(line) > columns and len(line.split()) > MOST_WORDS]

    @property
    def links(self) -> list[tuple[str, str]]:
        """Each link's address and text."""
        return LINK.findall(self.out)


Watch = Callable[..., Shown]
