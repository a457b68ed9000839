"""Quotes and signatures of an HTML mail by its structure, before its text is read.

The marks of Gmail, Outlook, Apple Mail, Thunderbird, Yahoo, Zimbra, Proton and others become the marks of a plain
text: ``>`` for a quote between which own words may stand, a separator line for an older message that ends the mail.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from susul.reading.html_text import parse_html, text_of
from susul.reading.html_tree import NavigableString, Tag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

QUOTE_MARK = ">"
OLDER_MESSAGE = "-----Original Message-----"

_OLDER_IDS = frozenset({
    "divrplyfwdmsg", "mail-editor-reference-message-container", "zwchr", "stopspelling", "olk_src_body_section",
    "ms-outlook-mobile-reference-message", "divtaggedcontent", "qt",
})  # fmt: skip
_OLDER_CLASSES = ("yahoo_quoted", "moz-forward-container", "ms-outlook-mobile-reference-message", "protonmail_quote")
_SIGNATURE_CLASSES = (
    "gmail_signature",
    "moz-signature",
    "ydpsignature",
    "yahoo-signature",
    "protonmail_signature_block",
)
_SIGNATURE_IDS = frozenset({"signature", "ms-outlook-mobile-signature", "x_signature", "appendonsend_signature"})
_HEADER_WORDS = 400
MOST_BORDERS = 100


@dataclass(frozen=True, slots=True)
class MarkedText:
    """The text of an HTML body with quotes marked as in plain text, and its structural signature."""

    text: str
    signature: str


def marked_text(html: str) -> MarkedText:
    soup = parse_html(html)
    marks = {
        id(tag): QUOTE_MARK if tag.name == "blockquote" else OLDER_MESSAGE for tag in _outermost(soup, _Older().holds)
    }
    cut = _outermost(soup, lambda tag: id(tag) in marks or _is_signature(tag))
    signatures = [tag for tag in cut if id(tag) not in marks]
    signature = "\n".join(text_of(tag, marks) for tag in signatures)
    return MarkedText(text_of(soup, marks | {id(tag): "" for tag in signatures}), signature.strip())


def _outermost(tree: Tag, wanted: Callable[[Tag], bool]) -> Iterator[Tag]:
    """The tags that are ``wanted`` and not inside another one, in the order of the document, each node seen once."""
    waiting: list[Tag] = [tree]
    while waiting:
        tag = waiting.pop()
        if wanted(tag):
            yield tag
        else:
            waiting.extend(child for child in reversed(tag.contents) if isinstance(child, Tag))


def _words_of(tag: Tag, attribute: str) -> str:
    value = tag.attrs.get(attribute) or ""
    return (" ".join(value) if isinstance(value, list) else str(value)).lower()


class _Older:
    """Tells the tags that hold an older message. It reads the first words of a bounded number of tags only."""

    def __init__(self) -> None:
        self._borders = MOST_BORDERS

    def holds(self, tag: Tag) -> bool:
        if tag.name == "blockquote":
            return not _is_indentation(tag)
        classes = _words_of(tag, "class")
        if any(mark in classes for mark in _OLDER_CLASSES) or _words_of(tag, "id") in _OLDER_IDS:
            return True
        if "border-top" not in _words_of(tag, "style") or not self._borders:
            return False
        self._borders -= 1
        return _begins_with_headers(tag)


def _is_indentation(tag: Tag) -> bool:
    """Gmail and others indent with a blockquote that has no border; a quote has one, or says that it cites."""
    style = _words_of(tag, "style").replace(" ", "")
    cites = "type" in tag.attrs or "cite" in tag.attrs or "gmail_quote" in _words_of(tag, "class")
    return not cites and ("border:none" in style or "border-width:0" in style or "border:0" in style)


def _begins_with_headers(tag: Tag) -> bool:
    """Outlook and Windows Mail draw a line above the copied headers with the border of their block."""
    words = _first_words(tag)
    head = words.lstrip()[:24]
    return ":" in head and words.count(":") >= 2 and ("@" in words or words.count(":") >= 3)


def _first_words(tag: Tag) -> str:
    texts = (str(node) for node in islice(tag.descendants, 80) if isinstance(node, NavigableString))
    return "".join(texts)[:_HEADER_WORDS]


def _is_signature(tag: Tag) -> bool:
    classes = _words_of(tag, "class")
    if any(mark in classes for mark in _SIGNATURE_CLASSES):
        return True
    smart = _words_of(tag, "data-smartmail") == "gmail_signature"
    return smart or _words_of(tag, "id") in _SIGNATURE_IDS or "data-signatureblock" in tag.attrs
