"""The message that is answered, quoted below the answer as Gmail does it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from susul.drafting.cleaning import many_lines, one_line
from susul.drafting.markup import lines_to_html
from susul.drafting.phrases_of_time import attribution

if TYPE_CHECKING:
    from susul.drafting.wording import Wording
    from susul.model import Told
    from susul.owner import Owner

LONGEST_QUOTE = 20_000  # characters: Gmail clips a mail at about 100 kB, and nobody reads on
LONGEST_NAME = 100
STYLE = "margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex"


def quoted_text(told: Told, owner: Owner, words: Wording) -> str:
    """The attribution line and the message with "> " before every line."""
    lines = ("> " + line if line and not line.startswith(">") else ">" + line for line in _body(told).split("\n"))
    return "\n".join([_attribution(told, owner, words), *lines])


def quoted_html(told: Told, owner: Owner, words: Wording) -> str:
    """The same in the elements by which Gmail knows a quote and folds it."""
    above = escape(_attribution(told, owner, words))
    body = lines_to_html(_body(told))
    return (
        f'<div class="gmail_quote"><div dir="ltr" class="gmail_attr">{above}<br></div>'
        f'<blockquote class="gmail_quote" style="{STYLE}">{body}</blockquote></div>'
    )


def _attribution(told: Told, owner: Owner, words: Wording) -> str:
    sender = told.message.sender
    sent_at = told.message.sent_at.astimezone(owner.zone)
    return attribution(sent_at, one_line(sender.name)[:LONGEST_NAME], one_line(sender.email), words.dates)


def _body(told: Told) -> str:
    """The message's text; the writer's own words where it came as HTML only."""
    text = told.message.text if told.message.text.strip() else told.reading.text
    return many_lines(text[:LONGEST_QUOTE]).strip("\n").rstrip()
