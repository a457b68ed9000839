"""Own lines and quoted lines of a plain text told apart: top, bottom and inline replies, forwarded mail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from susul.reading.attribution import (
    attribution_start,
    headers_at,
    is_rule,
    is_separator,
    label_of,
    looks_like_separator,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from susul.reading.quote_words import QuoteWords

_INITIALS = re.compile(r" {0,2}([A-Za-z]{1,3})>")
WRAPPED_AT = 66


@dataclass(frozen=True, slots=True)
class Parted:
    """``runs`` are the writer's own lines, one run between two quotes; ``quoted``: something was left out."""

    runs: tuple[list[str], ...]
    quoted: bool


def part(lines: Sequence[str], words: QuoteWords) -> Parted:
    """``lines`` of a message without its quotes and forwarded parts. Linear in the length of the text."""
    marked = _marked(lines)
    attributions = _attributions(lines, marked, words)
    top = next((at for at, line in enumerate(lines) if line.strip()), len(lines))
    runs: list[list[str]] = []
    own_from = 0
    no_headers_until = 0
    for at, line in enumerate(lines):
        if at < own_from:
            continue
        if marked[at]:
            following = at + 1
        elif at in attributions:
            following = attributions[at]
        elif _may_begin_older(line) and is_separator(line, words):
            following = len(lines)
        elif at >= no_headers_until and (":" in line or "：" in line) and label_of(line, words):
            found, no_headers_until = headers_at(lines, at, words, introduced=bool(runs) or at > top)
            if not found:
                continue
            following = len(lines)
        else:
            continue
        _add(runs, lines[own_from:at], cut=following == len(lines))
        own_from = following
    quoted = own_from > 0
    _add(runs, lines[own_from:], cut=False)
    return Parted(tuple(runs), quoted)


def _add(runs: list[list[str]], run: Sequence[str], *, cut: bool) -> None:
    """The line drawn above an older message belongs to that."""
    end = len(run)
    while end and (not run[end - 1].strip() or (cut and (is_rule(run[end - 1]) or looks_like_separator(run[end - 1])))):
        end -= 1
    if end:
        runs.append(list(run[:end]))


def _may_begin_older(line: str) -> bool:
    return line.startswith((" ", "-", "_", "—", "–", "=", "*")) or line.endswith(":")


def _marked(lines: Sequence[str]) -> list[bool]:
    """Which lines carry a quote mark: ``>``, nested ones, and "RW>" where at least two lines in a row do."""
    marked = [">" in line[:12] and line.lstrip(" ").startswith(">") for line in lines]
    initials = {
        at: found.group(1) for at, line in enumerate(lines) if ">" in line[:6] and (found := _INITIALS.match(line))
    }
    for at, letters in initials.items():
        if initials.get(at + 1) == letters:
            marked[at] = marked[at + 1] = True
    if True in marked:
        for at in range(1, len(lines) - 1):
            if not marked[at] and marked[at - 1] and marked[at + 1] and _was_wrapped(lines[at - 1], lines[at]):
                marked[at] = True
    return marked


def _was_wrapped(above: str, line: str) -> bool:
    """A program that wraps long quoted lines leaves their ends without a mark."""
    return bool(line.strip()) and len(above) >= WRAPPED_AT > len(line) and above.rstrip()[-1] not in ".?!:"


def _attributions(lines: Sequence[str], marked: Sequence[bool], words: QuoteWords) -> dict[int, int]:
    """First line of each attribution → where reading goes on: at the quote, or at the end where nothing is marked."""
    found: dict[int, int] = {}
    before_quote = False  # the next line that is not blank carries a quote mark
    for end in range(len(lines) - 1, -1, -1):
        if marked[end]:
            before_quote = True
        elif lines[end].strip():
            start = attribution_start(lines, end, words, before_quote=before_quote)
            if start is not None:
                found[start] = end + 1 if before_quote else len(lines)
            before_quote = False
    return found
