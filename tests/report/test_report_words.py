"""The words of a report: every language has all of them, and what other stages say is said again in each."""

from __future__ import annotations

from datetime import UTC, datetime
from string import Formatter
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from susul import languages
from susul.cases.elsewhere_turns import ANSWERED_ELSEWHERE
from susul.cases.waits import Basis
from susul.decide import BECAUSE, CLOSED_BECAUSE, COLLEAGUES, LAPSED
from susul.model import Fact, Kind, Nature, State, Step, WaitingOn
from susul.report.sentences import known_sentences, part_again, said_again
from susul.report.view import SECTIONS
from susul.report.words import Days, report_language, report_words

CODES = [code for code in languages.codes() if languages.table(code, "report")]
KNOWN = known_sentences()


def leaves(table: dict[str, Any], path: str = "") -> dict[str, set[str | None]]:
    """Each text by its path, with the names of what is filled in."""
    found: dict[str, set[str | None]] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            found |= leaves(value, f"{path}{name}.")
        else:
            found[f"{path}{name}"] = {field for _, field, _, _ in Formatter().parse(value) if field is not None}
    return found


@pytest.mark.parametrize("code", languages.codes())
def test_every_language_has_the_same_words_with_the_same_places_to_fill(code: str) -> None:
    assert leaves(languages.table(code, "report")) == leaves(languages.table(KNOWN.language, "report"))


@pytest.mark.parametrize("code", CODES)
def test_every_kind_state_step_and_fact_has_a_word(code: str) -> None:
    words = report_words(code)

    assert set(words.kinds) == set(Kind)
    assert set(words.states) == set(State)
    assert set(words.waiting_on) == set(WaitingOn)
    assert set(words.steps) == set(Step)
    assert set(words.natures) == set(Nature)
    assert {*Fact, *Basis} <= set(words.facts)
    assert list(words.sections) == list(SECTIONS)


@pytest.mark.parametrize("code", CODES)
def test_a_language_says_every_sentence(code: str) -> None:
    words = report_words(code)

    assert set(words.sentences) == {pattern.name for pattern in KNOWN.patterns}
    assert set(words.parts) == set(KNOWN.parts.values())


@pytest.mark.parametrize("reason", [*BECAUSE.values(), *CLOSED_BECAUSE.values(), *ANSWERED_ELSEWHERE.values()])
@pytest.mark.parametrize("code", CODES)
def test_the_reasons_of_a_decision_are_said_in_every_language(reason: str, code: str) -> None:
    said, language = said_again(f"{reason} You have checked in 1 of 3 times.", code)

    assert language == code
    assert (said == f"{reason} You have checked in 1 of 3 times.") == (code == KNOWN.language)


@pytest.mark.parametrize("reason", [COLLEAGUES, LAPSED, f"{LAPSED} {COLLEAGUES}", "They answered."])
def test_a_sentence_in_its_own_language_stays_as_it_is(reason: str) -> None:
    assert said_again(reason, KNOWN.language) == (reason, KNOWN.language)


def test_what_stands_in_a_sentence_is_kept_and_its_day_is_spelt_anew() -> None:
    assert said_again("The interview “{day} Tahap II: a” ended on Wed 10 Jun, and no thanks have been sent.", "id") == (
        "Wawancara “{day} Tahap II: a” selesai pada Rab, 10 Jun, dan ucapan terima kasih belum dikirim.",
        "id",
    )
    assert said_again("“Rapat”: cancelled by mail.", "id")[0] == "“Rapat”: dibatalkan lewat surel."
    assert said_again("You asked on Tue 07 Jul 2026 to close grace@kestrelpress.example.", "id")[0] == (
        "Pada Sel, 7 Jul 2026 Anda minta grace@kestrelpress.example ditutup."
    )
    snoozed = "You asked to snooze this thread until Mon 06 Jul 2026, when it is too late for a status check."
    assert "percakapan ini sampai Sen, 6 Jul 2026" in said_again(snoozed, "id")[0]
    assert "(menanyakan kabar)" in said_again(snoozed, "id")[0]


@pytest.mark.parametrize("text", ["", "Something new.", "They answered. Something new.", "They answered, all.", " "])
def test_a_sentence_that_is_unknown_stays_as_it_is_with_its_language(text: str) -> None:
    assert said_again(text, "id") == (text, KNOWN.language)
    assert part_again(text, "id") == (text, KNOWN.language)


@settings(max_examples=40)
@example("cancelled")
@given(st.text(max_size=300))
def test_any_title_in_any_sentence_is_said_or_left(title: str) -> None:
    for code in CODES:
        said, language = said_again(f"“{title}” lies ahead, on Wed 10 Jun.", code)
        assert language in (code, KNOWN.language)
        assert title in said or "“" in title or "”" in title


def test_days_have_their_year_only_where_it_is_another() -> None:
    at = datetime(2026, 6, 9, 15, 5, tzinfo=UTC)

    assert Days("en", 2026).moment(at) == "Tue 9 Jun, 15:05"
    assert Days("id", 2025).moment(at) == "Sel, 9 Jun 2026, 15.05"
    assert [Days("id").number(value) for value in (2.0, 2.5)] == ["2", "2,5"]


def test_the_language_is_the_first_that_is_spoken() -> None:
    assert report_language("", "tlh", "id", "en") == "id"
    assert report_language("") == CODES[0]
