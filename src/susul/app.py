"""The chain with its ends: where two stages meet. ``scan`` is the chain without writes, ``sync`` the whole of it."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from susul.config import Config, zone_named
from susul.drafting import Library, TemplateFaultError
from susul.errors import ConfigError
from susul.known_owner import make_owner
from susul.places import system_zone
from susul.plan import Plan, make_plan
from susul.progressing import no_progress
from susul.quiet import EVENTS_AHEAD
from susul.reading import is_outgoing
from susul.readings import read_all
from susul.record import Record
from susul.report.as_json import Coverage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from susul.asked_for import AskedFor
    from susul.errors import SusulError
    from susul.model import Event, Message, Step
    from susul.owner import Owner
    from susul.progressing import Progress

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scan found, and for whom. ``owed`` threads are to be read yet; ``stopped`` is what ended the reading."""

    plan: Plan
    owner: Owner
    coverage: Coverage
    warnings: tuple[str, ...] = ()
    owed: int = 0
    stopped: SusulError | None = None
    in_drafts: frozenset[tuple[str, Step]] = frozenset()  # (trigger, step) of the drafts that lie in Gmail already
    from_files: bool = False
    asked_for: tuple[AskedFor, ...] = ()  # the drafts in Gmail that the owner asked for by name

    @property
    def exit_code(self) -> int:
        """0; while threads are owed 1, or 5 where the quota or the network ended the reading."""
        if not self.owed:
            return 0
        return self.stopped.exit_code if self.stopped else 1


@dataclass(frozen=True, slots=True)
class FileScan:
    """What ``scan`` reads in place of an account: mailbox and calendar files, and whose they are."""

    mbox: tuple[Path, ...]
    ics: tuple[Path, ...]
    me: tuple[str, ...]
    zone: str
    country: str
    since: timedelta | None


def scan_files(
    files: FileScan, config: Config, own_templates: Path | None, now: datetime, progress: Progress = no_progress
) -> Scanned:
    """The chain on Takeout files, without account, sign-in or state. Raises UsageError for a file that isn't one."""
    from susul.sources.takeout import read_ics, read_mailboxes

    policy = config.effective_policy()
    zone = files_zone(files.zone, config)
    since = now - files.since if files.since else None
    takeout = read_mailboxes(files.mbox, files.me, since=since, told=_megabytes(files.mbox, progress))
    messages = takeout.messages
    skipped = Counter(takeout.skipped)
    events: list[Event] = []
    warnings: list[str] = []
    for path in files.ics:
        calendar = read_ics(path, zone, since or now - timedelta(days=config.read.since_days), now + EVENTS_AHEAD)
        events += calendar.events
        skipped.update(calendar.skipped)
        warnings += [f"The calendar file {path.name} has {count} {what}." for what, count in calendar.warnings.items()]
    owner = make_owner(files.me, config, policy, zone=zone, country=files.country)
    owner = replace(owner, name=owner.name or sent_name(messages, owner))
    readings = read_all(messages, {}, owner, progress)
    record = record_of_files(messages)
    with template_faults():
        plan = make_plan(messages, readings, events, owner, policy, record, Library(own_templates), now)
    skipped["cases that could not be understood"] += sum(plan.failed.values())
    coverage = Coverage.of(since, messages, len(events), {**skipped, **skipped_messages(messages)})
    return Scanned(plan, owner, coverage, (*warnings, *_wrong_owner(messages, owner)), from_files=True)


def _megabytes(paths: Sequence[Path], progress: Progress) -> Callable[[int], None]:
    """Told the bytes of each mail, it tells how much of the files is read."""
    total = sum(path.stat().st_size for path in paths if path.is_file())
    done = 0

    def told(size: int) -> None:
        nonlocal done
        done = min(done + size, total)
        if total >= MEGABYTE:
            progress("Reading megabytes of mail", done // MEGABYTE, total // MEGABYTE)

    return told


def files_zone(given: str, config: Config) -> ZoneInfo:
    """The owner's zone where there is no account: as ``given``, else config's, else the system's."""
    return zone_named(given or config.owner.time_zone or system_zone())


@contextmanager
def template_faults() -> Iterator[None]:
    """A template that can't be rendered is the owner's to mend: ConfigError with its file and line."""
    try:
        yield
    except TemplateFaultError as error:
        raise ConfigError(f"The template {error}.", hint="Mend it, or delete it to use the bundled one.") from error


def skipped_messages(messages: Iterable[Message]) -> dict[str, int]:
    """The messages that are there and can't be read, counted by reason."""
    return {"messages encrypted or broken": sum(not message.readable for message in messages)}


def _wrong_owner(messages: Sequence[Message], owner: Owner) -> tuple[str, ...]:
    """A word where the files hold no mail of the address that was given: it may be somebody else's mailbox."""
    if not messages or any(owner.is_me(m.sender.email) for m in messages):
        return ()
    senders = Counter(m.sender.email for m in messages if "SENT" in m.labels)
    most = f" Most sent mail is from {senders.most_common(1)[0][0]}." if senders else ""
    return (f"No mail here is from {', '.join(owner.addresses)}; is --me right?{most}",)


def record_of_files(messages: Iterable[Message]) -> Record:
    """Without a ledger, each draft in the files is the owner's own."""
    return Record(
        own_drafts=frozenset(m.thread_id for m in messages if "DRAFT" in m.labels and "TRASH" not in m.labels)
    )


def sent_name(messages: Iterable[Message], owner: Owner) -> str:
    """The name that stands most often on the owner's own mail."""
    names = Counter(m.sender.name for m in messages if m.sender.name and is_outgoing(m, owner))
    return names.most_common(1)[0][0] if names else ""
