"""How a finished English sentence is found in a catalogue, whatever is in it."""

from __future__ import annotations

import time
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from susul.cli.catalogue import Catalogue, Pattern, pattern_of, read_catalogue
from susul.cli.messages import language

ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=200)


@cache
def indonesian() -> Catalogue:
    return read_catalogue("id")


@pytest.fixture
def catalogue() -> Catalogue:
    return indonesian()


def pattern(message: str) -> Pattern:
    return pattern_of(message, (message,))


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({}, "en"),
        ({"LANG": "id_ID.UTF-8"}, "id"),
        ({"LANG": "id"}, "id"),
        ({"LANG": "ID_ID@latin"}, "id"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "id"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "id:en"}, "id"),
        ({"LANG": "id_ID.UTF-8", "LANGUAGE": "en:id"}, "en"),
        ({"LANG": "id_ID.UTF-8", "LANGUAGE": "xx:nb"}, "id"),
        ({"LANG": "id_ID.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "id_ID"}, "id"),
        ({"LC_ALL": "POSIX", "LC_MESSAGES": "id_ID", "LANG": "id_ID"}, "en"),
        ({"LC_ALL": "", "LANG": "id_ID"}, "id"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "../../etc"}, "en"),
    ],
)
def test_the_language_is_chosen_in_the_order_of_gettext(environment: dict[str, str], code: str) -> None:
    assert language(environment) == code


@pytest.mark.parametrize(
    ("english", "indonesian"),
    [
        ("You withdrew.", "Anda mengundurkan diri."),
        ("  You withdrew. ", "  Anda mengundurkan diri. "),
        ("1 thread", "1 percakapan"),
        ("Mon 15 Jun 2026 10:05", "Sen 15 Jun 2026 10.05"),
        ("Sun 02 Aug", "Min 02 Agu"),
        ("Read 1 message in 1 thread and 3 events.", "Dibaca 1 pesan dalam 1 percakapan dan 3 acara."),
        # Two sentences, each of which is a message.
        ("They answered. You have said thanks.", "Mereka sudah menjawab. Anda sudah berterima kasih."),
        # A reason within a line about it.
        ("Withdrew a last call draft: They answered.", "Draf tindak lanjut terakhir ditarik: Mereka sudah menjawab."),
        # What is quoted is not ours, even where it is one of our words.
        ("“open” lies ahead, on Mon 15 Jun.", "“open” masih akan berlangsung, pada Sen 15 Jun."),
        ("Drafted nudge: meeting", "Draf dibuat (pengingat): meeting"),
        # A title that holds a message, and one that looks like the end of ours.
        ("“They answered. Really”: cancelled.", "“They answered. Really”: dibatalkan."),
        # Unknown words stay.
        ("This was never said.", "This was never said."),
        ("“{0}{summary}” lies ahead, on Mon 15 Jun.", "“{0}{summary}” masih akan berlangsung, pada Sen 15 Jun."),
        ("", ""),
    ],
)
def test_a_sentence_is_told_in_the_other_language(catalogue: Catalogue, english: str, indonesian: str) -> None:
    assert catalogue.in_words(english) == indonesian


def test_lines_are_put_into_words_one_by_one(catalogue: Catalogue) -> None:
    assert catalogue.in_words("You sent it.\n  /home/rina/x\n\nYou deleted it.") == (
        "Anda mengirimnya.\n  /home/rina/x\n\nAnda menghapusnya."
    )


def test_each_value_takes_as_little_as_it_can() -> None:
    found = pattern("{one} and {two}, {three}.").values("a and b and c, d, e.")
    assert found == {"one": "a", "two": "b and c", "three": "d, e"}


def test_a_message_needs_all_its_fixed_words() -> None:
    message = pattern("The {what} ended on {day}.")
    assert message.values("The talk ended on Monday") is None
    assert message.values("The talk ended.") is None
    assert message.values("The  ended on .") == {"what": "", "day": ""}


@given(ANY_TEXT, ANY_TEXT)
def test_what_was_filled_in_is_found_again(one: str, two: str) -> None:
    message = "Wrote {one} into {two}."
    text = message.format(one=one, two=two)
    found = pattern(message).values(text)
    assert found is not None
    assert message.format(**found) == text


@given(ANY_TEXT)
def test_no_text_breaks_it(text: str) -> None:
    catalogue = indonesian()
    assert isinstance(catalogue.in_words(text), str)
    assert catalogue.in_words(f"“{text}” lies ahead, on Mon 15 Jun.").count("\n") == text.count("\n")


def test_a_hostile_line_takes_no_time(catalogue: Catalogue) -> None:
    began = time.perf_counter()
    for text in ("a. A" * 1000, "“" * 4000, "You " * 1000, " in " * 1000, ". A" * 1300, "x" * 5_000_000):
        catalogue.in_words(text)
    assert time.perf_counter() - began < 5


def test_messages_have_enough_fixed_words_to_be_told_apart(catalogue: Catalogue) -> None:
    """Blanks and commas between values would fit anybody's sentence."""
    vague = [p.forms[0] for p in catalogue.patterns if sum(c.isalpha() for c in "".join(p.literals)) < 2]
    assert [message for message in vague if not message.startswith("“") and "[" not in message] == []
