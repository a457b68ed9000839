"""The types of the fixtures that ask a command."""

from __future__ import annotations

from collections.abc import Callable

# Runs one command: its exit code, and what it said on standard output and error.
Ask = Callable[..., tuple[int, str, str]]
# The same with a terminal, and what is typed there: the exit code, and all that was said.
AtTerminal = Callable[[tuple[str, ...], str], tuple[int, str]]
