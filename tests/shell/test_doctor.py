"""``susul doctor``: a home in order, and everything that can be wrong with one, each with its remedy."""

from __future__ import annotations

import json
import sqlite3
import tomllib
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from accounts import Ask, mailbox, proposal, served, synced
from hypothesis import given
from hypothesis import strategies as st

from susul.checkup import Outcome, guarded
from susul.checkup.google import clock, time_zone
from susul.checkup.sound_part import sound_part
from susul.checkup.state import last_run
from susul.config import parse_config
from susul.locking import held
from susul.places import find_places
from susul.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from susul.sandbox import Sandbox

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
CHECKS = [
    *("config", "templates", "client", "sign-in file", "scopes", "gmail", "calendar", "clock", "time zone"),
    *("state", "lock", "last run", "schedule", "rights", "disk"),
]


@pytest.fixture
def sandbox(own_home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Sandbox]:
    """A home that is signed in and in order; no cron of this machine's."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    with served(mailbox(proposal()), own_home) as serving:
        yield serving


def examined(ask: Ask, *options: str) -> tuple[int, dict[str, dict[str, str]]]:
    code, out, err = ask("doctor", "--json", *options)
    assert "Traceback" not in err
    found = json.loads(out)
    assert found["failed"] == sum(one["outcome"] == "failed" for one in found["checks"])
    assert [one["check"] for one in found["checks"]] == CHECKS
    assert all(one["remedy"] for one in found["checks"] if one["outcome"] in ("failed", "note"))
    assert not any("\n" in one["remedy"] for one in found["checks"])
    return code, {one["check"]: one for one in found["checks"]}


def failures(found: dict[str, dict[str, str]]) -> set[str]:
    return {check for check, one in found.items() if one["outcome"] == "failed"}


def test_a_home_in_order_has_nothing_wrong(sandbox: Sandbox, own_home: Path, ask: Ask) -> None:
    synced(own_home)

    code, found = examined(ask)

    assert (code, failures(found)) == (0, set())
    assert "rina@rinawijaya.example" in found["gmail"]["says"]
    for check in ("config", "templates", "client", "scopes", "calendar", "clock", "state", "lock", "rights", "disk"):
        assert found[check]["outcome"] == "ok", found[check]
    assert "Nothing is wrong." in ask("doctor")[1]


def test_offline_asks_google_nothing(sandbox: Sandbox, ask: Ask) -> None:
    code, found = examined(ask, "--offline")

    assert code == 0
    assert found["gmail"]["outcome"] == found["clock"]["outcome"] == "skipped"
    assert not sandbox.log


def test_it_changes_nothing(sandbox: Sandbox, own_home: Path, ask: Ask) -> None:
    before = {path.name: path.read_bytes() for path in own_home.iterdir()}

    examined(ask, "--offline")

    assert {path.name: path.read_bytes() for path in own_home.iterdir()} == before


def test_an_empty_home_is_told_where_to_begin(ask: Ask) -> None:
    code, found = examined(ask)

    assert (code, failures(found)) == (1, {"client", "sign-in file"})
    assert "susul login" in found["client"]["remedy"]


def test_a_wrong_config_is_told_and_the_other_checks_go_on(sandbox: Sandbox, own_home: Path, ask: Ask) -> None:
    with (own_home / "config.toml").open("a") as file:
        file.write("[ownr]\n")

    code, found = examined(ask, "--offline")

    assert code in (1, 2)
    assert found["config"]["remedy"] == "Did you mean owner?"
    assert found["disk"]["outcome"] == "ok"


@pytest.mark.parametrize(
    "mistake",
    [
        "[owner]\nnaem = 'Rina'\ntime_zone = 'Asia/Makassar'\n",
        "[owner]\ntime_zone = 'Asia/Makassar'\n[policy.proposal]\nlapses = 3w\n",
        "[owner]\ntime_zone = 'Asia/Makassar'\n[policy.proposal]\nlapses = 30\n[policy.proposal]\nlapses = 40\n",
    ],
)
def test_a_mistake_in_the_config_hides_nothing_that_the_rest_of_it_tells(
    sandbox: Sandbox, own_home: Path, ask: Ask, mistake: str
) -> None:
    with (own_home / "config.toml").open("a") as file:
        file.write(mistake)

    code, found = examined(ask)

    assert (code, failures(found)) == (2, {"config"})
    for check in ("client", "sign-in file", "scopes", "gmail", "calendar", "clock"):  # at the api_root of the config
        assert found[check]["outcome"] == "ok", found[check]
    assert "Asia/Makassar" in found["time zone"]["says"]


@pytest.mark.parametrize("mistake", ["units_per_minute = 'many'\n", "units_per_minute = 6k\n"])
def test_where_it_is_unclear_whom_to_ask_nobody_is_asked(
    sandbox: Sandbox, own_home: Path, ask: Ask, mistake: str
) -> None:
    config = own_home / "config.toml"
    config.write_text(config.read_text().replace("[google]\n", f"[google]\n{mistake}"))

    code, found = examined(ask)

    assert (code, failures(found)) == (2, {"config"})
    assert found["gmail"]["says"] == found["client"]["says"] == "Correct [google] in config.toml first."
    assert not sandbox.log


@given(st.text(st.sampled_from("[]ab.=\"'#1 \n\r\tgogle"), max_size=60))
def test_of_whatever_a_file_holds_the_sound_part_can_be_told(text: str) -> None:
    assert sound_part(text).config.read.since_days == 90


def test_the_sound_part_of_a_sound_file_is_all_of_it() -> None:
    text = """[owner]
name = "Rina"
links = { portfolio = "https://rina.example" }
[google]
units_per_minute = 15000
[policy.proposal]
status_check_after = [
  3,
  5,
]
[policy]
task.lapses = 20
"""

    assert sound_part(text).config == parse_config(tomllib.loads(text))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({"web": {"client_id": "x"}}, "Web application"),
        ({"type": "service_account"}, "service account"),
        ({"refresh_token": "x"}, "saved sign-in"),
        (json.loads((ROOT / "credentials.example.json").read_text()), "the example"),
        ([], "can't be read"),
    ],
)
def test_a_wrong_client_is_recognised(sandbox: Sandbox, own_home: Path, ask: Ask, content: Any, says: str) -> None:
    (own_home / "credentials.json").write_text(json.dumps(content))

    code, found = examined(ask, "--offline")

    assert (code, failures(found)) == (2, {"client"})
    assert says in found["client"]["says"]
    assert "docs/google-setup.md" in found["client"]["remedy"]


def change_token(home: Path, **changes: Any) -> None:
    token = json.loads((home / "token.json").read_text())
    (home / "token.json").write_text(json.dumps(token | changes))


def test_a_doctored_token_address_is_found(sandbox: Sandbox, own_home: Path, ask: Ask) -> None:
    change_token(own_home, token_uri="https://evil.example/token")

    code, found = examined(ask)

    assert (code, failures(found)) == (3, {"sign-in file"})
    assert not sandbox.log


def test_each_missing_scope_is_named_with_what_it_costs(sandbox: Sandbox, own_home: Path, ask: Ask) -> None:
    change_token(own_home, scopes=["https://www.googleapis.com/auth/gmail.readonly"])

    code, found = examined(ask, "--offline")

    assert (code, failures(found)) == (3, {"scopes"})
    for box in ("Manage drafts", "no draft", "View events on all your calendars", "no interview or meeting"):
        assert box in found["scopes"]["says"]


def test_labels_without_their_scope_are_found(sandbox: Sandbox, own_home: Path, ask: Ask) -> None:
    names = ("gmail.readonly", "gmail.compose", "calendar.events.readonly")
    change_token(own_home, scopes=[f"https://www.googleapis.com/auth/{name}" for name in names])
    assert examined(ask, "--offline")[0] == 0
    with (own_home / "config.toml").open("a") as file:
        file.write("[gmail]\nlabels = true\n")

    code, found = examined(ask, "--offline")

    assert (code, failures(found)) == (3, {"scopes"})
    assert "labelled" in found["scopes"]["says"]


def test_a_sign_in_that_google_ended_names_the_likely_causes(sandbox: Sandbox, ask: Ask) -> None:
    sandbox.oauth.revoke_all()

    code, found = examined(ask)

    assert (code, failures(found)) == (3, {"gmail", "calendar"})
    causes = found["gmail"]["remedy"]
    assert causes.index("Testing") < causes.index("7 days") < causes.index("password") < causes.index("six months")


@pytest.mark.parametrize(
    ("fault", "place", "code", "check", "words"),
    [
        ("403_disabled", "^GET /calendar", 2, "calendar", "not enabled"),
        ("403_daily", "^GET /gmail", 5, "gmail", "quota"),
        ("400_precondition", "^GET /gmail", 1, "gmail", "no mailbox"),
        ("403_domain", "^GET /gmail", 1, "gmail", "administrator"),
    ],
)
def test_what_google_refuses_is_told(
    sandbox: Sandbox, ask: Ask, fault: str, place: str, code: int, check: str, words: str
) -> None:
    sandbox.fail(fault, place, times=None)

    ended, found = examined(ask)

    assert (ended, failures(found)) == (code, {check})
    assert words in found[check]["says"]


def test_a_damaged_state_is_found(sandbox: Sandbox, own_home: Path, ask: Ask) -> None:
    synced(own_home)
    places = find_places()
    with closing(sqlite3.connect(places.database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")
    content = bytearray(places.database.read_bytes())
    content[4096 * 2 : 4096 * 6] = b"\x07" * 4096 * 4
    places.database.write_bytes(content)

    code, found = examined(ask, "--offline")

    assert "state" in failures(found)
    assert code == 1
    assert "--rebuild" in found["state"]["remedy"]
    assert ask("doctor", "--rebuild", "--offline")[0] == 0
    assert ask("doctor", "--rebuild", "--offline")[0] == 2


def test_files_that_others_can_read_are_named_with_the_command(sandbox: Sandbox, own_home: Path, ask: Ask) -> None:
    (own_home / "token.json").chmod(0o644)
    own_home.chmod(0o755)

    code, found = examined(ask, "--offline")

    assert (code, failures(found)) == (1, {"rights"})
    assert found["rights"]["remedy"] == f"Run: chmod go-rwx {own_home} {own_home}/token.json"


def test_a_template_that_cannot_be_rendered_is_found(sandbox: Sandbox, own_home: Path, ask: Ask) -> None:
    assert ask("templates", "copy", "en/status_check")[0] == 0
    own = next((own_home / "templates" / "en" / "status_check").iterdir())
    own.write_text(own.read_text() + "{{ nobody }}")

    code, found = examined(ask, "--offline")

    assert (code, failures(found)) == (2, {"templates"})
    assert own.name in found["templates"]["says"]


def test_a_run_at_work_is_a_note(sandbox: Sandbox, own_home: Path, ask: Ask) -> None:
    with held(own_home / "lock"):
        code, found = examined(ask, "--offline")

    assert code == 0
    assert found["lock"]["outcome"] == "note"


@pytest.mark.parametrize(
    ("age", "code", "ended", "scheduled", "outcome", "words"),
    [
        (timedelta(minutes=5), 0, True, True, Outcome.OK, "5 minutes ago"),
        (timedelta(days=3), 0, True, False, Outcome.OK, "3 days ago"),
        (timedelta(days=3), 0, True, True, Outcome.FAILED, "although one is scheduled"),
        (timedelta(hours=3), 5, True, True, Outcome.FAILED, "ended with 5: no network"),
        (timedelta(hours=3), 0, False, True, Outcome.NOTE, "cut off"),
    ],
)
def test_the_last_run_is_judged(
    own_home: Path, age: timedelta, code: int, ended: bool, scheduled: bool, outcome: Outcome, words: str
) -> None:
    places = find_places()
    places.make()
    with closing(open_store(places.database)) as store, store.transaction():
        run = store.runs.begin("sync", NOW - age)
        if ended:
            store.runs.end(run, NOW - age, code, "no network" if code else "", {})

    finding = last_run(places, NOW, scheduled=scheduled, at_work=False)

    assert finding.outcome is outcome, finding
    assert words in finding.says


def test_the_run_that_is_at_work_is_not_taken_for_one_cut_off(own_home: Path) -> None:
    places = find_places()
    places.make()
    with closing(open_store(places.database)) as store, store.transaction():
        store.runs.begin("sync", NOW)

    assert last_run(places, NOW, scheduled=True, at_work=True).outcome is Outcome.SKIPPED


@pytest.mark.parametrize(
    ("off", "outcome", "words"),
    [
        (timedelta(seconds=20), Outcome.OK, "right"),
        (timedelta(minutes=3), Outcome.NOTE, "3 minutes ahead"),
        (timedelta(minutes=-20), Outcome.FAILED, "20 minutes behind"),
        (timedelta(hours=7), Outcome.FAILED, "7 hours ahead"),
    ],
)
def test_the_clock_is_compared_with_googles(off: timedelta, outcome: Outcome, words: str) -> None:
    finding = clock(format_datetime(NOW, usegmt=True), NOW + off)

    assert finding.outcome is outcome
    assert words in finding.says


@pytest.mark.parametrize("header", ["", "yesterday", "Wed, 99 Jun 2026 12:00:00 GMT", "0"])
def test_an_answer_without_a_time_says_nothing_of_the_clock(header: str) -> None:
    assert clock(header, NOW).outcome is Outcome.SKIPPED


@pytest.mark.parametrize(
    ("config", "calendar", "system", "outcome", "words"),
    [
        ("", "Asia/Jakarta", "Asia/Jakarta", Outcome.OK, "Asia/Jakarta"),
        ("", "Asia/Jakarta", "Asia/Bangkok", Outcome.OK, "Asia/Jakarta"),
        ("Asia/Makassar", "Asia/Jakarta", "Asia/Makassar", Outcome.NOTE, "your calendar Asia/Jakarta"),
        ("", "Asia/Jakarta", "UTC", Outcome.NOTE, "cron's times"),
        ("", "", "UTC", Outcome.OK, "UTC"),
        ("", "Mars/Base", "UTC", Outcome.NOTE, "Mars/Base"),
    ],
)
def test_config_calendar_and_machine_are_compared(
    config: str, calendar: str, system: str, outcome: Outcome, words: str
) -> None:
    finding = time_zone(parse_config({"owner": {"time_zone": config}}), calendar, system, NOW)

    assert finding.outcome is outcome
    assert words in finding.says


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0",
        b"a = " + b"[" * 10_000,
        b"a = " + b"9" * 10_000,
        b"\xff\xfe",
        b"[",
        b"[" * 100_000,
        b"{}",
        b"[]",
        b"SQLite format 3\0",
    ],
)
@pytest.mark.parametrize(
    "name", ["config.toml", "credentials.json", "token.json", "state.sqlite3", "templates", "lock"]
)
def test_no_file_brings_it_to_a_traceback(
    sandbox: Sandbox, own_home: Path, ask: Ask, name: str, content: bytes
) -> None:
    (own_home / name).write_bytes(content)

    code, found = examined(ask, "--offline")

    assert code in (0, 1, 2, 3)
    assert not any("itself went wrong" in one["says"] for one in found.values())


@pytest.mark.parametrize("name", ["config.toml", "credentials.json", "token.json", "state.sqlite3"])
def test_a_folder_in_the_place_of_a_file_is_told(sandbox: Sandbox, own_home: Path, ask: Ask, name: str) -> None:
    (own_home / name).unlink(missing_ok=True)
    (own_home / name).mkdir(mode=0o700)

    assert "itself went wrong" not in str(examined(ask, "--offline")[1])


def test_a_check_that_breaks_is_a_finding_of_its_own() -> None:
    def broken() -> Any:
        raise ZeroDivisionError

    finding = guarded("disk", broken)

    assert finding.outcome is Outcome.FAILED
    assert "ZeroDivisionError" in finding.says
