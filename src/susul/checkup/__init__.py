"""What ``susul doctor`` looks at. Each check gives findings: a sentence, and a remedy where something is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from susul.errors import Failed, SusulError

if TYPE_CHECKING:
    from collections.abc import Callable


class Outcome(StrEnum):
    """How a check ended. A note is worth knowing and stops nothing."""

    OK = "ok"
    NOTE = "note"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found. ``exit_code`` counts where it failed."""

    check: str
    outcome: Outcome
    says: str
    remedy: str = ""
    exit_code: int = 0


def ok(check: str, says: str) -> Finding:
    return Finding(check, Outcome.OK, says)


def note(check: str, says: str, remedy: str) -> Finding:
    return Finding(check, Outcome.NOTE, says, remedy)


def failed(check: str, says: str, remedy: str, exit_code: int = Failed.exit_code) -> Finding:
    return Finding(check, Outcome.FAILED, says, remedy, exit_code)


def skipped(check: str, why: str) -> Finding:
    return Finding(check, Outcome.SKIPPED, why)


def failed_by(check: str, error: SusulError, remedy: str = "") -> Finding:
    """The finding that an error of ours is; its hint is the remedy unless another is given."""
    return failed(check, error.sentence, remedy or error.hint, error.exit_code)


def guarded(check: str, run: Callable[[], Finding]) -> Finding:
    """What ``run`` finds; where it breaks, that is the finding. Nothing a doctor meets may end its round."""
    try:
        return run()
    except SusulError as error:
        return failed_by(check, error)
    except OSError as error:
        where = error.filename or "a file"
        return failed(check, f"{where} can't be used: {error.strerror or error}.", "Check its rights and the disk.")
    except Exception as error:  # noqa: BLE001 - whatever it is, the other checks go on, and this one says so
        return failed(check, f"This check itself went wrong ({type(error).__name__}).", "Please report it.")
