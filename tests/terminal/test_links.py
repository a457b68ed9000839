"""Each case leads to its thread in Gmail: as a link on a terminal, in plain where the story is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from susul.cli import main
from susul.gmail_links import thread_link
from susul.targets import pasted

if TYPE_CHECKING:
    from pathlib import Path

    from screens import Watch

PAGE = "https://mail.google.com/mail/u/0/?authuser=rina@rinawijaya.example#all/172e3ef60f2c14de"


def test_a_subject_is_a_link_on_a_terminal(watch: Watch, files: tuple[str, ...]) -> None:
    shown = watch("scan", *files)

    ((address, text),) = shown.links
    assert address == PAGE
    assert text.startswith("Proposal: teacher training")


def test_the_story_of_a_case_names_the_address_in_plain_too(watch: Watch, files: tuple[str, ...]) -> None:
    shown = watch("explain", "teacher training", *files)

    assert [address for address, _ in shown.links] == [PAGE]
    assert f"In Gmail: {PAGE}" in shown.lines


def test_what_is_piped_holds_no_sequence_and_no_progress(
    files: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["explain", "teacher training", *files])

    said = capsys.readouterr()
    assert f"In Gmail: {PAGE}\n" in said.out
    assert "\x1b" not in said.out + said.err
    assert said.err == ""


def test_a_dumb_terminal_gets_plain_text(watch: Watch, files: tuple[str, ...]) -> None:
    shown = watch("scan", *files, term="dumb")

    assert "\x1b" not in shown.out + shown.err
    assert "\r" not in shown.err


@pytest.mark.parametrize(("value", "is_bold"), [("1", False), ("", True)])
def test_no_color_takes_the_bold_out(
    value: str, is_bold: bool, watch: Watch, files: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", value)

    assert ("\x1b[1m" in watch("scan", *files).out) == is_bold


def test_files_without_gmails_ids_give_no_link(watch: Watch, mbox: Path, files: tuple[str, ...]) -> None:
    mbox.write_bytes(mbox.read_bytes().replace(b"X-GM-THRID: 1670341738338456798\n", b""))

    assert watch("scan", *files).links == []
    assert "In Gmail" not in watch("explain", "teacher training", *files).out


def test_the_demo_links_to_nobodys_mailbox(watch: Watch) -> None:
    assert watch("demo").links == []


def test_a_link_leads_back_to_its_case(watch: Watch, files: tuple[str, ...]) -> None:
    assert "teacher training" in watch("explain", PAGE, *files).out


@given(st.integers(min_value=16**14, max_value=2**64 - 1))
def test_a_link_names_its_thread_in_both_spellings(number: int) -> None:
    for thread in (f"{number:x}", str(number)):
        if len(thread) > 16 or thread == f"{number:x}":
            assert pasted(thread_link(thread, "rina@rina.example")).ids == {f"{number:x}", str(number)}


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_text_breaks_out_of_a_link(thread: str, address: str) -> None:
    link = thread_link(thread, address)

    assert all("!" <= letter <= "~" for letter in link)


@pytest.mark.parametrize("thread", ["", "thread", "18C0FFEE", "../x", "12345678901234567890123", "٣" * 18])
def test_what_is_no_id_of_gmails_gives_no_link(thread: str) -> None:
    assert thread_link(thread, "rina@rina.example") == ""
