"""``susul schedule``: entries that the system reads as we mean them, and a crontab of which only our block changes."""

from __future__ import annotations

import plistlib
import shlex
import shutil
import stat
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from susul.errors import UsageError
from susul.places import find_places
from susul.schedule import cron, launchd, systemd, windows
from susul.schedule.job import Job
from susul.schedule.timetable import Timetable, at_times, every_interval, offset_of
from susul.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from asking import Ask

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="crontab and a shell")
THREE_TIMES = at_times("07:00,12:00,17:00", 3)
ODD = "/srv/a b/50% off/\"x\"'y'/$HOME/\\n"
HOME = {"SUSUL_HOME": ODD}
JOB = Job((f"{ODD}/susul", "sync"), THREE_TIMES, ODD, HOME, f"{ODD}/sync.log")
PATHS = st.text(st.characters(codec="utf-8", exclude_characters="\n\r\0"), min_size=1, max_size=40)
FAKE_CRONTAB = """#!/bin/sh
table="$0.table"
case "$1" in
  -l) if [ -f "$table" ]; then cat "$table"; else echo "no crontab for rina" >&2; exit 1; fi ;;
  -) cat > "$table" ;;
  *) exit 2 ;;
esac
"""


def as_cron_reads(line: str) -> tuple[list[str], str]:
    """The five fields and the command that cron hands to the shell: up to the first bare ``%``."""
    *fields, command = line.split(" ", 5)
    kept: list[str] = []
    letters = iter(command)
    for letter in letters:
        following = next(letters, "") if letter == "\\" else ""
        if letter == "%":
            break
        kept.append("%" if following == "%" else letter + following)
    return fields, "".join(kept)


@given(PATHS, PATHS)
def test_cron_and_the_shell_read_every_path_as_it_is(program: str, home: str) -> None:
    (line,) = cron.lines(Job((program, "sync"), THREE_TIMES, home, {"SUSUL_HOME": home}))

    fields, command = as_cron_reads(line)

    assert fields == ["3", "7,12,17", "*", "*", "*"]
    assert shlex.split(command) == [f"SUSUL_HOME={home}", program, "sync"]


@posix_only
def test_a_shell_runs_the_line_with_blanks_quotes_and_percent_signs(tmp_path: Path) -> None:
    folder = tmp_path / "a b" / "50% off"
    folder.mkdir(parents=True)
    program = folder / "susul"
    program.write_text('#!/bin/sh\necho "$SUSUL_HOME|$1"\n')
    program.chmod(0o700)
    (line,) = cron.lines(Job((str(program), "sync"), THREE_TIMES, str(folder), {"SUSUL_HOME": str(folder)}))

    done = subprocess.run(["/bin/sh", "-c", as_cron_reads(line)[1]], check=True, capture_output=True, text=True)

    assert done.stdout == f"{folder}|sync\n"


def test_a_path_with_a_line_break_is_refused() -> None:
    with pytest.raises(UsageError, match="line break"):
        cron.lines(Job(("/a\nb", "sync"), THREE_TIMES))


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (at_times("07:00,12:00,17:00", 3), ["3 7,12,17 * * *"]),
        (at_times("7, 12:30", 0), ["0 7 * * *", "30 12 * * *"]),
        (at_times("18.45,6:45,18:45", 4), ["45 6,18 * * *"]),
        (every_interval("15m", 4), ["4,19,34,49 * * * *"]),
        (every_interval("1h", 4), ["4 * * * *"]),
        (every_interval("6h", 4), ["4 0,6,12,18 * * *"]),
        (every_interval("60m", 9), ["9 * * * *"]),
    ],
)
def test_times_become_as_few_lines_as_can_be(table: Timetable, expected: list[str]) -> None:
    assert [line.removesuffix(" susul sync") for line in cron.lines(Job(("susul", "sync"), table))] == expected


@pytest.mark.parametrize("text", ["", "25:00", "7:60", "7pm", "07:00,", "7:5", "-1"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="not a time of day"):
        at_times(text, 0)


@pytest.mark.parametrize("text", ["", "0m", "1m", "7m", "45m", "90m", "5h", "15", "15s", "48h"])
def test_what_does_not_divide_a_day_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="evenly"):
        every_interval(text, 0)


@given(st.text(max_size=50))
def test_runs_begin_within_ten_minutes_of_the_full_hour_always_the_same(seed: str) -> None:
    assert offset_of(seed) == offset_of(seed)
    assert 0 <= offset_of(seed) < 10


LINES = st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=30), max_size=6)


@given(LINES, st.booleans())
def test_only_our_block_of_a_crontab_changes_and_only_once(lines: list[str], ended: bool) -> None:
    before = "\n".join(lines) + ("\n" if ended and lines else "")
    other = Job(("susul", "sync"), THREE_TIMES)

    once = cron.with_block(before, JOB)
    both = cron.with_block(once, other)

    assert cron.with_block(once, JOB) == once
    assert cron.has_block(both, JOB)
    assert cron.has_block(both, other)
    for line in lines:
        assert once.split("\n").count(line) >= lines.count(line)
    whole = before if before.endswith("\n") or not before else f"{before}\n"
    assert cron.without_block(cron.without_block(both, other), JOB) == whole


def test_another_time_takes_the_place_of_the_first() -> None:
    first = cron.with_block("MAILTO=rina@example.com\n0 1 * * * backup\n", JOB)
    later = Job(JOB.command, at_times("09:30", 0), JOB.home, JOB.environment)

    second = cron.with_block(first + "5 5 * * * other\n", later)

    assert second.count("sync") == 1
    assert "30 9 * * *" in second
    assert second.startswith("MAILTO=rina@example.com\n0 1 * * * backup\n")
    assert second.endswith("5 5 * * * other\n")


def test_a_block_without_its_end_is_left_to_the_owner() -> None:
    torn = cron.with_block("", JOB).replace("# <<<", "# ")

    for change in (cron.with_block, cron.without_block):
        with pytest.raises(UsageError, match="last line"):
            change(torn, JOB)


def test_launchd_reads_the_agent() -> None:
    agent = plistlib.loads(launchd.plist(JOB).encode())

    assert agent["ProgramArguments"] == [f"{ODD}/susul", "sync"]
    assert agent["EnvironmentVariables"] == HOME
    assert agent["StartCalendarInterval"] == [{"Hour": hour, "Minute": 3} for hour in (7, 12, 17)]
    hourly = plistlib.loads(launchd.plist(Job(("susul", "sync"), every_interval("30m", 1))).encode())
    assert hourly["StartCalendarInterval"] == [{"Minute": 1}, {"Minute": 31}]


def test_windows_reads_the_task() -> None:
    home = "C:\\Users\\Rina W\\susul"
    job = Job((f"{home}\\susul.exe", "sync"), THREE_TIMES, home, {"SUSUL_HOME": home})
    space = {"t": windows.NAMESPACE}

    task = ET.fromstring(windows.task(job))

    assert [one.text for one in task.iterfind(".//t:StartBoundary", space)] == [
        f"2026-01-01T{hour}:03:00" for hour in ("07", "12", "17")
    ]
    assert task.findtext(".//t:Command", namespaces=space) == "cmd.exe"
    arguments = task.findtext(".//t:Arguments", namespaces=space)
    assert arguments == f'/d /c "set "SUSUL_HOME={home}"&& "{home}\\susul.exe" sync"'
    assert ET.fromstring(windows.task(job).encode("utf-16")).tag == task.tag
    even = ET.fromstring(windows.task(Job(("susul.exe", "sync"), every_interval("15m", 2))))
    assert even.findtext(".//t:Interval", namespaces=space) == "PT15M"
    assert even.findtext(".//t:Command", namespaces=space) == "susul.exe"


def test_what_cmd_would_act_on_is_refused() -> None:
    with pytest.raises(UsageError, match=r"cmd\.exe"):
        windows.task(JOB)


def test_systemd_escapes_what_it_would_take_for_its_own() -> None:
    service, timer = systemd.units(JOB).values()

    assert 'Environment="SUSUL_HOME=/srv/a b/50%% off/\\"x\\"\'y\'/$HOME/\\\\n"' in service
    assert '/50%% off/\\"x\\"\'y\'/$$HOME/\\\\n/susul" "sync"' in service
    assert "OnCalendar=*-*-* 07,12,17:03:00" in timer


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    program = tmp_path / "a b 50% off" / "susul"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o700)
    job = Job((str(program), "sync"), every_interval("15m", 3), str(tmp_path), {"SUSUL_HOME": str(tmp_path)})
    files = []
    for name, text in systemd.units(job).items():
        (tmp_path / name).write_text(text)
        files.append(str(tmp_path / name))
    runtime = {"XDG_RUNTIME_DIR": str(tmp_path), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}

    done = subprocess.run(
        ["systemd-analyze", "--user", "verify", *files], check=False, capture_output=True, text=True, env=runtime
    )

    assert "susul" not in done.stderr, done.stderr
    assert done.returncode == 0, done.stderr


@pytest.fixture
def crontab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A crontab program of our own on PATH; gives the file in which it keeps the table."""
    program = tmp_path / "bin" / "crontab"
    program.parent.mkdir()
    program.write_text(FAKE_CRONTAB)
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    return program.with_name("crontab.table")


@posix_only
def test_installing_keeps_what_is_there_and_removing_leaves_it_as_it_was(crontab: Path, ask: Ask) -> None:
    before = b"MAILTO=r@example.com\n0 1 * * * /opt/b\xff backup\n"
    crontab.write_bytes(before)

    assert ask("schedule", "--cron", "--install")[0] == 0
    installed = crontab.read_bytes()
    assert "already" in ask("schedule", "--cron", "--install")[1]
    assert crontab.read_bytes() == installed
    assert installed.startswith(before)
    assert b"sync" in installed

    assert ask("schedule", "--cron", "--install", "--every", "2h")[0] == 0
    assert crontab.read_bytes().count(b" sync") == 1
    assert ask("schedule", "--cron", "--remove")[0] == 0
    assert crontab.read_bytes() == before
    assert "no entry" in ask("schedule", "--cron", "--remove")[1]


@posix_only
def test_installing_into_no_crontab_makes_one(crontab: Path, ask: Ask) -> None:
    assert ask("schedule", "--cron", "--install")[0] == 0

    assert crontab.read_text().startswith("# >>> susul")


@posix_only
def test_a_crontab_that_cannot_be_read_is_never_written(crontab: Path, ask: Ask) -> None:
    program = crontab.with_name("crontab")
    program.write_text(FAKE_CRONTAB.replace("no crontab for rina", "rina is not allowed to use this program"))

    code, _, err = ask("schedule", "--cron", "--install")

    assert code == 1
    assert "not allowed" in err
    assert not crontab.exists()


@posix_only
def test_without_a_crontab_program_another_way_is_named(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    code, _, err = ask("schedule", "--cron", "--install")

    assert code == 1
    assert "--systemd" in err


@posix_only
def test_systemd_units_are_written_and_taken_away(ask: Ask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # no systemctl
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folder = tmp_path / "config" / "systemd" / "user"

    code, out, _ = ask("schedule", "--systemd", "--install")

    assert code == 0
    assert "systemctl --user" in out
    assert sorted(path.suffix for path in folder.iterdir()) == [".service", ".timer"]
    assert ask("schedule", "--systemd", "--remove")[0] == 0
    assert not list(folder.iterdir())


@posix_only
def test_systemctl_is_called_where_it_is(ask: Ask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "systemctl"
    program.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/calls\n')
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    assert "runs now" in ask("schedule", "--systemd", "--install")[1]

    calls = (tmp_path / "calls").read_text().splitlines()
    assert calls[0] == "--user daemon-reload"
    assert calls[1].startswith("--user enable --now susul-")


@posix_only
def test_a_launch_agent_is_the_owners_alone(ask: Ask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))

    code, out, _ = ask("schedule", "--launchd", "--install")

    (agent,) = (tmp_path / "Library" / "LaunchAgents").iterdir()
    assert code == 0
    assert str(agent) in out
    assert stat.S_IMODE(agent.stat().st_mode) == 0o600
    assert ask("schedule", "--launchd", "--remove")[0] == 0
    assert not agent.exists()


def test_a_windows_task_is_written_as_the_scheduler_reads_it(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    code, out, _ = ask("schedule", "--windows", "--install")

    (task,) = own_home.glob("*.xml")
    assert code == 0
    assert "schtasks /create" in out
    assert task.read_bytes()[:2] in (b"\xff\xfe", b"\xfe\xff")


@pytest.mark.parametrize("options", [("--at", "7", "--every", "1h"), ("--install", "--remove"), ("--at", "x")])
def test_options_that_contradict_each_other_are_refused(ask: Ask, options: tuple[str, ...]) -> None:
    assert ask("schedule", "--cron", *options)[0] == 2


def test_the_printed_entry_names_this_program_and_this_home(ask: Ask, own_home: Path) -> None:
    code, out, _ = ask("schedule", "--cron")

    assert code == 0
    assert as_cron_reads(out.rstrip("\n"))[1] == f"SUSUL_HOME={own_home} {sys.executable} -m susul sync"


# --- the zone of the hours ---


@pytest.fixture
def machine_in_utc(monkeypatch: pytest.MonkeyPatch, own_home: Path) -> Iterator[Path]:
    """A machine whose clock shows UTC; its home."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    own_home.mkdir(mode=0o700)
    yield own_home
    monkeypatch.undo()
    time.tzset()


@posix_only
def test_the_zone_of_the_hours_is_told_beside_the_entry(machine_in_utc: Path, ask: Ask) -> None:
    code, out, err = ask("schedule", "--cron", "--at", "07:15")

    assert code == 0
    assert out.startswith("15 7 * * * ")
    assert "UTC" not in out
    assert err == "The hours are those of this machine, which runs in UTC.\n"


@posix_only
@pytest.mark.parametrize(
    ("zone", "there"), [("Asia/Jakarta", "14:15, 06:30"), ("Asia/Kathmandu", "13:00, 05:15"), ("Etc/UTC", "")]
)
def test_hours_that_differ_from_the_owners_are_told_as_they_are_there(
    machine_in_utc: Path, ask: Ask, zone: str, there: str
) -> None:
    (machine_in_utc / "config.toml").write_text(f'[owner]\ntime_zone = "{zone}"\n')

    _, _, err = ask("schedule", "--systemd", "--at", "07:15,23:30")

    told = f"Your own days count in {zone}, where it is {there} then. Give --at the hours of UTC"
    assert (told in err) if there else ("Your own days" not in err)


@posix_only
def test_without_a_zone_in_the_config_the_calendars_is_the_owners(machine_in_utc: Path, ask: Ask) -> None:
    with closing(open_store(find_places().database)) as store, store.transaction():
        store.set_fact("identity", '{"time_zone": "Asia/Jakarta"}')

    assert "Your own days count in Asia/Jakarta" in ask("schedule", "--cron", "--at", "7")[2]


@posix_only
@pytest.mark.parametrize("config", ["[", "[owner]\ntime_zone = 'Mars/Base'\n"])
def test_a_broken_config_is_no_reason_to_give_no_entry(machine_in_utc: Path, ask: Ask, config: str) -> None:
    (machine_in_utc / "config.toml").write_text(config)

    code, out, err = ask("schedule", "--cron")

    assert (code, "susul" in out) == (0, True)
    assert "runs in UTC" in err


@posix_only
def test_a_machine_whose_zone_has_no_name_is_told_by_its_distance_from_utc(
    machine_in_utc: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "WIB-7")
    time.tzset()

    assert "which runs in UTC+07:00." in ask("schedule", "--cron")[2]


@posix_only
def test_for_an_interval_no_zone_matters(machine_in_utc: Path, ask: Ask) -> None:
    assert ask("schedule", "--cron", "--every", "2h")[2] == ""
