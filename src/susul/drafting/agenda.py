"""The agenda in an invitation's description: a numbered or bulleted list, or what stands after "Agenda:"."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from susul.drafting.cleaning import is_plain, one_line

if TYPE_CHECKING:
    from susul.drafting.wording import Agendas

MOST_ITEMS = 6
MOST_WORDS = 30  # all items together: a recap is still a short mail
LONGEST_ITEM = 10  # words
DESCRIPTION_LOOKED_AT = 8_000  # characters
BULLETS = "-*•–—·▪◦"
AS_TEXT = {
    "br": "\n",
    "/p": "\n",
    "/div": "\n",
    "li": "\n- ",
    "/ul": "\n\n",
    "/ol": "\n\n",
    "/h1": "\n",
    "/h2": "\n",
    "/h3": "\n",
}


def agenda_items(description: str, words: Agendas) -> tuple[str, ...]:
    """The points of an event's ``description`` (text or Calendar's HTML), in order; empty where it holds none."""
    lines = [line.strip() for line in _without_tags(description[:DESCRIPTION_LOOKED_AT]).splitlines()]
    found = _below_heading(lines, words)
    if found is None:
        found = [line for line in lines if _is_item(line)]
    return _kept([_plain_item(line) for line in found], words)


def _without_tags(text: str) -> str:
    pieces = text.split("<")
    kept = [pieces[0]]
    for piece in pieces[1:]:
        tag, closed, rest = piece.partition(">")
        name = tag.lower().partition(" ")[0]
        kept.append(AS_TEXT.get(name.rstrip("/") or "", "") + rest if closed else "<" + piece)
    return html.unescape("".join(kept))


def _below_heading(lines: list[str], words: Agendas) -> list[str] | None:
    for number, line in enumerate(lines):
        heading, _colon, rest = line.partition(":")
        if heading.strip().lower() not in words.headings:
            continue
        if rest.strip():
            return rest.replace(";", ",").split(",")
        return _first_block(lines[number + 1 :])
    return None


def _first_block(lines: list[str]) -> list[str]:
    block: list[str] = []
    for line in lines:
        if line:
            block.append(line)
        elif block:
            break
    listed = [line for line in block if _is_item(line)]
    return listed or block


def _is_item(line: str) -> bool:
    return line[:1] in tuple(BULLETS) or _number_length(line) > 0


def _number_length(line: str) -> int:
    digits = len(line) - len(line.lstrip("0123456789"))
    return digits + 1 if 0 < digits <= 2 and line[digits : digits + 1] in (".", ")") else 0


def _plain_item(line: str) -> str:
    return one_line(line[_number_length(line) :].lstrip(BULLETS + " ").rstrip(" .;,"))


def _kept(items: list[str], words: Agendas) -> tuple[str, ...]:
    kept: list[str] = []
    left = MOST_WORDS
    for item in items:
        length = len(item.split())
        if not 0 < length <= LONGEST_ITEM or not is_plain(item) or _is_noise(item, words):
            continue
        left -= length
        if left < 0 or len(kept) == MOST_ITEMS:
            break
        kept.append(item[:1].upper() + item[1:])
    return tuple(kept)


def _is_noise(item: str, words: Agendas) -> bool:
    lowered = f" {item.lower()} "
    return len(item) > 100 or any(f" {noise}" in lowered for noise in words.noise)
