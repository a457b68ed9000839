"""How often Python looks for garbage that refers to itself."""

from __future__ import annotations

import gc

# New objects between two looks; Python's own 700 is for programs that run for days. What a run makes, modules, phrases
# and mail, stays to its end, and to look at it again and again takes a sixth of the time.
_NEW_OBJECTS = 200_000


def collect_rarely() -> None:
    """For a process that ends within minutes."""
    gc.set_threshold(_NEW_OBJECTS, 10, 10)
