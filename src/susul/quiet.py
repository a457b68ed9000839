"""A run without news, at the least cost: two requests, no mail loaded, nothing imported that isn't needed.

A sync leaves behind what its decisions rest on (``standing``). While that is the same, the clock hasn't reached the
moment at which a decision may change, and neither Gmail's history nor the calendar tells of anything, a new run would
find what the last one found. This module imports no rule, no template and no client library; only then does it pay.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from susul import __version__
from susul.errors import AlreadyRunning, HistoryExpired, SusulError
from susul.locking import held
from susul.places import Places, find_places
from susul.sources.google.bearer import StaleTokenError, saved_bearer, sign_in_of
from susul.store.glance import Unreadable, facts_at_rest, local_rows, note_failed_run, note_quiet_run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from susul.sources.google.history import History
    from susul.sources.google.transport import Transport

    Connect = Callable[[Places, Callable[[], datetime]], Transport]

EVENTS_AHEAD = timedelta(days=90)  # how far the calendar is read
PATIENCE = 60.0  # seconds that an unattended run waits for Google before it leaves the rest to the next one


@dataclass(frozen=True, slots=True)
class Standing:
    """What the last sync stood on. Instants are ISO 8601 with offset, ``events`` is the digest of the calendar."""

    basis: str
    planned_at: str
    holds_until: str
    events: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What Gmail told of; spares the run that follows the same call. ``news``: whether there is anything to do."""

    history: History
    news: bool


def listen(clock: Callable[[], datetime], places: Places | None = None, connect: Connect | None = None) -> Heard | None:
    """Asks Gmail and Calendar for news; None where that alone can't settle that nothing is to do.

    ``places`` and ``connect`` are the owner's own where they aren't given. Raises AlreadyRunning, and ``susul.errors``
    for what Google answers.
    """
    places, now = places or find_places(), clock()
    if not places.database.is_file() or not places.token_file.is_file():
        return None
    with held(places.lock, now):
        try:
            facts = facts_at_rest(places.database)
            standing = _standing(facts)
            if standing is None or not _still_holds(standing, places, now):
                return None
            with _failure_noted(places, clock), closing((connect or _transport)(places, clock)) as transport:
                heard = _ask(transport, facts, standing, now)
                if not heard.news:
                    note_quiet_run(places.database, now, clock(), transport.budget.units, transport.budget.requests)
                return heard
        except (HistoryExpired, StaleTokenError, Unreadable):
            return None


@contextmanager
def failed_start_noted(places: Places, clock: Callable[[], datetime]) -> Iterator[None]:
    """A sync that fails while the block runs, before it holds the lock, is in the journal with its reason."""
    try:
        yield
    except AlreadyRunning:
        raise  # the other run's, and the journal is in its hands
    except SusulError as error:
        if places.database.is_file():
            _note_start(places, clock(), error)
        raise


def _note_start(places: Places, now: datetime, error: SusulError) -> None:
    try:
        with held(places.lock, now):
            note_failed_run(places.database, now, now, error.exit_code, error.kept_sentence)
    except (AlreadyRunning, Unreadable, OSError):
        return  # the reason itself is told in any case; that it couldn't be kept must not stand in its way


@contextmanager
def _failure_noted(places: Places, clock: Callable[[], datetime]) -> Iterator[None]:
    """The same under the lock. What a whole run is left to is no failure."""
    began = clock()
    try:
        yield
    except (HistoryExpired, StaleTokenError, Unreadable):
        raise
    except SusulError as error:
        note_failed_run(places.database, began, clock(), error.exit_code, error.kept_sentence)
        raise


def _ask(transport: Transport, facts: dict[str, str], standing: Standing, now: datetime) -> Heard:
    from susul.sources.google.calendar import CalendarReader
    from susul.sources.google.gmail import GmailReader

    history = GmailReader(transport).history_since(int(facts["history_id"]))
    if history.changes:
        return Heard(history, news=True)
    events = CalendarReader(transport).digest(datetime.fromisoformat(facts["since"]), now + EVENTS_AHEAD)
    return Heard(history, news=events != standing.events)


def stands_on(places: Places) -> str:
    """A digest of all that decisions rest on besides mail, calendar and clock: program, settings, words, ledger."""
    digest = hashlib.sha256(f"{__version__} {sign_in_of(places.token_file)}".encode())
    templates = sorted(places.templates.rglob("*")) if places.templates.is_dir() else []
    for path in (places.config_file, *templates):
        digest.update(f"\0{path}\0".encode() + (path.read_bytes() if path.is_file() else b""))
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix in {".py", ".toml", ".json", ".txt", ".html"}:
            stat = path.stat()
            digest.update(f"\0{path}\0{stat.st_mtime_ns}\0{stat.st_size}".encode())
    for row in local_rows(places.database):
        digest.update(repr(row).encode())
    return digest.hexdigest()


def _still_holds(standing: Standing, places: Places, now: datetime) -> bool:
    planned_at, until = datetime.fromisoformat(standing.planned_at), datetime.fromisoformat(standing.holds_until)
    return planned_at <= now < until and stands_on(places) == standing.basis


def _standing(facts: dict[str, str]) -> Standing | None:
    known = facts.get("standing")
    if not known or not facts.get("history_id") or not facts.get("since"):
        return None
    try:
        return Standing(**json.loads(known))
    except (TypeError, ValueError):
        return None


def as_fact(standing: Standing) -> str:
    return json.dumps(asdict(standing))


def _transport(places: Places, clock: Callable[[], datetime]) -> Transport:
    import time

    from susul.sources.google.pace import Budget
    from susul.sources.google.transport import Transport

    text = places.config_file.read_text("utf-8") if places.config_file.is_file() else ""
    api_root = tomllib.loads(text).get("google", {}).get("api_root") or None
    bearer, budget = saved_bearer(places.token_file, clock()), Budget(patience=PATIENCE)
    return Transport(api_root, bearer, clock=clock, sleep=time.sleep, budget=budget)
