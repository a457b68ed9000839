"""Every hostile input is read, at a size that shows what is worse than linear; ``bench/hostile.py`` has the figures."""

from __future__ import annotations

import pytest
from hostile_html import PAGES
from hostile_mail import CALENDARS, DELIVERIES, MAILS
from hostile_readers import READERS, seconds_for, warm_up
from hostile_set import TEXT_READERS, Hostile, hostile_set
from hostile_text import TEXTS
from hypothesis import given, settings
from hypothesis import strategies as st

SIZE = 3000
# What a mail may take however small it is: 1,500 days named in it, wordings that nobody used before. On a machine
# that does much else besides, so it is a guard against what takes for ever; the ratios below are the finer one.
AT_MOST = 2.0


@pytest.fixture(autouse=True, scope="module")
def _warm() -> None:
    warm_up()


def _tried() -> list[Hostile]:
    """All but what differs little at this size: lists of words beside signals, and the owner's signals again."""
    return [hostile for hostile in hostile_set() if not _is_bench_only(hostile)]


def _is_bench_only(hostile: Hostile) -> bool:
    of_words = hostile.reader in TEXT_READERS and hostile.name not in TEXTS
    return hostile.reader == "own signals" or (of_words and hostile.reader != "signals")


@pytest.mark.parametrize("hostile", _tried(), ids=str)
def test_it_is_read(hostile: Hostile) -> None:
    assert seconds_for(hostile.reader, hostile.made(SIZE)) < AT_MOST


FOUND_STEEP = [
    ("text", "one letter after another"),
    ("text", "long lines of figures and a colon"),
    ("text", "long lines that end in wrote"),
    ("text", "attribution lines without an end"),
    ("html", "quotes beside quotes"),
    ("html", "paragraphs then signatures"),
    ("html", "closed deep inside"),
    ("mail", "encoded words of unknown charsets"),
    ("mail", "parameter continuations of one number"),
    ("mail", "parts of small calendars"),
    ("mail", "parts of empty calendars"),
    ("calendar", "begins of anything"),
    ("calendar", "open quotes"),
]


def assert_linear(reader: str, name: str, size: int) -> None:
    """Four times as much work takes about four times as long; in a quadratic reader, sixteen times."""
    made = next(hostile.made for hostile in hostile_set() if (hostile.reader, hostile.name) == (reader, name))
    small = min(seconds_for(reader, made(size)) for _ in range(3))
    large = min(seconds_for(reader, made(4 * size)) for _ in range(2))
    assert large < 8 * small + 0.05


@pytest.mark.parametrize(("reader", "name"), FOUND_STEEP)
def test_what_was_steep_once_is_read_in_linear_time(reader: str, name: str) -> None:
    assert_linear(reader, name, 8000)


@pytest.mark.parametrize("name", ["stops", "question marks"])
def test_a_run_of_stops_before_a_letter_is_read_in_linear_time(name: str) -> None:
    assert_linear("text", name, 1500)


MIXED = st.tuples(
    st.lists(st.sampled_from([*MAILS.values(), *CALENDARS.values(), *DELIVERIES.values()]), max_size=4),
    st.integers(1, 600),
)


@given(MIXED)
@settings(max_examples=40)
def test_hostile_mails_put_together_are_read(mixed: tuple[list[object], int]) -> None:
    makers, size = mixed
    raw = b"\n".join(made(size) for made in makers if callable(made))
    for reader in ("mail", "calendar", "delivery"):
        READERS[reader](raw)


@given(st.lists(st.sampled_from([*TEXTS.values(), *PAGES.values()]), max_size=4), st.integers(1, 400))
@settings(max_examples=40)
def test_hostile_texts_put_together_are_read(makers: list[object], size: int) -> None:
    text = "".join(made(size) for made in makers if callable(made))
    for reader in ("text", "bounce", "absence", "own", "html", "signals"):
        READERS[reader](text)
