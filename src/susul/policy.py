"""The etiquette as one frozen value: every number of the protocol, read from ``policy.toml``.

The owner overrides single keys in ``config.toml`` (``[policy.proposal] max_check_ins = 2``); an unknown key is an
error. Counts of days are business days where ``policy.toml`` says so, else calendar days.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from susul.model import Kind


@dataclass(frozen=True, slots=True)
class General:
    """``[general]`` of ``policy.toml``."""

    due_time: time
    max_drafts_per_run: int
    closes_after: int
    internal: bool
    placeholders: bool
    collective_leave: bool
    snooze_days: int
    journal_days: int


@dataclass(frozen=True, slots=True)
class InterviewPolicy:
    """``[interview]`` of ``policy.toml``."""

    follow_up: bool
    max_check_ins: int
    thank_you_noon: time
    thank_you_same_day: time
    thank_you_next_day: time
    thank_you_lapses: int
    status_check_after: int
    status_check_again: int
    status_check_lapses: int
    keep_in_touch_after: int
    keep_in_touch_lapses: int


@dataclass(frozen=True, slots=True)
class PromisePolicy:
    """``[promise]`` of ``policy.toml``."""

    grace: int
    lapses: int


@dataclass(frozen=True, slots=True)
class CheckBackPolicy:
    """``[check_back]`` of ``policy.toml``."""

    lapses: int


@dataclass(frozen=True, slots=True)
class HoldOffPolicy:
    """``[hold_off]`` of ``policy.toml``."""

    status_check_after: int


@dataclass(frozen=True, slots=True)
class OnHoldPolicy:
    """``[on_hold]`` of ``policy.toml``."""

    keep_in_touch_after: int
    keep_in_touch_lapses: int


@dataclass(frozen=True, slots=True)
class RejectionPolicy:
    """``[rejection]`` of ``policy.toml``."""

    reply_after: int
    reply_lapses: int


@dataclass(frozen=True, slots=True)
class MeetingPolicy:
    """``[meeting]`` of ``policy.toml``."""

    follow_up: bool
    max_check_ins: int
    recap_cutoff: time
    recap_same_day: time
    recap_next_day: time
    recap_lapses: int
    recap_max_attendees: int
    recap_recurring: bool
    nudge_after: int
    nudge_again: int
    nudge_lapses: int
    fixed_by_mail_minutes: int


@dataclass(frozen=True, slots=True)
class ProposalPolicy:
    """``[proposal]`` of ``policy.toml``."""

    follow_up: bool
    max_check_ins: int
    status_check_after: tuple[int, ...]
    lapses: int


@dataclass(frozen=True, slots=True)
class ApplicationPolicy:
    """``[application]`` of ``policy.toml``."""

    follow_up: bool
    max_check_ins: int
    status_check_after: tuple[int, ...]
    lapses: int


@dataclass(frozen=True, slots=True)
class ProjectPolicy:
    """``[project]`` of ``policy.toml``."""

    follow_up: bool
    max_check_ins: int
    after_deadline: int
    status_check_after: int
    status_check_again: int
    lapses: int


@dataclass(frozen=True, slots=True)
class TaskPolicy:
    """``[task]`` of ``policy.toml``."""

    max_check_ins: int
    after_deadline: int
    status_check_again: int
    lapses: int


@dataclass(frozen=True, slots=True)
class ReadingPolicy:
    """``[reading]`` of ``policy.toml``."""

    chases_after: int
    same_day_addition: bool


@dataclass(frozen=True, slots=True)
class Policy:
    """All of ``policy.toml``, section by section."""

    general: General
    interview: InterviewPolicy
    promise: PromisePolicy
    check_back: CheckBackPolicy
    hold_off: HoldOffPolicy
    on_hold: OnHoldPolicy
    rejection: RejectionPolicy
    meeting: MeetingPolicy
    proposal: ProposalPolicy
    application: ApplicationPolicy
    project: ProjectPolicy
    task: TaskPolicy
    reading: ReadingPolicy

    def max_check_ins(self, kind: Kind) -> int:
        section: InterviewPolicy | MeetingPolicy | ProposalPolicy | ApplicationPolicy | ProjectPolicy | TaskPolicy
        section = getattr(self, kind.value)
        return section.max_check_ins

    def follows_up(self, kind: Kind) -> bool:
        """Whether the owner wants follow-ups of this kind. Tasks have ``general.internal`` for it."""
        return kind is Kind.TASK or bool(getattr(self, kind.value).follow_up)


@cache
def default_tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("susul") / "policy.toml").read_text("utf-8"))


def load_policy(overrides: Mapping[str, Mapping[str, Any]] | None = None) -> Policy:
    """The default policy with the owner's keys over it.

    Raises ValueError with the path of a key that is unknown or has the wrong type.
    """
    tables = {section: dict(values) for section, values in default_tables().items()}
    for section, values in (overrides or {}).items():
        for key, value in values.items():
            if key not in tables.get(section, {}):
                raise ValueError(f"policy.{section}.{key} is not a known setting")
            tables[section][key] = value
    for values in tables.values():
        for key, value in values.items():
            if isinstance(value, str) and len(value) == len("09:00"):
                values[key] = value + ":00"
    try:
        return msgspec.convert(tables, Policy)
    except msgspec.ValidationError as error:
        raise ValueError(f"policy: {error}") from error
