from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from susul.reading.body_text import unflowed


@pytest.mark.parametrize(
    ("flowed", "text"),
    [
        ("one \ntwo\nthree", "one two\nthree"),
        (" From here\n >not quoted", "From here\n>not quoted"),
        (">> deep \n>> er\n> less\nnone", ">> deep er\n> less\nnone"),
        ("text \n-- \nBudi", "text \n-- \nBudi"),
        ("ends soft ", "ends soft "),
        ("a \n> b", "a \n> b"),
        ("", ""),
    ],
)
def test_flowed_lines_become_paragraphs_and_quote_marks_stay(flowed: str, text: str) -> None:
    assert unflowed(flowed) == text


def test_with_delsp_the_space_that_marks_a_soft_break_goes() -> None:
    assert unflowed("in \nter \nview\n", delete_space=True) == "interview\n"


@given(st.lists(st.text(alphabet="abc ", min_size=1).map(str.strip).filter(bool)))
def test_text_without_soft_breaks_stays_as_it_is(lines: list[str]) -> None:
    assert unflowed("\n".join(lines)) == "\n".join(lines)
