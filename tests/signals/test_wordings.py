"""The small language in which phrases are written, and the data written in it."""

from __future__ import annotations

import pytest

from susul import languages
from susul.model import Fact
from susul.reading.phrases import phrase_book
from susul.reading.sentences import words
from susul.reading.wordings import Wording


def matches(wording: str, sentence: str) -> bool:
    return bool(Wording(wording, {"we": "we|i|our team"}).found_in(sentence, frozenset(words(sentence))))


@pytest.mark.parametrize(
    ("wording", "sentence"),
    [
        ("let you know", "we let you know"),
        ("let you know", "we let, you know"),
        ("{we} .. (let|tell) you", "our team will gladly tell you"),
        ("(really )?impressed", "really impressed"),
        ("(really )?impressed", "impressed"),
        ("po sudah", "po-nya sudah terbit"),
        ("(what|which) .... \\?", "which of these days would you like best \\?".replace("\\", "")),
        ("^noted", "noted, thanks"),
    ],
)
def test_a_wording_matches_what_it_describes(wording: str, sentence: str) -> None:
    assert matches(wording, sentence)


@pytest.mark.parametrize(
    ("wording", "sentence"),
    [
        ("let you know", "outlet you know"),
        ("{we} .. (let|tell) you", "we will one of these fine days tell you"),
        ("^noted", "i noted that"),
        ("offer", "offered"),
    ],
)
def test_a_wording_matches_nothing_else(wording: str, sentence: str) -> None:
    assert not matches(wording, sentence)


def test_needs_are_the_words_without_which_nothing_matches() -> None:
    needs = Wording("(really )?(impressed|wowed) .. by (you|the team)", {}).needs
    assert frozenset((b"impressed", b"wowed")) in needs
    assert frozenset((b"you", b"team")) in needs


def test_every_wording_of_the_data_compiles_and_is_found_by_a_word() -> None:
    book = phrase_book()
    patterns = book.patterns() | set(book.questions)
    for pattern in patterns:
        assert pattern.wording.expression.pattern
        for guard in pattern.phrase.guards:
            assert all(wording.expression.pattern for wording in guard.wordings)
    assert all(wording.expression.pattern for wording in book.day)


@pytest.mark.parametrize("code", languages.codes())
def test_every_language_has_phrases_for_every_fact(code: str) -> None:
    ids = {pattern.phrase.id for pattern in phrase_book().patterns()}
    for fact in Fact:
        assert any(phrase.startswith(f"{code}/{fact.value}/") for phrase in ids)


@pytest.mark.parametrize(
    ("wording", "openers"),
    [
        ("(really )?(impressed|wowed) by you", {b"really", b"impressed", b"wowed"}),
        ("(we|i)( would| also)* need you", {b"we", b"i"}),
        ("^noted .. thanks", {b"noted"}),
        ("'ll call you", {b"ll"}),
    ],
)
def test_openers_are_the_words_that_a_match_begins_with(wording: str, openers: set[bytes]) -> None:
    assert Wording(wording, {}).openers == frozenset(openers)


@pytest.mark.parametrize("wording", [".. (let|tell) you", r"\d+ days", "(on )?\\w+ing you"])
def test_what_may_begin_with_anything_has_no_openers(wording: str) -> None:
    assert Wording(wording, {}).openers is None


def test_a_blank_may_be_missing_where_the_wording_says_so() -> None:
    assert matches(r"\d+ ?(am|pm) is fine", "10am is fine")
    assert matches(r"\d+ ?(am|pm) is fine", "10 am is fine")
