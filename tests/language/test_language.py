"""Which language a thread is held in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from susul import languages
from susul.reading.language import UNDETERMINED, language_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Thank you for your time yesterday, I enjoyed our conversation.", "en"),
        ("Terima kasih atas waktunya kemarin, Bu.", "id"),
        ("makasih ya kak, nanti sy kabari lg", "id"),
        ("Could you send the revised quotation before Friday?", "en"),
    ],
)
def test_a_sentence_is_enough(text: str, code: str) -> None:
    assert language_of([text]) == code


@pytest.mark.parametrize(
    "text",
    [
        "Hi Mas, meeting-nya jadi jam 3 ya, please bring the deck. Thanks!",
        "Noted Pak, nanti kami follow up dan share draft proposal by email.",
        "Untuk campaign ini kita pakai budget Q3, timeline-nya menyusul.",
    ],
)
def test_indonesian_with_english_business_words_is_indonesian(text: str) -> None:
    assert language_of([text]) == "id"


@pytest.mark.parametrize("texts", [[], [""], ["OK"], ["12.30 - 14.00"], ["Budi Santoso", "Arunika"]])
def test_too_little_text_has_no_language(texts: list[str]) -> None:
    assert language_of(texts) == UNDETERMINED


def test_the_latest_mail_weighs_more_than_the_oldest() -> None:
    english = "Could you please send us the plan for the new office?"
    indonesian = "Baik Bu, rencananya akan kami kirim besok pagi ya."
    assert language_of([english, indonesian, indonesian]) == "id"
    assert language_of([indonesian, english, english]) == "en"


@given(st.lists(st.text(max_size=200), max_size=5))
def test_any_text_has_a_known_language_or_none(texts: list[str]) -> None:
    assert language_of(texts) in (*languages.codes(), UNDETERMINED)
