"""The small language in which phrases are written, and the data written in it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from susul import languages
from susul.model import Fact
from susul.reading.phrases import phrase_book
from susul.reading.sentences import words
from susul.reading.wording_syntax import Lists
from susul.reading.wordings import Wording


def matches(wording: str, sentence: str) -> bool:
    return bool(read(wording).found_in(sentence, frozenset(words(sentence))))


def read(wording: str) -> Wording:
    return Wording(wording, Lists({"we": "we|i|our team", "hour": "{number} ?(am|pm)", "number": r"\d{1,2}"}))


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
    needs = read("(really )?(impressed|wowed) .. by (you|the team)").needs
    assert frozenset((b"impressed", b"wowed")) in needs
    assert frozenset((b"you", b"team")) in needs


def test_every_wording_of_the_data_is_well_written() -> None:
    book = phrase_book()
    patterns = book.patterns() | set(book.questions)
    guards = (wording for pattern in patterns for guard in pattern.phrase.guards for wording in guard.wordings)
    for wording in (*(pattern.wording for pattern in patterns), *guards, *book.day):
        assert wording.search("") in (None, (0, 0))


@pytest.mark.parametrize("wording", ["(let|tell you", "let) you", "call {1,2}you[", "[", "{2}"])
def test_what_is_not_well_written_is_an_error(wording: str) -> None:
    with pytest.raises(ValueError, match=re.escape(wording)):
        read(wording).search("let you")


def test_a_list_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(KeyError):
        read("{they} said").search("they said")


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
    assert read(wording).openers == frozenset(openers)


@pytest.mark.parametrize("wording", [".. (let|tell) you", r"\d+ days", "(on )?\\w+ing you"])
def test_what_may_begin_with_anything_has_no_openers(wording: str) -> None:
    assert read(wording).openers is None


def test_a_blank_may_be_missing_where_the_wording_says_so() -> None:
    assert matches(r"\d+ ?(am|pm) is fine", "10am is fine")
    assert matches(r"\d+ ?(am|pm) is fine", "10 am is fine")


@pytest.mark.parametrize(
    ("wording", "sentence", "span"),
    [
        ("(a|a b)", "a b", (0, 1)),  # the first that fits, not the longest
        ("(a b|a)", "a b", (0, 3)),
        ("a .. (b|c)", "a b c", (0, 5)),  # a gap takes what it can
        ("a ([^ ]+[ ]){0,2}?(b|c)", "a b c", (0, 3)),
        (r"\w+ing", "sing singing", (0, 4)),
        (r"\w++ing", "singing", None),
        ("let(ting)? you", "letting you", (0, 11)),
        ("however,? we", "however we", (0, 10)),
        ("call(?! (me|us))", "call us, call them", (9, 13)),
        ("call(?= me)", "call us, call me", (9, 13)),
        ("(?<!don't[ ])call", "don't call, call", (12, 16)),
        ("'ll call", "we'll call", (2, 10)),
        ("(x )*y$", "x x y", (0, 5)),
        (r"\$?5", "$5", (0, 2)),
        ("a {hour}", "a 10 pm", (0, 7)),
        ("(a)?b", "ab", (0, 2)),
        ("a b", 'a, "b', (0, 5)),
        ("a b", "a. b", None),
    ],
)
def test_a_match_is_that_of_a_regular_expression(wording: str, sentence: str, span: tuple[int, int] | None) -> None:
    assert read(wording).search(sentence) == span


def pieces(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    grouped = st.lists(inner, min_size=1, max_size=3).map(lambda options: f"({'|'.join(options)})")
    counted = st.tuples(grouped, st.sampled_from(["?", "*", "+", "{1,2}", "??", "*?", "{0,2}?"])).map("".join)
    ahead = inner.map(lambda text: f"(?!{text})")
    return st.lists(grouped | counted | ahead | inner, min_size=1, max_size=3).map("".join)


# No empty repeats of empty things, which regular expressions treat in ways of their own.
WORDINGS = st.recursive(st.sampled_from(["a", "b", "ab", r"\w", "[ab]", "[^a]", "."]), pieces, max_leaves=8)


@given(WORDINGS, st.text("abc", max_size=8))
def test_where_a_wording_has_no_spaces_it_matches_what_a_regular_expression_matches(wording: str, text: str) -> None:
    expected = re.search(rf"(?:(?<!\w)|(?=')){wording.replace('(', '(?:').replace('(?:?', '(?')}(?!\w)", text)

    assert read(wording).search(text) == (expected.span() if expected else None)
