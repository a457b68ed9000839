"""One self-contained HTML page of drafts: each as Gmail would show it, and beside it the facts that it was made from.

Everything that templates, config or samples hold is escaped.
"""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from susul import languages
from susul.report.frame import COLOURS, POLICY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from susul.drafting.gallery import Shown
    from susul.model import Address

STYLE = (
    COLOURS
    + """
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 80rem; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
a { color: inherit; }
nav { columns: 16rem; }
nav ul { margin: 0; padding-left: 1.1rem; }
nav section { break-inside: avoid; margin-bottom: 1rem; }
nav h2 { margin: 0; font-size: 1rem; }
article { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 1rem; margin: 1rem 0;
  padding: 1rem 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; }
article header { grid-column: 1 / -1; }
article h3 { margin: 0; font: 600 1rem/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
article p { margin: 0; color: var(--soft); }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .1rem .75rem; margin: 0;
  align-content: start; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
pre { margin: .75rem 0 0; padding-top: .75rem; border-top: 1px solid var(--line); font: inherit; white-space: pre-wrap;
  overflow-wrap: anywhere; }
pre + pre { color: var(--soft); border-top-style: dotted; }
.facts { padding-left: 1rem; border-left: 1px solid var(--line); font-size: .85rem; }
.own { padding: 0 .4rem; border: 1px solid var(--line); border-radius: .4rem; font-size: .8rem; }
@media (max-width: 50rem) { article { grid-template-columns: 1fr; } .facts { padding: 0; border: 0; } }
"""
)


def page(shown: Sequence[Shown]) -> str:
    """The whole page. ``shown`` is grouped by language and step, as ``gallery`` yields it."""
    return "\n".join([*_head(len(shown)), *_contents(shown), *_drafts(shown), "</main>", "</body>", "</html>", ""])


def _head(count: int) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>Susul: templates</title>'
    yield f"<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>What Susul writes</h1>"
    templates = "1 template" if count == 1 else f"{count} templates"
    yield f"<p>{templates} on invented conversations, each as the draft that you would find in Gmail.</p>"


def _contents(shown: Sequence[Shown]) -> Iterator[str]:
    yield '<nav aria-label="Contents">'
    for (language, step), group in groupby(shown, key=lambda one: (one.language, one.step)):
        yield f'<section lang="en"><h2><a href="#{_id(language, step)}">{_title(language, step)}</a></h2><ul>'
        for one in group:
            yield f'<li><a href="#{_id(one.name)}">{escape(_short(one))}</a></li>'
        yield "</ul></section>"
    yield "</nav>"


def _drafts(shown: Iterable[Shown]) -> Iterator[str]:
    for (language, step), group in groupby(shown, key=lambda one: (one.language, one.step)):
        yield f'<h2 id="{_id(language, step)}">{_title(language, step)}</h2>'
        for one in group:
            yield from _article(one)


def _article(one: Shown) -> Iterator[str]:
    own = ' <span class="own">yours</span>' if one.own else ""
    yield f'<article id="{_id(one.name)}">'
    yield f"<header><h3>{escape(one.name)}{own}</h3><p>{escape(one.purpose)}</p></header>"
    yield f'<div class="mail" lang="{escape(one.language)}">{_as_list(_headers(one))}{_text(one)}</div>'
    yield f'<aside class="facts" aria-label="Made from: {escape(one.name)}">{_as_list(one.facts)}</aside>'
    yield "</article>"


def _headers(one: Shown) -> Iterator[tuple[str, str]]:
    draft = one.draft
    for name, people in (("From", (draft.sender,)), ("To", draft.to), ("Cc", draft.cc)):
        if people:
            yield name, ", ".join(map(_in_full, people))
    yield "Subject", draft.subject


def _text(one: Shown) -> str:
    """The draft's own words, and the quoted message below them."""
    own, mark, quote = one.draft.text.partition("\n>")
    above, _, attribution = own.rstrip().rpartition("\n\n") if mark else (own, "", "")
    quoted = f"<pre>{escape(attribution)}{escape(mark + quote)}</pre>" if mark else ""
    return f"<pre>{escape(above)}</pre>{quoted}"


def _as_list(rows: Iterable[tuple[str, str]]) -> str:
    return f"<dl>{''.join(f'<dt>{escape(name)}</dt><dd>{escape(value)}</dd>' for name, value in rows)}</dl>"


def _in_full(person: Address) -> str:
    return f"{person.name} <{person.email}>".strip()


def _title(language: str, step: str) -> str:
    name = languages.table(language, "about").get("name", language)
    return escape(f"{name}: {step.replace('_', ' ')}")


def _short(one: Shown) -> str:
    return one.name.rpartition("/")[2].removesuffix(".j2")


def _id(*parts: str) -> str:
    return "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in "-".join(parts))
