"""The cues of a sentence: they take away what a phrase claims by accident, and add nothing."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from said import said

from susul import languages
from susul.days import BusinessDays
from susul.model import Fact
from susul.reading import cues
from susul.reading.dates import mentions
from susul.reading.sentences import Prose

JAKARTA = ZoneInfo("Asia/Jakarta")
WRITTEN_AT = datetime(2026, 6, 10, 10, 0, tzinfo=JAKARTA)


def cues_in(text: str, *, outgoing: bool = False) -> list[str]:
    """The cues of a text of one sentence."""
    prose = Prose(text)
    days = cues.days_in(prose, mentions(text, WRITTEN_AT, JAKARTA, BusinessDays("ID")))
    (sentence,) = prose.sentences()
    return cues.cues_of(cues.around(sentence, sentence.start, sentence.end, days), outgoing)


def test_cues_are_words_and_their_pairs_with_beginning_and_end() -> None:
    assert cues_in("We'll call you.") == [
        "^them",
        "we'll",
        "call",
        "you",
        "$",
        "^them we'll",
        "we'll call",
        "call you",
        "you $",
    ]


def test_days_and_figures_are_cues_whatever_they_are() -> None:
    friday, number = cues_in("You hear from us on Friday, about order 4711."), cues_in("Order 12.")

    assert "on @day" in friday
    assert "order 0" in friday
    assert "order 0" in number


def test_a_day_that_is_over_is_another_cue() -> None:
    assert "@past" in cues_in("We met last Friday.")


def test_it_matters_who_writes() -> None:
    assert "^owner please" in cues_in("Please send it.", outgoing=True)


def test_of_a_long_sentence_only_what_stands_around_the_phrase_counts() -> None:
    prose = Prose("far away " * 30 + "we will let you know")
    (sentence,) = list(prose.sentences())[:1]
    place = sentence.folded.find("we will")
    assert place >= 0
    around = cues.around(sentence, sentence.start + place, sentence.start + place + 7, [])
    assert len(around) <= 2 * cues.REACH + 20
    assert "we will" in around


def test_a_fact_is_believed_from_its_limit_on() -> None:
    weights = cues.Weights(bias=-4.0, least=-3.0, cues={"offer": 2.0, "special": -3.0})

    assert weights.believes(["an", "offer"])
    assert not weights.believes(["a", "special", "offer"])
    assert not weights.believes([])


@pytest.mark.parametrize("language", languages.codes())
def test_the_learned_file_names_facts_and_holds_no_wild_weight(language: str) -> None:
    learned = cues.weights(language)

    assert set(learned) <= set(Fact)
    for weights in learned.values():
        assert -12 < weights.bias < 3
        assert all(-6 < weight < 6 for weight in weights.cues.values())


def test_a_language_without_the_file_does_without() -> None:
    assert cues.weights("xx") == {}


@pytest.mark.parametrize(
    "text",
    [
        "We will let you know by Friday.",
        "Unfortunately we have decided to go with another candidate.",
        "Kami akan mengabari Bapak paling lambat hari Jumat.",
        "Mohon maaf, kami belum dapat melanjutkan lamaran Anda.",
    ],
)
def test_what_is_said_plainly_is_believed(text: str) -> None:
    assert said(text) == said(text, doubting=False)
    assert said(text)
