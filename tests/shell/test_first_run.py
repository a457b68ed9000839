"""The first run over a large mailbox: what it asks at once, and the process that reads beside it."""

from __future__ import annotations

import io
import os
import signal
import socket
import subprocess
import sys
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec
import pytest
from accounts import Ask, as_json, mailbox, proposal, served

from susul.account import open_account
from susul.beginning import FRESH, LARGE, Beginning
from susul.config import load_config
from susul.days import BusinessDays
from susul.errors import TryLater
from susul.model import Address, Message, Reading
from susul.owner import Owner
from susul.places import find_places
from susul.progressing import no_progress
from susul.reading import read
from susul.reading_beside import Batch, ReadingBeside, Whose, answer_lines, started
from susul.run import Run
from susul.store import open_store
from susul.syncing import scan_account

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from susul.plan import Planned
    from susul.sandbox import Mailbox

RINA = Owner(("rina@rinawijaya.example",), zone=ZoneInfo("Asia/Jakarta"), days=BusinessDays("ID"))
HELEN_HERSELF = Owner(("helen@mosaic.example",), zone=ZoneInfo("America/New_York"), days=BusinessDays("US"))
HELEN = Address("Helen Park", "helen@mosaic.example")


def message(number: int, text: str) -> Message:
    sent_at = datetime(2026, 6, 10, 20, 0, tzinfo=UTC)  # tomorrow in Jakarta already
    return Message(f"m{number}", "t1", f"<m{number}@mosaic.example>", sent_at, HELEN, subject="Re: Proposal", text=text)


WE_WILL_DECIDE, ANOTHER_ONE = "We'll decide by Friday.\n", "Maaf, kami memilih yang lain.\n"
MAIL = [message(number, text) for number, text in enumerate((WE_WILL_DECIDE, ANOTHER_ONE, "\N{GRINNING FACE} é\n"))]


def large_mailbox() -> Mailbox:
    """Two matters among notes that say nothing."""
    notes = [proposal(f"note{number}", "news@daily.example", days=40) for number in range(LARGE)]
    for number, note in enumerate(notes):
        note |= {"from": "Daily <news@daily.example>", "to": "rina@rinawijaya.example", "subject": "Weather"}
        note |= {"thread": f"weather{number // 40}"}  # the quota of a minute reads them all
        note |= {"text": "Sunny, later rain.\n", "attachments": []}
    return mailbox(proposal("workshop"), proposal("website", "omar@harbour.example"), *notes)


@pytest.fixture
def beside() -> Iterator[ReadingBeside]:
    process = started()
    assert process
    with closing(process):
        yield process


def test_the_process_reads_as_the_run_itself_does(beside: ReadingBeside) -> None:
    beside.take(MAIL[:2], RINA)
    beside.take(MAIL[2:], RINA)
    assert beside.rest() == [read(one, RINA) for one in MAIL]
    assert beside.made() == []


@pytest.mark.parametrize("code", ["", "print('{')", "input(); print('[1]')"])
def test_a_process_that_answers_nothing_of_use_costs_no_mail(code: str) -> None:
    process = started((sys.executable, "-c", code))
    assert process
    with closing(process):
        process.take(MAIL, RINA)
        process.take(MAIL, RINA)
        assert process.rest() == []


def test_no_process_where_the_system_gives_none(tmp_path: Path) -> None:
    assert started((str(tmp_path / "nothing here"),)) is None


def test_each_line_of_mail_is_answered_by_a_line_of_readings() -> None:
    answers = io.BytesIO()
    promised = message(4, "I'll send it to you tomorrow.\n")
    batches = [Batch(Whose.of(RINA), (*MAIL, promised)), Batch(Whose.of(HELEN_HERSELF), (promised,))]
    answer_lines(io.BytesIO(b"\n".join(map(msgspec.json.encode, batches))), answers)
    lines = [msgspec.json.decode(line, type=list[Reading]) for line in answers.getvalue().splitlines()]
    assert lines == [[read(one, RINA) for one in (*MAIL, promised)], [read(promised, HELEN_HERSELF)]]
    assert lines[0][-1] != lines[1][0]


def test_the_process_ends_where_nothing_is_told_to_it() -> None:
    answers = io.BytesIO()
    answer_lines(io.BytesIO(), answers)
    assert answers.getvalue() == b""


def test_a_large_mailbox_is_read_as_a_small_one_and_asked_no_more(own_home: Path, ask: Ask) -> None:
    with served(large_mailbox(), own_home) as sandbox:
        code, out, _ = ask("scan", "--json")
        assert code == 0
        assert [case["decision"] for case in as_json(out)["cases"]] == ["draft", "draft"]

        alone = [entry.path.rpartition("/")[2] for entry in sandbox.log if not entry.in_batch]
        assert alone.count("events") == alone.count("drafts") == 1
        assert alone[0] == "batch"  # profile and aliases together
        assert not {"profile", "sendAs"} & set(alone)

        sandbox.forget()
        again = ask("scan", "--json")
        assert as_json(again[1])["cases"] == as_json(out)["cases"]


class Doomed(Beginning):
    """Its process is gone before it reads a line."""

    def reading_beside(self) -> ReadingBeside | None:
        process = super().reading_beside()
        if process:
            process.close()
        return process


class GrownOld(Beginning):
    """Its answers were asked for a while ago."""

    def is_long(self) -> bool:
        self._asked_at -= FRESH
        return super().is_long()


def scanned(home: Path, kind: type[Beginning] | None) -> tuple[Planned, ...]:
    """The cases of a first scan."""
    places = find_places(home)
    config, now = load_config(places.config_file), datetime.now(UTC)
    with closing(open_account(places, config)) as account, closing(open_store(places.database)) as store:
        run = Run(account, store, places, config, now, no_progress)
        if kind is None:
            return scan_account(run).plan.planned
        with closing(kind(account, run.since, now)) as beginning:
            return scan_account(replace(run, beginning=beginning)).plan.planned


def summary(planned: Sequence[Planned]) -> list[tuple[str, str, str]]:
    return sorted((p.case.id, p.decision.reason, p.draft.text if p.draft else "") for p in planned)


def test_the_run_reads_by_itself_what_the_process_does_not(own_home: Path, tmp_path: Path) -> None:
    box = large_mailbox()
    with served(box, own_home):
        doomed = scanned(own_home, Doomed)
    find_places(own_home).database.unlink()
    with served(box, own_home):
        plain = scanned(own_home, None)
    assert summary(doomed) == summary(plain)
    assert len(doomed) == 2


def test_answers_that_grew_old_are_asked_for_again(own_home: Path) -> None:
    with served(large_mailbox(), own_home) as sandbox:
        scanned(own_home, GrownOld)
        alone = [entry.path.rpartition("/")[2] for entry in sandbox.log if not entry.in_batch]
        assert alone.count("events") == alone.count("drafts") == 2


def test_what_goes_wrong_with_the_first_question_is_said_once(own_home: Path, ask: Ask) -> None:
    with served(large_mailbox(), own_home) as sandbox:
        sandbox.fail("403_quota", match=r"POST /batch", times=None)
        code, _, err = ask("scan")
        assert code == 5
        assert err.startswith("susul: ")
        asked = len(sandbox.log)

        sandbox.forget()
        places = find_places(own_home)
        with closing(open_account(places, load_config(places.config_file))) as account, pytest.raises(TryLater):
            account.gmail.introduced()
        assert asked == len(sandbox.log)


def test_interrupting_a_first_run_ends_it(own_home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with served(large_mailbox(), own_home) as sandbox:
            for file in ("config.toml", "token.json"):
                text = (own_home / file).read_text("utf-8")
                (own_home / file).write_text(text.replace(sandbox.api_root, f"http://127.0.0.1:{port}"), "utf-8")
        environment = os.environ | {"SUSUL_HOME": str(own_home)}
        run = subprocess.Popen([sys.executable, "-m", "susul", "scan"], env=environment, stderr=subprocess.PIPE)
        connection, _ = silent.accept()  # it asks, and nobody answers
        _, err = interrupted(run)
        connection.close()
    assert run.returncode == 1
    assert b"Stopped." in err


def interrupted(run: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
    """What it says. Python loses a Ctrl-C now and then that comes in the middle of an import; people press again."""
    for _ in range(20):
        run.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            return run.communicate(timeout=1)
    run.kill()
    return run.communicate()
