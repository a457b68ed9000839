"""HTML to the text that a reader sees, by html.parser through Beautiful Soup; linear, and bounded on hostile input.

What a mail program doesn't show is left out: scripts, styles, comments, elements with ``display:none``, ``hidden``, no
height, no opacity, or a font size of 0 (the preheaders of newsletters). Of input beyond 500,000 characters or 20,000
tags the rest is not read (``html_tree``); inline images don't count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from susul.charsets import whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bs4 import BeautifulSoup, Tag
    from bs4.element import PageElement

_UNSEEN = frozenset(
    {
        "applet",
        "audio",
        "button",
        "canvas",
        "embed",
        "frameset",
        "iframe",
        "link",
        "map",
        "meta",
        "noembed",
        "noscript",
        "object",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
    }
)
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre"})
_BLOCKS = _PARAGRAPHS | frozenset(
    {
        "address",
        "article",
        "aside",
        "body",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "head",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "option",
        "section",
        "summary",
        "tbody",
        "tfoot",
        "thead",
        "tr",
    }
)
_CELLS = ("td", "th")
_ADDRESS_TAGS = ("http:", "https:", "mailto:")
_WITHOUT_WIDTH = re.compile("[\u00ad\u034f\u200b-\u200f\u2060\ufeff]")
_NOT_SHOWN = re.compile(
    r"(?<![\w-])(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all"
    r"|(?:opacity|max-height)\s*:\s*0(?:\.0+)?(?:px|pt|em|%)?\s*(?![\w.]))",
    re.IGNORECASE,
)
_FONT_SIZE = re.compile(r"(?<![\w-])font-size\s*:\s*([\d.]*)", re.IGNORECASE)


def html_to_text(html: str) -> str:
    """What ``html`` says to a reader: blocks on lines of their own, list items behind ``- ``, links by their text."""
    return text_of(parse_html(html)) if html.strip() else ""


def parse_html(html: str) -> BeautifulSoup:
    """The tree of ``html`` without comments, declarations, scripts and style sheets; never raises.

    ``text_of`` reads it, all or with some tags left out.
    """
    from susul.reading.html_tree import tree_of

    return tree_of(html)


def text_of(node: Tag, instead: Mapping[int, str] | None = None) -> str:
    """The text under ``node`` (a tree of ``parse_html`` or any tag of one), one walk over its descendants.

    ``instead`` gives by the ``id()`` of a tag the line that stands in its place, empty to leave it out. Changing the
    tree would cost more: Beautiful Soup looks for a tag among all its siblings before it cuts it out.
    """
    page = _Page(instead or {})
    stack: list[_Open] = [_Open(iter(node.contents))]
    while stack:
        top = stack[-1]
        child = next(top.children, None)
        if child is None:
            stack.pop()
            page.end(top.name)
        elif (opened := page.see(child, top)) is not None:
            stack.append(opened)
    return page.text()


@dataclass(slots=True)
class _Open:
    """A tag whose children are being read."""

    children: Iterator[PageElement]
    name: str = ""
    tiny: bool = False  # font-size: 0, until a descendant sets another
    verbatim: bool = False


@dataclass(slots=True)
class _Page:
    """Lines as they come about. ``line`` holds the pieces of the one being written."""

    instead: Mapping[int, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)

    def see(self, node: PageElement, parent: _Open) -> _Open | None:
        """Writes a string or begins a tag; the tag's children are to be read next if it is returned."""
        from bs4.element import NavigableString, Tag

        if isinstance(node, Tag):
            return self._begin(node, parent)
        if type(node) is NavigableString and not parent.tiny:
            self._write(str(node), verbatim=parent.verbatim)
        return None

    def _begin(self, tag: Tag, parent: _Open) -> _Open | None:
        words = self.instead.get(id(tag))
        if words is not None:
            self._replace(words, shown=not parent.tiny)
            return None
        name = tag.name
        style = tag.attrs.get("style")
        if name in _UNSEEN or "hidden" in tag.attrs or (style and not_shown(str(style))):
            return None
        if name == "br":
            self._break()
        elif name in _BLOCKS:
            self.end(name)
            if name == "li":
                self.line.append("- ")
        elif name in _CELLS:
            self.line.append(" ")
        elif "@" in name or name.startswith(_ADDRESS_TAGS):
            # "Jane <jane@example.com> wrote": somebody forgot to escape.
            self.line.append(f"<{name}>")
        size = _font_size(str(style)) if style else None
        tiny = parent.tiny if size is None else size == 0
        return _Open(iter(tag.contents), name, tiny, parent.verbatim or name == "pre")

    def _replace(self, words: str, *, shown: bool) -> None:
        if words:
            self.end("div")
            self.line.append(words if shown else "")
            self.end("div")

    def _write(self, text: str, *, verbatim: bool) -> None:
        if not verbatim:
            self.line.append(text)
            return
        first, *rest = text.split("\n")
        self.line.append(first)
        for line in rest:
            self._break()
            self.line.append(line)

    def _break(self) -> None:
        self.lines.append(_settled(self.line))
        self.line = []

    def end(self, name: str) -> None:
        """Ends the line at the edge of a block; paragraphs keep a blank line between them and the rest."""
        if name not in _BLOCKS:
            return
        if self.line and (line := _settled(self.line)):
            self.lines.append(line)
        self.line = []
        if name in _PARAGRAPHS and self.lines and self.lines[-1]:
            self.lines.append("")

    def text(self) -> str:
        self._break()
        return re.sub(r"\n{3,}", "\n\n", whole("\n".join(self.lines))).strip("\n")


def _settled(pieces: list[str]) -> str:
    return " ".join(_WITHOUT_WIDTH.sub("", "".join(pieces)).split())


@lru_cache(maxsize=1024)
def not_shown(style: str) -> bool:
    """Whether an element with this inline style is invisible with all its content."""
    return bool(_NOT_SHOWN.search(style))


@lru_cache(maxsize=1024)
def _font_size(style: str) -> float | None:
    sizes = _FONT_SIZE.findall(style)
    if not sizes:
        return None
    try:
        return float(sizes[-1])
    except ValueError:
        return 1.0  # "small", "inherit"
