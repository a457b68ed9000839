"""Where sentences start and end."""

from __future__ import annotations

from susul.reading.sentences import Prose


def sentences(text: str) -> list[str]:
    return [sentence.folded.strip() for sentence in Prose(text).sentences()]


def test_full_stops_end_sentences_but_abbreviations_do_not() -> None:
    assert sentences("Yth. Bapak Wahyu, apa kabar? Kantor di Jl. Melati 8. Salam.") == [
        "yth. bapak wahyu, apa kabar?",
        "kantor di jl. melati 8.",
        "salam.",
    ]


def test_numbers_with_a_point_stay_whole() -> None:
    assert sentences("Pukul 14.00 sampai 15.00. Baik.") == ["pukul 14.00 sampai 15.00.", "baik."]


def test_short_lines_are_sentences_of_their_own_and_wrapped_ones_are_not() -> None:
    text = "Hi Tom,\nthe courier came this morning and took all of the\nboxes that were ready."
    assert sentences(text) == ["hi tom,", "the courier came this morning and took all of the boxes that were ready."]


def test_lists_are_not_wrapped_lines() -> None:
    assert len(sentences("We talked about these three things at the meeting\n- the price\n- the date")) == 3


def test_what_is_repeated_comes_once() -> None:
    assert sentences("Thank you.\n\nThank you.\n\nThank you. Thank you.") == ["thank you."]


def test_letters_that_grow_when_they_become_small_keep_their_place() -> None:
    prose = Prose("İİİ we will tell you")
    assert len(prose.folded) == len(prose.text)


def test_curly_apostrophes_read_like_straight_ones() -> None:
    assert sentences("We’ll see") == ["we'll see"]
