"""The HTML alternative, made from the text, so that both say the same. Everything is escaped; no styles, no comments:
Gmail's composer strips them."""

from __future__ import annotations

from html import escape

BULLET = "- "


def to_html(text: str) -> str:
    """Paragraphs (blank lines between them) and lists (lines that begin with "- ") as Gmail's composer holds them."""
    blocks = [block for block in text.split("\n\n") if block.strip()]
    return "<div><br></div>".join(_block(block.split("\n")) for block in blocks)


def lines_to_html(text: str) -> str:
    """Lines as they are, each ended by a break."""
    return "<br>".join(escape(line) for line in text.split("\n"))


def _block(lines: list[str]) -> str:
    pieces: list[str] = []
    items: list[str] = []
    for line in lines:
        if line.startswith(BULLET):
            items.append(f"<li>{escape(line[len(BULLET) :])}</li>")
            continue
        pieces += _list(items)
        items = []
        pieces.append(f"<div>{escape(line)}</div>" if line else "<div><br></div>")
    return "".join([*pieces, *_list(items)])


def _list(items: list[str]) -> list[str]:
    return [f"<ul>{''.join(items)}</ul>"] if items else []
