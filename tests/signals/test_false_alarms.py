"""Ordinary sentences that only sound like a signal, each beside a near twin that is one; by the phrases alone."""

from __future__ import annotations

import false_alarms_en
import false_alarms_id
import pytest
from said import said

from susul.model import Sense

PAIRS = [
    (language, *pair)
    for language, table in (("en", false_alarms_en.PAIRS), ("id", false_alarms_id.PAIRS))
    for pair in table
]


def facts(text: str, *, outgoing: bool = False, language: str = "en") -> set[str]:
    """What the phrases alone find, without the second opinion of the cues."""
    return {signal.fact.value for signal in said(text, outgoing=outgoing, language=language, doubting=False)}


@pytest.mark.parametrize(("language", "fact", "plain"), [pair[:3] for pair in PAIRS])
def test_an_ordinary_sentence_is_no_signal(language: str, fact: str, plain: str) -> None:
    assert fact not in facts(plain, language=language)
    assert fact not in facts(plain, outgoing=True, language=language)


@pytest.mark.parametrize(("language", "fact", "twin"), [(*pair[:2], pair[3]) for pair in PAIRS])
def test_its_near_twin_is_heard(language: str, fact: str, twin: str) -> None:
    assert fact in facts(twin, language=language) | facts(twin, outgoing=True, language=language)


def test_a_hint_that_two_languages_know_counts_once() -> None:
    assert "rejection" not in facts("Getting the permits is slow, I'm sorry to say.")


def test_a_foreign_phrase_is_guarded_by_the_words_of_the_language_around_it() -> None:
    assert "on_hold" not in facts("The freeze on hiring was lifted in February.")


def test_another_day_in_place_of_a_lost_one_moves_the_appointment() -> None:
    found = said(
        "Unfortunately I can't make Thursday. Would Monday at 2pm work instead?", language="en", doubting=False
    )
    assert [signal.sense for signal in found] == [Sense.CANCELLED, Sense.MOVED]


def test_a_time_that_is_proposed_by_a_question_is_also_a_question() -> None:
    assert facts("Would Thursday at three suit you?") == {"schedule", "question"}
