"""Ten days of ``susul sync`` every 15 minutes, in one process on a simulated clock: ``python cron.py FOLDER``.

The sandbox runs on the same clock. Access tokens end after an hour, as Google's do. Nobody touches the drafts.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

DAYS, EVERY = 10, timedelta(minutes=15)
MAILS_A_DAY = 8
HOUR = timedelta(hours=1)
LONG_AGO, FAR_AHEAD = "2000-01-01T00:00:00Z", "2100-01-01T00:00:00Z"


def ten_days(folder: Path) -> str:
    """What it came to, in a sentence. A process of its own: the memory of the one that measures must stay small."""
    own = {**os.environ, "SUSUL_HOME": str(folder)}
    command = [sys.executable, __file__, str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=own).stdout.strip()


class Clock:
    """The one time of sandbox and syncs."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)

    def __call__(self) -> datetime:
        return self.now


class Token:
    """``token.json`` on the simulated clock: google-auth lives by the real one."""

    def __init__(self, file: Path, clock: Clock) -> None:
        self.file, self.clock, self.ends_at = file, clock, clock.now + HOUR

    def for_quiet(self) -> None:
        self._write(expiry=self.ends_at.isoformat())

    def for_google_auth(self) -> str:
        self._write(expiry=LONG_AGO if self.ends_at <= self.clock.now + timedelta(minutes=4) else FAR_AHEAD)
        return str(self._read()["token"])

    def renewed_since(self, before: str) -> None:
        if self._read()["token"] != before:
            self.ends_at = self.clock.now + HOUR

    def _read(self) -> dict[str, object]:
        value: dict[str, object] = json.loads(self.file.read_text("utf-8"))
        return value

    def _write(self, **changed: str) -> None:
        self.file.write_text(json.dumps(self._read() | changed), "utf-8")


def main(folder: Path) -> str:
    from mailbox_at_size import mailbox_of, news

    from susul.cli.sandbox import write_home
    from susul.sandbox import Sandbox

    clock, chance = Clock(), random.Random(4)
    runs, units, requests = Counter[str](), Counter[str](), Counter[str]()
    with Sandbox.serve(mailbox_of(2000, clock.now), now=clock) as sandbox:
        write_home(folder, sandbox.api_root, sandbox.token(), sandbox.credentials())
        token = Token(folder / "token.json", clock)
        _sync(folder, token, clock)
        due = sorted(_moments(clock.now, chance))
        mails = [raw for number in range(DAYS) for raw in news(MAILS_A_DAY, clock.now, number)]
        for _ in range(DAYS * timedelta(days=1) // EVERY):
            sandbox.forget()
            clock.now += EVERY
            while due and due[0] <= clock.now:
                due.pop(0)
                sandbox.deliver(mails.pop().encode())
            kind = _sync(folder, token, clock)
            runs[kind] += 1
            units[kind] += sandbox.units
            requests[kind] += sum(not entry.in_batch for entry in sandbox.log)
        assert not sandbox.violations
        assert not sandbox.errors
    parts = (f"{runs[kind]} {kind} ({units[kind]:,} units, {requests[kind]:,} requests)" for kind in runs)
    return (
        f"Ten days of cron every 15 minutes, {DAYS * MAILS_A_DAY} mails in: {runs.total()} runs, {units.total():,} "
        f"units ({units.total() / runs.total():.1f} a run), {requests.total():,} requests; {', '.join(parts)}."
    )


def _sync(folder: Path, token: Token, clock: Clock) -> str:
    """One run as ``susul sync`` does it; what kind of run it was."""
    from susul.account import open_account
    from susul.config import load_config
    from susul.places import find_places
    from susul.progressing import no_progress
    from susul.quiet import listen
    from susul.run import Run
    from susul.store import open_store
    from susul.syncing import sync_account

    token.for_quiet()
    heard = listen(clock)
    if heard and not heard.news:
        return "quiet"
    places, before = find_places(folder), token.for_google_auth()
    config = load_config(places.config_file)
    with closing(open_account(places, config)) as account, closing(open_store(places.database)) as store:
        sync_account(Run(account, store, places, config, clock.now, no_progress), heard.history if heard else None)
    token.renewed_since(before)
    return "with news" if heard else "renewing sign-in or plan"


def _moments(start: datetime, chance: random.Random) -> list[datetime]:
    """When mail comes in: on each day between 8 and 19 o'clock in Jakarta."""
    days = (start.date() + timedelta(days=number) for number in range(DAYS))
    mornings = [datetime.combine(day, time(1), UTC) for day in days]
    return [morning + 11 * HOUR * chance.random() for morning in mornings for _ in range(MAILS_A_DAY)]


if __name__ == "__main__":
    print(main(Path(sys.argv[1])))
