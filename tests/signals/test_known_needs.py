"""What wordings need, worked out beforehand: it must say what the wordings themselves say."""

from __future__ import annotations

import pytest

from susul import languages
from susul.reading.known_needs import KnownNeeds, as_kept, known_needs
from susul.reading.phrases import every_wording
from susul.reading.wording_syntax import Lists
from susul.reading.wordings import Wording

LISTS = {"we": "we|i|our team"}
TEXT = "{we} (will )?call you (back|soon)"


def test_what_is_kept_of_a_wording_is_what_it_says_itself() -> None:
    plain = Wording(TEXT, Lists(LISTS))
    known = KnownNeeds(as_kept([plain], LISTS))
    informed = Wording(TEXT, Lists(LISTS, known))
    assert known.of(TEXT) == (plain.openers, plain.needs) == (informed.openers, informed.needs)
    assert plain.openers == frozenset({b"we", b"i", b"our"})


def test_a_wording_that_is_not_known_is_worked_out() -> None:
    known = KnownNeeds(as_kept([Wording("call (me|us)", Lists({}))], {}))
    assert known.of(TEXT) is None
    assert Wording(TEXT, Lists(LISTS, known)).needs == Wording(TEXT, Lists(LISTS)).needs


def test_a_wording_that_may_begin_anywhere_is_kept_as_such() -> None:
    anywhere = Wording(r"\d+ days? left", Lists({}))
    assert anywhere.openers is None
    assert KnownNeeds(as_kept([anywhere], {})).of(anywhere.text) == (None, anywhere.needs)


@pytest.mark.parametrize("language", languages.codes())
def test_the_kept_needs_are_those_of_the_wordings(language: str) -> None:
    """Where this fails: make needs."""
    known = known_needs(language, languages.table(language, "phrases")["words"])
    for wording in every_wording(language):
        assert known.of(wording.text) == (wording.openers, wording.needs), wording.text


@pytest.mark.parametrize("language", languages.codes())
def test_needs_are_void_where_the_lists_of_words_changed(language: str) -> None:
    lists = languages.table(language, "phrases")["words"]
    some = every_wording(language)[0].text
    assert known_needs(language, lists).of(some)
    assert known_needs(language, {**lists, "never": "seen"}).of(some) is None
