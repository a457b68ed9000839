"""How far long work is: told on one line, with the rate and the time left once they can be known."""

from __future__ import annotations

import re
from contextlib import redirect_stderr
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from screens import Screen

from susul.cli.progress import Line, Pace, duration, end_line

if TYPE_CHECKING:
    from pathlib import Path

    from screens import Watch


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("pace", "said"),
    [
        (Pace("Reading threads", 0, 900, 0), "Reading threads: 0 of 900"),
        (Pace("Reading threads", 5, 900, 1.9), "Reading threads: 5 of 900"),
        (Pace("Reading threads", 120, 900, 5), "Reading threads: 120 of 900, 24.0 a second, 32 s left"),
        (Pace("Reading threads", 500, 900, 2, 100), "Reading threads: 500 of 900, 200 a second, 2 s left"),
        (Pace("Reading threads", 9, 90_000, 30), "Reading threads: 9 of 90000, 0.3 a second, 83 h 19 min left"),
        (Pace("Reading threads", 900, 900, 90), "Reading threads: 900 of 900, 10.0 a second"),
        (Pace("Reading mail", 40, 0, 4), "Reading mail: 40, 10.0 a second"),
        (Pace("Reading threads", 0, 900, 60), "Reading threads: 0 of 900"),
    ],
)
def test_the_rate_and_the_time_left_are_told_once_they_can_be_known(pace: Pace, said: str) -> None:
    assert pace.in_words() == said


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "0 s"), (59.6, "1 min 0 s"), (200, "3 min 20 s"), (7500, "2 h 5 min")]
)
def test_a_duration_is_told_in_two_units_at_most(seconds: float, said: str) -> None:
    assert duration(seconds) == said


def test_a_line_is_written_over_and_ended_when_the_work_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    line = Line(80, clock)
    for done in (0, 1, 500, 1000):
        line("Reading threads", done, 1000)
        clock.now += 1

    drawn = capsys.readouterr().err
    assert drawn.endswith("\n")
    assert drawn.count("\n") == 1
    assert [part.rstrip() for part in drawn.rstrip("\n").split("\r")[1:]] == [
        "Reading threads: 0 of 1000",
        "Reading threads: 1 of 1000",
        "Reading threads: 500 of 1000, 250 a second, 2 s left",
        "Reading threads: 1000 of 1000, 333 a second",
    ]


def test_drawing_is_rare_however_often_it_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    line = Line(80, clock)
    for done in range(10_001):
        line("Reading threads", done, 10_000)
        clock.now += 0.0001

    assert capsys.readouterr().err.count("\r") <= 15


@given(
    st.lists(st.tuples(st.sampled_from(["Reading", "Understanding"]), st.integers(0, 10**12), st.integers(0, 10**12)))
)
def test_whatever_is_told_the_line_fits(steps: list[tuple[str, int, int]]) -> None:
    clock, screen = Clock(), Screen()
    with redirect_stderr(screen):
        line = Line(40, clock)
        for step in steps:
            line(*step)
            clock.now += 3
        end_line()

    drawn = re.split(r"[\r\n]", screen.getvalue())
    assert max(map(len, drawn)) < 40
    assert screen.getvalue().count("\r") == len(steps)
    assert not steps or screen.getvalue().endswith("\n")


def test_a_line_left_in_the_middle_is_ended_before_the_next_words(capsys: pytest.CaptureFixture[str]) -> None:
    Line(80, Clock())("Reading threads", 3, 10)
    end_line()
    end_line()

    assert capsys.readouterr().err == "\rReading threads: 3 of 10\n"


def test_a_watched_read_of_files_ends_its_line(watch: Watch, files: tuple[str, ...]) -> None:
    err = watch("scan", *files).err

    assert err == "\rUnderstanding mail: 1 of 1\n"


def test_a_large_mailbox_tells_how_much_of_it_is_read(watch: Watch, mbox: Path, files: tuple[str, ...]) -> None:
    mail = mbox.read_bytes()
    long = mail.replace(b"Best regards", b"x" * 70 + b"\n" + b"Some words more. \n" * 60_000 + b"Best regards")
    mbox.write_bytes(b"".join(long.replace(b"<p1@", f"<p{n}@".encode()) for n in range(3)))

    err = watch("scan", *files).err

    assert "\rReading megabytes of mail: " in err
    assert " of 3" in err
    assert err.count("\n") == 2
