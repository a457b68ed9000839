"""Who is told how far long work is."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told how far long work is; silent where nobody watches."""

    def __call__(self, what: str, done: int, total: int, outlook: str = "") -> None: ...


def no_progress(what: str, done: int, total: int, outlook: str = "") -> None:
    """Nobody watches."""
