"""Every language's messages are whole, and fit what Susul says.

``make messages`` runs this with SUSUL_UPDATE_MESSAGES=1: then each ``messages.po`` gets what is new in the source,
loses what is gone, and is compiled.
"""

from __future__ import annotations

import io
import os
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from collecting import literals, messages

from susul import languages

FOLDER = Path(languages.__file__).parent
SPOKEN = sorted(path.parent.name for path in FOLDER.glob("*/messages.po"))


def sources(code: str) -> Catalog:
    with (FOLDER / code / "messages.po").open("rb") as file:
        return read_po(file, locale=code)


def said(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def singular(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def names_in(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def compiled(catalog: Catalog) -> bytes:
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def updated(code: str) -> Catalog:
    """The catalogue with what the source says now; fragments stay as long as the source has them."""
    old, known = sources(code), literals()
    template = Catalog()
    for text, plural in messages().items():
        template.add((text, plural) if plural else text)
    for message in (message for spoken in SPOKEN for message in said(sources(spoken))):
        if singular(message) in known and singular(message) not in template:
            template.add(message.id)
    old.update(template, no_fuzzy_matching=True, update_creation_date=False)
    old.obsolete.clear()
    return old


@pytest.fixture(scope="module", params=SPOKEN)
def code(request: pytest.FixtureRequest) -> str:
    code: str = request.param
    if "SUSUL_UPDATE_MESSAGES" in os.environ:
        catalog = updated(code)
        with (FOLDER / code / "messages.po").open("wb") as file:
            write_po(file, catalog, width=120, sort_output=True, omit_header=False)
        (FOLDER / code / "messages.mo").write_bytes(compiled(catalog))
    return code


def test_everything_that_susul_says_has_a_translation(code: str) -> None:
    catalog = sources(code)
    translated = {singular(message) for message in said(catalog) if all(forms(message)) and not message.fuzzy}
    assert sorted(messages().keys() - translated) == []


def test_nothing_is_translated_that_susul_no_longer_says(code: str) -> None:
    known = messages().keys() | literals()
    assert [singular(message) for message in said(sources(code)) if singular(message) not in known] == []


def test_a_translation_fills_in_what_the_message_fills_in(code: str) -> None:
    wrong = [
        (singular(message), form)
        for message in said(sources(code))
        for form in forms(message)
        if names_in(form) != names_in(singular(message))
    ]
    assert wrong == []


def test_what_is_counted_has_as_many_forms_as_the_language(code: str) -> None:
    catalog = sources(code)
    counted = [message for message in said(catalog) if message.pluralizable]
    assert counted
    assert all(len(forms(message)) == catalog.num_plurals for message in counted)
    plurals = {text: plural for text, plural in messages().items() if plural}
    assert {message.id[0]: message.id[1] for message in counted} == plurals


def test_the_compiled_catalogue_is_that_of_the_source(code: str) -> None:
    assert (FOLDER / code / "messages.mo").read_bytes() == compiled(sources(code))
