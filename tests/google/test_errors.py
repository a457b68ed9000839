"""The exception tree: its exit codes are a promise to scripts, its shape to whoever writes drafts."""

from __future__ import annotations

import inspect

from susul import errors
from susul.errors import AmbiguousWrite, Failed, SusulError, TryLater

EXIT_CODES = {
    "UsageError": 2,
    "ConfigError": 2,
    "SignInNeeded": 3,
    "AlreadyRunning": 4,
    "TryLater": 5,
    "AmbiguousWrite": 5,
    "Failed": 1,
    "NotFound": 1,
    "HistoryExpired": 1,
    "WrongThread": 1,
    "CallRefused": 1,
    "SusulError": 1,
    "StateUnwritable": 1,
}


def test_every_error_has_the_exit_code_of_the_contract() -> None:
    kinds = inspect.getmembers(errors, lambda kind: inspect.isclass(kind) and issubclass(kind, SusulError))

    assert {name: kind.exit_code for name, kind in kinds} == EXIT_CODES


def test_every_error_is_drawn_in_the_tree() -> None:
    assert all(name in (errors.__doc__ or "") for name in EXIT_CODES)


def test_an_error_is_a_sentence_and_a_next_step() -> None:
    error = SusulError("It rains.", hint="Take an umbrella.")

    assert (str(error), error.sentence, error.hint) == ("It rains.", "It rains.", "Take an umbrella.")


def test_nobody_who_handles_a_plain_failure_takes_an_ambiguous_write_for_one() -> None:
    assert not issubclass(AmbiguousWrite, TryLater | Failed)
