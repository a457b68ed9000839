"""What people read, in their language, when LANG names one that Susul has messages for.

Susul thinks, stores and answers scripts in English. Only where a text leaves for a person (``in_words``) is it put into
another language: the finished English sentence is matched with the sentences of the gettext catalogue
(``languages/<code>/messages.mo``), whose ``{names}`` stand for what differs from time to time, and those values are
put into words in the same way. So the pure stages know nothing of languages, and a reason that the journal keeps can
be read in any of them. What stands in “…” is a word of the mail and stays as it is.
"""

from __future__ import annotations

import os
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from susul import languages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from susul.cli.catalogue import Catalogue

SOURCE = "en"  # the language that the messages are written in
NO_LANGUAGE = ("", "C", "POSIX")


def in_words(text: str) -> str:
    """``text``, an English message, in the reader's language; as it is where that is English or has no words for it."""
    code = language(os.environ)
    return text if code == SOURCE else _catalogue(code).in_words(text)


@cache
def _catalogue(code: str) -> Catalogue:
    """Loaded only where English won't do: ``--help`` stays fast."""
    from susul.cli.catalogue import read_catalogue

    return read_catalogue(code)


def language(environment: Mapping[str, str]) -> str:
    """The code of the language to speak, chosen in gettext's order.

    LC_ALL, else LC_MESSAGES, else LANG names the locale; where that is a language at all, the list in LANGUAGE goes
    before it (GNU gettext manual, "The LANGUAGE variable").
    """
    locale = next((found for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (found := environment.get(name))), "")
    if locale.partition(".")[0] in NO_LANGUAGE:
        return SOURCE
    wanted = [*environment.get("LANGUAGE", "").split(":"), locale]
    return next((code for name in wanted if (code := _code(name)) in _spoken()), SOURCE)


def _code(locale: str) -> str:
    """``id`` for ``id_ID.UTF-8@latin``."""
    for mark in ".@_-":
        locale = locale.partition(mark)[0]
    return locale.lower()


@lru_cache(maxsize=1)
def _spoken() -> frozenset[str]:
    return frozenset({SOURCE, *(code for code in languages.codes() if languages.messages(code))})
