"""What commands print where LANG says Indonesian: nothing of it is left in English, and scripts get what they know."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime
from string import Formatter
from typing import TYPE_CHECKING

import pytest

from susul import languages
from susul.account import open_account
from susul.cli import main
from susul.cli.catalogue import messages_in
from susul.cli.explain import told
from susul.cli.messages import in_words
from susul.cli.sandbox import write_home
from susul.cli.terminal import show_plan
from susul.config import load_config
from susul.model import Fact, Kind, Nature, State, Step
from susul.places import find_places
from susul.progressing import no_progress
from susul.report.as_json import plan_as_json
from susul.run import Run
from susul.sample import sample_mailbox
from susul.sandbox import Mailbox, Sandbox
from susul.store import open_store
from susul.syncing import scan_account

if TYPE_CHECKING:
    from collections.abc import Iterator

    from susul.app import Scanned

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
LETTERS = 9  # a piece of a message with fewer may be Indonesian as well


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scanned]:
    """The plan for the sample mailbox."""
    folder = tmp_path_factory.mktemp("home")
    with Sandbox.serve(Mailbox.from_json(sample_mailbox(NOW))) as sandbox:
        write_home(folder, sandbox.api_root, sandbox.token(), sandbox.credentials())
        places = find_places(folder)
        config = load_config(places.config_file)
        with closing(open_store(places.database)) as store, closing(open_account(places, config)) as account:
            yield scan_account(Run(account, store, places, config, NOW, no_progress))


@pytest.fixture(autouse=True)
def indonesian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_MESSAGES", "id_ID.UTF-8")


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return int(ended.value.code or 0)


def pieces() -> set[str]:
    """What is fixed in the English messages, as far as it is long enough to be known again."""
    found = set()
    for forms in messages_in(languages.messages("id")):
        for literal, *_ in Formatter().parse(forms[0]):
            if sum(c.isalpha() for c in literal) >= LETTERS and " " in literal.strip().removeprefix("susul "):
                found.add(" ".join(literal.split()))
    return found


def own_words(said: str) -> str:
    """What was printed, without what is quoted from mails and without drafts."""
    lines = [line for line in said.splitlines() if not line.startswith("  |")]
    text = " ".join(" ".join(lines).split())
    outside = [part.rpartition("”")[2] for part in text.split("“")]
    return " ¦ ".join(outside)


def left_in_english(said: str) -> list[str]:
    words = own_words(said)
    return sorted(piece for piece in pieces() if piece in words)


def test_the_plan_is_told_in_indonesian(scanned: Scanned, capsys: pytest.CaptureFixture[str]) -> None:
    show_plan(scanned, everything=True)
    said = capsys.readouterr().out
    assert left_in_english(said) == []
    assert "Belum ada jawaban atas penawaran Anda." in " ".join(said.split())
    assert "Jum 20 Nov" in said


def test_every_case_is_explained_in_indonesian(scanned: Scanned) -> None:
    assert len(scanned.plan.planned) > 40
    for planned in scanned.plan.planned:
        assert left_in_english(told(planned, scanned)) == [], planned.case.subject


def test_every_reason_and_fact_of_the_sample_has_indonesian_words(scanned: Scanned) -> None:
    decisions = [planned.decision for planned in scanned.plan.planned]
    facts = {e.fact for d in decisions for e in d.evidence} | {
        s.fact for p in scanned.plan.planned for s in p.case.links
    }
    said = {d.reason for d in decisions} | {fact.replace("_", " ") for fact in facts}
    assert [text for text in said if in_words(text) == text] == []


@pytest.mark.parametrize("vocabulary", [Fact, Kind, Nature, State, Step])
def test_every_name_that_a_person_reads_has_a_word(vocabulary: type[Step]) -> None:
    assert [name for name in vocabulary if in_words(name.replace("_", " ")) == name.replace("_", " ")] == []


def test_json_stays_english(scanned: Scanned, monkeypatch: pytest.MonkeyPatch) -> None:
    here = plan_as_json(scanned.plan, "rina@example.com", scanned.coverage, scanned.owner.zone)
    monkeypatch.setenv("LC_MESSAGES", "C")
    assert here == plan_as_json(scanned.plan, "rina@example.com", scanned.coverage, scanned.owner.zone)
    assert any("nobody has answered" in json.dumps(case) for case in here["cases"])


def test_an_error_is_told_in_indonesian_with_its_hint(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("scan", "--as-of", "kemarin", "--mbox", "x.mbox", "--me", "rina@example.com") == 2
    assert capsys.readouterr().err == (
        "susul: 'kemarin' bukan waktu.\n       Tulis seperti 2026-06-10T15:30 atau 2026-06-10T15:30+07:00.\n"
    )


def test_what_click_finds_wrong_is_told_in_indonesian(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("scan", "--all", "--jsom") == 2
    said = capsys.readouterr().err
    assert said.startswith("Pemakaian: susul scan [OPSI]\nCoba 'susul scan --help' untuk bantuan.\n\nKesalahan: ")


def test_commands_are_named_as_they_are_typed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ignore", "kabar.example") == 0
    assert capsys.readouterr().out == (
        "kabar.example sekarang diabaikan. Untuk menariknya kembali: susul ignore kabar.example --undo\n"
    )


@pytest.mark.parametrize("command", ["", "scan", "explain", "draft", "log", "doctor", "templates"])
def test_help_is_indonesian(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*command.split(), "--help") == 0
    said = capsys.readouterr().out
    assert left_in_english(said) == []
    assert "Opsi:" in said
