"""Beautiful Soup with html.parser, kept linear and quiet on hostile input.

Its own module because importing Beautiful Soup costs 0.1 s: it is imported only when there is HTML to read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from susul.lean_imports import left_out

with left_out("soupsieve", "charset_normalizer"):  # for CSS selectors, and for text of unknown charset
    from bs4 import BeautifulSoup
    from bs4.element import NavigableString, Tag

if TYPE_CHECKING:
    from bs4.element import PageElement

__all__ = ["BoundedSoup", "NavigableString", "Tag", "tree_of"]

LARGEST = 500_000
MOST_TAGS = 20_000
# Beautiful Soup walks up the whole stack of open tags for each string that is not a first child; 60 to 100 ns a step.
_MOST_STEPS, _FEWEST_STEPS, _STEPS_A_CHARACTER = 3_000_000, 300_000, 10

_INLINE_DATA = re.compile(r"data:[a-z]{1,20}/[a-z0-9.+-]{1,60};base64,[A-Za-z0-9+/=\s%]+", re.IGNORECASE)
_OPENING = re.compile(r"<!--|<[!?]|<style(?=[\s>])|<script(?=[\s>])", re.IGNORECASE)
_CLOSING = {
    "<!--": re.compile("-->"),
    "<!": re.compile(">"),
    "<?": re.compile(">"),
    "<style": re.compile(r"</style\s*>?", re.IGNORECASE),
    "<script": re.compile(r"</script\s*>?", re.IGNORECASE),
}
_ENDLESS_REFERENCE = re.compile(r"&#[xX]?[0-9a-fA-F]{9,};?")


class BoundedSoup(BeautifulSoup):
    """A tree whose strings are left out once placing them has cost too much (thousands of unclosed tags)."""

    steps = 0

    def __init__(self, html: str) -> None:
        self.most_steps = min(_MOST_STEPS, _FEWEST_STEPS + _STEPS_A_CHARACTER * len(html))
        super().__init__(html, "html.parser")

    def object_was_parsed(
        self, o: PageElement, parent: Tag | None = None, most_recent_element: PageElement | None = None
    ) -> None:
        if self.currentTag is not None and self.currentTag.contents:
            self.steps += len(self.tagStack)
        if self.steps <= self.most_steps:
            super().object_was_parsed(o, parent, most_recent_element)


def tree_of(html: str) -> BeautifulSoup:
    """The tree of ``html`` without comments, declarations, scripts and styles, up to the bounds above."""
    # With a line break at its end no text is taken for a file name, which Beautiful Soup would warn of.
    return BoundedSoup(_bounded(html) + "\n")


def _bounded(html: str) -> str:
    """``html`` cut to its bounds and without what html.parser reads in quadratic time or refuses."""
    html = _INLINE_DATA.sub("data:,", html) if "base64," in html else html
    html = _ENDLESS_REFERENCE.sub("\ufffd", _without_unseen(html[:LARGEST]))
    at = -1
    for _ in range(MOST_TAGS):
        at = html.find("<", at + 1)
        if at < 0:
            break
    else:
        html = html[:at]
    # A "<" that no ">" follows begins no tag.
    closed = html.rfind(">") + 1
    return html[:closed] + html[closed:].replace("<", "&lt;")


def _without_unseen(html: str) -> str:
    """``html`` without comments, declarations, styles and scripts; of one that never ends only the opening goes."""
    out: list[str] = []
    at = 0
    endless: set[str] = set()
    while opening := _OPENING.search(html, at):
        kind = opening[0].lower()
        before = html[at : opening.start()]
        # What is left around the gap must not join to a new opening.
        out.append(f"{before[:-1]}&lt;" if before.endswith("<") else before)
        # "<!-->" is a whole comment (HTML, 13.2.5.43).
        start = opening.end() - 2 if kind == "<!--" else opening.end()
        end = None if kind in endless else _CLOSING[kind].search(html, start)
        if end is None:
            endless.add(kind)
        at = end.end() if end else opening.end()
    return "".join([*out, html[at:]])
