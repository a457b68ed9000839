"""The message answered, below the answer, as mail programs put it: Gmail's way or Outlook's, plain or HTML.

Only messages with a plain text are quoted.
"""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from email.utils import parseaddr
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from susul.drafting.phrases_of_time import attribution, day_in_words
from susul.drafting.wording import wording

OUTLOOK_RULE = "_" * 32
GMAIL_INDENT = "margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex"
OUTLOOK_BORDER = "border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"


@cache
def _labels(language: str) -> dict[str, str]:
    tables = tomllib.loads((files("susul.sample") / "quoting.toml").read_text("utf-8"))
    return dict(tables.get(language) or next(iter(tables.values())))


def with_quote(body: str, parent: dict[str, Any], style: str, language: str, *, markup: bool) -> str:
    """``body`` with the record ``parent`` quoted below it. ``style``: ``gmail`` or ``outlook``."""
    write = {
        ("gmail", False): _gmail,
        ("gmail", True): _gmail_markup,
        ("outlook", False): _outlook,
        ("outlook", True): _outlook_markup,
    }[style, markup]
    return body.rstrip("\n") + write(parent, language)


def _gmail(parent: dict[str, Any], language: str) -> str:
    lines = "\n".join(f"> {line}".rstrip() for line in parent["text"].splitlines())
    return f"\n\n{_attribution(parent, language)}\n{lines}\n"


def _gmail_markup(parent: dict[str, Any], language: str) -> str:
    head = f'<div dir="ltr" class="gmail_attr">{escape(_attribution(parent, language))}<br></div>'
    quoted = f'<blockquote class="gmail_quote" style="{GMAIL_INDENT}">{_markup(parent)}</blockquote>'
    return f'<br><div class="gmail_quote gmail_quote_container">{head}{quoted}</div>\n'


def _outlook(parent: dict[str, Any], language: str) -> str:
    head = "\n".join(f"{label}: {value}" for label, value in _head(parent, language))
    return f"\n\n{OUTLOOK_RULE}\n{head}\n\n{parent['text'].rstrip()}\n"


def _outlook_markup(parent: dict[str, Any], language: str) -> str:
    head = "<br>".join(f"<b>{label}:</b> {escape(value)}" for label, value in _head(parent, language))
    return f'<div style="{OUTLOOK_BORDER}"><p class="MsoNormal">{head}</p></div>{_markup(parent)}\n'


def _head(parent: dict[str, Any], language: str) -> list[tuple[str, str]]:
    sent_at, dates, labels = _sent_at(parent), wording(language).dates, _labels(language)
    sent = f"{day_in_words(sent_at.date(), date.min, dates)} {sent_at.strftime(dates.clock)}"
    rows = [
        (labels["from"], parent["from"]),
        (labels["sent"], sent),
        (labels["to"], "; ".join(parent["to"])),
        (labels["cc"], "; ".join(parent.get("cc", ()))),
        (labels["subject"], parent["subject"]),
    ]
    return [row for row in rows if row[1]]


def _attribution(parent: dict[str, Any], language: str) -> str:
    name, email = parseaddr(parent["from"])
    return attribution(_sent_at(parent), name, email, wording(language).dates)


def _sent_at(parent: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(parent["date"])


def _markup(parent: dict[str, Any]) -> str:
    return f'<div dir="ltr">{"<br>".join(escape(line) for line in parent["text"].splitlines())}</div>'
