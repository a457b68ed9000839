"""The contract's JSON forms of a plan and of a reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from susul.model import Address, Draft, Evidence, Reading, Wait, Write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from susul.model import Message
    from susul.plan import Plan, Planned

VERSION = 1


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was read, and whether anything is missing."""

    since: datetime | None
    threads: int
    messages: int
    events: int
    complete: bool
    unread: int
    skipped: Mapping[str, int]

    @classmethod
    def of(
        cls, since: datetime | None, messages: Sequence[Message], events: int, skipped: Mapping[str, int]
    ) -> Coverage:
        """``skipped`` counts what is missing, by reason; nothing missing is complete."""
        missing = {reason: count for reason, count in skipped.items() if count}
        threads = len({message.thread_id for message in messages})
        unread = sum(missing.values())
        return cls(since, threads, len(messages), events, not unread, unread, missing)


def plan_as_json(plan: Plan, account: str, coverage: Coverage, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "version": VERSION,
        "account": account,
        "as_of": plan.as_of.astimezone(zone).isoformat(),
        "coverage": _coverage(coverage, zone),
        "cases": [case_as_json(planned, zone) for planned in plan.planned],
    }


def _coverage(coverage: Coverage, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "since": coverage.since.astimezone(zone).isoformat() if coverage.since else None,
        "threads": coverage.threads,
        "messages": coverage.messages,
        "events": coverage.events,
        "complete": coverage.complete,
        "unread": coverage.unread,
        "skipped": dict(coverage.skipped),
    }


def case_as_json(planned: Planned, zone: ZoneInfo) -> dict[str, Any]:
    case, decision = planned.case, planned.decision
    follow_up = decision.follow_up if isinstance(decision, Write | Wait) else None
    return {
        "id": case.id,
        "kind": case.kind.value,
        "threads": list(case.threads),
        "events": list(dict.fromkeys(event.uid for event in case.events)),
        "subject": case.subject,
        "people": [_person(address) for address in case.people],
        "organisation": case.organisation,
        "language": case.language,
        "state": decision.state.value,
        "waiting_on": decision.waiting_on.value,
        "decision": "draft" if isinstance(decision, Write) else "wait" if follow_up else "silent",
        "step": follow_up.step.value if follow_up else None,
        "due_at": follow_up.due_at.astimezone(zone).isoformat() if follow_up else None,
        "lapses_at": follow_up.lapses_at.astimezone(zone).isoformat() if follow_up and follow_up.lapses_at else None,
        "reason": decision.reason,
        "evidence": [_evidence(evidence, zone) for evidence in decision.evidence],
        "draft": draft_as_json(planned.draft) if planned.draft else None,
    }


def _person(address: Address) -> dict[str, str]:
    return {"name": address.name, "address": address.email}


def _evidence(evidence: Evidence, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "fact": evidence.fact,
        "message": evidence.message,
        "event": evidence.event,
        "quote": evidence.quote,
        "at": evidence.at.astimezone(zone).isoformat(),
    }


def draft_as_json(draft: Draft) -> dict[str, Any]:
    return {
        "thread": draft.thread,
        "from": draft.sender.email,
        "to": [address.email for address in draft.to],
        "cc": [address.email for address in draft.cc],
        "subject": draft.subject,
        "in_reply_to": draft.in_reply_to,
        "text": draft.text,
        "html": draft.html,
    }


def reading_as_json(file: str, sender: str, reading: Reading) -> dict[str, Any]:
    return {
        "file": file,
        "from": sender,
        "language": reading.language,
        "nature": reading.nature.value,
        "returns_on": _day(reading.returns_on),
        "text": reading.text,
        "signals": [
            {
                "fact": signal.fact.value,
                "sense": signal.sense.value,
                "quote": signal.quote,
                "phrase": signal.phrase,
                "from": _day(signal.window.starts_on if signal.window else None),
                "until": _day(signal.window.ends_on if signal.window else None),
            }
            for signal in reading.signals
        ],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
