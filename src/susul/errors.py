"""What can go wrong, as the owner meets it: one sentence, a next step, an exit code.

::

    SusulError                 1
    ├── UsageError             2   the command line is wrong
    │   └── ConfigError        2   a file that the owner keeps is wrong
    ├── SignInNeeded           3   Google doesn't know us, or not well enough
    ├── AlreadyRunning         4   another run holds the lock
    ├── TryLater               5   Google can't be reached, or the quota is spent; progress is saved
    ├── AmbiguousWrite         5   a write left, no answer came: it may have been carried out or not
    ├── StateUnwritable        1   our own file can't be written: the run ends here
    └── Failed                 1   anything else that has a sentence
        ├── NotFound               Google doesn't hold it (any more)
        ├── HistoryExpired         the cursor is too old: read everything again
        ├── WrongThread            a draft came back in another thread than the one asked for
        └── CallRefused            a call that is not on the allow-list; nothing left the process

``AmbiguousWrite`` stands apart on purpose: whoever handles ``TryLater`` or ``Failed`` may write again, and after an
ambiguous write that makes a second draft.
"""

from __future__ import annotations

from typing import ClassVar


class SusulError(Exception):
    """One sentence for the owner, ``hint`` the next step (may be empty), ``exit_code`` what the process ends with.

    ``kept`` is the sentence for the journal, where the one for the owner shows what they wrote.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, sentence: str, *, hint: str = "", kept: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint
        self.kept = kept or sentence

    @property
    def kept_sentence(self) -> str:
        """The sentence as the journal keeps it: whose address it names is nobody's business later."""
        return " ".join("…" if "@" in word else word for word in self.kept.split(" "))


class UsageError(SusulError):
    """The command line asks for something that makes no sense."""

    exit_code = 2


class ConfigError(UsageError):
    """A file that the owner keeps (config, credentials, templates) is missing or wrong."""


class SignInNeeded(SusulError):  # noqa: N818 - names what to do, as the exit codes do
    """There is no sign-in, or Google no longer accepts it, or it doesn't cover what is needed."""

    exit_code = 3


class AlreadyRunning(SusulError):  # noqa: N818 - names the situation, as the exit codes do
    """Another run holds the lock."""

    exit_code = 4


class TryLater(SusulError):  # noqa: N818 - names what to do, as the exit codes do
    """Google can't be reached or wants us to wait longer than this run may. Nothing was written by the failed call."""

    exit_code = 5


class AmbiguousWrite(SusulError):  # noqa: N818 - names the situation, as the exit codes do
    """A write left the process and no clear answer came back. Look the draft up; never write again blindly."""

    exit_code = 5


class StateUnwritable(SusulError):  # noqa: N818 - names the situation, as the exit codes do
    """The state can't be written: a full disk, lost rights. No Failed, since no other action may follow unrecorded."""


class Failed(SusulError):  # noqa: N818 - names the situation, as the exit codes do
    """Anything else that has a sentence."""


class NotFound(Failed):
    """Google doesn't hold the thing asked for (any more)."""


class HistoryExpired(Failed):
    """Gmail no longer keeps the history since our cursor: a full pass is needed."""


class WrongThread(Failed):
    """Gmail laid a draft into another thread than the one asked for. ``withdrawn``: it was deleted again."""

    def __init__(self, sentence: str, *, hint: str = "", draft_id: str = "", withdrawn: bool = False) -> None:
        super().__init__(sentence, hint=hint)
        self.draft_id = draft_id
        self.withdrawn = withdrawn


class CallRefused(Failed):
    """A call that is not on the allow-list. Nothing left the process."""
